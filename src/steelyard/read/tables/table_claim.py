"""The claim of a cell: its number in single units, and what the headings say of it, each with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Context as Arithmetic
from decimal import Decimal
from typing import TypedDict

from steelyard.core.claim import Claim, claim_id
from steelyard.core.interval import Hedge, Interval, Precision
from steelyard.core.vocabulary import Vocabulary
from steelyard.read.documents.document import Document
from steelyard.read.documents.extracted import Table
from steelyard.read.tables.table_context import RELATIVE, Context, Sense, Senses, Unit, unit_of
from steelyard.read.tables.table_label import Label, slug
from steelyard.read.tables.table_labels import LabelReader
from steelyard.read.tables.table_layout import Field, Kind
from steelyard.read.tables.table_numbers import CellNumber

SURE = 0.95
LEAST = 0.2
LONGEST_ROW = 2000
NEAR = ("the header row", "the row's label")
CHANGES = ("change", "growth")
Said = tuple[str, str]  # what is said, and where
Slots = dict[str, Said]
_ONE = Decimal(1)
_WIDE = Arithmetic(prec=60)
_SIGNS = {"about": "~", "more_than": ">", "at_least": ">", "less_than": "<", "at_most": "<", "up_to": "<"}


class _Keys(TypedDict):
    """The keys of a claim that tell whose figure it is, of what and when."""

    actor: str | None
    location: str | None
    measure: str | None
    about: str | None
    item: str | None
    statistic: str | None
    base_measure: str | None
    unit: str | None
    period: str | None
    baseline: str | None
    definition: str | None
    prices: str | None


@dataclass(slots=True)
class Place:
    """Where a cell stands: its table among how many, and the span and text of its row."""

    table: Table
    number: int
    count: int
    start: int = 0
    end: int = 0
    text: str = ""

    def sentence(self, entry: Field) -> tuple[int, int]:
        """The span of the row; of the cell alone where the row runs on without end."""
        wide = self.end - self.start > LONGEST_ROW
        return (entry.cell.start, entry.cell.end) if wide else (self.start, self.end)

    def locator(self, entry: Field, heading: str) -> str:
        """The cell in the words of the file's format: "sheet Budget, cell C7", "row 3, column 2 (FY2026)"."""
        if self.table.sheet is not None:
            return f"sheet {self.table.sheet}, cell {entry.cell.name}"
        table = f"table {self.number}, " if self.count > 1 else ""
        return f"{table}{entry.cell.name} ({heading})" if heading else f"{table}{entry.cell.name}"


