"""What keeps a plan from being carried out: how fast spending can grow, what it cannot fall below, and how
much of it is spent.

Each is off unless given, as a parameter or as a number with a reference. What a number leaves open is shown
at both ends in the box; no chance is made up for it. A line of the floor may move with prices, consumer
prices or the exchange rate, be people times their pay, what is owed under a pledge, or paid by agreement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import exp
from typing import Any, Literal

from steelyard.core.interval import Interval
from steelyard.core.problems import Problem
from steelyard.core.quantity import Quantity
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.drivers import Economy
from steelyard.project.equations import Limits
from steelyard.project.parameters import Value, percentage
from steelyard.project.payments import Moving
from steelyard.project.pledges import Pledge
from steelyard.project.scenario import MOST_GROWTH, Scenario
from steelyard.project.sourced import Sources
from steelyard.project.target import settings_of
from steelyard.project.troops import levels_of

End = Literal["shown", "low", "high"]
_PERCENT = Decimal("0.01")
_MOST_EXECUTED = 200  # percent of what was voted, extra budgets within the year included
_MOST_MONEY = Decimal("1e30")
_DIMENSIONS = {"cap": ("growth", "share"), "execution": ("share", "growth"), "floor": ("money",)}
_RANGES = {
    "cap": (Decimal(0), Decimal(100 * MOST_GROWTH)),
    "execution": (Decimal(1), Decimal(_MOST_EXECUTED)),
    "floor": (Decimal(0), _MOST_MONEY),
    "pay": (Decimal(0), Decimal("1e12")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the floor: a value for each year after the base year, and what one unit of it comes to
    there: an amount that stays, moves with prices, or with the exchange rate.

    Where the values count people, `each` is the pay of one of them in a year.
    """

    label: str
    values: tuple[Value, ...]
    parts: tuple[Moving, ...]
    each: Value | None = None

    @property
    def numbers(self) -> tuple[Value, ...]:
        """Every number that it is made from."""
        return (*self.values, *((self.each,) if self.each else ()))

    def at(self, year: int, end: End) -> Moving:
        """The line in a year (from 0), in national currency."""
        amount = float(end_of(self.values[year].interval, end))
        amount *= float(end_of(self.each.interval, end)) if self.each else 1.0
        return Moving(*(amount * part for part in self.parts[year]))


@dataclass(frozen=True, slots=True)
class Constraints:
    """The limits of a scenario with all that their numbers leave open; None and empty for none. `payment`:
    whether what is paid by agreement is part of the floor.
    """

    cap: Value | None = None
    execution: Value | None = None
    floor: tuple[Line, ...] = ()
    payment: bool = False

    @property
    def floored(self) -> bool:
        """Whether there is something that spending cannot fall below."""
        return bool(self.floor) or self.payment

    @property
    def named(self) -> tuple[tuple[str, Value], ...]:
        """Each value with a name for people, one for each value of a floor that stays the same."""
        single = [("growth cap", self.cap), ("execution rate", self.execution)]
        lines = [(f"floor: {line.label}", value) for line in self.floor for value in _once(line.numbers)]
        return (*((name, value) for name, value in single if value), *lines)

    def corners(self) -> list[tuple[End, End, End]]:
        """All choices of an end for cap, execution and floor; "shown" where nothing is left open."""
        floor = [value for line in self.floor for value in line.numbers]
        groups = [[self.cap] if self.cap else [], [self.execution] if self.execution else [], floor]
        ends: list[tuple[End, ...]] = [
            ("low", "high") if any(not value.interval.is_exact for value in group) else ("shown",)
            for group in groups
        ]
        return [(cap, execution, lines) for cap, execution, lines in product(*ends)]

    def at(self, cap: End, execution: End, floor: End, gdp: float, years: int) -> Limits:
        """The limits at one end of each, the floor as a multiple of `gdp` in national currency."""
        sums = [
            Moving(
                *(
                    sum(parts) / gdp
                    for parts in zip(*(line.at(year, floor) for line in self.floor), strict=True)
                )
            )
            for year in range(years if self.floor else 0)
        ]
        moving = [Moving(0.0, one.prices, one.rate) for one in sums]
        return Limits(
            float(end_of(self.cap.interval, cap) * _PERCENT) if self.cap else None,
            tuple(one.fixed for one in sums) or ((0.0,) * years if self.payment else ()),
            float(end_of(self.execution.interval, execution) * _PERCENT) if self.execution else 1.0,
            tuple(moving) if any(map(any, moving)) else (),
            self.payment,
        )


