"""Pledges to buy abroad: what is signed and paid by year, in both currencies, and what stays open."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.project import project_scenario
from steelyard.project.ensemble import PROBABILITIES
from steelyard.project.pledges import outlays_of
from tests.project.samples import (
    ENHANCED,
    IN_DOLLARS,
    LEDGER,
    PROPOSED,
    SHARE,
    entry_of,
    ledger_of,
    scenario,
    series,
    vocabulary,
    with_entries,
)

REFERENCE = {"title": "A fact sheet", "publisher": "A government", "date": date(2025, 11, 14)}
PART = {"measure": "defence_spending", "item": "force_enhancement", "status": ["proposed"]}
ARMS = {
    "id": "arms",
    "label": "American arms",
    "parameter": "kor-arms-purchase-pledge",
    "from": 2026,
    "to": 2030,
    "commitments": "uniform",
    "outlays": ["15 %", "25 %", "25 %", "20 %", "15 %"],
    "prices": "current",
    "part": PART,
    "reason": "an even profile",
}
RATE = 1421.4  # won per dollar in 2025, which stands for 2026
# Dollars by year, in billions: 5 a year signed 2026 to 2030, each paid over five years.
PAID = {
    2026: 0.75,
    2027: 2.0,
    2028: 3.25,
    2029: 4.25,
    2030: 5.0,
    2031: 4.25,
    2032: 3.0,
    2033: 1.75,
    2034: 0.75,
}


def project(pledge=None, ledger=LEDGER, known=None, draws=100, **changes):
    table = {key: value for key, value in {**ARMS, **(pledge or {})}.items() if value is not None}
    entry = scenario("linear-2035", pledges=[table], **changes)
    return project_scenario(entry, ledger, known or vocabulary(), series(), draws=draws)


def projected(*args, **keys):
    ensemble, problems = project(*args, **keys)
    assert problems == []
    return ensemble


def cells(ensemble, variable):
    return {cell.year: cell for cell in ensemble.series(variable)}


def central(ensemble, variable):
    return {year: cell.central for year, cell in cells(ensemble, variable).items()}


# By hand


def test_what_is_signed_is_paid_over_the_years_after():
    """100 signed at once over 50/30/20; another 100 a year later lies over it: 50, 80, 50, 20."""
    assert outlays_of({2026: 100.0, 2027: 100.0}, [0.5, 0.3, 0.2]) == pytest.approx(
        {2026: 50.0, 2027: 80.0, 2028: 50.0, 2029: 20.0}
    )


def test_twenty_five_billion_by_2030_are_paid_until_2034():
    ensemble = projected()

    paid = central(ensemble, "pledge_outlay_foreign:arms")
    assert {year: amount / 1e9 for year, amount in paid.items() if amount} == pytest.approx(PAID)
    assert sum(paid.values()) == pytest.approx(25e9)
    signed = central(ensemble, "pledge_commitment:arms")
    assert [year for year, amount in signed.items() if amount == 5e9] == [2026, 2027, 2028, 2029, 2030]


def test_what_is_signed_and_not_paid_is_the_backlog():
    """By 2030 all 25 are signed and 0.75 + 2 + 3.25 + 4.25 + 5 = 15.25 paid: 9.75 are left."""
    ensemble = projected()

    assert central(ensemble, "pledge_backlog:arms")[2026] == pytest.approx(4.25e9)
    assert central(ensemble, "pledge_backlog:arms")[2030] == pytest.approx(9.75e9)
    assert central(ensemble, "pledge_backlog:arms")[2034] == 0
    after = ensemble.number("pledge_paid_after:arms")
    assert (after.value, after.low, after.high, after.year) == (9.75e9, 9.75e9, 9.75e9, 2030)


def test_a_rising_profile_signs_one_to_five_fifteenths():
    ensemble = projected({"commitments": "rising"})

    signed = central(ensemble, "pledge_commitment:arms")
    assert [signed[year] / 25e9 for year in range(2026, 2031)] == pytest.approx(
        [1 / 15, 2 / 15, 3 / 15, 4 / 15, 5 / 15], rel=1e-5
    )


def test_a_listed_profile_signs_what_is_listed():
    ensemble = projected({"commitments": "listed", "shares": ["10 %", "0 %", "50 %", "30 %", "10 %"]})

    signed = central(ensemble, "pledge_commitment:arms")
    assert [signed[year] for year in range(2026, 2031)] == pytest.approx([2.5e9, 0, 12.5e9, 7.5e9, 2.5e9])


# Money


def test_in_won_it_is_paid_at_the_rate_of_each_year():
    ensemble = projected()

    rate = {
        year: local / abroad
        for (year, local), abroad in zip(
            central(ensemble, "spending").items(), central(ensemble, "spending_foreign").values(), strict=True
        )
    }
    paid = central(ensemble, "pledge_outlay:arms")
    assert paid[2026] == pytest.approx(0.75e9 * RATE)
    assert [paid[year] for year in PAID] == pytest.approx(
        [PAID[year] * 1e9 * rate[year] for year in PAID], rel=1e-5
    )
    summed = central(ensemble, "pledge_outlay_cumulative:arms")[2035]
    assert summed == pytest.approx(sum(paid.values()), rel=1e-5)


def test_the_won_that_it_takes_spread_as_the_exchange_rate_does():
    """5 billion dollars in 2030, whatever the draw: GDP in won over GDP in dollars has the rate's spread."""
    ensemble = projected(draws=20_000)

    paid = cells(ensemble, "pledge_outlay:arms")
    assert paid[2026].quantiles[0] == paid[2026].quantiles[-1], "the base year is known"
    assert (
        paid[2030].quantiles[0]
        < 0.87 * paid[2030].central
        < 1.13 * paid[2030].central
        < paid[2030].quantiles[-1]
    )