class Figures:
    """Makes claims of the numbers in cells."""

    def __init__(
        self, document: Document, vocabulary: Vocabulary, labels: LabelReader, senses: Senses
    ) -> None:
        self._document, self._labels, self._senses = document, labels, senses
        self._seen: Counter[tuple[str, str]] = Counter()
        self._halves: dict[tuple[int, Decimal], Decimal] = {}
        statuses = vocabulary.entries("statuses").values()
        self._actors = vocabulary.entries("actors")
        self._exact = {status.id: status.texts("rounded") for status in statuses if status.flag("exact")}

    def knows(self, unit_text: str) -> bool:
        """Whether what stands beside a number in its cell is a unit or scale and nothing else."""
        label = self._own(unit_text)
        return bool(label.unit or label.scale) and not label.rest

    def _own(self, unit_text: str) -> Label:
        return self._labels.read(unit_text)

    def claim(
        self, entry: Field, number: CellNumber, column: Context, row: Context, place: Place
    ) -> Claim | None:
        """The claim of a cell, or None where neither year, unit nor measure is known."""
        whose = self._whose(column, row)
        actor = None if column.is_nobody else whose.actor
        slots = {**row.slots, **column.slots}
        statistic = self._statistic(slots, column, row)
        unit = self._unit(number, column, row, statistic)
        sense = self._senses.sense(
            unit, column.measures + row.measures, statistic, actor[0] if actor else None
        )
        period = slots.get("period")
        if not (
            period or sense.measure or (sense.unit and (entry.kind != Kind.YEAR or unit.where == "the cell"))
        ):
            return None
        location = whose.location
        return self._built(entry, number, slots, unit, sense, (actor, location), (column, row), place)

    def _whose(self, column: Context, row: Context) -> Context:
        """Where the actor of a cell stands: in the heading of its column, else in its row.

        A row's state comes before an alliance in the heading, which tells whose count it is.
        """
        of_count = column.actor and not self._is_state(column.actor)
        if not column.actor or (of_count and row.actor and self._is_state(row.actor)):
            return row
        return column

    def _is_state(self, actor: Said) -> bool:
        entry = self._actors.get(actor[0])
        return entry is not None and entry.text("kind") == "state"

    def _statistic(self, slots: Slots, column: Context, row: Context) -> str | None:
        """Growth or share by the words of a heading; from further off only for percentages."""
        said = slots.get("statistic")
        if said is None:
            return None
        relative = (column.unit.filled(row.unit)).dimension in RELATIVE
        return said[0] if said[1] in NEAR or relative else None

    def _unit(self, number: CellNumber, column: Context, row: Context, statistic: str | None) -> Unit:
        """The unit of a cell: its own mark, then those of its headings."""
        around = column.unit.filled(row.unit)
        if around.where not in NEAR and self._senses.is_share(column.measures + row.measures):
            around = around if around.dimension in RELATIVE else Unit()  # a row "Share of GDP" among amounts
        is_far = around.where not in NEAR or around.is_weak
        if statistic == "growth" and column.unit.unit is None and is_far:
            around = around if around.dimension in RELATIVE else Unit()  # "Change" may be in percent
        if not number.unit_text:
            return around
        own = unit_of(self._own(number.unit_text), "the cell")
        if own.unit and self._senses.extends(around.unit) == own.unit:
            return around
        return own.filled(around)

    def _built(
        self,
        entry: Field,
        number: CellNumber,
        slots: Slots,
        unit: Unit,
        sense: Sense,
        whose: tuple[Said | None, str | None],
        contexts: tuple[Context, Context],
        place: Place,
    ) -> Claim:
        (actor, _), (column, row) = whose, contexts
        status = number.status or _value(slots, "status")
        value = _WIDE.multiply(Decimal(number.digits), (unit.scale or _ONE).scaleb(number.exponent))
        value = -value if number.negative else value
        low, high = self._bounds(number, value, unit, status)
        item = _item(column, row, sense)
        start, end = place.sentence(entry)
        sentence = place.text if end == place.end else entry.text
        return Claim(
            id=self._id(sentence, entry.text),
            kind="figure",
            document=self._document.name,
            start=entry.start,
            end=entry.start + len(entry.text),
            quote=entry.text,
            sentence_start=start,
            sentence_end=end,
            **_whose_and_what(whose, sense, item, column, row, slots),
            value=value,
            low=low,
            high=high,
            direction=_SIGNS.get(number.hedge or "", "="),
            hedge=number.hedge,
            status=status,
            confidence=_confidence(slots, unit, sense, actor),
            reasons=_reasons(number, slots, unit, sense, actor, item),
            locator=place.locator(entry, column.heading),
        )

    def _id(self, sentence: str, quote: str) -> str:
        """The id of the claim of a cell; the same number in the same row is counted."""
        key = (sentence, quote)
        self._seen[key] += 1
        return claim_id(self._document.short_name, sentence, f"cell:{quote}", self._seen[key] - 1)

    def _bounds(
        self, number: CellNumber, value: Decimal, unit: Unit, status: str | None
    ) -> tuple[Decimal | None, Decimal | None]:
        """What the printed number leaves open, in single units; None is an open end."""
        scale = (unit.scale or _ONE).scaleb(number.exponent)
        loose = scale != _ONE or unit.dimension in RELATIVE or "." in number.digits
        exact = status in self._exact and unit.dimension not in self._exact[status]
        if number.hedge is None and (exact or (not loose and number.digits[-1] != "0")):
            return value, value
        if number.hedge is None and loose:  # the usual case, in short
            half = self._half(len(number.digits.partition(".")[2]), scale)
            return _WIDE.subtract(value, half), _WIDE.add(value, half)
        precision: Precision = "exact" if exact else "digits" if loose else "count"
        hedge: Hedge | None = None if exact else number.hedge  # type: ignore[assignment]
        found = Interval.as_written(number.digits, precision=precision, hedge=hedge).scaled(scale)
        found = -found if number.negative else found
        return _finite(found.low), _finite(found.high)

    def _half(self, decimals: int, scale: Decimal) -> Decimal:
        """Half a unit of the last printed digit, in single units."""
        key = (decimals, scale)
        if key not in self._halves:
            self._halves[key] = scale.scaleb(-decimals) / 2
        return self._halves[key]