def _once(values: Sequence[Value]) -> list[Value]:
    """Values without those that only repeat an earlier one."""
    return list({(value.parameter, value.layer, value.written): value for value in values}.values())


def end_of(interval: Interval, end: End) -> Decimal:
    """One end of an interval, or the middle to show."""
    return {"low": interval.low, "high": interval.high, "shown": interval.middle}[end]


def find_limits(
    scenario: Scenario, vocabulary: Vocabulary, economy: Economy, pledges: Sequence[Pledge] = ()
) -> tuple[Constraints, list[Problem]]:
    """The limits that a scenario gives, with every fault of them; floors are in national currency unless they
    follow the exchange rate.
    """
    table: Mapping[str, Any] = scenario.data.get("limits", {})
    settings, problems = settings_of(scenario, vocabulary) if table else ([], [])
    reading = _Reading(Sources(scenario, vocabulary, settings), economy, pledges)
    single: dict[str, Value | None] = {"cap": None, "execution": None}
    for name in single:
        if name in table:
            values, faults = reading.values(name, table[name], years=1)
            problems += faults
            single[name] = values[0] if values else None
    lines, rows = [], table.get("floor", ())
    for row in rows:
        line, faults = reading.line(row)
        problems += faults
        lines += [line] if line else []
    payment = any(row.get("cost_sharing") for row in rows)
    return Constraints(single["cap"], single["execution"], tuple(lines), payment), list(
        dict.fromkeys(problems)
    )


