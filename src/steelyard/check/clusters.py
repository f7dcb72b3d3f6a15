"""Clusters: conflicts, and wide sums that miss, that share claims and so are repaired together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from steelyard.check.repairs import Choice, Conflict
from steelyard.check.shortfalls import Shortfall


@dataclass(eq=False)
class Cluster:
    """Conflicts and shortfalls of component `group` that hang together by `claims`, with their repairs, the
    cheapest first.

    `told` are conflicts that only stand for a shortfall. It has grown in so many `rounds`, and was ranked
    when other repairs could take part in so many blocks of its sums as `given` says.
    """

    group: int
    claims: set[int] = field(default_factory=set)
    conflicts: list[Conflict] = field(default_factory=list)
    shortfalls: list[Shortfall] = field(default_factory=list)
    told: list[Conflict] = field(default_factory=list)
    ranked: list[Choice] = field(default_factory=list)
    rounds: int = 0
    given: int = 0

    @property
    def width(self) -> int:
        """The number of claims, or of the blocks of its widest sum, that it takes to look at it again."""
        return max([len(self.claims), *(len(one.parts) + len(one.blocks) for one in self.shortfalls)])

    @property
    def chosen(self) -> tuple[int, ...]:
        """The claims that its repair gives up."""
        return self.ranked[0].claims if self.ranked else ()


@dataclass
class Clusters:
    """All clusters as they grow, by the claims in them."""

    of: dict[int, Cluster] = field(default_factory=dict)
    all: dict[Cluster, None] = field(default_factory=dict)

    def place_for(self, group: int, claims: Iterable[int]) -> tuple[Cluster, list[Cluster]]:
        """The cluster of some claims, in which all that had any of them are joined, and those that were."""
        claims = list(claims)
        near = list(dict.fromkeys(self.of[claim] for claim in claims if claim in self.of))
        home = max(near, key=lambda one: len(one.claims)) if near else Cluster(group)
        self.all.setdefault(home)
        for other in near:
            if other is not home:
                self._join(home, other)
        home.claims.update(claims)
        self.of.update(dict.fromkeys(claims, home))
        return home, near

    def _join(self, home: Cluster, other: Cluster) -> None:
        home.conflicts += other.conflicts
        home.shortfalls += other.shortfalls
        home.told += other.told
        # Until it is ranked anew, all that either gives up counts.
        gone = tuple(sorted({*home.chosen, *other.chosen}))
        home.ranked = [Choice(gone, 0.0, proven=False)]
        home.rounds = max(home.rounds, other.rounds)
        home.claims |= other.claims
        self.of.update(dict.fromkeys(other.claims, home))
        del self.all[other]

    def by_group(self) -> dict[int, list[Cluster]]:
        """The clusters of each component, in its order."""
        found: dict[int, list[Cluster]] = {}
        for cluster in sorted(self.all, key=lambda one: one.group):
            found.setdefault(cluster.group, []).append(cluster)
        return found
