"""Ledgers and scenarios to pandas, polars, xarray and Arrow and back; none of them loses anything."""

from __future__ import annotations

from decimal import Decimal

import arro3.core
import numpy
import pandas
import polars
import pytest
import xarray
from hypothesis import given, settings

import steelyard as sy
from steelyard.core.columns import plain_value
from tests.report.korea import korea
from tests.report.samples import results
from tests.strategies import ledgers

BY_PANDAS = [
    pytest.param(lambda ledger: sy.Ledger.from_columns(pandas.DataFrame(ledger.to_columns())), id="columns"),
    pytest.param(
        lambda ledger: sy.Ledger.from_dicts(pandas.DataFrame(ledger.to_dicts()).to_dict("records")), id="rows"
    ),
    pytest.param(
        lambda ledger: sy.Ledger.from_columns(pandas.DataFrame(ledger.to_columns()).convert_dtypes()),
        id="its own types",
    ),
]
BY_POLARS = [
    pytest.param(lambda ledger: sy.Ledger.from_columns(polars.DataFrame(ledger.to_columns())), id="columns"),
    pytest.param(
        lambda ledger: sy.Ledger.from_dicts(polars.DataFrame(ledger.to_columns()).to_dicts()), id="rows"
    ),
    pytest.param(lambda ledger: sy.ledger_from_arrow(polars.DataFrame(sy.to_arrow(ledger))), id="Arrow"),
    pytest.param(lambda ledger: sy.Ledger.from_columns(polars.DataFrame(sy.to_arrow(ledger))), id="to Arrow"),
]
BY_ARROW = [
    pytest.param(lambda ledger: sy.ledger_from_arrow(sy.to_arrow(ledger)), id="at once"),
    pytest.param(
        lambda ledger: sy.ledger_from_arrow(arro3.core.Table.from_arrow(sy.to_arrow(ledger))), id="arro3"
    ),
]


@pytest.mark.parametrize("there_and_back", [*BY_PANDAS, *BY_POLARS, *BY_ARROW])
def test_the_claims_of_a_case_come_back_as_they_were(there_and_back):
    ledger = korea().ledger

    assert there_and_back(ledger) == ledger


@settings(max_examples=20)
@given(ledgers())
def test_any_ledger_comes_back_from_rows_and_columns(ledger):
    assert sy.Ledger.from_dicts(ledger.to_dicts()) == ledger
    assert sy.Ledger.from_columns(ledger.to_columns()) == ledger


@settings(max_examples=10)
@given(ledgers())
def test_any_ledger_comes_back_from_pandas(ledger):
    """Where a column of pandas has a number that is none, the claim says nothing."""
    assert sy.Ledger.from_columns(pandas.DataFrame(ledger.to_columns())) == ledger


@settings(max_examples=10)
@given(ledgers())
def test_any_ledger_comes_back_from_arrow(ledger):
    assert sy.ledger_from_arrow(polars.DataFrame(sy.to_arrow(ledger))) == ledger


def test_a_column_has_one_type():
    """46.1 billion is a whole number and 8.2 is not; a frame of typed columns takes floats for both."""
    ledger, _ = sy.read_document("Its 2026 budget was $46.1 billion, 8.2% more.", date="2026-01-24")

    columns = ledger.to_columns()

    assert columns["value"] == [46.1e9, 8.2]
    assert {type(value) for value in columns["value"]} == {float}


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        pytest.param(float("nan"), None, id="a number that is none"),
        pytest.param(pandas.NA, None, id="what pandas has for none"),
        pytest.param(pandas.NaT, None, id="a day that is none"),
        pytest.param(numpy.float64(8.2), 8.2, id="a float of numpy"),
        pytest.param(numpy.int64(145), 145, id="a whole number of numpy"),
        pytest.param(numpy.bool_(True), True, id="a truth of numpy"),
        pytest.param(numpy.array(["a", "b"]), ["a", "b"], id="an array"),
        pytest.param(polars.Series(["a"]), ["a"], id="a series"),
        pytest.param(("a", float("nan")), ["a", None], id="a tuple"),
        pytest.param("NaN", "NaN", id="a word"),
    ],
)
def test_wrapped_values_become_plain_ones(value, plain):
    found = plain_value(value)

    assert found == plain
    assert type(found) is type(plain)


