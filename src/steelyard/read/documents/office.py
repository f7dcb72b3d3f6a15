"""Archives of parts, as files of office programs are: what they unfold to is bounded before any is opened."""

from __future__ import annotations

import io
import zipfile
import zlib

from steelyard.core.problems import FormatError
from steelyard.core.workbook_file import unfolded_part
from steelyard.read.documents.limits import (
    LARGEST_RATIO,
    LARGEST_UNFOLDED,
    SMALL_UNFOLDED,
    in_megabytes,
)

# What reading a part of a forged or damaged archive may raise; RuntimeError says that it is locked.
BROKEN_PART = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MOST_PARTS = 20_000


def safe_archive(data: bytes) -> bytes:
    """The same parts in an archive of which no part is larger than it says, for libraries that trust it.

    Raises:
        FormatError: it is no archive, locked, broken, or unfolds to more than it could hold in earnest.
    """
    buffer = io.BytesIO()
    try:
        with opened_archive(data) as archive, zipfile.ZipFile(buffer, "w") as copy:
            for part in archive.infolist():
                copy.writestr(part.filename, unfolded_part(archive, part))
    except BROKEN_PART as error:
        raise FormatError("it is broken or locked; save it anew") from error
    return buffer.getvalue()


def opened_archive(data: bytes) -> zipfile.ZipFile:
    """The archive, after a look at the list of its parts: how many they are, and how large they say they are.

    Raises:
        FormatError: it is no archive, or unfolds to more than it could hold in earnest.
    """
    if data.startswith(_OLD_OFFICE):
        raise FormatError(
            "it is locked with a password, or of an old office program; save it anew without one"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN_PART as error:
        raise FormatError("it is broken, or not what its name says; save it anew") from error
    parts = archive.infolist()
    bound = min(LARGEST_UNFOLDED, max(SMALL_UNFOLDED, LARGEST_RATIO * len(data)))
    if sum(part.file_size for part in parts) > bound:
        raise FormatError(
            f"it is not read, for it unfolds to more than {in_megabytes(bound)}; give its files by themselves"
        )
    if len(parts) > _MOST_PARTS:
        raise FormatError(
            f"it is not read, for it holds more than {_MOST_PARTS} parts; give its files by themselves"
        )
    return archive
