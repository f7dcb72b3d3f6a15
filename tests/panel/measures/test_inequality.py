"""Gini, Theil and Lorenz of spending on product: by hand, by slow sums, and nothing passes their ends."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from steelyard.panel.measures.amounts import Amounts, NoMeasure
from steelyard.panel.measures.boxes import Box
from steelyard.panel.measures.gini import bound_below, gini
from steelyard.panel.measures.lorenz import lorenz
from steelyard.panel.measures.theil import plane_below, theil
from tests.panel.measures.plain import (
    amounts,
    amounts_of,
    around,
    corners,
    holds,
    plain_gini,
    plain_lorenz,
    plain_theil,
    points,
)

FLOATS = 1e-12  # what the slow sums lose themselves
PAIRS = st.integers(2, 6).flatmap(lambda n: st.tuples(amounts(n), amounts(n)))
MEASURES = [pytest.param(gini, plain_gini, id="gini"), pytest.param(theil, plain_theil, id="theil")]


def made_up(seed, count, width):
    """Spending and product of an alliance with one large member, open by up to `width` either way."""
    chance = np.random.default_rng(seed)
    gdp = chance.lognormal(6, 1.5, count)
    rows = []
    for row in (gdp * chance.uniform(0.01, 0.035, count), gdp):
        below, above = chance.uniform(0, width, (2, count))
        rows.append(Amounts(row * (1 - below), row, row * (1 + above)))
    return rows


def test_gini_and_theil_of_two_by_hand():
    """Half of the product each, spending 1 and 3: the curve leads through (1/2, 1/4).

    The area below is (1/2)(1/4)/2 + (1/2)(1/4 + 1)/2 = 1/16 + 5/16 = 3/8, so G = 1 - 2 * 3/8 = 1/4.
    T = 1/4 ln(1/2) + 3/4 ln(3/2).
    """
    x, y = Amounts.exactly([1, 3]), Amounts.exactly([50, 50])

    assert gini(x, y).middle == pytest.approx(1 / 4)
    assert theil(x, y).middle == pytest.approx(log(1 / 2) / 4 + 3 * log(3 / 2) / 4)


def test_gini_of_two_with_open_spending_by_hand():
    """Even products; spending 1, and 2 to 4: G = (b - 1) / (2 (1 + b)), from 1/6 to 3/10."""
    found = gini(amounts_of((1, 1, 1), (2, 3, 4)), Amounts.exactly([50, 50]))

    assert (found.low, found.high) == pytest.approx((1 / 6, 3 / 10), abs=1e-13)
    assert found.sharp


def test_burdens_that_may_be_even_may_have_no_inequality():
    x, y = amounts_of((9, 10, 11), (18, 22, 23)), Amounts.exactly([100, 200])

    for found in (gini(x, y), theil(x, y)):
        assert found.low == 0 < found.middle
        assert found.sharp


def test_one_who_bears_all():
    """A quarter of the product and all of the spending: G = 3/4, T = ln 4."""
    x, y = Amounts.exactly([8, 0]), Amounts.exactly([1, 3])

    assert gini(x, y).middle == pytest.approx(3 / 4)
    assert theil(x, y).middle == pytest.approx(log(4))


@pytest.mark.parametrize(("measure", "plain"), MEASURES)
def test_no_point_passes_the_ends(measure, plain):
    @given(PAIRS, st.data())
    def law(rows, data):
        x, y = data.draw(points(*rows))

        found = measure(*rows)

        assert holds(found, plain(x, y), FLOATS)
        assert found.middle == pytest.approx(plain(rows[0].middle, rows[1].middle), abs=FLOATS)

    law()


@pytest.mark.parametrize("width", [1e-5, 1e-3, 0.02, 0.3])
@pytest.mark.parametrize(("measure", "plain"), MEASURES)
def test_the_high_end_is_the_best_corner(measure, plain, width):
    for seed in range(3):
        rows = made_up(seed, 4, width)

        found = measure(*rows)

        assert found.high == pytest.approx(max(plain(x, y) for x, y in corners(*rows)), abs=1e-11)


@pytest.mark.parametrize("width", [1e-5, 1e-3, 0.02])
@pytest.mark.parametrize(("measure", "plain"), MEASURES)
def test_the_low_end_is_where_a_search_ends(measure, plain, width):
    """A search without derivatives from the best corner comes as close as it can, and never below."""
    for seed in range(3):
        x, y = made_up(seed, 4, width)
        found = measure(x, y)
        bounds = [*zip(x.low, x.high, strict=True), *zip(y.low, y.high, strict=True)]
        start = min(corners(x, y), key=lambda corner: plain(*corner))

        search = minimize(
            lambda z: plain(z[:4], z[4:]),
            [*start[0], *start[1]],
            bounds=bounds,
            method="Powell",
            options={"xtol": 1e-10, "ftol": 1e-14},
        )

        assert found.sharp
        assert found.low <= search.fun + FLOATS
        assert search.fun - found.low < 0.02 * (found.high - found.low) + FLOATS


@pytest.mark.parametrize("width", [0.05, 0.3])
@pytest.mark.parametrize(("measure", "plain"), MEASURES)
def test_many_members_with_wide_intervals_are_bounded_all_the_same(measure, plain, width):
    rows = made_up(5, 32, width)
    chance = np.random.default_rng(1)

    found = measure(*rows)

    for _ in range(100):
        x, y = (np.where(chance.random(32) < 0.5, row.low, row.high) for row in rows)
        assert holds(found, plain(x, y), FLOATS)
    assert 0 < found.high < 1


@given(PAIRS, st.data())
def test_bounds_seen_from_any_point_hold_everywhere(rows, data):
    """Not only from the lowest one, where they are used: there they could be wrong and not be missed."""
    box = Box.of(*rows)
    (x, y), (seen_x, seen_y) = (data.draw(points(*rows)) for _ in range(2))
    scale = [part[0] / row.low[0] for part, row in zip((box.x_low, box.y_low), rows, strict=True)]
    point = np.array(seen_x) * scale[0], np.array(seen_y) * scale[1]
    burdens = point[0] / point[1]
    signs = np.sign(burdens[:, None] - burdens[None, :]) * data.draw(st.sampled_from([1, 0.5, 0, -1]))

    assert bound_below(box, point, plain_gini(*point), signs) <= plain_gini(x, y) + FLOATS
    assert plane_below(box, *point) <= plain_theil(x, y) + FLOATS


@pytest.mark.parametrize("measure", [gini, theil])
def test_no_unit_matters(measure):
    """In other currencies all is as uneven as before."""
    rows = made_up(2, 6, 0.01)
    found, scaled = measure(*rows), measure(*(around(row.middle * 1400, 0) for row in rows))

    assert scaled.middle == pytest.approx(found.middle, abs=1e-12)


@given(PAIRS, st.data())
def test_the_lorenz_curve_holds_every_point(rows, data):
    x, y = data.draw(points(*rows))

    found = lorenz(*rows)

    for knot, along in enumerate(found.along.tolist()):
        assert holds(found.up.at(knot), plain_lorenz(x, y, along), FLOATS)


@given(PAIRS)
def test_the_lorenz_curve_is_convex_below_the_diagonal_and_spans_the_gini(rows):
    found = lorenz(*rows)
    along, up = found.along, found.up.middle

    assert (along[0], up[0], along[-1], up[-1]) == (0, 0, 1, 1)
    assert (up <= along + FLOATS).all()
    assert (np.diff(np.diff(up) / np.diff(along)) >= -FLOATS).all()
    area = ((up[1:] + up[:-1]) / 2 * np.diff(along)).sum()
    assert gini(*rows).middle == pytest.approx(1 - 2 * area, abs=FLOATS)


def test_a_lorenz_curve_without_width_is_itself():
    found = lorenz(Amounts.exactly([3, 1]), Amounts.exactly([50, 50]))

    assert found.order == (1, 0)
    assert found.up.middle.tolist() == [0, 0.25, 1]
    assert found.up.sharp
    assert found.up.high - found.up.low == pytest.approx([0, 0, 0], abs=1e-13)


@pytest.mark.parametrize("measure", [gini, theil, lorenz])
def test_what_nobody_spends_cannot_be_uneven(measure):
    with pytest.raises(NoMeasure, match="sum to zero"):
        measure(amounts_of((0, 1, 2), (0, 1, 2)), Amounts.exactly([1, 1]))
    with pytest.raises(NoMeasure, match="above 0"):
        measure(Amounts.exactly([1, 1]), amounts_of((0, 1, 2), (1, 1, 1)))
