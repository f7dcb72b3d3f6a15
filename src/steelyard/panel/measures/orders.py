"""The orders that overlapping intervals leave open, and what a sum over them may come to.

Intervals that do not overlap have one order. Those that do may stand in either, or be tied; members that hang
together by overlaps make a group, and groups follow one another. Within a group a set of members can come
first exactly if each later one reaches above the highest low end of the set, so an order is built block by
block (a block is tied), and what is best over all orders is found by the sets that came first, not by the
orders: 3^k steps for k members with ties, 2^k without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from steelyard.panel.measures.amounts import Amounts, Array

# Members of a group for whom all orders are tried: with ties, and without.
MOST_TIED = 6
MOST_STRICT = 10

# What a block adds when it comes after others: (members before, size before, block) -> (gain, ties).
Gain = Callable[[int, int, int], tuple[int, int]]
# The least and the greatest sum for each count of ties.
Sums = dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Group:
    """Members that hang together by overlaps: their numbers, how many stand below, and their ends."""

    members: tuple[int, ...]
    below: int
    low: tuple[float, ...]
    high: tuple[float, ...]

    def fits(self, *, ties: bool) -> bool:
        """Whether all its orders can be tried."""
        return len(self.members) <= (MOST_TIED if ties else MOST_STRICT)

    def steps(self, *, ties: bool) -> int:
        """How many blocks are looked at for all orders, about."""
        count = len(self.members)
        return int(3**count if ties else count << (count - 1))

    def blocks_after(self, before: int, *, ties: bool) -> Iterator[int]:
        """The blocks that can follow the set `before`; sets are bit masks over places in the group."""
        count = len(self.members)
        floor = max((self.low[at] for at in range(count) if before >> at & 1), default=-np.inf)
        rest = ((1 << count) - 1) & ~before
        for block in _subsets(rest) if ties else (1 << at for at in range(count) if rest >> at & 1):
            places = [at for at in range(count) if block >> at & 1]
            low, high = max(self.low[at] for at in places), min(self.high[at] for at in places)
            if low <= high and high > floor:
                yield block


def groups_of(amounts: Amounts) -> list[Group]:
    """The groups from the lowest to the highest; touching ends hang together too."""
    found: list[list[int]] = []
    reach = -np.inf
    for member in np.lexsort((amounts.high, amounts.low)).tolist():
        if amounts.low[member] > reach:
            found.append([])
        found[-1].append(member)
        reach = max(reach, float(amounts.high[member]))
    below = 0
    groups = []
    for members in found:
        ends = (tuple(float(row[each]) for each in members) for row in (amounts.low, amounts.high))
        groups.append(Group(tuple(members), below, *ends))
        below += len(members)
    return groups


def can_tie(groups: list[Group]) -> bool:
    """Whether two members may have one value."""
    return any(len(group.members) > 1 for group in groups)


def touches(groups: list[Group]) -> bool:
    """Whether two intervals share one value alone, so that not every tie can be broken either way."""
    return any(
        min(group.high[one], group.high[other]) == max(group.low[one], group.low[other])
        for group in groups
        for one in range(len(group.members))
        for other in range(one)
    )


def sums_over_orders(group: Group, gain: Gain, *, ties: bool) -> Sums:
    """The least and the greatest sum of gains over all orders of the group, for each count of ties."""
    count = len(group.members)
    found: dict[int, Sums] = {0: {0: (0, 0)}}
    for before in range((1 << count) - 1):
        if not (sums := found.pop(before, None)):
            continue
        size = before.bit_count()
        for block in group.blocks_after(before, ties=ties):
            added, tied = gain(before, size, block)
            there = found.setdefault(before | block, {})
            for has, (least, most) in sums.items():
                old = there.get(has + tied, (least + added, most + added))
                there[has + tied] = (min(old[0], least + added), max(old[1], most + added))
    return found[(1 << count) - 1]


def added_up(first: Sums, second: Sums) -> Sums:
    """The sums of two groups together."""
    found: Sums = {}
    for (one, (a, b)), (other, (c, d)) in product(first.items(), second.items()):
        old = found.get(one + other, (a + c, b + d))
        found[one + other] = (min(old[0], a + c), max(old[1], b + d))
    return found


def all_ranks(groups: list[Group], *, ties: bool, most: int) -> list[tuple[int, ...]] | None:
    """Every row of doubled mid-ranks that the groups allow, or None where they are more than `most`."""
    choices = []
    total = 1
    for group in groups:
        if not group.fits(ties=ties):
            return None
        orders: list[dict[int, int]] = []
        for order in _orders(group, 0, ties=ties):
            orders.append(order)
            if len(orders) * total > most:
                return None
        choices.append(orders)
        total *= len(orders)
    count = sum(len(group.members) for group in groups)
    found = []
    for chosen in product(*choices):
        row = [0] * count
        for order in chosen:
            for member, rank in order.items():
                row[member] = rank
        found.append(tuple(row))
    return found


def _orders(group: Group, before: int, *, ties: bool) -> Iterator[dict[int, int]]:
    """The doubled mid-ranks of the members that are not in `before`, in every order."""
    if before == (1 << len(group.members)) - 1:
        yield {}
        return
    size = before.bit_count()
    for block in group.blocks_after(before, ties=ties):
        rank = 2 * (group.below + size) + block.bit_count() + 1
        placed = {member: rank for at, member in enumerate(group.members) if block >> at & 1}
        for rest in _orders(group, before | block, ties=ties):
            yield placed | rest


def _subsets(whole: int) -> Iterator[int]:
    """The subsets of a set that are not empty."""
    part = whole
    while part:
        yield part
        part = (part - 1) & whole


def doubled_ranks(values: Array) -> tuple[int, ...]:
    """Twice the mid-rank of each value, from the lowest; whole numbers."""
    ordered = np.sort(values)
    first, last = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    return tuple(int(rank) for rank in first + last + 1)
