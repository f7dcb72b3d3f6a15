"""The page: every link leads somewhere, every number knows its origin, nothing is loaded, nothing is smuggled
in.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from steelyard.case import Source
from steelyard.core.claim import Ledger
from steelyard.core.vocabulary import Vocabulary
from steelyard.report.bundle import make_report
from steelyard.report.template import PAGE
from steelyard.state import version
from tests.report import samples

VOID = {"meta", "br", "input", "link", "img", "hr"}
LARGEST_PAGE = 810_000  # of which 410,000 are the library that draws


@dataclass
class Element:
    """A tag with its keys and the text directly or indirectly in it."""

    tag: str
    keys: dict
    text: str = ""
    inside: list = field(default_factory=list)

    def all(self, *tags: str):
        for child in self.inside:
            if child.tag in tags:
                yield child
            yield from child.all(*tags)


class Page(HTMLParser):
    """The page as a tree. Tags must close in the order in which they opened."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.root = Element("", {})
        self.path = [self.root]
        self.feed(html)
        self.close()
        assert self.path == [self.root]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        assert len(element.keys) == len(attrs)
        self.path[-1].inside.append(element)
        if tag not in VOID:
            self.path.append(element)

    def handle_startendtag(self, tag, attrs):
        self.path[-1].inside.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.path.pop().tag == tag

    def handle_data(self, data):
        for element in self.path:
            element.text += data

    def all(self, *tags: str) -> list[Element]:
        return list(self.root.all(*tags))

    def every(self):
        return self.root.all(*{element.tag for element in self._walk(self.root)})

    def _walk(self, element):
        for child in element.inside:
            yield child
            yield from self._walk(child)

    def by_id(self, name):
        (found,) = [element for element in self.every() if element.keys.get("id") == name]
        return found

    @property
    def ids(self) -> list[str]:
        return [element.keys["id"] for element in self.every() if "id" in element.keys]


def page_of(**changes) -> Page:
    files, _ = make_report(samples.results(**changes))
    return Page(files[PAGE].decode())


VARIANTS: dict[str, dict] = {
    "whole": {},
    "no findings": {"findings": ()},
    "no scenarios": {"ensembles": ()},
    "no claims": {"ledger": Ledger(), "findings": ()},
    "no documents": {"documents": ()},
    "no vocabulary": {"vocabulary": Vocabulary({})},
    "no postures": {"postures": ()},
    "nothing": {
        "vocabulary": Vocabulary({}),
        "documents": (),
        "ledger": Ledger(),
        "findings": (),
        "ensembles": (),
        "problems": (),
        "commands": (),
        "inputs": {},
    },
    "hostile": samples.hostile_results(),
}
PAGES = {name: page_of(**changes) for name, changes in VARIANTS.items()}


@pytest.fixture(params=list(PAGES))
def page(request) -> Page:
    return PAGES[request.param]


def test_each_link_within_the_page_leads_somewhere(page):
    links = {element.keys["href"] for element in page.all("a") if element.keys["href"].startswith("#")}

    assert links
    assert {link[1:] for link in links} <= set(page.ids)


def test_each_id_stands_once(page):
    assert len(page.ids) == len(set(page.ids))


def test_each_number_in_a_table_knows_its_origin(page):
    """By a link, by the cell, or by the row or the group of rows where all share it; headings and running
    numbers aside.
    """
    homeless = []
    pairs = [(group, row) for group in page.all("thead", "tbody") for row in group.all("tr")]
    assert len(pairs) == len(page.all("tr"))
    for group, row in pairs:
        for cell in row.all("td", "th"):
            is_heading = cell.keys.get("scope") in ("col", "rowgroup")
            known = any(it.keys.get("data-origin") for it in (group, row, cell)) or list(cell.all("a"))
            if re.search(r"\d", cell.text) and not is_heading and not known:
                homeless.append(cell.text)

    assert not homeless


def test_each_origin_is_written_out_once_and_referred_to_by_its_number(page):
    numbers = [number for element in page.every() for number in element.keys.get("data-origin", "").split()]
    listed = [
        element.keys["id"] for element in page.every() if element.keys.get("id", "").startswith("origin-")
    ]

    assert listed == [f"origin-{number}" for number in sorted({int(number) for number in numbers})]
    texts = [page.by_id(name).text for name in listed]
    assert len(texts) == len(set(texts))


def test_the_page_loads_nothing(page):
    loading = {"src", "srcset", "data", "poster", "action", "background", "xlink:href"}

    assert not [element.tag for element in page.every() if loading.intersection(element.keys)]
    assert not page.all("link", "img", "iframe", "object", "embed", "video", "audio", "form", "base", "use")
    assert "@import" not in page.all("style")[0].text
    assert "url(" not in page.all("style")[0].text


