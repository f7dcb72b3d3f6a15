"""Shares, burdens and sums: by hand, and that they hold every point of their inputs."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.panel.measures.amounts import Amounts, NoMeasure, Ranges
from steelyard.panel.measures.shares import (
    averages_of,
    burden_ratios,
    parts_of_whole,
    ratios,
    shares_of_total,
    sums_of,
    years_at_guideline,
)
from tests.panel.measures.plain import amounts, amounts_of, corners, plain_share, points


def test_shares_of_three_by_hand():
    """10, 20 and 30 make 60. With 20 from 19 to 21: 10/61 to 10/59; 19/59 to 21/61; 30/61 to 30/59."""
    found = shares_of_total(amounts_of((10, 10, 10), (19, 20, 21), (30, 30, 30)))

    assert found.middle == pytest.approx([1 / 6, 1 / 3, 1 / 2])
    assert found.low == pytest.approx([10 / 61, 19 / 59, 30 / 61], rel=1e-14)
    assert found.high == pytest.approx([10 / 59, 21 / 61, 30 / 59], rel=1e-14)
    assert found.sharp


@given(st.integers(1, 5).flatmap(amounts), st.data())
def test_a_share_holds_every_point(row, data):
    """Worked out in fractions: nothing is lost to rounding."""
    (point,) = data.draw(points(row))

    found = shares_of_total(row)

    for member in range(len(row)):
        assert Fraction(found.low[member]) <= plain_share(point, member) <= Fraction(found.high[member])


@given(st.integers(2, 4).flatmap(amounts))
def test_the_ends_of_a_share_are_those_of_the_corners(row):
    found = shares_of_total(row)

    for member in range(len(row)):
        values = [float(plain_share(point, member)) for (point,) in corners(row)]
        assert found.low[member] == pytest.approx(min(values), rel=1e-14)
        assert found.high[member] == pytest.approx(max(values), rel=1e-14)


def test_one_member_has_all():
    found = shares_of_total(amounts_of((1, 2, 3)))

    assert (found.low[0], found.middle[0], found.high[0]) == pytest.approx((1, 1, 1), abs=1e-15)
    assert found.high[0] <= 1


def test_burden_and_its_ratio_by_hand():
    """Spending 20 of 60, product 1000 of 2000: burden 0.02, and (1/3) / (1/2) = 2/3 of an even one."""
    spending, gdp = Amounts.exactly([20, 40]), Amounts.exactly([1000, 1000])

    assert ratios(spending, gdp).middle == pytest.approx([0.02, 0.04])
    assert burden_ratios(spending, gdp).middle == pytest.approx([2 / 3, 4 / 3])


def test_the_ends_of_a_burden_are_crosswise():
    """19 to 21 over 900 to 1100: least 19/1100, greatest 21/900."""
    found = ratios(amounts_of((19, 20, 21)), amounts_of((900, 1000, 1100)))

    assert (found.low[0], found.high[0]) == pytest.approx((19 / 1100, 21 / 900), rel=1e-14)


@given(st.integers(1, 4).flatmap(lambda n: st.tuples(amounts(n), amounts(n))), st.data())
def test_a_burden_ratio_holds_every_point_and_meets_a_corner(rows, data):
    spending, gdp = rows
    x, y = data.draw(points(spending, gdp))

    found = burden_ratios(spending, gdp)

    for member in range(len(x)):
        value = plain_share(x, member) / plain_share(y, member)
        assert Fraction(found.low[member]) <= value <= Fraction(found.high[member])
    first = [float(plain_share(x, 0) / plain_share(y, 0)) for x, y in corners(spending, gdp)]
    assert (found.low[0], found.high[0]) == pytest.approx((min(first), max(first)), rel=1e-13)


def test_a_part_is_no_larger_than_its_whole():
    """Equipment 90 to 110 of 100 to 120: from 90/120 to all of it."""
    found = parts_of_whole(amounts_of((90, 100, 110)), amounts_of((100, 110, 120)))

    assert (found.low[0], found.high[0]) == pytest.approx((0.75, 1.0))
    with pytest.raises(NoMeasure, match="equipment is larger"):
        parts_of_whole(amounts_of((130, 140, 150)), amounts_of((100, 110, 120)), "equipment")


def test_years_at_a_guideline():
    """2.0 exactly counts; 1.95 to 2.05 may; 1.8 to 1.9 does not; 2.1 to 2.2 does."""
    burdens = amounts_of((2, 2, 2), (1.95, 1.99, 2.05), (1.8, 1.85, 1.9), (2.1, 2.15, 2.2))

    found = years_at_guideline(burdens, 2.0)

    assert (found.low, found.middle, found.high) == (2, 2, 3)


def test_sums_name_what_is_missing():
    parts = {"cash": Amounts.exactly([1, 2]), "capabilities": amounts_of((1, 2, 3), (4, 5, 6))}

    found = sums_of(parts, ["cash", "capabilities"])

    assert found.low == pytest.approx([2, 6])
    assert found.high == pytest.approx([4, 8])
    with pytest.raises(NoMeasure, match="missing: contributions"):
        sums_of(parts, ["cash", "capabilities", "contributions"])
    with pytest.raises(NoMeasure, match="missing: cash"):
        sums_of(parts | {"cash": None}, ["cash", "capabilities"])
    with pytest.raises(NoMeasure, match="1 figures for more, but 2"):
        sums_of(parts | {"more": Amounts.exactly([1])}, ["cash", "more"])


def test_an_average_is_sharp_as_far_as_its_shares_are():
    one = Ranges(np.array([0.2]), np.array([0.3]), np.array([0.4]), True)
    other = Ranges(np.array([0.4]), np.array([0.5]), np.array([0.6]), False)

    found = averages_of([one, other]).at(0)

    assert (found.low, found.middle, found.high) == pytest.approx((0.3, 0.4, 0.5))
    assert not found.sharp
    assert averages_of([one, one]).sharp
    with pytest.raises(NoMeasure):
        averages_of([])


@pytest.mark.parametrize(
    ("measure", "text"),
    [
        pytest.param(lambda: shares_of_total(amounts_of((0, 1, 2))), "may sum to zero", id="no total"),
        pytest.param(lambda: shares_of_total(amounts_of((-1, 1, 2))), "at least 0", id="negative"),
        pytest.param(lambda: ratios(Amounts.exactly([1]), amounts_of((0, 1, 2))), "above 0", id="over zero"),
        pytest.param(lambda: ratios(Amounts.exactly([1]), Amounts.exactly([1, 2])), "2 fig", id="lengths"),
    ],
)
def test_what_has_no_answer_is_refused(measure, text):
    with pytest.raises(NoMeasure, match=text):
        measure()
