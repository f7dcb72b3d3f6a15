"""The numbers that are quoted: what they say in words, at which rate, and how they follow from the model."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from steelyard.core.interval import Interval
from steelyard.project import project_scenario
from steelyard.project.economy import run_economy
from steelyard.project.equations import Policy, carried_out, reach, target_met
from steelyard.project.money import amount_words, currency_words, rate_words
from steelyard.project.rules import Plan, needed_growth
from tests.project.samples import (
    ENACTED,
    IN_DOLLARS,
    LEDGER,
    PROPOSED,
    SHARE,
    ledger_of,
    scenario,
    series,
    standing_alone,
    vocabulary,
)
from tests.project.test_equations import SEED, calm, drivers

RATE = "1,421.40 won per dollar"


def project(entry=None, *claims, draws=400, **keys):
    ledger = ledger_of(*claims) if claims else LEDGER
    ensemble, problems = project_scenario(
        entry or scenario(), ledger, vocabulary(), series(), draws=draws, **keys
    )
    assert ensemble, [problem.lines() for problem in problems]
    return ensemble


def in_dollars(**keys):
    return standing_alone(
        base={"spending": {**standing_alone().data["base"]["spending"], "unit": "USD"}}, **keys
    )


# What is said


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("implied_gdp", "GDP of 2026 that spending and its share imply"),
        ("x_static", "needed a year on top of 2026's spending, in 2026's economy"),
        ("x_static_foreign", f"needed a year on top of 2026's spending, in 2026's economy, at {RATE}"),
        ("x_annual", "needed in 2035 on top of 2026's share of GDP, in 2035's economy"),
        ("x_cumulative", "cost of the path over a constant share of GDP, 2027 to 2035 added up"),
        ("spending_target_year", "spending in 2035"),
        ("p_reach", "probability that the share has reached the target in some year until 2035"),
        ("p_kept", "probability that the share meets the target in 2035 itself"),
    ],
)
def test_a_label_says_in_words_what_the_number_is(name, words):
    assert project().number(name).label == words


def test_costs_until_the_last_year_are_told_where_it_is_later():
    """A path that is there in 2030 costs on until 2035; only then do the costs of two paths compare."""
    fast, slow = project(scenario("linear-2030")), project()

    number = fast.number("x_cumulative_horizon")
    last = next(cell for cell in fast.series("extra_cumulative") if cell.year == 2035)
    assert (number.value, number.year) == (last.quantiles[2], 2035)
    assert number.label == "cost of the path over a constant share of GDP, 2027 to 2035 added up"
    assert fast.number("x_cumulative").year == 2030
    assert number.value > fast.number("x_cumulative").value
    assert number.value > slow.number("x_cumulative").value


def test_a_path_that_ends_in_its_target_year_says_its_cost_once():
    names = {one.name for one in project().headline}

    assert "x_cumulative" in names
    assert not {name for name in names if name.startswith("x_cumulative_horizon")}


def test_every_number_in_foreign_currency_names_the_rate():
    for headline in project().headline:
        if headline.name.endswith("_foreign"):
            assert headline.unit == "USD"
            assert RATE in headline.label, headline.name
        else:
            assert RATE not in headline.label, headline.name


def test_no_two_numbers_of_one_unit_have_one_label():
    numbers = [(one.label, one.unit) for one in project(scenario("linear-2030")).headline]

    assert len(set(numbers)) == len(numbers)


def test_a_rate_that_moves_is_said_to_move():
    ensemble = project()

    assert "the market rate of that year" in ensemble.number("x_annual_foreign").label
    assert "the market rate of each year" in ensemble.number("x_cumulative_foreign").label


def test_a_base_in_dollars_is_converted_into_won_at_the_same_rate():
    """46.1 bn x (3.5 / 2.42 - 1) = 20.5736 bn dollars, times 1,421.3963 is 29.243 trillion won."""
    ensemble = project(in_dollars(), IN_DOLLARS, SHARE)

    own, other = ensemble.number("x_static_foreign"), ensemble.number("x_static")
    assert RATE not in own.label
    assert RATE in other.label
    assert other.value == pytest.approx(29.243e12, rel=1e-4)


# What a source prints in the other currency


def test_the_gap_from_the_printed_dollars_stands_beside_the_converted_one():
    """20.41 to 20.73 from $46.1 billion, 20.66 to 20.97 from 66.3 trillion won: only one holds 20.8."""
    ensemble = project()

    ours, printed = ensemble.number("x_static_foreign"), ensemble.number("x_static_printed")
    assert (round(printed.low / 1e9, 2), round(printed.high / 1e9, 2)) == (20.41, 20.73)
    assert not printed.low <= 20.8e9 <= printed.high
    assert ours.low <= 20.8e9 <= ours.high
    assert "from the $46.1 billion that budget.txt prints, not converted" in printed.label
    assert {"claim:dollars", "claim:share"} <= set(printed.inputs)
    assert "claim:won" not in printed.inputs


def test_it_is_said_in_words_that_our_rate_is_not_that_of_the_source():
    """66.3 trillion at 1,421.3963 is 46.644 bn; 66.25 / 46.15 and 66.35 / 46.05 are 1,435.54 and 1,440.83."""
    ensemble = project()

    (row,) = [row for row in ensemble.assumptions if row["variable"] == "spending_converted"]
    assert row["value"] == "46.6 billion dollars, not $46.1 billion"
    assert row["reason"].startswith(f"At {RATE} the 66.3 trillion won of budget.txt is 46.6 billion dollars")
    assert "not the $46.1 billion that budget.txt prints" in row["reason"]
    assert "1,435.54 to 1,440.83 won per dollar" in row["reason"]
    assert {"claim:won", "claim:dollars"} <= {origin.id for origin in ensemble.origins}


def test_the_same_is_said_from_the_other_side():
    ensemble = project(in_dollars(), IN_DOLLARS, PROPOSED, SHARE)

    (row,) = [row for row in ensemble.assumptions if row["variable"] == "spending_converted"]
    assert row["value"] == "65.5 trillion won, not 66.3 trillion won"
    assert "1,435.54 to 1,440.83 won per dollar" in row["reason"]
    assert ensemble.number("x_static_printed").unit == "KRW"


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param((PROPOSED, SHARE), id="nothing in dollars"),
        pytest.param((PROPOSED, SHARE, IN_DOLLARS.changed(status="enacted")), id="dollars of another budget"),
        pytest.param((PROPOSED, SHARE, IN_DOLLARS.changed(period="2025")), id="dollars of another year"),
        pytest.param((PROPOSED, SHARE, IN_DOLLARS.changed(item="kf-21")), id="dollars for a part"),
    ],
)
def test_without_a_claim_in_the_other_currency_nothing_is_said_of_it(claims):
    ensemble = project(None, *claims)

    assert ensemble.number("x_static_printed") is None
    assert "spending_converted" not in {row["variable"] for row in ensemble.assumptions}


def test_a_printed_amount_that_our_rate_gives_needs_no_words():
    agreeing = IN_DOLLARS.changed(low=Decimal("46.6e9"), high=Decimal("46.7e9"), value=Decimal("46.65e9"))

    ensemble = project(None, PROPOSED, SHARE, agreeing)

    assert ensemble.number("x_static_printed")
    assert "spending_converted" not in {row["variable"] for row in ensemble.assumptions}


def test_two_printed_amounts_widen_the_number_beside():
    other = IN_DOLLARS.changed(
        id="2", low=Decimal("47.05e9"), high=Decimal("47.15e9"), value=Decimal("47.1e9")
    )

    printed = project(None, PROPOSED, SHARE, IN_DOLLARS, other).number("x_static_printed")

    # 46.05 (3.5 / 2.425 - 1) and 47.15 (3.5 / 2.415 - 1)
    assert (printed.low, printed.high) == (pytest.approx(20.4139e9, 1e-5), pytest.approx(21.1834e9, 1e-5))
    assert {"claim:dollars", "claim:2"} <= set(printed.inputs)


# Amounts in words


def test_currencies_are_called_as_people_call_them():
    assert currency_words("KRW", vocabulary()) == ("won", "won")
    assert currency_words("USD", vocabulary()) == ("dollars", "dollar")
    assert currency_words("XTS", vocabulary()) == ("XTS", "XTS")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (46.6437e9, "USD", "46.6 billion dollars"),
        (66.2947e12, "KRW", "66.3 trillion won"),
        (1519.2e9, "KRW", "1.52 trillion won"),
        (903e6, "USD", "903 million dollars"),
        (-2.5e9, "USD", "-2.50 billion dollars"),
        (750.0, "JPY", "750 yen"),
        (12.0e9, "XTS", "12.0 billion XTS"),
    ],
)
def test_amounts_are_written_with_scale_and_currency(value, unit, words):
    assert amount_words(value, unit, vocabulary()) == words


def test_a_rate_is_written_to_two_decimals():
    assert rate_words(1421.3963, "KRW", "USD", vocabulary()) == "1,421.40 won per dollar"
    assert rate_words(0.9, "USD", "EUR", vocabulary()) == "0.90 dollars per euro"


# How the numbers follow


@pytest.mark.parametrize(
    ("share", "target", "years"), [(0.0242, 0.035, 9), (0.0242, 0.035, 4), (0.04, 0.02, 7)]
)
def test_the_growth_that_is_needed_leads_to_the_target(share, target, years):
    """Rule b with that rate, run through the economy without shocks, ends at the target in its year."""
    rate = needed_growth(share, target, years, float(np.exp(0.020)))
    paths = calm()

    spent = [year[0] for year, *_ in carried_out(Policy("real-growth", Plan(share, 0, 1, 1, (rate,))), paths)]

    assert spent[years - 1] / paths.gdp[years - 1, 0] == pytest.approx(target)


def test_no_growth_is_needed_beyond_that_of_the_economy_where_the_target_is_met():
    assert needed_growth(0.035, 0.035, 9, 1.02) == pytest.approx(0.02)


def test_keeping_a_target_is_harder_than_reaching_it():
    ensemble = project(scenario("linear-2030"), draws=2000)

    reached, kept = ensemble.number("p_reach_horizon"), ensemble.number("p_kept")
    assert 0 < kept.value < 0.1 < ensemble.number("p_reach").value < reached.value
    assert "in every year from 2030 to 2035" in kept.label
    assert (kept.low, kept.high) == (ensemble.reach[3].kept_low, ensemble.reach[3].kept_high)


def test_both_chances_are_those_of_the_plain_count():
    """Each draw is looked at by hand: did it meet the target by the year, and in all years from it on?"""
    policy = Policy("linear-share", Plan(0.0242, 0.035, 5))
    paths = run_economy(drivers(), SEED, 0, 300)

    by, kept = reach(target_met(policy, paths))

    shares = [
        [spent[k] / paths.gdp[t, k] for t, (spent, *_) in enumerate(carried_out(policy, paths))]
        for k in range(300)
    ]
    for t in range(9):
        assert by[t] == sum(any(share >= 0.035 for share in path[: t + 1]) for path in shares) / 300
        assert kept[t] == sum(all(share >= 0.035 for share in path[t:]) for path in shares) / 300


def test_a_target_below_the_base_is_met_at_once_and_kept():
    target = {"value": "2 %", "by": 2035, "reason": "a lower aim"}
    entry = standing_alone()
    ensemble = project(replace(entry, data={**entry.data, "target": target}))

    assert {(one.value, one.kept) for one in ensemble.reach} == {(1.0, 1.0)}
    assert ensemble.number("x_static").value < 0
    assert ensemble.number("x_static").low < ensemble.number("x_static").high


def test_without_a_target_only_costs_and_spending_are_left():
    names = [one.name for one in project(standing_alone(target=None)).headline]

    assert names == [
        "implied_gdp",
        "x_cumulative",
        "x_cumulative_real",
        "x_cumulative_discounted",
        "x_cumulative_foreign",
        "spending_target_year",
        "spending_target_year_foreign",
    ]


def test_without_a_discount_rate_nothing_is_discounted():
    kept = [dict(one) for one in standing_alone().data["assumptions"] if one["variable"] != "discount_rate"]

    ensemble = project(standing_alone(assumptions=kept))

    assert not [name for name in ensemble.variables if name.endswith("_discounted")]
    assert ensemble.number("x_cumulative_discounted") is None


def test_the_enacted_budget_gives_a_smaller_gap_than_the_proposal():
    """65.855 (3.5 / 2.425 - 1) = 29.1935 and 65.865 (3.5 / 2.415 - 1) = 29.5916."""
    base = {"spending": {"status": ["enacted"]}}

    gap = project(standing_alone(base=base), ENACTED, SHARE).number("x_static")

    assert gap.low == pytest.approx(29.1935e12, rel=1e-5)
    assert gap.high == pytest.approx(29.5916e12, rel=1e-5)
    assert Interval(Decimal(gap.low), Decimal(gap.high)).width > 0
