"""A fan for somebody who moves a slider: many draws, a few variables, at the claims' values to show.

The draws, equations and bins are those of `counting.py`; what is left out is all that a slider can do
without: the ends of the claims over all draws, swings and indices. So a hundred thousand draws take some
hundredths of a second. What rounding leaves open is told of the path without shocks, which takes no draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from steelyard.project.chance import Array
from steelyard.project.counting import Crowd, Task
from steelyard.project.economy import Drivers, Paths, run_draws
from steelyard.project.ensemble import PROBABILITIES
from steelyard.project.equations import quantiles
from steelyard.project.fans import Run
from steelyard.project.found import Found
from steelyard.project.kept_paths import KeptPaths
from steelyard.project.pledges import Pledge
from steelyard.project.prepared import run_of
from steelyard.project.spreads import Spread, Way
from steelyard.project.swings import as_shown
from steelyard.project.variables import units_of

# In which no draw of the one economy is a draw of the other, so that both are kept, and fewer are drawn.
KEPT_DRAWS = 20_000
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class QuickFan:
    """One variable over the years, base year first, in single units of `unit`.

    `central` is the path without shocks and `box` what the claims' rounding leaves open of it; `quantiles`
    are those of `PROBABILITIES` and `errors` their Monte Carlo standard errors, no number where no draw moves
    them.
    """

    unit: str
    central: tuple[float, ...]
    box: tuple[Range, ...]
    quantiles: tuple[tuple[float, ...], ...]
    errors: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What a pledge adds to the plan until the last year, in national currency, by quantile: at `least` and
    at `most`, for the part of it that is planned already is known only so far.
    """

    pledge: Pledge
    least: tuple[float, ...]
    most: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Quick:
    """Fans by variable, and by year after the base year the chance of having met the target (none without
    one).
    """

    years: tuple[int, ...]
    fans: dict[str, QuickFan]
    reached: tuple[float, ...]
    draws: int
    seed: int
    added: tuple[Added, ...] = ()


def quick_fans(found: Found, variables: Sequence[str], kept: KeptPaths | None = None) -> Quick:
    """The fans of some variables of a scenario that has all it needs; none of what it is measured against.

    `kept` has room for the economy, which need not be run anew where only the policy has moved.
    """
    found = replace(found, reference=None)
    run = run_of(as_shown(found))
    # What is open moves no economy, so both have one path without shocks.
    whole = replace(run_of(found), shared=run)
    way, years = run.ways[0], range(run.drivers.years)
    pledges = [(pledge, pledge.lines()[0]) for pledge in run.owed.pledges]
    lines = tuple(line for _, line in pledges)
    crowd = Crowd(run.drivers, run.scenario.seed, run.scenario.draws, run.discount, lines=lines, kept=kept)
    wanted = dict.fromkeys(variables, years) | {line.total: years[-1:] for line in lines}
    (outcome,) = crowd.outcomes([way.task], wanted, PROBABILITIES)
    spread = Spread({way.task: outcome}, PROBABILITIES, {}, {})
    rows: dict[str, list[tuple[Array, Array, float]]] = {name: [] for name in variables}
    for name, values, errors, central in spread.quantiles(way, run.calm, variables):
        rows[name].append((values, errors, float(central[0])))
    boxes, units = _boxes(whole, variables), units_of(run)
    fans = {
        name: QuickFan(
            units[name],
            tuple(central for _, _, central in found_),
            boxes[name],
            tuple(tuple(values.tolist()) for values, _, _ in found_),
            tuple(tuple(errors.tolist()) for _, errors, _ in found_),
        )
        for name, found_ in rows.items()
    }
    met = tuple(outcome.reached.tolist()) if way.scale.target else ()
    added = tuple(_added(pledge, outcome.fans[line.total][years[-1]][0]) for pledge, line in pledges)
    return Quick(
        (run.scenario.base_year, *run.scenario.years), fans, met, run.scenario.draws, run.scenario.seed, added
    )


