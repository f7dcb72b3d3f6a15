"""Kernel: finds what contradicts itself, component by component and block by block.

A block comes to rest by itself and stands until other claims of it count; wide sums join blocks, and go on
from these. So a sweep looks again only at what has changed since the last one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from steelyard.check.compiled import Bytes, Int32s, Int64s, compiled
from steelyard.check.contraction import (
    CLASHES,
    CONE,
    CUT,
    EVENTS,
    HEAD,
    LOCAL,
    MOST,
    WAITING,
    Circuit,
    Memory,
    contradicts,
    propagate,
    undo,
)
from steelyard.check.shrinking import PATIENCE, TEST_REVISIONS, shrink_each

SWEEP_STEP = 1e-3


class Blocks(NamedTuple):
    """What hangs together without wide sums, block beside block, and the wide sums that join blocks.

    Component g has the blocks from `first[g]` to `first[g + 1]`, and the parts of its wide sums are the
    constraints in `late` from `late_first[g]` on. Block k has the claims from `claims[k]` to `claims[k + 1]`
    and the variables from `low[k]` before `high[k]`. `stands` marks blocks that came to rest without a clash
    when the claims marked in `taken` were active, and `cut` those that were cut off before; `turn` counts how
    often each began anew.
    """

    first: Int64s
    claims: Int64s
    low: Int64s
    high: Int64s
    late_first: Int64s
    late: Int32s
    taken: Bytes
    stands: Bytes
    cut: Bytes
    turn: Int64s


@compiled
def those_active(first: int, last: int, active: Bytes) -> Int32s:
    """The active claims from `first` on before `last`."""
    found, n = np.empty(last - first, np.int32), 0
    for q in range(first, last):
        if active[q]:
            found[n] = q
            n += 1
    return found[:n]


@compiled
def clear(net: Circuit, stand: Memory, blocks: Blocks, k: int) -> None:
    """Put the variables of a block back to what holds without any claim."""
    low, high = 2 * blocks.low[k], 2 * blocks.high[k]
    stand.bounds[low:high] = net.known[low:high]
    stand.latest[low:high] = -1
    blocks.stands[k] = 0
    blocks.turn[k] += 1


@compiled
def clear_all(net: Circuit, stand: Memory, blocks: Blocks) -> None:
    """Put everything back to what holds without any claim, once the trail is half full of what is over."""
    if stand.tally[EVENTS] > len(stand.event_bound) // 2:
        for k in range(len(blocks.stands)):
            clear(net, stand, blocks, k)
        stand.tally[EVENTS] = 0


@compiled
def sweep(
    net: Circuit,
    stand: Memory,
    memory: Memory,
    own: Int32s,
    used: Bytes,
    found: Int32s,
    starts: Int64s,
    n: int,
    cone: int,
) -> int:
    """Add smallest conflicts among the claims of one block to the `n` that were found; their new number.

    Without any the block stands as it came to rest; `tally[CUT]` says whether it was cut off before.
    """
    count = stand.tally
    count[CONE], count[CUT], count[LOCAL], stand.step[0] = 0, 0, 1, SWEEP_STEP
    count[MOST] = PATIENCE * len(own) + TEST_REVISIONS
    time = int(count[EVENTS])
    if not contradicts(net, stand, own, True):
        return n
    cut = count[CUT]
    n, baseless = shrink_each(net, stand, memory, time, used, found, starts, n, cone)
    count[CUT] = 1 if baseless else cut
    return n


@compiled
def find_conflicts(
    net: Circuit, stand: Memory, memory: Memory, blocks: Blocks, groups: Int64s, active: Bytes
) -> tuple[Int32s, Int64s, Int64s, Bytes]:
    """One sweep over components without their wide sums: smallest sets of claims that contradict themselves,
    one behind another; where each begins; the component of each; and for each of `groups` whether it was cut
    off before it came to rest.

    Only `active` claims count. Blocks that stand as they are wanted are not looked at again.
    """
    found, starts = np.empty(len(net.variable) + 1, np.int32), np.zeros(len(net.variable) + 2, np.int64)
    owners, unfinished = np.zeros(len(net.variable) + 1, np.int64), np.zeros(len(groups), np.uint8)
    used, n = np.zeros(len(net.variable), np.uint8), 0
    cone = int(memory.cone.max()) if len(memory.cone) else 0
    clear_all(net, stand, blocks)
    for row in range(len(groups)):
        g = groups[row]
        joined = blocks.late_first[g] < blocks.late_first[g + 1]
        for k in range(blocks.first[g], blocks.first[g + 1]):
            begin, end = blocks.claims[k], blocks.claims[k + 1]
            if not blocks.stands[k] or not np.array_equal(blocks.taken[begin:end], active[begin:end]):
                clear(net, stand, blocks, k)
                time, before = stand.tally[EVENTS], n
                own = those_active(begin, end, active)
                n = sweep(net, stand, memory, own, used, found, starts, n, cone)
                cone += n - before
                owners[before:n] = g
                blocks.cut[k] = stand.tally[CUT]
                blocks.taken[begin:end] = active[begin:end]
                blocks.stands[k] = joined and n == before
                if not joined:
                    undo(stand, time)
            unfinished[row] = max(unfinished[row], blocks.cut[k])
    return found[: starts[n]].copy(), starts[: n + 1].copy(), owners[:n].copy(), unfinished


@compiled
def join(net: Circuit, stand: Memory, blocks: Blocks, g: int, collect: bool) -> None:
    """Go on from blocks that stand with all wide sums of their component."""
    count, begin, end = stand.tally, blocks.first[g], blocks.first[g + 1]
    count[HEAD], count[WAITING], count[CUT], count[LOCAL] = 0, 0, 0, 0
    count[MOST] = PATIENCE * (blocks.claims[end] - blocks.claims[begin]) + TEST_REVISIONS
    for place in range(blocks.late_first[g], blocks.late_first[g + 1]):
        c = blocks.late[place]
        stand.queued[c] = 1
        stand.queue[count[WAITING]] = c
        count[WAITING] += 1
    propagate(net, stand, collect)
    count[LOCAL] = 1


@compiled
def find_late(
    net: Circuit, stand: Memory, memory: Memory, blocks: Blocks, groups: Int64s
) -> tuple[Int32s, Int64s, Int64s, Bytes]:
    """The same as `find_conflicts`, wide sums included, of components all of whose blocks stand."""
    found, starts = np.empty(len(net.variable) + 1, np.int32), np.zeros(len(net.variable) + 2, np.int64)
    owners, unfinished = np.zeros(len(net.variable) + 1, np.int64), np.zeros(len(groups), np.uint8)
    used, n = np.zeros(len(net.variable), np.uint8), 0
    cone = int(memory.cone.max()) if len(memory.cone) else 0
    count = stand.tally
    for row in range(len(groups)):
        g, before = groups[row], n
        begin, end = blocks.first[g], blocks.first[g + 1]
        time = int(count[EVENTS])
        join(net, stand, blocks, g, True)
        baseless, cut = False, blocks.cut[begin:end].any() or count[CUT] > 0
        if count[CLASHES] > 0:
            n, baseless = shrink_each(net, stand, memory, time, used, found, starts, n, cone)
        undo(stand, time)
        cone += n - before
        owners[before:n] = g
        unfinished[row] = cut or baseless
    return found[: starts[n]].copy(), starts[: n + 1].copy(), owners[:n].copy(), unfinished


@compiled
def settle_known(net: Circuit, memory: Memory) -> None:
    """Narrow what holds without any claim, once for all; nothing of a component that contradicts itself."""
    count = memory.tally
    memory.step[0], count[CONE] = SWEEP_STEP, 0
    for c in range(len(net.kind)):
        memory.queued[c], memory.queue[0] = 1, c
        count[HEAD], count[WAITING], count[MOST], count[CUT] = 0, 1, TEST_REVISIONS, 0
        propagate(net, memory, False)
        if count[CLASHES] > 0 or count[CUT]:
            undo(memory, 0)
        for n in range(count[EVENTS]):
            memory.latest[memory.event_bound[n]] = -1
        count[EVENTS], count[CUT] = 0, 0
    net.known[:] = memory.bounds


@compiled
def settles(net: Circuit, stand: Memory, blocks: Blocks, g: int, active: Bytes) -> bool:
    """Whether a component comes to rest without a clash when its active claims are taken for true."""
    count = stand.tally
    count[CONE], count[CUT], count[LOCAL], stand.step[0] = 0, 0, 1, SWEEP_STEP
    for k in range(blocks.first[g], blocks.first[g + 1]):
        begin, end = blocks.claims[k], blocks.claims[k + 1]
        if not blocks.stands[k] or not np.array_equal(blocks.taken[begin:end], active[begin:end]):
            clear(net, stand, blocks, k)
            time, own = int(count[EVENTS]), those_active(begin, end, active)
            count[MOST] = PATIENCE * len(own) + TEST_REVISIONS
            if contradicts(net, stand, own, False) or count[CUT]:
                undo(stand, time)
                return False
            blocks.taken[begin:end] = active[begin:end]
            blocks.stands[k] = 1
    time = int(count[EVENTS])
    join(net, stand, blocks, g, False)
    rests = count[CLASHES] == 0 and not count[CUT]
    undo(stand, time)
    return bool(rests)


@compiled
def which_hold(
    net: Circuit, stand: Memory, blocks: Blocks, groups: Int64s, active: Bytes, out: Int32s, starts: Int64s
) -> Bytes:
    """For each row of `out`, whether its component comes to rest without a clash when the active claims less
    those of the row are taken for true.
    """
    holds = np.zeros(len(groups), np.uint8)
    for k in range(len(groups)):
        clear_all(net, stand, blocks)
        row = out[starts[k] : starts[k + 1]]
        # What is active is put back as it was: the caller's array is only borrowed.
        before = active[row].copy()
        active[row] = 0
        holds[k] = settles(net, stand, blocks, groups[k], active)
        active[row] = before
    return holds
