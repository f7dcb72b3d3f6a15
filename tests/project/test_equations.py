"""The kernel against the slow plain version, against exact answers, and against the model's sentences."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
import pytest

from steelyard.project.chance import normals
from steelyard.project.economy import Drivers, log_mean_of_level, run_draws, run_economy
from steelyard.project.equations import Limits, Policy, Scale, carried_out, outcomes, quantiles, reach
from steelyard.project.rules import RULES, Plan
from tests.project.plain import plain_economy, plain_normal, plain_spending

YEARS = 9
ROOT = [[0.018, 0.0, 0.0], [0.002, 0.012, 0.0], [-0.04, 0.01, 0.06]]
PERSISTENCE = [[0.3, 0.0, 0.0], [0.0, 0.5, 0.0], [0.0, 0.0, 0.8]]
SEED = 20260124


def drivers(persistence=PERSISTENCE, root=ROOT, years=YEARS, **keys):
    streams = [[1000 * variable + year for year in range(years)] for variable in range(3)]
    whole = Drivers(
        np.array([[0.020] * years, [0.018] * years, [0.0] * years]),
        np.array(persistence),
        np.array(root),
        np.array([0.019] * years),
        np.array(streams, np.uint64),
    )
    return replace(whole, **keys)


PLAN = Plan(share=0.0242, target=0.035, years_to_target=7)
PLANS = {
    "curved-share": replace(PLAN, power=1.7),
    "listed-share": replace(PLAN, listed=(0.025, 0.026, 0.027, 0.028, 0.029, 0.03, 0.031, 0.033, 0.035)),
    "listed-amounts": replace(PLAN, amounts=(0.025, 0.026, 0.028, 0.029, 0.031, 0.033, 0.035, 0.037, 0.04)),
    "real-growth": replace(PLAN, growth=(0.04,)),
    "needed-real-growth": replace(PLAN, growth=(0.03,), gdp=1.021),
    "nominal-steps": replace(PLAN, growth=(0.082, 0.075, 0.07, 0.07, 0.06, 0.06, 0.06, 0.05, 0.05)),
    "claimed-steps": replace(PLAN, growth=(0.082, 0.075, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03)),
}


def spend(rule, plan, paths, limits=None):
    """Spending of all years, (year, draw)."""
    return np.array([spent for spent, *_ in carried_out(Policy(rule, plan, limits or Limits()), paths)])


def outcome(policy, paths, scale, reference=None):
    """Every variable with its values, (base year and years, draw)."""
    found = {}
    for name, values in outcomes(policy, paths, scale, reference):
        found.setdefault(name, []).append(values)
    return {name: np.array(years) for name, years in found.items()}


def fan(rows, chances):
    """Quantiles and errors of each year, (probability, year) each."""
    found = [quantiles(row, chances) for row in rows]
    return np.array([one for one, _ in found]).T, np.array([error for _, error in found]).T


def extras(plan):
    numbers = ("power", "growth", "listed", "amounts", "gdp")
    return {number: getattr(plan, number) for number in numbers}


# The plain version


@pytest.mark.parametrize("draw", [0, 1, 2, 3, 4, 101, 8191, 8192])
def test_a_shock_is_that_of_the_plain_version(draw):
    assert normals(SEED, 77, draw, 1)[0] == pytest.approx(plain_normal(SEED, 77, draw), rel=1e-12)


FULL = [[0.3, 0.05, 0.0], [0.1, 0.5, -0.02], [0.0, -0.2, 0.8]]


@pytest.mark.parametrize("persistence", [PERSISTENCE, FULL], ids=["each on itself", "each on all"])
def test_the_economy_is_that_of_the_plain_version(persistence):
    setting = drivers(persistence)

    paths = run_economy(setting, SEED, 40, 7)

    for column in range(7):
        slow = plain_economy(
            setting.central.tolist(),
            persistence,
            ROOT,
            setting.foreign_inflation.tolist(),
            lambda variable, t, draw=40 + column: plain_normal(SEED, int(setting.streams[variable, t]), draw),
        )
        for name in ("gdp", "expected_gdp", "prices", "expected_inflation", "rate"):
            assert getattr(paths, name)[:, column] == pytest.approx(getattr(slow, name), rel=1e-12), name


@pytest.mark.parametrize("rule", sorted(RULES))
def test_each_rule_spends_what_the_plain_version_spends(rule):
    setting, plan = drivers(), PLANS.get(rule, PLAN)
    paths = run_economy(setting, SEED, 0, 5)

    spent = spend(rule, plan, paths)

    for column in range(5):
        slow = plain_economy(
            setting.central.tolist(),
            PERSISTENCE,
            ROOT,
            setting.foreign_inflation.tolist(),
            lambda variable, t, draw=column: plain_normal(SEED, int(setting.streams[variable, t]), draw),
        )
        expected = plain_spending(rule, slow, 0.0242, 0.035, 7, **extras(plan))
        assert spent[:, column] == pytest.approx(expected, rel=1e-12)


# Exact answers


def exact_quantile(chance, mean, variance):
    return exp(mean + sqrt(variance) * NormalDist().inv_cdf(chance))


def exact_variance(t, last_year_too=True):
    """Variance of log GDP after t years: the sum over shocks of what each has become by then (section 1)."""
    total = 0.0
    for s in range(1, t + 1):
        if s == t and not last_year_too:
            continue
        carried = [sum(PERSISTENCE[i][i] ** j for j in range(t - s + 1)) for i in range(2)]
        loads = [carried[0] * ROOT[0][k] + carried[1] * ROOT[1][k] for k in range(3)]
        total += sum(load * load for load in loads)
    return total


def test_the_variance_of_log_gdp_is_the_sum_over_all_shocks():
    """The mean of a log-normal level lies half the variance of its log above the median."""
    above = log_mean_of_level(drivers())

    assert 2 * above == pytest.approx([exact_variance(t) for t in range(1, YEARS + 1)])


def test_quantiles_of_a_constant_share_are_the_exact_ones_within_sampling_error():
    """With diagonal persistence and normal shocks the log of spending is normal, so every quantile is known.

    Spending is voted on the expected GDP, so it lacks the shock of its own year and has half its variance on
    top.
    """
    setting = drivers()
    paths = run_draws(setting, SEED, 40_000)
    chances = (0.05, 0.25, 0.5, 0.75, 0.95)

    found, errors = fan(spend("constant-share", PLAN, paths), chances)

    own = sum((ROOT[0][k] + ROOT[1][k]) ** 2 for k in range(3))
    for t in range(1, YEARS):
        mean = log(0.0242) + 0.038 * (t + 1) + own / 2
        for row, chance in enumerate(chances):
            exact = exact_quantile(chance, mean, exact_variance(t + 1, last_year_too=False))
            assert abs(found[row, t] - exact) < 4.5 * errors[row, t], (t, chance)


def test_quantiles_of_gdp_are_the_exact_ones_within_sampling_error():
    paths = run_economy(drivers(), SEED, 0, 40_000)

    found, errors = fan(paths.gdp, (0.05, 0.5, 0.95))

    for t in range(YEARS):
        for row, chance in enumerate((0.05, 0.5, 0.95)):
            exact = exact_quantile(chance, 0.038 * (t + 1), exact_variance(t + 1))
            assert abs(found[row, t] - exact) < 4.5 * errors[row, t]


def test_the_mean_of_gdp_follows_the_source_where_that_is_asked_for():
    paths = run_economy(drivers(keep_mean=True), SEED, 0, 40_000)

    means = paths.gdp.mean(axis=1)
    error = paths.gdp.std(axis=1) / 200
    assert all(abs(means[t] - exp(0.038 * (t + 1))) < 4.5 * error[t] for t in range(YEARS))


def test_without_shocks_the_economy_is_its_central_path():
    paths = run_economy(drivers(), SEED, 0, 1, shocks=False)

    assert paths.gdp[:, 0] == pytest.approx([exp(0.038 * t) for t in range(1, YEARS + 1)])
    assert paths.expected_gdp == pytest.approx(paths.gdp)
    assert paths.rate[:, 0] == pytest.approx([exp((0.018 - 0.019) * t) for t in range(1, YEARS + 1)])


def test_shocks_are_standard_normal_and_unrelated():
    first, second = normals(SEED, 1, 0, 100_000), normals(SEED, 2, 0, 100_000)

    assert abs(first.mean()) < 0.015
    assert abs(first.std() - 1) < 0.01
    assert abs(np.mean(first < -1.6448536) - 0.05) < 0.003
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.015
    assert abs(np.corrcoef(first[::2], first[1::2])[0, 1]) < 0.02


# What the rules mean


def calm(years=YEARS):
    return run_economy(drivers(years=years), SEED, 0, 1, shocks=False)


def test_a_linear_path_rises_by_equal_steps_and_then_stays():
    paths = calm()

    share = spend("linear-share", PLAN, paths)[:, 0] / paths.gdp[:, 0]

    assert np.diff(share[:7]) == pytest.approx([(0.035 - 0.0242) / 7] * 6)
    assert share[6:] == pytest.approx([0.035] * 3)


def test_a_geometric_path_rises_by_equal_percentages():
    paths = calm()

    share = spend("geometric-share", PLAN, paths)[:, 0] / paths.gdp[:, 0]

    assert share[1:7] / share[:6] == pytest.approx([(0.035 / 0.0242) ** (1 / 7)] * 6)


@pytest.mark.parametrize(("power", "sooner"), [(2.0, False), (0.5, True)])
def test_a_path_bends_late_above_one_and_early_below(power, sooner):
    paths = calm()

    bent = spend("curved-share", replace(PLAN, power=power), paths)[2, 0]
    straight = spend("linear-share", PLAN, paths)[2, 0]

    assert bool(bent > straight) is sooner


def test_constant_real_growth_grows_in_base_year_prices():
    paths = calm()

    real = spend("real-growth", PLANS["real-growth"], paths)[:, 0] / paths.prices[:, 0]

    assert real == pytest.approx([0.0242 * 1.04**t for t in range(1, YEARS + 1)])


def test_steps_are_those_of_the_budget():
    """66.3 raised by 8.2 % and then by 7.5 % is 66.3 x 1.082 x 1.075 = 77.11695."""
    plan = replace(PLAN, share=66.3, growth=(0.082, 0.075))

    spent = spend("nominal-steps", plan, calm(years=2))

    assert spent[:, 0] == pytest.approx([71.7366, 77.116845])


# What is read off


def test_outcomes_of_one_path_by_hand():
    """GDP 1,000 with a share of 2 %, one year of 10 % real growth and no inflation, spending at 3 % of it."""
    paths = replace(
        calm(years=1),
        gdp=np.array([[1.1]]),
        expected_gdp=np.array([[1.1]]),
        prices=np.array([[1.0]]),
        rate=np.array([[2.0]]),
    )
    plan = Plan(share=0.02, target=0.03, years_to_target=1)

    whole = outcome(Policy("linear-share", plan), paths, Scale(1000.0, 5.0, 0.1))
    found = {name: values[:, 0] for name, values in whole.items()}

    assert found["spending"] == pytest.approx([20, 33])
    assert found["spending_foreign"] == pytest.approx([4, 3.3])
    assert found["share"] == pytest.approx([2, 3])
    assert found["extra"] == pytest.approx([0, 11])
    assert found["extra_cumulative_discounted"] == pytest.approx([0, 10])
    assert found["needed"] == pytest.approx([10, 11])


def test_cumulative_cost_is_the_sum_of_the_years():
    paths = run_economy(drivers(), SEED, 0, 50)
    found = outcome(Policy("linear-share", PLAN), paths, Scale(2740e12, 1421.0, 0.045))

    assert found["extra_cumulative"][-1] == pytest.approx(found["extra"].sum(axis=0))
    assert found["extra_cumulative_real"][-1] == pytest.approx(found["extra_real"].sum(axis=0))
    assert np.all(found["extra_cumulative_discounted"][-1] < found["extra_cumulative_real"][-1])


def test_without_target_or_discount_rate_nothing_is_said_of_them():
    paths = calm()

    names = set(outcome(Policy("constant-share", PLAN), paths, Scale(1.0, 1.0, None, False)))

    assert (
        not {"needed", "needed_foreign", "extra_cumulative_discounted", "difference", "crowded_out"} & names
    )


def test_reach_counts_first_arrival_and_staying_apart():
    """Three draws, three years: never, in the second year only, from the second year on."""
    met = np.array([[False, False, False], [False, True, True], [False, False, True]])

    by, kept = reach(met)

    assert by == pytest.approx([0, 2 / 3, 2 / 3])
    assert kept == pytest.approx([0, 1 / 3, 1 / 3])


def test_quantiles_lie_between_draws_by_the_usual_rule():
    values = np.array([4.0, 1.0, 3.0, 2.0, 5.0])

    found, _ = quantiles(values, (0.0, 0.1, 0.5, 1.0))

    assert found == pytest.approx([1.0, 1.4, 3.0, 5.0])


def test_the_error_of_a_median_is_that_of_theory():
    """For a normal variable it is sqrt(pi / 2 / n) standard deviations."""
    _, errors = quantiles(normals(SEED, 5, 0, 40_000), (0.5,))

    assert errors[0] == pytest.approx(sqrt(3.14159265 / 2 / 40_000), rel=0.15)
