"""Spending in other prices and currencies, by hand: what is deflated where, and at which rate converted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from steelyard.core.series import Point, Series
from steelyard.project import project_scenario
from steelyard.project.ensemble import PROBABILITIES
from steelyard.project.prepared import prepare, run_of
from steelyard.project.replay import replayed
from steelyard.project.why import Asked
from steelyard.report.export.iamc import variable_name
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

REFERENCE = {"title": "A plan", "publisher": "A ministry", "date": date(2025, 1, 1)}
EXACT = ledger_of(
    replace(PROPOSED, low=Decimal("60e12"), value=Decimal("60e12"), high=Decimal("60e12")),
    replace(SHARE, low=Decimal("2.4"), value=Decimal("2.4"), high=Decimal("2.4")),
)


def assumed(variable, value, **years):
    return {"variable": variable, "value": value, "reason": "a round number", **years}


def round_numbers(*more, **changes):
    """60 trillion won in 2026, then 63, 84 and 115.5; prices rise by 5 % at home and 2 % abroad."""
    listed = {2027: "63 tn KRW", 2028: "84 tn KRW", 2029: "115.5 tn KRW"}
    rule = {
        "kind": "listed-amounts",
        "amounts": [{"year": year, "value": value} for year, value in listed.items()],
        "reference": REFERENCE,
    }
    rises = {
        "inflation": "5 %",
        "foreign_inflation": "2 %",
        "real_growth": "2 %",
        "real_exchange_rate": "1 %",
    }
    assumptions = [assumed(variable, value) for variable, value in rises.items()]
    return scenario(
        "constant-share",
        **{"horizon": 2029, "rule": rule, "target": None, "assumptions": [*assumptions, *more], **changes},
    )


def at_a_thousand(*more):
    """The case's series with 1,000 won a dollar in 2025, which stands for 2026, and some more."""
    return [*(_rated(one) if one.measure == "exchange_rate" else one for one in series()), *more]


def _rated(one):
    points = (replace(p, value=Decimal(1000)) if p.year == 2025 else p for p in one.points)
    return replace(one, points=tuple(points))


def project(entry, found=None, ledger=EXACT, draws=200):
    """What a scenario gives; that its round GDP of 2,500 is not that of the series is told elsewhere."""
    ensemble, problems = project_scenario(entry, ledger, vocabulary(), found or at_a_thousand(), draws=draws)
    return ensemble, [problem for problem in problems if problem.code != "gdp-vintage"]


def central(ensemble, variable):
    return [cell.central for cell in ensemble.series(variable)]


# Constant dollars


def test_constant_dollars_are_deflated_at_home_and_turned_at_the_rate_of_the_base_year():
    """63 / 1.05 = 60, 84 / 1.1025 = 76.190476, 115.5 / 1.157625 = 99.773243; each at 1,000 won a dollar."""
    ensemble, problems = project(round_numbers())

    assert problems == []
    found = central(ensemble, "spending_real_foreign")
    assert found == pytest.approx([60e9, 60e9, 76.190476e9, 99.773243e9], rel=1e-5)


def test_constant_dollars_are_no_deflated_dollars():
    """At the rate of 2027, 1,000 x 1.05 / 1.02 x 1.01, 63 trillion are 60.594 billion dollars; less 2 % of
    American inflation these are 59.406, which is not what was bought at home.
    """
    ensemble, _ = project(round_numbers())

    assert central(ensemble, "spending_foreign")[1] == pytest.approx(60.594059e9, rel=1e-5)
    assert central(ensemble, "spending_real_foreign")[1] == pytest.approx(60e9, rel=1e-5)


def test_quantiles_and_boxes_of_constant_dollars_are_those_of_real_spending_at_one_rate():
    ensemble, _ = project(scenario(), series(), LEDGER)

    (rate,) = {point.value for one in series() if one.measure == "exchange_rate" for point in one.points
               if point.year == 2025}  # fmt: skip
    pairs = zip(ensemble.series("spending_real_foreign"), ensemble.series("spending_real"), strict=True)
    for dollars, won in pairs:
        scaled = [value / float(rate) for value in (*won.quantiles, *won.box)]
        assert [*dollars.quantiles, *dollars.box] == pytest.approx(scaled, rel=2e-2)
        assert dollars.unit == "USD at 2026 prices"
        assert len(dollars.quantiles) == len(PROBABILITIES)


