"""Floors for an ally's troops, as law: which instrument holds in which year, how firmly, and what lifts it.

A floor is a law with a condition, model section 5. A scenario that goes below one is told which instrument it
breaks, by which waiver that can be done, and until when the instrument holds; in a year for which no law is
known, nothing is said to be kept or broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from steelyard.core.interval import Interval
from steelyard.core.period import Period
from steelyard.core.problems import Place, Problem
from steelyard.project.drivers import Economy
from steelyard.project.ensemble import Row
from steelyard.project.parameters import Setting, Value, packaged_settings, understood
from steelyard.project.payments import Line, Moving
from steelyard.project.sourced import Sources

_MOST = Decimal("1e8")
COSTS = ("direct", "indirect", "overhead")


@dataclass(frozen=True, slots=True)
class Law:
    """A floor as one instrument sets it: the number, and the days from and to which it holds."""

    value: Value
    start: date | None
    end: date | None

    def text(self, key: str) -> str:
        """What its entry says of instrument, force or waiver."""
        return self.value.setting.text(key)

    def holds_in(self, year: int) -> bool:
        """Whether it holds on a day of the year."""
        starts = self.start is None or self.start <= date(year, 12, 31)
        return starts and (self.end is None or self.end >= date(year, 1, 1))


@dataclass(frozen=True, slots=True)
class Troops:
    """What a scenario says of an ally's troops, beside the laws that set a floor for them.

    `levels` by year, base year first; `cost` is that of one person in a year, in the currency of `unit`.
    """

    id: str
    label: str
    parameter: str
    laws: tuple[Law, ...]
    levels: Mapping[int, Value]
    costs: tuple[Value, ...]
    unit: str

    def rows(self) -> Iterator[Row]:
        """A row for each year and law: the number, the floor, and whether the one is kept by the other."""
        for year, value in self.levels.items():
            laws = [law for law in self.laws if law.holds_in(year)]
            level = value.interval
            yield from (self._row(year, level, law) for law in laws)
            if not laws:
                yield self._row(year, level, None)

    def _row(self, year: int, level: Interval, law: Law | None) -> Row:
        return {
            "troops": self.id,
            "label": self.label,
            "year": year,
            "low": int(level.low),
            "high": int(level.high),
            "floor": None if law is None else int(law.value.interval.low),
            "verdict": "no law known" if law is None else verdict(level, law.value.interval.low),
            "instrument": (law.text("instrument") or None) if law else None,
            "force": (law.text("force") or None) if law else None,
            "waiver": (law.text("waiver") or None) if law else None,
            "from": str(law.start) if law and law.start else None,
            "expires": str(law.end) if law and law.end else None,
        }

    def lines(self, economy: Economy) -> list[Line]:
        """What the troops cost in national currency, at the values to show and at both ends."""
        ends = [(value.interval.low, value.interval.middle, value.interval.high) for value in self.costs]
        lines = []
        for number, end in enumerate((1, 0, 2)):
            each = sum(float(one[end]) for one in ends)
            amounts, dearer = [], economy.dearer(self.unit, list(self.levels))
            for rise, value in zip(dearer, self.levels.values(), strict=True):
                level = value.interval
                count = float((level.low, level.middle, level.high)[end])
                if self.unit == economy.currency:
                    amounts.append(Moving(prices=count * each * rise))
                else:
                    amounts.append(Moving(rate=count * each * rise * economy.rate))
            lines.append(Line(f"troops {self.id} {number}", tuple(amounts)))
        return lines


def verdict(level: Interval, floor: Decimal) -> str:
    """Whether a number keeps a floor, breaks it, or may do either within what it leaves open."""
    return "kept" if level.low >= floor else "broken" if level.high < floor else "open"


def find_troops(sources: Sources, economy: Economy) -> tuple[list[Troops], list[Problem]]:
    """What a scenario says of an ally's troops; floors that it breaks are warnings among the problems."""
    found, problems = list[Troops](), list[Problem]()
    for table in sources.scenario.data.get("troops", ()):
        troops, faults = _troops(sources, table, economy)
        problems += faults
        if troops and any(one.id == troops.id for one in found):
            message = f"Two entries of troops have the id {troops.id!r}."
            problems.append(Problem("duplicate-id", message, sources.scenario.place("troops"), "Rename one."))
        elif troops:
            found.append(troops)
            problems += _breaches(troops, sources.scenario.place("troops"))
    return found, problems


def _troops(
    sources: Sources, table: Mapping[str, Any], economy: Economy
) -> tuple[Troops | None, list[Problem]]:
    scenario, place = sources.scenario, sources.scenario.place("troops")
    rows, label = table["levels"], table["label"]
    levels, problems = levels_of(sources, rows, label, "troops.levels", place, reasoned=True)
    laws, faults = laws_of(table["floor"], sources)
    costs, more = _costs(sources, table, economy, place)
    problems += [*faults, *more]
    if any(one.severity == "error" for one in problems) or len(levels) < len(scenario.years) + 1:
        return None, problems
    unit = costs[0].unit if costs else ""
    return Troops(
        table["id"], table["label"], table["floor"], tuple(laws), levels, tuple(costs), unit
    ), problems


