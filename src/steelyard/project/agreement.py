"""How far two documents, or several coders of one, agree on roles that stand in an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

Unit = TypeVar("Unit", bound=Hashable)


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> Fraction | None:
    """Cohen's kappa with linear weights for pairs of ranks; None where chance alone would agree as well.

    One is full agreement, nought what chance would give with the same shares of each rank. There is none for
    no pairs, nor where all ranks are one and the same.

    Source: Cohen (1968), "Weighted kappa", Psychological Bulletin 70(4).
    """
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    apart = sum(abs(first - second) for first, second in pairs) * len(pairs)
    by_chance = sum(abs(a - b) * firsts[a] * seconds[b] for a in firsts for b in seconds)
    return 1 - Fraction(apart, by_chance) if by_chance else None


def ordinal_alpha(codings: Sequence[Mapping[Unit, int]]) -> Fraction | None:
    """Krippendorff's alpha for ranks that coders gave to units, of which each may leave out some.

    None where no unit has two codings, or where all that can be paired are of one rank.

    Source: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", part D and its ordinal metric.
    """
    units: dict[Unit, list[int]] = {}
    for coding in codings:
        for unit, rank in coding.items():
            units.setdefault(unit, []).append(rank)
    paired = [ranks for ranks in units.values() if len(ranks) > 1]
    totals = Counter(rank for ranks in paired for rank in ranks)
    size = totals.total()
    observed = sum(
        (Fraction(_apart(a, b, totals), len(ranks) - 1) for ranks in paired for a in ranks for b in ranks),
        Fraction(),
    )
    expected = sum(_apart(a, b, totals) * totals[a] * totals[b] for a in totals for b in totals)
    return 1 - (size - 1) * observed / expected if expected else None


def _apart(first: int, second: int, totals: Counter[int]) -> int:
    """Four times the squared ordinal distance: twice the ranks given from one to the other, ends halved."""
    low, high = min(first, second), max(first, second)
    between = 2 * sum(count for rank, count in totals.items() if low <= rank <= high)
    return (between - totals[low] - totals[high]) ** 2
