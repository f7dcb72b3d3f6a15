"""Kernel: how much of what varies is owed to each group of chances; arrays in, arrays out.

Symbols, after the model's section 9. `A` and `B` are two independent sets of draws; `AB` is `A` with the
chances of one group taken from `B`; `f` is what they come to, (cell, draw). With `V` the variance of `f`
(Jansen, 1999):

    S = 1 - mean((f(B) - f(AB))^2) / (2 V)      first: what the group explains alone
    T =     mean((f(A) - f(AB))^2) / (2 V)      total: what it explains alone and together with others

Groups are independent of one another, so the S add up to at most 1, and to 1 where nothing acts together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from steelyard.project.chance import Array

_CELLS = 16
_STILL = 1e-9  # of a number: what varies less does not vary


class Indices(NamedTuple):
    """First and total of a group with their standard errors, (cell,) each; no number where nothing varies."""

    first: Array
    total: Array
    error: Array
    total_error: Array


@dataclass(frozen=True, slots=True)
class Pair:
    """What two independent sets of draws come to, (cell, draw) each.

    `parts` is what each draw adds to the variance, (cell, draw), `variance` their mean, (cell,): no number
    where nothing varies, or where it is not to be told from rounding.
    """

    a: Array
    b: Array
    parts: Array
    variance: Array

    @classmethod
    def of(cls, a: Array, b: Array) -> Pair:
        """The pair of two sets."""
        middle = (a.mean(axis=1, keepdims=True) + b.mean(axis=1, keepdims=True)) / 2
        parts = ((a - middle) ** 2 + (b - middle) ** 2) / 2
        variance = parts.mean(axis=1)
        known = np.isfinite(variance) & (variance > (_STILL * middle[:, 0]) ** 2)
        return cls(a, b, parts, np.where(known, variance, np.nan))

    def indices(self, ab: Sequence[Array]) -> Indices:
        """The indices of the group that `ab` (draw,) by cell takes from the second set.

        The errors are those of a ratio of two means over independent draws (the delta method).
        """
        blocks = [self._block(slice(first, first + _CELLS), ab) for first in range(0, len(ab), _CELLS)]
        return Indices(*np.concatenate(blocks, axis=1))

    def _block(self, cells: slice, ab: Sequence[Array]) -> Array:
        """The indices and errors of some cells, (4, cell): few at a time stay in the processor's cache."""
        other = np.stack(ab[cells])
        left, error = self._ratio(self.b[cells] - other, cells)
        total, total_error = self._ratio(self.a[cells] - other, cells)
        return np.stack((1 - left, total, error, total_error))

    def _ratio(self, gap: Array, cells: slice) -> tuple[Array, Array]:
        """The mean of squares over twice the variance, with its standard error, (cell,) each."""
        parts, variance = self.parts[cells], self.variance[cells]
        twice = 2 * variance
        squares = gap * gap
        ratio = squares.mean(axis=1) / twice
        # Of the draws' squares/twice - ratio * parts/variance, whose mean is zero.
        spread = (squares * squares).mean(axis=1) / twice**2
        spread -= 2 * ratio * (squares * parts).mean(axis=1) / (twice * variance)
        spread += (ratio / variance) ** 2 * (parts * parts).mean(axis=1)
        return ratio, np.sqrt(np.maximum(spread, 0.0) / gap.shape[1])
