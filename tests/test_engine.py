"""The same work, in one process or in several."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import active_children

import pytest

from steelyard.core.interval import Interval
from steelyard.engine import map_pure, uninterrupted

PRINTED = ["46.1", "14.0", "2.42", "3.5", "20.8"]


@pytest.mark.parametrize("jobs", [1, 2, 9])
def test_results_come_in_the_order_of_the_inputs(jobs):
    assert map_pure(Interval.as_written, PRINTED, jobs=jobs) == [
        Interval.as_written(each) for each in PRINTED
    ]


def test_a_function_may_carry_arguments_along():
    assert map_pure(partial(pow, 2), [3, 1, 2], jobs=2) == [8, 2, 4]


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_in_nothing_out(jobs):
    assert map_pure(abs, [], jobs=jobs) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_in_the_function_reaches_the_caller(jobs):
    with pytest.raises(ValueError, match="not a plain numeral"):
        map_pure(Interval.as_written, ["46.1", "many"], jobs=jobs)


def test_no_process_at_all_is_a_mistake():
    with pytest.raises(ValueError, match="1 or more"):
        map_pure(abs, [1], jobs=0)


def pressed_while_working(number):
    """As if the user had pressed the key while this one was at work."""
    if number == 1:
        raise KeyboardInterrupt
    time.sleep(60)


def test_an_interrupt_does_not_wait_for_the_other_processes():
    begun = time.monotonic()

    with pytest.raises(KeyboardInterrupt):
        map_pure(pressed_while_working, [1, 2, 3], jobs=2)

    assert time.monotonic() - begun < 30
    assert active_children() == []


@pytest.mark.skipif(os.name != "posix", reason="interrupts are sent otherwise here")
def test_what_must_be_whole_is_not_interrupted():
    """And once it is whole, the next press counts as before."""
    with uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


def test_other_threads_may_write_too():
    """Only the first thread of a process may say who answers interrupts."""
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(written_whole).result() == "whole"


def written_whole():
    with uninterrupted():
        return "whole"


@pytest.mark.parametrize("jobs", [1, 2])
def test_whoever_waits_is_told_of_each_result(jobs):
    told = []

    map_pure(abs, [-3, 2, -1], jobs=jobs, done=lambda number, total: told.append((number, total)))

    assert told == [(1, 3), (2, 3), (3, 3)]
