"""Annotated articles: cards that say what was read, claims joined across sources, and nothing that runs."""

from __future__ import annotations

import re
from datetime import date

import pytest

from steelyard.build import build_case
from steelyard.core.claim import Ledger
from steelyard.read.documents.document import Document
from steelyard.report.annotate import LONGEST
from steelyard.report.bundle import make_report
from steelyard.report.results import Results
from steelyard.report.template import PAGE
from tests.report import samples
from tests.report.test_page import PAGES, Page

SENTENCE = "Seoul set its 2026 defence budget at $46.1 billion."
JUNK = (
    "<div onclick='alert(1)'><script>alert(1)</script>"
    "<img src=x onerror=alert(1)><style>*{display:none}</style>"
)
CASE = """\
title = "Hostile"

[[sources]]
file = "{name}"
title = "T"
publisher = "P"
date = 2026-01-24
"""


def card(claim):
    return PAGES["whole"].by_id(f"card-{claim.id}")


def hrefs(element):
    return [link.keys["href"] for link in element.all("a")]


@pytest.mark.parametrize("claim", list(samples.LEDGER), ids=lambda claim: claim.quote[:20])
def test_each_mark_has_a_card_that_its_link_names(claim):
    notes = [
        note for note in PAGES["whole"].all("a") if note.keys.get("aria-describedby") == f"card-{claim.id}"
    ]

    assert len(notes) == 1
    assert notes[0].keys["href"] == f"#claim-{claim.id}"
    assert " ".join(claim.quote.split()) in card(claim).text


def test_a_card_tells_what_the_number_leaves_open():
    assert "46.05 to 46.15 bn USD" in card(samples.TOTAL).text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_card_tells_why_the_claim_was_read_so():
    claim = samples.TOTAL.changed(
        reasons=("measure by 'defence spending'", "period by '2026'"), confidence=0.9
    )
    results = Results(
        title="Why", vocabulary=samples.vocabulary(), documents=(samples.BUDGET_TEXT,), ledger=Ledger([claim])
    )

    page = Page(make_report(results)[0][PAGE].decode())

    text = page.by_id(f"card-{claim.id}").text
    assert "Read so: measure by 'defence spending'; period by '2026'. Confidence 0.9." in text


def test_clashing_claims_lead_to_one_another_across_sources():
    """The rise of 8.2 % in one text and of 7.5 % in the other, under one finding of the samples."""
    first, second = samples.RISE, samples.OTHER_RISE
    finding = samples.finding("rises", "contradicted", [first, second])
    results = Results(
        title="Two rises",
        vocabulary=samples.vocabulary(),
        documents=(samples.BUDGET_TEXT, samples.BRIEF_TEXT),
        ledger=Ledger([first, second]),
        findings=(finding,),
    )

    page = Page(make_report(results)[0][PAGE].decode())

    for one, other in ((first, second), (second, first)):
        found = page.by_id(f"card-{one.id}")
        assert hrefs(found) == ["#finding-rises", f"#text-{other.id}"]
        assert "Clashes with" in found.text
        assert "clash" in page.by_id(f"text-{one.id}").keys["class"].split()


def test_that_a_claim_clashes_is_told_without_colour_too():
    page = PAGES["whole"]
    clashing = {
        claim.id
        for finding in (samples.CLASH, samples.DIFFERENCE)
        for claim in finding.claims
        if finding.verdict == "contradicted"
    }

    for claim in samples.LEDGER:
        (note,) = [one for one in page.all("a") if one.keys.get("aria-describedby") == f"card-{claim.id}"]
        assert note.text.endswith("\N{NOT EQUAL TO}") == (claim.id in clashing)


def test_a_card_is_hidden_by_style_and_shown_without_script():
    style = PAGES["whole"].all("style")[0].text

    assert re.search(r"\.card\{display: none;", style)
    assert ".told:focus-within > .card" in style and "mark:hover + .told > .card" in style


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("a.txt", f"<script>alert(1)</script> {SENTENCE}\n", id="script in a text"),
        pytest.param(
            "a.txt", f"</div></article></main><img src=x onerror=alert(1)>\n{SENTENCE}\n", id="tags"
        ),
        pytest.param("a.txt", f"\u202e{SENTENCE}\n\u2066{SENTENCE}\n", id="written backwards"),
        pytest.param("a.html", f"<p>{JUNK}{SENTENCE}</p>", id="page with script"),
        pytest.param("a.html", f"<p>a&#0;b&#11;c {SENTENCE}</p>", id="page with characters that are none"),
        pytest.param("a.html", f"<p>{'<b>' * 200}{SENTENCE}", id="page of tags that never close"),
        pytest.param(
            "a.md", f"[x](javascript:alert(1)) <svg onload=alert(1)>\n\n{SENTENCE}\n", id="Markdown"
        ),
    ],
)
def test_what_a_source_smuggles_in_is_shown_and_does_nothing(tmp_path, name, text):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / name).write_text(text, encoding="utf-8")
    (tmp_path / "case.toml").write_text(CASE.format(name=name), encoding="utf-8")

    built = build_case(tmp_path)

    page = Page(built.page.read_text(encoding="utf-8"))
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert page.all("img", "iframe", "object", "embed", "form", "base") == []
    for element in page.every():
        assert not any(key.startswith("on") or key == "style" for key in element.keys)
        assert not element.keys.get("href", "#").startswith(("javascript:", "data:"))
    assert "$46.1 billion" in page.by_id("source-1").text


def test_a_text_with_characters_that_are_none_can_be_written():
    """A ledger may have been made elsewhere: halves of pairs and null characters must not stop a report."""
    document = Document("a.txt", f"\x00\ud800\uffff {SENTENCE}\n", date(2026, 1, 24))
    claim = samples.claim(document, "$46.1 billion", low="46.05e9", high="46.15e9", unit="USD")

    page = make_report(
        Results(title="T", vocabulary=samples.vocabulary(), documents=(document,), ledger=Ledger([claim]))
    )[0][PAGE].decode()

    assert "\N{REPLACEMENT CHARACTER}" * 3 in Page(page).by_id("source-1").text
    assert "\x00" not in page


def test_five_megabytes_of_markup_leave_a_page_that_can_be_opened():
    """What stands around claims is shown, with the beginning; the page says so and where the rest is."""
    text = f"{JUNK * 25_000}\n{SENTENCE}\n{JUNK * 25_000}"
    document = Document("big.txt", text, date(2026, 1, 24))
    claim = samples.claim(document, "$46.1 billion", low="46.05e9", high="46.15e9", unit="USD")
    results = Results(
        title="T", vocabulary=samples.vocabulary(), documents=(document,), ledger=Ledger([claim])
    )

    files, _ = make_report(results)

    source = Page(files[PAGE].decode()).by_id("source-1")
    assert len(text) > 5_000_000
    assert len(files[PAGE]) < 100_000
    assert "$46.1 billion" in source.text
    assert "articles.md" in source.text
    assert len(files["articles.md"]) > 5_000_000


def test_a_text_of_the_largest_size_is_shown_whole():
    text = f"{SENTENCE}\n" + "x" * (LONGEST - len(SENTENCE) - 1)
    document = Document("a.txt", text, date(2026, 1, 24))

    page = Page(
        make_report(Results(title="T", vocabulary=samples.vocabulary(), documents=(document,)))[0][
            PAGE
        ].decode()
    )

    assert "x" * (LONGEST - len(SENTENCE) - 1) in page.by_id("source-1").text
