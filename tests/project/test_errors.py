"""Monte Carlo errors: against how far numbers really differ from seed to seed, and against sums by hand."""

from __future__ import annotations

from functools import cache
from math import exp, inf, log, sqrt
from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
import pytest

from steelyard.core.interval import Interval
from steelyard.project import project_scenario
from steelyard.project.closing import gap_closes
from steelyard.project.counting import Crowd, Outcome, Task
from steelyard.project.economy import run_draws
from steelyard.project.ensemble import Headline, Reach
from steelyard.project.equations import Policy, Scale, outcomes, quantiles
from steelyard.project.errors import chance_error, kept
from steelyard.project.fans import Fan, fan_of
from steelyard.project.owed_results import part_taken
from steelyard.project.pledge_swings import scaled_swing
from steelyard.project.rules import Plan
from steelyard.project.spreads import Spread, Way
from tests.project.samples import LEDGER, scenario, series, vocabulary
from tests.project.test_equations import PLAN, ROOT, YEARS, drivers, exact_variance

CHANCES = (0.05, 0.25, 0.5, 0.75, 0.95)
SEEDS, FEW, LAST = range(200), 500, YEARS - 1
# Of 200 seeds a deviation is known to 5 % (one standard error), the mean of the errors told to less.
FACTOR = 1.2
CONSTANT = Policy("constant-share", PLAN)


# Against the spread over seeds


@cache
def by_seed():
    """Of each seed the quantiles and errors of spending in the last year, of another policy's alone, and of
    what both differ by in the same draws, then and in sum.
    """
    rising = Policy("linear-share", PLAN)
    found = {"spending": [], "alone": [], "difference": [], "sum": []}
    for seed in SEEDS:
        paths = run_draws(drivers(), seed, FEW)
        for policy, reference, names in (
            (CONSTANT, None, {"spending": "spending"}),
            (
                rising,
                CONSTANT,
                {"spending": "alone", "difference": "difference", "difference_cumulative_real": "sum"},
            ),
        ):
            last = dict(outcomes(policy, paths, Scale(1.0, 1.0), reference))
            for name, told in names.items():
                found[told].append(quantiles(last[name], CHANCES))
    return {name: tuple(np.array(each) for each in zip(*rows, strict=True)) for name, rows in found.items()}


def exact_quantiles():
    """Of the constant share: the log of spending is normal (section 1 of the model)."""
    own = sum((ROOT[0][k] + ROOT[1][k]) ** 2 for k in range(3))
    mean = log(PLAN.share) + 0.038 * (LAST + 1) + own / 2
    deviation = sqrt(exact_variance(LAST + 1, last_year_too=False))
    return np.array([exp(mean + deviation * NormalDist().inv_cdf(chance)) for chance in CHANCES])


@pytest.mark.parametrize("name", ["spending", "sum"])
def test_quantiles_differ_from_seed_to_seed_as_much_as_their_error_tells(name):
    values, errors = by_seed()[name]

    ratio = np.sqrt((errors**2).mean(axis=0)) / values.std(axis=0, ddof=1)
    assert np.all((ratio > 1 / FACTOR) & (ratio < FACTOR)), ratio


def test_the_exact_quantile_lies_within_two_errors_in_nineteen_seeds_of_twenty():
    """Of 200 seeds that is 190, give or take 3; the error itself is an estimate, which costs a little."""
    values, errors = by_seed()["spending"]

    within = (np.abs(values - exact_quantiles()) < 2 * errors).sum(axis=0)
    assert np.all(within >= 180), within


def test_the_error_is_that_of_theory():
    """sqrt(p (1 - p) / n) over the density, which for the exp of a normal variable is phi(z) / (s x)."""
    _, errors = by_seed()["spending"]
    deviation = sqrt(exact_variance(LAST + 1, last_year_too=False))
    places = [NormalDist().inv_cdf(chance) for chance in CHANCES]
    density = np.array([NormalDist().pdf(z) for z in places]) / deviation / exact_quantiles()

    theory = np.sqrt(np.array(CHANCES) * (1 - np.array(CHANCES)) / FEW) / density
    assert errors.mean(axis=0) == pytest.approx(theory, rel=0.1)


def test_a_difference_in_the_same_draws_is_known_better_than_one_of_draws_apart():
    """Draws of their own would leave the root of the sum of both squares."""
    found = by_seed()
    names = ("difference", "spending", "alone")
    difference, *paths = (found[name][1].mean(axis=0) for name in names)

    assert np.all(difference < 0.5 * np.hypot(*paths))


