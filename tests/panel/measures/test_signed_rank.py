"""Wilcoxon's signed-rank test under intervals: by hand, against scipy and against all signs."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from steelyard.panel.measures.amounts import Amounts, NoMeasure
from steelyard.panel.measures.signed_rank import signed_rank
from tests.panel.measures.plain import amounts, amounts_of, corners, holds, plain_ranks, points

NONE = Amounts.exactly
DIFFERENCES = st.lists(st.integers(-6, 6), min_size=1, max_size=8)


def plain_w(differences):
    """The ranks of sizes above zero, and half of those at it."""
    ranks = plain_ranks([abs(one) for one in differences])
    return sum(rank * (0.5 if one == 0 else one > 0) for one, rank in zip(differences, ranks, strict=True))


def test_three_by_hand():
    """Differences 1, -2 and 3 have ranks 1, 2 and 3: W = 4 of 6, even at 3.

    Of eight choices of signs those with 4 or more are 4, 5 and 6: {1,3}, {2,3} and {1,2,3}; p = 2 * 3/8.
    With the second from -2.5 to 0.5: W at most 2 + 1 + 3 = 6.
    """
    found = signed_rank(amounts_of((1, 1, 1), (-2.5, -2, 0.5), (3, 3, 3)), NONE([0, 0, 0]))

    assert (found.statistic.low, found.statistic.middle, found.statistic.high) == (4, 4, 6)
    assert found.even == 3
    assert found.p.middle == pytest.approx(6 / 8)
    assert found.p.low == pytest.approx(2 / 8)


@given(DIFFERENCES)
def test_the_statistic_is_the_sum_of_ranks(differences):
    found = signed_rank(NONE(differences), NONE([0] * len(differences)))

    assert found.statistic.middle == plain_w(differences)


@given(DIFFERENCES)
def test_p_is_the_share_of_signs_that_reach_as_far(differences):
    count = len(differences)
    ranks = plain_ranks([abs(one) for one in differences])
    fixed = sum(rank / 2 for one, rank in zip(differences, ranks, strict=True) if one == 0)
    moving = [rank for one, rank in zip(differences, ranks, strict=True) if one]
    sums = [
        fixed + sum(rank for rank, sign in zip(moving, signs, strict=True) if sign)
        for signs in product((0, 1), repeat=len(moving))
    ]
    w = plain_w(differences)
    plain = min(1, 2 * min(sum(one <= w for one in sums), sum(one >= w for one in sums)) / len(sums))

    assert signed_rank(NONE(differences), NONE([0] * count)).p.middle == pytest.approx(plain)


def test_thirty_members_are_what_scipy_counts():
    chance = np.random.default_rng(5)
    one, other = chance.normal(0.3, 1, 30), chance.normal(0, 1, 30)
    known = stats.wilcoxon(one, other, method="exact")

    found = signed_rank(NONE(one), NONE(other))

    assert found.p.middle == pytest.approx(known.pvalue, rel=1e-9)
    assert min(found.statistic.middle, 465 - found.statistic.middle) == known.statistic


@given(st.integers(1, 5).flatmap(lambda n: st.tuples(amounts(n), amounts(n))), st.data())
def test_no_point_passes_the_ends_and_two_corners_reach_them(rows, data):
    x, y = data.draw(points(*rows))

    found = signed_rank(*rows)

    assert holds(found.statistic, plain_w([a - b for a, b in zip(x, y, strict=True)]))
    if len(x) <= 3:
        values = [plain_w([a - b for a, b in zip(x, y, strict=True)]) for x, y in corners(*rows)]
        assert (found.statistic.low, found.statistic.high) == (min(values), max(values))


def test_an_even_sum_within_reach_leaves_p_open_to_one():
    found = signed_rank(amounts_of((-3, 2, 3), (-3, 1, 3), (-3, 3, 3)), NONE([0, 0, 0]))

    assert (found.p.low, found.p.high) == pytest.approx((2 / 8, 1))


def test_sides_of_different_length_are_refused():
    with pytest.raises(NoMeasure, match="1 figures"):
        signed_rank(NONE([1, 2]), NONE([1]))