def test_no_element_runs_or_dresses_itself(page):
    for element in page.every():
        assert not [key for key in element.keys if key.startswith("on") or key == "style"]


def test_one_style_and_one_script_and_both_are_named_by_the_policy(page):
    policy = next(
        element.keys["content"]
        for element in page.all("meta")
        if element.keys.get("http-equiv") == "Content-Security-Policy"
    )

    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page.html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert len(page.all(tag)) == 1


def test_the_page_has_landmarks_and_one_heading_of_each_section(page):
    assert [len(page.all(tag)) for tag in ("main", "nav", "h1", "footer")] == [1, 1, 1, 1]
    sections = [section.keys["id"] for section in page.all("section")]
    contents = [item.inside[0].keys["href"][1:] for item in page.all("nav")[0].inside[0].inside]
    assert contents == sections
    assert [section for section in sections if section != "responsibility"] == [
        "summary",
        "findings",
        "projection",
        "figures",
        "sources",
        "method",
        "reproduce",
    ]
    for section in page.all("section"):
        assert len(list(section.all("h2"))) == 1


def test_headings_do_not_skip_a_level(page):
    levels = [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4")]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_pictures_and_tables_that_scroll_are_named(page):
    for element in page.every():
        if element.keys.get("role") in ("img", "group"):
            assert element.keys.get("aria-label")
    for control in page.all("input"):
        assert control.keys["id"] in {label.keys.get("for") for label in page.all("label")}


def test_what_scrolls_can_be_reached_by_keyboard(page):
    for element in page.every():
        if "scroll" in element.keys.get("class", "").split():
            assert element.keys.get("tabindex") == "0"


def test_the_page_is_small(page):
    assert len(page.html.encode()) < LARGEST_PAGE


def test_the_page_says_its_language_and_fits_a_phone(page):
    (html,) = page.all("html")

    assert html.keys["lang"] == "en"
    assert "width=device-width" in page.html
    assert page.html.startswith("<!doctype html>")


def test_markup_from_outside_is_shown_and_nothing_else():
    page = PAGES["hostile"]

    (heading,) = page.all("h1")
    assert heading.text == samples.HOSTILE
    assert "alert(1)" not in page.all("script")[0].text
    assert samples.HOSTILE in page.by_id("source-1").text


def test_each_claim_has_a_row_that_leads_to_its_mark():
    page = PAGES["whole"]

    for claim in samples.LEDGER:
        row = page.by_id(f"claim-{claim.id}")
        links = [link.keys["href"] for link in row.all("a")]
        assert f"#text-{claim.id}" in links
        assert page.by_id(f"text-{claim.id}").tag == "mark"


def test_a_mark_leads_back_to_its_row():
    links = [link.keys["href"] for link in PAGES["whole"].by_id("sources").all("a")]

    assert {f"#claim-{claim.id}" for claim in samples.LEDGER} <= set(links)


def test_a_finding_shows_verdict_quotations_intervals_and_readings():
    text = PAGES["whole"].by_id("finding-clash").text.replace("\N{NO-BREAK SPACE}", " ")

    for words in (
        "Contradicted",
        "within the last printed digit",
        "$46.1 billion",
        "46.05 to 46.15 bn USD",
        "The Harbour Review, 2026-01-23",
        "20.41 to 20.73 bn USD",
        "0.016 bn USD, 0.16 of the last printed digit",
        "converted from about 30 trillion won",
    ):
        assert words in text


def test_what_a_cost_is_stands_once_where_the_first_cost_stands():
    page = PAGES["whole"]

    assert page.root.text.count("Cost: how unlikely a reading is, in points") == 1
    assert "Cost: how unlikely" in page.by_id("finding-clash").text


def test_long_tables_are_folded_where_they_are_not_asked_for():
    """What was also checked is folded everywhere; claims and numbers by the script, on a phone."""
    page = PAGES["whole"]

    folds = {box.keys.get("class"): box for box in page.all("details") if "scroll" in box_classes(box)}
    assert "open" not in next(box for box in page.by_id("findings").all("details")).keys
    assert "open" in folds["wide"].keys
    assert "details.wide" in page.all("script")[0].text


def box_classes(box) -> set[str]:
    return {name for element in box.all("div") for name in element.keys.get("class", "").split()}


def test_the_place_to_build_from_is_said_before_the_command():
    text = PAGES["whole"].by_id("reproduce").text

    assert text.index("in the folder that holds the case:") < text.index("steelyard build")


def test_the_contents_name_what_clashes_the_paths_and_the_sources():
    links = [link.keys["href"][1:] for link in PAGES["whole"].all("nav")[0].all("a")]

    parts = ["finding-clash", "scenario-rising", "scenario-constant", "source-1", "source-2", "problems"]
    assert [link for link in links if "-" in link or link == "problems"] == parts


def test_a_target_is_called_exact():
    text = PAGES["whole"].by_id("finding-clash").text.replace("\N{NO-BREAK SPACE}", " ")

    assert "Exact: 3.5% of GDP" in text


def test_what_is_merely_consistent_is_listed_and_not_unfolded():
    row = PAGES["whole"].by_id("finding-agreement")

    assert row.tag == "tr"
    assert "Consistent" in row.text


def test_a_scenario_shows_its_table_its_chances_and_what_it_rests_on():
    page = PAGES["whole"]

    yearly = page.by_id("scenario-rising-yearly").text
    assert all(words in yearly for words in ("5%", "95%", "2028", "77.0", "Box: low"))
    assert "53%" in page.by_id("scenario-rising-reach").text
    table = next(iter(page.by_id("scenario-rising-origins").all("table")))
    links = [link.keys["href"] for link in table.all("a")]
    assert links == [f"#text-{samples.TOTAL.id}", "#parameter-kor-defence-share-target-packaged-3.5"]


def test_both_documents_stand_side_by_side():
    section = PAGES["whole"].by_id("responsibility")
    rows = [[cell.text for cell in row.all("th", "td")] for row in section.all("tr")]

    assert [cell for cell in rows[0] if "2" in cell] == [
        "Washington Declaration 2023",
        "National Defense Strategy 2026",
    ]
    (row,) = [row for row in rows if row[0] == "Deterring North Korea" and row[1] == "South Korea"]
    assert row[2] == "unstated"
    assert "lead" in row[3]
    assert row[4].strip() == "newly stated"


def test_a_case_that_names_no_postures_shows_nothing_of_them():
    page = PAGES["no postures"]

    assert "Washington Declaration" not in page.root.text
    assert "responsibility" not in page.ids


def test_a_refusal_is_shown_with_its_remedy():
    assert "A claim of arms_purchases would lift this." in PAGES["whole"].by_id("method").text


def test_how_to_make_the_report_again_is_said():
    """The hash over all is that of the lines that sha256sum prints, in the order of their names."""
    text = PAGES["whole"].by_id("reproduce").text
    lines = f"{'cd' * 32}  sources/brief.txt\n{'ab' * 32}  sources/budget.txt\n"

    assert "steelyard build cases/example" in text
    assert "ab" * 32 in text
    assert hashlib.sha256(lines.encode()).hexdigest() in text
    assert f"With steelyard {version()}" in text
    assert "Share of GDP: rising: 1,000 draws, seed 7." in text


@pytest.mark.parametrize(
    ("name", "place", "words"),
    [
        ("no findings", "findings", "No finding"),
        ("no scenarios", "projection", "No scenario was run"),
        ("no claims", "figures", "No claim was read"),
        ("no documents", "sources", "No source"),
    ],
)
def test_an_empty_section_says_so(name, place, words):
    assert words in PAGES[name].by_id(place).text


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("https://example.org/a?b=1&c=2", ["https://example.org/a?b=1&c=2"]),
        ("javascript:alert(1)", []),
        ("data:text/html,<script>alert(1)</script>", []),
        (None, []),
    ],
)
def test_only_web_addresses_of_sources_become_links(address, links):
    name = samples.BUDGET_TEXT.name
    source = Source(name, Path(name), "A title", "The Harbour Review", url=address)

    found = page_of(sources=(source,)).by_id("source-1").all("a")

    assert [href for link in found if not (href := link.keys["href"]).startswith("#")] == links


def test_an_undated_document_is_called_so():
    text = replace(samples.BUDGET_TEXT, date=None, publisher=None)

    assert "undated" in page_of(documents=(text,)).by_id("source-1").text


def test_the_head_counts_what_the_report_rests_on():
    text = PAGES["whole"].all("header")[0].text

    assert (
        "Two sources, dated 2026-01-23 to 2026-01-24, seven figures, one role or statement and two scenarios."
        in text
    )
    same_day = replace(samples.BRIEF_TEXT, date=date(2026, 1, 23))
    assert "dated 2026-01-23, " in page_of(documents=(samples.BUDGET_TEXT, same_day)).all("header")[0].text
