"""What a caller may give in place of a document: a text, or the path of a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Day
from pathlib import Path, PurePath

from steelyard.core.problems import Place, Problem
from steelyard.read.documents.document import Document
from steelyard.read.documents.opening import open_documents, readable_suffixes

TEXT = "text"  # what a text is called that has no name


def given_documents(
    given: Document | str | Path, date: Day | str | None = None
) -> tuple[list[Document], list[Problem]]:
    """The documents of a text or file, and what is odd about them; `date` is for those that carry none.

    Raises:
        FormatError: there is no such file, or it is in no format that can be read.
        ValueError: `date` is none.
    """
    day = Day.fromisoformat(date) if isinstance(date, str) else date
    if isinstance(given, Path):
        return open_documents(given, date=day)
    if isinstance(given, str):
        return [Document(TEXT, given, day)], [_name_of_file(given)] if _names_file(given) else []
    return [replace(given, date=given.date or day)], []


def _names_file(text: str) -> bool:
    """Whether a text is but one word that ends as files do which can be read."""
    return len(text.split()) == 1 and PurePath(text.strip()).suffix.lower() in readable_suffixes()


def _name_of_file(text: str) -> Problem:
    name = text.strip()
    message = f"{name!r} was read as a text, and it looks like the name of a file."
    return Problem("path-as-text", message, Place(TEXT), f"To read the file, give Path({name!r}).", "warning")
