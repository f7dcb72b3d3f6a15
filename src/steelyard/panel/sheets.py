"""Workbooks of publishers: their sheets with values, number formats and the colour of their print.

A publisher's table is found by the words of its heading, wherever in the first rows it stands. Rows and
columns are counted from 0 here and named in places as a spreadsheet names them.
"""

from __future__ import annotations

import colorsys
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import unescape

from steelyard.core.data_file import read_data_file
from steelyard.core.problems import FormatError, Place, Problem
from steelyard.core.workbook_file import Formulas, plain_workbook, unfolded_part, weighed

MOST_PLACES = 1_000_000  # cells of a sheet, empty ones too; the largest that we know has 17,000
HEADING_WITHIN = 40  # rows in which a heading is looked for
_LONGEST_LIST = 1_000_000  # bytes of the part that names the sheets
_LISTED = 12  # names in a message
_TITLE = re.compile(r'<sheet\b[^>]*?\bname="([^"]*)"')
_YEAR = re.compile(r"(\d{4})\s*(e?)")
_YEARS = range(1900, 2100)
# Beyond these no amount of money, people or share lies, in any unit that a sheet may use.
_SMALLEST, _LARGEST = -15, 21
# Parts of a number format that show no digit: a literal, one escaped character, a blank, a condition.
_NO_DIGIT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_SCIENTIFIC = re.compile(r"E[+-]", re.IGNORECASE)
_THEME_COLOUR = re.compile(rb'(?:lastClr|srgbClr val)="([0-9A-Fa-f]{6})"')
# The order in which cells number the colours of a theme; its file has dark before light.
_THEME_ORDER = (
    b"lt1",
    b"dk1",
    b"lt2",
    b"dk2",
    *(b"accent%d" % n for n in range(1, 7)),
    b"hlink",
    b"folHlink",
)

Ink = Literal["plain", "blue", "red", "other"]
Fault = str


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours of a workbook: those that cells number, and those of its theme."""

    indexed: Sequence[str]
    theme: Sequence[str]

    def of(self, cell: Any) -> Ink:  # noqa: ANN401  # openpyxl has no types
        """In which colour the content of a cell is printed; black, grey and white are plain."""
        colour = cell.font.color if cell is not None and cell.has_style and cell.font else None
        if colour is None:
            return "plain"
        if colour.type == "rgb" and isinstance(colour.rgb, str):
            return ink_of(colour.rgb)
        numbered = {"indexed": self.indexed, "theme": self.theme}.get(colour.type, ())
        number = getattr(colour, colour.type, None)
        return ink_of(numbered[number]) if isinstance(number, int) and number < len(numbered) else "plain"


@cache
def ink_of(colour: str) -> Ink:
    """What a colour in hexadecimal digits would be called; a first pair of eight says how dense it is.

    >>> [ink_of(colour) for colour in ("FF0000FF", "0070C0", "FFFF0000", "000000", "00B050")]
    ['blue', 'blue', 'red', 'plain', 'other']
    """
    try:
        red, green, blue = (int(colour[-6:][at : at + 2], 16) / 255 for at in (0, 2, 4))
    except ValueError:
        return "plain"
    hue, saturation, brightness = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < 0.5 or brightness < 0.25:
        return "plain"
    if 200 <= hue * 360 <= 265:
        return "blue"
    return "red" if not 20 < hue * 360 < 340 else "other"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its cells, and what is needed to read them."""

    path: str
    name: str
    rows: Sequence[Sequence[Any]]
    inks: Inks

    def cell(self, row: int, column: int) -> Any:  # noqa: ANN401  # openpyxl has no types
        """The cell with its format, or None where there is none."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else None

    def value(self, row: int, column: int) -> object:
        """What a cell holds; None for an empty one."""
        cell = self.cell(row, column)
        return None if cell is None else cell.value

    def text(self, row: int, column: int) -> str:
        """A cell as a line of text, without blanks around it."""
        return text_of(self.value(row, column))

    def texts(self, row: int) -> list[str]:
        """All cells of a row as text."""
        return [text_of(cell.value) for cell in self.rows[row]] if row < len(self.rows) else []

    def ink(self, row: int, column: int) -> Ink:
        """The colour of a cell's print."""
        return self.inks.of(self.cell(row, column))

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """A cell, a row or the whole of the sheet, in the workbook."""
        cell = (letters(column) if column is not None else "") + (str(row + 1) if row is not None else "")
        return Place(self.path, key=f"{self.name}!{cell}" if cell else self.name)

    def number(self, row: int, column: int) -> Decimal | Fault:
        """The number that a cell holds, digit for digit; or what stands there instead."""
        value = self.value(row, column)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return repr(text_of(value))
        number = Decimal(repr(value))
        if not number.is_finite() or (number and not _SMALLEST <= number.adjusted() <= _LARGEST):
            return f"the number {value}"
        return number

    def decimals(self, row: int, column: int, number: Decimal) -> int:
        """How many decimals of a cell's number the sheet shows."""
        return decimals_shown(number, self.shown_as(row, column))

    def shown_as(self, row: int, column: int) -> str:
        """The number format of a cell."""
        return str(getattr(self.cell(row, column), "number_format", None) or "General")


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: the names of all its sheets, the sheets with cells, and the day on which it was begun."""

    path: str
    names: tuple[str, ...]
    sheets: Mapping[str, Sheet]
    created: date | None


def sheet_names(path: Path) -> tuple[str, ...]:
    """The names of a workbook's sheets, without opening more of it; none where it is no whole workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            part = archive.getinfo("xl/workbook.xml")
            if part.file_size > _LONGEST_LIST:
                return ()
            text = unfolded_part(archive, part).decode("utf-8", "replace")
    except Exception:  # whatever a broken file makes of the library; opening it says what is wrong
        return ()
    return tuple(unescape(name, {"&quot;": '"', "&apos;": "'"}) for name in _TITLE.findall(text))


