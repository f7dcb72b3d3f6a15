"""ZIP archives: each file in them that can be read is a document, called by its path within."""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

from steelyard.core.problems import FormatError, Place, Problem
from steelyard.core.workbook_file import unfolded_part
from steelyard.read.documents.forward import BrokenStreamError, Streamed
from steelyard.read.documents.limits import (
    LARGEST_DIRECTORY,
    LARGEST_FILE,
    LARGEST_RATIO,
    SMALL_UNFOLDED,
    in_megabytes,
)
from steelyard.read.documents.members import Member
from steelyard.read.documents.office import BROKEN_PART, opened_archive

SUFFIXES = (".zip",)
STREAMED = (".zip",)
_HIDDEN = (".", "__MACOSX")
_PACK_ANEW = "Pack the archive anew, or give the file by itself."
_UNPACK = "Unpack the archive, and give the files."
# The list of the files stands before a last block of this size, which may have a remark behind it.
_LAST_BLOCK, _LONGEST_REMARK, _LAST_MARK = 22, 65_535, b"PK\x05\x06"
_LIST_SIZE, _SAYS_ELSEWHERE = slice(12, 16), 0xFFFFFFFF
# An archive of many files has a longer block before it, with the size in it.
_LONG_MARK, _LONG_LIST_SIZE = b"PK\x06\x06", slice(40, 48)


def members(data: bytes) -> tuple[list[Member], list[Problem]]:
    """The files of the archive in the order of their names, hidden ones left out.

    Raises:
        FormatError: it is broken, or unfolds to far more than files of its size hold.
    """
    found: list[Member] = []
    with opened_archive(data) as archive:
        parts, problems = _chosen(archive)
        for path, part in sorted(parts.items()):
            try:
                found.append(Member(f"/{path}", unfolded_part(archive, part)))
            except BROKEN_PART:
                problems.append(_locked(path))
    if not found and not problems:
        raise FormatError("the archive holds no files; hidden ones do not count")
    return found, problems


def stream(file: BinaryIO) -> Streamed:
    """The files of an archive on the disk one after another, in the order of their names."""
    size = file.seek(0, 2)
    if _size_of_list(file, size) > LARGEST_DIRECTORY:
        raise BrokenStreamError(
            "the list of its files is too long; pack them in several archives, or as .tar"
        )
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN_PART as error:
        raise BrokenStreamError(f"it is broken ({error})") from error
    taken = 0
    with archive:
        parts, problems = _chosen(archive)
        yield from problems
        for path, part in sorted(parts.items()):
            taken += part.file_size
            if taken > max(SMALL_UNFOLDED, LARGEST_RATIO * size):
                raise BrokenStreamError(f"it unfolds to more than {LARGEST_RATIO} times its size")
            yield _read(archive, part, path)


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: PurePosixPath) -> Member | Problem:
    """One file of the archive, or why it is left out."""
    if part.file_size > LARGEST_FILE:
        message = f"The file is larger than {in_megabytes(LARGEST_FILE)}."
        return _left_out("unreadable-document", message, path, "Split it.")
    try:
        return Member(f"/{path}", unfolded_part(archive, part))
    except BROKEN_PART:
        return _locked(path)


def _size_of_list(file: BinaryIO, size: int) -> int:
    """How many bytes the list at the end of an archive says it has."""
    file.seek(max(0, size - _LAST_BLOCK - _LONGEST_REMARK))
    end = file.read()
    file.seek(0)
    last = end[max(0, end.rfind(_LAST_MARK)) :]
    told = int.from_bytes(last[_LIST_SIZE], "little")
    if told == _SAYS_ELSEWHERE:
        told = int.from_bytes(end[max(0, end.rfind(_LONG_MARK)) :][_LONG_LIST_SIZE], "little")
    return told


def _chosen(archive: zipfile.ZipFile) -> tuple[dict[PurePosixPath, zipfile.ZipInfo], list[Problem]]:
    """The parts to read by their paths, and those of them that are left out though nobody hid them."""
    chosen: dict[PurePosixPath, zipfile.ZipInfo] = {}
    problems = []
    for part in archive.infolist():
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if not part.filename or part.is_dir():
            continue
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            message = "The path of this file leads out of the archive; it is not read."
            problems.append(_left_out("member-outside", message, path, _PACK_ANEW))
        elif not any(name.startswith(_HIDDEN) for name in path.parts):
            if path in chosen:
                message = "The archive holds two files of this name; the later one is read."
                problems.append(_left_out("member-twice", message, path, _PACK_ANEW))
            chosen[path] = part
    return chosen, problems


def _locked(path: PurePosixPath) -> Problem:
    return _left_out(
        "unreadable-document", "The file is locked, broken or packed in an uncommon way.", path, _UNPACK
    )


def _left_out(code: str, message: str, path: PurePosixPath, hint: str) -> Problem:
    return Problem(code, message, Place(f"/{str(path).lstrip('/')}"), hint, "warning")
