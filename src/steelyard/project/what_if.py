"""What a scenario would come to if some of its numbers were others: which can be moved, and what then comes.

What can be moved is found in the form of scenarios, never named here: every parameter that a scenario uses,
every number of its own, each assumption, and the year of its target. A change is made as its author would
write it: a parameter under `sets`, all else under its key. What makes the economy is changed in the scenario
that it is measured against too, so that both still run through the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from math import expm1, fsum
from typing import Any

from steelyard.core.problems import Place, Problem
from steelyard.core.quantity import Quantity
from steelyard.core.schema import Field, Schema, nearest
from steelyard.core.series import Series
from steelyard.core.vocabulary import Entry, Vocabulary, overlay
from steelyard.project.carried_on import carried_on
from steelyard.project.drivers import build_economy
from steelyard.project.form import FORM, VARIABLES
from steelyard.project.parameters import Setting, Value, understood, value_on
from steelyard.project.scenario import Scenario, read_scenario
from steelyard.project.target import settings_of

OPTION = "--set"
YEAR, PER_YEAR = "year", "% a year"
# Numbers that stand in a scenario without a unit: what they are called, and what they count.
_PLAIN = {("target", "by"): ("year of the target", YEAR), ("rule", "power"): ("bend of the path", "")}
_PLACES = 4  # of a number that no author has written, such as growth carried on
_MOST_DIGITS = 24  # before the point: more has nothing that a scenario speaks of
NOT_SAID = "not said"  # of what a scenario leaves open
Changes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lever:
    """One number of a scenario that can be moved.

    `name` is the key under which a change gives it: the id of a parameter, or the way to it in the scenario,
    such as "target.by" or "assumptions.real_growth"; `number` is what the scenario has, in `unit`, and
    `written` the same as it is written there. `setting` is what sets a parameter now, `place` tells which of
    the assumptions it is; `variable` is the driver of the economy that it gives for every year alike,
    `pledge` the id of the pledge that it is of.
    """

    name: str
    label: str
    unit: str
    number: Decimal
    written: str
    setting: Setting | None = None
    place: int | None = None
    variable: str = ""
    pledge: str = ""

    @property
    def is_economic(self) -> bool:
        """Whether it moves the economy, not what a country decides."""
        return bool(self.variable) or self.place is not None

    def text(self, number: Decimal) -> str:
        """A number in its unit as a change gives it, such as "3.5 %" or "2035"."""
        plain = f"{round(number, _PLACES):f}"
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return f"{plain} %" if self.unit.startswith("%") else plain

    def told(self, text: str) -> str:
        """A number as a change gives it, with its unit for those who read: "3.7% of GDP"."""
        number = text.removesuffix("%").strip()
        return f"{number}{self.unit}" if self.unit.startswith("%") else text


def levers_of(scenario: Entry, vocabulary: Vocabulary, series: Sequence[Series] = ()) -> tuple[Lever, ...]:
    """All that can be moved of a scenario that has its form, each once; none of one that has not."""
    whole, problems = read_scenario(scenario, vocabulary)
    if whole is None or problems:
        return ()
    whole, _ = carried_on(whole, series)
    settings, _ = settings_of(whole, vocabulary)
    found = [*_named(whole, vocabulary, settings), *_own(whole, vocabulary), *_assumed(whole)]
    found += [*_pledged(whole), *_every_year(whole, series)]
    return tuple({lever.name: lever for lever in reversed(found)}.values())[::-1]


def with_changes(
    scenarios: Iterable[Entry],
    changes: Changes,
    vocabulary: Vocabulary,
    series: Sequence[Series] = (),
    known: Mapping[str, Sequence[Lever]] | None = None,
) -> tuple[Vocabulary, list[Problem]]:
    """The vocabulary with scenarios as they are after some changes, and what is wrong with those.

    A scenario that has not its form stays as it is, for that is told when it is run. `known` are the levers
    of scenarios by id, where somebody has them already. A change that is wrong in several is told once.
    """
    own, against = dict[str, Entry](), dict[str, Entry]()
    problems: dict[tuple[str, str], Problem] = {}
    for scenario in scenarios:
        whole, _ = read_scenario(scenario, vocabulary)
        if whole is None:
            continue
        found = (known or {}).get(scenario.id)
        found = levers_of(scenario, vocabulary, series) if found is None else found
        levers = {lever.name: lever for lever in found}
        faults = dict(_faults(levers, changes, vocabulary))
        for name, fault in faults.items():
            problems.setdefault((fault.code, name), fault)
        if not faults:
            moved = [(levers[name], text) for name, text in changes.items()]
            own[scenario.id] = _told(_changed(whole, moved), moved)
            against |= _reference(whole, moved, vocabulary)
    entries = {**vocabulary.entries("scenarios"), **against, **own}
    return vocabulary.with_entries("scenarios", entries), list(problems.values())


def _reference(
    whole: Scenario, moved: Sequence[tuple[Lever, str]], vocabulary: Vocabulary
) -> dict[str, Entry]:
    """The scenario that it is measured against, in the economy that the changes make, by its id."""
    economic = [one for one in moved if one[0].is_economic]
    entry = vocabulary.entry("scenarios", whole.data.get("reference_scenario"))
    below = read_scenario(entry, vocabulary)[0] if entry and entry.id != whole.entry.id else None
    if below is None or below.data.get("assumptions") != whole.data.get("assumptions"):
        return {}
    return {below.entry.id: _changed(below, economic)}


def _named(whole: Scenario, vocabulary: Vocabulary, settings: Sequence[Setting]) -> Iterator[Lever]:
    """Every parameter that it names and that has a number in the year of its target."""
    for name in dict.fromkeys(_parameters(whole.data, FORM)):
        value, _ = value_on(name, date(whole.by, 1, 1), vocabulary, settings)
        if value and value.interval.is_bounded:
            label = vocabulary.label("parameters", name)
            yield Lever(name, label, value.unit, value.shown, value.written, value.setting)


def _parameters(data: Mapping[str, Any], schema: Schema) -> Iterator[str]:
    """The ids of parameters in a table, and in those within it."""
    for key, value in data.items():
        field = schema.get(key, Field())
        if field.refers == "parameters":
            yield str(value)
        for table in _tables(value, field):
            yield from _parameters(table, field.inner or {})


def _tables(value: object, field: Field) -> Iterable[Mapping[str, Any]]:
    """The tables within a value of a form."""
    if field.kind == "map" and isinstance(value, dict):
        return [table for table in value.values() if isinstance(table, dict)]
    if isinstance(value, dict):
        return [value]
    return [table for table in value if isinstance(table, dict)] if isinstance(value, list) else []


def _own(whole: Scenario, vocabulary: Vocabulary) -> Iterator[Lever]:
    """Its own numbers: those that might be a parameter, and those that have no unit."""
    for (table, key), (label, unit) in _PLAIN.items():
        value = whole.data.get(table, {}).get(key)
        if value is not None:
            yield Lever(f"{table}.{key}", label, unit, Decimal(str(value)), str(value))
    for path, text in _valued(whole.data, FORM):
        try:
            amount = Quantity.as_written(text, vocabulary.units, precision="exact")
        except ValueError:
            continue
        unit = "% of GDP" if path == ("target", "value") else amount.unit or ""
        yield Lever(".".join(path), " ".join(path[:-1]), unit, amount.interval.middle, text)


def _valued(
    data: Mapping[str, Any], schema: Schema, way: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The values of tables that have one in place of a parameter, with the way to each."""
    for key, value in data.items():
        field = schema.get(key, Field())
        if isinstance(value, dict) and field.kind == "table" and field.inner:
            if {"parameter", "value"} <= field.inner.keys() and isinstance(value.get("value"), str):
                yield (*way, key, "value"), value["value"]
            yield from _valued(value, field.inner, (*way, key))