def open_book(path: Path) -> tuple[Book | None, list[Problem]]:
    """The workbook with all its cells, and what is wrong with it; None where it cannot be opened at all."""
    try:
        data = read_data_file(path)
        formulas = weighed(data)
        return _read_book(path, data, formulas)
    except OSError as error:
        return None, [Problem("unreadable", f"The file cannot be read: {error.strerror}.", Place(str(path)))]
    except FormatError as error:
        message = f"The workbook cannot be read: {str(error).partition(';')[0]}."
        return None, [Problem("broken-workbook", message, Place(str(path)), _FETCH_ANEW)]


# What the library warns of where number formats and colours are gone.
_NO_STYLES = ("no stylesheet", "no default style")
_FETCH_ANEW = "Fetch it from the publisher again, or save it anew as .xlsx."


def _read_book(path: Path, data: bytes, formulas: Sequence[Formulas]) -> tuple[Book, list[Problem]]:
    """All sheets of a workbook, each read once.

    Raises:
        FormatError: the library cannot open it.
    """
    from io import BytesIO

    import openpyxl

    plain = plain_workbook(data)
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            book = openpyxl.load_workbook(BytesIO(plain), read_only=True, data_only=True, keep_links=False)
        inks = Inks([str(colour) for colour in book._colors], _theme(book.loaded_theme or b""))
    except Exception as error:  # whatever a broken file makes of the library
        raise FormatError(f"it is no workbook that can be opened ({type(error).__name__})") from error
    if any(lack in str(one.message) for one in told for lack in _NO_STYLES):
        raise FormatError("it has lost its styles, which tell digits and colours")
    sheets: dict[str, Sheet] = {}
    problems: list[Problem] = []
    for part in book.worksheets:
        rows, problem = _rows_of(part, str(path))
        problems += [problem] if problem else []
        sheets[part.title] = Sheet(str(path), part.title, rows, inks)
    titles = {getattr(part, "_worksheet_path", None): part.title for part in book.worksheets}
    for lacking in formulas:
        title = titles.get(lacking.part)
        key = f"{title}!{lacking.first}" if title else lacking.first
        problems.append(lacking.problem(title, Place(str(path), key=key)))
    created = book.properties.created if book.properties else None
    book.close()
    day = created.date() if created else None
    return Book(str(path), tuple(book.sheetnames), sheets, day), problems


def _rows_of(part: Any, path: str) -> tuple[list[Sequence[Any]], Problem | None]:  # noqa: ANN401
    """The rows of a sheet; none, and why, where it is broken or endless."""
    rows: list[Sequence[Any]] = []
    styles: dict[int, Any] = {}  # a cell of each
    place, places = Place(path, key=part.title), 0
    try:
        part.reset_dimensions()
        for row in part.iter_rows():
            places += len(row) + 1
            rows.append(row)
            styles.update((getattr(cell, "_style_id", 0), cell) for cell in row)
            if places > MOST_PLACES:
                message = f"The sheet goes on beyond {MOST_PLACES:,} cells, more than can be read."
                return [], Problem("broken-workbook", message, place, _FETCH_ANEW)
        for cell in styles.values():  # one that the workbook lacks is found here
            _ = cell.number_format, cell.font
    except Exception as error:  # whatever a broken sheet makes of the library
        message = (
            f"The sheet is broken ({type(error).__name__}) after row {len(rows)}; nothing of it is read."
        )
        return [], Problem("broken-workbook", message, place, _FETCH_ANEW)
    return rows, None


def _theme(content: bytes) -> list[str]:
    """The colours of a theme in the order in which cells number them; plain where one is not told."""
    colours = []
    for name in _THEME_ORDER:
        _, _, rest = content.partition(b"<a:" + name + b">")
        found = _THEME_COLOUR.search(rest.partition(b"</a:" + name + b">")[0])
        colours.append(found[1].decode() if found else "000000")
    return colours


