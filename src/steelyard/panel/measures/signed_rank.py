"""Wilcoxon's signed-rank test of pairs, such as burden share against benefit share, under intervals.

W is the sum of the ranks of the sizes of differences that are above zero. It is also the number of pairs of
members, each with itself too, whose differences sum to more than zero, a sum of zero counting half
(Tukey's form by Walsh averages); so it rises in every difference, and its ends stand at ends of the inputs. A
difference of zero takes its rank and gives half of it to each side ("zsplit" in scipy.stats.wilcoxon).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from steelyard.panel.measures.amounts import Amounts, Array, Range, ask_for


@dataclass(frozen=True, slots=True)
class SignedRank:
    """The sum of ranks W of positive differences, from 0 to n (n + 1) / 2, and its two-sided exact p-value.

    `even` is the W that no difference between the two sides would give on average. `p` is that of the ranks
    of the middles, whose ties are kept; its ends are those over all W within its ends.
    """

    statistic: Range
    even: float
    p: Range


def signed_rank(first: Amounts, second: Amounts) -> SignedRank:
    """The test of `first - second` (member,) in one unit, two-sided; the two rows are independent.

    Sharp where all members can be at their ends together, which shares of one total cannot; then the ends are
    bounds, as the caller knows.

    Raises:
        NoMeasure: there is no member, or rows are of different length.
    """
    ask_for(first, "the first of the two sides", least=-np.inf)
    ask_for(second, "the second of the two sides", least=-np.inf, length=len(first))
    low, middle, high = (
        _walsh(row)
        for row in (first.low - second.high, first.middle - second.middle, first.high - second.low)
    )
    even = len(first) * (len(first) + 1) / 4
    ways = _ways(first.middle - second.middle)
    chances = [_two_sided(ways, value) for value in (low, middle, high)]
    peak = _two_sided(ways, even) if low <= even <= high else max(chances)
    return SignedRank(Range(low, middle, high), even, Range(min(chances), chances[1], max(*chances, peak)))


def _walsh(differences: Array) -> float:
    """W by pairs; the sign of a sum of two floats is exact."""
    one, other = np.triu_indices(len(differences))
    signs = np.sign(differences[one] + differences[other])
    return float((signs + 1).sum() / 2)


def _ways(differences: Array) -> list[int]:
    """How many choices of signs give each sum of four times the ranks of sizes, counted from nil.

    A zero gives half its rank to either side whatever its sign.
    """
    sizes = np.abs(differences)
    ordered = np.sort(sizes)
    ranks = np.searchsorted(ordered, sizes, "left") + np.searchsorted(ordered, sizes, "right") + 1
    ways = [1]
    for rank, size in zip((2 * ranks).tolist(), sizes.tolist(), strict=True):
        if size == 0:
            ways = [0] * (rank // 2) + ways
        else:
            longer, shifted = ways + [0] * rank, [0] * rank + ways
            ways = [one + other for one, other in zip(longer, shifted, strict=True)]
    return ways


def _two_sided(ways: list[int], value: float) -> float:
    """Twice the chance of a sum as far out as W or further on its side, at most 1."""
    at = round(4 * value)
    total = sum(ways)
    below, above = sum(ways[: max(at + 1, 0)]), sum(ways[min(max(at, 0), len(ways)) :])
    return min(1.0, 2 * min(below, above) / total)
