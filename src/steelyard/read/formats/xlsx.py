"""Workbooks: each sheet as a line with its name and rows of cells between tabs, numbers as shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from steelyard.core.problems import FormatError, Place, Problem
from steelyard.core.workbook_file import Formulas, plain_workbook, weighed
from steelyard.read.documents.extracted import Cell, Extracted, Table
from steelyard.read.formats.shown import shown_number

SUFFIXES = (".xlsx", ".xlsm")
MOST_CELLS = 300_000  # that hold something
MOST_PLACES = 4_000_000  # with the empty ones between them
LONGEST_CELL = 32_767
INDENT = "  "
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def extract(data: bytes) -> Extracted:
    """The sheets of a workbook, each as one table.

    Raises:
        FormatError: the file is no workbook, is locked, or unfolds to more than can be held.
    """
    formulas = weighed(data)
    book = _opened(data)
    written = _Written()
    title = book.properties.title if book.properties else None
    for sheet in book.worksheets:
        if written.is_full:
            break
        _write_sheet(sheet, written)
    book.close()
    return Extracted(
        "".join(written.parts) if written.tables else "",
        title=title,
        tables=tuple(written.tables),
        cut=tuple(written.cut),
        problems=tuple(_without_result(formulas, book)),
    )


def raw_sheets(data: bytes) -> tuple[dict[str, list[tuple[object, ...]]], list[Problem]]:
    """The rows of each sheet by its name, cells as they are kept rather than shown; and formulas without
    result, which are None in a row.

    Raises:
        FormatError: the file is no workbook, is locked or broken, or unfolds to more than can be held.
    """
    formulas = weighed(data)
    book = _opened(data)
    sheets: dict[str, list[tuple[object, ...]]] = {}
    places = 0
    for sheet in book.worksheets:
        rows = sheets.setdefault(sheet.title, [])
        try:
            sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                places += len(row) + 1
                rows.append(row)
                if places > MOST_PLACES:
                    break
        except Exception as error:  # whatever a broken sheet makes of the library
            kind = type(error).__name__
            raise FormatError(f"its sheet {sheet.title!r} is broken ({kind}); save it anew") from error
        if places > MOST_PLACES:
            raise FormatError("it has more cells than can be read; save the needed sheet alone")
    problems = list(_without_result(formulas, book))
    book.close()
    return sheets, problems


def _opened(data: bytes) -> Any:  # noqa: ANN401  # openpyxl has no types
    """The workbook, its formulas as their results."""
    import openpyxl

    plain = plain_workbook(data)
    try:
        return openpyxl.load_workbook(BytesIO(plain), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # whatever a broken file makes of the library
        raise FormatError(
            f"it is no workbook that can be opened ({type(error).__name__}); save it anew"
        ) from error


def _without_result(formulas: Sequence[Formulas], book: Any) -> Iterator[Problem]:  # noqa: ANN401
    """A warning for each sheet with formulas of which the workbook does not keep the result."""
    titles = {getattr(sheet, "_worksheet_path", None): sheet.title for sheet in book.worksheets}
    for sheet in formulas:
        yield sheet.problem(titles.get(sheet.part), Place("", key=sheet.first))


@dataclass(slots=True)
class _Written:
    """The text so far, its length, its tables, and what was left out."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    tables: list[Table] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    cells: int = 0
    places: int = 0

    @property
    def is_full(self) -> bool:
        """Whether no more cells are taken in."""
        return self.cells >= MOST_CELLS or self.places >= MOST_PLACES

    def add(self, text: str) -> None:
        """Go on with the text."""
        self.parts.append(text)
        self.length += len(text)


def _write_sheet(sheet: Any, written: _Written) -> None:  # noqa: ANN401  # openpyxl has no types
    """Adds a sheet, unless it is empty."""
    start = written.length
    rows: list[tuple[Cell | None, ...]] = []
    written.add(_BREAKS.sub(" ", sheet.title) + "\n")
    try:
        sheet.reset_dimensions()
        for cells in sheet.iter_rows():
            written.places += len(cells) + 1
            row = tuple(_write_row(cells, written))
            if row or (rows and rows[-1]):
                rows.append(row)
            if written.is_full:
                written.cut.append(
                    f"The workbook is too large; it is read up to {sheet.title!r}, row {_number(cells)}."
                )
                break
    except Exception as error:  # whatever a broken sheet makes of the library
        written.cut.append(f"The sheet {sheet.title!r} is broken ({type(error).__name__}) and read in part.")
    written.add("\n")
    if any(rows):
        written.tables.append(Table(start, written.length, tuple(rows), sheet=sheet.title))


def _number(cells: Any) -> str:  # noqa: ANN401
    """The number of a row, where it is known."""
    return next((str(cell.row) for cell in cells if getattr(cell, "row", None)), "?")


def _write_row(cells: Any, written: _Written) -> Iterator[Cell | None]:  # noqa: ANN401
    """Adds a row, and gives its cells up to the last that holds something."""
    texts = [_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    for column, text in enumerate(texts):
        if column:
            written.add("\t")
        if text:
            yield Cell(written.length, written.length + len(text), cells[column].coordinate)
            written.cells += 1
            written.add(text)
        else:
            yield None
    if texts:
        written.add("\n")


def _text(cell: Any) -> str:  # noqa: ANN401
    """A cell as the sheet shows it, on one line."""
    value = cell.value
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return shown_number(value, cell.number_format)
    if isinstance(value, (date, datetime, time, timedelta)):
        return _shown_date(value, cell.number_format)
    text = _BREAKS.sub(" ", str(value)[:LONGEST_CELL])
    if not text.strip():
        return ""
    indent = getattr(cell.alignment, "indent", 0) if cell.has_style else 0
    return INDENT * min(int(indent or 0), 9) + text


def _shown_date(value: date | datetime | time | timedelta, shown_as: str) -> str:
    """A day in its ISO form; a year alone where the sheet shows no more."""
    if isinstance(value, date):
        letters = set(shown_as.casefold()) & set("dmy")
        day = value.date() if isinstance(value, datetime) else value
        return f"{day.year:04}" if letters == {"y"} else day.isoformat()
    return str(value)
