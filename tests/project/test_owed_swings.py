"""How far the headlines of cost sharing and of troops move with one input alone: by hand, and in the box."""

from __future__ import annotations

from datetime import date

import pytest

from tests.project import test_agreements, test_troops
from tests.project.samples import LEDGER, PROPOSED, ledger_of
from tests.project.test_swings import EXACT_AMOUNT, EXACT_SHARE
from tests.project.test_troops import level

REFERENCE = {"title": "Accounts", "publisher": "A ministry", "date": date(2026, 1, 1)}
END = "cost_sharing_term_end"
AMOUNT = "South Korea's payment for American forces"
CEILING = "Ceiling on the yearly rise of cost sharing"
# The rules of the three options, of which only the 11th agreement's follows spending.
BUDGET, PRICES = "cost_sharing_horizon:kor-sma-11", "cost_sharing_horizon:kor-sma-12"


def projected(monkeypatch=None, ledger=LEDGER, **changes):
    if monkeypatch:
        monkeypatch.setattr(test_agreements, "LEDGER", ledger)
    return test_agreements.projected(reference_scenario=None, **changes)


def moved(ensemble, headline):
    rows = [row for row in ensemble.swings if row["headline"] == headline]
    return {row["input"]: (row["low"], row["high"]) for row in rows}


def about(parameter, **numbers):
    return [{"parameter": parameter, "from": "2026", "reason": "as printed", **numbers}]


def amount(text):
    """Another amount for 2026 alone, as a source may print it."""
    return [{**about("kor-cost-sharing", value=text)[0], "to": "2026"}]


# Cost sharing


def test_what_is_paid_moves_with_the_agreed_amount_as_it_is_printed():
    """About 1.5 trillion leaves 1.45 to 1.55 open, and all later payments with it."""
    ensemble = projected(sets=amount("1.5 tn KRW"))

    shown = ensemble.number(END)
    low, high = moved(ensemble, END)[AMOUNT]
    assert (low, high) == pytest.approx((shown.value * 1.45 / 1.5, shown.value * 1.55 / 1.5), rel=1e-3)
    assert (shown.low, shown.high) == (low, high)
    paid = ensemble.series("cost_sharing")[0]
    assert paid.box == (1.45e12, 1.55e12)


def test_what_is_paid_moves_with_a_ceiling_that_holds_it_down():
    """Prices rise by 9 % a year and the payment by 4 to 6 %, 5 % shown: 1.5192 x 1.05^4 in 2030."""
    hot = {**test_agreements.LATER, "from": 2024, "value": "9 %"}
    ensemble = projected(
        sets=about("kor-cost-sharing-rise-ceiling", low="4 %", high="6 %"),
        assumptions=[*test_agreements.plain_assumptions(), hot],
    )

    assert ensemble.number(END).value == pytest.approx(1.5192e12 * 1.05**4, rel=1e-5)
    ends = (1.5192e12 * 1.04**4, 1.5192e12 * 1.06**4)
    assert moved(ensemble, END)[CEILING] == pytest.approx(ends, rel=1e-5)


def test_each_number_of_the_agreement_swings_alone_and_the_box_holds_both():
    hot = {**test_agreements.LATER, "from": 2024, "value": "9 %"}
    ensemble = projected(
        sets=[
            *amount("1.5 tn KRW"),
            *about("kor-cost-sharing-rise-ceiling", low="4 %", high="6 %"),
        ],
        assumptions=[*test_agreements.plain_assumptions(), hot],
    )

    found, shown = moved(ensemble, END), ensemble.number(END)
    assert set(found) == {AMOUNT, CEILING}
    assert found[AMOUNT] == pytest.approx((1.45e12 * 1.05**4, 1.55e12 * 1.05**4), rel=1e-5)
    assert (shown.low, shown.high) == pytest.approx((1.45e12 * 1.04**4, 1.55e12 * 1.06**4), rel=1e-5)


def test_only_the_option_that_follows_spending_moves_with_the_claims(monkeypatch):
    """With nothing else open, the swing of the share alone is the box; prices do not know the claims."""
    share = next(claim for claim in LEDGER if claim.id == "share")
    ensemble = projected(monkeypatch, ledger_of(EXACT_AMOUNT, share), draws=10_000)

    shown = ensemble.number(BUDGET)
    ((name, ends),) = moved(ensemble, BUDGET).items()
    assert name == "share of GDP in 2026"
    assert sorted(ends) == [shown.low, shown.high]
    assert moved(ensemble, PRICES) == {}
    assert moved(ensemble, END) == {}


def test_the_amount_of_the_base_year_moves_no_option(monkeypatch):
    """The payment follows ratios of spending, in which the amount of the base year cancels."""
    ensemble = projected(monkeypatch, ledger_of(PROPOSED, EXACT_SHARE))

    assert moved(ensemble, BUDGET) == {}


