"""What a publisher revised from one edition to the next, and how far estimates were off.

Two editions give two series, and each figure that both have is a revision, be it by nothing. Constant prices
of different base years are not compared, nor are amounts in different currencies; that is said. A figure
that is ten, a hundred or so many times the earlier one was put in another unit rather than revised: SIPRI's
roubles of Belarus are ten times as many in April 2025 as in April 2026, over the same dollars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from steelyard.core.interval import Interval
from steelyard.panel.observations import Observation, Panel

# How near to a power of ten a quotient lies that is a change of unit, with a revision beside it.
_NEAR = Decimal("0.02")
_RELEASED = re.compile(r"\d{4}(?:-\d{2}){0,2}")
Key = tuple[str, str, str, str, str, str, bool, int]


@dataclass(frozen=True)
class Revision:
    """One figure in two editions of its publisher."""

    earlier: Observation
    later: Observation

    @property
    def change(self) -> Decimal:
        """Later less earlier value, as the files hold them."""
        return self.later.value - self.earlier.value

    @cached_property
    def interval(self) -> Interval:
        """All changes that the digits of both leave open."""
        return self.later.interval - self.earlier.interval

    @property
    def is_more_than_rounding(self) -> bool:
        """Whether no value fits both, so that the publisher did revise the figure."""
        return not self.earlier.interval.meets(self.later.interval)

    @property
    def was_estimate(self) -> bool:
        """Whether the earlier edition called it an estimate."""
        return self.earlier.status == "estimate"

    @property
    def relative(self) -> Decimal | None:
        """The change as a part of the earlier value; None where that is zero."""
        return self.change / self.earlier.value if self.earlier.value else None

    @property
    def power_of_ten(self) -> int:
        """Of which power of ten the quotient is, where the unit was changed; 0 where it was not."""
        if not self.earlier.value or not self.later.value:
            return 0
        quotient = abs(self.later.value / self.earlier.value)
        power = (quotient * Decimal("3.1622776602")).adjusted()
        return power if abs(quotient.scaleb(-power) - 1) <= _NEAR else 0


@dataclass(frozen=True, slots=True)
class Revisions:
    """All figures that two editions have in common, and what is not compared, with the reason."""

    publisher: str
    earlier: str
    later: str
    rows: tuple[Revision, ...]
    not_compared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """How far estimates were revised by the next edition, as parts of their value.

    `relative` goes from the largest revision down to the largest up; `count` estimates stand behind it, of
    which `revised` changed by more than rounding. `rescaled` ones changed their unit and do not count.
    """

    relative: Interval
    count: int
    revised: int
    rescaled: int
    smallest: Revision
    largest: Revision


def editions_of(panel: Panel, publisher: str) -> tuple[str, ...]:
    """The editions of a publisher in the panel, in the order in which they came out."""
    return tuple(sorted(panel.editions.get(publisher, ()), key=order_of))


def revisions_of(panel: Panel, publisher: str) -> tuple[Revisions, ...]:
    """What each edition of a publisher changed of the one before; nothing where there is one edition only."""
    by_edition: dict[str, dict[Key, Observation]] = {}
    for one in panel.select(publisher=publisher):
        by_edition.setdefault(one.edition, {}).setdefault(_key(one), one)
    return tuple(
        _compared(publisher, by_edition[earlier], by_edition[later])
        for earlier, later in pairwise(sorted(by_edition, key=order_of))
    )


def estimate_spread(
    panel: Panel, publisher: str, measure: str, *, newest: int = 0, **keys: object
) -> Spread | None:
    """How far the next edition revised what an edition marked as estimates; None where no two editions tell.

    `newest` takes the last so many years of the earlier edition only, since a publisher may mark old figures
    too; `keys` choose further, such as `prices="current", fiscal=False`. Values are taken as the files hold
    them, with more digits than they show.
    """
    chosen = list(panel.select(measure=measure, publisher=publisher, **keys))
    pairs = [
        row for each in revisions_of(Panel(tuple(chosen)), publisher) for row in _estimates(each, newest)
    ]
    rescaled = sum(bool(row.power_of_ten) for row in pairs)
    rows = [(row.relative, row) for row in pairs if row.relative is not None and not row.power_of_ten]
    if not rows:
        return None
    parts = {id(row): part for part, row in rows if part is not None}
    ordered = sorted((row for _, row in rows), key=lambda row: parts[id(row)])
    smallest, largest = ordered[0], ordered[-1]
    revised = sum(row.is_more_than_rounding for row in ordered)
    relative = Interval(parts[id(smallest)], parts[id(largest)])
    return Spread(relative, len(ordered), revised, rescaled, smallest, largest)


def _estimates(revisions: Revisions, newest: int) -> Iterator[Revision]:
    """The revisions of estimates, of the last years of the earlier edition only if so many are asked for."""
    last = max((row.earlier.year for row in revisions.rows), default=0)
    for row in revisions.rows:
        if row.was_estimate and (not newest or row.earlier.year > last - newest):
            yield row


def order_of(edition: str) -> tuple[str, str]:
    """By the date in an edition's name; one that is named by its last year came out after that year."""
    found = _RELEASED.search(edition)
    date = found[0] if found else ""
    return (f"{date}-99" if " to " in edition else date, edition)


