"""What numbers rest on where the case has nothing of the kind: other rules, moneys, floors and costs."""

from __future__ import annotations

import pytest

from steelyard.core.claim import Ledger
from steelyard.project import project_scenario
from tests.project.samples import (
    LEDGER,
    PROPOSED,
    SHARE,
    entry_of,
    scenario,
    series,
    vocabulary,
    with_entries,
)
from tests.project.test_agreements import projected as sharing
from tests.project.test_base import bridged
from tests.project.test_common import beside, neighbours
from tests.project.test_pledges import ARMS
from tests.project.test_shocks import forecast, off
from tests.project.test_substitution import BATTERIES, given
from tests.project.test_substitution import project as withdrawing
from tests.project.test_troops import level
from tests.project.test_troops import project as stationed
from tests.project.test_valuations import (
    ABROAD,
    AT_PARITY,
    DEFENCE,
    MOVED,
    PARTS,
    REFERENCE,
    assumed,
    at_a_thousand,
    index,
    keeping,
    parities,
    part,
    round_numbers,
)

DRAWS = "draws:20260124:20"
HOME = {"series:KOR/gdp/current/WEO 2025-10", "series:KOR/gdp/constant:2020/WEO 2025-10"}
USA = {"series:USA/gdp/current/WEO 2025-10", "series:USA/gdp/constant:2017/WEO 2025-10"}
RATE = {"series:KOR/exchange_rate/H.10 2026-01"}
# Of the case, where real growth, prices at home and abroad are assumed from 2031 on.
PRICES = {*HOME, DRAWS, "assumption:inflation:2031-2035"}
PRICES_ABROAD = USA | {"assumption:foreign_inflation:2031-2035"}
EXCHANGE = PRICES | PRICES_ABROAD | RATE | {"assumption:real_exchange_rate:2026-2035"}
GDP = PRICES | {"claim:won", "claim:share", "assumption:real_growth:2031-2035"}
CONSTANT = {"equation:constant-share"}
# Of the scenario of round numbers, where all of these are assumed.
ROUND_PRICES = {*HOME, DRAWS, "assumption:inflation:2026-2029"}
ROUND_ABROAD = USA | {"assumption:foreign_inflation:2026-2029"}
ROUND_EXCHANGE = ROUND_PRICES | ROUND_ABROAD | RATE | {"assumption:real_exchange_rate:2026-2029"}
LISTED = {"claim:won", "equation:listed-amounts", "assumption:rule:amounts:constant-share"}


def project(entry, found=None, ledger=LEDGER, known=None):
    ensemble, problems = project_scenario(entry, ledger, known or vocabulary(), found or series(), draws=20)
    assert ensemble, problems
    return ensemble


def rests(ensemble, name):
    """The ids of what a variable or headline rests on, all of which are listed."""
    number = ensemble.number(name) or ensemble.series(name)[-1]
    assert all(ensemble.origin(one) for one in number.inputs)
    return set(number.inputs)


def equation(ensemble, variable):
    return ensemble.series(variable)[-1].equation


# Rules


def test_a_plan_in_real_terms_rests_on_prices_and_on_no_gdp():
    """A[t] = ME[t-1] E[P[t] | t-1] / P[t-1] (1 + r)."""
    ensemble = project(scenario("linear-2035", rule={"kind": "real-growth", "growth": ["3 %"]}))

    own = {"claim:won", "equation:real-growth", "assumption:rule:growth:linear-2035"}
    assert rests(ensemble, "spending") == own | PRICES
    assert rests(ensemble, "share") == own | GDP
    assert rests(ensemble, "gdp") == GDP
    assert ensemble.origin("assumption:rule:growth:linear-2035").value == "3 %"


def test_a_plan_of_listed_steps_rests_on_no_draws():
    """A[t] = ME[t-1] (1 + h[t])."""
    steps = ["3 %", "4 %", "5 %", "3 %", "3 %", "3 %", "3 %", "3 %", "3 %"]
    ensemble = project(scenario("linear-2035", rule={"kind": "nominal-steps", "growth": steps}))

    own = {"claim:won", "equation:nominal-steps", "assumption:rule:growth:linear-2035"}
    assert rests(ensemble, "spending") == own
    assert ensemble.origin("assumption:rule:growth:linear-2035").value.startswith("3 %, 4 %, 5 %")


