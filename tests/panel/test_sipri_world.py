"""SIPRI's own two editions, checked against what is known of the world and against each other.

Current dollars over dollars a head are a population, which is compared with the World Bank's; it is 6 percent
apart for Poland, 2 for Turkey, and less for the others here. Local currency over its share of GDP is a GDP,
which is the IMF's of October 2025 for most; not for countries with a financial year of their own (Japan,
Britain, India), nor for Korea in 2023, whose share rests on 2,401 trillion won where the IMF has 2,409.
"""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.panel import load_panel
from steelyard.panel.editions import estimate_spread, revisions_of

OLD, NEW = "SIPRI 2025-04", "SIPRI 2026-04"
NEW_FILE = "SIPRI-Milex-data-1949-2025_v1.2.xlsx"


@pytest.fixture(scope="module")
def panel(shared):
    names = [NEW_FILE, "SIPRI-Milex-data-1949-2024_2.xlsx"]
    return load_panel([shared / "data" / name for name in names], load_vocabulary()[0])


@pytest.fixture(scope="module")
def newest(panel):
    """The newer edition's figures by sheet, actor and year."""
    return {(one.place.key.rpartition("!")[0], one.actor, one.year): one for one in panel.select(edition=NEW)}


DOLLARS, CONSTANT, CALENDAR = "Current US$", "Constant (2024) US$", "Local currency calendar years"
FISCAL, SHARE, HEAD = "Local currency financial years", "Share of GDP", "Per capita"


@pytest.mark.parametrize(
    ("sheet", "actor", "year", "value"),
    [
        (DOLLARS, "KOR", 2023, "47801.9"),
        (DOLLARS, "KOR", 2024, "47604.6"),
        (DOLLARS, "KOR", 2025, "47770.9"),
        (DOLLARS, "JPN", 2025, "62158.1"),
        (DOLLARS, "DEU", 2025, "113585.9"),
        (DOLLARS, "USA", 2025, "954387.0"),
        (SHARE, "KOR", 2025, "2.60"),
        (SHARE, "JPN", 2025, "1.41"),
        (SHARE, "USA", 2025, "3.12"),
        (SHARE, "POL", 2025, "4.50"),
        (SHARE, "TWN", 2025, "2.10"),
    ],
)
def test_figures_are_those_that_the_sheet_prints(newest, sheet, actor, year, value):
    """Typed from the workbook as shown: millions of dollars with one decimal, percent with two."""
    found = newest[sheet, actor, year]
    scale, half = (1_000_000, Decimal("0.05")) if sheet == DOLLARS else (1, Decimal("0.005"))

    assert found.low <= Decimal(value) * scale <= found.high
    assert found.high - found.low == 2 * half * scale


def test_every_sheet_is_taken_and_the_faults_of_the_files_are_few(panel):
    new, old = panel.files

    assert (new.edition, old.edition) == (NEW, OLD)
    assert {len(file.taken) for file in panel.files} == {7}
    assert not [problem for problem in panel.problems if problem.severity == "error"]
    assert {problem.code for problem in panel.problems} == {"unknown-currency", "zero-for-missing"}
    assert {"Algeria", "USSR", "European Union"} <= {*new.unknown}
    assert not {"Africa", "East Asia", "Korea, South"} & {*new.unknown}


def test_prices_of_the_base_year_are_current_prices(newest):
    """But for Myanmar, where SIPRI converts constant prices at another rate than the official one."""
    pairs = [
        (one, newest.get((DOLLARS, actor, 2024)))
        for (s, actor, y), one in newest.items()
        if s == CONSTANT and y == 2024
    ]

    apart = {one.actor for one, other in pairs if other and not one.interval.meets(other.interval)}
    assert len(pairs) > 70
    assert apart == {"MMR"}


@pytest.mark.parametrize("actor", ["JPN", "GBR", "IND", "CAN"])
def test_a_calendar_year_is_a_quarter_of_one_financial_year_and_three_of_the_next(newest, actor):
    """All four count from April to March, so that a year begins in the last quarter of the one before."""
    years = [year for sheet, who, year in newest if (sheet, who) == (CALENDAR, actor) and year > 1990]

    for year in years:
        before, own = newest[FISCAL, actor, year - 1].value, newest[FISCAL, actor, year].value
        assert abs(newest[CALENDAR, actor, year].value - (before + 3 * own) / 4) <= 1
    assert len(years) > 30


