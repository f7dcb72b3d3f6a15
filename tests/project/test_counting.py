"""The compiled kernel against kept draws, against the slow plain version, and against exact answers."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import product
from math import exp, log, sqrt
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest

from steelyard.project.bins import bins_for
from steelyard.project.chance import GROUP
from steelyard.project.compiled import WAITING
from steelyard.project.counting import SHARED, VARIABLES, Batch, Crowd, Task
from steelyard.project.economy import run_draws, run_economy
from steelyard.project.equations import (
    Limits,
    Policy,
    Scale,
    carried_out,
    outcomes,
    quantiles,
    reach,
    target_met,
)
from steelyard.project.payments import KNOWN, PRICES, SPENDING, Agreement, Line, Moving, Step
from steelyard.project.rules import RULES
from tests.project.plain import plain_economy, plain_normal, plain_paid, plain_shock, plain_spending
from tests.project.test_equations import PLAN, PLANS, ROOT, SEED, YEARS, drivers, exact_variance

ROOT_FOLDER = Path(__file__).resolve().parents[2]
CHANCES = (0.05, 0.25, 0.5, 0.75, 0.95)
EVERY = {name: range(YEARS) for name in (*VARIABLES, *SHARED)}
PAST = np.random.default_rng(3).normal(0, 0.02, (3, 2, 23))
COMMON = np.hstack((np.array(ROOT), [[0.01], [0.002], [-0.02]]))
FULL = [[0.3, 0.05, 0.0], [0.1, 0.5, -0.02], [0.0, -0.2, 0.8]]
STEPS = (
    Step(KNOWN, 1.02),
    Step(PRICES, 1.001, 1, 1.0, 1.05),
    Step(PRICES, 1.0, 2, 1.015, 1.025),
    *(Step(SPENDING, lag=lag) for lag in (1, 2, 3)),
    *(Step(PRICES, lag=2, high=1.05),) * 3,
)
AGREEMENT = Agreement(0.0006, STEPS)
MOVING = tuple(Moving(0.001, 0.01 + 0.001 * t, 0.012) for t in range(YEARS))
OWED = Limits(cap=0.08, floor=(0.002,) * YEARS, execution=0.98, moving=MOVING, payment=True)
LINES = (
    Line("arms", (Moving(rate=0.1),) * (YEARS + 1)),
    Line("force", tuple(Moving(0.2, 0.01 * t, 0.3) for t in range(YEARS + 1))),
)
LIMITS = Limits(cap=0.08, floor=tuple(0.025 + 0.0005 * t for t in range(YEARS)), execution=0.98)


def with_common(setting):
    """The same economy, moved by a shock that it shares with others."""
    common = [4000 + year for year in range(YEARS)]
    return replace(setting, root=COMMON, streams=np.vstack((setting.streams, common)).astype(np.uint64))


SETTINGS = {
    "normal shocks": drivers(),
    "each variable moves all": drivers(FULL),
    "mean on the path": drivers(keep_mean=True),
    "past shocks": drivers(past=PAST),
    "a common shock": with_common(drivers()),
    "common past shocks": with_common(drivers(past=PAST)),
}


def counted(policy, setting, draws, reference=None, wanted=EVERY, **keys):
    (found,) = Crowd(setting, SEED, draws, 0.045, **keys).outcomes([Task(policy, reference)], wanted, CHANCES)
    return found


def allowed(values, errors):
    """What bins leave open; where all draws are the same no error is told, and only floats may differ."""
    return np.where(np.isnan(errors), 1e-9 * np.abs(values), errors * 1.001)


def kept(policy, setting, draws, reference=None):
    """Quantiles by variable and year from draws that are kept, as multiples of the base year's GDP."""
    paths, found = run_draws(setting, SEED, draws), {}
    for name, values in outcomes(policy, paths, Scale(1.0, 1.0, 0.045), reference):
        found.setdefault(name, []).append(quantiles(values, CHANCES))
    return paths, {name: years[1:] for name, years in found.items()}


# Draws that are kept


