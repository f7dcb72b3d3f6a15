"""Inputs of substitutes drawn from distributions, what is saved beside, and swings: on made-up inputs."""

from __future__ import annotations

import numpy as np
import pytest

from steelyard.core.vocabulary import Entry, overlay
from steelyard.project import project_scenario
from steelyard.project.drawn_inputs import Draws, costs_of, drawn
from steelyard.project.economy import run_economy
from steelyard.project.prepared import prepare, run_of
from steelyard.project.replay import replayed
from steelyard.project.substitution import Timing, bought, in_service
from steelyard.project.why import find_cell
from tests.project.plain import plain_stream, plain_word
from tests.project.samples import LEDGER, owing, scenario, series, vocabulary
from tests.project.test_substitution import BATTERIES, REFERENCE, boxes, central, given, project

SEED = 20260124


def spread(low, high, mode=None):
    """A number that a source says is spread between two ends."""
    kind = {"distribution": "uniform"} if mode is None else {"distribution": "triangular", "mode": mode}
    return {"low": low, "high": high, "reference": REFERENCE, **kind}


def cell(ensemble, variable, year):
    return next(one for one in ensemble.series(variable) if one.year == year)


# Distributions


def test_a_uniform_number_lies_as_far_up_as_its_chance():
    assert drawn(2.0, 6.0, None, np.array([0.0, 0.5, 0.75])).tolist() == [2.0, 4.0, 5.0]


def test_a_triangular_number_has_its_mode_where_its_rising_side_ends():
    """From 0 to 4 with the mode at 1, a quarter lies below 1; half lies below 4 - sqrt(0.5 x 4 x 3)."""
    found = drawn(0.0, 4.0, 1.0, np.array([0.0, 0.25, 0.5, 1.0]))

    assert found == pytest.approx([0.0, 1.0, 4 - 6**0.5, 4.0])


@pytest.mark.parametrize("mode", [2.0, 6.0])
def test_a_mode_may_be_an_end(mode):
    """All on one side: at a chance of a quarter half the width from the end that is no mode."""
    found = drawn(2.0, 6.0, mode, np.array([0.25, 0.75]))

    assert found == pytest.approx([4.0 if mode == 6.0 else 6 - 4 * 0.75**0.5, 6 - 4 * 0.25**0.5]
                                  if mode == 2.0 else [2 + 4 * 0.25**0.5, 2 + 4 * 0.75**0.5])  # fmt: skip


# Costs


def test_a_price_that_is_spread_evenly_spreads_the_cost():
    """Six batteries, half of them in 2028, at 0.5 to 1.5 trillion won: 1.5 to 4.5, nine in ten of it within
    1.65 to 4.35.
    """
    ensemble, problems = project({**BATTERIES, "price": spread("0.5 tn KRW", "1.5 tn KRW")}, draws=8000)

    assert problems == []
    found = cell(ensemble, "substitution_drawn", 2028)
    assert found.central == pytest.approx(3e12)
    assert found.box == pytest.approx((3e12, 3e12)), "nothing but the drawn price is open"
    assert (found.quantiles[0], found.quantiles[-1]) == pytest.approx((1.65e12, 4.35e12), rel=0.03)
    assert boxes(ensemble, "substitution")[2028] == pytest.approx((1.5e12, 4.5e12)), "the interval stays"


def test_a_triangular_price_leans_to_its_mode():
    """From 0.8 to 2 with a mode of 0.9, half lies below 2 - sqrt(0.5 x 1.2 x 1.1) = 1.1876."""
    price = spread("0.8 tn KRW", "2.0 tn KRW", "0.9 tn KRW")

    ensemble, _ = project({**BATTERIES, "price": price}, draws=8000)

    assert cell(ensemble, "substitution_drawn", 2028).quantiles[2] == pytest.approx(3 * 1.1876e12, rel=0.02)


def test_what_has_no_distribution_stays_in_the_box():
    """7 to 9 batteries, of which none says how likely: 7/8 and 9/8 of the cost at the middle of prices."""
    changes = {"price": spread("0.5 tn KRW", "1.5 tn KRW"), "quantity": given("7", "9")}

    ensemble, _ = project({**BATTERIES, **changes}, draws=200)

    assert cell(ensemble, "substitution_drawn", 2028).box == pytest.approx((3e12 * 7 / 8, 3e12 * 9 / 8))


def test_a_lead_time_is_drawn_in_whole_years():
    """From 1 to 3 years: one in a quarter, two in half, three in a quarter; 6, 3 or 2 trillion in 2028."""
    ensemble, _ = project({**BATTERIES, "lead": spread("1 years", "3 years")}, draws=4000)

    found = cell(ensemble, "substitution_drawn", 2028).quantiles
    assert (found[0], found[2], found[-1]) == pytest.approx((2e12, 3e12, 6e12), rel=0.05)


