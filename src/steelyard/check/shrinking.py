"""Kernel: finds what contradicts itself, component by component, and shrinks it to smallest sets of claims.

From the trail of a clash a set of claims follows that contradicts itself, often with more in it than needed.
One wrong figure echoes in many such sets: the shortest is shrunk first, and those that overlap it are left
for the next sweep, when some claim of it has been taken out.
"""

from __future__ import annotations

import numpy as np

from steelyard.check.compiled import Bytes, Int32s, Int64s, compiled
from steelyard.check.contraction import (
    CLASHES,
    CONE,
    CUT,
    EVENTS,
    HEAD,
    MOST,
    PATH,
    WAITING,
    Circuit,
    Memory,
    contradicts,
    propagate,
    trace,
    undo,
)

# Supports with more events are looked at only where a component has no shorter one.
SHORT = 400
# From so many claims on, halves are tried before single claims.
MANY = 24
SWEEP_STEP, SHRINK_STEP = 1e-3, 1e-5
# Revisions that one sweep over a component, and one test while shrinking, may take for each constraint.
PATIENCE = 400
# Beyond so many revisions a test with all constraints is given up, and its claim kept.
TEST_REVISIONS = 20_000


@compiled
def grown(array: Int32s, needed: int) -> Int32s:
    """The array, twice as long or longer where it has no room for `needed`."""
    if needed <= len(array):
        return array
    larger = np.empty(2 * needed, np.int32)
    larger[: len(array)] = array
    return larger


@compiled
def supported(memory: Memory, claims: Int32s, size: int) -> Int32s:
    """Those of the claims that are among the first `size` of the support, in their order."""
    found, n = np.empty(size, np.int32), 0
    memory.marked[memory.support[:size]] = 1
    for q in claims:
        if memory.marked[q]:
            found[n] = q
            n += 1
    memory.marked[memory.support[:size]] = 0
    return found[:n]


@compiled
def retraced(net: Circuit, memory: Memory, claims: Int32s, cone: int) -> Int32s:
    """The claims that a trail to a clash needs of `claims`, which are tried from the start; the same where
    there is none.
    """
    found = claims
    if contradicts(net, memory, claims, False):
        found = supported(memory, claims, trace(net, memory, 0, len(memory.path), cone))
    undo(memory, 0)
    return found


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
def halved(net: Circuit, memory: Memory, claims: Int32s) -> Int32s:
    """A smallest set among claims that contradict each other: half of them is held while the other half is
    searched, and so on down, each time going on from the bounds as they stand (Junker's QuickXplain).
    """
    needed, n = np.empty(len(claims), np.int32), 0
    # A frame is: first, last, time before it, what was needed before it, stage.
    frames, depth = np.zeros((128, 5), np.int64), 1
    frames[0, 1] = len(claims)
    while depth:
        frame = frames[depth - 1]
        first, last, stage = frame[0], frame[1], frame[4]
        middle = (first + last) // 2
        if last - first == 1:
            needed[n] = claims[first]
            n += 1
            depth -= 1
        elif stage == 0:
            frame[2], frame[3], frame[4] = memory.tally[EVENTS], n, 1
            if not contradicts(net, memory, claims[first:middle], False):
                frames[depth, 0], frames[depth, 1], frames[depth, 4] = middle, last, 0
                depth += 1
        elif stage == 1:
            undo(memory, frame[2])
            frame[4] = 2
            clash = contradicts(net, memory, needed[frame[3] : n], False)
            if not clash:
                frames[depth, 0], frames[depth, 1], frames[depth, 4] = first, middle, 0
                depth += 1
        else:
            undo(memory, frame[2])
            depth -= 1
    undo(memory, 0)
    # In the order in which they were given: those nearest to the clash first.
    memory.support[:n] = needed[:n]
    return supported(memory, claims, n)


@compiled
def without_each(net: Circuit, memory: Memory, claims: Int32s) -> Int32s:
    """The claims less each that is not needed for the rest to contradict itself."""
    kept, place = claims, 0
    while place < len(kept):
        trial = np.empty(len(kept) - 1, np.int32)
        trial[:place], trial[place:] = kept[:place], kept[place + 1 :]
        if contradicts(net, memory, trial, False):
            size = trace(net, memory, 0, len(memory.path), 0)
            # What was needed before is needed still, and stands before this place.
            place = len(supported(memory, trial[:place], size))
            kept = supported(memory, trial, size)
        else:
            place += 1
        undo(memory, 0)
    return kept


@compiled
def shrink(net: Circuit, memory: Memory, claims: Int32s, moves: Int32s, cone: int) -> Int32s:
    """A smallest set of the claims that contradicts itself; `moves` are the bounds and reasons of a trail to
    the clash, by turns.
    """
    for k in range(0, len(moves), 2):
        memory.moving[moves[k]] = cone
        if moves[k + 1] >= 0:
            memory.cone[moves[k + 1]] = cone
    memory.tally[CONE] = cone
    memory.tally[MOST] = PATIENCE * len(moves) + TEST_REVISIONS
    kept = claims
    for _ in range(3):
        found = retraced(net, memory, kept, cone)
        if len(found) == len(kept):
            break
        kept = found
    if len(kept) > MANY:
        clash = contradicts(net, memory, kept, False)
        undo(memory, 0)
        if clash:
            kept = halved(net, memory, kept)
    if len(kept) <= MANY:
        memory.tally[CONE], memory.tally[MOST] = 0, TEST_REVISIONS
        kept = without_each(net, memory, kept)
    memory.tally[CONE] = 0
    return kept


