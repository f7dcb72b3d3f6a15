"""How a rank correlation is distributed where the two orders have nothing to do with one another.

Every pairing is then equally likely. Spearman's rho is counted for up to twelve members, by the sets of ranks
that are taken; Kendall's tau for any number where one row at least has no ties, by inversions, and tried for
up to eight where both have. Beyond that pairings are drawn, with a seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Literal

import numpy as np

from steelyard.panel.measures.amounts import Array, Whole

Statistic = Literal["rho", "tau"]
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
    if statistic == "tau" and not (_has_ties(first) and _has_ties(second)):
        return _counted_inversions(first if _has_ties(first) else second)
    if statistic == "rho" and count <= MOST_COUNTED:
        return _counted_products(first, second)
    ranks = np.array(second, dtype=np.int64)
    if count <= MOST_TRIED:
        return _gathered(statistic, first, np.array(list(permutations(ranks.tolist())), dtype=np.int64), 0)
    return _gathered(statistic, first, ranks[_pairings(count, draws, seed)], draws)


@lru_cache(maxsize=8)
def _pairings(count: int, draws: int, seed: int) -> Whole:
    """Drawn orders of so many members, (draw, member)."""
    chance = np.random.default_rng([seed, count])
    return chance.permuted(np.tile(np.arange(count), (draws, 1)), axis=1)


def correlations(statistic: Statistic, first: Sequence[int], rows: Whole) -> Array:
    """The statistic of doubled mid-ranks `first` (member,) with each row of `rows` (pairing, member)."""
    one = np.array(first, dtype=np.int64)
    count = len(one)
    if statistic == "rho":
        a, b = (row - (count + 1.0) for row in (one, rows))  # whole numbers: sums are exact
        return np.asarray((b @ a) / np.sqrt((a @ a) * (b[0] @ b[0])))
    left, right = np.triu_indices(count, 1)
    signs = np.sign(one[right] - one[left]).astype(np.float32)
    columns = np.ascontiguousarray(rows.T, dtype=np.int16)
    others = np.sign(columns[right] - columns[left])
    agreeing = signs @ others.astype(np.float32)  # whole numbers below 2**24: exact
    sizes = float(np.abs(signs).sum()) * float(np.abs(others[:, 0]).sum())
    return np.asarray(agreeing / np.sqrt(sizes), dtype=np.float64)


def _has_ties(ranks: tuple[int, ...]) -> bool:
    return len(set(ranks)) < len(ranks)


def _gathered(statistic: Statistic, first: tuple[int, ...], rows: Whole, draws: int) -> Null:
    values, counts = np.unique(np.round(correlations(statistic, first, rows), 12), return_counts=True)
    return Null(values, counts.astype(np.float64), draws)


def _counted_inversions(ranks: tuple[int, ...]) -> Null:
    """Tau by inversions of a row with ties against one without.

    Their number has the Gaussian multinomial coefficient for its distribution: the product of 1 - q^k for k
    up to the number of members, over the same product for each tie.
    """
    count = len(ranks)
    sizes = [ranks.count(rank) for rank in set(ranks)]
    pairs = count * (count - 1) // 2
    apart = pairs - sum(size * (size - 1) // 2 for size in sizes)
    ways = [1] + [0] * apart
    for above in range(1, count + 1):
        for at in range(apart, above - 1, -1):
            ways[at] -= ways[at - above]
    for below in (one for size in sizes for one in range(1, size + 1)):
        for at in range(below, apart + 1):
            ways[at] += ways[at - below]
    size = (pairs * apart) ** 0.5
    values = [(apart - 2 * inversions) / size for inversions in range(apart, -1, -1)]
    return Null(np.array(values), np.array([float(way) for way in ways[::-1]]))


def _counted_products(first: tuple[int, ...], second: tuple[int, ...]) -> Null:
    """Rho by the sum of products of ranks: by the set of ranks taken, all sums packed in one number."""
    count = len(first)
    one, other = _smallest(first), _smallest(second)
    ways = [0] * (1 << count)
    ways[0] = 1
    for taken in range(1, 1 << count):
        rank = _BITS * one[taken.bit_count() - 1]
        for place in range(count):
            if taken >> place & 1:
                ways[taken] += ways[taken ^ (1 << place)] << (rank * other[place])
    packed, mask = ways[-1], (1 << _BITS) - 1
    sums = [total for total in range(packed.bit_length() // _BITS + 1) if packed >> (_BITS * total) & mask]
    even = sum(one) * sum(other) / count
    size = np.sqrt(float(_spread(one) * _spread(other))) / count
    counts = [float(packed >> (_BITS * total) & mask) for total in sums]
    return Null(np.array([(total - even) / size for total in sums]), np.array(counts))


def _smallest(ranks: tuple[int, ...]) -> tuple[int, ...]:
    """Doubled ranks, halved where all are even, from the lowest on: small numbers are quick to pack."""
    step = 2 if all(rank % 2 == 0 for rank in ranks) else 1
    return tuple((rank - min(ranks)) // step for rank in ranks)


def _spread(ranks: tuple[int, ...]) -> int:
    """The sum of squares about the mean, times the number of members: whole."""
    return len(ranks) * sum(rank * rank for rank in ranks) - sum(ranks) ** 2
