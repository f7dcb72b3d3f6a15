"""A document: its text as read from disk, its date and publisher.

For plain text the offsets are those of the decoded file, so nothing is cleaned away: a byte-order mark is the
only thing that decoding drops.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from steelyard.core.problems import FormatError, Place, Problem
from steelyard.read.extracted import Table

TEXT_SUFFIXES = frozenset({"", ".txt", ".text", ".md", ".markdown"})
# C0, DEL and C1 but for tab, line feed, form feed and carriage return: codes for terminals, never words.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


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


def open_document(
    path: Path, *, name: str | None = None, date: date | None = None, publisher: str | None = None
) -> tuple[Document, list[Problem]]:
    """The document in a file, and what is odd about it. `date` is for documents that carry none of their own.

    Raises:
        FormatError: the file is missing, unreadable or no text.
    """
    shown = name or str(path)
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise FormatError(
            f"{shown}: files of type {path.suffix} cannot be read yet; save the text as .txt or .md"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(f"{shown}: cannot be read: {error.strerror or error}") from error
    return decode_document(data, shown, date=date, publisher=publisher)


def decode_document(
    data: bytes, name: str, *, date: date | None = None, publisher: str | None = None
) -> tuple[Document, list[Problem]]:
    """The document in bytes, as they come from a file or from standard input.

    Raises:
        FormatError: the bytes are no UTF-8 text.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = (
            f"{name}: not UTF-8 text (byte {error.start} is {data[error.start]:#04x}); save it as UTF-8 text"
        )
        raise FormatError(message) from error
    if control := CONTROL.search(text):
        code = ord(control.group())
        raise FormatError(
            f"{name}: not text (control character {code:#04x} at {control.start()}); is it a binary file?"
        )
    document = Document(name, text, date, publisher)
    if not text.strip():
        hint = "Put the text to be read into the file."
        return document, [Problem("empty-document", "The file holds no text.", Place(name), hint, "warning")]
    return document, []
