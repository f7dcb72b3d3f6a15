"""What the headings around a cell say together: the nearest that speaks of a thing decides it, and is named.

The order is: the column's heading, the row's label, the heading above the row, the corner, the titles, the
caption, the line above the table, the sheet's name, the document's title.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.read.tables.table_label import Label

SLOTS = ("period", "baseline", "status", "definition", "prices", "statistic")
FAR = ("the corner", "the title", "the caption", "the line above", "the sheet's name", "the document's title")
RELATIVE = ("share", "points")


@dataclass(frozen=True, slots=True)
class Source:
    """A label and where it stands, in words for the reasons. `is_note` says that it is a sentence."""

    label: Label
    where: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its scale. Parts not said are None; `where` tells which source said the unit."""

    unit: str | None = None
    dimension: str | None = None
    scale: Decimal | None = None
    is_local: bool = False
    is_per: bool = False
    where: str = ""
    is_weak: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing that stands further off can add to it."""
        return self.dimension in RELATIVE or (
            self.unit is not None and self.scale is not None and self.is_per
        )

    def filled(self, further: Unit) -> Unit:
        """The unit with what it leaves open taken from one that stands further off."""
        if self.is_whole:
            return self
        if self.unit is None and not self.is_local:
            if self.scale is not None and further.dimension in RELATIVE:
                return self
            scale = further.scale if self.scale is None else self.scale
            return Unit(
                further.unit,
                further.dimension,
                scale,
                further.is_local,
                self.is_per or further.is_per,
                further.where,
                further.is_weak,
            )
        if self.is_weak and further.dimension in ("money", *RELATIVE):
            return further
        same = further.unit in (None, self.unit) or self.is_local
        if further.dimension in RELATIVE or not same:
            return self
        scale = further.scale if self.scale is None else self.scale
        per = self.is_per or further.is_per
        return Unit(self.unit, self.dimension, scale, self.is_local, per, self.where, self.is_weak)


@dataclass(frozen=True, slots=True)
class Context:
    """What several sources say together: each slot with the words for where it was said, nearest first."""

    slots: dict[str, tuple[str, str]]
    unit: Unit
    measures: tuple[tuple[str, str], ...] = ()
    actor: tuple[str, str] | None = None
    location: str | None = None
    item: tuple[str, str] | None = None
    about: str = ""
    said: str = ""
    heading: str = ""
    is_nobody: bool = False
    formula: str = ""
    is_loose: bool = False  # whether its status counts only beside columns of another


def context_of(sources: Iterable[Source]) -> Context:
    """What sources say together, the nearest first."""
    slots: dict[str, tuple[str, str]] = {}
    unit = Unit()
    measures: list[tuple[str, str]] = []
    actor: tuple[str, str] | None = None
    location, said = None, ""
    item: tuple[str, str] | None = None
    for source in sources:
        label, where = source.label, source.where
        unit = unit.filled(unit_of(label, where))
        for slot in SLOTS if not source.is_note else ("prices",):
            value = getattr(label, slot)
            if slot in ("period", "baseline", "status") and where in FAR and (label.spans or label.is_idle):
                continue  # a title names all years of the table, or speaks of something else
            if slot == "status" and where in FAR and label.is_lone:
                continue  # a sheet called "Budget" does not say that all of it was decided
            if value and slot not in slots:
                slots[slot] = (value, where)
        if source.is_note:
            continue
        if label.measure:
            measures.append((label.measure, where))
            said = said or label.said
        if label.actor and actor is None:
            actor, location = (label.actor, where), label.location
        if label.item and item is None:
            item = (label.item, where)
    return Context(slots, unit, tuple(measures), actor, location, item, said=said)


def unit_of(label: Label, where: str) -> Unit:
    """The unit that a label says."""
    return Unit(label.unit, label.dimension, label.scale, label.is_local, label.is_per, where, label.is_weak)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a figure is of, once its unit is known."""

    measure: str | None
    unit: str | None
    statistic: str | None
    base_measure: str | None
    reasons: tuple[str, ...]
    doubt: float


