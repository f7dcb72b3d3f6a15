"""The visible text of a web page as blocks: paragraphs, headings, items of lists, and tables of data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from steelyard.read.documents.writer import WIDEST, GridCell, plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN = frozenset(
    """
    script style noscript template svg head iframe button select textarea canvas object audio video dialog
    """.split()  # noqa: SIM905 (a page of quotes would hide the words)
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | frozenset(
    """
    html body main article section div p pre blockquote header footer nav aside ul ol li dl dt dd figure
    figcaption hr center address form fieldset legend details summary
    table caption thead tbody tfoot tr td th
    """.split()  # noqa: SIM905
)
_ASIDE = frozenset(("nav", "footer", "aside", "menu"))
_MAIN = frozenset(("main", "article"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_NOTE_MARK = re.compile(r"\[?(?:\d{1,3}|[a-z*†‡])\]?")
_BREAK = "\u2028"
_LONGEST_CELL = 200
_TALLEST = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page that stands by itself.

    `kind` is "heading", "item", "table" or "paragraph". `is_main` says that the page marks it as its content,
    `is_aside` that it is navigation or a remark on the margin.
    """

    kind: str
    text: str
    rows: tuple[tuple[GridCell, ...], ...] = ()
    caption: str | None = None
    is_main: bool = False
    is_aside: bool = False


class _Collector:
    """Gathers text until a block ends; knows in how many main parts and asides it stands."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.kinds: list[str] = []
        self.main = self.aside = 0

    def flush(self) -> Iterator[Block]:
        """The block that has been gathered, if it has words; several where line breaks part it."""
        text = "".join(self.parts)
        self.parts.clear()
        for piece in _pieces(text):
            yield Block(self._kind, piece, is_main=self.main > 0, is_aside=self.aside > 0)

    def table(self, element: HtmlElement) -> Block:
        """The block of a table of data."""
        rows = tuple(tuple(row) for row in _grid(element))
        text = " ".join(cell.text for row in rows for cell in row if cell.text)
        caption = element.find(".//caption")
        title = plain(caption.text_content()) if caption is not None else element.get("aria-label")
        return Block("table", text, rows, title or None, self.main > 0, self.aside > 0)

    @property
    def _kind(self) -> str:
        return self.kinds[-1] if self.kinds else "paragraph"


def blocks_of(page: HtmlElement) -> Iterator[Block]:
    """The blocks of a parsed page in order; what a browser does not show is left out."""
    collector = _Collector()
    skipped = None
    walk = etree.iterwalk(page, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            is_table = tag == "table" and is_data(element)
            if is_table:
                yield from collector.flush()
                yield collector.table(element)
            if is_table or _is_unseen(element, tag):
                skipped = element
                walk.skip_subtree()
            else:
                yield from _begin(collector, element, tag)
            continue
        if event == "end" and element is not skipped:
            yield from _end(collector, tag)
        if element is not page:
            collector.parts.append(element.tail or "")
    yield from collector.flush()


def _pieces(text: str) -> list[str]:
    """The parts between line breaks; a break within a sentence is none."""
    pieces: list[str] = []
    for part in text.split(_BREAK):
        words = plain(part)
        if pieces and pieces[-1] and words and words[0].islower() and pieces[-1][-1] not in ".!?:;":
            pieces[-1] += f" {words}"
        else:
            pieces.append(words)
    return [piece for piece in pieces if piece]


def _begin(collector: _Collector, element: HtmlElement, tag: str) -> Iterator[Block]:
    if tag == "br":
        collector.parts.append(_BREAK)
    if tag in _BLOCKS:
        yield from collector.flush()
    collector.main += tag in _MAIN
    collector.aside += tag in _ASIDE
    if tag in _HEADINGS or tag == "li":
        collector.kinds.append("item" if tag == "li" else "heading")
    if element.text:
        collector.parts.append(element.text)


def _end(collector: _Collector, tag: str) -> Iterator[Block]:
    if tag in _BLOCKS:
        yield from collector.flush()
    collector.main -= tag in _MAIN
    collector.aside -= tag in _ASIDE
    if tag in _HEADINGS or tag == "li":
        collector.kinds.pop()


def _is_unseen(element: HtmlElement, tag: str) -> bool:
    """Whether a browser does not show an element, or shows it as the mark of a note alone."""
    if tag in _UNSEEN or element.get("hidden") is not None:
        return True
    if (style := element.get("style")) and _HIDDEN.search(style.casefold()):
        return True
    return (
        tag == "sup" and bool(_NOTE_MARK.fullmatch(element.text_content().strip())) and not _is_power(element)
    )


def _is_power(element: HtmlElement) -> bool:
    """Whether a raised number belongs to a unit, as in square metres; else it is the mark of a note."""
    before = element.getprevious()
    text = (
        before.tail
        if before is not None
        else element.getparent().text
        if element.getparent() is not None
        else ""
    )
    words = (text or "").split()
    return bool(words) and words[-1] in ("m", "km", "cm") and not (text or " ")[-1].isspace()


def is_data(table: HtmlElement) -> bool:
    """Whether a table holds data: two rows and columns at least, short cells, some of them with digits."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [[plain(cell.text_content()) for cell in row.iterchildren("td", "th")] for row in table.iter("tr")]
    cells = [text for row in rows for text in row if text]
    wide = sum(1 for row in rows if len(row) > 1)
    digits = sum(1 for text in cells if any(sign.isdigit() for sign in text))
    short = sum(1 for text in cells if len(text) <= _LONGEST_CELL)
    return wide >= 2 and digits >= 2 and short >= 0.8 * len(cells)


def _grid(table: HtmlElement) -> Iterator[list[GridCell]]:
    """The rows of a table; a cell that goes on from the row above is empty there."""
    reaching: dict[int, int] = {}
    for number, row in enumerate(table.iter("tr")):
        if number >= _TALLEST:
            return
        cells: list[GridCell] = []
        column = 0
        for cell in row.iterchildren("td", "th"):
            while column in reaching:
                cells.append(GridCell(""))
                column += 1
            width = _span(cell.get("colspan"))
            if (height := _span(cell.get("rowspan"))) > 1:
                reaching.update(dict.fromkeys(range(column, column + width), height))
            cells.append(GridCell(_cell_text(cell), width))
            column += width
        reaching = {each: left - 1 for each, left in reaching.items() if left > 1}
        yield cells


def _span(value: str | None) -> int:
    """How many rows or columns a cell covers; what is no number counts as one."""
    return max(1, min(WIDEST, int(value))) if value and value.isdecimal() and len(value) < 6 else 1


def _cell_text(cell: HtmlElement) -> str:
    """The text of a cell without the marks of notes."""
    return " ".join(block.text for block in blocks_of(cell))
