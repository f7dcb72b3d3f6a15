"""NATO's tables of defence expenditure: its workbook, and its shares of GDP as a CSV table.

A sheet of the workbook is a numbered table with a line that tells its unit, years across, and one block of
countries below another, each with a heading such as "Constant 2015 prices". A year marked "e" is an
estimate. The total of the alliance changes with its membership, as the note to it says.

Shares are of real GDP. As a rule that is the share of current GDP too, since spending and GDP have one
deflator; in June 2024 they have two for the Netherlands, the United States, Italy in three years, and so for
the total. France in 2020 and Slovakia in 2024 hold a plain 2, where the columns in dollars give 1.99.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from steelyard.core.problems import Place, Problem
from steelyard.panel.counted import counted, told_once
from steelyard.panel.names import Names
from steelyard.panel.nato_shares import is_shares, load_shares
from steelyard.panel.nato_tables import PLANS, REPEATS, Block, Plan
from steelyard.panel.observations import KnownFile, Loaded, Observation, printed
from steelyard.panel.sheets import (
    Book,
    Sheet,
    layout,
    listed,
    not_a_number,
    open_book,
    sheet_names,
    year_columns,
    year_row,
)

PUBLISHER = "nato"
SUFFIXES = (".xlsx", ".xlsm", ".csv")
NO_FIGURE = ("", "..", "...", "…")
_SHEET = re.compile(r"TABLE ?\d[ab]?", re.IGNORECASE)
_GRAPH = re.compile(r"graph|chart|figure", re.IGNORECASE)
_TITLE = re.compile(r"Table (\d+[ab]?)\s*:\s*(.+)", re.IGNORECASE)
_SCALE = re.compile(r"\b(thousand|million|billion)s?\b", re.IGNORECASE)
_SCALES = {"thousand": Decimal(10) ** 3, "million": Decimal(10) ** 6, "billion": Decimal(10) ** 9}
_PRICES = re.compile(r"\bcurrent prices|(?:\bconstant )?\b(\d{4}) prices", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(\*|\([a-z]\)|Notes?:)\s*(.+)", re.IGNORECASE)
_ESTIMATED = re.compile(r"figures for ((?:\d{4}(?:,| and|) ?)+)are estimates", re.IGNORECASE)
_MARK = re.compile(r"\*|\([a-z]\)")
_CURRENCY = re.compile(r"(.*?)\s*\(([^()]{3,})\)")
_TOTAL = re.compile(r"NATO\b")


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet with its plan: where its years stand, what its unit is, and its footnotes."""

    plan: Plan
    sheet: Sheet
    unit_line: str
    heading: int
    years: Mapping[int, tuple[int, bool]]
    footnotes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Row:
    """A country's row in a block, with what all its figures have in common."""

    table: _Table
    block: Block
    number: int
    actor: str
    unit: str
    prices: str
    scale: Decimal
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    names: Names
    edition: str
    source: str
    observations: list[Observation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left: dict[str, None] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)


def knows(path: Path) -> bool:
    """Whether the file is NATO's, told by its sheets or its heading; a broken workbook by its name."""
    if path.suffix.lower() == ".csv":
        return is_shares(path)
    names = sheet_names(path)
    if not names:
        return "nato" in path.name.casefold() or "def-exp" in path.name.casefold()
    return sum(bool(_SHEET.fullmatch(name)) for name in names) >= 3


def load(path: Path, names: Names) -> Loaded:
    """All figures of the file for the actors that we know, and every fault with its cell or line."""
    if path.suffix.lower() == ".csv":
        return load_shares(path, names)
    book, problems = open_book(path)
    if book is None:
        return Loaded((), None, tuple(problems))
    reading = _Reading(names, "", "", problems=problems)
    tables = list(_tables(book, reading))
    _name_edition(book, tables, reading)
    for table in tables:
        _read_table(table, reading)
    observations, again, differing = told_once(reading.observations)
    left, unknown = (*reading.left, *again), tuple(reading.unknown)
    file = KnownFile(str(path), PUBLISHER, reading.edition, counted(observations), left, unknown)
    return Loaded(tuple(observations), file, (*reading.problems, *differing))


def _name_edition(book: Book, tables: list[_Table], reading: _Reading) -> None:
    """The edition, from the day on which the workbook was begun, if that is in its last year."""
    years = sorted({year for table in tables for year, _ in table.years.values()}) or [0]
    if book.created and book.created.year == years[-1]:
        reading.edition = f"NATO {book.created:%Y-%m}"
    else:
        reading.edition = f"NATO to {years[-1]}"
        reading.left["the month of the edition, which this copy does not tell; its last year names it"] = None
    title = re.sub(r"\s*\([^()]*\)$", "", reading.names.title)
    reading.source = f"{title} ({years[0]}-{years[-1]})"


