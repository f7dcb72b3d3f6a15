"""The publishers' own text files: the values that their README gives, and one publisher against another."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.panel import load_panel
from steelyard.panel.observations import Observation, Panel

Found = dict[tuple[str, str, str, int], Observation]
# Figures that differ by more than 1 % between the World Bank's files of March 2025 and of 2026.
FISCAL = {"AUS", "BGD", "EGY", "IND", "PAK"}  # the rate of a fiscal year is not that of a calendar year
SEVERAL_RATES = {"ARG", "IRN", "MMR", "NGA", "SYR"}  # converted at a rate of the World Bank's own
REVISED = {"ALB", "ARE", "CHN", "ISL", "KOR", "MNE", "QAT", "SAU", "TUR"}  # GDP, Korea's to prices of 2020


@cache
def panel_of(folder: Path, pattern: str) -> Panel:
    return load_panel(sorted(folder.glob(pattern)), load_vocabulary()[0])


def by_printed_year(panel: Panel) -> Found:
    """Observations by actor, measure with prices, unit, and the year under which they stand in the file."""
    return {
        (one.actor, f"{one.measure} {one.prices}".strip(), one.unit, int(one.place.key)): one
        for one in panel.observations
    }


def by_year(panel: Panel) -> Found:
    return {
        (one.actor, f"{one.measure} {one.prices}".strip(), one.unit, one.year): one
        for one in panel.observations
    }


@pytest.fixture
def world_bank(shared: Path) -> Found:
    return by_printed_year(panel_of(shared / "data", "API_*.csv"))


@pytest.fixture
def outlook(shared: Path) -> Panel:
    return panel_of(shared / "data", "imf-weo-*.csv")


@pytest.mark.parametrize(
    ("actor", "dollars"),
    [("KOR", "1.875388e12"), ("JPN", "4.027598e12"), ("DEU", "4.685593e12"), ("USA", "2.875096e13")],
)
def test_gdp_of_2024_in_dollars_is_that_of_the_readme(world_bank, actor, dollars):
    one = world_bank[actor, "gdp current", "USD", 2024]

    assert abs(one.value - Decimal(dollars)) < Decimal("1e7")


@pytest.mark.parametrize(
    ("actor", "unit", "billions"),
    [
        ("KOR", "KRW", ("2556857", "2611006", "2666360")),
        ("JPN", "JPY", ("608398.9", "632053.3", "648503.4")),
        ("DEU", "EUR", ("4328.97", "4438.57", "4565.27")),
        ("USA", "USD", ("29298.0", "30615.7", "31821.3")),
    ],
)
def test_gdp_of_the_outlook_is_that_of_the_readme(outlook, actor, unit, billions):
    every = list(outlook.select(actor=actor, measure="gdp", unit=unit, prices="current"))
    found = {one.year: one for one in every}

    assert len(found) == len(every)
    for year, text in zip((2024, 2025, 2026), billions, strict=True):
        last = Decimal(1).scaleb(int(Decimal(text).as_tuple().exponent))
        assert abs(found[year].value / 10**9 - Decimal(text)) <= last / 2
        assert found[year].edition == "WEO 2025-10"
        assert (found[year].status == "projection") == (year > 2024)


def test_rates_by_year_are_those_of_the_readme(shared):
    found = by_year(panel_of(shared / "data", "fed-h10-*-annual.csv"))

    for year, text in zip(
        range(2021, 2026), ("1144.89", "1291.78", "1306.76", "1363.44", "1421.40"), strict=True
    ):
        one = found["KOR", "exchange_rate", "KRW per USD", year]
        assert abs(one.value - Decimal(text)) <= Decimal("0.005")
        assert one.edition == "H.10 to 2025"
    assert found["DEU", "exchange_rate", "EUR per USD", 2025].value == Decimal("0.8845")


def test_the_mean_of_twelve_months_is_near_the_mean_of_the_days(shared):
    """The publisher's year is the mean of its days, of which months have 19 to 23."""
    years = by_year(panel_of(shared / "data", "fed-h10-*-annual.csv"))
    months = by_year(panel_of(shared / "data", "fed-h10-*-monthly.csv"))

    both = [key for key in years if key in months and key[0] == "KOR" and key[3] >= 2000]
    assert len(both) == 26
    assert all(abs(months[key].value / years[key].value - 1) < Decimal("0.003") for key in both)
    assert not [key for key in months if key[3] == 2026]


