"""Exchange rates of the Federal Reserve: by country name and by series code, by year, month and day."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from steelyard.core.vocabulary import Vocabulary, load_vocabulary
from steelyard.panel import load_file
from steelyard.panel.observations import Loaded

NAMED = "Date,Country,Exchange rate"


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary()[0]


def loaded(folder: Path, *rows: str) -> Loaded:
    path = folder / "rates.csv"
    path.write_text("".join(f"{line}\n" for line in rows), encoding="utf-8")
    return load_file(path, vocabulary())


def faults(found: Loaded) -> list[tuple[str, int]]:
    return [(one.code, one.origin.line) for one in found.problems]


def test_a_rate_by_year_is_one_observation(tmp_path):
    found = loaded(tmp_path, NAMED, "2024-01-01,South Korea,1363.4381", "2025-01-01,South Korea,1421.3963")

    first, second = found.observations
    assert (first.actor, first.year, first.unit) == ("KOR", 2024, "KRW per USD")
    assert (second.low, second.high) == (Decimal("1421.39625"), Decimal("1421.39635"))
    assert (second.edition, second.place.line, second.notes) == ("H.10 to 2025", 3, ())


@pytest.mark.parametrize(
    ("year", "those", "others"),
    [
        pytest.param(1999, {"DEU", "FRA", "FIN"}, {"GRC", "SVN", "HRV"}, id="the first eleven"),
        pytest.param(2001, {"DEU", "GRC"}, {"SVN", "EST"}, id="Greece"),
        pytest.param(2022, {"DEU", "LTU"}, {"HRV", "BGR"}, id="before Croatia"),
        pytest.param(2023, {"DEU", "HRV"}, {"BGR", "POL"}, id="Croatia"),
        pytest.param(2026, {"DEU", "BGR"}, {"POL"}, id="Bulgaria"),
    ],
)
def test_the_rate_of_the_euro_is_that_of_whoever_paid_with_it(tmp_path, year, those, others):
    rows = ("2008-01-01,Euro,0.6791", *([f"{year}-01-01,Euro,0.9"] if year != 2008 else []))
    found = {one.actor for one in loaded(tmp_path, NAMED, *rows).observations if one.year == year}

    assert those <= found
    assert not others & found


def test_twelve_months_give_their_mean(tmp_path):
    """From 1,301 to 1,312 by one a month: 1,306.5. The thirteenth month is of another year."""
    months = [f"2023-{month:02}-01,South Korea,{1300 + month}" for month in range(1, 13)]
    found = loaded(tmp_path, NAMED, *months, "2024-01-01,South Korea,1320")

    (one,) = found.observations
    assert (one.year, one.value, one.low, one.high) == (
        2023,
        Decimal("1306.5"),
        Decimal("1306"),
        Decimal("1307"),
    )
    assert one.notes == ("The mean of twelve months, lines 2 to 13.",)
    assert one.edition == "H.10 to 2024-01"
    assert found.file is not None
    assert any("South Korea 2024" in text for text in found.file.left)


def test_eleven_months_give_nothing(tmp_path):
    months = [f"2023-{month:02}-01,South Korea,1300" for month in range(1, 12)]

    assert not loaded(tmp_path, NAMED, *months).observations


def test_days_give_no_mean(tmp_path):
    found = loaded(
        tmp_path, "observation_date,DEXKOUS", "2024-01-02,1307.96", "2024-01-03,.", "2024-01-04,1310.2"
    )

    assert not found.observations
    assert found.file is not None
    assert any("daily" in text for text in found.file.left)


@pytest.mark.parametrize(
    ("code", "rate", "actor", "unit"),
    [
        pytest.param("DEXKOUS", "1363.44", "KOR", "KRW per USD", id="won per dollar"),
        pytest.param("AEXKOUS", "1363.44", "KOR", "KRW per USD", id="the same by year"),
        pytest.param("DEXUSEU", "1.0820", "DEU", "USD per EUR", id="dollars per euro"),
        pytest.param("AEXUSUK", "1.2781", "GBR", "USD per GBP", id="dollars per pound"),
        pytest.param("DEXJPUS", "151.46", "JPN", "JPY per USD", id="yen per dollar"),
    ],
)
def test_a_series_code_says_the_direction(tmp_path, code, rate, actor, unit):
    found = loaded(tmp_path, f"observation_date,{code}", f"2024-01-01,{rate}")

    ours = [one for one in found.observations if one.actor == actor]
    assert [(one.value, one.unit) for one in ours] == [(Decimal(rate), unit)]
    assert not found.problems


def test_several_series_stand_side_by_side(tmp_path):
    found = loaded(tmp_path, "DATE,AEXKOUS,AEXJPUS,AEXQQUS", "2024-01-01,1363.44,151.46,7")

    assert [(one.actor, one.place.key) for one in found.observations] == [
        ("KOR", "AEXKOUS"),
        ("JPN", "AEXJPUS"),
    ]
    assert found.file is not None
    assert any("AEXQQUS" in text for text in found.file.left)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((NAMED, "2008-01-01,Euro,1.4726"), id="dollars per euro where all are per dollar"),
        pytest.param((NAMED, "2008-01-01,South Korea,0.00091"), id="dollars per won"),
        pytest.param((NAMED, "2023-01-01,South Korea,0.00077"), id="a year without a known mean"),
        pytest.param(("observation_date,AEXUSEU", "2008-01-01,0.6791"), id="euros per dollar under its code"),
        pytest.param((NAMED, "2008-01-01,Japan,1098.71"), id="the won under Japan"),
        pytest.param((NAMED, "2024-01-01,Euro,0.95"), id="near one, nothing tells"),
    ],
)
def test_rates_of_another_direction_are_refused(tmp_path, rows):
    found = loaded(tmp_path, *rows)

    assert faults(found) == [("rate-direction", 2)]
    assert not found.observations


def test_a_rate_that_moved_far_over_the_years_is_not_refused(tmp_path):
    """Brazil in 2025, 5.6, is three times its 1.83 of 2008; the nearest known year counts."""
    found = loaded(tmp_path, NAMED, "2025-01-01,Brazil,5.5889")

    assert [one.actor for one in found.observations] == ["BRA"]


def test_a_place_without_an_actor_is_told(tmp_path):
    found = loaded(tmp_path, NAMED, "2008-01-01,Hong Kong,7.7862", "2008-01-01,Atlantis,2")

    assert found.file is not None
    assert found.file.unknown == ("Hong Kong (HKD)",)
    assert any("Atlantis" in text for text in found.file.left)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param("2024-01-01,South Korea,1 363", ("not-a-number", 3), id="text for a number"),
        pytest.param("2024-01-01,South Korea,-1363", ("not-a-number", 3), id="below zero"),
        pytest.param("2024-01-01,South Korea,0", ("not-a-number", 3), id="zero"),
        pytest.param("2024,South Korea,1363", ("not-a-year", 3), id="a year for a day"),
        pytest.param("2023-01-01,South Korea,1306", ("duplicate-row", 3), id="a day twice"),
        pytest.param("2024-01-01,South Korea", ("broken-row", 3), id="a cell is missing"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path, row, expected):
    found = loaded(tmp_path, NAMED, "2023-01-01,South Korea,1306", row)

    assert faults(found) == [expected]
    assert [one.year for one in found.observations] == [2023]
