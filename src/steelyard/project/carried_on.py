"""Growth that a scenario carries on from the last year of its series, as a number.

An assumption may say `value = "carried on"` in place of a percentage: the years that it covers grow as the
last year that the series have. So one text serves countries of different growth, and the assumption still
stands in the table with its number, its year and the author's reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from steelyard.core.problems import Problem
from steelyard.core.series import Series
from steelyard.project.chosen_series import chosen_series
from steelyard.project.scenario import Assumption, Scenario

# Of each variable that can be carried on: the series that it is the growth of, and the one it is divided by.
_LEVELS: Mapping[str, tuple[str, ...]] = {
    "real_growth": ("home.real",),
    "inflation": ("home.nominal", "home.real"),
    "foreign_inflation": ("abroad.nominal", "abroad.real"),
}


def carried_on(scenario: Scenario, series: Sequence[Series]) -> tuple[Scenario, list[Problem]]:
    """The scenario with numbers for what it carries on, and a refusal where the series have no last growth.

    Where its series cannot be chosen it stays as it is, for that is told when the economy is made.
    """
    if not any(one.carried for one in scenario.assumptions):
        return scenario, []
    chosen, problems = chosen_series(scenario, series)
    if problems:
        return scenario, []
    found: list[Assumption] = []
    for one in scenario.assumptions:
        given = _with_number(one, [chosen[role] for role in _LEVELS[one.variable]]) if one.carried else one
        found += [given] if given else []
        problems += [] if given else [_nothing(scenario, one)]
    return replace(scenario, assumptions=tuple(found)), problems


def _with_number(assumption: Assumption, levels: Sequence[Series]) -> Assumption | None:
    """The assumption with the growth of the last year that all levels have, None where there is none."""
    years = set.intersection(*({point.year for point in one.points if point.value > 0} for one in levels))
    last = max(years, default=0)
    if last - 1 not in years:
        return None
    growth = _ratio(levels, last) / _ratio(levels, last - 1) - 1
    return replace(assumption, value=growth, written=f"{100 * growth:.2f}%, as in {last}")


def _ratio(levels: Sequence[Series], year: int) -> Decimal:
    """The first level in a year, divided by the other where there is one."""
    values = [point.value for one in levels if (point := one.at(year))]
    return values[0] / values[1] if len(values) > 1 else values[0]


def _nothing(scenario: Scenario, assumption: Assumption) -> Problem:
    """The refusal of growth that no series has."""
    message = f"There is no growth of {assumption.variable} to carry on: the series have no two years on end."
    hint = "Add the rows to the series, or give a percentage."
    return Problem("missing-year", message, scenario.place("assumptions"), hint, "refusal")
