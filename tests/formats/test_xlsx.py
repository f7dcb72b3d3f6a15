"""Workbooks: cells as the sheet shows them, with their names; broken and hostile files refused in words."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.styles import Alignment

from steelyard.core.problems import FormatError
from steelyard.read.documents.extracted import Extracted
from steelyard.read.documents.opening import documents_in
from steelyard.read.formats.shown import shown_number
from steelyard.read.formats.xlsx import extract
from tests.patience import soon


def workbook(*rows: list[object], formats: dict[str, str] | None = None, sheet: str = "Budget") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for name, number_format in (formats or {}).items():
        page[name].number_format = number_format
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(data: bytes, change: dict[str, bytes]) -> bytes:
    """The zip file with some of its parts replaced."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change.get(part, old.read(part)))
    return file.getvalue()


def shown(extracted: Extracted) -> dict[str, str]:
    """The text of each cell by its name."""
    cells = [cell for table in extracted.tables for row in table.rows for cell in row if cell]
    return {cell.name: extracted.text[cell.start : cell.end] for cell in cells}


def test_the_text_is_the_name_of_the_sheet_and_rows_between_tabs():
    extracted = extract(workbook(["Item", 2025], ["Pay", 12.5]))

    assert extracted.text == "Budget\nItem\t2025\nPay\t12.5\n\n"
    assert extracted.tables[0].sheet == "Budget"


def test_cells_have_the_names_that_the_sheet_gives_them():
    assert shown(extract(workbook(["Item", 2025], [None, None, 7]))) == {
        "A1": "Item",
        "B1": "2025",
        "C2": "7",
    }


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        pytest.param(47604.58371, "#,##0.0", "47,604.6", id="thousands and one decimal"),
        pytest.param(0.026049, "0.0%", "2.6%", id="a fraction shown in percent"),
        pytest.param(2.5, "0.00", "2.50", id="a zero that is shown counts"),
        pytest.param(0.1 + 0.2, "General", "0.3", id="the noise of the machine is not shown"),
        pytest.param(65900000000, "#,##0,,", "65,900", id="shown in millions"),
        pytest.param(2024, '0"e"', "2024e", id="words of the format"),
        pytest.param(-12.25, "#,##0.0_);(#,##0.0)", "-12.3", id="negative in brackets is negative"),
        pytest.param(61.2, "[$₩-412]#,##0.00", "₩61.20", id="a sign of money"),
        pytest.param(3.10, "0.##", "3.1", id="decimals that are shown where there are any"),
        pytest.param(7, "0", "7", id="a whole number"),
        pytest.param(1e15, "General", "1000000000000000", id="large without powers"),
        pytest.param(0.5, "# ?/?", "0.5", id="fractions are left as decimals"),
        pytest.param(0.1250, "0.00E+00", "0.125", id="powers are left as decimals"),
    ],
)
def test_a_number_has_the_digits_that_its_sheet_shows(value, number_format, expected):
    assert shown_number(value, number_format) == expected


def test_number_formats_reach_the_text():
    data = workbook(["Share", 0.02417], formats={"B1": "0.00%"})

    assert shown(extract(data))["B1"] == "2.42%"


def test_a_day_is_written_as_such_and_a_year_alone_where_no_more_is_shown():
    data = workbook([date(2026, 1, 24), date(2025, 1, 1)], formats={"B1": "yyyy"})

    assert shown(extract(data)) == {"A1": "2026-01-24", "B1": "2025"}


def test_line_breaks_and_tabs_within_a_cell_become_blanks():
    assert shown(extract(workbook(["Force\nimprovement\tprogramme"])))["A1"] == "Force improvement programme"


def test_indented_names_keep_their_indent_as_blanks():
    book = openpyxl.Workbook()
    book.active.append(["Total", 10])
    book.active.append(["Pay", 4])
    book.active["A2"].alignment = Alignment(indent=1)

    assert shown(extract(saved(book)))["A2"] == "  Pay"


