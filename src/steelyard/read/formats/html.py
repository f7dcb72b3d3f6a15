"""HTML: the main text of a page with its headings, lists and tables, and what the page says of itself.

The blocks of the page are taken from its own tree, so that tables keep their cells; which of them are the
article is told by trafilatura. Where it finds nothing, all visible text is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from steelyard.core.problems import FormatError, Place, Problem
from steelyard.read.documents.encoding import cut_short, text_of
from steelyard.read.documents.extracted import Extracted
from steelyard.read.documents.limits import MEGABYTE, in_megabytes
from steelyard.read.documents.stamps import day_of
from steelyard.read.documents.writer import Writer, plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from steelyard.read.documents.page_blocks import Block

SUFFIXES = (".html", ".htm", ".xhtml")
_LARGEST_PAGE = 8 * MEGABYTE
# Beyond it the search for the main text would take minutes.
_LARGEST_ARTICLE = 2 * MEGABYTE
_DECLARED = re.compile(
    rb"(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I
)
_BEGINNING = re.compile(rb"\s*(?:<\?xml|<!--|<!doctype\s+html|<html|<head|<body)", re.I)
# How the parser begins its complaint of it.
_TOO_DEEP = "Excessive depth"
# A block belongs to the main text if so large a share of its runs of so many words stands there too. By
# chance hardly one does; a mark of a note that is kept there and not here spoils all runs around it.
_RUN = 3
_SHARE = 0.35
# What trafilatura finds in a page of menus alone is shorter than this.
_SHORTEST_ARTICLE = 60
# Days are never looked up against the clock: the same page reads the same in ten years.
_LATEST_DAY = "2100-01-01"


def is_one(data: bytes) -> bool:
    """Whether bytes begin as a page does."""
    return bool(_BEGINNING.match(data.removeprefix(b"\xef\xbb\xbf")[:500]))


def extract(data: bytes) -> Extracted:
    """The main text of a page, its tables, and its date, publisher, title and language.

    Raises:
        FormatError: the bytes are no text.
    """
    from steelyard.read.documents.page_blocks import blocks_of
    from steelyard.read.documents.page_facts import facts_of

    declared = _DECLARED.search(data[:4096])
    source, problems = text_of(data, declared[1].decode("ascii", "replace") if declared else None)
    if len(source) > _LARGEST_PAGE:
        source = source[:_LARGEST_PAGE]
        problems.append(cut_short(f"Only the first {in_megabytes(_LARGEST_PAGE)} of the page are read."))
    page = _parsed(source, problems)
    if page is None:
        return Extracted("", problems=tuple(problems))
    facts = facts_of(page)
    article = _article(source, problems)
    writer = Writer()
    for block in _main_blocks(list(blocks_of(page)), article, facts.title or ""):
        _write(block, writer)
    return Extracted(
        writer.text,
        facts.date or _day_shown(source),
        facts.publisher,
        facts.title,
        facts.url,
        facts.language,
        writer.tables,
        problems=tuple(problems),
    )


def _parsed(source: str, problems: list[Problem]) -> HtmlElement | None:
    """The tree of a page; None where it holds nothing."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=True)
    try:
        page = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        page = None
    except (ValueError, AssertionError) as error:
        raise FormatError(f"it is no page that can be read: {error}") from error
    if any(_TOO_DEEP in fault.message for fault in parser.error_log):
        problems.append(cut_short("Tags are nested too deeply in the page; what stands there is left out."))
    return page


def _day_shown(source: str) -> date | None:
    """The day that a page without metadata shows as that of its publication."""
    if len(source) > _LARGEST_ARTICLE:
        return None
    import htmldate

    try:
        day = htmldate.find_date(source, extensive_search=False, original_date=True, max_date=_LATEST_DAY)
    except (Exception, RecursionError):  # whatever a hostile page makes it stumble over
        return None
    return day_of(day)


def _article(source: str, problems: list[Problem]) -> HtmlElement | None:
    """The tree of the main text."""
    if len(source) > _LARGEST_ARTICLE:
        problems.append(_all_of_it(f"The page is larger than {in_megabytes(_LARGEST_ARTICLE)}"))
        return None
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            source,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
        )
    except (Exception, RecursionError):  # whatever a hostile page makes it stumble over
        found = None
    if found is None or isinstance(found, dict) or len(found.text or "") < _SHORTEST_ARTICLE:
        return None
    return found.body


def _all_of_it(reason: str) -> Problem:
    message = f"{reason}, so all its visible text is read, menus and remarks too."
    return Problem("whole-page", message, Place(""), "Save the article alone.", "warning")


def _main_blocks(blocks: Sequence[Block], article: HtmlElement | None, title: str) -> list[Block]:
    """The blocks of the main text; all but menus and remarks where none is known."""
    if article is None:
        return [block for block in blocks if not block.is_aside] or list(blocks)
    texts = {_even(" ".join(part.itertext())) for part in article.iter()}
    runs = _runs(_even(" ".join(article.itertext())))
    chosen = [_is_among(block, texts, runs) for block in blocks]
    if not any(chosen):
        return [block for block in blocks if not block.is_aside] or list(blocks)
    first = chosen.index(True)
    last = len(chosen) - 1 - chosen[::-1].index(True)
    return [
        block
        for number, (block, is_chosen) in enumerate(zip(blocks, chosen, strict=True))
        if is_chosen
        or _is_headline(block, title, number, first)
        or (block.kind == "table" and not block.is_aside and (block.is_main or first < number < last))
    ]


def _is_among(block: Block, texts: set[str], runs: set[tuple[str, ...]]) -> bool:
    """Whether a block is part of the main text: as it is, or by its runs of words."""
    even = _even(block.text)
    if even in texts:
        return not block.is_aside
    own = _runs(even)
    return bool(own) and len(own & runs) >= _SHARE * len(own)


def _is_headline(block: Block, title: str, number: int, first: int) -> bool:
    return block.kind == "heading" and number < first and bool(title) and _even(block.text) in _even(title)


def _even(text: str) -> str:
    return plain(text).casefold()


def _runs(text: str) -> set[tuple[str, ...]]:
    """All runs of words of a text, without repetition."""
    words = text.split()
    return set(zip(*(words[n:] for n in range(_RUN)), strict=False))


def _write(block: Block, writer: Writer) -> None:
    if block.kind == "table":
        writer.table(block.rows, block.caption)
    elif block.kind == "item":
        writer.line(block.text)
    else:
        writer.paragraph(block.text)
