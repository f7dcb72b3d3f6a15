"""Kernel: counts the numbers of a year in their bins; compiled with `lanes.py`, see `records.py` for words.

Counts are whole numbers, so it does not matter who counts which group, and in what order.
"""

from __future__ import annotations

import numpy as np
from numba.extending import register_jitable

from steelyard.project.chance import GROUP, Array
from steelyard.project.records import (
    CROWDED,
    EXTRA,
    LEVEL,
    PAID,
    PER_LEVEL,
    PER_PRICE,
    PER_RATE,
    SPENT,
    Bins,
    Found,
    Whole,
    World,
)

# Places of variables in `counting.VARIABLES`, which are told apart here.
AT_PRICES, AS_SHARE, CROWDED_OUT, FIRST_COST, PAID_ABROAD = 1, 3, 4, 5, 20


@register_jitable
def count(values: Array, slot: int, start: int, live: int, bins: Bins, found: Found, places: Whole) -> None:
    """Count the values of live lanes in their bins; what is no number falls into the first."""
    if found.sample.shape[1]:
        room = found.sample[slot]
        for k in range(live):
            room[start + k] = values[k]
        return
    factor, offset, last = bins.factor[slot], bins.offset[slot], bins.last
    for k in range(live):
        place = values[k] * factor + offset
        place = place if place > 0.0 else 0.0
        places[k] = np.int32(place if place < last else last)
    counts, zeros = found.counts[slot], 0
    for k in range(live):
        zeros += values[k] == 0.0
    for k in range(live):
        counts[np.uintp(places[k])] += np.uint32(1)
    found.zeros[slot] += zeros


@register_jitable
def count_policy(
    slots: Whole,
    t: int,
    year: Array,
    own: Array,
    ratio: Array,
    start: int,
    live: int,
    bins: Bins,
    found: Found,
    places: Whole,
) -> None:
    """Count what is wanted of a policy in a year; the order of variables is that of `counting.VARIABLES`."""
    for variable in range(len(slots)):
        slot = slots[variable, t]
        if slot < 0:
            continue
        if 0 < variable < CROWDED_OUT or variable == PAID_ABROAD:
            per = PER_PRICE if variable == AT_PRICES else PER_LEVEL if variable == AS_SHARE else PER_RATE
            at = PAID if variable == PAID_ABROAD else SPENT
            by = year[per : per + GROUP]
            for k in range(live):
                ratio[k] = own[at + k] * by[k]
            count(ratio, slot, start, live, bins, found, places)
        else:
            cost = EXTRA + (variable - FIRST_COST) * GROUP
            at = SPENT if variable == 0 else CROWDED if variable == CROWDED_OUT else cost
            count(own[at : at + GROUP], slot, start, live, bins, found, places)


@register_jitable
def count_economy(
    t: int, year: Array, ratio: Array, start: int, live: int, bins: Bins, found: Found, places: Whole
) -> None:
    """Count what is wanted of the economy in a year: GDP, and GDP over the exchange rate."""
    if bins.shared[0, t] >= 0:
        count(year[LEVEL : LEVEL + GROUP], bins.shared[0, t], start, live, bins, found, places)
    if bins.shared[1, t] >= 0:
        for k in range(live):
            ratio[k] = year[LEVEL + k] * year[PER_RATE + k]
        count(ratio, bins.shared[1, t], start, live, bins, found, places)


@register_jitable
def count_lines(
    world: World,
    t: int,
    year: Array,
    sums: Array,
    ratio: Array,
    start: int,
    live: int,
    bins: Bins,
    found: Found,
    places: Whole,
) -> None:
    """Count what is wanted of the amounts that no policy moves, and of their sums since the base year."""
    for line in range(len(world.lines)):
        fixed, prices, rate = world.lines[line, t + 1]
        total = sums[line * GROUP : (line + 1) * GROUP]
        if t == 0:
            total[:] = world.lines[line, 0].sum()
        for k in range(GROUP):
            ratio[k] = fixed + prices / year[PER_PRICE + k] + rate / year[PER_RATE + k]
            total[k] += ratio[k]
        if bins.lines[line, 0, t] >= 0:
            count(ratio, bins.lines[line, 0, t], start, live, bins, found, places)
        if bins.lines[line, 1, t] >= 0:
            count(total, bins.lines[line, 1, t], start, live, bins, found, places)
