"""Measures that need a table of one's own: components, contributions and neighbours, done by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.panel import load_panel
from steelyard.panel.measured import measure_panel
from steelyard.panel.measures.spatial import spatial_lag

VOCABULARY, _ = load_vocabulary()
HEADING = "actor,measure,item,prices,period,value,unit,edition,source"
FIVE = ("POL", "DEU", "FRA", "ITA", "ESP")


def cell(actor, measure, value, unit, *, item="", year=2024, edition="Own 2026"):
    prices = "current" if unit == "USD" else ""
    return f"{actor},{measure},{item},{prices},{year},{value},{unit},{edition},Typed for a test"


def measured(tmp_path, rows, *wanted, members="POL,DEU", years=(2024,)):
    path = tmp_path / "figures.csv"
    path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    panel = load_panel([path], VOCABULARY)
    assert panel.problems == ()
    return measure_panel(panel, members, years, VOCABULARY, wanted=wanted)


def middles(found, measure, year=2024):
    return {one.member: one.middle for one in found.rows if (one.measure, one.year) == (measure, year)}


def test_national_capability_is_the_mean_of_six_shares(tmp_path):
    """Poland has 1 of 4, 1 of 4, 1 of 4, 1 of 2, 1 of 2 and 3 of 4: (3 * 25 + 2 * 50 + 75) / 6 = 41.67 %."""
    rows = [
        cell(actor, measure, value, unit)
        for measure, unit, values in (
            ("population", "person", ("10e6", "30e6")),
            ("urban_population", "person", ("5e6", "15e6")),
            ("iron_and_steel_production", "tonne", ("1e6", "3e6")),
            ("energy_consumption", "tonne of coal equivalent", ("7e6", "7e6")),
            ("troops", "person", ("100000", "100000")),
            ("defence_spending", "USD", ("30e9", "10e9")),
        )
        for actor, value in zip(("POL", "DEU"), values, strict=True)
    ]

    found = measured(tmp_path, rows, "capability")

    assert middles(found, "capability")["POL"] == pytest.approx((3 * 25 + 2 * 50 + 75) / 6)
    assert found.problems == ()


def test_a_broad_burden_adds_aid_and_peacekeeping(tmp_path):
    rows = [
        cell("POL", "defence_spending", "30e9", "USD"),
        cell("POL", "foreign_aid", "4e9", "USD"),
        cell("POL", "peacekeeping", "0.25e9", "USD"),
        cell("DEU", "defence_spending", "90e9", "USD"),
    ]

    found = measured(tmp_path, rows, "broad-burden")

    (poland,) = found.rows
    assert (poland.member, poland.middle) == ("POL", 34.25e9)
    assert len(poland.origin) == 3
    # 29.5 + 3.5 + 0.245 to 30.5 + 4.5 + 0.255.
    assert (poland.low, poland.high) == (pytest.approx(33.245e9), pytest.approx(35.255e9))
    assert {problem.severity for problem in found.problems} == {"warning"}
    assert "DEU" in found.problems[0].message


def test_cash_capabilities_and_contributions_are_averaged(tmp_path):
    """Shares of Poland: 75 % of spending; equipment 6 of 7 billion; 1 of 4 of the deployed."""
    rows = [
        *(cell("POL", "defence_spending", "30e9", "USD"), cell("DEU", "defence_spending", "10e9", "USD")),
        cell("POL", "defence_spending_share", "20", "%", item="equipment"),
        cell("DEU", "defence_spending_share", "10", "%", item="equipment"),
        *(cell("POL", "troops_deployed", "100", "person"), cell("DEU", "troops_deployed", "300", "person")),
        *(cell("POL", "gdp", "600e9", "USD"), cell("DEU", "gdp", "400e9", "USD")),
        *(cell("POL", "population", "40e6", "person"), cell("DEU", "population", "40e6", "person")),
    ]

    found = measured(tmp_path, rows, "three-cs")

    index = (75 + 100 * 6 / 7 + 25) / 3
    assert middles(found, "three-cs")["POL"] == pytest.approx(index)
    # What is defended: 60 % of the product, 50 % of the people.
    assert middles(found, "three-cs:net")["POL"] == pytest.approx(index - 55)


def test_the_ranks_of_an_index_go_through_all_weights(tmp_path):
    """Poland has 75 % of spending and 20 % of troops: first where the weight of spending is over 6/11."""
    rows = [
        *(cell("POL", "defence_spending", "75e9", "USD"), cell("DEU", "defence_spending", "25e9", "USD")),
        *(cell("POL", "troops", "20000", "person"), cell("DEU", "troops", "80000", "person")),
    ]

    found = measured(tmp_path, rows, "burden-index")

    first, second = (middles(found, f"burden-index:rank-{rank}")["POL"] for rank in (1, 2))
    assert first == pytest.approx(5 / 11, abs=4 * math.sqrt(5 / 11 * 6 / 11 / 2000))
    assert first + second == pytest.approx(1)
    assert middles(found, "burden-index:any-weights") == middles(found, "burden-index")


def test_the_lorenz_curve_goes_from_the_least_burdened_to_the_most(tmp_path):
    """Germany bears 10 of 100 billion with 40 of 100 of the product, Poland the rest."""
    rows = [
        *(cell("POL", "defence_spending", "90e9", "USD"), cell("DEU", "defence_spending", "10e9", "USD")),
        *(cell("POL", "gdp", "600e9", "USD"), cell("DEU", "gdp", "400e9", "USD")),
    ]

    found = measured(tmp_path, rows, "lorenz")

    assert middles(found, "lorenz") == pytest.approx({"DEU": 10, "POL": 100})
    assert middles(found, "lorenz:along") == pytest.approx({"DEU": 40, "POL": 100})
    assert [one.member for one in found.rows if one.measure == "lorenz"] == ["DEU", "POL"]


def test_who_spends_nothing_is_left_out_of_the_regression_by_name(tmp_path):
    """Spending is the square of the product for the other three, so the slope is 2."""
    spent = {"POL": "1e6", "DEU": "100e6", "FRA": "10000e6", "ISL": "0e6"}
    product = {"POL": "1e9", "DEU": "10e9", "FRA": "100e9", "ISL": "30e9"}
    rows = [cell(actor, "defence_spending", value, "USD") for actor, value in spent.items()]
    rows += [cell(actor, "gdp", value, "USD") for actor, value in product.items()]

    found = measured(tmp_path, rows, "regression", members="POL,DEU,FRA,ISL", years=(2024,))

    assert middles(found, "regression")["all"] == pytest.approx(2)
    (left,) = (problem for problem in found.problems if problem.severity == "warning")
    assert left.message.startswith("ISL left out for 2024")


def neighbourly(pairs, **more):
    burdens = dict(zip(FIVE, ("4.12", "2.12", "2.06", "1.49", "1.28"), strict=True))
    products = dict(zip(FIVE, ("850e9", "4600e9", "3100e9", "2300e9", "1650e9"), strict=True))
    return [
        *(cell(actor, "defence_share_of_gdp", value, "% of GDP") for actor, value in burdens.items()),
        *(cell(actor, "gdp", value, "USD") for actor, value in products.items()),
        *(cell(one, "neighbour_weight", "1", "1", item=other, year=2014, **more) for one, other in pairs),
    ]


BORDERS = [
    *(("POL", "DEU"), ("DEU", "POL"), ("DEU", "FRA"), ("FRA", "DEU")),
    *(("FRA", "ITA"), ("ITA", "FRA"), ("FRA", "ESP"), ("ESP", "FRA")),
]


def test_the_reaction_to_neighbours_takes_the_weights_of_a_table(tmp_path):
    """The matrix is written out here; what the model gives for it is in measures/test_spatial.py."""
    found = measured(tmp_path, neighbourly(BORDERS), "spatial-lag", members=",".join(FIVE))

    weights = np.array(
        [[0, 1, 0, 0, 0], [1, 0, 1, 0, 0], [0, 1, 0, 1, 1], [0, 0, 1, 0, 0], [0, 0, 1, 0, 0]], dtype=float
    )
    products = np.log(np.array([850e9, 4600e9, 3100e9, 2300e9, 1650e9]))
    columns = np.stack([np.ones(5), products], axis=1)
    expected = spatial_lag(np.array([4.12, 2.12, 2.06, 1.49, 1.28]), columns, weights, FIVE)
    assert middles(found, "spatial-lag")["all"] == pytest.approx(expected.rho)
    assert middles(found, "spatial-lag:p")["all"] == pytest.approx(expected.p)
    row = next(one for one in found.rows if one.member == "all")
    assert any(text.startswith("neighbour_weight, 1 of 5 members (Own 2026)") for text in row.origin)


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        pytest.param(
            [], "needs weights that tell which members are neighbours (neighbour_weight)", id="none"
        ),
        pytest.param(BORDERS[2:], "no neighbour to POL", id="one alone"),
        pytest.param([*BORDERS, ("POL", "POL")], "its own neighbour: POL", id="its own"),
        pytest.param([*BORDERS, ("POL", "Germany")], "Germany, named as a neighbour", id="no actor"),
    ],
)
def test_weights_that_do_not_serve_are_refused_by_name(tmp_path, pairs, told):
    found = measured(tmp_path, neighbourly(pairs), "spatial-lag", members=",".join(FIVE))

    assert "all" not in {one.member for one in found.rows}
    (refusal,) = (problem for problem in found.problems if problem.severity == "refusal")
    assert refusal.code == "no-measure"
    assert told in refusal.message


def test_weights_hold_from_their_year_on(tmp_path):
    rows = [row.replace(",2014,1,1,", ",2025,1,1,") for row in neighbourly(BORDERS)]

    found = measured(tmp_path, rows, "spatial-lag", members=",".join(FIVE))

    assert found.rows == ()
    assert "no file has any that hold in 2024" in found.problems[0].message


def test_a_part_is_taken_of_its_own_publishers_whole(tmp_path):
    """SIPRI has newer spending, NATO the shares of equipment: 20 % of 30 and 10 % of 10 billion, 6 of 7."""
    rows = [
        cell("POL", "defence_spending", "30e9", "USD", edition="NATO 2024-06"),
        cell("DEU", "defence_spending", "10e9", "USD", edition="NATO 2024-06"),
        cell("POL", "defence_spending", "40e9", "USD", edition="SIPRI 2026-04"),
        cell("DEU", "defence_spending", "40e9", "USD", edition="SIPRI 2026-04"),
        cell("POL", "defence_spending_share", "20", "%", item="equipment", edition="NATO 2024-06"),
        cell("DEU", "defence_spending_share", "10", "%", item="equipment", edition="NATO 2024-06"),
    ]

    found = measured(tmp_path, rows, "equipment-spending-share", "spending")

    assert middles(found, "spending")["POL"] == 40e9
    assert middles(found, "equipment-spending-share")["POL"] == pytest.approx(100 * 6 / 7)


def test_a_part_without_its_whole_is_refused(tmp_path):
    rows = [
        cell("POL", "defence_spending", "40e9", "USD", edition="SIPRI 2026-04"),
        cell("POL", "defence_spending_share", "20", "%", item="equipment", edition="NATO 2024-06"),
    ]

    found = measured(tmp_path, rows, "equipment-spending-share")

    assert found.rows == ()
    assert "NATO 2024-06 has the part, but no defence_spending" in found.problems[-1].message


def test_the_broad_burden_is_tested_as_the_narrow_one(tmp_path):
    """Broad burdens are 1, 2, 4 and 3 % of 1, 2, 3 and 4 trillion: rho is 1 - 6 * 2 / (4 * 15) = 0.8."""
    figures = {
        "POL": ("1e12", "10.0e9", "0.0e9"),
        "DEU": ("2e12", "30.0e9", "10.0e9"),
        "FRA": ("3e12", "90.0e9", "30.0e9"),
        "ITA": ("4e12", "120.0e9", "0.0e9"),
    }
    rows = [
        cell(actor, measure, value, "USD")
        for actor, values in figures.items()
        for measure, value in zip(("gdp", "defence_spending", "foreign_aid"), values, strict=True)
    ]
    rows += [cell(actor, "peacekeeping", "0.0e9", "USD") for actor in figures]
    rows += [cell(actor, "population", "40e6", "person") for actor in figures]
    wanted = ("spearman-broad", "broad-burden-share", "concordance-broad")

    found = measured(tmp_path, rows, *wanted, members=",".join(figures))

    assert middles(found, "spearman-broad")["all"] == pytest.approx(0.8)
    # All bear 10 + 40 + 120 + 120 billion, Poland 10 of these 290.
    shares = middles(found, "broad-burden-share")
    assert shares["POL"] == pytest.approx(100 * 10 / 290)
    # Less (10 + 25) / 2, (20 + 25) / 2, (30 + 25) / 2 and (40 + 25) / 2 %: -14.1, -8.7, +13.9, +8.9.
    # By size +8.9 is second and +13.9 third, so their ranks sum to 5.
    assert middles(found, "concordance-broad")["all"] == 5
