"""A rise or fall and the level that it leads to: which is which, and of what year each is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.read.reading import figure, figures


@pytest.mark.parametrize(
    ("verb", "part", "way"),
    [("cut by", "a third", "down"), ("cut by", "half", "down"), ("increased by", "a quarter", "up")],
)
def test_a_part_in_words_and_an_amount_of_money_make_no_range(verb: str, part: str, way: str) -> None:
    change, level = figures(f"Norway's defence budget was {verb} {part} to 9 billion euros in 2025.")

    assert (change.quote, change.statistic, change.direction) == (part, "growth", way)
    assert (level.value, level.statistic, level.period) == (Decimal(9_000_000_000), "level", "2025")


@pytest.mark.parametrize("behind", ["above this year's", "above the level of", "below last year's"])
def test_what_an_amount_stands_above_is_a_level(behind: str) -> None:
    """The words tell how far the percentage is from what stands behind them."""
    text = f"Taiwan set defence spending at NT$950 billion, 23 percent {behind} NT$772 billion."
    _, share, level = figures(text)

    assert (share.statistic, level.statistic) == ("growth", "level")


def test_half_a_million_still_opens_a_range_of_money() -> None:
    assert figure("The repair cost half a million to 3 million euros.").high == Decimal(3_500_000)


def test_a_percentage_is_never_a_rank() -> None:
    claim = figure("Norway's arms exports fell by 12% in 2023.")

    assert (claim.measure, claim.statistic, claim.direction) == (None, "growth", "down")


@pytest.mark.parametrize(
    "text",
    [
        "India's defence budget grew 5.4 per cent to 6.2 trillion rupees in 2024.",
        "Sweden's defence budget rose by 3 billion euros to 15.5 billion euros in 2024.",
        "Brazil's defence budget halved to 12 billion dollars in 2024.",
    ],
)
def test_a_change_is_of_the_year_of_the_level_that_it_leads_to(text: str) -> None:
    assert [claim.period for claim in figures(text)] == ["2024", "2024"]


@pytest.mark.parametrize("years", ["between 2020 and 2023", "from 2020 to 2023"])
def test_an_amount_reached_by_a_change_is_the_level_of_its_last_year(years: str) -> None:
    level = figure(
        f"Algeria's military budget doubled {years} to 18.3 billion dollars.", "18.3 billion dollars"
    )

    assert (level.period, level.statistic, level.aggregation) == ("2023", "level", None)


def test_an_amount_spent_between_two_years_is_their_sum() -> None:
    claim = figure("Algeria will spend 40 billion dollars on defence between 2025 and 2027.")

    assert (claim.period, claim.aggregation) == ("2025/2027", "cumulative")
