"""What a format gives: plain text with the tables, pages and facts of its own that a document carries.

All offsets are into `text`, which `steelyard read --text` prints, so that every claim can be looked up there.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from steelyard.core.problems import Problem


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: the span of its text, and its name as readers of the file know it ("B7")."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its span in the text, its rows of cells (None where a cell is empty), and what it is called.

    `caption` is the title that stands with it, `sheet` the sheet of a workbook. A cell that spans several
    columns stands in the first of them.
    """

    start: int
    end: int
    rows: tuple[tuple[Cell | None, ...], ...]
    caption: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file and what the file says of itself.

    `pages` are the offsets at which its pages begin, `left_out` the spans of the text that are no part of
    what it says (navigation, notices about cookies), `cut` what could not be taken in, in words for the user.
    `made` is when the file was made, which counts where nobody says when it was published. The places of
    `problems` lack the name of the file, which a format does not know.
    """

    text: str
    date: datetime.date | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    tables: tuple[Table, ...] = ()
    pages: tuple[int, ...] = ()
    left_out: tuple[tuple[int, int], ...] = ()
    cut: tuple[str, ...] = ()
    made: datetime.date | None = None
    problems: tuple[Problem, ...] = ()
