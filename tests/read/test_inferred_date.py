"""The date of a document that carries none."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.read import read_document
from steelyard.read.documents.document import Document
from tests.read.reading import VOCABULARY


def problems_and_periods(text):
    ledger, problems = read_document(Document("brief.txt", text), VOCABULARY)
    return [problem.code for problem in problems], [claim.period for claim in ledger]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        pytest.param(
            "The cabinet met on 28 August 2025. Poland will spend 200 billion zloty on defence next year.",
            "2026",
            id="a day written out",
        ),
        pytest.param(
            "Poland spent 187 billion zloty on defence in 2024. It spends 4.5% of GDP on defence this year.",
            "2024",
            id="a year in the past",
        ),
    ],
)
def test_words_such_as_next_year_count_from_the_date_that_the_text_tells(text, period):
    codes, periods = problems_and_periods(text)

    assert codes == ["date-inferred"]
    assert periods[-1] == period


def test_a_year_to_come_tells_no_date():
    codes, _ = problems_and_periods("Poland will spend 5% of GDP on defence by 2035, or in 2036.")

    assert codes == ["no-date"]


def test_a_date_that_is_given_is_not_guessed():
    text = "The cabinet met on 28 August 2025. Poland has 216,000 troops."
    _, problems = read_document(Document("brief.txt", text, date(2026, 1, 24)), VOCABULARY)

    assert problems == []


def test_a_run_without_end_is_left_out_and_named():
    text = f"Poland has 216,000 troops in 2025.\n{'7' * 20_000}\n"
    ledger, problems = read_document(Document("brief.txt", text, date(2026, 1, 24)), VOCABULARY)

    assert [claim.quote for claim in ledger] == ["216,000 troops"]
    assert [(problem.code, problem.origin.line) for problem in problems] == [("text-left-out", 2)]
    assert "35 to 20035" in problems[0].message
