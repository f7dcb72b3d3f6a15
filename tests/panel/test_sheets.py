"""Workbooks of publishers: what a format shows, what a colour is, where a heading stands, what is broken."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal

import pytest
from openpyxl.styles import Color

from steelyard.panel.sheets import (
    decimals_shown,
    heading_row,
    ink_of,
    open_book,
    sheet_names,
    year_columns,
    year_row,
)
from tests.panel.books import Cell, write_book

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize(
    ("value", "shown_as", "decimals"),
    [
        pytest.param("47801.863", "0.0", 1, id="one decimal"),
        pytest.param("47801.863", "#,##0", 0, id="none"),
        pytest.param("0.0260146", "0.00%", 4, id="two decimals of a percentage"),
        pytest.param("0.0260146", "0%", 2, id="a whole percentage"),
        pytest.param("47801.863", "General", 3, id="general shows what is stored"),
        pytest.param("48000", "General", 0, id="a whole number"),
        pytest.param("1E+20", "General", 0, id="a whole number that is stored with an exponent"),
        pytest.param("47801863", "#,##0,", -3, id="in thousands"),
        pytest.param("47801863", '#,##0.0,,"m"', -5, id="in millions with one decimal and a literal"),
        pytest.param("-3.5", '0.0;[Red]-0.000;"none"', 1, id="the first part of several counts"),
        pytest.param("3.5", '_-* #,##0.00_-;-* "-"', 2, id="fillers and blanks show nothing"),
        pytest.param("47801.863", "0.00E+00", -2, id="three digits of a scientific number"),
        pytest.param("47801.863", "@", 3, id="a format for texts"),
    ],
)
def test_a_number_format_tells_how_many_decimals_are_shown(value, shown_as, decimals):
    assert decimals_shown(Decimal(value), shown_as) == decimals


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        ("FF0000FF", "blue"),
        ("FF0070C0", "blue"),
        ("FF4472C4", "blue"),
        ("FFFF0000", "red"),
        ("FFC00000", "red"),
        ("FF000000", "plain"),
        ("FFFFFFFF", "plain"),
        ("FF44546A", "plain"),
        ("FF00B050", "other"),
        ("not a colour", "plain"),
    ],
)
def test_a_colour_is_named_as_a_reader_would(colour, ink):
    assert ink_of(colour) == ink


def test_a_colour_is_found_however_the_cell_stores_it(tmp_path):
    """By its digits, by its number in the palette, or by its number in the theme; openpyxl's theme has
    blue as the fifth colour and a dark text as the second.
    """
    colours = ["FFFF0000", Color(indexed=12), Color(indexed=10), Color(theme=4), Color(theme=1)]
    row = [Cell(1, "0", colour) for colour in [*colours, Color(indexed=64), Color(auto=True), None]]

    book, problems = open_book(write_book(tmp_path / "a.xlsx", {"S": [row]}))

    assert book is not None and not problems
    inks = [book.sheets["S"].ink(0, column) for column in range(8)]
    assert inks == ["red", "blue", "red", "blue", "plain", "plain", "plain", "plain"]


def test_a_book_keeps_names_days_places_and_numbers_as_stored(tmp_path):
    rows = [[], [None, "Country", 2024], [None, "X", Cell(59870499999999.99, "0")], [None, "Y", "n/a"]]
    path = write_book(tmp_path / "a.xlsx", {"A & B": rows, "Empty": []})

    book, _ = open_book(path)

    assert sheet_names(path) == ("A & B", "Empty")
    assert book is not None
    sheet = book.sheets["A & B"]
    assert book.created == date(2026, 4, 17)
    assert (sheet.number(2, 2), sheet.decimals(2, 2, sheet.number(2, 2))) == (Decimal("59870499999999.99"), 0)
    assert sheet.number(3, 2) == "'n/a'"
    assert sheet.place(2, 2).key == "A & B!C3"
    assert str(sheet.place(2, 2)) == f"{path} [A & B!C3]"
    assert sheet.text(99, 99) == ""


@pytest.mark.parametrize("value", [True, "12", float("inf"), 1e30, 1e-20, "#REF!", None])
def test_what_is_no_plain_number_is_told_rather_than_read(tmp_path, value):
    sheet = sheet_of(tmp_path, [[value, 1]])

    assert isinstance(sheet.number(0, 0), str)


def test_a_heading_is_found_by_its_words_wherever_it_stands(tmp_path):
    rows = [["title"], [], [], ["notes"], [None, "COUNTRY", "Notes", 2024], ["Country", "Notes", 2025]]

    sheet = sheet_of(tmp_path, rows)

    assert heading_row(sheet, ["Country", "Notes"]) == 4
    assert heading_row(sheet, ["Country", "Currency"]) is None


def test_years_are_read_from_numbers_and_texts_and_a_gap_is_told(tmp_path):
    sheet = sheet_of(tmp_path, [[2014, "2015", "2017e", "2017 (current prices)", 2017, 17]])

    years, problems = year_columns(sheet, year_row(sheet) or 0)

    assert years == {0: (2014, False), 1: (2015, False), 2: (2017, True)}
    assert [(one.code, one.severity, one.origin.key) for one in problems] == [
        ("workbook-layout", "error", "S!E1"),
        ("workbook-layout", "warning", "S!1"),
    ]
    assert "2016" in problems[1].message and "column C" in problems[0].message


def test_a_file_cut_off_in_the_middle_is_one_problem(tmp_path):
    path = write_book(tmp_path / "a.xlsx", {"S": [[1, 2]]})
    path.write_bytes(path.read_bytes()[:2000])

    book, problems = open_book(path)

    assert book is None
    assert [one.code for one in problems] == ["broken-workbook"]
    assert sheet_names(path) == ()


def test_a_sheet_that_breaks_off_leaves_the_others_whole(tmp_path):
    path = write_book(tmp_path / "a.xlsx", {"Whole": [[1, 2]], "Cut": [["a", 5]] * 50})
    change_part(path, "xl/worksheets/sheet2.xml", lambda content: content[:600])

    book, problems = open_book(path)

    assert book is not None
    assert book.sheets["Whole"].text(0, 1) == "2"
    assert not book.sheets["Cut"].rows
    assert [(one.code, one.origin.key) for one in problems] == [("broken-workbook", "Cut")]


def test_a_cell_in_a_style_that_the_workbook_lacks_breaks_its_sheet_only(tmp_path):
    rows = [[Cell(0.5, "0.00%")]]
    path = write_book(tmp_path / "a.xlsx", {"Whole": rows, "Odd": rows})
    change_part(path, "xl/worksheets/sheet2.xml", lambda content: content.replace(b's="1"', b's="77"'))

    book, problems = open_book(path)

    assert book is not None and book.sheets["Whole"].shown_as(0, 0) == "0.00%"
    assert [(one.code, one.origin.key) for one in problems] == [("broken-workbook", "Odd")]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(None, id="gone"),
        pytest.param(lambda content: b'<styleSheet xmlns="' + MAIN + b'"/>', id="emptied"),
    ],
)
def test_cells_of_a_workbook_that_lost_its_styles_are_not_read(tmp_path, change):
    """Their digits would be those that are stored, and estimates would look observed."""
    path = write_book(tmp_path / "a.xlsx", {"S": [[Cell(0.5, "0.00%")]]})
    change_part(path, "xl/styles.xml", change)

    book, problems = open_book(path)

    assert book is None or not book.sheets["S"].rows
    assert [one.code for one in problems] == ["broken-workbook"]


@pytest.mark.parametrize("content", [b"", b"Country,2024\n", b"PK\x03\x04" + b"\0" * 50])
def test_what_is_no_workbook_is_told(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    book, problems = open_book(path)

    assert (book, [one.code for one in problems]) == (None, ["broken-workbook"])


def test_a_missing_file_is_told(tmp_path):
    book, problems = open_book(tmp_path / "none.xlsx")

    assert (book, [one.code for one in problems]) == (None, ["unreadable"])


def test_a_formula_that_nobody_computed_is_told_with_its_cell(tmp_path):
    path = write_book(tmp_path / "a.xlsx", {"S": [[1, 2], [None, "=A1+B1"]]})

    _, problems = open_book(path)

    assert [(one.code, one.origin.key) for one in problems] == [("formula-without-result", "S!B2")]


def change_part(path, part, change):
    """Rewrites one file of the workbook, or takes it out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts.pop(part)
    if change is not None:
        assert change(content) != content
        parts[part] = change(content)
    with zipfile.ZipFile(path, "w") as archive:
        for name, kept in parts.items():
            archive.writestr(name, kept)


def sheet_of(folder, rows):
    book, _ = open_book(write_book(folder / "a.xlsx", {"S": rows}))
    assert book is not None
    return book.sheets["S"]
