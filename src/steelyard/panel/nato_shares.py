"""NATO's shares of GDP as a CSV table: a country a line, years across, those with an "e" estimates.

Such a table holds neither its measure nor its edition, so both come from the name of the file, such as
"nato-2025-08-share-of-gdp.csv". A blank says that NATO gave no figure.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from steelyard.core.data_file import read_data_text
from steelyard.core.problems import Place, Problem
from steelyard.core.series import LONGEST_CELL
from steelyard.panel.names import Names
from steelyard.panel.observations import KnownFile, Loaded, Observation, printed
from steelyard.panel.sheets import year_of

NAME = re.compile(r"nato[-_](\d{4})[-_](\d{2})[-_]share[-_]of[-_]gdp.*\.csv", re.IGNORECASE)
_NO_FIGURE = ("", "..", "...", "…")
_NUMERAL = re.compile(r"\d{1,3}(?:\.(\d{1,10}))?")
_FROM_NAME = "edition and measure, which the table does not tell, are those of the file's name"
_SAVE = "Save it as CSV in UTF-8."
Line = tuple[int, list[str]]


def is_shares(path: Path) -> bool:
    """Whether a file is such a table, by its name."""
    return bool(NAME.fullmatch(path.name))


def load_shares(path: Path, names: Names) -> Loaded:
    """The shares of all countries that we know, and every fault with its line."""
    match = NAME.fullmatch(path.name)
    edition = f"NATO {match[1]}-{match[2]}" if match else "NATO"
    lines, problems = _lines(path)
    years, faults = ({}, []) if problems else _years(path, lines)
    problems += faults
    if not years:
        return Loaded((), None, tuple(problems))
    source = f"{re.sub(r' *[(][^()]*[)]$', '', names.title)} ({edition}), share of GDP"
    found: list[Observation] = []
    unknown: dict[str, None] = {}
    seen: dict[str, int] = {}
    for number, cells in lines[1:]:
        place = Place(str(path), number)
        actor = names.actor(cells[0])
        if len(cells) != len(lines[0][1]):
            message = f"The row has {len(cells)} cells, the heading {len(lines[0][1])}."
            problems.append(Problem("broken-row", message, place, "Look whether the file is whole."))
        elif actor is None:
            unknown[cells[0]] = None
        elif actor in seen:
            message = f"{cells[0]!r} is {actor}, which stands in line {seen[actor]} already."
            problems.append(Problem("duplicate-row", message, place, "Only the first is read; keep one."))
        else:
            seen[actor] = number
            for item in _shares(place, cells, years, actor):
                if isinstance(item, Problem):
                    problems.append(item)
                else:
                    found.append(replace(item, edition=edition, source=source, definition=names.definition))
    taken = {"defence_share_of_gdp, % of GDP": len(found)}
    file = KnownFile(str(path), "nato", edition, taken, (_FROM_NAME,), tuple(unknown))
    return Loaded(tuple(found), file, tuple(problems))


def _lines(path: Path) -> tuple[list[Line], list[Problem]]:
    """The lines that hold something, with their numbers."""
    try:
        text = read_data_text(path)
    except UnicodeDecodeError:
        return [], [Problem("not-text", "The file is not UTF-8 text.", Place(str(path)), _SAVE)]
    except OSError as error:
        return [], [Problem("unreadable", f"The file cannot be read: {error.strerror}.", Place(str(path)))]
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        return [], [Problem("broken-row", f"{error}.", Place(str(path), reader.line_num), _SAVE)]
    for number, cells in rows:
        if any(len(cell) > LONGEST_CELL for cell in cells):
            message = f"A cell holds more than {LONGEST_CELL:,} characters."
            return [], [Problem("broken-row", message, Place(str(path), number), _SAVE)]
    return [(number, cells) for number, cells in rows if any(cells)], []


def _years(path: Path, lines: Sequence[Line]) -> tuple[dict[int, tuple[int, bool]], list[Problem]]:
    """The columns of the years; none, and why, where the heading is not that of such a table."""
    if not lines:
        return {}, [Problem("empty-series", "The file holds no table.", Place(str(path), 1))]
    number, heading = lines[0]
    place = Place(str(path), number)
    years = {column: year for column, text in enumerate(heading) if (year := year_of(text))}
    if heading[0].casefold() != "country" or len(years) != len(heading) - 1:
        message = f"Expected the columns country and years; found {', '.join(heading)[:200]}."
        return {}, [Problem("missing-column", message, place, "Give each column the year as its heading.")]
    plain = [year for year, _ in years.values()]
    if len({*plain}) < len(plain):
        return {}, [Problem("unknown-column", "A year stands there twice.", place, "Keep one of the two.")]
    return years, []


def _shares(
    place: Place, cells: Sequence[str], years: Mapping[int, tuple[int, bool]], actor: str
) -> Iterator[Observation | Problem]:
    """The shares of one line, or what is wrong with a cell."""
    for column, (year, is_estimate) in years.items():
        text = cells[column]
        cell = Place(place.file, place.line, key=str(year))
        numeral = _NUMERAL.fullmatch(text)
        if numeral:
            value = Decimal(text)
            low, high = printed(value, len(numeral[1] or ""))
            yield Observation(
                actor=actor,
                measure="defence_share_of_gdp",
                year=year,
                value=value,
                low=low,
                high=high,
                unit="% of GDP",
                publisher="nato",
                edition="",
                place=cell,
                status="estimate" if is_estimate else "observed",
            )
        elif text not in _NO_FIGURE:
            message = f"{text[:40]!r} is no share in percent, such as 2.01; the cell is left out."
            yield Problem("not-a-number", message, cell, "Look at the cell; nothing is put in its place.")
