"""Files folded up by gzip: `report.html.gz` is read as `report.html` would be."""

from __future__ import annotations

import gzip
import io
import zlib

from steelyard.core.problems import Problem
from steelyard.read.documents.members import Member
from steelyard.read.documents.unfold import unfolded

SUFFIXES = (".gz",)
_BEGINS = b"\x1f\x8b"


def is_one(data: bytes) -> bool:
    """Whether bytes begin as such a file does."""
    return data.startswith(_BEGINS)


def members(data: bytes) -> tuple[list[Member], list[Problem]]:
    """The one file within.

    Raises:
        FormatError: it is broken from the start.
    """
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
        inner, problems = unfolded(stream.read1, len(data), (OSError, EOFError, zlib.error))
    return [Member(data=inner)], problems
