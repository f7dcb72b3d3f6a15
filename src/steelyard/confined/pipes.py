"""What a process and its helper write to each other: numbers of bytes, then the bytes."""

from __future__ import annotations

import struct
from typing import IO

ASKED = struct.Struct(">QQ")  # the memory that may be taken, and how many bytes of input follow
TOLD = struct.Struct(">Q")  # how many bytes of JSON follow
NO_MEMORY = 3  # the exit code of a helper that was refused memory
_PIECE = 1 << 20


def write_all(pipe: IO[bytes], data: bytes) -> None:
    """Write all of `data` to a pipe without buffer, which may take it in parts.

    Raises:
        OSError: nobody reads it any more.
    """
    view = memoryview(data)
    while view:
        view = view[pipe.write(view) :]


def read_all(pipe: IO[bytes], size: int) -> bytes:
    """So many bytes of a pipe without buffer.

    Raises:
        EOFError: nobody will write them any more.
    """
    found = bytearray()
    while len(found) < size:
        part = pipe.read(min(size - len(found), _PIECE))
        if not part:
            raise EOFError
        found += part
    return bytes(found)