def levels_of(
    sources: Sources,
    rows: Sequence[Mapping[str, Any]],
    label: str,
    key: str,
    place: Place,
    *,
    reasoned: bool = False,
) -> tuple[dict[int, Value], list[Problem]]:
    """How many people there are by year, base year first: the number of the last row that begins by then.

    `key` is where messages say that the rows stand; with `reasoned` a number may have a reason for a source.
    """
    scenario = sources.scenario
    rows = sorted(rows, key=lambda row: row["from"])
    if not rows or rows[0]["from"] > scenario.base_year:
        message = f"Nothing says how many {label} there are in {scenario.base_year}."
        hint = f"Give {key} from {scenario.base_year} on, with a reference{' or a reason' * reasoned}."
        return {}, [Problem("missing-year", message, place, hint, "refusal")]
    levels, problems = {}, list[Problem]()
    for year in (scenario.base_year, *scenario.years):
        row = [one for one in rows if one["from"] <= year][-1]
        numbers = {key: item for key, item in row.items() if key != "from"}
        value, faults = sources.value("number of people", numbers, "person", place, year, reasoned=reasoned)
        if value is not None and not faults:
            faults = sources.fitting("number of people", value, ("person",), (Decimal(0), _MOST), place)
            levels[year] = value
        problems += faults
    return levels, list(dict.fromkeys(problems))


def laws_of(parameter: str, sources: Sources) -> tuple[list[Law], list[Problem]]:
    """The laws that give a parameter its values, those of postures and scenarios over the packaged ones."""
    entry = sources.vocabulary.entry("parameters", parameter)
    assert entry
    own = [setting for setting in sources.settings if setting.parameter == parameter]
    laws, problems = [], []
    for setting in (*packaged_settings(entry), *own):
        value, faults = understood(entry, setting, sources.vocabulary)
        problems += faults
        if value is None or not value.interval.is_bounded:
            continue
        span = _span(setting)
        if span is None:
            message, hint = f"{parameter} has no days for which it holds.", "Write a day, month or year."
            problems.append(Problem("not-a-period", message, setting.place, hint))
            continue
        laws.append(Law(value, *span))
    return laws, problems


def _span(setting: Setting) -> tuple[date | None, date | None] | None:
    """The first and the last day of a setting."""
    try:
        start = Period.parse(setting.text("from")).start
        end = Period.parse(setting.text("to")).end if setting.text("to") else None
    except ValueError:
        return None
    return start, end


def _costs(
    sources: Sources, table: Mapping[str, Any], economy: Economy, place: Place
) -> tuple[list[Value], list[Problem]]:
    """What one person costs in a year, part by part; none where a part has no source."""
    given: Mapping[str, Any] = table.get("cost", {})
    if not given:
        return [], []
    if missing := [name for name in COSTS if name not in given]:
        message = f"The cost of {table['label']} is not given: it lacks {' and '.join(missing)}."
        hint = f"A sourced yearly cost of one person ({', '.join(missing)}) in troops.cost would lift this."
        return [], [Problem("not-priced", message, place, hint, "refusal")]
    values, problems = [], list[Problem]()
    for name in COSTS:
        value, faults = sources.value(f"{name} cost", given[name], "", place, sources.scenario.base_year)
        if value is not None and not faults:
            faults = sources.fitting(f"{name} cost", value, ("money",), (Decimal(0), Decimal("1e12")), place)
        problems += faults
        values += [value] if value else []
    units = {value.unit for value in values}
    if not problems and (len(units) > 1 or units - {economy.currency, economy.foreign_currency}):
        hint = f"Give all parts in {economy.foreign_currency}, or all in {economy.currency}."
        problems = [
            Problem(
                "unit-mismatch",
                f"The cost of {table['label']} is in {', '.join(sorted(units))}.",
                place,
                hint,
            )
        ]
    if not problems:
        problems = economy.unpriced(values[0].unit, sources.scenario.years, place)
    return ([] if problems else values), problems


def _breaches(troops: Troops, place: Place) -> Iterator[Problem]:
    """A warning for each law that is broken or may be, with the years, the waiver and the last day."""
    for law in troops.laws:
        for kind in ("broken", "open"):
            years = [
                year
                for year, value in troops.levels.items()
                if law.holds_in(year) and verdict(value.interval, law.value.interval.low) == kind
            ]
            if years:
                yield _breach(troops, law, years, kind, place)


def _breach(troops: Troops, law: Law, years: list[int], kind: str, place: Place) -> Problem:
    low = min(troops.levels[year].interval.low for year in years)
    span = f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"
    does = "goes" if kind == "broken" else "may go"
    instrument = law.text("instrument")
    floor = f"{law.value.interval.low:,f}"
    if instrument:
        force = f", a {law.text('force')}" if law.text("force") else ""
        until = f" It holds until {law.end}." if law.end else ""
        whose = f"{floor} of {instrument}{force}.{until}"
        waiver = law.text("waiver")
        hint = f"Way out by the law itself: {waiver}" if waiver else "The law names no way out."
    else:
        until = f" until {law.end}" if law.end else ""
        whose = f"{floor} that {law.value.layer!r} sets{until}; no instrument is named."
        hint = "Name the law or agreement in instrument, with force and waiver, if there is one."
    message = f"{troops.label}: {low:,f} in {span} {does} below the {whose}"
    return Problem("below-floor", message, place, hint, "warning")
