"""A pure function mapped over many inputs: in this process, in a pool of processes, or on a cluster.

The result is the same wherever it is made, in the order of the inputs, for the functions that are handed in
depend on their argument alone. An interrupt is for the first process to answer: it ends the others, which
never see it. An input that takes its process with it is tried twice, then set aside; the rest goes on.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from steelyard.engine.order import Lost, in_order

__all__ = ["Done", "Lost", "map_pure", "stream_pure", "uninterrupted"]

Input = TypeVar("Input")
Output = TypeVar("Output")
Done = Callable[[int, int], None]  # is told how many of how many are done


def map_pure(
    function: Callable[[Input], Output],
    inputs: Sequence[Input],
    *,
    jobs: int = 1,
    cluster: str | None = None,
    done: Done = lambda number, total: None,
) -> list[Output]:
    """The results of `function` for each of `inputs`, in their order.

    `jobs` is the number of processes to work in; with 1, or with a single input, all is done in this one.
    `cluster` is the address of a dask scheduler, whose workers then do it. Function, inputs and results must
    be such as can be sent to another process: a function of a module, not one made inside another. `done` is
    told after each result how many there are.

    >>> map_pure(abs, [-3, 2, -1])
    [3, 2, 1]

    Raises:
        ValueError: `jobs` is below 1.
        ChildProcessError: an input took its process with it twice.
        SteelyardError: the extra `cluster` is not installed.
        OSError: the cluster cannot be reached, or is gone.
    """
    found: list[Output] = []
    workers = jobs if jobs < 1 else max(1, min(jobs, len(inputs)))
    for result in stream_pure(function, inputs, jobs=workers, cluster=cluster if inputs else None):
        if isinstance(result, Lost):
            raise ChildProcessError(f"input {result.input_index + 1} of {len(inputs)}: {result.reason}")
        found.append(result)
        done(len(found), len(inputs))
    return found


def stream_pure(
    function: Callable[[Input], Output],
    inputs: Iterable[Input],
    *,
    jobs: int = 1,
    cluster: str | None = None,
    ahead: int | None = None,
) -> Iterator[Output | Lost]:
    """The results of `function` one after another, in the order of `inputs`, each as soon as it is its turn.

    Of `inputs` no more than `ahead` are taken whose results have not been asked for, so neither they nor the
    results need to find room in memory together. With one job and no cluster all is done in this process,
    and nothing is taken ahead; an input that ends its process then ends this one.

    >>> list(stream_pure(abs, iter([-3, 2, -1])))
    [3, 2, 1]

    Raises:
        ValueError: `jobs` or `ahead` is below 1.
        SteelyardError: the extra `cluster` is not installed.
        OSError: no other process can be started; the cluster cannot be reached, or is gone.
    """
    if jobs < 1:
        raise ValueError(f"jobs must be 1 or more, not {jobs}")
    if ahead is not None and ahead < 1:
        raise ValueError(f"ahead must be 1 or more, not {ahead}")
    if cluster is not None:
        from steelyard.engine.cluster import Cluster

        return in_order(Cluster[Input, Output](function, cluster), inputs, ahead)
    if jobs == 1:
        return map(function, inputs)
    from steelyard.engine.pool import Pool

    return in_order(Pool[Input, Output](function, jobs), inputs, ahead)


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
