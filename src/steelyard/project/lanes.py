"""Kernel: runs draws side by side and counts where their numbers fall; compiled, see `compiled.py`.

The steps are those of `economy.py` and `equations.py`; they multiply by one over prices where those divide. A
lane is a draw; a row is one number of all lanes of a group, and rows lie one after the other, so that a
processor takes several lanes at once. Counts are whole numbers, so it does not matter who counts which group,
and in what order.

    rows   the state of the economy, at Z .. Q        own    rows of a policy, at SPENT .. DIFFERENCE
    year   what a year brings, at LEVEL .. PER_LEVEL  path   all years
    t, k   a year, a lane                             slot   the place of a variable of a policy in a year
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba.core import types
from numba.extending import intrinsic, overload, register_jitable
from numpy.typing import NDArray

from steelyard.project import arithmetic, chance
from steelyard.project.arithmetic import exponential, fused
from steelyard.project.chance import GROUP, HALF, Array
from steelyard.project.compiled import compiled

Whole = NDArray[np.int32]
Z, G, P, Q = 0, 4 * GROUP, 5 * GROUP, 6 * GROUP
STATE = 7 * GROUP
# Of a year: GDP, what was expected of it and of prices, one over prices, rate and GDP.
LEVEL, EXPECTED, HOPED = 0, GROUP, 2 * GROUP
PER_PRICE, PER_RATE, PER_LEVEL = 3 * GROUP, 4 * GROUP, 5 * GROUP
YEAR = 6 * GROUP
# Of a policy: what is spent, what a floor took, the first year with the target met, the year since when it is
# kept; then twice a cost of the year in three kinds of money, and its four sums.
SPENT, CROWDED, FIRST, SINCE = 0, GROUP, 2 * GROUP, 3 * GROUP
COST = 7 * GROUP
EXTRA, DIFFERENCE = 4 * GROUP, 4 * GROUP + COST
NOTHING = 1e-12  # of the base year's GDP: what is left of a difference of equal numbers


class World(NamedTuple):
    """What moves the economy, as `Drivers` has it, ready for use; `worth` is that of a year's money in the
    base year, `flags` whether expected inflation and shares are needed.
    """

    keys: NDArray[np.uint64]
    central: Array
    persistence: Array
    root: Array
    past: Array
    means: Array
    abroad: Array
    worth: Array
    flags: NDArray[np.bool_]


class Policies(NamedTuple):
    """Policies side by side: weights and floor by year, the rest one number each; `reference` is the place of
    the policy that one is measured against, or -1. Those that are only measured against come last. `extra`
    and `difference` tell whether these costs are wanted, in real and in foreign money too.
    """

    weights: Array
    cap: Array
    floor: Array
    execution: Array
    share: Array
    target: Array
    reference: Whole
    extra: NDArray[np.bool_]
    difference: NDArray[np.bool_]


class Bins(NamedTuple):
    """Where a number is counted: in bin `factor` times it plus `offset`, within 0 to `last`.

    `slots`: (policy, variable, year), `shared`: (variable of the economy, year); -1 for what is not wanted.
    """

    slots: Whole
    shared: Whole
    factor: Array
    offset: Array
    last: float


class Found(NamedTuple):
    """What has been counted: (slot, bin), zeros by slot, and by policy the years of reaching and of keeping
    the target. Where `sample` (slot, draw) has room, numbers are written there instead.
    """

    counts: NDArray[np.uint32]
    zeros: NDArray[np.int64]
    reached: NDArray[np.int64]
    sample: Array


def _cast(target: Any) -> Any:  # noqa: ANN401 (types of numba have no type)
    """A function for compiled code that gives the bits of a number another type."""

    @intrinsic
    def cast(typing: Any, number: Any) -> Any:  # noqa: ANN401
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401
            return builder.bitcast(arguments[0], context.get_value_type(target))

        return target(number), generate

    return cast


@intrinsic
def _fused(typing: Any, a: Any, b: Any, c: Any) -> Any:  # noqa: ANN401
    """A product and a sum that are rounded once, on machines without such an instruction too."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401
        return builder.fma(*arguments)

    return types.float64(types.float64, types.float64, types.float64), generate


_to_whole, _to_float = _cast(types.int64), _cast(types.float64)
overload(arithmetic.bits_of, inline="always")(lambda x: lambda x: _to_whole(x))
overload(arithmetic.from_bits, inline="always")(lambda bits: lambda bits: _to_float(bits))
overload(arithmetic.fused, inline="always")(lambda a, b, c: lambda a, b, c: _fused(a, b, c))  # type: ignore[call-arg]
overload(arithmetic.bounded, inline="always")(
    lambda x, low, high: lambda x, low, high: min(max(x, low), high)
)
for _function in (
    *(arithmetic.exponential, arithmetic.logarithm, arithmetic.fraction_of),
    *(arithmetic.sine_of_turn, arithmetic.cosine_of_turn),
    *(chance.word_of, chance.uniform_of, chance.normal_pair),
):
    register_jitable(_function)


