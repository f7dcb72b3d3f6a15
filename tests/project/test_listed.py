"""A national plan in money, held against what was published of it; and floors that move."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from steelyard.core.interval import Interval
from steelyard.project import project_scenario
from steelyard.project.listed import between
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

REFERENCE = {"title": "Defence plan", "publisher": "A newspaper", "date": date(2025, 9, 3)}
# The ministry's path to 3.5 % as JoongAng Daily printed it on 2025-09-03: trillion won, percent of GDP.
PATH = {2027: ("71.4", "2.54"), 2029: ("82.8", "2.76"), 2032: ("103.5", "3.12"), 2035: ("128.4", "3.50")}
AMOUNTS = [{"year": year, "value": f"{amount} tn KRW"} for year, (amount, _) in PATH.items()]
RULE = {
    "kind": "listed-amounts",
    "amounts": AMOUNTS,
    "between": "equal-rates",
    "reference": REFERENCE,
}
EXACT = ledger_of(
    PROPOSED.changed(low=PROPOSED.value, high=PROPOSED.value),
    SHARE.changed(low=SHARE.value, high=SHARE.value),
)


def project(rule=RULE, ledger=LEDGER, draws=200, **changes):
    return project_scenario(standing_alone(rule=rule, **changes), ledger, vocabulary(), series(), draws=draws)


def central(ensemble, variable):
    return {cell.year: cell.central for cell in ensemble.series(variable)}


# The ministry's path


def implied_gdp(year):
    amount, share = (Interval.as_written(text) for text in PATH[year])
    return amount / share.scaled(Interval.exactly("0.01").low)


def test_the_ministrys_amounts_and_shares_imply_the_growth_that_it_states():
    """Stated: GDP grows by 2.7 to 3.4 % a year. Each stretch of the path allows it within its rounding."""
    start = Interval.as_written("66.2947") / Interval.as_written("2.42").scaled(Interval.exactly("0.01").low)
    levels = {2026: start, **{year: implied_gdp(year) for year in PATH}}

    years = sorted(levels)
    for before, after in pairwise(years):
        ratio, span = levels[after] / levels[before], after - before
        low, high = (float(end) ** (1 / span) - 1 for end in (ratio.low, ratio.high))
        assert low <= 0.0345, (before, after)
        assert high >= 0.0265, (before, after)


def test_the_average_growth_of_the_budget_that_it_states_does_not_fit():
    """Stated: 7.7 % a year from 2027. From the proposal for 2026 on it is 7.62 %, from 71.4 on 7.6."""
    whole = Interval.as_written("128.4") / Interval.as_written("66.2947")
    later = Interval.as_written("128.4") / Interval.as_written("71.4")

    nine, eight = (
        [100 * (float(end) ** (1 / span) - 1) for end in (ratio.low, ratio.high)]
        for ratio, span in ((whole, 9), (later, 8))
    )
    assert nine == pytest.approx([7.616, 7.626], abs=0.002)
    assert eight == pytest.approx([7.60, 7.62], abs=0.02)
    assert max(*nine, *eight) < 7.65, "the printed 7.7 leaves 7.65 to 7.75 open"


def test_the_plan_is_carried_out_in_money_whatever_the_economy_does():
    ensemble, problems = project()

    assert problems == []
    spent = {cell.year: cell for cell in ensemble.series("spending")}
    for year, (amount, _) in PATH.items():
        assert spent[year].central == pytest.approx(float(amount) * 1e12)
        assert spent[year].quantiles[0] == pytest.approx(spent[year].quantiles[-1])
    assert spent[2028].central == pytest.approx((71.4 * 82.8) ** 0.5 * 1e12, rel=1e-5)


def test_with_the_forecasts_slower_growth_the_plan_overshoots_its_share():
    """The World Economic Outlook has GDP grow by about 4 % a year in won, the deflator included."""
    ensemble, _ = project()

    shares, gdp = central(ensemble, "share"), central(ensemble, "gdp")
    assert shares[2035] == pytest.approx(128.4e14 / gdp[2035], rel=1e-5)
    reach = {one.year: one.value for one in ensemble.reach}
    assert 0 < reach[2035] <= 1


def test_between_two_years_the_way_is_by_equal_steps_or_equal_rates():
    assert between({2026: 100.0, 2028: 121.0}, [2027, 2028], rates=False) == pytest.approx([110.5, 121.0])
    assert between({2026: 100.0, 2028: 121.0}, [2027, 2028], rates=True) == pytest.approx([110.0, 121.0])


@pytest.mark.parametrize(
    ("rule", "code", "severity"),
    [
        pytest.param({"between": None}, "missing-year", "refusal", id="a gap"),
        pytest.param({"amounts": AMOUNTS[:2]}, "missing-year", "refusal", id="ends before the horizon"),
        pytest.param({"reference": None}, "missing-key", "error", id="no source"),
        pytest.param(
            {"amounts": [*AMOUNTS, {"year": 2040, "value": "150 tn KRW"}]},
            "rule-numbers",
            "error",
            id="late",
        ),
        pytest.param(
            {"amounts": [{"year": 2035, "value": "128 bn USD"}]},
            "unit-mismatch",
            "error",
            id="another currency",
        ),
        pytest.param({"amounts": [{"year": 2035, "value": "much"}]}, "unit-mismatch", "error", id="words"),
        pytest.param({"amounts": None}, "missing-key", "error", id="no amounts"),
    ],
)
def test_a_faulty_list_is_told(rule, code, severity):
    table = {key: value for key, value in {**RULE, **rule}.items() if value is not None}

    ensemble, problems = project(table)

    assert ensemble is None
    assert (code, severity) in {(problem.code, problem.severity) for problem in problems}


# Floors that move


def floor(*lines, ledger=EXACT, **changes):
    rows = [{"label": "contracted", "exact": True, "reference": REFERENCE, **line} for line in lines]
    ensemble, problems = project({"kind": "constant-share"}, ledger, limits={"floor": rows}, **changes)
    assert problems == []
    return ensemble


def test_a_line_may_move_with_prices():
    """80 trillion at the prices of 2026, above any constant share until 2030."""
    ensemble = floor({"value": "80 tn KRW", "index": "prices"})

    nominal, real = central(ensemble, "spending"), central(ensemble, "spending_real")
    assert [real[year] for year in (2027, 2028, 2029)] == pytest.approx([80e12] * 3, rel=1e-5)
    assert nominal[2029] > nominal[2028] > 80e12


def test_a_line_may_move_with_the_exchange_rate():
    """60 billion dollars a year: 85.3 trillion won at 1,421.4, whatever the rate becomes."""
    ensemble = floor({"value": "60 bn USD", "index": "exchange_rate"})

    abroad = central(ensemble, "spending_foreign")
    assert [abroad[year] for year in (2027, 2028)] == pytest.approx([60e9] * 2, rel=1e-5)
    cell = ensemble.series("spending")[1]
    assert cell.quantiles[-1] > 1.05 * cell.quantiles[2]


def test_a_line_may_move_with_consumer_prices_and_grow_in_real_terms():
    """Pay of 80 trillion, up by consumer prices and 1 % on top: 80 x 120.944 / 118.605 x 1.01 in 2027."""
    drivers = {"consumer_prices": {"actor": "KOR", "measure": "consumer_prices", "edition": "WEO 2025-10"}}
    rise = [
        {"variable": "consumer_inflation", "from": 2031, "to": 2035, "value": "2.0 %", "reason": "as in 2030"}
    ]
    kept = [
        row
        for row in scenario("constant-share").data["assumptions"]
        if row["variable"] != rise[0]["variable"]
    ]

    ensemble = floor(
        {"value": "80 tn KRW", "index": "consumer_prices", "real_growth": "1 %"},
        drivers=drivers,
        assumptions=[*kept, *rise],
    )

    spent = central(ensemble, "spending")
    assert spent[2027] == pytest.approx(80e12 * 120.944 / 118.605 * 1.01, rel=1e-5)
    assert spent[2028] == pytest.approx(80e12 * 123.363 / 118.605 * 1.01**2, rel=1e-5)


def test_without_consumer_prices_such_a_line_is_refused():
    row = {"label": "pay", "value": "80 tn KRW", "index": "consumer_prices", "reference": REFERENCE}
    kept = [
        row
        for row in scenario("constant-share").data["assumptions"]
        if row["variable"] != "consumer_inflation"
    ]

    ensemble, problems = project({"kind": "constant-share"}, limits={"floor": [row]}, assumptions=kept)

    assert ensemble is None
    assert [(one.code, one.severity) for one in problems] == [("missing-year", "refusal")]


def test_lines_that_move_each_in_their_way_are_added_up():
    lines = [
        {"value": "40 tn KRW"},
        {"value": "30 tn KRW", "index": "prices"},
        {"value": "10 bn USD", "index": "exchange_rate"},
    ]

    ensemble = floor(*lines)

    spent, rates = central(ensemble, "spending"), central(ensemble, "spending_foreign")
    prices = spent[2027] / central(ensemble, "spending_real")[2027]
    rate = spent[2027] / rates[2027]
    assert spent[2027] == pytest.approx(40e12 + 30e12 * prices + 10e9 * rate, rel=1e-5)


def test_a_pledge_may_be_part_of_the_floor():
    """2 billion dollars of arms in 2027 on top of 75 trillion contracted."""
    arms = {
        "id": "arms",
        "label": "arms",
        "parameter": "kor-arms-purchase-pledge",
        "from": 2026,
        "to": 2030,
        "commitments": "uniform",
        "outlays": ["15 %", "25 %", "25 %", "20 %", "15 %"],
        "prices": "current",
        "reason": "even",
    }
    rows = [
        {"label": "contracted", "value": "75 tn KRW", "exact": True, "reference": REFERENCE},
        {"label": "American arms", "pledge": "arms"},
    ]

    ensemble, problems = project({"kind": "constant-share"}, EXACT, pledges=[arms], limits={"floor": rows})

    assert problems == []
    paid = central(ensemble, "pledge_outlay:arms")[2027]
    assert central(ensemble, "spending")[2027] == pytest.approx(75e12 + paid, rel=1e-5)


def test_a_pledge_that_there_is_not_is_told():
    rows = [{"label": "American arms", "pledge": "ships"}]

    ensemble, problems = project({"kind": "constant-share"}, limits={"floor": rows})

    assert ensemble is None
    assert [one.code for one in problems] == ["unknown-id"]


def test_money_of_the_wrong_country_does_not_follow_the_exchange_rate():
    rows = [{"label": "x", "value": "60 tn KRW", "index": "exchange_rate", "reference": REFERENCE}]

    _, problems = project({"kind": "constant-share"}, limits={"floor": rows})

    assert "unit-mismatch" in {one.code for one in problems}
