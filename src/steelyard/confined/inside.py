"""The helper process as it sees itself: it answers one input after another until nobody asks any more."""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from steelyard.confined.pipes import ASKED, NO_MEMORY, TOLD, read_all, write_all

_PAGES = Path("/proc/self/statm")  # of the memory of this process, on Linux


def work(function: str) -> None:
    """Answer what comes by standard input, by the function `module:name`."""
    answers = os.fdopen(os.dup(1), "wb", 0)
    # What a library prints is no answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    asked: SimpleQueue[tuple[int, bytes]] = SimpleQueue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    module, _, name = function.partition(":")
    while True:
        memory, data = asked.get()
        try:
            with no_more_memory_than(memory):
                told = _told(module, name, data)
        except MemoryError:
            os._exit(NO_MEMORY)
        del data
        write_all(answers, TOLD.pack(len(told)) + told)


def _listen(asked: SimpleQueue[tuple[int, bytes]]) -> None:
    """Take inputs up; when whoever gives them is gone, end, whatever is being done."""
    with os.fdopen(0, "rb", 0) as pipe:
        try:
            while True:
                memory, size = ASKED.unpack(read_all(pipe, ASKED.size))
                asked.put((memory, read_all(pipe, size)))
        except (EOFError, OSError):
            os._exit(0)


def _told(module: str, name: str, data: bytes) -> bytes:
    try:
        function: Callable[[bytes], Mapping[str, Any]] = getattr(importlib.import_module(module), name)
        return json.dumps({"found": function(data)}).encode()
    except MemoryError:
        raise
    except Exception:
        return json.dumps({"broken": traceback.format_exc()}).encode()


@contextmanager
def no_more_memory_than(more: int) -> Iterator[None]:
    """Let the block take so many bytes on top of what the process has, where the system can see to it."""
    if sys.platform == "win32" or not _PAGES.is_file():
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    used = int(_PAGES.read_text().split()[0]) * resource.getpagesize()
    bounds = [used + more, *(bound for bound in before if bound != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_AS, (min(bounds), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
