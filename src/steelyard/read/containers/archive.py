"""ZIP archives: each file in them that can be read is a document, called by its path within."""

from __future__ import annotations

from pathlib import PurePosixPath

from steelyard.core.problems import FormatError, Place, Problem
from steelyard.read.documents.members import Member
from steelyard.read.documents.office import BROKEN_PART, opened_archive, read_part

SUFFIXES = (".zip",)
_HIDDEN = (".", "__MACOSX")


def members(data: bytes) -> tuple[list[Member], list[Problem]]:
    """The files of the archive in the order of their names, hidden ones left out.

    Raises:
        FormatError: it is broken, or unfolds to far more than files of its size hold.
    """
    found: list[Member] = []
    problems: list[Problem] = []
    with opened_archive(data) as archive:
        for part in sorted(archive.infolist(), key=lambda part: part.filename):
            path = PurePosixPath(part.filename.replace("\\", "/"))
            if not part.filename or part.is_dir() or any(name.startswith(_HIDDEN) for name in path.parts):
                continue
            label = f"/{path}"
            try:
                found.append(Member(label, read_part(archive, part)))
            except BROKEN_PART:
                message = "The file in the archive is locked or broken."
                hint = "Unpack the archive, and give the files."
                problems.append(Problem("unreadable-document", message, Place(label), hint, "warning"))
    if not found and not problems:
        raise FormatError("the archive holds no files")
    return found, problems
