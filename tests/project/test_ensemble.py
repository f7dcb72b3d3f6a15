"""Ensembles as data: every origin resolves, sizes stay small, and a million draws fit a small machine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from steelyard.project import project_scenario
from steelyard.project.ensemble import PROBABILITIES, Cell, Headline, Origin, Reach, plain
from tests.project.samples import LEDGER, scenario, series, vocabulary

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def ensemble():
    found, _ = project_scenario(scenario("linear-2035"), LEDGER, vocabulary(), series(), draws=200)
    return found


@pytest.fixture(scope="module")
def data(ensemble):
    return json.loads(json.dumps(ensemble.to_json(), allow_nan=False))


def test_each_row_of_a_series_names_an_origin_that_stands_beside(data):
    for row in data["series"]:
        origin = data["series_origins"][row["origin"]]
        assert origin["equation"]
        assert origin["inputs"]


def test_each_input_of_a_number_is_among_the_origins(data):
    known = {origin["id"] for origin in data["origins"]}
    asked = [one["inputs"] for one in data["series_origins"].values()]
    asked += [one["origin"]["inputs"] for one in data["headline"]]

    assert {name for names in asked for name in names} <= known


def test_no_origin_is_listed_twice_or_for_nothing(data):
    names = [origin["id"] for origin in data["origins"]]
    used = {name for one in data["series_origins"].values() for name in one["inputs"]}
    used |= {name for one in data["headline"] for name in one["origin"]["inputs"]}

    assert len(set(names)) == len(names)
    assert set(names) <= used


def test_inputs_are_not_repeated_in_every_row(data):
    """The list of inputs would be more than half of the file."""
    assert max(len(json.dumps(row)) for row in data["series"]) < 900


def test_a_variable_has_a_row_for_each_year(ensemble):
    for variable in ensemble.variables:
        assert [cell.year for cell in ensemble.series(variable)] == list(range(2026, 2036)), variable


def test_a_variable_that_there_is_not_has_no_cells(ensemble):
    assert ensemble.series("tanks") == ()
    assert ensemble.number("x_tanks") is None
    assert ensemble.origin("claim:none") is None


def test_real_amounts_are_at_prices_of_the_base_year_and_foreign_ones_in_dollars(ensemble):
    units = {cell.variable: cell.unit for cell in ensemble.cells}

    assert units["spending_real"] == units["difference_cumulative_real"] == "KRW at 2026 prices"
    assert units["extra_cumulative_discounted"] == "KRW at 2026 prices, discounted to 2026"
    assert units.pop("spending_real_foreign") == "USD at 2026 prices"
    assert {unit for name, unit in units.items() if name.endswith("_foreign")} == {"USD"}
    assert units["share"] == "% of GDP"


def test_what_is_real_is_nominal_over_prices_in_every_year(ensemble):
    """Without shocks prices are the same for every variable, so their ratios are one series."""
    deflators = {
        name: [
            top.central / below.central
            for top, below in zip(ensemble.series(name), ensemble.series(f"{name}_real"), strict=True)
            if below.central
        ]
        for name in ("spending", "extra", "difference")
    }

    assert deflators["spending"][0] == 1
    assert deflators["extra"] == pytest.approx(deflators["spending"][1:], rel=1e-4)
    assert deflators["difference"] == pytest.approx(deflators["extra"], rel=1e-4)


def test_costs_added_up_are_the_sum_of_the_years(ensemble):
    for name in ("extra", "difference"):
        total = 0.0
        for year, sums in zip(ensemble.series(name), ensemble.series(f"{name}_cumulative"), strict=True):
            total += year.central
            assert sums.central == pytest.approx(total, rel=1e-4, abs=1.0)


def test_whole_numbers_have_no_point_and_empty_texts_are_null():
    origin = Origin("claim:1", "claim", "budget").to_json()

    assert plain(46.0) == 46
    assert isinstance(plain(46.0), int)
    assert plain(46.5) == 46.5
    assert {origin[key] for key in ("value", "unit", "layer", "reference")} == {None}


def test_a_number_without_draws_has_no_quantiles():
    number = Headline("x", "x", "USD", 1.0, 0.0, 2.0, "x = 1", ("claim:1",)).to_json()

    assert number["quantiles"] is None
    assert number["year"] is None


def test_a_chance_whose_range_is_not_known_says_so():
    assert Reach(2030, 0.5, 0.4, 0.6, 0.1).to_json()["kept_low"] is None
    assert Reach(2030, 0.5, 0.4, 0.6, 0.1, 0.0, 0.2).to_json()["kept_high"] == 0.2


def test_a_cell_names_its_quantiles_by_probability():
    fan = tuple(float(one) for one in range(5))
    cell = Cell("gdp", "KRW", 2030, 2.0, (1.0, 3.0), fan, tuple((one, one) for one in fan), "Y", ())

    row = cell.to_json()

    assert row["quantiles"] == {"0.05": 0, "0.25": 1, "0.5": 2, "0.75": 3, "0.95": 4}
    assert row["quantile_boxes"]["0.5"] == {"low": 2, "high": 2}
    assert len(PROBABILITIES) == 5


MEMORY = """
import resource
from steelyard.project import project_scenario
from tests.project.samples import LEDGER, scenario, series, vocabulary

base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
project_scenario(scenario(), LEDGER, vocabulary(), series(), draws=100_000)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1024)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="sizes are counted in other units there")
def test_draws_take_little_memory():
    """A hundred thousand draws over nine years are 36 MB of paths; a million then stay below a gigabyte."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert float(done.stdout) < 90
