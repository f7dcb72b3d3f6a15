"""SIPRI's workbook of military expenditure: a sheet for each measure, countries down, years across.

Rows of regions are headings; `...`, `. .` and `xxx` stand for no figure; blue print is SIPRI's estimate, red
is highly uncertain; marks beside a country point to the sheet of footnotes. A sheet says above its table in
which unit it is. Financial years are named by the year in which they begin; one that is shorter than twelve
months, as where a country moved its financial year, is no year's amount and is left.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from steelyard.core.problems import Problem
from steelyard.panel.conversions import Money, money_of_rows
from steelyard.panel.counted import counted, told_once
from steelyard.panel.names import Names
from steelyard.panel.observations import KnownFile, Loaded, Observation, Status, printed
from steelyard.panel.sheets import Book, open_book, sheet_names
from steelyard.panel.sipri_tables import (
    KINDS,
    Figure,
    Reading,
    Table,
    read_rows,
    tables_of,
    tell_missing_rows,
)

PUBLISHER = "sipri"
SUFFIXES = (".xlsx", ".xlsm")
_STATUS: dict[str, Status] = {"blue": "estimate", "red": "uncertain"}
_MARK = re.compile(r"[†‡§¶‖]|\d+")
_LEFT = {
    "regional totals": "totals of regions, not of states",
    "front page": "no figures",
    "footnotes": "taken as notes of the figures to which they belong",
}


def knows(path: Path) -> bool:
    """Whether the file is SIPRI's, told by its sheets; where it is broken, by its name."""
    names = sheet_names(path)
    if not names:
        return path.name.casefold().startswith("sipri")
    return sum(any(map(kind.is_title, names)) for kind in KINDS) >= 3


def load(path: Path, names: Names) -> Loaded:
    """All figures of the workbook for the actors that we know, and every fault with its cell."""
    book, problems = open_book(path)
    if book is None:
        return Loaded((), None, tuple(problems))
    reading = Reading(names, problems=problems)
    tables = list(tables_of(book, reading))
    for table in tables:
        read_rows(table, reading)
    tell_missing_rows(tables, reading)
    edition = _edition(book, tables, reading)
    observations, again, differing = told_once(_observations(book, edition, reading))
    left = (*reading.left, *again, *_sheets_left(book, tables))
    file = KnownFile(str(path), PUBLISHER, edition, counted(observations), left, tuple(reading.unknown))
    return Loaded(tuple(observations), file, (*reading.problems, *differing))


def _edition(book: Book, tables: list[Table], reading: Reading) -> str:
    """The release, which comes out in spring with the year before, from the day the workbook was begun."""
    last = max((year for table in tables for year, _ in table.years.values()), default=0)
    if book.created and book.created.year == last + 1:
        return f"SIPRI {book.created:%Y-%m}"
    reading.left.append("the month of the release, which this copy does not tell; the last year names it")
    return f"SIPRI to {last}" if last else "SIPRI"


def _observations(book: Book, edition: str, reading: Reading) -> list[Observation]:
    """The figures with unit, status and notes."""
    footnotes = _footnotes(book)
    money = _money(reading)
    positive = {(figure.actor, figure.year) for figure in reading.figures if figure.number}
    found: list[Observation] = []
    notes: dict[tuple[str, int], tuple[str, ...]] = {}
    zeros: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in reading.figures:
        table, key = figure.table, (figure.table.sheet.name, figure.row)
        unit = table.kind.unit or money[key].code
        if unit is None:
            continue
        if not figure.number and (figure.actor, figure.year) in positive:
            zeros[key].append(figure)
            continue
        if key not in notes:
            notes[key] = tuple(_notes(table, figure.row, footnotes, reading))
        found.append(_observation(figure, unit, edition, notes[key], reading))
    reading.problems += map(_zeros, zeros.values())
    return found


def _zeros(figures: list[Figure]) -> Problem:
    """That cells of a row say nothing was spent, where another sheet has an amount."""
    first = figures[0]
    years = ", ".join(str(figure.year) for figure in figures)
    message = f"The row of {first.actor} has 0 where another sheet has an amount; left out for {years}."
    place = first.table.sheet.place(first.row, first.column)
    return Problem("zero-for-missing", message, place, "Look at both cells.", "warning")


