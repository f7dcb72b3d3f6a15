"""Series that stand in workbooks, by what the case says of their sheets and columns.

A publisher's workbook is read as it comes, so that no figure is copied by hand: case.toml names the sheet,
the row of its heading, and for each column of a series either the sheet's own column or the words that hold
for all rows. With `across` the heading has the years, and a row has a cell for each. Where the sheet is not
as the case says, nothing of it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath

from steelyard.core.data_file import is_there, read_data_file
from steelyard.core.problems import FormatError, Place, Problem
from steelyard.core.schema import Field, Schema, TomlFile, check_table, nearest
from steelyard.core.series import NEEDED, OPTIONAL, WORKBOOKS, Row

SHEET: Schema = {
    "file": Field(required=True),
    "sheet": Field(required=True),
    "header": Field("number"),
    "across": Field("flag"),
    "columns": Field("table"),
    "where": Field("table"),
    "scale": Field(),
    **{key: Field() for key in (*NEEDED, *OPTIONAL) if key not in ("period", "value")},
}
_LISTED = 12  # names in a message
_LAST_HEADER = 10_000  # the last row in which a heading may stand
_SEARCHED = 50  # rows in which a heading that moved is looked for
_YEARS = range(1800, 2300)
Cells = Sequence[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the case says of a sheet: `columns` are those of the sheet by ours, `constants` hold for all rows;
    `header` is the number of its heading's row.
    """

    path: Path
    name: str
    header: int
    across: bool
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    where: Mapping[str, str]
    scale: Decimal

    @property
    def needed(self) -> list[str]:
        """The columns that the sheet must have."""
        return list(dict.fromkeys([*self.columns.values(), *self.where]))

    def place(self, row: int = 0, column: int = 0) -> Place:
        """A cell, a row or the whole of the sheet, in the workbook."""
        return Place(str(self.path), key=f"{self.name}!{_letters(column)}{row or ''}".removesuffix("!"))


def workbook_rows(
    folder: Path, entries: object, file: TomlFile
) -> tuple[list[Row], set[Path], list[Problem]]:
    """The rows of all sheets that case.toml lists under `series`, the workbooks they are in, and all faults.

    `folder` is that of the case's series. An entry of a wrong form, which is told elsewhere, has no rows.
    """
    rows: list[Row] = []
    problems: list[Problem] = []
    books: dict[Path, Mapping[str, Cells]] = {}
    paths: set[Path] = set()
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict) or any(check_table(entry, SHEET, file, ("series",), {})):
            paths |= _named(folder, entry)
            continue
        sheet, faults = _sheet_of(folder, entry, file)
        problems += faults
        paths |= _named(folder, entry)
        if sheet is None:
            continue
        if sheet.path not in books:
            books[sheet.path], faults = _sheets_in(sheet.path)
            problems += faults
        if books[sheet.path]:
            found, faults = _rows_of(sheet, books[sheet.path])
            rows += found
            problems += faults
    return rows, paths, problems


def _named(folder: Path, entry: object) -> set[Path]:
    """The workbook that an entry names, be there a fault in the entry or not."""
    name = entry.get("file") if isinstance(entry, dict) else None
    return {folder / name} if isinstance(name, str) and name else set()


def _sheet_of(
    folder: Path, entry: Mapping[str, object], file: TomlFile
) -> tuple[_Sheet | None, list[Problem]]:
    """What an entry says of a sheet, or None and what is wrong with it."""
    path, problems = folder / str(entry["file"]), list(_entry_faults(folder, entry, file))
    if problems:
        return None, problems
    given = {key: str(entry[key]) for key in (*NEEDED, *OPTIONAL) if key in entry}
    columns = {key: str(name) for key, name in _table(entry, "columns").items()}
    across = entry.get("across") is True
    own = ("period", "value") if across else ()
    left = {key: key for key in NEEDED if key not in (*given, *columns, *own)}
    where = {key: str(value) for key, value in _table(entry, "where").items()}
    header, scale = _header(entry) or 1, _scale(str(entry.get("scale", "1"))) or Decimal(1)
    return _Sheet(path, str(entry["sheet"]), header, across, columns | left, given, where, scale), []


