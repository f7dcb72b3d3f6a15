"""SIPRI's workbook: what is taken from each sheet, what is left, and what is told of a changed layout."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl.styles import Color

from steelyard.core.vocabulary import load_vocabulary
from steelyard.panel import load_file
from tests.panel.books import BLUE, LEGEND, RED, Cell, dollars, sipri_sheets, table, write_book

VOCABULARY = load_vocabulary()[0]


def load(folder, created=datetime(2026, 4, 17), **changes):
    return load_file(write_book(folder / "s.xlsx", sipri_sheets(**changes), created), VOCABULARY)


def one(loaded, **keys):
    found = [each for each in loaded.observations if all(getattr(each, k) == v for k, v in keys.items())]
    assert len(found) == 1, [str(each) for each in found]
    return found[0]


def told(loaded):
    return [(problem.code, problem.severity, problem.origin.key) for problem in loaded.problems]


def local(*rows, fiscal=False):
    """A sheet in local currency; each row has country, currency, notes and two amounts."""
    heading = ["Country", "Currency", *(["Fiscal Year"] if fiscal else []), "Notes", 2024, 2025]
    return [["Figures are in local currency"], [LEGEND], heading, *rows]


def test_a_plain_workbook_is_read_without_a_problem(tmp_path):
    loaded = load(tmp_path)

    assert told(loaded) == []
    assert loaded.file.edition == "SIPRI 2026-04"
    assert loaded.file.unknown == ("Narnia",)
    assert dict(loaded.file.taken) == {
        "defence_spending, local currency, current, financial years": 4,
        "defence_spending, local currency, current": 4,
        "defence_spending, USD, constant:2024": 2,
        "defence_spending, USD, current": 2,
        "defence_share_of_gdp, % of GDP": 2,
        "defence_spending_per_head, USD, current": 2,
        "defence_share_of_government_spending, %": 2,
    }


@pytest.mark.parametrize(
    ("keys", "value", "low", "high", "place"),
    [
        pytest.param(
            {"measure": "defence_spending", "unit": "USD", "prices": "current", "year": 2024},
            "46000040000",
            "45999950000",
            "46000050000",
            "Current US$!C5",
            id="46,000.04 millions shown with one decimal",
        ),
        pytest.param(
            {"measure": "defence_spending", "unit": "USD", "prices": "constant:2024", "year": 2025},
            "47001000000",
            "47000950000",
            "47001050000",
            "Constant (2024) US$!D5",
            id="the base year from the sheet",
        ),
        pytest.param(
            {"measure": "defence_share_of_gdp", "unit": "% of GDP", "year": 2024},
            "2.60131",
            "2.595",
            "2.605",
            "Share of GDP!C5",
            id="a fraction is told in percent",
        ),
        pytest.param(
            {"measure": "defence_spending_per_head", "unit": "USD", "year": 2025},
            "930.06",
            "930.05",
            "930.15",
            "Per capita!D5",
            id="dollars a head: the value is nearer to the end of what is shown",
        ),
        pytest.param(
            {"measure": "defence_share_of_government_spending", "unit": "%", "year": 2025},
            "11",
            "10.995",
            "11.005",
            "Share of Govt. spending!D5",
            id="share of government spending",
        ),
        pytest.param(
            {"unit": "KRW", "fiscal": True, "year": 2025},
            "67924500000000",
            "67924499999999.5",
            "67924500000000.5",
            "Local currency financial years!F5",
            id="won, to the won",
        ),
    ],
)
def test_a_cell_is_its_printed_digits_in_single_units(tmp_path, keys, value, low, high, place):
    found = one(load(tmp_path), actor="KOR", **keys)

    assert (found.value, found.low, found.high) == (Decimal(value), Decimal(low), Decimal(high))
    assert found.place.key == place
    assert (found.publisher, found.definition) == ("sipri", "sipri")


def test_colours_are_the_status_and_a_colour_without_meaning_is_told(tmp_path):
    cells = [Cell(1, "0.0", BLUE), Cell(2, "0.0", RED), Cell(3, "0.0", Color(theme=1))]
    rows = [["US$ m."], [LEGEND], ["Country", "Notes", 2022, 2023, 2024, 2025]]
    rows.append(["Germany", None, *cells, Cell(4, "0.0", "FF00B050")])

    loaded = load(tmp_path, current=rows)

    found = {each.year: each.status for each in loaded.observations if each.actor == "DEU"}
    assert found == {2022: "estimate", 2023: "uncertain", 2024: "observed", 2025: "observed"}
    assert ("workbook-layout", "warning", "Current US$!F4") in told(loaded)


def test_marks_are_resolved_to_the_words_of_the_footnotes(tmp_path):
    loaded = load(tmp_path)

    assert one(loaded, actor="KOR", measure="defence_share_of_gdp", year=2024).notes == (
        "Adopted budget.",
        "South Korea: a note.",
    )
    assert one(loaded, actor="JPN", fiscal=True, year=2024).notes == ("Fiscal year: Apr.–Mar.",)


def test_a_mark_without_a_footnote_is_told(tmp_path):
    loaded = load(tmp_path, notes=[["Footnotes"], ["§", "Adopted budget."]])

    assert ("workbook-layout", "warning", "Current US$!B5") in told(loaded)


def test_the_month_of_the_edition_is_not_made_up(tmp_path):
    """A copy that another program began in another year tells its last year of figures only."""
    loaded = load(tmp_path, created=datetime(2031, 1, 2))

    assert loaded.file.edition == "SIPRI to 2025"
    assert any("month of the release" in text for text in loaded.file.left)


# Years and currencies


def test_a_financial_year_of_some_months_is_left_and_said(tmp_path):
    months = "Till: 2023 Apr.–Mar., 2024: Apr.–Dec., From 2025: Jan.–Dec."
    fiscal = local(["Germany", "Euro", months, None, 900, 1200], fiscal=True)

    loaded = load(tmp_path, fiscal=fiscal)

    assert [each.year for each in loaded.observations if each.fiscal] == [2025]
    left = "Local currency financial years!E4: DEU 2024, a financial year of Apr–Dec only"
    assert left in loaded.file.left


def croatia(rate_of_croatia):
    """Germany and France at 0.9 euros to the dollar, Croatia in "Kunas" at another rate."""
    years = [2021, 2022, 2023, 2024, 2025]
    names = ["Germany", "France", "Croatia"]
    dollar = [["US$ m."], [LEGEND], ["Country", "Notes", *years]]
    dollar += [[name, None, *(Cell(1000 + n, "0.0") for n in range(5))] for name in names]
    money = {"Germany": ("Euro", 0.9), "France": ("Euro", 0.9), "Croatia": ("Kunas", rate_of_croatia)}
    own = [["local currency"], [LEGEND], ["Country", "Currency", "Notes", *years]]
    for name, (word, rate) in money.items():
        own.append([name, word, None, *(Cell(round((1000 + n) * rate * 1e6), "0") for n in range(5))])
    return {"current": dollar, "calendar": own}


def test_a_row_under_an_old_name_is_in_the_currency_of_its_own_conversion(tmp_path):
    loaded = load(tmp_path, **croatia(0.9))

    found = one(loaded, actor="HRV", unit="EUR", year=2021)
    assert found.value == 900_000_000
    assert ("unknown-currency", "warning", "Local currency calendar years!B6") in told(loaded)


def test_a_row_whose_conversion_agrees_with_its_name_keeps_it(tmp_path):
    loaded = load(tmp_path, **croatia(6.78))

    assert {each.unit for each in loaded.observations if each.actor == "HRV"} == {"HRK", "USD"}
    assert any("HRV is in HRK as printed" in text for text in loaded.file.left)


def test_a_currency_that_changes_within_the_series_proves_nothing(tmp_path):
    """Kunas for two years and euros after them: no one currency fits, so the printed name holds."""
    changes = croatia(0.9)
    changes["calendar"][-1][3:5] = [Cell(6_780_000_000, "0"), Cell(6_787_000_000, "0")]

    loaded = load(tmp_path, **changes)

    assert not [each for each in loaded.observations if each.actor == "HRV" and each.unit == "EUR"]


@pytest.mark.parametrize("word", ["Kunas / Euro", "Doubloons", ""])
def test_a_currency_that_cannot_be_told_leaves_its_row_out(tmp_path, word):
    rows = local(["Germany", "Euro", None, 900, 950], ["Poland", word, None, 100, 110])

    loaded = load(tmp_path, calendar=rows)

    units = {each.actor for each in loaded.observations if each.place.key.startswith("Local currency cal")}
    assert units == {"DEU"}
    assert ("unknown-currency", "error", "Local currency calendar years!B5") in told(loaded)


def test_the_dollars_of_the_united_states_are_told_once(tmp_path):
    rows = local(["USA", "US dollars", None, 46_000_000_000, 47_000_000_000])
    dollar = [["US$ m."], [LEGEND], ["Country", "Notes", 2024, 2025], ["USA", None, 46000, 47000]]

    loaded = load(tmp_path, calendar=rows, current=dollar)

    found = one(loaded, actor="USA", year=2024)
    assert found.place.key == "Current US$!C4"
    assert "Local currency calendar years: USA, whose figures in Current US$ are the same" in loaded.file.left


def test_dollars_that_differ_between_two_sheets_are_told(tmp_path):
    rows = local(["USA", "US dollars", None, 46_200_000_000, 47_000_000_000])
    dollar = [["US$ m."], [LEGEND], ["Country", "Notes", 2024, 2025], ["USA", None, 46000, 47000]]

    loaded = load(tmp_path, calendar=rows, current=dollar)

    assert one(loaded, actor="USA", year=2024).value == 46_000_000_000
    assert ("duplicate-row", "error", "Local currency calendar years!D4") in told(loaded)


def test_dollars_are_those_of_the_country(tmp_path):
    rows = local(["Canada", "Dollars", None, 40, 41], ["Australia", "Dollars", None, 50, 51])

    loaded = load(tmp_path, calendar=rows)

    assert one(loaded, actor="CAN", unit="CAD", year=2024).value == 40
    assert one(loaded, actor="AUS", unit="AUD", year=2024).value == 50


# Bad input


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param({"share": None}, ("workbook-layout", "error", ""), id="a sheet missing"),
        pytest.param(
            {"share": [["a"], [LEGEND], ["State", "Notes", 2024], ["Japan", None, Cell(0.01, "0.00%")]]},
            ("workbook-layout", "error", "Share of GDP"),
            id="another word in the heading",
        ),
        pytest.param(
            {"share": table("percentage", [2.6, 2.7], "0.00")},
            ("workbook-layout", "error", "Share of GDP"),
            id="percent where fractions were",
        ),
        pytest.param(
            {"current": dollars("at current prices", [1, 2])},
            ("workbook-layout", "error", "Current US$"),
            id="no scale told",
        ),
        pytest.param(
            {"current": dollars("in millions of US$, that is thousands of millions", [1, 2])},
            ("workbook-layout", "error", "Current US$"),
            id="two scales told",
        ),
        pytest.param(
            {"constant": dollars("at constant (2023) US$ m.", [1, 2])},
            ("workbook-layout", "error", "Constant (2024) US$"),
            id="two base years",
        ),
        pytest.param(
            {"current": [["US$ m."], ["No legend"], ["Country", "Notes", 2024], ["Japan", None, 1]]},
            ("workbook-layout", "error", "Current US$"),
            id="no legend of colours",
        ),
        pytest.param(
            {"current": dollars("US$ m.", ["47,801.9", 2])},
            ("not-a-number", "error", "Current US$!C5"),
            id="text in a number's cell",
        ),
        pytest.param(
            {"current": dollars("US$ m.", [-3, 2])},
            ("not-a-number", "error", "Current US$!C5"),
            id="less than nothing",
        ),
        pytest.param(
            {"current": [*dollars("US$ m.", [1, 2]), ["South Korea", None, Cell(5, "0.0"), Cell(6, "0.0")]]},
            ("duplicate-row", "error", "Current US$!A8"),
            id="one country under two names",
        ),
        pytest.param(
            {"current": [["US$ m."], [LEGEND], ["Country", "Notes", 2022, 2025], ["Japan", None, 1, 2]]},
            ("workbook-layout", "warning", "Current US$!3"),
            id="years missing",
        ),
        pytest.param(
            {"current": dollars("US$ m.", [0, 48000])},
            ("zero-for-missing", "warning", "Current US$!C5"),
            id="nothing spent in one sheet only",
        ),
        pytest.param(
            {"current": dollars("US$ m.", [1, 2])[:4]},
            ("workbook-layout", "warning", "Current US$"),
            id="rows cut off",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_cell_and_the_rest_is_read(tmp_path, changes, problem):
    loaded = load(tmp_path, **changes)

    place = problem[2] or None
    assert (problem[0], problem[1], place or "") in told(loaded)
    assert one(loaded, actor="KOR", measure="defence_spending_per_head", year=2024)


def test_a_heading_that_moved_is_found(tmp_path):
    moved = [["new line"], [None], *([None, *row] for row in dollars("US$ m.", [1, 2]))]

    loaded = load(tmp_path, current=moved)

    found = one(loaded, actor="KOR", measure="defence_spending", prices="current", unit="USD", year=2024)
    assert found.place.key == "Current US$!D7"


def test_a_sheet_that_is_refused_is_told_once(tmp_path):
    loaded = load(tmp_path, share=table("percentage", [2.6, 2.7], "0.00"))

    assert told(loaded) == [("workbook-layout", "error", "Share of GDP")]


def test_another_heading_is_told_with_what_stands_there(tmp_path):
    share = [["a title"], [LEGEND], ["State", "Notes", 2024], ["Japan", None, Cell(0.01, "0.00%")]]

    (problem,) = load(tmp_path, share=share).problems

    assert "'Country', 'Notes'" in problem.message and "found 'State', 'Notes', '2024'" in problem.message


def test_a_figure_in_percent_among_fractions_is_left_out(tmp_path):
    share = table("percentage", [0.026, 0.027], "0.00%")
    share[4][3] = Cell(2.7, "0.00")

    loaded = load(tmp_path, share=share)

    assert ("not-a-number", "error", "Share of GDP!D5") in told(loaded)
    assert [each.year for each in loaded.observations if each.measure == "defence_share_of_gdp"] == [2024]


def test_billions_are_billions(tmp_path):
    loaded = load(tmp_path, current=dollars("in billions of US$", [46, 47]))

    found = one(loaded, actor="KOR", unit="USD", prices="current", measure="defence_spending", year=2024)
    assert found.value == 46_000_000_000


def test_a_file_cut_off_is_known_by_its_name_and_told(tmp_path):
    path = write_book(tmp_path / "SIPRI-Milex.xlsx", sipri_sheets())
    path.write_bytes(path.read_bytes()[:3000])

    loaded = load_file(path, VOCABULARY)

    assert (loaded.observations, loaded.file) == ((), None)
    assert [(problem.code, problem.origin.file) for problem in loaded.problems] == [
        ("broken-workbook", str(path))
    ]
