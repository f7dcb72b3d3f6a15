"""What keeps a plan from being carried out: how fast spending can grow, what it cannot fall below, and how
much of it is spent.

Each is off unless given, as a parameter or as a number with a reference. What a number leaves open is shown
at both ends in the box; no chance is made up for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, Literal

from steelyard.core.interval import Interval
from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.project.equations import Limits
from steelyard.project.parameters import Setting, Value, understood, value_on
from steelyard.project.scenario import MOST_GROWTH, Scenario
from steelyard.project.target import settings_of

End = Literal["shown", "low", "high"]
_PERCENT = Decimal("0.01")
_MOST_EXECUTED = 200  # percent of what was voted, extra budgets within the year included
_MOST_MONEY = Decimal("1e30")
_DIMENSIONS = {"cap": ("growth", "share"), "execution": ("share", "growth"), "floor": ("money",)}


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the floor: a value for each year after the base year."""

    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Constraints:
    """The limits of a scenario with all that their numbers leave open; None and empty for none."""

    cap: Value | None = None
    execution: Value | None = None
    floor: tuple[Line, ...] = ()

    @property
    def named(self) -> tuple[tuple[str, Value], ...]:
        """Each value with a name for people, one for each value of a floor that stays the same."""
        single = [("growth cap", self.cap), ("execution rate", self.execution)]
        lines = [(f"floor: {line.label}", value) for line in self.floor for value in _once(line.values)]
        return (*((name, value) for name, value in single if value), *lines)

    def corners(self) -> list[tuple[End, End, End]]:
        """All choices of an end for cap, execution and floor; "shown" where nothing is left open."""
        floor = [value for line in self.floor for value in line.values]
        groups = [[self.cap] if self.cap else [], [self.execution] if self.execution else [], floor]
        ends: list[tuple[End, ...]] = [
            ("low", "high") if any(not value.interval.is_exact for value in group) else ("shown",)
            for group in groups
        ]
        return [(cap, execution, lines) for cap, execution, lines in product(*ends)]

    def at(self, cap: End, execution: End, floor: End, gdp: float) -> Limits:
        """The limits at one end of each, the floor as a multiple of `gdp` in national currency."""
        sums = [
            sum(float(_end(line.values[year].interval, floor)) for line in self.floor)
            for year in range(len(self.floor[0].values) if self.floor else 0)
        ]
        return Limits(
            float(_end(self.cap.interval, cap) * _PERCENT) if self.cap else None,
            tuple(amount / gdp for amount in sums),
            float(_end(self.execution.interval, execution) * _PERCENT) if self.execution else 1.0,
        )


def _once(values: Sequence[Value]) -> list[Value]:
    """Values without those that only repeat an earlier one."""
    return list({(value.parameter, value.layer, value.written): value for value in values}.values())


def _end(interval: Interval, end: End) -> Decimal:
    return {"low": interval.low, "high": interval.high, "shown": interval.middle}[end]


def find_limits(
    scenario: Scenario, vocabulary: Vocabulary, currency: str
) -> tuple[Constraints, list[Problem]]:
    """The limits that a scenario gives, with every fault of them; floors are in `currency`."""
    table: Mapping[str, Any] = scenario.data.get("limits", {})
    settings, problems = settings_of(scenario, vocabulary) if table else ([], [])
    reading = _Reading(scenario, vocabulary, settings, currency)
    single: dict[str, Value | None] = {"cap": None, "execution": None}
    for name in single:
        if name in table:
            found = list(reading.values(name, table[name], years=1))
            problems += [one for one in found if isinstance(one, Problem)]
            single[name] = next((one for one in found if isinstance(one, Value)), None)
    lines = []
    for row in table.get("floor", ()):
        found = list(reading.values("floor", row, years=len(scenario.years)))
        problems += [one for one in found if isinstance(one, Problem)]
        lines.append(Line(row["label"], tuple(one for one in found if isinstance(one, Value))))
    return Constraints(single["cap"], single["execution"], tuple(lines)), list(dict.fromkeys(problems))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is needed to read the limits of one scenario."""

    scenario: Scenario
    vocabulary: Vocabulary
    settings: Sequence[Setting]
    currency: str

    def values(self, name: str, table: Mapping[str, Any], years: int) -> Iterator[Value | Problem]:
        """A value for each year, or what is wrong with it."""
        place = self.scenario.place("limits", name)
        own = [key for key in ("value", "low", "values") if key in table]
        if len(own) + ("parameter" in table) != 1:
            hint = "Give either a parameter, or one of value, low with high, and values."
            yield Problem("limit-source", f"The {name} has no one source.", place, hint)
        elif own and "reference" not in table:
            hint = f"Give limits.{name}.reference with title, publisher and date."
            yield Problem("missing-key", f"The {name} has neither parameter nor reference.", place, hint)
        elif len(table.get("values", [None] * years)) != years:
            message = f"The {name} has {len(table['values'])} values for {years} years."
            yield Problem("rule-numbers", message, place, "Give one for each year after the base year.")
        else:
            for number in range(years):
                yield from self._checked(name, *self._value(name, table, number))

    def _value(self, name: str, table: Mapping[str, Any], number: int) -> tuple[Value | None, list[Problem]]:
        """The value of one year: what its parameter is on the first of January, or the table's own number."""
        year, place = self.scenario.years[number], self.scenario.place("limits", name)
        if "parameter" in table:
            parameter = table["parameter"]
            value, problems = value_on(parameter, date(year, 1, 1), self.vocabulary, self.settings)
            if value is None and not problems:
                message = f"No layer gives {parameter} a value in {year}."
                hint = "Set it in the scenario under [[sets]], or give values with a reference."
                problems = [Problem("no-parameter-value", message, place, hint)]
            return value, problems
        texts = {"value": table["values"][number]} if "values" in table else {}
        owner = next(part for part in reversed(self.scenario.chain) if "limits" in part.data)
        title = table.get("label") or name
        setting = Setting(title, owner.id, {**table, **texts}, place)
        unit = self.currency if name == "floor" else "%"
        return understood(
            Entry("parameters", title, {"unit": unit}, {}, owner.file), setting, self.vocabulary
        )

    def _checked(self, name: str, value: Value | None, problems: list[Problem]) -> Iterator[Value | Problem]:
        """A value in the unit and range that its limit can have."""
        yield from problems
        if value is None:
            return
        unit, place = self.vocabulary.units.unit(value.unit), self.scenario.place("limits", name)
        fits = unit is not None and unit.dimension in _DIMENSIONS[name]
        if not fits or (name == "floor" and value.unit != self.currency):
            wanted = self.currency if name == "floor" else "percent"
            message = f"The {name} {value.written} is in {value.unit}."
            yield Problem("unit-mismatch", message, place, f"Give it in {wanted}.")
            return
        low, high = {
            "cap": (Decimal(0), Decimal(100 * MOST_GROWTH)),
            "execution": (Decimal(1), Decimal(_MOST_EXECUTED)),
            "floor": (Decimal(0), _MOST_MONEY),
        }[name]
        if low <= value.interval.low and value.interval.high <= high:
            yield value
        else:
            message = f"The {name} {value.written} is none that could be kept."
            hint = f"Give a number from {low:,} to {high:,} {value.unit}, open at neither end."
            yield Problem("limit-range", message, place, hint)
