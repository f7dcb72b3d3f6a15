"""The sum that an analyst can redo: in printed numbers, solved for the figure that is off."""

from __future__ import annotations

import pytest

from tests.check.samples import change, claim, findings, gap, growth, share, target


def sum_in(*claims):
    """The sum of the one contradiction."""
    (found,) = findings(*claims, verdict="contradicted")
    return found.explanation.partition("The printed numbers give ")[2]


def test_growth_is_the_change_by_the_level_before():
    """(46.1 - 42.0) / 42.0 = 9.76 %."""
    found = sum_in(claim("46.1 bn USD"), claim("42.0 bn USD", period="2025"), growth("8.2 %"))

    assert found == "(46.1 bn USD - 42.0 bn USD) / 42.0 bn USD = 9.76%."


def test_a_change_is_a_difference():
    found = sum_in(claim("46.1 bn USD"), claim("42.0 bn USD", period="2025"), change("3.5 bn USD"))

    assert found == "46.1 bn USD - 42.0 bn USD = 4.10 bn USD."


def test_amounts_of_one_sum_stand_in_one_scale():
    economy = claim("1905 bn USD", measure="gdp", status=None)

    assert sum_in(claim("46.1 bn USD"), economy, share("2.9 % of GDP")) == (
        "46.1 bn USD / 1,905 bn USD = 2.420% of GDP."
    )


def test_a_gap_is_reckoned_with_its_target():
    """46.1 x (3.5 - 2.42) / 2.42 = 20.57."""
    found = sum_in(claim("46.1 bn USD"), share("2.42 % of GDP"), target(), gap("25.0 bn USD"))

    assert found == (
        "(46.1 bn USD × 3.5% of GDP - 46.1 bn USD × 2.42% of GDP) / 2.42% of GDP = 20.57 bn USD."
    )


@pytest.mark.parametrize("text", ["47.8 bn USD", "41.0 bn USD"])
def test_two_accounts_of_one_number_leave_nothing_to_reckon(text):
    assert not sum_in(claim("46.1 bn USD"), claim(text, "other.txt"))
