"""What the spread of a scenario is owed to: known answers, independence, and what nobody has said."""

from __future__ import annotations

import json
from datetime import date
from itertools import groupby
from math import exp

import numpy as np
import pytest

from steelyard.project import project_scenario, sensitivity
from steelyard.project.economy import run_economy
from steelyard.project.ensemble import Ensemble
from steelyard.project.indices import Pair
from steelyard.project.prepared import prepare, run_of
from steelyard.project.sensitivity import BOX, CHANCES, sensitivity_of
from tests.project.plain import plain_economy, plain_normal, plain_spending
from tests.project.samples import (
    LEDGER,
    PROPOSED,
    SHARE,
    claim,
    ledger_of,
    scenario,
    series,
    standing_alone,
    vocabulary,
)
from tests.project.test_common import beside, neighbours

SHOCKS = ("growth", "inflation", "exchange_rate")
EXACT_SHARE = claim("2.4% of GDP", "defence_share_of_gdp", "2.4", "2.4", "% of GDP", id="share")
EXACT = ledger_of(
    claim("66 trillion won", "defence_spending", "66e12", "66e12", "KRW", status="proposed", id="won"),
    EXACT_SHARE,
)


def prepared(entry, ledger=LEDGER, **keys):
    found, problems = prepare(entry, ledger, vocabulary(), series(), **keys)
    assert found, problems
    return run_of(found), found


def rows_of(entry, ledger=LEDGER, **keys):
    return sensitivity_of(*prepared(entry, ledger, **keys))


def table(rows, over, variable, year):
    """First and total with their errors, by group."""
    wanted = [r for r in rows if (r["over"], r["variable"], r["year"]) == (over, variable, year)]
    return {r["group"]: [r[key] for key in ("first", "total", "error", "total_error")] for r in wanted}


def log_variances(drivers, years):
    """What each source adds to the variance of ln Y after so many years: sum over years of (c_s' C)^2."""
    persistence, root = drivers.persistence, drivers.root
    found = np.zeros(root.shape[1])
    for s in range(years):
        carried = sum(np.linalg.matrix_power(persistence, j) for j in range(years - s))
        found += (np.array([1.0, 1.0, 0.0]) @ carried @ root) ** 2
    return found


@pytest.mark.parametrize("year", [2027, 2030, 2035])
def test_the_economy_owes_to_each_group_what_the_logs_say(year):
    """GDP is a product of independent lognormal parts, with V = prod exp(v) - 1 relative to the mean squared:
    a part alone brings exp(v_i) - 1, and with others all but what is there without it.
    """
    run, found = prepared(scenario())
    known = log_variances(run.drivers, year - 2026)
    whole = exp(known.sum()) - 1
    rows = table(sensitivity_of(run, found), CHANCES, "needed", year)

    for place, group in enumerate(SHOCKS):
        first, total, error, total_error = rows[group]
        rest = exp(known.sum() - known[place])
        assert abs(first - (exp(known[place]) - 1) / whole) < 4 * error
        assert abs(total - (exp(known.sum()) - rest) / whole) < 4 * total_error + 1e-9


def test_indices_are_what_the_plain_version_of_model_and_estimators_finds(monkeypatch):
    """Draw by draw: the first set is the scenario's own draws, the second those that come after them."""
    monkeypatch.setattr(sensitivity, "DRAWS", 40)
    run, found = prepared(scenario())
    drivers, policy, scale = run.drivers, run.policies[0], run.scale(0)

    def spending(draw, swapped=()):
        def shock(variable, t):
            number = draw + 40 if variable in swapped else draw
            return plain_normal(run.scenario.seed, int(drivers.streams[variable, t]), number)

        economy = plain_economy(
            drivers.central.tolist(),
            drivers.persistence.tolist(),
            drivers.root.tolist(),
            drivers.foreign_inflation.tolist(),
            shock,
        )
        plan = policy.plan
        spent = plain_spending(policy.rule, economy, plan.share, plan.target, plan.years_to_target)
        return scale.gdp * spent[-1] / economy.rate[-1]

    a, b, mixed = ([spending(draw, swapped) for draw in range(40)] for swapped in ((), (0, 1, 2), (0,)))
    exact = Pair.of(np.array([a]), np.array([b])).indices([np.array(mixed)])
    row = table(sensitivity_of(run, found), CHANCES, "spending_foreign", 2035)["growth"]

    for shown, slow, error in zip(row, exact, (exact.error, exact.total_error, *exact[2:]), strict=True):
        assert shown == pytest.approx(float(slow[0]), abs=float(error[0]))


def test_the_first_set_is_made_of_the_scenarios_own_draws():
    run, _ = prepared(scenario())
    sets = sensitivity._sets_of(run.drivers, run.scenario.seed)
    own = run_economy(run.drivers, run.scenario.seed, 0, 7)
    after = run_economy(run.drivers, run.scenario.seed, sensitivity.DRAWS, 7)

    assert (sets.a.gdp[:, :7] == own.gdp).all()
    assert (sets.b.rate[:, :7] == after.rate).all()


