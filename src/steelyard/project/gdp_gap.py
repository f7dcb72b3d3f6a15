"""How far the GDP that the base year implies lies from the one that the scenario's own series has.

The path starts from the implied GDP, and grows as the series does; where the two differ, they are of another
vintage, definition or year, and who reads the path should know by how much.
"""

from __future__ import annotations

from decimal import Decimal

from steelyard.core.interval import Interval
from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.base import Base
from steelyard.project.drivers import Economy
from steelyard.project.money import amount_words
from steelyard.project.scenario import Scenario

_SMALL = Decimal("0.001")  # of GDP; publishers revise it by more than that


def gdp_gap(scenario: Scenario, base: Base, economy: Economy, vocabulary: Vocabulary) -> list[Problem]:
    """A warning with both numbers where the series' GDP is none that the base year's claims leave open."""
    series = economy.cells["home.nominal"][0][0]
    point = series.at(scenario.base_year)
    if point is None:
        return []
    implied = base.implied_gdp
    shown = base.spending.value / base.share.value * 100
    if base.spending.unit != economy.currency:
        rate = Interval.exactly(repr(economy.rate))
        implied, shown = implied * rate, shown * rate.low
    if implied.miss(Interval.exactly(point.value)) <= _SMALL * point.value:
        return []
    low, middle, high = (float(one) for one in (implied.low, shown, implied.high))
    ours, theirs = (amount_words(one, series.unit, vocabulary, 5) for one in (middle, float(point.value)))
    ends = " to ".join(amount_words(one, series.unit, vocabulary, 5) for one in (low, high))
    message = (
        f"Spending and its share imply a GDP of {ours} in {scenario.base_year} ({ends}); "
        f"{series.id} has {theirs}."
    )
    hint = "The path starts from the implied GDP. A share that names its GDP and edition would settle it."
    return [Problem("gdp-vintage", message, scenario.place("base", "share"), hint, "warning")]