@compiled
def supports_of(
    net: Circuit, memory: Memory, most: int, clashes: int
) -> tuple[Int32s, Int64s, Int32s, Int64s]:
    """For each of the first clashes its claims, and the bounds that moved with their reasons by turns, one
    behind another, and where each begins; none for those with more than `most` events.
    """
    claims, claim_starts = np.empty(64, np.int32), np.zeros(clashes + 1, np.int64)
    moves, starts = np.empty(64, np.int32), np.zeros(clashes + 1, np.int64)
    for clash in range(clashes):
        size = max(0, trace(net, memory, clash, most, 0))
        begin, at = claim_starts[clash], starts[clash]
        claims = grown(claims, begin + size)
        claims[begin : begin + size] = memory.support[:size]
        claim_starts[clash + 1] = begin + size
        if size:
            moves = grown(moves, at + 2 * memory.tally[PATH] + 4)
            b = memory.clash_bound[clash]
            moves[at], moves[at + 1] = b, memory.clash_reason[clash]
            moves[at + 2], moves[at + 3] = b ^ 1, memory.clash_reason[clash]
            at += 4
            for event in memory.path[: memory.tally[PATH]]:
                moves[at], moves[at + 1] = memory.event_bound[event], memory.event_reason[event]
                at += 2
        starts[clash + 1] = at
    return claims, claim_starts, moves, starts


@compiled
def by_width(first: Int64s) -> Int64s:
    """The rows that are not empty, the shortest first; equals in their order."""
    rows = len(first) - 1
    found, n = np.empty(rows, np.int64), 0
    longest = (first[1:] - first[:-1]).max()
    for width in range(1, longest + 1):
        for row in range(rows):
            if first[row + 1] - first[row] == width:
                found[n] = row
                n += 1
    return found[:n]


@compiled
def sweep(
    net: Circuit,
    memory: Memory,
    own: Int32s,
    used: Bytes,
    found: Int32s,
    starts: Int64s,
    n: int,
    cone: int,
) -> int:
    """Add smallest conflicts among the claims of one component to the `n` that were found; their new number.

    No two overlap. The shortest supports are shrunk first.
    """
    count = memory.tally
    count[CONE], count[CUT], memory.step[0] = 0, 0, SWEEP_STEP
    count[MOST] = PATIENCE * len(own) + TEST_REVISIONS
    if not contradicts(net, memory, own, True):
        undo(memory, 0)
        return n
    cut = int(count[CUT])
    rows, first, moves, at = supports_of(net, memory, SHORT, int(count[CLASHES]))
    if first[-1] == 0:
        rows, first, moves, at = supports_of(net, memory, len(memory.path), 1)
    undo(memory, 0)
    memory.step[0] = SHRINK_STEP
    for clash in by_width(first):
        row = rows[first[clash] : first[clash + 1]]
        if used[row].any():
            continue
        cone += 1
        kept = shrink(net, memory, row, moves[at[clash] : at[clash + 1]], cone)
        if not len(kept):
            # The constraints exclude each other without any claim: nothing can be said of this component.
            cut = 1
            continue
        used[kept] = 1
        found[starts[n] : starts[n] + len(kept)] = kept
        starts[n + 1] = starts[n] + len(kept)
        n += 1
    count[CUT] = cut
    return n


@compiled
def find_conflicts(
    net: Circuit, memory: Memory, groups: Int64s, bounds: Int64s, active: Bytes
) -> tuple[Int32s, Int64s, Int64s, Bytes]:
    """One sweep over components: smallest sets of claims that contradict themselves, one behind another;
    where each begins; the component of each; and for each of `groups` whether it was cut off before it came
    to rest.

    The claims of component g are those from `bounds[g]` to `bounds[g + 1]` that are `active`.
    """
    found, starts = np.empty(len(net.variable) + 1, np.int32), np.zeros(len(net.variable) + 2, np.int64)
    owners, unfinished = np.zeros(len(net.variable) + 1, np.int64), np.zeros(len(groups), np.uint8)
    used, n = np.zeros(len(net.variable), np.uint8), 0
    cone = int(memory.cone.max()) if len(memory.cone) else 0
    for k in range(len(groups)):
        g, before = groups[k], n
        own = those_active(bounds[g], bounds[g + 1], active)
        n = sweep(net, memory, own, used, found, starts, n, cone)
        cone += n - before
        owners[before:n] = g
        unfinished[k] = memory.tally[CUT]
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
def which_hold(
    net: Circuit, memory: Memory, groups: Int64s, bounds: Int64s, active: Bytes, out: Int32s, starts: Int64s
) -> Bytes:
    """For each row of `out`, whether its component comes to rest without a clash when the active claims less
    those of the row are taken for true.
    """
    holds = np.zeros(len(groups), np.uint8)
    memory.tally[CONE], memory.step[0] = 0, SWEEP_STEP
    for k in range(len(groups)):
        g, row = groups[k], out[starts[k] : starts[k + 1]]
        # What is active is put back as it was: the caller's array is only borrowed.
        before = active[row].copy()
        active[row] = 0
        own = those_active(bounds[g], bounds[g + 1], active)
        active[row] = before
        memory.tally[CUT], memory.tally[MOST] = 0, PATIENCE * len(own) + TEST_REVISIONS
        holds[k] = not contradicts(net, memory, own, False) and not memory.tally[CUT]
        undo(memory, 0)
    return holds
