"""Theil's index of defence spending on product: sum s ln(s / w), of burdens with product as weights.

It is zero where all bear the same burden and ln(1 / w) where one bears all. As the relative entropy of two
rows of shares it is convex in both together (Cover and Thomas, Elements of Information Theory, theorem
2.7.2), so the greatest value stands at a corner, and any point gives a plane that lies nowhere above it: the
least value of that plane is a bound, and at the lowest point it is reached.
"""

from __future__ import annotations

import numpy as np

from steelyard.panel.measures.amounts import ATTAINED, EPSILON, Amounts, Array, Range, range_of
from steelyard.panel.measures.boxes import MOST_LOOSE, Box, Slopes, greatest_means, least_means, settled
from steelyard.panel.measures.gini import box_of, may_be_even

_STEPS = 400
# Stands for the logarithm's argument where spending is nil: s ln s is nil there.
_TINY = 1e-300


def theil(spending: Amounts, gdp: Amounts) -> Range:
    """Theil's index of spending on product, in nats; (member,), each in one unit, independent of each other.

    Raises:
        NoMeasure: spending may be negative or sum to zero, or a product may be zero.
    """
    box = box_of(spending, gdp)
    middle = float(_theil(spending.middle, gdp.middle))
    low, low_sharp = _least(box)
    high, high_sharp = _greatest(box)
    lost = 32 * len(spending) * EPSILON * (1 + high)
    found = range_of(low, middle, high, sharp=low_sharp and high_sharp, margin=lost)
    return Range(min(max(found.low, 0.0), middle), middle, found.high, found.sharp)


def _theil(x: Array, y: Array) -> Array:
    """The index at points: x and y (..., member)."""
    s, w = x / x.sum(axis=-1, keepdims=True), y / y.sum(axis=-1, keepdims=True)
    found: Array = (s * np.log(np.maximum(s / w, _TINY))).sum(axis=-1)
    return np.maximum(found, 0.0)


def _relative(box: Box) -> tuple[Array, Array]:
    """The least and the greatest burden of each member against the alliance's, r."""
    shares = []
    for low, high in ((box.x_low, box.x_high), (box.y_low, box.y_high)):
        shares.append((low / (low + high.sum() - high), high / (high + low.sum() - low)))
    (s_low, s_high), (w_low, w_high) = shares
    room = 8 * len(s_low) * EPSILON
    return s_low / w_high * (1 - room), s_high / w_low * (1 + room)


def _slopes_in(box: Box, least: float, greatest: float) -> Slopes:
    """The index rises in x_i where ln r_i is above it, and in y_i where r_i is below one."""
    low, high = _relative(box)
    logs = np.log(np.maximum(low, _TINY)), np.log(np.maximum(high, _TINY))
    least = max(least, float(least_means(logs[0], box.x_low, box.x_high)))
    greatest = min(greatest, float(greatest_means(logs[1], box.x_low, box.x_high)))
    return Slopes(logs[0] >= greatest, logs[1] <= least, high <= 1, low >= 1, least, greatest)


def _greatest(box: Box) -> tuple[float, bool]:
    """The high end, and whether it is reached."""
    thin, slopes = settled(box, _slopes_in, highest=True)
    if thin.loose > MOST_LOOSE:
        return slopes.high, False
    return float(_theil(*thin.corners()).max()), True


def _least(box: Box) -> tuple[float, bool]:
    """The low end, and whether it is reached."""
    if may_be_even(box):
        return 0.0, True
    box, slopes = settled(box, _slopes_in, highest=False)
    x, y = _descended(box)
    reached = float(_theil(x, y))
    bound = min(max(plane_below(box, x, y), slopes.low), reached)
    return bound, reached - bound <= ATTAINED


def plane_below(box: Box, x: Array, y: Array) -> float:
    """What the index is nowhere below in the box: the least there of the plane that touches it at (x, y)."""
    r = np.maximum((x / x.sum()) / (y / y.sum()), _TINY)
    least = least_means(np.log(r), box.x_low, box.x_high)
    return float(least - greatest_means(r, box.y_low, box.y_high)) + 1


def _descended(box: Box) -> tuple[Array, Array]:
    """The point of the least value, nearly.

    For a given burden q of the alliance and value T each member has a best answer of its own: all it can of
    both where its burden lies from q to q e^T, less product where it would lie below, less spending above.
    """
    x, y = box.middle
    best = float(_theil(x, y))
    for _ in range(_STEPS):
        q = x.sum() / y.sum()
        ceiling = q * np.exp(best)
        spent = np.clip(ceiling * box.y_high, box.x_low, box.x_high)
        there = spent, np.clip(spent / q, box.y_low, box.y_high)
        found = float(_theil(*there))
        if found >= best - 1e-16:
            break
        (x, y), best = there, found
    return x, y
