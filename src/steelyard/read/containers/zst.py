"""Files folded up by Zstandard: `articles.jsonl.zst` is read as `articles.jsonl` would be."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.core.problems import Problem
from steelyard.read.documents.members import Member
from steelyard.read.documents.unfold import unfolded

SUFFIXES = (".zst", ".zstd")
_STEP = 512
# What the format asks every reader to grant, and not more.
_LARGEST_WINDOW = 1 << 27
_BEGINS = b"\x28\xb5\x2f\xfd"


def is_one(data: bytes) -> bool:
    """Whether bytes begin as such a file does."""
    return data.startswith(_BEGINS)


def members(data: bytes) -> tuple[list[Member], list[Problem]]:
    """The one file within.

    Raises:
        FormatError: it is broken from the start.
    """
    import zstandard

    parts = _parts(data)
    inner, problems = unfolded(lambda size: next(parts, b""), len(data), (zstandard.ZstdError, EOFError))
    return [Member(data=inner)], problems


def _parts(data: bytes) -> Iterator[bytes]:
    """The unfolded bytes of all frames, from a few folded ones at a time, for these may stand for many."""
    import zstandard

    rest = memoryview(data)
    while rest:
        frame = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).decompressobj()
        while not frame.eof:
            if not rest:
                raise EOFError("it ends in the midst of a frame")
            part = frame.decompress(rest[:_STEP])
            rest = rest[min(_STEP, len(rest)) - len(frame.unused_data) :]
            if part:
                yield part
