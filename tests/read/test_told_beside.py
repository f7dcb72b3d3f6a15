"""What a figure takes from what stands beside it: the base of a change, the measure of a gap, no standing."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

VOCABULARY, _ = load_vocabulary()


def figure(text, quote):
    claims, _ = read_document(Document("brief.txt", text, date(2026, 1, 20)), VOCABULARY)
    return next(claim for claim in claims if claim.quote == quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("In 2025 Belgium's defence budget rose by 4.3 billion euros over 2024.", "4.3 billion euros"),
        ("In 2025 Norway's defence budget grew by 19 billion kroner on 2024.", "19 billion kroner"),
        ("In 2025 Belgium's defence budget rose by 50.6 percent over 2024.", "50.6 percent"),
    ],
)
def test_the_year_after_over_is_the_base_of_an_amount_too(text, quote):
    found = figure(text, quote)

    assert (found.period, found.baseline) == ("2025", "2024")


def test_money_spread_over_a_year_has_no_base():
    found = figure(
        "In 2025 Belgium's defence budget is 12.8 billion euros, spent over 2025.", "12.8 billion euros"
    )

    assert (found.statistic, found.baseline) == ("level", None)


@pytest.mark.parametrize(
    ("text", "quote", "actor"),
    [
        (
            "Spain spends 34 billion euros on defence in 2026, 2.0 percent of GDP. "
            "To get to 3.5 percent of GDP, Spain would need an additional 25.5 billion euros.",
            "25.5 billion euros",
            "ESP",
        ),
        (
            "Canada spends 63 billion dollars on defence in 2026, which is 2.0 percent of GDP. "
            "To reach 3.5 percent of GDP Canada would need an additional 47 billion dollars a year.",
            "47 billion dollars",
            "CAN",
        ),
    ],
)
def test_what_is_missing_to_a_share_is_of_what_the_share_is_of(text, quote, actor):
    found = figure(text, quote)

    assert (found.actor, found.measure, found.statistic) == (actor, "defence_spending", "gap")


def test_what_a_country_needs_for_something_else_is_not_for_defence():
    text = "Spain spends 34 billion euros on defence in 2026. Spain needs 9 billion euros for its railways."

    assert figure(text, "9 billion euros").measure is None


def test_a_second_number_for_a_year_has_no_standing_carried_over():
    text = (
        "Taiwan's cabinet proposed a defence budget of 561 billion Taiwan dollars for 2026. "
        "Taiwan's defence budget for 2026 is {} billion Taiwan dollars."
    )

    assert figure(text.format("540"), "540 billion Taiwan dollars").status is None
    assert figure(text.format("561.0"), "561.0 billion Taiwan dollars").status == "proposed"


@pytest.mark.parametrize(
    ("text", "quote", "period"),
    [
        pytest.param(
            "Latvia's defence budget for 2026 is 2.2 billion euros. "
            "In 2025 it was 1.6 billion euros, or 3.7 percent.",
            "3.7 percent",
            "2025",
            id="the same in another unit",
        ),
        pytest.param(
            "In 2026 Sweden's defence budget thus grows by 27 billion kronor.",
            "27 billion kronor",
            "2026",
            id="thus",
        ),
    ],
)
def test_a_year_that_opens_a_sentence_is_that_of_what_it_tells(text, quote, period):
    assert figure(text, quote).period == period


def test_what_it_was_then_is_of_the_year_that_a_rise_is_counted_from():
    text = (
        "Italy's defence budget for 2026 is 31.2 billion euros, 1.9 billion euros more than in 2025, "
        "when it was 29.3 billion euros."
    )

    assert figure(text, "29.3 billion euros").period == "2025"


def test_what_is_told_after_another_number_is_not_the_same_in_another_unit():
    """ "After 3.0 billion": of the year before, which nobody names."""
    text = "In 2026 it is 4.8 billion euros, or 5.4 percent, after 3.0 billion euros."
    told = f"Lithuania plans its defence budget. {text}"

    assert figure(told, "5.4 percent").period == "2026"
    assert figure(told, "3.0 billion euros").period != "2026"