def _added(pledge: Pledge, paid: Array) -> Added:
    least, most = (1.0 - float(end) for end in (pledge.planned.high, pledge.planned.low))
    return Added(pledge, tuple((least * paid).tolist()), tuple((most * paid).tolist()))


def _boxes(run: Run, variables: Sequence[str]) -> dict[str, tuple[Range, ...]]:
    """The range of each path without shocks over all that the claims leave open."""
    ends: dict[str, list[list[float]]] = {name: [] for name in variables}
    for way in run.ways:
        paths: dict[str, list[float]] = {}
        for name, values in way.amounts(run.calm):
            paths.setdefault(name, []).append(float(values[0]))
        for name in variables:
            ends[name].append(paths[name])
    return {
        name: tuple((min(year), max(year)) for year in zip(*rows, strict=True)) for name, rows in ends.items()
    }


@dataclass(frozen=True, slots=True)
class Apart:
    """How much more one scenario spends than another, draw by draw; see `QuickFan`. `draws` is how many there
    were.
    """

    fan: QuickFan
    draws: int


def apart(found: Found, other: Found, variable: str = "spending") -> Apart | None:
    """By how much a variable of one scenario is above that of another in the same draws.

    None where they have no draws in common: another country, other years or another seed.
    """
    one, two = run_of(as_shown(found)), run_of(as_shown(other))
    if (one.scenario.years, one.scenario.seed) != (two.scenario.years, two.scenario.seed):
        return None
    if (
        not np.array_equal(one.drivers.streams, two.drivers.streams)
        or one.economy.currency != two.economy.currency
    ):
        return None
    draws = min(one.scenario.draws, two.scenario.draws)
    if (
        same_economy(one.drivers, two.drivers)
        and one.ways[0].scale == two.ways[0].scale
        and variable == "spending"
    ):
        return Apart(_counted(one, two, draws), draws)
    draws = min(draws, KEPT_DRAWS)
    return Apart(_kept(one, two, variable, draws), draws)


def same_economy(one: Drivers, two: Drivers) -> bool:
    """Whether two scenarios run through the same economy, draw by draw."""
    pairs = ((getattr(one, field.name), getattr(two, field.name)) for field in fields(Drivers))
    return all((a is None) == (b is None) and (a is None or np.array_equal(a, b)) for a, b in pairs)


def _counted(one: Run, two: Run, draws: int) -> QuickFan:
    """Through one economy, draws are counted and none is kept."""
    way = Way(Task(one.ways[0].task.policy, two.ways[0].task.policy), one.ways[0].scale)
    crowd = Crowd(one.drivers, one.scenario.seed, draws, one.discount)
    (outcome,) = crowd.outcomes([way.task], {"difference": range(one.drivers.years)}, PROBABILITIES)
    spread = Spread({way.task: outcome}, PROBABILITIES, {}, {})
    rows = [
        (values, errors, float(central[0]))
        for _, values, errors, central in spread.quantiles(way, one.calm, ("difference",))
    ]
    return _fan(units_of(one)["difference"], rows)


def _kept(one: Run, two: Run, variable: str, draws: int) -> QuickFan:
    """Through two economies under the same shocks."""
    both = [_drawn(run, variable, run_draws(run.drivers, run.scenario.seed, draws)) for run in (one, two)]
    calm = [_drawn(run, variable, run.calm) for run in (one, two)]
    rows = []
    for year, (mine, other) in enumerate(zip(*both, strict=True)):
        values, errors = quantiles(mine - other, PROBABILITIES)
        rows.append((values, errors, float(calm[0][year][0] - calm[1][year][0])))
    return _fan(units_of(one)[variable], rows)


def _drawn(run: Run, variable: str, paths: Paths) -> list[Array]:
    return [values for name, values in run.ways[0].amounts(paths) if name == variable]


def _fan(unit: str, rows: Sequence[tuple[Array, Array, float]]) -> QuickFan:
    central = tuple(middle for _, _, middle in rows)
    return QuickFan(
        unit,
        central,
        tuple((middle, middle) for middle in central),
        tuple(tuple(values.tolist()) for values, _, _ in rows),
        tuple(tuple(errors.tolist()) for _, errors, _ in rows),
    )
