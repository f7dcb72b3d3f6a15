"""TAR archives: each file in them that can be read is a document, called by its path within.

They are read from the beginning to the end, folded up (.tar.gz, .tar.bz2, .tar.zst) or not, and nothing of
them is ever put on the disk; so a path that leads out of the archive, or a link, could do no harm, and is
told all the same.
"""

from __future__ import annotations

import io
import tarfile
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from steelyard.core.problems import Problem
from steelyard.read.documents.forward import BrokenStreamError, Forward, Streamed, collected, left_out
from steelyard.read.documents.limits import LARGEST_FILE, in_megabytes
from steelyard.read.documents.members import Member

SUFFIXES = (".tar", ".tgz")
STREAMED = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.zst")
_HIDDEN = (".", "__MACOSX")
_MARK_AT, _MARK = 257, b"ustar"


def is_one(data: bytes) -> bool:
    """Whether bytes begin as such an archive does."""
    return data[_MARK_AT:].startswith(_MARK)


def members(data: bytes) -> tuple[list[Member], list[Problem]]:
    """The files of the archive in its order, hidden ones left out.

    Raises:
        FormatError: it is broken from the start, or holds nothing.
    """
    return collected(stream(io.BytesIO(data)))


def stream(file: BinaryIO) -> Streamed:
    """The files of the archive one after another; where it is broken a BrokenStreamError ends them."""
    try:
        # It asks of a file that it can be read, and sought forward.
        forward = Forward(file)
        with tarfile.open(fileobj=cast(IO[bytes], forward), mode="r:") as archive:
            while (part := archive.next()) is not None:
                # Or else it would keep the header of every file that it has passed.
                archive.__dict__["members"] = []
                yield from _read(archive, part)
            if forward.tell() % tarfile.BLOCKSIZE:
                raise BrokenStreamError("it ends in the midst of a file")
    except (tarfile.TarError, ValueError, EOFError, OverflowError, RecursionError) as error:
        raise BrokenStreamError(f"it is broken ({error})") from error


def _read(archive: tarfile.TarFile, part: tarfile.TarInfo) -> Streamed:
    """One file of the archive, or why it is left out."""
    path = PurePosixPath(part.name.replace("\\", "/"))
    label = f"/{str(path).lstrip('/')}"
    if part.isdir() or any(name.startswith(_HIDDEN) and name != ".." for name in path.parts):
        return
    if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
        message = "The path of this file leads out of the archive; it is not read."
        yield left_out("member-outside", message, label, "Pack the archive anew, or give the file by itself.")
    elif not part.isreg() or part.issparse():
        message = "This is a link, a device or a file with holes; it is not read."
        yield left_out("member-link", message, label, "Pack the archive anew with the file itself.")
    elif part.size > LARGEST_FILE:
        message = f"The file is larger than {in_megabytes(LARGEST_FILE)}."
        yield left_out("unreadable-document", message, label, "Split it.")
    elif (opened := archive.extractfile(part)) is not None:
        data = opened.read()
        if len(data) < part.size:
            raise BrokenStreamError(f"it ends in the midst of {label}")
        yield Member(label, data)