def _whose_and_what(
    whose: tuple[Said | None, str | None],
    sense: Sense,
    item: Said | None,
    column: Context,
    row: Context,
    slots: Slots,
) -> _Keys:
    """The keys that tell whose figure it is, and of what."""
    return {
        "actor": whose[0][0] if whose[0] else None,
        "location": whose[1],
        "measure": sense.measure,
        "about": row.about or column.about or column.said or row.said or None,
        "item": item[0] if item else None,
        "statistic": sense.statistic,
        "base_measure": sense.base_measure,
        "unit": sense.unit,
        "period": _value(slots, "period"),
        "baseline": _value(slots, "baseline") if sense.statistic in CHANGES else None,
        "definition": _value(slots, "definition"),
        "prices": _value(slots, "prices"),
    }


def _value(slots: Slots, slot: str) -> str | None:
    said = slots.get(slot)
    return said[0] if said else None


def _item(column: Context, row: Context, sense: Sense) -> Said | None:
    """The item of row or column, of both together where each names one.

    A row "Military personnel" among amounts is no count of persons but an item of the amount.
    """
    if row.measures and row.measures[0][1] == NEAR[1] and not row.item and sense.measure and row.said:
        known = (sense.measure, sense.base_measure)
        if row.measures[0][0] not in known and "measure from " + NEAR[1] not in sense.reasons:
            return slug(row.said), NEAR[1]
    if column.item and row.item and column.item[0] != row.item[0] and row.item[1] == NEAR[1]:
        return f"{row.item[0]}-{column.item[0]}", row.item[1]
    return column.item or row.item


def _finite(bound: Decimal) -> Decimal | None:
    return bound if bound.is_finite() else None


def _confidence(slots: Slots, unit: Unit, sense: Sense, actor: Said | None) -> float:
    """How sure the reading is: less where something was said far off or not at all."""
    doubt = sense.doubt + (0.0 if sense.unit else 0.2) + (0.0 if actor else 0.05)
    doubt += 0.05 if unit.where in ("the line above", "the sheet's name", "the document's title") else 0.0
    if "period" not in slots:
        doubt += 0.15
    elif slots["period"][1] not in NEAR:
        doubt += 0.1
    return round(max(LEAST, SURE - doubt), 2)


def _reasons(
    number: CellNumber,
    slots: Slots,
    unit: Unit,
    sense: Sense,
    actor: Said | None,
    item: Said | None,
) -> tuple[str, ...]:
    """The joins of a claim, in words."""
    found = ["a cell of a table", *sense.reasons]
    if sense.unit and unit.where:
        found.append(f"unit from {unit.where}")
    names = {"period": "year", "status": "status", "prices": "prices", "definition": "definition"}
    found += [f"{name} from {slots[slot][1]}" for slot, name in names.items() if slot in slots]
    if number.status:
        found.append("status from the mark in the cell")
    if actor:
        found.append(f"actor from {actor[1]}")
    if item:
        found.append(f"item from {item[1]}")
    return tuple(found)
