"""find_contradictions(network) -> all that cannot hold: smallest conflicts, ranked repairs, and how sure that
is.

One sweep after another finds conflicts; what their cheapest repair gives up is left out of the next, until
nothing contradicts itself any more. A set of claims that hits some conflicts at least cost, and whose loss
leaves a network without conflict, is the cheapest repair of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from steelyard.check.blocks import which_hold
from steelyard.check.circuit import Certifier, Layout, lay_out
from steelyard.check.clusters import Cluster, Clusters
from steelyard.check.network import Flags, Integers, Network, starts
from steelyard.check.repairs import Choice, cheapest
from steelyard.check.shortfalls import cheapest_with
from steelyard.check.sweeps import Found, swept

# Up to so many claims a network is certified unless the caller says otherwise.
CERTIFIED = 10_000
# Alternatives in a larger component are not tried, since each trial would walk over all of it.
TRIED = 2_000
# A number with more values than this that exclude each other is settled by itself.
MOST_VALUES = 24
# Narrowing follows what so few claims do as far as exact logic.
FEW = 3
# Conflicts of more claims in a wide sum are told, but what they ask of a repair its shortfall says.
MOST_NAMED = 24
# The cheapest repair is sought for so many sweeps, of large components for so many claims in all.
FIRST_SWEEPS, EXACT_SWEEPS, EXACT_CLAIMS, MOST_SWEEPS = 6, 100, 60_000, 400


@dataclass(frozen=True, slots=True)
class Repair:
    """Claims that are taken for wrong so that the rest can hold, what that costs, and what else would do.

    `proven` says that nothing costs less. `alternatives` are ranked; those of large components are not tried
    against the rest, and `tried` says so.
    """

    conflicts: tuple[tuple[int, ...], ...]
    claims: tuple[int, ...]
    cost: float
    proven: bool
    alternatives: tuple[tuple[int, ...], ...]
    tried: bool


@dataclass(frozen=True)
class Contradictions:
    """What contradicts itself in a network, by the numbers of its claims.

    Each conflict is a smallest set of claims that cannot all hold; of claims that say the same, the first
    stands for all, but a repair names each. `certified` says that what is left was proven consistent, not
    only by narrowing intervals. `unfinished` are claims of components that were cut off before they came to
    rest: what is told of them is right, but there may be more.
    """

    repairs: tuple[Repair, ...]
    certified: bool
    unfinished: Integers = field(repr=False)

    @property
    def conflicts(self) -> list[tuple[int, ...]]:
        """All smallest conflicts."""
        return [conflict for repair in self.repairs for conflict in repair.conflicts]

    @property
    def cost(self) -> float:
        """What the cheapest repair of all costs."""
        return sum(repair.cost for repair in self.repairs)


def find_contradictions(network: Network, *, certify: bool | None = None) -> Contradictions:
    """All contradictions of a network. With `certify`, what narrowing calls consistent is proven to be so; by
    default that is done up to CERTIFIED claims.
    """
    certifier = None
    if certify or (certify is None and network.claims <= CERTIFIED):
        from steelyard.check.certificate import certifier_of

        certifier = certifier_of(network)
    return _Search(lay_out(network), certifier).result()


class _Search:
    """Conflicts by component, and their cheapest repairs, as they grow."""

    def __init__(self, layout: Layout, certifier: Certifier | None) -> None:
        self.layout, self.certifier = layout, certifier
        self.crowded = _crowded(layout)
        # Claims that may count at all: not those of a crowded number that most others exclude.
        self.counting = np.ones(len(layout.claim), np.uint8)
        self.counting[[dropped for dropped, _ in self.crowded]] = 0
        self.active = self.counting.copy()
        self.clusters = Clusters()
        # Of claims of one weight that is given up which stands nearest to where intervals clashed.
        self.rank: dict[int, int] = {}
        self.sweeps = 0
        self.weight = dict(enumerate(layout.weight.tolist()))
        self.lightest = (
            np.minimum.reduceat(layout.weight, layout.blocks.claims[:-1]) if self.weight else layout.weight
        )
        self.touched = np.zeros(len(self.lightest), np.bool_)
        self.unfinished = np.zeros(layout.components, np.bool_)

    def result(self) -> Contradictions:
        """Sweep until nothing is left, prove that if asked, and rank the repairs."""
        certified = False
        groups = np.arange(self.layout.components, dtype=np.int64)
        for _ in range(MOST_SWEEPS):
            groups = self._sweep(groups)
            if not len(groups) and self.certifier and not certified:
                conflicts, certified = self.certifier.certify(self.layout, self.active)
                found = [Found(int(self.layout.component[one[0]]), tuple(one)) for one in conflicts]
                groups = self._settle(found)
                certified = certified and not found
            if not len(groups):
                break
        self.unfinished[groups] = True
        return Contradictions(tuple(self._repairs()), certified, self._claims_of(self.unfinished))

    def _sweep(self, groups: Integers) -> Integers:
        """One sweep over some components; those in which something was found."""
        found, self.unfinished[groups] = swept(self.layout, groups, self.active)
        return self._settle([replace(one, claims=self._lean(one.claims)) for one in found])

    def _lean(self, conflict: tuple[int, ...]) -> tuple[int, ...]:
        """The conflict without what only narrowing needs; of so few claims it needs none too many."""
        if self.certifier is None or len(conflict) <= FEW:
            return conflict
        return tuple(self.certifier.lean(self.layout, conflict))

    def _settle(self, found: Sequence[Found]) -> Integers:
        """Leave out of the next sweep what the cheapest repairs give up; the components that this touches.

        When it gets late what was given up once stays so: many claims could be wrong then, all are equally
        likely, and to try each in turn would take as many sweeps.
        """
        self.sweeps += 1
        grown: dict[Cluster, list[Found]] = {}
        for one in found:
            home, joined = self._place(one)
            fresh = [one]
            for other in joined:
                self.active[list(other.chosen)] = self.counting[list(other.chosen)]
                fresh += grown.pop(other, [])
            grown[home] = fresh
        for cluster, fresh in grown.items():
            cluster.rounds += 1
            cluster.ranked = (
                self._given_up(cluster, fresh) if self._is_late(cluster) else self._ranked(cluster)
            )
            self.active[list(cluster.chosen)] = 0
        return np.array(sorted({cluster.group for cluster in grown}), np.int64)

    def _place(self, one: Found) -> tuple[Cluster, list[Cluster]]:
        """The cluster that something found belongs to, and those that are joined in it."""
        conflict, missed = frozenset(one.claims), one.shortfall
        is_told = missed is not None and len(conflict) > MOST_NAMED
        claims = [] if is_told else list(one.claims)
        if missed is not None:
            claims += [claim for _, part in missed.parts for claim in sorted(part)]
        for place, claim in enumerate(claims):
            self.rank.setdefault(claim, place)
        self.touched[self.layout.blocks_of(claims)] = True
        home, joined = self.clusters.place_for(one.group, claims)
        (home.told if is_told else home.conflicts).append(conflict)
        if missed is not None:
            home.shortfalls.append(missed)
        return home, joined

    def _is_late(self, cluster: Cluster) -> bool:
        if self.layout.is_joined(cluster.group):
            sweeps, size = cluster.rounds, cluster.width
        else:
            sweeps, size = self.sweeps, self._size(cluster.group)
        return sweeps > (FIRST_SWEEPS if sweeps * size > EXACT_CLAIMS else EXACT_SWEEPS)

    def _ranked(self, cluster: Cluster) -> list[Choice]:
        cluster.given = self._given(cluster)
        if not cluster.shortfalls:
            return cheapest(cluster.conflicts, self.weight, self.rank)
        return cheapest_with(
            cluster.conflicts, cluster.shortfalls, self.weight, self.rank, self.touched, self.lightest
        )

    def _given(self, cluster: Cluster) -> int:
        """Of how many blocks beside those listed other repairs may give something up."""
        return sum(int(self.touched[one.blocks].sum()) for one in cluster.shortfalls)

    def _given_up(self, cluster: Cluster, fresh: Sequence[Found]) -> list[Choice]:
        """Beside all that was given up before, the cheapest claim of each new conflict."""
        gone = set(cluster.chosen)
        for one in fresh:
            alone = Cluster(cluster.group, conflicts=[frozenset(one.claims)])
            if one.shortfall is not None:
                alone = Cluster(cluster.group, shortfalls=[one.shortfall])
            gone.update(self._ranked(alone)[0].claims)
        return [Choice(tuple(sorted(gone)), sum(self.weight[claim] for claim in gone), proven=False)]

    def _repairs(self) -> list[Repair]:
        """The repair of each cluster with the alternatives that hold, by claims."""
        for cluster in self.clusters.all:
            # What other repairs may take out of its sums was not known yet when it was ranked.
            if cluster.given != self._given(cluster) and cluster.ranked[0].proven:
                cluster.ranked = self._ranked(cluster)
        rows = [(cluster, choice) for cluster in self.clusters.all for choice in cluster.ranked[1:]]
        tried = [row for row in rows if self._size(row[0].group) <= TRIED]
        bad = {row for row, holds in zip(tried, self._hold(tried), strict=True) if not holds}
        found = [self._repair(cluster, bad) for cluster in self.clusters.all]
        return sorted([*found, *self._crowds()], key=lambda repair: repair.conflicts)

    def _crowds(self) -> list[Repair]:
        """The repair of each number that was settled by itself."""
        crowds: dict[int, list[tuple[int, int]]] = {}
        for dropped, keeper in self.crowded:
            crowds.setdefault(int(self.layout.circuit.variable[dropped]), []).append((dropped, keeper))
        return [
            Repair(
                tuple(sorted(self._named(pair) for pair in pairs)),
                self._copies(dropped for dropped, _ in pairs),
                sum(self.weight[dropped] for dropped, _ in pairs),
                proven=False,
                alternatives=(),
                tried=False,
            )
            for pairs in crowds.values()
        ]

    def _size(self, group: int) -> int:
        return int(self.layout.bounds[group + 1] - self.layout.bounds[group])

    def _hold(self, rows: Sequence[tuple[Cluster, Choice]]) -> list[bool]:
        """Whether each alternative, with the repairs of the other clusters, leaves a component in peace."""
        near = self.clusters.by_group()
        out = [
            [
                claim
                for other in near[cluster.group]
                for claim in (choice.claims if other is cluster else other.chosen)
            ]
            for cluster, choice in rows
        ]
        widths = np.array([len(row) for row in out], np.int64)
        flat = np.array([claim for row in out for claim in row], np.int32)
        groups = np.array([cluster.group for cluster, _ in rows], np.int64)
        layout = self.layout
        holds = which_hold(
            layout.circuit, layout.stand, layout.blocks, groups, self.counting, flat, starts(widths)
        )
        return [bool(one) for one in holds]

    def _repair(self, cluster: Cluster, bad: set[tuple[Cluster, Choice]]) -> Repair:
        others = [choice for choice in cluster.ranked[1:] if (cluster, choice) not in bad]
        best = cluster.ranked[0]
        return Repair(
            tuple(sorted(self._named(one) for one in [*cluster.conflicts, *cluster.told])),
            self._copies(best.claims),
            best.cost,
            best.proven,
            tuple(self._copies(choice.claims) for choice in others),
            self._size(cluster.group) <= TRIED,
        )

    def _named(self, conflict: Iterable[int]) -> tuple[int, ...]:
        """A conflict by claims of the network, of equal ones the first."""
        return tuple(sorted(int(self.layout.claim[claim]) for claim in conflict))

    def _copies(self, claims: Iterable[int]) -> tuple[int, ...]:
        """All claims of the network that stand behind some of the circuit."""
        order, first = self.layout.copies
        return tuple(sorted(int(one) for claim in claims for one in order[first[claim] : first[claim + 1]]))

    def _claims_of(self, components: Flags) -> Integers:
        return np.flatnonzero(components[self.layout.component][self.layout.place])


def _crowded(layout: Layout) -> list[tuple[int, int]]:
    """For numbers with very many values that exclude each other, those outside the point that most agree on,
    each with one that it contradicts.
    """
    _, begin, counts = np.unique(layout.circuit.variable, return_index=True, return_counts=True)
    found: list[tuple[int, int]] = []
    for start, count in zip(begin[counts > MOST_VALUES], counts[counts > MOST_VALUES], strict=True):
        claims = np.arange(start, start + count)
        claims = claims[layout.circuit.least[claims] <= layout.circuit.most[claims]]
        least, most = layout.circuit.least[claims], layout.circuit.most[claims]
        if not len(claims) or least.max() <= most.min():
            continue
        # Most weight is on a low end: that of claims begun by then less that of claims ended before.
        order, weight = np.argsort(most, kind="stable"), layout.weight[claims]
        ended = np.concatenate([[0.0], np.cumsum(weight[order])])[np.searchsorted(most[order], least)]
        rising = np.argsort(least, kind="stable")
        begun = np.cumsum(weight[rising])[np.searchsorted(least[rising], least, side="right") - 1]
        point = least[np.argmax(begun - ended)]
        inside = (least <= point) & (point <= most)
        lowest, highest = claims[inside][np.argmin(most[inside])], claims[inside][np.argmax(least[inside])]
        for claim, is_above in zip(claims[~inside], least[~inside] > point, strict=True):
            found.append((int(claim), int(lowest if is_above else highest)))
    return found
