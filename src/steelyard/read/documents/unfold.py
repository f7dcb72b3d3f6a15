"""Compressed bytes, unfolded up to a bound, so that no small file can fill the memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from steelyard.core.problems import FormatError, Problem
from steelyard.read.documents.encoding import cut_short
from steelyard.read.documents.limits import (
    LARGEST_RATIO,
    LARGEST_UNFOLDED,
    MEGABYTE,
    SMALL_UNFOLDED,
    in_megabytes,
)

# Gives the next bytes, as many as asked for at most; none at the end.
Read = Callable[[int], bytes]


def unfolded(read: Read, folded: int, errors: tuple[type[Exception], ...]) -> tuple[bytes, list[Problem]]:
    """What `read` gives until its end, and what was left out of it; `folded` is the size of the whole before.

    `errors` are those by which it says that it is broken; what came before them is kept.

    Raises:
        FormatError: the stream is broken from the start.
    """
    bound = min(LARGEST_UNFOLDED, max(SMALL_UNFOLDED, folded * LARGEST_RATIO))
    parts: list[bytes] = []
    problems: list[Problem] = []
    try:
        for part in _parts(read, bound):
            parts.append(part)
    except errors as error:
        if not parts:
            raise FormatError(f"the compressed file is broken: {error}") from error
        problems.append(
            cut_short(f"The compressed file is broken at its end ({error}); what came before is read.")
        )
    data = b"".join(parts)
    if len(data) > bound:
        data = data[:bound]
        message = f"The file unfolds to more than {in_megabytes(bound)}; what comes after them is left out."
        problems.append(cut_short(message))
    return data, problems


def _parts(read: Read, bound: int) -> Iterator[bytes]:
    taken = 0
    while taken <= bound and (part := read(MEGABYTE)):
        taken += len(part)
        yield part
