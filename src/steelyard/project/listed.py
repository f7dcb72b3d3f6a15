"""A national plan that lists amounts of money for years, as published: years between two of them are only
filled in where the scenario says how.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from steelyard.core.problems import Problem
from steelyard.core.quantity import Quantity
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.base import Base
from steelyard.project.drivers import Economy
from steelyard.project.scenario import Scenario


def find_amounts(
    scenario: Scenario, vocabulary: Vocabulary, base: Base, economy: Economy
) -> tuple[tuple[float, ...], list[Problem]]:
    """The amount of each year after the base year in national currency; empty where the rule lists none."""
    rule: Mapping[str, Any] = scenario.data["rule"]
    if rule["kind"] != "listed-amounts":
        return (), []
    place, known, problems = scenario.place("rule", "amounts"), dict[int, float](), list[Problem]()
    if "reference" not in rule:
        hint = "Give rule.reference with title, publisher and date."
        problems.append(Problem("missing-key", "The amounts listed have no reference.", place, hint))
    for row in rule["amounts"]:
        try:
            quantity = Quantity.as_written(row["value"], vocabulary.units, precision="exact")
        except ValueError:
            quantity = None
        if quantity is None or quantity.unit != economy.currency or quantity.interval.low <= 0:
            message = f"{row['value']!r} is no amount in {economy.currency}."
            hint = f'Write it as "71.4 tn {economy.currency}".'
            problems.append(Problem("unit-mismatch", message, place, hint))
        else:
            known[int(row["year"])] = float(quantity.interval.middle)
    outside = sorted(set(known) - set(scenario.years))
    if outside:
        message = f"An amount is listed for {outside[0]}, which is not projected."
        problems.append(Problem("rule-numbers", message, place, "List years after the base year only."))
    missing = [year for year in scenario.years if year not in known]
    if missing and ("between" not in rule or scenario.horizon not in known):
        message = f"No amount is listed for {', '.join(map(str, missing))}."
        hint = "List one for each year, or for the last year and say in rule.between how to go between two."
        problems.append(Problem("missing-year", message, place, hint, "refusal"))
    if problems:
        return (), problems
    rate = 1.0 if base.spending.unit == economy.currency else economy.rate
    known[scenario.base_year] = float(base.spending.value) * rate
    return tuple(between(known, scenario.years, rates=rule.get("between") == "equal-rates")), []


def between(known: Mapping[int, float], years: Sequence[int], *, rates: bool) -> list[float]:
    """The amounts of years, those that are not known by equal steps or equal rates from the one known before
    to the one after.

    >>> between({2026: 100.0, 2028: 120.0}, [2027, 2028], rates=False)
    [110.0, 120.0]
    """
    found = []
    for year in years:
        before = max(one for one in known if one <= year)
        after = min(one for one in known if one >= year)
        way = (year - before) / (after - before) if after > before else 0.0
        low, high = known[before], known[after]
        found.append(low * (high / low) ** way if rates else low + (high - low) * way)
    return found
