"""Figures of one country and year side by side, by whoever counts: never mixed, and joined only by a source.

What a ministry calls its budget and what SIPRI or NATO count as its spending are different things. Each pair
of counts in one currency is told with the factor between the two as an interval; whether a source gives that
factor, as a bridge of definitions.toml, is told too, for one that only the figures give explains nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Vocabulary
from steelyard.panel.editions import order_of
from steelyard.panel.observations import Observation, Panel

COUNT_COLUMNS = (
    *("actor", "measure", "year", "fiscal", "definition", "prices", "unit", "low", "value", "high", "status"),
    *("edition", "origin"),
)
FACTOR_COLUMNS = ("actor", "measure", "year", "unit", "from", "to", "low", "high", "bridge")
SPENDING = ("defence_spending", "defence_share_of_gdp")


@dataclass(frozen=True, slots=True)
class Factor:
    """By what one count of a year is more than another, and the source of a bridge between them, if any."""

    first: Observation
    second: Observation
    interval: Interval
    bridge: str

    def to_json(self) -> dict[str, object]:
        """Plain data under the names of `FACTOR_COLUMNS`."""
        return {
            "actor": self.first.actor,
            "measure": self.first.measure,
            "year": self.first.year,
            "unit": self.first.unit,
            "from": f"{self.first.definition} ({self.first.edition})",
            "to": f"{self.second.definition} ({self.second.edition})",
            "low": float(self.interval.low),
            "high": float(self.interval.high),
            "bridge": self.bridge or None,
        }


def counts_of(panel: Panel, actors: Sequence[str], years: Sequence[int]) -> list[Observation]:
    """All figures of spending of some actors and years, at current prices, by actor, year, unit and count."""
    told = [
        one
        for measure in SPENDING
        for one in panel.select(measure=measure, item="")
        if one.actor in actors and one.year in years and one.prices in ("", "current")
    ]
    return sorted(
        told,
        key=lambda one: (
            *(one.actor, one.year, SPENDING.index(one.measure), one.unit, one.fiscal),
            *(one.definition, order_of(one.edition)),
        ),
    )


def factors_of(counts: Sequence[Observation], vocabulary: Vocabulary) -> Iterator[Factor]:
    """The factor between the newest figures of each two definitions, for one actor, year and unit."""
    newest: dict[tuple[object, ...], dict[str, Observation]] = {}
    for one in counts:
        key = (one.actor, one.year, one.measure, one.unit, one.fiscal)
        newest.setdefault(key, {})[one.definition] = one
    for by_definition in newest.values():
        for first, second in combinations(by_definition.values(), 2):
            if first.low > 0 and second.low > 0:
                yield Factor(
                    first, second, second.interval / first.interval, _bridge(first, second, vocabulary)
                )


def count_row(one: Observation) -> dict[str, object]:
    """A figure as plain data under the names of `COUNT_COLUMNS`."""
    return {
        **{key: getattr(one, key) for key in ("actor", "measure", "year", "fiscal", "definition", "prices")},
        "unit": one.unit,
        **{key: float(getattr(one, key)) for key in ("low", "value", "high")},
        **{key: getattr(one, key) for key in ("status", "edition")},
        "origin": f"{one.source} [{one.place}]" if one.source else one.origin,
    }


def _bridge(first: Observation, second: Observation, vocabulary: Vocabulary) -> str:
    """The source that gives a factor between two definitions, or nothing."""
    for here, there in ((first, second), (second, first)):
        entry = vocabulary.entry("definitions", here.definition)
        for table in entry.tables("bridges") if entry else ():
            keys = (table.get("to"), table.get("measure"), table.get("actor"))
            if keys == (there.definition, here.measure, here.actor):
                reference = table.get("reference")
                return str(reference.get("title", "")) if isinstance(reference, dict) else ""
    return ""
