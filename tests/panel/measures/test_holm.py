"""Holm's correction: by hand, against its meaning, and its laws."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.panel.measures.amounts import NoMeasure
from steelyard.panel.measures.holm import holm, holm_ranges
from tests.panel.measures.plain import amounts_of

CHANCES = st.lists(st.integers(0, 64).map(lambda part: part / 64), min_size=1, max_size=6)


def test_four_by_hand():
    """0.005 * 4 = 0.02, 0.01 * 3 = 0.03, 0.03 * 2 = 0.06, 0.04 * 1 stays at 0.06."""
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])) == pytest.approx([0.03, 0.06, 0.06, 0.02])


@given(CHANCES)
def test_it_is_bonferroni_in_every_set_that_holds_the_test(chances):
    """A test is kept if it is kept in each set of tests that it is in (closed testing)."""
    count = len(chances)

    found = holm(np.array(chances))

    for test in range(count):
        sets = (
            one for size in range(1, count + 1) for one in combinations(range(count), size) if test in one
        )
        plain = max(min(1.0, len(one) * min(chances[each] for each in one)) for one in sets)
        assert found[test] == pytest.approx(plain)


@given(CHANCES)
def test_it_never_lowers_a_p_value_and_keeps_their_order(chances):
    p = np.array(chances)

    found = holm(p)

    assert (found >= p).all()
    assert (np.diff(found[np.argsort(p, kind="stable")]) >= 0).all()


@given(CHANCES, CHANCES)
def test_it_rises_in_every_p_value(chances, others):
    size = min(len(chances), len(others))
    low, high = (np.array([pick(*two) for two in zip(chances, others, strict=False)]) for pick in (min, max))

    found = holm_ranges(amounts_of(*((low[at], low[at], high[at]) for at in range(size))))

    assert (found.low <= found.high).all()
    assert found.high.tolist() == holm(high).tolist()


def test_what_is_no_chance_is_refused():
    with pytest.raises(NoMeasure):
        holm(np.array([0.5, 1.5]))
