"""The tables of SIPRI's workbook: which sheet holds what, in which unit, and the numbers of each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from steelyard.core.problems import Place, Problem
from steelyard.panel.names import Names
from steelyard.panel.sheets import (
    HEADING_WITHIN,
    Book,
    Sheet,
    first_texts,
    heading_row,
    layout,
    listed,
    not_a_number,
    year_columns,
)

# What stands for no figure, or for no state in that year.
NO_FIGURE = ("", "...", "…", ". .", "..", "xxx")
NOWHERE = 10**6  # a column without cells
_LEGEND = (re.compile(r"\bblue\b.*\bestimate", re.I), re.compile(r"\bred\b.*\buncertain", re.I))
_SCALE_WORD = re.compile(r"US ?\$ ?([mb])\b|\b(thousand|million|billion)s? of\b", re.IGNORECASE)
_SCALES = {"m": 6, "b": 9, "thousand": 3, "million": 6, "billion": 9}
_BASE_YEAR = re.compile(r"constant \(?(\d{4})\)?", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# "Till: 1987 Apr.–Mar., 1988: Apr.–June, From 1989: July–June"
_ONE_YEAR = re.compile(r"(?<!From )\b(\d{4}): ([A-Z][a-z]{2})[a-z.]*[–-]([A-Z][a-z]{2})")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a sheet holds, by its title, in which YEAR is the base year of its prices.

    No `unit` stands for the row's own currency; one that `is_scaled` tells its scale above the table.
    """

    title: str
    measure: str
    unit: str = ""
    prices: str = ""
    fiscal: bool = False
    is_scaled: bool = False

    def is_title(self, name: str) -> bool:
        """Whether a sheet of this name is of this kind."""
        pattern = re.escape(self.title).replace("YEAR", r"\d{4}")
        return bool(re.fullmatch(pattern, name.strip(), re.IGNORECASE))

    @property
    def is_share(self) -> bool:
        """Whether its cells are fractions, shown as percentages."""
        return self.unit.startswith("%")


