"""World Development Indicators as CSV: a row for each country and indicator, a column for each year.

Three forms of it are read: that of the indicator pages with four lines of preamble, the same without them,
and that of the DataBank ("Series Code", "2024 [YR2024]", ".." for nothing, and the date below the table).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from steelyard.core.problems import Place, Problem
from steelyard.panel.csv_cells import (
    Line,
    amount,
    date_in_name,
    fingerprint,
    missing_columns,
    not_a_number,
    opening_lines,
    read_lines,
    short_row,
)
from steelyard.panel.listed import LOCAL, Listed, filed_under, listed_series
from steelyard.panel.names import Names
from steelyard.panel.observations import Loaded, Observation
from steelyard.panel.taking import Taking

PUBLISHER = "worldbank"
SUFFIXES = (".csv",)
_NEEDED = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
_SERIES = {"Series Name": "Indicator Name", "Series Code": "Indicator Code"}
_YEAR = re.compile(r"((?:19|20)\d\d)(?: \[YR\1\])?")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_AMERICAN = re.compile(r"Last Updated: (\d\d)/(\d\d)/(\d{4})")
_BASE = re.compile(r"constant (\d{4})|\((\d{4}) = 100\)")
_NOTHING = ("", "..")
_FETCH = "Take the CSV file from the page of the indicator at data.worldbank.org."


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of the heading, and the year in which the edition came out or after which it did."""

    columns: Mapping[str, int]
    years: Mapping[int, int]
    year: int
    is_told: bool


def knows(path: Path) -> bool:
    """Whether the file is a CSV file of the World Development Indicators."""
    return any(
        "World Development Indicators" in row[1:]
        or {_SERIES.get(cell, cell) for cell in row} >= {"Country Code", "Indicator Code"}
        for row in opening_lines(path)
    )


def load(path: Path, names: Names) -> Loaded:
    """The observations of the indicators that publishers.toml lists; what else there is is told as left."""
    lines, problems = read_lines(path)
    taking = Taking(path, PUBLISHER, problems=problems)
    if not lines:
        return taking.loaded()
    top = next((at for at, line in enumerate(lines) if _is_heading(line)), None)
    if top is None:
        first = lines[0]
        taking.problems += missing_columns(taking.place(first.number), first.cells, _NEEDED, _FETCH)
        return taking.loaded()
    heading = [_SERIES.get(cell, cell) for cell in lines[top].cells]
    place = taking.place(lines[top].number)
    if faults := [*missing_columns(place, heading, _NEEDED, _FETCH), *_year_faults(place, heading)]:
        taking.problems += faults
        return taking.loaded()
    years = {int(found[1]): at for at, cell in enumerate(heading) if (found := _YEAR.fullmatch(cell))}
    date = _edition(taking, lines)
    columns = {name: heading.index(name) for name in _NEEDED}
    table = _Table(columns, years, int(date[:4]) if date else max(years), bool(date))
    series = listed_series(names)
    for line in lines[top + 1 :]:
        if len(line.cells) == len(heading):
            _take_row(taking, names, series, table, line)
        elif not _is_footer(line):
            taking.problems.append(short_row(path, line, len(heading)))
    return taking.loaded()


def _is_heading(line: Line) -> bool:
    return len({_SERIES.get(cell, cell) for cell in line.cells} & {*_NEEDED}) > 1


def _is_footer(line: Line) -> bool:
    """Whether a row is of those that the DataBank puts below its table."""
    text = " ".join(line.cells).strip()
    return text.startswith(("Data from database: ", "Last Updated: "))


def _year_faults(place: Place, heading: list[str]) -> Iterator[Problem]:
    years = [found[1] for cell in heading if (found := _YEAR.fullmatch(cell))]
    if not years:
        message = f"Expected years beside {', '.join(_NEEDED)}; the heading has none."
        yield Problem("missing-column", message, place, _FETCH)
    for year in sorted({year for year in years if years.count(year) > 1}):
        yield Problem("unknown-column", f"The year {year} stands there twice.", place, _FETCH)


