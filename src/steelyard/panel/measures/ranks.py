"""Rank correlations of two rows of intervals: Spearman's rho and Kendall's tau-b, over all orders left open.

The exploitation hypothesis of Olson and Zeckhauser (1966) says that larger members bear more than their
share: burden rises with product. Sandler and his co-authors test it by ranks, one-sided, H1: above zero.

Where every overlap has some width and the other row has no ties, a tie can be broken so that the statistic
moves outward, so that orders without ties have the ends; else ties are tried as well. Breaking a tie of t
members by the other row's order adds as much to the sum of products as to the own power, or more, which no
square root makes up for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.panel.measures.amounts import EPSILON, Amounts, Array, NoMeasure, Range, ask_for, range_of
from steelyard.panel.measures.nulls import Statistic, correlations, null_of
from steelyard.panel.measures.orders import (
    Gain,
    Group,
    Sums,
    added_up,
    all_ranks,
    can_tie,
    doubled_ranks,
    groups_of,
    sums_over_orders,
    touches,
)

# So many orders of one row are gone through, each with all orders of the other, in so many steps.
MOST_ORDERS = 60
MOST_STEPS = 20_000
DRAWS = 9999


@dataclass(frozen=True, slots=True)
class RankTest:
    """A rank correlation, its one-sided p-value against H1: above zero, and how that was found.

    The end of `p` belongs to the other end of the statistic. Its ends come from the pairings of ranks without
    ties, but for values that are surely equal; its middle from those with the ties of the middles.
    `error` is the largest standard error of the p-values, nil where all pairings were counted (`draws` is 0).
    """

    statistic: Range
    p: Range
    error: float
    draws: int


def spearman(first: Amounts, second: Amounts, *, draws: int = DRAWS, seed: int = 0) -> RankTest:
    """Spearman's rho of two rows (member,), with mid-ranks for ties, and the test against H1: rho > 0.

    Rows are independent; sharp where overlaps are few enough for all orders to be tried. A point at which all
    members of a row are tied has no correlation and is left out.

    Raises:
        NoMeasure: fewer than three members, rows of different length, or a row whose middles are all one.
    """
    return _test("rho", first, second, draws, seed)


def kendall(first: Amounts, second: Amounts, *, draws: int = DRAWS, seed: int = 0) -> RankTest:
    """Kendall's tau-b of two rows (member,), and the test against H1: tau > 0; else as `spearman`.

    Raises:
        NoMeasure: as `spearman`.
    """
    return _test("tau", first, second, draws, seed)


def _test(statistic: Statistic, first: Amounts, second: Amounts, draws: int, seed: int) -> RankTest:
    for row, what in ((first, "the first row of ranks"), (second, "the second row of ranks")):
        ask_for(row, what, least=-np.inf, length=len(first))
        if len(first) < 3:
            raise NoMeasure(f"Ranks of {len(first)} members say nothing; three are the least.")
        if row.middle.min() == row.middle.max():
            raise NoMeasure(f"All members have one value in {what}, so they have no order.")
    ranks = doubled_ranks(first.middle), doubled_ranks(second.middle)
    there = correlations(statistic, ranks[0], np.array([ranks[1]], dtype=np.int64))
    middle = min(1.0, max(-1.0, float(there[0])))
    low, high, sharp = _ends(statistic, first, second)
    room = 4 * EPSILON
    found = range_of(max(low - room, -1.0), middle, min(high + room, 1.0), sharp=sharp)
    null = null_of(statistic, *ranks, draws, seed)
    sure = null_of(statistic, _sure_ranks(first), _sure_ranks(second), draws, seed)
    chances = [sure.chance(found.high), null.chance(middle), sure.chance(found.low)]
    error = max(sure.error(chances[0]), null.error(chances[1]), sure.error(chances[2]))
    p = Range(min(chances), chances[1], max(chances), sharp)
    return RankTest(found, p, error, max(sure.draws, null.draws))


def _sure_ranks(amounts: Amounts) -> tuple[int, ...]:
    """Doubled ranks by the middles where only those are tied that surely have one value."""
    wide = amounts.low < amounts.high
    order = np.lexsort((np.arange(len(amounts)), wide, amounts.middle))
    places = np.empty(len(amounts))
    place = 0
    for at, member in enumerate(order.tolist()):
        before = int(order[at - 1])
        tied = at and not wide[member] and not wide[before] and amounts.low[member] == amounts.low[before]
        place += 0 if tied else 1
        places[member] = place
    return doubled_ranks(places)


def _ends(statistic: Statistic, first: Amounts, second: Amounts) -> tuple[float, float, bool]:
    """The least and the greatest value over all orders, and whether they are reached."""
    one, other = groups_of(first), groups_of(second)
    for tried, summed in ((one, other), (other, one)):
        rows = all_ranks(tried, ties=touches(tried) or can_tie(summed), most=MOST_ORDERS)
        if rows and (found := _over_orders(statistic, rows, summed)):
            return (*found, True)
    touching = touches(one) or touches(other)
    if statistic == "tau":
        return (*_tau_bounds(first, second, touching), False)
    return (*_rho_bounds(first, second, touching or (can_tie(one) and can_tie(other))), False)


def _over_orders(
    statistic: Statistic, rows: Sequence[tuple[int, ...]], groups: list[Group]
) -> tuple[float, float] | None:
    """The ends over given orders of one row and all of the other; None where these are too many."""
    touching = touches(groups)
    ends: list[float] = []
    steps = 0
    for ranks in rows:
        ties = touching or len(set(ranks)) < len(ranks)
        steps += sum(group.steps(ties=ties) for group in groups)
        if steps > MOST_STEPS or not all(group.fits(ties=ties) for group in groups):
            return None
        sums: Sums = {0: (_between(ranks, groups),) * 2 if statistic == "tau" else (0, 0)}
        for group in groups:
            gain = _rho_gain(ranks, group) if statistic == "rho" else _tau_gain(ranks, group)
            sums = added_up(sums, sums_over_orders(group, gain, ties=ties))
        power = _power(statistic, ranks)
        for tied, both in sums.items():
            own = _full_power(statistic, len(ranks)) - tied
            if power * own > 0:
                ends += [total / float(np.sqrt(float(power * own))) for total in both]
    return (min(ends), max(ends)) if ends else None


def _full_power(statistic: Statistic, count: int) -> int:
    """What stands below the bar for a row without ties: pairs, or twelve times the power of ranks."""
    return count**3 - count if statistic == "rho" else count * (count - 1) // 2


def _power(statistic: Statistic, ranks: tuple[int, ...]) -> int:
    """The same for a row with its ties."""
    sizes = [ranks.count(rank) for rank in set(ranks)]
    tied = sum(t**3 - t if statistic == "rho" else t * (t - 1) // 2 for t in sizes)
    return _full_power(statistic, len(ranks)) - tied


def _rho_gain(ranks: tuple[int, ...], group: Group) -> Gain:
    """Twelve times the products of ranks about their means (both are doubled: three times)."""
    centre = len(ranks) + 1
    own = [3 * (ranks[member] - centre) for member in group.members]

    def gain(_before: int, size: int, block: int) -> tuple[int, int]:
        tied = block.bit_count()
        rank = 2 * (group.below + size) + tied + 1 - centre
        return rank * sum(each for at, each in enumerate(own) if block >> at & 1), tied**3 - tied

    return gain


def _tau_gain(ranks: tuple[int, ...], group: Group) -> Gain:
    """Pairs of a later and an earlier member that agree, less those that do not."""
    own = [ranks[member] for member in group.members]
    lower = [sum(1 << at for at, other in enumerate(own) if other < each) for each in own]
    upper = [sum(1 << at for at, other in enumerate(own) if other > each) for each in own]

    def gain(before: int, _size: int, block: int) -> tuple[int, int]:
        tied = block.bit_count()
        places = [at for at in range(len(own)) if block >> at & 1]
        total = sum((before & lower[at]).bit_count() - (before & upper[at]).bit_count() for at in places)
        return total, tied * (tied - 1) // 2

    return gain


def _between(ranks: tuple[int, ...], groups: list[Group]) -> int:
    """The agreeing less the other pairs of members in different groups."""
    row = np.array([ranks[member] for group in groups for member in group.members])
    place = np.repeat(np.arange(len(groups)), [len(group.members) for group in groups])
    signs = np.sign(row[None, :] - row[:, None])
    return int(signs[place[None, :] > place[:, None]].sum())


def _tau_bounds(first: Amounts, second: Amounts, ties: bool) -> tuple[float, float]:
    """What tau cannot pass: each pair at its best, and as many ties as may be where ties matter."""
    left, right = np.triu_indices(len(first), 1)
    ends = []
    for row in (first, second):
        low = np.where(row.low[right] > row.high[left], 1, -1)
        high = np.where(row.high[right] < row.low[left], -1, 1)
        same = (row.low[left] == row.high[right]) & (row.high[left] == row.low[right])
        ends.append((np.where(same, 0, low), np.where(same, 0, high)))
    products = np.stack([one * other for one in ends[0] for other in ends[1]])
    powers = [len(left) - (float((_crowds(row) - 1).sum()) / 2 if ties else 0) for row in (first, second)]
    return _capped(float(products.min(axis=0).sum()), float(products.max(axis=0).sum()), powers, len(left))


def _rho_bounds(first: Amounts, second: Amounts, ties: bool) -> tuple[float, float]:
    """What rho cannot pass: no rank of one row given twice, the other's at its best for each member."""
    count = len(first)
    powers = [
        count**3 - count - (float((_crowds(row) ** 2 - 1).sum()) if ties else 0) for row in (first, second)
    ]
    (low, high), (least, most) = _assigned(first, second), _assigned(second, first)
    return _capped(max(low, least), min(high, most), powers, count**3 - count)


