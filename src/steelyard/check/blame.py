"""Kernel: which claims are to blame when a wide sum cannot be nought, and what could be taken out of it.

What a block does to the sum, beside what holds without any claim, is its gain. A smallest conflict keeps the
blocks that do most, as many as it takes, and of each no more claims than that takes: what is to spare once
the sum misses nought is used up claim by claim, so that none has to be looked at twice.

    w, place   a wide sum, and one of its terms    sign   1.0 for the terms, -1.0 for minus the terms
"""

from __future__ import annotations

import numpy as np

from steelyard.check.blocks import Blocks
from steelyard.check.compiled import Floats, Int32s, Int64s, compiled
from steelyard.check.contraction import (
    CONE,
    EVENTS,
    INFINITY,
    LOCAL,
    MOST,
    ROUNDING,
    Circuit,
    Memory,
    claims_behind,
    contradicts,
    trace,
    undo,
)
from steelyard.check.shrinking import MANY, SHRINK_STEP, TEST_REVISIONS, grown, without_each
from steelyard.check.wide import Wide, cannot_be, excess, greatest_clash, least_term, terms_of


@compiled
def gains(net: Circuit, wide: Wide, w: int, sign: float, terms: Floats) -> tuple[Int64s, Floats]:
    """For each run of terms of one block where it begins (with the end of all), and its gain."""
    known, member, factor, owner = net.known, wide.member, wide.factor, wide.owner
    begin, end = wide.first[w], wide.first[w + 1]
    runs, gained, n = np.empty(end - begin + 1, np.int64), np.zeros(end - begin, np.float64), 0
    for place in range(begin, end):
        part, v = sign * factor[place], member[place]
        if place == begin or owner[v] != owner[member[place - 1]] or owner[v] < 0:
            runs[n] = place
            n += 1
        least = part * known[2 * v + (1 if part < 0.0 else 0)]
        gained[n - 1] += INFINITY if least == -INFINITY else terms[place - begin] - least
    runs[n] = end
    return runs[: n + 1], gained[:n]


@compiled
def behind_clash(
    net: Circuit, stand: Memory, wide: Wide, w: int, place: int, sign: float, most: float
) -> Int32s:
    """The claims for which a term cannot be held to `most`."""
    time, size, n = int(stand.tally[EVENTS]), 0, 0
    if cannot_be(net, stand, wide, w, place, sign, most):
        size = trace(net, stand, 0, len(stand.path) - 1, 0)
    undo(stand, time)
    claims = np.empty(size, np.int32)
    for q in stand.support[:size]:
        # Behind all claims come the numbers of wide sums.
        if q < len(net.variable):
            claims[n] = q
            n += 1
    return claims[:n]


@compiled
def behind_terms(net: Circuit, stand: Memory, wide: Wide, begin: int, end: int, sign: float) -> Int32s:
    """The claims behind the bounds that some terms of one block have, each once."""
    claims, n = np.empty(64, np.int32), 0
    for place in range(begin, end):
        high_end = 1 if sign * wide.factor[place] < 0.0 else 0
        size = claims_behind(net, stand, 2 * int(wide.member[place]) + high_end)
        claims = grown(claims, n + size)
        for q in stand.support[:size]:
            if not (claims[:n] == q).any():
                claims[n] = q
                n += 1
    return claims[:n]


@compiled
def without_one(claims: Int32s, place: int) -> Int32s:
    """The claims less the one at a place."""
    rest = np.empty(len(claims) - 1, np.int32)
    rest[:place], rest[place:] = claims[:place], claims[place + 1 :]
    return rest


@compiled
def reach(
    net: Circuit, memory: Memory, wide: Wide, begin: int, end: int, sign: float, claims: Int32s
) -> float:
    """The least sum of some terms of one block when only those claims hold."""
    contradicts(net, memory, claims, False)
    total = 0.0
    for place in range(begin, end):
        total += least_term(memory.bounds, sign * wide.factor[place], wide.member[place])
    undo(memory, 0)
    return total


@compiled
def at_least(
    net: Circuit,
    memory: Memory,
    wide: Wide,
    begin: int,
    end: int,
    sign: float,
    claims: Int32s,
    spare: float,
) -> tuple[Int32s, float]:
    """The claims less each that can go without losing all that is to spare; what is left of that."""
    kept, place = claims, 0
    now = reach(net, memory, wide, begin, end, sign, kept)
    while place < len(kept) and len(kept) > 1:
        trial = without_one(kept, place)
        then = reach(net, memory, wide, begin, end, sign, trial)
        loss = now - then + 8.0 * ROUNDING * (abs(now) + abs(then))
        if loss < spare:
            kept, now, spare = trial, then, spare - max(0.0, loss)
        else:
            place += 1
    return kept, spare


