"""What helper processes are given to do in the tests."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping

_inputs: list[bytes] = []


def told(data: bytes) -> Mapping[str, object]:
    """Who answers, and to what; what is printed meanwhile is no part of it."""
    print("a line of some library", flush=True)
    os.write(1, b"another, past Python")
    return {"process": os.getpid(), "bytes": len(data), "text": data[:10].decode()}


def asleep(data: bytes) -> Mapping[str, object]:
    """Nothing, in two minutes."""
    time.sleep(120)
    return {}


def greedy(data: bytes) -> Mapping[str, object]:
    """Far too much."""
    return {"size": len(bytes(2**40))}


def broken(data: bytes) -> Mapping[str, object]:
    """Nothing: the process breaks."""
    os.abort()


def faulty(data: bytes) -> Mapping[str, object]:
    """Nothing: the function is wrong."""
    raise LookupError("our own fault")


def once(data: bytes) -> Mapping[str, object]:
    """An answer to the first input; the process breaks over any other, as with a heap that is spoilt."""
    _inputs.append(data)
    if len(_inputs) > 1:
        os.abort()
    return {"process": os.getpid()}
