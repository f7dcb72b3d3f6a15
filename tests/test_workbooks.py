"""Series in workbooks: what is read from which cell, and what is said where a sheet is another than said."""

from __future__ import annotations

import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from steelyard.build import step_key
from steelyard.case import load_case
from steelyard.cli import run
from steelyard.run import Run

KOREA = Path(__file__).resolve().parents[1] / "cases" / "korea-2026"
LONG = [
    ["World Economic Outlook", None, None],
    ["Country", "Year", "GDP, billions"],
    ["Poland", 2024, 3640.5],
    ["Poland", 2025, 3917.7],
    ["Korea", 2025, 2611034.1],
    [None, None, None],
    ["Source: a publisher", None, None],
]
WIDE = [
    ["ISO", "Subject", "Unit", 2024, 2025, "Notes"],
    ["POL", "NGDP", "PLN", 3640.5, 3917.7, "estimate"],
    ["KOR", "NGDP", "KRW", None, 2611034.1, None],
]
DOWN = """
[[series]]
file = "weo.xlsx"
sheet = "GDP"
header = 2
where = { Country = "Poland" }
columns = { period = "Year", value = "GDP, billions" }
scale = "1e9"
actor = "POL"
measure = "gdp"
unit = "PLN"
prices = "current"
edition = "WEO 2025-10"
source = "IMF"
"""
ACROSS = """
[[series]]
file = "weo.xlsx"
sheet = "GDP"
across = true
where = { Subject = "NGDP" }
columns = { actor = "ISO", unit = "Unit" }
scale = "1e9"
measure = "gdp"
edition = "WEO 2025-10"
source = "IMF"
locator = "NGDP"
"""


def case_with(tmp_path, entry, sheets, name="weo.xlsx"):
    """A case with a workbook among its series, and what case.toml says of it."""
    folder = tmp_path / "case"
    (folder / "series").mkdir(parents=True)
    (folder / "case.toml").write_text('title = "Poland"\n' + entry, encoding="utf-8")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(folder / "series" / name)
    return folder


def problem_of(tmp_path, entry, sheets):
    """The one problem of a case whose workbook cannot be used."""
    case, (problem,) = load_case(case_with(tmp_path, entry, sheets))
    assert case.series == ()
    assert problem.severity == "error"
    return problem


# What is read


def test_a_sheet_with_a_row_for_each_year_is_read_with_its_cells(tmp_path):
    case, problems = load_case(case_with(tmp_path, DOWN, {"Notes": [["x"]], "GDP": LONG}))

    (poland,) = case.series
    assert problems == []
    assert (poland.id, poland.unit) == ("POL/gdp/current/WEO 2025-10", "PLN")
    assert [(one.year, one.value, one.cell) for one in poland.points] == [
        (2024, Decimal("3640.5e9"), "GDP!C3"),
        (2025, Decimal("3917.7e9"), "GDP!C4"),
    ]
    assert {(one.source, one.locator) for one in poland.points} == {("IMF", "weo.xlsx")}
    assert str(poland.points[0].place).endswith("weo.xlsx [GDP!C3]")


def test_a_sheet_with_a_column_for_each_year_is_read_with_its_cells(tmp_path):
    """An empty cell gives no value; 2024 is no year of the Korean series."""
    case, problems = load_case(case_with(tmp_path, ACROSS, {"GDP": WIDE}))

    poland, korea = case.series
    assert problems == []
    assert [(one.year, one.value, one.cell) for one in poland.points] == [
        (2024, Decimal("3640.5e9"), "GDP!D2"),
        (2025, Decimal("3917.7e9"), "GDP!E2"),
    ]
    assert [(one.year, one.value, one.cell) for one in korea.points] == [
        (2025, Decimal("2611034.1e9"), "GDP!E3")
    ]
    assert (korea.actor, korea.unit, korea.points[0].locator) == ("KOR", "KRW", "NGDP")


def test_a_sheet_with_the_columns_of_a_csv_file_needs_no_more_than_its_name(tmp_path):
    heading = ["actor", "measure", "period", "value", "unit", "edition", "source", "status"]
    row = ["POL", "gdp", "FY2025", "3917.7e9", "PLN", "WEO 2025-10", "IMF", "projection"]
    entry = '\n[[series]]\nfile = "weo.xlsx"\nsheet = "GDP"\n'

    case, problems = load_case(case_with(tmp_path, entry, {"GDP": [heading, row]}))

    (poland,) = case.series
    assert problems == []
    assert (poland.at(2025).value, poland.at(2025).cell) == (Decimal("3917.7e9"), "GDP!D2")


