"""A source's text with its claims marked: nothing lost, nothing live, every claim found once."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.report.annotate import Span, annotate


class Reader(HTMLParser):
    """Text, ids, tags in order, and whether every tag is closed where it should be."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.open: list[tuple] = []
        self.marked: dict[str, str] = {}
        self.in_note = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        keys = dict(attrs)
        self.open.append((tag, keys.get("id")))
        self.tags.append(tag)
        self.in_note = keys.get("class") == "note"
        if "id" in keys:
            self.ids.append(keys["id"])

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag
        self.in_note = False

    def handle_data(self, data):
        if not self.in_note:
            self.text += data
            for _, name in self.open:
                if name:
                    self.marked[name] = self.marked.get(name, "") + data


def visible(text: str) -> str:
    """What remains of a text when line breaks and blank lines are no matter."""
    return re.sub(r"\s+", "", text)


def test_a_figure_is_marked_and_leads_to_its_row():
    html = annotate("A rise of 8.2% is planned.", [Span(10, 14, "text-a", "figure", "3", "claim-a")])

    assert html == (
        '<p>A rise of <mark id="text-a" class="figure">8.2%</mark>'
        '<a class="note" href="#claim-a">3</a> is planned.</p>'
    )


def test_a_figure_inside_a_statement_stands_inside_its_mark():
    text = "Seoul takes the lead at 3.5% of GDP."

    reader = Reader(annotate(text, [Span(24, 28, "text-b"), Span(0, 35, "text-a", "role")]))

    assert reader.marked["text-a"] == "Seoul takes the lead at "
    assert reader.marked["text-b"] == "3.5%"
    assert reader.text == text


def test_spans_that_cross_are_cut_where_they_cross():
    html = annotate("about 28,500 troops stay", [Span(0, 12, "text-a"), Span(6, 19, "text-b")])

    reader = Reader(html)

    assert reader.text == "about 28,500 troops stay"
    assert reader.ids == ["text-a", "text-b"]
    assert html.count("<mark") == 4


def test_a_span_over_two_paragraphs_is_marked_in_both():
    html = annotate("one two\n\nthree four", [Span(4, 14, "text-a")])

    assert html.count("<p>") == 2
    assert Reader(html).ids == ["text-a"]
    assert html.count("<mark") == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<script>alert(1)</script>", id="script"),
        pytest.param('"><img src=x onerror=alert(1)>', id="out of an attribute"),
        pytest.param("<style>body{display:none}</style>", id="style"),
        pytest.param("&lt;script&gt; & co", id="entities stay as they were written"),
        pytest.param("<!-- --><a href='https://example.org'>", id="comment and link"),
    ],
)
def test_markup_in_a_source_is_shown_and_does_nothing(text):
    reader = Reader(annotate(text, [Span(2, 6, "text-a")]))

    assert reader.text == text
    assert set(reader.tags) <= {"p", "mark", "a"}


@pytest.mark.parametrize(
    "span",
    [
        pytest.param(Span(-5, 3, "text-a"), id="starts before the text"),
        pytest.param(Span(8, 400, "text-a"), id="ends behind the text"),
        pytest.param(Span(300, 400, "text-a"), id="lies behind the text"),
        pytest.param(Span(5, 5, "text-a"), id="is empty"),
        pytest.param(Span(9, 2, "text-a"), id="runs backwards"),
    ],
)
def test_a_span_that_does_not_fit_harms_nothing(span):
    assert Reader(annotate("46.1 billion dollars", [span])).text == "46.1 billion dollars"


def test_an_empty_text_gives_nothing():
    assert annotate("", [Span(0, 4, "text-a")]) == ""


TEXTS = st.text(st.sampled_from("ab <>&\"'\n\r%8.2"), max_size=40)


@given(TEXTS, st.lists(st.tuples(st.integers(-2, 42), st.integers(-2, 42)), max_size=8))
def test_marks_never_change_the_text(text, ends):
    """Law: whatever the spans, the words stay, tags close in order, and no id comes twice."""
    spans = [
        Span(low, high, f"text-{number}", label="x", target="t") for number, (low, high) in enumerate(ends)
    ]

    reader = Reader(annotate(text, spans))

    assert visible(reader.text) == visible(text)
    assert len(set(reader.ids)) == len(reader.ids)
    assert not reader.open


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_a_mark_holds_the_characters_of_its_span(text, start, end):
    """Law: a single span's pieces together are its characters, and an id is there if any of them shows."""
    html = annotate(text, [Span(start, end, "text-a")])

    inside = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.DOTALL))
    shown = Reader(inside).text

    assert visible(shown) == visible(text[start:end])
    assert ('id="text-a"' in html) >= bool(visible(text[start:end]))
