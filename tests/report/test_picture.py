"""Pictures: the same bytes each time, legible on light and dark, harmless whatever a label says."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from types import SimpleNamespace

import pytest

from steelyard.core.claim import Ledger
from steelyard.report import picture
from steelyard.report.picture import PALETTE, Figure, Picture, chart_modules, draw, draw_all, wrapped
from steelyard.report.svg import tidy
from steelyard.report.template import TEMPLATES
from tests.report import samples

STYLE = (TEMPLATES / "style.css").read_text(encoding="utf-8")
SPEC = {
    "height": 60,
    "data": {"values": [{"label": "<script>alert(1)</script> & 3.5%", "x": 20.4}]},
    "mark": {"type": "text", "color": PALETTE["follows"]},
    "encoding": {"x": {"field": "x", "type": "quantitative"}, "text": {"field": "label"}},
}


@pytest.fixture(scope="module")
def drawn() -> Picture:
    figure = Figure("gap", "findings", "The gap <b>is</b> wide", "Read so", 'Gap "of" 20.4 & more', SPEC)
    return Picture(figure, draw(SPEC))


def test_a_specification_always_gives_the_same_bytes(drawn):
    assert draw(SPEC) == drawn.svg


def test_a_label_cannot_bring_in_markup(drawn):
    for svg in (drawn.svg, drawn.inline, drawn.file.decode()):
        tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
        assert tags <= {"svg", "g", "path", "line", "text", "rect"}
    assert "&lt;script&gt;" in drawn.svg


def test_a_picture_loads_nothing(drawn):
    assert "style=" not in drawn.inline
    assert "href" not in drawn.inline
    assert "url(" not in drawn.inline


def test_a_picture_on_the_page_is_described_and_takes_its_colours_from_the_page(drawn):
    root = ElementTree.fromstring(drawn.inline)

    assert root.get("role") == "img"
    assert root.get("aria-label") == 'Gap "of" 20.4 & more'
    assert 'fill="var(--follows)"' in drawn.inline
    assert not re.search(r'(?:fill|stroke)="#', drawn.inline)


def test_a_picture_in_a_file_stands_on_white_under_its_title(drawn):
    root = ElementTree.fromstring(drawn.file)
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]

    assert texts[:2] == ["The gap <b>is</b> wide", "Read so"]
    assert root[0].get("fill") == "#ffffff"
    assert "var(" not in drawn.file.decode()


def test_a_picture_can_be_had_as_png(drawn):
    assert drawn.png.startswith(b"\x89PNG")


def test_tidying_takes_out_what_does_not_show():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><g role="x"><path class="background" d="M0,0h0v0h0Z"/></g>'
        '<text opacity="0">hidden</text><path d="M0,124.4444444L1.5,2" stroke="#000" opacity="1"/></svg>'
    )

    assert tidy(svg) == (
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,124.4L1.5,2" stroke="#000"/></svg>'
    )


def test_what_is_no_specification_is_refused():
    with pytest.raises(ValueError, match="Vega"):
        draw({"mark": 3})


def test_a_chart_that_cannot_be_drawn_is_named_and_the_others_are(monkeypatch):
    bad = Figure("bad", "findings", "A chart gone wrong", "", "", {"mark": 3})
    good = Figure("good", "findings", "A chart", "", "", SPEC)
    leaf = SimpleNamespace(NEEDS=(), draw=lambda results: [bad, good])
    monkeypatch.setattr(picture, "chart_modules", lambda: [leaf])

    pictures, problems = draw_all(samples.results())

    assert [each.figure.name for each in pictures] == ["good"]
    assert [problem.code for problem in problems] == ["chart-not-drawn"]
    assert "A chart gone wrong" in problems[0].message


def test_every_chart_keeps_the_form_of_a_leaf():
    modules = chart_modules()

    assert len(modules) >= 2
    for module in modules:
        assert set(module.NEEDS) <= set(samples.results().__slots__)
        assert all(isinstance(text, str) and text for text in (module.TITLE, module.TAKES))
        assert callable(module.draw)


def test_charts_whose_needs_are_not_met_are_left_out():
    pictures, problems = draw_all(samples.results(findings=(), ensembles=(), ledger=Ledger(), postures=()))

    assert (pictures, problems) == ([], [])


def test_what_all_texts_of_a_picture_say_is_said_once():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><g><text font-size="11px" fill="#111">a</text></g>'
        '<g><g><text font-size="11px" fill="#222">b</text></g></g></svg>'
    )

    assert tidy(svg) == (
        '<svg xmlns="http://www.w3.org/2000/svg" font-size="11px"><text fill="#111">a</text>'
        '<text fill="#222">b</text></svg>'
    )


def test_what_all_marks_of_a_group_say_is_said_once():
    line = '<line x2="0" y2="{}" stroke="#ccc" stroke-width="{}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><g>{line.format(1, 1)}{line.format(2, 3)}</g></svg>'

    assert tidy(svg) == (
        '<svg xmlns="http://www.w3.org/2000/svg"><g stroke="#ccc"><path d="M0,0v1"/>'
        '<path stroke-width="3" d="M0,0v2"/></g></svg>'
    )


def test_lines_that_stand_together_become_one_path_and_words_say_their_place_as_one():
    """From (10, 20) by (0, 5), from (30, 20) by (0, 5), and from nothing by (7, 3)."""
    line = '<line transform="translate({})" x2="{}" y2="{}" stroke="#ccc" stroke-width="1"/>'
    lines = "".join(line.format(*one) for one in (("10,20", 0, 5), ("30,20", 0, 5), ("0,0", 7, 3)))
    word = '<text transform="translate(1.04,2)" text-anchor="start">a</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><g>{lines}</g><g>{word}</g></svg>'

    assert tidy(svg) == (
        '<svg xmlns="http://www.w3.org/2000/svg"><g stroke="#ccc"><path d="M10,20v5M30,20v5M0,0l7,3"/></g>'
        '<text x="1" y="2">a</text></svg>'
    )


def test_a_group_that_does_no_more_than_move_another_moves_with_it():
    mark = '<g transform="translate(1.5,2)"><rect width="3" height="3"/><rect width="4" height="4"/></g>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><g transform="translate(10,20.5)">{mark}</g></svg>'

    assert tidy(svg) == (
        '<svg xmlns="http://www.w3.org/2000/svg"><g transform="translate(11.5,22.5)">'
        '<rect width="3" height="3"/><rect width="4" height="4"/></g></svg>'
    )


# Colours


def scheme(dark: bool) -> dict[str, str]:
    """The colours of a scheme in the style sheet, the light ones where the dark has none of its own."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[0]))
    return {**found, **(dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[1])) if dark else {})}


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_each_chart_colour_has_a_variable(dark):
    assert set(PALETTE) <= set(scheme(dark))


