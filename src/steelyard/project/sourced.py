"""Numbers that a scenario may only use with a source: a parameter under its layers, or a number of its own.

What a number leaves open is kept; an open end is no number that anything can be reckoned from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from steelyard.core.problems import Place, Problem
from steelyard.core.quantity import Quantity
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.project.parameters import Setting, Value, understood, value_on
from steelyard.project.scenario import Scenario

OWN = ("value", "low", "values")
Range = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the sourced numbers of one scenario come from: its data files, with its layers laid over them."""

    scenario: Scenario
    vocabulary: Vocabulary
    settings: Sequence[Setting]

    def value(
        self,
        name: str,
        table: Mapping[str, Any],
        unit: str,
        place: Place,
        year: int,
        *,
        reasoned: bool = False,
    ) -> tuple[Value | None, list[Problem]]:
        """The number of a table in a year: its parameter's on the first of January, or its own in `unit`, or
        in the unit that it writes where that is empty.

        `name` is what messages call it; with `reasoned` a number of its own may have a reason for a source.
        """
        own = [key for key in OWN if key in table]
        if len(own) + ("parameter" in table) != 1:
            hint = "Give either a parameter, or one of value, low with high, and values."
            return None, [Problem("limit-source", f"The {name} has no one source.", place, hint)]
        if own and "reference" not in table and not (reasoned and table.get("reason")):
            hint = "Give a reference with title, publisher and date" + (", or a reason." if reasoned else ".")
            message = f"The {name} has neither parameter nor {'reason' if reasoned else 'reference'}."
            return None, [Problem("missing-key", message, place, hint)]
        if "parameter" in table:
            return self.parameter(table["parameter"], place, year)
        return self._own(name, table, unit, place)

    def parameter(self, name: str, place: Place, year: int) -> tuple[Value | None, list[Problem]]:
        """What a parameter is on the first of January of a year; a problem where nothing says so."""
        value, problems = value_on(name, date(year, 1, 1), self.vocabulary, self.settings)
        if value is None and not problems:
            message = f"No layer gives {name} a value in {year}."
            hint = "Set it in the scenario under [[sets]], or give values with a reference."
            problems = [Problem("no-parameter-value", message, place, hint)]
        return value, problems

    def _own(
        self, name: str, table: Mapping[str, Any], unit: str, place: Place
    ) -> tuple[Value | None, list[Problem]]:
        """The number that the scenario writes itself; one that it only gives a reason for is what it says."""
        first = place.key.partition(".")[0] if place.key else ""
        owner = next(
            (part for part in reversed(self.scenario.chain) if first in part.data), self.scenario.entry
        )
        title = table.get("label") or name
        unit = unit or self._written_unit(table)
        entry = Entry("parameters", title, {"unit": unit}, {}, owner.file)
        return understood(
            entry,
            Setting(title, owner.id, {"exact": "reference" not in table, **table}, place),
            self.vocabulary,
        )

    def _written_unit(self, table: Mapping[str, Any]) -> str:
        """The unit in a table's text; the empty text for a bare number."""
        text = str(table.get("value") or table.get("low"))
        try:
            return Quantity.as_written(text, self.vocabulary.units).unit or ""
        except ValueError:
            return ""

    def fitting(
        self, name: str, value: Value, dimensions: Sequence[str], allowed: Range, place: Place, unit: str = ""
    ) -> list[Problem]:
        """What is wrong with a number's dimension (and unit, where one is asked for) and range.

        A bare number counts things.
        """
        found = self.vocabulary.units.unit(value.unit)
        dimension = found.dimension if found else "count" if not value.unit else ""
        if dimension not in dimensions or (unit and value.unit != unit):
            message = f"The {name} {value.written} is in {value.unit}."
            return [Problem("unit-mismatch", message, place, f"Give it in {unit or dimensions[0]}.")]
        low, high = allowed
        if low <= value.interval.low and value.interval.high <= high:
            return []
        message = f"The {name} {value.written} is none that could be kept."
        hint = f"Give a number from {low:,} to {high:,} {value.unit}, open at neither end."
        return [Problem("limit-range", message, place, hint)]
