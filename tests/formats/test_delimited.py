"""Values between commas and other marks: cells at their place in the file, whatever the file does wrong."""

from __future__ import annotations

import pytest

from steelyard.core.problems import FormatError
from steelyard.read.documents.extracted import Extracted
from steelyard.read.formats.delimited import MOST_CELLS, extract
from tests.patience import soon


def cells(extracted: Extracted) -> list[list[str | None]]:
    """The text of each cell as it stands in the file."""
    (table,) = extracted.tables
    return [[extracted.text[c.start : c.end] if c else None for c in row] for row in table.rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a,b\n1,2\n", [["a", "b"], ["1", "2"]], id="commas"),
        pytest.param("a;b\n1,5;2,5\n", [["a", "b"], ["1,5", "2,5"]], id="semicolons, decimal commas"),
        pytest.param("a\tb\r\n1\t2", [["a", "b"], ["1", "2"]], id="tabs, Windows line ends"),
        pytest.param("a|b\n1|2\n", [["a", "b"], ["1", "2"]], id="bars"),
        pytest.param('"x, y","1,234"\n', [["x, y", "1,234"]], id="marks within quotations"),
        pytest.param(
            '"two\nlines",3\nz,4\n', [["two\nlines", "3"], ["z", "4"]], id="a line break within one"
        ),
        pytest.param('"say ""so""",5\n', [['say ""so""', "5"]], id="doubled quotation marks stay as written"),
        pytest.param("a,b\n1\n1,2,3\n", [["a", "b"], ["1"], ["1", "2", "3"]], id="ragged rows"),
        pytest.param("a,,c\n", [["a", None, "c"]], id="an empty cell"),
        pytest.param('"never closed,1\n2,3\n', [['"never closed', "1"], ["2", "3"]], id="an open quotation"),
        pytest.param("a,b\n\nc,d\n", [["a", "b"], [], ["c", "d"]], id="a blank line is a row without cells"),
    ],
)
def test_cells_stand_where_the_file_has_them(text, expected):
    assert cells(extract(text.encode())) == expected


def test_a_cell_is_named_by_row_and_column():
    (table,) = extract(b"Item,2025\nPay,12.5\n").tables

    assert table.rows[1][1] is not None
    assert table.rows[1][1].name == "row 2, column 2"


def test_the_whole_file_is_the_table_so_that_none_of_it_is_read_as_prose():
    extracted = extract(b"Item,2025\nPay,12.5\n")

    assert (extracted.tables[0].start, extracted.tables[0].end) == (0, len(extracted.text))


def test_a_file_in_utf_16_is_read_as_spreadsheet_programs_save_it():
    assert cells(extract("항목\t2026\n합계\t65".encode("utf-16")))[1] == ["합계", "65"]


def test_an_empty_file_has_no_table():
    assert extract(b"").tables == ()


def test_a_picture_that_is_called_a_table_is_refused():
    with pytest.raises(FormatError, match="picture"):
        extract(b"\x89PNG\r\n\x1a\n" + bytes(200))


def test_cells_beyond_what_is_taken_in_are_told():
    rows = MOST_CELLS // 4 + 10

    extracted = extract(b"1,2,3,4\n" * rows)

    assert len(extracted.tables[0].rows) < rows
    assert "cells" in extracted.cut[0]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'"' * 300_000, id="quotation marks alone"),
        pytest.param(b'"a,' * 100_000, id="quotations that never close"),
        pytest.param(b'"a"x,' * 60_000, id="words right after quotations"),
        pytest.param(b"," * 300_000, id="empty cells alone"),
        pytest.param(b"x" * 2_000_000, id="one huge cell"),
    ],
)
def test_hostile_files_take_bounded_time(data):
    with soon():
        extract(data)
