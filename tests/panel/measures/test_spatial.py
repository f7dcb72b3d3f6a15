"""The spatial lag model: what it finds in made-up reactions, the full likelihood, and refusals."""

from __future__ import annotations

import numpy as np
import pytest

from steelyard.panel.measures.amounts import NoMeasure
from steelyard.panel.measures.spatial import row_standardised, spatial_lag


def names(count):
    return [f"member {number}" for number in range(count)]


def ring(count, reach=2):
    """Each member borders the next few on either side."""
    apart = np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    apart = np.minimum(apart, count - apart)
    return ((apart > 0) & (apart <= reach)).astype(float)


def reactions(count, rho, seed):
    """Burdens that follow the model, with the columns: a constant and one variable."""
    chance = np.random.default_rng(seed)
    columns = np.column_stack([np.ones(count), chance.normal(0, 1, count)])
    w = row_standardised(ring(count), names(count))
    free = columns @ [1.0, 0.5] + chance.normal(0, 0.3, count)
    return np.linalg.solve(np.eye(count) - rho * w, free), columns


def log_likelihood(b, columns, w, rho, beta, variance):
    """The density of b, written out: normal u, and the change of measure from u to b."""
    rest = b - rho * w @ b - columns @ beta
    inverse = np.eye(len(b)) - rho * w
    return (
        -len(b) / 2 * np.log(2 * np.pi * variance)
        - rest @ rest / 2 / variance
        + np.linalg.slogdet(inverse)[1]
    )


@pytest.mark.parametrize("rho", [-0.4, 0.0, 0.5, 0.8])
def test_a_known_rho_is_found_within_its_error(rho):
    b, columns = reactions(300, rho, 7)

    found = spatial_lag(b, columns, ring(300), names(300))

    assert abs(found.rho - rho) < 3 * found.error
    assert found.error < 0.1
    assert found.beta == pytest.approx((1, 0.5), abs=4 * max(found.beta_errors))
    assert found.variance == pytest.approx(0.09, rel=0.3)
    assert (found.p < 0.01) == (rho != 0)


def test_errors_are_those_of_the_curvature_of_the_likelihood():
    """Second differences in rho, betas and variance, inverted: in expectation they are the same."""
    b, columns = reactions(400, 0.6, 11)
    w = row_standardised(ring(400), names(400))
    found = spatial_lag(b, columns, ring(400), names(400))
    at, steps = np.array([found.rho, *found.beta, found.variance]), np.eye(4) * 1e-3

    def value(point):
        return log_likelihood(b, columns, w, point[0], point[1:3], point[3])

    differences = [
        [value(at + i + j) - value(at + i - j) - value(at - i + j) + value(at - i - j) for j in steps]
        for i in steps
    ]
    errors = np.sqrt(np.diag(np.linalg.inv(-np.array(differences) / (4 * 1e-6))))

    assert [found.error, *found.beta_errors] == pytest.approx(errors[:3], rel=0.06)


def test_errors_are_as_wide_as_estimates_scatter():
    """Over forty made-up alliances of sixty, the spread of rho is near the mean of its error."""
    found = [
        spatial_lag(b, columns, ring(60), names(60))
        for b, columns in (reactions(60, 0.4, seed) for seed in range(40))
    ]

    spread = np.std([one.rho for one in found], ddof=1)

    assert np.mean([one.error for one in found]) == pytest.approx(spread, rel=0.35)


def test_no_step_from_the_estimates_is_likelier():
    b, columns = reactions(32, 0.5, 3)
    w = row_standardised(ring(32), names(32))

    found = spatial_lag(b, columns, ring(32), names(32))

    there = log_likelihood(b, columns, w, found.rho, np.array(found.beta), found.variance)
    assert there == pytest.approx(found.log_likelihood)
    for rho in (-1e-3, 0, 1e-3):
        for first in (-1e-3, 0, 1e-3):
            for scale in (0.99, 1, 1.01):
                beta = np.array([found.beta[0] + first, found.beta[1]])
                other = log_likelihood(b, columns, w, found.rho + rho, beta, found.variance * scale)
                assert other <= there + 1e-9


def test_rows_are_standardised_by_hand():
    """Distances 1 and 3 from the first: weights 1 and 1/3 become 3/4 and 1/4."""
    weights = np.array([[0, 1, 1 / 3], [1, 0, 1], [1 / 3, 1, 0]])

    found = row_standardised(weights, names(3))

    assert found[0] == pytest.approx([0, 3 / 4, 1 / 4])
    assert found.sum(axis=1) == pytest.approx([1, 1, 1])


@pytest.mark.parametrize(
    ("weights", "text"),
    [
        pytest.param(None, "No weights are given", id="missing"),
        pytest.param(np.ones((3, 2)), "3 by 2, but 3 members need 3 by 3", id="no square"),
        pytest.param(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]]), "no neighbour to member 2", id="alone"),
        pytest.param(np.array([[0, -1, 1], [1, 0, 1], [1, 1, 0]]), "negative", id="negative"),
        pytest.param(np.array([[1, 1, 1], [1, 0, 1], [1, 1, 0]]), "own neighbour: member 0", id="own"),
    ],
)
def test_weights_that_tell_no_neighbours_are_refused(weights, text):
    with pytest.raises(NoMeasure, match=text):
        row_standardised(weights, names(3))


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        pytest.param(np.ones((8, 2)), "depend on one another", id="twice the constant"),
        pytest.param(np.eye(8)[:, :6], "too few", id="too many columns"),
        pytest.param(np.ones((7, 1)), "not one row for each of 8", id="rows"),
        pytest.param(np.column_stack([np.ones(8), np.arange(8.0)]), "without rest", id="no rest"),
    ],
)
def test_columns_that_leave_no_answer_are_refused(columns, text):
    with pytest.raises(NoMeasure, match=text):
        spatial_lag(1 + 2 * np.arange(8.0), columns, ring(8), names(8))
