"""How shocks last where one variable carries over into another: learnt, given, refused where they grow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from steelyard.project import project_scenario
from steelyard.project.drivers import build_economy
from steelyard.project.economy import run_economy
from steelyard.project.fans import drivers_of
from steelyard.project.form import JOINT, OWN, VARIABLES
from steelyard.project.persistence import carried_over, growing, innovations, spectral_radius
from steelyard.project.scenario import read_scenario
from tests.project.plain import plain_economy, plain_normal, plain_shock
from tests.project.samples import LEDGER, series, standing_alone, vocabulary
from tests.project.test_common import beside, neighbours
from tests.project.test_shocks import forecast, off
from tests.project.test_whole import deflator, growth, real_rate

SEED = 20260124
REFERENCE = {"title": "A model of the economy", "publisher": "A bank", "date": date(2025, 1, 1)}
MATRIX = [[0.3, 0.05, 0.0], [0.1, 0.5, -0.02], [0.0, -0.2, 0.8]]
HISTORY = [
    [1.0, 2.0, 0.5, -1.0, 0.3, 0.8, -0.2, 1.4],
    [0.1, 0.4, -0.3, 0.2, 0.6, -0.5, 0.3, 0.0],
    [2.0, 1.0, 3.0, 2.5, 1.5, 2.2, 0.7, 1.9],
]


def given(matrix=MATRIX, **keys):
    """A matrix as a scenario writes it, with its source."""
    rows = {row: dict(zip(VARIABLES, one, strict=True)) for row, one in zip(VARIABLES, matrix, strict=True)}
    return {**rows, "reference": REFERENCE, **keys}


def shocked(**shocks):
    """A scenario with other shocks."""
    entry = standing_alone()
    table = {"kind": "gaussian", "window": "2001/2024", **shocks}
    drivers = {**entry.data["drivers"], "shocks": {key: one for key, one in table.items() if one is not None}}
    return replace(entry, data={**entry.data, "drivers": drivers})


def read(entry, known=None):
    whole, problems = read_scenario(entry, vocabulary())
    assert problems == []
    return whole, *build_economy(whole, known or series())


# The matrix


@pytest.mark.parametrize(
    ("matrix", "radius"),
    [
        pytest.param([[0.0, -0.9], [0.9, 0.0]], 0.9, id="a turn that shrinks"),
        pytest.param([[0.5, 0.6], [0.6, 0.5]], 1.1, id="each below one and together above"),
        pytest.param([[0.5, 100.0], [0.0, 0.5]], 0.5, id="one way only"),
    ],
)
def test_the_radius_tells_whether_deviations_die_out(matrix, radius):
    """Eigenvalues: +-0.9 i; 0.5 +- 0.6; 0.5 twice."""
    assert spectral_radius(matrix) == pytest.approx(radius)


def test_variables_that_turn_into_one_another_are_found_to_do_so():
    """1, 0, -1, 0 and 0, 1, 0, -1: each is the other of the year before; the third changes its sign."""
    history = [[1.0, 0.0, -1.0, 0.0] * 2, [0.0, 1.0, 0.0, -1.0] * 2, [1.0, -1.0] * 4]

    found = carried_over(history, JOINT)

    assert np.array(found.matrix) == pytest.approx(np.array([[0, -1, 0], [1, 0, 0], [0, 0, -1]]), abs=1e-12)
    assert np.array(found.residuals) == pytest.approx(np.zeros((3, 7)), abs=1e-12)


def test_what_is_learnt_is_least_squares():
    """Against numpy's own, and by its law: what is left has nothing in common with any last deviation."""
    gaps = np.array(HISTORY) - np.mean(HISTORY, axis=1)[:, None]
    slow = np.linalg.lstsq(gaps[:, :-1].T, gaps[:, 1:].T, rcond=None)[0].T

    found = carried_over(HISTORY, JOINT)

    assert np.array(found.matrix) == pytest.approx(slow)
    assert np.array(found.residuals) @ gaps[:, :-1].T == pytest.approx(np.zeros((3, 3)), abs=1e-12)
    assert found.taken == 4