def _beyond_vote(name: str, value: Value, sources: Sources) -> list[Problem]:
    """An execution rate that is written as more than what was voted, without a reason for it."""
    setting = value.setting
    if name != "execution" or setting.text("reason"):
        return []
    units = sources.vocabulary.units
    rate = Quantity.as_written(setting.text("high") or setting.text("value"), units, precision="exact")
    if (rate.converted(value.unit, units) if rate.unit else rate).interval.high <= 100:
        return []
    message = f"The execution rate {value.written} is more than was voted."
    hint = "Say why in limits.execution.reason, such as an extra budget within the year."
    return [Problem("missing-key", message, sources.scenario.place("limits", "execution"), hint)]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is needed to read the limits of one scenario."""

    sources: Sources
    economy: Economy
    pledges: Sequence[Pledge]

    def line(self, row: Mapping[str, Any]) -> tuple[Line | None, list[Problem]]:
        """One line of the floor; None for what is paid by agreement, which no number here gives."""
        scenario = self.sources.scenario
        place, count = scenario.place("limits", "floor"), len(scenario.years)
        if "pledge" in row:
            pledge = next((one for one in self.pledges if one.id == row["pledge"]), None)
            if pledge is None:
                known = ", ".join(one.id for one in self.pledges) or "none"
                message = f"The floor names a pledge {row['pledge']!r} that the scenario does not have."
                return None, [Problem("unknown-id", message, place, f"Known: {known}.")]
            return Line(row["label"], (pledge.value,) * count, pledge.parts[1:]), []
        if row.get("cost_sharing"):
            if "cost_sharing" in scenario.data:
                return None, []
            message = "The floor counts cost sharing, of which the scenario says nothing."
            return None, [Problem("missing-key", message, place, "Give [cost_sharing] with agreement.")]
        each, values, problems = self._people(row) if "strength" in row or "pay" in row else (None, [], [])
        if each is None and not problems:
            values, problems = self.values("floor", row, count)
        parts, faults = self._parts(row)
        problems += faults
        return (None if problems else Line(row["label"], tuple(values), tuple(parts), each)), problems

    def _people(self, row: Mapping[str, Any]) -> tuple[Value | None, list[Value], list[Problem]]:
        """The pay of one person in a year, and how many there are in each year after the base year."""
        scenario, label = self.sources.scenario, row["label"]
        place = scenario.place("limits", "floor")
        if missing := [name for name in ("strength", "pay") if name not in row]:
            message = f"The floor {label!r} is not known: it lacks the {' and the '.join(missing)}."
            hint = "A sourced strength in persons and a sourced yearly pay of one of them would lift this."
            return None, [], [Problem("no-personnel-cost", message, place, hint, "refusal")]
        levels, problems = levels_of(self.sources, row["strength"], f"people of {label!r}", "strength", place)
        currency = self._currency(row)
        each, faults = self.sources.value("pay", row["pay"], currency, place, scenario.base_year)
        if each is not None and not faults:
            faults = self.sources.fitting("pay", each, _DIMENSIONS["floor"], _RANGES["pay"], place, currency)
        problems += faults
        if problems:
            return None, [], problems
        return each, [levels[year] for year in scenario.years], []

    def _currency(self, row: Mapping[str, Any]) -> str:
        """The currency of a line of the floor: foreign where it follows the exchange rate."""
        abroad = row.get("index") == "exchange_rate"
        return self.economy.foreign_currency if abroad else self.economy.currency

    def values(self, name: str, table: Mapping[str, Any], years: int) -> tuple[list[Value], list[Problem]]:
        """A value for each year, and what is wrong with it."""
        scenario = self.sources.scenario
        place, listed = scenario.place("limits", name), table.get("values")
        if listed is not None and len(listed) != years:
            message = f"The {name} has {len(listed)} values for {years} years."
            return [], [
                Problem("rule-numbers", message, place, "Give one for each year after the base year.")
            ]
        currency = self._currency(table)
        unit = currency if name == "floor" else "%"
        values, problems = [], list[Problem]()
        for number in range(years):
            row = {**table, "value": listed[number]} if listed is not None and "low" not in table else table
            row = {key: item for key, item in row.items() if key != "values" or "value" not in row}
            value, faults = self.sources.value(name, row, unit, place, scenario.years[number])
            if value is not None and not faults:
                wanted = currency if name == "floor" else ""
                faults = self.sources.fitting(name, value, _DIMENSIONS[name], _RANGES[name], place, wanted)
                values.append(value)
                faults = faults or _beyond_vote(name, value, self.sources)
            problems += faults
        return ([] if problems else values), problems

    def _parts(self, row: Mapping[str, Any]) -> tuple[list[Moving], list[Problem]]:
        """What one unit of a line comes to in each year, by its index and its growth in real terms."""
        scenario, index = self.sources.scenario, row.get("index")
        place = scenario.place("limits", "floor")
        try:
            growth = 1.0 + float(percentage(row.get("real_growth", "0%"), self.sources.vocabulary))
        except ValueError as error:
            hint = 'Write a percentage, such as "1.0%".'
            return [], [Problem("not-a-percentage", f"{str(error).capitalize()}.", place, hint)]
        parts, dearer = [], 1.0
        for t, year in enumerate(scenario.years):
            if prices := {one.kind.role: one for one in self.economy.indices}.get(index or ""):
                change = prices.change(year)
                if change is None:
                    return [], [prices.missing([year], place)]
                dearer *= exp(change - self.economy.central[1][t])
            unit = growth ** (t + 1) * dearer
            rate = {"exchange_rate": Moving(rate=unit * self.economy.rate), None: Moving(fixed=unit)}
            parts.append(rate.get(index, Moving(prices=unit)))
        return parts, []