def test_where_the_financial_year_is_the_calendar_year_both_sheets_agree(newest):
    plain = [
        (one, newest[CALENDAR, actor, year])
        for (sheet, actor, year), one in newest.items()
        if sheet == FISCAL and (CALENDAR, actor, year) in newest
        if not any(note.startswith("Fiscal year") for note in one.notes)
    ]

    assert len(plain) > 3000
    assert all(one.interval.meets(other.interval) for one, other in plain)


@pytest.mark.parametrize("actor", ["KOR", "USA", "DEU", "JPN"])
def test_dollars_a_head_leave_the_population_that_the_world_bank_counts(newest, shared, actor):
    """Within 2 percent, for the two count at other days and by other censuses."""
    counted = world_bank_population(shared, actor, 2024)

    left = newest[DOLLARS, actor, 2024].interval / newest[HEAD, actor, 2024].interval

    assert abs(left.middle / counted - 1) < Decimal("0.02")


@pytest.mark.parametrize(
    ("actor", "years"),
    [("KOR", [*range(2000, 2023), 2024, 2025]), ("DEU", range(2000, 2026)), ("NOR", range(2000, 2026))],
)
def test_a_share_is_local_currency_over_the_gdp_of_the_imf(newest, shared, actor, years):
    gdp = imf_gdp(shared, actor)

    for year in years:
        share = newest[SHARE, actor, year]
        assert share.low <= newest[CALENDAR, actor, year].value / gdp[year] * 100 <= share.high, year


def test_croatia_is_in_euros_under_the_old_name(newest):
    """1.6 billion in 2024 over 1,730.7 million dollars is 0.924 to the dollar; of kunas there were 7."""
    found = newest[CALENDAR, "HRV", 2024]

    assert (found.unit, found.value) == ("EUR", 1_600_000_000)


# Two editions


def test_koreas_estimate_of_2024_was_revised_by_eighteen_billion_won(panel):
    """64,902.9 less 64,884.9 billion."""
    (both,) = revisions_of(panel, "sipri")

    (row,) = [
        row
        for row in both.rows
        if (row.later.actor, row.later.year, row.later.unit, row.later.fiscal) == ("KOR", 2024, "KRW", False)
    ]
    assert row.change == 18_000_000_000
    assert row.is_more_than_rounding


def test_roubles_that_became_a_tenth_are_no_revision(panel):
    """Belarus in 2024: 48,813.7 million in the older file, 4,881.37 in the newer, over the same dollars."""
    (both,) = revisions_of(panel, "sipri")

    assert {row.later.actor for row in both.rows if row.power_of_ten} == {"BLR"}
    assert len(both.not_compared) == 1 and "2023" in both.not_compared[0]


def test_estimates_of_dollars_of_the_last_year_were_off_by_less_than_a_twentieth(panel):
    """Serbia's rose by 3.5 percent, China's fell by 0.6; six estimates that we have actors for."""
    spread = estimate_spread(panel, "sipri", "defence_spending", newest=1, unit="USD", prices="current")

    assert spread is not None and spread.count == 6
    assert Decimal("-0.05") < spread.relative.low < 0 < spread.relative.high < Decimal("0.05")
    assert (spread.smallest.later.actor, spread.largest.later.actor) == ("CHN", "SRB")


def test_zeros_where_no_rate_was_known_are_not_taken(panel):
    """North Korea in 2010: 82.6 billion won, and 0 dollars in the older file."""
    found = [one.unit for one in panel.select(actor="PRK", year=2010, edition=OLD, fiscal=False)]

    assert found == ["KPW"]


def world_bank_population(shared, actor, year):
    path = shared / "data" / "API_SP.POP.TOTL_DS2_en_csv_v2.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    heading = next(row for row in rows if row and row[0] == "Country Name")
    (row,) = [row for row in rows if len(row) > 1 and row[1] == actor]
    return Decimal(row[heading.index(str(year))])


def imf_gdp(shared, actor):
    """GDP in single units of the country's currency by year."""
    with (shared / "data" / "imf-weo-2025-10-long.csv").open(encoding="utf-8", newline="") as file:
        return {
            int(row["year"]): Decimal(row["value"]) * 10 ** int(float(row["scale"]))
            for row in csv.DictReader(file)
            if (row["ref_area"], row["concept"], row["unit"]) == (actor, "NGDP", "XDC")
        }
