"""A scenario made ready to be run: all that it needs found, or every reason why it cannot be run."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.core.claim import Ledger
from steelyard.core.problems import Problem
from steelyard.core.series import Series
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.project.base import find_base
from steelyard.project.carried_on import carried_on
from steelyard.project.course import find_course
from steelyard.project.drivers import Economy, build_economy
from steelyard.project.fans import Run, run_scenario
from steelyard.project.found import Found
from steelyard.project.gdp_gap import gdp_gap
from steelyard.project.military import at_military_parity
from steelyard.project.reference import find_reference
from steelyard.project.scenario import Scenario, read_scenario
from steelyard.project.sourced import Sources
from steelyard.project.target import find_target, settings_of
from steelyard.project.target_definition import definition_faults
from steelyard.project.valuations import Valuation, at_defence_prices, at_parity, constant_dollars


def prepare(
    scenario: Entry,
    ledger: Ledger,
    vocabulary: Vocabulary,
    series: Sequence[Series] = (),
    *,
    draws: int | None = None,
    seed: int | None = None,
    alone: bool = False,
) -> tuple[Found | None, list[Problem]]:
    """All that a scenario needs, or None and the problems; see `project_scenario`.

    `alone` leaves out what it is measured against, with the warnings of that.
    """
    whole, problems = read_scenario(scenario, vocabulary, draws=draws, seed=seed)
    if whole is None:
        return None, problems
    whole, unknown = carried_on(whole, series)
    economy, faults = build_economy(whole, series)
    target, more = find_target(whole, vocabulary)
    problems = [*problems, *unknown, *faults, *more]
    if economy is None or unknown or any(problem.severity == "error" for problem in problems):
        return None, problems
    base, faults = find_base(whole, ledger, vocabulary, (economy.currency, economy.foreign_currency))
    problems += faults
    if base is None:
        return None, problems
    problems += gdp_gap(whole, base, economy, vocabulary)
    if faults := definition_faults(whole, target, base, vocabulary):
        return None, [*problems, *faults]
    course, faults = find_course(whole, target, vocabulary, ledger, base, economy)
    problems += faults
    if course is None:
        return None, problems
    against = (None, []) if alone else find_reference(whole, vocabulary, ledger, base, economy)
    reference, faults = against
    valuations, more = _valuations(whole, economy, vocabulary)
    found = Found(course, base, economy, target, reference, vocabulary, valuations)
    return found, [*problems, *faults, *more]


def _valuations(
    scenario: Scenario, economy: Economy, vocabulary: Vocabulary
) -> tuple[tuple[Valuation, ...], list[Problem]]:
    """All moneys that a scenario asks for and has the inputs of, and a refusal of each other one."""
    settings, _ = settings_of(scenario, vocabulary)
    constant = constant_dollars(economy, len(scenario.years))
    parity, problems = at_parity(scenario, economy)
    military, faults = at_military_parity(Sources(scenario, vocabulary, settings), economy, parity)
    own_use, more = at_defence_prices(scenario, economy)
    found = (own_use, constant, parity, military)
    return tuple(one for one in found if one), [*problems, *faults, *more]


def run_of(found: Found) -> Run:
    """The draws of a scenario that has all it needs, ready to be asked for."""
    parts = (found.course, found.base, found.economy, found.vocabulary, found.reference)
    return run_scenario(*parts, found.valuations)