def _assumed(whole: Scenario) -> Iterator[Lever]:
    """What it assumes of the economy, each with its years."""
    variables = [one.variable for one in whole.assumptions]
    for place, one in enumerate(whole.assumptions):
        name = f"assumptions.{one.variable}"
        if variables.count(one.variable) > 1:
            name += f".{one.first}"
        first = max(one.first, whole.base_year + 1)
        label = f"{one.variable.replace('_', ' ')}, {first} to {one.last}"
        yield Lever(name, label, PER_YEAR, 100 * one.value, one.written, place=place)


def _pledged(whole: Scenario) -> Iterator[Lever]:
    """The part of each pledge that is planned already, in percent; none where nothing is said of it."""
    for table in whole.data.get("pledges", ()):
        said = table.get("planned", {}).get("value")
        number = _hundredths(said) if said else Decimal(0)
        if number is not None:
            label = f"{table['label']}: part that is planned already"
            yield Lever(f"pledges.{table['id']}", label, "%", number, said or NOT_SAID, pledge=table["id"])


def _hundredths(text: str) -> Decimal | None:
    """The number of a percentage that has one."""
    try:
        return Decimal(text.replace("%", "").strip())
    except InvalidOperation:
        return None


def _every_year(whole: Scenario, series: Sequence[Series]) -> Iterator[Lever]:
    """What moves the economy, as one number for every year: now it is the mean of the path without shocks."""
    economy, _ = build_economy(whole, series)
    if economy is None:
        return
    span = f"every year {whole.base_year + 1} to {whole.horizon}"
    paths = dict(zip(VARIABLES, economy.central, strict=True))
    for variable, logs in {**paths, "foreign_inflation": economy.foreign_inflation}.items():
        mean = Decimal(repr(100 * expm1(fsum(logs) / len(logs))))
        label = f"{variable.replace('_', ' ')}, {span}"
        yield Lever(
            f"drivers.{variable}", label, PER_YEAR, mean, f"{mean:.2f}% on average", variable=variable
        )


def _faults(
    levers: Mapping[str, Lever], changes: Changes, vocabulary: Vocabulary
) -> Iterator[tuple[str, Problem]]:
    """What is wrong with some changes, by name: names of no lever, and texts that are no number of it."""
    for name, text in changes.items():
        if name not in levers:
            yield name, _unknown(name, levers)
        elif fault := _fault(levers[name], text, vocabulary):
            yield name, fault