def test_a_draw_of_constant_dollars_is_that_of_real_spending_at_one_rate():
    found, _ = prepare(scenario(), LEDGER, vocabulary(), series(), draws=50)
    ensemble, _ = project_scenario(scenario(), LEDGER, vocabulary(), series(), draws=50)
    ready = run_of(found)

    def drawn(variable):
        return replayed(ensemble, Asked(ensemble.series(variable)[5], None, 7), ready).value

    assert drawn("spending_real_foreign") == pytest.approx(drawn("spending_real") / found.economy.rate)


def test_constant_dollars_rest_on_no_prices_abroad_and_have_names_of_their_own():
    ensemble, _ = project(scenario(), series(), LEDGER)

    cell = ensemble.series("spending_real_foreign")[3]
    assert cell.equation == "(ME[t] / P[t]) / E[t0]"
    assert "series:KOR/exchange_rate/H.10 2026-01" in cell.inputs
    assert not [one for one in cell.inputs if one.startswith("series:USA")]
    assert [one for one in ensemble.series("spending_foreign")[3].inputs if one.startswith("series:USA")]
    assert variable_name("spending_real_foreign") == "Defence|Expenditure|Real|Foreign currency"


# Purchasing power parity of GDP


def parities(values, first=2026, unit="KRW per international dollar"):
    """A series of rates that nobody has published, for years from `first` on."""
    points = [
        Point(first + t, Decimal(value), "Made up for a test", "row 1")
        for t, value in enumerate(values)
        if value
    ]
    return Series("KOR", "purchasing_power_parity", unit, "test", tuple(points))


RATES = {"actor": "KOR", "measure": "purchasing_power_parity", "edition": "test"}
AT_PARITY = {"drivers": {"purchasing_power": RATES}}


def test_international_dollars_are_spending_over_the_rate_of_the_year():
    """60 over 800, 63 over 840, 84 over 875, 115.5 over 924, trillions of won: 75, 75, 96 and 125 billion."""
    entry = round_numbers(**AT_PARITY)

    ensemble, problems = project(entry, at_a_thousand(parities(["800", "840", "875", "924"])))

    assert problems == []
    found = central(ensemble, "spending_purchasing_power")
    assert found == pytest.approx([75e9, 75e9, 96e9, 125e9], rel=1e-5)
    assert {cell.unit for cell in ensemble.series("spending_purchasing_power")} == {
        "USD at purchasing power parity"
    }


def test_dearer_years_of_a_draw_buy_no_more_at_parity():
    """A rate at parity moves with prices: in each draw its part of real spending is that of the calm path."""
    found = at_a_thousand(parities(["800", "840", "875", "924"]))
    entry = round_numbers(**AT_PARITY)
    prepared, _ = prepare(entry, EXACT, vocabulary(), found, draws=50)
    ensemble, _ = project(entry, found, draws=50)
    ready = run_of(prepared)

    def drawn(variable, number):
        return replayed(ensemble, Asked(ensemble.series(variable)[3], None, number), ready).value

    ratios = [drawn("spending_purchasing_power", one) / drawn("spending_real", one) for one in range(5)]
    # 125 billion for 99.773243 trillion won at prices of 2026.
    assert ratios == pytest.approx([125e9 / (115.5e12 / 1.05**3)] * 5, rel=1e-9)


def test_beyond_its_last_year_a_rate_moves_with_both_deflators_where_an_assumption_says_so():
    """840 in 2027 becomes 840 x 1.05 / 1.02 = 864.70588 in 2028, and 890.13841 in 2029."""
    entry = round_numbers(assumed("purchasing_power", "0 %", **{"from": 2028}), **AT_PARITY)

    ensemble, problems = project(entry, at_a_thousand(parities(["800", "840"])))

    assert problems == []
    found = central(ensemble, "spending_purchasing_power")
    assert found[2:] == pytest.approx([84e12 / 864.70588, 115.5e12 / 890.13841], rel=1e-5)
    cell = ensemble.series("spending_purchasing_power")[3]
    assert "series:KOR/purchasing_power_parity/test" in cell.inputs
    assert "assumption:purchasing_power:2028-2029" in cell.inputs
    assert all(ensemble.origin(one) for one in cell.inputs)
    assert [one["value"] for one in ensemble.assumptions if one["variable"] == "purchasing_power"] == ["0 %"]


