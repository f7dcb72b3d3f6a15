"""The World Economic Outlook as a long CSV file."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from steelyard.core.vocabulary import Vocabulary, load_vocabulary
from steelyard.panel import load_file
from steelyard.panel.observations import Loaded

HEADING = "ref_area,concept,unit,scale,base_year,lastactualdate,year,value"
KOREA = "KOR,NGDP,XDC,9.0,2020,2024"


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary()[0]


def loaded(folder: Path, *rows: str, heading: str = HEADING, name: str = "weo-2025-10.csv") -> Loaded:
    path = folder / name
    path.write_text("".join(f"{line}\n" for line in (heading, *rows)), encoding="utf-8")
    return load_file(path, vocabulary())


def faults(found: Loaded) -> list[tuple[str, int]]:
    """The problems with their lines; that only the name tells the edition is so of every such file."""
    return [(one.code, one.origin.line) for one in found.problems if one.code != "edition-not-told"]


def test_billions_become_single_units_and_later_years_projections(tmp_path):
    found = loaded(tmp_path, f"{KOREA},2024,2556857.4", f"{KOREA},2025,2611006")

    first, second = found.observations
    assert (first.value, first.low, first.high) == (
        Decimal("2556857400000000"),
        Decimal("2556857350000000"),
        Decimal("2556857450000000"),
    )
    assert (first.status, second.status) == ("observed", "projection")
    assert (second.low, second.high) == (Decimal("2611005500000000"), Decimal("2611006500000000"))
    assert (first.unit, first.edition, first.place.line) == ("KRW", "WEO 2025-10", 2)


@pytest.mark.parametrize(
    ("area", "last", "years"),
    [
        pytest.param(
            "IND", "FY2024/25", [(2024, "observed"), (2025, "projection")], id="filed under its start"
        ),
        pytest.param("PAK", "FY2024/25", [(2023, "observed"), (2024, "observed")], id="filed under its end"),
        pytest.param("KOR", "2024", [(2024, "observed"), (2025, "projection")], id="a calendar year"),
    ],
)
def test_a_fiscal_year_is_told_by_the_year_in_which_it_begins(tmp_path, area, last, years):
    """PAK: the last actual year, July 2024 to June 2025, stands under 2025."""
    rows = (f"{area},NGDP,XDC,9.0,,{last},{year},100.0" for year in (2024, 2025))
    found = loaded(tmp_path, *rows).observations

    assert [(one.year, one.status) for one in found] == years
    assert {one.fiscal for one in found} == {last.startswith("FY")}


def test_a_base_year_is_kept_as_it_is_written(tmp_path):
    rows = (
        "KOR,NGDP_R,XDC,9.0,2020,2024,2024,2292202.4",
        "IND,NGDP_R,XDC,9.0,FY2011/12,FY2024/25,2024,187972.3",
        "ARG,NGDP_R,XDC,9.0,,2024,2024,700.1",
    )
    found = loaded(tmp_path, *rows)

    assert [one.prices for one in found.observations] == ["constant:2020", "constant:FY2011/12", "constant"]
    assert found.file is not None
    assert any("ARG" in text for text in found.file.left)


def test_an_index_is_of_its_base_only_where_the_file_holds_100_for_it(tmp_path):
    rows = (
        *("KOR,PCPI,IX,0.0,2020,2024,2020,100.0", "KOR,PCPI,IX,0.0,2020,2024,2024,114.181"),
        *("GRC,PCPI,IX,0.0,2020,2024,2020,119.943", "GRC,PCPI,IX,0.0,2020,2024,2024,140.1"),
    )
    found = loaded(tmp_path, *rows)

    assert {(one.actor, one.unit) for one in found.observations} == {
        ("KOR", "index 2020 = 100"),
        ("GRC", "index"),
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([f"{KOREA},2024,n/a"], [("not-a-number", 2)], id="text for a number"),
        pytest.param([f"{KOREA},24,1.0"], [("not-a-year", 2)], id="no year"),
        pytest.param([f"{KOREA},2024,1.0", f"{KOREA},2024,1.0"], [("duplicate-row", 3)], id="a year twice"),
        pytest.param(["KOR,NGDP,USD,9.0,,2024,2024,1.0"], [("unit-mismatch", 2)], id="dollars for won"),
        pytest.param(["KOR,NGDP,XDC,many,,2024,2024,1.0"], [("not-a-number", 2)], id="no scale"),
        pytest.param([f"{KOREA},2024"], [("broken-row", 2)], id="a cell is missing"),
        pytest.param(
            [f"{KOREA},2024,1.0", "JPN,NGDP,XDC,9.0,,2024,2024,1.0", "DEU,NGDP,XDC,6.0,,2024,2024,1.0"],
            [("unit-mismatch", 4)],
            id="millions among billions",
        ),
        pytest.param(
            [f"{KOREA},2023,1.0", "KOR,NGDP,XDC,9.0,2015,2024,2024,2.0"],
            [("duplicate-row", 3)],
            id="a second base year",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path, rows, expected):
    assert faults(loaded(tmp_path, *rows)) == expected


def test_a_missing_column_is_told(tmp_path):
    found = loaded(tmp_path, "KOR,NGDP,XDC,2020,2024,2024,1", heading=HEADING.replace("scale,", ""))

    assert faults(found) == [("missing-column", 1)]


def test_the_edition_is_not_guessed(tmp_path):
    found = loaded(tmp_path, f"{KOREA},2024,1.0", name="weo.csv")

    assert "not told" in found.observations[0].edition
    assert [one.code for one in found.problems] == ["edition-not-told"]


def test_groups_and_other_concepts_are_told_as_left(tmp_path):
    found = loaded(tmp_path, "G001,NGDPD,USD,9.0,,2024,2024,110000", "KOR,LUR,PT,0.0,,2024,2024,2.8")

    assert found.file is not None
    assert (found.observations, found.file.unknown) == ((), ("G001",))
    assert "LUR" in found.file.left[0]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        pytest.param("weo-2025-10.csv", "BGN", id="before the euro"),
        pytest.param("weo-2026-10.csv", None, id="in its first year"),
        pytest.param("weo-2027-04.csv", "EUR", id="after it"),
        pytest.param("weo.csv", None, id="of no edition, after 2024"),
    ],
)
def test_the_money_of_bulgaria_is_that_of_the_day_of_the_edition(tmp_path, name, unit):
    rows = ("BGR,NGDP,XDC,9.0,2020,2024,2024,202.861", "BGR,NGDP_R,XDC,9.0,2020,2024,2024,150.1")
    found = loaded(tmp_path, *rows, name=name)

    assert {one.unit for one in found.observations} == ({unit} if unit else set())
    assert [code for code, _ in faults(found)] == ([] if unit else ["money-not-told"])