def test_costs_add_up_draw_by_draw():
    ensemble, _ = project({**BATTERIES, "price": spread("0.5 tn KRW", "1.5 tn KRW")}, draws=400)

    total = cell(ensemble, "substitution_drawn_cumulative", 2035)
    assert total.central == pytest.approx(9.6e12)
    headline = ensemble.number("substitution_total_drawn")
    assert headline.value == total.quantiles[2]


def test_without_a_distribution_nothing_is_drawn():
    ensemble, _ = project({**BATTERIES, "price": given("0.5 tn KRW", "1.5 tn KRW")})

    assert "substitution_drawn" not in ensemble.variables


def test_each_draw_is_that_of_the_plain_version():
    """Written again with a word of the stream and an `if` for each draw; prices at home, times drawn too."""
    changes = {
        "price": spread("0.5 tn KRW", "1.5 tn KRW", "0.7 tn KRW"),
        "lead": spread("1 years", "4 years"),
        "life": spread("2 years", "5 years"),
    }
    entry = scenario("linear-2035", withdrawals=[{**BATTERIES, **changes}], reference_scenario=None)
    found, _ = prepare(entry, LEDGER, vocabulary(), series(), draws=50)
    run = run_of(found)
    paths = run_economy(run.drivers, SEED, 0, 40)

    costs = np.array(list(costs_of(run.owed.withdrawals, run.scenario, run.economy, Draws(paths), "shown")))

    for draw in range(40):
        price, lead, life = (plain_number(name, draw, *ends) for name, ends in (
            ("price", (0.5e12, 1.5e12, 0.7e12)), ("lead", (1, 4)), ("life", (2, 5))))  # fmt: skip
        timing = Timing(2028, round(lead), round(life))
        for t, year in enumerate(range(2026, 2036)):
            level = paths.prices[t - 1, draw] if t else 1.0
            cost = 6 * price * bought(timing, year) + 0.6e12 * in_service(timing, year)
            assert costs[t, draw] == pytest.approx(cost * level), (draw, year)


def plain_number(name, draw, low, high, mode=None):
    """An input of one draw, by the inverse of its distribution."""
    stream = plain_stream(f"drawn USA conventional-deterrence {name}", "KOR", 2027)
    chance = ((plain_word(SEED, stream, draw) >> 12) + 0.5) / 2**52
    if mode is None:
        return low + (high - low) * chance
    if chance < (mode - low) / (high - low):
        return low + (chance * (high - low) * (mode - low)) ** 0.5
    return high - ((1 - chance) * (high - low) * (high - mode)) ** 0.5


@pytest.mark.parametrize("variable", ["substitution_drawn", "substitution_drawn_cumulative", "saved"])
def test_a_draw_can_be_replayed(variable):
    """The least of three draws is the least that replaying each of them gives."""
    changes = {"price": spread("0.5 tn KRW", "1.5 tn KRW"), "saved": given("0.2 tn KRW")}
    entry = scenario("linear-2035", withdrawals=[{**BATTERIES, **changes}], reference_scenario=None)
    ensemble, _ = project_scenario(entry, LEDGER, vocabulary(), series(), draws=100)
    found, _ = prepare(entry, LEDGER, vocabulary(), series(), draws=100)

    values = []
    for draw in range(100):
        asked, problem = find_cell(f"{variable} 2031 draw {draw}", ensemble, vocabulary())
        assert problem is None
        values.append(replayed(ensemble, asked, run_of(found)).value)

    median = cell(ensemble, variable, 2031).quantiles[2]
    assert np.median(values) == pytest.approx(median, rel=0.02)


# What is saved beside


def test_money_no_longer_paid_is_shown_from_the_year_of_withdrawal_and_not_taken_off():
    """0.5 trillion won a year from 2027 on, at the prices of each year, which stay by assumption."""
    ensemble, problems = project({**BATTERIES, "saved": given("0.5 tn KRW")})
    without, _ = project(BATTERIES)

    assert problems == []
    saved = central(ensemble, "saved")
    assert [saved[year] / 1e12 for year in (2026, 2027, 2035)] == pytest.approx([0, 0.5, 0.5])
    assert central(ensemble, "substitution") == central(without, "substitution")


def test_what_may_be_saved_has_both_ends():
    ensemble, _ = project({**BATTERIES, "saved": given("0.4 tn KRW", "0.6 tn KRW")})

    assert boxes(ensemble, "saved")[2030] == pytest.approx((0.4e12, 0.6e12))


def test_it_is_told_even_where_the_substitute_is_not_priced():
    unpriced = {key: one for key, one in BATTERIES.items() if key != "price"}

    ensemble, (problem,) = project({**unpriced, "saved": given("0.5 tn KRW")})

    assert problem.code == "not-priced"
    assert central(ensemble, "saved")[2030] == pytest.approx(0.5e12)


