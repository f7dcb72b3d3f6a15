"""World Development Indicators: the forms of the file, its units and money, its edition, and its faults."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from steelyard.core.vocabulary import Vocabulary, load_vocabulary
from steelyard.panel import load_file, load_panel
from steelyard.panel.observations import Loaded

HEADING = '"Country Name","Country Code","Indicator Name","Indicator Code"'
PREAMBLE = '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2025-10-07",\n\n'
KOREA = '"Korea, Rep.","KOR"'
GDP = '"GDP (current LCU)","NY.GDP.MKTP.CN"'


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary()[0]


def loaded(folder: Path, text: str, name: str = "API_X_DS2_en_csv_v2_1.csv") -> Loaded:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return load_file(path, vocabulary())


def table(*rows: str, years: tuple[int, ...] = (2023, 2024), preamble: str = PREAMBLE) -> str:
    heading = ",".join([HEADING, *(f'"{year}"' for year in years), ""])
    return preamble + "".join(f"{line}\n" for line in (heading, *rows))


def codes(found: Loaded) -> list[str]:
    return [problem.code for problem in found.problems]


def test_a_row_becomes_an_observation_for_each_year_with_a_value(tmp_path):
    found = loaded(tmp_path, table(f'{KOREA},{GDP},"2236329400000000","",'))

    (one,) = found.observations
    assert (one.actor, one.measure, one.year, one.unit, one.prices) == ("KOR", "gdp", 2023, "KRW", "current")
    assert (one.value, one.low, one.high) == (
        Decimal("2236329400000000"),
        Decimal("2236329399999999.5"),
        Decimal("2236329400000000.5"),
    )
    assert (one.edition, one.place.line, one.place.key) == ("WDI 2025-10-07", 6, "2023")
    assert not found.problems


def test_windows_line_ends_change_nothing(tmp_path):
    text = table(f'{KOREA},{GDP},"2236329400000000","2556857400000000",')

    plain = loaded(tmp_path, text)
    windows = loaded(tmp_path, text.replace("\n", "\r\n"))

    assert len(plain.observations) == 2
    assert plain.observations == windows.observations


def test_a_share_of_spending_keeps_whose_count_it_is(tmp_path):
    row = '"Military expenditure (% of GDP)","MS.MIL.XPND.GD.ZS","2.8134","2.5593",'
    first, second = loaded(tmp_path, table(f"{KOREA},{row}")).observations

    assert (first.measure, first.unit, first.definition) == ("defence_share_of_gdp", "% of GDP", "sipri")
    assert (second.low, second.high) == (Decimal("2.55925"), Decimal("2.55935"))


def test_the_base_of_constant_prices_is_that_of_the_indicator_name(tmp_path):
    rows = (
        f'{KOREA},"GDP (constant 2015 US$)","NY.GDP.MKTP.KD","1.7e12","",',
        f'{KOREA},"GDP (constant LCU)","NY.GDP.MKTP.KN","1995551400000000","",',
        f'{KOREA},"Consumer price index (2010 = 100)","FP.CPI.TOTL","129.2","",',
    )
    found = loaded(tmp_path, table(*rows))

    assert [one.prices for one in found.observations] == ["constant:2015", "constant", ""]
    assert [one.unit for one in found.observations] == ["USD", "KRW", "index 2010 = 100"]
    assert found.file is not None
    assert any("NY.GDP.MKTP.KN" in text for text in found.file.left)


def test_an_indicator_that_nobody_listed_is_told_and_left(tmp_path):
    found = loaded(tmp_path, table(f'{KOREA},"Forest area (% of land area)","AG.LND.FRST.ZS","64.1","64",'))

    assert not found.observations
    assert found.file is not None
    assert "AG.LND.FRST.ZS" in found.file.left[0]


def test_a_group_of_countries_is_told_as_unknown(tmp_path):
    found = loaded(tmp_path, table(f'"World","WLD",{GDP},"1","2",'))

    assert found.file is not None
    assert (found.observations, found.file.unknown) == ((), ("World (WLD)",))


# Money


@pytest.mark.parametrize(
    ("country", "year", "unit"),
    [
        pytest.param('"Croatia","HRV"', 2022, "HRK per USD", id="the kuna, the year before the euro"),
        pytest.param('"Croatia","HRV"', 2023, "EUR per USD", id="the euro since 2023"),
        pytest.param('"Germany","DEU"', 1998, "DEM per USD", id="the mark"),
        pytest.param('"Greece","GRC"', 2000, "GRD per USD", id="Greece came two years later"),
        pytest.param('"Bulgaria","BGR"', 2024, "BGN per USD", id="the lev"),
        pytest.param('"Korea, Rep.","KOR"', 1998, "KRW per USD", id="the won throughout"),
    ],
)
def test_a_market_rate_is_of_the_money_of_its_year(tmp_path, country, year, unit):
    row = f'{country},"Official exchange rate (LCU per US$, period average)","PA.NUS.FCRF","1.25",'
    (one,) = loaded(tmp_path, table(row, years=(year,))).observations

    assert (one.unit, one.year) == (unit, year)


def test_amounts_of_all_years_are_in_the_money_of_the_day_of_the_edition(tmp_path):
    """Croatia's GDP of 2010 stands there in euros, 44.5 billion, and not in kunas, 335 billion."""
    (one,) = loaded(tmp_path, table(f'"Croatia","HRV",{GDP},"44490987300",', years=(2010,))).observations

    assert one.unit == "EUR"


