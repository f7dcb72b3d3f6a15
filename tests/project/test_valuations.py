"""Spending in other prices and currencies, by hand: what is deflated where, and at which rate it is turned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from steelyard.project import project_scenario
from steelyard.project.ensemble import PROBABILITIES
from steelyard.project.prepared import prepare, run_of
from steelyard.project.replay import replayed
from steelyard.project.why import Asked
from steelyard.report.export.iamc import variable_name
from tests.project.samples import LEDGER, PROPOSED, SHARE, ledger_of, scenario, series, vocabulary

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
    return project_scenario(entry, ledger, vocabulary(), found or at_a_thousand(), draws=draws)


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