def test_listed_amounts_are_told_with_their_years_and_their_reference():
    ensemble = project(round_numbers())

    assert rests(ensemble, "spending") == LISTED
    amounts = ensemble.origin("assumption:rule:amounts:constant-share")
    assert amounts.value == "2027: 63 tn KRW, 2028: 84 tn KRW, 2029: 115.5 tn KRW"
    assert amounts.reference["publisher"] == "A ministry"


def test_a_difference_rests_on_the_targets_of_both_paths():
    """ME - ME_ref, where the one goes to 5 % and the other to 3.5 %."""
    mine = {"parameter": "kor-defence-share-target", "from": "2026", "value": "5 %", "reason": "a what-if"}
    ensemble = project(scenario("linear-2030", reference_scenario="linear-2035", sets=[mine]))

    own = "parameter:kor-defence-share-target@linear-2030@2026/.."
    other = (rests(ensemble, "difference") - rests(ensemble, "spending")).pop()
    assert {ensemble.origin(one).value for one in (own, other)} == {"5 %", "3.5 %"}
    assert own in rests(ensemble, "spending")
    assert own in rests(ensemble, "needed")


# The economy and its base


def test_what_countries_have_in_common_is_learnt_from_all_their_variables():
    ensemble = project(beside(), neighbours())

    assert ensemble.origin(DRAWS).reference["shocks"].endswith("real_exchange_rate KOR, common")
    others = {one.id for one in ensemble.origins if one.id.startswith("series:JPN")}
    assert len(others) == 3
    assert rests(ensemble, "gdp") == GDP | others | RATE | USA


def test_errors_of_forecasts_are_inputs_of_what_they_move():
    """Prices move with errors in inflation, GDP with those in growth too, dollars with those of the rate."""
    ensemble = project(*forecast(off()))

    def of(*variables):
        return {
            f"series:KOR/{name}_forecast_error/WEO {2005 + k}-10" for name in variables for k in range(12)
        }

    spending = rests(ensemble, "spending")
    assert rests(ensemble, "gdp") == GDP | of("real_growth", "inflation")
    assert rests(ensemble, "spending_real") == spending == GDP | of("real_growth", "inflation") | CONSTANT
    dollars = spending | EXCHANGE | of("real_exchange_rate")
    assert rests(ensemble, "spending_foreign") == dollars
    assert ensemble.origin(DRAWS).reference["shocks"] == "real_exchange_rate KOR", "a whole edition at a time"


def test_a_bridge_between_definitions_is_part_of_the_share():
    claims = (PROPOSED.changed(definition="national"), SHARE.changed(definition="nato"))
    ensemble = project(scenario(), None, Ledger(claims), bridged("national", "nato"))

    bridge = {"parameter:bridge:national:nato"}
    assert rests(ensemble, "implied_gdp") == {"claim:won", "claim:share"} | bridge
    assert rests(ensemble, "gdp") == GDP | bridge


# Pledges


def pledged(value="25 bn USD", **changes):
    known = vocabulary()
    if value.endswith("KRW"):
        entry = known.entry("parameters", "kor-arms-purchase-pledge")
        values = [{"from": "2025", "value": value, "reference": REFERENCE}]
        data = {**entry.data, "unit": "KRW", "values": values}
        known = with_entries(entry_of("parameters", entry.id, data))
    table = {**ARMS, **changes.pop("table", {})}
    table = {key: one for key, one in table.items() if one is not None}
    return project(scenario("linear-2035", pledges=[table], **changes), None, LEDGER, known)


def own_of(ensemble):
    """A pledge's amount, and how it is signed and paid."""
    return rests(ensemble, "pledge_commitment:arms")


