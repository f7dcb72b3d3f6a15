"""Kernel: narrows bounds under constraints until nothing moves, with a trail of what moved them and why.

Compiled by numba at first use, see compiled.py; `shrinking.py` goes on from here.

Bound 2v is the low end of variable v, bound 2v + 1 the high end. An event is one move of a bound; its reason
is a constraint, or -1 - q for claim q. A clash is a move that was refused because it would leave a variable
no value; `time` is the number of events before it. Results are rounded outward, so that no value is lost.

    net   the constraints and claims, see Circuit      memory  bounds, trail and scratch, see Memory
    b, v  a bound, a variable                          c, q    a constraint, a claim
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from steelyard.check.compiled import Bytes, Floats, Int32s, Int64s, compiled

INFINITY = np.inf
# One rounding moves a number by at most half of 2^-52 of itself.
ROUNDING = 2.0**-52
# Places in `Memory.tally`.
EVENTS, HEAD, WAITING, REVISIONS, CLASHES, CONE, MOST, CUT, PATH, LOCAL, COUNTS = range(11)


class Circuit(NamedTuple):
    """Constraints, who watches which variable, and claims, ordered by component.

    `plain` marks products of variables that are nowhere below zero, with a factor above zero. `late` marks
    the parts of wide sums, which are left out as long as `tally[LOCAL]` is set. `known` are the bounds that
    hold without any claim.
    """

    known: Floats
    kind: Bytes
    first: Int32s
    member: Int32s
    factor: Floats
    plain: Bytes
    late: Bytes
    watched: Int32s
    watch: Int32s
    variable: Int32s
    least: Floats
    most: Floats


class Memory(NamedTuple):
    """The bounds as they stand, the trail, and room to work in. `step` holds one number: the least part of
    a width that is worth a move. Where a cone is set, only constraints and bounds marked with it take part.
    """

    bounds: Floats
    latest: Int32s
    event_bound: Int32s
    event_reason: Int32s
    event_before: Int32s
    event_old: Floats
    queue: Int32s
    queued: Bytes
    cone: Int32s
    moving: Int32s
    frozen: Bytes
    clash_bound: Int32s
    clash_reason: Int32s
    clash_time: Int32s
    seen: Bytes
    path: Int32s
    marked: Bytes
    support: Int32s
    tally: Int64s
    step: Floats


@compiled
def wake(net: Circuit, memory: Memory, v: int, but: int) -> None:
    """Queue the constraints that watch a variable, `but` one; only those of the cone, where one is set."""
    count = memory.tally
    for place in range(net.watched[v], net.watched[v + 1]):
        c = net.watch[place]
        if c == but or memory.queued[c] or (count[LOCAL] and net.late[c]):
            continue
        if count[CONE] == 0 or memory.cone[c] == count[CONE]:
            memory.queued[c] = 1
            memory.queue[(count[HEAD] + count[WAITING]) % len(memory.queue)] = c
            count[WAITING] += 1


@compiled
def tighten(net: Circuit, memory: Memory, b: int, value: float, reason: int) -> bool:
    """Move a bound inward; whether that was worth a move. A move that leaves nothing becomes a clash."""
    old, other, count = memory.bounds[b], memory.bounds[b ^ 1], memory.tally
    high_end = (b & 1) == 1
    gain = old - value if high_end else value - old
    # Not "gain <= 0": what is not a number says nothing.
    if not gain > 0.0 or memory.frozen[b >> 1] or (count[CONE] and memory.moving[b] != count[CONE]):
        return False
    if (value < other) if high_end else (value > other):
        n = count[CLASHES]
        memory.clash_bound[n], memory.clash_reason[n], memory.clash_time[n] = b, reason, count[EVENTS]
        memory.frozen[b >> 1] = 1
        count[CLASHES] += 1
        return False
    width = abs(other - old)
    if width == INFINITY:
        width = abs(old)
    if reason >= 0 and width < INFINITY and gain <= memory.step[0] * width:
        return False
    n = count[EVENTS]
    if n >= len(memory.event_bound):
        count[CUT] = 1
        return False
    memory.event_bound[n], memory.event_reason[n], memory.event_old[n] = b, reason, old
    memory.event_before[n] = memory.latest[b]
    memory.latest[b], memory.bounds[b] = n, value
    count[EVENTS] += 1
    return True


@compiled
def undo(memory: Memory, time: int) -> None:
    """Take back all events from `time` on, and all clashes."""
    count = memory.tally
    for n in range(count[EVENTS] - 1, time - 1, -1):
        b = memory.event_bound[n]
        memory.bounds[b], memory.latest[b] = memory.event_old[n], memory.event_before[n]
    for n in range(count[CLASHES]):
        memory.frozen[memory.clash_bound[n] >> 1] = 0
    count[EVENTS], count[CLASHES] = time, 0


@compiled
def below(value: float, roundings: float) -> float:
    """A number that is surely not above the true one, after so many roundings."""
    return value - abs(value) * roundings * ROUNDING - 1e-300


@compiled
def above(value: float, roundings: float) -> float:
    """A number that is surely not below the true one, after so many roundings."""
    return value + abs(value) * roundings * ROUNDING + 1e-300


@compiled
def times(a: float, b: float) -> float:
    """The product of two bounds, where zero times an open end is zero."""
    return 0.0 if a == 0.0 or b == 0.0 else a * b


@compiled
def product(k: float, a: float, b: float, c: float, d: float) -> tuple[float, float]:
    """All k * x * y with x from a to b and y from c to d."""
    p, q, r, s = k * times(a, c), k * times(a, d), k * times(b, c), k * times(b, d)
    return below(min(p, q, r, s), 3.0), above(max(p, q, r, s), 3.0)


@compiled
def quotient(k: float, a: float, b: float, c: float, d: float) -> tuple[float, float]:
    """All z / (k * y) with z from a to b and y from c to d; everything where y may be zero on both sides."""
    if k < 0.0:
        k, c, d = -k, -d, -c
    if d <= 0.0:
        a, b, c, d = -b, -a, -d, -c
    # Nought divided by nought may be anything.
    if c < 0.0 or d <= 0.0 or (c == 0.0 and a <= 0.0 <= b):
        return -INFINITY, INFINITY
    c, d = k * c, k * d
    # Divided by the small end of y a bound moves away from zero, by the great end towards it.
    low = a / d if a >= 0.0 else (a / c if c > 0.0 else -INFINITY)
    high = b / d if b <= 0.0 else (b / c if c > 0.0 else INFINITY)
    return below(low, 3.0), above(high, 3.0)


@compiled
def revise_product(net: Circuit, memory: Memory, c: int) -> None:
    """What z = k * x * y leaves of each of the three."""
    start = net.first[c]
    z, x, y = int(net.member[start]), int(net.member[start + 1]), int(net.member[start + 2])
    k, bounds = net.factor[start], memory.bounds
    for v, part in ((z, 0), (x, 1), (y, 2)):
        if part == 0:
            low, high = product(k, bounds[2 * x], bounds[2 * x + 1], bounds[2 * y], bounds[2 * y + 1])
        else:
            other = y if part == 1 else x
            low, high = quotient(
                k, bounds[2 * z], bounds[2 * z + 1], bounds[2 * other], bounds[2 * other + 1]
            )
        raised = tighten(net, memory, 2 * v, low, c)
        lowered = tighten(net, memory, 2 * v + 1, high, c)
        if raised or lowered:
            wake(net, memory, v, c)


@compiled
def sum_ends(net: Circuit, memory: Memory, c: int, high_end: int) -> tuple[float, float, int]:
    """The sum of the finite low (or high) ends of the terms, that of their sizes, how many are open."""
    total, size, opened = 0.0, 0.0, 0
    for place in range(net.first[c], net.first[c + 1]):
        factor = net.factor[place]
        end = factor * memory.bounds[2 * net.member[place] + (high_end ^ (1 if factor < 0.0 else 0))]
        if abs(end) == INFINITY:
            opened += 1
        else:
            total += end
            size += abs(end)
    return total, size * (net.first[c + 1] - net.first[c] + 4) * ROUNDING, opened


@compiled
def revise_sum(net: Circuit, memory: Memory, c: int) -> None:
    """What a sum that is zero leaves of each term: nothing but what the others can balance."""
    low, low_slack, low_open = sum_ends(net, memory, c, 0)
    high, high_slack, high_open = sum_ends(net, memory, c, 1)
    if low_open > 1 and high_open > 1:
        return
    for place in range(net.first[c], net.first[c + 1]):
        v, factor = int(net.member[place]), net.factor[place]
        falling = 1 if factor < 0.0 else 0
        own_low = factor * memory.bounds[2 * v + falling]
        own_high = factor * memory.bounds[2 * v + (1 - falling)]
        is_open = abs(own_low) == INFINITY
        moved = False
        if low_open == (1 if is_open else 0):
            rest = low if is_open else low - own_low
            end = (low_slack - rest) / factor
            end = below(end, 2.0) if falling else above(end, 2.0)
            moved = tighten(net, memory, 2 * v + (1 - falling), end, c)
        is_open = abs(own_high) == INFINITY
        if high_open == (1 if is_open else 0):
            rest = high if is_open else high - own_high
            end = (-high_slack - rest) / factor
            end = above(end, 2.0) if falling else below(end, 2.0)
            moved = tighten(net, memory, 2 * v + falling, end, c) or moved
        if moved:
            wake(net, memory, v, c)


@compiled
def propagate(net: Circuit, memory: Memory, collect: bool) -> None:
    """Revise queued constraints until none is left; up to the first clash, or with `collect` beyond."""
    count = memory.tally
    count[REVISIONS] = 0
    while count[WAITING] > 0:
        c = int(memory.queue[count[HEAD]])
        count[HEAD] = (count[HEAD] + 1) % len(memory.queue)
        count[WAITING] -= 1
        memory.queued[c] = 0
        if count[CUT] or count[REVISIONS] > count[MOST] or (count[CLASHES] > 0 and not collect):
            count[CUT] = max(count[CUT], count[REVISIONS] > count[MOST])
            continue  # which empties the queue
        count[REVISIONS] += 1
        if net.kind[c] == 1:
            revise_product(net, memory, c)
        else:
            revise_sum(net, memory, c)


@compiled
def contradicts(net: Circuit, memory: Memory, claims: Int32s, collect: bool) -> bool:
    """Add claims to the bounds as they stand; whether that leads to a clash."""
    count = memory.tally
    if count[WAITING] == 0:
        count[HEAD] = 0
    for q in claims:
        v = int(net.variable[q])
        raised = tighten(net, memory, 2 * v, net.least[q], -1 - int(q))
        lowered = tighten(net, memory, 2 * v + 1, net.most[q], -1 - int(q))
        if raised or lowered:
            wake(net, memory, v, -1)
    propagate(net, memory, collect)
    return bool(count[CLASHES] > 0)


@compiled
def push_causes(net: Circuit, memory: Memory, b: int, c: int, time: int, n: int) -> int:
    """Put the events by which constraint `c` moved bound `b` on the path, each once; its new length."""
    start, end, v = net.first[c], net.first[c + 1], b >> 1
    own = start
    while net.member[own] != v:
        own += 1
    for place in range(start, end):
        if place == own:
            continue
        needed = 2
        if net.kind[c] == 0:
            # The high end of a term follows from the low ends of the others, and the other way round.
            needed = (b & 1) ^ (1 if net.factor[own] > 0.0 else 0) ^ (1 if net.factor[place] < 0.0 else 0)
        elif net.plain[c]:
            # z rises with x and y, and each of these with z; x falls as y rises.
            needed = b & 1 if own == start or place == start else 1 - (b & 1)
        for side in range(2):
            if needed in (2, side):
                event = memory.latest[2 * net.member[place] + side]
                while event >= time:
                    event = memory.event_before[event]
                if event >= 0 and not memory.seen[event]:
                    memory.seen[event] = 1
                    memory.path[n] = event
                    n += 1
    return n


@compiled
def follow(net: Circuit, memory: Memory, n: int, found: int, most: int, cone: int) -> int:
    """The number of claims behind the first `n` events of the path, on top of those `found` in `support`; -1
    for more than `most` events. All events behind them are put on the path; nothing stays marked as seen.
    """
    place = 0
    while place < n and n <= most:
        time = int(memory.path[place])
        b, reason = int(memory.event_bound[time]), int(memory.event_reason[time])
        memory.moving[b] = cone
        if reason >= 0:
            memory.cone[reason] = cone
            n = push_causes(net, memory, b, reason, time, n)
        elif not memory.marked[-1 - reason]:
            memory.marked[-1 - reason] = 1
            memory.support[found] = -1 - reason
            found += 1
        place += 1
    memory.tally[PATH] = n
    for k in range(n):
        memory.seen[memory.path[k]] = 0
    for k in range(found):
        memory.marked[memory.support[k]] = 0
    return found if n <= most else -1


@compiled
def trace(net: Circuit, memory: Memory, clash: int, most: int, cone: int) -> int:
    """The number of claims behind a clash, which then stand in `support`; -1 for more than `most` events.

    The events stand in `path`; the constraints that took part and the bounds that moved are marked as `cone`.
    """
    n, found = 0, 0
    b, time = int(memory.clash_bound[clash]), int(memory.clash_time[clash])
    opposite = memory.latest[b ^ 1]
    while opposite >= time:
        opposite = memory.event_before[opposite]
    if opposite >= 0:
        memory.path[0], memory.seen[opposite], n = opposite, 1, 1
    reason = int(memory.clash_reason[clash])
    memory.moving[b], memory.moving[b ^ 1] = cone, cone
    if reason >= 0:
        memory.cone[reason] = cone
        n = push_causes(net, memory, b, reason, time, n)
    else:
        memory.marked[-1 - reason] = 1
        memory.support[0], found = -1 - reason, 1
    return follow(net, memory, n, found, most, cone)


@compiled
def claims_behind(net: Circuit, memory: Memory, b: int) -> int:
    """The number of claims behind a bound as it stands, which then are the first of `support`."""
    n = 0
    if memory.latest[b] >= 0:
        memory.path[0], memory.seen[memory.latest[b]], n = memory.latest[b], 1, 1
    return follow(net, memory, n, 0, len(memory.path) - 1, 0)


@compiled
def label_components(variables: int, first: Int32s, member: Int32s) -> Int32s:
    """For each variable the least variable that it hangs together with."""
    above = np.arange(variables).astype(np.int32)
    for c in range(len(first) - 1):
        for place in range(first[c] + 1, first[c + 1]):
            a, b = member[first[c]], member[place]
            while above[a] != a:
                above[a] = above[above[a]]
                a = above[a]
            while above[b] != b:
                above[b] = above[above[b]]
                b = above[b]
            above[max(a, b)] = min(a, b)
    for v in range(variables):
        above[v] = above[above[v]]
    return above
