"""The fan behind a slider is that of the projection, and the distance of two is reckoned draw by draw."""

from __future__ import annotations

import numpy as np
import pytest

from steelyard.project import project_scenario
from steelyard.project.economy import run_draws
from steelyard.project.ensemble import PROBABILITIES
from steelyard.project.prepared import prepare, run_of
from steelyard.project.quick import KEPT_DRAWS, apart, quick_fans, same_economy
from steelyard.project.swings import as_shown
from tests.project.samples import LEDGER, scenario, series, vocabulary

DRAWS = 4000
ROUNDED = 6e-6  # an ensemble keeps six digits
SLOWER = [
    {**one, "value": "0.5 %"} if one["variable"] == "real_growth" else one
    for one in scenario("constant-share").tables("assumptions")
]
VARIABLES = ("share", "spending", "spending_foreign", "spending_real", "extra_cumulative")


def found_of(draws=DRAWS, **keys):
    found, problems = prepare(scenario(**keys), LEDGER, vocabulary(), series(), draws=draws)
    assert found, problems
    return found


def whole_of(draws=DRAWS, **keys):
    whole, problems = project_scenario(scenario(**keys), LEDGER, vocabulary(), series(), draws=draws)
    assert whole, problems
    return whole


@pytest.fixture(scope="module")
def both():
    return quick_fans(found_of(), VARIABLES), whole_of()


def cells(whole, variable):
    return [cell for cell in whole.cells if cell.variable == variable]


@pytest.mark.parametrize("variable", VARIABLES)
def test_quantiles_are_those_of_the_projection_within_sampling_error(both, variable):
    """The same draws: between two of them the one interpolates, and the other fills bins."""
    quick, whole = both
    for cell in cells(whole, variable):
        at = quick.years.index(cell.year)
        errors = cell.errors or (0.0,) * len(cell.quantiles)
        for here, there, error in zip(
            quick.fans[variable].quantiles[at], cell.quantiles, errors, strict=True
        ):
            assert abs(here - there) <= np.nan_to_num(error) / 2 + ROUNDED * abs(there)


@pytest.mark.parametrize("variable", VARIABLES)
def test_the_path_without_shocks_and_what_rounding_leaves_of_it_are_the_projections(both, variable):
    quick, whole = both
    for cell in cells(whole, variable):
        at = quick.years.index(cell.year)
        assert quick.fans[variable].central[at] == pytest.approx(cell.central, rel=ROUNDED)
        assert quick.fans[variable].box[at] == pytest.approx(cell.box, rel=ROUNDED)


def test_the_chance_of_the_target_is_the_projections(both):
    quick, whole = both

    assert list(quick.reached) == pytest.approx(
        [one.value for one in whole.reach if one.year in quick.years[1:]], abs=1e-5
    )


def test_what_a_pledge_adds_is_the_projections_at_both_ends(both):
    quick, whole = both
    heads = {one.name: one for one in whole.headline}
    for one in quick.added:
        for name, numbers in (("least", one.least), ("most", one.most)):
            head = heads[f"pledge_added_{name}:{one.pledge.id}"]
            assert numbers == pytest.approx(head.quantiles, rel=2e-3)


def plainly(one, two, variable, draws):
    """The distance in every draw, kept and sorted, with the paths of each run in full."""
    paths = []
    for found in (one, two):
        run = run_of(as_shown(found))
        amounts = run.ways[0].amounts(run_draws(run.drivers, run.scenario.seed, draws))
        paths.append(np.array([values for name, values in amounts if name == variable]))
    gap = paths[0] - paths[1]
    return np.quantile(gap, PROBABILITIES, axis=1).T


@pytest.mark.parametrize(
    ("keys", "variable"),
    [
        pytest.param({"rule": {"kind": "constant-share"}}, "spending", id="one economy"),
        pytest.param({"target": {"by": 2031}}, "spending", id="another year"),
        pytest.param({"target": {"by": 2031}}, "share", id="another variable"),
        pytest.param({"assumptions": SLOWER}, "spending", id="another economy"),
    ],
)
def test_two_scenarios_are_as_far_apart_as_draw_by_draw(keys, variable):
    one, two = found_of(), found_of(**keys)

    between = apart(one, two, variable)

    exact = plainly(one, two, variable, DRAWS)
    assert between is not None
    assert between.draws == DRAWS
    for year, numbers in enumerate(between.fan.quantiles):
        errors = np.nan_to_num(between.fan.errors[year])
        assert np.all(np.abs(numbers - exact[year]) <= errors / 2 + 1e-9 * np.abs(exact[year]))


def test_a_scenario_is_not_apart_from_itself():
    between = apart(found_of(), found_of())

    assert between is not None
    assert {number for year in between.fan.quantiles for number in year} == {0.0}
    assert set(between.fan.central) == {0.0}


def test_the_way_from_one_to_the_other_is_the_way_back_turned_round():
    one, two = found_of(), found_of(target={"by": 2031})

    there, back = apart(one, two), apart(two, one)

    assert there is not None
    assert back is not None
    assert there.fan.central == pytest.approx([-number for number in back.fan.central], abs=100)
    for mine, other in zip(there.fan.quantiles, back.fan.quantiles, strict=True):
        width = mine[-1] - mine[0]
        assert mine == pytest.approx([-number for number in reversed(other)], abs=2e-3 * width + 100)


@pytest.mark.parametrize("keys", [{"horizon": 2034, "target": {"by": 2034}}, {"seed": 1}])
def test_where_no_draw_is_shared_nothing_is_said(keys):
    other, problems = prepare(scenario(**keys), LEDGER, vocabulary(), series(), draws=100)

    assert other, problems
    assert apart(found_of(100), other) is None


def test_of_two_economies_fewer_draws_are_kept():
    """What is kept takes memory, what is counted does not."""
    one, two = found_of(KEPT_DRAWS + 1), found_of(KEPT_DRAWS + 1, assumptions=SLOWER)

    between = apart(one, two)

    assert not same_economy(run_of(one).drivers, run_of(two).drivers)
    assert between is not None
    assert between.draws == KEPT_DRAWS
