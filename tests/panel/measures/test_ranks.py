"""Rank correlations over the orders left open: by hand, by brute force, and no point passes their ends."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from steelyard.panel.measures.amounts import Amounts, NoMeasure
from steelyard.panel.measures.orders import all_ranks, doubled_ranks, groups_of
from steelyard.panel.measures.ranks import kendall, spearman
from tests.panel.measures.plain import (
    amounts,
    amounts_of,
    around,
    can_stand,
    holds,
    plain_ranks,
    plain_rho,
    plain_tau,
    points,
    weak_orders,
)

TESTS = [pytest.param(spearman, plain_rho, id="rho"), pytest.param(kendall, plain_tau, id="tau")]


@st.composite
def small_amounts(draw, count):
    """Whole ends from 0 to 8, so that intervals often touch, hold one another or are one point."""
    rows = [sorted(draw(st.lists(st.integers(0, 8), min_size=3, max_size=3))) for _ in range(count)]
    if len({middle for _, middle, _ in rows}) == 1:
        rows[0][2] = rows[0][1] = 9
    return amounts_of(*rows)


def test_rho_and_tau_of_four_by_hand():
    """Product 1, 2, 3, 4; burdens 1.0, about 2.0, about 2.1, 3.0, where the middle two may stand either way.

    As told: both 1. Exchanged: differences of ranks 0, 1, -1, 0 make rho = 1 - 6 * 2 / (4 * 15) = 0.8, and
    one of six pairs turned makes tau = (5 - 1) / 6 = 2/3. Of 24 pairings one has 1; three more have rho 0.8
    (exchanges of neighbours), and the same three have tau 2/3. So p is 1/24, and at most 4/24.
    """
    gdp = Amounts.exactly([1, 2, 3, 4])
    burdens = amounts_of((1, 1, 1), (1.9, 2.0, 2.15), (1.95, 2.1, 2.2), (3, 3, 3))

    rho, tau = spearman(gdp, burdens), kendall(gdp, burdens)

    assert (rho.statistic.low, rho.statistic.middle, rho.statistic.high) == pytest.approx((0.8, 1, 1))
    assert (tau.statistic.low, tau.statistic.middle, tau.statistic.high) == pytest.approx((2 / 3, 1, 1))
    for found in (rho, tau):
        assert found.statistic.sharp
        assert found.p.sharp
        assert (found.p.low, found.p.middle, found.p.high) == pytest.approx((1 / 24, 1 / 24, 4 / 24))
        assert (found.error, found.draws) == (0, 0)


@pytest.mark.parametrize(("test", "plain"), TESTS)
def test_the_ends_are_the_best_of_all_orders(test, plain):
    """Every order with ties of four in both rows that the intervals allow, each tried."""
    orders = weak_orders(4)

    @given(small_amounts(4), small_amounts(4))
    def law(first, second):
        values = [
            value
            for one, other in product(
                [order for order in orders if can_stand(order, first)],
                [order for order in orders if can_stand(order, second)],
            )
            if (value := plain(one, other)) is not None
        ]

        found = test(first, second).statistic

        assert found.low <= min(values) + 1e-12
        assert found.high >= max(values) - 1e-12
        if found.sharp:
            assert (found.low, found.high) == pytest.approx((min(values), max(values)))

    law()


@pytest.mark.parametrize(("test", "plain"), TESTS)
def test_the_ends_of_five_with_known_product_are_sharp(test, plain):
    orders = weak_orders(5)
    gdp = Amounts.exactly([5, 3, 1, 2, 4])

    @given(small_amounts(5))
    def law(burdens):
        values = [
            value
            for order in orders
            if can_stand(order, burdens) and (value := plain(gdp.middle.tolist(), order)) is not None
        ]

        found = test(gdp, burdens).statistic

        assert found.sharp
        assert (found.low, found.high) == pytest.approx((min(values), max(values)))

    law()


@pytest.mark.parametrize("test", [spearman, kendall])
@pytest.mark.parametrize("turned", [False, True])
def test_a_sure_tie_may_meet_one_that_may_be(test, turned):
    """The first two surely have one burden, and may have one product: tied in both, the orders agree fully.

    Without that tie tau-b is 2 / sqrt(3 * 2), and rho 1.5 / sqrt(2 * 1.5), 0.82 and 0.87.
    """
    rows = [amounts_of((1, 2, 4), (2, 3, 4), (8, 8, 8)), Amounts.exactly([5, 5, 9])]

    found = test(*(rows[::-1] if turned else rows)).statistic

    assert found.sharp
    assert found.high == 1
    assert found.low == pytest.approx(2 / 6**0.5 if test is kendall else 1.5 / 3**0.5)


@pytest.mark.parametrize("test", [spearman, kendall])
def test_bounds_leave_room_for_sure_ties(test):
    """Seven pairs of sure ties, and burdens that may all be anything: they may be tied in the same pairs."""
    x, y = Amounts.exactly(np.arange(14.0) // 2), around(np.linspace(10, 11, 14), 0.2)

    found = test(x, y).statistic

    assert not found.sharp
    assert found.high == 1


@pytest.mark.parametrize(("test", "plain"), TESTS)
def test_no_point_passes_the_ends(test, plain):
    """Up to nine members with wide intervals, so that bounds without all orders are met too."""

    @given(
        st.integers(3, 9).flatmap(lambda n: st.tuples(amounts(n, most=600), amounts(n, most=600))), st.data()
    )
    def law(rows, data):
        if any(row.middle.min() == row.middle.max() for row in rows):
            return
        x, y = data.draw(points(*rows))

        found = test(*rows)

        value = plain(x, y)
        assert value is None or holds(found.statistic, value, 1e-12)

    law()


@pytest.mark.parametrize(("test", "plain"), TESTS)
@pytest.mark.parametrize("width", [0.005, 0.05, 0.2])
def test_thirty_two_members_are_bounded_however_wide(test, plain, width):
    chance = np.random.default_rng(3)
    x, y = around(chance.lognormal(6, 1.5, 32), width), around(chance.uniform(1, 3, 32), width)

    found = test(x, y).statistic

    for _ in range(50):
        one, other = (row.low + (row.high - row.low) * chance.random(32) for row in (x, y))
        assert holds(found, plain(one.tolist(), other.tolist()), 1e-12)


@given(st.lists(st.integers(0, 5), min_size=3, max_size=8), st.randoms())
def test_without_width_they_are_what_scipy_says(values, chance):
    other = [chance.randint(0, 5) for _ in values]
    if len(set(values)) == 1 or len(set(other)) == 1:
        return
    one, two = Amounts.exactly(values), Amounts.exactly(other)

    rho, tau = spearman(one, two), kendall(one, two)

    assert rho.statistic.middle == pytest.approx(stats.spearmanr(values, other).statistic, abs=1e-12)
    assert tau.statistic.middle == pytest.approx(stats.kendalltau(values, other).statistic, abs=1e-12)
    for found in (rho, tau):
        assert found.statistic.high - found.statistic.low < 1e-14
        assert found.p.low == found.p.middle == found.p.high


@pytest.mark.parametrize(("test", "plain"), TESTS)
def test_p_is_the_share_of_pairings_that_reach_as_far(test, plain):
    """With ties in both rows, all 120 pairings tried with a slow statistic."""
    first, second = [1, 2, 2, 4, 5], [1, 1, 3, 3, 2]
    met = plain(first, second)
    reached = [plain(first, other) >= met - 1e-9 for other in permutations(second)]

    found = test(Amounts.exactly(first), Amounts.exactly(second))

    assert found.p.middle == pytest.approx(sum(reached) / 120)
    assert found.draws == 0


def test_a_drawn_p_tells_its_error_and_is_repeated_by_its_seed():
    chance = np.random.default_rng(4)
    x, y = Amounts.exactly(np.arange(20.0)), Amounts.exactly(chance.permutation(20) / 4 + np.arange(20.0) / 8)

    found, again, other = (spearman(x, y, draws=2000, seed=seed) for seed in (1, 1, 2))

    assert found == again
    assert found.p != other.p
    assert found.error == pytest.approx((found.p.middle * (1 - found.p.middle) / 2000) ** 0.5)
    assert abs(found.p.middle - other.p.middle) < 6 * found.error


def test_a_group_too_large_to_try_is_bounded_and_says_so():
    x, y = Amounts.exactly(np.arange(14.0)), around(np.linspace(10, 11, 14), 0.2)

    for found in (spearman(x, y).statistic, kendall(x, y).statistic):
        assert not found.sharp
        assert (found.low, found.high) == pytest.approx((-1, 1))


@given(st.lists(st.integers(0, 4), min_size=1, max_size=7))
def test_doubled_ranks_are_twice_the_mid_ranks(values):
    assert list(doubled_ranks(np.array(values, dtype=float))) == [2 * rank for rank in plain_ranks(values)]


@given(small_amounts(4))
def test_all_orders_are_those_that_can_stand(row):
    wanted = {
        tuple(int(2 * r) for r in plain_ranks(order)) for order in weak_orders(4) if can_stand(order, row)
    }

    found = all_ranks(groups_of(row), ties=True, most=100)

    assert set(found) == wanted
    assert len(found) == len(wanted)


@pytest.mark.parametrize("test", [spearman, kendall])
@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        pytest.param([1, 2], [1, 2], "three are the least", id="two members"),
        pytest.param([1, 2, 3], [2, 2, 2], "have no order", id="all one"),
        pytest.param([1, 2, 3], [1, 2], "2 figures", id="lengths"),
    ],
)
def test_what_has_no_order_is_refused(test, first, second, text):
    with pytest.raises(NoMeasure, match=text):
        test(Amounts.exactly(first), Amounts.exactly(second))
