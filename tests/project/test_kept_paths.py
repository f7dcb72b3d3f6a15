"""An economy that is kept gives what its draws give when they are run anew, whoever asked before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.project.chance import GROUP
from steelyard.project.counting import Batch, Crowd, Task
from steelyard.project.equations import Limits, Policy
from steelyard.project.kept_paths import KeptPaths
from steelyard.project.rules import Plan
from tests.project.test_equations import drivers

DRAWS = 3 * GROUP + 100
SLOWER = replace(drivers(), central=drivers().central - 0.01)
POLICIES = (
    Policy("linear-share", Plan(0.0242, 0.035, 7), Limits(cap=0.09)),
    Policy("real-growth", Plan(0.0242, 0.035, 7, growth=(0.04,))),
)
WANTED = {"spending": range(9), "share": [8], "extra_cumulative_foreign": [8], "gdp": [3]}
ASKED = st.tuples(
    st.sampled_from([drivers(), SLOWER]),
    st.sampled_from([7, 8]),
    st.sampled_from([DRAWS, DRAWS + GROUP]),
    st.sampled_from(POLICIES),
)


def counted(economy, seed, draws, policy, kept=None):
    found = Batch(Crowd(economy, seed, draws, kept=kept), [Task(policy)], WANTED).count()[1]
    return found.counts.tobytes(), found.zeros.tobytes(), found.reached.tobytes()


def world(seed=7):
    return Batch(Crowd(drivers(), seed, DRAWS), [Task(POLICIES[0])], WANTED).world()


def is_known(kept, seed=7):
    with kept.lent(world(seed), DRAWS) as lent:
        return bool(lent.flags[2])


@settings(max_examples=25)
@given(st.lists(st.tuples(ASKED, st.integers(1, 3)), min_size=1, max_size=4))
def test_whatever_was_asked_before_the_draws_are_the_same(questions):
    kept = KeptPaths()
    for asked, times in questions:
        for _ in range(times):
            assert counted(*asked, kept) == counted(*asked)


def test_an_economy_is_known_once_it_was_asked_for_twice():
    kept = KeptPaths()

    assert [is_known(kept) for _ in range(4)] == [False, False, True, True]


def test_one_question_about_another_economy_does_not_forget_the_first():
    """A look at another path in between takes no room of its own."""
    kept = KeptPaths()
    for _ in range(2):
        is_known(kept)

    assert not is_known(kept, seed=8)
    assert [is_known(kept), is_known(kept)] == [False, True]


def test_what_broke_off_half_written_is_not_known():
    kept = KeptPaths()
    is_known(kept)
    with pytest.raises(KeyboardInterrupt), kept.lent(world(), DRAWS):
        raise KeyboardInterrupt

    assert [is_known(kept), is_known(kept)] == [False, True]


def test_who_comes_while_another_writes_goes_without():
    kept = KeptPaths()
    is_known(kept)
    with kept.lent(world(), DRAWS) as first, kept.lent(world(), DRAWS) as second:
        assert len(first.paths) == 4
        assert len(second.paths) == 0


def test_more_than_there_is_room_for_is_not_kept():
    kept, many = KeptPaths(), 10**9
    for _ in range(3):
        with kept.lent(world(), many) as lent:
            assert len(lent.paths) == 0