@pytest.mark.parametrize(
    ("values", "more", "years"),
    [
        pytest.param(["800", "840"], (), "2028, 2029", id="no assumption"),
        pytest.param(["800", "", "875", "924"], ("0 %",), "2027", id="a gap is no end"),
        pytest.param(["", "840", "875", "924"], ("0 %",), "2026", id="nothing to move on from"),
    ],
)
def test_years_without_a_rate_are_refused_by_name_and_the_rest_is_projected(values, more, years):
    entry = round_numbers(*(assumed("purchasing_power", one) for one in more), **AT_PARITY)

    ensemble, (problem,) = project(entry, at_a_thousand(parities(values)))

    assert (problem.code, problem.severity) == ("missing-year", "refusal")
    assert problem.message.endswith(f"KOR/purchasing_power_parity/test has none for {years}.")
    assert "purchasing_power" in problem.hint
    assert ensemble.series("spending_purchasing_power") == ()
    assert len(ensemble.series("spending")) == 4


def test_the_case_has_no_rates_at_parity_and_is_told_which_series_would_lift_that():
    ensemble, (problem,) = project(standing_alone(**AT_PARITY), series(), LEDGER)

    assert (problem.code, problem.severity) == ("missing-series", "refusal")
    assert "actor KOR, measure purchasing_power_parity" in problem.message
    assert "KRW per international dollar" in problem.hint
    assert ensemble.series("spending_purchasing_power") == ()
    assert ensemble.series("spending_real_foreign")


def test_a_rate_at_parity_in_another_unit_is_a_fault():
    entry = round_numbers(**AT_PARITY)

    ensemble, (problem,) = project(entry, at_a_thousand(parities(["800"] * 4, unit="KRW per USD")))

    assert problem.code == "unit-mismatch"
    assert "KRW per international dollar" in problem.hint
    assert ensemble is None or ensemble.series("spending_purchasing_power") == ()


# Military parities by parts


def part(share, parity=None):
    table = {"share": {"value": share, "exact": True, "reference": REFERENCE}}
    more = {"parity": {"value": parity, "exact": True, "reference": REFERENCE}} if parity else {}
    return {**table, **more}


PARTS = {
    "pay": part("40 %", "400 KRW"),
    "operations": part("25 %", "750 KRW"),
    "equipment": part("35 %", "1050 KRW"),
}
MOVED = assumed("purchasing_power", "0 %")


def military(parts, *more, found=None, **changes):
    entry = round_numbers(*more, military_purchasing_power=parts, **changes)
    return project(entry, found)


def test_military_dollars_are_the_sum_of_three_parts_at_a_parity_each():
    """Of 60 trillion won 24 are 60 billion, 15 are 20 and 21 are 20: 100 billion in all. In 2027 all parities
    rise by 1.05 / 1.02, so that 63 trillion are 105 x 1.02 / 1.05 = 102 billion.
    """
    ensemble, problems = military(PARTS, MOVED)

    assert problems == []
    assert central(ensemble, "spending_military_parity")[:2] == pytest.approx([100e9, 102e9], rel=1e-5)
    cell = ensemble.series("spending_military_parity")[0]
    assert cell.unit == "USD at military purchasing power parity"
    assert len([one for one in cell.inputs if one.startswith("parameter:")]) == 6
    assert all(ensemble.origin(one) for one in cell.inputs)


@pytest.mark.parametrize(
    ("stand_in", "words", "first"),
    [
        pytest.param("purchasing_power", "the purchasing power parity of GDP", 80e9 + 26.25e9, id="800 won"),
        pytest.param("market_rate", "the market rate", 80e9 + 21e9, id="1,000 won"),
    ],
)
def test_what_stands_in_for_a_parity_is_flagged(stand_in, words, first):
    """The 21 trillion for equipment are 26.25 billion at 800 won, 21 billion at 1,000."""
    parts = {**PARTS, "equipment": part("35 %"), "stand_in": stand_in, "reason": "weapons are traded"}
    found = at_a_thousand(parities(["800", "840", "875", "924"]))

    ensemble, (problem,) = military(parts, MOVED, found=found, **AT_PARITY)

    assert (problem.code, problem.severity) == ("stand-in", "warning")
    assert problem.message == f"No military parity of equipment is given; {words} stands in."
    assert central(ensemble, "spending_military_parity")[0] == pytest.approx(first, rel=1e-5)
    rows = {row["variable"]: row for row in ensemble.assumptions}
    assert rows["military parity of equipment"]["reason"] == "weapons are traded"
    inputs = ensemble.series("spending_military_parity")[0].inputs
    assert ensemble.origin("assumption:military_parity_of_equipment").value == words
    assert "assumption:military_parity_of_equipment" in inputs, "--why tells it too"


