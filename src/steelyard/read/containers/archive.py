"""ZIP archives: each file in them that can be read is a document, called by its path within."""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath

from steelyard.core.problems import FormatError, Place, Problem
from steelyard.read.documents.members import Member
from steelyard.read.documents.office import BROKEN_PART, opened_archive, read_part

SUFFIXES = (".zip",)
_HIDDEN = (".", "__MACOSX")
_PACK_ANEW = "Pack the archive anew, or give the file by itself."


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
                found.append(Member(f"/{path}", read_part(archive, part)))
            except BROKEN_PART:
                hint = "Unpack the archive, and give the files."
                problems.append(_left_out("unreadable-document", "The file is locked or broken.", path, hint))
    if not found and not problems:
        raise FormatError("the archive holds no files; hidden ones do not count")
    return found, problems


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


def _left_out(code: str, message: str, path: PurePosixPath, hint: str) -> Problem:
    return Problem(code, message, Place(f"/{str(path).lstrip('/')}"), hint, "warning")