def _unknown(name: str, levers: Mapping[str, Lever]) -> Problem:
    message = f"There is nothing to change under the name {name!r}."
    return Problem("unknown-change", message, Place(OPTION), nearest(name, levers))


def _fault(lever: Lever, text: str, vocabulary: Vocabulary) -> Problem | None:
    """What is wrong with a text that is to take the place of a number, if something is."""
    try:
        number = _number(lever, text, vocabulary)
    except (ValueError, InvalidOperation):
        number = None
    if number is not None and _is_usable(number, lever):
        return None
    message = f"{text!r} cannot take the place of {lever.written}, the {lever.label} ({lever.name})."
    hint = f"Write a number as in {f'{lever.name}={lever.text(lever.number)}'!r}."
    return Problem("unusable-change", message, Place(OPTION), hint)


def _is_usable(number: Decimal, lever: Lever) -> bool:
    """Whether a number is one that could be meant; a year is whole."""
    if not number.is_finite() or number.adjusted() >= _MOST_DIGITS:
        return False
    return lever.unit != YEAR or number == number.to_integral_value()


def _number(lever: Lever, text: str, vocabulary: Vocabulary) -> Decimal | None:
    """The number of a text, None where it is in no unit of the lever's."""
    if lever.setting:
        entry = vocabulary.entry("parameters", lever.setting.parameter)
        value = _understood(entry, lever.setting, text, vocabulary) if entry else None
        return value.shown if value else None
    if not lever.unit.startswith("%"):
        return Decimal(text)
    amount = Quantity.as_written(_percent(text), vocabulary.units, precision="exact")
    unit = vocabulary.units.unit(amount.unit or "")
    return amount.interval.middle if unit and unit.dimension in ("share", "growth") else None


def _understood(entry: Entry, setting: Setting, text: str, vocabulary: Vocabulary) -> Value | None:
    table = {"value": text, "exact": True}
    return understood(entry, replace(setting, table=table), vocabulary)[0]


def _percent(text: str) -> str:
    """A percentage with its sign, which may be left out."""
    return text if text.rstrip().endswith("%") else f"{text} %"


def _changed(whole: Scenario, moved: Iterable[tuple[Lever, str]]) -> Entry:
    """The scenario's own entry with numbers in the place of others."""
    entry = whole.entry
    for lever, text in moved:
        reason = f"Set for this run, in place of {lever.written}."
        data: Mapping[str, object]
        if lever.setting:
            data = {"sets": [*entry.tables("sets"), _set(lever.setting, text, reason, whole)]}
        elif lever.place is not None:
            tables = [*(entry.tables("assumptions") or whole.data["assumptions"])]
            tables[lever.place] = {**tables[lever.place], "value": _percent(text), "reason": reason}
            data = {"assumptions": tables}
        elif lever.pledge:
            said = {"planned": {"value": _percent(text), "exact": True, "reason": reason}}
            pledges = entry.tables("pledges") or whole.data["pledges"]
            data = {"pledges": [{**one, **said} if one["id"] == lever.pledge else one for one in pledges]}
        elif lever.variable:
            tables = [*(entry.tables("assumptions") or whole.data.get("assumptions", ()))]
            own = {"variable": lever.variable, "value": _percent(text), "reason": reason}
            data = {"assumptions": [own, *tables]}  # the first that covers a year counts
        else:
            data = _written(lever.name.split("."), _plain(lever, text), reason)
        entry = replace(entry, data=overlay(entry.data, data))
    return entry


def _written(path: Sequence[str], value: object, reason: str) -> Mapping[str, object]:
    """A number of a scenario under its key, with the reason beside it."""
    inner: Mapping[str, object] = {path[-1]: value, "reason": reason}
    for key in reversed(path[:-1]):
        inner = {key: inner}
    return inner


def _plain(lever: Lever, text: str) -> object:
    """A number as the form has it: one without unit as a number, all else as text."""
    if tuple(lever.name.split(".")) in _PLAIN:
        number = Decimal(text)
        return int(number) if number == int(number) else float(number)
    return _percent(text) if lever.unit.startswith("%") else text


def _set(setting: Setting, text: str, reason: str, whole: Scenario) -> Mapping[str, object]:
    """A parameter's setting for this run alone: as the one below, with another number, on every day."""
    kept = {key: setting.table[key] for key in ("definition", "status") if key in setting.table}
    first = f"{whole.base_year}-01-01"
    return {
        "parameter": setting.parameter,
        "value": text,
        "exact": True,
        "from": first,
        "reason": reason,
        **kept,
    }


def _told(entry: Entry, moved: Iterable[tuple[Lever, str]]) -> Entry:
    """The entry with a label that says what was changed, if anything was."""
    words = "; ".join(f"{lever.label}: {lever.told(text)}" for lever, text in moved)
    if not words:
        return entry
    return replace(entry, data={**entry.data, "label": f"{entry.label}, with {words}"})
