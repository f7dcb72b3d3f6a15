"""Days of the week behind a date with marks, as Korean writes them."""

from __future__ import annotations

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from tests.check.told import contradictions

VOCABULARY, _ = load_vocabulary()


def days(text):
    ledger, _ = read_document(Document("brief.txt", text), VOCABULARY)
    return [(claim.quote, claim.period) for claim in ledger if claim.kind == "statement"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("국방부는 2025년 12월 18일 목요일 예산을 발표했다.", "2025년 12월 18일 목요일"),
        ("국방부는 2025년 12월 18일(목) 예산을 발표했다.", "2025년 12월 18일(목)"),
    ],
)
def test_a_marked_date_with_its_weekday_is_a_claim(text, quote):
    assert days(text) == [(quote, "2025-12-18")]


@pytest.mark.parametrize(
    "text",
    [
        "국방부는 12월 18일 목요일 예산을 발표했다.",  # the year is left out
        "국방부는 2025년 2월 30일 일요일 예산을 발표했다.",  # there is no such day
        "국방부는 2025년 12월 예산을 발표했다.",
    ],
)
def test_what_is_no_whole_day_is_none(text):
    assert days(text) == []


def test_the_wrong_day_of_the_week_is_contradicted():
    """18 December 2025 was a Thursday."""
    assert contradictions("국방부는 2025년 12월 18일 수요일 예산을 발표했다.") == [
        {"2025년 12월 18일 수요일"}
    ]
    assert contradictions("국방부는 2025년 12월 18일(목) 예산을 발표했다.") == []
