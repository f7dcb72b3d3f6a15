"""Plain text: the offsets are those of the decoded file."""

from __future__ import annotations

from steelyard.read.documents.encoding import text_of
from steelyard.read.documents.extracted import Extracted

SUFFIXES = (".txt", ".text")


def extract(data: bytes) -> Extracted:
    """The text as it is.

    Raises:
        FormatError: the bytes are no text.
    """
    text, problems = text_of(data)
    return Extracted(text, problems=tuple(problems))
