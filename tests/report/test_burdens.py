"""Who bears what on the page, in the tables and in the picture: figures typed for the tests, sums by hand."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

from steelyard.case import load_case
from steelyard.core.problems import Place
from steelyard.panel.sharing import share
from steelyard.panel.wanted import Wanted
from steelyard.report.bundle import WORKBOOK, make_report
from steelyard.report.burdens import describe_burdens, guidelines_of, rows_table
from steelyard.report.charts import panel as chart
from steelyard.report.picture import WIDTH, draw
from steelyard.report.results import Results
from steelyard.report.template import PAGE
from tests.report import samples
from tests.report.test_leaves import texts
from tests.report.test_page import Page

ROOT = Path(__file__).parents[2]
HEADING = "actor,measure,item,prices,period,value,unit,status,definition,edition,source\n"
KEYS = {
    "spent": ("defence_spending", "current", "USD", "nato"),
    "gdp": ("gdp", "current", "USD", ""),
    "burden": ("defence_share_of_gdp", "", "% of GDP", "nato"),
}


def figures(*rows):
    """Rows such as ("POL", "gdp", 2024, "600e9") as a table of one edition."""
    lines = []
    for actor, key, year, value, *status in rows:
        measure, prices, unit, definition = KEYS[key]
        told = status[0] if status else "observed"
        lines.append(f"{actor},{measure},,{prices},{year},{value},{unit},{told},{definition},Own 2025,A test")
    return HEADING + "\n".join(lines) + "\n"


@pytest.fixture
def results(tmp_path):
    """A function that gives results with a panel of typed figures."""

    def make(*rows, alliance="POL,DEU,EST,USA", years=(2024,), measures=()):
        (tmp_path / "own.csv").write_text(figures(*rows), encoding="utf-8")
        wanted = Wanted(alliance, years, measures, tmp_path, Place("case.toml", 3))
        sharing, _ = share(wanted, samples.vocabulary())
        return Results(title="Allies", vocabulary=samples.vocabulary(), panel=sharing)

    return make


@cache
def nato():
    """The case of NATO with nothing but its panel."""
    case, _ = load_case(ROOT / "cases" / "nato-2035")
    assert case.panel
    sharing, _ = share(case.panel, case.vocabulary)
    return Results(title=case.title, vocabulary=case.vocabulary, panel=sharing)


ROWS = (
    *(("POL", "gdp", 2024, "800e9"), ("DEU", "gdp", 2024, "4000e9"), ("EST", "gdp", 2024, "40e9")),
    *(("POL", "burden", 2024, "4.1"), ("DEU", "burden", 2024, "2.00"), ("EST", "burden", 2024, "3.4")),
)


def test_a_rank_correlation_is_told_in_words(results):
    """Products rank EST, POL, DEU; burdens DEU, EST, POL: differences of rank 1, 1, -2, so rho is -0.5."""
    told = describe_burdens(results(*ROWS, measures=("spearman",)).panel, samples.vocabulary())

    assert "0.50 in 2024" in told.together[0].text
    assert told.together[0].text.startswith(
        "Rank correlation of product and burden (Spearman's rho): \N{MINUS SIGN}"
    )
    assert "panel:spearman:all:2024" in told.together[0].origin


def test_the_burden_stands_in_the_table_for_the_first_and_the_last_year_all_else_for_the_last(results):
    spent = [("POL", "spent", year, "30e9") for year in (2014, 2019, 2024)]
    burden = [("POL", "burden", year, "2.0") for year in (2014, 2019, 2024)]

    told = describe_burdens(
        results(*spent, *burden, years=(2014, 2019, 2024), measures=("spending", "burden")).panel,
        samples.vocabulary(),
    )

    years = [re.search(r"\d{4}", column)[0] for column in told.members.columns[1:]]
    assert years == ["2024", "2014", "2024"]


def test_a_member_without_a_figure_has_a_dash(results):
    rows = [row for row in ROWS if row[:2] != ("EST", "burden")]

    told = describe_burdens(results(*rows, measures=("burden", "gdp-share")).panel, samples.vocabulary())

    cells = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in told.members.rows}
    assert cells["Estonia"][1] == "\N{EN DASH}"
    assert cells["Poland"][1] == "4.10"


def test_counts_are_laid_side_by_side_with_the_factor_between_them():
    """67.92 over 61.2469 trillion won is 1.109, and no source says why."""
    case, _ = load_case(ROOT / "cases" / "korea-2026")
    sharing, problems = share(case.panel, case.vocabulary)

    told = describe_burdens(sharing, case.vocabulary)

    assert [row.cells[4].text for row in told.counts.rows] == [
        "61.2469\N{NO-BREAK SPACE}tn\N{NO-BREAK SPACE}KRW",
        "67.92\N{NO-BREAK SPACE}tn\N{NO-BREAK SPACE}KRW",
    ]
    assert len(told.between) == 1
    assert "1.109 times" in told.between[0].text
    assert "no source says" in told.between[0].text
    assert problems == []


def test_every_row_of_the_panel_stands_in_the_csv_with_its_origin(results):
    panel = results(*ROWS, measures=("burden",)).panel

    rows = list(csv.DictReader(io.StringIO(rows_table(panel).to_csv())))

    assert [(row["member"], row["low"], row["middle"]) for row in rows if row["member"] == "POL"] == [
        ("POL", rows[0]["low"], "4.1")
    ]
    assert all("A test" in row["origin"] and "own.csv" in row["origin"] for row in rows)


def test_the_page_and_the_workbook_have_the_panel(results):
    files, problems = make_report(results(*ROWS, measures=("burden", "spearman")))

    page = Page(files[PAGE].decode())
    assert problems == []
    assert "panel" in page.ids
    assert {"panel-POL", "panel-DEU", "panel-EST"} <= set(page.ids)
    assert b"charts/panel-2024" not in b"".join(name.encode() for name in files if name.endswith(".html"))
    assert "charts/panel-2024.svg" in files
    with ZipFile(io.BytesIO(files[WORKBOOK])) as book:
        assert 'name="Panel"' in book.read("xl/workbook.xml").decode()


def test_members_at_or_above_the_guideline_are_counted_surely_and_possibly(results):
    """2.00 stands for 1.995 to 2.005, so Germany may or may not bear 2 %."""
    (figure,) = chart.draw(results(*ROWS, ("USA", "gdp", 2024, "29000e9"), alliance="NATO"))

    assert figure.title == "In 2024, 2 to 3 of 3 members of NATO bear 2% or more"


def test_only_a_burden_agreed_on_by_then_is_counted_against(results):
    """NATO's guideline is of September 2014; in 2013 there was none."""
    rows = [(actor, key, 2013, value) for actor, key, _, value in ROWS]

    (figure,) = chart.draw(results(*rows, alliance="NATO", years=(2013,)))

    assert figure.title == "Burdens in 2013: from 2.00% (Germany) to 4.1% (Poland)"


