"""Tables in plain files: values between commas, semicolons, tabs or bars. The text stays the decoded file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.read.documents.encoding import text_of
from steelyard.read.documents.extracted import Cell, Extracted, Table

SUFFIXES = (".csv", ".tsv", ".tab")
DELIMITERS = ",;\t|"
MOST_CELLS = 300_000
LONGEST_QUOTED = 50_000
_SAMPLE = 40
_LINE_END = re.compile(r"\r\n?|\n")


def extract(data: bytes) -> Extracted:
    """The text of the file as one table.

    Raises:
        FormatError: the bytes are no text.
    """
    text, problems = text_of(data)
    delimiter = _delimiter(text)
    rows: list[tuple[Cell | None, ...]] = []
    cut: tuple[str, ...] = ()
    count = 0
    for row in _rows(text, delimiter):
        rows.append(row)
        count += len(row)
        if count >= MOST_CELLS:
            cut = (f"The file holds more than {MOST_CELLS} cells; the first {len(rows)} rows are read.",)
            break
    table = Table(0, len(text), tuple(rows))
    return Extracted(text, tables=(table,) if rows else (), cut=cut, problems=tuple(problems))


def _delimiter(text: str) -> str:
    """The mark between values: the one that cuts most of the first lines into the same number of parts."""
    best, most = ",", 0
    for delimiter in DELIMITERS:
        widths = [
            _width(row) for row, _ in zip(_rows(text[:65_536], delimiter), range(_SAMPLE), strict=False)
        ]
        wide = [width for width in widths if width > 1]
        score = max((width * wide.count(width) ** 2 for width in set(wide)), default=0)
        if score > most:
            best, most = delimiter, score
    return best


def _width(row: tuple[Cell | None, ...]) -> int:
    return len(row)


def _rows(text: str, delimiter: str) -> Iterator[tuple[Cell | None, ...]]:
    """The rows in order. Blank lines are rows without cells."""
    position, number = 0, 1
    while position < len(text):
        match = _LINE_END.search(text, position)
        end, after = match.span() if match else (len(text), len(text))
        if '"' not in text[position:end]:
            yield tuple(_plain_row(text[position:end], position, delimiter, number))
        else:
            cells, after = _quoted_row(text, position, delimiter, number)
            yield cells
        position, number = after, number + 1


def _plain_row(line: str, start: int, delimiter: str, number: int) -> Iterator[Cell | None]:
    """The cells of a line without quotation marks."""
    if not line:
        return
    for column, part in enumerate(line.split(delimiter), 1):
        yield Cell(start, start + len(part), f"row {number}, column {column}") if part.strip() else None
        start += len(part) + 1


def _quoted_row(text: str, start: int, delimiter: str, number: int) -> tuple[tuple[Cell | None, ...], int]:
    """The cells of a row some of which stand in quotation marks, and where the next row begins."""
    cells: list[Cell | None] = []
    position = start
    while True:
        closing = _closing_quote(text, position) if text.startswith('"', position) else -1
        first, last = (position + 1, closing) if closing > 0 else (position, position)
        end = position = max(last + (closing > 0), position)
        while end < len(text) and text[end] not in f"{delimiter}\r\n":
            end += 1
        last = last if closing > 0 else end
        name = f"row {number}, column {len(cells) + 1}"
        cells.append(Cell(first, last, name) if text[first:last].strip() else None)
        if end >= len(text) or text[end] != delimiter:
            match = _LINE_END.match(text, end)
            return tuple(cells), match.end() if match else end
        position = end + 1


def _closing_quote(text: str, opening: int) -> int:
    """Where a quotation ends, two marks in a row standing for one; -1 where it never does, so it is none."""
    limit = opening + LONGEST_QUOTED
    position = text.find('"', opening + 1, limit)
    while position > 0 and text.startswith('"', position + 1):
        position = text.find('"', position + 2, limit)
    return position
