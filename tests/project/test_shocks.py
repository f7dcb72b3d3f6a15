"""What the past teaches of shocks: residuals, stretches of them, and errors of past forecasts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product
from math import exp, sqrt

import numpy as np
import pytest

from steelyard.core.series import Point, Series
from steelyard.project import project_scenario
from steelyard.project.drivers import build_economy
from steelyard.project.economy import Drivers, log_mean_of_level, run_draws, run_economy, shocks_of
from steelyard.project.fans import drivers_of
from steelyard.project.form import VARIABLES
from steelyard.project.persistence import residuals_of
from steelyard.project.scenario import read_scenario
from steelyard.project.shocks import stretches
from tests.project.plain import plain_economy, plain_shock
from tests.project.samples import LEDGER, series, standing_alone, vocabulary

SEED = 20260124
PAST = [
    [[0.02, -0.03, 0.01], [0.01, -0.02, 0.01]],
    [[0.00, 0.01, -0.01], [0.005, -0.01, 0.005]],
    [[0.10, -0.05, -0.05], [0.02, 0.03, -0.05]],
]


FULL = np.array([[0.3, 0.05, 0.02], [0.1, 0.5, -0.02], [0.4, -0.2, 0.8]])


def drivers(years=4, past=PAST, **keys):
    streams = [[1000 * variable + year for year in range(years)] for variable in range(3)]
    whole = Drivers(
        np.array([[0.020] * years, [0.018] * years, [0.0] * years]),
        np.diag([0.3, 0.5, 0.8]),
        np.zeros((3, 3)),
        np.array([0.019] * years),
        np.array(streams, np.uint64),
        past=np.array(past),
    )
    return replace(whole, **keys)


# The kernel


@pytest.mark.parametrize("persistence", [np.diag([0.3, 0.5, 0.8]), FULL], ids=["each on itself", "on all"])
def test_an_economy_with_past_shocks_is_that_of_the_plain_version(persistence):
    setting = drivers(years=5, persistence=persistence)

    paths = run_economy(setting, SEED, 10, 6)

    for column in range(6):

        def shock(variable, t, draw=10 + column):
            return plain_shock(PAST, SEED, int(setting.streams[-1, t - t % 2]), variable, t, draw)

        slow = plain_economy(
            setting.central.tolist(),
            setting.persistence.tolist(),
            [[0.0] * 3] * 3,
            setting.foreign_inflation.tolist(),
            shock,
            PAST,
        )
        for name in ("gdp", "expected_gdp", "prices", "expected_inflation", "rate"):
            assert getattr(paths, name)[:, column] == pytest.approx(getattr(slow, name), rel=1e-12), name


def test_what_came_together_is_drawn_together():
    """Each draw of a stretch is one run of the past: all variables of it, both years of it."""
    setting = drivers()
    runs = {tuple(PAST[v][year][run] for year in (0, 1) for v in range(3)) for run in range(3)}

    first, second = (shocks_of(setting, SEED, t, 0, 500) for t in (0, 1))

    drawn = {(*first[:, draw], *second[:, draw]) for draw in range(500)}
    assert drawn == runs


def test_every_run_is_drawn_about_as_often_as_another():
    drawn = shocks_of(drivers(), SEED, 2, 0, 30_000)[0]

    for value in PAST[0][0]:
        assert abs(np.mean(drawn == value) - 1 / 3) < 0.012


def test_another_stretch_is_drawn_anew():
    setting = drivers()

    first, third = (shocks_of(setting, SEED, t, 0, 2000)[0] for t in (0, 2))

    assert abs(np.corrcoef(first, third)[0, 1]) < 0.08


def every_path(setting, years):
    """Nominal GDP in all equally likely economies: each stretch of two years is any of three runs."""
    stretches_ = -(-years // 2)
    for runs in product(range(3), repeat=stretches_):
        gap, logs, levels = [0.0] * 3, 0.0, []
        for t in range(years):
            over = [
                sum(float(a) * one for a, one in zip(row, gap, strict=True)) for row in setting.persistence
            ]
            gap = [over[v] + PAST[v][t % 2][runs[t // 2]] for v in range(3)]
            logs += 0.038 + sum(gap[:2])
            levels.append(exp(logs))
        yield levels


@pytest.mark.parametrize("years", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("persistence", [np.diag([0.3, 0.5, 0.8]), FULL], ids=["each on itself", "on all"])
def test_the_mean_of_the_level_is_exact(years, persistence):
    """Against the mean over all economies that can come, one by one."""
    setting = drivers(years=years, persistence=persistence)
    means = [sum(level) / len(level) for level in zip(*every_path(setting, years), strict=True)]

    above = log_mean_of_level(setting)

    assert [exp(0.038 * (t + 1) + above[t]) for t in range(years)] == pytest.approx(means, rel=1e-12)


def test_the_mean_follows_the_source_where_that_is_asked_for():
    paths = run_draws(drivers(keep_mean=True), SEED, 40_000)

    error = paths.gdp.std(axis=1) / 200
    assert all(abs(paths.gdp[t].mean() - exp(0.038 * (t + 1))) < 4.5 * error[t] for t in range(4))


# From history


def test_residuals_are_what_the_last_year_leaves_unexplained():
    """Deviations -1, 1, -1, 1 turn each year: a slope of -1 leaves nothing."""
    slopes, residuals = residuals_of([[1.0, 3.0, 1.0, 3.0]])

    assert slopes == [-1.0]
    assert residuals == [[0.0, 0.0, 0.0]]


def test_a_variable_that_never_moves_has_no_slope():
    assert residuals_of([[2.0, 2.0, 2.0]]) == ([0.0], [[0.0, 0.0]])


def test_stretches_run_in_a_circle_around_a_mean_of_zero():
    """1, 2, 3, 6 less their mean of 3 are -2, -1, 0, 3, widened by sqrt(4 / 2)."""
    wide = sqrt(2)

    ((first, second, third),) = stretches([[1.0, 2.0, 3.0, 6.0]], 3)

    assert first == pytest.approx([-2 * wide, -wide, 0, 3 * wide])
    assert second == pytest.approx([-wide, 0, 3 * wide, -2 * wide])
    assert third == pytest.approx([0, 3 * wide, -2 * wide, -wide])


def bootstrap(block=3, **changes):
    shocks = {"kind": "bootstrap", "window": "2001/2024", "block": block}
    return standing_alone(drivers={"shocks": shocks, **changes})


def test_a_bootstrap_has_the_spread_of_the_normal_shocks():
    """Both take their size from the same residuals; only the shape differs."""
    normal, drawn = (
        project_scenario(entry, LEDGER, vocabulary(), series(), draws=4000)[0]
        for entry in (standing_alone(), bootstrap(1))
    )

    for year in (2030, 2035):
        widths = [
            next(cell.quantiles[3] - cell.quantiles[1] for cell in one.series("gdp") if cell.year == year)
            for one in (normal, drawn)
        ]
        assert widths[1] == pytest.approx(widths[0], rel=0.35)
    assert drawn.origin("draws:20260124:4000").label.endswith("drawn from 2001/2024 one year at a time")


def test_longer_stretches_keep_longer_memory_and_say_so():
    ensemble, problems = project_scenario(bootstrap(4), LEDGER, vocabulary(), series(), draws=50)

    assert problems == []
    assert "in stretches of 4 years" in ensemble.origin("draws:20260124:50").label


@pytest.mark.parametrize("kind", ["gaussian", "bootstrap"])
def test_the_mean_in_place_of_the_median_lowers_every_draw_by_the_same_factor(kind):
    """The mean of a level lies above its median, so a mean on the source's path puts the median below it."""
    last = {}
    for center in ("median", "mean"):
        entry = bootstrap(2, center=center)
        if kind == "gaussian":
            entry = standing_alone(drivers={"center": center})
        whole, _ = read_scenario(entry, vocabulary())
        economy, _ = build_economy(whole, series())
        setting = drivers_of(whole, economy)
        last[center] = run_draws(setting, SEED, 200).gdp[-1]
    above = log_mean_of_level(setting)[-1]

    assert last["mean"] / last["median"] == pytest.approx(np.full(200, exp(-above)))
    assert 0.001 < above < 0.02


