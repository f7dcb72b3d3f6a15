"""The regression form: by hand, against scipy and slow sums, and no point passes the ends."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from steelyard.panel.measures.amounts import Amounts, NoMeasure
from steelyard.panel.measures.regression import further, regression
from tests.panel.measures.plain import amounts, amounts_of, around, corners, holds, points


def plain_slope(x, y):
    u, v = [log(one) for one in x], [log(one) for one in y]
    mean = sum(v) / len(v)
    return sum((b - mean) * a for a, b in zip(u, v, strict=True)) / sum((b - mean) ** 2 for b in v)


def alliance(seed, count):
    chance = np.random.default_rng(seed)
    gdp = chance.lognormal(6, 1.5, count)
    return 0.02 * gdp**1.1 * chance.lognormal(0, 0.3, count), gdp


def test_three_by_hand():
    """ln y = 0, 1, 2 and ln x = 0, 2, 3: means 1 and 5/3; beta = (0 + 3 - 0) / 2 = 3/2, alpha = 5/3 - 3/2.

    Residuals are -1/6, 1/3, -1/6; their squares sum to 1/6, over one degree and 2: error is sqrt(1/12), and
    t = (3/2 - 1) / sqrt(1/12) = sqrt(3). With one degree p = 1 - 2/pi atan(t) = 1/3.
    HC3: leverages are 5/6, 1/3, 5/6, so residuals -1, 1/2, -1; those of the outer two count: sqrt(2) / 2.
    """
    found = regression(Amounts.exactly([1, exp(2), exp(3)]), Amounts.exactly([1, exp(1), exp(2)]))

    assert (found.beta.middle, found.alpha) == pytest.approx((3 / 2, 1 / 6))
    assert found.error == pytest.approx((1 / 12) ** 0.5)
    assert (found.t, found.p) == pytest.approx((3**0.5, 1 / 3))
    assert found.robust_error == pytest.approx(2**0.5 / 2)
    assert found.robust_t == pytest.approx(0.5 / (2**0.5 / 2))
    assert found.freedom == 1


def test_twelve_members_are_what_scipy_says():
    x, y = alliance(1, 12)
    known = stats.linregress(np.log(y), np.log(x))

    found = regression(Amounts.exactly(x), Amounts.exactly(y))

    assert (found.beta.middle, found.alpha) == pytest.approx((known.slope, known.intercept))
    assert found.error == pytest.approx(known.stderr)
    assert found.beta.sharp
    assert found.beta.high - found.beta.low < 1e-12


def test_the_robust_error_is_that_of_leaving_each_out():
    """HC3 by its meaning: the root of the sum of squared changes of beta when one member is left out."""
    x, y = alliance(2, 9)
    whole = plain_slope(x, y)
    changes = [plain_slope(np.delete(x, i), np.delete(y, i)) - whole for i in range(9)]

    found = regression(Amounts.exactly(x), Amounts.exactly(y))

    assert found.robust_error == pytest.approx(sum(one**2 for one in changes) ** 0.5)


@given(st.integers(3, 6).flatmap(lambda n: st.tuples(amounts(n), amounts(n))), st.data())
def test_no_point_passes_the_ends(rows, data):
    try:
        found = regression(*rows)
    except NoMeasure as refusal:
        assert "same gross domestic product" in str(refusal)
        return
    x, y = data.draw(points(*rows))

    value = plain_slope(x, y)

    assert holds(found.beta, value, 1e-11 * max(1.0, abs(value)))


@given(st.integers(3, 5).flatmap(lambda n: st.tuples(amounts(n), amounts(n))), st.data())
def test_bounds_seen_from_any_point_hold_everywhere(rows, data):
    u, v = (Amounts(*(np.log(end) for end in (row.low, row.middle, row.high))) for row in rows)
    if v.high.min() - v.low.max() >= -0.01:
        return  # products that may be all one leave the slope open
    reached = plain_slope(rows[0].middle, rows[1].middle)

    value = plain_slope(*data.draw(points(*rows)))

    for sign in (-1, 1):
        beyond = further(u, v, (u.middle, v.middle), reached, sign)
        assert sign * (value - reached) <= beyond + 1e-10 * max(1, abs(value))


@pytest.mark.parametrize("width", [1e-6, 1e-4, 1e-2, 0.1])
def test_with_known_product_the_ends_are_corners(width):
    x, y = alliance(3, 5)
    spending, gdp = around(x, width), Amounts.exactly(y)
    values = [plain_slope(*corner) for corner in corners(spending, gdp)]

    found = regression(spending, gdp).beta

    assert found.sharp
    assert (found.low, found.high) == pytest.approx((min(values), max(values)), abs=1e-11)


@pytest.mark.parametrize("width", [1e-6, 1e-4, 1e-2])
def test_with_open_product_the_ends_are_no_wider_than_they_say(width):
    """Corners are points too: where the range is sharp they come close, else they stay within."""
    x, y = alliance(4, 4)
    spending, gdp = around(x, width), around(y, width)
    values = [plain_slope(*corner) for corner in corners(spending, gdp)]

    found = regression(spending, gdp).beta

    assert found.low <= min(values) + 1e-12
    assert found.high >= max(values) - 1e-12
    assert found.high - found.low <= 1.05 * (max(values) - min(values)) + 1e-9
    assert found.sharp or width > 1e-6


def test_members_on_one_line_leave_nothing_to_test():
    found = regression(Amounts.exactly([2, 4, 8]), Amounts.exactly([100, 200, 400]))

    assert found.beta.middle == pytest.approx(1)
    assert found.error < 1e-12
    assert np.isnan(found.t)
    assert np.isnan(found.robust_p)


@pytest.mark.parametrize(
    ("spending", "gdp", "text"),
    [
        pytest.param(Amounts.exactly([1, 2]), Amounts.exactly([1, 2]), "three are the least", id="two"),
        pytest.param(Amounts.exactly([0, 1, 2]), Amounts.exactly([1, 2, 3]), "above 0", id="no spending"),
        pytest.param(
            Amounts.exactly([1, 2, 3]), amounts_of(*[(1, 2, 3)] * 3), "same gross", id="one product"
        ),
    ],
)
def test_what_has_no_slope_is_refused(spending, gdp, text):
    with pytest.raises(NoMeasure, match=text):
        regression(spending, gdp)