@compiled
def still_raised(
    net: Circuit,
    memory: Memory,
    wide: Wide,
    w: int,
    place: int,
    sign: float,
    claims: Int32s,
    value: float,
    spare: float,
) -> tuple[Int32s, float]:
    """The claims less each without which the rest still exceeds a value of one term, or what it may without
    losing all that is to spare; what is left of that.
    """
    kept, at = claims, 0
    while at < len(kept) and len(kept) > 1:
        trial = without_one(kept, at)
        least = value - spare * (1.0 - 1e-6)
        contradicts(net, memory, trial, False)
        time = int(memory.tally[EVENTS])
        if cannot_be(net, memory, wide, w, place, sign, least):
            undo(memory, time)
            kept = trial
            lost = value - greatest_clash(net, memory, wide, w, place, sign, least, value)
            value, spare = value - lost, spare - lost
        else:
            at += 1
        undo(memory, 0)
    return kept, spare


@compiled
def block_claims(
    net: Circuit,
    stand: Memory,
    memory: Memory,
    wide: Wide,
    w: int,
    begin: int,
    end: int,
    sign: float,
    value: float,
    spare: float,
) -> tuple[Int32s, Int32s, float]:
    """The claims behind what the terms of one block are, the first of them `value`; as many of them as it
    takes, where something is to spare; and what is left of that.
    """
    if end - begin == 1 and value > least_term(stand.bounds, sign * wide.factor[begin], wide.member[begin]):
        claims = behind_clash(net, stand, wide, w, begin, sign, value)
        if spare > 0.0:
            kept, spare = still_raised(net, memory, wide, w, begin, sign, claims, value, spare)
            return claims, kept, spare
        return claims, claims, spare
    claims = behind_terms(net, stand, wide, begin, end, sign)
    if spare > 0.0 and len(claims) > 1:
        kept, spare = at_least(net, memory, wide, begin, end, sign, claims, spare)
        return claims, kept, spare
    return claims, claims, spare


@compiled
def explain(
    net: Circuit, stand: Memory, memory: Memory, blocks: Blocks, wide: Wide, w: int, sign: float, listed: int
) -> tuple[Int32s, Int64s, Floats, Int32s, Int64s, float]:
    """Why a wide sum cannot be nought as its blocks stand: a smallest set of claims, those of the blocks that
    do most first; then for all blocks that do something, those that do most first, their numbers and gains;
    for the first `listed` of them, or more until they do twice what is needed, all claims behind what they
    do, one behind another, and where each begins; and by how much the sum misses nought.
    """
    memory.tally[CONE], memory.tally[LOCAL], memory.tally[MOST] = 0, 1, TEST_REVISIONS
    memory.step[0], stand.tally[MOST] = SHRINK_STEP, TEST_REVISIONS
    terms = terms_of(stand.bounds, blocks, wide, w, sign)
    runs, gained = gains(net, wide, w, sign, terms)
    order = np.argsort(-gained)[: (gained > 0.0).sum()]
    need, _, _ = excess(terms)
    spare, kept, done = need, len(order), gained[order[:listed]].sum()
    while listed < len(order) and done < 2.0 * need:
        done += gained[order[listed]]
        listed += 1
    while kept and gained[order[kept - 1]] * (1.0 + 8.0 * ROUNDING) < spare:
        spare -= gained[order[kept - 1]] * (1.0 + 8.0 * ROUNDING)
        kept -= 1
    conflict, n, told = np.empty(64, np.int32), 0, np.empty(64, np.int32)
    first = np.zeros(min(listed, len(order)) + 1, np.int64)
    for rank in range(max(kept, len(first) - 1)):
        begin, end = runs[order[rank]], runs[order[rank] + 1]
        room, value = spare if rank < kept else 0.0, terms[begin - wide.first[w]]
        claims, few, room = block_claims(net, stand, memory, wide, w, begin, end, sign, value, room)
        if rank < len(first) - 1:
            first[rank + 1] = first[rank] + len(claims)
            told = grown(told, first[rank + 1])
            told[first[rank] : first[rank + 1]] = claims
        if rank < kept:
            spare = room
            conflict = grown(conflict, n + len(few))
            conflict[n : n + len(few)] = few
            n += len(few)
        if not len(claims):
            # Without room for the trail nothing can be told.
            n = 0
            break
    memory.tally[LOCAL] = 0
    conflict = conflict[:n]
    if n <= MANY:
        conflict = without_each(net, memory, conflict)
    owners = wide.owner[wide.member[runs[order]]].astype(np.int64)
    return conflict, owners, gained[order], told[: first[-1]], first, need
