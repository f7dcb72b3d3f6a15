"""Lines of printed pages to running text: headers and page numbers out, paragraphs and split words joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from statistics import median

from steelyard.read.documents.extracted import Cell, Table
from steelyard.read.documents.pdf_layout import CELL_GAP, Column, Run, is_level
from steelyard.read.documents.pdf_tables import is_number
from steelyard.read.documents.writer import plain

# How pdfium marks a hyphen at the end of a line; here the sign that the word goes on in the next line.
SPLIT = "\xad"
# The parts of a page in which running heads and numbers stand.
_MARGIN = 0.12
_EDGE_LINES = 3
# A shorter one before a number is a heading rather than the beginning of a sentence.
_SHORTEST_LINE = 30
# Rows of headings that a table may have, and what tells years among them.
_MOST_HEADS = 4
_YEAR = re.compile(r"\D{0,3}(?:19|20)\d\d\D{0,4}(?:\d{2,4})?")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:\d{1,4}|[ivxl]{1,6})(?:\s*[/|]\s*\d{1,4})?\W*", re.IGNORECASE)
_PRINTED = re.compile(
    r"(?:https?|file)://\S+|\d{1,4}([./-]) ?\d{1,2}\1 ?\d{1,4}\.?,? .{0,4}\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?"
)
_BULLET = re.compile(r"(?:[•‣▪●◦■□○※·–—*-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s")
_STOPS = (".", "!", "?", ":", ";", '."', ".”", ".’", ".)")
# The dots between an entry of a table of contents and its page.
LEADERS = re.compile(r"(?:\.\s?){5}")
_HYPHENATED = re.compile(r"\w+-\w+")
_SPLIT_WORD = re.compile(rf"{SPLIT}$|\w-$")
_LAST_PART = re.compile(r"\w+$")
_FIRST_PART = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """The columns of a page, and its height."""

    columns: tuple[Column, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Written:
    """The text of pages, where in it each begins, and its tables."""

    text: str
    pages: tuple[int, ...]
    tables: tuple[Table, ...]


@dataclass(slots=True)
class _Text:
    """Text that grows line by line. `hyphenated` are the words that stand with a hyphen within lines."""

    hyphenated: frozenset[str]
    parts: list[str] = field(default_factory=list)
    length: int = 0
    last: str = ""
    page: int = 0
    tables: list[Table] = field(default_factory=list)
    heads: list[list[str]] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def begin(self, line: str, gap: str) -> None:
        """Begin a paragraph or a row with `line`."""
        if self.last:
            self.add(("-" if self.last.endswith(SPLIT) else "") + gap)
        self._put(line)

    def go_on(self, line: str) -> None:
        """Add a line to the paragraph; a word that was split at its end becomes whole."""
        if _SPLIT_WORD.search(self.last):
            self._close_word(line)
        else:
            self.add(" ")
        self._put(line)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table, a row a line, with tabs between cells; the next paragraph begins behind it.

        One that follows another at once, as where a page ends, goes on with it if it has no headings of its
        own, or the same ones.
        """
        known: tuple[tuple[Cell | None, ...], ...] = ()
        rows = self._beyond_headings(rows)
        if self._goes_on(rows):
            before = self.tables.pop()
            start, known = before.start, before.rows
        else:
            self.begin("", "\n\n")
            start = self.length
        found = tuple(self._row(row, number) for number, row in enumerate(rows, len(known) + 1))
        self.tables.append(Table(start, self.length, known + found))
        self.heads = self.heads if known else [list(row) for row in rows[:_MOST_HEADS]]
        self.last = CELL_GAP

    def _beyond_headings(self, rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
        """The rows without the headings of the table before, where they come anew."""
        if self.last != CELL_GAP:
            return rows
        same = sum(
            1 for _ in takewhile(lambda pair: list(pair[0]) == pair[1], zip(rows, self.heads, strict=False))
        )
        return rows[same:] if len(rows) > same else rows

    def _goes_on(self, rows: Sequence[Sequence[str]]) -> bool:
        """Whether rows belong to the table that was added last, with nothing between."""
        if self.last != CELL_GAP or len(self.tables[-1].rows[0]) != len(rows[0]):
            return False
        return any(map(is_number, rows[0])) and not any(map(_YEAR.fullmatch, rows[0]))

    def _row(self, row: Sequence[str], number: int) -> tuple[Cell | None, ...]:
        cells: list[Cell | None] = []
        if number > 1:
            self.add("\n")
        for column, words in enumerate(map(plain, row), 1):
            self.add(CELL_GAP if column > 1 else "")
            name = f"page {self.page}, row {number}, column {column}"
            cells.append(Cell(self.length, self.length + len(words), name) if words else None)
            self.add(words)
        return tuple(cells)

    def _put(self, line: str) -> None:
        self.last = line
        self.add(line.removesuffix(SPLIT))

    def _close_word(self, line: str) -> None:
        """Take the hyphen away, unless the word has one of its own."""
        first, second = _LAST_PART.search(self.last[:-1]), _FIRST_PART.match(line)
        keeps = (
            first is None
            or second is None
            or f"{first.group()}-{second.group()}".casefold() in self.hyphenated
            or not (first.group()[-1].islower() and second.group()[0].islower())
        )
        if self.last.endswith(SPLIT):
            self.add("-" if keeps else "")
        elif not keeps:
            self.parts[-1] = self.parts[-1][:-1]
            self.length -= 1


def running_text(pages: Sequence[Page]) -> Written:
    """The text of pages.

    Paragraphs are parted by an empty line; a sentence that runs over from one page or column to the next
    stays whole. Rows of tables stand on lines of their own with tabs between cells.
    """
    heads = _running_heads(pages)
    kept = [
        [_without(column, heads, page, number == 0) for column in page.columns]
        for number, page in enumerate(pages)
    ]
    words = (line.text for page in kept for column in page for line in column)
    hyphenated = frozenset(w.casefold() for line in words for w in _HYPHENATED.findall(line))
    text = _Text(hyphenated)
    starts: list[int] = []
    for text.page, page in enumerate(kept, 1):
        starts.append(text.length)
        for lines in page:
            if lines:
                _add_column(text, Column(tuple(lines)))
    if text.last:
        text.begin("", "\n")
    pages_at = tuple(min(start, text.length) for start in starts)
    return Written("".join(text.parts), pages_at, tuple(text.tables))


def _add_column(text: _Text, column: Column) -> None:
    before: Run | None = None
    left, right, pitch = column.left, column.right, column.pitch
    for line in column.lines:
        if line.cells:
            text.table(line.cells)
            before = line
            continue
        words = _clean(line.text)
        if not words:
            continue
        if before is None:
            _begin_column(text, words)
        elif CELL_GAP in words or CELL_GAP in text.last:
            text.begin(words, "\n" if CELL_GAP in words and CELL_GAP in text.last else "\n\n")
        elif (
            _BULLET.match(words)
            or LEADERS.search(text.last)
            or _begins(before, line, left, right, pitch, words)
        ):
            text.begin(words, "\n\n")
        else:
            text.go_on(words)
        before = line


def _begin_column(text: _Text, words: str) -> None:
    """Go on with the paragraph of the column before, where its sentence has not ended."""
    number = words[0].isdigit() and not _BULLET.match(words) and len(text.last) > _SHORTEST_LINE
    goes_on = words[0].islower() or (number and text.last[-1].islower())
    if text.last and goes_on and not text.last.endswith(_STOPS) and CELL_GAP not in text.last:
        text.go_on(words)
    else:
        text.begin(words, "\n\n")


def _begins(before: Run, line: Run, left: float, right: float, pitch: float, words: str) -> bool:
    """Whether a line begins a paragraph: by distance, size, indent, or the short line before it."""
    size = before.size
    if line.base - before.base > 1.35 * max(pitch, size) or abs(line.size - size) > 0.15 * size:
        return True
    if size * 0.8 < line.left - left < size * 5 and before.left - left < size * 0.5:
        return True
    space = right - before.right
    if before.text.rstrip().endswith(_STOPS):
        return space > 0.15 * (right - left)
    return space > 0.4 * (right - left) and not words[0].islower()


def _clean(text: str) -> str:
    """Words with single blanks and tabs between cells, and the mark of a split word at the end."""
    cells = [plain(cell) for cell in text.split(CELL_GAP)]
    words = CELL_GAP.join(cell for cell in cells if cell)
    return words + SPLIT if words and text.endswith(SPLIT) else words


def _without(column: Column, heads: frozenset[str], page: Page, is_first: bool) -> list[Run]:
    """The lines of a column without running heads and page numbers; a title on the first page stays."""
    usual = median(line.size for each in page.columns for line in each.lines)
    printed = _printed(page)

    def stays(line: Run) -> bool:
        if line.cells or not _in_margin(line, page):
            return True
        if _PAGE_NUMBER.fullmatch(line.text.strip()) or any(is_level(line, other) for other in printed):
            return False
        return (is_first and line.size > 1.2 * usual) or _head_key(line.text) not in heads

    return [line for line in column.lines if stays(line)]


def _printed(page: Page) -> list[Run]:
    """What a browser puts into the margins of a page that it prints: the moment and the address.

    The title and the number of the page stand beside them.
    """
    lines = (line for column in page.columns for line in column.lines if _in_margin(line, page))
    return [line for line in lines if any(_PRINTED.fullmatch(cell) for cell in line.text.split(CELL_GAP))]


def _running_heads(pages: Sequence[Page]) -> frozenset[str]:
    """What stands in the margins of several pages, but for its numbers."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_head_key(line.text) for line in _edge_lines(page)})
    needed = 2 if len(pages) <= 4 else max(3, len(pages) // 5)
    return frozenset(key for key, count in counts.items() if count >= needed and key)


def _edge_lines(page: Page) -> Iterator[Run]:
    """The first and last lines of a page, if they stand in its margins."""
    lines = sorted((line for column in page.columns for line in column.lines), key=lambda line: line.top)
    for line in [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]:
        if _in_margin(line, page):
            yield line


def _in_margin(line: Run, page: Page) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _head_key(text: str) -> str:
    """A line without its numbers and blanks; empty where nothing but these is in it."""
    key = "".join(_DIGITS.sub("#", text).split()).casefold()
    return key if any(sign.isalpha() for sign in key) else ""