@pytest.mark.parametrize("name", SETTINGS)
def test_every_quantile_is_that_of_kept_draws_within_a_bin(name):
    """Bins are narrower than the error of sampling, which is the larger part of the error given."""
    policy = Policy("linear-share", PLAN, LIMITS, AGREEMENT)
    reference = Policy("constant-share", PLAN)

    found = counted(policy, SETTINGS[name], 30_000, reference)
    paths, sorted_draws = kept(policy, SETTINGS[name], 30_000, reference)

    for variable in VARIABLES:
        scale = 100 if variable == "share" else 1
        for t, (exact, _) in enumerate(sorted_draws[variable]):
            values, errors = found.fans[variable][t]
            assert np.all(np.abs(scale * values - exact) <= scale * allowed(values, errors)), (variable, t)
    by, since = reach(target_met(policy, paths))
    assert found.reached.tolist() == by.tolist()
    assert found.kept.tolist() == since.tolist()


@pytest.mark.parametrize("rule", sorted(RULES))
@pytest.mark.parametrize("limits", [Limits(), LIMITS, OWED], ids=["free", "limited", "owed"])
def test_each_rule_is_carried_out_as_with_kept_draws(rule, limits):
    policy = Policy(rule, PLANS.get(rule, PLAN), limits, AGREEMENT)

    found = counted(policy, drivers(), 4000, wanted={"spending": range(YEARS)})
    _, sorted_draws = kept(policy, drivers(), 4000)

    for t, (exact, _) in enumerate(sorted_draws["spending"]):
        values, errors = found.fans["spending"][t]
        assert np.all(np.abs(values - exact) <= allowed(values, errors))


@pytest.mark.parametrize("name", SETTINGS)
def test_a_counted_draw_can_be_replayed_by_its_number_without_compiled_code(name):
    from steelyard.project.lanes import count_groups

    policy = Policy("real-growth", PLANS["real-growth"], LIMITS)
    run = Batch(
        Crowd(SETTINGS[name], SEED, 1300), [Task(policy)], {"gdp": range(YEARS), "spending": range(YEARS)}
    )
    layout, _ = run.count()
    found = run.empty(1, 1300)
    count_groups(run.world(), run.laid_out(), run.bins(layout), found, 0, 3, 1300)
    alone = run_economy(SETTINGS[name], SEED, 1299, 1)

    spent = [float(spent[0]) for spent, *_ in carried_out(policy, alone)]
    assert found.sample[:YEARS, 1299] == pytest.approx(alone.gdp[:, 0], rel=1e-13)
    assert found.sample[YEARS:, 1299] == pytest.approx(spent, rel=1e-13)


# The slow plain version


@cache
def plain_draws(past):
    setting = SETTINGS["past shocks" if past else "normal shocks"]
    streams = setting.streams.tolist()

    def shock(draw):
        if past:
            return lambda variable, t: plain_shock(PAST, SEED, streams[-1][t - t % 2], variable, t, draw)
        return lambda variable, t: plain_normal(SEED, streams[variable][t], draw)

    return [
        plain_economy(
            setting.central.tolist(),
            setting.persistence.tolist(),
            setting.root.tolist(),
            setting.foreign_inflation.tolist(),
            shock(draw),
            PAST.tolist() if past else None,
        )
        for draw in range(1200)
    ]


@pytest.mark.parametrize("past", [False, True], ids=["normal shocks", "past shocks"])
@pytest.mark.parametrize("rule", sorted(RULES))
def test_each_rule_gives_what_the_plain_version_gives(rule, past):
    plan = PLANS.get(rule, PLAN)
    keys = {"power": plan.power, "growth": plan.growth, "listed": plan.listed}
    keys |= {"amounts": plan.amounts, "gdp": plan.gdp}
    limits = {"cap": LIMITS.cap, "floor": LIMITS.floor, "execution": LIMITS.execution}
    setting = SETTINGS["past shocks" if past else "normal shocks"]

    found = counted(Policy(rule, plan, LIMITS), setting, 1200, wanted={"spending": range(YEARS)})

    slow = [plain_spending(rule, draw, 0.0242, 0.035, 7, **keys, **limits) for draw in plain_draws(past)]
    for t in range(YEARS):
        values, errors = found.fans["spending"][t]
        exact, _ = quantiles(np.array([path[t] for path in slow]), CHANCES)
        assert np.all(np.abs(values - exact) <= allowed(values, errors))


