"""What a printed number leaves open, row by row as the contract has it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.core.interval import INFINITE
from steelyard.read.numbers.figure import Figure

SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def written(digits, scale="", dimension="money", **more):
    return Figure(0, 0, digits, Decimal(SCALES[scale]), "USD", dimension, **more)


def ends(figure, **how):
    interval = figure.interval(**how)
    return tuple(None if abs(end) == INFINITE else end for end in (interval.low, interval.high))


@pytest.mark.parametrize(
    ("digits", "scale", "dimension", "low", "high"),
    [
        pytest.param("46.1", "billion", "money", "46.05e9", "46.15e9", id="one decimal and a scale word"),
        pytest.param("30", "trillion", "money", "29.5e12", "30.5e12", id="zeros of a coefficient are digits"),
        pytest.param("903", "million", "money", "902.5e6", "903.5e6", id="a whole coefficient"),
        pytest.param("2.42", "", "share", "2.415", "2.425", id="a percentage"),
        pytest.param("5", "", "share", "4.5", "5.5", id="a percentage without decimals is loose too"),
        pytest.param("0.3", "", "points", "0.25", "0.35", id="points of percent"),
        pytest.param("450000", "", "person", "445000", "455000", id="a round number of troops"),
        pytest.param("28500", "", "person", "28450", "28550", id="a less round number of troops"),
        pytest.param("216001", "", "person", "216001", "216001", id="no zeros at the end: counted"),
        pytest.param("800", "", "person", "800", "800", id="below a thousand: counted"),
        pytest.param("48", "", "count", "48", "48", id="jets are counted"),
        pytest.param("20", "", "duration", "20", "20", id="years are counted"),
        pytest.param("1442.5", "", "money", "1442.45", "1442.55", id="decimals are always loose"),
    ],
)
def test_the_digits_bound_the_value(digits, scale, dimension, low, high):
    assert ends(written(digits, scale, dimension)) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("hedge", "low", "high"),
    [
        ("about", "65.8e9", "66.0e9"),
        ("nearly", "65.8e9", "65.9e9"),
        ("more_than", "65.9e9", None),
        ("at_least", "65.9e9", None),
        ("up_to", None, "65.9e9"),
        ("at_most", None, "65.9e9"),
        ("less_than", None, "65.9e9"),
    ],
)
def test_a_hedge_widens_or_opens_it(hedge, low, high):
    expected = tuple(end and Decimal(end) for end in (low, high))

    assert ends(written("65.9", "billion", hedge=hedge)) == expected
    assert ends(written("65.9", "billion"), hedge=hedge) == expected


def test_what_is_set_is_exact():
    assert ends(written("3.5", dimension="share"), exact=True) == (Decimal("3.5"), Decimal("3.5"))
    assert ends(written("28500", dimension="person", hedge="less_than"), exact=True) == (28500, 28500)


def test_the_own_hedge_comes_before_one_taken_over():
    assert ends(written("20", "billion", hedge="up_to"), hedge="about") == (None, Decimal("20e9"))


def test_each_end_of_a_range_keeps_its_own_precision_and_scale():
    """From the low end's low to the high end's high: 899.5 million to 1.25 billion."""
    figure = written("900", "million", high_digits="1.2", high_scale=Decimal(10**9))

    assert ends(figure) == (Decimal("899.5e6"), Decimal("1.25e9"))
    assert figure.value is None
    assert figure.is_range


def test_a_range_that_is_set_goes_from_end_to_end():
    figure = written("3", dimension="share", high_digits="3.5")

    assert ends(figure, exact=True) == (Decimal(3), Decimal("3.5"))


def test_a_minus_turns_the_interval():
    figure = written("2.5", dimension="share", negative=True)

    assert ends(figure) == (Decimal("-2.55"), Decimal("-2.45"))
    assert figure.value == Decimal("-2.5")


def test_a_value_is_in_single_units():
    assert written("1.67", "billion").value == Decimal(1_670_000_000)


def test_a_number_is_bare_without_unit_and_scale():
    assert Figure(0, 0, "5", Decimal(1), None, None).is_bare
    assert not Figure(0, 0, "5", Decimal(1000), None, None).is_bare
    assert not written("5").is_bare