@pytest.mark.parametrize(
    ("shocks", "code"),
    [
        pytest.param({"kind": "bootstrap", "window": "2001/2024"}, "missing-key", id="no stretch"),
        pytest.param(
            {"kind": "bootstrap", "block": 3, "window": "2018/2024"}, "short-window", id="too short"
        ),
        pytest.param({"kind": "bootstrap", "block": 0, "window": "2001/2024"}, "count-range", id="no years"),
        pytest.param(
            {"kind": "bootstrap", "block": 2.5, "window": "2001/2024"}, "count-range", id="half years"
        ),
        pytest.param({"kind": "bootstrap", "block": 10, "window": "2001/2024"}, "count-range", id="too long"),
        pytest.param({"kind": "jackknife", "window": "2001/2024"}, "unknown-choice", id="no such kind"),
        pytest.param({"kind": "forecast-errors", "errors": {"actor": "KRO"}}, "unknown-id", id="no actor"),
    ],
)
def test_shocks_that_cannot_be_drawn_are_a_problem(shocks, code):
    entry = standing_alone()
    table = {**entry.data["drivers"], "shocks": shocks}
    ensemble, problems = project_scenario(
        replace(entry, data={**entry.data, "drivers": table}), LEDGER, vocabulary(), series()
    )

    assert ensemble is None
    assert code in {problem.code for problem in problems}
    assert all(problem.hint for problem in problems)


