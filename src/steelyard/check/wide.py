"""Kernel: wide sums beside blocks that stand, and what about such a sum cannot be.

Each block is at rest by itself; all that a wide sum adds is that what the blocks leave of its terms must make
nought. So one walk over the terms tells whether it can. Where it can, a block may still not be able to be
what the others leave for it: it is asked. `blame.py` goes on from here.

    w, place   a wide sum, and one of its terms    k   a block
    sign       1.0 to look at the terms, -1.0 to look at minus the terms: so least ends are enough
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from steelyard.check.blocks import Blocks
from steelyard.check.compiled import Floats, Int32s, Int64s, compiled
from steelyard.check.contraction import (
    CLASHES,
    CUT,
    EVENTS,
    INFINITY,
    MOST,
    ROUNDING,
    Circuit,
    Memory,
    above,
    below,
    propagate,
    tighten,
    undo,
    wake,
)
from steelyard.check.shrinking import TEST_REVISIONS

# Steps in which the greatest value is sought that a term cannot be held to.
SEARCH = 40
# What a block exceeds is noted where that is such a part of what a sum is away from missing nought.
WORTH = 1e-3


class Wide(NamedTuple):
    """Wide sums: those of component g from `of[g]` to `of[g + 1]`, their terms from `first[w]` to
    `first[w + 1]`, in the order of variables and so of blocks; `owner` is the block of each variable, or -1.

    What is known of a term beside its bounds, at twice its place, and of minus the term behind that: `raised`
    is a value that its block surely exceeds, `fine` one that it could be held to, both in turn `asked`.
    """

    of: Int64s
    first: Int64s
    member: Int32s
    factor: Floats
    owner: Int32s
    asked: Int64s
    fine: Floats
    raised: Floats


@compiled
def least_term(bounds: Floats, factor: float, v: int) -> float:
    """The least that a factor times a variable can be."""
    end: float = bounds[2 * v + (1 if factor < 0.0 else 0)]
    return factor * end


@compiled
def terms_of(bounds: Floats, blocks: Blocks, wide: Wide, w: int, sign: float) -> Floats:
    """The least that each term of a wide sum can be as its block stands."""
    member, factor, owner, turn = wide.member, wide.factor, wide.owner, blocks.turn
    asked, raised, side = wide.asked, wide.raised, 1 if sign < 0.0 else 0
    begin, end = wide.first[w], wide.first[w + 1]
    found = np.empty(end - begin, np.float64)
    for place in range(begin, end):
        part, v = sign * factor[place], member[place]
        least = part * bounds[2 * v + (1 if part < 0.0 else 0)]
        at, k = 2 * place + side, owner[v]
        if k >= 0 and asked[at] == turn[k] and raised[at] > least:
            least = raised[at]
        found[place - begin] = least
    return found


@compiled
def excess(terms: Floats) -> tuple[float, float, int]:
    """The sum of the terms that are not open, rounded down, by how much that was, and how many are open."""
    total, size, opened = 0.0, 0.0, 0
    for term in terms:
        if abs(term) == INFINITY:
            opened += 1
        else:
            total += term
            size += abs(term)
    slack = size * (len(terms) + 4) * ROUNDING
    return total - slack, slack, opened


@compiled
def sums_apart(stand: Memory, blocks: Blocks, wide: Wide, groups: Int64s) -> tuple[Int64s, Floats]:
    """The wide sums of components that cannot be nought as their blocks stand, and the sign of each."""
    found, signs, n = np.empty(len(wide.first), np.int64), np.empty(len(wide.first), np.float64), 0
    for g in groups:
        for w in range(wide.of[g], wide.of[g + 1]):
            for sign in (1.0, -1.0):
                total, _, opened = excess(terms_of(stand.bounds, blocks, wide, w, sign))
                if not opened and total > 0.0:
                    found[n], signs[n] = w, sign
                    n += 1
    return found[:n], signs[:n]


@compiled
def assume(net: Circuit, stand: Memory, wide: Wide, w: int, place: int, sign: float, most: float) -> None:
    """Hold a term of a wide sum to `most`, as if a claim said so that has its number behind all claims."""
    factor, v = sign * wide.factor[place], int(wide.member[place])
    end = above(most / factor, 2.0) if factor > 0.0 else below(most / factor, 2.0)
    if tighten(net, stand, 2 * v + (1 if factor > 0.0 else 0), end, -1 - len(net.variable) - w):
        wake(net, stand, v, -1)


@compiled
def cannot_be(net: Circuit, stand: Memory, wide: Wide, w: int, place: int, sign: float, most: float) -> bool:
    """Whether a block cannot be when a term of a wide sum is held to `most`; the clash is left standing."""
    stand.tally[CUT] = 0
    assume(net, stand, wide, w, place, sign, most)
    propagate(net, stand, False)
    return bool(stand.tally[CLASHES] > 0)


@compiled
def greatest_clash(
    net: Circuit, stand: Memory, wide: Wide, w: int, place: int, sign: float, most: float, ends: float
) -> float:
    """A value that a term can surely not be held to: `most`, for which that is so, or well above it, below
    `ends`.
    """
    time, step, failed = int(stand.tally[EVENTS]), 1e-4 * abs(most) + 1e-9, INFINITY
    for _ in range(SEARCH):
        trial = most + step if failed == INFINITY else 0.5 * (most + failed)
        if trial < ends and cannot_be(net, stand, wide, w, place, sign, trial):
            most = trial
        else:
            failed = trial
        step *= 2.0
        undo(stand, time)
    return most


@compiled
def ask(
    net: Circuit,
    stand: Memory,
    wide: Wide,
    w: int,
    place: int,
    sign: float,
    most: float,
    before: float,
    enough: float,
) -> float:
    """What a term surely exceeds, by what its block says when it is held to `most`: more than was known
    before by `enough`, or that.

    What narrowing leaves of a term may hold a value that narrowing from that value on would exclude.
    """
    factor, v, time = sign * wide.factor[place], wide.member[place], int(stand.tally[EVENTS])
    ends = -least_term(stand.bounds, -factor, v)
    clash = cannot_be(net, stand, wide, w, place, sign, most)
    # What a block exceeds when its term is held to more, it exceeds when it is held to just that.
    least = least_term(stand.bounds, factor, v)
    undo(stand, time)
    raised, value = before, least - 4.0 * ROUNDING * abs(least)
    if clash:
        raised = greatest_clash(net, stand, wide, w, place, sign, most, ends)
    elif value > before + enough and cannot_be(net, stand, wide, w, place, sign, value):
        raised = value
    undo(stand, time)
    return raised


@compiled
def ask_each(net: Circuit, stand: Memory, blocks: Blocks, wide: Wide, w: int, sign: float) -> bool:
    """Ask the blocks of a wide sum what the other terms leave for theirs; whether more is known then."""
    terms, more = terms_of(stand.bounds, blocks, wide, w, sign), False
    total, slack, opened = excess(terms)
    if opened > 1:
        return False
    begin, end, enough = wide.first[w], wide.first[w + 1], WORTH * max(0.0, -total)
    bounds, turn = stand.bounds, blocks.turn
    for place in range(begin, end):
        factor, v, own = sign * wide.factor[place], wide.member[place], terms[place - begin]
        k, at, is_open = wide.owner[v], 2 * place + (1 if sign < 0.0 else 0), own == -INFINITY
        shared = (place > begin and wide.owner[wide.member[place - 1]] == k) or (
            place + 1 < end and wide.owner[wide.member[place + 1]] == k
        )
        if k < 0 or shared or opened != (1 if is_open else 0):
            continue
        most = 2.0 * slack - (total if is_open else total - own)
        ends = factor * bounds[2 * v + (0 if factor < 0.0 else 1)]
        if most < ends and not (wide.asked[at] == turn[k] and most + enough >= wide.fine[at]):
            raised = ask(net, stand, wide, w, place, sign, most, own, enough)
            wide.raised[at], wide.asked[at], wide.fine[at] = raised, turn[k], most
            more = more or raised > own
    return more


@compiled
def ask_all(net: Circuit, stand: Memory, blocks: Blocks, wide: Wide, groups: Int64s) -> bool:
    """Ask all blocks in components what wide sums leave for their terms; whether more is known then."""
    more = False
    stand.tally[MOST] = TEST_REVISIONS
    for g in groups:
        for w in range(wide.of[g], wide.of[g + 1]):
            for sign in (1.0, -1.0):
                if ask_each(net, stand, blocks, wide, w, sign):
                    more = True
    return more