def test_what_is_counted_in_won_owes_nothing_to_what_the_rate_adds():
    """The shock that only the exchange rate has moves no budget in won: nothing in total, without error."""
    rows = rows_of(scenario())

    for variable in ("spending", "share", "extra_cumulative", "needed", "reached"):
        assert table(rows, CHANCES, variable, 2035)["exchange_rate"][1] == 0
    assert table(rows, CHANCES, "spending_foreign", 2035)["exchange_rate"][1] > 0.2


def test_what_each_explains_alone_adds_up_to_at_most_everything():
    rows = rows_of(scenario())

    for key, group in groupby(rows, key=lambda row: (row["over"], row["variable"], row["year"])):
        group = list(group)
        error = sum(row["error"] ** 2 for row in group) ** 0.5
        assert sum(row["first"] for row in group) <= 1 + 4 * error, key
        assert sum(row["total"] for row in group) >= 1 - 4 * error - 0.1, key


def test_no_chance_is_made_up_for_a_claim():
    """Over draws only shocks are told of; where claims are spread evenly, that stands apart and is named."""
    rows = rows_of(scenario())

    assert {row["group"] for row in rows if row["over"] == CHANCES} == set(SHOCKS)
    assert {row["group"] for row in rows if row["over"] == BOX} == {*SHOCKS, "claims"}
    assert {row["over"] for row in rows_of(scenario(), EXACT)} == {CHANCES}


STEPS = {"rule": {"kind": "nominal-steps", "growth": ["5 %"]}, "reference_scenario": None}


def test_what_no_shock_moves_is_owed_to_the_claim_alone():
    """66.25 to 66.35 trillion raised by 5 % a year: nothing varies but where in it the budget lies."""
    rows = rows_of(scenario(**STEPS))

    assert table(rows, CHANCES, "spending", 2030) == {}
    found = table(rows, BOX, "spending", 2030)
    assert found["claims"][0] == 1
    assert all(found[group][1] == 0 for group in SHOCKS)


def test_claims_and_limits_share_what_they_leave_open():
    """Spending of the first year is X U: X from 60 to 70 trillion, the execution rate U from 90 to 100 %.

    E[X] = 65, Var X = 100/12; E[U] = 0.95, Var U = 0.01/12. Alone X brings 0.95^2 100/12 = 7.5208, U
    65^2 0.01/12 = 3.5208, and both together 100/12 0.01/12 = 0.0069: 0.6807 and 0.3187 of 11.0486.
    """
    wide = claim("65 trillion won", "defence_spending", "60e12", "70e12", "KRW", status="proposed")
    reference = {"title": "Accounts", "publisher": "A ministry", "date": date(2026, 1, 1)}
    limits = {"execution": {"low": "90 %", "high": "100 %", "reference": reference}}
    rows = rows_of(scenario(**STEPS, limits=limits), ledger_of(wide, EXACT_SHARE))
    found = table(rows, BOX, "spending", 2027)

    for group, share in (("claims", 0.6807), ("policy", 0.3187)):
        first, total, error, total_error = found[group]
        assert abs(first - share) < 4 * error
        assert abs(total - share - 0.0006) < 4 * total_error


def test_whole_years_of_the_past_are_one_group():
    shocks = {"kind": "bootstrap", "window": "2001/2024", "block": 2}
    rows = rows_of(standing_alone(drivers={"shocks": shocks}), EXACT)

    assert {row["group"] for row in rows} == {"economy"}
    assert table(rows, CHANCES, "spending", 2035)["economy"][0] == 1


def test_what_several_countries_have_in_common_is_a_group_of_its_own():
    found, problems = prepare(beside(), EXACT, vocabulary(), neighbours())
    assert found, problems
    rows = sensitivity_of(run_of(found), found)

    assert {row["group"] for row in rows} == {*SHOCKS, "common"}
    assert table(rows, CHANCES, "spending_foreign", 2035)["common"][1] > 0


def test_indices_come_with_the_scenario_as_plain_data():
    found, _ = project_scenario(
        standing_alone(), ledger_of(PROPOSED, SHARE), vocabulary(), series(), draws=50
    )
    assert isinstance(found, Ensemble)
    rows = json.loads(json.dumps(found.to_json(), allow_nan=False))["sensitivity"]

    keys = ["over", "variable", "year", "group", "first", "total", "error", "total_error"]
    assert {tuple(row) for row in rows} == {tuple(keys)}
    assert all(0 <= row[key] <= 1 for row in rows for key in ("first", "total"))


def test_the_number_of_draws_of_a_scenario_does_not_change_its_indices():
    few, many = (rows_of(scenario(), draws=draws) for draws in (50, 500))

    assert few == many


def test_another_seed_moves_indices_by_no_more_than_their_errors_allow():
    one, other = (rows_of(scenario(), seed=seed) for seed in (1, 2))
    other = {(r["over"], r["variable"], r["year"], r["group"]): r for r in other}
    misses = [
        (row["first"] - other[key]["first"]) / max(row["error"], 1e-3)
        for row in one
        if (key := (row["over"], row["variable"], row["year"], row["group"])) in other
    ]

    assert np.sqrt(np.mean(np.square(misses))) < 2
