"""What an address of the explorer asks for: a scenario, its path, numbers in place of its own, one beside it.

The names in an address are those of `steelyard project --set`; everything that is wrong with it is told, and
the scenario is shown with the rest of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property

from steelyard.case import Case
from steelyard.core.problems import Place, Problem
from steelyard.core.schema import nearest
from steelyard.core.vocabulary import Entry, Vocabulary, overlay
from steelyard.project.rules import RULES
from steelyard.project.scenario import read_scenario
from steelyard.project.what_if import NOT_SAID, PER_YEAR, YEAR, Changes, Lever, levers_of, with_changes
from steelyard.run import Run

SCENARIO, BESIDE, RULE, CELL = "scenario", "with", "rule", "cell"
# A form that is sent without script brings every slider, moved or not.
SENT = "sent"
_OWN = (SCENARIO, BESIDE, RULE, CELL, SENT)
_ADDRESS = Place("address")
_LONGEST = 100  # characters of a number
_BEND = 2.0  # of a curved path that a scenario does not bend itself
# How far a slider goes to either side of what the scenario has, and its step, by unit.
_REACH: Mapping[str, tuple[Decimal, Decimal]] = {
    "% of GDP": (Decimal(2), Decimal("0.05")),
    PER_YEAR: (Decimal(3), Decimal("0.1")),
}
_ANY = (Decimal("0.25"), Decimal(3), Decimal("0.05"))  # of what has another unit: as multiples of it


@dataclass(frozen=True, slots=True)
class Track:
    """A slider: what it moves, from where to where and in which steps, and where it stands."""

    lever: Lever
    low: Decimal
    high: Decimal
    step: Decimal
    number: Decimal
    moved: bool

    def to_json(self) -> dict[str, object]:
        """The slider as plain data."""
        return {
            "name": self.lever.name,
            "label": self.lever.label,
            "unit": self.lever.unit,
            "written": self.lever.written,
            "low": float(self.low),
            "high": float(self.high),
            "step": float(self.step),
            "number": float(self.number),
            "own": float(_on_step(self.lever.number, self.low, self.step)),
            "stated": self._is_stated,
            "moved": self.moved,
            "first": not self.lever.place and self.lever.place != 0,
        }

    @property
    def _is_stated(self) -> bool:
        """Whether the scenario has the very number at which its slider stands, so that it moves nothing."""
        lever = self.lever
        is_open = bool(lever.variable) or lever.written == NOT_SAID
        return not is_open and lever.number == _on_step(lever.number, self.low, self.step)


@dataclass(frozen=True, slots=True)
class Question:
    """A scenario as an address changes it: `entry` in `vocabulary` is what is to be run, `own` what its
    author wrote; `beside` is another scenario to be laid beside it, unchanged.
    """

    own: Entry
    entry: Entry
    vocabulary: Vocabulary
    rule: str
    own_rule: str
    rules: tuple[str, ...]
    tracks: tuple[Track, ...]
    changes: Changes
    beside: Entry | None = None
    problems: tuple[Problem, ...] = field(default=())


class Known:
    """What a case has however its sliders are moved, each found once."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._starts: dict[tuple[str, str], Start] = {}

    @cached_property
    def scenarios(self) -> Mapping[str, Entry]:
        """The scenarios that could be run, by id."""
        words = self.run.case.vocabulary
        known = words.entries("scenarios")
        return {name: entry for name, entry in known.items() if read_scenario(entry, words)[0]}

    @cached_property
    def rules(self) -> Mapping[str, tuple[tuple[str, ...], str]]:
        """The spending rules for which each has all numbers, and its own."""
        return {name: _rules_of(entry, self.run.case.vocabulary) for name, entry in self.scenarios.items()}

    def start(self, name: str, rule: str) -> Start:
        """A scenario on a path, before anything of it is moved."""
        if (name, rule) not in self._starts:
            self._starts[name, rule] = self._started(name, rule)
        return self._starts[name, rule]

    def _started(self, name: str, rule: str) -> Start:
        case, entry = self.run.case, self.scenarios[name]
        if rule != self.rules[name][1]:
            entry = replace(entry, data=overlay(entry.data, {"rule": _bent(rule)}))
        whole = read_scenario(entry, case.vocabulary)[0]
        years = (whole.base_year + 1, whole.horizon) if whole else (1, 1)
        levers = {lever.name: lever for lever in levers_of(entry, case.vocabulary, case.series)}
        return Start(entry, levers, years)


@dataclass(frozen=True, slots=True)
class Start:
    """A scenario with its levers by name, and the first and last year of its path."""

    entry: Entry
    levers: Mapping[str, Lever]
    years: tuple[int, int]


