"""What publishers.toml says of series and fiscal years, and actors of their currencies, holds together."""

from __future__ import annotations

import re

import pytest

from steelyard.core.vocabulary import Entry, load_vocabulary
from steelyard.panel.currencies import money_of
from steelyard.panel.listed import Listed, listed_series
from steelyard.panel.names import names_of

VOCABULARY, _ = load_vocabulary()
UNIT = re.compile(
    r"LCU|[A-Z]{3}|%|% of GDP|person|index|international dollar"
    r"|(LCU|[A-Z]{3}) per USD|USD per [A-Z]{3}|LCU per international dollar"
)
SERIES = [
    pytest.param(publisher, one, id=f"{publisher} {one.code}")
    for publisher in VOCABULARY.entries("publishers")
    for one in listed_series(names_of(VOCABULARY, publisher)).values()
]
STATES = [entry for entry in VOCABULARY.entries("actors").values() if entry.text("kind") == "state"]


@pytest.mark.parametrize(("publisher", "series"), SERIES)
def test_a_series_has_a_unit_of_the_panel(publisher: str, series: Listed):
    assert UNIT.fullmatch(series.unit)
    assert not series.of_the_year or series.is_local
    assert all(level > 0 for _, level in series.per_dollar)
    assert bool(series.told) == (publisher == "imf")


@pytest.mark.parametrize(("publisher", "series"), SERIES)
def test_money_has_prices_and_nothing_else_has(publisher: str, series: Listed):
    is_money = series.unit in ("LCU", "USD", "international dollar")

    assert bool(series.prices) == is_money


@pytest.mark.parametrize(("publisher", "series"), SERIES)
def test_the_years_of_another_series_are_those_of_one_that_is_listed(publisher: str, series: Listed):
    assert not series.years_of or series.years_of in listed_series(names_of(VOCABULARY, publisher))


@pytest.mark.parametrize("publisher", VOCABULARY.entries("publishers"))
def test_fiscal_years_and_names_are_those_of_actors(publisher: str):
    entry = VOCABULARY.entries("publishers")[publisher]
    actors = VOCABULARY.entries("actors")

    assert {*entry.table("fiscal_years")} <= {*actors}
    assert {str(actor) for actor in entry.table("names").values()} <= {*actors}


@pytest.mark.parametrize("actor", STATES, ids=lambda entry: entry.id)
def test_the_currencies_of_an_actor_do_not_overlap(actor: Entry):
    money = money_of(actor)

    assert money is not None
    for code, first, last in money.others:
        assert re.fullmatch(r"[A-Z]{3}", code)
        assert (first is None) != (last is None) or (first or 0) <= (last or 0)
        assert money.at(first or last or 0) == code
    assert len({money.at(year) for year in range(1900, 2100)}) == len(money.others) + 1
