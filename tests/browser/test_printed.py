"""The page on paper: A4, nothing cut off, no row or finding torn in two, and a program that prints it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from steelyard.case import Source
from steelyard.cli import run
from steelyard.report.bundle import make_report
from steelyard.report.pdf import PDF, print_pdf
from steelyard.report.template import PAGE
from tests.report import samples

MILLIMETRE = 72 / 25.4
A4 = (210 * MILLIMETRE, 297 * MILLIMETRE)
MARGIN = 14 * MILLIMETRE
PAPER = {"width": 688, "height": 1001}  # what the margins leave of A4, in pixels of a 96th of an inch


@pytest.fixture(scope="package")
def paper(browser, korea_page) -> Iterator[pypdfium2.PdfDocument]:
    """The report of Korea as PDF."""
    document = pypdfium2.PdfDocument(print_pdf(korea_page).read_bytes())
    yield document
    document.close()


def words_of(document: pypdfium2.PdfDocument) -> list[str]:
    """The text of each page, in one line."""
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_each_sheet_is_a4_and_all_words_lie_within_its_margins(paper):
    for number, page in enumerate(paper, start=1):
        assert page.get_size() == pytest.approx(A4, abs=1)
        text = page.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        assert min(box[0] for box in boxes) >= MARGIN - 2, number
        assert max(box[2] for box in boxes) <= A4[0] - MARGIN + 2, number


def test_no_table_is_wider_than_the_paper(opened, korea_page):
    page = opened(korea_page, size=PAPER).page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    wide = page.evaluate(
        """() => [...document.querySelectorAll("table, figure, pre")]
          .filter((it) => it.getBoundingClientRect().right > innerWidth + 1)
          .map((it) => it.textContent.trim().slice(0, 80))"""
    )

    assert wide == []


def test_the_sheets_are_counted_and_hold_what_is_folded_on_the_screen(paper):
    pages = words_of(paper)

    for number, words in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in words
    whole = " ".join(pages)
    assert "All claims by actor and measure" in whole
    assert "Year by year: see tables/scenario-linear-2035-yearly.csv" in whole


def test_addresses_are_printed_and_links_within_still_lead(browser, paper, korea_page, tmp_path):
    """An address that is its own text stands once."""
    name, address = samples.BUDGET_TEXT.name, "https://example.org/a?b=1&c=2"
    source = Source(name, Path(name), "A title", "The Harbour Review", url=address)
    files, _ = make_report(samples.results(sources=(source,)))
    (tmp_path / PAGE).write_bytes(files[PAGE])

    document = pypdfium2.PdfDocument(print_pdf(tmp_path / PAGE).read_bytes())
    whole = "".join(words_of(document)).replace(" ", "")
    document.close()

    assert whole.count(address) == 1
    assert b"/Dest" in (korea_page.parent / PDF).read_bytes()


def test_no_finding_and_no_row_is_torn_in_two(paper, opened, korea_page):
    """The first and the last words of each finding, and of each row of claims, stand on one sheet."""
    page = opened(korea_page).page
    pages = [words.replace(" ", "") for words in words_of(paper)]
    pairs = page.evaluate(
        """() => [...document.querySelectorAll(".finding:not(.scenario)")].map((it) =>
          [it.querySelector(".facts dd"), [...it.querySelectorAll(".quotations cite")].at(-1)]
            .map((end) => end.innerText))"""
    )
    rows = page.evaluate(
        """() => [...document.querySelectorAll(".claims tbody tr[id]")].map((it) =>
          [...it.cells].map((cell) => cell.innerText).join(""))"""
    )

    assert len(pairs) > 5
    assert len(rows) > 25
    for first, last in pairs:
        assert any("".join(first.split()) in sheet and "".join(last.split()) in sheet for sheet in pages), (
            last
        )
    for row in rows:
        assert any("".join(row.split()) in sheet for sheet in pages), row


def test_the_command_prints_the_page_and_says_where(browser, small_case, capsys):
    assert run(["report", "--pdf", "--draws", "50", str(small_case)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines == [str(small_case / "out" / "report.html"), str(small_case / "out" / PDF)]
    assert (small_case / "out" / PDF).read_bytes().startswith(b"%PDF-")
    assert [path.name for path in (small_case / "out").glob("printing-*")] == []


@pytest.fixture
def small_case(tmp_path: Path) -> Path:
    """A new case, as `steelyard new` makes it."""
    assert run(["new", str(tmp_path / "case"), "--quiet"]) == 0
    return tmp_path / "case"