def _tables(book: Book, reading: _Reading) -> Iterator[_Table]:
    """The sheets of which we know what they hold; what is missing or laid out anew becomes a problem."""
    found: set[str] = set()
    for name in book.names:
        sheet = book.sheets.get(name)
        title = _title(sheet) if sheet else None
        if sheet is None or title is None:
            if _SHEET.fullmatch(name) and sheet is not None and sheet.rows:
                lines = listed([text for row in range(25) for text in sheet.texts(row)])
                reading.problems.append(layout(sheet.place(), "a title such as 'Table 1 : …'", lines))
            else:
                reason = "a picture of figures in the tables" if _GRAPH.search(name) else "not read"
                reading.left[f"sheet {name!r}: {reason}"] = None
            continue
        row, number, words = title
        plan = next((plan for plan in PLANS if plan.number == number.lower()), None)
        if plan is None:
            reading.left[f"sheet {name!r}: {REPEATS.get(number.lower(), 'not read')} ({words})"] = None
            continue
        found.add(plan.number)
        if table := _table(plan, sheet, row, words, reading):
            yield table
    for plan in PLANS:
        if plan.number not in found:
            expected = f"a sheet with 'Table {plan.number} : {plan.title}'"
            reading.problems.append(layout(Place(book.path), expected, listed(book.names)))


def _title(sheet: Sheet) -> tuple[int, str, str] | None:
    """The row, number and words of a sheet's title."""
    for row in range(min(25, len(sheet.rows))):
        for text in sheet.texts(row):
            if match := _TITLE.fullmatch(text):
                return row, match[1], match[2]
    return None


def _table(plan: Plan, sheet: Sheet, title_row: int, words: str, reading: _Reading) -> _Table | None:
    """The table of a sheet; None, and what was found, where title, unit or years are not as expected."""
    if words.casefold() != plan.title.casefold():
        expected = f"the title {plan.title!r} of table {plan.number}"
        reading.problems.append(layout(sheet.place(title_row), expected, repr(words)))
        return None
    heading = year_row(sheet)
    if heading is None or heading <= title_row:
        reading.problems.append(layout(sheet.place(), "a row of years below the title", "none"))
        return None
    lines = [text for row in range(title_row + 1, heading) for text in sheet.texts(row) if text]
    unit_line = next((line for line in lines if re.fullmatch(plan.unit_line, line, re.I)), None)
    if unit_line is None:
        expected = f"a line with the unit above the years, such as {plan.example!r}"
        reading.problems.append(layout(sheet.place(title_row), expected, listed(lines)))
        return None
    years, problems = year_columns(sheet, heading)
    reading.problems += problems
    footnotes = _footnotes(sheet, heading)
    told = _ESTIMATED.search(footnotes.get("notes", ""))
    estimated = {int(year) for year in re.findall(r"\d{4}", told[1])} if told else set()
    years = {column: (year, marked or year in estimated) for column, (year, marked) in years.items()}
    return _Table(plan, sheet, unit_line, heading, years, footnotes)


def _footnotes(sheet: Sheet, heading: int) -> Mapping[str, str]:
    """The texts below the table by their mark; those without one under "notes"."""
    found: dict[str, str] = {}
    for row in range(heading + 1, len(sheet.rows)):
        texts = [text for text in sheet.texts(row) if text]
        if len(texts) == 1 and (match := _FOOTNOTE.fullmatch(texts[0])):
            mark = match[1].casefold()
            found["notes" if mark.startswith("note") else mark] = match[2]
    return found


def _read_table(table: _Table, reading: _Reading) -> None:
    """All blocks of a table, each with its rows."""
    sheet, first = table.sheet, min(table.years)
    block = next((block for block in table.plan.blocks if not block.heading), None)
    heading = ""
    seen: dict[tuple[Block, str], int] = {}
    blocks = {block} if block else set()
    for row in range(table.heading + 1, len(sheet.rows)):
        label = next((text for text in sheet.texts(row)[:first] if text), "")
        filled = any(sheet.text(row, column) for column in table.years)
        if not filled:
            if started := next((one for one in table.plan.blocks if one.starts(label)), None):
                block, heading = started, label
                blocks.add(started)
        elif not label:
            reading.left[f"{sheet.place(row).key}: a row without a name"] = None
        elif block is None:
            expected = f"the heading of a block ({listed(table.plan.headings)}) above the first country"
            reading.problems.append(layout(sheet.place(row), expected, repr(label)))
            return
        else:
            _read_row(table, block, heading, row, label, seen, reading)
    for missing in table.plan.blocks:
        if missing not in blocks:
            expected = f"a block with the heading {missing.example!r}"
            reading.problems.append(layout(sheet.place(), expected, "the other blocks only"))


