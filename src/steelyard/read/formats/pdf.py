"""PDF: the text of its pages, read in a process of its own; scanned pages hold none, and that is said."""

from __future__ import annotations

from steelyard.confined import Allowance, GivenUp, work_apart
from steelyard.core.problems import FormatError
from steelyard.read.documents.extracted import Extracted
from steelyard.read.documents.told import as_extracted

SUFFIXES = (".pdf",)
_BEGINS = b"%PDF-"
_READS = "steelyard.read.documents.pdf_file:pages_told"
_MEGABYTE = 2**20
# Seconds that any file may take, and more for each megabyte; a long report takes a tenth of it.
_SECONDS, _SECONDS_OF_MEGABYTE, _MOST_SECONDS = 30, 30, 300
# Megabytes of memory that any file may take, and more for each of its own.
_MEMORY, _MEMORY_OF_MEGABYTE, _MOST_MEMORY = 256, 128, 1024


def is_one(data: bytes) -> bool:
    """Whether bytes begin as a PDF does."""
    return _BEGINS in data[:1024]


def extract(data: bytes) -> Extracted:
    """The text of the pages, where each begins, and the title and day of the file.

    Raises:
        FormatError: the file is broken, locked with a password, holds pictures of pages alone, or takes more
            time or memory than a file of its size may.
    """
    try:
        told = work_apart(_READS, data, _allowed(len(data)))
    except GivenUp as error:
        raise FormatError(f"reading it {error}; print it anew as PDF, or give its text") from error
    except OSError as error:
        raise FormatError(f"no process could be started to read it ({error.strerror or error})") from error
    if "refused" in told:
        raise FormatError(told["refused"])
    return as_extracted(told)


def _allowed(size: int) -> Allowance:
    """What a file of so many bytes may take."""
    seconds = min(_SECONDS + size / _MEGABYTE * _SECONDS_OF_MEGABYTE, _MOST_SECONDS)
    memory = min(_MEMORY + size / _MEGABYTE * _MEMORY_OF_MEGABYTE, _MOST_MEMORY)
    return Allowance(round(seconds), round(memory * _MEGABYTE))
