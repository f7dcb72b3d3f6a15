"""Tables of one's own become observations."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from steelyard.core.vocabulary import Vocabulary, load_vocabulary
from steelyard.panel import load_file
from steelyard.panel.observations import Loaded

HEADING = "actor,measure,period,value,unit,edition,source,prices,status,definition,locator,item"
END = "MND 2026,Defence white paper"


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary()[0]


def loaded(folder: Path, *rows: str, heading: str = HEADING) -> Loaded:
    path = folder / "own.csv"
    path.write_text("".join(f"{line}\n" for line in (heading, *rows)), encoding="utf-8")
    return load_file(path, vocabulary())


def row(
    period: str = "2025", value: str = "61.25e12", unit: str = "KRW", actor: str = "KOR", more: str = ",,,,"
) -> str:
    return f"{actor},defence_spending,{period},{value},{unit},{END},{more}"


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        pytest.param("61.25e12", "61245000000000", "61255000000000", id="two decimals of a trillion"),
        pytest.param("61e12", "60500000000000", "61500000000000", id="whole trillions"),
        pytest.param("61250000000000", "61249999999999.5", "61250000000000.5", id="every digit written"),
        pytest.param("-0.5", "-0.55", "-0.45", id="below zero"),
    ],
)
def test_an_interval_is_half_of_the_last_written_digit(tmp_path, value, low, high):
    (one,) = loaded(tmp_path, row(value=value)).observations

    assert (one.value, one.low, one.high) == (Decimal(value), Decimal(low), Decimal(high))


def test_every_column_is_kept(tmp_path):
    found = loaded(tmp_path, row(more="constant:2024,estimate,nato,table 3,equipment"))

    (one,) = found.observations
    assert (one.publisher, one.edition, one.source) == ("own", "MND 2026", "Defence white paper, table 3")
    assert (one.prices, one.status, one.definition, one.item) == (
        "constant:2024",
        "estimate",
        "nato",
        "equipment",
    )
    assert one.place.line == 2
    assert found.file is not None
    assert found.file.edition == "MND 2026"


@pytest.mark.parametrize(
    ("actor", "period", "year", "fiscal"),
    [
        pytest.param("USA", "FY2026", 2025, True, id="named after its end"),
        pytest.param("JPN", "FY2026", 2026, True, id="named after its start"),
        pytest.param("KOR", "FY2026", 2026, False, id="from January, a calendar year"),
        pytest.param("USA", "2026", 2026, False, id="a calendar year"),
    ],
)
def test_a_fiscal_year_is_told_by_the_year_in_which_it_begins(tmp_path, actor, period, year, fiscal):
    (one,) = loaded(tmp_path, row(period=period, actor=actor, unit="USD")).observations

    assert (one.year, one.fiscal) == (year, fiscal)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(row(unit="bn KRW"), "unknown-unit", id="a scale in the unit"),
        pytest.param(row(unit="KRW;USD"), "unknown-unit", id="two currencies"),
        pytest.param(row(value="61,25"), "broken-row", id="a comma in the number"),
        pytest.param(row(value="about 61"), "not-a-number", id="text for a number"),
        pytest.param(row(period="2025/26"), "not-a-year", id="a split year"),
        pytest.param(row(more=",estimated,,,"), "unknown-choice", id="an unknown status"),
    ],
)
def test_a_fault_is_told_with_its_line_and_the_rest_kept(tmp_path, text, code):
    found = loaded(tmp_path, text, row(period="2024"))

    assert [(one.code, one.origin.line) for one in found.problems] == [(code, 2)]
    assert [one.year for one in found.observations] == [2024]


def test_a_year_twice_is_told(tmp_path):
    found = loaded(tmp_path, row(), row(value="62e12"))

    assert [(one.code, one.origin.line) for one in found.problems] == [("duplicate-row", 3)]


def test_an_actor_that_nobody_knows_is_told(tmp_path):
    found = loaded(tmp_path, row(actor="XYZ"))

    assert found.file is not None
    assert (found.observations, found.file.unknown) == ((), ("XYZ",))


def test_a_column_that_is_missing_is_told_rather_than_the_file_unknown(tmp_path):
    found = loaded(tmp_path, "KOR,gdp,2025,1e15,KRW,MND", heading="actor,measure,period,value,unit,edition")

    assert [one.code for one in found.problems] == ["missing-column"]