def _read_row(
    table: _Table,
    block: Block,
    heading: str,
    row: int,
    label: str,
    seen: dict[tuple[Block, str], int],
    reading: _Reading,
) -> None:
    """The figures of one country in one block."""
    place = table.sheet.place(row)
    match = _CURRENCY.fullmatch(label) if block.is_in_own_currency else None
    name = match[1] if match else label
    actor = reading.names.actor(name)
    if actor is None:
        _tell_unknown(name, reading)
        return
    if (block, actor) in seen:
        message = f"{name!r} is {actor}, which stands in row {seen[block, actor] + 1} of the block already."
        hint = "Only the first is read; look which of the two is right."
        reading.problems.append(Problem("duplicate-row", message, place, hint))
        return
    seen[block, actor] = row
    unit = block.unit if not block.is_in_own_currency else _currency(actor, label, match, place, reading)
    if unit is None:
        return
    marks = [*_MARK.findall(label.partition("(")[0]), *_MARK.findall(heading)]
    marks += ["notes"] if _TOTAL.match(label) else []
    notes = [table.footnotes[mark] for mark in marks if mark in table.footnotes]
    if not block.has_prices and _PRICES.search(table.unit_line):
        notes.append(f"{heading}, {table.unit_line}")
    prices, scale = _prices(table, block, heading), _scale(table, block, heading)
    figures = _Row(table, block, row, actor, unit, prices, scale, tuple(notes))
    reading.observations += _figures(figures, reading)


def _figures(row: _Row, reading: _Reading) -> Iterator[Observation]:
    """The figures of a row; a cell that holds something else is told."""
    sheet, block = row.table.sheet, row.block
    for column, (year, is_estimate) in row.table.years.items():
        if sheet.text(row.number, column) in NO_FIGURE:
            continue
        number, place = sheet.number(row.number, column), sheet.place(row.number, column)
        if not isinstance(number, Decimal):
            reading.problems.append(not_a_number(place, number))
            continue
        if number < 0 and not block.may_fall:
            reading.problems.append(not_a_number(place, f"{number}, below zero"))
            continue
        low, high = printed(number, sheet.decimals(row.number, column, number), row.scale)
        yield Observation(
            actor=row.actor,
            measure=block.measure,
            year=year,
            value=number * row.scale,
            low=low,
            high=high,
            unit=row.unit,
            publisher=PUBLISHER,
            edition=reading.edition,
            place=place,
            item=block.item,
            definition=reading.names.definition if block.is_defence else "",
            prices=row.prices,
            status="estimate" if is_estimate else "observed",
            source=f"{reading.source}, table {row.table.plan.number}",
            notes=row.notes,
        )


def _tell_unknown(name: str, reading: _Reading) -> None:
    """A name that is no actor's: a total, or a country that we do not know."""
    if _TOTAL.match(name):
        reading.left[f"{name}: a total of a group that is no actor of ours"] = None
    else:
        reading.unknown[name] = None


def _currency(
    actor: str, label: str, match: re.Match[str] | None, place: Place, reading: _Reading
) -> str | None:
    """The currency that stands in brackets behind a country; None, and a problem, if we do not know it."""
    word = match[2] if match else ""
    code = reading.names.currency(actor, word) if match else None
    own = reading.names.own_currencies.get(actor, "")
    if code is None:
        message = f"{label!r} names no currency that we know for {actor}, whose own is {own}."
        hint = "The row is left out; nothing is guessed."
        reading.problems.append(Problem("unknown-currency", message, place, hint))
    elif code != own:
        reading.left[f"{place.key}: {actor} is in {code} as printed, not in {own}"] = None
    return code


def _scale(table: _Table, block: Block, heading: str) -> Decimal:
    """By what a number is multiplied to be in single units; the block's own word goes before the sheet's."""
    if block.unit.startswith("%"):
        return Decimal(1)
    found = _SCALE.search(heading) or _SCALE.search(table.unit_line)
    return _SCALES[found[1].casefold()] if found else Decimal(1)


def _prices(table: _Table, block: Block, heading: str) -> str:
    """The price basis that the block's heading tells, or the line with the unit."""
    told = _PRICES.search(heading) or _PRICES.search(table.unit_line)
    if not told or not block.has_prices:
        return ""
    return f"constant:{told[1]}" if told[1] else "current"
