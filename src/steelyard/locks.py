"""Locks between processes, which the system itself takes from one that dies.

A lock is a small hidden file that holds the number of its process, and is removed at the end. What counts is
that the system holds it locked, not that it is there: one that a killed process left behind locks nobody out.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE = 0.05  # seconds between two looks at a lock that another holds
_FAR = 1 << 30  # the byte that is locked on Windows, where locked ones cannot be read


@contextmanager
def locked(
    path: Path, *, patience: float = 0.0, busy: Callable[[str], None] = lambda holder: None
) -> Iterator[None]:
    """Hold the lock at `path` for the block; no other process has it meanwhile, nor another thread.

    Whoever comes second waits up to `patience` seconds; `busy` is then told once by whom it is held.

    Raises:
        BlockingIOError: another still holds it.
        OSError: no file can be made there.
    """
    file = _taken(path, time.monotonic() + patience, busy)
    try:
        os.truncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        yield
    finally:
        # Removed while it is held: whoever waits for it sees that its file is no more, and makes a new one.
        with suppress(OSError):
            path.unlink()
        os.close(file)


def _taken(path: Path, until: float, busy: Callable[[str], None]) -> int:
    """The open file of the lock, once it is ours."""
    told = False
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if _lock(file) and _is_at(path, file):
                return file
            holder = os.pread(file, 20, 0).decode("ascii", "replace") if hasattr(os, "pread") else ""
        except BaseException:
            os.close(file)
            raise
        os.close(file)
        by = f"process {holder}" if holder else "another process"
        if not told:
            busy(by)
            told = True
        if time.monotonic() >= until:
            raise BlockingIOError(errno.EAGAIN, f"{by} is at work there", str(path))
        time.sleep(_PAUSE)


def _is_at(path: Path, file: int) -> bool:
    """Whether the locked file is still the one of that name, and not removed by whoever had it before."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def _lock(file: int) -> bool:
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(file, 0, os.SEEK_SET)
        return True

else:

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
