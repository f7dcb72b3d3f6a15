"""How the numbers of a scenario spread over its draws: few draws are kept and sorted, many are only counted.

Both run the same draws through the same equations, so they agree within what bins leave open. Which of them
is used depends on the number of draws alone: keeping needs no compiled code, which takes a while to load.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.project.chance import Array
from steelyard.project.counting import PAYMENTS, VARIABLES, Crowd, Fans, Outcome, Task
from steelyard.project.economy import Drivers, Paths, run_draws
from steelyard.project.equations import Policy, Scale, carried_out, outcomes, quantiles, reach, target_met
from steelyard.project.payments import Line, amounts_of

MOST_KEPT = 50_000  # draws


# Variables that are a multiple of another.
_SOURCES = {"needed": "gdp", "needed_foreign": "gdp_foreign"}


@dataclass(frozen=True, slots=True)
class Way:
    """A policy to run with what it is measured against, and what turns indices into amounts."""

    task: Task
    scale: Scale

    def amounts(self, paths: Paths) -> Iterator[tuple[str, Array]]:
        """Every variable in the base year and each year after it, (draw,)."""
        return outcomes(self.task.policy, paths, self.scale, self.task.reference)


@dataclass(frozen=True, slots=True)
class Spread:
    """What the draws of a scenario come to, for each policy with its reference.

    `probabilities` are even about a half. `lines` has quantiles and errors by name of a line or of its sum
    and by year after the base year (from 0); so has `payments`, by policy.
    """

    found: Mapping[Task, Outcome]
    probabilities: Sequence[float]
    lines: Mapping[str, Mapping[int, tuple[Array, Array]]]
    payments: Mapping[Policy, Fans]

    def quantiles(
        self, way: Way, calm: Paths, wanted: Container[str] | None = None
    ) -> Iterator[tuple[str, Array, Array, Array]]:
        """Variable, quantiles, their errors and the amounts without shocks, year by year from the base year.

        `calm` is the economy without shocks; the base year has no spread, and its errors are no number.
        `wanted` are the variables to give; None gives all.
        """
        fans, years = self.found[way.task].fans, dict[str, int]()
        for name, values in way.amounts(calm):
            if wanted is not None and name not in wanted:
                continue
            t = years[name] = years.get(name, -1) + 1
            if t == 0:
                unknown = np.full(len(self.probabilities), np.nan)
                yield name, values.repeat(len(self.probabilities)), unknown, values
                continue
            found, errors = fans[_SOURCES.get(name, name)][t - 1]
            factor = _factor(name, way)
            # What a negative factor turns over keeps its chances, which lie as far above a half as below.
            found, errors = (found, errors) if factor >= 0 else (found[::-1], errors[::-1])
            yield name, found * factor, errors * abs(factor), values

    def reach(self, way: Way) -> tuple[Array, Array]:
        """The chance by year of having met the target, and of meeting it from then on."""
        found = self.found[way.task]
        return found.reached, found.kept


def spread_of(
    drivers: Drivers,
    seed: int,
    draws: int,
    ways: Sequence[Way],
    probabilities: Sequence[float],
    lines: Sequence[Line] = (),
    paying: Sequence[Policy] = (),
) -> Spread:
    """The draws of an economy and what some ways through it come to, some amounts that follow it, and what
    some policies pay by agreement.
    """
    tasks = list(dict.fromkeys(way.task for way in ways))
    discount = ways[0].scale.discount
    if draws <= MOST_KEPT:
        paths = run_draws(drivers, seed, draws)
        kept = {task: _kept(task, paths, discount, probabilities) for task in tasks}
        payments = {policy: _kept_payments(policy, paths, probabilities) for policy in paying}
        return Spread(kept, probabilities, _kept_lines(lines, paths, probabilities), payments)
    crowd = Crowd(drivers, seed, draws, discount, lines=tuple(lines))
    names = [name for line in lines for name in (line.name, line.total)]
    wanted = {name: range(drivers.years) for name in (*_wanted(ways), *names)}
    found = dict(zip(tasks, crowd.outcomes(tasks, wanted, probabilities), strict=True))
    fans, owing = found[tasks[0]].fans, [Task(policy) for policy in dict.fromkeys(paying)]
    paid = crowd.outcomes(owing, {name: range(drivers.years) for name in PAYMENTS}, probabilities)
    payments = {task.policy: one.fans for task, one in zip(owing, paid, strict=True)}
    return Spread(found, probabilities, {name: fans[name] for name in names}, payments)


def _kept_payments(policy: Policy, paths: Paths, probabilities: Sequence[float]) -> Fans:
    """What a policy pays by agreement in draws that are kept, at home and at the rate of the year."""
    years = [year.paid for year in carried_out(policy, paths)]
    abroad = [paid / rate for paid, rate in zip(years, paths.rate, strict=True)]
    both = zip(PAYMENTS, (years, abroad), strict=True)
    return {name: {t: quantiles(one, probabilities) for t, one in enumerate(values)} for name, values in both}


def _kept_lines(
    lines: Sequence[Line], paths: Paths, probabilities: Sequence[float]
) -> dict[str, dict[int, tuple[Array, Array]]]:
    """What lines and their sums come to in draws that are kept."""
    fans: dict[str, dict[int, tuple[Array, Array]]] = {}
    for line in lines:
        for t, values in enumerate(amounts_of(line, paths)):
            for name, one in zip((line.name, line.total), values, strict=True):
                fans.setdefault(name, {})[t] = quantiles(one, probabilities)
    return fans


def _kept(task: Task, paths: Paths, discount: float | None, probabilities: Sequence[float]) -> Outcome:
    """What kept draws come to, in the units in which draws are counted."""
    amounts: dict[str, list[Array]] = {}
    for name, values in Way(task, Scale(1.0, 1.0, discount, target=False)).amounts(paths):
        amounts.setdefault(name, []).append(0.01 * values if name == "share" else values)
    after_base = {name: years[1:] for name, years in amounts.items()}
    foreign = [gdp / rate for gdp, rate in zip(paths.gdp, paths.rate, strict=True)]
    fans = _Sorted({**after_base, "gdp_foreign": foreign}, probabilities)
    return Outcome(fans, *reach(target_met(task.policy, paths)))


class _Sorted(Mapping[str, Mapping[int, tuple[Array, Array]]]):
    """Quantiles and their errors of kept draws by variable and year, found where they are asked for."""

    def __init__(self, amounts: Mapping[str, Sequence[Array]], probabilities: Sequence[float]) -> None:
        self._amounts, self._probabilities = amounts, probabilities
        self._found: dict[str, Mapping[int, tuple[Array, Array]]] = {}

    def __getitem__(self, name: str) -> Mapping[int, tuple[Array, Array]]:
        if name not in self._found:
            years = self._amounts[name]
            self._found[name] = {t: quantiles(one, self._probabilities) for t, one in enumerate(years)}
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._amounts)

    def __len__(self) -> int:
        return len(self._amounts)


def _wanted(ways: Sequence[Way]) -> Iterator[str]:
    """The variables to count."""
    discounted = ways[0].scale.discount is not None
    floored = any(way.task.policy.limits.floor for way in ways)
    paying = any(way.task.policy.agreement for way in ways)
    yield "gdp"
    if ways[0].scale.target:
        yield "gdp_foreign"
    for name in VARIABLES:
        if name.endswith("_discounted"):
            wanted = discounted
        else:
            wanted = paying if name in PAYMENTS else floored if name == "crowded_out" else True
        if wanted:
            yield name


def _factor(name: str, way: Way) -> float:
    """What turns the index of a variable into its amount."""
    plan, scale = way.task.policy.plan, way.scale
    if name == "share":
        return 100.0
    gdp = scale.gdp * (plan.target - plan.share if name in _SOURCES else 1.0)
    return gdp / scale.rate if name.endswith("_foreign") else gdp