def _entry_faults(folder: Path, entry: Mapping[str, object], file: TomlFile) -> Iterator[Problem]:
    """A workbook that is not there, and keys that say two things, nothing, or what cannot be."""
    name = PurePosixPath(str(entry["file"]).replace("\\", "/"))
    place = file.place("series", "file")
    if name.suffix.lower() not in WORKBOOKS or name.is_absolute() or ".." in name.parts:
        hint = f"Series of .csv files need no entry; give a {WORKBOOKS[0]} file in {folder}."
        yield Problem("missing-workbook", f"{str(name)!r} is no workbook of the case's series.", place, hint)
    elif not is_there(folder / name):
        there = tuple(path.name for path in sorted(folder.glob("*.xls[xm]")))
        more = f" {nearest(str(name), there)}" if there else ""
        hint = f"Put the file into {folder}, or take the entry out.{more}"
        yield Problem("missing-workbook", f"There is no workbook {str(name)!r}.", place, hint)
    if _header(entry) is None:
        hint = "Give the number of the heading's row, as the spreadsheet program shows it, such as 1."
        message = f"header = {entry['header']} is no row."
        yield Problem("count-range", message, file.place("series", "header"), hint)
    if _scale(str(entry.get("scale", "1"))) is None:
        message = f"{entry['scale']!r} is no scale."
        hint = 'Write by what its numbers are multiplied to be in single units, such as "1e9".'
        yield Problem("not-a-number", message, file.place("series", "scale"), hint)
    yield from _column_faults(entry, file)


def _column_faults(entry: Mapping[str, object], file: TomlFile) -> Iterator[Problem]:
    """Columns that a series does not have, or that are given in two ways."""
    columns = _table(entry, "columns")
    own = ("period", "value") if entry.get("across") is True else ()
    for key in columns:
        place = file.place("series", "columns", key)
        if key not in (*NEEDED, *OPTIONAL):
            hint = nearest(key, (*NEEDED, *OPTIONAL))
            yield Problem("unknown-key", f"The key {key!r} is not known here.", place, hint)
        elif key in entry or key in own:
            told = "by the years of the heading" if key in own else "for all rows"
            message = f"{key!r} is given {told} and as a column."
            yield Problem("wrong-type", message, place, "Keep one of the two.")
        elif not isinstance(columns[key], (str, int)):
            hint = "Write it as the heading has it, in quotes."
            yield Problem("wrong-type", f"{columns[key]!r} is no column.", place, hint)


def _header(entry: Mapping[str, object]) -> int | None:
    """The number of the heading's row, 1 where none is given; None for what is no row."""
    header = entry.get("header", 1)
    return header if isinstance(header, int) and 1 <= header <= _LAST_HEADER else None


