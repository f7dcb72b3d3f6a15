"""Prices beside the deflator, of consumers and of defence: how they rise, by a series of their index or by
assumptions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log, log1p

from steelyard.core.problems import Place, Problem
from steelyard.core.series import Point, Series
from steelyard.project.scenario import Assumption


@dataclass(frozen=True, slots=True)
class Prices:
    """A kind of prices: its words, its table in the drivers, and the variable of assumptions on it."""

    words: str
    role: str
    variable: str


CONSUMER = Prices("consumer prices", "consumer_prices", "consumer_inflation")
DEFENCE = Prices("defence prices", "defence_prices", "defence_inflation")
ABROAD = Prices("defence prices abroad", "defence_prices_abroad", "foreign_defence_inflation")


@dataclass
class PriceIndex:
    """The rise of such prices by year, and which cells and assumptions have been asked for it.

    `asked`: whether the scenario wants such prices used.
    """

    kind: Prices = CONSUMER
    series: Series | None = None
    assumptions: Sequence[Assumption] = ()
    asked: bool = False
    cells: dict[int, Point] = field(default_factory=dict)
    used: dict[Assumption, None] = field(default_factory=dict)

    def change(self, year: int) -> float | None:
        """The log change from the year before: what is assumed, else what the series gives, or None."""
        if assumption := self.assumed(year):
            self.used[assumption] = None
            return log1p(float(assumption.value))
        points = [self.series.at(one) if self.series else None for one in (year - 1, year)]
        before, now = points
        if before is None or now is None or min(before.value, now.value) <= 0:
            return None
        self.cells |= {before.year: before, now.year: now}
        return log(float(now.value) / float(before.value))

    def assumed(self, year: int) -> Assumption | None:
        """What the scenario assumes of the rise into a year."""
        return next((one for one in self.assumptions if one.covers(self.kind.variable, year)), None)

    def silent(self, years: Sequence[int]) -> list[int]:
        """The years of which nothing says how prices rise."""
        return [year for year in years if self.change(year) is None]

    def missing(self, years: Sequence[int], place: Place) -> Problem:
        """The refusal for want of these prices in some years."""
        there = f"The series {self.series.id} has no rows" if self.series else "No series is named"
        span = f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"
        message = f"Nothing says how {self.kind.words} rise in {span}. {there} for that."
        hint = (
            f"Name a series of their index in drivers.{self.kind.role}, add its rows for {years[0] - 1} to "
            f'{years[-1]}, or add an [[assumptions]] entry with variable = "{self.kind.variable}" and a '
            "reason."
        )
        return Problem("missing-year", message, place, hint, "refusal")
