"""Kernel: runs draws side by side and counts where their numbers fall; compiled, see `compiled.py`.

The steps are those of `economy.py`, `equations.py` and `payments.py`; they multiply by one over prices where
those divide. `records.py` tells what goes in and out and how rows lie, `tally.py` counts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.core import types
from numba.extending import intrinsic, overload, register_jitable
from numpy.typing import NDArray

from steelyard.project import arithmetic, chance
from steelyard.project.arithmetic import exponential, fused
from steelyard.project.chance import GROUP, HALF, Array
from steelyard.project.compiled import compiled
from steelyard.project.records import (
    COST,
    CROWDED,
    DIFFERENCE,
    EXPECTED,
    EXTRA,
    FIRST,
    FLOOR,
    HOPED,
    LEVEL,
    NOTHING,
    OWN,
    PAID,
    PER_LEVEL,
    PER_PRICE,
    PER_RATE,
    SINCE,
    SPENT,
    STATE,
    YEAR,
    Bins,
    Found,
    G,
    P,
    Policies,
    Q,
    Whole,
    World,
    Z,
)
from steelyard.project.tally import count_economy, count_lines, count_policy


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
    hoping, sharing, _ = world.flags
    if hoping:
        for k in range(GROUP):
            year[HOPED + k] = exponential(year[HOPED + k])
    if sharing:
        for k in range(GROUP):
            year[PER_LEVEL + k] = 1.0 / year[LEVEL + k]


@register_jitable
def _pay(policies: Policies, number: int, t: int, path: Array, own: Array, history: Array) -> None:
    """What a policy pays by agreement in a year, from what it paid in the year before."""
    growth, lag, low, high = policies.steps[number, t]
    index, begin = policies.follows[number, t], t - int(lag)
    paid, prices = own[PAID : PAID + GROUP], path[begin * YEAR + PER_PRICE :]
    spent = history[begin * GROUP :]
    for k in range(GROUP):
        ratio = growth
        if index == 1:
            ratio = growth * (prices[k] / prices[YEAR + k])
        elif index == 2:
            ratio = growth * (spent[GROUP + k] / spent[k])
        paid[k] *= min(max(ratio, low), high)


@register_jitable
def _raise_floor(policies: Policies, number: int, t: int, year: Array, own: Array) -> None:
    """What a policy cannot fall below in a year, where that moves."""
    fixed, prices, rate = policies.floor[number, t]
    owed = policies.owed[number]
    for k in range(GROUP):
        moved = prices / year[PER_PRICE + k] + rate / year[PER_RATE + k]
        own[FLOOR + k] = fixed + (moved + owed * own[PAID + k])


@register_jitable
def _vote(policies: Policies, number: int, t: int, year: Array, own: Array, k: int) -> float:
    """What a policy would spend in a lane, were there no floor."""
    gdp, real, nominal, fixed = policies.weights[number, t]
    last = own[SPENT + k]
    voted = gdp * year[EXPECTED + k] + real * (last * year[HOPED + k]) + nominal * last + fixed
    return min(voted, policies.cap[number] * last)  # type: ignore[no-any-return]


@register_jitable
def _spend(policies: Policies, number: int, t: int, path: Array, own: Array, history: Array) -> None:
    """What a policy spends in a year, and whether that meets its target."""
    year = path[(t + 1) * YEAR : (t + 2) * YEAR]
    floor, execution = policies.floor[number, t, 0], policies.execution[number]
    target, now, later, never = policies.target[number], 1.0 * t, t + 1.0, 1.0 * policies.weights.shape[1]
    if policies.paying[0]:
        history[t * GROUP : (t + 1) * GROUP] = own[SPENT : SPENT + GROUP]
        _pay(policies, number, t, path, own, history)
    if policies.moving[number]:
        _raise_floor(policies, number, t, year, own)
        for k in range(GROUP):
            voted = _vote(policies, number, t, year, own, k)
            bound = max(voted, own[FLOOR + k])
            own[SPENT + k], own[CROWDED + k] = bound * execution, bound - voted
    else:
        for k in range(GROUP):
            voted = _vote(policies, number, t, year, own, k)
            bound = max(voted, floor)
            own[SPENT + k], own[CROWDED + k] = bound * execution, bound - voted
    for k in range(GROUP):
        met = own[SPENT + k] >= target * year[LEVEL + k]
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
def _begin(policies: Policies, number: int, own: Array) -> None:
    """A policy in the base year; of a cost, only the sums go on from year to year."""
    own[SINCE : SINCE + GROUP] = 0.0
    if policies.extra[0]:
        own[EXTRA + 3 * GROUP : EXTRA + COST] = 0.0
    if policies.difference[0]:
        own[DIFFERENCE + 3 * GROUP : DIFFERENCE + COST] = 0.0
    own[SPENT : SPENT + GROUP] = policies.share[number]
    own[PAID : PAID + GROUP] = policies.amount[number]
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
    rows, scratch, other = np.empty(STATE), np.empty((years + 1) * YEAR), np.empty(years * GROUP)
    own, ratio = np.empty(OWN), np.empty(GROUP)
    history, sums = np.empty((years + 1) * GROUP), np.empty(len(world.lines) * GROUP)
    picked, places = np.zeros(GROUP, np.int32), np.zeros(GROUP, np.int32)
    for group in range(first, last):
        start, live = group * GROUP, min(GROUP, draws - group * GROUP)
        path = world.paths[group] if len(world.paths) else scratch
        path[:YEAR], rows[:] = 1.0, 0.0
        for t in range(years):
            before, year = path[t * YEAR : (t + 1) * YEAR], path[(t + 1) * YEAR : (t + 2) * YEAR]
            if not world.flags[2]:
                _draw(world, group, t, rows, picked)
                _advance(world, t, rows)
                _bring(world, t, rows, before, year)
            count_economy(t, year, ratio, start, live, bins, found, places)
            count_lines(world, t, year, sums, ratio, start, live, bins, found, places)
        for number in range(len(bins.slots)):
            reference, slots = policies.reference[number], bins.slots[number]
            if reference >= 0:
                _begin(policies, reference, own)
                for t in range(years):
                    _spend(policies, reference, t, path, own, history)
                    other[t * GROUP : (t + 1) * GROUP] = own[SPENT : SPENT + GROUP]
            _begin(policies, number, own)
            for t in range(years):
                year, worth = path[(t + 1) * YEAR : (t + 2) * YEAR], world.worth[t]
                _spend(policies, number, t, path, own, history)
                _cost(own, EXTRA, year, year, policies.share[number], worth, policies.extra)
                if reference >= 0:
                    base = other[t * GROUP : (t + 1) * GROUP]
                    _cost(own, DIFFERENCE, year, base, 1.0, worth, policies.difference)
                count_policy(slots, t, year, own, ratio, start, live, bins, found, places)
            _conclude(own, found.reached[number], live)