def test_a_part_of_cost_sharing_follows_the_agreement_and_all_that_may_come_after_it():
    """Half of the payment from 2028 on."""
    base = owing().entry("scenarios", "constant-share")
    changes = {"withdrawals": [{**BATTERIES, "year": 2028, "saved": given("50 %")}]}
    data = {key: one for key, one in overlay(base.data, changes).items() if key not in ("pledges", "troops")}
    entry = Entry("scenarios", "constant-share", data, base.layers, base.file)

    ensemble, _ = project_scenario(entry, LEDGER, owing(), series(), draws=300)

    paid, saved = central(ensemble, "cost_sharing"), central(ensemble, "saved")
    assert saved[2027] == 0
    assert [saved[year] / paid[year] for year in (2028, 2029, 2030)] == pytest.approx([0.5] * 3, rel=1e-5)
    ends = [cell(ensemble, f"cost_sharing:{one}", 2035).box for one in ("kor-sma-12", "kor-sma-11", "frozen")]
    low, high = boxes(ensemble, "saved")[2035]
    assert low == pytest.approx(0.5 * min(end[0] for end in ends), rel=1e-4)
    assert high == pytest.approx(0.5 * max(end[1] for end in ends), rel=1e-4)


# Swings


def moved(ensemble, headline):
    rows = [row for row in ensemble.swings if row["headline"] == headline]
    return {row["input"].rpartition(": ")[2]: (row["low"], row["high"]) for row in rows}


def test_the_cost_swings_with_each_input_alone():
    """6 trillion to buy and 3.6 to run until 2035. At 0.9 or 1.1 a piece 9.0 or 10.2; with a lead of one or
    three years run for seven or five years: 10.2 or 9.0; with 6 or 10 of them 6/8 or 10/8 of 9.6.
    """
    changes = {
        "price": given("0.9 tn KRW", "1.1 tn KRW"),
        "lead": given("1 years", "3 years"),
        "quantity": given("6", "10"),
    }
    ensemble, _ = project({**BATTERIES, **changes}, draws=2000)

    found = moved(ensemble, "substitution_total")
    assert set(found) == {"price", "lead", "quantity"}
    shown = ensemble.number("substitution_total").value
    assert found["price"] == pytest.approx((shown * 9.0 / 9.6, shown * 10.2 / 9.6), rel=1e-2)
    assert found["lead"] == pytest.approx((shown * 10.2 / 9.6, shown * 9.0 / 9.6), rel=1e-2)
    assert found["quantity"] == pytest.approx((shown * 7.2 / 9.6, shown * 12.0 / 9.6), rel=1e-2)


def test_the_longest_gap_swings_with_times_only():
    """Withdrawn 2027 and bought from 2028 on: there 2 to 4 years later."""
    changes = {"price": given("0.9 tn KRW", "1.1 tn KRW"), "lead": given("1 years", "3 years")}

    found = moved(project({**BATTERIES, **changes})[0], "gap_years")

    assert found == {"lead": (2, 4)}


def test_an_input_that_is_exact_swings_nothing():
    assert moved(project(BATTERIES)[0], "substitution_total") == {}


def test_a_swing_names_what_it_rests_on():
    ensemble, _ = project({**BATTERIES, "price": given("0.9 tn KRW", "1.1 tn KRW")})

    (row,) = (row for row in ensemble.swings if row["headline"] == "substitution_total")
    assert [ensemble.origin(one).value for one in row["claims"]] == ["0.9 tn KRW to 1.1 tn KRW"]


# Faults


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param(
            {"price": {**given("1 tn KRW"), "distribution": "uniform"}}, "distribution-ends", id="one"
        ),
        pytest.param(
            {"price": {**spread("1 tn KRW", "2 tn KRW"), "distribution": "triangular"}},
            "distribution-ends",
            id="no mode",
        ),
        pytest.param(
            {"price": spread("1 tn KRW", "2 tn KRW", "3 tn KRW")}, "distribution-ends", id="mode beyond"
        ),
        pytest.param(
            {"price": {**spread("1 tn KRW", "2 tn KRW"), "mode": "1.5 tn KRW"}},
            "distribution-ends",
            id="uniform with a mode",
        ),
        pytest.param({"price": spread("1 tn KRW", "2 tn KRW", "x")}, "unit-mismatch", id="no number"),
        pytest.param(
            {"price": {**spread("1 tn KRW", "2 tn KRW"), "distribution": "normal"}},
            "unknown-choice",
            id="another distribution",
        ),
        pytest.param({"saved": given("50 %")}, "missing-key", id="part of nothing"),
        pytest.param({"saved": given("50 persons")}, "unit-mismatch", id="people saved"),
        pytest.param({"saved": given("1 bn EUR")}, "unit-mismatch", id="another currency"),
        pytest.param({"saved": {"value": "1 tn KRW"}}, "missing-key", id="no source"),
    ],
)
def test_faulty_inputs_are_problems_and_no_number(changes, code):
    ensemble, problems = project({**BATTERIES, **changes})

    assert ensemble is None
    assert code in {problem.code for problem in problems}
