"""A network laid out for the kernel: components side by side, equal claims joined, wide sums as trees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from steelyard.check.blocks import Blocks, settle_known
from steelyard.check.compiled import Int32s
from steelyard.check.contraction import COUNTS, Circuit, Memory, label_components
from steelyard.check.network import (
    PRODUCT,
    Flags,
    Floats,
    Integers,
    Network,
    starts,
    wide_sums,
    with_narrow_sums,
)
from steelyard.check.wide import Wide

# Room in the trail: for each variable and claim of the largest component, for each of all that stand, and at
# least.
EVENTS_EACH, EVENTS_STANDING, EVENTS_LEAST = 24, 6, 1 << 16


@dataclass(frozen=True)
class Layout:
    """The kernel's arrays of a network, and which claims of it stand where in them.

    Claims of the circuit are distinct: those of the network that say the same of one variable are one, with
    their weights added up. `place` is the circuit's claim of each of the network's; `claim` the first of the
    network's for each of the circuit's. Component g has the claims from `bounds[g]` to `bounds[g + 1]`, and
    `component` is that of each. What the blocks of a component come to stands in `stand` from one sweep to
    the next; `memory` is there for trials.
    """

    circuit: Circuit
    memory: Memory
    stand: Memory
    blocks: Blocks
    wide: Wide
    place: Integers
    claim: Integers
    weight: Floats
    bounds: Integers
    component: Integers

    @cached_property
    def copies(self) -> tuple[Integers, Integers]:
        """The network's claims in the order of the circuit's, and where those of each begin."""
        return np.argsort(self.place, kind="stable"), starts(
            np.bincount(self.place, minlength=len(self.claim))
        )

    def blocks_of(self, claims: Sequence[int]) -> Integers:
        """The block of each of some claims."""
        return np.searchsorted(self.blocks.claims, np.asarray(claims, np.int64), side="right") - 1

    def is_joined(self, group: int) -> bool:
        """Whether the blocks of a component are joined by wide sums."""
        return bool(self.blocks.late_first[group] < self.blocks.late_first[group + 1])

    @property
    def components(self) -> int:
        """How many components have claims."""
        return len(self.bounds) - 1


class Certifier(Protocol):
    """Exact logic for what narrowing cannot tell; claims are those of a layout."""

    def certify(self, layout: Layout, active: NDArray[np.uint8]) -> tuple[list[list[int]], bool]:
        """What contradicts itself among active claims, and whether all of them could be looked at."""

    def lean(self, layout: Layout, conflict: Sequence[int]) -> list[int]:
        """A conflict without the claims that only narrowing needs."""


def lay_out(network: Network) -> Layout:
    """The arrays of a network and room for the kernel to work on them."""
    narrow = with_narrow_sums(network)
    late = np.arange(len(narrow.kind)) >= len(network.kind) - len(wide_sums(network))
    parts = label_components(len(narrow.low), *_rows(narrow, ~late))
    labels = label_components(len(narrow.low), *_rows(narrow, np.ones_like(late)))
    # Variables, constraints and claims of one block side by side: the kernel then stays in the cache.
    variables = np.lexsort((parts, labels))
    number = np.empty(len(variables), np.int32)
    number[variables] = np.arange(len(variables), dtype=np.int32)
    place, claim, weight = _distinct(narrow, number)
    owner, tops = labels[narrow.variable[claim]], narrow.member[narrow.first[:-1]]
    bounds = np.append(_changes(owner), len(claim)).astype(np.int64)
    circuit = _circuit(narrow, np.lexsort((parts[tops], labels[tops])), variables, number, claim, late)
    sizes = np.bincount(labels, minlength=1) if len(labels) else np.zeros(1, np.int64)
    room = EVENTS_LEAST + EVENTS_EACH * int(sizes.max(initial=0) + np.diff(bounds).max(initial=0))
    component = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    sums = len(wide_sums(network))
    memory = _memory(circuit, room, sums)
    settle_known(circuit, memory)
    if late.any():
        room += EVENTS_STANDING * (len(variables) + len(claim))
    stand = _memory(circuit, room, sums)
    whole = labels[variables]
    blocks = _blocks(circuit, whole, parts[variables], bounds)
    wide = _wide(network, number, whole, whole[circuit.variable[bounds[:-1]]], blocks)
    return Layout(circuit, memory, stand, blocks, wide, place, claim, weight, bounds, component)


def _rows(network: Network, kept: Flags) -> tuple[Int32s, Int32s]:
    """Where the rows of some constraints begin, and their members."""
    widths = np.diff(network.first)
    member = network.member if kept.all() else network.member[np.repeat(kept, widths)]
    return starts(widths[kept]).astype(np.int32), member.astype(np.int32)


def _changes(labels: NDArray[Any]) -> Integers:
    """Where runs of equal labels begin."""
    return np.flatnonzero(np.append(True, labels[1:] != labels[:-1])[: len(labels)])


def _blocks(circuit: Circuit, whole: Int32s, parts: Int32s, bounds: Integers) -> Blocks:
    """The blocks that have claims. `whole` and `parts` are the labels of the component and of the block of
    each variable of the circuit, `bounds` the claims of components.
    """
    runs = np.append(_changes(parts), len(parts)).astype(np.int64)
    begin = _changes(parts[circuit.variable]).astype(np.int64)
    run = np.searchsorted(runs, circuit.variable[begin], side="right") - 1
    late, tops = np.flatnonzero(circuit.late), whole[circuit.variable[bounds[:-1]]]
    late_tops = whole[circuit.member[circuit.first[late]]]
    joining = late[np.isin(late_tops, tops)].astype(np.int32)
    taken, stands, cut = (
        np.zeros(size, np.uint8) for size in (len(circuit.variable), len(begin), len(begin))
    )
    return Blocks(
        first=np.searchsorted(begin, bounds).astype(np.int64),
        claims=np.append(begin, len(circuit.variable)).astype(np.int64),
        low=runs[run],
        high=runs[run + 1],
        late_first=_run_starts(tops, late_tops),
        late=joining,
        taken=taken,
        stands=stands,
        cut=cut,
        turn=np.zeros(len(begin), np.int64),
    )


def _run_starts(tops: Int32s, labels: Int32s) -> Integers:
    """Where the rows of each of `tops` begin among rising labels, those of others left out, and their end."""
    labels = labels[np.isin(labels, tops)]
    return np.append(np.searchsorted(labels, tops), len(labels)).astype(np.int64)


def _wide(network: Network, number: Int32s, whole: Int32s, tops: Int32s, blocks: Blocks) -> Wide:
    """The wide sums of the components labelled `tops`, the terms of each in the order of the circuit."""
    rows, widths = wide_sums(network), np.diff(network.first)
    labels = whole[number[network.member[network.first[rows]]]]
    order = np.argsort(labels, kind="stable")
    order = order[np.isin(labels[order], tops)]
    places = _spans(network.first[rows[order]], widths[rows[order]])
    member = number[network.member[places]]
    by_member = np.lexsort((member, np.repeat(np.arange(len(order)), widths[rows[order]])))
    owner = np.full(len(number), -1, np.int32)
    sizes = blocks.high - blocks.low
    owner[_spans(blocks.low, sizes)] = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    return Wide(
        _run_starts(tops, labels[order]),
        starts(widths[rows[order]]),
        member[by_member],
        network.factor[places][by_member],
        owner,
        np.zeros(2 * len(member), np.int64),
        np.empty(2 * len(member), np.float64),
        np.empty(2 * len(member), np.float64),
    )


def _distinct(network: Network, number: Int32s) -> tuple[Integers, Integers, Floats]:
    """Claims in the order of their variables, equal ones once: the place of each, the first of each, and the
    weights added up.
    """
    order = np.lexsort((network.most, network.least, number[network.variable]))
    keys = (number[network.variable[order]], network.least[order], network.most[order])
    new = np.ones(len(order), np.bool_)
    if len(order):
        new[1:] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    place = np.empty(len(order), np.int64)
    place[order] = np.cumsum(new) - 1
    # The sort is stable, so the first of equals is the first in the network.
    weight = np.bincount(place, network.weight, minlength=int(new.sum()))
    return place, order[new].astype(np.int64), weight.astype(np.float64)


def _circuit(
    network: Network,
    constraints: Integers,
    variables: Integers,
    number: Int32s,
    claim: Integers,
    late: Flags,
) -> Circuit:
    """The constraints in that order, `late` those that are parts of wide sums."""
    widths = np.diff(network.first)
    places = _spans(network.first[:-1][constraints], widths[constraints])
    first = starts(widths[constraints]).astype(np.int32)
    member, factor = number[network.member[places]], network.factor[places]
    kind = network.kind[constraints].astype(np.uint8)
    known = np.column_stack([network.low[variables], network.high[variables]]).ravel()
    watching = np.repeat(np.arange(len(constraints), dtype=np.int32), widths[constraints])
    by_member = np.argsort(member, kind="stable")
    return Circuit(
        known,
        kind,
        first,
        member,
        factor,
        _is_plain(kind, first, member, factor, known).astype(np.uint8),
        late[constraints].astype(np.uint8),
        starts(np.bincount(member, minlength=len(variables))).astype(np.int32),
        watching[by_member],
        number[network.variable[claim]],
        network.least[claim],
        network.most[claim],
    )


def _spans(first: Integers, widths: Integers) -> Integers:
    """The numbers from `first` on, as many as `widths` says, row behind row."""
    offsets = np.arange(int(widths.sum())) - np.repeat(np.cumsum(widths) - widths, widths)
    return np.repeat(first, widths) + offsets


def _is_plain(
    kind: NDArray[np.uint8],
    first: Int32s,
    member: Int32s,
    factor: Floats,
    known: Floats,
) -> Flags:
    """Which constraints are products of numbers that are nowhere below zero."""
    plain = np.zeros(len(kind), np.bool_)
    products = np.flatnonzero(kind == PRODUCT)
    begin = first[products]
    lows = known[2 * member[begin[:, None] + np.arange(3)]] if len(products) else np.zeros((0, 3))
    plain[products] = (lows >= 0).all(axis=1) & (factor[begin] > 0)
    return plain


def _memory(circuit: Circuit, events: int, sums: int) -> Memory:
    """Room for so many events; a wide sum may stand behind a bound as a claim does."""
    variables, constraints = len(circuit.known) // 2, len(circuit.kind)
    reasons = len(circuit.variable) + sums
    return Memory(
        bounds=circuit.known.copy(),
        latest=np.full(2 * variables, -1, np.int32),
        event_bound=np.empty(events, np.int32),
        event_reason=np.empty(events, np.int32),
        event_before=np.empty(events, np.int32),
        event_old=np.empty(events, np.float64),
        queue=np.empty(constraints + 1, np.int32),
        queued=np.zeros(constraints, np.uint8),
        cone=np.zeros(constraints, np.int32),
        moving=np.zeros(2 * variables, np.int32),
        frozen=np.zeros(variables, np.uint8),
        clash_bound=np.empty(variables + 1, np.int32),
        clash_reason=np.empty(variables + 1, np.int32),
        clash_time=np.empty(variables + 1, np.int32),
        seen=np.zeros(events, np.uint8),
        path=np.empty(events + 1, np.int32),
        marked=np.zeros(reasons, np.uint8),
        support=np.empty(reasons + 1, np.int32),
        tally=np.zeros(COUNTS, np.int64),
        step=np.zeros(1, np.float64),
    )