def test_a_row_that_is_no_claim_is_told_by_its_number():
    rows = korea().ledger.to_dicts()[:3]
    rows[1]["low"] = "much"

    with pytest.raises(ValueError, match="row 2: low is not a number"):
        sy.Ledger.from_dicts(rows)


def test_columns_of_different_length_are_told():
    with pytest.raises(ValueError, match="id 2, kind 1"):
        sy.Ledger.from_columns({"id": ["a", "b"], "kind": ["figure"]})


def test_the_numbers_of_a_frame_are_those_of_the_text():
    """46.1 stands for 46.05 to 46.15."""
    ledger, _ = sy.read_document("South Korea's 2026 defence budget is $46.1 billion.", date="2026-01-24")

    frame = polars.DataFrame(sy.to_arrow(ledger))

    assert frame["low"].to_list() == [46.05e9]
    assert frame["high"].to_list() == [46.15e9]
    assert ledger[0].low == Decimal("46.05e9")


def test_a_stream_may_be_read_twice_and_outlives_nothing_that_it_needs():
    table = sy.to_arrow(korea().ledger)

    first, second = (arro3.core.Table.from_arrow(table) for _ in range(2))
    del table

    assert first.num_rows == second.num_rows == len(korea().ledger)


def scenarios():
    """Those of Korea, and a small one made by hand, whose cells have no errors."""
    return [*korea().ensembles, *results().ensembles]


@pytest.mark.parametrize(
    "there_and_back",
    [
        pytest.param(lambda one: one.with_columns(one.to_columns()), id="columns"),
        pytest.param(lambda one: one.with_columns(pandas.DataFrame(one.to_columns())), id="pandas"),
        pytest.param(lambda one: one.with_columns(polars.DataFrame(one.to_columns())), id="polars"),
        pytest.param(lambda one: one.with_columns(polars.DataFrame(sy.to_arrow(one))), id="Arrow"),
        pytest.param(lambda one: sy.Ensemble.from_xarray_dict(one.to_xarray_dict()), id="labelled"),
        pytest.param(
            lambda one: sy.Ensemble.from_xarray_dict(
                xarray.Dataset.from_dict(one.to_xarray_dict()).to_dict()
            ),
            id="xarray",
        ),
    ],
)
def test_a_scenario_comes_back_as_it_was(there_and_back):
    for ensemble in scenarios():
        assert there_and_back(ensemble) == ensemble


def test_labels_lead_to_the_numbers_of_the_scenario():
    ensemble = next(one for one in korea().ensembles if one.scenario == "linear-2035")
    last = ensemble.series("share")[-1]

    dataset = xarray.Dataset.from_dict(ensemble.to_xarray_dict())

    assert float(dataset["share"].sel(year=2035, quantile=0.5)) == last.quantiles[2]
    assert dataset["share_box"].sel(year=2035).values.tolist() == list(last.box)
    assert dataset["share"].attrs["units"] == "% of GDP"
    assert dataset.attrs["seed"] == ensemble.seed


@pytest.mark.parametrize("data", [{}, {"attrs": {}}, {"attrs": {"scenario_json": "{}"}, "coords": {}}])
def test_what_is_no_scenario_is_refused(data):
    with pytest.raises(ValueError, match="no scenario"):
        sy.Ensemble.from_xarray_dict(data)


def test_a_table_without_a_column_is_refused_by_its_name():
    ensemble = results().ensembles[0]
    columns = ensemble.to_columns()
    del columns["q50"]

    with pytest.raises(ValueError, match="q50"):
        ensemble.with_columns(columns)
