"""Kernel: shrinks what contradicts itself to smallest sets of claims; `blocks.py` goes on from here.

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
    EVENTS,
    MOST,
    PATH,
    Circuit,
    Memory,
    contradicts,
    trace,
    undo,
)

# Supports with more events are looked at only where a component has no shorter one.
SHORT = 400
# From so many claims on, halves are tried before single claims.
MANY = 24
SHRINK_STEP = 1e-5
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
def shrink_each(
    net: Circuit,
    stand: Memory,
    memory: Memory,
    time: int,
    used: Bytes,
    found: Int32s,
    starts: Int64s,
    n: int,
    cone: int,
) -> tuple[int, bool]:
    """Add smallest conflicts behind the clashes that stand to the `n` that were found, and take back what was
    moved since `time`; the new number of conflicts, and whether some clash came without any claim.

    No two overlap. The shortest supports are shrunk first.
    """
    rows, first, moves, at = supports_of(net, stand, SHORT, int(stand.tally[CLASHES]))
    if first[-1] == 0:
        rows, first, moves, at = supports_of(net, stand, len(stand.path), 1)
    undo(stand, time)
    baseless = False
    memory.step[0] = SHRINK_STEP
    for clash in by_width(first):
        row = rows[first[clash] : first[clash + 1]]
        if used[row].any():
            continue
        cone += 1
        kept = shrink(net, memory, row, moves[at[clash] : at[clash + 1]], cone)
        # Constraints that exclude each other without any claim: nothing can be said of them.
        baseless = baseless or not len(kept)
        if len(kept):
            used[kept] = 1
            found[starts[n] : starts[n] + len(kept)] = kept
            starts[n + 1] = starts[n] + len(kept)
            n += 1
    return n, baseless
