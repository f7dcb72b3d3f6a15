"""DOCX: paragraphs, headings, lists and tables in order, then footnotes; deleted words are left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from steelyard.core.problems import FormatError
from steelyard.read.documents.extracted import Extracted
from steelyard.read.documents.office import safe_archive
from steelyard.read.documents.writer import GridCell, Writer

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".docx",)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _TR, _TC, _TCPR = (_W + tag for tag in ("p", "tbl", "tr", "tc", "tcPr"))
# Content that stands in the document a second time, for programs that cannot show it the first way.
_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_SKIPPED = frozenset({_TWICE, f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr"})
_NO_NOTES = ("separator", "continuationSeparator", "continuationNotice")


def is_one(data: bytes) -> bool:
    """Whether bytes are a document of this kind."""
    return data.startswith(b"PK") and b"word/document.xml" in data


def extract(data: bytes) -> Extracted:
    """The text of the document, with its tables and its own title and date.

    Raises:
        FormatError: the file is broken, locked, or unfolds to far more than a document holds.
    """
    import docx
    from lxml.etree import LxmlError

    parts = safe_archive(data)
    try:
        document = docx.Document(io.BytesIO(parts))
        writer = Writer()
        _write(document.element.body, writer)
        for note in _notes(document):
            _write(note, writer)
        facts = document.core_properties
        # Empty properties read as the day on which the library filled them in; those of a file are its own.
        made, title, language = _day(facts.modified or facts.created), facts.title, facts.language
    except (
        KeyError,
        ValueError,
        LxmlError,
        zipfile.BadZipFile,
        OSError,
        AttributeError,
        NotImplementedError,
    ) as error:
        raise FormatError(
            f"it is no DOCX that can be read ({type(error).__name__}); save it anew as .docx"
        ) from error
    except RecursionError as error:
        raise FormatError("its parts are nested too deeply; save it anew as .docx") from error
    return Extracted(
        writer.text, title=title or None, language=language or None, tables=writer.tables, made=made
    )


def _day(moment: object) -> date | None:
    return date(moment.year, moment.month, moment.day) if isinstance(moment, date) else None


def _notes(document: object) -> Iterator[_Element]:
    """The footnotes and endnotes, whose words stand in files of their own."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():  # type: ignore[attr-defined]
        if relation.reltype.endswith(("/footnotes", "/endnotes")):
            for note in parse_xml(relation.target_part.blob):
                if note.get(f"{_W}type") not in _NO_NOTES:
                    yield note


def _write(parent: _Element, writer: Writer) -> None:
    """Write the paragraphs and tables below an element, those in boxes and forms included."""
    for child in parent:
        if child.tag == _P:
            writer.paragraph(_words(child))
            for box in child.iter(f"{_W}txbxContent"):
                if not any(above.tag == _TWICE for above in box.iterancestors()):
                    _write(box, writer)
        elif child.tag == _TBL:
            writer.table(_rows(child))
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            _write(child, writer)


def _words(paragraph: _Element) -> str:
    """The words of a paragraph as they stand after all changes are accepted."""
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in _SIGNS:
            parts.append(_SIGNS[node.tag])
        elif node.tag not in _SKIPPED and node.tag != f"{_W}txbxContent":
            stack.extend(reversed(node))
    return "".join(parts)


def _rows(table: _Element) -> Iterator[list[GridCell]]:
    """The rows of a table, of cells with their width; one that goes on from the row above is empty."""
    for row in table.iterchildren(_TR):
        before = row.find(f"{_W}trPr/{_W}gridBefore")
        cells = [GridCell("", _number(before))] if before is not None else []
        for cell in row.iter(_TC):
            if next(cell.iterancestors(_TR)) is not row:
                continue
            merge = cell.find(f"{_TCPR}/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            words = "" if goes_on else " ".join(_words(part) for part in cell.iter(_P))
            cells.append(GridCell(words, _number(cell.find(f"{_TCPR}/{_W}gridSpan"))))
        yield cells


def _number(element: _Element | None) -> int:
    value = element.get(f"{_W}val", "1") if element is not None else "1"
    return int(value) if value.isdecimal() and len(value) < 4 else 1