def test_normal_shocks_need_a_window():
    entry = standing_alone()
    table = {**entry.data["drivers"], "shocks": {"kind": "gaussian"}}

    _, (problem,) = project_scenario(
        replace(entry, data={**entry.data, "drivers": table}), LEDGER, vocabulary(), series()
    )

    assert problem.code == "missing-key"
    assert "window" in problem.message


# Errors of past forecasts


def errors(variable, count=12, years=9, unit="percentage point", scale=1.0, begin=0):
    """Past errors of a variable: edition k was off by (k - 5.5) / 10 points in each year."""
    return [
        Series(
            "KOR",
            f"{variable}_forecast_error",
            unit,
            f"WEO {2005 + k}-10",
            tuple(
                Point(2006 + k + h, Decimal(str(round(scale * (k - 5.5) / 10 + h / 100, 6))), "IMF")
                for h in range(begin, years)
            ),
        )
        for k in range(count)
    ]


def off(**keys):
    return [one for variable in VARIABLES for one in errors(variable, **keys)]


def forecast(more, **shocks):
    entry = standing_alone()
    table = {"kind": "forecast-errors", "errors": {"actor": "KOR"}, **shocks}
    changed = replace(entry, data={**entry.data, "drivers": {**entry.data["drivers"], "shocks": table}})
    return changed, [*series(), *more]


def test_without_a_table_of_past_errors_a_refusal_names_what_is_missing():
    entry, known = forecast([])

    ensemble, (problem,) = project_scenario(entry, LEDGER, vocabulary(), known)

    assert ensemble is None
    assert (problem.code, problem.severity) == ("missing-errors", "refusal")
    assert "0 of real_growth, 0 of inflation, 0 of real_exchange_rate" in problem.message
    assert "real_growth_forecast_error, inflation_forecast_error" in problem.hint


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(off(count=9), id="nine editions"),
        pytest.param(off(years=8), id="eight years ahead of nine"),
        pytest.param([*errors("real_growth"), *errors("inflation")], id="a variable is missing"),
        pytest.param([replace(one, actor="JPN") for one in off()], id="another country"),
    ],
)
def test_a_table_that_is_too_short_is_refused(more):
    entry, known = forecast(more)

    ensemble, (problem,) = project_scenario(entry, LEDGER, vocabulary(), known)

    assert ensemble is None
    assert (problem.code, problem.severity) == ("missing-errors", "refusal")


def test_a_year_left_out_of_an_edition_leaves_out_the_edition():
    gap = [replace(one, points=one.points[:3] + one.points[4:]) for one in off(count=10, years=12)]

    _, (problem,) = project_scenario(*_three(*forecast(gap)))

    assert "0 of them have all three" in problem.message


def _three(entry, known):
    return entry, LEDGER, vocabulary(), known


def test_past_errors_are_drawn_edition_by_edition():
    """Edition 0 was off by -0.55, -0.54 ... points; they are fractions of the log, without persistence."""
    entry, known = forecast(off())
    whole, _ = read_scenario(entry, vocabulary())

    economy, problems = build_economy(whole, known)

    assert problems == []
    assert economy.shocks.persistence == [[0.0] * 3] * 3
    growth = economy.shocks.past[0]
    assert (len(growth), len(growth[0])) == (9, 12)
    assert [growth[h][0] for h in range(3)] == pytest.approx([-0.0055, -0.0054, -0.0053])
    assert economy.shocks.words == "shocks as 12 past forecasts were off, WEO 2005-10 to WEO 2016-10"


def test_a_scenario_runs_on_past_errors():
    entry, known = forecast(off())

    ensemble, problems = project_scenario(entry, LEDGER, vocabulary(), known, draws=600)

    assert problems == []
    gdp = ensemble.series("gdp")
    assert gdp[1].quantiles[0] < gdp[1].central < gdp[1].quantiles[-1]
    # Twelve editions are twelve economies, however many draws.
    assert len(set(gdp[-1].quantiles)) <= 12


@pytest.mark.parametrize(
    ("keys", "code"), [({"unit": "KRW"}, "unit-mismatch"), ({"scale": 10_000}, "out-of-range")]
)
def test_errors_in_another_measure_are_a_problem(keys, code):
    entry, known = forecast(off(**keys))

    ensemble, (problem,) = project_scenario(entry, LEDGER, vocabulary(), known)

    assert ensemble is None
    assert (problem.code, problem.severity) == (code, "error")
