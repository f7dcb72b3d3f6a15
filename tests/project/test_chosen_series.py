"""Which series a scenario takes where it names no actor, and growth carried on from their last year."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import log

import pytest

from steelyard.project import project_scenario
from steelyard.project.carried_on import carried_on
from steelyard.project.drivers import build_economy
from steelyard.project.scenario import read_scenario
from tests.project.samples import LEDGER, published, series, standing_alone, vocabulary

GDP = {"measure": "gdp", "edition": "WEO 2025-10"}
HOME = {"nominal": {**GDP, "prices": "current"}, "real": {**GDP, "prices": "constant"}}
RATE = {"measure": "exchange_rate", "edition": "H.10 2026-01", "year": 2025, "reason": "the last observed"}


def entry(**drivers):
    """The reference scenario of the case, some of its drivers in place of those that it has."""
    changed = {**standing_alone().data["drivers"], **drivers}
    return replace(standing_alone(), data={**standing_alone().data, "drivers": changed})


def economy(scenario, found=None):
    whole, problems = read_scenario(scenario, vocabulary())
    assert problems == []
    return build_economy(whole, series() if found is None else found)


def test_where_no_actor_is_named_a_series_is_the_scenarios_own():
    named, _ = economy(entry())
    unnamed, problems = economy(entry(home=HOME, exchange_rate=RATE))

    assert problems == []
    assert unnamed == named


def test_a_rate_is_that_between_the_currencies_whoever_has_it():
    """The euro is the money of many: its rate stands once, under one name."""
    lent = [replace(one, actor="EU") if one.measure == "exchange_rate" else one for one in series()]

    found, problems = economy(entry(home=HOME, exchange_rate=RATE), lent)

    assert problems == []
    assert found.rate == pytest.approx(1421.3963)


def test_constant_prices_without_a_year_are_those_of_the_series_there_is():
    found, _ = economy(entry(home=HOME))

    assert found.cells["home.real"][0][0].prices == "constant:2020"


def test_two_countries_of_one_currency_have_no_rate_and_are_told_so():
    dollars = {"nominal": {**GDP, "actor": "USA", "prices": "current"},
               "real": {**GDP, "actor": "USA", "prices": "constant"}}  # fmt: skip

    found, problems = economy(entry(home=dollars))

    assert found is None
    assert [problem.code for problem in problems] == ["one-currency"]
    assert "USD" in problems[0].message


CARRIED = {"from": 2031, "to": 2035, "value": "carried on", "reason": "the last year known"}


def carrying(*variables):
    rest = [one for one in standing_alone().data["assumptions"] if one["variable"] not in variables]
    assumed = [{**CARRIED, "variable": name} for name in variables]
    return replace(standing_alone(), data={**standing_alone().data, "assumptions": [*rest, *assumed]})


def level(actor, prices, year):
    (one,) = [one for one in published() if (one.actor, one.prices) == (actor, prices)]
    return float(one.at(year).value)


def test_growth_that_is_carried_on_is_that_of_the_last_year():
    """South Korea's GDP: constant prices of 2030 over 2029, and the deflator the same way."""
    scenario, _ = read_scenario(carrying("real_growth", "inflation"), vocabulary())
    scenario, problems = carried_on(scenario, published())
    found, _ = build_economy(scenario, published())
    growth = log(level("KOR", "constant:2020", 2030) / level("KOR", "constant:2020", 2029))
    nominal = log(level("KOR", "current", 2030) / level("KOR", "current", 2029))

    assert problems == []
    assert found.central[0][-5:] == pytest.approx([growth] * 5)
    assert found.central[1][-5:] == pytest.approx([nominal - growth] * 5)


def test_it_stands_among_the_assumptions_with_its_number_and_its_year():
    ensemble, _ = project_scenario(carrying("real_growth"), LEDGER, vocabulary(), series(), draws=20)
    (row,) = [row for row in ensemble.assumptions if row["variable"] == "real_growth"]
    percent = 100 * (level("KOR", "constant:2020", 2030) / level("KOR", "constant:2020", 2029) - 1)

    assert row["value"] == f"{percent:.2f}%, as in 2030"
    assert row["reason"] == "the last year known"


def test_what_no_series_of_the_economy_grows_by_is_not_carried_on():
    _, problems = read_scenario(carrying("real_exchange_rate"), vocabulary())

    assert [problem.code for problem in problems] == ["not-a-percentage"]


def test_a_series_of_single_years_has_no_growth_to_carry_on():
    gaps = [
        replace(one, points=tuple(point for point in one.points if point.year != 2029))
        if (one.actor, one.prices) == ("KOR", "constant:2020")
        else one
        for one in published()
    ]
    scenario, _ = read_scenario(carrying("real_growth"), vocabulary())

    problems = carried_on(scenario, gaps)[1]

    assert [problem.code for problem in problems] == ["missing-year"]
    assert "real_growth" in problems[0].message


def test_a_percentage_is_left_as_it_is():
    scenario, _ = read_scenario(standing_alone(), vocabulary())

    assert carried_on(scenario, published()) == (scenario, [])
    assert Decimal("0.019") in {one.value for one in scenario.assumptions}
