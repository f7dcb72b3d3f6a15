"""A grid of a scenario's numbers: found by trying, in round steps, and each point as a fresh run gives it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from math import prod

import pytest

from steelyard.project.grid import TOLD, axis_of, grid_of
from steelyard.project.what_if import PER_YEAR, YEAR, Lever
from tests.project.samples import LEDGER, changed_run, ledger_of, scenario, series, vocabulary

DRAWS = 100
TARGET = "kor-defence-share-target"


@cache
def grid():
    found = grid_of(scenario(), LEDGER, vocabulary(), series(), draws=DRAWS)
    assert found
    return found


def lever(unit, number):
    return Lever("a.b", "a number", unit, Decimal(number), number)


def positions(axis):
    return [str(number.normalize() + 0) for number in axis.numbers]


def test_the_numbers_that_matter_are_found_by_trying():
    """The discount rate moves what is discounted alone, which the sliders do not show."""
    names = [axis.lever.name for axis in grid().axes]

    assert names[:2] == [TARGET, "target.by"]
    assert len(names) == 3
    assert "assumptions.discount_rate" not in names


def test_there_is_a_point_for_each_choice_of_positions():
    sizes = [len(axis.numbers) for axis in grid().axes]

    assert len(grid().points) == sizes[0] * sizes[1] * sizes[2]
    assert grid().points[grid().own].changes == {}


@pytest.mark.parametrize("corner", ["own", "first", "last"])
def test_a_point_is_what_a_fresh_run_with_these_numbers_gives(corner):
    """To the last digit: the draws are the same, and nothing is interpolated."""
    ends = {"own": grid().own, "first": (0, 0, 0), "last": tuple(len(one.numbers) - 1 for one in grid().axes)}
    point = grid().points[ends[corner]]

    found, problems = changed_run(scenario(), point.changes, DRAWS)

    assert found, problems
    for headline in point.headline:
        fresh = found.number(headline.name)
        assert (headline.value, headline.quantiles) == (fresh.value, fresh.quantiles)
        assert headline.label == fresh.label
    for variable, fan in point.fans.items():
        assert [tuple(year) for year in fan.quantiles] == [one.quantiles for one in found.series(variable)]
    assert (point.target, point.by) == (found.target, found.target_year)


def test_headlines_stand_in_one_order():
    for point in grid().points.values():
        names = [headline.name for headline in point.headline]
        assert names == [name for name in TOLD if name in names]


@pytest.mark.parametrize(
    ("unit", "number", "count", "expected", "own"),
    [
        pytest.param(
            "% of GDP", "3.5", 5, ["2.5", "3", "3.5", "4", "4.5"], 2, id="an eighth of 3.5, rounded"
        ),
        pytest.param("% of GDP", "2", 5, ["1.5", "1.75", "2", "2.25", "2.5"], 2, id="an eighth of 2"),
        pytest.param(PER_YEAR, "0", 5, ["-1", "-0.5", "0", "0.5", "1"], 2, id="half a point around nothing"),
        pytest.param(PER_YEAR, "1.29", 3, ["0.8", "1.29", "1.8"], 1, id="its own number is kept"),
        pytest.param(YEAR, "2035", 5, ["2027", "2029", "2031", "2033", "2035"], 4, id="up to the horizon"),
        pytest.param(YEAR, "2027", 5, ["2027", "2029", "2031", "2033", "2035"], 0, id="from the first year"),
    ],
)
def test_positions_are_round_numbers_around_the_scenarios_own(unit, number, count, expected, own):
    axis = axis_of(lever(unit, number), count, (2026, 2035))

    assert (positions(axis), axis.own) == (expected, own)


@pytest.mark.parametrize(
    ("unit", "number", "years"),
    [
        pytest.param("% of GDP", "0", (2026, 2035), id="nothing has no eighth"),
        pytest.param(YEAR, "2027", (2026, 2027), id="one year is no choice"),
    ],
)
def test_what_cannot_be_moved_has_no_positions(unit, number, years):
    assert axis_of(lever(unit, number), 5, years) is None


def test_a_scenario_that_cannot_be_run_has_no_grid():
    assert grid_of(scenario(), ledger_of(), vocabulary(), series(), draws=DRAWS) is None


def test_where_nothing_is_aimed_at_the_economy_alone_is_moved():
    """Its share is listed to the horizon, so that no target and no path can be another."""
    entry = scenario(
        "constant-share",
        horizon=2027,
        target=None,
        rule={"kind": "listed-share", "shares": ["2.5 %"]},
        assumptions=[{"variable": "real_exchange_rate", "value": "0 %", "reason": "No forecast."}],
    )

    found = grid_of(entry, LEDGER, vocabulary(), series(), draws=DRAWS)

    assert found.axes
    assert all(axis.lever.is_economic for axis in found.axes)
    assert len(found.points) == prod(len(axis.numbers) for axis in found.axes)


def test_of_three_sliders_one_of_years_offers_each_year():
    (years,) = (axis for axis in grid().axes if axis.lever.unit == YEAR)

    assert positions(years) == [str(year) for year in range(2027, 2036)]
