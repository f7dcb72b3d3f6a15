"""A scenario made ready to be run: all that it needs found, or every reason why it cannot be run."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from steelyard.core.claim import Ledger
from steelyard.core.problems import Problem
from steelyard.core.series import Series
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.project.base import find_base
from steelyard.project.drivers import build_economy
from steelyard.project.fans import Course, Run, run_scenario
from steelyard.project.found import Found
from steelyard.project.limits import find_limits
from steelyard.project.reference import find_reference
from steelyard.project.scenario import read_scenario
from steelyard.project.target import find_target


def prepare(
    scenario: Entry,
    ledger: Ledger,
    vocabulary: Vocabulary,
    series: Sequence[Series] = (),
    *,
    draws: int | None = None,
    seed: int | None = None,
) -> tuple[Found | None, list[Problem]]:
    """All that a scenario needs, or None and the problems; see `project_scenario`."""
    whole, problems = read_scenario(scenario, vocabulary, draws=draws, seed=seed)
    if whole is None:
        return None, problems
    economy, faults = build_economy(whole, series)
    target, more = find_target(whole, vocabulary)
    problems = [*problems, *faults, *more]
    if economy is None or any(problem.severity == "error" for problem in problems):
        return None, problems
    limits, faults = find_limits(whole, vocabulary, economy.currency)
    base, more = find_base(whole, ledger, vocabulary, (economy.currency, economy.foreign_currency))
    problems += [*faults, *more]
    if base is None or faults:
        return None, problems
    reference, faults = find_reference(whole, vocabulary, economy.currency)
    return Found(whole, base, economy, target, limits, reference, vocabulary), [*problems, *faults]


def run_of(found: Found) -> Run:
    """The draws of a scenario that has all it needs, ready to be asked for."""
    aim = None if found.target is None else found.target.interval.low * Decimal("0.01")
    course = Course(found.scenario, aim, found.limits)
    return run_scenario(course, found.base, found.economy, found.vocabulary, found.reference)