def test_each_on_itself_is_a_matrix_without_the_rest():
    found = carried_over(HISTORY, OWN)

    assert np.count_nonzero(np.array(found.matrix)) == 3
    assert found.taken == 2


def test_a_given_matrix_leaves_what_it_does_not_explain():
    """Deviations of the first two years of growth: its mean is 0.6, of prices 0.1, of the rate 1.85."""
    found = carried_over(HISTORY, OWN, MATRIX)

    assert found.matrix == MATRIX
    assert found.residuals[0][0] == pytest.approx(1.4 - (0.3 * 0.4 + 0.05 * 0.0 + 0.0 * 0.15))
    assert found.taken == 1


def test_variables_that_move_as_one_teach_nothing():
    assert carried_over([HISTORY[0], HISTORY[0], HISTORY[2]], JOINT) is None


def test_innovations_bring_back_the_deviations_that_they_come_from():
    deviations = [[[0.01, -0.02], [0.03, 0.0]], [[0.0, 0.01], [0.02, 0.02]], [[0.1, 0.0], [0.0, -0.1]]]

    shocks = innovations(deviations, MATRIX)

    for run in range(2):
        gap = [0.0] * 3
        for t in range(2):
            gap = [sum(a * g for a, g in zip(row, gap, strict=True)) + shocks[i][t][run]
                   for i, row in enumerate(MATRIX)]  # fmt: skip
            assert gap == pytest.approx([deviations[i][t][run] for i in range(3)])


# In scenarios


def plain_draw(setting, economy, draw):
    """One draw of an economy by the plain version, with what was learnt for it."""
    streams, past = setting.streams, economy.shocks.past
    length = len(past[0]) if past else 1

    def shock(variable, t):
        if past:
            return plain_shock(past, SEED, int(streams[-1, t - t % length]), variable, t, draw)
        return plain_normal(SEED, int(streams[variable, t]), draw)

    matrix, root = economy.shocks.persistence, economy.shocks.root
    return plain_economy(economy.central, matrix, root, economy.foreign_inflation, shock, past)


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param({"persistence": JOINT}, id="gaussian, learnt"),
        pytest.param({"matrix": given()}, id="gaussian, given"),
        pytest.param({"kind": "bootstrap", "block": 3, "persistence": JOINT}, id="bootstrap, learnt"),
        pytest.param({"kind": "bootstrap", "block": 2, "matrix": given()}, id="bootstrap, given"),
        pytest.param({"kind": "forecast-errors", "window": None, "matrix": given()}, id="errors, given"),
    ],
)
def test_the_economy_is_that_of_the_plain_version(keys):
    _, known = forecast(off())
    whole, economy, problems = read(shocked(**keys), known)
    assert problems == []
    setting = drivers_of(whole, economy)

    paths = run_economy(setting, SEED, 20, 4)

    assert np.count_nonzero(setting.persistence) > 3
    for column in range(4):
        slow = plain_draw(setting, economy, 20 + column)
        for name in ("gdp", "expected_gdp", "prices", "expected_inflation", "rate"):
            assert getattr(paths, name)[:, column] == pytest.approx(getattr(slow, name), rel=1e-11), name


def test_what_the_case_teaches_is_what_its_series_give():
    """From the rows of its files, by numpy: the matrix, and the covariance of what it leaves, over 23 - 4."""
    window = range(2001, 2025)
    history = np.array([[growth(year) for year in window],
                        [deflator("KOR", year) - deflator("KOR", year - 1) for year in window],
                        [real_rate(year) for year in window]])  # fmt: skip
    gaps = history - history.mean(axis=1)[:, None]
    matrix = np.linalg.lstsq(gaps[:, :-1].T, gaps[:, 1:].T, rcond=None)[0].T
    left = gaps[:, 1:] - matrix @ gaps[:, :-1]

    _, economy, _ = read(shocked(persistence=JOINT))

    assert np.array(economy.shocks.persistence) == pytest.approx(matrix, rel=1e-6)
    root = np.array(economy.shocks.root)
    assert root @ root.T == pytest.approx(left @ left.T / 19, rel=1e-6)