def test_a_year_in_the_workbook_and_in_a_csv_file_is_there_twice(tmp_path):
    folder = case_with(tmp_path, DOWN, {"GDP": LONG})
    (folder / "series" / "gdp.csv").write_text(
        "actor,measure,prices,period,value,unit,edition,source\n"
        "POL,gdp,current,2025,3917.7e9,PLN,WEO 2025-10,IMF\n",
        encoding="utf-8",
    )

    _, (problem,) = load_case(folder)

    assert (problem.code, problem.origin.key) == ("duplicate-row", "GDP!C4")
    assert "gdp.csv:2" in problem.hint


# What is not as the case says


@pytest.mark.parametrize(
    ("entry", "rows", "says"),
    [
        pytest.param(
            DOWN,
            [LONG[0], ["Country", "Period", "GDP, billions"], *LONG[2:]],
            [
                "Expected the columns 'Year', 'GDP, billions', 'Country' in row 2",
                "found 'Country', 'Period', 'GDP, billions'",
                "Missing: 'Year'",
            ],
            id="a column renamed",
        ),
        pytest.param(
            DOWN,
            [["A new line"], *LONG],
            ["found 'World Economic Outlook'", "All of them stand in row 3", "header = 3"],
            id="the heading a row lower",
        ),
        pytest.param(
            DOWN,
            [LONG[0], ["Country", "Year", "GDP, billions", "Year"], *LONG[2:]],
            ["The column 'Year' stands 2 times in row 2"],
            id="a column twice",
        ),
        pytest.param(
            DOWN,
            [LONG[0], LONG[1], ["POL", 2025, 3917.7]],
            ["no row with Country = 'Poland'", "Country: 'POL'"],
            id="the country by another name",
        ),
        pytest.param(DOWN, [LONG[0]], ["found nothing"], id="a sheet that ends before its heading"),
        pytest.param(
            ACROSS,
            [["ISO", "Subject", "Unit", "y2024"], ["POL", "NGDP", "PLN", 3640.5]],
            ["Expected years in row 1", "found 'y2024'"],
            id="years written otherwise",
        ),
    ],
)
def test_a_layout_that_changed_is_told_with_what_was_expected_and_found(tmp_path, entry, rows, says):
    problem = problem_of(tmp_path, entry, {"GDP": rows})

    assert problem.code == "workbook-layout"
    assert "GDP!" in problem.origin.key
    assert [word for word in says if word not in f"{problem.message} {problem.hint}"] == []


def test_a_sheet_that_is_gone_is_told_with_those_that_are_there(tmp_path):
    problem = problem_of(tmp_path, DOWN, {"Read me": [["x"]], "GDP (2)": LONG})

    assert problem.code == "workbook-layout"
    assert problem.message == "The workbook has no sheet 'GDP'; it has 'Read me', 'GDP (2)'."
    assert problem.origin.file.endswith("weo.xlsx")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        pytest.param("n/a", "not-a-number", id="a marker for no data"),
        pytest.param("3,917.7", "not-a-number", id="text with a comma"),
        pytest.param("#REF!", "not-a-number", id="an error of the sheet"),
        pytest.param(None, "missing-cell", id="nothing"),
        pytest.param(True, "not-a-number", id="a truth value"),
    ],
)
def test_a_bad_cell_is_named_and_the_rest_is_kept(tmp_path, cell, code):
    rows = [*LONG[:3], ["Poland", 2025, cell]]

    case, (problem,) = load_case(case_with(tmp_path, DOWN, {"GDP": rows}))

    assert case.series[0].years == (2024,)
    assert (problem.code, problem.origin.key) == (code, "GDP!C4")


def test_a_formula_without_a_result_is_told(tmp_path):
    """The library that writes the workbook computes nothing."""
    rows = [*LONG[:3], ["Poland", 2025, "=C3*2"]]

    _, problems = load_case(case_with(tmp_path, DOWN, {"GDP": rows}))

    assert {(one.code, one.origin.key) for one in problems} == {
        ("formula-without-result", "C4"),
        ("missing-cell", "GDP!C4"),
    }


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        pytest.param('file = "weo.xlsx"', 'file = "woe.xlsx"', "missing-workbook", "file", id="no such file"),
        pytest.param('file = "weo.xlsx"', 'file = "../weo.xlsx"', "missing-workbook", "file", id="outside"),
        pytest.param('file = "weo.xlsx"', 'file = "gdp.csv"', "missing-workbook", "file", id="no workbook"),
        pytest.param("header = 2", "header = 0", "count-range", "header", id="no row"),
        pytest.param("header = 2", "header = 1.5", "count-range", "header", id="half a row"),
        pytest.param("header = 2", 'header = "2"', "wrong-type", "header", id="a row in words"),
        pytest.param('scale = "1e9"', 'scale = "billion"', "not-a-number", "scale", id="a scale in words"),
        pytest.param('scale = "1e9"', 'scale = "0"', "not-a-number", "scale", id="nothing"),
        pytest.param('period = "Year"', 'perod = "Year"', "unknown-key", "columns.perod", id="a slip"),
        pytest.param('period = "Year"', "period = []", "wrong-type", "columns.period", id="no name"),
        pytest.param('actor = "POL"\n', 'aktor = "POL"\n', "unknown-key", "aktor", id="a slip in a key"),
        pytest.param(
            'period = "Year"', 'period = "Year", unit = "X"', "wrong-type", "columns.unit", id="said twice"
        ),
    ],
)
def test_a_wrong_entry_is_told_at_its_key_in_the_case(tmp_path, old, new, code, key):
    assert old in DOWN

    case, problems = load_case(case_with(tmp_path, DOWN.replace(old, new, 1), {"GDP": LONG}))

    found = [(one.code, one.origin.key, Path(one.origin.file).name) for one in problems]
    assert (code, f"series.{key}", "case.toml") in found
    assert case.series == ()


