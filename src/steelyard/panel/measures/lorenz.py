"""The Lorenz curve of defence spending on product: what share of the spending the least burdened bear.

Members stand in the order of their burdens; the curve leads through the sums of their shares of product
(along) and of spending (up). It is convex from (0, 0) to (1, 1), and the even line is its diagonal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from steelyard.panel.measures.amounts import EPSILON, Amounts, Array, Ranges, Whole, ranges, within
from steelyard.panel.measures.boxes import Box
from steelyard.panel.measures.gini import box_of

_ROUNDS = 30
_NEAR = 2  # burdens on either side of a knot that are tried as slopes


@dataclass(frozen=True, slots=True, eq=False)
class Lorenz:
    """The curve at its knots: `along` (knot,) shares of product, `up` the shares of spending with their ends.

    Knots are the sums at the middles, from (0, 0) to (1, 1); `order` (member,) tells who comes first. The
    ends are bounds of the curve over each `along`, not sharp.
    """

    along: Array
    up: Ranges
    order: tuple[int, ...]


def lorenz(spending: Amounts, gdp: Amounts) -> Lorenz:
    """The Lorenz curve of spending on product; both (member,), each in one unit, independent of each other.

    Raises:
        NoMeasure: spending may be negative or sum to zero, or a product may be zero.
    """
    box = box_of(spending, gdp)
    x, y = spending.middle, gdp.middle
    order = np.argsort(x / y, kind="stable")
    along, middle = (np.concatenate([[0.0], np.cumsum(row[order]) / row.sum()]) for row in (x, y)[::-1])
    along[-1] = middle[-1] = 1.0
    low, high = _lowest(box, along, order), _highest(box, along, order)
    exact = not box.loose
    room = 8 * len(x) * EPSILON
    low, high = np.minimum(low - room, middle), np.maximum(high + room, middle)
    low[[0, -1]], high[[0, -1]] = (0.0, 1.0), (0.0, 1.0)
    return Lorenz(along, within(ranges(low, middle, high, sharp=exact), 0.0, 1.0), tuple(order.tolist()))


def _highest(box: Box, along: Array, order: Whole) -> Array:
    """A curve that lies nowhere below: members in one order, any order, lie above the Lorenz curve.

    Each knot of that curve is moved up and to the left as far as the box allows.
    """
    knots = []
    for first, rest in ((box.y_low, box.y_high), (box.x_high, box.x_low)):
        before = np.concatenate([[0.0], np.cumsum(first[order])])
        after = np.concatenate([np.cumsum(rest[order][::-1])[::-1], [0.0]])
        knots.append(before / (before + after))
    found: Array = np.interp(along, *knots)
    return found


def _lowest(box: Box, along: Array, order: Whole) -> Array:
    """What the curve is nowhere below: the support lines at burdens nearby, each at its lowest.

    With t for a burden, every choice of x and y has L(p) X >= t p Y - sum max(t y - x, 0). The right side is
    a sum of concave terms, one for each member, so against a multiple of X it is least at corners; the
    multiple is raised until nothing is left.
    """
    x, y = box.middle
    burdens = (x / y)[order]
    near = np.arange(len(along))[:, None] + np.arange(-_NEAR, _NEAR)
    t, p = burdens[near.clip(0, len(burdens) - 1)][:, :, None], along[:, None, None]
    corners = [(x, y) for x in (box.x_low, box.x_high) for y in (box.y_low, box.y_high)]
    terms = np.stack(
        [t * p * y - np.maximum(t * y - x, 0.0) for x, y in corners]
    )  # (corner, knot, line, member)
    weights = np.stack([np.broadcast_to(x, terms.shape[1:]) for x, _ in corners])
    lines = np.zeros(terms.shape[1:3])
    for _ in range(_ROUNDS):
        left = terms - lines[None, :, :, None] * weights
        which = left.argmin(axis=0)[None]
        above = np.take_along_axis(terms, which, axis=0)[0].sum(axis=-1)
        below = np.take_along_axis(weights, which, axis=0)[0].sum(axis=-1)
        lower = above / below
        if (np.abs(lower - lines) <= 4 * EPSILON).all():
            break
        lines = lower
    found: Array = np.clip(lines.max(axis=1), 0.0, 1.0)
    return found
