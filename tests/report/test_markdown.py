"""The annotated articles as Markdown: read by a library that is not ours, nothing in a source comes alive."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import marko
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from steelyard.core.claim import Ledger
from steelyard.report.bundle import ARTICLES, make_report
from steelyard.report.export.markdown import as_line, to_markdown
from steelyard.report.links import link_claims
from steelyard.report.verdicts import describe_findings
from tests.report import samples


def articles(**changes) -> str:
    results = samples.results(**changes)
    links, _ = link_claims(results.ledger, results.documents)
    return to_markdown(results, links, describe_findings(results, links), "1.0")


def rendered(text) -> str:
    """The page that a program of GitHub's kind of Markdown makes of it, footnotes and all."""
    return marko.Markdown(extensions=["gfm", "footnote"]).convert(text)


def shown(html) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def alone(text, claims=()) -> str:
    """The page of a source with this text."""
    document = replace(samples.BUDGET_TEXT, text=text)
    return rendered(articles(documents=(document,), ledger=Ledger(claims), findings=()))


def test_each_claim_is_a_footnote_behind_its_words():
    html = rendered(articles())

    assert re.search(r"\$46\.1 billion<sup", html)
    assert len(re.findall(r'<sup class="footnote-ref"', html)) == len(samples.LEDGER)
    notes = shown(html.partition("footnotes")[2]).replace("\N{NO-BREAK SPACE}", " ")
    words = "“$46.1 billion”: Defence spending, level, South Korea, 2026, proposed"
    assert f"{words}; it leaves open 46.05 to 46.15 bn USD." in notes
    assert f"Contradicted (within the last printed digit): {samples.CLASH.explanation}" in notes


def test_a_footnote_says_why_it_was_read_so():
    claim = samples.TOTAL.changed(confidence=0.85, reasons=("measure by 'spending'", "period by *2026*"))

    text = shown(rendered(articles(ledger=Ledger([claim]), findings=())))

    assert "Read so (confidence 0.85): measure by 'spending'; period by *2026*." in text


def test_sources_stand_in_order_under_their_titles_with_what_is_known():
    html = rendered(articles())

    headings = re.findall(r"<h2>(.*?)</h2>", html)
    assert headings == ["Source 1: budget.txt", "Source 2: brief.txt"]
    assert "The Harbour Review, 2026-01-23, sources/budget.txt" in shown(html)


HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param('<img src=x onerror="alert(1)">', id="picture with code"),
    pytest.param("![x](https://example.org/x.png) and [a](javascript:alert(1))", id="picture and link"),
    pytest.param("# no heading #", id="heading"),
    pytest.param("- no list", id="list"),
    pytest.param("12. no list", id="numbered list"),
    pytest.param("12) no list", id="numbered list in brackets"),
    pytest.param("---", id="ruler"),
    pytest.param("===", id="underline"),
    pytest.param("> no quotation", id="quotation"),
    pytest.param("| a | b |", id="table"),
    pytest.param("**not** _set_ ~~off~~ `nor` so", id="emphasis"),
    pytest.param("&lt;b&gt; &amp; &copy;", id="entities"),
    pytest.param("see https://example.org or www.example.org or a@example.org", id="addresses"),
    pytest.param("[^1]: a footnote of its own [^1]", id="footnote"),
    pytest.param("[a]: https://example.org", id="reference"),
    pytest.param("a\\", id="backslash"),
    pytest.param("$x^2$ and \\(x\\)", id="formula"),
    pytest.param("```", id="fence"),
    pytest.param("עברית 46.1억", id="other writing"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_source_is_shown_and_does_nothing(text):
    html = alone(f"{text}\nand more\n")

    assert text in shown(html)
    assert set(re.findall(r"<(\w+)", html)) <= {"h1", "h2", "p"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_title_does_nothing_either(text):
    html = rendered(articles(title=text, documents=(), ledger=Ledger(), findings=()))

    assert shown(re.findall(r"<h1>(.*?)</h1>", html)[0]) == text
    assert set(re.findall(r"<(\w+)", html)) <= {"h1", "p"}


@given(st.text(st.sampled_from("ab1.)(<>&\"'*_`~[]{}#+-=|!\\:/@$^ 한"), max_size=30))
def test_any_line_is_shown_as_it_is_written(text):
    """Law: a line of whatever signs becomes one paragraph of just these."""
    html = MarkdownIt("commonmark", {"html": True}).render(as_line(text))

    assert " ".join(shown(html).split()) == " ".join(text.split())
    assert set(re.findall(r"<(\w+)", html)) <= {"p"}


def test_an_indented_line_is_no_code_and_control_signs_are_visible():
    html = alone("    four blanks\n\ttab\x00\x1b\u202eend\n")

    assert "<code" not in html
    assert "four blanks" in shown(html)
    assert "tab␀␛�end" in shown(html)


def test_claims_that_share_or_cross_their_words_each_have_a_mark_at_their_end():
    text = "South Korea takes the lead at 3.5% of GDP today."
    claims = [
        samples.ROLE.changed(id="a", document=samples.BUDGET_TEXT.name, start=0, end=26, quote=text[0:26]),
        samples.TARGET.changed(id="b", start=30, end=34, quote="3.5%"),
        samples.SHARE.changed(id="c", start=30, end=41, quote="3.5% of GDP"),
        samples.SHARE.changed(id="d", start=35, end=41, quote="of GDP"),
    ]
    document = replace(samples.BUDGET_TEXT, text=text)

    written = articles(documents=(document,), ledger=Ledger(claims), findings=())

    assert "South Korea takes the lead[^1] at 3.5%[^2] of GDP[^3][^4] today." in written
    assert written.count("\n[^") == 4


def test_a_claim_whose_words_are_nowhere_is_listed_by_itself():
    written = articles(documents=(samples.BRIEF_TEXT,), findings=())

    assert "## Claims whose words do not stand in these sources" in written
    assert "“\\$46.1 billion”: Defence spending" in written
    assert "[^1]" not in written


def test_a_case_without_anything_says_so():
    files, _ = make_report(samples.results(documents=(), ledger=Ledger(), findings=(), ensembles=()))

    assert "There are no sources." in files[ARTICLES].decode()
