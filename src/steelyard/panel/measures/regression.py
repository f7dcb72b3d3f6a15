"""The regression form of the exploitation hypothesis: ln x = alpha + beta ln y + e, with H0: beta = 1.

With beta above one, spending grows faster than product, and larger members bear more than their share.
HC3 errors are those of MacKinnon and White, Journal of Econometrics 29 (1985).

The slope is linear in each ln x, so over these its ends stand at corners. In ln y it is a ratio; its ends are
searched for from the best corner, and bounded about the point found: the first order exactly, the second,
which is small for narrow intervals, term by term.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from steelyard.panel.measures.amounts import (
    ATTAINED,
    EPSILON,
    Amounts,
    Array,
    NoMeasure,
    Range,
    ask_for,
    range_of,
)
from steelyard.panel.measures.boxes import greatest_quadratic

_SWEEPS = 40


@dataclass(frozen=True, slots=True)
class Regression:
    """What least squares give at the middles, and the range of the slope over all inputs.

    `error` is the usual standard error of beta, `robust_error` HC3; `t` and `p` are of the two-sided test of
    beta = 1 with `freedom` degrees, `robust_t` and `robust_p` the same with the robust error. Where all lie
    on one line the errors are nil and the tests say nothing (nan).
    """

    alpha: float
    beta: Range
    error: float
    robust_error: float
    t: float
    p: float
    robust_t: float
    robust_p: float
    freedom: int


def regression(spending: Amounts, gdp: Amounts) -> Regression:
    """Least squares of ln spending on ln product; both (member,) and above zero, each in one unit.

    Raises:
        NoMeasure: fewer than three members, an amount that may be zero, or products that may all be one.
    """
    ask_for(spending, "defence spending", above=True)
    ask_for(gdp, "gross domestic product", above=True, length=len(spending))
    if len(spending) < 3:
        raise NoMeasure(f"A line through {len(spending)} members has no error; three are the least.")
    u, v = _logs(spending), _logs(gdp)
    if _least_power(v) <= 0:
        raise NoMeasure("All members may have the same gross domestic product, so nothing can be told by it.")
    return _fitted(u.middle, v.middle, _slope_range(u, v))


def _fitted(u: Array, v: Array, beta: Range) -> Regression:
    """Estimates, errors and tests at the middles."""
    from scipy.special import stdtr  # scipy.stats holds it too, and takes a second to import

    count, apart = len(u), v - v.mean()
    power = float(apart @ apart)
    alpha = float(u.mean() - beta.middle * v.mean())
    rest = u - u.mean() - beta.middle * apart
    leverage = 1 / count + apart**2 / power
    error = float(np.sqrt(rest @ rest / (count - 2) / power))
    # A member that alone decides the slope has leverage one and no residual; it has no say on the error.
    pulled = np.where(leverage < 1 - 1e-12, rest / np.maximum(1 - leverage, 1e-12), 0.0)
    robust = float(np.sqrt(((apart * pulled) ** 2).sum()) / power)
    tests: list[tuple[float, float]] = []
    noise = 64 * count * EPSILON * (1 + float(np.abs(u).max())) / np.sqrt(power)
    for one in (error, robust):
        t = (beta.middle - 1) / one if one > noise else np.nan
        tests.append((t, float(2 * stdtr(count - 2, -abs(t)))))
    return Regression(alpha, beta, error, robust, *tests[0], *tests[1], count - 2)


def _logs(amounts: Amounts) -> Amounts:
    """Natural logarithms, their ends rounded outward."""
    low, middle, high = np.log(amounts.low), np.log(amounts.middle), np.log(amounts.high)
    return Amounts(low - 2 * np.spacing(np.abs(low)), middle, high + 2 * np.spacing(np.abs(high)))


def _slope(u: Array, v: Array) -> float:
    apart = v - v.mean()
    return float(apart @ u / (apart @ apart))


def _least_power(v: Amounts) -> float:
    """No more than the sum of squares of v about its mean, anywhere: by the gaps between pairs."""
    gaps = np.maximum(0.0, v.low[:, None] - v.high[None, :])
    return float((gaps**2).sum()) / len(v) * (1 - 4 * len(v) * EPSILON)


def _slope_range(u: Amounts, v: Amounts) -> Range:
    """The ends of the slope; sharp where both bounds meet the points found."""
    ends, met = [], True
    for sign in (-1.0, 1.0):
        point = _climbed(u, v, sign)
        reached = _slope(*point)
        bound = reached + sign * further(u, v, point, reached, sign)
        met = met and abs(bound - reached) <= ATTAINED * max(1.0, abs(reached))
        ends.append(bound)
    middle = _slope(u.middle, v.middle)
    return range_of(ends[0], middle, ends[1], sharp=met, margin=16 * len(u) * EPSILON * max(1.0, abs(middle)))


def _climbed(u: Amounts, v: Amounts, sign: float) -> tuple[Array, Array]:
    """A point with the highest slope found (lowest with `sign` -1), one ln y after another.

    For given slope b the form sum (v - mean) u - b sum (v - mean)^2 is quadratic in one v; it is best at an
    end or at its peak.
    """
    one, other = np.where(sign * (v.middle - v.middle.mean()) > 0, u.high, u.low), v.middle.copy()
    best, count = _slope(one, other), len(u)
    for _ in range(_SWEEPS):
        one = np.where(sign * (other - other.mean()) > 0, u.high, u.low)
        for place in np.flatnonzero(v.low < v.high).tolist():
            rest = (other.sum() - other[place]) / (count - 1)
            pull = (one[place] - one.mean()) * count / (count - 1)
            choices = [v.low[place], v.high[place], other[place]]
            if best:
                choices.append(min(max(rest + pull / (2 * best), v.low[place]), v.high[place]))
            gains = [sign * (pull * c - best * (c - rest) ** 2) for c in choices]
            other[place] = choices[int(np.argmax(gains))]
        found = _slope(one, other)
        if sign * (found - best) <= 1e-15 * abs(best):
            break
        best = found
    return one, other


def further(u: Amounts, v: Amounts, point: tuple[Array, Array], reached: float, sign: float) -> float:
    """By how much the slope may lie above (below with `sign` -1) the one `reached` at a point, at most."""
    one, other = point
    count = len(one)
    centre = np.eye(count) - 1 / count
    slope = np.concatenate([centre @ other, centre @ one - 2 * reached * (centre @ other)])
    curvature = np.block([[np.zeros((count, count)), centre], [centre, -2 * reached * centre]])
    low = np.concatenate([u.low - one, v.low - other])
    high = np.concatenate([u.high - one, v.high - other])
    most = greatest_quadratic(sign * slope, sign * curvature, low, high)
    apart = other - other.mean()
    lost = 16 * count * EPSILON * float(np.abs(apart) @ np.abs(one) + abs(reached) * (apart @ apart))
    return max(0.0, most + lost) / _least_power(v)