def test_a_swing_names_the_parameter_and_the_layer_that_set_it():
    ensemble = projected(sets=amount("1.5 tn KRW"))

    row = next(row for row in ensemble.swings if row["input"] == AMOUNT)
    assert row["claims"] == ["parameter:kor-cost-sharing@linear-2035@2026/2026"]
    assert ensemble.origin(row["claims"][0])


def test_numbers_of_the_agreement_that_are_exact_have_no_swing():
    assert not [row for row in projected().swings if row["input"] in (AMOUNT, CEILING)]


def floored(**changes):
    floor = [
        {"label": "contracted", "value": "70.000 tn KRW", "exact": True, "reference": REFERENCE},
        {"label": "host nation support", "cost_sharing": True},
    ]
    return projected(rule={"kind": "constant-share"}, limits={"floor": floor}, **changes)


def test_in_a_floor_the_agreed_amount_moves_spending_too():
    """70 trillion contracted and what is paid: 1.5 x 116.455 / 114.181 in 2027, 1.45 and 1.55 at the ends."""
    ensemble = floored(sets=amount("1.5 tn KRW"), horizon=2027, target={"by": 2027, "reason": "a test"})

    spent = {cell.year: cell for cell in ensemble.series("spending")}[2027]
    rise = 116.455 / 114.181
    assert spent.central == pytest.approx(70e12 + 1.5e12 * rise, rel=1e-5)
    assert spent.box == pytest.approx((70e12 + 1.45e12 * rise, 70e12 + 1.55e12 * rise), rel=1e-5)
    low, high = moved(ensemble, "crowded_out_target_year")[AMOUNT]
    assert high - low == pytest.approx(0.1e12 * rise, rel=1e-3)


def test_in_a_floor_the_agreed_amount_is_among_the_policy_that_spending_is_owed_to(monkeypatch):
    """In 2027 all is fixed but the amount: no draw moves 70 trillion and a payment that is known."""
    monkeypatch.setattr(test_agreements, "LEDGER", ledger_of(EXACT_AMOUNT, EXACT_SHARE))
    ensemble = floored(sets=amount("1.5 tn KRW"))

    rows = {
        row["group"]: row["first"]
        for row in ensemble.sensitivity
        if (row["over"], row["variable"], row["year"]) == ("draws-and-box", "spending", 2027)
    }
    assert rows["policy"] == pytest.approx(1.0, abs=0.05)


# Troops


def test_the_margin_over_a_floor_is_told_and_negative_below_it():
    """24,000 are 4,500 fewer than 28,500, in the year for which a law is known."""
    ensemble, _ = test_troops.project(level(24000))

    margin = ensemble.number("troop_margin:usfk")
    assert (margin.value, margin.low, margin.high, margin.year) == (-4500, -4500, -4500, 2026)
    assert test_troops.ACT in margin.label


def test_a_printed_number_moves_the_margin_by_what_it_leaves_open():
    """24 thousand in print is 23,500 to 24,500, 5,000 to 4,000 short."""
    rounded = {"from": 2026, "value": "24 thousand troops", "reference": REFERENCE}

    ensemble, _ = test_troops.project(rounded)

    margin = ensemble.number("troop_margin:usfk")
    assert (margin.value, margin.low, margin.high) == (-4500, -5000, -4000)
    assert moved(ensemble, "troop_margin:usfk") == {"American forces in Korea": (-5000, -4000)}


def test_what_troops_cost_moves_with_each_part_of_the_cost_of_one():
    """200,000 dollars each, of which the direct cost is 90,000 to 110,000: 5 % either way."""
    cost = {
        "direct": {"low": "90000 USD", "high": "110000 USD", "exact": True, "reference": REFERENCE},
        "indirect": {"value": "60000 USD", "exact": True, "reference": REFERENCE},
        "overhead": {"value": "40000 USD", "exact": True, "reference": REFERENCE},
    }

    ensemble, _ = test_troops.project(level(28500), cost=cost, draws=200)

    shown = ensemble.number("troop_cost_horizon:usfk")
    ((name, ends),) = moved(ensemble, "troop_cost_horizon:usfk").items()
    assert name == "American forces in Korea: direct cost of one"
    assert ends == pytest.approx((0.95 * shown.value, 1.05 * shown.value), rel=0.01)
    assert (shown.low, shown.high) == pytest.approx(ends, rel=0.01)
    assert shown.year == 2035


def test_no_swing_of_what_is_owed_leaves_its_box():
    ensemble = projected(sets=amount("1.5 tn KRW"), draws=2000)

    rows = [row for row in ensemble.swings if row["headline"].startswith("cost_sharing")]
    assert {row["headline"] for row in rows} >= {END, BUDGET, PRICES}
    for row in rows:
        one = ensemble.number(row["headline"])
        assert one.low <= min(row["low"], row["high"]) <= max(row["low"], row["high"]) <= one.high
