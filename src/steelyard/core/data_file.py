"""The one way to take in a file that a person writes data into: whole, and only if it is of a sane size."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_MEGABYTE = 1_000_000
# More than any that we know: the reviews of a large case have about one.
LARGEST_DATA_FILE = 64 * _MEGABYTE
# So that a pipe into which nobody writes does not hold up whoever opens it.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)


def read_data_file(path: Path, largest: int = LARGEST_DATA_FILE) -> bytes:
    """The bytes of a file of at most `largest` of them.

    Raises:
        OSError: it cannot be read, is larger, or is no ordinary file: a pipe or device may have no end.
    """
    with open(path, "rb", opener=_at_once) as file:  # that of a path takes no opener
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
        data = file.read(largest + 1)
    if len(data) > largest:
        raise OSError(errno.EFBIG, f"it is larger than {largest // _MEGABYTE} MB", str(path))
    return data


def read_data_text(path: Path, largest: int = LARGEST_DATA_FILE) -> str:
    """The same as text in UTF-8, without a byte-order mark and with plain line ends.

    Raises:
        OSError: as above.
        UnicodeDecodeError: it is no such text.
    """
    text = read_data_file(path, largest).decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def is_there(path: Path, *, folder: bool = False) -> bool:
    """Whether there is such a file or folder; a name that no system takes, by length or signs, is none."""
    try:
        return path.is_dir() if folder else path.is_file()
    except (OSError, ValueError):
        return False


def _at_once(name: str, flags: int) -> int:
    return os.open(name, flags | _AT_ONCE)
