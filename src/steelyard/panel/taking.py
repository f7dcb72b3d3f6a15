"""What is taken from one file, gathered cell by cell, and told at the end as what was loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from steelyard.core.problems import Place, Problem
from steelyard.panel.observations import KnownFile, Loaded, Observation

_LISTED = 12  # names in a line of what is left


@dataclass
class Taking:
    """A file that is being read. `left` counts what is not taken by the reason for it."""

    path: Path
    publisher: str
    edition: str = ""
    observations: list[Observation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left: dict[str, dict[str, None]] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)
    _untold: dict[tuple[str, str], dict[str, Place]] = field(default_factory=dict)
    _seen: dict[tuple[object, ...], Place] = field(default_factory=dict)

    def place(self, line: int, column: str = "") -> Place:
        """A line of the file, and the column in it."""
        return Place(str(self.path), line, key=column)

    def leave(self, reason: str, *names: str) -> None:
        """Say that something is not taken: the reason, and what it holds for."""
        self.left.setdefault(reason, {}).update(dict.fromkeys(names))

    def is_new(self, key: tuple[object, ...], place: Place, what: str) -> bool:
        """Whether a row has not been met before; a second one is a problem and is left out."""
        if (first := self._seen.setdefault(key, place)) == place:
            return True
        hint = f"The first is in line {first.line}; keep one of the two."
        self.problems.append(Problem("duplicate-row", f"{what} stands there twice.", place, hint))
        return False

    def untold(self, code: str, actor: str, series: str, place: Place) -> None:
        """Say that what an actor's series needs is not told, so that it is left out."""
        self._untold.setdefault((code, actor), {}).setdefault(series, place)

    def take(self, one: Observation, unit: str = "", prices: str = "") -> None:
        """Keep an observation, counted by what it is of; a unit or prices that many share may be given."""
        self.observations.append(one)
        kind = (one.measure, one.item, unit or one.unit, prices or one.prices)
        self.taken[", ".join(text for text in kind if text)] += 1

    def loaded(self) -> Loaded:
        """What the file gave, with the count of each kind of observation and what was left."""
        self.problems += [_untold(*key, series) for key, series in self._untold.items()]
        left = tuple(f"{reason}: {_some(names)}" if names else reason for reason, names in self.left.items())
        known = KnownFile(
            str(self.path), self.publisher, self.edition, dict(self.taken), left, tuple(self.unknown)
        )
        return Loaded(tuple(self.observations), known, tuple(self.problems))


def _untold(code: str, actor: str, series: Mapping[str, Place]) -> Problem:
    """One warning for all series of an actor that lack the same."""
    names, place = _some(series), next(iter(series.values()))
    if code == "money-not-told":
        message = f"Which currency this edition counts {actor} in is not told; left out: {names}."
        hint = "Take an edition of a later year than that in which the currency changed."
        return Problem("money-not-told", message, place, hint, "warning")
    message = f"Under which year a fiscal year of {actor} is filed is not told; left out: {names}."
    hint = f"Say it in publishers.toml, with a source, under fiscal_years.{actor}."
    return Problem("fiscal-year-not-told", message, place, hint, "warning")


def _some(names: Iterable[str]) -> str:
    found = list(names)
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return ", ".join(found[:_LISTED]) + more
