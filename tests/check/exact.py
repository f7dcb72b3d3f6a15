"""What z3 says of a made ledger, in exact fractions: the judge of the engine, slow and independent of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import z3

from steelyard.check.network import PRODUCT
from tests.check.synthetic import Made


class Judge:
    """A made ledger in z3, its products made linear: one of their factors stands nowhere else."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.names: dict[int, Any] = {}
        network = made.network
        told = np.repeat(~network.implied, np.diff(network.first))
        uses = np.bincount(network.member[told], minlength=len(network.low))
        self.quotients: dict[int, tuple[int, int, Fraction]] = {}
        self.component = list(range(len(network.low)))
        self.rows: list[tuple[list[int], list[Fraction]]] = []
        for constraint in np.flatnonzero(~network.implied).tolist():
            members, factors = network.members(constraint)
            parts = [Fraction(str(factor)) for factor in factors.tolist()]
            for member in members[1:].tolist():
                self.component[self._top(member)] = self._top(int(members[0]))
            if network.kind[constraint] == PRODUCT:
                z, x, y = members.tolist()
                loose, other = (x, y) if uses[x] == 1 else (y, x)
                assert uses[loose] == 1
                self.quotients[loose] = (z, other, parts[0])
            else:
                self.rows.append((members.tolist(), parts))

    def _top(self, variable: int) -> int:
        while self.component[variable] != variable:
            variable = self.component[variable]
        return variable

    def component_of(self, claim: int) -> int:
        """The component of a claim, by facts alone."""
        return self._top(int(self.made.network.variable[claim]))

    def holds(self, claims: Iterable[int]) -> bool:
        """Whether all these claims can be true together."""
        solver = z3.Solver()
        self._fill(solver, [self._said(claim) for claim in claims], claims)
        return bool(solver.check() == z3.sat)

    def least_cost(self, claims: Sequence[int]) -> int:
        """The least sum of weights, whole numbers, of claims that must be wrong."""
        solver = z3.Optimize()
        self._fill(solver, [], claims)
        for claim in claims:
            solver.add_soft(self._said(claim), self.weight(claim))
        assert solver.check() == z3.sat
        model = solver.model()
        return sum(
            self.weight(claim)
            for claim in claims
            if not z3.is_true(model.eval(self._said(claim), model_completion=True))
        )

    def weight(self, claim: int) -> int:
        """What a claim weighs."""
        return int(self.made.network.weight[claim])

    def _fill(self, solver: Any, said: Sequence[Any], claims: Iterable[int]) -> None:
        wanted = {self.component_of(claim) for claim in claims}
        for members, factors in self.rows:
            if self._top(members[0]) in wanted:
                terms = zip(factors, members, strict=True)
                solver.add(z3.Sum([_real(factor) * self._name(one) for factor, one in terms]) == 0)
        for one in said:
            solver.add(one)
        named = list(self.names)
        for variable in named:
            if self.made.network.low[variable] > 0 and self._top(variable) in wanted:
                solver.add(self._name(variable) >= _real(Fraction("1e-9")))

    def _said(self, claim: int) -> Any:
        low, high = self.made.bounds(claim)
        variable = int(self.made.network.variable[claim])
        if variable in self.quotients:
            z, y, factor = self.quotients[variable]
            above, below = self._name(z), self._name(y) * _real(factor)
            known = [self._name(z) >= 0, self._name(y) >= _real(Fraction("1e-9"))]
        else:
            above, below, known = self._name(variable), z3.RealVal(1), []
        ends = [above >= _real(low) * below] + ([above <= _real(high) * below] if high is not None else [])
        return z3.And([*ends, *known])

    def _name(self, variable: int) -> Any:
        return self.names.setdefault(variable, z3.Real(f"x{variable}"))


def _real(value: Fraction) -> Any:
    return z3.RealVal(f"{value.numerator}/{value.denominator}")
