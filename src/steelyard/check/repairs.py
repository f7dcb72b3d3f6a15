"""Repairs: cheapest sets of claims that hit every conflict, so that without them the rest can hold.

What is least to be given up is what is most likely wrong (the principle of Fellegi and Holt). Conflicts that
share no claim are repaired by themselves.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Conflict = frozenset[int]
# Beyond so many steps of the search the cheapest repair comes from a solver, and there are no alternatives.
PATIENCE = 1_500
# Conflicts with more claims in all are looked at with one claim of each kind only.
MOST_LISTED = 60
MOST_ALTERNATIVES = 4
SOLVER_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A set of claims to take for wrong, sorted, and the sum of their weights. `proven` says that no set
    costs less.
    """

    claims: tuple[int, ...]
    cost: float
    proven: bool = True


def cheapest(
    conflicts: Sequence[Conflict],
    weight: Mapping[int, float],
    rank: Mapping[int, int],
    most: int = 1 + MOST_ALTERNATIVES,
) -> list[Choice]:
    """Up to `most` repairs of conflicts that hang together, the cheapest first; equals by their rank.

    No repair has a claim that it could do without.
    """
    if len(conflicts) == 1:
        ranked = sorted((weight[claim], rank[claim], claim) for claim in conflicts[0])
        return [Choice((claim,), cost) for cost, _, claim in ranked[:most]]
    needed = smallest(conflicts)
    if sum(map(len, needed)) > MOST_LISTED:
        needed = _without_doubles(needed, weight, rank)
    found: list[Choice] = []
    for cost, chosen in _by_cost(needed, weight, rank):
        if _is_lean(chosen, needed):
            found.append(Choice(tuple(sorted(chosen)), cost))
        if len(found) == most:
            break
    return found or [_solved(needed, weight)]


def _without_doubles(
    conflicts: Sequence[Conflict], weight: Mapping[int, float], rank: Mapping[int, int]
) -> list[Conflict]:
    """The conflicts with only the cheapest of all claims that hit the same ones."""
    hits: dict[int, list[int]] = {}
    for place, conflict in enumerate(conflicts):
        for claim in conflict:
            hits.setdefault(claim, []).append(place)
    best: dict[tuple[int, ...], int] = {}
    for claim in sorted(hits, key=lambda one: (weight[one], rank[one], one)):
        best.setdefault(tuple(hits[claim]), claim)
    kept = frozenset(best.values())
    return [conflict & kept for conflict in conflicts]


def smallest(conflicts: Sequence[Conflict]) -> list[Conflict]:
    """The conflicts that contain no other, the smallest first."""
    kept: list[Conflict] = []
    for conflict in sorted(set(conflicts), key=lambda one: (len(one), sorted(one))):
        if not any(other <= conflict for other in kept):
            kept.append(conflict)
    return kept


def _by_cost(
    conflicts: Sequence[Conflict], weight: Mapping[int, float], rank: Mapping[int, int]
) -> Iterator[tuple[float, Conflict]]:
    """Best-first search: sets that hit all conflicts, in the order of their cost, as far as PATIENCE goes."""
    start: Conflict = frozenset()
    unranked: tuple[tuple[int, int], ...] = ()
    heap = [(_still_to_pay(conflicts, start, weight), 0.0, unranked, start)]
    seen = {start}
    while heap and len(seen) < PATIENCE:
        _, cost, _, chosen = heapq.heappop(heap)
        missed = next((one for one in conflicts if not one & chosen), None)
        if missed is None:
            yield cost, chosen
            continue
        for claim in missed:
            more = chosen | {claim}
            if more not in seen:
                seen.add(more)
                paid = cost + weight[claim]
                bound = paid + _still_to_pay(conflicts, more, weight)
                ranked = tuple(sorted((rank[one], one) for one in more))
                heapq.heappush(heap, (bound, paid, ranked, more))


def _still_to_pay(conflicts: Sequence[Conflict], chosen: Conflict, weight: Mapping[int, float]) -> float:
    """What hitting the rest costs at least: one claim for each of some conflicts that share none."""
    touched: set[int] = set()
    least = 0.0
    for one in conflicts:
        if not one & chosen and touched.isdisjoint(one):
            touched |= one
            least += min(weight[claim] for claim in one)
    return least


def _is_lean(chosen: Conflict, conflicts: Sequence[Conflict]) -> bool:
    """Whether each claim hits some conflict that no other of them hits."""
    needed: set[int] = set()
    for conflict in conflicts:
        hits = conflict & chosen
        if len(hits) == 1:
            needed |= hits
    return len(needed) == len(chosen)


def _solved(conflicts: Sequence[Conflict], weight: Mapping[int, float]) -> Choice:
    """The cheapest repair of many entangled conflicts, as a covering problem for HiGHS."""
    claims = sorted(frozenset[int]().union(*conflicts))
    column = {claim: place for place, claim in enumerate(claims)}
    rows = [{column[claim]: 1.0 for claim in sorted(conflict)} for conflict in conflicts]
    taken, proven = covering([weight[claim] for claim in claims], len(claims), rows, [1.0] * len(rows))
    chosen = frozenset(claim for claim, take in zip(claims, taken, strict=True) if take > 0.5)
    if not all(conflict & chosen for conflict in conflicts):
        chosen, proven = _greedy(conflicts, weight), False
    return Choice(tuple(sorted(chosen)), sum(weight[claim] for claim in chosen), proven)


def covering(
    costs: Sequence[float],
    whole: int,
    rows: Sequence[Mapping[int, float]],
    least: Sequence[float],
    most_nodes: int | None = None,
) -> tuple[list[float], bool]:
    """Columns from nought to one, the first `whole` of them without fractions, that cost least while each row
    of factors comes to its `least`; and whether that was proven, within so many nodes of the search.
    """
    import highspy

    problem = highspy.HighsLp()
    problem.num_col_, problem.num_row_ = len(costs), len(rows)
    problem.col_cost_ = np.array(costs)
    problem.col_lower_, problem.col_upper_ = np.zeros(len(costs)), np.ones(len(costs))
    problem.row_lower_ = np.array(least)
    problem.row_upper_ = np.full(len(rows), highspy.kHighsInf)
    problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    problem.a_matrix_.start_ = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int32)
    problem.a_matrix_.index_ = np.array([column for row in rows for column in row], np.int32)
    problem.a_matrix_.value_ = np.array([factor for row in rows for factor in row.values()])
    kinds = highspy.HighsVarType
    problem.integrality_ = [kinds.kInteger] * whole + [kinds.kContinuous] * (len(costs) - whole)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("threads", 1), ("time_limit", SOLVER_SECONDS)):
        solver.setOptionValue(option, value)
    if most_nodes is not None:
        solver.setOptionValue("mip_max_nodes", most_nodes)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.passModel(problem)
    solver.run()
    return list(solver.getSolution().col_value), solver.getModelStatus() == highspy.HighsModelStatus.kOptimal


def _greedy(conflicts: Sequence[Conflict], weight: Mapping[int, float]) -> Conflict:
    """A repair that takes, time after time, the claim that hits most conflicts for its weight."""
    left, chosen = list(conflicts), set[int]()
    while left:
        counts: dict[int, int] = {}
        for conflict in left:
            for claim in conflict:
                counts[claim] = counts.get(claim, 0) + 1
        best = max(sorted(counts), key=lambda claim: counts[claim] / weight[claim])
        chosen.add(best)
        left = [conflict for conflict in left if best not in conflict]
    return frozenset(chosen)
