"""How a table is laid out: its blocks, each with the headings over its columns and the headings of its rows.

A sheet may hold several tables under one another. A row of years, or of words over a row of numbers, begins a
block; a row with one text alone is a title before it and a heading within it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from steelyard.read.documents.extracted import Cell, Table
from steelyard.read.tables.table_labels import LabelReader
from steelyard.read.tables.table_numbers import looks_like_number
from steelyard.read.tables.table_words import TableWords

_YEAR = re.compile(r"(?:19|20)\d\d")
_LEADING = re.compile(r"[^\w]*[\d.,\s]+")
_BARE = re.compile(r"[\d.,]+")
MOST_HEADINGS = 4
MOST_TITLES = 24
MOST_LETTERS = 1


class Kind(Enum):
    """What a cell is, by the look of it."""

    EMPTY = 0
    MISSING = 1
    TEXT = 2
    YEAR = 3  # four digits that may be a year or a number
    PERIOD = 4
    NUMBER = 5


@dataclass(frozen=True, slots=True)
class Field:
    """A cell with its text and kind. `indent` counts the blanks before its text."""

    cell: Cell
    text: str
    kind: Kind
    indent: int = 0

    @property
    def start(self) -> int:
        """Where its text begins."""
        return self.cell.start + self.indent


Row = list[Field | None]


@dataclass(slots=True)
class DataRow:
    """A row of numbers: its number in the table, its fields, and the headings that it stands under."""

    number: int
    fields: Row
    headings: tuple[str, ...] = ()


@dataclass(slots=True)
class Block:
    """Rows of numbers under one set of headings.

    `titles` stand above, `heads` holds the headings over each column from the top down, `periods` are the
    columns whose cells are years, `left_out` those whose numbers are no figures, such as codes.
    """

    titles: list[str] = field(default_factory=list)
    heads: dict[int, list[str]] = field(default_factory=dict)
    rows: list[DataRow] = field(default_factory=list)
    periods: set[int] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)


class Layout:
    """Finds the blocks of a table."""

    def __init__(self, text: str, labels: LabelReader, words: TableWords) -> None:
        self._text, self._labels, self._words = text, labels, words
        self._missing = words.words("missing")
        self._signs = words.words("negative") | frozenset(words.hedges) | frozenset("(+[")

    def rows(self, table: Table) -> list[Row]:
        """The fields of all rows."""
        return [[self._field(cell) if cell else None for cell in row] for row in table.rows]

    def _field(self, cell: Cell) -> Field | None:
        raw = self._text[cell.start : cell.end]
        text = raw.strip()
        if not text:
            return None
        return Field(cell, text, self._kind(text), len(raw) - len(raw.lstrip()))

    def _kind(self, text: str) -> Kind:
        if _BARE.fullmatch(text):
            if text.isdecimal():
                return Kind.YEAR if _YEAR.fullmatch(text) else Kind.NUMBER
            if any(map(str.isdecimal, text)):
                return Kind.NUMBER
        if len(text) <= self._words.longest_missing and text.casefold() in self._missing:
            return Kind.MISSING
        if not looks_like_number(text):
            return Kind.TEXT
        label = self._labels.read(text)
        if label.period and not (label.rest or label.measure or label.actor or label.unit or label.statistic):
            return Kind.PERIOD
        first = text[0]
        figure = first.isdecimal() or first in self._signs or self._is_amount(text)
        return Kind.NUMBER if figure and self._is_short(text) else Kind.TEXT

    def _is_short(self, text: str) -> bool:
        """Whether what follows a number is no more than a mark or a unit: "5th Fleet" is a name."""
        if sum(map(str.isalpha, text)) <= MOST_LETTERS:
            return True
        rest = _LEADING.sub("", text)
        label = self._labels.read(rest.strip(" ()[]"))
        is_unit = (label.unit or label.scale) and not label.rest and not label.measure
        return bool(is_unit or label.status)

    def _is_amount(self, text: str) -> bool:
        """Whether a number follows a sign of money: "$46.1 bn"."""
        lead = next((n for n, character in enumerate(text) if character.isdecimal()), 0)
        label = self._labels.read(text[:lead].strip(" (-−–△▲"))
        return lead <= 5 and label.dimension == "money" and not label.rest

    def blocks(self, rows: Sequence[Row]) -> list[Block]:
        """The blocks in order; rows of which nothing comes are in none."""
        found = [block := Block()]
        headings: list[str] = []
        fresh = True  # no row of numbers since the last title or blank row
        heads: list[Row] = []
        for number, row in enumerate(rows):
            filled = [f for f in row if f]
            if not filled:
                fresh = True
            elif self._is_head(row, filled, rows, number, block, fresh and not heads):
                if block.rows:
                    titles = _first_and_last([*block.titles, *headings])
                    found.append(block := Block(titles=titles))
                    heads, headings = [], []
                heads.append(row)
                if len(heads) <= MOST_HEADINGS:
                    _set_heads(block, heads)
                fresh = True
            elif len(filled) == 1 and filled[0].kind == Kind.TEXT:
                fresh = self._take_heading(block, headings, filled[0].text, bool(heads), rows, number)
            elif any(f.kind in (Kind.NUMBER, Kind.YEAR) for f in filled) and (
                len(filled) > 1 or len(row) == 1
            ):
                block.rows.append(DataRow(number, row, tuple(headings)))
                fresh = False
            elif not heads and not block.rows:
                block.titles += [f.text for f in filled]
        for block in found:
            block.titles = _first_and_last(block.titles)
            self._find_columns(block)
        return [block for block in found if block.rows]

    def _take_heading(
        self, block: Block, headings: list[str], text: str, under_head: bool, rows: Sequence[Row], number: int
    ) -> bool:
        """A lone text is a title above the first row of headings, a heading of rows below it."""
        if not under_head and not block.rows:
            block.titles.append(text)
            return True
        if block.rows and not _follows_heading(rows, number):
            headings.clear()
        headings.append(text)
        del headings[:-MOST_HEADINGS]
        return True

    def _is_head(
        self, row: Row, filled: list[Field], rows: Sequence[Row], number: int, block: Block, fresh: bool
    ) -> bool:
        """Whether a row is one of headings: years in order, or words over numbers."""
        kinds = [f.kind for f in filled]
        if Kind.NUMBER in kinds or Kind.MISSING in kinds:
            return False
        years = [f for f in filled if f.kind in (Kind.YEAR, Kind.PERIOD)]
        if years:
            return self._are_years(row, years, rows, number, block)
        below = next((r for r in rows[number + 1 : number + 4] if sum(map(bool, r)) > 1), None)
        if len(filled) < 2 or below is None or (block.rows and not fresh):
            return False
        over = [n for n, f in enumerate(row) if f and n < len(below) and below[n]]
        figures = [n for n in over if (g := below[n]) and self._is_value(g)]
        spans = any(f and f.kind != Kind.NUMBER and self._is_value(f) for f in below)
        return bool(figures) or (spans and not block.rows)

    def _is_value(self, entry: Field) -> bool:
        """Whether a field is what headings stand over: a number or period, but no single day."""
        if entry.kind == Kind.PERIOD:
            return not self._is_day(entry.text)
        return entry.kind in (Kind.NUMBER, Kind.YEAR)

    def _are_years(
        self, row: Row, years: list[Field], rows: Sequence[Row], number: int, block: Block
    ) -> bool:
        """Whether years in a row are headings: in order, not beside a name under headings already read."""
        if any(self._is_day(f.text) for f in years):
            return False
        label = row[0]
        named = label is not None and label.kind == Kind.TEXT and not self._heads_years(label.text)
        if len(years) == 1:
            over_numbers = _stands_over_number(row.index(years[0]), rows[number + 1 : number + 4])
            return not block.heads and row[0] is not years[0] and over_numbers
        values = [int(m.group()) for f in years if (m := _YEAR.search(f.text))]
        ordered = values in (sorted(values), sorted(values, reverse=True))
        fresh = not block.rows and not named
        return (ordered or fresh) and not (block.heads and named and block.rows)

    def _is_day(self, text: str) -> bool:
        """Whether a text is a single day, such as that of an update."""
        period = self._labels.read(text).period or ""
        return period.count("-") == 2 and "/" not in period

    def _heads_years(self, text: str) -> bool:
        """Whether a text names the years beside it or what the rows are: "Year", "Country"."""
        label = self._labels.read(text)
        known = self._words.words("year_headings") | self._words.words("fillers")
        return text.casefold() in known or not (label.rest or label.actor or label.measure)

    def _find_columns(self, block: Block) -> None:
        """Which columns hold years instead of figures, and which hold codes and the like."""
        kinds: dict[int, set[Kind]] = {}
        for row in block.rows:
            for column, entry in enumerate(row.fields):
                if entry and entry.kind != Kind.MISSING:
                    kinds.setdefault(column, set()).add(entry.kind)
        for column, found in kinds.items():
            heads = block.heads.get(column, [])
            if any(head.casefold() in self._words.words("no_figures") for head in heads[-1:]):
                block.left_out.add(column)
            elif found <= {Kind.YEAR, Kind.PERIOD} and not self._is_year_head(heads):
                named = any(head.casefold() in self._words.words("year_headings") for head in heads)
                if named or Kind.PERIOD in found or (not block.periods and column == min(kinds)):
                    block.periods.add(column)
        named_years = {c for c in block.periods if self._is_named(block, c)}
        if named_years and named_years != block.periods:
            block.left_out |= block.periods - named_years
            block.periods = named_years

    def _is_named(self, block: Block, column: int) -> bool:
        heads = block.heads.get(column, [])
        return any(head.casefold() in self._words.words("year_headings") for head in heads)

    def _is_year_head(self, heads: list[str]) -> bool:
        return any(self._labels.read(head).period for head in heads)


def _first_and_last(titles: list[str]) -> list[str]:
    """The titles that count where there are many: the first, which names the table, and the nearest."""
    return (
        titles if len(titles) <= MOST_TITLES else [*titles[: MOST_TITLES // 3], *titles[-MOST_TITLES // 2 :]]
    )


def _stands_over_number(column: int, below: Sequence[Row]) -> bool:
    """Whether the first row below that fills a column has a number there that is no year."""
    entry = next((row[column] for row in below if column < len(row) and row[column]), None)
    return entry is not None and entry.kind in (Kind.NUMBER, Kind.MISSING)


def _set_heads(block: Block, heads: list[Row]) -> None:
    """The headings over each column: those above the last row spread to the right over the empty ones."""
    block.heads = {}
    width = max(len(row) for row in heads)
    for level, row in enumerate(heads):
        spread: str | None = None
        for column in range(width):
            entry = row[column] if column < len(row) else None
            below = any(column < len(lower) and lower[column] for lower in heads[level + 1 :])
            if entry:
                spread = entry.text
            if spread and (entry or below):
                block.heads.setdefault(column, []).append(spread)


def _follows_heading(rows: Sequence[Row], number: int) -> bool:
    """Whether the last filled row is a heading too, so that both count: a region and its part."""
    for row in reversed(rows[max(0, number - 3) : number]):
        filled = [f for f in row if f]
        if filled:
            return len(filled) == 1 and filled[0].kind == Kind.TEXT
    return False
