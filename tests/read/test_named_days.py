"""Days that a text writes out with the day of the week are told, whatever else their sentence holds."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

VOCABULARY, _ = load_vocabulary()


def days(text):
    claims, _ = read_document(Document("brief.txt", text, date(2025, 6, 27)), VOCABULARY)
    return [
        (claim.quote, claim.about, claim.period)
        for claim in claims
        if claim.kind == "statement" and claim.period
    ]


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("On Friday, 27 June 2025, they met.", "Friday, 27 June 2025"),
        ("They met on Friday 27 June 2025 in Riga.", "Friday 27 June 2025"),
        ("They met on Friday, June 27, 2025.", "Friday, June 27, 2025"),
        ("They met on Friday (27 June 2025) in Riga.", "Friday (27 June 2025"),
        ("They met on Friday, the 27th of June 2025.", "Friday, the 27th of June 2025"),
        ("They met on Friday, Jun. 27, 2025.", "Friday, Jun. 27, 2025"),
        ("They met on Friday, 27 June.", "Friday, 27 June"),
        ("They met on Friday (June 27).", "Friday (June 27"),
    ],
)
def test_a_day_with_its_day_of_the_week_and_year_is_told(words, quote):
    assert days(words) == [(quote, "Friday", "2025-06-27")]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("They met on Friday, 12 December.", id="without a year, months from the text's day"),
        pytest.param("They met on Friday. On 27 June 2025 Latvia signed.", id="in another sentence"),
        pytest.param("They met on 27 June 2025.", id="without a day of the week"),
        pytest.param("They met on Friday, 31 June 2025.", id="no such day"),
        pytest.param("On Good Friday the 2025 budget passed.", id="no date"),
    ],
)
def test_what_is_no_such_day_is_left_alone(words):
    assert days(words) == []


def test_days_stand_among_the_claims_in_the_order_of_the_text():
    text = "On Friday, 27 June 2025, Latvia set aside 2 billion euros. On Monday, 30 June 2025, it met again."
    claims, _ = read_document(Document("brief.txt", text, date(2025, 7, 1)), VOCABULARY)

    assert [claim.kind for claim in claims] == ["statement", "figure", "statement"]
    assert all(text[claim.start : claim.end] == claim.quote for claim in claims)