def text_of(value: object) -> str:
    """A value as a line of text; a whole number without its point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return " ".join(str(value).split())


@cache
def letters(column: int) -> str:
    """The letters of a column that is counted from 0.

    >>> [letters(number) for number in (0, 25, 26, 702)]
    ['A', 'Z', 'AA', 'AAA']
    """
    found = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def decimals_shown(number: Decimal, shown_as: str) -> int:
    """How many decimals of a number a format shows; less than zero for zeros before the point.

    "General" shows the digits that are stored. A percent sign shows two decimals more of the number itself,
    a comma at the end three fewer.

    >>> n = Decimal("0.026013")
    >>> [decimals_shown(n, text) for text in ("0.0", "#,##0.00", "0.00%", "#,##0,", "0.0E+00", "General")]
    [1, 2, 4, -3, 3, 6]
    """
    decimals, is_scientific = _decimals_of(shown_as)
    if decimals is None:
        return max(0, -int(number.as_tuple().exponent))
    return decimals - (number.adjusted() if number and is_scientific else 0)


@cache
def _decimals_of(shown_as: str) -> tuple[int | None, bool]:
    """The decimals of a format, None where it shows what is stored; and whether it is scientific."""
    section = _NO_DIGIT.sub("", shown_as.split(";")[0])
    if not re.search(r"[0#?]", section) or "general" in section.casefold():
        return None, False
    mantissa, *exponent = _SCIENTIFIC.split(section, maxsplit=1)
    after = mantissa.partition(".")[2]
    thousands = re.search(r"(,+)[^0#?,]*$", mantissa)
    decimals = sum(after.count(digit) for digit in "0#?") + 2 * section.count("%")
    return decimals - (3 * len(thousands[1]) if thousands else 0), bool(exponent)


def heading_row(sheet: Sheet, words: Sequence[str]) -> int | None:
    """The first row in which cells hold all of the words, capitals apart; None where there is none."""
    for row in range(min(HEADING_WITHIN, len(sheet.rows))):
        texts = {text.casefold() for text in sheet.texts(row)}
        if all(word.casefold() in texts for word in words):
            return row
    return None


def year_row(sheet: Sheet, at_least: int = 2) -> int | None:
    """The first row in which at least so many cells are years; None where there is none."""
    for row in range(min(HEADING_WITHIN, len(sheet.rows))):
        if sum(year_of(text) is not None for text in sheet.texts(row)) >= at_least:
            return row
    return None


def year_of(text: str) -> tuple[int, bool] | None:
    """A heading's year, and whether it is marked as an estimate; None for another text.

    >>> [year_of(text) for text in ("2022", "2023e", "2025 (current prices)")]
    [(2022, False), (2023, True), None]
    """
    found = _YEAR.fullmatch(text)
    return (int(found[1]), bool(found[2])) if found and int(found[1]) in _YEARS else None


def year_columns(sheet: Sheet, row: int) -> tuple[dict[int, tuple[int, bool]], list[Problem]]:
    """The columns of the years in a heading; a year that stands twice is not read, a gap is told."""
    found: dict[int, tuple[int, bool]] = {}
    problems: list[Problem] = []
    for column, text in enumerate(sheet.texts(row)):
        if (year := year_of(text)) is None:
            continue
        if twice := [letters(other) for other, (known, _) in found.items() if known == year[0]]:
            message = f"The year {year[0]} stands in column {twice[0]} already; this column is not read."
            hint = "Look which of the two is the publisher's."
            problems.append(Problem("workbook-layout", message, sheet.place(row, column), hint))
        else:
            found[column] = year
    years = sorted(year for year, _ in found.values())
    missing = [str(year) for year in range(years[0], years[-1]) if year not in years] if years else []
    if missing:
        message = f"Expected each year from {years[0]} to {years[-1]}; there is no {', '.join(missing)}."
        hint = "Nothing takes their place; look whether the file is whole."
        problems.append(Problem("workbook-layout", message, sheet.place(row), hint, "warning"))
    return found, problems


def layout(place: Place, expected: str, found: str) -> Problem:
    """That a sheet is not as the publisher used to lay it out; nothing of it is read."""
    message = f"Expected {expected}; found {found or 'nothing'}. Nothing of it is read."
    return Problem("workbook-layout", message, place, "Look what the publisher has changed, and report it.")


def not_a_number(place: Place, found: str) -> Problem:
    """That a cell should hold a number and does not."""
    message = f"Expected a number; found {found}. The cell is left out."
    return Problem("not-a-number", message, place, "Look at the cell; nothing is put in its place.")


def listed(names: Sequence[str]) -> str:
    """Names in quotes, the first of many.

    >>> listed(["Country", "Notes"])
    "'Country', 'Notes'"
    """
    found = [repr(name if len(name) <= 40 else f"{name[:39]}…") for name in names if name]
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return ", ".join(found[:_LISTED]) + more


def first_texts(sheet: Sheet, until: int) -> Iterator[str]:
    """The lines above a table, each the text of one cell."""
    for row in range(min(until, len(sheet.rows))):
        yield from (text for text in sheet.texts(row) if text)