def _key(one: Observation) -> Key:
    """What two figures must have in common to be the same figure in two editions."""
    return (one.actor, one.measure, one.item, one.unit, one.prices, one.definition, one.fiscal, one.year)


def _compared(
    publisher: str, earlier: Mapping[Key, Observation], later: Mapping[Key, Observation]
) -> Revisions:
    """The figures of both, in the order of the later edition, and what only looks as if it were in both."""
    rows = tuple(Revision(earlier[key], one) for key, one in later.items() if key in earlier)
    names = (next(iter(earlier.values())).edition, next(iter(later.values())).edition)
    untold = [
        f"nothing tells when {name} came out, so which of the two is the earlier is not known"
        for name in names
        if not order_of(name)[0]
    ]
    return Revisions(publisher, *names, rows, (*untold, *_not_compared(names, earlier, later)))


def _not_compared(
    names: tuple[str, str], earlier: Mapping[Key, Observation], later: Mapping[Key, Observation]
) -> Iterator[str]:
    """Measures at constant prices of another base year, and actors whose unit changed."""
    bases = [_bases(cells) for cells in (earlier, later)]
    for measure in sorted({*bases[0]} & {*bases[1]}):
        old, new = (", ".join(sorted(each[measure])) for each in bases)
        if not bases[0][measure] & bases[1][measure]:
            yield (
                f"{measure} at constant prices: those of {old} in {names[0]} and of {new} in {names[1]} "
                "are not compared, since another base year changes every figure"
            )
    units = [_units(cells) for cells in (earlier, later)]
    for key in sorted({*units[0]} & {*units[1]}):
        if not units[0][key] & units[1][key]:
            old, new = (", ".join(sorted(each[key])) for each in units)
            yield f"{key[0]} {key[1]}: {old} in {names[0]} and {new} in {names[1]} are not compared"


def _bases(cells: Mapping[Key, Observation]) -> dict[str, set[str]]:
    """The base years of constant prices, by measure."""
    found: dict[str, set[str]] = {}
    for one in cells.values():
        kind, _, base = one.prices.partition(":")
        if kind == "constant":
            found.setdefault(one.measure, set()).add(base)
    return found


def _units(cells: Mapping[Key, Observation]) -> dict[tuple[str, str, str, bool], set[str]]:
    """The units of an actor's amounts at current prices, by what they are of; dollars are left aside."""
    found: dict[tuple[str, str, str, bool], set[str]] = {}
    for one in cells.values():
        if one.unit != "USD" and one.prices == "current":
            found.setdefault((one.actor, one.measure, one.item, one.fiscal), set()).add(one.unit)
    return found