def test_a_floor_of_all_parts_and_its_payments_are_those_of_the_plain_version():
    plan, names = PLANS["nominal-steps"], ("spending", "cost_sharing", "cost_sharing_foreign")
    limits = {"cap": OWED.cap, "floor": OWED.floor, "execution": OWED.execution, "moving": MOVING}
    paying = (AGREEMENT.amount, STEPS)
    wanted = {name: range(YEARS) for name in names}

    found = counted(Policy("nominal-steps", plan, OWED, AGREEMENT), drivers(), 1200, wanted=wanted)

    slow = {name: [] for name in names}
    for draw in plain_draws(past=False):
        spent = plain_spending(
            "nominal-steps", draw, 0.0242, 0.035, 7, growth=plan.growth, paying=paying, **limits
        )
        paid = plain_paid(*paying, draw.prices, [0.0242, *spent])
        abroad = [one / rate for one, rate in zip(paid, draw.rate, strict=True)]
        for name, path in zip(names, (spent, paid, abroad), strict=True):
            slow[name].append(path)
    for name, t in product(names, range(YEARS)):
        values, errors = found.fans[name][t]
        exact, _ = quantiles(np.array([path[t] for path in slow[name]]), CHANCES)
        assert np.all(np.abs(values - exact) <= allowed(values, errors)), (name, t)


def test_lines_and_their_sums_are_those_of_the_plain_version():
    names = [name for line in LINES for name in (line.name, line.total)]
    wanted = {name: range(YEARS) for name in names}

    found = counted(Policy("constant-share", PLAN), drivers(), 1200, wanted=wanted, lines=LINES)

    slow = {name: [] for name in names}
    for draw in plain_draws(past=False):
        for line in LINES:
            now = [
                one.fixed + one.prices * prices + one.rate * rate
                for one, prices, rate in zip(line.amounts, [1, *draw.prices], [1, *draw.rate], strict=True)
            ]
            slow[line.name].append(now[1:])
            slow[line.total].append([sum(now[: t + 2]) for t in range(YEARS)])
    for name, t in product(names, range(YEARS)):
        values, errors = found.fans[name][t]
        exact, _ = quantiles(np.array([path[t] for path in slow[name]]), CHANCES)
        assert np.all(np.abs(values - exact) <= allowed(values, errors)), (name, t)


# Exact answers


def test_quantiles_of_a_constant_share_are_the_exact_ones_within_sampling_error():
    """Known from section 1 of the model: the log of spending is normal; a million draws, no one kept."""
    found = counted(
        Policy("constant-share", PLAN), drivers(), 1_000_000, wanted={"spending": range(1, YEARS)}
    )

    own = sum((ROOT[0][k] + ROOT[1][k]) ** 2 for k in range(3))
    for t in range(1, YEARS):
        mean = log(0.0242) + 0.038 * (t + 1) + own / 2
        deviation = sqrt(exact_variance(t + 1, last_year_too=False))
        for value, error, chance in zip(*found.fans["spending"][t], CHANCES, strict=True):
            exact = exp(mean + deviation * NormalDist().inv_cdf(chance))
            assert abs(value - exact) < 4.5 * error
            assert error < 0.003 * deviation * value


def test_a_bin_is_narrower_than_the_error_of_sampling():
    """From the lowest to the highest hundredth normal numbers span 4.65 deviations."""
    for draws in (60_000, 100_000, 1_000_000, 10_000_000):
        assert 4.65 / (bins_for(draws) - 4) < 1.2533 / sqrt(draws)


# Numbers that do not vary, or only at times


def test_what_does_not_vary_has_no_error():
    """Spending of the first year is voted on what is expected, so no shock reaches it."""
    found = counted(Policy("constant-share", PLAN), drivers(), 60_000, wanted={"spending": [0]})

    values, errors = found.fans["spending"][0]
    assert values == pytest.approx(np.full(5, run_economy(drivers(), SEED, 0, 1).expected_gdp[0] * 0.0242))
    assert np.isnan(errors).all()


