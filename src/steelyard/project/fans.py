"""From a scenario's numbers to its fans: the draws run once, the claims' ends laid over them.

The economy is an index, so the same draws serve every end of the claims. Spending and its share of GDP are
the two numbers that claims leave open; each outcome moves one way in each of them, so the four corners bound
it exactly.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

import numpy as np

from steelyard.core.vocabulary import Vocabulary
from steelyard.project.base import Base
from steelyard.project.drivers import VARIABLES, Economy
from steelyard.project.ensemble import PROBABILITIES, Reach, cut
from steelyard.project.equations import (
    RULES,
    Array,
    Drivers,
    Paths,
    Plan,
    Scale,
    blocks_of,
    join_paths,
    outcomes,
    quantiles,
    reach,
    run_economy,
)
from steelyard.project.scenario import Scenario

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Corner:
    """One choice of what the claims leave open: spending in national currency, and its share as a
    fraction.
    """

    spending: float
    share: Decimal


@dataclass(frozen=True, slots=True)
class Fan:
    """One variable over the years, base year first; see `Cell` for the meaning of each."""

    central: Sequence[float]
    box: Sequence[Range]
    quantiles: Sequence[Sequence[float]]
    quantile_boxes: Sequence[Sequence[Range]]


def drivers_of(scenario: Scenario, economy: Economy) -> Drivers:
    """The economy as arrays, with the streams of its shocks.

    A stream is named by country, variable and year alone, so that a draw has the same shocks in every
    scenario.
    """
    country = zlib.crc32(scenario.data["actor"].encode())
    streams = [
        [country << 32 | number << 16 | year for year in scenario.years] for number in range(len(VARIABLES))
    ]
    return Drivers(
        np.array(economy.central),
        np.diag(economy.persistence),
        np.array(economy.root),
        np.array(economy.foreign_inflation),
        np.array(streams, np.uint64),
        scenario.data["drivers"].get("center") == "mean",
    )


def corners_of(base: Base, economy: Economy) -> list[Corner]:
    """The claims at the values to show, and then at each corner of what they leave open."""
    rate = 1.0 if base.spending.unit == economy.currency else economy.rate
    percent = Decimal("0.01")
    spending, share = base.spending.interval, base.share.interval
    ends = product(dict.fromkeys((spending.low, spending.high)), dict.fromkeys((share.low, share.high)))
    pairs = [(base.spending.value, base.share.value), *ends]
    return [Corner(float(amount) * rate, part * percent) for amount, part in pairs]


@dataclass(frozen=True)
class Run:
    """The draws of a scenario and its plan at each corner, the value to show first."""

    scenario: Scenario
    economy: Economy
    corners: Sequence[Corner]
    plans: Sequence[Plan]
    paths: Paths
    calm: Paths
    discount: float | None

    def scale(self, number: int) -> Scale:
        """What turns indices into amounts at a corner."""
        corner = self.corners[number]
        gdp = corner.spending / float(corner.share)
        return Scale(gdp, self.economy.rate, self.discount, "target" in self.scenario.data)

    def spending(self, number: int, paths: Paths) -> Array:
        """Spending at a corner, by the scenario's rule."""
        return RULES[self.scenario.data["rule"]["kind"]].spend(self.plans[number], paths)

    def outcomes(self, number: int, paths: Paths) -> Iterator[tuple[str, Array]]:
        """Every variable at a corner."""
        return outcomes(self.spending(number, paths), paths, self.plans[number], self.scale(number))


_unlimited = np.errstate(over="ignore", invalid="ignore", divide="ignore")


@_unlimited
def run_scenario(
    scenario: Scenario, base: Base, economy: Economy, target: Decimal | None, vocabulary: Vocabulary
) -> Run:
    """The draws of a scenario, in blocks; `target` is a fraction."""
    drivers = drivers_of(scenario, economy)
    blocks = [run_economy(drivers, scenario.seed, first, count) for first, count in blocks_of(scenario.draws)]
    corners = corners_of(base, economy)
    plans = [
        scenario.plan(corner.share, corner.share if target is None else target, vocabulary)
        for corner in corners
    ]
    calm = run_economy(drivers, scenario.seed, 0, 1, shocks=False)
    rates = [one for one in scenario.assumptions if one.variable == "discount_rate"]
    discount = float(rates[-1].value) if rates else None
    return Run(scenario, economy, corners, plans, join_paths(blocks), calm, discount)


@_unlimited
def fans_of(run: Run) -> Mapping[str, Fan]:
    """The fan of every variable, with its boxes."""
    found: dict[str, list[tuple[Array, Array, Array]]] = {}
    for number in range(len(run.corners)):
        calm = dict(run.outcomes(number, run.calm))
        for name, values in run.outcomes(number, run.paths):
            found.setdefault(name, []).append((*quantiles(values, PROBABILITIES), calm[name][:, 0]))
    return {name: _fan(corners) for name, corners in found.items()}


def _fan(corners: Sequence[tuple[Array, Array, Array]]) -> Fan:
    """The fan at the values to show, and its range over all corners."""
    shown, errors, central = corners[0]
    low, high = (pick([corner[0] for corner in corners], axis=0) for pick in (np.min, np.max))
    floor, top = (pick([corner[2] for corner in corners], axis=0) for pick in (np.min, np.max))
    years = range(len(central))
    error = [float(errors[:, t].min()) for t in years]
    return Fan(
        [cut(float(central[t]), 0.0) for t in years],
        [(cut(float(floor[t]), 0.0), cut(float(top[t]), 0.0)) for t in years],
        [[cut(float(value), error[t]) for value in shown[:, t]] for t in years],
        [
            [
                (cut(float(a), error[t]), cut(float(b), error[t]))
                for a, b in zip(low[:, t], high[:, t], strict=True)
            ]
            for t in years
        ],
    )


@_unlimited
def reach_of(run: Run) -> tuple[Reach, ...]:
    """The probability of having met the target by each year, with its range over the corners."""
    if "target" not in run.scenario.data:
        return ()
    both = [
        reach(run.spending(number, run.paths), run.paths, run.plans[number].target)
        for number in range(len(run.corners))
    ]
    results = []
    for t, year in enumerate(run.scenario.years):
        chances = [_chance(float(by[t]), run.paths.draws) for by, _ in both]
        kept = _chance(float(both[0][1][t]), run.paths.draws)
        results.append(Reach(year, chances[0], min(chances), max(chances), kept))
    return tuple(results)


def _chance(value: float, draws: int) -> float:
    """A probability cut to the digits that so many draws carry."""
    return cut(value, (value * (1 - value) / draws) ** 0.5)