@register_jitable
def _draw(world: World, group: int, t: int, rows: Array, picked: Whole) -> None:
    """The shocks of a year: normal numbers, or those of the past run that a chance picks for each stretch."""
    length, runs = world.past.shape[1:]
    if runs == 0:
        for source in range(len(world.keys)):
            row, key = rows[Z + source * GROUP : Z + (source + 1) * GROUP], world.keys[source, t]
            for k in range(HALF):
                row[k], row[HALF + k] = chance.normal_pair(chance.word_of(key, np.uint64(group * HALF + k)))
        return
    if t % length == 0:
        key = world.keys[-1, t]
        for k in range(GROUP):
            chance_of = chance.uniform_of(chance.word_of(key, np.uint64(group * GROUP + k)))
            picked[k] = np.int32(chance_of * runs)
    for variable in range(3):
        row, past = rows[Z + variable * GROUP : Z + (variable + 1) * GROUP], world.past[variable, t % length]
        for k in range(GROUP):
            row[k] = past[picked[k]]


@register_jitable
def _advance(world: World, t: int, rows: Array) -> None:
    """The state of the economy from one year to the next: what is expected of it, then what comes.

    The shocks give way to what was expected of GDP and of prices.
    """
    a, c = world.persistence, world.root
    a00, a01, a02, a10, a11, a12 = a[0, 0], a[0, 1], a[0, 2], a[1, 0], a[1, 1], a[1, 2]
    a20, a21, a22, c00, c01, c02 = a[2, 0], a[2, 1], a[2, 2], c[0, 0], c[0, 1], c[0, 2]
    c03, c10, c11, c12, c13 = c[0, 3], c[1, 0], c[1, 1], c[1, 2], c[1, 3]
    c20, c21, c22, c23 = c[2, 0], c[2, 1], c[2, 2], c[2, 3]
    for k in range(GROUP):
        g, p, q = rows[G + k], rows[P + k], rows[Q + k]
        z0, z1, z2, z3 = rows[Z + k], rows[Z + GROUP + k], rows[Z + 2 * GROUP + k], rows[Z + 3 * GROUP + k]
        growth = fused(a00, g, fused(a01, p, a02 * q))
        prices = fused(a10, g, fused(a11, p, a12 * q))
        rate = fused(a20, g, fused(a21, p, a22 * q))
        rows[Z + k], rows[Z + GROUP + k] = growth, prices
        rows[G + k] = fused(c00, z0, fused(c01, z1, fused(c02, z2, fused(c03, z3, growth))))
        rows[P + k] = fused(c10, z0, fused(c11, z1, fused(c12, z2, fused(c13, z3, prices))))
        rows[Q + k] = fused(c20, z0, fused(c21, z1, fused(c22, z2, fused(c23, z3, rate))))


@register_jitable
def _bring(world: World, t: int, rows: Array, before: Array, year: Array) -> None:
    """What a year brings, from the state of the economy and the year before."""
    growth, inflation, real_rate = world.central[0, t], world.central[1, t], world.central[2, t]
    more, dearer, abroad = world.means[0, t], world.means[1, t], world.abroad[t]
    for k in range(GROUP):
        level, per_price, prices = before[LEVEL + k], before[PER_PRICE + k], rows[P + k] + inflation
        hoped = rows[Z + GROUP + k] + inflation
        year[EXPECTED + k] = level * exponential((rows[Z + k] + growth) + hoped + more)
        year[HOPED + k] = hoped + dearer
        year[LEVEL + k] = level * exponential((rows[G + k] + growth) + prices)
        per_price = per_price * exponential(-prices)
        year[PER_PRICE + k] = per_price
        year[PER_RATE + k] = per_price * abroad * exponential(-(rows[Q + k] + real_rate))
    hoping, sharing = world.flags
    if hoping:
        for k in range(GROUP):
            year[HOPED + k] = exponential(year[HOPED + k])
    if sharing:
        for k in range(GROUP):
            year[PER_LEVEL + k] = 1.0 / year[LEVEL + k]


@register_jitable
def _spend(policies: Policies, number: int, t: int, year: Array, own: Array) -> None:
    """What a policy spends in a year, and whether that meets its target."""
    gdp, real, nominal = policies.weights[number, t]
    cap, floor, execution = policies.cap[number], policies.floor[number, t], policies.execution[number]
    target, now, later, never = policies.target[number], 1.0 * t, t + 1.0, 1.0 * policies.weights.shape[1]
    for k in range(GROUP):
        last = own[SPENT + k]
        voted = gdp * year[EXPECTED + k] + real * (last * year[HOPED + k]) + nominal * last
        voted = min(voted, cap * last)
        bound = max(voted, floor)
        spent = bound * execution
        own[SPENT + k], own[CROWDED + k] = spent, bound - voted
        met = spent >= target * year[LEVEL + k]
        own[FIRST + k] = min(own[FIRST + k], now if met else never)
        own[SINCE + k] = own[SINCE + k] if met else later