def _observation(
    figure: Figure, unit: str, edition: str, notes: tuple[str, ...], reading: Reading
) -> Observation:
    """One cell, with what its digits leave open."""
    table, sheet, names = figure.table, figure.table.sheet, reading.names
    ink, place = sheet.ink(figure.row, figure.column), sheet.place(figure.row, figure.column)
    if ink == "other":
        message = "The cell is printed in a colour that the legend does not name; it counts as observed."
        reading.problems.append(Problem("workbook-layout", message, place, "Look at the cell.", "warning"))
    decimals = sheet.decimals(figure.row, figure.column, figure.number)
    low, high = printed(figure.number, decimals, table.scale)
    return Observation(
        actor=figure.actor,
        measure=table.kind.measure,
        year=figure.year,
        value=figure.number * table.scale,
        low=low,
        high=high,
        unit=unit,
        publisher=PUBLISHER,
        edition=edition,
        place=place,
        definition=names.definition,
        prices=table.prices,
        status=_STATUS.get(ink, "observed"),
        fiscal=table.kind.fiscal,
        source=f"{names.title} ({edition})",
        notes=notes,
    )


def _footnotes(book: Book) -> Mapping[str, str]:
    """The text of each mark, from the sheet of footnotes."""
    sheet = book.sheets.get("Footnotes")
    if sheet is None:
        return {}
    rows = [[text for text in sheet.texts(row) if text] for row in range(len(sheet.rows))]
    return {row[0]: row[1] for row in rows if len(row) > 1 and _MARK.fullmatch(row[0])}


def _notes(table: Table, row: int, footnotes: Mapping[str, str], reading: Reading) -> Iterator[str]:
    """The notes of a row in the publisher's words; a mark without text is told."""
    column = table.columns["notes"]
    for heading, other in (("Fiscal year", table.fiscal_column), ("Reporting year", table.reporting_column)):
        if text := table.sheet.text(row, other):
            yield f"{heading}: {text}"
    for mark in _MARK.findall(table.sheet.text(row, column)):
        if mark in footnotes:
            yield footnotes[mark]
        else:
            message = f"The mark {mark!r} has no text in the sheet 'Footnotes'."
            place = table.sheet.place(row, column)
            reading.problems.append(Problem("workbook-layout", message, place, "", "warning"))


def _money(reading: Reading) -> Mapping[tuple[str, int], Money]:
    """The currency of each row of the sheets in local currency, by sheet and row; what is wrong is told."""
    amounts: dict[str, dict[str, dict[int, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    rows: dict[tuple[str, int], Figure] = {}
    for figure in reading.figures:
        kind = figure.table.kind
        if not kind.unit:
            rows.setdefault((figure.table.sheet.name, figure.row), figure)
        if kind.measure == "defence_spending" and not kind.fiscal and figure.number:
            basis = f"{kind.unit} {kind.prices}".strip()
            amounts[basis][figure.actor][figure.year] = figure.number * figure.table.scale
    local, dollars = amounts["current"], amounts["USD current"]
    rates = {
        actor: {year: years[year] / dollars[actor][year] for year in years if year in dollars.get(actor, {})}
        for actor, years in local.items()
    }
    found: dict[tuple[str, int], Money] = {}
    for sheet in {name for name, _ in rows}:
        own = {figure.actor: (key, figure) for key, figure in rows.items() if key[0] == sheet}
        words = {a: _currency_text(figure) for a, (_, figure) in own.items()}
        for actor, money in money_of_rows(words, rates, reading.names).items():
            key, figure = own[actor]
            found[key] = money
            reading.problems += _money_told(figure, words[actor], money, reading)
    return found


def _currency_text(figure: Figure) -> str:
    return figure.table.sheet.text(figure.row, figure.table.columns["currency"])


def _money_told(figure: Figure, word: str, money: Money, reading: Reading) -> Iterator[Problem]:
    """What a reader should know of a row whose printed currency is not the actor's own."""
    place = figure.table.sheet.place(figure.row, figure.table.columns["currency"])
    own = reading.names.own_currencies.get(figure.actor, "")
    if money.code is None:
        message = f"{word!r} is no currency that we know for {figure.actor}, whose own is {own}."
        yield Problem("unknown-currency", message, place, "The row is left out; nothing is guessed.")
    elif not money.is_printed:
        message = (
            f"The row of {figure.actor} is headed {word!r}, but the file's own dollars are converted at the "
            f"rate of {own} in each of the {len(money.years)} years that tell; it is taken as {own}."
        )
        yield Problem("unknown-currency", message, place, "Compare with another source.", "warning")
    elif money.code != own:
        reading.left.append(f"{place.key}: {figure.actor} is in {money.code} as printed, not in {own}")


def _sheets_left(book: Book, tables: list[Table]) -> Iterator[str]:
    """The sheets from which nothing is taken, each with the reason."""
    read = {table.sheet.name for table in tables}
    for name in book.names:
        if name not in read:
            yield f"sheet {name!r}: {_LEFT.get(name.casefold(), 'not read')}"