def test_what_is_said_nowhere_is_asked_of_the_sheet(tmp_path):
    """Without a unit for all rows there has to be a column of that name."""
    problem = problem_of(tmp_path, DOWN.replace('unit = "PLN"\n', ""), {"GDP": LONG})

    assert problem.code == "workbook-layout"
    assert "Missing: 'unit'" in problem.message


def test_a_workbook_that_the_case_does_not_name_is_told(tmp_path):
    problem = problem_of(tmp_path, "", {"GDP": LONG})

    assert problem.code == "not-a-series"
    assert '[[series]] with file = "weo.xlsx"' in problem.hint


# Broken workbooks


def truncated(path):
    path.write_bytes(path.read_bytes()[:-200])


def without_sheets(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "no workbook")


def with_a_broken_sheet(path):
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data[: len(data) // 2] if "worksheets/sheet" in name else data)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(truncated, id="cut short"),
        pytest.param(without_sheets, id="another zip file"),
        pytest.param(with_a_broken_sheet, id="a sheet that breaks off"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_text("Country,Year\n", encoding="utf-8"), id="text"),
    ],
)
def test_a_broken_workbook_is_a_problem_and_no_traceback(tmp_path, spoil):
    folder = case_with(tmp_path, DOWN, {"GDP": LONG})
    spoil(folder / "series" / "weo.xlsx")

    case, (problem,) = load_case(folder)

    assert case.series == ()
    assert (problem.code, problem.severity) == ("broken-workbook", "error")
    assert problem.origin.file.endswith("weo.xlsx")
    assert problem.hint


# From the workbook to the projection


def test_a_projection_from_a_workbook_is_that_from_the_same_numbers_in_csv(tmp_path, capsys):
    """The exchange rate of the case, moved to a workbook; its chain names sheet and cells."""
    folder = Path(shutil.copytree(KOREA, tmp_path / "korea", ignore=shutil.ignore_patterns("out")))
    asked = ["--scenario", "constant-share", "--draws", "100", "--format", "csv"]
    run(["project", str(folder), *asked])
    before = capsys.readouterr().out
    path = folder / "series" / "exchange-rate.csv"
    rates = [line.split(",")[3:5] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    path.unlink()
    book = openpyxl.Workbook()
    book.active.title = "Annual"
    for row in [["Year", "Rate"], *([int(year), float(rate)] for year, rate in rates)]:
        book.active.append(row)
    book.save(folder / "series" / "h10.xlsx")
    case = folder / "case.toml"
    case.write_text(
        case.read_text(encoding="utf-8")
        + '\n[[series]]\nfile = "h10.xlsx"\nsheet = "Annual"\n'
        + 'columns = { period = "Year", value = "Rate" }\nactor = "KOR"\nmeasure = "exchange_rate"\n'
        + 'unit = "KRW per USD"\nedition = "H.10 2026-01"\nsource = "Federal Reserve, H.10"\n',
        encoding="utf-8",
    )

    assert run(["project", str(folder), *asked]) == 0
    assert capsys.readouterr().out == before

    run(
        [
            "project",
            str(folder),
            "--scenario",
            "constant-share",
            "--draws",
            "100",
            "--why",
            "dollars 2035 p50",
        ]
    )
    # The window of shocks begins in 2001, the second year of the sheet; 2025 is its last.
    assert (rates[1][0], rates[-1][0]) == ("2001", "2025")
    assert "h10.xlsx, Annual!B3 to Annual!B27" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("series", "anew"),
    [
        pytest.param("series/weo.xlsx", True, id="a workbook"),
        pytest.param("series/gdp.csv", False, id="a table that says itself what it holds"),
    ],
)
def test_a_changed_case_is_projected_anew_where_it_says_what_a_workbook_holds(series, anew):
    keys = {
        step_key("project", Run(Path("case"), inputs={"case.toml": digest, series: "1"}), "package", {})
        for digest in ("before", "after")
    }

    assert (len(keys) == 2) == anew
