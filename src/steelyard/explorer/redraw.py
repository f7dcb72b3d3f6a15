"""The fan of a case as its address says: numbers for the page, in words for its table, and the chain behind
each.
"""

from __future__ import annotations

import csv
import io
import json
import shlex
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import isfinite, sqrt
from urllib.parse import urlencode

from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.explorer.asked import CELL, Known, Question, understand
from steelyard.explorer.scenario_file import scenario_file
from steelyard.explorer.settings import MEGABYTE, Settings
from steelyard.explorer.shelf import Opened
from steelyard.project import project_scenario
from steelyard.project.ensemble import PROBABILITIES
from steelyard.project.found import Found
from steelyard.project.kept_paths import KeptPaths
from steelyard.project.prepared import prepare
from steelyard.project.quick import Added, Quick, QuickFan, apart, quick_fans
from steelyard.project.rules import RULES
from steelyard.project.why import Chain, chain_of, find_cell
from steelyard.report.outlook import SHOWN
from steelyard.report.wording import Wording, plain_number
from steelyard.run import Run

# What the page may draw, and what its numbers are taken from.
DRAWN = ("share", "spending", "spending_foreign", "spending_real")
_TOLD = ("extra_cumulative", "extra_cumulative_foreign")
_HEADLINES = {
    "spending": "Spending",
    "spending_foreign": "Spending at the market rate of the year",
    "extra_cumulative": "More than with a constant share of GDP",
    "extra_cumulative_foreign": "The same at the market rates",
}
_KEPT = 24 * MEGABYTE  # of answers that are kept, which are some 15 kB each
_SKETCH = 2_000  # draws that suffice to tell what a number rests on
_MEDIAN = PROBABILITIES.index(0.5)
_CHANCE, _ADDED = "p_reach", ("pledge_added_least", "pledge_added_most")
Data = dict[str, object]
Key = tuple[int, tuple[tuple[str, str], ...]]  # the build, and what is asked of it
# What a page has where a scenario cannot be run as it was moved.
_NOTHING: Data = {
    "columns": ["Year", *(part for name in DRAWN for part in (SHOWN[name], "nine in ten draws"))],
    "shown": {name: SHOWN[name] for name in DRAWN},
    "numbers": [],
    "rows": [],
}