@pytest.mark.parametrize(
    ("parts", "more", "code", "named"),
    [
        ({**PARTS, "pay": part("40 %")}, [MOVED], "no-parity", "military_purchasing_power.pay.parity"),
        ({**PARTS, "pay": {}}, [MOVED], "no-parity", "military_purchasing_power.pay.share"),
        (PARTS, [], "missing-year", "2027 to 2029"),
    ],
)
def test_what_is_missing_for_military_parities_is_refused_by_name(parts, more, code, named):
    ensemble, (problem,) = military(parts, *more)

    assert (problem.code, problem.severity) == (code, "refusal")
    assert named in problem.message
    assert ensemble.series("spending_military_parity") == ()
    assert ensemble.series("spending")


def test_the_case_has_no_military_parities():
    wanted = {"stand_in": "market_rate", "reason": "none is published"}

    ensemble, (problem,) = project(standing_alone(military_purchasing_power=wanted), series(), LEDGER)

    assert (problem.code, problem.severity) == ("no-parity", "refusal")
    assert "military_purchasing_power.equipment.share" in problem.hint
    assert ensemble.series("spending_military_parity") == ()


def test_open_shares_go_where_they_are_worth_most_and_least_and_still_come_to_a_whole():
    """Pay is 35 to 45 % and equipment 30 to 40 %, operations 25 %. At the most pay is 45 and equipment 30:
    27 / 400 + 15 / 750 + 18 / 1050 trillions are 104.642857 billion; at the least 35 and 40: 95.357143.
    """
    span = {"pay": ("35 %", "45 %", "400 KRW"), "equipment": ("30 %", "40 %", "1050 KRW")}
    opened = {
        name: {
            **part("1 %", parity),
            "share": {"low": low, "high": high, "exact": True, "reference": REFERENCE},
        }
        for name, (low, high, parity) in span.items()
    }

    ensemble, problems = military({**PARTS, **opened}, MOVED)

    assert problems == []
    cell = ensemble.series("spending_military_parity")[0]
    assert (cell.central, *cell.box) == pytest.approx((100e9, 95.357143e9, 104.642857e9), rel=1e-5)


def test_shares_that_make_no_whole_are_a_fault():
    _, (problem,) = military({**PARTS, "pay": part("50 %", "400 KRW")}, MOVED)

    assert problem.code == "share-range"


# Defence prices


DEFENCE = {"drivers": {"defence_prices": {"actor": "KOR", "measure": "defence_prices", "edition": "test"}}}


def index(*values, actor="KOR"):
    points = [
        Point(2026 + t, Decimal(value), "Made up for a test", "row 1") for t, value in enumerate(values)
    ]
    return Series(actor, "defence_prices", "index 2026 = 100", "test", tuple(points))


def test_own_use_is_spending_over_defence_prices():
    """63 over 1.0500, 84 over 1.12 and 115.5 over 1.2: 60, 75 and 96.25 trillion won."""
    found = at_a_thousand(index("100", "105", "112", "120"))

    ensemble, problems = project(round_numbers(**DEFENCE), found)

    assert problems == []
    assert central(ensemble, "spending_own_use") == pytest.approx([60e12, 60e12, 75e12, 96.25e12], rel=1e-5)
    cell = ensemble.series("spending_own_use")[2]
    assert cell.unit == "KRW at 2026 defence prices"
    assert "series:KOR/defence_prices/test" in cell.inputs


def test_defence_prices_after_the_series_take_an_assumption():
    found = at_a_thousand(index("100", "105"))

    ensemble, (problem,) = project(round_numbers(**DEFENCE), found)
    rise = assumed("defence_inflation", "10 %", **{"from": 2028})
    whole, problems = project(round_numbers(rise, **DEFENCE), found)

    assert (problem.code, problem.severity) == ("missing-year", "refusal")
    assert "how defence prices rise in 2028 to 2029" in problem.message
    assert ensemble.series("spending_own_use") == ()
    assert problems == []
    # 84 over 1.05 x 1.1.
    assert central(whole, "spending_own_use")[2] == pytest.approx(72.727273e12, rel=1e-5)


def test_the_case_has_no_defence_prices():
    ensemble, (problem,) = project(standing_alone(**DEFENCE), series(), LEDGER)

    assert (problem.code, problem.severity) == ("missing-year", "refusal")
    assert "drivers.defence_prices" in problem.hint
    assert ensemble.series("spending_own_use") == ()