def test_guidelines_are_those_of_the_alliance_or_of_the_actors_listed(results):
    of_nato = guidelines_of(results(*ROWS, alliance="NATO").panel, samples.vocabulary())
    of_some = guidelines_of(results(*ROWS, alliance="KOR,JPN").panel, samples.vocabulary())

    assert [(one.value, one.text) for one in of_nato] == [
        (2.0, "2%, agreed 2014"),
        (3.5, "3.5%, agreed 2025"),
    ]
    assert [(one.value, one.text) for one in of_some] == [(3.5, "South Korea: 3.5%, agreed 2025")]


def test_what_rounding_leaves_open_is_drawn_where_it_can_be_seen(results):
    """A burden of "4" may be anything from 3.5 to 4.5; one of "4.10" is as sharp as its point."""
    coarse = [("POL", "burden", 2024, "4"), *(row for row in ROWS if row[:2] != ("POL", "burden"))]

    (wide,) = chart.draw(results(*coarse))
    (narrow,) = chart.draw(results(*ROWS))

    ends = [row for layer in wide.spec["layer"] for row in layer["data"]["values"] if "y2" in row]
    assert any((row["y"], row["y2"]) == pytest.approx((3.5, 4.5)) for row in ends)
    assert not [
        row
        for layer in narrow.spec["layer"]
        for row in layer["data"]["values"]
        if row.get("x2") == row["x"] and "y2" in row
    ]


@pytest.mark.parametrize("number", [0, 1])
def test_thirty_members_are_labelled_and_no_label_lies_on_another(number):
    figure = list(chart.draw(nato()))[number]
    boxes = list(texts(draw(figure.spec)))

    codes = {text for text, *_ in boxes if re.fullmatch("[A-Z]{3}", text)}
    assert codes == {row.cells[1].text for row in figure.table.rows}
    for place, (text, left, right, y) in enumerate(boxes):
        assert left >= -4 and right <= WIDTH + 6, text
        for other, start, end, z in boxes[:place]:
            assert abs(y - z) >= 9 or right <= start or end <= left, (text, other)


def test_each_point_has_its_two_origins_under_the_picture():
    (_, figure) = chart.draw(nato())

    poland = next(row for row in figure.table.rows if row.cells[1].text == "POL")
    assert "Table 3, Poland" in poland.cells[-1].text and "Table 5, Poland" in poland.cells[-1].text
    assert "packaged:nato.csv:" in poland.origin


def test_a_panel_without_two_points_draws_nothing(results):
    assert list(chart.draw(results(*ROWS[:1]))) == []
    assert list(chart.draw(replace(results(*ROWS), panel=None))) == []
