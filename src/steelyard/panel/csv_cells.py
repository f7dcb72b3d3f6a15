"""Text files of publishers as rows of cells, and what a number written in one leaves open.

A file may have been cut off in the middle: then its last line has no end, or lacks cells, and is left out
with a problem rather than read as a shorter number.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from pathlib import Path
from typing import NamedTuple

from steelyard.core.problems import Place, Problem
from steelyard.core.series import LONGEST_CELL

LARGEST_FILE = 256 * 2**20  # bytes; the largest that a publisher gives out, all of WDI, has about 200 million
_OPENING = 16_384  # bytes, in which a heading stands
_NUMERAL = re.compile(r"[+-]?(?:\d{1,30}(?:\.(\d{0,30}))?|\.\d{1,30})(?:[eE]([+-]?\d{1,2}))?")
_EXACT = Context(prec=200)  # no numeral above and no scale has so many digits
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_DATED = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_]?(0[1-9]|1[0-2])(?:[-_]?(0[1-9]|[12]\d|3[01]))?(?!\d)")


class Line(NamedTuple):
    """A row of a file, with the number of the line on which it ends."""

    number: int
    cells: tuple[str, ...]


class Amount(NamedTuple):
    """A written number in single units, with the least and the greatest that its digits leave open."""

    value: Decimal
    low: Decimal
    high: Decimal


def amount(text: str, scale: Decimal = Decimal(1)) -> Amount | None:
    """What a plain numeral stands for, half a unit of its last digit either way; None for any other text.

    >>> amount("1.5", Decimal(1000))
    Amount(value=Decimal('1500.0'), low=Decimal('1450.00'), high=Decimal('1550.00'))
    >>> amount("n/a")
    """
    found = _NUMERAL.fullmatch(text)
    if not found or not text.isascii():
        return None
    value = Decimal(text)
    half = Decimal((0, (5,), int(value.as_tuple().exponent) - 1))
    low, high = _EXACT.subtract(value, half), _EXACT.add(value, half)
    return Amount(*(_EXACT.multiply(one, scale) for one in (value, low, high)))


def fingerprint(path: Path) -> str:
    """A short hash of a file's bytes in letters, since digits could be taken for a year."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:6].translate(_LETTERS)


def date_in_name(path: Path) -> str:
    """The year and month, and the day where there is one, in a file's name; empty where there is none.

    >>> date_in_name(Path("imf-weo-2025-10-long.csv")), date_in_name(Path("API_26332.csv"))
    ('2025-10', '')
    """
    found = _DATED.search(path.stem)
    return "-".join(part for part in found.groups() if part) if found else ""


def opening_lines(path: Path, delimiter: str = ",") -> list[list[str]]:
    """The first rows of a file, for a look at what it is; none where it cannot be read as text."""
    try:
        with path.open("rb") as file:
            text = decoded(file.read(_OPENING), legacy=True) or ""
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except (OSError, csv.Error):
        return []
    return [[cell.strip() for cell in row] for row in rows[:12]]


def read_lines(path: Path, *, delimiter: str = ",", legacy: bool = False) -> tuple[list[Line], list[Problem]]:
    """The rows of a file that hold anything, blanks around cells taken off, and what is wrong with it.

    `legacy` allows Windows' old Western encoding where a file is no UTF-8.
    """
    name = str(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            message = f"The file is larger than {LARGEST_FILE // 2**20} MB; nothing of it is read."
            return [], [Problem("unreadable", message, Place(name), "Take the file of one indicator.")]
        text = decoded(path.read_bytes(), legacy=legacy)
    except OSError as error:
        return [], [Problem("unreadable", f"The file cannot be read: {error.strerror}.", Place(name))]
    if text is None or "\0" in text:
        hint = "Fetch it again from its publisher."
        return [], [Problem("not-text", "The file is not UTF-8 text.", Place(name), hint)]
    lines, end, problems = _rows(name, text, delimiter)
    if not text.endswith(("\n", "\r")):
        message = "The last line has no end, so the file may be cut off; the line is left out."
        problems.append(Problem("broken-row", message, Place(name, end), "Fetch the file again."))
        lines = [line for line in lines if line.number != end]
    return lines, problems


def decoded(data: bytes, *, legacy: bool = False) -> str | None:
    """A file's text, by its byte order mark or as UTF-8; a character cut off at the very end is left out."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data[: len(data) // 2 * 2].decode("utf-16")
        if data[1:2] == b"\0" and data[3:4] == b"\0":
            return data[: len(data) // 2 * 2].decode("utf-16-le")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:
            return data[: error.start].decode("utf-8-sig", errors="ignore")
        return data.decode("cp1252", errors="replace") if legacy else None


def _rows(name: str, text: str, delimiter: str) -> tuple[list[Line], int, list[Problem]]:
    """The rows of a text, the number of its last line, and what is wrong with it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[Line] = []
    try:
        for cells in reader:
            if max(map(len, cells), default=0) > LONGEST_CELL:
                raise csv.Error(f"a cell holds more than {LONGEST_CELL:,} characters")
            plain = tuple(map(str.strip, cells))
            if any(plain):
                lines.append(Line(reader.line_num, plain))
    except csv.Error as error:
        message = f"The rows from here on cannot be read: {error}."
        fault = Problem("broken-row", message, Place(name, reader.line_num), "Fetch the file again.")
        return lines, 0, [fault]
    return lines, reader.line_num, []


def missing_columns(
    place: Place, heading: Sequence[str], needed: Sequence[str], hint: str
) -> Iterator[Problem]:
    """A problem for each column that a heading lacks or has twice."""
    there = ", ".join(text for text in heading[:12] if text) or "nothing"
    for column in needed:
        if column not in heading:
            message = f"The column {column!r} is missing; the heading has {there}."
            yield Problem("missing-column", message, place, hint)
        elif heading.count(column) > 1:
            message = f"The column {column!r} stands there {heading.count(column)} times."
            yield Problem("unknown-column", message, place, hint)


def short_row(path: Path, line: Line, expected: int) -> Problem:
    """That a row has not as many cells as the heading."""
    message = f"The row has {len(line.cells)} cells, the heading {expected}; it is left out."
    hint = "The file may be cut off or saved anew by another program; fetch it again."
    return Problem("broken-row", message, Place(str(path), line.number), hint)


def not_a_number(place: Place, text: str, expected: str = "a plain numeral or nothing") -> Problem:
    """That a number's cell holds another text."""
    shown = text if len(text) <= 40 else f"{text[:39]}…"
    message = f"Expected {expected}; found {shown!r}."
    return Problem("not-a-number", message, place, "Fetch the file again, or correct the cell.")
