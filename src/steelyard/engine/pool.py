"""A pool of processes that goes on when one of them dies.

Each process has an executor of its own from the standard library, which answers in the order it was asked.
So it is known which input a process was at when it died: the first that it had not answered. That one is
tried once more; the others were only waiting. The function is sent to each process once, not with each input.
"""

from __future__ import annotations

import pickle
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from steelyard.engine.order import TRIES, Failed, Lost

Input = TypeVar("Input")
Output = TypeVar("Output")
# One at work and one at hand, so that no process waits for this one.
_AT_ONCE = 2
# The first thing that a process is given is the function itself.
_FUNCTION = -1
_carried: list[Callable[[Any], Any]] = []  # in a process of the pool: the function


class Pool(Generic[Input, Output]):
    """Up to `jobs` processes that map `function`; each starts when there is something for it."""

    def __init__(self, function: Callable[[Input], Output], jobs: int) -> None:
        packed = pickle.dumps(function)
        self._seats = [_Seat(packed) for _ in range(jobs)]
        self._held: dict[int, Input] = {}
        self._again: deque[int] = deque()
        self._deaths: Counter[int] = Counter()

    def hands(self) -> int:
        """How many work at once."""
        return len(self._seats)

    def has_room(self) -> bool:
        """Whether one more input would be taken up soon."""
        return not self._again and any(seat.has_room() for seat in self._seats)

    def give(self, index: int, given: Input) -> None:
        """Take an input up; only where there is room."""
        self._held[index] = given
        seat = min((one for one in self._seats if one.has_room()), key=lambda one: len(one.asked))
        seat.ask(index, given)

    def answers(self) -> Mapping[int, Output | Lost | Failed]:
        """What has been answered since the last time; waits for a first answer, not for ever."""
        wait([future for seat in self._seats for _, future in seat.asked], return_when=FIRST_COMPLETED)
        found: dict[int, Output | Lost | Failed] = {}
        for seat in self._seats:
            while seat.asked and seat.asked[0][1].done():
                index, future = seat.asked.popleft()
                error = future.exception()
                if isinstance(error, BrokenProcessPool):
                    found |= self._after_death(seat, index)
                elif index == _FUNCTION and error:
                    raise error
                elif index != _FUNCTION:
                    del self._held[index]
                    found[index] = Failed(error) if error else future.result()
        self._try_again()
        return found

    def close(self, *, at_once: bool) -> None:
        """Let all processes go, and `at_once` without waiting for what they are at."""
        for seat in self._seats:
            seat.leave(at_once=at_once)

    def _after_death(self, seat: _Seat, index: int) -> dict[int, Lost]:
        """Clear up after a process that died at the input of that index; that input if it is lost."""
        how = seat.how_it_ended()
        waiting = [each for each, _ in seat.asked if each != _FUNCTION]
        seat.leave(at_once=True)
        self._deaths[index] += 1
        self._again.extend(waiting)
        if self._deaths[index] < TRIES:
            self._again.extendleft([index] if index != _FUNCTION else [])
            return {}
        if index == _FUNCTION:
            raise ChildProcessError(f"no process of the pool comes to life ({how}); give --jobs 1")
        del self._held[index]
        return {index: Lost(index, f"The process that worked on it died {TRIES} times ({how}).")}

    def _try_again(self) -> None:
        """Hand out what was lost with a process."""
        while self._again and any(seat.has_room() for seat in self._seats):
            index = self._again.popleft()
            self.give(index, self._held[index])


class _Seat:
    """The place of one process: who sits there, and what it was asked and has not answered, in order."""

    def __init__(self, packed: bytes) -> None:
        self.asked: deque[tuple[int, Future[Any]]] = deque()
        self._packed = packed
        self._executor: ProcessPoolExecutor | None = None
        self._processes: list[BaseProcess] = []

    def has_room(self) -> bool:
        """Whether one more input would be taken up soon."""
        return sum(index != _FUNCTION for index, _ in self.asked) < _AT_ONCE

    def ask(self, index: int, given: object) -> None:
        """Queue an input for the process, which is started if there is none or the last one has died."""
        executor = self._executor or self._start()
        try:
            future = executor.submit(_apply, given)
        except BrokenProcessPool as error:
            if not self.asked:  # it died while it had nothing to do, which is no input's fault
                self.leave(at_once=True)
                future = self._start().submit(_apply, given)
            else:
                future = Future()
                future.set_exception(error)
        self.asked.append((index, future))

    def _start(self) -> ProcessPoolExecutor:
        """A new process: afresh on every system, for a forked one would take over locks and open files."""
        before = {child.pid for child in active_children()}
        self._executor = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_turn_a_deaf_ear)
        with _deaf_children():
            self.asked.append((_FUNCTION, self._executor.submit(_take, self._packed)))
        self._processes = [child for child in active_children() if child.pid not in before]
        return self._executor

    def how_it_ended(self) -> str:
        """The end of its process in two words."""
        for process in self._processes:
            process.join(1)
            code = process.exitcode
            if code is not None and code < 0:
                return f"signal {-code}"
            if code is not None:
                return f"exit code {code}"
        return "for no known reason"

    def leave(self, *, at_once: bool) -> None:
        """End the process; the seat is empty then."""
        if at_once:
            for process in self._processes:
                process.kill()
        if self._executor:
            self._executor.shutdown(cancel_futures=True)
        self._executor = None
        self.asked.clear()
        self._processes = []


def _take(packed: bytes) -> None:
    _carried[:] = [pickle.loads(packed)]


def _apply(given: object) -> object:
    return _carried[0](given)


def _turn_a_deaf_ear() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes that start in the block inherit that interrupts are held back, from their first moment on."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows has no such thing
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
