"""Tables as CSV: every row with its origin, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest

from steelyard.report.tables import Cell, Group, Row, Table, one_group


def read(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.to_csv())))


def test_each_row_ends_with_where_it_comes_from():
    row = Row((Cell("2026", "a.txt:1-5"), Cell("46.1", "a.txt:1-5"), Cell("8.2", "b.txt:7-9")))

    rows = read(Table("t", "Spending", ("Year", "Amount", "Growth"), one_group([row])))

    assert rows == [
        ["Year", "Amount", "Growth", "origin"],
        ["2026", "46.1", "8.2", "a.txt:1-5; b.txt:7-9"],
    ]


def test_the_heading_of_a_group_becomes_a_column():
    table = Table("t", "", ("Year",), (Group("South Korea", (Row((Cell("2026"),)),)),), key="actor")

    assert read(table) == [["actor", "Year", "origin"], ["South Korea", "2026", ""]]


def test_numbers_keep_their_digits_in_csv():
    """The page rounds for the eye; the file is for computing."""
    cell = Cell("128.4", plain="128412345678000.0", number=True)

    assert read(Table("t", "", ("won",), one_group([Row((cell,))])))[1][0] == "128412345678000.0"


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "\t=1"])
def test_a_quotation_never_becomes_a_formula(text):
    assert Cell(text).value == f"'{text}"


@pytest.mark.parametrize("text", ['say "46.1, or so"', "two\nlines", "46,1"])
def test_any_text_survives_csv(text):
    assert read(Table("t", "", ("quote",), one_group([Row((Cell(text),))])))[1][0] == text


def test_cells_that_share_an_origin_share_it_by_their_row():
    assert Row((Cell("a", "x"), Cell("b", "x"))).origin == "x"
    assert Row((Cell("a", "x"), Cell("b", "y"))).origin == ""
    assert Row(()).origin == ""


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (Cell("46.1", number=True), "number"),
        (Cell("–"), "none"),
        (Cell("level"), ""),
        (Cell("growth of defence spending on the year before"), "long"),
        (Cell("word " * 20), "longer"),
    ],
)
def test_a_cell_gets_the_room_that_it_needs(cell, kind):
    assert cell.kind == kind


def test_no_rows_are_no_group():
    table = Table("t", "", ("Year",), one_group([]))

    assert list(table.rows) == []
    assert read(table) == [["Year", "origin"]]