def understand(query: Mapping[str, str], facts: Known) -> Question | None:
    """What an address asks of a case; None where the case has no scenario that could be run."""
    case, known = facts.run.case, facts.scenarios
    if not known:
        return None
    problems: list[Problem] = []
    first = case.headline if case.headline in known else next(iter(known))
    own = known[_one_of(query.get(SCENARIO), known, first, "scenario", problems)]
    beside = known[_one_of(query.get(BESIDE), known, own.id, "scenario", problems)]
    rules, kind = facts.rules[own.id]
    rule = _one_of(query.get(RULE), rules, kind, "path", problems)
    start = facts.start(own.id, rule)
    asked = query if SENT not in query else _moved(query, start.levers, start.years)
    changes = _changes(asked, start.levers, problems)
    words, faults = _with(changes, start, case)
    if faults:
        problems += [replace(one, origin=_ADDRESS) for one in faults]
        changes = {name: text for name, text in changes.items() if not _with({name: text}, start, case)[1]}
        words, _ = _with(changes, start, case)
    entry = words.entry("scenarios", own.id) or start.entry
    tracks = tuple(_track(lever, changes.get(lever.name), start.years) for lever in start.levers.values())
    return Question(
        own,
        entry,
        words,
        rule,
        kind,
        rules,
        tracks,
        changes,
        None if beside == own else beside,
        tuple(problems),
    )


def _one_of(
    asked: str | None,
    known: tuple[str, ...] | Mapping[str, object],
    other: str,
    what: str,
    told: list[Problem],
) -> str:
    """What is asked for where it is known, else the other, and a word of it."""
    if not asked or asked in known:
        return asked or other
    message = f"There is no {what} {asked[:_LONGEST]!r} here."
    told.append(Problem("unknown-id", message, _ADDRESS, nearest(asked, known)))
    return other


def _rules_of(entry: Entry, vocabulary: Vocabulary) -> tuple[tuple[str, ...], str]:
    """The spending rules for which a scenario has all numbers, and its own."""
    whole = read_scenario(entry, vocabulary)[0]
    data = whole.data if whole else {}
    kind = str(data["rule"]["kind"])
    given = {*data["rule"], "power", *(["target"] if "target" in data else [])}
    return tuple(name for name, rule in RULES.items() if name == kind or given.issuperset(rule.needs)), kind


def _bent(rule: str) -> Mapping[str, object]:
    return {"kind": rule, **({"power": _BEND} if "power" in RULES[rule].needs else {})}


def _changes(query: Mapping[str, str], levers: Mapping[str, Lever], told: list[Problem]) -> dict[str, str]:
    """The numbers that an address gives, those apart that are what the scenario has."""
    changes = {}
    for name, text in query.items():
        if name in _OWN or not text:
            continue
        if name not in levers:
            message = f"There is nothing to change under the name {name[:_LONGEST]!r}."
            told.append(Problem("unknown-change", message, _ADDRESS, nearest(name, levers)))
        elif len(text) > _LONGEST:
            told.append(
                Problem("unusable-change", f"The number of {name} is too long.", _ADDRESS, "Shorten it.")
            )
        else:
            changes[name] = text
    return changes


def _moved(query: Mapping[str, str], levers: Mapping[str, Lever], years: tuple[int, int]) -> dict[str, str]:
    """What a form sends, without the sliders that stand where the scenario has them."""
    own = {name: _track(lever, None, years).number for name, lever in levers.items()}
    return {
        name: text for name, text in query.items() if name not in own or _number(text, own[name]) != own[name]
    }


def _with(changes: Changes, start: Start, case: Case) -> tuple[Vocabulary, list[Problem]]:
    known = {start.entry.id: tuple(start.levers.values())}
    return with_changes([start.entry], changes, case.vocabulary, case.series, known)


def _track(lever: Lever, text: str | None, years: tuple[int, int]) -> Track:
    """The slider of a lever, wide enough for where it stands."""
    low, high, step = _ends(lever, years)
    own = _on_step(lever.number, low, step)
    number = own if text is None else _number(text, own)
    return Track(lever, min(low, number), max(high, number), step, number, text is not None)


def _ends(lever: Lever, years: tuple[int, int]) -> tuple[Decimal, Decimal, Decimal]:
    if lever.unit == YEAR:
        return Decimal(years[0]), Decimal(years[1]), Decimal(1)
    if lever.pledge:
        return Decimal(0), Decimal(100), Decimal(1)
    if lever.unit in _REACH:
        reach, step = _REACH[lever.unit]
        middle = _on_step(lever.number, Decimal(0), step)
        low = middle - reach
        return (low if lever.unit == PER_YEAR else max(low, step)), middle + reach, step
    least, most, part = _ANY
    unit = abs(lever.number) or Decimal(1)
    return lever.number - unit * (1 - least), lever.number + unit * (most - 1), unit * part


def _on_step(number: Decimal, start: Decimal, step: Decimal) -> Decimal:
    """The number on the next step of a slider that begins at `start`."""
    return start + ((number - start) / step).to_integral_value() * step


def _number(text: str, other: Decimal) -> Decimal:
    try:
        number = Decimal(text.replace("%", "").strip())
    except InvalidOperation:
        return other
    return number if number.is_finite() else other
