"""Spending split by category where a floor takes from some of them for others: sums by hand, and laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.project.split import part_given

SHARES = (0.3, 0.4, 0.3)


def split(voted, floors, giving="alike", shares=SHARES):
    """What each category gets, and what it loses to others."""
    arrays = [np.array([floor]) for floor in floors]
    parts = [part_given(n, np.array([voted]), shares, arrays, giving) for n in range(len(shares))]
    return [float(one.given[0]) for one in parts], [float(one.lost[0]) for one in parts]


def test_without_a_floor_each_has_its_share():
    got, lost = split(100.0, (0.0, 0.0, 0.0))

    assert got == pytest.approx([30, 40, 30])
    assert lost == [0, 0, 0]


def test_a_floor_that_the_plan_keeps_takes_nothing():
    assert split(100.0, (30.0, 10.0, 5.0))[1] == pytest.approx([0, 0, 0], abs=1e-12)


def test_what_one_category_must_have_is_taken_from_the_others_by_their_room():
    """40 where 30 are planned: 10 out of 40 and 30, which are 10 x 4/7 and 10 x 3/7."""
    got, lost = split(100.0, (40.0, 0.0, 0.0))

    assert got == pytest.approx([40, 40 - 40 / 7, 30 - 30 / 7])
    assert lost == pytest.approx([0, 40 / 7, 30 / 7])


def test_a_floor_of_its_own_keeps_a_category_from_giving():
    """The second has 36 of its 40 bound, the third nothing: room of 4 and 30, of which 10 are taken."""
    _, lost = split(100.0, (40.0, 36.0, 0.0))

    assert lost == pytest.approx([0, 10 * 4 / 34, 10 * 30 / 34])


def test_who_gives_is_open_and_each_is_told_giving_first_and_last():
    """Ten are taken: the second may give all or, as the third has 30, nothing. Of 35 it gives at least 5."""
    assert split(100.0, (40.0, 0.0, 0.0), "first")[1][1] == pytest.approx(10)
    assert split(100.0, (40.0, 0.0, 0.0), "last")[1][1] == pytest.approx(0)
    assert split(100.0, (65.0, 0.0, 0.0), "last")[1][1] == pytest.approx(5)
    assert split(100.0, (65.0, 0.0, 0.0), "first")[1][1] == pytest.approx(35)


def test_floors_above_the_whole_plan_leave_each_with_its_floor():
    """95 and 20 are 115: 15 come on top of 100, and the other 50 that the first is over is all there is."""
    got, lost = split(100.0, (95.0, 20.0, 0.0))

    assert got == pytest.approx([95, 20, 0])
    assert lost == pytest.approx([0, 20, 30])


AMOUNTS = st.floats(0, 200)
PARTS = st.tuples(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.01, 1))


@given(st.floats(1, 200), st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), PARTS)
def test_nothing_is_lost_and_no_floor_is_broken(voted, floors, parts):
    """All parts come to the larger of plan and floors; what is lost inside is what is over the plan elsewhere
    less what comes on top.
    """
    shares = tuple(part / sum(parts) for part in parts)

    got, lost = split(voted, floors, shares=shares)

    bound = max(voted, sum(floors))
    over = sum(max(floor - share * voted, 0) for floor, share in zip(floors, shares, strict=True))
    assert sum(got) == pytest.approx(bound)
    assert sum(lost) == pytest.approx(over - (bound - voted), abs=1e-9 * bound)
    assert all(one >= floor - 1e-9 * bound for one, floor in zip(got, floors, strict=True))


@given(st.floats(1, 200), st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), PARTS)
def test_giving_alike_lies_between_giving_first_and_last(voted, floors, parts):
    shares = tuple(part / sum(parts) for part in parts)

    first, alike, last = (split(voted, floors, one, shares)[1] for one in ("first", "alike", "last"))

    slack = 1e-9 * (voted + sum(floors))
    assert all(a >= b - slack and b >= c - slack for a, b, c in zip(first, alike, last, strict=True))