def test_the_official_rate_is_that_by_which_gdp_in_dollars_was_converted(world_bank):
    """In 2005 to 2018, within 1 %, for all but those named above with the reason."""
    off, every = set(), set()
    for (actor, measure, unit, year), rate in world_bank.items():
        local = world_bank.get((actor, "gdp current", unit.partition(" ")[0], year))
        dollars = world_bank.get((actor, "gdp current", "USD", year))
        if measure == "exchange_rate" and local and dollars and 2005 <= year <= 2018:
            every.add(actor)
            if abs(local.value / dollars.value / rate.value - 1) > Decimal("0.01"):
                off.add(actor)

    assert len(every) == 79
    assert off == FISCAL | SEVERAL_RATES | REVISED


@pytest.mark.parametrize(
    ("actor", "currency", "last", "per_euro"),
    [
        *(("AUT", "ATS", 1998, "13.7603"), ("BEL", "BEF", 1998, "40.3399"), ("DEU", "DEM", 1998, "1.95583")),
        *(("ESP", "ESP", 1998, "166.386"), ("FIN", "FIM", 1998, "5.94573"), ("FRA", "FRF", 1998, "6.55957")),
        *(("IRL", "IEP", 1998, "0.787564"), ("ITA", "ITL", 1998, "1936.27"), ("LUX", "LUF", 1998, "40.3399")),
        *(("NLD", "NLG", 1998, "2.20371"), ("PRT", "PTE", 1998, "200.482"), ("GRC", "GRD", 2000, "340.750")),
        *(
            ("SVN", "SIT", 2006, "239.640"),
            ("CYP", "CYP", 2007, "0.585274"),
            ("MLT", "MTL", 2007, "0.429300"),
        ),
        *(("SVK", "SKK", 2008, "30.1260"), ("EST", "EEK", 2010, "15.6466"), ("LVA", "LVL", 2013, "0.702804")),
        *(("LTU", "LTL", 2014, "3.45280"), ("HRV", "HRK", 2022, "7.53450")),
    ],
)
def test_who_came_to_the_euro_has_rates_of_the_old_money_and_gdp_in_the_new(
    world_bank, actor, currency, last, per_euro
):
    """Over GDP in euros by GDP in dollars, the last rate of the old money is its fixed rate, within 5 %.

    The fixed rates are those of Council Regulation (EC) No 2866/98 and its amendments.
    """
    euros = world_bank[actor, "gdp current", "EUR", last].value
    dollars = world_bank[actor, "gdp current", "USD", last].value
    rate = world_bank[actor, "exchange_rate", f"{currency} per USD", last].value

    assert abs(rate / (euros / dollars) / Decimal(per_euro) - 1) < Decimal("0.05")
    assert (actor, "exchange_rate", "EUR per USD", last + 1) in world_bank
    assert (actor, "exchange_rate", "EUR per USD", last) not in world_bank


@pytest.mark.parametrize(
    ("actor", "unit", "most"),
    [
        pytest.param("GBR", "GBP", "0.0001", id="no revision between the editions"),
        pytest.param("POL", "PLN", "0.0001", id="none either"),
        pytest.param("JPN", "JPY", "0.001", id="the last years were revised"),
        pytest.param("USA", "USD", "0.001", id="as here"),
        pytest.param("DEU", "EUR", "0.001", id="and here"),
        pytest.param("KOR", "KRW", "0.007", id="prices of 2020 took the place of those of 2015"),
    ],
)
def test_both_publishers_give_one_deflator(world_bank, outlook, actor, unit, most):
    """GDP at current over that at constant prices, each against 2015: March against October 2025."""
    bank = {
        year: world_bank[actor, "gdp current", unit, year].value
        / world_bank[actor, "gdp constant", unit, year].value
        for year in range(2005, 2022)
    }
    amounts = {
        (one.prices[:8], one.year): one.value for one in outlook.select(actor=actor, measure="gdp", unit=unit)
    }
    fund = {year: amounts["current", year] / amounts["constant", year] for year in bank}

    gaps = [abs(bank[year] / bank[2015] / fund[year] * fund[2015] - 1) for year in bank]
    assert max(gaps) < Decimal(most)


def test_the_deflator_of_the_outlook_is_its_own_gdp_over_its_own(outlook):
    """Korea, 2024: 2,556,857.4 / 2,292,202.4 = 1.11546, of 2020 = 100."""
    (one,) = outlook.select(actor="KOR", measure="gdp_deflator", year=2024)

    assert (one.value, one.unit) == (Decimal("111.546"), "index 2020 = 100")


def test_nothing_in_the_files_is_a_fault(shared):
    """What is told are warnings: an edition that only a name tells, fiscal years that nobody lists."""
    for pattern in ("API_*.csv", "imf-weo-*.csv", "fed-h10-*.csv"):
        panel = panel_of(shared / "data", pattern)
        codes = {(one.code, one.severity) for one in panel.problems}

        assert panel.observations
        assert codes <= {("edition-not-told", "warning"), ("fiscal-year-not-told", "warning")}
