"""Laws of counted draws: any order of any stretches gives the same counts, and bins hold every draw."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.project.bins import Layout, bins_for, lay_out, quantiles_of
from steelyard.project.chance import GROUP
from steelyard.project.counting import Batch, Crowd, Task
from steelyard.project.equations import Limits, Policy
from steelyard.project.lanes import count_groups
from steelyard.project.rules import Plan
from tests.project.test_equations import drivers

DRAWS = 11 * GROUP + 100
GROUPS = 12
TASKS = [
    Task(Policy("linear-share", Plan(0.0242, 0.035, 7), Limits(cap=0.09, floor=(0.025,) * 9))),
    Task(
        Policy("real-growth", Plan(0.0242, 0.035, 7, growth=(0.04,))),
        Policy("constant-share", Plan(0.02, 0.03, 5)),
    ),
]
WANTED = {"spending": range(9), "share": [8], "difference_cumulative_real": [8], "gdp": [3, 8]}


@cache
def laid_out():
    batch = Batch(Crowd(drivers(), 7, DRAWS), TASKS, WANTED)
    layout, found = batch.count()
    return batch, layout, found


def counted(stretches):
    batch, layout, _ = laid_out()
    found = batch.empty(layout.bins, 0)
    for first, last in stretches:
        count_groups(batch.world(), batch.laid_out(), batch.bins(layout), found, first, last, DRAWS)
    return found


@given(st.sets(st.integers(1, GROUPS - 1)), st.randoms(use_true_random=False))
def test_stretches_of_any_length_in_any_order_give_the_same_bytes(cuts, luck):
    ends = [0, *sorted(cuts), GROUPS]
    stretches = list(pairwise(ends))
    luck.shuffle(stretches)

    found, (_, _, whole) = counted(stretches), laid_out()

    assert found.counts.tobytes() == whole.counts.tobytes()
    assert found.zeros.tobytes() == whole.zeros.tobytes()
    assert found.reached.tobytes() == whole.reached.tobytes()


@settings(max_examples=20)
@given(st.integers(1, 5), st.integers(0, 2**64 - 1))
def test_no_number_of_threads_changes_a_bit(threads, seed):
    one, other = (
        next(Crowd(drivers(), seed, 40_000, threads=number).outcomes(TASKS[:1], WANTED, (0.1, 0.9)))
        for number in (1, threads)
    )

    assert one.reached.tobytes() == other.reached.tobytes()
    for name, years in one.fans.items():
        for t, (values, errors) in years.items():
            assert values.tobytes() == other.fans[name][t][0].tobytes()
            assert errors.tobytes() == other.fans[name][t][1].tobytes()


def test_every_draw_is_counted_once_in_every_slot():
    _, _, found = laid_out()

    assert np.all(found.counts.sum(axis=1) == DRAWS)
    assert np.all(found.reached.sum(axis=2) == DRAWS)


def test_a_policy_has_the_same_counts_whatever_runs_beside_it():
    alone = next(Crowd(drivers(), 7, DRAWS).outcomes(TASKS[1:], WANTED, (0.05, 0.5)))
    *_, beside = Crowd(drivers(), 7, DRAWS).outcomes(TASKS, WANTED, (0.05, 0.5))

    assert alone.kept.tobytes() == beside.kept.tobytes()
    for t, (values, _) in alone.fans["spending"].items():
        assert values.tobytes() == beside.fans["spending"][t][0].tobytes()


@given(st.lists(st.floats(-1e6, 1e6), min_size=100, max_size=3000), st.sampled_from([0.05, 0.3, 0.5, 0.95]))
def test_a_quantile_of_counts_is_that_of_the_numbers_within_a_bin(numbers, chance):
    """Where the sample is the whole, and so the bins lie where the numbers do; atoms and gaps included."""
    values = np.array(numbers)
    layout = lay_out(values[None, :], bins_for(60_000))

    (found,), (errors,) = quantiles_of(*counts_of(values, layout), layout, [chance])

    ordered = np.sort(values)
    rank = chance * (len(values) - 1)
    low, high = ordered[int(rank)], ordered[min(int(rank) + 1, len(values) - 1)]
    width = 1 / layout.factor[0]
    assert low - 1.001 * width <= found[0] <= high + 1.001 * width
    if np.ptp(values) > 1e-9 * np.abs(values).max():
        assert errors[0] >= width
    else:
        assert np.isnan(errors[0]), "all draws the same"


def counts_of(values, layout: Layout):
    """What the kernel would count, written with numpy."""
    factor, offset = layout.factor[0], layout.offset[0]
    places = np.clip(values * factor + offset, 0, layout.bins - 1).astype(np.int64)
    counts = np.bincount(places, minlength=layout.bins).astype(np.uint32)
    return counts[None, :], np.array([np.sum(values == 0)])