def _scale(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and value > 0 and abs(value.adjusted()) <= 18 else None


def _sheets_in(path: Path) -> tuple[Mapping[str, Cells], list[Problem]]:
    """The sheets of a workbook; none, and why, where it cannot be read."""
    from steelyard.read.formats.xlsx import raw_sheets

    try:
        sheets, problems = raw_sheets(read_data_file(path))
    except FormatError as error:
        message = f"The workbook cannot be read: {str(error).partition(';')[0]}."
        hint = "Save it anew as .xlsx, or take it out of the folder and of case.toml."
        return {}, [Problem("broken-workbook", message, Place(str(path)), hint)]
    except OSError as error:
        return {}, [Problem("unreadable", f"The file cannot be read: {error.strerror}.", Place(str(path)))]
    located = [
        Problem(one.code, one.message, Place(str(path), key=one.origin.key), one.hint, one.severity)
        for one in problems
    ]
    return sheets, located


def _rows_of(sheet: _Sheet, sheets: Mapping[str, Cells]) -> tuple[list[Row], list[Problem]]:
    """The rows that a sheet gives, or what in its layout is not as the case says."""
    cells = sheets.get(sheet.name)
    if cells is None:
        message = f"The workbook has no sheet {sheet.name!r}; it has {_listed(list(sheets))}."
        hint = "Look what else the publisher has changed, and correct `sheet` in case.toml."
        return [], [Problem("workbook-layout", message, Place(str(sheet.path)), hint)]
    heading = [_text(cell) for cell in cells[sheet.header - 1]] if sheet.header <= len(cells) else []
    if faults := list(_heading_faults(sheet, cells, heading)):
        return [], faults
    table = list(enumerate(cells[sheet.header :], sheet.header + 1))
    fitting = [(n, row) for n, row in table if _fits(sheet, heading, row)]
    if not fitting:
        return [], [_no_row(sheet, heading, [row for _, row in table])]
    read = _across if sheet.across else _down
    return [row for number, line in fitting for row in read(sheet, heading, number, line)], []


def _heading_faults(sheet: _Sheet, cells: Cells, heading: Sequence[str]) -> Iterator[Problem]:
    """Columns that the heading lacks or has twice, or years; with what stands there instead."""
    place = sheet.place(sheet.header)
    hint = "Look what the publisher has changed, and correct `columns`, `where` or `header` in case.toml."
    missing = [name for name in sheet.needed if name not in heading]
    if missing:
        there = _listed([text for text in heading if text]) or "nothing"
        message = f"Expected the columns {_listed(sheet.needed)} in row {sheet.header}; found {there}."
        for number, row in enumerate(cells[:_SEARCHED], 1):
            if {*sheet.needed} <= {_text(cell) for cell in row}:
                hint = f"All of them stand in row {number}; if it is this table, set header = {number}."
        yield Problem("workbook-layout", f"{message} Missing: {_listed(missing)}.", place, hint)
    for name in sheet.needed:
        if heading.count(name) > 1:
            message = f"The column {name!r} stands {heading.count(name)} times in row {sheet.header}."
            yield Problem("workbook-layout", message, place, "Give each column a name of its own.")
    if not missing and sheet.across and not any(map(_is_year, heading)):
        there = _listed([text for text in heading if text and text not in sheet.needed]) or "nothing"
        message = f"Expected years in row {sheet.header}, beside {_listed(sheet.needed)}; found {there}."
        yield Problem("workbook-layout", message, place, hint)


def _fits(sheet: _Sheet, heading: Sequence[str], row: Sequence[object]) -> bool:
    """Whether a row is of the table, and one of those asked for; notes below a table are not."""
    texts = dict(zip(heading, map(_text, row), strict=False))
    if sheet.across:
        filled = any(_text(cell) for name, cell in zip(heading, row, strict=False) if _is_year(name))
    else:
        filled = any(texts.get(sheet.columns[key], "") for key in ("period", "value"))
    return filled and all(texts.get(name, "") == value for name, value in sheet.where.items())


def _no_row(sheet: _Sheet, heading: Sequence[str], rows: Cells) -> Problem:
    """That none of the rows is one of those asked for, with what stands in their columns."""
    asked = " and ".join(f"{name} = {value!r}" for name, value in sheet.where.items())
    found = {name: dict.fromkeys(_at(row, heading.index(name)) for row in rows) for name in sheet.where}
    there = "; ".join(f"{name}: {_listed([text for text in found[name] if text])}" for name in found)
    message = f"Below row {sheet.header} there is no row with {asked or 'a year and a value'}."
    hint = f"It has {there}. Correct `where` in case.toml." if there else "Correct `header` in case.toml."
    return Problem("workbook-layout", message, sheet.place(sheet.header), hint)


def _down(sheet: _Sheet, heading: Sequence[str], number: int, row: Sequence[object]) -> Iterator[Row]:
    """The one cell of a row that has its year in a column."""
    texts = {key: _at(row, heading.index(name)) for key, name in sheet.columns.items()}
    yield _row(sheet, texts, number, heading.index(sheet.columns["value"]) + 1)


def _across(sheet: _Sheet, heading: Sequence[str], number: int, row: Sequence[object]) -> Iterator[Row]:
    """A cell for each year of the heading; one that is empty gives none, and nothing takes its place."""
    texts = {key: _at(row, heading.index(name)) for key, name in sheet.columns.items()}
    for column, year in enumerate(heading):
        if _is_year(year) and (value := _at(row, column)):
            yield _row(sheet, {**texts, "period": year, "value": value}, number, column + 1)


def _row(sheet: _Sheet, texts: Mapping[str, str], number: int, column: int) -> Row:
    """A row as those of a CSV file, at the cell of its value."""
    value = texts["value"]
    if sheet.scale != 1:
        with suppress(InvalidOperation):  # what is no number is told as the sheet has it
            value = str(Decimal(value.replace("_", "x")) * sheet.scale)
    place = sheet.place(number, column)
    constants = {"locator": sheet.path.name, **sheet.constants}
    return place, {**constants, **texts, "value": value, "cell": place.key}


def _at(row: Sequence[object], column: int) -> str:
    return _text(row[column]) if column < len(row) else ""


def _text(cell: object) -> str:
    """A cell as a person would type it; a whole number without its point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return " ".join(str(cell).split())


def _is_year(text: str) -> bool:
    return text.isdecimal() and text.isascii() and int(text[:5]) in _YEARS


def _letters(column: int) -> str:
    """The letters of a column that is counted from 1; none for 0.

    >>> [_letters(number) for number in (0, 1, 26, 27, 703)]
    ['', 'A', 'Z', 'AA', 'AAA']
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _listed(names: Sequence[str]) -> str:
    """Names in quotes, the first of many."""
    found = [repr(name if len(name) <= 40 else f"{name[:39]}…") for name in names]
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return ", ".join(found[:_LISTED]) + more


def _table(entry: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = entry.get(key)
    return value if isinstance(value, dict) else {}
