"""The one way to write a file: whole, or not at all.

It is written under a temporary name beside its own, brought to the disk and renamed at the end. So whoever
reads it finds the old one or the new one, never a part, whether the program was killed or the power failed.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What `temporary_name` gives.
_TEMPORARY = re.compile(r"\.([^/\\]+)\.\d+\.part$")


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that its old content stays until the new one is complete.

    What is no ordinary file (a pipe, /dev/null) is written to as it is, for a rename would put a file in its
    place.

    Raises:
        OSError: the file cannot be written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    with replacing(path) as temporary:
        temporary.write_bytes(data)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`; what was written there takes its place when the block ends well.

    Its content is on the disk before the name is, so that no name leads to less than the whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_name(path)
    try:
        with naming(path):
            yield temporary
            to_disk(temporary)
            temporary.replace(path)
            to_disk(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let an error of the system in the block say which file it was; some, as of a full disk, do not."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


def temporary_name(path: Path) -> Path:
    """How a file is called before it is complete."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def remove_leftovers(folder: Path) -> None:
    """Remove what killed processes left unfinished below a folder; only where no other may be writing."""
    for path in folder.rglob(".*.part"):
        if _TEMPORARY.fullmatch(path.name):
            path.unlink(missing_ok=True)


def is_temporary(name: str) -> bool:
    """Whether a file has the name of one that was never completed."""
    return _TEMPORARY.fullmatch(name) is not None


def to_disk(path: Path) -> None:
    """Bring to the disk what was written to a file, or the names in a folder.

    Raises:
        OSError: the disk does not take it.
    """
    folder = path.is_dir()
    if folder and os.name != "posix":  # elsewhere a folder cannot be opened, and keeps its names itself
        return
    file = os.open(path, os.O_RDONLY if folder else os.O_RDWR)
    try:
        os.fsync(file)
    except OSError as error:
        # Some file systems know no such thing for folders; there is nothing more that could be done.
        if not (folder and error.errno in (errno.EINVAL, errno.ENOTSUP)):
            raise
    finally:
        os.close(file)


def final_name(path: str) -> str:
    """The path under which a file is known, for one that may stand under its temporary name.

    >>> final_name("out/.report.html.4711.part")
    'out/report.html'
    """
    return _TEMPORARY.sub(r"\1", path)
