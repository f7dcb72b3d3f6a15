"""A document: its text, its date and publisher, and what a place in it is called.

For plain text the offsets are those of the decoded file, for other formats those of the extracted text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from steelyard.core.problems import Place

# What type checkers need to know; plain text has no tables.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from steelyard.read.documents.extracted import Table


@dataclass(frozen=True, slots=True)
class Document:
    """Text with its name as given, the date on which it was published, and who published it.

    `tables`, `pages` and `left_out` are as in `Extracted`; plain text has none.
    """

    name: str
    text: str
    date: date | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    tables: tuple[Table, ...] = ()
    pages: tuple[int, ...] = ()
    left_out: tuple[tuple[int, int], ...] = ()

    @property
    def short_name(self) -> str:
        """The name without folders."""
        return self.name.replace("\\", "/").rpartition("/")[2]

    def place(self, start: int, end: int) -> Place:
        """Where a span stands, for a problem."""
        return Place.in_text(self.name, self.text, start, end)
