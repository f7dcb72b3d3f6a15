"""When the gap closes, and at which growth of GDP it would not: by hand, and draw by draw."""

from __future__ import annotations

from datetime import date
from math import inf, isfinite

import numpy as np
import pytest

from steelyard.project import project_scenario
from steelyard.project.economy import run_draws
from steelyard.project.ensemble import PROBABILITIES
from steelyard.project.equations import target_met
from steelyard.project.prepared import prepare, run_of
from tests.project.samples import (
    LEDGER,
    PROPOSED,
    SHARE,
    ledger_of,
    scenario,
    series,
    standing_alone,
    vocabulary,
)

REFERENCE = {"title": "A plan", "publisher": "A ministry", "date": date(2025, 9, 3)}
EXACT = ledger_of(
    PROPOSED.changed(low=PROPOSED.value, high=PROPOSED.value),
    SHARE.changed(low=SHARE.value, high=SHARE.value),
)
STEPS = {"kind": "nominal-steps", "growth": ["8 %"]}
AMOUNTS = {
    "kind": "listed-amounts",
    "amounts": [{"year": 2035, "value": "128.4 tn KRW"}],
    "between": "equal-rates",
    "reference": REFERENCE,
}


def project(entry, ledger=EXACT, draws=400):
    ensemble, problems = project_scenario(entry, ledger, vocabulary(), series(), draws=draws)
    assert ensemble, [problem.lines() for problem in problems]
    return ensemble


def row_of(ensemble, name):
    return next(row for row in ensemble.to_json()["headline"] if row["name"] == name)


# The year in which the gap closes


@pytest.mark.parametrize("growth", ["7.5 %", "8 %", "9 %"])
def test_the_year_is_that_of_the_draws(growth):
    """Each draw has a first year in which its share is at the target, or none; these are sorted here."""
    entry = standing_alone(rule={"kind": "nominal-steps", "growth": [growth]})
    found, _ = prepare(entry, EXACT, vocabulary(), series(), draws=400)
    run = run_of(found)
    met = target_met(run.policies[0], run_draws(run.drivers, run.scenario.seed, 400))
    first = np.where(met.any(axis=0), 2027 + met.argmax(axis=0), np.inf)

    ensemble = project(entry)

    years = np.quantile(first, PROBABILITIES, method="inverted_cdf")
    assert ensemble.number("gap_closes").quantiles == tuple(years)
    assert ensemble.number("gap_closes").value == years[2]
    assert ensemble.number("p_never").value == pytest.approx(float(np.isinf(first).mean()), abs=0.01), (
        "two digits at 400 draws"
    )


def test_it_agrees_with_the_chances_of_having_reached_the_target():
    ensemble = project(standing_alone(rule={**STEPS, "growth": ["9 %"]}), LEDGER)

    chances = {one.year: one for one in ensemble.reach}
    closes, never = ensemble.number("gap_closes"), ensemble.number("p_never")
    assert chances[closes.value].value >= 0.5 > chances[closes.value - 1].value
    assert chances[closes.low].high >= 0.5 > chances[closes.low - 1].high
    assert never.value == pytest.approx(1 - chances[2035].value)
    assert (never.low, never.high) == pytest.approx((1 - chances[2035].high, 1 - chances[2035].low))


def test_a_gap_that_does_not_close_has_no_year():
    """A constant share of 2.42 % never meets 3.5 %: JSON has null, and words for it."""
    ensemble = project(standing_alone())

    assert ensemble.number("gap_closes").value == inf
    row = row_of(ensemble, "gap_closes")
    assert (row["value"], row["quantiles"]["0.5"], row["unbounded"]) == (None, None, "later than 2035")
    assert ensemble.number("p_never").value == 1.0


def test_a_plan_that_is_there_earlier_closes_it_earlier():
    fast, slow = project(scenario("linear-2030")), project(scenario())

    assert fast.number("gap_closes").quantiles[0] == 2030
    assert fast.number("gap_closes").value < slow.number("gap_closes").value


def test_without_a_target_there_is_no_gap():
    ensemble = project(standing_alone(target=None))

    for name in ("gap_closes", "p_never", "break_even_growth"):
        assert ensemble.number(name) is None


# The growth of GDP that undoes a plan


