"""Small workbooks laid out as publishers do, so that no publisher's file has to lie in the repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.styles import Color, Font


class Cell(NamedTuple):
    """A cell with its number format and the colour of its print."""

    value: object
    shown_as: str = "General"
    colour: Color | str | None = None


Rows = Sequence[Sequence[object]]
LEGEND = "Figures in blue are SIPRI estimates. Figures in red indicate highly uncertain data."
BLUE, RED = Color(indexed=12), Color(indexed=10)


def write_book(path: Path, sheets: Mapping[str, Rows], created: datetime = datetime(2026, 4, 17)) -> Path:
    """A workbook of these sheets, begun on that day."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row, cells in enumerate(rows, 1):
            for column, given in enumerate(cells, 1):
                if given is None:
                    continue
                made = given if isinstance(given, Cell) else Cell(given)
                cell = sheet.cell(row, column, made.value)
                cell.number_format = made.shown_as
                if made.colour is not None:
                    cell.font = Font(color=made.colour)
    book.properties.created = created
    book.save(path)
    return path


def sipri_sheets(**changes: Rows | None) -> dict[str, Rows]:
    """A workbook as SIPRI's, for 2024 and 2025: Korea in won, Germany and Croatia in euros.

    `changes` replace a sheet by the first letters of its name: fiscal, calendar, constant, current, share,
    head, government, notes; None takes it out.
    """
    sheets: dict[str, tuple[str, Rows]] = {
        "fiscal": (
            "Local currency financial years",
            [
                ["Military expenditure by country, in local currency"],
                [LEGEND],
                ["Country", "Currency", "Fiscal Year (Jan.–Dec. if not stated)", "Notes", 2024, 2025],
                ["Asia"],
                [
                    "Korea, South",
                    "Won       ",
                    "",
                    "§1",
                    Cell(64902900000000, "0"),
                    Cell(67924500000000, "0"),
                ],
                ["Japan", "Yen", "Apr.–Mar.", None, Cell(8000, "0"), Cell(9000, "0")],
            ],
        ),
        "calendar": (
            "Local currency calendar years",
            [
                ["Military expenditure by country, in local currency"],
                [LEGEND],
                ["Country", "Currency", "Notes", 2024, 2025],
                ["Asia"],
                ["Korea, South", "Won", "§1", Cell(64902900000000, "0"), Cell(67924500000000, "0", BLUE)],
                ["Japan", "Yen", None, Cell(7800, "0"), Cell(8750, "0")],
            ],
        ),
        "constant": ("Constant (2024) US$", dollars("at constant (2024) US$ m.", [46000.04, 47001])),
        "current": ("Current US$", dollars("in millions of US$ at current prices", [46000.04, 48000])),
        "share": ("Share of GDP", table("percentage of GDP", [0.0260131, 0.027], "0.00%")),
        "head": ("Per capita", table("Figures are in current US$.", [900.04, 930.06], "0.0")),
        "government": ("Share of Govt. spending", table("percentage", [0.101, 0.11], "0.00%")),
        "notes": ("Footnotes", [["Footnotes"], ["§", "Adopted budget."], [1, None, "South Korea: a note."]]),
    }
    for key, rows in changes.items():
        sheets[key] = (sheets[key][0], rows if rows is not None else [])
    return {name: rows for key, (name, rows) in sheets.items() if changes.get(key, ()) is not None}


def table(title: str, values: Sequence[object], shown_as: str) -> Rows:
    """A sheet with one figure for Korea in 2024 and one in 2025, and none for Japan."""
    return [
        [title],
        [LEGEND],
        ["Country", "Notes", 2024, 2025],
        ["Asia"],
        ["Korea, South", "§1", *(Cell(value, shown_as) for value in values)],
        ["Japan", None, "...", "xxx"],
        ["Narnia", None, Cell(values[0], shown_as), ". ."],
    ]


def dollars(title: str, values: Sequence[object]) -> Rows:
    """A sheet in dollars, one decimal shown."""
    return table(title, values, "0.0")


def nato_sheet(number: str, title: str, unit: str, blocks: Mapping[str, Rows], shown_as: str) -> Rows:
    """A table as NATO's: years 2023 and 2024e from the third column on, blocks with their countries."""
    rows: list[Sequence[object]] = [
        [None, f"Table {number} : {title}"],
        [None, unit],
        [],
        [None, None, None, 2023, "2024e"],
    ]
    for heading, countries in blocks.items():
        rows += [[None, heading]] if heading else []
        for name, *values in countries:
            rows.append([None, None, name, *(Cell(value, shown_as) for value in values)])
    rows += [[], [None, None, "Notes: Figures for 2024 are estimates. Members change."]]
    rows += [[None, None, "* These Allies have laws."], [None, None, "(a) With R&D."], [None, "-7-"]]
    return rows


def nato_sheets(**changes: Rows | None) -> dict[str, Rows]:
    """A workbook as NATO's with Germany, Poland and the total; `changes` replace a table: t1, t2 ... t8b."""
    two = "2015 prices and exchange rates"
    both = {"Current prices and exchange rates": DOLLARS, f"Constant {two}": DOLLARS}
    categories = "Distribution of defence expenditure by main category"
    of_total = "Percentage of total defence expenditure"
    plan: dict[str, tuple[str, str, dict[str, Rows], str]] = {
        "1": ("Defence expenditure", "Million national currency units", OWN, "#,##0"),
        "2": ("Defence expenditure", "Million US dollars", both, "#,##0"),
        "3": (
            "Defence expenditure as a share of GDP and annual real change",
            "Based on 2015 prices",
            {
                "Share of real GDP (%)": [["Poland*", 3.264, 4.12]],
                "Annual real change (%)": [["Poland*", -1, 30]],
            },
            "#,##0.00",
        ),
        "5": ("GDP", "Million US dollars", both, "#,##0"),
        "6": (
            "GDP per capita and defence expenditure per capita",
            two,
            {
                "GDP per capita (thousand US dollars)": [["Poland", 15.04, 16]],
                "Defence expenditure per capita (US dollars)": [["Poland", 544, 700]],
            },
            "#,##0.0",
        ),
        "7": ("Military personnel", "Thousands", {"": [["Poland", 206.504, 216.081]]}, "#,##0.0"),
        "8a": (categories, of_total, {"Equipment (a)": SHARES, "Personnel (b)": SHARES}, "#,##0.00"),
        "8b": (categories, of_total, {"Infrastructure (c)": SHARES, "Other (d)": SHARES}, "#,##0.00"),
    }
    sheets = {f"TABLE{number}": nato_sheet(number, *rest) for number, rest in plan.items()}
    for key, rows in changes.items():
        name = f"TABLE{key.removeprefix('t')}"
        if rows is None:
            del sheets[name]
        else:
            sheets[name] = rows
    return sheets


DOLLARS: Rows = [["Germany", 60000.4, 70000], ["Poland*", 26000, 35000], ["NATO Total", 86000.4, 105000]]
OWN_ROWS: Rows = [["Germany   (Euros)", 55000.4, 65000], ["Poland*   (Zlotys)", 111226.101, 151240.714]]
OWN: dict[str, Rows] = {"Current prices": OWN_ROWS, "Constant 2015 prices ": OWN_ROWS}
SHARES: Rows = [["Poland", 25.004, 30]]
