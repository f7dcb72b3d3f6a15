"""Observations: one cell of a publisher's file each, with the interval that its printed digits leave open.

A workbook holds more digits than it shows: 47,801.863 under the format 0.0 is printed as 47,801.9. What the
publisher stands for is what is printed, so the interval is half a unit of the last digit shown, either way;
`value` keeps what the cell holds. Amounts are in single units ("US$ m." times a million).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from steelyard.core.interval import Interval
from steelyard.core.problems import Place, Problem

# "uncertain" is what SIPRI prints in red; "projection" a year after the last that is known.
Status = Literal["observed", "estimate", "uncertain", "projection"]


@dataclass(frozen=True, slots=True)
class Observation:
    """An actor's measure in one year, from one cell of one file.

    `unit` is an ISO 4217 code, "% of GDP", "%", "person", "index YEAR = 100" or "KRW per USD". `item` is the
    part of the measure, such as "equipment"; `year` is the calendar year, or with `fiscal` that in which the
    fiscal year begins. `cell` tells sheet and cell ("Current US$!BZ130") or the column of a line; `place` is
    the file with its line or cell. `notes` are the publisher's footnotes in its own words.
    """

    actor: str
    measure: str
    year: int
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    publisher: str
    edition: str
    place: Place
    item: str = ""
    definition: str = ""
    prices: str = ""
    status: Status = "observed"
    fiscal: bool = False
    source: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.value} is not between {self.low} and {self.high}")

    @property
    def interval(self) -> Interval:
        """What the printed digits leave open."""
        return Interval(self.low, self.high)

    @property
    def is_estimate(self) -> bool:
        """Whether the publisher says that it is not yet, or not surely, so."""
        return self.status != "observed"

    @property
    def origin(self) -> str:
        """Publisher, edition and cell in one line."""
        return f"{self.edition}, {self.place}"


def printed(value: Decimal, decimals: int, scale: Decimal = Decimal(1)) -> tuple[Decimal, Decimal]:
    """The lowest and highest amount that are printed as `value` is with so many decimals, times `scale`.

    `decimals` below zero stands for zeros before the point. The value itself always lies between them.

    >>> printed(Decimal("47801.863"), 1)
    (Decimal('47801.85'), Decimal('47801.95'))
    """
    last = Decimal(1).scaleb(-decimals)
    shown = value.quantize(last) if value.adjusted() + decimals < 27 else value
    low, high = min(shown - last / 2, value), max(shown + last / 2, value)
    return low * scale, high * scale


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that was read: whose it is, which edition, what was taken from it and what was left.

    `taken` counts observations by what they are of, such as "defence_spending, USD, current"; `left` names
    what the file holds besides, each with the reason; `unknown` the countries without an actor of ours.
    """

    path: str
    publisher: str
    edition: str
    taken: Mapping[str, int]
    left: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one file gave."""

    observations: tuple[Observation, ...]
    file: KnownFile | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Panel:
    """Observations of many files, the files, and all that was wrong with them."""

    observations: tuple[Observation, ...]
    files: tuple[KnownFile, ...] = ()
    problems: tuple[Problem, ...] = ()

    def select(self, **keys: object) -> Iterator[Observation]:
        """The observations with these values of their fields, such as `measure="gdp", year=2024`."""
        pool: Iterable[Observation] = self.observations
        if isinstance(measure := keys.get("measure"), str):
            year = keys.get("year")
            pool = self._by_year.get((measure, year), ()) if year else self._by_measure.get(measure, ())
        for one in pool:
            if all(getattr(one, key) == value for key, value in keys.items()):
                yield one

    def joined(self, other: Panel) -> Panel:
        """Both panels, this one first."""
        return replace(
            self,
            observations=(*self.observations, *other.observations),
            files=(*self.files, *other.files),
            problems=(*self.problems, *other.problems),
        )

    @cached_property
    def editions(self) -> Mapping[str, frozenset[str]]:
        """The editions of each publisher."""
        found: dict[str, set[str]] = {}
        for one in self.observations:
            found.setdefault(one.publisher, set()).add(one.edition)
        return {publisher: frozenset(names) for publisher, names in found.items()}

    @cached_property
    def _by_year(self) -> Mapping[tuple[str, object], tuple[Observation, ...]]:
        """The observations by measure and year, in their order."""
        found: dict[tuple[str, object], list[Observation]] = {}
        for one in self.observations:
            found.setdefault((one.measure, one.year), []).append(one)
        return {key: tuple(some) for key, some in found.items()}

    @cached_property
    def _by_measure(self) -> Mapping[str, list[Observation]]:
        groups: dict[str, list[Observation]] = {}
        for one in self.observations:
            groups.setdefault(one.measure, []).append(one)
        return MappingProxyType(groups)