def test_a_cost_that_mostly_does_not_arise_is_nothing_exactly():
    policy = Policy("constant-share", PLAN, Limits(floor=(0.0242,) * YEARS))

    found = counted(policy, drivers(), 60_000, wanted={"crowded_out": range(YEARS)})

    assert found.fans["crowded_out"][5][0][:3].tolist() == [0.0] * 3


def test_what_costs_nothing_over_itself_differs_by_nothing():
    policy = Policy("linear-share", PLAN)

    found = counted(policy, drivers(), 60_000, policy, wanted={"difference_cumulative": [YEARS - 1]})

    assert found.fans["difference_cumulative"][YEARS - 1][0].tolist() == [0.0] * 5


# Several countries


def test_countries_with_a_common_shock_move_together_by_its_loads():
    """Two countries whose growth has 0.018 of its own and 0.01 in common: 0.0001 / 0.000424 of variance."""
    here = with_common(drivers())
    there = replace(here, streams=np.vstack((here.streams[:3] + np.uint64(9), here.streams[3:])))

    one, other = (log_growth(run_draws(setting, SEED, 60_000)) for setting in (here, there))

    assert np.corrcoef(one, other)[0, 1] == pytest.approx(0.0001 / 0.000424, abs=0.02)


def log_growth(paths):
    return np.log(paths.gdp[0] / paths.prices[0])


# Threads


@pytest.mark.parametrize("threads", [2, 3, 7])
def test_the_number_of_threads_changes_no_byte(threads):
    policy, reference = Policy("linear-share", PLAN, LIMITS), Policy("constant-share", PLAN)
    wanted = {"spending": range(YEARS), "difference_cumulative_real": [YEARS - 1]}

    alone = counted(policy, drivers(), 150_000, reference, wanted, threads=1)
    together = counted(policy, drivers(), 150_000, reference, wanted, threads=threads)

    for name, years in alone.fans.items():
        for t, (values, errors) in years.items():
            assert values.tobytes() == together.fans[name][t][0].tobytes()
            assert errors.tobytes() == together.fans[name][t][1].tobytes()
    assert alone.kept.tobytes() == together.kept.tobytes()


# Compiling


SMALL = """
import sys
from steelyard.project import project_scenario
from tests.project.samples import LEDGER, scenario, series, vocabulary

project_scenario(scenario(), LEDGER, vocabulary(), series())
print("numba" in sys.modules)
"""
LARGE = SMALL.replace("series())", "series(), draws=60_000)")


def run(code, **keys):
    environment = {**os.environ, **keys}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT_FOLDER,
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )


def test_the_draws_of_the_case_need_no_compiled_code():
    done = run(SMALL)

    assert (done.stdout.strip(), done.stderr) == ("False", "")


def test_the_first_run_says_what_it_waits_for_and_the_second_does_not_wait(tmp_path):
    first, second = (run(LARGE, NUMBA_CACHE_DIR=str(tmp_path)) for _ in range(2))

    assert first.stderr.splitlines() == [WAITING]
    assert (second.stdout.strip(), second.stderr) == ("True", "")


MEMORY = """
from pathlib import Path
from steelyard.project import project_scenario
from tests.project.samples import LEDGER, scenario, series, vocabulary

def peak(draws):
    project_scenario(scenario(), LEDGER, vocabulary(), series(), draws=draws)
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024

few = peak(250_000)
print(peak(1_000_000) - few)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="sizes are counted in other units there")
def test_four_times_the_draws_take_no_more_memory_than_their_bins():
    """Twice the bins, and not the 108 MB that the paths of 750,000 draws would take for each variable."""
    assert float(run(MEMORY).stdout) < 54


def test_a_group_is_part_of_what_a_draw_is():
    """Another size would give every draw another economy, and every case other numbers."""
    assert GROUP == 512


def test_the_places_that_the_kernel_tells_apart_are_those_of_the_variables():
    from steelyard.project import tally

    named = {
        tally.AT_PRICES: "spending_real",
        tally.AS_SHARE: "share",
        tally.CROWDED_OUT: "crowded_out",
        tally.FIRST_COST: "extra",
        tally.PAID_ABROAD: "cost_sharing_foreign",
    }
    assert {place: VARIABLES[place] for place in named} == named
