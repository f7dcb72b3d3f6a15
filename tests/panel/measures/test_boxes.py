"""Means under open weights and bounds of quadratics: against all corners."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.panel.measures.boxes import greatest_means, greatest_quadratic, least_means
from tests.panel.measures.plain import amounts, corners

NUMBERS = st.integers(-40, 40)


def test_the_greatest_mean_of_three_by_hand():
    """Values 1, 2, 3 with weights 1 to 2: with the third high (1 + 2 + 6) / 4 = 2.25.

    With the second high too it is (1 + 4 + 6) / 5 = 2.2, which is less.
    """
    found = greatest_means(np.array([[1.0, 2, 3]]), np.ones(3), 2 * np.ones(3))

    assert found == pytest.approx([2.25])


@given(st.integers(1, 5).flatmap(lambda n: st.tuples(amounts(n), st.lists(NUMBERS, min_size=n, max_size=n))))
def test_the_extreme_means_are_at_corners(row):
    weights, values = row
    means = [np.average(values, weights=corner) for (corner,) in corners(weights)]
    table = np.array([values], dtype=float)

    assert greatest_means(table, weights.low, weights.high)[0] == pytest.approx(max(means))
    assert least_means(table, weights.low, weights.high)[0] == pytest.approx(min(means))


@given(st.data())
def test_no_point_passes_the_bound_of_a_quadratic(data):
    count = data.draw(st.integers(1, 3))
    numbers = st.lists(NUMBERS, min_size=count, max_size=count)
    slope = np.array(data.draw(numbers), dtype=float)
    half = np.array([data.draw(numbers) for _ in range(count)], dtype=float) / 8
    curvature = half + half.T
    ends = np.sort(np.array([data.draw(numbers), data.draw(numbers)], dtype=float), axis=0)

    bound = greatest_quadratic(slope, curvature, *ends)

    for places in product((0, 0.3, 0.5, 1), repeat=count):
        z = ends[0] + np.array(places) * (ends[1] - ends[0])
        assert slope @ z + z @ curvature @ z / 2 <= bound + 1e-9


def test_the_bound_is_reached_where_every_slope_is_sure():
    """5 a + 3 b + a b for a, b from -1 to 1: slopes are at least 5 - 1 and 3 - 1, so it is 5 + 3 + 1."""
    ends = -np.ones(2), np.ones(2)

    assert greatest_quadratic(np.array([5.0, 3]), np.array([[0.0, 1], [1, 0]]), *ends) == pytest.approx(9)
