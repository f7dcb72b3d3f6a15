"""The cases of a folder as the explorer holds them: each built when it is first looked at, in a thread of its
own.

A build can be watched and stopped, and is made again when a file of its case has changed. What the last build
gave stays on view until the next has ended.
"""

from __future__ import annotations

import html
import os
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from steelyard.build import OUT, build_run, new_run
from steelyard.case import is_case, no_case
from steelyard.core.problems import CaseError
from steelyard.explorer.loading import load
from steelyard.run import Options, Run
from steelyard.state import input_hashes, load_state

Stage = Literal["waiting", "building", "ready", "stopped", "faulty"]


_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
_HEAD = 4096  # characters of a page in which its policy stands


class _Stopped(Exception):
    """Somebody does not want to wait any longer."""


@dataclass(frozen=True, slots=True)
class Status:
    """How far a build has come: its steps so far, how many of how many parts of this one are done, and what
    it has to say (problems, as lines to print).
    """

    stage: Stage = "waiting"
    steps: tuple[str, ...] = ()
    done: int = 0
    total: int = 0
    problems: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The status as plain data."""
        return {
            "stage": self.stage,
            "steps": list(self.steps),
            "done": self.done,
            "total": self.total,
            "problems": list(self.problems),
            "summary": list(self.summary),
        }


@dataclass
class Opened:
    """One case on the shelf. `generation` counts its builds, so that a page knows when it is out of date.

    `claims` is what the page of claims was last filled in with, and of which build and reviews.
    """

    name: str
    folder: Path
    generation: int = 0
    status: Status = field(default_factory=Status)
    claims: tuple[object, Mapping[str, object]] | None = None
    _run: Run | None = None
    _looked: float = float("-inf")
    _inputs: Mapping[str, str] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ready: threading.Condition = field(default_factory=threading.Condition)

    @property
    def out(self) -> Path:
        """Where its report lies."""
        return self.folder / OUT

    @property
    def way(self) -> str:
        """The way to its folder from where the server was started, as a command there takes it."""
        try:
            return os.path.relpath(self.folder)
        except (OSError, ValueError):  # that folder is gone, or is on another drive
            return str(self.folder)

    @property
    def run(self) -> Run | None:
        """What the last build rests on, once documents are read; None before."""
        return self._run

    def was_looked_at(self, seconds: float) -> bool:
        """Whether its files were looked at within so many seconds."""
        return time.monotonic() - self._looked < seconds

    def look(self) -> Status:
        """Its status; a build begins where there was none, or files have changed since."""
        with self._lock:
            self._looked = time.monotonic()
            if self.status.stage in ("waiting", "ready", "faulty") and self._inputs != input_hashes(
                self.folder
            ):
                self._begin()
            return self.status

    def build(self) -> Status:
        """Build it, whatever there is, unless that is being done."""
        with self._lock:
            if self.status.stage != "building":
                self._begin()
            return self.status

    def stop(self) -> Status:
        """Stop its build at the next document or scenario."""
        self._stop.set()
        return self.status

    def wait(self, seconds: float) -> Status:
        """Its status when the build has ended, or so many seconds have passed."""
        with self._ready:
            self._ready.wait_for(lambda: self.status.stage != "building", seconds)
        return self.status

    def files(self) -> frozenset[str]:
        """The files of its report by name: those that the last build wrote, and no others."""
        state = load_state(self.out)
        return frozenset(name for step in state.steps.values() for name in step.files)

    def policy(self, name: str) -> str:
        """The content security policy that a page of the report brings with it, for its header."""
        with (self.out / name).open(encoding="utf-8") as file:
            found = _POLICY.search(file.read(_HEAD))
        return html.unescape(found[1]) if found else "default-src 'none'"

    def _begin(self) -> None:
        self._stop.clear()
        self._inputs = input_hashes(self.folder)
        self.status = Status("building")
        threading.Thread(target=self._make, name=f"build {self.name}", daemon=True).start()

    def _make(self) -> None:
        """Build, and keep what came of it; whatever happens, the status says so in the end."""
        ended = Status("faulty", problems=("The build broke off. Look at the terminal in which it runs.",))
        try:
            ended = self._made()
        except _Stopped:
            ended = replace(self.status, stage="stopped")
        except CaseError as error:
            ended = Status("faulty", problems=(str(error),))
        except OSError as error:
            ended = Status("faulty", problems=(f"The report cannot be written: {error}.",))
        finally:
            with self._ready:
                self.generation += 1
                self.status = ended
                self._ready.notify_all()

    def _made(self) -> Status:
        load()
        run = new_run(self.folder, Options(), self._done)
        built = build_run(run, tell=self._tell)
        if built.page is None:
            return replace(self.status, stage="faulty", problems=built.problems)
        _ = run.case, run.gathered  # what sliders and reviews rest on
        self._run = run
        return replace(self.status, stage="ready", problems=built.problems, summary=built.summary)

    def _tell(self, line: str) -> None:
        self._go_on()
        self.status = replace(self.status, steps=(*self.status.steps, line), done=0, total=0)

    def _done(self, number: int, total: int) -> None:
        self._go_on()
        self.status = replace(self.status, done=number, total=total)

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise _Stopped


def open_shelf(folder: Path) -> dict[str, Opened]:
    """The case that a folder is, or all cases that lie in it, by name.

    Raises:
        CaseError: there is none.
    """
    folder = folder.resolve()
    if is_case(folder):
        return {folder.name: Opened(folder.name, folder)}
    inside = sorted(path for path in folder.iterdir() if is_case(path)) if folder.is_dir() else []
    if not inside:
        raise no_case(folder)
    return {path.name: Opened(path.name, path) for path in inside}
