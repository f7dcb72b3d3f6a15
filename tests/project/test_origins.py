"""Where each number comes from: claims, parameters with their layer, series, assumptions, rules and draws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from steelyard.core.claim import Ledger
from steelyard.project import project_scenario
from steelyard.project.rules import RULES
from steelyard.project.variables import equation_of
from tests.project.samples import (
    IN_DOLLARS,
    LEDGER,
    PROPOSED,
    SHARE,
    scenario,
    series,
    standing_alone,
    vocabulary,
)

REFERENCE = {"title": "A study", "publisher": "A ministry", "date": date(2025, 1, 1)}


def project(entry=None, ledger=LEDGER, known=None):
    whole = list(series()) if known is None else known
    ensemble, problems = project_scenario(entry or scenario(), ledger, vocabulary(), whole, draws=20)
    assert ensemble, problems
    return ensemble


def kinds(ensemble, name):
    """The kinds of origins that a number rests on."""
    inputs = ensemble.number(name).inputs
    return {ensemble.origin(one).kind for one in inputs}


# What a number rests on


def test_the_implied_gdp_rests_on_the_two_claims_alone():
    assert project().number("implied_gdp").inputs == ("claim:won", "claim:share")


def test_the_static_gap_rests_on_claims_and_target_and_on_no_forecast():
    ensemble = project()

    assert kinds(ensemble, "x_static") == {"claim", "parameter"}
    assert not [one for one in ensemble.number("x_static").inputs if one.startswith("series:")]


def test_the_same_in_dollars_rests_on_the_rate_too():
    assert "series:KOR/exchange_rate/H.10 2026-01" in project().number("x_static_foreign").inputs


@pytest.mark.parametrize("name", ["x_cumulative", "p_reach", "p_kept", "spending_target_year"])
def test_what_lies_ahead_rests_on_draws_and_the_rule(name):
    assert {"draws", "equation", "series"} <= kinds(project(), name)


def test_only_what_is_discounted_rests_on_the_rate_of_discount():
    ensemble = project()

    resting = {
        cell.variable for cell in ensemble.cells if "assumption:discount_rate:2026-2035" in cell.inputs
    }
    assert resting == {"extra_cumulative_discounted", "difference_cumulative_discounted"}


def test_only_what_is_in_dollars_rests_on_prices_abroad():
    ensemble = project()

    resting = {
        cell.variable for cell in ensemble.cells if "series:USA/gdp/current/WEO 2025-10" in cell.inputs
    }
    foreign = {cell.variable for cell in ensemble.cells if cell.variable.endswith("_foreign")}
    assert foreign - {"spending_real_foreign"} == resting, "which is deflated at home"


def test_all_claims_of_a_dispute_are_origins():
    other = PROPOSED.changed(
        id="other", quote="67.9 trillion won", low=PROPOSED.low * 2, high=PROPOSED.high * 2
    )

    ensemble = project(None, Ledger((PROPOSED, other, SHARE)))

    assert {"claim:won", "claim:other", "claim:share"} <= set(ensemble.number("implied_gdp").inputs)


# What an origin says


def test_a_claim_leads_to_its_place_in_the_document():
    origin = project().origin("claim:share")

    assert (origin.kind, origin.value, origin.unit) == ("claim", "2.42% of GDP", "% of GDP")
    assert origin.reference == {"document": "budget.txt", "start": "10", "end": "22"}


def test_a_claim_without_words_of_its_own_is_called_by_its_measure():
    assert project().origin("claim:won").label == "defence_spending"
    named = project(None, Ledger((PROPOSED.changed(about="defence budget"), SHARE)))
    assert named.origin("claim:won").label == "defence budget"


def test_a_parameter_says_who_set_it_and_why():
    mine = {"parameter": "kor-defence-share-target", "from": "2026", "value": "3 %", "reason": "a test"}

    origin = project(standing_alone(sets=[mine])).origin(
        "parameter:kor-defence-share-target@constant-share@2026/.."
    )

    assert (origin.value, origin.layer) == ("3 %", "constant-share")
    assert origin.reference["reason"] == "a test"


def test_a_series_says_which_years_were_used():
    ensemble = project()

    gdp = ensemble.origin("series:KOR/gdp/current/WEO 2025-10")
    assert gdp.label == "KOR gdp current 2000 to 2030"
    assert gdp.value == ""
    assert gdp.reference["edition"] == "WEO 2025-10"


def test_years_beyond_the_horizon_are_not_said_to_be_used():
    gdp = project(standing_alone(horizon=2028, target={"by": 2028})).origin(
        "series:KOR/gdp/current/WEO 2025-10"
    )

    assert gdp.label.endswith("2000 to 2028")


def test_an_assumption_says_in_which_scenario_it_was_made():
    origin = project(scenario("linear-2035")).origin("assumption:inflation:2031-2035")

    assert (origin.layer, origin.value) == ("constant-share", "2.0 %")
    assert "carried on" in origin.reference["reason"]


def test_draws_say_their_number_seed_and_shocks():
    assert project().origin("draws:20260124:20").label == (
        "20 draws of the economy with seed 20260124; shocks as in 2001/2024"
    )


def test_the_rule_is_an_origin_by_its_equation():
    assert project().origin("equation:linear-share").label == RULES["linear-share"].equation


@pytest.mark.parametrize("rule", sorted(RULES))
def test_each_rule_writes_what_it_plans(rule):
    assert RULES[rule].equation.startswith("A[t] = ")


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_said_in_words_beside_its_symbols(rule):
    assert not set("[]=*") & set(RULES[rule].words)
    assert project().origin("equation:linear-share").value == RULES["linear-share"].words


def test_each_variable_has_its_equation():
    limits = {"floor": [{"label": "pay", "value": "30 tn KRW", "reference": REFERENCE}]}

    for ensemble in (project(), project(standing_alone(limits=limits))):
        for variable in ensemble.variables:
            assert equation_of(variable)


# What is assumed


def test_a_rate_of_the_base_year_itself_is_no_assumption():
    with_2026 = [
        replace(one, points=(*one.points, replace(one.points[-1], year=2026)))
        if one.measure == "exchange_rate"
        else one
        for one in series()
    ]
    entry = standing_alone(drivers={"exchange_rate": {"year": 2026}})

    rows = {row["variable"] for row in project(entry, LEDGER, with_2026).assumptions}

    assert "exchange_rate" not in rows


def test_a_share_whose_budget_is_named_needs_no_word():
    named = Ledger((PROPOSED, SHARE.changed(status="proposed"), IN_DOLLARS))

    assert "share_status" not in {row["variable"] for row in project(None, named).assumptions}
    assert "share_status" in {row["variable"] for row in project().assumptions}


def test_every_assumption_has_the_same_columns():
    limits = {"cap": {"value": "12 %", "reference": REFERENCE}}

    for row in project(standing_alone(limits=limits)).assumptions:
        assert list(row) == ["variable", "from", "to", "value", "reason"]
        assert row["reason"]


@pytest.mark.parametrize("center", ["median", "mean"])
def test_which_of_the_draws_is_held_at_the_path_is_told(center):
    """The median, where the scenario says nothing."""
    drivers = {} if center == "median" else {"drivers": {"center": center}}

    rows = project(standing_alone(**drivers)).assumptions

    assert [row["value"] for row in rows if row["variable"] == "center"] == [center]
