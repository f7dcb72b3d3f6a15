"""Series as people type them: what is kept, what is refused, and where a fault is said to stand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.core.series import load_series

HEADING = "actor,measure,period,value,unit,status,definition,edition,source,locator"
POLAND = "POL,gdp,2025,3917.7e9,PLN,projection,,WEO 2025-10,IMF,POL.NGDP"


def write(folder, *lines, name="gdp.csv"):
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_rows_of_one_measure_become_one_series_in_the_order_of_years(tmp_path):
    path = write(
        tmp_path,
        HEADING,
        "DEU,gdp,2026,4565.27e9,EUR,projection,,WEO 2025-10,IMF,DEU.NGDP",
        "DEU,gdp,2024,4328.97e9,EUR,observed,,WEO 2025-10,IMF,DEU.NGDP",
    )

    (germany,), problems = load_series(path)

    assert problems == []
    assert germany.years == (2024, 2026)
    assert germany.at(2024).value == Decimal("4328970000000")
    assert germany.at(2025) is None
    assert (germany.at(2026).status, germany.at(2026).place.line) == ("projection", 2)
    assert germany.id == "DEU/gdp/WEO 2025-10"


def test_editions_definitions_prices_and_units_are_kept_apart(tmp_path):
    """Poland's share of 2025 is 4.48 % in one edition of NATO's tables and 4.25 % in the next."""
    head = "actor,measure,prices,period,value,unit,definition,edition,source"
    path = write(
        tmp_path,
        head,
        "POL,defence_share_of_gdp,,2025,4.48,% of GDP,nato,2025-08,NATO",
        "POL,defence_share_of_gdp,,2025,4.25,% of GDP,nato,2026-07,NATO",
        "POL,defence_share_of_gdp,,2025,4.50,% of GDP,sipri,2026-04,SIPRI",
        "POL,gdp,current,2025,3917.7e9,PLN,,2025-10,IMF",
        "POL,gdp,constant:2020,2025,2800e9,PLN,,2025-10,IMF",
    )

    series, problems = load_series(path)

    assert problems == []
    assert len(series) == 5
    assert [one.id for one in series if one.fits({"actor": "POL", "edition": "2026-07"})] == [
        "POL/defence_share_of_gdp/nato/2026-07"
    ]


def test_a_part_of_a_measure_is_no_series_of_the_whole(tmp_path):
    """What equipment takes must not be met by a scenario that asks for spending."""
    path = tmp_path / "spending.csv"
    path.write_text(
        "actor,measure,period,value,unit,edition,source,item\n"
        "POL,defence_spending,2024,142.9e9,PLN,NATO 2024-06,NATO,\n"
        "POL,defence_spending,2024,73.0e9,PLN,NATO 2024-06,NATO,equipment\n"
    )

    series, problems = load_series(path)

    assert problems == []
    whole = [one for one in series if one.fits({"actor": "POL", "measure": "defence_spending"})]
    assert [point.value for one in whole for point in one.points] == [Decimal("142.9e9")]
    assert [one.id for one in series if one.fits({"item": "equipment"})] == [
        "POL/defence_spending/equipment/NATO 2024-06"
    ]


def test_a_folder_gives_the_series_of_all_its_tables(tmp_path):
    write(tmp_path, HEADING, POLAND, name="a.csv")
    write(tmp_path, HEADING, POLAND.replace("POL", "JPN"), name="b.csv")

    series, problems = load_series(tmp_path)

    assert problems == []
    assert [one.actor for one in series] == ["POL", "JPN"]


def test_a_folder_that_is_not_there_holds_no_series(tmp_path):
    assert load_series(tmp_path / "series") == ([], [])


def test_a_spreadsheet_with_a_byte_order_mark_and_spaces_is_read(tmp_path):
    path = tmp_path / "gdp.csv"
    path.write_bytes(
        b"\xef\xbb\xbf" + HEADING.encode() + b"\r\n" + POLAND.replace(",", ", ").encode() + b"\r\n"
    )

    (poland,), problems = load_series(path)

    assert problems == []
    assert (poland.unit, poland.at(2025).source) == ("PLN", "IMF")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param(POLAND.replace("3917.7e9", "3,917.7"), "broken-row", id="a comma too many"),
        pytest.param(POLAND.replace("3917.7e9", '"3,917.7"'), "not-a-number", id="thousands commas"),
        pytest.param(POLAND.replace("3917.7e9", "n/a"), "not-a-number", id="a marker for no data"),
        pytest.param(POLAND.replace("3917.7e9", "NaN"), "not-a-number", id="no number by name"),
        pytest.param(POLAND.replace("3917.7e9", "1_000"), "not-a-number", id="a programmer's number"),
        pytest.param(POLAND.replace("3917.7e9", "9e999999999"), "not-a-number", id="beyond any economy"),
        pytest.param(POLAND.replace("3917.7e9", ""), "missing-cell", id="no value"),
        pytest.param(POLAND.replace("WEO 2025-10", ""), "missing-cell", id="no edition"),
        pytest.param(POLAND.replace(",IMF,", ",,"), "missing-cell", id="no source"),
        pytest.param(POLAND.replace("2025,", "2025e,"), "not-a-year", id="an estimate mark in the year"),
        pytest.param(POLAND.replace("2025,", "2025-03,"), "not-a-year", id="a month"),
        pytest.param(POLAND, "duplicate-row", id="the year a second time"),
    ],
)
def test_a_bad_row_is_named_by_line_and_the_rest_is_kept(tmp_path, row, code):
    path = write(tmp_path, HEADING, POLAND, row, POLAND.replace("2025,", "2026,"))

    (poland,), (problem,) = load_series(path)

    assert poland.years == (2025, 2026)
    assert (problem.code, problem.origin.file, problem.origin.line) == (code, str(path), 3)
    assert problem.hint


def test_all_faults_are_told_at_once(tmp_path):
    path = write(tmp_path, HEADING, POLAND.replace("3917.7e9", "x").replace("2025,", "then,"), "POL,gdp")

    series, problems = load_series(path)

    assert series == []
    assert [(problem.code, problem.origin.line) for problem in problems] == [
        ("not-a-number", 2),
        ("not-a-year", 2),
        ("broken-row", 3),
    ]


@pytest.mark.parametrize(
    ("heading", "code", "word"),
    [
        pytest.param(HEADING.replace("unit", "units"), "unknown-column", "unit", id="a slip of the pen"),
        pytest.param(HEADING.replace("edition,", ""), "missing-column", "edition", id="a column left out"),
        pytest.param(HEADING.replace("locator", "unit"), "unknown-column", "twice", id="a column twice"),
    ],
)
def test_a_wrong_heading_is_told_once_and_not_for_each_row(tmp_path, heading, code, word):
    path = write(tmp_path, heading, POLAND, POLAND)

    series, problems = load_series(path)

    assert series == []
    assert code in {problem.code for problem in problems}
    assert all(problem.origin.line == 1 for problem in problems)
    assert any(word in problem.message + problem.hint for problem in problems)


@pytest.mark.parametrize(
    "text", ["", HEADING + "\n", "\n\n"], ids=["nothing", "a heading only", "blank lines"]
)
def test_an_empty_table_is_said_to_be_empty(tmp_path, text):
    path = tmp_path / "gdp.csv"
    path.write_text(text, encoding="utf-8")

    series, (problem,) = load_series(path)

    assert (series, problem.code) == ([], "empty-series")


def test_what_is_no_text_or_not_there_is_a_problem(tmp_path):
    (tmp_path / "gdp.csv").write_bytes(b"\xff\xfe\x00\x01")

    assert [problem.code for problem in load_series(tmp_path / "gdp.csv")[1]] == ["not-text"]
    assert [problem.code for problem in load_series(tmp_path / "none.csv")[1]] == ["unreadable"]


def test_a_cell_longer_than_any_cell_is_a_problem(tmp_path):
    path = write(tmp_path, HEADING, POLAND.replace("IMF", "x" * 200_000))

    assert [problem.code for problem in load_series(path)[1]] == ["broken-row"]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        pytest.param("gdp.xlsx", '[[series]] with file = "gdp.xlsx"', id="a workbook"),
        pytest.param("gdp.xls", "Save each sheet as CSV", id="an old workbook"),
        pytest.param("gdp.CSV", "Save each sheet as CSV", id="capitals"),
        pytest.param("notes", "Save each sheet as CSV", id="no ending"),
    ],
)
def test_what_is_no_csv_in_a_folder_of_series_is_told(tmp_path, name, remedy):
    write(tmp_path, HEADING, POLAND)
    (tmp_path / name).write_bytes(b"PK")
    for harmless in (".DS_Store", "README.md"):
        (tmp_path / harmless).write_text("as it came", encoding="utf-8")

    series, (problem,) = load_series(tmp_path)

    assert len(series) == 1
    assert (problem.code, problem.severity) == ("not-a-series", "error")
    assert problem.origin.file == str(tmp_path / name)
    assert remedy in problem.hint


@pytest.mark.parametrize(
    ("values", "years"),
    [
        pytest.param(("3.9e12", "4.1e13", "4.0e12"), [2025], id="ten times too much"),
        pytest.param(("3.9e12", "3.8e11", "4.0e12"), [2025], id="a tenth"),
        pytest.param(("3.9e12", "3.9e13", "4.0e12"), [], id="not above ten times both"),
        pytest.param(("3.9e11", "3.9e12", "4.0e13"), [], id="a steady rise"),
        pytest.param(("3.9e12", "0", "4.0e12"), [], id="nothing"),
    ],
)
def test_a_value_far_from_both_its_neighbours_is_told_and_kept(tmp_path, values, years):
    rows = [POLAND.replace("2025,3917.7e9", f"{2024 + n},{value}") for n, value in enumerate(values)]
    path = write(tmp_path, HEADING, *rows)

    (poland,), problems = load_series(path)

    assert len(poland.points) == 3
    assert [(problem.code, problem.severity) for problem in problems] == [("series-jump", "warning")] * len(
        years
    )
    assert [problem.origin.line for problem in problems] == [3] * len(years)


def test_a_fiscal_year_is_told_from_a_calendar_year(tmp_path):
    path = write(
        tmp_path,
        "actor,measure,period,value,unit,edition,source",
        "USA,defence_spending,FY2026,1e12,USD,a,b",
        "USA,defence_spending,2025,1e12,USD,a,b",
    )

    (spending,), problems = load_series(path)

    assert problems == []
    assert [(point.year, point.fiscal) for point in spending.points] == [(2025, False), (2026, True)]
