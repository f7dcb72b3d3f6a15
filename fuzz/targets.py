"""One function for each parser: it takes bytes, parses them, and asserts what must hold of any input.

A parser may refuse in the way that it promises; any other exception is a finding. The laws in
tests/laws/test_parser_laws.py put texts through the same functions that are more like those of life.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from steelyard.core.claim import Ledger
from steelyard.core.expression import parse_equation
from steelyard.core.forms import SCHEMAS
from steelyard.core.identity import parse_identity
from steelyard.core.period import Period
from steelyard.core.problems import FormatError, Place, Problem, visible
from steelyard.core.quantity import Quantity
from steelyard.core.schema import TomlFile, check_table
from steelyard.core.series import load_series
from steelyard.core.vocabulary import Entry, Vocabulary, load_vocabulary, read_toml
from steelyard.corrections import read_corrections
from steelyard.read import read_document
from steelyard.read.containers import jsonl
from steelyard.read.documents.document import Document
from steelyard.read.documents.extracted import Extracted
from steelyard.read.documents.opening import documents_in
from steelyard.read.documents.pdf_file import read_pdf
from steelyard.read.formats import delimited, docx, html, markdown, xlsx
from steelyard.read.lexicon import lexicon_for
from steelyard.read.tongues import Tools, tools_for
from steelyard.reviews import read_reviews

_DAY = date(2026, 1, 24)
_SHEET, _BODY = "xl/worksheets/sheet1.xml", "word/document.xml"
# Beyond it a text is only taken in, since reading the claims of so much would find nothing sooner.
_LONGEST_READ = 4_000


@cache
def vocabulary() -> Vocabulary:
    """The packaged vocabulary."""
    return load_vocabulary()[0]


@cache
def _tools() -> tuple[Tools, ...]:
    """The readers of each language."""
    return tuple(tools_for(lexicon_for(vocabulary(), name)) for name in vocabulary().entries("languages"))


@cache
def _folder() -> TemporaryDirectory[str]:
    """A folder for parsers that take a file; it goes with the process."""
    return TemporaryDirectory(prefix="steelyard-fuzz-")


def numerals(data: bytes) -> None:
    """Figures lie in the text, do not overlap, and leave an interval open; so does a quantity of a file."""
    text = _text(data)
    for tools in _tools():
        end = 0
        for figure in tools.numerals.find(text, ()):
            assert end <= figure.start < figure.end <= len(text), (figure, text)
            end = figure.end
            for exact in (True, False):
                found = figure.interval(exact=exact)
                assert found.low <= found.high, (figure, text)
    try:
        quantity = Quantity.as_written(text, vocabulary().units)
    except ValueError:
        return
    assert quantity.interval.low <= quantity.interval.high


def dates(data: bytes) -> None:
    """Periods lie in the text and read the same when written in the form of the standard."""
    text = _text(data)
    for tools in _tools():
        tools.dates.document_date(text)
        for mention in tools.dates.find(text, _DAY):
            assert 0 <= mention.start < mention.end <= len(text), (mention, text)
            assert Period.parse(mention.period.text) == mention.period, (mention, text)
    try:
        period = Period.parse(text)
    except ValueError:
        return
    assert period.start is None or period.end is None or period.start <= period.end


def page(data: bytes) -> None:
    """A page of HTML."""
    _extracted(html.extract, data)


def note(data: bytes) -> None:
    """A text in Markdown."""
    _extracted(markdown.extract, data)


def table(data: bytes) -> None:
    """A table between commas or the like, and the claims that are read of it."""
    found = _extracted(delimited.extract, data)
    if found:
        _read(found)


def paper(data: bytes) -> None:
    """A PDF."""
    _extracted(read_pdf, data)


def text(data: bytes) -> None:
    """All claims of a plain text, with their spans."""
    _read(Extracted(_text(data)))


def lines(data: bytes) -> None:
    """JSON lines: documents, claims and reviews."""
    try:
        members, _ = jsonl.members(data)
    except FormatError:
        members = []
    for member in members:
        if member.extracted:
            _hold_together(member.extracted)
    written = _text(data)
    read_reviews(written, "reviews.jsonl")
    try:
        ledger = Ledger.from_jsonl(written)
    except ValueError:
        return
    assert Ledger.from_jsonl(ledger.to_jsonl()).to_jsonl() == ledger.to_jsonl()


def entries(data: bytes) -> None:
    """A data file in TOML against the form of each kind, and a file of corrections."""
    path = Path(_folder().name, "data.toml")
    path.write_bytes(data)
    file, found, problems = read_toml(path, "data.toml")
    _told(problems)
    _told(read_corrections(found, file)[1])
    for schema in SCHEMAS.values():
        for identifier, inner in found.items():
            if isinstance(inner, dict):
                _told(check_table(inner, schema, file, (identifier,), _known()))


def series(data: bytes) -> None:
    """A file of series."""
    path = Path(_folder().name, "series.csv")
    path.write_bytes(data)
    found, problems = load_series(path)
    _told(problems)
    for one in found:
        assert list(one.years) == sorted({*one.years}), one


def identity(data: bytes) -> None:
    """An equation: it is refused with a place within, or becomes a relation that can be bounded."""
    written = _text(data)
    measures = vocabulary().entries("measures")
    dimensions = {name: measure.text("dimension") for name, measure in measures.items()}
    equation, problems = parse_equation(
        written, dimensions, lambda column, width: Place("identities.toml", 1, column + 1, "", written, width)
    )
    assert (equation is None) == bool(problems), written
    assert all(0 < problem.origin.column <= len(written) + 1 for problem in problems), written
    file = TomlFile("identities.toml", f"equation = {json.dumps(written)}")
    keys = dict.fromkeys(("equation",), "case")
    entry = Entry("identities", "fuzz", {"equation": written}, keys, file)
    found, _ = parse_identity(entry, vocabulary())
    if found:
        relation = found.relation(parts=("one", "two"))
        assert relation.terms, written


def sheet(data: bytes) -> None:
    """A workbook whose one sheet is the given part."""
    _extracted(xlsx.extract, _with_part(_workbook(), _SHEET, data))


def office(data: bytes) -> None:
    """A document of a word processor whose body is the given part."""
    _extracted(docx.extract, _with_part(_letter(), _BODY, data))


def file(data: bytes) -> None:
    """Any file, its format told by its first bytes; the first byte chooses an ending or none."""
    endings = ("", ".txt", ".html.gz", ".jsonl.zst", ".zip", ".docx", ".xlsx", ".pdf", ".csv", ".md")
    name = f"a{endings[data[0] % len(endings)]}" if data else "a"
    try:
        documents, problems = documents_in(data[1:], name)
    except FormatError as error:
        assert "\n" not in str(error), str(error)
        return
    _told(problems)
    for document in documents:
        tables, pages, left_out = document.tables, document.pages, document.left_out
        _hold_together(Extracted(document.text, tables=tables, pages=pages, left_out=left_out))


Target = Callable[[bytes], None]
TARGETS: Mapping[str, Target] = {
    target.__name__: target
    for target in (
        *(numerals, dates, page, note, table, paper, text, lines),
        *(entries, series, identity, sheet, office, file),
    )
}


def any_of_them(data: bytes) -> None:
    """The first byte chooses the parser, so that one process finds its way through all of them."""
    if data:
        tuple(TARGETS.values())[data[0] % len(TARGETS)](data[1:])


def _text(data: bytes) -> str:
    """The bytes as text, whatever they are."""
    return data.decode("utf-8", "replace")


def _extracted(extract: Callable[[bytes], Extracted], data: bytes) -> Extracted | None:
    """What a format gives, which holds together; None where it is refused in one line."""
    try:
        found = extract(data)
    except FormatError as error:
        assert "\n" not in str(error), str(error)
        return None
    _hold_together(found)
    return found


def _hold_together(found: Extracted) -> None:
    """All that a format says of places in its text lies within it."""
    assert isinstance(found.text, str)
    _told(found.problems)
    cells = [(cell.start, cell.end) for each in found.tables for row in each.rows for cell in row if cell]
    tables = [(each.start, each.end) for each in found.tables]
    for start, end in (*cells, *tables, *found.left_out):
        assert 0 <= start <= end <= len(found.text), (start, end, found.text)
    assert list(found.pages) == sorted(found.pages)
    assert all(0 <= start <= len(found.text) for start in found.pages)


def _read(found: Extracted) -> None:
    """The claims of a text, each of which stands where it says and survives the way into a file and back."""
    text = found.text[:_LONGEST_READ]
    whole = len(text) == len(found.text)
    document = Document("a.txt", text, _DAY, tables=found.tables if whole else ())
    ledger, problems = read_document(document, vocabulary())
    _told(problems)
    for claim in ledger:
        assert text[claim.start : claim.end] == claim.quote, claim
        assert claim.low is None or claim.high is None or claim.low <= claim.high, claim
    assert Ledger.from_jsonl(ledger.to_jsonl()).to_jsonl() == ledger.to_jsonl(), text


def _told(problems: Iterable[Problem]) -> None:
    """Each problem has a code and a message, and prints on a terminal."""
    for problem in problems:
        assert problem.code and problem.message, problem
        json.dumps(problem.to_json())
        assert all(visible(line) == line for line in problem.lines()), problem


@cache
def _known() -> Mapping[str, Mapping[str, Entry]]:
    return {kind: vocabulary().entries(kind) for kind in SCHEMAS}


@cache
def _workbook() -> bytes:
    import openpyxl

    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


@cache
def _letter() -> bytes:
    import docx as word

    buffer = io.BytesIO()
    word.Document().save(buffer)
    return buffer.getvalue()


def _with_part(archive: bytes, name: str, part: bytes) -> bytes:
    """The archive with one of its parts replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w") as new:
        for each in old.namelist():
            new.writestr(each, part if each == name else old.read(each))
    return buffer.getvalue()
