"""Reads tables into claims: one for each cell that holds a figure, with the headings that tell what it is.

What a cell says comes from its own marks, then from the headings around it. A number of which no heading
tells year, unit or measure is no claim, and a warning says what was looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from steelyard.core.claim import Claim
from steelyard.core.problems import Problem
from steelyard.read.documents.document import Document
from steelyard.read.documents.extracted import Table
from steelyard.read.tables.table_claim import Figures, Place
from steelyard.read.tables.table_context import Senses, Source
from steelyard.read.tables.table_labels import LabelReader
from steelyard.read.tables.table_layout import Block, Kind, Layout, Row
from steelyard.read.tables.table_numbers import CellNumber, cell_number, decimal_mark
from steelyard.read.tables.table_rows import Frame, frame_of
from steelyard.read.tables.table_wholes import Wholes
from steelyard.read.tables.table_words import table_words
from steelyard.read.tongues import Tongues

# Of the numbers of one table and of all tables of a document; loaders of databases read them in full.
MOST_IN_A_TABLE = 20_000
MOST_IN_A_DOCUMENT = 60_000
LONGEST_LINE_ABOVE = 200
_FIGURES = (Kind.NUMBER, Kind.YEAR)


@dataclass(slots=True)
class TablesRead:
    """The claims of the tables of a document, problems, and the spans in which no prose stands."""

    claims: list[Claim] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


def read_tables(document: Document, tongues: Tongues) -> TablesRead:
    """The claims of all tables of a document. One without a number only lays out prose."""
    result = TablesRead()
    if document.tables:
        reader = _TableReader(document, tongues)
        for number, table in enumerate(document.tables, 1):
            reader.read(table, number, result)
    return result


@dataclass(slots=True)
class _Seen:
    """What became of the numbers of one table."""

    numbers: int = 0
    odd: int = 0
    first_odd: str = ""
    unknown: int = 0
    claims: list[Claim] = field(default_factory=list)


class _TableReader:
    """Reads the tables of one document; what it learns of words is used for all of them."""

    def __init__(self, document: Document, tongues: Tongues) -> None:
        vocabulary = tongues.first.lexicon.vocabulary
        self._document = document
        self._words = table_words(vocabulary)
        self._labels = LabelReader(tongues, self._words)
        self._layout = Layout(document.text, self._labels, self._words)
        self._figures = Figures(document, vocabulary, self._labels, Senses(vocabulary))

    def read(self, table: Table, number: int, result: TablesRead) -> None:
        """Adds the claims and problems of one table to the result."""
        rows = self._layout.rows(table)
        texts = [f.text for row in rows for f in row if f and f.kind in _FIGURES]
        if not texts or (sum(any(row) for row in rows) < 2 and len(texts) < 2):
            return
        mark = decimal_mark(texts)
        seen = _Seen()
        room = min(MOST_IN_A_TABLE, MOST_IN_A_DOCUMENT - len(result.claims))
        around = self._around(table)
        for block in self._layout.blocks(rows):
            frame = frame_of(block, around, self._labels, self._words, mark)
            self._read_block(block, frame, mark, Place(table, number, len(self._document.tables)), seen, room)
        result.claims += seen.claims
        result.spans.append((table.start, table.end))
        result.problems += self._problems(table, rows, seen, room)

    def _around(self, table: Table) -> list[Source]:
        """What stands around a table, the nearest first: caption, lines above, sheet, document."""
        texts = [(table.caption, "the caption")]
        if table.sheet is None:
            texts += [(line, "the line above") for line in self._lines_above(table)]
        texts += [(table.sheet, "the sheet's name"), (self._document.title, "the document's title")]
        return [
            Source(self._labels.read(text.strip()), where) for text, where in texts if text and text.strip()
        ]

    def _lines_above(self, table: Table) -> Iterator[str]:
        """The last one or two short lines before a table: its title and unit."""
        before = self._document.text[max(0, table.start - 2 * LONGEST_LINE_ABOVE) : table.start]
        lines = [line.strip(" \t\r#*_") for line in before.split("\n")]
        for line in islice(filter(None, reversed(lines)), 2):
            if len(line) > LONGEST_LINE_ABOVE or line.endswith(".") or "|" in line:
                return
            yield line

    def _read_block(
        self, block: Block, frame: Frame, mark: str, place: Place, seen: _Seen, room: int
    ) -> None:
        wholes = Wholes()
        for row in block.rows:
            context = frame.row_context(row)
            first, last = _span(row.fields)
            place.start, place.end, place.text = first, last, self._document.text[first:last]
            wholes.turn_to(row, frame.row_label(row))
            for column, entry in enumerate(row.fields):
                if entry is None or entry.kind not in _FIGURES or column in frame.skipped:
                    continue
                seen.numbers += 1
                if len(seen.claims) >= room:
                    continue
                number = self._number(entry.text, mark, seen)
                if number is None:
                    continue
                claim = self._figures.claim(entry, number, frame.column(column), context, place)
                if claim is None:
                    seen.unknown += 1
                else:
                    seen.claims.append(wholes.placed(claim, column))

    def _number(self, text: str, mark: str, seen: _Seen) -> CellNumber | None:
        number = cell_number(text, mark, self._words)
        if number is None or (number.unit_text and not self._figures.knows(number.unit_text)):
            seen.odd += 1
            seen.first_odd = seen.first_odd or text
            return None
        return number

    def _problems(self, table: Table, rows: list[Row], seen: _Seen, room: int) -> Iterator[Problem]:
        """Warnings about one table."""
        first = next((f for row in rows for f in row if f), None)
        end = first.cell.end if first else table.start
        place = self._document.place(first.cell.start if first else table.start, end)
        name = f"The table of the sheet {table.sheet}" if table.sheet else "The table"
        if seen.numbers and seen.unknown and not seen.claims:
            message = f"{name} is not understood: it names no year, no unit and no measure that is known."
            hint = 'Give it a row of years and a title with the unit, such as "Defence budget (billion won)".'
            yield Problem("table-not-understood", message, place, hint, "warning")
            return
        lacking = [
            word for key, word in (("period", "year"), ("unit", "unit")) if _all_lack(seen.claims, key)
        ]
        if seen.claims and lacking:
            message = f"{name} names no {' and no '.join(lacking)}; its figures are read without."
            hint = "Say it in its title or its row of headings."
            yield Problem("table-incomplete", message, place, hint, "warning")
        if seen.odd:
            such = f"{'a cell' if seen.odd == 1 else f'{seen.odd} cells'} such as {seen.first_odd!r}"
            message = f"{name} holds {such}, with digits that are no number like its others."
            yield Problem("table-odd-number", message, place, "What it says is left out.", "warning")
        if seen.numbers > room and len(seen.claims) >= room:
            message = f"{name} holds {seen.numbers} numbers; the first {len(seen.claims)} are read."
            yield Problem("table-cut", message, place, "Give the part of it that counts.", "warning")


def _all_lack(claims: list[Claim], key: str) -> bool:
    return all(getattr(claim, key) is None for claim in claims)


def _span(fields: Row) -> tuple[int, int]:
    """From the first to the last filled cell of a row."""
    filled = [f for f in fields if f]
    return filled[0].cell.start, filled[-1].cell.end
