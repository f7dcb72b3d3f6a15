"""JSON lines of documents: an object a line with its `text`, and `date`, `publisher`, `url`, `title`.

A ledger of claims is JSON lines too; its objects have a `quote` and no `text`.
"""

from __future__ import annotations

import json

from steelyard.core.problems import FormatError, Place, Problem
from steelyard.read.documents.encoding import cut_short, text_of, without_controls
from steelyard.read.documents.extracted import Extracted
from steelyard.read.documents.limits import LARGEST_TEXT, MOST_TOLD, in_megabytes
from steelyard.read.documents.members import Member
from steelyard.read.documents.stamps import day_of

SUFFIXES = (".jsonl", ".ndjson")
_TEXT = "text"
_FACTS = ("publisher", "title", "url", "language")


def is_one(data: bytes) -> bool:
    """Whether bytes begin with a document in a line."""
    return data.lstrip()[:1] == b"{" and holds_documents(data)


def members(data: bytes) -> tuple[list[Member], list[Problem]]:
    """The documents, each called after the number of its line.

    Raises:
        FormatError: no line holds a document.
    """
    found: list[Member] = []
    faults: list[Problem] = []
    count = 0
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(Member(f"#{number}", extracted=_document(line)))
        except FormatError as error:
            count += 1
            if count <= MOST_TOLD:
                faults.append(_no_document(number, str(error)))
    if not found:
        first = f"; {faults[0].message}" if faults else ""
        raise FormatError(f"no line is a document, an object with a text{first}")
    if count > MOST_TOLD:
        faults.append(_no_document(0, f"{count - MOST_TOLD} lines more hold no document."))
    return found, faults


def holds_documents(data: bytes) -> bool:
    """Whether the first line of JSON lines is a document; a ledger of claims has none."""
    first = next((line for line in data.split(b"\n", 100) if line.strip()), b"")
    try:
        return bool(_record(first).get(_TEXT)) and "quote" not in _record(first)
    except FormatError:
        return False


def _record(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(text_of(line)[0])
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "too deep or too long a number"
        raise FormatError(f"The line is no JSON ({reason}).") from error
    if not isinstance(record, dict):
        raise FormatError("The line is no object.")
    return record


def _document(line: bytes) -> Extracted:
    """The document of a line."""
    record = _record(line)
    text = record.get(_TEXT)
    if not isinstance(text, str):
        raise FormatError('The object has no "text".')
    publisher, title, url, language = (_word(record.get(key)) for key in _FACTS)
    problems = []
    if len(text) > LARGEST_TEXT:
        problems.append(cut_short(f"Only the first {in_megabytes(LARGEST_TEXT)} of the text are read."))
    # Offsets are those of the text in the object. Half of a surrogate pair could not be written out again.
    text = text[:LARGEST_TEXT].encode("utf-16-le", "replace").decode("utf-16-le")
    text, faults = without_controls(text)
    return Extracted(
        text,
        day_of(record.get("date")),
        publisher,
        title,
        url,
        language,
        problems=(*problems, *faults),
    )


def _word(value: object) -> str | None:
    return " ".join(value.split())[:1000] if isinstance(value, str) and value.strip() else None


def _no_document(number: int, message: str) -> Problem:
    hint = 'Each line is an object such as {"text": "...", "date": "2026-01-24"}.'
    return Problem("no-document", message, Place("", number), hint, "warning")