@pytest.mark.parametrize(
    ("rule", "rate"),
    [
        pytest.param(STEPS, 100 * (1.08 * (2.42 / 3.5) ** (1 / 9) - 1), id="steps"),
        pytest.param(AMOUNTS, 100 * ((128.4 / (0.035 * 66.3 / 0.0242)) ** (1 / 9) - 1), id="amounts"),
        pytest.param(
            {"kind": "real-growth", "growth": ["6 %"]},
            100 * (1.06 * (2.42 / 3.5) ** (1 / 9) - 1),
            id="real growth",
        ),
    ],
)
def test_it_is_the_growth_at_which_spending_is_just_the_target_share(rule, rate):
    """8 % a year in money and 3.66 % of GDP, 128.4 trillion and 3.30 %, 6 % in real terms and 1.74 %."""
    number = project(standing_alone(rule=rule)).number("break_even_growth")

    assert number.value == pytest.approx(rate, rel=1e-5)
    assert (number.low, number.high, number.year) == (number.value, number.value, 2035)
    assert ("real growth of GDP" in number.label) == (rule["kind"] == "real-growth")


def test_the_claims_leave_a_range_of_it_open():
    """The share of 2.415 to 2.425 %: 1.08 (b0 / 3.5)^(1/9)."""
    number = project(standing_alone(rule=STEPS), LEDGER).number("break_even_growth")

    low, high = (100 * (1.08 * (share / 3.5) ** (1 / 9) - 1) for share in (2.415, 2.425))
    assert (number.low, number.high) == pytest.approx((low, high), rel=1e-5)


@pytest.mark.parametrize("rule", [STEPS, AMOUNTS], ids=["steps", "amounts"])
def test_above_that_growth_the_central_path_misses_the_target_and_below_it_does_not(rule):
    rate = project(standing_alone(rule=rule)).number("break_even_growth").value
    kept = [
        row
        for row in standing_alone().data["assumptions"]
        if row["variable"] not in ("real_growth", "inflation")
    ]

    def share(growth):
        rows = [
            {"variable": "real_growth", "from": 2027, "to": 2035, "value": f"{growth} %", "reason": "a test"},
            {"variable": "inflation", "from": 2027, "to": 2035, "value": "0 %", "reason": "a test"},
        ]
        ensemble = project(standing_alone(rule=rule, assumptions=[*kept, *rows]))
        return ensemble.series("share")[-1].central

    assert share(round(rate + 0.01, 6)) < 3.5 < share(round(rate - 0.01, 6))


def test_what_keeps_a_plan_from_being_carried_out_lowers_it():
    """With 95 % carried out each year, 8 % of growth come to (1.08 x 0.95)^9."""
    limits = {"execution": {"value": "95 %", "exact": True, "reference": REFERENCE}}

    number = project(standing_alone(rule=STEPS, limits=limits)).number("break_even_growth")

    assert number.value == pytest.approx(100 * (1.08 * 0.95 * (2.42 / 3.5) ** (1 / 9) - 1), rel=1e-5)


def test_no_growth_undoes_a_plan_in_shares_and_any_undoes_one_below_the_target():
    for name, sign, words in (("linear-2035", 1, "none"), ("constant-share", -1, "any")):
        number = project(scenario(name)).number("break_even_growth")

        assert number.value == sign * inf
        assert number.unbounded == words
        assert "it is a share of the GDP expected" in number.label


def test_limits_on_a_plan_in_shares_leave_no_such_number():
    limits = {"cap": {"value": "8 %", "exact": True, "reference": REFERENCE}}

    assert project(scenario(limits=limits)).number("break_even_growth") is None


def test_it_swings_with_the_share_and_not_with_the_amount():
    """Steps from the base year: Y0 = ME0 / b0, so that the amount cancels."""
    rows = project(standing_alone(rule=STEPS), LEDGER).swings

    moved = [row for row in rows if row["headline"] == "break_even_growth"]
    assert [row["input"] for row in moved] == ["share of GDP in 2026"]
    assert all(isfinite(row[end]) for row in moved for end in ("low", "high"))


def test_an_end_at_which_the_gap_stays_open_is_no_number():
    """A constant share of 2.42 % held against 2.42 %: of 2.415 % most draws fall short, of 2.425 % few."""
    target = {"value": "2.42 %", "parameter": None, "by": 2027, "reason": "a test"}
    entry = standing_alone(rule={"kind": "constant-share"}, horizon=2027, target=target)
    table = {key: value for key, value in entry.data["target"].items() if value is not None}
    entry = type(entry)(entry.kind, entry.id, {**entry.data, "target": table}, entry.layers, entry.file)

    ensemble = project(entry, LEDGER)

    rows = [row for row in ensemble.swings if row["headline"] == "gap_closes"]
    assert [(row["low"], row["high"]) for row in rows] == [(None, 2027)]