def test_a_pledge_in_dollars_of_one_year_moves_with_prices_abroad_and_the_rate():
    """o[t] P_US[t] E[t]."""
    ensemble = pledged(table={"prices": "constant"})

    own = own_of(ensemble)
    assert len(own) == 2
    assert "assumption:pledge:arms" in own
    assert equation(ensemble, "pledge_outlay:arms") == "o[t] P_US[t] E[t]"
    assert rests(ensemble, "pledge_outlay_foreign:arms") == own | PRICES_ABROAD
    assert rests(ensemble, "pledge_outlay:arms") == own | EXCHANGE
    part = own | EXCHANGE | rests(ensemble, "spending") | {"claim:enhanced", "claim:dollars"}
    assert rests(ensemble, "pledge_part:arms") == part


@pytest.mark.parametrize(
    ("prices", "words", "more"),
    [("current", "o[t]", set()), ("constant", "o[t] P[t]", PRICES)],
)
def test_a_pledge_at_home_rests_on_no_rate(prices, words, more):
    ensemble = pledged("30 tn KRW", table={"prices": prices, "part": None})

    assert equation(ensemble, "pledge_outlay:arms") == words
    assert rests(ensemble, "pledge_outlay:arms") == own_of(ensemble) | more
    assert rests(ensemble, "pledge_added_most:arms") == own_of(ensemble) | more


def test_what_a_pledge_adds_rests_on_what_is_planned_of_it():
    planned = {"planned": {"value": "40 %", "reference": REFERENCE}}
    ensemble = pledged(table=planned)

    (added,) = rests(ensemble, "pledge_added_least:arms") - rests(ensemble, "pledge_outlay:arms")
    assert ensemble.origin(added).value == "40 %"


# Floors


def test_a_floor_of_a_pledge_rests_on_all_that_the_pledge_does():
    """F[t] = o[t] P_US[t] E[t], and a fixed amount; the plan itself moves with GDP."""
    rows = [
        {"label": "arms", "pledge": "arms"},
        {"label": "pay", "value": "20 tn KRW", "reference": REFERENCE},
    ]
    ensemble = pledged(table={"prices": "constant", "part": None}, limits={"floor": rows})
    without = pledged(table={"part": None})

    floor = rests(ensemble, "pledge_outlay:arms") | {"parameter:pay@linear-2035@20 tn KRW"}
    assert rests(ensemble, "spending") == rests(without, "spending") | floor
    assert rests(ensemble, "crowded_out") == rests(ensemble, "spending")


def test_a_floor_of_what_is_paid_by_agreement_rests_on_each_option():
    rows = [{"label": "sharing", "cost_sharing": True}]
    ensemble = sharing(limits={"floor": rows}, draws=20)
    options = ("kor-sma-12", "kor-sma-11", "frozen")

    paid = set.union(*(rests(ensemble, f"cost_sharing:{one}") for one in options))
    assert paid <= rests(ensemble, "spending")
    assert "assumption:cost_sharing:frozen" in rests(ensemble, "spending")


# Other moneys


def test_a_parity_that_is_published_rests_on_no_prices_abroad():
    """ME / R, R = R~ P / P~."""
    own = {"series:KOR/purchasing_power_parity/test"}
    whole = project(round_numbers(**AT_PARITY), at_a_thousand(parities(["800", "840", "875", "924"])))
    entry = round_numbers(assumed("purchasing_power", "0 %", **{"from": 2028}), **AT_PARITY)
    carried = project(entry, at_a_thousand(parities(["800", "840"])))

    assert rests(whole, "spending_purchasing_power") == LISTED | ROUND_PRICES | own
    more = ROUND_ABROAD | {"assumption:purchasing_power:2028-2029"}
    assert rests(carried, "spending_purchasing_power") == LISTED | ROUND_PRICES | own | more


