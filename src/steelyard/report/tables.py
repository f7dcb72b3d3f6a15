"""Tables of the report: rows of cells that know their origin, as HTML on the page and as CSV beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

NOTHING = "\N{EN DASH}"
# Spreadsheets run a cell that begins so as a formula; a source's text must not become one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell. `origin` names where it comes from; `link` is the anchor of that on the page.

    `plain` is the value for CSV where it differs from the `text` shown. `number` sets it flush right.
    """

    text: str
    origin: str = ""
    link: str = ""
    plain: str | None = None
    number: bool = False
    note: str = ""

    @property
    def kind(self) -> str:
        """How it is set: "number" flush right, "long" and "longer" with room for their words, "none".

        Where all columns from one on are numbers, the table says so once (`Table.numeric`).
        """
        if self.number:
            return "number"
        if self.text == NOTHING:
            return "none"
        length = len(self.text)
        return "longer" if length > 90 else "long" if length > 36 else ""

    @property
    def value(self) -> str:
        """The cell as CSV holds it; text that a spreadsheet would run is quoted."""
        if self.plain is not None:
            return self.plain
        return f"'{self.text}" if self.text.startswith(_FORMULA) else self.text


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns; the first is the row's heading. `anchor` is its id on the page."""

    cells: tuple[Cell, ...]
    anchor: str = ""

    @property
    def origin(self) -> str:
        """The origin that all cells share, or ""."""
        origins = {cell.origin for cell in self.cells}
        return origins.pop() if len(origins) == 1 else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading of their own."""

    heading: str
    rows: tuple[Row, ...]

    @property
    def origin(self) -> str:
        """The origin that all cells of all rows share, or ""."""
        origins = {row.origin for row in self.rows}
        return origins.pop() if len(origins) == 1 else ""


@dataclass(frozen=True, slots=True)
class Table:
    """Groups of rows under columns. `name` is its file name without suffix.

    `columns` are headings; those for which `numbers` holds the index are set flush right. `key` is the
    heading of the group in CSV. `rests_on` is the anchor of what all its numbers rest on, "" for none.
    """

    name: str
    caption: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    numbers: frozenset[int] = field(default_factory=frozenset)
    key: str = ""
    rests_on: str = ""

    @property
    def rows(self) -> Iterator[Row]:
        """All rows, whatever their group."""
        for group in self.groups:
            yield from group.rows

    @property
    def numeric(self) -> int:
        """The index from which on all columns hold numbers or nothing; 0 where the last one does not."""
        first = len(self.columns)
        while first > 1 and first - 1 in self.numbers and self._holds_numbers(first - 1):
            first -= 1
        return first if first < len(self.columns) else 0

    def _holds_numbers(self, column: int) -> bool:
        return all(row.cells[column].number or not row.cells[column].text for row in self.rows)

    def to_csv(self) -> str:
        """The table with a header line; each row ends with the origin of its cells."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow([*([self.key] if self.key else []), *self.columns, "origin"])
        for group in self.groups:
            for row in group.rows:
                origins = dict.fromkeys(cell.origin for cell in row.cells if cell.origin)
                head = [Cell(group.heading).value] if self.key else []
                writer.writerow([*head, *(cell.value for cell in row.cells), "; ".join(origins)])
        return buffer.getvalue()


def one_group(rows: Sequence[Row]) -> tuple[Group, ...]:
    """Rows without groups."""
    return (Group("", tuple(rows)),) if rows else ()