def test_the_light_colours_of_page_and_files_are_the_same():
    assert {name: scheme(False)[name] for name in PALETTE} == dict(PALETTE)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "ink", ["ink", "muted", "link", "contradicted", "reconciled", "corroborated", "neutral", "printed"]
)
def test_text_can_be_read(ink, dark):
    """WCAG AA asks 4.5 to 1 for text."""
    colours = scheme(dark)

    assert contrast(colours[ink], colours["page"]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["mark", "mark-role", "mark-target", "panel"])
def test_marked_text_can_be_read(mark, dark):
    colours = scheme(dark)

    assert contrast(colours["ink"], colours[mark]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("line", "ground"), [("follows", "fan-inner"), ("follows", "page"), ("printed", "page")]
)
def test_lines_stand_out(line, ground, dark):
    """WCAG asks 3 to 1 for graphics; the median also lies on a band that has the same hue."""
    colours = scheme(dark)

    assert contrast(colours[line], colours[ground]) >= (2 if ground == "fan-inner" else 3)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"), [("page", "follows"), ("ink", "fan-inner"), ("ink", "fan-outer"), ("ink", "between")]
)
def test_words_on_a_filled_box_can_be_read(ink, ground, dark):
    colours = scheme(dark)

    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("", [""], id="nothing"),
        pytest.param("short", ["short"], id="one line"),
        pytest.param("one two three", ["one two", "three"], id="broken between words"),
        pytest.param("incomprehensibilities", ["incomprehensibilities"], id="a word is not broken"),
    ],
)
def test_titles_are_broken_between_words(text, lines):
    assert wrapped(text, 8) == lines
