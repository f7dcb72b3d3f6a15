"""A document: its text as read from disk, its date and publisher, its paragraphs and sentences.

For plain text the offsets are those of the decoded file, so nothing is cleaned away: a byte-order mark is the
only thing that decoding drops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from steelyard.core.problems import FormatError, Place, Problem
from steelyard.read.extracted import Table

TEXT_SUFFIXES = frozenset({"", ".txt", ".text", ".md", ".markdown"})
# C0, DEL and C1 but for tab, line feed, form feed and carriage return: codes for terminals, never words.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
# Longer ones are tables and lists without full stops; reading takes time by the square of a sentence.
LONGEST_SENTENCE = 1200
_BREAK = re.compile(r"\W")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9가-힣])|(?<=[다요음])\.\s*|\n+")


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


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of the text, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


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


def sentences_of(text: str, abbreviations: frozenset[str]) -> Iterator[Sentence]:
    """The sentences in order, without the white space around them; a line break ends a sentence.

    What runs on for more than `LONGEST_SENTENCE` characters is cut between two words.
    """
    start = paragraph = 0
    for match in _SENTENCE_END.finditer(text):
        if match.group()[0] in ".!?" and _is_abbreviation(text, start, match.start(), abbreviations):
            continue
        yield from _trimmed(text, start, match.end(), paragraph)
        paragraph += match.group().startswith("\n") or "\n" in match.group()
        start = match.end()
    yield from _trimmed(text, start, len(text), paragraph)


def _is_abbreviation(text: str, start: int, dot: int, abbreviations: frozenset[str]) -> bool:
    """Whether the dot ends an abbreviation such as "U.S." or an initial, not a sentence."""
    if text[dot] != ".":
        return False
    before = text[max(start, dot - 12) : dot]
    word = re.split(r"[\s(“\"‘'–—-]", before)[-1]
    return word.casefold() in abbreviations or (len(word) == 1 and word.isupper())


def _trimmed(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    """The sentence of a span without the white space around it, in pieces where it is too long."""
    while start < end:
        stop = end if end - start <= LONGEST_SENTENCE else _place_to_cut(text, start, end)
        part = text[start:stop]
        left = len(part) - len(part.lstrip())
        if part.strip():
            yield Sentence(start + left, start + len(part.rstrip()), paragraph)
        start = stop


def _place_to_cut(text: str, start: int, end: int) -> int:
    """Where to cut a sentence that is too long: after a blank, else after another mark between words."""
    latest = start + LONGEST_SENTENCE
    piece = text[start:latest]
    blank = next((n for n in range(len(piece), 1, -1) if piece[n - 1].isspace()), None)
    if blank:
        return start + blank
    mark = _BREAK.search(text, latest - 1, end)
    return mark.end() if mark else end
