"""Real growth at the one rate that a target takes: found beforehand, kept whatever the economy does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from steelyard.core.claim import Ledger
from steelyard.project import project_scenario
from steelyard.project.economy import run_economy
from steelyard.project.equations import Policy, carried_out
from steelyard.project.rules import Plan
from tests.project.samples import (
    LEDGER,
    PROPOSED,
    SHARE,
    scenario,
    series,
    standing_alone,
    vocabulary,
    with_entries,
)
from tests.project.test_equations import SEED, drivers

RULE = {"kind": "needed-real-growth"}
REFERENCE = {"title": "A plan", "publisher": "A ministry", "date": date(2026, 1, 5)}
GROWING = {"variable": "real_growth", "from": 2027, "to": 2035, "value": "2 %", "reason": "a round number"}
# 2.42 % to 3.5 % in 9 years: ln(3.5 / 2.42) / 9 is 0.0409996 and its exponential 1.041852; with an economy
# that grows by 2 % a year, spending has to grow by 6.2689 %.
RATE = 1.041852 * 1.02


def project(*, draws=200, ledger=LEDGER, known=None, **changes):
    assumptions = [GROWING, *standing_alone().data["assumptions"]]
    entry = standing_alone(**{"rule": RULE, "assumptions": assumptions, **changes})
    return project_scenario(entry, ledger, known or vocabulary(), series(), draws=draws)


def projected(**keys):
    ensemble, problems = project(**keys)
    assert problems == []
    return ensemble


def central(ensemble, variable):
    return {cell.year: cell.central for cell in ensemble.series(variable)}


def test_real_spending_grows_each_year_by_the_rate_that_the_target_takes():
    spent = central(projected(), "spending_real")

    for year in range(2027, 2036):
        assert spent[year] / spent[year - 1] == pytest.approx(RATE, rel=1e-5)


def test_the_target_is_met_where_the_economy_does_as_forecast():
    ensemble = projected()

    (last,) = (cell for cell in ensemble.series("share") if cell.year == 2035)
    assert last.central == pytest.approx(3.5, rel=1e-5)
    assert ensemble.number("needed_real_growth").value == pytest.approx(100 * (RATE - 1), abs=1e-3)


def test_each_end_of_the_claimed_share_has_a_rate_of_its_own_that_leads_to_the_target():
    ensemble = projected()

    shares = {cell.year: cell for cell in ensemble.series("share")}
    assert shares[2035].box == pytest.approx((3.5, 3.5), rel=1e-5)
    assert shares[2027].box[0] < shares[2027].box[1]


def test_the_rate_stays_whatever_the_economy_does():
    """In each draw, spending over last year's at the prices expected is one number."""
    paths = run_economy(drivers(), SEED, 0, 50)
    plan = Plan(0.0242, 0.035, 9, gdp=1.02)

    spent = [np.full(50, 0.0242), *(year for year, *_ in carried_out(Policy(RULE["kind"], plan), paths))]

    for t in range(9):
        steps = spent[t + 1] / spent[t] / paths.expected_inflation[t]
        assert steps == pytest.approx(np.full(50, RATE), rel=1e-5)


def test_where_claims_lie_does_not_move_the_share_in_the_year_of_the_target():
    """Each share that claims leave open takes a rate of its own, so that only the economy moves the end."""
    rows = {
        row["group"]: row["total"]
        for row in projected(draws=500).sensitivity
        if (row["over"], row["variable"], row["year"]) == ("draws-and-box", "share", 2035)
    }

    assert rows["claims"] == pytest.approx(0.0, abs=1e-6)
    assert rows["growth"] > 0.1


def test_a_plan_that_the_cap_holds_back_misses_the_target():
    cap = {"cap": {"value": "3 %", "reference": REFERENCE}}

    ensemble, (problem,) = project(limits=cap)

    assert problem.code == "executed-below"
    assert central(ensemble, "share")[2035] < 3.5


def test_years_after_the_target_go_on_in_real_terms_as_the_scenario_says():
    """3 % a year from 2031 on, two or four times."""
    rule = {**RULE, "later": {"value": "3 %", "reason": "as the economy is said to"}}
    target = {**standing_alone().data["target"], "by": 2030}

    ensemble = projected(rule=rule, target=target)

    spent = central(ensemble, "spending_real")
    assert spent[2032] / spent[2030] == pytest.approx(1.03**2, rel=1e-5)
    assert spent[2035] / spent[2031] == pytest.approx(1.03**4, rel=1e-5)
    assert central(ensemble, "share")[2030] == pytest.approx(3.5, rel=1e-5)
    row = next(row for row in ensemble.assumptions if "growth of spending" in row["variable"])
    assert row["variable"] == "real growth of spending in 2031 to 2035"
    assert (row["from"], row["to"], row["value"]) == (2031, 2035, "3 %")


def test_years_after_the_target_that_nothing_is_said_of_are_a_fault():
    target = {**standing_alone().data["target"], "by": 2030}

    ensemble, (problem,) = project(target=target)

    assert ensemble is None
    assert (problem.code, problem.severity) == ("missing-key", "error")
    assert "after 2030" in problem.message
    assert "rule.later" in problem.hint


def test_without_a_target_there_is_nothing_to_grow_towards():
    ensemble, problems = project(target=None)

    assert ensemble is None
    assert {problem.code for problem in problems} == {"missing-key"}


def test_a_share_that_is_the_target_grows_as_the_economy():
    """2.42 % is to be kept: 2 % a year."""
    share = SHARE.changed(low=SHARE.value, high=SHARE.value)
    aim = {"by": 2035, "value": "2.42 %", "reason": "as it is"}
    entry = standing_alone(rule=RULE, assumptions=[GROWING, *standing_alone().data["assumptions"]])
    entry = replace(entry, data={**entry.data, "target": aim})

    ensemble, problems = project_scenario(entry, Ledger((PROPOSED, share)), vocabulary(), series(), draws=50)

    assert problems == []
    spent = central(ensemble, "spending_real")
    assert spent[2035] / spent[2034] == pytest.approx(1.02, rel=1e-6)


def test_against_equal_steps_it_begins_later_and_ends_at_the_same():
    """In 2027 equal steps stand at 2.42 + 1.08 / 9 = 2.54 %, an equal rate at 2.42 x 1.041852 = 2.521282."""
    assumptions = [GROWING, *standing_alone().data["assumptions"]]
    other = standing_alone(rule=RULE, assumptions=assumptions)

    ensemble, problems = project_scenario(
        scenario(assumptions=assumptions), LEDGER, with_entries(other), series(), draws=50
    )

    assert problems == []
    more, gdp = central(ensemble, "difference"), central(ensemble, "gdp")
    assert 100 * more[2027] / gdp[2027] == pytest.approx(2.54 - 2.521282, rel=1e-4)
    assert more[2035] / gdp[2035] == pytest.approx(0, abs=1e-9)


def test_spending_rests_on_the_target_and_on_the_growth_that_the_rate_is_found_from():
    inputs = projected(draws=20).series("spending")[1].inputs

    assert "assumption:real_growth:2027-2035" in inputs
    assert any(one.startswith("parameter:kor-defence-share-target@") for one in inputs)
