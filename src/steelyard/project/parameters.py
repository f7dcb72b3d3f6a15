"""Dated, referenced values, and which layer's value holds on a day.

A parameter has packaged values, each with the days from and to which it holds and a reference. Postures and
scenarios lay settings over them; the last layer that speaks of a day wins, and is remembered. A setting
without a value ends the one below. Numbers are exact where their entry says so or their status makes them so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from steelyard.core.interval import INFINITE, Interval
from steelyard.core.period import Period
from steelyard.core.problems import Place, Problem
from steelyard.core.quantity import Quantity, Units
from steelyard.core.vocabulary import Entry, Vocabulary


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter's value as one layer states it, still as written.

    `table` has the keys of a value in a parameter file: from, to, value or low and high, reference, reason.
    """

    parameter: str
    layer: str
    table: Mapping[str, object]
    place: Place

    @property
    def reference(self) -> Mapping[str, object]:
        """Title, publisher and date of what the value rests on; empty where a scenario only gives a
        reason.
        """
        found = self.table.get("reference")
        return found if isinstance(found, dict) else {}

    def text(self, key: str) -> str:
        """A text of the table, or the empty text."""
        value = self.table.get(key)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Value:
    """What a parameter is on a day: all that its number leaves open, in `unit`, and the layer that said
    so.
    """

    parameter: str
    interval: Interval
    unit: str
    setting: Setting

    @property
    def layer(self) -> str:
        """The layer that won: "packaged", a case, a posture or a scenario."""
        return self.setting.layer

    @property
    def origin(self) -> str:
        """The id that numbers made from it refer to: parameter, layer, and what tells the layer's values
        apart, which is when they hold, or the number where no days are given.
        """
        start, end = self.setting.text("from"), self.setting.text("to")
        held = f"{start or '..'}/{end or '..'}" if start or end else self.written
        return f"parameter:{self.parameter}@{self.layer}@{held}"

    @property
    def shown(self) -> Decimal:
        """The number to show: the one that is written, or the middle of a range."""
        return self.interval.middle

    @property
    def written(self) -> str:
        """The number as its layer writes it, such as "3.5%" or "24.5 to 25.5 bn USD"."""
        return self.setting.text("value") or f"{self.setting.text('low')} to {self.setting.text('high')}"


def settings_in(entry: Entry, layer: str, key: str = "sets") -> list[Setting]:
    """The settings that a posture or scenario lays over the parameters, in the order written."""
    return [
        Setting(str(table.get("parameter", "")), layer, table, entry.place(key))
        for table in entry.tables(key)
    ]


def packaged_settings(parameter: Entry) -> list[Setting]:
    """The values of a parameter file, in the order written."""
    layer = parameter.layers.get("values", "packaged")
    return [
        Setting(parameter.id, layer, table, parameter.place("values")) for table in parameter.tables("values")
    ]


def value_on(
    parameter: str, day: date, vocabulary: Vocabulary, settings: Iterable[Setting] = ()
) -> tuple[Value | None, list[Problem]]:
    """What a parameter is on a day, with `settings` (lowest layer first) over its packaged values.

    None where no layer gives it a value for that day, and where the value that wins cannot be understood.
    """
    entry = vocabulary.entry("parameters", parameter)
    if entry is None:
        return None, []
    layers = [*packaged_settings(entry), *(setting for setting in settings if setting.parameter == parameter)]
    problems: list[Problem] = []
    winner: Setting | None = None
    for setting in layers:
        holds, faults = _holds_on(setting, day)
        problems += faults
        winner = setting if holds else winner
    if winner is None or not _has_value(winner):
        return None, problems
    value, faults = understood(entry, winner, vocabulary)
    return value, [*problems, *faults]


def _has_value(setting: Setting) -> bool:
    return any(setting.text(key) for key in ("value", "low", "high"))