def _edition(taking: Taking, lines: list[Line]) -> str:
    """The day on which the publisher last changed the data; empty where nothing tells it."""
    for line in (*lines[:6], *lines[-3:]):
        text = " ".join(line.cells)
        if line.cells[0] == "Last Updated Date" and (found := _DATE.search(text)):
            taking.edition = f"WDI {found[0]}"
            return found[0]
        if found := _AMERICAN.search(text):
            taking.edition = f"WDI {found[3]}-{found[1]}-{found[2]}"
            return f"{found[3]}-{found[1]}-{found[2]}"
    date = date_in_name(taking.path)
    taking.edition = f"WDI {date}" if date else f"WDI (edition not told, {fingerprint(taking.path)})"
    source = "its name alone" if date else "nothing"
    message = f'The file has no line "Last Updated Date"; {source} tells which edition it is.'
    hint = f"It is taken as {taking.edition}, and never mixed with another. Fetch it with its preamble."
    taking.problems.append(Problem("edition-not-told", message, taking.place(1), hint, "warning"))
    return date


def _take_row(taking: Taking, names: Names, series: Mapping[str, Listed], table: _Table, line: Line) -> None:
    """The years of one country's indicator."""
    country, code, title, indicator = (line.cells[table.columns[name]] for name in _NEEDED)
    one, actor = series.get(indicator), names.actor(code)
    if one is None:
        taking.leave("indicators that publishers.toml does not list", f"{indicator} ({title})")
        return
    if actor is None:
        taking.unknown[f"{country} ({code})"] = None
        return
    place = taking.place(line.number)
    if (named := names.actor(country)) not in (None, actor):
        message = f"The code {code!r} is {actor}, but the name {country!r} is {named}; the row is left out."
        taking.problems.append(Problem("unlike-names", message, place, "Fetch the file again."))
        return
    if taking.is_new((actor, indicator), place, f"{indicator} of {country}"):
        for year, at in table.years.items():
            if (text := line.cells[at]) not in _NOTHING:
                spot = taking.place(line.number, str(year))
                _take_cell(taking, names, _Row(actor, title, one, table), year, text, spot)


@dataclass(frozen=True, slots=True)
class _Row:
    """Whose row it is, and of what."""

    actor: str
    title: str
    series: Listed
    table: _Table


def _take_cell(taking: Taking, names: Names, row: _Row, year: int, text: str, place: Place) -> None:
    found, unit = amount(text), _unit(taking, names, row, year, place)
    if found is None:
        taking.problems.append(not_a_number(place, text, "a plain numeral, nothing, or .."))
        return
    if unit is None:
        return
    one = row.series
    base = _BASE.search(row.title)
    prices = f"constant:{base[1]}" if one.prices == "constant" and base and base[1] else one.prices
    if prices == "constant":
        taking.leave("the base year of constant prices, which the file does not tell", one.code)
    filed = filed_under(names, row.actor) if one.by_accounts else ""
    note = f"A fiscal year, filed by the publisher under {year}, in which it {filed}s."
    taking.take(
        Observation(
            *(row.actor, one.measure, year - (filed == "end")),
            *found,
            f"index {base[2]} = 100" if unit == "index" and base and base[2] else unit,
            *(PUBLISHER, taking.edition, place),
            definition=one.definition,
            prices=prices,
            fiscal=bool(filed),
            source=f"World Bank, World Development Indicators, {row.title} ({one.code})",
            notes=(note,) if filed else (),
        ),
        *(one.unit.replace(LOCAL, "local currency"), one.prices),
    )


def _unit(taking: Taking, names: Names, row: _Row, year: int, place: Place) -> str | None:
    """The unit of a cell; None, and a warning for the actor, where its money is not told."""
    one, money = row.series, names.money.get(row.actor)
    if not one.is_local:
        return one.unit
    if money is None:
        code = None
    elif one.of_the_year:
        code = money.at(year)
    else:
        code = money.of_edition(row.table.year, at_least=not row.table.is_told)
    if code is None:
        taking.untold("money-not-told", row.actor, one.code, Place(place.file, place.line))
        return None
    return one.in_money(code)