def _crowds(amounts: Amounts) -> Array:
    """For each member how many at most may share one value with it, itself counted."""
    there = (amounts.low[None, :] <= amounts.low[:, None]) & (amounts.high[None, :] >= amounts.low[:, None])
    crowd = there.sum(axis=1).astype(np.float64)  # at each low end
    found: Array = np.where(there, crowd[:, None], 0.0).max(axis=0)
    return found


def _windows(amounts: Amounts) -> tuple[Array, Array]:
    """The least and the greatest rank that each member can have, about the mean rank."""
    below = (amounts.high[None, :] < amounts.low[:, None]).sum(axis=1)
    above = (amounts.low[None, :] > amounts.high[:, None]).sum(axis=1)
    centre = (len(amounts) + 1) / 2
    return below + 1.0 - centre, len(amounts) - above - centre


def _assigned(first: Amounts, second: Amounts) -> tuple[float, float]:
    """Bounds of twelve times the products of ranks about their means; each rank of `second` is given once.

    A tied rank is the mean of ranks that could be given in either order, so it passes no bound.
    """
    from scipy.optimize import linear_sum_assignment

    centre = (len(first) + 1) / 2
    places = np.arange(1, len(first) + 1) - centre
    least, most = _windows(second)
    inside = (places[None, :] >= least[:, None]) & (places[None, :] <= most[:, None])
    gains = np.stack([12 * one[:, None] * places[None, :] for one in _windows(first)])
    barred = 1e3 * (1 + np.abs(gains).sum())
    totals = []
    for best, sign in ((gains.min(axis=0), 1), (gains.max(axis=0), -1)):
        rows, columns = linear_sum_assignment(np.where(inside, sign * best, barred))
        totals.append(float(best[rows, columns].sum()))
    return totals[0], totals[1]


def _capped(low: float, high: float, powers: list[float], full: float) -> tuple[float, float]:
    """The quotients: away from nil over the least powers, towards it over the full one."""
    if min(powers) <= 0:
        return -1.0, 1.0
    below = float(np.sqrt(powers[0] * powers[1]))
    return low / (below if low < 0 else full), high / (below if high > 0 else full)
