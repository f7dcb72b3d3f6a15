"""The World Economic Outlook by country, on files of our own making: no copy of the IMF's is at hand."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from steelyard.core.vocabulary import Vocabulary, load_vocabulary
from steelyard.panel import load_file
from steelyard.panel.observations import Loaded

COLUMNS = (
    *("WEO Country Code", "ISO", "WEO Subject Code", "Country", "Subject Descriptor", "Subject Notes"),
    *("Units", "Scale", "Country/Series-specific Notes", "2022", "2023", "2024", "Estimates Start After"),
)
FOOTER = "International Monetary Fund, World Economic Outlook Database, October 2024"
NOTES = (
    "Source: Central Bank. Latest actual data: 2023 National accounts manual used: SNA 2008 "
    "Start/end months of reporting year: January/December Base year: 2015 Chain-weighted: Yes"
)
FISCAL = NOTES.replace("January/December", "July/June").replace("2015", "FY2015/16")


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary()[0]


def row(
    area: str,
    code: str,
    values: tuple[str, str, str],
    *,
    country: str = "Korea",
    unit: str = "National currency",
    scale: str = "Billions",
    notes: str = NOTES,
    after: str = "2023",
) -> str:
    return "\t".join(["542", area, code, country, "a subject", "", unit, scale, notes, *values, after])


def file_of(*rows: str, footer: str = FOOTER, columns: tuple[str, ...] = COLUMNS) -> str:
    return "".join(f"{line}\r\n" for line in ("\t".join(columns), *rows, footer) if line)


def loaded(folder: Path, text: str, *, name: str = "WEO_data.xls", encoding: str = "utf-16") -> Loaded:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return load_file(path, vocabulary())


def codes(found: Loaded) -> list[str]:
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "utf-8-sig"])
def test_a_number_with_commas_in_its_thousands_is_read_in_every_encoding(tmp_path, encoding):
    """2,401,189.4 billion won, to half of a tenth of a billion."""
    text = file_of(row("KOR", "NGDP", ("2,323,781.500", "2,401,189.4", "n/a"), country="Côte d'Azur"))
    found = loaded(tmp_path, text, encoding=encoding)

    one = found.observations[1]
    assert (one.value, one.low, one.high) == (
        Decimal("2401189400000000"),
        Decimal("2401189350000000"),
        Decimal("2401189450000000"),
    )
    assert (one.actor, one.year, one.unit, one.prices) == ("KOR", 2023, "KRW", "current")
    assert (one.edition, one.place.line, one.place.key) == ("WEO 2024-10", 2, "2023")
    assert len(found.observations) == 2
    assert not found.problems


def test_years_after_the_last_actual_one_are_projections(tmp_path):
    found = loaded(tmp_path, file_of(row("KOR", "NGDP", ("1.0", "2.0", "3.0"))))

    assert [one.status for one in found.observations] == ["observed", "observed", "projection"]


def test_two_hyphens_and_nothing_are_no_numbers(tmp_path):
    found = loaded(tmp_path, file_of(row("KOR", "NGDP", ("--", "", "3.0"))))

    assert [one.year for one in found.observations] == [2024]
    assert not found.problems


def test_population_is_told_in_persons(tmp_path):
    found = loaded(
        tmp_path, file_of(row("KOR", "LP", ("51.673", "51.713", "51.751"), unit="Persons", scale="Millions"))
    )

    assert (found.observations[1].value, found.observations[1].unit) == (Decimal(51713000), "person")


def test_constant_prices_and_an_index_have_the_base_of_the_notes(tmp_path):
    pointer = "See notes for:  Gross domestic product, constant prices (National currency)."
    rows = (
        row("KOR", "NGDP_R", ("1,968.8", "1,995.5", "2,044.0")),
        row("KOR", "NGDP_D", ("118.0", "120.3", "100.0"), unit="Index", scale="", notes=pointer),
        row("JPN", "NGDP_R", ("1", "2", "3"), notes=NOTES.replace("2015", "2023"), country="Japan"),
        row("JPN", "NGDP_D", ("99", "100.0", "102"), unit="Index", scale="", notes=pointer, country="Japan"),
    )
    found = loaded(tmp_path, file_of(*rows))

    assert {one.prices for one in found.observations if one.measure == "gdp"} == {
        "constant:2015",
        "constant:2023",
    }
    units = {(one.actor, one.unit) for one in found.observations if one.measure == "gdp_deflator"}
    assert units == {("KOR", "index"), ("JPN", "index 2023 = 100")}


def test_a_fiscal_year_is_that_in_which_it_begins(tmp_path):
    """Pakistan's year of July 2022 to June 2023 stands under 2023."""
    text = file_of(
        row("PAK", "NGDP", ("66,657.9", "83,650.8", "105,142.7"), notes=FISCAL, country="Pakistan")
    )
    found = loaded(tmp_path, text)

    assert [(one.year, one.fiscal, one.status) for one in found.observations] == [
        (2021, True, "observed"),
        (2022, True, "observed"),
        (2023, True, "projection"),
    ]
    assert not found.problems


def test_a_fiscal_year_that_nobody_knows_how_it_is_filed_is_left_out_once(tmp_path):
    rows = (row("KOR", code, ("1", "2", "3"), notes=FISCAL) for code in ("NGDP", "NGDP_R"))
    found = loaded(tmp_path, file_of(*rows))

    assert not found.observations
    assert codes(found) == ["fiscal-year-not-told"]
    assert "NGDP, NGDP_R" in found.problems[0].message