def test_at_constant_prices_the_dollars_grow_with_prices_abroad():
    """The American deflator of the World Economic Outlook: 2 billion in 2027 at the prices of 2026."""
    rows = {one.id: one for one in series()}
    nominal, real = (rows[f"USA/gdp/{prices}/WEO 2025-10"] for prices in ("current", "constant:2017"))
    deflator = {year: float(nominal.at(year).value / real.at(year).value) for year in (2026, 2027)}

    paid = central(projected({"prices": "constant"}), "pledge_outlay_foreign:arms")

    assert paid[2026] == pytest.approx(0.75e9)
    assert paid[2027] == pytest.approx(2e9 * deflator[2027] / deflator[2026], rel=1e-5)


def test_a_percent_on_the_rate_adds_a_percent_of_what_is_paid_abroad():
    ensemble = projected()

    exposure = ensemble.number("pledge_exposure:arms")
    assert exposure.year == 2030
    assert exposure.value == pytest.approx(cells(ensemble, "pledge_outlay:arms")[2030].quantiles[2] / 100)


def test_a_pledge_at_home_hangs_on_no_rate():
    known = with_entries(own("home-of-test", "KRW", value="10 tn KRW"))

    ensemble = projected({"parameter": "home-of-test", "part": None}, known=known)

    assert central(ensemble, "pledge_outlay:arms")[2026] == pytest.approx(0.3e12)
    cell = cells(ensemble, "pledge_outlay:arms")[2030]
    assert cell.quantiles[0] == cell.quantiles[-1] == pytest.approx(2e12)
    assert ensemble.number("pledge_exposure:arms") is None


def own(name, unit, **value):
    table = {"from": "2020", "status": "pledge", "exact": True, "reference": REFERENCE, **value}
    return entry_of("parameters", name, {"label": name, "meaning": name, "unit": unit, "values": [table]})


# The part of spending that it takes