@register_jitable
def _cost(
    own: Array, at: int, year: Array, base: Array, share: float, worth: float, kinds: NDArray[np.bool_]
) -> None:
    """What is spent less `share` of a row of another, in the kinds of money that are wanted and added up."""
    cost = own[at : at + COST]
    current, real, foreign = kinds
    if current:
        for k in range(GROUP):
            money = own[SPENT + k] - share * base[k]
            money = money if abs(money) >= NOTHING else 0.0
            cost[k] = money
            cost[3 * GROUP + k] += money
    if real:
        for k in range(GROUP):
            money = cost[k] * year[PER_PRICE + k]
            cost[GROUP + k] = money
            cost[4 * GROUP + k] += money
            cost[6 * GROUP + k] += money * worth
    if foreign:
        for k in range(GROUP):
            money = cost[k] * year[PER_RATE + k]
            cost[2 * GROUP + k] = money
            cost[5 * GROUP + k] += money


@register_jitable
def _count(values: Array, slot: int, start: int, live: int, bins: Bins, found: Found, places: Whole) -> None:
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
def _count_policy(
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
        if 0 < variable < 4:
            per = (PER_PRICE, PER_RATE, PER_LEVEL)[variable - 1]
            by = year[per : per + GROUP]
            for k in range(live):
                ratio[k] = own[SPENT + k] * by[k]
            _count(ratio, slot, start, live, bins, found, places)
        else:
            at = SPENT if variable == 0 else CROWDED if variable == 4 else EXTRA + (variable - 5) * GROUP
            _count(own[at : at + GROUP], slot, start, live, bins, found, places)


@register_jitable
def _count_economy(
    t: int, year: Array, ratio: Array, start: int, live: int, bins: Bins, found: Found, places: Whole
) -> None:
    """Count what is wanted of the economy in a year: GDP, and GDP over the exchange rate."""
    if bins.shared[0, t] >= 0:
        _count(year[LEVEL : LEVEL + GROUP], bins.shared[0, t], start, live, bins, found, places)
    if bins.shared[1, t] >= 0:
        for k in range(live):
            ratio[k] = year[LEVEL + k] * year[PER_RATE + k]
        _count(ratio, bins.shared[1, t], start, live, bins, found, places)


@register_jitable
def _begin(policies: Policies, number: int, own: Array) -> None:
    """A policy in the base year; of a cost, only the sums go on from year to year."""
    own[SINCE : SINCE + GROUP] = 0.0
    if policies.extra[0]:
        own[EXTRA + 3 * GROUP : EXTRA + COST] = 0.0
    if policies.difference[0]:
        own[DIFFERENCE + 3 * GROUP : DIFFERENCE + COST] = 0.0
    own[SPENT : SPENT + GROUP] = policies.share[number]
    own[FIRST : FIRST + GROUP] = policies.weights.shape[1]


@register_jitable
def _conclude(own: Array, reached: NDArray[np.int64], live: int) -> None:
    """Count the years in which the target was reached first, and since when it was kept."""
    for k in range(live):
        reached[0, np.uintp(own[FIRST + k])] += 1
        reached[1, np.uintp(own[SINCE + k])] += 1


@compiled
def count_groups(
    world: World, policies: Policies, bins: Bins, found: Found, first: int, last: int, draws: int
) -> None:
    """Run groups `first` to `last - 1` of `draws` draws through the policies, and count."""
    years = world.central.shape[1]
    rows, path, other = np.empty(STATE), np.empty((years + 1) * YEAR), np.empty(years * GROUP)
    own, ratio = np.empty(DIFFERENCE + COST), np.empty(GROUP)
    picked, places = np.zeros(GROUP, np.int32), np.zeros(GROUP, np.int32)
    path[:YEAR] = 1.0
    for group in range(first, last):
        start, live = group * GROUP, min(GROUP, draws - group * GROUP)
        rows[:] = 0.0
        for t in range(years):
            before, year = path[t * YEAR : (t + 1) * YEAR], path[(t + 1) * YEAR : (t + 2) * YEAR]
            _draw(world, group, t, rows, picked)
            _advance(world, t, rows)
            _bring(world, t, rows, before, year)
            _count_economy(t, year, ratio, start, live, bins, found, places)
        for number in range(len(bins.slots)):
            reference, slots = policies.reference[number], bins.slots[number]
            if reference >= 0:
                _begin(policies, reference, own)
                for t in range(years):
                    _spend(policies, reference, t, path[(t + 1) * YEAR : (t + 2) * YEAR], own)
                    other[t * GROUP : (t + 1) * GROUP] = own[SPENT : SPENT + GROUP]
            _begin(policies, number, own)
            for t in range(years):
                year, worth = path[(t + 1) * YEAR : (t + 2) * YEAR], world.worth[t]
                _spend(policies, number, t, year, own)
                _cost(own, EXTRA, year, year, policies.share[number], worth, policies.extra)
                if reference >= 0:
                    base = other[t * GROUP : (t + 1) * GROUP]
                    _cost(own, DIFFERENCE, year, base, 1.0, worth, policies.difference)
                _count_policy(slots, t, year, own, ratio, start, live, bins, found, places)
            _conclude(own, found.reached[number], live)
