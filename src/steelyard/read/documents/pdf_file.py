"""The text of the pages of a PDF in reading order, by pdfium.

PDFium is written in C++ and bounds neither time nor memory, so `formats/pdf.py` has it run elsewhere.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from steelyard.core.problems import FormatError, Place, Problem
from steelyard.read.documents.encoding import BROKEN
from steelyard.read.documents.extracted import Extracted
from steelyard.read.documents.limits import LARGEST_TEXT, in_megabytes
from steelyard.read.documents.pdf_layout import Run, columns_of
from steelyard.read.documents.pdf_tables import with_tables
from steelyard.read.documents.pdf_text import SPLIT, Page, running_text
from steelyard.read.documents.stamps import day_of
from steelyard.read.documents.told import Told, as_told

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_MOST_PAGES = 3000
_MOST_WORDS_OF_A_PAGE = 20_000
# In sizes of the font: the gap between letters of one word, a good half of a narrow blank.
_WITHIN_WORD = 0.12
# A word, up to a hyphen at which pdfium split it.
_WORD = re.compile(r"[^\s\x02\ufffe]+[\x02\ufffe]?")
_SPLIT_MARKS = ("\x02", "\ufffe", "\xad")
# Writers of files put such in place of a title.
_NO_TITLE = re.compile(r"(?i)untitled|microsoft word|\S+\.(?:docx?|html?|indd|pdf|pptx?|xlsx?)\b|.{0,3}$")


class Box(Protocol):
    """Where a letter stands, in points from the lower left corner of a page."""

    left: float
    right: float
    bottom: float
    top: float


def pages_told(data: bytes) -> Told:
    """What `read_pdf` gives as plain data, or under "refused" why there is nothing; see `formats/pdf.py`."""
    try:
        return as_told(read_pdf(data))
    except FormatError as error:
        return {"refused": str(error)}


def read_pdf(data: bytes) -> Extracted:
    """The text of the pages, where each begins, and the title and day of the file.

    Raises:
        FormatError: the file is broken, locked with a password, or holds pictures of pages alone.
    """
    document = _opened(data)
    problems: list[Problem] = []
    try:
        pages = list(_pages(document, problems))
        facts = document.get_metadata_dict()
        count = len(document)
    finally:
        document.close()
    if count and not any(page.columns for page in pages):
        raise FormatError(
            "its pages are pictures without text; run it through text recognition, such as ocrmypdf, first"
        )
    problems += _without_text(pages)
    written = running_text(pages)
    problems += _unknown_letters(written.text)
    title = facts.get("Title", "").strip()
    return Extracted(
        written.text,
        title=None if _NO_TITLE.match(title) else title,
        tables=written.tables,
        pages=written.pages,
        made=_made(facts),
        problems=tuple(problems),
    )


def _opened(data: bytes) -> PdfDocument:
    import pypdfium2
    from pypdfium2 import raw

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise FormatError("it is locked with a password; save it anew without one") from error
        raise FormatError(
            "it is no PDF that can be read, but broken or cut off; fetch or save it anew"
        ) from error


def _pages(document: PdfDocument, problems: list[Problem]) -> Iterator[Page]:
    """The pages in order; one that cannot be read is empty."""
    import pypdfium2

    taken = 0
    for number in range(len(document)):
        if number >= _MOST_PAGES or taken > LARGEST_TEXT:
            bound = f"{_MOST_PAGES} pages" if number >= _MOST_PAGES else in_megabytes(LARGEST_TEXT)
            message = f"Only the first {bound} are read."
            hint = "Split the file, or give the part that counts."
            problems.append(Problem("cut-short", message, Place(""), hint, "warning"))
            return
        try:
            page = document[number]
            text_page = page.get_textpage()
            height = page.get_height()
            sheet = _Sheet(page.get_rotation(), page.get_width(), height)
            runs = with_tables(list(_whole_words(text_page, sheet)))
            text_page.close()
            page.close()
        except pypdfium2.PdfiumError:
            runs, height = [], 0.0
        taken += sum(len(run.text) for run in runs)
        yield Page(tuple(columns_of(runs)), height)


def _whole_words(page: PdfTextPage, sheet: _Sheet) -> Iterator[Run]:
    """The words of a page, made whole where pdfium cut them, as it does where each letter has its place."""
    from pypdfium2 import raw

    word: Run | None = None
    for start, part in _words(page, sheet):
        if word and _adjoins(word, part) and raw.FPDFText_IsGenerated(page.raw, start - 1) == 1:
            word = word.joined(part, "")
            continue
        if word:
            yield word
        word = part
    if word:
        yield word


def _adjoins(word: Run, part: Run) -> bool:
    """Whether no blank fits between two words of a line."""
    level = abs(word.base - part.base) <= _WITHIN_WORD * part.size
    return level and abs(part.left - word.right) <= _WITHIN_WORD * part.size and word.text[-1] != SPLIT


def _words(page: PdfTextPage, sheet: _Sheet) -> Iterator[tuple[int, Run]]:
    """The words of a page with their boxes, in the order of the file, each with the number of its letter."""
    from pypdfium2 import raw

    count = page.count_chars()
    text = page.get_text_range() if count else ""
    if len(text) != count:
        text = "".join(chr(raw.FPDFText_GetUnicode(page.raw, n) or ord(BROKEN)) for n in range(count))
    first, last = raw.FS_RECTF(), raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    box, origin = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    for number, match in enumerate(_WORD.finditer(text)):
        if number >= _MOST_WORDS_OF_A_PAGE:
            return
        word = match.group()
        end = match.end() - 1 - (len(word) > 1 and word[-1] in _SPLIT_MARKS)
        if not box(page.raw, match.start(), ctypes.byref(first)) or not box(
            page.raw, end, ctypes.byref(last)
        ):
            continue
        if word[-1] in _SPLIT_MARKS:
            word = word[:-1] + SPLIT
        words = word.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if not origin(page.raw, match.start(), ctypes.byref(x), ctypes.byref(y)):
            continue
        yield match.start(), sheet.run(words, first, last, (x.value, y.value), number)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page as it is shown: turned clockwise by so many degrees, then so wide and so high."""

    turned: int
    width: float
    height: float

    def run(self, text: str, first: Box, last: Box, origin: tuple[float, float], order: int) -> Run:
        """A word as it is shown; its first and last letters have boxes on the page before it is turned.

        `origin` is where its first letter stands on its line.
        """
        left, right = min(first.left, last.left), max(first.right, last.right)
        bottom, top = min(first.bottom, last.bottom), max(first.top, last.top)
        x, y = origin
        wide, high = self.width, self.height
        match self.turned:
            case 90:
                return Run(text, bottom, top, left, right, x, order)
            case 180:
                return Run(text, wide - right, wide - left, bottom, top, y, order)
            case 270:
                return Run(text, wide - top, wide - bottom, high - right, high - left, high - x, order)
            case _:
                return Run(text, left, right, high - top, high - bottom, high - y, order)


def _without_text(pages: list[Page]) -> Iterator[Problem]:
    """A warning that names the pages that hold no text."""
    empty = [number for number, page in enumerate(pages, 1) if not page.columns]
    if not empty:
        return
    listed = ", ".join(map(str, empty[:10])) + (" and more" if len(empty) > 10 else "")
    message = f"No text is on {'page' if len(empty) == 1 else 'pages'} {listed}; blank, or pictures."
    hint = "If they are scanned, run the file through text recognition, such as ocrmypdf."
    yield Problem("page-without-text", message, Place(""), hint, "warning")


def _unknown_letters(text: str) -> Iterator[Problem]:
    """A warning where the file does not tell which letters its glyphs stand for."""
    if count := text.count(BROKEN):
        message = f"For {count} of its glyphs the file does not tell which letters they are."
        hint = "U+FFFD stands there instead; numbers near it may be wrong."
        yield Problem("unknown-letters", message, Place(""), hint, "warning")


def _made(facts: dict[str, str]) -> date | None:
    """The day on which the file was made; one of a library that knows none is left out."""
    return day_of(facts.get("CreationDate")) or day_of(facts.get("ModDate"))