def test_counted_draws_tell_no_less_than_their_spread():
    """Their error is at least the width of a bin, so that it may tell more where quantiles lie close."""
    found = []
    for seed in SEEDS:
        crowd = Crowd(drivers(), seed, FEW, threads=1)
        (one,) = crowd.outcomes([Task(CONSTANT)], {"spending": [LAST]}, CHANCES)
        found.append(one.fans["spending"][LAST])
    values, errors = (np.array(each) for each in zip(*found, strict=True))

    ratio = np.sqrt((errors**2).mean(axis=0)) / values.std(axis=0, ddof=1)
    assert np.all((ratio > 1 / FACTOR) & (ratio < 1.5)), ratio


@pytest.mark.parametrize("chance", [0.02, 0.3, 0.5, 0.9])
def test_chances_differ_from_seed_to_seed_as_much_as_their_error_tells(chance):
    """The chance of spending no more than its exact quantile, which is that quantile's own."""
    deviation = sqrt(exact_variance(LAST + 1, last_year_too=False))
    median = exact_quantiles()[2]
    limit = median * exp(deviation * NormalDist().inv_cdf(chance))
    found = []
    for seed in SEEDS:
        last = dict(outcomes(CONSTANT, run_draws(drivers(), seed, FEW), Scale(1.0, 1.0)))["spending"]
        found.append(float(np.mean(last <= limit)))

    told = sqrt(np.mean([chance_error(one, FEW) ** 2 for one in found]))
    assert 1 / FACTOR < told / np.std(found, ddof=1) < FACTOR
    assert abs(np.mean(found) - chance) < 4 * told / sqrt(len(SEEDS))


# By hand


@pytest.mark.parametrize(
    ("chance", "draws", "error"),
    [
        pytest.param(0.5, 10_000, 0.005, id="sqrt(0.25 / 10,000)"),
        pytest.param(0.2, 400, 0.02, id="sqrt(0.16 / 400)"),
        pytest.param(0.0, 99, 0.01, id="none of 99: one in 100"),
        pytest.param(1.0, 99, 0.01, id="all of 99: one in 100"),
    ],
)
def test_the_error_of_a_chance(chance, draws, error):
    assert chance_error(chance, draws) == pytest.approx(error, rel=0.05)


def test_what_is_kept_has_eight_digits_of_the_number_or_of_its_error():
    assert kept(136_312_345_678_912.0, 150e9) == 136_312_350_000_000
    assert kept(-12.3456789, 1.0) == -12.345679
    assert kept(-12.3456789, 400.0) == -12.34568
    assert kept(136_312_345_678_912.0, 0.0) == 136_312_000_000_000
    assert kept(1.23456789e-20, 40.0) == 0


def test_what_no_draw_moves_has_no_error():
    """A base year, and a number that is the same in all draws, have none; others one for each quantile."""
    nothing = np.full(5, np.nan)
    still, errors = quantiles(np.full(40, 2.0), CHANCES)
    moved = quantiles(np.arange(101.0), CHANCES)

    fan = fan_of([[(np.full(5, 1.0), nothing, 1.0), (still, errors, 2.0), (*moved, 50.0)]])

    assert fan.errors[:2] == [(), ()]
    # 101 numbers from 0: half a binomial deviation of 0.5 / sqrt(101), 4.975 of 100 ranks, to either side.
    assert fan.errors[2][2] == 4.98
    assert fan.quantiles[2][2] == 50


def test_errors_turn_over_with_their_quantiles():
    """A target below the share of the base year needs -0.02 of GDP, so the highest GDP gives the lowest."""
    policy = Policy("constant-share", Plan(share=0.05, target=0.03, years_to_target=1))
    task = Task(policy)
    gdp = (np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([0.1, 0.2, 0.3, 0.4, 0.5]))
    one = drivers(years=1)
    paths = run_draws(one, 1, 1)
    names = [name for name, _ in Way(task, Scale(1.0, 1.0, target=True)).amounts(paths)]
    fans = {name: {0: gdp} for name in {*names, "gdp_foreign"}}
    spread = Spread({task: Outcome(fans, np.zeros(1), np.zeros(1))}, CHANCES, {}, {})

    found = spread.quantiles(Way(task, Scale(1.0, 1.0, target=True)), paths)
    (_, values, errors, _) = [row for row in found if row[0] == "needed"][-1]

    assert values == pytest.approx([-0.1, -0.08, -0.06, -0.04, -0.02])
    assert errors == pytest.approx([0.01, 0.008, 0.006, 0.004, 0.002])