class Board:
    """Answers what is asked of one case; the same question is reckoned once."""

    def __init__(self, opened: Opened, settings: Settings) -> None:
        self._opened, self._settings = opened, settings
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._size = 0
        self._facts: Known | None = None
        self._paths = KeptPaths()
        self._lock = threading.Lock()

    def page(self, query: Mapping[str, str]) -> Data:
        """What the page of the fan is filled in with."""
        run = self._run
        question = self._understood(query)
        fan = self.fan(query)
        known = run.case.vocabulary.entries("scenarios")
        return {
            "scenarios": [{"id": name, "label": entry.label} for name, entry in known.items()],
            "chosen": question.own.id if question else "",
            "beside": question.beside.id if question and question.beside else "",
            "rule": question.rule if question else "",
            "rules": [{"id": name, "words": RULES[name].words} for name in question.rules]
            if question
            else [],
            "asked": urlencode([(name, text) for name, text in query.items() if name != CELL]),
            "fan": fan,
        }

    def fan(self, query: Mapping[str, str]) -> Data:
        """The fan that an address asks for, as plain data; `problems` say what of the address could not be
        used.
        """
        found: Data = json.loads(self.fan_json(query))
        return found

    def key(self, query: Mapping[str, str]) -> Key:
        """What addresses have in common that are answered alike."""
        asked = tuple((name, text) for name, text in sorted(query.items()) if name != CELL)
        return self._opened.generation, asked

    def kept(self, query: Mapping[str, str]) -> bytes | None:
        """The fan of an address as JSON where it was asked for before, and is not forgotten."""
        key = self.key(query)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def fan_json(self, query: Mapping[str, str]) -> bytes:
        """The fan of an address as JSON."""
        if kept := self.kept(query):
            return kept
        key = self.key(query)
        told = json.dumps(self._fan(dict(key[1])), allow_nan=False, separators=(",", ":")).encode()
        with self._lock:
            if key not in self._kept:
                self._size += _size(key, told)
            self._kept[key] = told
            while self._size > _KEPT:
                self._size -= _size(*self._kept.popitem(last=False))
        return told

    def table(self, query: Mapping[str, str]) -> str:
        """The same numbers as CSV: a row for each variable and year, with what they are made from."""
        run = self._run
        question = self._understood(query)
        made = self._made(question, run)[0] if question else None
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        names = [f"q{100 * one:g}" for one in PROBABILITIES]
        writer.writerow(
            ["variable", "unit", "year", "central", "low", "high", *names, "draws", "seed", "made_by"]
        )
        command = self._command(question) if question else ""
        quick = made[1] if made else Quick((), {}, (), 0, 0)
        for name, fan in quick.fans.items():
            rows = zip(quick.years, fan.central, fan.box, fan.quantiles, strict=True)
            for year, central, box, numbers in rows:
                writer.writerow(
                    [name, fan.unit, year, central, *box, *numbers, quick.draws, quick.seed, command]
                )
        return text.getvalue()

    def why(self, query: Mapping[str, str]) -> Data:
        """The chain behind one number: equation, parameters, series, draws, and sentences of the sources."""
        run = self._run
        question = self._understood(query)
        if question is None:
            return {"problems": [{"message": "The case has no scenario.", "hint": ""}]}
        ensemble, problems = project_scenario(
            question.entry, run.gathered.ledger, question.vocabulary, run.case.series, draws=_SKETCH
        )
        if ensemble is None:
            return {"problems": _told(problems)}
        asked, fault = find_cell(query.get(CELL, ""), ensemble, question.vocabulary)
        if asked is None:
            return {"problems": _told([fault] if fault else [])}
        chain = chain_of(ensemble, asked)
        made, _ = self._made(question, run)
        if made and asked.draw is None:
            chain = _as_drawn(chain, made[1])
        text = Wording(question.vocabulary).rounded(chain.value, asked.cell.unit, chain.error)
        if asked.cell.variable == _CHANCE:
            text = _chance(chain.value)
        return {**chain.to_json(), "text": text, "label": question.entry.label, "problems": []}

    def _understood(self, query: Mapping[str, str]) -> Question | None:
        """What an address asks; what does not move with it is found once for each build."""
        run = self._run
        if self._facts is None or self._facts.run is not run:
            self._facts = Known(run)
        return understand(query, self._facts)

    @property
    def _run(self) -> Run:
        run = self._opened.run
        assert run is not None, "pages ask for numbers when a case is ready"
        return run

    def _fan(self, query: Mapping[str, str]) -> Data:
        run = self._run
        question = self._understood(query)
        if question is None:
            message = "The case has no scenario that can be run."
            return {
                "problems": [
                    {"message": message, "hint": "Scenarios are .toml files in its folder scenarios."}
                ]
            }
        made, problems = self._made(question, run)
        data: Data = {
            **_NOTHING,
            "scenario": question.own.id,
            "label": question.entry.label,
            "levers": [track.to_json() for track in question.tracks],
            "command": self._command(question),
            "file": scenario_file(question),
            "problems": _told([*question.problems, *(one for one in problems if one.severity != "warning")]),
        }
        if made is None:
            return data
        found, quick = made
        data |= {
            **_numbers(found, quick, question.vocabulary),
            "fans": {name: _fan_json(fan) for name, fan in quick.fans.items() if name in DRAWN},
            "years": list(quick.years),
            "reached": list(quick.reached),
            "draws": quick.draws,
            "seed": quick.seed,
            "target": _target(found),
        }
        return data | self._beside(question, found, run)

    def _made(self, question: Question, run: Run) -> tuple[tuple[Found, Quick] | None, list[Problem]]:
        found, problems = self._prepared(question.entry, question.vocabulary, run)
        if found is None:
            return None, problems
        return (found, quick_fans(found, (*DRAWN, *_TOLD), self._paths)), problems

    def _prepared(self, entry: Entry, words: Vocabulary, run: Run) -> tuple[Found | None, list[Problem]]:
        given = (run.gathered.ledger, words, run.case.series)
        return prepare(entry, *given, draws=self._settings.draws, alone=True)

    def _beside(self, question: Question, found: Found, run: Run) -> Data:
        """Another scenario as its author wrote it, and how far the two lie apart in the same draws."""
        if question.beside is None:
            return {}
        other, problems = self._prepared(question.beside, run.case.vocabulary, run)
        if other is None:
            return {"beside": {"label": question.beside.label, "problems": _told(problems)}}
        quick = quick_fans(other, DRAWN)
        told: Data = {
            "id": question.beside.id,
            "label": question.beside.label,
            "years": list(quick.years),
            "fans": {name: _fan_json(fan) for name, fan in quick.fans.items()},
        }
        between = apart(found, other)
        if between is None:
            message = "The two have no draws in common: other years, countries or seeds."
            hint = "Scenarios of one country with one seed and horizon can be told apart draw by draw."
            told["problems"] = [{"message": message, "hint": hint}]
        else:
            last = _words(Wording(question.vocabulary), between.fan, -1)
            told |= {"apart": _fan_json(between.fan), "apart_draws": between.draws, "apart_words": last}
        return {"beside": told}

    def _command(self, question: Question) -> str:
        """The line that gives the same in a terminal; another kind of path takes the scenario file first."""
        words = ["steelyard", "project", self._opened.way, "--scenario", question.own.id]
        words += ["--draws", str(self._settings.draws)]
        if question.rule != question.own_rule:
            words[4] = "moved"  # the name under which the page offers the file
            return shlex.join(words)
        words += [part for name, text in question.changes.items() for part in ("--set", f"{name}={text}")]
        return shlex.join(words)


