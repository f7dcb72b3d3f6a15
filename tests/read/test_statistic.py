"""Whether a figure is a level, a change, growth, a share or a rank, and which way it points."""

from __future__ import annotations

import pytest

from tests.read.reading import figures


def told(text):
    return [(claim.quote, claim.statistic, claim.direction) for claim in figures(text)]


@pytest.mark.parametrize(
    ("text", "statistic", "direction"),
    [
        ("Output rose 5 % in May.", "growth", "up"),
        ("Output rose by 5 % in May.", "growth", "up"),
        ("Output rose nearly 5 % in May.", "growth", "up"),
        ("Output rose by about 5 % in May.", "growth", "up"),
        ("Output rose by more than 5 % in May.", "growth", ">"),
        ("Output fell by at least 5 % in May.", "growth", ">"),
        ("Output grew an average 5 % a year.", "growth", "up"),
        ("Output was up 5 % in May.", "growth", "up"),
        ("Output was 5 % lower in May.", "growth", "down"),
        ("Output was 5 % down on last May.", "growth", "down"),
        ("Sweden raised its output 5 % in May.", "growth", "up"),
        ("A 5 % year-on-year increase was seen.", "growth", "up"),
        ("A 5 percent annual drop was seen.", "growth", "down"),
        ("An increase in output of 5 % was seen.", "growth", "up"),
        ("Growth was 5 % in May.", "growth", "up"),
        ("The firm shed 5,000 jobs.", "change", "down"),
        ("A cut of 5,000 jobs was planned.", "change", "down"),
        ("The request was cut by 430.5 billion won.", "change", "down"),
        ("A 3-percentage-point drop was seen.", "change", "down"),
        ("The rate was raised 25 basis points.", "change", "up"),
        ("Output rose to 5 million tonnes.", "level", "up"),
        ("The army was cut to 85,000 soldiers.", "level", "down"),
        ("Sweden will raise spending over the decade to 5 % of GDP.", "level", "up"),
        ("The number went down to 9 ships.", "level", "down"),
        ("The number rose to more than 9 ships.", "level", ">"),
        ("The firm raised $2 billion from banks.", "level", "="),
        ("Exports of $5 billion fell in May.", "level", "="),
        ("He sent more troops to 5 places.", "level", "="),
        ("The rate is 5 % in May.", "level", "="),
        ("The army lost 5 ships.", "level", "="),
        ("The index lost 5 % in May.", "growth", "down"),
        ("Some 60 % of voters agreed.", "share", "~"),
        ("A third of voters agreed.", "share", "="),
        ("Two-thirds of voters agreed.", "share", "="),
        ("Output doubled in May.", "growth", "up"),
        ("Output more than doubled in May.", "growth", ">"),
        ("Output nearly halved in May.", "growth", "down"),
        ("Output rose by a third in May.", "growth", "up"),
        ("Output was cut by half in May.", "growth", "down"),
        ("They have twice as many.", "level", "="),
        ("It is among the top four in the field.", "rank", "="),
    ],
)
def test_a_figure_says_what_it_is_and_where_it_points(text, statistic, direction):
    ((_, found, way),) = told(text)

    assert (found, way) == (statistic, direction)


def test_both_ends_of_a_change_point_where_it_goes():
    """The larger of the two tells, also where the verb says nothing."""
    assert [way for _, _, way in told("It went from 12 ships to 9.")] == ["down", "down"]
    assert [way for _, _, way in told("Output was 9 tonnes, up from 8.")] == ["up", "up"]


def test_growth_and_the_level_that_it_reaches_are_told_apart():
    assert told("Output rose 8 % to 66 million tonnes.") == [
        ("8 %", "growth", "up"),
        ("66 million tonnes", "level", "up"),
    ]


def test_a_level_that_was_left_by_a_change_points_with_it():
    assert told("Output was up 6 % from 115 million tonnes.")[1] == ("115 million tonnes", "level", "up")


def test_what_a_figure_does_the_next_of_its_list_does_too():
    found = told("Prices rose 2.1 % in May and 1.9 % in June.")

    assert [(statistic, way) for _, statistic, way in found] == [("growth", "up")] * 2


def test_a_multiple_leads_to_a_level():
    assert told("The fleet doubled to 40 ships.")[1] == ("40 ships", "level", "up")


def test_a_hedge_of_another_figure_moves_nothing():
    found = told("Prices fell by more than 5 % and by about a third.")

    assert [way for _, _, way in found] == [">", "down"]
