"""A certificate that what narrowing calls consistent is so: a linear programme, solved by HiGHS.

Intervals forget how numbers hang together, and so may overlook a contradiction. Where in each product one of
the two factors stands nowhere else (a share, a rate, a growth factor), its claims bound the quotient of the
other two numbers, and the whole component is linear. Claims are widened by a ten-millionth first, a hundred
times what the solver may be off: so no rounding of its own becomes a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from steelyard.check.circuit import Certifier, Layout
from steelyard.check.contraction import label_components
from steelyard.check.network import PRODUCT, Integers, Network

WIDENED = 1e-7
TOLERANCE = 1e-9
Row = tuple[list[int], list[float], float, float]


def certifier_of(network: Network) -> Certifier:
    """The linear programme of a network."""
    return _Model(network)


@dataclass(frozen=True)
class _Model:
    """The linear rows of a network by component; `bent` are the components that are not linear."""

    network: Network

    def certify(self, layout: Layout, active: NDArray[np.uint8]) -> tuple[list[list[int]], bool]:
        """What contradicts itself among active claims, and whether all of them could be looked at."""
        standing = np.flatnonzero(active)
        owner = self.owner[self.network.variable[layout.claim[standing]]]
        order = np.argsort(owner, kind="stable")
        found, linear = [], True
        for group in np.split(standing[order], np.flatnonzero(np.diff(owner[order])) + 1):
            label = self._label(layout, group) if len(group) else -1
            if label in self.bent:
                linear = False
            elif len(group) and not self.holds(label, layout.claim[group]):
                found.append(self.smallest(label, layout, group))
        return found, linear

    def lean(self, layout: Layout, conflict: Sequence[int]) -> list[int]:
        """A conflict without the claims that only narrowing needs."""
        label = self._label(layout, conflict)
        return list(conflict) if label in self.bent else self.smallest(label, layout, conflict)

    def _label(self, layout: Layout, claims: Sequence[int] | Integers) -> int:
        return int(self.owner[self.network.variable[layout.claim[claims[0]]]])

    @cached_property
    def owner(self) -> Integers:
        """The component of each variable, by constraints that are not implied."""
        kept = np.flatnonzero(~self.network.implied)
        widths = np.diff(self.network.first)[kept]
        first = np.concatenate([[0], np.cumsum(widths)]).astype(np.int32)
        places = np.repeat(self.network.first[kept] - first[:-1], widths) + np.arange(first[-1])
        member = self.network.member[places].astype(np.int32)
        return label_components(len(self.network.low), first, member).astype(np.int64)

    @cached_property
    def constraints(self) -> dict[int, list[int]]:
        """The constraints of each component that are not implied."""
        found: dict[int, list[int]] = {}
        for constraint in np.flatnonzero(~self.network.implied).tolist():
            label = int(self.owner[self.network.member[self.network.first[constraint]]])
            found.setdefault(label, []).append(constraint)
        return found

    @cached_property
    def free(self) -> dict[int, int]:
        """For each product, the place (1 or 2) of a factor that stands nowhere else beside one nowhere below
        zero; 0 where there is none.
        """
        network = self.network
        told = np.repeat(~network.implied, np.diff(network.first))
        uses = np.bincount(network.member[told], minlength=len(network.low))
        found = {}
        for constraint in np.flatnonzero((network.kind == PRODUCT) & ~network.implied).tolist():
            members, factors = network.members(constraint)
            ways = [
                place
                for place in (1, 2)
                if uses[members[place]] == 1 and network.low[members[3 - place]] >= 0 and factors[0] > 0
            ]
            found[constraint] = ways[0] if ways else 0
        return found

    @cached_property
    def bent(self) -> set[int]:
        """The components with a product that cannot be made linear."""
        first = self.network.first
        return {int(self.owner[self.network.member[first[one]]]) for one, way in self.free.items() if not way}

    def holds(self, label: int, claims: Iterable[int]) -> bool:
        """Whether claims of one component can all hold, or nearly so."""
        low, high = self._bounds(claims)
        columns: dict[int, int] = {}
        rows = [
            ([columns.setdefault(one, len(columns)) for one in variables], factors, least, most)
            for variables, factors, least, most in self._rows(label, low, high)
        ]
        ends = [
            (low.get(one, float(self.network.low[one])), high.get(one, float(self.network.high[one])))
            for one in columns
        ]
        alone = all(least <= high.get(one, np.inf) for one, least in low.items())
        return alone and (not rows or _is_feasible(rows, ends))

    def smallest(self, label: int, layout: Layout, claims: Sequence[int] | Integers) -> list[int]:
        """A smallest set among claims that cannot hold: blocks are left out, then single ones."""
        kept, size = [int(claim) for claim in claims], max(1, len(claims) // 2)
        while True:
            place = 0
            while place < len(kept):
                trial = kept[:place] + kept[place + size :]
                if trial and not self.holds(label, layout.claim[trial]):
                    kept = trial
                else:
                    place += size
            if size == 1:
                return kept
            size = max(1, size // 2)

    def _bounds(self, claims: Iterable[int]) -> tuple[dict[int, float], dict[int, float]]:
        """What claims, a little widened, leave of each variable."""
        network = self.network
        low: dict[int, float] = {}
        high: dict[int, float] = {}
        for claim in claims:
            variable, least, most = int(network.variable[claim]), network.least[claim], network.most[claim]
            known = (float(network.low[variable]), float(network.high[variable]))
            low[variable] = max(low.get(variable, known[0]), float(least - WIDENED * abs(least)))
            high[variable] = min(high.get(variable, known[1]), float(most + WIDENED * abs(most)))
        return low, high

    def _rows(self, label: int, low: dict[int, float], high: dict[int, float]) -> Iterator[Row]:
        for constraint in self.constraints.get(label, ()):
            members, factors = self.network.members(constraint)
            if self.network.kind[constraint] != PRODUCT:
                yield members.tolist(), factors.tolist(), 0.0, 0.0
                continue
            way = self.free[constraint]
            loose, other, factor = int(members[way]), int(members[3 - way]), float(factors[0])
            least = low.get(loose, float(self.network.low[loose]))
            most = high.get(loose, float(self.network.high[loose]))
            if np.isfinite(least):
                yield [int(members[0]), other], [1.0, -factor * least], 0.0, np.inf
            if np.isfinite(most):
                yield [int(members[0]), other], [1.0, -factor * most], -np.inf, 0.0


def _is_feasible(rows: Sequence[Row], ends: Sequence[tuple[float, float]]) -> bool:
    """Whether some point lies within all rows and ends; also where the solver does not know."""
    problem = highspy.HighsLp()
    problem.num_col_, problem.num_row_ = len(ends), len(rows)
    problem.col_cost_ = np.zeros(len(ends))
    problem.col_lower_, problem.col_upper_ = (np.array([end[side] for end in ends]) for side in (0, 1))
    problem.row_lower_ = np.array([row[2] for row in rows])
    problem.row_upper_ = np.array([row[3] for row in rows])
    matrix = problem.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.concatenate([[0], np.cumsum([len(row[0]) for row in rows])]).astype(np.int32)
    matrix.index_ = np.concatenate([row[0] for row in rows]).astype(np.int32)
    matrix.value_ = np.concatenate([row[1] for row in rows])
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
        solver.setOptionValue(option, TOLERANCE)
    for option, value in (("output_flag", False), ("threads", 1)):
        solver.setOptionValue(option, value)
    solver.passModel(problem)
    solver.run()
    return bool(solver.getModelStatus() != highspy.HighsModelStatus.kInfeasible)
