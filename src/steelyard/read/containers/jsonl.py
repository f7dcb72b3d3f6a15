"""JSON lines of documents: an object a line with its `text`, and `date`, `publisher`, `url`, `title`.

A ledger of claims is JSON lines too; its objects have a `quote` and no `text`.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from steelyard.core.problems import FormatError, Place, Problem
from steelyard.read.documents.encoding import cut_short, text_of, whole_signs, without_controls
from steelyard.read.documents.extracted import Extracted
from steelyard.read.documents.forward import Forward, Streamed
from steelyard.read.documents.limits import LARGEST_TEXT, MOST_TOLD, in_megabytes
from steelyard.read.documents.members import Member
from steelyard.read.documents.stamps import day_of

SUFFIXES = (".jsonl", ".ndjson")
STREAMED = tuple(f"{suffix}{folded}" for suffix in SUFFIXES for folded in ("", ".gz", ".bz2", ".zst"))
# Of a line with its signs and escapes.
_LONGEST_LINE = 4 * LARGEST_TEXT
_TEXT, _DATE, _QUOTE = "text", "date", "quote"
_NO_DOCUMENT = "no-document"
_FACTS = ("publisher", "title", "url", "language")
_LONGEST_SHOWN = 40
_EXAMPLE = '{"text": "...", "date": "2026-01-24"}'
# What a value is, in words for whoever does not write JSON every day.
_KINDS = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list"}


def is_one(data: bytes) -> bool:
    """Whether bytes begin with a document in a line."""
    return data.lstrip()[:1] == b"{" and holds_documents(data)


def members(data: bytes) -> tuple[list[Member], list[Problem]]:
    """The documents, each called after the number of its line.

    Raises:
        FormatError: no line holds a document.
    """
    told = list(_of_lines(Forward(io.BytesIO(data), as_it_is=True)))
    found = [one for one in told if isinstance(one, Member)]
    faults = [one for one in told if isinstance(one, Problem)]
    first = next((fault for fault in faults if fault.code == _NO_DOCUMENT), None)
    if first and not found:
        raise FormatError(
            f"no line is a document such as {_EXAMPLE}; line {first.origin.line}: {first.message}"
        )
    return found or [Member(extracted=Extracted(""))], [*_few_of_each(faults)]


def stream(file: BinaryIO) -> Streamed:
    """The documents one after another, and what is wrong with a line."""
    yield from _of_lines(Forward(file))


def _of_lines(lines: Forward) -> Streamed:
    number = 0
    while line := lines.readline(_LONGEST_LINE):
        number += 1
        whole = line.endswith(b"\n") or len(line) < _LONGEST_LINE
        while not whole and (more := lines.readline(_LONGEST_LINE)):
            whole = more.endswith(b"\n")
            line = b"#"
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield from _told(number, line)


def _told(number: int, line: bytes) -> Streamed:
    """The document of a line, and what is wrong with it."""
    try:
        record = _record(line)
        yield Member(f"#{number}", extracted=document_of(record))
    except FormatError as error:
        yield _no_document(number, str(error))
    else:
        yield from _of_the_day(number, record.get(_DATE))


def holds_documents(data: bytes) -> bool:
    """Whether the first line of JSON lines is a document; a ledger of claims has none."""
    first = _first_record(data)
    return _TEXT in first and _QUOTE not in first


def holds_claims(data: bytes) -> bool:
    """Whether the first line of JSON lines is a claim."""
    return _QUOTE in _first_record(data)


def _first_record(data: bytes) -> dict[str, object]:
    """The object of the first line; an empty one where that is none."""
    first = next((line for line in data.split(b"\n", 100) if line.strip()), b"")
    try:
        return _record(first)
    except FormatError:
        return {}


def _record(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(text_of(line)[0])
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "too deep or too long a number"
        raise FormatError(f"The line is no JSON ({reason}).") from error
    if not isinstance(record, dict):
        raise FormatError("The line is no object.")
    return record


def document_of(record: dict[str, object]) -> Extracted:
    """The document of a line or row, by its keys.

    Raises:
        FormatError: it has no text.
    """
    text = record.get(_TEXT)
    if text is None:
        raise FormatError('The object has no "text".')
    if not isinstance(text, str):
        raise FormatError(f'The "text" is {_kind(text)}; it must stand in quotes.')
    publisher, title, url, language = (_word(record.get(key)) for key in _FACTS)
    problems = []
    if len(text) > LARGEST_TEXT:
        problems.append(cut_short(f"Only the first {in_megabytes(LARGEST_TEXT)} of the text are read."))
    # Offsets are those of the text in the object.
    text, halves = whole_signs(text[:LARGEST_TEXT], _TEXT)
    text, faults = without_controls(text)
    return Extracted(
        text,
        day_of(record.get(_DATE)),
        publisher,
        title,
        url,
        language,
        problems=(*problems, *halves, *faults),
    )


def _of_the_day(number: int, given: object) -> Iterator[Problem]:
    """A warning where something else stands in the place of a day."""
    if given is None or given == "" or day_of(given):
        return
    if isinstance(given, str):
        shown = given if len(given) <= _LONGEST_SHOWN else f"{given[:_LONGEST_SHOWN]} ..."
        message = f'The "date" is {shown!r}, no day from 1900 to 2099.'
    else:
        message = f'The "date" is {_kind(given)}, no day in quotes.'
    place = Place("", number, key=_DATE)
    yield Problem("unread-date", message, place, 'Write it as "2026-01-24".', "warning")


def _few_of_each(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The first problems of each kind, and how many more there are."""
    for code in dict.fromkeys(problem.code for problem in problems):
        alike = [problem for problem in problems if problem.code == code]
        yield from alike[:MOST_TOLD]
        if more := len(alike[MOST_TOLD:]):
            message = f"{more} lines more are at fault in this way."
            yield Problem(code, message, Place(""), alike[0].hint, "warning")


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "an object")


def _word(value: object) -> str | None:
    return " ".join(value.split())[:1000] if isinstance(value, str) and value.strip() else None


def _no_document(number: int, message: str) -> Problem:
    hint = f"Each line is an object such as {_EXAMPLE}."
    return Problem(_NO_DOCUMENT, message, Place("", number), hint, "warning")
