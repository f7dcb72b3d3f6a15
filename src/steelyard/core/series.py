"""Series: an actor's measure by year, as a publisher printed it, with edition and source for each cell.

A series file is a small table (CSV) that a person can type: one row for each year, amounts in single units
("2666360.425e9" is 2,666,360.425 billion). Rows that agree in actor, measure, unit, prices, definition and
edition are one series. Columns, in any order; those in brackets may be left out or empty:

    actor, measure, period, value, unit, edition, source,
    [prices], [status], [definition], [locator], [item]
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from steelyard.core.claim import LARGEST_EXPONENT
from steelyard.core.data_file import read_data_text
from steelyard.core.period import Period
from steelyard.core.problems import Place, Problem, sort_problems
from steelyard.core.schema import nearest

NEEDED = ("actor", "measure", "period", "value", "unit", "edition", "source")
OPTIONAL = ("prices", "status", "definition", "locator", "item")
WORKBOOKS = (".xlsx", ".xlsm")
LONGEST_CELL = 131_072  # characters, as in the module csv
_JUMP = 10  # how many times both its neighbours a value is that looks like a slip of the scale
KEYS = ("actor", "measure", "unit", "prices", "definition", "edition", "item")
# A row as a table by column, and where it stands; `cell` is no column of CSV.
Row = tuple[Place, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Point:
    """One cell: the value in the series' unit for a year, and where it was found.

    `status` is free text such as "observed" or "projection"; `source` names the publication, `locator` the
    spot in it; `place` is the row of the user's file, `cell` sheet and cell of a workbook, as "WEO!C7".
    `fiscal` says that the year is written as a fiscal one, as FY2026.
    """

    year: int
    value: Decimal
    source: str
    locator: str = ""
    status: str = ""
    place: Place = field(default=Place(""), compare=False)
    cell: str = ""
    fiscal: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One actor's measure by year, in one unit, definition and edition; `points` in the order of years.

    `prices` is "current", "constant:2020" or empty where it makes no difference; `item` is the part of the
    measure that it is of, such as "equipment", empty for the whole.
    """

    actor: str
    measure: str
    unit: str
    edition: str
    points: tuple[Point, ...]
    prices: str = ""
    definition: str = ""
    item: str = ""

    @property
    def id(self) -> str:
        """A name that tells it from every other series, such as "KOR/gdp/constant:2020/WEO October 2025"."""
        parts = (self.actor, self.measure, self.item, self.prices, self.definition, self.edition)
        return "/".join(part for part in parts if part)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that it has, in order."""
        return tuple(point.year for point in self.points)

    def at(self, year: int) -> Point | None:
        """The cell of a year, or None; nothing is filled in."""
        return next((point for point in self.points if point.year == year), None)

    def fits(self, keys: Mapping[str, str]) -> bool:
        """Whether each of the given keys, such as `actor` or `edition`, has the given value.

        A part of a measure fits only where its item is asked for.
        """
        return self.item == keys.get("item", "") and all(
            getattr(self, key) == value for key, value in keys.items()
        )


def load_series(
    path: Path, more: Sequence[Row] = (), known: Collection[Path] = ()
) -> tuple[list[Series], list[Problem]]:
    """The series of a CSV file, or of all CSV files in a folder, and every fault with its line.

    A row with a fault is left out; the rows around it are kept. A folder that does not exist holds no series.
    `more` are rows from elsewhere, `known` the files of the folder from which they come.
    """
    folder = path.is_dir() or not path.suffix
    paths = sorted(path.glob("*.csv")) if folder else [path]
    rows: list[Row] = []
    problems = list(_other_files(path, known)) if path.is_dir() else []
    for file in paths:
        found, faults = _rows_of(file)
        rows += found
        problems += faults
    series, faults = _grouped([*rows, *more])
    jumps = [problem for one in series for problem in _jumps(one)]
    return series, sort_problems([*problems, *faults, *jumps])


def _other_files(folder: Path, known: Collection[Path]) -> Iterator[Problem]:
    """Files in a folder of series that nobody reads; notes and what systems put there are left alone."""
    for file in sorted(set(folder.iterdir()) - {*known}):
        if file.suffix != ".csv" and not file.name.startswith((".", "~$", "README")):
            kind = "a folder" if file.is_dir() else f"a {file.suffix} file" if file.suffix else "a file"
            message = f"Series are read from .csv files; this is {kind} and would be left out."
            hint = f"Save each sheet as CSV in UTF-8 with the columns {','.join(NEEDED)}, or move it away."
            if file.suffix.lower() in WORKBOOKS:
                message = "Nothing says which sheet and columns of this workbook are series; it is left out."
                hint = f'Name them in case.toml ([[series]] with file = "{file.name}"), or move it away.'
            yield Problem("not-a-series", message, Place(str(file)), hint)


def _jumps(series: Series) -> Iterator[Problem]:
    """A warning for each value that is more than ten times, or less than a tenth of, both its neighbours."""
    for before, point, after in zip(series.points, series.points[1:], series.points[2:], strict=False):
        sizes = [abs(one.value) for one in (before, point, after)]
        above = sizes[1] > _JUMP * max(sizes[0], sizes[2])
        below = sizes[1] * _JUMP < min(sizes[0], sizes[2])
        if min(sizes) > 0 and (above or below):
            message = (
                f"{series.id} is {point.value:,f} in {point.year}, but {before.value:,f} in {before.year} "
                f"and {after.value:,f} in {after.year}."
            )
            hint = "Look for a slip in the digits or the scale of this row."
            yield Problem("series-jump", message, point.place, hint, "warning")


def _rows_of(path: Path) -> tuple[list[Row], list[Problem]]:
    """The rows of one file as tables by column, each with its line."""
    name = str(path)
    try:
        text = read_data_text(path)
    except UnicodeDecodeError:
        return [], [
            Problem("not-text", "The file is not UTF-8 text.", Place(name), "Save it as CSV in UTF-8.")
        ]
    except OSError as error:
        return [], [Problem("unreadable", f"The file cannot be read: {error.strerror}.", Place(name))]
    reader = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        return [], [Problem("broken-row", f"{error}.", Place(name, reader.line_num), "Save it as CSV again.")]
    # What a program that uses this one too has told the module csv does not count.
    for number, cells in lines:
        if any(len(cell) > LONGEST_CELL for cell in cells):
            message = f"A cell holds more than {LONGEST_CELL:,} characters."
            return [], [Problem("broken-row", message, Place(name, number), "Save it as CSV again.")]
    if len(lines) < 2:
        hint = f"Give a heading ({','.join(NEEDED)}) and a row for each year."
        return [], [Problem("empty-series", "The file holds no series.", Place(name, 1), hint)]
    return _cells_of(name, lines)


def _cells_of(name: str, lines: Sequence[tuple[int, list[str]]]) -> tuple[list[Row], list[Problem]]:
    """Rows as tables by the columns that the first line names; a wrong heading leaves nothing to read."""
    number, heading = lines[0]
    columns = [column.strip() for column in heading]
    problems = list(_heading_faults(Place(name, number), columns))
    if problems:
        return [], problems
    rows: list[Row] = []
    for number, cells in lines[1:]:
        place = Place(name, number)
        if len(cells) != len(columns):
            message = f"The row has {len(cells)} cells, the heading {len(columns)}."
            hint = "A text with a comma in it stands in double quotes."
            problems.append(Problem("broken-row", message, place, hint))
        else:
            rows.append((place, {c: cell.strip() for c, cell in zip(columns, cells, strict=True)}))
    return rows, problems


def _heading_faults(place: Place, columns: list[str]) -> Iterator[Problem]:
    """Columns that are unknown, missing or there twice."""
    for column in sorted(set(columns) - {*NEEDED, *OPTIONAL}):
        message = f"The column {column!r} is not known."
        yield Problem("unknown-column", message, place, nearest(column, (*NEEDED, *OPTIONAL)))
    for column in [column for column in NEEDED if column not in columns]:
        there = ", ".join(text for text in columns if text) or "nothing"
        message = f"The column {column!r} is missing; the heading has {there}."
        hint = "Add it to the heading, and give it in every row."
        yield Problem("missing-column", message, place, hint)
    for column in sorted({column for column in columns if columns.count(column) > 1}):
        yield Problem(
            "unknown-column", f"The column {column!r} stands there twice.", place, "Keep one of them."
        )


def _grouped(rows: Sequence[Row]) -> tuple[list[Series], list[Problem]]:
    """Rows joined to series in the order of their first rows; a second row for a year is a fault."""
    groups: dict[tuple[str, ...], dict[int, Point]] = {}
    problems: list[Problem] = []
    for place, row in rows:
        point, faults = _point(place, row)
        problems += faults
        if point is None:
            continue
        years = groups.setdefault(tuple(row.get(key, "") for key in KEYS), {})
        if earlier := years.get(point.year):
            message = f"{row['actor']} {row['measure']} for {point.year} stands there twice."
            hint = f"The first is in {earlier.place}; keep one, or give the other its own edition."
            problems.append(Problem("duplicate-row", message, place, hint))
        else:
            years[point.year] = point
    return [_series(key, years) for key, years in groups.items()], problems


def _series(key: tuple[str, ...], years: Mapping[int, Point]) -> Series:
    points = tuple(years[year] for year in sorted(years))
    return Series(points=points, **dict(zip(KEYS, key, strict=True)))


def _point(place: Place, row: Mapping[str, str]) -> tuple[Point | None, list[Problem]]:
    """The cell that a row writes, or None and what is wrong with it."""
    problems = [
        Problem("missing-cell", f"The cell of {column!r} is empty.", place, "Every number needs it.")
        for column in NEEDED
        if not row[column]
    ]
    value, period = _number(row["value"]), _period(row["period"])
    year = period.year if period else None
    if row["value"] and value is None:
        hint = "Write a plain numeral in single units, such as 2666360.425e9; no thousands commas."
        problems.append(Problem("not-a-number", f"{row['value']!r} is not a number.", place, hint))
    if row["period"] and year is None:
        hint = "Write a year, such as 2026 or FY2026."
        problems.append(Problem("not-a-year", f"{row['period']!r} is not a year.", place, hint))
    if problems or value is None or period is None or year is None:
        return None, problems
    texts = {key: row.get(key, "") for key in ("source", "locator", "status", "cell")}
    return Point(year, value, place=place, fiscal=period.kind == "fiscal", **texts), []


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace("_", "x"))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= LARGEST_EXPONENT else None


def _period(text: str) -> Period | None:
    try:
        period = Period.parse(text)
    except ValueError:
        return None
    return period if period.kind in ("year", "fiscal") else None
