"""What notebooks show: tables and charts, harmless whatever a source says; and the example notebook, run."""

from __future__ import annotations

import base64
import xml.etree.ElementTree as ElementTree
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
import vl_convert
from nbclient import NotebookClient

import steelyard as sy
from steelyard.core.display import MOST_ROWS, claims_html
from steelyard.core.problems import SteelyardError
from steelyard.report.chart import VEGA_LITE, Charts
from tests.report.korea import korea
from tests.report.samples import hostile_results, results

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "examples" / "from-text-to-chart.ipynb"
PNG = b"\x89PNG\r\n\x1a\n"


class Tags(HTMLParser):
    """Every tag with its attributes, and all text, of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    return tags


@cache
def charts() -> Charts:
    return sy.draw_charts(korea())


def all_shown(made) -> list[str]:
    findings = sy.check_ledger(sy.Ledger())[0].__class__(made.findings)
    shown = [made.ledger, findings, *made.ledger, *made.findings, *made.ensembles]
    return [each._repr_html_() for each in shown]


def test_a_ledger_shows_a_row_for_each_claim():
    ledger, _ = sy.read_document("South Korea spends 2.42% of its GDP on defence in 2026.", date="2026-01-24")

    shown = parsed(ledger._repr_html_())

    assert shown.tags.count("tr") == 2
    assert "2.415 to 2.425 % of GDP" in shown.text
    assert "defence_share_of_gdp" in shown.text


def test_a_long_ledger_shows_its_first_claims_and_counts_all():
    claim = results().ledger[0].to_json()

    shown = parsed(claims_html([claim] * (MOST_ROWS + 1)))

    assert shown.tags.count("tr") == MOST_ROWS + 1  # with the heading
    assert f"{MOST_ROWS + 1} claims, of which the first {MOST_ROWS} are shown" in shown.text


def test_a_claim_shows_what_its_text_says_and_nothing_of_what_it_does_not():
    claim = results().ledger[0].changed(speaker=None, period="2026")

    shown = parsed(claim._repr_html_()).text

    assert claim.quote in shown
    assert "period2026" in shown
    assert "speaker" not in shown


def test_findings_show_verdict_explanation_and_first_reading():
    findings, _ = sy.check_ledger(korea().ledger, korea().vocabulary)

    shown = parsed(findings._repr_html_()).text

    first = findings[0]
    assert f"{len(findings)} findings" in shown
    assert " ".join(first.explanation.split()) in shown
    assert first.readings[0].change in shown
    assert first.readings[0].change in parsed(first._repr_html_()).text


def test_a_scenario_shows_its_headlines_and_each_variable():
    ensemble = korea().ensembles[0]

    shown = parsed(ensemble._repr_html_()).text

    assert all(headline.label in shown for headline in ensemble.headline if "  " not in headline.label)
    assert all(variable in shown for variable in ensemble.variables)


@pytest.mark.parametrize("made", ["hostile", "korea"])
def test_what_a_source_says_can_neither_run_nor_move_anything(made):
    """Only the tags of plain tables and lists, only their style, and no sign that cannot be seen."""
    for html in all_shown(results(**hostile_results()) if made == "hostile" else korea()):
        shown = parsed(html)
        assert set(shown.tags) <= {
            "table",
            "caption",
            "b",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "p",
            "ol",
            "li",
        }
        assert shown.attributes <= {"style"}
        assert shown.text.isprintable()


def test_hostile_words_are_there_to_be_seen():
    assert any("<script" in parsed(html).text for html in all_shown(results(**hostile_results())))


def test_each_chart_draws_in_the_vega_lite_that_notebooks_have():
    """The report draws with version 6; what notebooks are given says 5, and must draw there too.

    One chart of each kind.
    """
    for chart in {chart.name.partition("-")[0]: chart for chart in charts()}.values():
        spec = dict(chart.spec)
        drawn = vl_convert.vegalite_to_svg(spec, vl_version="5.20")
        assert "/v5" in str(spec["$schema"])
        assert all(word in drawn for word in chart.title.split()[:2] if word.isalpha()), chart.name


def test_a_chart_gives_a_notebook_each_form_that_it_may_want():
    chart = charts().named("linear-2035-share")

    bundle = chart._repr_mimebundle_()

    assert list(bundle) == [VEGA_LITE, "image/svg+xml", "image/png", "text/plain"]
    assert bundle[VEGA_LITE]["title"]["text"] == [
        "Defence comes to 3.50% of GDP in 2035 (3.5% of",
        "GDP by 2035, in equal steps)",
    ]
    assert ElementTree.fromstring(bundle["image/svg+xml"]).tag.endswith("svg")
    assert base64.b64decode(bundle["image/png"]).startswith(PNG)
    assert bundle["text/plain"] == chart.alt


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        pytest.param({"include": ["text/plain"]}, ["text/plain"], id="one"),
        pytest.param(
            {"exclude": [VEGA_LITE, "image/png"]}, ["image/svg+xml", "text/plain"], id="all but two"
        ),
    ],
)
def test_a_notebook_may_ask_for_some_forms_only(asked, given):
    assert list(charts()[0]._repr_mimebundle_(**asked)) == given


@pytest.mark.parametrize(
    ("suffix", "start"), [(".svg", b"<svg "), (".png", PNG), (".json", b'{\n "$schema"')]
)
def test_a_chart_is_saved_as_its_suffix_says(tmp_path, suffix, start):
    path = charts()[0].save(str(tmp_path / f"chart{suffix}"))

    assert path.read_bytes().startswith(start)


def test_a_chart_is_saved_under_no_other_suffix(tmp_path):
    with pytest.raises(SteelyardError, match=r"\.svg, \.png, \.json"):
        charts()[0].save(tmp_path / "chart.gif")

    assert not list(tmp_path.iterdir())


def test_charts_are_drawn_of_whatever_is_given():
    """Results alone, or their parts in any order; a part brings the charts that it has something for."""
    made = korea()

    whole = {chart.name for chart in sy.draw_charts(made)}
    parts = {chart.name for chart in sy.draw_charts(made.ensembles[0], vocabulary=made.vocabulary)}

    assert {name for name in parts if name.startswith("scenario")} < whole
    assert not any(name.startswith("conflict") for name in parts)
    assert list(sy.draw_charts()) == []


@pytest.mark.parametrize("made", ["a text", 3, [4]])
def test_what_cannot_be_drawn_is_refused_by_its_type(made):
    with pytest.raises(TypeError, match="cannot be drawn"):
        sy.draw_charts(made)


def test_an_unknown_chart_is_told_with_those_that_there_are():
    with pytest.raises(KeyError, match="linear-2035-share"):
        charts().named("linear-2053")


def test_a_notebook_shows_several_charts_as_pictures_with_words():
    shown = parsed(Charts(charts()[:2])._repr_html_())

    assert shown.tags == ["figure", "img"] * 2
    assert "Nothing" in Charts()._repr_html_()


def test_the_example_notebook_runs_and_shows_what_it_promises():
    """It is kept without output; here each cell runs, and tables and a chart come of it."""
    book = nbformat.read(NOTEBOOK, as_version=4)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in cells)

    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()

    forms = {form for cell in cells for output in cell.outputs for form in output.get("data", {})}
    assert {"text/html", VEGA_LITE, "image/svg+xml", "image/png"} <= forms
    assert not any(output.output_type == "error" for cell in cells for output in cell.outputs)
