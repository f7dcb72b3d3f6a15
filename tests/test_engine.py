"""The same work, in one process or in several."""

from __future__ import annotations

from functools import partial

import pytest

from steelyard.core.interval import Interval
from steelyard.engine import map_pure

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
