"""Levels of two years and what is told of the way between them, wherever in the text each stands."""

from __future__ import annotations

import pytest

from tests.check.told import contradictions

FAR = "The ministry gave the numbers on Monday. Parliament will debate them next week."


def told(*sentences):
    """The clashing figures of a text whose sentences stand far from one another."""
    return contradictions(f" {FAR} ".join(sentences))


POLAND = (
    "Poland's defence budget was 60 billion zloty in 2020.",
    "Poland's defence budget was 100 billion zloty in 2025.",
)


@pytest.mark.parametrize(
    ("move", "figure"),
    [
        # 99.5 / 60.5 = 1.645 and 100.5 / 59.5 = 1.689
        pytest.param(
            "Poland's defence budget rose by 45 percent from 2020 to 2025.", "45 percent", id="from-to"
        ),
        pytest.param(
            "Between 2020 and 2025 Poland's defence budget grew by 80 percent.", "80 percent", id="much"
        ),
        pytest.param("Poland's defence budget has risen by 45 percent since 2020.", "45 percent", id="since"),
        # 39 to 41
        pytest.param(
            "Poland's defence budget rose by 30 billion zloty between 2020 and 2025.",
            "30 billion zloty",
            id="change",
        ),
        # 1.645 ^ (1/5) = 1.1047 and 1.689 ^ (1/5) = 1.1105
        pytest.param(
            "Between 2020 and 2025 Poland's defence budget grew by an average of 12.1 percent a year.",
            "12.1 percent",
            id="a year",
        ),
        pytest.param("Poland's defence budget tripled between 2020 and 2025.", "tripled", id="multiple"),
    ],
)
def test_what_two_levels_leave_for_the_way_between_them_contradicts_another_number(move, figure):
    assert told(POLAND[0], move, POLAND[1]) == [{"60 billion zloty", "100 billion zloty", figure}]
    assert told(*POLAND, move) == [{"60 billion zloty", "100 billion zloty", figure}]


@pytest.mark.parametrize(
    "move",
    [
        "Poland's defence budget rose by 67 percent from 2020 to 2025.",
        "Poland's defence budget has risen by two-thirds since 2020.",
        "Poland's defence budget rose by 40 billion zloty between 2020 and 2025.",
        "Between 2020 and 2025 Poland's defence budget grew by an average of 10.8 percent a year.",
        "Poland's defence budget grew by more than 60 percent between 2020 and 2025.",
        # Of other years, prices, things and countries.
        "Poland's defence budget rose by 45 percent from 2019 to 2025.",
        "In real terms Poland's defence budget rose by 20 percent from 2020 to 2025.",
        "Poland's arms imports rose by 45 percent from 2020 to 2025.",
        "Spain's defence budget rose by 45 percent from 2020 to 2025.",
        "Poland's defence budget did not rise by 45 percent from 2020 to 2025.",
        "Poland's defence budget tripled between 2014 and 2025.",
        "Poland's defence budget grew by 12 percent a year.",
    ],
)
def test_what_agrees_or_is_of_something_else_is_left_alone(move):
    assert told(POLAND[0], move, POLAND[1]) == []


def test_amounts_in_another_currency_say_nothing_of_growth_in_ones_own():
    levels = (
        "Poland's defence budget was 15 billion dollars in 2020.",
        "Poland's defence budget was 27 billion dollars in 2025.",
    )

    assert told(*levels, "Poland's defence budget rose by 67 percent from 2020 to 2025.") == []


def test_of_two_levels_of_one_year_either_may_be_meant():
    """The two contradict each other; growth from one of them is not held against the other as well."""
    other = "Poland's defence budget was 70 billion zloty in 2020."
    move = "Poland's defence budget rose by 43 percent from 2020 to 2025."

    assert told(POLAND[0], other, POLAND[1], move) == [{"60 billion zloty", "70 billion zloty"}]


def test_levels_counted_by_others_are_not_those_of_the_growth():
    levels = (
        "By NATO's definition Poland spent 60 billion zloty on defence in 2020.",
        "Poland spent 100 billion zloty on defence in 2025.",
    )

    assert told(*levels, "Poland's defence spending rose by 45 percent from 2020 to 2025.") == []


def test_since_a_year_counts_to_the_last_year_of_the_text_and_not_to_one_long_gone():
    old = (
        "Poland's defence budget was 60 billion zloty in 2010.",
        "Poland's defence budget was 70 billion zloty in 2014.",
    )

    assert told(*old, "On 3 March 2026 the minister said: Poland's defence budget tripled since 2010.") == []


YEARS = (
    "Treasury papers show Australia's defence funding of A$58.9 billion in 2025-26, A$61.8 billion in "
    "2026-27, A$64.7 billion in 2027-28 and A$67.9 billion in 2028-29."
)


def test_a_sum_over_so_many_years_is_held_against_the_amounts_of_just_those():
    """58.9 + 61.8 + 64.7 + 67.9 is 253.3."""
    told_wrongly = "Over those four years the Commonwealth would spend A$271.3 billion on the portfolio."
    amounts = {"A$58.9 billion", "A$61.8 billion", "A$64.7 billion", "A$67.9 billion"}

    assert contradictions(f"{YEARS} {told_wrongly}") == [{*amounts, "A$271.3 billion"}]
    assert contradictions(f"{YEARS} {told_wrongly.replace('271', '253')}") == []


@pytest.mark.parametrize(
    "total",
    [
        pytest.param(
            "Over three years the Commonwealth would spend A$271.3 billion on it.", id="fewer years"
        ),
        pytest.param("Over ten years the Commonwealth would spend A$765 billion on it.", id="more years"),
        pytest.param(
            "Over four years New Zealand would spend A$27.1 billion on defence.", id="another state"
        ),
        pytest.param("Over those four years the state would spend more than A$200 billion.", id="a bound"),
    ],
)
def test_a_sum_over_other_years_or_of_others_is_left_alone(total):
    assert contradictions(f"{YEARS} {total}") == []


def test_of_very_many_levels_of_a_year_nobody_knows_which_is_meant():
    """Each is another number, and each pair of them another way; the two years are told together once."""
    levels = [f"Poland's defence budget was {60 + i}.{i} billion zloty in 2020." for i in range(9)]
    levels += [f"Poland's defence budget was {100 + i}.{i} billion zloty in 2025." for i in range(9)]
    move = "Poland's defence budget rose by 450 percent from 2020 to 2025."

    assert not any("450 percent" in one for one in contradictions(" ".join([*levels, move])))


@pytest.mark.parametrize("years", ["0", "zero", "2.5", "half a", "99999999999999999999"])
def test_a_sum_over_no_whole_number_of_years_is_no_sum_of_them(years):
    assert contradictions(f"{YEARS} Over {years} years Australia will spend A$9 billion on defence.") == []
