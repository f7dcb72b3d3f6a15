"""Where texts that somebody pastes are read: in a process of its own, which ends when it takes too long.

A text can be hostile or merely enormous. What it does to the process that reads it, it does not do to the
server: that process has a limit of memory, and is killed when its time is up.
"""

from __future__ import annotations

import threading
import traceback
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from steelyard.confined.inside import no_more_memory_than
from steelyard.explorer.settings import Settings

_PLACES = 2  # texts that are read at once; others wait for their turn
_LESS = "Take a part of the text, or use `steelyard read` in a terminal."
_TURN = 30.0  # seconds that a text waits for it


@dataclass(frozen=True, slots=True)
class Asked:
    """A text to be read, as bytes with the name of their file; in the words of a case, and against its
    claims.
    """

    name: str
    data: bytes
    case: Path | None = None
    against: bool = False
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a text: a part of a page, or a sentence that says why there is none."""

    html: str = ""
    refused: str = ""


class Desk:
    """Reads texts, each in a process that is kept for the next one while it behaves."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turns = threading.BoundedSemaphore(_PLACES)
        self._idle: list[tuple[BaseProcess, Connection]] = []
        self._busy: set[BaseProcess] = set()
        self._lock = threading.Lock()

    def read(self, asked: Asked) -> Answer:
        """What a text says, within the time that there is for it."""
        if not self._turns.acquire(timeout=_TURN):
            return Answer(refused="Others are reading long texts here. Try again in a minute.")
        try:
            return self._read(asked)
        finally:
            self._turns.release()

    def close(self) -> None:
        """End all readers, whatever they are at; who waits for one is told that there is nothing."""
        with self._lock:
            for process in self._busy:
                process.kill()
            for process, connection in self._idle:
                _end(process, connection)
            self._idle.clear()

    def _read(self, asked: Asked) -> Answer:
        """What a process answers, which is kept for the next text only when it did answer."""
        process, connection = self._reader()
        with self._lock:
            self._busy.add(process)
        seconds, answer = self._settings.reading_seconds, None
        try:
            connection.send(asked)
            if not connection.poll(seconds):
                return Answer(refused=f"Reading took more than {seconds:g} seconds and was given up. {_LESS}")
            answer = connection.recv()
        except (EOFError, OSError):
            return Answer(refused=f"Reading took more memory than there is for one text. {_LESS}")
        finally:
            with self._lock:
                self._busy.discard(process)
                if answer is not None:
                    self._idle.append((process, connection))
            if answer is None:
                _end(process, connection)
        return answer if isinstance(answer, Answer) else Answer(refused="The text could not be read.")

    def _reader(self) -> tuple[BaseProcess, Connection]:
        """A process that waits for a text; one that somebody else has killed meanwhile is let go."""
        with self._lock:
            while self._idle:
                process, connection = self._idle.pop()
                if process.is_alive():
                    return process, connection
                _end(process, connection)
        return self._started()

    def _started(self) -> tuple[BaseProcess, Connection]:
        # Started afresh: a forked process would take over locks and sockets of the server.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._settings.reading_memory), daemon=True)
        process.start()
        theirs.close()
        return process, ours


def _end(process: BaseProcess, connection: Connection) -> None:
    with suppress(OSError):
        connection.close()
    process.kill()
    process.join(1)


def serve(connection: Connection, memory: int) -> None:
    """Answer one text after another until the server is gone; what runs in the process of a reader."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            asked = connection.recv()
            connection.send(_answered(asked, memory))


def _answered(asked: Asked, memory: int) -> Answer:
    from steelyard.core.problems import CaseError, FormatError
    from steelyard.explorer.shown_text import show_text

    try:
        with no_more_memory_than(memory):
            return Answer(
                html=show_text(asked.name, asked.data, asked.case, against=asked.against, day=asked.day)
            )
    except (CaseError, FormatError) as error:
        return Answer(refused=str(error))
    except MemoryError:
        raise SystemExit(1) from None
    except Exception:
        # Whatever it was, the next text is read all the same; the terminal of the server says where it broke.
        traceback.print_exc()
        return Answer(refused="An error in steelyard itself; the terminal of the server says where.")
