"""A file read from its beginning to its end and never kept: what is folded up in it is unfolded on the way.

How much it unfolds to is bounded by how much has been taken of it, so that no small file can hold up the
reader; a single reading is bounded too, so that no header that lies about a size can fill the memory.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from steelyard.core.problems import FormatError, Place, Problem
from steelyard.read.documents.encoding import cut_short
from steelyard.read.documents.limits import (
    LARGEST_ARCHIVE,
    LARGEST_FILE,
    LARGEST_RATIO,
    LARGEST_UNFOLDED,
    MEGABYTE,
    MOST_MEMBERS,
    SMALL_UNFOLDED,
    in_megabytes,
)
from steelyard.read.documents.members import Member

_GZIP, _BZIP2, _ZSTANDARD = b"\x1f\x8b", b"BZh", b"\x28\xb5\x2f\xfd"
# What the Zstandard format asks every reader to grant, and not more.
_LARGEST_WINDOW = 1 << 27
Streamed = Iterator[Member | Problem]


class _Readable(Protocol):
    """What gives bytes, as many as asked for at most."""

    def read(self, size: int, /) -> bytes:
        """The next bytes; none at the end."""


class BrokenStreamError(Exception):
    """A file is damaged from here on, or unfolds to more than it could hold in earnest."""


class Forward:
    """The unfolded bytes of a file, in order; what is passed over is read and let go."""

    def __init__(self, file: BinaryIO, *, as_it_is: bool = False) -> None:
        """`file` stands at its beginning and can go back to it; its first bytes tell how it is folded.

        With `as_it_is` nothing is unfolded.
        """
        self._file = file
        self._inner = file if as_it_is else _unfolding(file)
        self._folded = self._inner is not file
        self._ahead = b""
        self._taken = 0

    def tell(self) -> int:
        """How many bytes have been given."""
        return self._taken - len(self._ahead)

    def seek(self, position: int) -> int:
        """Go on to a place further on."""
        left = position - self.tell()
        if left < 0:
            raise BrokenStreamError("it leads back to where it has been read")
        while left > 0 and (part := self.read(min(left, MEGABYTE))):
            left -= len(part)
        return self.tell()

    def read(self, size: int) -> bytes:
        """The next bytes, so many unless it ends."""
        if not 0 <= size <= LARGEST_FILE:
            raise BrokenStreamError(
                f"one of its parts says that it is larger than {in_megabytes(LARGEST_FILE)}"
            )
        parts, missing = [], size
        while missing > 0:
            if not self._ahead and not self._fill():
                break
            part, self._ahead = self._ahead[:missing], self._ahead[missing:]
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def readline(self, size: int) -> bytes:
        """The next line with its end, cut to `size` bytes; nothing where it ends."""
        parts, length = [], 0
        while length < size:
            if not self._ahead and not self._fill():
                break
            end = self._ahead.find(b"\n") + 1 or len(self._ahead)
            end = min(end, size - length)
            part, self._ahead = self._ahead[:end], self._ahead[end:]
            parts.append(part)
            length += len(part)
            if part.endswith(b"\n"):
                break
        return b"".join(parts)

    def _fill(self) -> bool:
        """Take some more bytes; whether there are any."""
        import zstandard

        try:
            self._ahead = self._inner.read(MEGABYTE if self._folded else MEGABYTE // 4)
        except (OSError, EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError) as error:
            raise BrokenStreamError(f"it is broken ({error})") from error
        self._taken += len(self._ahead)
        if self._folded and self._taken > max(SMALL_UNFOLDED, LARGEST_RATIO * self._file.tell()):
            raise BrokenStreamError(f"it unfolds to more than {LARGEST_RATIO} times its size")
        return bool(self._ahead)


def _unfolding(file: BinaryIO) -> _Readable:
    """What gives the unfolded bytes of a file; the file itself where it is not folded up."""
    beginning = file.read(4)
    file.seek(0)
    if beginning.startswith(_GZIP):
        return gzip.GzipFile(fileobj=file)
    if beginning.startswith(_BZIP2):
        return bz2.BZ2File(file)
    if beginning.startswith(_ZSTANDARD):
        import zstandard

        return zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).stream_reader(
            file, read_across_frames=True
        )
    return file


def bounded(streamed: Streamed, most: int = MOST_MEMBERS, largest: int = LARGEST_ARCHIVE) -> Streamed:
    """Members of a container and what is odd about it, until there are too many or something is broken.

    What came before that is kept, and a problem says that there is no more.
    """
    count = size = 0
    try:
        for one in streamed:
            if isinstance(one, Member):
                count, size = count + 1, size + _size(one)
                if count > most or size > largest:
                    raise BrokenStreamError(f"it holds more than {most:,} files or {in_megabytes(largest)}")
            yield one
    except BrokenStreamError as error:
        yield cut_short(f"The rest of the file cannot be read, for {error}; what came before is read.")


def collected(streamed: Streamed) -> tuple[list[Member], list[Problem]]:
    """All members of a container that is in memory already, and what is odd about them.

    Raises:
        FormatError: there is nothing to be read in it.
    """
    found = list(bounded(streamed, largest=LARGEST_UNFOLDED))
    members = [one for one in found if isinstance(one, Member)]
    problems = [one for one in found if isinstance(one, Problem)]
    if not members and problems and problems[0].code == "cut-short":
        raise FormatError(problems[0].message)
    if not found:
        raise FormatError("the archive holds no files that can be read")
    return members, problems


def left_out(code: str, message: str, name: str, hint: str) -> Problem:
    """A warning about one file of a container, by its name within."""
    return Problem(code, message, Place(name), hint, "warning")


def _size(member: Member) -> int:
    return len(member.data) + (len(member.extracted.text) if member.extracted else 0)