def test_the_part_that_a_pledge_takes_is_as_far_off_as_spending():
    """2 of a half of 10 is 40 %; 10 is known to 0.1, one hundredth, and so are the 40 %."""
    spent = (8.0, 9.0, 10.0, 11.0, 12.5)
    spending = Fan(
        [10.0], [(10.0, 10.0)], [spent], [[(one, one) for one in spent]], [(0.4, 0.3, 0.1, 0.2, 0.5)]
    )

    fan = part_taken([(2.0, 2.0, 2.0)], Interval.exactly("0.5"), spending)

    assert fan.quantiles[0] == [
        32.0,
        pytest.approx(36.36, abs=0.01),
        40.0,
        pytest.approx(44.44, abs=0.01),
        50.0,
    ]
    # 32 % times 0.5 / 12.5; 40 % times 0.1 / 10; 50 % times 0.4 / 8.
    assert [fan.errors[0][number] for number in (0, 2, 4)] == pytest.approx([1.28, 0.4, 2.5])


def test_an_end_of_a_swing_has_the_error_of_the_number_times_its_ratio():
    number = Headline("x", "x", "KRW", 40.0, 39.0, 41.0, "", (), error=0.5)

    swing = scaled_swing(number, "arms", (), [0.98, 1.02])

    assert (swing.low, swing.high) == (39.2, 40.8)
    assert swing.errors == (0.49, 0.51)


def test_a_year_is_as_far_off_as_the_chances_of_having_met_the_target():
    """Of 100 draws the median is known to 5 of them: the target is met by 45 to 55 % in 2031 to 2033."""
    chances = {2030: 0.02, 2031: 0.46, 2032: 0.5, 2033: 0.56, 2034: 0.6}
    reached = [Reach(year, chance, chance, chance, chance) for year, chance in chances.items()]
    run = SimpleNamespace(scenario=SimpleNamespace(horizon=2034, draws=100))

    closes, never = gap_closes(run, reached, SimpleNamespace(at=lambda *_: ()))

    assert (closes.value, closes.error) == (2032, 1)
    assert closes.errors[-1] == inf
    assert closes.to_json()["errors"]["0.95"] is None
    assert never.value == 0.4


# In a scenario


@pytest.fixture(scope="module")
def ensemble():
    found, _ = project_scenario(scenario("linear-2035"), LEDGER, vocabulary(), series(), draws=400)
    return found


def test_each_cell_and_headline_of_draws_has_its_error_and_no_other(ensemble):
    """What is spent in the first year is voted before anything is drawn."""
    without = {(cell.variable, cell.year) for cell in ensemble.cells if not cell.errors}

    assert {("spending", 2026), ("spending", 2027), ("gdp", 2026), ("share", 2026)} <= without
    assert not any(year > 2027 for name, year in without if name in ("spending", "share", "gdp", "needed"))
    assert all(cell.errors[2] > 0 for cell in ensemble.series("spending_foreign")[1:])
    errors = {headline.name: headline.error for headline in ensemble.headline}
    assert errors["implied_gdp"] is errors["x_static"] is errors["needed_real_growth"] is None
    assert errors["x_cumulative"] == ensemble.series("extra_cumulative")[-1].errors[2]
    assert errors["p_never"] == ensemble.reach[-1].error
    assert ensemble.reach[-1].error == pytest.approx(0.025, rel=0.02)


def test_rows_have_a_column_for_each_error(ensemble):
    first, *_, last = [row for row in ensemble.rows() if row["variable"] == "spending"]

    assert first["q50_error"] is None
    ends = [last["q5_error"], last["q95_error"]]
    assert ends == [*ensemble.series("spending")[-1].errors[:: len(CHANCES) - 1]]


def test_json_has_the_error_beside_the_number(ensemble):
    data = ensemble.to_json()
    cells = [row for row in data["series"] if row["variable"] == "spending"]

    assert cells[0]["errors"] is None
    assert list(cells[-1]["errors"]) == list(cells[-1]["quantiles"])
    # A four-hundredth part more or less: the number is not cut to its error.
    assert len(str(cells[-1]["quantiles"]["0.5"]).rstrip("0")) >= 5
    assert {"error", "kept_error"} <= set(data["reach"][0])
    moved = [row for row in data["swings"] if row["headline"] == "x_cumulative"]
    assert moved[0]["low_error"] > 0
    assert all(row["low_error"] is None for row in data["swings"] if row["headline"] == "x_static")
