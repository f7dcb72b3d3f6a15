"""The project step: a scenario, a ledger and series to an ensemble of what they commit to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from steelyard.core.claim import Ledger
from steelyard.core.problems import Problem, sort_problems
from steelyard.core.series import Series
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.project.base import Base, find_base
from steelyard.project.drivers import Economy, build_economy
from steelyard.project.ensemble import Cell, Ensemble
from steelyard.project.fans import Fan, Run, fans_of, reach_of, run_scenario
from steelyard.project.headlines import Inputs, equation_of, headlines_of, units_of
from steelyard.project.origins import assumptions_of, origins_of
from steelyard.project.parameters import Value
from steelyard.project.scenario import Scenario, read_scenario
from steelyard.project.target import find_target

__all__ = ["project_scenario"]


def project_scenario(
    scenario: Entry,
    ledger: Ledger,
    vocabulary: Vocabulary,
    series: Sequence[Series] = (),
    *,
    draws: int | None = None,
    seed: int | None = None,
) -> tuple[Ensemble | None, list[Problem]]:
    """What a scenario gives, or None and every reason why it cannot be run.

    `scenario` is an entry of kind "scenarios"; the ledger gives spending and share of the base year, `series`
    the economy. `draws` and `seed` go before those of the scenario. A missing claim is a refusal; all else is
    an error.
    """
    whole, problems = read_scenario(scenario, vocabulary, draws=draws, seed=seed)
    if whole is None:
        return None, sort_problems(problems)
    economy, faults = build_economy(whole, series)
    target, more = find_target(whole, vocabulary)
    problems = [*problems, *faults, *more]
    if economy is None or any(problem.severity == "error" for problem in problems):
        return None, sort_problems(problems)
    base, faults = find_base(whole, ledger, vocabulary, (economy.currency, economy.foreign_currency))
    problems += faults
    if base is None:
        return None, sort_problems(problems)
    ensemble = _ensemble(whole, base, economy, target, vocabulary)
    if not ensemble.is_finite:
        message = "The numbers grow beyond any economy."
        place, hint = (
            whole.place("drivers"),
            "Look for a slip in the series, rates and window of the scenario.",
        )
        return None, sort_problems([*problems, Problem("out-of-range", message, place, hint)])
    return ensemble, sort_problems(problems)


def _ensemble(
    whole: Scenario, base: Base, economy: Economy, target: Value | None, vocabulary: Vocabulary
) -> Ensemble:
    """The numbers of a scenario that has all it needs, with their origins."""
    aim = None if target is None else target.interval.low
    run = run_scenario(whole, base, economy, None if aim is None else aim * Decimal("0.01"), vocabulary)
    fans, reached = fans_of(run), reach_of(run)
    origins, inputs = origins_of(whole, base, economy, target, vocabulary)
    return Ensemble(
        whole.entry.id,
        whole.entry.label,
        whole.entry.text("summary"),
        whole.data["actor"],
        whole.data.get("posture", ""),
        whole.data.get("reference_scenario", ""),
        whole.base_year,
        whole.horizon,
        None if aim is None else float(aim),
        None if aim is None else whole.by,
        _cells(run, fans, inputs),
        reached,
        headlines_of(run, base, fans, reached, inputs),
        assumptions_of(whole, base, economy),
        origins,
        whole.draws,
        whole.seed,
    )


def _cells(run: Run, fans: Mapping[str, Fan], inputs: Inputs) -> tuple[Cell, ...]:
    """The fans as labelled cells, by variable and year."""
    units = units_of(run)
    first = run.scenario.base_year
    return tuple(
        Cell(
            name,
            units[name],
            first + t,
            fan.central[t],
            fan.box[t],
            tuple(fan.quantiles[t]),
            tuple(fan.quantile_boxes[t]),
            equation_of(name),
            inputs.of(name),
        )
        for name, fan in fans.items()
        for t in range(len(fan.central))
    )
