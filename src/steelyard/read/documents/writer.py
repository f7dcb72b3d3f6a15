"""Writes extracted text line by line and remembers where each cell of a table stands in it.

Paragraphs are parted by an empty line, headings and items of lists stand on lines of their own. A table has a
row a line and a tab between its cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from steelyard.read.documents.encoding import BROKEN, CONTROL
from steelyard.read.documents.extracted import Cell, Table

# More columns than this hold no table of figures; a forged width must not fill the memory.
WIDEST = 400


@dataclass(frozen=True, slots=True)
class GridCell:
    """The text of a cell, and how many columns it covers."""

    text: str
    width: int = 1


class Writer:
    """Text that grows by paragraphs and tables."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._tables: list[Table] = []
        self._in_list = False

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that were written, with their places."""
        return tuple(self._tables)

    @property
    def position(self) -> int:
        """Where the next paragraph would begin."""
        return self._length

    def paragraph(self, text: str) -> None:
        """Write a paragraph, its blanks and line breaks as single blanks; nothing where it has no words."""
        if words := plain(text):
            self._end_list()
            self._write(words + "\n\n")

    def line(self, text: str) -> None:
        """Write a line that the next one follows at once, as in a list."""
        if words := plain(text):
            self._write(words + "\n")
            self._in_list = True

    def table(self, rows: Iterable[Iterable[GridCell]], caption: str | None = None) -> None:
        """Write a table; a cell that covers several columns stands in the first of them."""
        self._end_list()
        title = plain(caption or "")
        self._write(f"{title}\n" if title else "")
        start = self._length
        written = tuple(self._row(row, number) for number, row in enumerate(rows, 1))
        if any(any(row) for row in written):
            self._tables.append(Table(start, self._length, written, title or None))
            self._write("\n")

    def _row(self, row: Iterable[GridCell], number: int) -> tuple[Cell | None, ...]:
        cells: list[Cell | None] = []
        begun = False
        for each in row:
            if len(cells) >= WIDEST:
                break
            words = plain(each.text)
            if words:
                self._write("\t" if begun else "")
                start, begun = self._length, True
                self._write(words)
                cells.append(Cell(start, self._length, f"row {number}, column {len(cells) + 1}"))
            else:
                cells.append(None)
            cells.extend([None] * (min(each.width, WIDEST - len(cells) + 1) - 1))
        if begun:
            self._write("\n")
        return tuple(cells)

    def _end_list(self) -> None:
        if self._in_list:
            self._write("\n")
            self._in_list = False

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def plain(text: str) -> str:
    r"""Words with single blanks between them, and no control character, soft hyphen or sign without width.

    >>> plain(" the \n bud\xadget\u200b of 46 ")
    'the budget of 46'
    """
    if not text.isprintable():
        text = CONTROL.sub(BROKEN, text.translate(_UNSEEN).replace("\x0b", " "))
    return " ".join(text.split())


_UNSEEN = dict.fromkeys((173, 8203, 8288, 65279, 8206, 8207))
