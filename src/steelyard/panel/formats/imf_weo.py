"""The World Economic Outlook as the IMF gives it out by country: text between tabs, a column for each year.

The file calls itself .xls but is none: it is UTF-16, in older editions Western text, with commas in
thousands, "n/a" and "--" for nothing, and the edition in the last line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from steelyard.core.problems import Problem
from steelyard.panel.csv_cells import Line, missing_columns, opening_lines, read_lines, short_row
from steelyard.panel.names import Names
from steelyard.panel.observations import Loaded
from steelyard.panel.taking import Taking
from steelyard.panel.weo import MONTHS, WeoSeries, edition_of, take_weo
from steelyard.panel.weo import PUBLISHER as WEO

PUBLISHER = WEO
SUFFIXES = (".xls", ".csv", ".tsv", ".txt")
_NOTES, _LAST = "Country/Series-specific Notes", "Estimates Start After"
_NEEDED = ("ISO", "WEO Subject Code", "Country", "Units", "Scale", _NOTES, _LAST)
_SCALES = {
    **{"": Decimal(1), "Units": Decimal(1), "Thousands": Decimal(1000)},
    **{"Millions": Decimal(10**6), "Billions": Decimal(10**9), "Trillions": Decimal(10**12)},
}
_NOTHING = ("", "n/a", "--")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EDITION = re.compile(rf"World Economic Outlook Database, ({'|'.join(MONTHS)}) (\d{{4}})")
_BASE = re.compile(r"Base year: (FY\d{4}/\d\d|\d{4})\b")
_MONTHS_OF_YEAR = re.compile(r"months of reporting year: (\w+)/(\w+)")
_SAME_NOTES = "See notes for:"
_FETCH = "Take the file by countries from the page of the WEO database at imf.org."


def knows(path: Path) -> bool:
    """Whether the heading is that of the World Economic Outlook by country."""
    rows = opening_lines(path, "\t")
    return bool(rows) and "WEO Subject Code" in rows[0]


def load(path: Path, names: Names) -> Loaded:
    """The observations of the subjects that publishers.toml lists."""
    lines, problems = read_lines(path, delimiter="\t", legacy=True)
    taking = Taking(path, PUBLISHER, problems=problems)
    if not lines:
        return taking.loaded()
    heading = lines[0].cells
    place = taking.place(1)
    years = {int(cell): at for at, cell in enumerate(heading) if _YEAR.fullmatch(cell)}
    faults = [*missing_columns(place, heading, _NEEDED, _FETCH)]
    if not years:
        message = "Expected a column for each year; the heading has none."
        faults.append(Problem("missing-column", message, place, _FETCH))
    if faults:
        taking.problems += faults
        return taking.loaded()
    rows = []
    month = year = ""
    for line in lines[1:]:
        if found := _EDITION.search(line.cells[0]):
            month, year = found.groups()
        elif len(line.cells) == len(heading):
            rows.append(line)
        else:
            taking.problems.append(short_row(path, line, len(heading)))
    edition_of(taking, month, year)
    take_weo(taking, names, _all_series(taking, heading, years, rows))
    return taking.loaded()


def _all_series(
    taking: Taking, heading: Sequence[str], years: Mapping[int, int], rows: Sequence[Line]
) -> list[WeoSeries]:
    """Each row as a series; one that only points to another's notes has those of the country's GDP."""
    at = {name: heading.index(name) for name in _NEEDED}
    notes = {
        (line.cells[at["ISO"]], line.cells[at["WEO Subject Code"]]): line.cells[at[_NOTES]] for line in rows
    }
    every = []
    for line in rows:
        area, concept, country, unit, scale, note, last = (line.cells[at[name]] for name in _NEEDED)
        place = taking.place(line.number)
        if scale not in _SCALES:
            message = f"Expected a scale for {concept} of {area}; found {scale!r}."
            hint = f"Known: {', '.join(filter(None, _SCALES))}. The series is left out."
            taking.problems.append(Problem("not-a-number", message, place, hint))
            continue
        if note.startswith(_SAME_NOTES):
            note = notes.get((area, "NGDP_R"), "")
        base = _BASE.search(note)
        cells = {
            year: (_plain(line.cells[column]), taking.place(line.number, str(year)))
            for year, column in years.items()
            if line.cells[column] not in _NOTHING
        }
        series = (area, country, concept, unit, _SCALES[scale], base[1] if base else "")
        actual = last if _YEAR.fullmatch(last) else ""
        every.append(WeoSeries(*series, actual, place, cells, _is_fiscal(note)))
    return every


def _plain(text: str) -> str:
    """A number without the commas of its thousands; any other text as it is."""
    return text.replace(",", "") if _THOUSANDS.fullmatch(text) else text


def _is_fiscal(note: str) -> bool:
    """Whether the notes say that the country's year starts in another month than January."""
    found = _MONTHS_OF_YEAR.search(note)
    return found is not None and found.groups() != ("January", "December")