def test_it_takes_a_share_of_force_enhancement_which_stays_a_part_of_spending():
    """14.0 of 46.1 are 30.37 %. In 2026 0.75 x 1,421.4 billion won of 30.37 % of 66.3 trillion: 5.295 %."""
    ensemble = projected()

    taken = cells(ensemble, "pledge_part:arms")
    assert taken[2026].central == pytest.approx(100 * 0.75 * 1.4214 / (66.3 * 14.0 / 46.1), rel=2e-4)
    low, high = taken[2026].box
    assert low == pytest.approx(100 * 0.75 * 1.4214 / (66.35 * 14.05 / 46.05), rel=1e-3)
    assert high == pytest.approx(100 * 0.75 * 1.4214 / (66.25 * 13.95 / 46.15), rel=1e-3)
    assert ensemble.number("pledge_part_peak:arms").year == 2030


def test_the_dearer_the_dollar_the_more_is_taken():
    """Its highest quantile is that of the least dollars spent: 5 billion of 30.37 % of them."""
    ensemble = projected(draws=5000)

    spent = cells(ensemble, "spending_foreign")[2030].quantiles
    taken = cells(ensemble, "pledge_part:arms")[2030].quantiles
    part = (13.95 / 46.15 + 14.05 / 46.05) / 2
    assert taken == pytest.approx([100 * 5e9 / (part * one) for one in reversed(spent)], rel=2e-3)
    assert list(taken) == sorted(taken)
    assert len(taken) == len(PROBABILITIES)


def test_without_a_claim_of_what_it_is_bought_from_that_share_is_refused_by_name():
    ensemble, (problem,) = project(ledger=ledger_of(PROPOSED, SHARE))

    assert (problem.code, problem.severity) == ("no-part", "refusal")
    assert "defence_spending force_enhancement for KOR, 2026" in problem.hint
    assert "pledge_part:arms" not in ensemble.variables
    assert "pledge_outlay:arms" in ensemble.variables, "all else is given"


def test_a_part_in_a_currency_in_which_the_whole_is_not_printed_is_refused():
    """The part is in dollars, the whole in won alone: at whose rate?"""
    _, (problem,) = project(ledger=ledger_of(PROPOSED, SHARE, ENHANCED))

    assert (problem.code, problem.severity) == ("no-part", "refusal")
    assert project(ledger=ledger_of(PROPOSED, SHARE, ENHANCED, IN_DOLLARS))[1] == []


# What may be planned already


def test_what_it_adds_is_shown_at_both_ends_where_nothing_is_said_of_what_was_planned():
    ensemble = projected()

    least, most = (ensemble.number(f"pledge_added_{end}:arms") for end in ("least", "most"))
    assert (least.value, least.low, least.high) == (0, 0, 0)
    assert most.value == cells(ensemble, "pledge_outlay_cumulative:arms")[2035].quantiles[2]
    assert "100% of it is planned already (nothing is said of that)" in least.label
    assert "spending" in ensemble.variables
    alone, _ = project_scenario(scenario("linear-2035"), LEDGER, vocabulary(), series(), draws=100)
    assert central(ensemble, "spending") == central(alone, "spending"), "it is added to no budget"


def test_a_source_may_say_how_much_of_it_was_planned():
    planned = {"low": "20.0 %", "high": "60.0 %", "exact": True, "reference": REFERENCE}

    ensemble = projected({"planned": planned})

    whole = cells(ensemble, "pledge_outlay_cumulative:arms")[2035].quantiles[2]
    assert ensemble.number("pledge_added_least:arms").value == pytest.approx(0.4 * whole, rel=1e-5)
    assert ensemble.number("pledge_added_most:arms").value == pytest.approx(0.8 * whole, rel=1e-5)


def test_what_a_pledge_leaves_open_is_shown_at_both_ends():
    known = with_entries(own("open-of-test", "USD", low="20 bn USD", high="30 bn USD"))

    ensemble = projected({"parameter": "open-of-test"}, known=known)

    cell = cells(ensemble, "pledge_outlay_foreign:arms")[2030]
    assert (cell.central, *cell.box) == pytest.approx((5e9, 4e9, 6e9))
    local = cells(ensemble, "pledge_outlay:arms")[2030]
    assert local.box == pytest.approx((0.8 * local.central, 1.2 * local.central), rel=1e-5)
    after = ensemble.number("pledge_paid_after:arms")
    assert (after.low, after.high) == pytest.approx((7.8e9, 11.7e9))


