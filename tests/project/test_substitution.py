"""What it takes to put something in place of an ally's contribution, on inputs made up for the test.

The world publishes no priced substitute for the case, so the rule is held against sums done by hand.
"""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.project import project_scenario
from steelyard.project.substitution import Timing, bought, in_service
from tests.project.samples import LEDGER, scenario, series, vocabulary

REFERENCE = {"title": "A price list", "publisher": "A ministry", "date": date(2025, 1, 1)}


def given(value, high=None, *, exact=True):
    number = {"value": value} if high is None else {"low": value, "high": high}
    return {**number, "exact": exact, "reference": REFERENCE}


# Eight batteries, three quarters of them replaced, at 1 trillion won each and 0.1 a year.
BATTERIES = {
    "function": "conventional-deterrence",
    "actor": "USA",
    "year": 2027,
    "reason": "a what-if",
    "quantity": given("8"),
    "replaced": given("75 %"),
    "price": given("1 tn KRW"),
    "running": given("0.1 tn KRW"),
    "start": given("2028"),
    "lead": given("2 years"),
    "life": given("20 years"),
}
CALM = [
    {"variable": name, "from": 2027, "to": 2035, "value": "0 %", "reason": "by hand"}
    for name in ("inflation", "foreign_inflation")
]


def project(*withdrawals, draws=50, calm=True, **changes):
    rows = scenario("constant-share").data["assumptions"]
    changes |= {"assumptions": [*CALM, *rows]} if calm else {}
    entry = scenario("linear-2035", withdrawals=list(withdrawals), reference_scenario=None, **changes)
    return project_scenario(entry, LEDGER, vocabulary(), series(), draws=draws)


def central(ensemble, variable):
    return {cell.year: cell.central for cell in ensemble.series(variable)}


def boxes(ensemble, variable):
    return {cell.year: cell.box for cell in ensemble.series(variable)}


# Timing, by hand


def test_a_substitute_is_paid_over_its_lead_time_and_again_for_each_life():
    """From 2028 over two years; life of five years, so again in 2033 and 2034."""
    timing = Timing(2028, 2, 5)

    assert [year for year in range(2025, 2040) if bought(timing, year)] == [
        2028,
        2029,
        2033,
        2034,
        2038,
        2039,
    ]
    assert sum(bought(timing, year) for year in range(2028, 2033)) == 1


def test_what_needs_no_lead_time_is_there_in_the_year_in_which_it_is_bought():
    timing = Timing(2028, 0, 20)

    assert (bought(timing, 2028), bought(timing, 2029)) == (1.0, 0.0)
    assert (in_service(timing, 2027), in_service(timing, 2028)) == (False, True)


# Money


def test_buying_and_running_are_added_year_by_year():
    """Six batteries: 3 trillion in 2028 and 2029, then 0.6 a year."""
    ensemble, problems = project(BATTERIES)

    assert problems == []
    cost = central(ensemble, "substitution")
    assert [cost[year] / 1e12 for year in range(2026, 2032)] == pytest.approx([0, 0, 3, 3, 0.6, 0.6])
    assert central(ensemble, "substitution_cumulative")[2035] == pytest.approx(9.6e12)
    assert ensemble.number("coverage").value == 1
    assert ensemble.number("gap_years").value == 3, "withdrawn 2027, there in 2030"


def test_in_dollars_it_moves_with_prices_abroad_and_the_rate():
    dollars = {"price": given("1 bn USD"), "running": given("0 bn USD")}

    ensemble, _ = project({**BATTERIES, **dollars}, calm=False, draws=2000)

    spent = [central(ensemble, f"spending{end}")[2028] for end in ("", "_foreign")]
    usa = {one.prices: one for one in series() if one.actor == "USA"}
    deflator = [
        float(usa["current"].at(year).value / usa["constant:2017"].at(year).value) for year in (2026, 2028)
    ]
    assert central(ensemble, "substitution")[2028] == pytest.approx(
        3e9 * deflator[1] / deflator[0] * spent[0] / spent[1], rel=1e-4
    )
    quantiles = ensemble.series("substitution")[2].quantiles
    assert quantiles[0] < 0.95 * quantiles[2] < 1.05 * quantiles[2] < quantiles[-1]


