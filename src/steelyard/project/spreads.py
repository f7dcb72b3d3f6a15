"""How the numbers of a scenario spread over its draws: few draws are kept and sorted, many are only counted.

Both run the same draws through the same equations, so they agree within what bins leave open. Which of them
is used depends on the number of draws alone: keeping needs no compiled code, which takes a while to load.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from steelyard.project.chance import Array
from steelyard.project.counting import VARIABLES, Crowd, Outcome, Task
from steelyard.project.economy import Drivers, Paths, run_draws
from steelyard.project.equations import Policy, Scale, outcomes, quantiles, reach, target_met

MOST_KEPT = 50_000  # draws


@dataclass(frozen=True, slots=True)
class Way:
    """A policy to run, what it is measured against in the same draws, and what turns indices into amounts."""

    policy: Policy
    reference: Policy | None
    scale: Scale

    def amounts(self, paths: Paths) -> Iterator[tuple[str, Array]]:
        """Every variable in the base year and each year after it, (draw,)."""
        return outcomes(self.policy, paths, self.scale, self.reference)


class Spread(Protocol):
    """What can be asked of the draws of a scenario."""

    def quantiles(self, way: Way, calm: Paths) -> Iterator[tuple[str, Array, Array]]:
        """Variable, quantiles and their errors, year by year from the base year, as `Way.amounts`.

        `calm` is the economy without shocks.
        """

    def reach(self, policy: Policy) -> tuple[Array, Array]:
        """The chance by year of having met the target, and of meeting it from then on."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Draws that are kept."""

    paths: Paths
    probabilities: Sequence[float]

    def quantiles(self, way: Way, calm: Paths) -> Iterator[tuple[str, Array, Array]]:
        """As `Spread.quantiles`, from sorted draws."""
        for name, values in way.amounts(self.paths):
            yield (name, *quantiles(values, self.probabilities))

    def reach(self, policy: Policy) -> tuple[Array, Array]:
        """As `Spread.reach`."""
        return reach(target_met(policy, self.paths))


@dataclass(frozen=True, slots=True)
class Counted:
    """Draws that have been counted."""

    found: Mapping[Task, Outcome]
    probabilities: Sequence[float]

    def quantiles(self, way: Way, calm: Paths) -> Iterator[tuple[str, Array, Array]]:
        """As `Spread.quantiles`, from counts; the base year has no spread."""
        fans, years = self.found[Task(way.policy, way.reference)].fans, dict[str, int]()
        for name, values in way.amounts(calm):
            t = years[name] = years.get(name, -1) + 1
            if t == 0:
                yield name, values.repeat(len(self.probabilities)), values[:1] * 0.0
                continue
            found, errors = fans[_counted_as(name)][t - 1]
            factor = _factor(name, way)
            # What a negative factor turns over keeps its chances, which lie as far above a half as below.
            yield name, (found if factor >= 0 else found[::-1]) * factor, errors * abs(factor)

    def reach(self, policy: Policy) -> tuple[Array, Array]:
        """As `Spread.reach`."""
        outcome = next(outcome for task, outcome in self.found.items() if task.policy == policy)
        return outcome.reached, outcome.kept


def spread_of(
    drivers: Drivers,
    seed: int,
    draws: int,
    ways: Sequence[Way],
    probabilities: Sequence[float],
) -> Spread:
    """The draws of an economy and what ways through it come to; `probabilities` are even about a half."""
    if draws <= MOST_KEPT:
        return Kept(run_draws(drivers, seed, draws), probabilities)
    tasks = list(dict.fromkeys(Task(way.policy, way.reference) for way in ways))
    crowd = Crowd(drivers, seed, draws, ways[0].scale.discount)
    wanted = {name: range(drivers.years) for name in _wanted(ways)}
    return Counted(dict(zip(tasks, crowd.outcomes(tasks, wanted, probabilities), strict=True)), probabilities)


def _wanted(ways: Sequence[Way]) -> Iterator[str]:
    """The variables to count."""
    discounted = ways[0].scale.discount is not None
    floored = any(way.policy.limits.floor for way in ways)
    yield "gdp"
    if ways[0].scale.target:
        yield "gdp_foreign"
    for name in VARIABLES:
        if (name != "crowded_out" or floored) and (discounted or not name.endswith("_discounted")):
            yield name


def _counted_as(name: str) -> str:
    """The variable whose counts give another."""
    return {"needed": "gdp", "needed_foreign": "gdp_foreign"}.get(name, name)


def _factor(name: str, way: Way) -> float:
    """What turns the index of a variable into its amount."""
    plan, scale = way.policy.plan, way.scale
    if name == "share":
        return 100.0
    gdp = scale.gdp * (plan.target - plan.share if name.startswith("needed") else 1.0)
    return gdp / scale.rate if name.endswith("_foreign") else gdp
