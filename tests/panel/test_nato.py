"""NATO's workbook of defence expenditure: blocks, units and estimates, and what a changed layout says."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.panel import load_file
from tests.panel.books import DOLLARS, OWN, OWN_ROWS, nato_sheet, nato_sheets, write_book

VOCABULARY = load_vocabulary()[0]
BOTH = {"Current prices and exchange rates": DOLLARS, "Constant 2015 prices and exchange rates": DOLLARS}


def load(folder, created=datetime(2024, 6, 14), **changes):
    sheets = nato_sheets(**{key: rows for key, rows in changes.items() if key != "more"})
    return load_file(
        write_book(folder / "n.xlsx", {**sheets, **changes.get("more", {})}, created), VOCABULARY
    )


def one(loaded, **keys):
    found = [each for each in loaded.observations if all(getattr(each, k) == v for k, v in keys.items())]
    assert len(found) == 1, [str(each) for each in found]
    return found[0]


def told(loaded):
    return [(problem.code, problem.severity, problem.origin.key) for problem in loaded.problems]


def own(rows):
    return nato_sheet(
        "1",
        "Defence expenditure",
        "Million national currency units",
        {**OWN, "Current prices": rows},
        "#,##0",
    )


def dollars(unit="Million US dollars", title="Defence expenditure", **blocks):
    return nato_sheet("2", title, unit, blocks or BOTH, "#,##0")


def test_a_plain_workbook_is_read_without_a_problem(tmp_path):
    loaded = load(tmp_path)

    assert told(loaded) == []
    assert (loaded.file.edition, loaded.file.unknown) == ("NATO 2024-06", ())
    # Two countries, two years; the total besides in dollars and GDP; the other blocks have Poland alone.
    assert dict(loaded.file.taken) == {
        "defence_spending, local currency, current": 4,
        "defence_spending, local currency, constant:2015": 4,
        "defence_spending, USD, current": 6,
        "defence_spending, USD, constant:2015": 6,
        "defence_share_of_gdp, % of GDP": 2,
        "defence_spending_real_growth, %": 2,
        "gdp, USD, current": 6,
        "gdp, USD, constant:2015": 6,
        "gdp_per_head, USD, constant:2015": 2,
        "defence_spending_per_head, USD, constant:2015": 2,
        "troops, person": 2,
        "defence_spending_share, equipment, %": 2,
        "defence_spending_share, personnel, %": 2,
        "defence_spending_share, infrastructure, %": 2,
        "defence_spending_share, other, %": 2,
    }


@pytest.mark.parametrize(
    ("keys", "value", "low", "high", "place"),
    [
        pytest.param(
            {"unit": "PLN", "prices": "current"},
            "111226101000",
            "111225500000",
            "111226500000",
            "TABLE1!D7",
            id="million zlotys",
        ),
        pytest.param(
            {"measure": "gdp_per_head"}, "15040", "14950", "15050", "TABLE6!D6", id="thousand dollars a head"
        ),
        pytest.param({"measure": "troops"}, "206504", "206450", "206550", "TABLE7!D5", id="thousand persons"),
        pytest.param({"item": "equipment"}, "25.004", "24.995", "25.005", "TABLE8a!D6", id="a category"),
        pytest.param(
            {"measure": "defence_spending_real_growth"}, "-1", "-1.005", "-0.995", "TABLE3!D8", id="a fall"
        ),
    ],
)
def test_a_cell_is_its_printed_digits_in_single_units(tmp_path, keys, value, low, high, place):
    found = one(load(tmp_path), actor="POL", year=2023, **keys)

    assert (found.value, found.low, found.high) == (Decimal(value), Decimal(low), Decimal(high))
    assert found.place.key == place


def test_marked_years_are_estimates_and_so_are_those_that_the_note_names(tmp_path):
    unmarked = [list(row) for row in dollars()]
    unmarked[3] = [None, None, None, 2023, 2024]

    for loaded in (load(tmp_path), load(tmp_path, t2=unmarked)):
        found = {each.year: each.status for each in loaded.observations if each.actor == "DEU"}
        assert found == {2023: "observed", 2024: "estimate"}


def test_the_total_is_the_alliance_and_the_footnotes_stay_with_their_rows(tmp_path):
    loaded = load(tmp_path)

    total = one(loaded, actor="NATO", measure="gdp", prices="current", year=2023)
    share = one(loaded, actor="POL", measure="defence_share_of_gdp", year=2023)
    assert total.value == 86_000_400_000
    assert total.notes == ("Figures for 2024 are estimates. Members change.",)
    assert share.notes == ("These Allies have laws.", "Share of real GDP (%), Based on 2015 prices")
    assert one(loaded, actor="POL", item="equipment", year=2023).notes == ("With R&D.",)


def test_a_part_of_the_alliance_a_graph_and_a_repeated_table_are_left_with_the_reason(tmp_path):
    rows = [*DOLLARS, ["NATO Europe and Canada", 1, 2]]
    graph = [[None, "Graph 1 : NATO Europe"], [2023, 2.0]]
    again = [[None, "Table 4 : Defence expenditure real change 2014-2024e"]]

    loaded = load(
        tmp_path,
        t2=dollars(**dict.fromkeys(BOTH, rows)),
        more={"GRAPH1": graph, "TABLE4": again},
    )

    assert told(loaded) == []
    left = " | ".join(loaded.file.left)
    assert "NATO Europe and Canada: a total" in left
    assert "'GRAPH1': a picture" in left
    assert "'TABLE4': first and last year" in left


def test_a_country_that_we_do_not_know_is_named(tmp_path):
    loaded = load(tmp_path, t1=own([*OWN_ROWS, ["Ruritania (Crowns)", 1, 2]]))

    assert loaded.file.unknown == ("Ruritania",)


@pytest.mark.parametrize(
    ("name", "actor", "unit"),
    [
        ("Türkiye   (Liras)", "TUR", "TRY"),
        ("Turkiye (Liras)", "TUR", "TRY"),
        ("Turkey (Liras)", "TUR", "TRY"),
        ("Czechia*   (Koruny)", "CZE", "CZK"),
        ("Czech Republic (Koruny)", "CZE", "CZK"),
        ("North Macedonia   (Denars)", "MKD", "MKD"),
        ("Slovak Republic   (Euros)", "SVK", "EUR"),
        ("Croatia (Kunas)", "HRV", "HRK"),
        ("Sweden   (Kronor)", "SWE", "SEK"),
        ("Denmark (Kroner)", "DNK", "DKK"),
        ("Norway (Kroner)", "NOR", "NOK"),
    ],
)
def test_countries_and_their_money_are_known_by_the_names_of_each_edition(tmp_path, name, actor, unit):
    loaded = load(tmp_path, t1=own([[name, 5, 6]]))

    assert one(loaded, actor=actor, prices="current", year=2023).unit == unit


# Bad input


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param({"t7": None}, ("workbook-layout", "error", ""), id="a table missing"),
        pytest.param(
            {"t2": dollars(title="Defense outlays")},
            ("workbook-layout", "error", "TABLE2!1"),
            id="another title",
        ),
        pytest.param(
            {"t2": dollars(unit="US dollars")}, ("workbook-layout", "error", "TABLE2!1"), id="no scale told"
        ),
        pytest.param(
            {"t2": dollars(**{"Current prices and exchange rates": DOLLARS})},
            ("workbook-layout", "error", "TABLE2"),
            id="a block missing",
        ),
        pytest.param(
            {"t2": [row for row in dollars() if not (len(row) == 2 and "rates" in str(row[1]))]},
            ("workbook-layout", "error", "TABLE2!5"),
            id="no block at all",
        ),
        pytest.param(
            {"t2": [row for row in dollars() if 2023 not in row]},
            ("workbook-layout", "error", "TABLE2"),
            id="no years",
        ),
        pytest.param(
            {"t2": [[None, "Nothing known"]]}, ("workbook-layout", "error", "TABLE2"), id="no title"
        ),
        pytest.param(
            {"t1": own([["Germany (Euros)", "n/a", 5]])}, ("not-a-number", "error", "TABLE1!D6"), id="text"
        ),
        pytest.param(
            {"t1": own([["Germany (Euros)", -4, 5]])}, ("not-a-number", "error", "TABLE1!D6"), id="below zero"
        ),
        pytest.param(
            {"t1": own([["Germany (Euros)", 4, 5], ["Germany* (Euros)", 4, 5]])},
            ("duplicate-row", "error", "TABLE1!7"),
            id="a row twice",
        ),
        pytest.param(
            {"t1": own([["Germany (Marks / Euros)", 4, 5]])},
            ("unknown-currency", "error", "TABLE1!6"),
            id="two currencies in one row",
        ),
        pytest.param(
            {"t1": own([["Germany", 4, 5]])}, ("unknown-currency", "error", "TABLE1!6"), id="no currency"
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_cell_and_the_rest_is_read(tmp_path, changes, problem):
    loaded = load(tmp_path, **changes)

    assert problem in told(loaded)
    assert one(loaded, actor="POL", measure="defence_spending_per_head", year=2023)


def test_thousands_are_thousands_because_the_sheet_says_so(tmp_path):
    loaded = load(tmp_path, t2=dollars(unit="Thousand US dollars"))

    found = one(loaded, actor="DEU", measure="defence_spending", unit="USD", prices="current", year=2023)
    assert found.value == 60_000_400


def test_the_table_is_found_wherever_it_stands(tmp_path):
    moved = [[], [], *([None, None, *row] for row in dollars())]

    loaded = load(tmp_path, t2=moved)

    assert told(loaded) == []
    found = one(loaded, actor="DEU", measure="defence_spending", unit="USD", prices="current", year=2023)
    assert found.place.key == "TABLE2!F8"


def test_the_month_of_the_edition_is_not_made_up(tmp_path):
    loaded = load(tmp_path, created=datetime(2031, 1, 2))

    assert loaded.file.edition == "NATO to 2024"
    assert any("month of the edition" in text for text in loaded.file.left)


def test_a_file_cut_off_is_known_by_its_name_and_told(tmp_path):
    path = write_book(tmp_path / "240617-def-exp-2024-TABLES-en.xlsx", nato_sheets())
    path.write_bytes(path.read_bytes()[:3000])

    loaded = load_file(path, VOCABULARY)

    assert [(each.code, each.origin.file) for each in loaded.problems] == [("broken-workbook", str(path))]
