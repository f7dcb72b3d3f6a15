"""The scenario that another is measured against, in the same draws."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.core.claim import Ledger
from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.base import Base
from steelyard.project.course import find_course
from steelyard.project.drivers import Economy
from steelyard.project.fans import Course
from steelyard.project.scenario import Scenario, read_scenario
from steelyard.project.target import find_target

# In these two scenarios must not differ, or a draw of one is another economy than the same draw of the other.
_SAME = ("actor", "base", "drivers", "assumptions", "horizon")


def find_reference(
    scenario: Scenario, vocabulary: Vocabulary, ledger: Ledger, base: Base, economy: Economy
) -> tuple[Course | None, list[Problem]]:
    """The reference of a scenario as a course through its economy; None where it has none of its own.

    A reference with faults, or one that starts elsewhere or runs through another economy, gives a warning:
    the scenario is projected, the difference to it is not.
    """
    name = scenario.data.get("reference_scenario")
    entry = vocabulary.entry("scenarios", name)
    if entry is None or name == scenario.entry.id:
        return None, []
    whole, problems = read_scenario(entry, vocabulary, draws=scenario.draws, seed=scenario.seed)
    if whole is None:
        return None, [_faulty(scenario, entry.label, problems)]
    if unlike := list(_differences(scenario, whole)):
        hint = "Let it extend its reference, and change only rule, target, limits, sets and posture."
        return None, [_warning(scenario, f"{entry.label!r} differs in {', '.join(unlike)}", hint)]
    target, problems = find_target(whole, vocabulary)
    course, faults = find_course(whole, target, vocabulary, ledger, base, economy)
    if course is None or problems:
        return None, [_faulty(scenario, entry.label, [*problems, *faults])]
    return course, []


def _differences(scenario: Scenario, reference: Scenario) -> Iterator[str]:
    """The keys in which two scenarios must agree and do not."""
    return (key for key in _SAME if scenario.data.get(key) != reference.data.get(key))


def _faulty(scenario: Scenario, label: str, problems: list[Problem]) -> Problem:
    codes = ", ".join(dict.fromkeys(problem.code for problem in problems))
    return _warning(scenario, f"{label!r} has faults of its own", f"Mend the reference ({codes}).")


def _warning(scenario: Scenario, why: str, hint: str) -> Problem:
    message = f"What the scenario costs against its reference is not given: {why}."
    return Problem("unlike-reference", message, scenario.place("reference_scenario"), hint, "warning")
