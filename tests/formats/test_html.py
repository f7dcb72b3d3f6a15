"""Web pages: their main text, lists, tables and facts, and pages that are hostile."""

from __future__ import annotations

import json
from datetime import date

import pytest

from steelyard.read.formats.html import extract
from tests.patience import soon

LEAD = (
    "Parliament in Seoul passed a defence budget of 65.9 trillion won for the coming year, the ministry of "
    "finance said on Friday, after weeks of talks between the parties."
)
MORE = (
    "The sum is 7.5 percent higher than in the year before, and most of the growth goes into air defence, "
    "ships and ammunition, according to the statement."
)
TABLE = (
    "<table><caption>Defence budget (trillion won)</caption>"
    "<tr><th rowspan='2'>Item</th><th colspan='2'>Year</th></tr>"
    "<tr><th>2025</th><th>2026</th></tr>"
    "<tr><td>Forces</td><td>43.1</td><td>46.2<sup>1</sup></td></tr>"
    "<tr><td>Arms</td><td>18.1</td><td>19.7</td></tr></table>"
)


def page(body, head=""):
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Budget passed | The Paper</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/d'>Defence in 100 words</a></li></ul></nav>"
        f"{body}"
        "<aside><p>Shares of arms makers rose by 3 percent today.</p></aside>"
        "<footer><p>Copyright 2026. 12 editors work here.</p></footer></body></html>"
    ).encode()


def article(*parts, head=""):
    return page("<article><h1>Budget passed</h1>" + "".join(parts) + "</article>", head)


def paragraphs(data):
    return extract(data).text.strip().split("\n\n")


def test_the_article_is_read_and_what_stands_around_it_is_not():
    found = paragraphs(article(f"<p>{LEAD}</p><p>{MORE}</p>"))

    assert found == ["Budget passed", LEAD, MORE]


def test_headings_and_items_stand_on_lines_of_their_own():
    data = article(
        f"<p>{LEAD}</p><h2>What it buys</h2>"
        f"<ul><li>20 KF-21 jets</li><li>Four frigates</li></ul><p>{MORE}</p>"
    )

    assert extract(data).text == (
        f"Budget passed\n\n{LEAD}\n\nWhat it buys\n\n20 KF-21 jets\nFour frigates\n\n{MORE}\n\n"
    )


def test_a_table_keeps_its_cells_where_spans_put_them():
    extracted = extract(article(f"<p>{LEAD}</p>{TABLE}<p>{MORE}</p>"))

    (table,) = extracted.tables
    rows = [[extracted.text[cell.start : cell.end] if cell else None for cell in row] for row in table.rows]
    assert rows == [
        ["Item", "Year", None],
        [None, "2025", "2026"],
        ["Forces", "43.1", "46.2"],
        ["Arms", "18.1", "19.7"],
    ]
    assert table.caption == "Defence budget (trillion won)"
    assert table.rows[2][1].name == "row 3, column 2"
    assert extracted.text[table.start : table.end].startswith("Item\tYear\n2025\t2026\n")


def test_a_table_that_lays_out_a_page_is_text():
    extracted = extract(page(f"<table><tr><td><p>{LEAD}</p></td><td><p>{MORE}</p></td></tr></table>"))

    assert extracted.tables == ()
    assert LEAD in extracted.text


def test_a_page_of_a_table_alone_gives_the_table():
    extracted = extract(page(f"<main><h1>Defence budget</h1>{TABLE}</main>"))

    assert len(extracted.tables) == 1
    assert "46.2" in extracted.text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        pytest.param("65.9<sup>2</sup> trillion won", "65.9 trillion won", id="mark of a note"),
        pytest.param("65.9<sup><a href='#n'>[2]</a></sup> trillion", "65.9 trillion", id="mark with a link"),
        pytest.param("500 km<sup>2</sup> of land", "500 km2 of land", id="a power"),
        pytest.param("the 21<sup>st</sup> century", "the 21st century", id="an ordinal"),
        pytest.param("65.9&nbsp;trillion&#8239;won", "65.9 trillion won", id="blanks of other kinds"),
        pytest.param("bud&shy;get of <b>65</b>.9 trillion", "budget of 65.9 trillion", id="inside of a word"),
        pytest.param("one<br>line of text", "one line of text", id="a break within a sentence"),
        pytest.param(
            "text <span style='display: none'>99 of it hidden</span>shown", "text shown", id="hidden"
        ),
        pytest.param("text <!-- 99 remarks -->shown", "text shown", id="a remark of the author"),
        pytest.param("text <script>var a = 99</script>shown", "text shown", id="a script"),
    ],
)
def test_words_are_those_that_a_browser_shows(markup, text):
    found = paragraphs(article(f"<p>{LEAD}</p><p>The plan has {markup}, said the ministry.</p><p>{MORE}</p>"))

    assert f"The plan has {text}, said the ministry." in found