class Senses:
    """Settles measure, unit and statistic of cells; equal questions are answered once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._measures = vocabulary.entries("measures")
        self._actors = vocabulary.entries("actors")
        self._units = vocabulary.entries("units")
        self._kept: dict[object, Sense] = {}

    def sense(
        self, unit: Unit, measures: tuple[tuple[str, str], ...], statistic: str | None, actor: str | None
    ) -> Sense:
        """What a figure of a unit is of, among the measures named, the nearest first."""
        key = (unit, measures, statistic, actor if unit.is_local or unit.unit is None else None)
        if key not in self._kept:
            self._kept[key] = self._sense(unit, measures, statistic, actor)
        return self._kept[key]

    def currency(self, actor: str | None) -> str | None:
        """The currency of an actor."""
        entry = self._actors.get(actor or "")
        return (entry.text("currency") or None) if entry else None

    def extends(self, unit: str | None) -> str:
        """The plain unit that a unit of a whole extends: "%" for "% of GDP"."""
        entry = self._units.get(unit or "")
        return entry.text("extends") if entry else ""

    def is_share(self, measures: Sequence[tuple[str, str]]) -> bool:
        """Whether the nearest measure is one of shares."""
        named = [self._measures[m] for m, _ in measures[:1] if m in self._measures]
        return any(measure.text("dimension") == "share" for measure in named)

    def _sense(
        self, unit: Unit, measures: Sequence[tuple[str, str]], statistic: str | None, actor: str | None
    ) -> Sense:
        name, dimension = unit.unit, unit.dimension
        if unit.is_local and not name:
            name, dimension = self.currency(actor), "money"
        named = [(self._measures[m], where) for m, where in measures if m in self._measures]
        if unit.is_per:
            rates = [(m, w) for m, w in named if m.text("dimension") == "rate"]
            reasons, doubt = _told(*rates[0]) if rates else (("an amount for each of something",), 0.15)
            return Sense(rates[0][0].id if rates else None, name, "level", None, reasons, doubt)
        if dimension == "share":
            return self._share(name, named, statistic)
        fitting = [(m, w) for m, w in named if dimension is None or m.text("dimension") == dimension]
        measure, where = fitting[0] if fitting else (None, "")
        reasons, doubt = _told(measure, where)
        if dimension is None and measure is not None:
            name = self._unit_of(measure, actor)
            doubt += 0.05 if name else 0.0
            reasons = (*reasons, "the unit that its measure has") if name else reasons
        kind = "change" if statistic in ("growth", "change") else "level"
        return Sense(measure.id if measure else None, name, kind, None, reasons, doubt)

    def _unit_of(self, measure: Entry, actor: str | None) -> str | None:
        """The unit of a bare number: a rate is in money of its actor, persons and shares have one unit."""
        units = measure.texts("units")
        if measure.text("dimension") == "rate":
            return self.currency(actor)
        return units[0] if len(units) == 1 else None

    def _share(self, name: str | None, named: list[tuple[Entry, str]], statistic: str | None) -> Sense:
        """The sense of a percentage: a share measure, growth, or a part of the measure named."""
        whole = bool(self.extends(name))
        if statistic == "growth" and not whole:
            measure, where = next(iter(named), (None, ""))
            reasons, doubt = _told(measure, where)
            return Sense(measure.id if measure else None, name, "growth", None, reasons, doubt)
        for measure, where in named:
            share = self._share_measure(measure, name, named)
            if share is not None:
                reasons, doubt = _told(share, where)
                return Sense(share.id, share.texts("units")[0], "level", None, reasons, doubt)
        measure, where = next(iter(named), (None, ""))
        reasons, doubt = _told(measure, where)
        identifier = measure.id if measure and not whole else None
        if statistic == "share" and identifier:
            return Sense(identifier, name, "share", identifier, reasons, doubt)
        return Sense(identifier, name, "level" if not identifier else None, None, reasons, doubt + 0.1)

    def _share_measure(
        self, measure: Entry, unit: str | None, named: list[tuple[Entry, str]]
    ) -> Entry | None:
        """The share measure that a percentage beside the name of a measure is of."""
        if measure.text("dimension") == "share":
            return measure
        for share in self._measures.values():
            if share.text("base_measure") != measure.id:
                continue
            beside = any(m.id == share.text("denominator") for m, _ in named)
            if unit in share.texts("units") or (beside and unit == self.extends(share.texts("units")[0])):
                return share
        return None


def _told(measure: Entry | None, where: str) -> tuple[tuple[str, ...], float]:
    """The reason for a measure, and how much doubt it leaves."""
    if measure is None:
        return ("no measure of the vocabulary is named",), 0.1
    far = where in ("the sheet's name", "the document's title", "the line above")
    return (f"measure from {where}",), 0.1 if far else 0.0
