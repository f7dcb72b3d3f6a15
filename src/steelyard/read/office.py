"""Files of office programs are archives of parts; what they unfold to is bounded before any is opened."""

from __future__ import annotations

import io
import zipfile

from steelyard.core.problems import FormatError
from steelyard.read.limits import LARGEST_RATIO, LARGEST_UNFOLDED, SMALL_UNFOLDED, in_megabytes

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MOST_PARTS = 20_000


def refuse_bombs(data: bytes) -> None:
    """Look at the list of parts alone: how many they are, and how large they say they are.

    A part is never read beyond the size that it says it has.

    Raises:
        FormatError: it is no archive, locked, or unfolds to more than it could hold in earnest.
    """
    if data.startswith(_OLD_OFFICE):
        raise FormatError("locked with a password, or of an old office program; save it anew without one")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise FormatError(f"broken: {error}; save it anew".replace("File is", "the file is")) from error
    bound = min(LARGEST_UNFOLDED, max(SMALL_UNFOLDED, LARGEST_RATIO * len(data)))
    if sum(part.file_size for part in parts) > bound:
        raise FormatError(f"not read, for it unfolds to more than {in_megabytes(bound)}")
    if len(parts) > _MOST_PARTS:
        raise FormatError(f"not read, for it holds more than {_MOST_PARTS} parts")
