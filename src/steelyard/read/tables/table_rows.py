"""What the headings of a block say of each of its columns and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from steelyard.read.tables.table_context import Context, Source, context_of
from steelyard.read.tables.table_label import NOTHING, Label, slug
from steelyard.read.tables.table_labels import LabelReader
from steelyard.read.tables.table_layout import Block, DataRow, Kind
from steelyard.read.tables.table_numbers import cell_number
from steelyard.read.tables.table_relations import related
from steelyard.read.tables.table_sums import MOST_ROWS
from steelyard.read.tables.table_words import TableWords

FEW_COUNTRIES = 0.4
_FIGURES = (Kind.NUMBER, Kind.YEAR)
LONGEST_TITLE = 80


@dataclass(slots=True)
class Frame:
    """The headings of one block: the contexts of its columns, and what each of its rows adds.

    `skipped` are the columns without figures, `countries` those whose words name countries.
    """

    block: Block
    base: list[Source]
    labels: LabelReader
    words: TableWords
    columns: dict[int, Context] = field(default_factory=dict)
    skipped: set[int] = field(default_factory=set)
    countries: set[int] = field(default_factory=set)
    silent: set[int] = field(default_factory=set)  # columns of units and notes: no items
    codes: set[int] = field(default_factory=set)
    _rows: dict[object, Context] = field(default_factory=dict)
    _headings: dict[tuple[str, ...], list[Source]] = field(default_factory=dict)

    def column(self, number: int) -> Context:
        """What stands over a column."""
        return self.columns.get(number, _SILENT)

    def row_label(self, row: DataRow) -> Label:
        """The label of a row that says what it is: its first words."""
        first = next((f for f in row.fields if f and f.kind == Kind.TEXT), None)
        return self.labels.read(first.text) if first else NOTHING

    def row_context(self, row: DataRow) -> Context:
        """What the words and the year of a row say, then the headings above it, then all around the block."""
        texts = [(n, f.text) for n, f in enumerate(row.fields) if f and f.kind == Kind.TEXT]
        key = (row.headings, tuple(texts))
        context = self._rows.get(key)
        if context is None:
            context = self._rows[key] = self._words_of_row(texts, row.headings)
        for column in self.block.periods:
            entry = row.fields[column] if column < len(row.fields) else None
            label = self.labels.read(entry.text) if entry else NOTHING
            if label.period:
                slots = {
                    **context.slots,
                    "period": (self._as_fiscal(label.period, column), "the row's label"),
                }
                if label.status:
                    slots["status"] = (label.status, "the row's label")
                return replace(context, slots=slots)
        return context

    def _as_fiscal(self, period: str, column: int) -> str:
        """A year as a fiscal year where the heading of its column says that it is one."""
        fiscal = self.words.words("fiscal_headings")
        heads = self.block.heads.get(column, ())
        plain = len(period) == 4 and period.isdecimal()
        return f"FY{period}" if plain and any(head.casefold() in fiscal for head in heads) else period

    def _words_of_row(self, texts: list[tuple[int, str]], headings: tuple[str, ...]) -> Context:
        """What the words of a row say, with what stands above it."""
        own: list[Source] = []
        nobody = False
        item = about = ""
        for column, text in texts:
            label = self.labels.read(text)
            in_countries = column in self.countries
            if label.is_long or (column in self.codes and not label.names):
                continue
            if (in_countries or column in self.silent) and not label.names:
                nobody = nobody or in_countries
                about = about or (text if in_countries else "")
                label = _unit_only(label)
            elif not in_countries and not item and column not in self.silent:
                item = item_of(label)
            nobody = nobody or label.is_stranger
            about = about or ("" if label.period or label.names or _is_mere_unit(label) else text)
            own.append(Source(label, "the row's label"))
        context = context_of([*own, *self._above(headings)])
        if nobody and not any(source.label.actor for source in own):
            context = replace(context, actor=None, location=None, is_nobody=True)
        if item:
            context = replace(context, item=(item, "the row's label"))
        return replace(context, about=about[:LONGEST_TITLE])

    def _above(self, headings: tuple[str, ...]) -> list[Source]:
        """The sources above a row: the headings within the block, the lowest first, and those around it."""
        if headings not in self._headings:
            read = [self.labels.read(text) for text in reversed(headings)]
            inner = [Source(label, "the heading above the row", is_note=label.is_long) for label in read]
            self._headings[headings] = [*inner, *self.base]
        return self._headings[headings]


_SILENT = context_of([])


def item_of(label: Label) -> str:
    """The item that a label names: one of the vocabulary, else its own words where they name nothing else."""
    if label.item:
        return label.item
    named = label.measure or label.actor or label.is_total or label.is_stranger
    return "" if named else slug(label.rest)


def frame_of(
    block: Block, around: Sequence[Source], labels: LabelReader, words: TableWords, mark: str
) -> Frame:
    """The headings of a block, once read for all its cells; `mark` is the decimal mark of its numbers."""
    frame = Frame(block, [], labels, words)
    values = {
        n for row in block.rows for n, f in enumerate(row.fields) if f and f.kind in (Kind.NUMBER, Kind.YEAR)
    }
    frame.skipped = block.periods | block.left_out
    values -= frame.skipped
    texts = {n for row in block.rows for n, f in enumerate(row.fields) if f and f.kind == Kind.TEXT}
    frame.silent = {n for n in texts if _is_silent(block.heads.get(n, ()), words)}
    frame.codes = texts & block.left_out
    frame.countries = {
        n for n in texts - frame.silent - frame.codes if _names_countries(block, n, labels, words)
    }
    corner = [n for n in sorted(texts | block.periods) if n not in values]
    heads = [head for n in corner for head in reversed(block.heads.get(n, ()))]
    frame.base = [
        *(Source(labels.read(head), "the corner") for head in heads),
        *(_title(labels.read(text)) for text in reversed(block.titles)),
        *around,
    ]
    across = _are_countries([labels.read(head[-1]) for n in values if (head := block.heads.get(n))])
    for column in values:
        frame.columns[column] = _column(block.heads.get(column, []), labels, across)
    numbers = [_numbers(row, values, mark, words) for row in block.rows[:MOST_ROWS]]
    frame.columns = related(frame.columns, words.measures_with_shares, numbers)
    return frame


def _numbers(row: DataRow, columns: set[int], mark: str, words: TableWords) -> dict[int, Decimal]:
    """The numbers of a row as printed, by column."""
    found = {}
    for column in columns:
        entry = row.fields[column] if column < len(row.fields) else None
        number = cell_number(entry.text, mark, words) if entry and entry.kind in _FIGURES else None
        if number and not number.exponent:
            found[column] = -Decimal(number.digits) if number.negative else Decimal(number.digits)
    return found


def _title(label: Label) -> Source:
    return Source(label, "the title", is_note=len(label.text) > 2 * LONGEST_TITLE or label.text.endswith("."))


def _column(heads: list[str], labels: LabelReader, across: bool) -> Context:
    """What stands over a column, its lowest heading first."""
    read = [label for head in reversed(heads) if not (label := labels.read(head)).is_long]
    context = context_of([Source(label, "the header row") for label in read])
    nobody = across and context.actor is None
    names = [] if across else [item for label in read if (item := item_of(label))]
    if names and context.item is None:
        context = replace(context, item=(names[0], "the header row"))
    spoken = [label.text for label in read if not (label.period or label.names or _is_mere_unit(label))]
    about, heading = spoken[0] if spoken else "", heads[-1] if heads else ""
    return replace(
        context,
        about=about[:LONGEST_TITLE],
        heading=heading[:LONGEST_TITLE],
        is_nobody=nobody,
        formula=next((label.formula for label in read if label.formula), ""),
        is_loose=all(label.is_loose for label in read if label.status),
    )


def _is_mere_unit(label: Label) -> bool:
    """Whether a label says a unit, a status or nothing, but of no thing what is measured."""
    return not (label.rest or label.measure or label.item or label.actor or label.is_total)


def _is_silent(heads: Sequence[str], words: TableWords) -> bool:
    """Whether a column of words holds units or notes."""
    known = words.words("no_items")
    return any(known.intersection(head.casefold().split()) for head in heads)


def _unit_only(label: Label) -> Label:
    """Only the unit of money of a label: what stands in brackets beside the name of a country."""
    money = label.dimension == "money"
    unit = label.unit if money else None
    return Label(
        label.text,
        unit=unit,
        dimension="money" if money else None,
        scale=label.scale,
        is_local=label.is_local,
    )


def _names_countries(block: Block, column: int, labels: LabelReader, words: TableWords) -> bool:
    """Whether the words of a column name countries, by its heading or by what they are."""
    for head in block.heads.get(column, ()):
        folded = head.casefold()
        if folded in words.words("country_headings") or words.words("territories").intersection(
            folded.split()
        ):
            return True
    entries = (row.fields[column] for row in block.rows if column < len(row.fields))
    return _are_countries([labels.read(f.text) for f in entries if f and f.kind == Kind.TEXT])


def _are_countries(found: list[Label]) -> bool:
    names = sum(1 for label in found if label.names or label.is_stranger)
    return names >= 2 and names >= FEW_COUNTRIES * len(found)
