"""Repairs where wide sums are in play: claims that hit every conflict and take enough out of every sum that
misses nought.

A wide sum that misses has more smallest conflicts than could be listed; but what each block does to it is
known, and so what giving up claims can take out of it at most. That bounds the cost of every repair from
below. A search in the order of cost then finds the cheapest, as for conflicts alone.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from steelyard.check.network import Flags, Floats, Integers
from steelyard.check.repairs import MOST_ALTERNATIVES, Choice, Conflict, covering, smallest

# Beyond so many steps of the search the repair comes from a solver, or is one that does, not the cheapest.
PATIENCE = 400
# Then a solver is asked, of so many claims at most and for so many nodes of its search.
MOST_SOLVED, MOST_NODES = 300, 200
# Blocks that are not listed may take part in a repair up to so many times.
UNLISTED = 8
# What a claim takes out of a sum is rounded; so little more or less counts as enough.
ROOM = 1e-9


@dataclass(frozen=True, eq=False)
class Shortfall:
    """A wide sum that misses nought by `need`. `parts` are the blocks that do most to it: what each does, and
    the claims without any of which it would do that still. `blocks` and `gains` are those of the others.
    """

    need: float
    parts: tuple[tuple[float, Conflict], ...]
    blocks: Integers
    gains: Floats

    @cached_property
    def claims(self) -> Conflict:
        """All claims of the parts."""
        return frozenset[int]().union(*(claims for _, claims in self.parts))

    def left(self, chosen: Conflict | set[int]) -> float:
        """What is still to be taken out of the sum once some claims are given up; not above zero: nothing."""
        taken = sum(gain for gain, claims in self.parts if not claims.isdisjoint(chosen))
        return self.need * (1 - ROOM) - taken

    def at_best(self, touched: Flags, made: Sequence[int]) -> Shortfall:
        """The shortfall that no repair can escape: what other repairs may take out of blocks that are
        `touched` is given away, and the claims `made` up for the rest each take out as much as any block.
        """
        given = touched[self.blocks]
        need = self.need - float(self.gains[given].sum()) * (1 + ROOM)
        gains = self.gains[~given]
        more = tuple((float(gains.max()), frozenset({claim})) for claim in made if len(gains))
        return Shortfall(need, self.parts + more, self.blocks[:0], self.gains[:0])


def cheapest_with(
    conflicts: Sequence[Conflict],
    shortfalls: Sequence[Shortfall],
    weight: Mapping[int, float],
    rank: Mapping[int, int],
    touched: Flags,
    lightest: Floats,
) -> list[Choice]:
    """Repairs of conflicts and shortfalls that hang together, the cheapest first; equals by their rank.

    `touched` marks blocks that other repairs may give something up of, `lightest` is the least weight of the
    claims of each block.
    """
    needed = smallest(conflicts)
    found = _Search(needed, shortfalls, weight, rank).ranked(1 + MOST_ALTERNATIVES)
    others = np.concatenate([one.blocks[~touched[one.blocks]] for one in shortfalls])
    if not found[0].proven or not any(len(one.blocks) for one in shortfalls):
        return found
    # One claim of a block that is not listed may count in several sums, and is as light as any.
    made = range(-UNLISTED, 0)
    light = float(lightest[others].min()) if len(others) else np.inf
    best = [one.at_best(touched, made) for one in shortfalls]
    told = frozenset[int]().union(*needed, *(one.claims for one in shortfalls))
    weights = {claim: weight[claim] for claim in told} | dict.fromkeys(made, light)
    ranks = {claim: rank[claim] for claim in told} | dict.fromkeys(made, 0)
    least = _Search(needed, best, weights, ranks).ranked(1)[0]
    proven = least.proven and found[0].cost * (1 - ROOM) <= least.cost < UNLISTED * light
    return [Choice(choice.claims, choice.cost, proven) for choice in found]


class _Search:
    """Best-first search over claims to give up; of claims that do the same only the cheapest counts."""

    def __init__(
        self,
        conflicts: Sequence[Conflict],
        shortfalls: Sequence[Shortfall],
        weight: Mapping[int, float],
        rank: Mapping[int, int],
    ) -> None:
        self.weight, self.rank = weight, rank
        does: dict[int, list[tuple[int, int]]] = {}
        for place, conflict in enumerate(conflicts):
            for claim in conflict:
                does.setdefault(claim, []).append((place, -1))
        for place, shortfall in enumerate(shortfalls):
            for part, (_, claims) in enumerate(shortfall.parts):
                for claim in claims:
                    does.setdefault(claim, []).append((place, part))
        best: dict[tuple[tuple[int, int], ...], int] = {}
        for claim in sorted(does, key=self._order):
            best.setdefault(tuple(does[claim]), claim)
        kept = frozenset(best.values())
        self.conflicts = [conflict & kept for conflict in conflicts]
        self.shortfalls = [
            Shortfall(
                one.need, tuple((gain, claims & kept) for gain, claims in one.parts), one.blocks, one.gains
            )
            for one in shortfalls
        ]
        self.above = self._dominators(kept)

    def _order(self, claim: int) -> tuple[float, int, int]:
        return self.weight[claim], self.rank[claim], claim

    def _dominators(self, kept: Conflict) -> dict[int, Conflict]:
        """For each claim that does nothing but to take its own part out of sums, the claims of that kind that
        take out as much of each and weigh no more: it need not be tried before them.
        """
        shared = frozenset[int]().union(*self.conflicts)
        takes: dict[int, list[float]] = {claim: [0.0] * len(self.shortfalls) for claim in kept - shared}
        for place, shortfall in enumerate(self.shortfalls):
            for gain, claims in shortfall.parts:
                for claim in claims:
                    if len(claims) > 1:
                        takes.pop(claim, None)
                    elif claim in takes:
                        takes[claim][place] += gain
        order = sorted(
            takes, key=lambda one: (self.weight[one], *(-gain for gain in takes[one]), self._order(one))
        )
        above: dict[int, Conflict] = {}
        for place, claim in enumerate(order):
            above[claim] = frozenset(
                other
                for other in order[:place]
                if all(more >= gain for more, gain in zip(takes[other], takes[claim], strict=True))
            )
        return above

    def ranked(self, most: int) -> list[Choice]:
        """Up to `most` sets of claims that do, none with a claim that it could do without."""
        found: list[Choice] = []
        for cost, chosen in self._by_cost():
            if all(not self._does(chosen - {claim}) for claim in chosen):
                found.append(Choice(tuple(sorted(chosen)), cost))
            if len(found) == most:
                break
        return found or [self._solved() or self._greedy()]

    def _by_cost(self) -> Iterator[tuple[float, Conflict]]:
        start: Conflict = frozenset()
        unranked: tuple[tuple[int, int], ...] = ()
        # Of equal promise what is nearly done comes first.
        heap = [(0.0, 0.0, unranked, start)]
        seen = {start}
        for _ in range(PATIENCE):
            if not heap:
                break
            bound, paid, ranked, chosen = heapq.heappop(heap)
            # What the rest costs is asked only of what comes to the top; then it may not be on top any more.
            promise = round(self._still_to_pay(chosen) - paid, 9)
            if promise > bound:
                heapq.heappush(heap, (promise, paid, ranked, chosen))
                continue
            ways = self._ways(chosen)
            if ways is None:
                yield -paid, chosen
                continue
            for claim in ways:
                more = chosen | {claim}
                if more not in seen:
                    seen.add(more)
                    cost = self.weight[claim] - paid
                    order = tuple(sorted((self.rank[one], one) for one in more))
                    heapq.heappush(heap, (max(bound, cost), -cost, order, more))

    def _ways(self, chosen: Conflict) -> list[int] | None:
        """Claims of which one at least must be given up as well; None where all is done."""
        for shortfall in self.shortfalls:
            if shortfall.left(chosen) > 0:
                ways = {claim for _, claims in shortfall.parts if not claims & chosen for claim in claims}
                return [one for one in ways if self.above.get(one, frozenset()) <= chosen]
        return next((sorted(one) for one in self.conflicts if not one & chosen), None)

    def _does(self, chosen: Conflict) -> bool:
        return self._ways(chosen) is None

    def _still_to_pay(self, chosen: Conflict) -> float:
        """What the rest costs at least: for some conflicts and shortfalls that share no claims."""
        touched: set[int] = set()
        least = 0.0
        for one in self.conflicts:
            if not one & chosen and touched.isdisjoint(one):
                touched |= one
                least += min(self.weight[claim] for claim in one)
        for shortfall in self.shortfalls:
            left = shortfall.left(touched | chosen)
            if left <= 0:
                continue
            parts = [part for part in shortfall.parts if part[1].isdisjoint(touched) and not part[1] & chosen]
            enough = 0
            for gain, _ in sorted(parts, key=lambda part: -part[0]):
                enough += 1
                left -= gain
                if left <= 0:
                    break
            weights = sorted(min(self.weight[claim] for claim in claims) for _, claims in parts)
            least += sum(weights[:enough]) if left <= 0 else float("inf")
            touched |= shortfall.claims
        return least

    def _solved(self) -> Choice | None:
        """The cheapest repair as a covering problem for HiGHS; None where that is large or has no answer."""
        told = [*self.conflicts, *(one.claims for one in self.shortfalls)]
        claims = sorted(frozenset[int]().union(*told))
        if len(claims) > MOST_SOLVED:
            return None
        column = {claim: place for place, claim in enumerate(claims)}
        rows = [dict.fromkeys((column[claim] for claim in one), 1.0) for one in self.conflicts]
        least, size = [1.0] * len(rows), len(claims)
        for shortfall in self.shortfalls:
            # A part is taken out as far as one of its claims is; more than is needed counts as just that.
            gains = {}
            for gain, part in shortfall.parts:
                gains[size] = min(1.0, gain / shortfall.need)
                rows.append({size: -1.0, **dict.fromkeys((column[claim] for claim in part), 1.0)})
                least.append(0.0)
                size += 1
            rows.append(gains)
            least.append(1.0 - ROOM)
        costs = [self.weight[claim] for claim in claims] + [0.0] * (size - len(claims))
        taken, proven = covering(costs, len(claims), rows, least, MOST_NODES)
        chosen = frozenset(claim for claim, take in zip(claims, taken, strict=False) if take > 0.5)
        if not self._does(chosen):
            return None
        return Choice(tuple(sorted(chosen)), sum(self.weight[claim] for claim in chosen), proven)

    def _greedy(self) -> Choice:
        """A repair that takes, time after time, what does most for its weight."""
        chosen: set[int] = set()
        while (ways := self._ways(frozenset(chosen))) is not None:
            chosen.add(max(sorted(ways), key=lambda claim: self._use(claim, chosen) / self.weight[claim]))
        for claim in sorted(chosen, key=lambda one: -self.weight[one]):
            if self._does(frozenset(chosen - {claim})):
                chosen.remove(claim)
        return Choice(tuple(sorted(chosen)), sum(self.weight[one] for one in chosen), proven=False)

    def _use(self, claim: int, chosen: set[int]) -> float:
        use = float(sum(claim in one for one in self.conflicts if one.isdisjoint(chosen)))
        for shortfall in self.shortfalls:
            left = shortfall.left(chosen)
            if left > 0:
                use += 1 - max(0.0, shortfall.left(chosen | {claim})) / left
        return use