def test_every_number_of_a_pledge_rests_on_listed_origins():
    ensemble = projected()

    known = {origin.id for origin in ensemble.origins}
    cell = cells(ensemble, "pledge_part:arms")[2030]
    assert set(cell.inputs) <= known
    pledge = next(
        one for one in cell.inputs if one.startswith("parameter:kor-arms-purchase-pledge@packaged@")
    )
    assert ensemble.origin(pledge).value == "25 bn USD"
    assert {"claim:enhanced", "assumption:pledge:arms"} <= set(cell.inputs)
    row = next(one for one in ensemble.assumptions if one["variable"] == "pledge: American arms")
    assert row["value"].startswith("signed 2026: 20%, 2027: 20%")
    assert row["reason"] == "an even profile"


def test_many_draws_are_counted_to_the_same_numbers():
    few, many = projected(draws=50_000), projected(draws=60_000)

    for variable in ("pledge_outlay:arms", "pledge_outlay_cumulative:arms", "pledge_part:arms"):
        for one, other in zip(few.series(variable), many.series(variable), strict=True):
            assert one.quantiles == pytest.approx(other.quantiles, rel=0.01), (variable, one.year)


# As people get it wrong


@pytest.mark.parametrize(
    ("pledge", "code"),
    [
        pytest.param({"outlays": ["50 %", "40 %"]}, "profile-sum", id="nine tenths paid"),
        pytest.param({"outlays": ["150 %", "-50 %"]}, "profile-sum", id="money back"),
        pytest.param({"outlays": ["half", "half"]}, "not-a-percentage", id="words"),
        pytest.param({"commitments": "listed", "shares": ["100 %"]}, "rule-numbers", id="one year of five"),
        pytest.param({"commitments": "listed"}, "profile-sum", id="nothing listed"),
        pytest.param({"commitments": "late"}, "unknown-choice", id="no such profile"),
        pytest.param({"from": 2031, "to": 2030}, "not-a-period", id="ends before it starts"),
        pytest.param({"from": 100_000_000, "to": 100_000_000}, "not-a-period", id="no year"),
        pytest.param({"from": 2040, "to": 2041}, "no-parameter-value", id="after the pledge has ended"),
        pytest.param({"parameter": "kor-defence-share-target"}, "unit-mismatch", id="a share for money"),
        pytest.param({"parameter": "nobody-knows"}, "unknown-id", id="no such parameter"),
        pytest.param({"planned": {"value": "30 %"}}, "missing-key", id="planned by hearsay"),
        pytest.param({"planned": {"value": "130 %", "reference": REFERENCE}}, "limit-range", id="over all"),
        pytest.param({"reason": ""}, "missing-key", id="no reason"),
    ],
)
def test_a_faulty_pledge_is_a_problem_with_a_remedy_and_no_number(pledge, code):
    ensemble, problems = project(pledge, draws=20)

    assert ensemble is None
    assert code in {problem.code for problem in problems}
    assert all(problem.hint and problem.origin.file for problem in problems)


def test_two_pledges_of_one_name_are_told():
    entry = scenario("linear-2035", pledges=[ARMS, ARMS])

    ensemble, problems = project_scenario(entry, LEDGER, vocabulary(), series(), draws=20)

    assert ensemble is None
    assert [problem.code for problem in problems] == ["duplicate-id"]


def test_a_pledge_by_2030_is_not_signed_until_2040():
    ensemble, (problem,) = project({"to": 2040})

    assert ensemble is None
    assert (problem.code, problem.severity) == ("pledge-period", "error")
    assert "is signed until 2040; kor-arms-purchase-pledge ends on 2030-12-31" in problem.message
    assert "Sign it by 2030" in problem.hint


def test_a_pledge_that_the_scenario_prolongs_with_a_reason_may_be_signed_longer():
    longer = {
        "parameter": "kor-arms-purchase-pledge",
        "value": "25 bn USD",
        "from": "2026",
        "to": "2040",
        "reason": "a what-if",
    }

    ensemble, problems = project({"to": 2035}, sets=[longer])

    assert ensemble
    assert problems == []
