"""Extremes over a box of spending and product: means, variables that are settled, corners, quadratic bounds.

A function that rises in a variable all over the box has its greatest value with that variable at its high
end, so the variable is settled and the box is thinner, which may settle others. Of what stays loose all
corners are tried where they are few. A quadratic function is bounded about a point: the first order exactly,
the second term by term, which for narrow intervals is little.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from steelyard.panel.measures.amounts import EPSILON, Amounts, Array

# Up to so many loose variables all corners are tried.
MOST_LOOSE = 10
_ROUNDS = 100
_CLIMBS = 8

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """The ends of spending x and product y while some of them are settled; float64 (member,) each."""

    x_low: Array
    x_high: Array
    y_low: Array
    y_high: Array

    @classmethod
    def of(cls, spending: Amounts, gdp: Amounts) -> Box:
        """The whole box, each side scaled to a middle total near 1 by a power of two: nothing is rounded."""
        one, other = (2.0 ** -np.round(np.log2(row.middle.sum())) for row in (spending, gdp))
        return cls(spending.low * one, spending.high * one, gdp.low * other, gdp.high * other)

    @property
    def loose(self) -> int:
        """How many variables are not settled."""
        return int(np.count_nonzero(self.x_low < self.x_high) + np.count_nonzero(self.y_low < self.y_high))

    @property
    def middle(self) -> tuple[Array, Array]:
        """The point in the middle: x and y."""
        return (self.x_low + self.x_high) / 2, (self.y_low + self.y_high) / 2

    def corners(self) -> tuple[Array, Array]:
        """All corners: x and y, float64 (corner, member)."""
        low = np.concatenate([self.x_low, self.y_low])
        high = np.concatenate([self.x_high, self.y_high])
        places = np.flatnonzero(low < high)
        found = np.repeat(low[None, :], 2 ** len(places), axis=0)
        for row, sides in zip(found, product((False, True), repeat=len(places)), strict=True):
            up = places[list(sides)]
            row[up] = high[up]
        return found[:, : len(self.x_low)], found[:, len(self.x_low) :]


@dataclass(frozen=True, slots=True, eq=False)
class Slopes:
    """Where a function of x and y surely rises and surely falls in each variable, and bounds of its value."""

    x_rises: Mask
    x_falls: Mask
    y_rises: Mask
    y_falls: Mask
    low: float
    high: float

    def ends(self, box: Box, *, highest: bool) -> Box:
        """The box with each variable at its better end where the slope is sure."""
        up_x, down_x = (self.x_rises, self.x_falls) if highest else (self.x_falls, self.x_rises)
        up_y, down_y = (self.y_rises, self.y_falls) if highest else (self.y_falls, self.y_rises)
        return Box(
            np.where(up_x, box.x_high, box.x_low),
            np.where(down_x & ~up_x, box.x_low, box.x_high),
            np.where(up_y, box.y_high, box.y_low),
            np.where(down_y & ~up_y, box.y_low, box.y_high),
        )


# The slopes in a box where the value that is sought is known to be at least and at most so much.
SlopesIn = Callable[[Box, float, float], Slopes]


def settled(box: Box, slopes_in: SlopesIn, *, highest: bool) -> tuple[Box, Slopes]:
    """The part of the box in which the highest (or lowest) value lies, with the slopes there.

    The highest value is no less than any that is reached, which settles more: where the function falls in a
    variable at such a point it goes on to fall from there to its better end.
    """
    reached = _reached(box, slopes_in, highest=highest)
    known = (reached, np.inf) if highest else (-np.inf, reached)
    slopes = slopes_in(box, *known)
    for _ in range(_ROUNDS):
        thinner = slopes.ends(box, highest=highest)
        if thinner.loose == box.loose:
            break
        box, slopes = thinner, slopes_in(thinner, *known)
    return box, slopes


def _reached(box: Box, slopes_in: SlopesIn, *, highest: bool) -> float:
    """A value that is reached: from the middle to the corner where the slopes lead, again and again."""
    x, y = box.middle
    best = -np.inf if highest else np.inf
    for _ in range(_CLIMBS):
        there = slopes_in(Box(x, x, y, y), -np.inf, np.inf)
        value = there.low if highest else there.high
        if (value <= best) if highest else (value >= best):
            break
        best = value
        x, y = there.ends(box, highest=highest).middle
    return best


def greatest_means(values: Array, low: Array, high: Array) -> Array:
    """The greatest mean of each row of `values` (..., member) under weights from `low` to `high` (member,).

    The best weights are high for the largest values and low for the others; all cuts are tried. Weights are
    not negative and do not sum to zero. Rounded upward by what the sums may have lost.
    """
    order = np.argsort(-values, axis=-1)
    ranked = np.take_along_axis(values, order, axis=-1)
    many, few = high[order], low[order]
    above = _cuts(ranked * many, ranked * few)
    below = _cuts(many, few)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.where(below > 0, above / below, -np.inf)
    lost = 4 * (values.shape[-1] + 4) * EPSILON * np.abs(values).max(axis=-1)
    found: Array = means.max(axis=-1) + lost
    return found


def least_means(values: Array, low: Array, high: Array) -> Array:
    """The least means, as `greatest_means`, rounded downward."""
    return -greatest_means(-values, low, high)


def _cuts(first: Array, rest: Array) -> Array:
    """For each cut the sum of `first` before it and of `rest` after it, along the last axis."""
    zero = np.zeros((*first.shape[:-1], 1))
    before = np.concatenate([zero, np.cumsum(first, axis=-1)], axis=-1)
    after = np.concatenate([np.cumsum(rest[..., ::-1], axis=-1)[..., ::-1], zero], axis=-1)
    return np.asarray(before + after)


def greatest_quadratic(slope: Array, curvature: Array, low: Array, high: Array) -> float:
    """No less than `slope z + z curvature z / 2` anywhere with z from `low` to `high`.

    `slope` (variable,), `curvature` (variable, variable) symmetric. Variables in which the function surely
    rises or falls are settled first; what stays loose is bounded term by term.
    """
    for _ in range(_ROUNDS):
        ends = np.stack([curvature * low, curvature * high])
        steepest, flattest = slope + ends.max(axis=0).sum(axis=1), slope + ends.min(axis=0).sum(axis=1)
        rises, falls = (flattest >= 0) & (low < high), (steepest <= 0) & (low < high)
        if not (rises.any() or falls.any()):
            break
        low, high = np.where(rises, high, low), np.where(falls & ~rises, low, high)
    at = np.where(low == high, low, 0.0)  # the settled ones go there, so that only the loose are bounded
    base = np.stack([slope * at, at * (curvature @ at) / 2])
    slope, low, high = slope + curvature @ at, low - at, high - at
    straight = np.maximum(slope * low, slope * high)
    bent = (curvature * np.stack([np.outer(one, other) for one in (low, high) for other in (low, high)])).max(
        axis=0
    )
    nearest = np.where((low < 0) & (high > 0), 0.0, np.minimum(low**2, high**2))
    own = np.diag(curvature)
    np.fill_diagonal(bent, np.where(own > 0, own * np.maximum(low**2, high**2), own * nearest))
    size = np.abs(at) @ np.abs(curvature) @ np.abs(at) + sum(
        np.abs(one).sum() for one in (base, straight, bent)
    )
    return float(base.sum() + straight.sum() + bent.sum() / 2 + 8 * len(slope) * EPSILON * size)
