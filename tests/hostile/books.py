"""Bad workbooks in the place of a case's series, each with the code of the problem that it gives."""

from __future__ import annotations

import io

import openpyxl

from tests.hostile.corpus import office_files, packed, unpacked, workbook

NAME = "series/a.xlsx"
BOOK_CASE = """\
title = "x"
[[series]]
file = "a.xlsx"
sheet = "Sheet"
columns = { period = "Year", value = "GDP" }
actor = "KOR"
measure = "gdp"
unit = "KRW"
edition = "a"
source = "b"
"""
_NAMES = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_SHEET = "xl/worksheets/sheet1.xml"
_HEAD = b'<row r="1"><c r="A1" t="str"><v>Year</v></c><c r="B1" t="str"><v>GDP</v></c></row>'


def book(*rows: tuple[object, object], title: str = "Sheet") -> bytes:
    """A workbook of years and what stands beside them."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = title
    for row in (("Year", "GDP"), *rows):
        sheet.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def cells(xml: bytes) -> bytes:
    """A workbook with these rows below its heading, as they stand in its file."""
    rows = b"<worksheet " + _NAMES + b"><sheetData>" + _HEAD + xml + b"</sheetData></worksheet>"
    return packed({**unpacked(workbook()), _SHEET: rows})


def cell(value: bytes) -> bytes:
    return cells(b'<row r="2"><c r="A2"><v>2026</v></c><c r="B2"><v>%s</v></c></row>' % value)


def bad_books() -> dict[str, tuple[bytes, str]]:
    """Workbooks by name; those of the corpus of office files are among them."""
    odd = {
        "endless": (cell(b"1e400"), "not-a-number"),
        "nothing": (cell(b"NaN"), "broken-workbook"),
        "digits": (cell(b"9" * 5000), "broken-workbook"),
        "words": (book((2026, "x" * 30_000)), "not-a-number"),
        "formula": (book((2026, "=1+1")), "missing-cell"),
        "year": (book((10**12, 1)), "not-a-year"),
        "year-twice": (book((2026, 1), (2026, 2)), "duplicate-row"),
        "other": (book((2026, 1), title="=cmd()"), "workbook-layout"),
        "cut": (book((2026, 1))[:-100], "broken-workbook"),
        "empty": (b"", "broken-workbook"),
    }
    files = {name: data for name, data in office_files().items() if name.endswith(".xlsx")}
    return {**odd, **{name: (data, "broken-workbook") for name, data in files.items()}}
