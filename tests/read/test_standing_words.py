"""Standing, sums over years, places of troops and levels that were left: one rule a test."""

from __future__ import annotations

import pytest

from tests.read.reading import figure, figures


@pytest.mark.parametrize(
    ("text", "quote", "status"),
    [
        ("Madrid missed the 2 % target again.", "2 %", "target"),
        ("Troops in Mali were kept under the 900 cap.", "900", "ceiling"),
        ("The army is to grow to 90,000 soldiers by 2031.", "90,000 soldiers", "target"),
        ("The law forbids keeping fewer than 4,000 soldiers in Mali.", "4,000 soldiers", "floor"),
        ("The allies committed to investing 5 % of GDP by 2035.", "5 % of GDP", "target"),
        ("The ship got 2 billion euros ($2.2 billion) in the approved budget.", "2 billion euros", "enacted"),
    ],
)
def test_words_around_a_figure_tell_its_standing(text, quote, status):
    assert next(claim for claim in figures(text) if claim.quote == quote).status == status


@pytest.mark.parametrize(
    ("text", "aggregation"),
    [
        ("Oslo's defence budget is 90 billion euros for the years 2026 to 2030.", "cumulative"),
        ("Between 2022 and 2024 Oslo spent 9 billion euros on defence.", "cumulative"),
        ("Oslo's defence budget grew by 9 per cent between 2022 and 2024.", None),
        ("Oslo spent 9 billion euros on defence in 2024.", None),
        ("Oslo spends 9 billion euros a year on defence from 2024 to 2026.", "yearly"),
    ],
)
def test_an_amount_of_several_named_years_is_their_sum(text, aggregation):
    assert figures(text)[0].aggregation == aggregation


@pytest.mark.parametrize(
    ("text", "actor", "location"),
    [
        ("Denmark will station 800 soldiers and 60 civilians permanently in Latvia.", "DNK", "LVA"),
        ("A Danish battalion of 800 soldiers has been deployed to Latvia.", "DNK", "LVA"),
        ("The bill would keep at least 800 troops in Latvia.", None, "LVA"),
    ],
)
def test_troops_stand_where_the_text_says_and_are_not_of_that_place(text, actor, location):
    claim = figures(text)[0]

    assert (claim.actor, claim.measure, claim.location) == (actor, "troops_stationed", location)


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("The navy has 12 ships, down from 19 ships.", ["down", "down"]),
        ("The trip takes 3 hours, shortened from 5 hours.", ["=", "down"]),
        ("Pay takes up 20 % of the budget.", ["="]),
        ("The guards put up 26 km of fence.", ["="]),
    ],
)
def test_a_level_that_is_left_points_the_way_and_a_verb_with_up_does_not(text, directions):
    assert [claim.direction for claim in figures(text)] == directions


def test_a_bound_of_an_amount_of_its_own_is_no_floor():
    assert figure("Oslo has at least 9 ships.").status is None
