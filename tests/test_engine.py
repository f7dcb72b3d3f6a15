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
from steelyard.engine import Lost, map_pure, stream_pure, uninterrupted

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
    before = set(active_children())
    begun = time.monotonic()

    with pytest.raises(KeyboardInterrupt):
        map_pure(pressed_while_working, [1, 2, 3], jobs=2)

    assert time.monotonic() - begun < 30
    assert set(active_children()) <= before


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


def kills_at_three(number):
    """What a fault in a library's own code does to the process, or the system when memory is short."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


@pytest.mark.skipif(os.name != "posix", reason="processes are killed otherwise here")
def test_an_input_that_kills_its_process_is_set_aside_and_the_rest_goes_on():
    before = set(active_children())
    found = list(stream_pure(kills_at_three, iter(range(1, 7)), jobs=2))

    assert [each for each in found if not isinstance(each, Lost)] == [2, 4, 8, 10, 12]
    assert isinstance(found[2], Lost)
    assert found[2].input_index == 2
    assert "2 times (signal 9)" in found[2].reason
    assert set(active_children()) <= before


def kills_once(given):
    """It leaves a mark before it dies, so it is another's fault that it died."""
    number, mark = given
    if number == 2 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.skipif(os.name != "posix", reason="processes are killed otherwise here")
def test_what_dies_by_chance_is_made_again(tmp_path):
    inputs = [(number, tmp_path / "died") for number in range(5)]

    assert list(stream_pure(kills_once, inputs, jobs=2)) == [0, 1, 2, 3, 4]
    assert (tmp_path / "died").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_more_is_taken_than_may_lie_ahead(jobs):
    before = set(active_children())
    taken = []
    results = stream_pure(abs, (taken.append(each) or each for each in range(100)), jobs=jobs, ahead=3)

    for given in range(10):
        assert next(results) == given
        assert len(taken) <= given + 1 + 3
    results.close() if jobs > 1 else None

    assert set(active_children()) <= before


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_stands_before_an_error_comes_first(jobs):
    """So a stream that fails has given the same on every engine."""
    results = stream_pure(Interval.as_written, iter(["46.1", "many", "3.5"]), jobs=jobs)

    assert next(results) == Interval.as_written("46.1")
    with pytest.raises(ValueError, match="not a plain numeral"):
        next(results)


@pytest.mark.skipif(os.name != "posix", reason="processes are killed otherwise here")
def test_where_every_result_is_needed_a_lost_one_is_an_error():
    with pytest.raises(ChildProcessError, match=r"input 3 of 4.*died"):
        map_pure(kills_at_three, [1, 2, 3, 4], jobs=2)