def test_breaks_between_sentences_part_paragraphs():
    found = paragraphs(article(f"<div>{LEAD}<br><br>{MORE}</div>"))

    assert found[-2:] == [LEAD, MORE]


LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Site"},
        {
            "@type": ["NewsArticle"],
            "headline": "Budget passed",
            "datePublished": "2025-12-03T23:10:00+09:00",
            "dateModified": "2026-01-02",
            "publisher": {"@type": "Organization", "name": "The Paper"},
            "url": "https://example.org/budget",
            "inLanguage": "en-GB",
        },
    ],
}
SCRIPT = f"<script type='application/ld+json'>{json.dumps(LD)}</script>"
OPEN_GRAPH = (
    "<meta property='og:site_name' content='Open Paper'><meta property='og:title' content='Open title'>"
    "<meta property='article:published_time' content='2024-05-06T00:00:00Z'>"
)


def test_what_a_page_says_of_itself_to_machines_comes_first():
    extracted = extract(article(f"<p>{LEAD}</p>", head=SCRIPT + OPEN_GRAPH))

    assert (extracted.date, extracted.publisher, extracted.title) == (
        date(2025, 12, 3),
        "The Paper",
        "Budget passed",
    )
    assert (extracted.url, extracted.language) == ("https://example.org/budget", "en-GB")


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        pytest.param(OPEN_GRAPH, "", date(2024, 5, 6), id="open graph"),
        pytest.param(
            "<meta name='DC.date.issued' content='2024-05-06'>", "", date(2024, 5, 6), id="Dublin Core"
        ),
        pytest.param(
            "<meta itemprop='datePublished' content='20240506'>", "", date(2024, 5, 6), id="microdata"
        ),
        pytest.param("", "<time datetime='2024-05-06T10:00'>6 May</time>", date(2024, 5, 6), id="time tag"),
        pytest.param("<meta name='date' content='soon'>", "", None, id="no date"),
        pytest.param("<script type='application/ld+json'>{[</script>", "", None, id="broken JSON"),
    ],
)
def test_other_places_for_the_date(head, body, day):
    assert extract(article(body, f"<p>{LEAD}</p>", head=head)).date == day


def test_an_encoding_that_the_page_names_is_taken():
    text = "국회는 2026년 국방예산 65조 8642억원을 확정했다고 국방부가 밝혔다. 지난해보다 7.5% 늘었다."
    data = f"<html><head><meta charset='euc-kr'></head><body><p>{text}</p></body></html>".encode("euc-kr")

    extracted = extract(data)

    assert extracted.text.strip() == text
    assert extracted.problems == ()


def test_the_same_page_gives_the_same_text():
    data = article(f"<p>{LEAD}</p>{TABLE}")

    assert extract(data) == extract(data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<div>" * 10_000 + b"45 billion" + b"</div>" * 10_000, id="nested deeply"),
        pytest.param(b"<table><tr><td>" * 5_000 + b"45", id="tables in tables"),
        pytest.param(b"<" * 500_000, id="openings"),
        pytest.param(b"<p " + b"a=1 " * 100_000 + b">45", id="attributes"),
        pytest.param(b"<p>" + b"a" * 3_000_000, id="one long word"),
        pytest.param(b"<p>45 billion won were spent.</p>" * 100_000, id="many paragraphs"),
        pytest.param(
            b"<table><tr><td colspan=99999 rowspan=99999>4</td></tr></table>" * 1_000, id="huge spans"
        ),
        pytest.param("<p>\u202e45 \u200fbillion\u202c".encode() * 1_000, id="right to left"),
    ],
)
def test_a_hostile_page_is_read_in_bounded_time(data):
    with soon():
        extracted = extract(data)

    assert extracted.text or extracted.problems


def test_what_is_nested_too_deeply_is_said():
    assert [p.code for p in extract(b"<div>" * 10_000 + b"45").problems] == ["cut-short"]


def test_a_page_too_large_to_look_for_the_article_is_read_whole():
    extracted = extract(f"<p>{LEAD}</p>".encode() * 12_000)

    assert [p.code for p in extracted.problems] == ["whole-page"]
    assert extracted.text.count("65.9") == 12_000