def test_a_floor_may_move_with_defence_prices():
    """A floor of 200 trillion won at the prices of 2026 is 210, 224 and 240."""
    row = {"label": "arms", "value": "200 tn KRW", "index": "defence_prices", "reference": REFERENCE}
    found = at_a_thousand(index("100", "105", "112", "120"))

    ensemble, problems = project(round_numbers(**DEFENCE, limits={"floor": [row]}), found)
    refused, (problem,) = project(round_numbers(limits={"floor": [row]}))

    assert problems == []
    assert central(ensemble, "spending")[1:] == pytest.approx([210e12, 224e12, 240e12], rel=1e-5)
    assert "series:KOR/defence_prices/test" in ensemble.series("spending")[1].inputs
    assert refused is None
    assert "drivers.defence_prices" in problem.hint


ABROAD = {
    "drivers": {"defence_prices_abroad": {"actor": "USA", "measure": "defence_prices", "edition": "test"}}
}


def keeping(currency, **changes):
    """A thousand soldiers at a hundred thousand a year each, in a currency."""
    cost = {"value": f"100000 {currency}", "exact": True, "reference": REFERENCE}
    nothing = {**cost, "value": f"0 {currency}"}
    troops = {
        "id": "usfk",
        "label": "American forces in Korea",
        "floor": "usa-troop-floor-in-korea",
        "levels": [{"from": 2026, "value": "28500 troops", "reason": "as many as the law asks for"}],
        "cost": {"direct": cost, "indirect": nothing, "overhead": nothing},
    }
    return round_numbers(troops=[troops], **changes)


def test_what_troops_cost_follows_defence_prices_where_the_case_gives_them():
    """2.85 billion won become 2.9925, 3.192 and 3.42; dollars 2.9355 in 2027, at 1,039.7059 won each."""
    at_home = at_a_thousand(index("100", "105", "112", "120"))
    abroad = at_a_thousand(index("100", "103", "106", "110", actor="USA"))

    won, _ = project(keeping("KRW", **DEFENCE), at_home)
    dollars, _ = project(keeping("USD", **ABROAD), abroad)

    assert central(won, "troop_cost:usfk") == pytest.approx([2.85e9, 2.9925e9, 3.192e9, 3.42e9], rel=1e-5)
    assert central(dollars, "troop_cost:usfk")[1] == pytest.approx(2.9355e9 * 1039.70588, rel=1e-5)
    assert "series:KOR/defence_prices/test" in won.series("troop_cost:usfk")[1].inputs
    assert "series:USA/defence_prices/test" in dollars.series("troop_cost:usfk")[1].inputs


def test_defence_prices_that_are_asked_for_and_missing_are_not_the_deflator():
    ensemble, (problem,) = project(keeping("USD", **ABROAD))

    assert (problem.code, problem.severity) == ("missing-year", "refusal")
    assert "drivers.defence_prices_abroad" in problem.hint
    assert ensemble.series("troop_cost:usfk") == ()
    assert ensemble.series("troops:usfk")


def substituted(**changes):
    """One battery bought in 2028 for 1 trillion won, and run for nothing."""
    numbers = {"quantity": "1", "replaced": "100 %", "price": "1 tn KRW", "running": "0 tn KRW",
               "start": "2028", "lead": "1 year", "life": "20 years"}  # fmt: skip
    given = {name: {"value": one, "exact": True, "reference": REFERENCE} for name, one in numbers.items()}
    row = {
        "function": "conventional-deterrence",
        "actor": "USA",
        "year": 2027,
        "reason": "a what-if",
        **given,
    }
    return round_numbers(withdrawals=[row], **changes)


def test_what_a_substitute_costs_follows_defence_prices():
    """1 trillion in 2028 is 1.12 by defence prices; by the deflator it is 1.1025."""
    found = at_a_thousand(index("100", "105", "112", "120"))

    by_defence, problems = project(substituted(**DEFENCE), found)
    by_deflator, _ = project(substituted())
    missing, (problem, *_) = project(substituted(**DEFENCE))

    assert problems == []
    assert central(by_defence, "substitution")[2] == pytest.approx(1.12e12, rel=1e-5)
    assert central(by_deflator, "substitution")[2] == pytest.approx(1.1025e12, rel=1e-5)
    assert "drivers.defence_prices" in problem.hint
    assert missing.series("substitution") == ()
    assert missing.withdrawals[0]["missing"] == ["defence prices"]
