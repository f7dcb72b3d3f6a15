"""The Gini coefficient of defence spending on product, 0 where all bear the same burden.

Members stand in the order of their burdens b = x / y, and G is twice the area between the Lorenz curve and
the even line. The same number is

    G = sum over pairs |x_i y_j - x_j y_i| / (sum x * sum y).

For given product it is convex in spending over a linear function, so it has no peak inside a box: the
greatest value stands at a corner, and likewise in product. The least may lie inside, where burdens become
even: a point is improved by linear programs until none improves it, and the dual of the last program gives
each pair a sign under which the sum is quadratic and nowhere above that of G; its bound holds over all.
"""

from __future__ import annotations

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
from steelyard.panel.measures.boxes import (
    MOST_LOOSE,
    Box,
    Slopes,
    greatest_means,
    greatest_quadratic,
    least_means,
    settled,
)

_STEPS = 8
_PRODUCT = "gross domestic product"


def gini(spending: Amounts, gdp: Amounts) -> Range:
    """The Gini coefficient of spending on product: (member,), each in one unit, independent of each other.

    The high end is a corner, tried out wherever at most ten variables are open; the low end is sharp where
    the bound meets the point that was found.

    Raises:
        NoMeasure: spending may be negative or sum to zero, or a product may be zero.
    """
    box = box_of(spending, gdp)
    middle = float(_gini(spending.middle, gdp.middle))
    low, low_sharp = _least(box)
    high, high_sharp = _greatest(box)
    lost = 8 * len(spending) * EPSILON
    found = range_of(low, middle, high, sharp=low_sharp and high_sharp, margin=lost)
    return Range(min(max(found.low, 0.0), middle), middle, min(found.high, 1.0), found.sharp)


def box_of(spending: Amounts, gdp: Amounts) -> Box:
    """The box of what is open.

    Raises:
        NoMeasure: spending may be negative or sum to zero, or a product may be zero.
    """
    ask_for(spending, "defence spending")
    ask_for(gdp, _PRODUCT, above=True, length=len(spending))
    if spending.low.sum() <= 0:
        raise NoMeasure(
            "The figures for defence spending may sum to zero, so nothing can be spread unevenly."
        )
    return Box.of(spending, gdp)


def may_be_even(box: Box) -> bool:
    """Whether one burden lies in the interval of every member."""
    return bool((box.x_low / box.y_high).max() <= (box.x_high / box.y_low).min())


def _gini(x: Array, y: Array) -> Array:
    """The coefficient at points: x and y (..., member), by the order of burdens."""
    order = np.argsort(x / y, axis=-1)
    x, y = np.take_along_axis(x, order, axis=-1), np.take_along_axis(y, order, axis=-1)
    below = 2 * np.cumsum(y, axis=-1) - y
    found: Array = (x * below).sum(axis=-1) / (x.sum(axis=-1) * y.sum(axis=-1)) - 1
    return np.maximum(found, 0.0)


def _signs(box: Box) -> tuple[Array, Array]:
    """The least and the greatest sign of b_i - b_j, (member, member); nil for a member with itself."""
    least, greatest = box.x_low / box.y_high, box.x_high / box.y_low
    # Rounding of the quotients is left room, so that nothing counts as sure that is not.
    slack = 4 * EPSILON
    high = np.where(greatest[:, None] * (1 + slack) <= least[None, :], -1.0, 1.0)
    low = np.where(least[:, None] >= greatest[None, :] * (1 + slack), 1.0, -1.0)
    np.fill_diagonal(low, 0.0)
    np.fill_diagonal(high, 0.0)
    return low, high


def _slopes_in(box: Box, least: float, greatest: float) -> Slopes:
    """G rises in x_i where the product below less that above, over all, is more than G; likewise in y_i."""
    low, high = _signs(box)
    below = least_means(low, box.y_low, box.y_high), greatest_means(high, box.y_low, box.y_high)
    above = least_means(-high, box.x_low, box.x_high), greatest_means(-low, box.x_low, box.x_high)
    least = max(
        least,
        float(least_means(below[0], box.x_low, box.x_high)),
        float(least_means(above[0], box.y_low, box.y_high)),
    )
    greatest = min(
        greatest,
        float(greatest_means(below[1], box.x_low, box.x_high)),
        float(greatest_means(above[1], box.y_low, box.y_high)),
    )
    return Slopes(
        below[0] >= greatest, below[1] <= least, above[0] >= greatest, above[1] <= least, least, greatest
    )


def _greatest(box: Box) -> tuple[float, bool]:
    """The high end, and whether it is reached."""
    thin, slopes = settled(box, _slopes_in, highest=True)
    if thin.loose > MOST_LOOSE:
        return min(slopes.high, _bound_above(thin, slopes.low)), False
    return float(_gini(*thin.corners()).max()), True