def _holds_on(setting: Setting, day: date) -> tuple[bool, list[Problem]]:
    """Whether a setting speaks of a day; both its first and its last day count."""
    try:
        start = Period.parse(setting.text("from")).start
        end = Period.parse(setting.text("to")).end if setting.text("to") else None
    except ValueError as error:
        hint = "Write a day, month or year, such as 2026-01-23, 2026-01 or 2026."
        return False, [Problem("not-a-period", f"{str(error).capitalize()}.", setting.place, hint)]
    return (start is None or start <= day) and (end is None or day <= end), []


def understood(entry: Entry, setting: Setting, vocabulary: Vocabulary) -> tuple[Value | None, list[Problem]]:
    """The interval and unit that a setting writes, in the parameter's own unit."""
    exact = setting.table.get("exact") is True or _is_exact(entry, setting, vocabulary)
    low, high = (setting.text(key) or setting.text("value") for key in ("low", "high"))
    unit = entry.text("unit")
    try:
        ends = [_read(text, unit, vocabulary.units, exact=exact) for text in (low, high)]
        interval = Interval(
            -INFINITE if ends[0] is None else ends[0].low, INFINITE if ends[1] is None else ends[1].high
        )
    except ValueError as error:
        message = f"{setting.parameter}: {error}."
        hint = f"Write a number in {unit}, such as {unit_example(unit)!r}."
        return None, [Problem("unit-mismatch", message, setting.place, hint)]
    return Value(setting.parameter, interval, unit, setting), []


def _is_exact(entry: Entry, setting: Setting, vocabulary: Vocabulary) -> bool:
    """Whether the status makes it exact; a layer that gives no status keeps that of the parameter's last
    value.
    """
    below = [str(table["status"]) for table in entry.tables("values") if table.get("status")]
    status = vocabulary.entry("statuses", setting.text("status") or (below[-1] if below else None))
    return status is not None and status.flag("exact")


# Every year of every scenario asks for the same few numbers of the data files.
@lru_cache(maxsize=4096)
def _read(text: str, unit: str, units: Units, *, exact: bool) -> Interval | None:
    """A number in `unit`, or None for an open end; a number without a unit is in `unit` already.

    Raises:
        ValueError: it is no number, or in a unit that `unit` cannot be made from.
    """
    if not text:
        return None
    quantity = Quantity.as_written(text, units, precision="exact" if exact else None)
    return (quantity if quantity.unit is None else quantity.converted(unit, units)).interval


def unit_example(unit: str) -> str:
    """How a number in a unit may be written."""
    return "3.5%" if unit.startswith("%") else f"25 bn {unit}" if unit.isupper() else f"2 {unit}"


def percentage(text: str, vocabulary: Vocabulary) -> Decimal:
    """The fraction that a text such as "1.9%" or "-0.5%" writes; the digits are taken as exact.

    Raises:
        ValueError: it is no percentage.
    """
    quantity = Quantity.as_written(text, vocabulary.units, precision="exact")
    unit = vocabulary.units.unit(quantity.unit or "")
    if unit is None or unit.dimension not in ("share", "growth"):
        raise ValueError(f"not a percentage: {text!r}")
    return quantity.interval.low * unit.factor


def changed_parameters(
    before: Sequence[Setting], after: Sequence[Setting], day: date, vocabulary: Vocabulary
) -> tuple[list[dict[str, object]], list[Problem]]:
    """A row for each parameter that either side sets: its value and layer on a day under one and the
    other.
    """
    rows, problems = [], []
    for parameter in dict.fromkeys(setting.parameter for setting in (*before, *after)):
        row: dict[str, object] = {"parameter": parameter, "label": vocabulary.label("parameters", parameter)}
        for side, settings in (("before", before), ("after", after)):
            value, faults = value_on(parameter, day, vocabulary, settings)
            problems += faults
            row[side] = value.written if value else None
            row[f"{side}_layer"] = value.layer if value else None
        rows.append(row)
    return rows, problems