KINDS = (
    Kind("Local currency financial years", "defence_spending", prices="current", fiscal=True),
    Kind("Local currency calendar years", "defence_spending", prices="current"),
    Kind("Constant (YEAR) US$", "defence_spending", "USD", "constant", is_scaled=True),
    Kind("Current US$", "defence_spending", "USD", "current", is_scaled=True),
    Kind("Share of GDP", "defence_share_of_gdp", "% of GDP"),
    Kind("Per capita", "defence_spending_per_head", "USD", "current"),
    Kind("Share of Govt. spending", "defence_share_of_government_spending", "%"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose layout is as expected."""

    kind: Kind
    sheet: Sheet
    heading: int
    years: Mapping[int, tuple[int, bool]]
    columns: Mapping[str, int]
    prices: str
    scale: Decimal

    @property
    def fiscal_column(self) -> int:
        """The column that tells the months of financial years; one without cells where there is none."""
        return next((n for text, n in self.columns.items() if text.startswith("fiscal year")), NOWHERE)

    @property
    def reporting_column(self) -> int:
        """The column that tells for which years a row is, where it is not for calendar years."""
        return self.columns.get("reporting year", NOWHERE)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a country's row, as it stands in its cell."""

    table: Table
    actor: str
    row: int
    column: int
    year: int
    number: Decimal


@dataclass(slots=True)
class Reading:
    """What has been read so far; `rows` are those of the actors, by sheet."""

    names: Names
    figures: list[Figure] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)


def tables_of(book: Book, reading: Reading) -> Iterator[Table]:
    """The sheets that are laid out as expected; the others become problems."""
    for kind in KINDS:
        sheet = next((one for name, one in book.sheets.items() if kind.is_title(name)), None)
        if sheet is None:
            expected = f"a sheet {kind.title!r}"
            reading.problems.append(layout(Place(book.path), expected, listed(book.names)))
        elif sheet.rows and (table := _table(kind, sheet, reading)):
            yield table


def _table(kind: Kind, sheet: Sheet, reading: Reading) -> Table | None:
    """Where the table of a sheet stands and in which unit; None, and what was found, if it does not say."""
    wanted = ["Country", "Notes"] if kind.unit else ["Country", "Currency", "Notes"]
    row = heading_row(sheet, wanted)
    if row is None:
        expected = f"a heading with {listed(wanted)} in the first rows"
        rows = range(min(HEADING_WITHIN, len(sheet.rows)))
        widest = max(rows, key=lambda n: sum(map(bool, sheet.texts(n))))
        reading.problems.append(layout(sheet.place(), expected, listed(sheet.texts(widest))))
        return None
    years, problems = year_columns(sheet, row)
    reading.problems += problems
    lines = list(first_texts(sheet, row))
    if not years:
        found = listed(sheet.texts(row))
        reading.problems.append(layout(sheet.place(row), "years in the heading", found))
        return None
    if not all(any(map(legend.search, lines)) for legend in _LEGEND):
        expected = "a line that says what blue and red print mean"
        reading.problems.append(layout(sheet.place(), expected, listed(lines)))
        return None
    columns = {text.casefold(): column for column, text in reversed([*enumerate(sheet.texts(row))]) if text}
    prices, scale = _unit_told(kind, sheet, lines, reading)
    return Table(kind, sheet, row, years, columns, prices, scale) if scale else None


def _unit_told(kind: Kind, sheet: Sheet, lines: list[str], reading: Reading) -> tuple[str, Decimal | None]:
    """The prices and the scale that a sheet says above its table; no scale where it does not say them."""
    if kind.is_share:
        return kind.prices, Decimal(100)
    prices = kind.prices
    if prices == "constant":
        years = {found for line in (sheet.name, *lines) for found in _BASE_YEAR.findall(line)}
        if len(years) != 1:
            place = sheet.place()
            reading.problems.append(layout(place, "one base year of constant prices", listed(sorted(years))))
            return prices, None
        prices = f"constant:{years.pop()}"
    words = {(m[1] or m[2]).casefold() for line in lines for m in _SCALE_WORD.finditer(line)}
    scales = {_SCALES[word] for word in words}
    if len(scales) > 1 or (kind.is_scaled and not scales):
        found = listed(sorted(words)) or listed(lines)
        reading.problems.append(layout(sheet.place(), "one scale above the table, such as 'US$ m.'", found))
        return prices, None
    return prices, Decimal(10) ** (scales.pop() if scales else 0)


def read_rows(table: Table, reading: Reading) -> None:
    """The numbers of all rows below the heading."""
    sheet, country = table.sheet, table.columns["country"]
    if table.kind.is_share and not any(
        "%" in sheet.shown_as(n, c) for n in _below(table) for c in table.years
    ):
        reading.problems.append(layout(sheet.place(), "fractions shown as percentages", "no cell with %"))
        return
    seen = reading.rows.setdefault(sheet.name, {})
    for row in _below(table):
        name = sheet.text(row, country)
        actor = reading.names.actor(name) if name else None
        if actor is None:
            if name and any(isinstance(sheet.number(row, column), Decimal) for column in table.years):
                reading.unknown[name] = None
            continue
        if actor in seen:
            message = f"{name!r} is {actor}, which stands in row {seen[actor] + 1} already."
            hint = "Only the first is read; look which of the two is right."
            reading.problems.append(Problem("duplicate-row", message, sheet.place(row, country), hint))
            continue
        seen[actor] = row
        _read_row(table, actor, row, reading)


def _below(table: Table) -> range:
    return range(table.heading + 1, len(table.sheet.rows))


def _read_row(table: Table, actor: str, row: int, reading: Reading) -> None:
    """The numbers of one row; what is neither a number nor a mark for none is told."""
    sheet = table.sheet
    short = _short_years(sheet.text(row, table.fiscal_column)) if table.kind.fiscal else {}
    for column, (year, _) in table.years.items():
        if sheet.text(row, column) in NO_FIGURE:
            continue
        number = sheet.number(row, column)
        if fault := _fault(table, row, column, number):
            reading.problems.append(not_a_number(sheet.place(row, column), fault))
        elif year in short:
            where = sheet.place(row, column).key
            reading.left.append(f"{where}: {actor} {year}, a financial year of {short[year]} only")
        elif isinstance(number, Decimal):
            reading.figures.append(Figure(table, actor, row, column, year, number))


def _fault(table: Table, row: int, column: int, number: Decimal | str) -> str:
    """What stands in a cell that holds no figure of the table; the empty text if it does."""
    if not isinstance(number, Decimal):
        return number
    if number < 0:
        return f"{number}, below zero"
    if table.kind.is_share and number >= 1 and "%" not in table.sheet.shown_as(row, column):
        return f"{number}, where the others are fractions"
    return ""


def _short_years(text: str) -> dict[int, str]:
    """The financial years that are not twelve months long, with their months.

    >>> _short_years("Till: 1987 Apr.–Mar., 1988: Apr.–June, From 1989: July–June")
    {1988: 'Apr–Jun'}
    """
    found = {}
    for year, first, last in _ONE_YEAR.findall(text):
        ends = [_MONTHS.index(name.casefold()) for name in (first, last) if name.casefold() in _MONTHS]
        if len(ends) == 2 and (ends[1] - ends[0] + 1) % 12:
            found[int(year)] = f"{first}–{last}"
    return found


def tell_missing_rows(tables: list[Table], reading: Reading) -> None:
    """A warning for each sheet that lacks rows which all the others have, as one that was cut off does."""
    for table in tables:
        others = [{*rows} for name, rows in reading.rows.items() if name != table.sheet.name]
        there = reading.rows.get(table.sheet.name)
        missing = sorted(set.intersection(*others) - {*there}) if there is not None and others else []
        if missing:
            message = f"There is no row for {listed(missing)}, which all other sheets have."
            hint = "Look whether the sheet is whole; nothing takes their place."
            reading.problems.append(Problem("workbook-layout", message, table.sheet.place(), hint, "warning"))