def test_past_errors_stay_what_they_were_whatever_carries_over():
    """A run of errors is one of the past under any matrix; what is expected of a year knows of the last."""
    _, known = forecast(off())
    both = []
    for keys in ({}, {"matrix": given()}):
        whole, economy, _ = read(shocked(kind="forecast-errors", window=None, **keys), known)
        both.append(run_economy(drivers_of(whole, economy), SEED, 0, 40))

    plain, carried = both
    assert carried.gdp == pytest.approx(plain.gdp, rel=1e-12)
    assert carried.rate == pytest.approx(plain.rate, rel=1e-12)
    assert abs(carried.expected_gdp / plain.expected_gdp - 1).max() > 1e-3


def test_a_scenario_says_that_shocks_carry_over_and_by_which_matrix():
    ensemble, problems = project_scenario(shocked(matrix=given()), LEDGER, vocabulary(), series(), draws=50)

    assert problems == []
    (label,) = (origin.label for origin in ensemble.origins if origin.id.startswith("draws:"))
    assert label.endswith("carried over from one variable to another")
    row = next(row for row in ensemble.assumptions if row["variable"] == "persistence")
    assert row["value"].startswith("real_growth: 0.3, 0.05, 0;")
    assert row["reason"] == "A bank: A model of the economy"


def test_countries_with_shocks_in_common_carry_over_too():
    """The factor and what is a country's own come to the same covariance as without others."""
    whole, _ = read_scenario(shocked(persistence=JOINT), vocabulary())
    alone, _ = build_economy(whole, neighbours())
    whole, _ = read_scenario(beside(persistence=JOINT), vocabulary())
    together, problems = build_economy(whole, neighbours())

    assert problems == []
    assert together.shocks.persistence == alone.shocks.persistence
    root, before = (np.array(one.shocks.root) for one in (together, alone))
    loads = np.array(together.shocks.loads)
    assert root @ root.T + np.outer(loads, loads) == pytest.approx(before @ before.T)


# Refusals and faults

EXPLOSIVE = [[0.5, 0.6, 0.0], [0.6, 0.5, 0.0], [0.0, 0.0, 0.5]]


def test_a_matrix_by_which_deviations_grow_is_refused_where_it_stands():
    ensemble, (problem,) = project_scenario(
        shocked(matrix=given(EXPLOSIVE)), LEDGER, vocabulary(), series(), draws=50
    )

    assert ensemble is None
    assert (problem.code, problem.severity) == ("unstable-persistence", "refusal")
    assert "1.1" in problem.message
    assert problem.origin.key == "drivers.shocks.matrix"


def test_a_window_that_teaches_such_a_matrix_is_refused_where_it_stands():
    whole, _ = read_scenario(shocked(persistence=JOINT), vocabulary())

    (problem,) = growing(EXPLOSIVE, whole)

    assert (problem.code, problem.severity) == ("unstable-persistence", "refusal")
    assert problem.origin.key == "drivers.shocks.window"
    assert 'persistence = "own"' in problem.hint


@pytest.mark.parametrize(
    ("shocks", "code"),
    [
        pytest.param({"matrix": given(reference=None)}, "missing-key", id="no source"),
        pytest.param({"matrix": given(), "persistence": OWN}, "limit-source", id="learnt and given"),
        pytest.param({"matrix": given(real_growth={"inflation": 0.1})}, "missing-key", id="half a row"),
        pytest.param({"matrix": given([[0.3, 30, 0.0], *MATRIX[1:]])}, "limit-range", id="percent"),
        pytest.param({"persistence": "each"}, "unknown-choice", id="no such kind"),
        pytest.param(
            {"kind": "forecast-errors", "window": None, "persistence": JOINT}, "limit-source", id="errors"
        ),
    ],
)
def test_faulty_persistence_is_a_problem_and_no_number(shocks, code):
    if "matrix" in shocks:
        shocks = {**shocks, "matrix": {key: one for key, one in shocks["matrix"].items() if one is not None}}
    ensemble, problems = project_scenario(shocked(**shocks), LEDGER, vocabulary(), series(), draws=50)

    assert ensemble is None
    assert code in {problem.code for problem in problems}
