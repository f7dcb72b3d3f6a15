"""A network laid out for the kernel: components side by side, equal claims joined, wide sums as trees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from steelyard.check.contraction import COUNTS, Circuit, Memory, label_components
from steelyard.check.network import PRODUCT, Flags, Floats, Integers, Network, starts, with_narrow_sums
from steelyard.check.shrinking import settle_known

# Room in the trail: for each variable and claim of the largest component, and at least.
EVENTS_EACH, EVENTS_LEAST = 24, 1 << 16


@dataclass(frozen=True)
class Layout:
    """The kernel's arrays of a network, and which claims of it stand where in them.

    Claims of the circuit are distinct: those of the network that say the same of one variable are one, with
    their weights added up. `place` is the circuit's claim of each of the network's; `claim` the first of the
    network's for each of the circuit's. Component g has the claims from `bounds[g]` to `bounds[g + 1]`, and
    `component` is that of each.
    """

    circuit: Circuit
    memory: Memory
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
    first, member = narrow.first.astype(np.int32), narrow.member.astype(np.int32)
    labels = label_components(len(narrow.low), first, member)
    # Variables, constraints and claims of one component side by side: the kernel then stays in the cache.
    variables = np.argsort(labels, kind="stable")
    number = np.empty(len(variables), np.int32)
    number[variables] = np.arange(len(variables), dtype=np.int32)
    place, claim, weight = _distinct(narrow, number)
    owner = labels[narrow.variable[claim]]
    _, bounds = np.unique(owner, return_index=True)
    bounds = np.append(bounds, len(claim)).astype(np.int64)
    circuit = _circuit(narrow, labels, variables, number, claim)
    sizes = np.bincount(labels, minlength=1) if len(labels) else np.zeros(1, np.int64)
    room = EVENTS_LEAST + EVENTS_EACH * int(sizes.max(initial=0) + np.diff(bounds).max(initial=0))
    component = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    memory = _memory(circuit, room)
    settle_known(circuit, memory)
    return Layout(circuit, memory, place, claim, weight, bounds, component)


def _distinct(network: Network, number: NDArray[np.int32]) -> tuple[Integers, Integers, Floats]:
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
    labels: NDArray[np.int32],
    variables: Integers,
    number: NDArray[np.int32],
    claim: Integers,
) -> Circuit:
    widths = np.diff(network.first)
    constraints = np.argsort(labels[network.member[network.first[:-1]]], kind="stable")
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
    first: NDArray[np.int32],
    member: NDArray[np.int32],
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


def _memory(circuit: Circuit, events: int) -> Memory:
    variables, constraints = len(circuit.known) // 2, len(circuit.kind)
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
        marked=np.zeros(len(circuit.variable), np.uint8),
        support=np.empty(len(circuit.variable) + 1, np.int32),
        tally=np.zeros(COUNTS, np.int64),
        step=np.zeros(1, np.float64),
    )