def test_military_parities_rest_on_shares_parities_and_prices_on_both_sides():
    """sum ME_c / M_c, M_c[t] = M_c P / P_US; the rate only where it stands in for a parity."""
    stand_in = {"stand_in": "market_rate", "reason": "weapons are traded"}
    whole, lacking = (
        project(round_numbers(MOVED, military_purchasing_power=parts), at_a_thousand())
        for parts in (PARTS, {**PARTS, "equipment": part("35 %"), **stand_in})
    )

    known = LISTED | ROUND_PRICES | ROUND_ABROAD | {"assumption:purchasing_power:2026-2029"}
    own = rests(whole, "spending_military_parity") - known
    assert len(own) == 6
    assert all(one.startswith("parameter:") for one in own)
    assert known <= rests(whole, "spending_military_parity")
    chosen = {"assumption:military_parity_of_equipment"}
    assert len(rests(lacking, "spending_military_parity") - known - RATE - chosen) == 5
    assert rests(lacking, "spending_military_parity") >= RATE | chosen


def test_own_use_rests_on_defence_prices_and_the_deflator_that_they_follow():
    """ME / Q, Q[t] = Q[t-1] exp(pi[t] + w[t])."""
    found = at_a_thousand(index("100", "105", "112", "120"))
    ensemble = project(round_numbers(**DEFENCE), found)

    own = {"series:KOR/defence_prices/test"}
    assert rests(ensemble, "spending_own_use") == LISTED | ROUND_PRICES | own
    assert not own & rests(ensemble, "spending_real")


# Troops and substitutes


@pytest.mark.parametrize(
    ("currency", "changes", "words", "more"),
    [
        ("KRW", {}, "P[t]", ROUND_PRICES),
        ("USD", {}, "P_US[t] E[t]", ROUND_EXCHANGE),
        ("KRW", DEFENCE, "Q[t]", ROUND_PRICES | {"series:KOR/defence_prices/test"}),
        ("USD", ABROAD, "Q_US[t] E[t]", ROUND_EXCHANGE | {"series:USA/defence_prices/test"}),
    ],
)
def test_what_troops_cost_rests_on_the_prices_that_it_follows(currency, changes, words, more):
    values = ("100", "105", "112", "120")
    found = at_a_thousand(index(*values), index(*values, actor="USA"))
    ensemble = project(keeping(currency, **changes), found)

    written = f"N[t] (k_direct + k_indirect + k_overhead) {words}"
    assert equation(ensemble, "troop_cost:usfk") == written
    numbers = rests(ensemble, "troop_cost:usfk") - more
    assert more <= rests(ensemble, "troop_cost:usfk")
    assert {ensemble.origin(one).value for one in numbers} == {
        "28500 troops",
        f"100000 {currency}",
        f"0 {currency}",
    }
    assert {ensemble.origin(one).value for one in rests(ensemble, "troops:usfk")} == {"28500 troops"}


def test_a_margin_rests_on_the_law_and_the_years_in_which_it_holds():
    """No law is known for 2027, so that its number of troops keeps and breaks none."""
    ensemble, _ = stationed(level(28000), level(10000, 2027))

    values = {ensemble.origin(one).value for one in rests(ensemble, "troop_margin:usfk")}
    assert values == {"28000 troops", "28500 troops"}
    assert {ensemble.origin(one).value for one in rests(ensemble, "troops:usfk")} == {
        "28000 troops",
        "10000 troops",
    }


def test_the_time_to_a_substitute_rests_on_no_price():
    dollars = {"price": given("1 bn USD"), "running": given("0 bn USD")}
    home, _ = withdrawing(BATTERIES, calm=False, draws=20)
    abroad, _ = withdrawing({**BATTERIES, **dollars}, calm=False, draws=20)

    own = {"USA, 2027", "2028", "2 years"}
    values = {home.origin(one).value for one in rests(home, "gap_years")}
    assert values == own
    numbers = own | {"8", "75 %", "1 tn KRW", "0.1 tn KRW", "20 years"}
    assert {home.origin(one).value for one in rests(home, "coverage")} == numbers
    assert rests(home, "substitution") == rests(home, "coverage") | PRICES
    assert rests(abroad, "substitution_total") == rests(abroad, "coverage") | EXCHANGE


def test_what_nobody_prices_still_rests_on_its_withdrawal():
    bare = {key: BATTERIES[key] for key in ("function", "actor", "year", "reason")}
    ensemble, _ = withdrawing(bare, draws=20)

    (own,) = ensemble.number("coverage").inputs
    assert ensemble.origin(own).reference == {"reason": "a what-if"}