def test_at_home_it_moves_with_prices_at_home():
    ensemble, _ = project(BATTERIES, calm=False, draws=20)

    nominal, real = (central(ensemble, f"spending{end}")[2028] for end in ("", "_real"))
    assert central(ensemble, "substitution")[2028] == pytest.approx(3e12 * nominal / real, rel=1e-5)


def test_what_the_inputs_leave_open_gives_the_least_and_the_most():
    """Four to eight batteries of which half to all are replaced: 2 to 8 trillion bought over two years."""
    open_ = {"quantity": given("4", "8"), "replaced": given("50 %", "100 %")}

    ensemble, _ = project({**BATTERIES, **open_})

    assert boxes(ensemble, "substitution")[2028] == pytest.approx((1e12, 4e12))
    assert central(ensemble, "substitution")[2028] == pytest.approx(6 * 0.75 / 2 * 1e12)
    total = boxes(ensemble, "substitution_cumulative")[2035]
    assert total == pytest.approx((2e12 + 6 * 0.2e12, 8e12 + 6 * 0.8e12))
    assert ensemble.number("substitution_total").year == 2035


def test_an_open_start_gives_years_in_which_it_may_or_may_not_be_paid():
    """Begun in 2028 or 2030: nothing or three trillion in 2028, and 0.6 or three in 2030."""
    ensemble, _ = project({**BATTERIES, "start": given("2028", "2030")})

    found = boxes(ensemble, "substitution")
    assert found[2028] == pytest.approx((0, 3e12))
    assert found[2030] == pytest.approx((0.6e12, 3e12))
    gap = ensemble.number("gap_years")
    assert (gap.low, gap.high) == (3, 5)


# What is not priced


def test_a_responsibility_without_a_source_is_not_priced_and_stands_on_its_list():
    bare = {key: BATTERIES[key] for key in ("actor", "year", "reason")} | {"function": "force-posture"}

    ensemble, (problem,) = project(BATTERIES, bare)

    assert (problem.code, problem.severity) == ("not-priced", "refusal")
    assert "quantity, replaced, price, running, start, lead, life" in problem.hint
    priced, unpriced = ensemble.withdrawals
    assert (priced["priced"], priced["gap_years"]) == (True, {"low": 3, "high": 3})
    assert (unpriced["priced"], unpriced["gap_years"]) == (False, None)
    assert ensemble.number("coverage").value == 0.5
    assert central(ensemble, "substitution")[2028] == pytest.approx(3e12), (
        "the other is left out, not guessed"
    )


def test_where_nothing_is_priced_no_cost_is_given():
    bare = {key: value for key, value in BATTERIES.items() if key != "price"}

    ensemble, (problem,) = project(bare)

    assert problem.hint.startswith("Sourced numbers for price in")
    assert "substitution" not in ensemble.variables
    assert ensemble.number("coverage").value == 0


@pytest.mark.parametrize(
    ("input_", "code"),
    [
        pytest.param({"price": {"value": "1 tn KRW", "reason": "a guess"}}, "missing-key", id="a guess"),
        pytest.param({"price": given("3 %")}, "unit-mismatch", id="a share for a price"),
        pytest.param({"price": given("1 bn EUR"), "running": given("1 bn EUR")}, "unit-mismatch", id="euros"),
        pytest.param({"running": given("1 bn USD")}, "unit-mismatch", id="two currencies"),
        pytest.param({"replaced": given("120 %")}, "limit-range", id="more than all"),
        pytest.param({"life": given("0 years")}, "limit-range", id="no life"),
        pytest.param({"year": 100_000_000}, "not-a-year", id="no year"),
        pytest.param({"function": "magic"}, "unknown-id", id="no such responsibility"),
    ],
)
def test_a_faulty_input_is_a_problem_with_a_remedy_and_no_number(input_, code):
    ensemble, problems = project({**BATTERIES, **input_})

    assert ensemble is None
    assert code in {problem.code for problem in problems}
    assert all(problem.hint and problem.origin.file for problem in problems)
