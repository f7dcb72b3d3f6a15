"""Work on bytes of strangers in a process of its own, which may take so much time and memory and no more.

Libraries in C can hang, fill the memory or crash on a file that somebody made for it; here such a file costs
a process that does nothing else. One is started when it is first needed and kept for what comes after. It is
started by its command line alone, so that a worker of a pool and a program without a main guard may have it
too. It hears no interrupt, and ends by itself when whoever started it is gone, however that came about.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakSet

from steelyard.confined.pipes import ASKED, NO_MEMORY, TOLD, read_all, write_all

_BEGIN = (
    "import sys; sys.path[:] = sys.argv[2:]; from steelyard.confined.inside import work; work(sys.argv[1])"
)
_LONGEST = 2**30  # bytes of an answer
_MOST_IDLE = 4  # processes of a kind that wait for work
_SLICE = 0.5  # seconds after which an interrupt is heard on systems that do not wake a thread for it


class GivenUp(Exception):
    """The work took more than was allowed, or broke its process; the message says which, after "it"."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a piece of work may take: seconds by the clock, and bytes of memory on top of what is there.

    The memory is limited where the system can see to it, which is Linux.
    """

    seconds: float
    memory: int


def work_apart(function: str, data: bytes, allowed: Allowance) -> Mapping[str, Any]:
    """What a function of bytes gives, which is named as `module:function` and returns plain data.

    Raises:
        GivenUp: it took more than is allowed, or its process died.
        OSError: no process can be started.
        RuntimeError: the function raised an error, which is shown whole.
    """
    helper, is_fresh = _idle_one(function)
    answer = helper.answer(data, allowed)
    if answer is None and not (is_fresh or helper.is_late):
        # What earlier inputs have left behind may have broken it.
        helper = _Helper(function)
        answer = helper.answer(data, allowed)
    if answer is None:
        raise GivenUp(helper.reason(allowed))
    with _lock:
        waiting = _idle.setdefault(function, [])
        is_kept = len(waiting) < _MOST_IDLE
        if is_kept:
            waiting.append(helper)
    if not is_kept:
        helper.end()
    if "broken" in answer:
        raise RuntimeError(answer["broken"])
    found: Mapping[str, Any] = answer["found"]
    return found


class _Helper:
    """One process that works, as the process sees it that started it."""

    def __init__(self, function: str) -> None:
        if not sys.executable:
            raise OSError("there is no Python to be started")
        package = str(Path(__file__).resolve().parents[2])
        places = [package, *(place for place in sys.path if place)]
        self.is_late, self._code = False, 0
        self.process = subprocess.Popen(
            # -P: nothing of the folder that one is in is imported.
            [sys.executable, "-P", "-c", _BEGIN, function, *places],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Ctrl-C in a terminal goes to all processes of a session, on Windows of a group.
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
            | getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        _all.add(self)

    def answer(self, data: bytes, allowed: Allowance) -> dict[str, Any] | None:
        """What it answers, or None if it died over it or was late; it is ended then."""
        answers: list[dict[str, Any]] = []
        thread = threading.Thread(target=self._exchange, args=(data, allowed.memory, answers), daemon=True)
        thread.start()
        try:
            end = time.monotonic() + allowed.seconds
            while thread.is_alive() and (left := end - time.monotonic()) > 0:
                thread.join(min(left, _SLICE))
            self.is_late = thread.is_alive()
        finally:
            if not answers:
                self._kill()
                thread.join(_SLICE)  # whose pipes they are until then
                self._close()
        return answers[0] if answers else None

    def _exchange(self, data: bytes, memory: int, answers: list[dict[str, Any]]) -> None:
        assert self.process.stdin and self.process.stdout
        with suppress(OSError, EOFError, ValueError):
            write_all(self.process.stdin, ASKED.pack(memory, len(data)))
            write_all(self.process.stdin, data)
            (size,) = TOLD.unpack(read_all(self.process.stdout, TOLD.size))
            if size > _LONGEST:
                raise ValueError("no library gives so much")
            answers.append(json.loads(read_all(self.process.stdout, size)))

    def reason(self, allowed: Allowance) -> str:
        """Why there is no answer."""
        if self.is_late:
            return f"took more than {allowed.seconds:g} seconds and was given up"
        if self._code == NO_MEMORY:
            return f"took more than {allowed.memory // 2**20} MB of memory and was given up"
        return f"broke off, or took more than {allowed.memory // 2**20} MB of memory"

    def is_alive(self) -> bool:
        """Whether it can be given work."""
        return self.process.poll() is None

    def end(self) -> None:
        """End it, whatever it is at."""
        self._kill()
        self._close()

    def _kill(self) -> None:
        with suppress(subprocess.TimeoutExpired):
            self._code = self.process.wait(0 if self.is_late else 0.2)
        self.process.kill()
        self.process.wait()

    def forget(self) -> None:
        """Leave it to the process from which this one was forked."""
        self.process.returncode = 0
        self._close()

    def _close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                pipe.close() if pipe else None


_idle: dict[str, list[_Helper]] = {}
_all: WeakSet[_Helper] = WeakSet()
_lock = threading.Lock()


def _idle_one(function: str) -> tuple[_Helper, bool]:
    """A process that waits for work of a kind, or a new one; and whether it is new."""
    with _lock:
        waiting = _idle.get(function, [])
        while waiting:
            helper = waiting.pop()
            if helper.is_alive():
                return helper, False
            helper.end()
    return _Helper(function), True


@atexit.register
def end_all() -> None:
    """End all processes that were started here."""
    for helper in list(_all):
        helper.is_late = True  # nobody waits for what it is at
        helper.end()
    _idle.clear()


def _forget_all() -> None:
    global _lock
    _lock = threading.Lock()
    for helper in list(_all):
        helper.forget()
    _all.clear()
    _idle.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
