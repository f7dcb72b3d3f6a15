"""A pure function mapped over many inputs: in this process, or in a pool of processes.

The result is the same either way, in the order of the inputs, for the functions that are handed in depend on
their argument alone. An interrupt is for the first process to answer: it ends the others, which never see it.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import TypeVar

Input = TypeVar("Input")
Output = TypeVar("Output")
Done = Callable[[int, int], None]  # is told how many of how many are done
_CHUNKS_PER_JOB = 4  # small enough that one slow chunk does not hold up the end


def map_pure(
    function: Callable[[Input], Output],
    inputs: Sequence[Input],
    *,
    jobs: int = 1,
    done: Done = lambda number, total: None,
) -> list[Output]:
    """The results of `function` for each of `inputs`, in their order.

    `jobs` is the number of processes to work in; with 1, or with a single input, all is done in this one.
    Function, inputs and results must then be such as can be sent to another process: a function of a module,
    not one made inside another. `done` is told after each result how many there are.

    >>> map_pure(abs, [-3, 2, -1])
    [3, 2, 1]

    Raises:
        ValueError: `jobs` is below 1.
    """
    if jobs < 1:
        raise ValueError(f"jobs must be 1 or more, not {jobs}")
    workers = min(jobs, len(inputs))
    if workers <= 1:
        return _told(map(function, inputs), len(inputs), done)
    size = -(-len(inputs) // (workers * _CHUNKS_PER_JOB))
    # Started afresh on every system: a forked process would take over locks and open files of this one.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_turn_a_deaf_ear)
    try:
        with _deaf_children():
            results = pool.map(function, inputs, chunksize=size)
        return _told(results, len(inputs), done)
    except BaseException:
        for child in active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _told(results: Iterable[Output], total: int, done: Done) -> list[Output]:
    """All results, with word of each as it comes."""
    found: list[Output] = []
    for result in results:
        found.append(result)
        done(len(found), total)
    return found


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let the block come to its end, whatever the user presses; for what must be done whole and is short."""
    before = signal.getsignal(signal.SIGINT)
    if before is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


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