def test_purchasing_power_goes_by_the_years_of_gdp(tmp_path):
    rate = "National currency per current international dollar"
    rows = (
        row("KOR", "NGDP", ("1", "2", "3")),
        row(
            "KOR", "PPPEX", ("836.1", "773.7", "785.7"), unit=rate, scale="Units", notes="See notes", after=""
        ),
    )
    found = [one for one in loaded(tmp_path, file_of(*rows)).observations if "PPPEX" in one.source]

    assert [(one.status, one.unit) for one in found] == [
        ("observed", "KRW per international dollar"),
        ("observed", "KRW per international dollar"),
        ("projection", "KRW per international dollar"),
    ]


def test_without_a_last_actual_year_nothing_is_sure(tmp_path):
    rows = (
        row("JPN", "NGDP", ("1", "2", "3"), country="Japan"),
        row("KOR", "NGDP", ("1", "2", "3"), after=""),
    )
    found = [one for one in loaded(tmp_path, file_of(*rows)).observations if one.actor == "KOR"]

    assert [one.status for one in found] == ["estimate", "estimate", "projection"]
    assert all(one.notes for one in found)


@pytest.mark.parametrize(
    ("month", "edition"),
    [("April 2023", "WEO 2023-04"), ("September 2011", "WEO 2011-09"), ("October 2024", "WEO 2024-10")],
)
def test_the_edition_stands_in_the_last_line(tmp_path, month, edition):
    text = file_of(row("KOR", "NGDP", ("1", "2", "3")), footer=FOOTER.replace("October 2024", month))

    assert loaded(tmp_path, text).observations[0].edition == edition


def test_without_its_last_line_the_name_tells_the_edition_with_a_warning(tmp_path):
    text = file_of(row("KOR", "NGDP", ("1", "2", "3")), footer="")

    named = loaded(tmp_path, text, name="WEOApr2024all.xls")
    plain = loaded(tmp_path, text, name="data.xls")

    assert (named.observations[0].edition, codes(named)) == ("WEO 2024-04", ["edition-not-told"])
    assert "not told" in plain.observations[0].edition
    assert codes(plain) == ["edition-not-told"]


def test_a_country_that_pays_in_dollars_has_its_gdp_once(tmp_path):
    rows = (
        row("USA", "NGDP", ("26,007", "27,721", "29,298"), country="United States"),
        row("USA", "NGDPD", ("26,007", "27,721", "29,298"), unit="U.S. dollars", country="United States"),
    )
    found = loaded(tmp_path, file_of(*rows))

    assert [one.year for one in found.observations] == [2022, 2023, 2024]
    assert found.file is not None
    assert any("USA NGDP" in text for text in found.file.left)


@pytest.mark.parametrize(
    ("rows", "code", "line"),
    [
        pytest.param([row("KOR", "NGDP", ("1", "x", "3"))], "not-a-number", 2, id="text for a number"),
        pytest.param([row("KOR", "NGDP", ("1", "1,23", "3"))], "not-a-number", 2, id="a comma elsewhere"),
        pytest.param(
            [row("KOR", "NGDP", ("1", "2", "3"), unit="U.S. dollars")], "unit-mismatch", 2, id="dollars"
        ),
        pytest.param(
            [row("KOR", "NGDP", ("1", "2", "3"), scale="Lakhs")], "not-a-number", 2, id="scale unknown"
        ),
        pytest.param([row("KOR", "NGDP", ("1", "2", "3"))] * 2, "duplicate-row", 3, id="a row twice"),
        pytest.param(["542\tKOR\tNGDP"], "broken-row", 2, id="cells are missing"),
        pytest.param(
            [
                *(row(area, "NGDP", ("1", "2", "3"), country=area) for area in ("JPN", "DEU")),
                row("KOR", "NGDP", ("1", "2", "3"), scale="Millions"),
            ],
            *("unit-mismatch", 4),
            id="millions among billions",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path, rows, code, line):
    found = loaded(tmp_path, file_of(*rows))

    assert [(one.code, one.origin.line) for one in found.problems] == [(code, line)]


def test_a_heading_without_years_or_scale_is_told(tmp_path):
    columns = tuple("Factor" if column == "Scale" else column.replace("20", "y") for column in COLUMNS)
    found = loaded(tmp_path, file_of(row("KOR", "NGDP", ("1", "2", "3")), columns=columns))

    assert codes(found) == ["missing-column", "missing-column"]
    assert not found.observations


def test_a_file_that_is_cut_off_gives_no_number_that_the_whole_one_lacks(tmp_path):
    text = file_of(
        row("KOR", "NGDP", ("1", "2", "3")), row("JPN", "NGDP", ("11", "22", "33"), country="Japan")
    )
    amounts = {(one.actor, one.year, one.value) for one in loaded(tmp_path, text).observations}

    data = text.encode("utf-16")
    for end in range(len(data) // 2, len(data)):
        path = tmp_path / "cut.xls"
        path.write_bytes(data[:end])
        cut = load_file(path, vocabulary())
        assert {(one.actor, one.year, one.value) for one in cut.observations} <= amounts