@pytest.mark.parametrize(
    ("date", "unit"),
    [
        pytest.param("2025-10-07", "BGN", id="before the euro"),
        pytest.param("2026-07-01", None, id="in its first year"),
        pytest.param("2027-07-01", "EUR", id="after it"),
    ],
)
def test_an_edition_of_the_year_of_a_change_does_not_tell_its_money(tmp_path, date, unit):
    text = table(f'"Bulgaria","BGR",{GDP},"202861000000","210000000000",').replace("2025-10-07", date)
    found = loaded(tmp_path, text)

    assert {one.unit for one in found.observations} == ({unit} if unit else set())
    assert codes(found) == ([] if unit else ["money-not-told"])


def test_a_file_without_a_date_does_not_tell_the_money_after_its_last_year(tmp_path):
    rows = (f'"Bulgaria","BGR",{GDP},"202861000000","",', f'"Croatia","HRV",{GDP},"85618000000","",')
    found = loaded(tmp_path, table(*rows, preamble=""))

    assert [(one.actor, one.unit) for one in found.observations] == [("HRV", "EUR")]
    assert codes(found) == ["edition-not-told", "money-not-told"]


@pytest.mark.parametrize(
    ("country", "years"),
    [
        pytest.param('"Australia","AUS"', [2022, 2023], id="a year to June is filed under its end"),
        pytest.param('"India","IND"', [2023, 2024], id="a year to March under its start"),
    ],
)
def test_national_accounts_by_fiscal_year_are_told_by_the_year_in_which_it_begins(tmp_path, country, years):
    found = loaded(tmp_path, table(f'{country},{GDP},"2567513000000","2700000000000",')).observations

    assert [(one.year, one.fiscal) for one in found] == [(year, True) for year in years]
    assert "2023" in found[0].notes[0]


def test_population_has_no_fiscal_year(tmp_path):
    row = '"India","IND","Population, total","SP.POP.TOTL","1438069596","1450935791",'

    assert not any(one.fiscal for one in loaded(tmp_path, table(row)).observations)


# Editions