def _size(key: Key, told: bytes) -> int:
    """Bytes that an answer takes with its address, roughly."""
    return len(told) + sum(len(name) + len(text) for name, text in key[1])


def _as_drawn(chain: Chain, quick: Quick) -> Chain:
    """The chain of a number as the page has it, out of all draws; its inputs stay those of the sketch."""
    cell, percent = chain.asked.cell, chain.asked.percent
    place = None if percent is None else PROBABILITIES.index(percent / 100)
    name, _, pledge = cell.variable.partition(":")
    if fan := quick.fans.get(cell.variable):
        at = quick.years.index(cell.year)
        value = fan.central[at] if place is None else fan.quantiles[at][place]
        error = None if place is None or not isfinite(fan.errors[at][place]) else fan.errors[at][place]
        return replace(chain, value=value, error=error, draws=quick.draws, box=None if place else chain.box)
    if name == _CHANCE and cell.year in quick.years[1:]:
        value = quick.reached[quick.years.index(cell.year) - 1]
        error = sqrt(value * (1 - value) / quick.draws) or None
        return replace(chain, value=value, error=error, draws=quick.draws, box=None)
    for one in quick.added:
        if one.pledge.id == pledge and name in _ADDED and place is not None:
            value = (one.least if name == _ADDED[0] else one.most)[place]
            return replace(chain, value=value, error=None, draws=quick.draws, box=None)
    return chain


def _chance(value: float) -> str:
    return f"{100 * value:.1f}%"


def _told(problems: Iterable[Problem]) -> list[dict[str, str]]:
    return [{"message": one.message, "hint": one.hint} for one in problems]


def _fan_json(fan: QuickFan) -> Data:
    return {
        "unit": fan.unit,
        "central": list(fan.central),
        "box": [list(ends) for ends in fan.box],
        "quantiles": [list(year) for year in fan.quantiles],
    }


def _target(found: Found) -> Data | None:
    if found.target is None:
        return None
    return {"share": float(found.target.interval.low), "year": found.scenario.by}


def _words(wording: Wording, fan: QuickFan, at: int) -> dict[str, str]:
    """The median of a year and the span of nine in ten draws, in words."""
    numbers, errors = fan.quantiles[at], fan.errors[at]
    told = [None if not isfinite(one) else one for one in errors]
    return {
        "median": wording.rounded(numbers[_MEDIAN], fan.unit, told[_MEDIAN]),
        "span": wording.span(numbers[0], numbers[-1], fan.unit, (told[0], told[-1])),
    }


def _numbers(found: Found, quick: Quick, vocabulary: Vocabulary) -> Data:
    """The few numbers to be read first, and a table of all years."""
    wording, by = Wording(vocabulary), found.scenario.by
    at = quick.years.index(by)
    numbers = [
        {
            "label": f"{label}, {_until(name, found)}{by}",
            "cell": f"{name} {by} p50",
            **_words(wording, quick.fans[name], at),
        }
        for name, label in _HEADLINES.items()
    ]
    if quick.reached and at:
        numbers.append({"label": f"Chance of having met the target by {by}", "cell": f"{_CHANCE} {by}",
                        "median": _chance(quick.reached[at - 1]), "span": ""})  # fmt: skip
    numbers += [_added(wording, one, found) for one in quick.added]
    rows = [[str(year), *_row(wording, quick, number)] for number, year in enumerate(quick.years)]
    return {"numbers": numbers, "rows": rows}


def _until(name: str, found: Found) -> str:
    return f"{found.scenario.base_year + 1} to " if name in _TOLD else ""


def _added(wording: Wording, added: Added, found: Found) -> dict[str, str]:
    """What a pledge adds to the plan, by the part of it that is planned already; both ends where that is
    open.
    """
    unit, last = found.economy.currency, found.scenario.horizon
    ends = dict.fromkeys((added.pledge.planned.low, added.pledge.planned.high))
    planned = f"{' to '.join(plain_number(100 * end) for end in ends)}%"
    return {
        "label": f"{added.pledge.label}: added to the plan until {last}, if {planned} of it is in it",
        "cell": f"{_ADDED[1]}:{added.pledge.id}",
        "median": wording.span(added.least[_MEDIAN], added.most[_MEDIAN], unit),
        "span": wording.span(added.least[0], added.most[-1], unit),
    }


def _row(wording: Wording, quick: Quick, number: int) -> Sequence[str]:
    words = [_words(wording, quick.fans[name], number) for name in DRAWN]
    return [part for one in words for part in (one["median"], one["span"])]
