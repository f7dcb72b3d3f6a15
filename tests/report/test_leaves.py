"""Every chart is a leaf: found by its folder, described in words, its numbers under it with their origins."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
import vl_convert
from click.testing import CliRunner

from steelyard.commands import steelyard
from steelyard.core.claim import Ledger
from steelyard.report.bundle import make_report
from steelyard.report.marks import INNER, width_of
from steelyard.report.picture import (
    PALETTE,
    WIDTH,
    Figure,
    Picture,
    chart_modules,
    draw,
    draw_all,
    figures_of,
    left_out,
)
from steelyard.report.template import PAGE
from tests.report import samples
from tests.report.korea import korea
from tests.report.test_page import Page

LEAVES = {module.__name__.rpartition(".")[2]: module for module in chart_modules()}
# Shared by the kinds of words that stand beside a quantitative axis: a picture of words alone has none.
WORDS_ONLY = ("roles",)
SVG = "{http://www.w3.org/2000/svg}"


@cache
def drawn() -> dict[str, list[Figure]]:
    return {name: figures_of(module, korea()) for name, module in LEAVES.items()}


FIGURES = [
    pytest.param(name, figure, id=figure.name) for name, figures in drawn().items() for figure in figures
]


def axes(spec: object) -> Iterator[dict]:
    """All axes in a specification that are drawn."""
    if isinstance(spec, dict):
        if isinstance(spec.get("axis"), dict):
            yield spec["axis"]
        for value in spec.values():
            yield from axes(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from axes(value)


def test_the_charts_of_the_issue_are_there():
    wanted = {"budget", "conflicts", "ladder", "paths", "rates", "roles"}

    assert wanted | {"sensitivity", "timeline", "uncertainties"} <= set(LEAVES)


@pytest.mark.parametrize("name", LEAVES)
def test_each_leaf_draws_for_korea_or_says_what_it_takes(name):
    module = LEAVES[name]

    assert module.TITLE
    assert module.TAKES
    assert drawn()[name] or (module.TITLE, module.TAKES) in left_out(korea())


def test_korea_has_something_for_every_chart_but_those_of_a_panel():
    assert [name for name, figures in drawn().items() if not figures] == []


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_each_figure_is_titled_described_and_read(name, figure):
    assert figure.title[:1].isupper() or figure.title[:1].isdigit()
    assert re.search(r"\d", figure.alt) or name == "roles"
    assert len(figure.alt) > len(figure.title)
    assert figure.table is not None


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_each_axis_of_numbers_has_its_unit_and_no_colour_is_made_up(name, figure):
    titles = {axis.get("title") for axis in axes(figure.spec)} - {None}

    assert titles or name in WORDS_ONLY
    colours = set(re.findall(r"#[0-9a-f]{6}", str(figure.spec)))
    assert colours <= set(PALETTE.values())


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_each_specification_is_one_that_vega_takes(name, figure):
    whole = {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": WIDTH, **figure.spec}

    vega = vl_convert.vegalite_to_vega(whole)

    assert vega["marks"]
    assert "legend" not in str(vega.get("legends", ""))


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_no_text_is_clipped_and_none_lies_on_another(name, figure):
    """Words of one row begin within the picture and end in it, and no two share a place."""
    boxes = list(texts(draw(figure.spec)))

    for text, left, right, _ in boxes:
        assert left >= -4, text
        assert right <= WIDTH + 6, text
    for number, (text, left, right, y) in enumerate(boxes):
        for other, start, end, z in boxes[:number]:
            apart = abs(y - z) >= 9 or right <= start or end <= left
            assert apart, (text, other)


def texts(svg: str) -> Iterator[tuple[str, float, float, float]]:
    """Every text of a picture with its left and right end and its height, in pixels; ends are estimates."""

    def walk(element, x, y, anchor):
        moved = re.match(r"translate\(([-\d.]+),\s*([-\d.]+)\)", element.get("transform", ""))
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        x, y = x + float(element.get("x", 0)), y + float(element.get("y", 0))
        anchor = element.get("text-anchor", anchor)
        if element.tag == f"{SVG}text" and element.text:
            # Estimates run high by about a tenth.
            wide = 0.88 * width_of(element.text)
            left = x - {"middle": wide / 2, "end": wide}.get(anchor, 0)
            yield element.text, left, left + wide, y
        for child in element:
            yield from walk(child, x, y, anchor)

    yield from walk(ElementTree.fromstring(svg), 0.0, 0.0, "start")


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_each_number_under_a_figure_has_an_origin(name, figure):
    for row in figure.table.rows:
        assert len(row.cells) == len(figure.table.columns)
        for cell in row.cells:
            assert cell.origin or not re.search(r"\d", cell.text)
        assert any(cell.link for cell in row.cells)


def test_each_figure_has_a_name_of_its_own_that_is_a_file_name():
    names = [figure.name for figures in drawn().values() for figure in figures]

    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name) for name in names)


@cache
def report() -> tuple[dict[str, bytes], Page]:
    files, problems = make_report(korea())
    assert "chart-not-drawn" not in {problem.code for problem in problems}
    return dict(files), Page(files[PAGE].decode())


def test_each_figure_stands_on_the_page_with_its_files_beside_it():
    """A place that the page does not have would lose its figure without a word."""
    files, page = report()
    count = sum(len(figures) for figures in drawn().values())

    own = [one for one in page.all("figure") if not one.keys["data-chart"].startswith("sliders-")]
    assert len(own) == count
    links = {link.keys["href"] for link in page.all("a") if link.keys["href"].startswith("charts/")}
    assert len(links) == 3 * count
    assert links <= set(files)


def test_each_link_of_a_figure_leads_somewhere_on_the_page():
    _, page = report()
    ids = set(page.ids)

    for figures in drawn().values():
        for figure in figures:
            links = {cell.link for row in figure.table.rows for cell in row.cells if cell.link}
            assert links <= ids
            assert not figure.shown or figure.shown in ids


def test_each_id_of_the_page_stands_once():
    """Two findings on the same claims have the same id."""
    _, page = report()

    assert len(page.ids) == len(set(page.ids))


def test_the_help_of_the_report_lists_the_charts():
    shown = CliRunner().invoke(steelyard, ["report", "--help"]).output

    for name, module in LEAVES.items():
        assert re.search(rf"^ +{name} +{module.TITLE}$", shown, re.MULTILINE)


def test_the_numbers_of_a_figure_can_be_had_as_csv():
    files, _ = report()

    for figures in drawn().values():
        for figure in figures:
            rows = list(csv.reader(io.StringIO(files[f"charts/{figure.name}.csv"].decode())))
            assert rows[0][-1] == "origin"
            assert len(rows) == 1 + len(list(figure.table.rows))
            assert all(len(row) == len(rows[0]) for row in rows)


@pytest.mark.parametrize("without", ["ensembles", "findings", "postures", "series", "documents"])
def test_a_case_without_a_part_still_gives_a_page(without):
    results = replace(korea(), **{without: ()})

    files, problems = make_report(results)

    assert PAGE in files
    assert "chart-not-drawn" not in {problem.code for problem in problems}


def test_what_has_nothing_to_show_is_left_out_and_told():
    bare = samples.results(findings=(), ensembles=(), postures=(), ledger=Ledger())

    assert draw_all(bare) == ([], [])
    assert {title for title, _ in left_out(bare)} == {module.TITLE for module in LEAVES.values()}
    files, _ = make_report(bare)
    text = Page(files[PAGE].decode()).by_id("method").text
    assert "Charts that this case has nothing for" in text
    assert LEAVES["ladder"].TAKES in text


def test_a_sixth_leaf_is_placed_without_another_edit(monkeypatch):
    class Leaf:
        TITLE, NEEDS, TAKES = "Another", ("ledger",), "a claim"

        @staticmethod
        def draw(results):
            spec = {
                "data": {"values": [{"x": 1}]},
                "mark": "bar",
                "encoding": {"x": {"field": "x", "type": "quantitative"}},
            }
            return [Figure("another", "figures", "One claim", "", "One claim of 1", spec)]

    monkeypatch.setattr("steelyard.report.picture.chart_modules", lambda: [Leaf])
    files, _ = make_report(samples.results())

    assert "charts/another.svg" in files
    assert "One claim" in Page(files[PAGE].decode()).by_id("figures").text


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_a_picture_brings_in_no_markup(name, figure):
    tags = {
        element.tag.removeprefix(SVG)
        for element in ElementTree.fromstring(Picture(figure, draw(figure.spec)).inline).iter()
    }

    assert tags <= {"svg", "g", "path", "line", "text", "rect"}


def test_what_a_source_says_stands_as_text_in_every_picture():
    hostile = '<script>alert("1")</script>&'
    told = samples.TOTAL.changed(quote=hostile, about=hostile)
    other = samples.TOTAL.changed(
        id="won", unit="KRW", low=Decimal(66_000), high=Decimal(67_000), value=None, quote=hostile
    )
    results = samples.results(ledger=Ledger([*samples.LEDGER, told.changed(id="two"), other]))

    pictures, problems = draw_all(results)

    assert not problems
    assert any("&lt;script&gt;" in picture.inline for picture in pictures)
    assert not any("<script" in picture.inline for picture in pictures)
    assert INNER < WIDTH