def test_two_vintages_without_a_date_stay_two_editions(tmp_path):
    """Korea's GDP of 2023, before and after prices of 2020."""
    row = f'{KOREA},"GDP (current US$)","NY.GDP.MKTP.CD"'
    for name, value in (("a.csv", "1712792854202.1"), ("b.csv", "1844800934391.54")):
        (tmp_path / name).write_text(table(f'{row},"{value}","",', preamble=""), encoding="utf-8")

    panel = load_panel([tmp_path], vocabulary())

    assert len({one.edition for one in panel.select(measure="gdp", year=2023)}) == 2
    assert [problem.code for problem in panel.problems] == ["edition-not-told"] * 2
    assert {problem.severity for problem in panel.problems} == {"warning"}


def test_a_date_in_the_name_is_used_with_a_warning(tmp_path):
    found = loaded(tmp_path, table(f'{KOREA},{GDP},"1","2",', preamble=""), "gdp_2025-03-24.csv")

    assert {one.edition for one in found.observations} == {"WDI 2025-03-24"}
    assert codes(found) == ["edition-not-told"]


def test_a_number_in_the_name_is_no_date(tmp_path):
    found = loaded(tmp_path, table(f'{KOREA},{GDP},"1","2",', preamble=""), "API_csv_v2_126992.csv")

    assert "not told" in found.observations[0].edition


def test_the_form_of_the_databank_is_read(tmp_path):
    text = (
        "Series Name,Series Code,Country Name,Country Code,2023 [YR2023],2024 [YR2024]\n"
        '"Population, total",SP.POP.TOTL,"Korea, Rep.",KOR,51712619,..\n'
        "\n\n\n"
        "Data from database: World Development Indicators,,,,,\n"
        "Last Updated: 10/07/2025,,,,,\n"
    )
    found = loaded(tmp_path, text)

    assert [(one.year, one.value, one.edition) for one in found.observations] == [
        (2023, Decimal(51712619), "WDI 2025-10-07")
    ]
    assert not found.problems


# Faults


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([f'{KOREA},{GDP},"n.a.","2",'], [("not-a-number", 6, "2023")], id="text for a number"),
        pytest.param(
            [f'{KOREA},{GDP},"1,234","2",'], [("not-a-number", 6, "2023")], id="commas in thousands"
        ),
        pytest.param([f'{KOREA},{GDP},"1"'], [("broken-row", 6, "")], id="cells are missing"),
        pytest.param(
            [f'{KOREA},{GDP},"1","2",'] * 2, [("duplicate-row", 7, "")], id="a row stands there twice"
        ),
        pytest.param([f'"Japan","KOR",{GDP},"1","2",'], [("unlike-names", 6, "")], id="name and code differ"),
        pytest.param(
            [f'{KOREA},{GDP},"x","y",', '"Japan","JPN"'],
            [("broken-row", 7, ""), ("not-a-number", 6, "2023"), ("not-a-number", 6, "2024")],
            id="all faults in one run",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path, rows, expected):
    found = loaded(tmp_path, table(*rows))

    places = [(one.code, one.origin.line, one.origin.key) for one in found.problems]
    assert sorted(places) == expected


def test_a_file_that_is_cut_off_in_a_number_does_not_give_a_shorter_one(tmp_path):
    text = table(f'{KOREA},{GDP},"1","2",', f'"Japan","JPN",{GDP},"1234567","7654321",')
    whole = loaded(tmp_path, text)

    for end in range(text.index('"Japan"'), len(text) - 1):
        cut = loaded(tmp_path, text[:end])
        assert cut.observations == whole.observations[:2]
        assert end == text.index('"Japan"') or codes(cut) == ["broken-row"]


def test_a_heading_that_moved_or_lost_a_column_is_told(tmp_path):
    text = table(f'{KOREA},{GDP},"1","2",').replace('"Country Code"', '"ISO"')
    found = loaded(tmp_path, text)

    assert codes(found) == ["missing-column"]
    assert "'Country Code'" in found.problems[0].message
    assert found.problems[0].origin.line == 5


def test_a_file_of_bytes_that_are_no_text_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(table(f'{KOREA},{GDP},"1","2",').encode() + b"\xff\xfe\xff\xfe\n" * 3)

    assert codes(load_file(path, vocabulary())) == ["not-text"]