def _least(box: Box) -> tuple[float, bool]:
    """The low end, and whether it is reached."""
    if may_be_even(box):
        return 0.0, True
    thin, slopes = settled(box, _slopes_in, highest=False)
    low, high = _signs(thin)
    if thin.loose <= MOST_LOOSE and (low == high).all():
        return float(_gini(*thin.corners()).min()), True
    point, signs = _descended(thin, low, high)
    reached = float(_gini(*point))
    bound = max(bound_below(thin, point, reached, signs), slopes.low)
    return min(bound, reached), reached - bound <= ATTAINED


def _descended(box: Box, low: Array, high: Array) -> tuple[tuple[Array, Array], Array]:
    """A point from which no linear program leads lower, and the sign of each pair in the last one's dual."""
    x, y = box.middle
    best = float(_gini(x, y))
    signs = (low + high) / 2
    for _ in range(_STEPS):
        solved = _step(box, x, y, best, low, high)
        if solved is None:
            break
        (step_x, step_y), signs = solved
        for shorter in (1.0, 0.5, 0.1, 0.01):
            there = x + shorter * step_x, y + shorter * step_y
            if (found := float(_gini(*there))) < best - 1e-14:
                (x, y), best = there, found
                break
        else:
            break
    return (x, y), signs


def _step(
    box: Box, x: Array, y: Array, gini_here: float, low: Array, high: Array
) -> tuple[tuple[Array, Array], Array] | None:
    """The step that lowers the linear form of N - G X Y at (x, y) most, and the signs of the dual program."""
    from scipy.optimize import linprog

    count = len(x)
    first, second = np.nonzero(np.triu(low != high))
    sure = np.where(low == high, low, 0.0)
    pairs = len(first)
    rows = np.zeros((pairs, 2 * count))
    at = np.arange(pairs)
    rows[at, first], rows[at, second] = y[second], -y[first]
    rows[at, count + second], rows[at, count + first] = x[first], -x[second]
    here = x[first] * y[second] - x[second] * y[first]
    cost = np.concatenate([sure @ y - gini_here * y.sum(), x @ sure - gini_here * x.sum(), np.ones(pairs)])
    apart = -np.eye(pairs)
    solved = linprog(
        cost,
        A_ub=np.vstack([np.hstack([rows, apart]), np.hstack([-rows, apart])]) if pairs else None,
        b_ub=np.concatenate([-here, here]) if pairs else None,
        bounds=[*zip(box.x_low - x, box.x_high - x, strict=True)]
        + [*zip(box.y_low - y, box.y_high - y, strict=True)]
        + [(0, None)] * pairs,
        method="highs",
    )
    if not solved.success:
        return None
    signs = sure.copy()
    if pairs:
        prices = -solved.ineqlin.marginals
        signs[first, second] = np.clip(prices[:pairs] - prices[pairs:], -1, 1)
        signs[second, first] = -signs[first, second]
    step = solved.x
    return (
        _kept(step[:count], x, box.x_low, box.x_high),
        _kept(step[count : 2 * count], y, box.y_low, box.y_high),
    ), signs


def _kept(step: Array, at: Array, low: Array, high: Array) -> Array:
    """The step, cut where it would leave the box."""
    return np.clip(at + step, low, high) - at


def bound_below(box: Box, point: tuple[Array, Array], reached: float, signs: Array) -> float:
    """What G is nowhere below in the box, seen from a point where it is `reached`.

    With fixed signs from -1 to 1, `signs` (member, member) antisymmetric, N - G X Y is quadratic.
    """
    least = -_quadratic(box, point, reached - signs)
    return reached + min(0.0, least) / float(box.x_low.sum() * box.y_low.sum())


def _bound_above(box: Box, reached: float) -> float:
    """What G is nowhere above: the size of a pair whose sign is open lies below its chord."""
    least = np.outer(box.x_low, box.y_low) - np.outer(box.y_high, box.x_high)
    greatest = np.outer(box.x_high, box.y_high) - np.outer(box.y_low, box.x_low)
    low, high = _signs(box)
    is_open = (low != high) & (greatest > least)
    width = np.where(is_open, greatest - least, 1.0)
    chords = np.where(is_open, (greatest + least) / width, low)
    rest = float(np.triu(np.where(is_open, -2 * greatest * least / width, 0.0)).sum())
    most = _quadratic(box, box.middle, chords - reached) + rest
    return reached + max(0.0, most) / float(box.x_low.sum() * box.y_low.sum())


def _quadratic(box: Box, point: tuple[Array, Array], form: Array) -> float:
    """No less than `x form y` anywhere in the box, bounded about a point; `form` (member, member)."""
    x, y = point
    count = len(x)
    slope = np.concatenate([form @ y, x @ form])
    curvature = np.zeros((2 * count, 2 * count))
    curvature[:count, count:], curvature[count:, :count] = form, form.T
    low = np.concatenate([box.x_low - x, box.y_low - y])
    high = np.concatenate([box.x_high - x, box.y_high - y])
    lost = 8 * count * EPSILON * float(x.sum() * y.sum())
    return float(x @ form @ y) + greatest_quadratic(slope, curvature, low, high) + lost
