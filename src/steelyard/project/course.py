"""The course of a scenario: its rule, target, limits and all that it owes, ready to be run."""

from __future__ import annotations

from decimal import Decimal

from steelyard.core.claim import Ledger
from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.base import Base
from steelyard.project.categories import find_categories
from steelyard.project.drivers import Economy, mean_growth
from steelyard.project.fans import Course
from steelyard.project.limits import find_limits
from steelyard.project.listed import find_amounts
from steelyard.project.owed import find_owed
from steelyard.project.parameters import Value
from steelyard.project.rises import find_rises
from steelyard.project.scenario import Scenario


def find_course(
    scenario: Scenario,
    target: Value | None,
    vocabulary: Vocabulary,
    ledger: Ledger,
    base: Base,
    economy: Economy,
) -> tuple[Course | None, list[Problem]]:
    """The course of a scenario, or None and every reason why it has none.

    A refusal of something that is owed leaves that out; one of what the course itself rests on ends it.
    """
    owed, problems = find_owed(scenario, vocabulary, ledger, base, economy)
    limits, faults = find_limits(scenario, vocabulary, economy, owed.pledges)
    categories, apart = find_categories(scenario, vocabulary, ledger, base, limits)
    amounts, more = find_amounts(scenario, vocabulary, base, economy)
    rises, others = find_rises(scenario, vocabulary, ledger, base)
    lacking = limits.payment and owed.sharing is None
    faulty = any(problem.severity == "error" for problem in problems)
    faulty = faulty or any(problem.severity != "warning" for problem in others)
    faulty = faulty or any(problem.severity == "error" for problem in apart)
    problems = [*problems, *faults, *more, *others, *apart]
    if lacking or faulty or faults or more:
        return None, problems
    aim = None if target is None else target.interval.low * Decimal("0.01")
    gdp = 1.0 + mean_growth(economy.central[0][: scenario.by - scenario.base_year])
    return Course(scenario, aim, limits, amounts, owed, rises, gdp, categories), problems
