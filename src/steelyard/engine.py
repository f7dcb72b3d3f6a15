"""A pure function mapped over many inputs: in this process, or in a pool of processes.

The result is the same either way, in the order of the inputs, for the functions that are handed in depend on
their argument alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Input = TypeVar("Input")
Output = TypeVar("Output")
_CHUNKS_PER_JOB = 4  # small enough that one slow chunk does not hold up the end


def map_pure(function: Callable[[Input], Output], inputs: Sequence[Input], *, jobs: int = 1) -> list[Output]:
    """The results of `function` for each of `inputs`, in their order.

    `jobs` is the number of processes to work in; with 1, or with a single input, all is done in this one.
    Function, inputs and results must then be such as can be sent to another process: a function of a module,
    not one made inside another.

    >>> map_pure(abs, [-3, 2, -1])
    [3, 2, 1]

    Raises:
        ValueError: `jobs` is below 1.
    """
    if jobs < 1:
        raise ValueError(f"jobs must be 1 or more, not {jobs}")
    workers = min(jobs, len(inputs))
    if workers <= 1:
        return [function(each) for each in inputs]
    size = -(-len(inputs) // (workers * _CHUNKS_PER_JOB))
    # Started afresh on every system: a forked process would take over locks and open files of this one.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(function, inputs, chunksize=size))