def test_a_merged_heading_stands_in_its_first_cell():
    book = openpyxl.Workbook()
    book.active.append(["Item", "Budget", None])
    book.active.append([None, 2025, 2026])
    book.active.merge_cells("B1:C1")

    assert shown(extract(saved(book))) == {"A1": "Item", "B1": "Budget", "B2": "2025", "C2": "2026"}


def test_each_sheet_is_a_table_and_empty_ones_are_none():
    book = openpyxl.Workbook()
    book.create_sheet("Empty")
    book.create_sheet("Notes").append(["Source"])
    book.active.append([1])

    assert [table.sheet for table in extract(saved(book)).tables] == ["Sheet", "Notes"]


def test_formulas_that_nobody_has_computed_are_told():
    """With the sheet, the first such cell and what stores the results; nothing has been cut off."""
    book = openpyxl.Workbook()
    book.active.append(["Total", 5])
    book.create_sheet("Plan").append(["Total", 5, "=1+1"])
    book["Plan"].append(["Pay", "=B1+1", "=B1+2"])

    extracted = extract(saved(book))

    (problem,) = extracted.problems
    assert "C1" not in shown(extracted)
    assert (problem.code, problem.origin.key, extracted.cut) == ("formula-without-result", "C1", ())
    assert problem.message.startswith("3 cells of the sheet 'Plan' hold formulas without results")
    assert "save it" in problem.hint


def test_a_formula_with_its_result_is_read_and_nothing_told():
    data = workbook(["Total", "=1+1"])
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheet = re.sub(rb"<v ?/>|<v></v>", b"<v>2</v>", archive.read("xl/worksheets/sheet1.xml"))

    extracted = extract(repacked(data, {"xl/worksheets/sheet1.xml": sheet}))

    assert (shown(extracted)["B1"], extracted.problems) == ("2", ())


def test_a_workbook_without_a_cell_is_an_empty_document():
    (document,), (problem,) = documents_in(workbook(), "empty.xlsx")

    assert (document.text, problem.code) == ("", "empty-document")


def test_a_formula_is_never_run_and_a_text_that_looks_like_one_stays_text():
    book = openpyxl.Workbook()
    book.active["A1"] = "cmd|' /C calc'!A0"
    book.active["A2"] = "@SUM(1)"

    assert shown(extract(saved(book))) == {"A1": "cmd|' /C calc'!A0", "A2": "@SUM(1)"}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04 and then nothing", id="a zip file cut short"),
        pytest.param(b"no zip at all", id="text"),
        pytest.param(repacked(workbook([1]), {"xl/workbook.xml": b"<broken"}), id="broken markup"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(data):
    with pytest.raises(FormatError, match="no workbook"):
        extract(data)


def test_a_sheet_that_breaks_off_is_read_in_part():
    data = workbook(["Pay", 4])
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")

    extracted = extract(repacked(data, {"xl/worksheets/sheet1.xml": sheet[:-30]}))

    assert "broken" in " ".join(extracted.cut)


def test_entities_that_could_unfold_without_end_are_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'

    with pytest.raises(FormatError, match="entities"):
        extract(repacked(workbook([1]), {"xl/worksheets/sheet1.xml": bomb}))


def test_a_small_file_that_unfolds_to_a_huge_one_is_refused_before_it_is_opened():
    with soon(), pytest.raises(FormatError, match="unfolds"):
        extract(repacked(workbook([1]), {"xl/worksheets/sheet1.xml": b" " * 130_000_000}))


def test_a_million_empty_cells_take_bounded_time():
    row = '<row r="{}"><c r="A{}" t="n"><v>1</v></c><c r="XFD{}" s="0"/></row>'
    rows = "".join(row.format(n, n, n) for n in range(1, 2001))
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    with soon():
        extracted = extract(repacked(workbook([1]), {"xl/worksheets/sheet1.xml": sheet.encode()}))

    assert "too large" in extracted.cut[0]
