"""How a rank correlation is distributed where the two orders have nothing to do with one another.

Every pairing is then equally likely. Without ties all pairings are counted: for Kendall's tau by inversions,
for any number of members; for Spearman's rho, up to twelve members, by the sets of ranks that are taken. With
ties, up to eight members, they are all tried. Beyond that pairings are drawn, with a seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Literal

import numpy as np
import numpy.typing as npt

from steelyard.panel.measures.amounts import Array

Statistic = Literal["rho", "tau"]
Whole = npt.NDArray[np.int64]

MOST_COUNTED = 12  # of members, for rho without ties
MOST_TRIED = 8  # of members, with ties
# Values of a statistic lie much further apart than this; floats much less.
_SAME = 1e-9
_BITS = 32  # 12! fits


@dataclass(frozen=True, slots=True, eq=False)
class Null:
    """Values of a statistic, upward, with how many pairings have them; `draws` is 0 where none was drawn."""

    values: Array
    counts: Array
    draws: int = 0

    def chance(self, value: float) -> float:
        """The chance of `value` or more: the p-value against H1 that the correlation is above zero.

        Of draws one more is counted in both parts, the pairing that was met itself.
        """
        met = float(self.counts[np.searchsorted(self.values, value - _SAME) :].sum())
        if self.draws:
            return (met + 1) / (self.draws + 1)
        return min(1.0, met / float(self.counts.sum()))

    def error(self, chance: float) -> float:
        """The standard error of a chance for the number of draws; nil where all pairings were counted."""
        return float(np.sqrt(chance * (1 - chance) / self.draws)) if self.draws else 0.0


@lru_cache(maxsize=256)
def null_of(
    statistic: Statistic, first: tuple[int, ...], second: tuple[int, ...], draws: int, seed: int
) -> Null:
    """The distribution for two rows of doubled mid-ranks, in any order; neither is all one tie."""
    first, second = tuple(sorted(first)), tuple(sorted(second))
    count = len(first)
    if not (_has_ties(first) or _has_ties(second)):
        if statistic == "tau":
            return _counted_inversions(count)
        if count <= MOST_COUNTED:
            return _counted_products(count)
    ranks = np.array(second, dtype=np.int64)
    if count <= MOST_TRIED:
        return _gathered(statistic, first, np.array(list(permutations(ranks.tolist())), dtype=np.int64), 0)
    chance = np.random.default_rng([seed, count])
    return _gathered(statistic, first, chance.permuted(np.tile(ranks, (draws, 1)), axis=1), draws)


def correlations(statistic: Statistic, first: Sequence[int], rows: Whole) -> Array:
    """The statistic of doubled mid-ranks `first` (member,) with each row of `rows` (pairing, member)."""
    one = np.array(first, dtype=np.int64)
    count = len(one)
    if statistic == "rho":
        a, b = one - (count + 1), rows - (count + 1)
        found: Array = (b @ a) / np.sqrt(float(a @ a) * float(rows_power(rows[0], count)))
        return found
    left, right = np.triu_indices(count, 1)
    signs = np.sign(one[right] - one[left]).astype(np.float32)
    columns = np.ascontiguousarray(rows.T, dtype=np.int16)
    others = np.sign(columns[right] - columns[left])
    agreeing = signs @ others.astype(np.float32)  # whole numbers below 2**24: exact
    sizes = float(np.abs(signs).sum()) * float(np.abs(others[:, 0]).sum())
    return np.asarray(agreeing / np.sqrt(sizes), dtype=np.float64)


def rows_power(row: Whole, count: int) -> int:
    """The sum of squares of doubled mid-ranks about their mean."""
    return int(((row - (count + 1)) ** 2).sum())


def _has_ties(ranks: tuple[int, ...]) -> bool:
    return len(set(ranks)) < len(ranks)


def _gathered(statistic: Statistic, first: tuple[int, ...], rows: Whole, draws: int) -> Null:
    values, counts = np.unique(np.round(correlations(statistic, first, rows), 12), return_counts=True)
    return Null(values, counts.astype(np.float64), draws)


def _counted_inversions(count: int) -> Null:
    """Tau by inversions: each further member adds from none to as many as stand before it."""
    ways = [1]
    for before in range(1, count):
        ways = [sum(ways[max(0, total - before) : total + 1]) for total in range(len(ways) + before)]
    pairs = count * (count - 1) // 2
    values = [1 - 2 * inversions / pairs for inversions in range(pairs, -1, -1)]
    return Null(np.array(values), np.array([float(way) for way in ways[::-1]]))


def _counted_products(count: int) -> Null:
    """Rho by the sum of products of ranks: by the set of ranks taken, all sums packed in one number."""
    ways = [0] * (1 << count)
    ways[0] = 1
    for taken in range(1, 1 << count):
        rank = taken.bit_count()
        for place in range(count):
            if taken >> place & 1:
                ways[taken] += ways[taken ^ (1 << place)] << (_BITS * rank * (place + 1))
    packed, mask = ways[-1], (1 << _BITS) - 1
    size = (count**3 - count) / 12
    even = count * (count + 1) ** 2 / 4
    found = [
        ((total - even) / size, float(many))
        for total in range(count * (count + 1) * (2 * count + 1) // 6 + 1)
        if (many := packed >> (_BITS * total) & mask)
    ]
    return Null(np.array([value for value, _ in found]), np.array([many for _, many in found]))
