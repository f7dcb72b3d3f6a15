"""Tables become claims: each number with the year, unit, measure, item and actor that its headings tell."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from steelyard.core.claim import Claim, Ledger
from steelyard.core.problems import Problem
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.read.documents.extracted import Table
from steelyard.read.formats import delimited, markdown, xlsx
from tests.patience import lines_run, soon
from tests.read.reading import TODAY, VOCABULARY

KOREA = """Defence budget of South Korea (billion won),,,
Item,2024,2025 (budget),2026 (proposed)
Total,"59,424","61,247","66,294"
Force improvement,"17,653","17,822","20,174"
Operating costs,"41,771","43,425","46,120"
Growth (%),4.5,3.6,8.2
% of GDP,2.32,2.32,2.42
"""


def read_csv(text: str, name: str = "budget.csv") -> tuple[Ledger, list[Problem]]:
    extracted = delimited.extract(text.encode())
    document = Document(name, extracted.text, TODAY, tables=extracted.tables)
    ledger, problems = read_document(document, VOCABULARY)
    assert all(extracted.text[c.start : c.end] == c.quote for c in ledger)
    return ledger, problems


def cell(text: str, quote: str) -> Claim:
    """The claim of the only cell that is written so."""
    (found,) = [claim for claim in read_csv(text)[0] if claim.quote == quote]
    return found


def said(claim: Claim, *keys: str) -> tuple[object, ...]:
    return tuple(getattr(claim, key) for key in keys)


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}


# What a budget says


@pytest.mark.parametrize(
    ("quote", "keys"),
    [
        pytest.param("59,424", ("KOR", "defence_spending", None, "level", "2024", None, "KRW"), id="total"),
        pytest.param(
            "20,174",
            ("KOR", "defence_spending", "force_enhancement", "level", "2026", "proposed", "KRW"),
            id="an item of the vocabulary in a proposed year",
        ),
        pytest.param(
            "43,425",
            ("KOR", "defence_spending", "operating", "level", "2025", "enacted", "KRW"),
            id="a budget is what was decided",
        ),
        pytest.param(
            "8.2", ("KOR", "defence_spending", None, "growth", "2026", "proposed", "%"), id="growth"
        ),
        pytest.param(
            "2.42", ("KOR", "defence_share_of_gdp", None, "level", "2026", "proposed", "% of GDP"), id="share"
        ),
    ],
)
def test_a_budget_in_the_manner_of_the_korean_ministry(quote, keys):
    claim = cell(KOREA, quote)

    assert said(claim, "actor", "measure", "item", "statistic", "period", "status", "unit") == keys


def test_amounts_are_in_single_units_and_leave_half_a_printed_unit_open():
    claim = cell(KOREA, "66,294")

    assert said(claim, "value", "low", "high") == (
        Decimal("66294e9"),
        Decimal("66293.5e9"),
        Decimal("66294.5e9"),
    )


def test_a_claim_names_its_cell_and_why_it_was_read_so():
    claim = cell(KOREA, "66,294")

    assert claim.locator == "row 3, column 4 (2026 (proposed))"
    assert {"year from the header row", "unit from the title", "measure from the title"} <= set(claim.reasons)


def test_the_sentence_of_a_cell_is_its_row():
    claim = cell(KOREA, "20,174")

    assert KOREA[claim.sentence_start : claim.sentence_end] == 'Force improvement,"17,653","17,822","20,174'


def test_claims_stand_in_the_order_of_the_text_with_ids_of_their_own():
    ledger = read_csv(KOREA)[0]

    assert [claim.start for claim in ledger] == sorted(claim.start for claim in ledger)
    assert len({claim.id for claim in ledger}) == len(ledger) == 15


def test_a_japanese_budget_in_units_of_a_hundred_million_yen():
    text = (
        "Defense-related expenditures of Japan\t\t\n(100 million yen)\t\t\n"
        "Category\tFY2025\tFY2026 (request)\nDefence budget\t84,748\t88,454\n"
    )

    claim = cell(text, "88,454")

    assert said(claim, "actor", "measure", "period", "status", "unit", "value") == (
        "JPN", "defence_spending", "FY2026", "proposed", "JPY", Decimal("8845400000000"),
    )  # fmt: skip


def test_a_german_table_with_decimal_commas():
    text = "Defence budget of Germany (EUR bn);2024;2025\nEinzelplan 14;51,95;62,43\nFonds;1.019,8;24,1\n"

    assert cell(text, "51,95").value == Decimal("51.95e9")
    assert cell(text, "1.019,8").value == Decimal("1019.8e9")


def test_countries_in_rows_and_marked_estimates_in_the_manner_of_nato():
    text = (
        "Table 3: Defence expenditure as a share of GDP (%),,,\nBased on 2015 prices,,,\n"
        ",2014,2023,2024e\nGermany,1.19,1.61,2.12\nRuritania,1.1,1.2,1.3\n"
        "Poland,1.88,3.26,4.12\nFrance,1.82,1.96,2.06\n"
    )

    claim = cell(text, "4.12")

    assert said(claim, "actor", "measure", "unit", "period", "status") == (
        "POL", "defence_share_of_gdp", "% of GDP", "2024", "estimate",
    )  # fmt: skip
    assert said(cell(text, "1.3"), "actor", "item", "about") == (None, None, "Ruritania")


def test_a_korean_table():
    text = (
        "국방예산 (단위: 억원),,\n구분,2025년 확정,2026년 정부안\n"
        '합계,"612,469","662,947"\n방위력개선비,"178,462","201,744"\n'
    )

    claim = cell(text, "201,744")

    assert said(claim, "measure", "item", "period", "status", "unit", "value") == (
        "defence_spending", "force_enhancement", "2026", "proposed", "KRW", Decimal("20174400000000"),
    )  # fmt: skip


# Layouts


def test_years_may_run_down_and_items_across():
    text = "Year,Army (million euros),Navy (million euros)\n2024,120.5,80.1\n2025e,130.0,82.5\n"

    assert said(cell(text, "130.0"), "item", "period", "status", "unit") == (
        "army", "2025", "estimate", "EUR",
    )  # fmt: skip


def test_headings_in_two_rows_count_together():
    text = (
        "Country,Defence spending (US$ bn),,GDP (US$ bn),\n,2024,2025,2024,2025\n"
        "Japan,54.2,62.2,4027.6,4279.8\n"
    )

    assert said(cell(text, "62.2"), "measure", "period", "unit") == ("defence_spending", "2025", "USD")
    assert said(cell(text, "4027.6"), "measure", "period", "unit") == ("gdp", "2024", "USD")


def test_a_row_may_hold_country_measure_year_and_unit():
    text = (
        "Country,Measure,Year,Value,Unit\nPoland,Defence spending,2025,186.6,PLN bn\n"
        "Poland,Defence share of GDP,2025,4.48,% of GDP\n"
    )

    assert said(cell(text, "186.6"), "actor", "measure", "period", "value", "unit") == (
        "POL", "defence_spending", "2025", Decimal("186.6e9"), "PLN",
    )  # fmt: skip
    assert said(cell(text, "4.48"), "measure", "unit") == ("defence_share_of_gdp", "% of GDP")


def test_tables_under_one_another_have_their_own_prices():
    text = (
        "Defence expenditure,,\nMillion US dollars,,\n,2023,2024e\nCurrent prices,,\nGermany,73165,97686\n"
        "Constant 2015 prices,,\nGermany,59440,76943\n"
    )

    assert said(cell(text, "97686"), "prices", "period", "value") == ("current", "2024", Decimal("97686e6"))
    assert said(cell(text, "76943"), "prices", "period") == ("constant:2015", "2024")


def test_a_heading_above_rows_tells_whose_they_are():
    text = (
        "Defence budget (billion dollars),2025,2026\nJapan,,\nPersonnel,12.1,12.4\n"
        "Poland,,\nPersonnel,8.3,8.9\n"
    )

    assert said(cell(text, "12.4"), "actor", "item") == ("JPN", "personnel")
    assert said(cell(text, "8.9"), "actor", "item") == ("POL", "personnel")


def test_a_title_that_is_a_bare_word_of_status_says_nothing_of_the_figures():
    text = "Budget,,\nDefence spending of Poland (bn zloty),2025,2026 (budget)\nTotal,186.6,200.1\n"

    assert cell(text, "186.6").status is None
    assert cell(text, "200.1").status == "enacted"


def test_codes_and_running_numbers_are_no_figures():
    text = "No,Country Name,Country Code,ccode,2024\n1,Japan,JPN,740,54.2\n2,Germany,DEU,255,86.1\n"

    assert [claim.quote for claim in read_csv(text)[0]] == ["54.2", "86.1"]


def test_a_code_tells_two_countries_of_one_name_apart():
    text = (
        "Country Name,Country Code,Indicator Name,2023\n"
        '"Korea, Rep.",KOR,GDP (current US$),1712792854202\n'
        '"Korea, Dem. People\'s Rep.",PRK,GDP (current US$),15700000000\n'
    )

    assert cell(text, "1712792854202").actor == "KOR"
    assert cell(text, "15700000000").actor == "PRK"


# Parts


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("Total,100.5\n  Pay,40.2\n", id="by indent"),
        pytest.param("1. Operations,100.5\n1.1 Pay,40.2\n", id="by number"),
        pytest.param("Operations,100.5\nof which: pay,40.2\n", id="in words"),
    ],
)
def test_a_row_under_its_whole_is_a_part_of_it(rows):
    text = "Defence budget of Poland (billion zloty),2026\n" + rows

    assert cell(text, "40.2").part_of == cell(text, "100.5").id
    assert cell(text, "100.5").part_of is None


# Marks in cells


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param("1,234.5", "1234.5", id="thousands and decimals"),
        pytest.param("(12.5)", "-12.5", id="negative in brackets"),
        pytest.param("-12.5", "-12.5", id="minus"),
        pytest.param("△12.5", "-12.5", id="a triangle is a minus in Korea and Japan"),
        pytest.param("12.5*", "12.5", id="a star points to a note"),
        pytest.param("12.5 a", "12.5", id="a letter points to a note"),
        pytest.param("12.5 1)", "12.5", id="a number with a bracket points to a note"),
        pytest.param("12.5[3]", "12.5", id="a number in brackets points to a note"),
        pytest.param("12.5³", "12.5", id="a raised figure points to a note"),
        pytest.param("+12.5", "12.5", id="plus"),
        pytest.param("1.2E+03", "1200", id="a power of ten"),
        pytest.param("1 234.5", "1234.5", id="a blank between thousands"),
    ],
)
def test_marks_around_a_number_are_understood(written, value):
    text = f'Defence budget of Poland (zloty);2026\nPay;"{written}"\nArms;7.25\n'

    assert cell(text, written).value == Decimal(value)


@pytest.mark.parametrize("written", ["..", "...", "–", "—", "-", "n/a", "xxx", "", "N/A", ". ."])
def test_a_missing_value_is_no_claim(written):
    text = f"Defence budget of Poland (bn zloty);2025;2026\nPay;{written};8.5\n"

    assert [claim.quote for claim in read_csv(text)[0]] == ["8.5"]


def test_a_cell_may_say_its_own_status_and_unit():
    text = "Defence spending of Japan;2025;2026\nTotal;$54.2 bn;62.1e\nShare;1.8%;2.0%\n"

    assert said(cell(text, "$54.2 bn"), "unit", "value") == ("USD", Decimal("54.2e9"))
    assert cell(text, "62.1e").status == "estimate"
    assert cell(text, "2.0%").unit == "%"


def test_a_cell_that_is_printed_unlike_the_others_is_left_out_and_told():
    text = "Defence budget of Poland (bn zloty);2025;2026\nPay;1,5;2,5\nArms;10,25;1.2.3\n"

    ledger, problems = read_csv(text)

    assert [claim.quote for claim in ledger] == ["1,5", "2,5", "10,25"]
    assert "table-odd-number" in codes(problems)


def test_a_target_is_exact():
    text = "Defence share of GDP of Germany (%),2029 (target)\nGermany,3.5\n"

    assert said(cell(text, "3.5"), "status", "low", "high") == ("target", Decimal("3.5"), Decimal("3.5"))


# What is not understood


def test_numbers_of_which_nothing_is_known_are_no_claims_and_that_is_said():
    ledger, problems = read_csv("Name,Score\nAnn,3\nBob,5\n")

    assert not len(ledger)
    assert "table-not-understood" in codes(problems)


def test_a_table_without_unit_is_read_with_less_confidence_and_that_is_said():
    ledger, problems = read_csv("Programme,2025,2026\nFrigates,1.5,2.5\n")

    assert [said(claim, "unit", "item", "period") for claim in ledger] == [
        (None, "frigates", "2025"),
        (None, "frigates", "2026"),
    ]
    assert all(claim.confidence <= 0.7 for claim in ledger)
    assert "table-incomplete" in codes(problems)


def test_more_numbers_than_are_read_are_told(monkeypatch):
    monkeypatch.setattr("steelyard.read.tables.document_tables.MOST_IN_A_TABLE", 4)

    ledger, problems = read_csv(KOREA)

    assert len(ledger) == 4
    assert "table-cut" in codes(problems)


# Tables within prose


PAGE = """# Budget

Poland's defence budget is 200 billion zloty for 2026.

Defence budget of Poland (billion zloty)

| Item | 2025 | 2026 |
|---|---|---|
| Personnel | 40.1 | 42.3 |
| Total | 186.6 | 200.1 |

Arms cost $90 billion more.
"""


def test_a_table_in_a_text_is_read_once_and_the_prose_around_it_too():
    extracted = markdown.extract(PAGE.encode())
    document = Document("page.md", extracted.text, TODAY, tables=extracted.tables)

    ledger = read_document(document, VOCABULARY)[0].where(kind="figure")

    assert [claim.quote for claim in ledger] == [
        "200 billion zloty", "40.1", "42.3", "186.6", "200.1", "$90 billion",
    ]  # fmt: skip
    assert said(ledger[2], "actor", "measure", "item", "period", "unit") == (
        "POL", "defence_spending", "personnel", "2026", "PLN",
    )  # fmt: skip
    assert ledger[2].locator == "row 2, column 3 (2026)"


def test_a_table_that_only_lays_out_prose_is_read_as_prose():
    text = "Poland spends 200 billion zloty on defence.\nIt buys tanks.\n"
    document = Document("page.html", text, TODAY, tables=(Table(0, len(text), ()),))

    assert [claim.quote for claim in read_document(document, VOCABULARY)[0]] == ["200 billion zloty"]


def test_a_workbook_is_read_as_its_sheets_show_it():
    book = openpyxl.Workbook()
    book.active.title = "Main"
    for row in (["Defence budget of South Korea"], ["(billion won)"], ["Item", 2025, "2026 (proposed)"]):
        book.active.append(row)
    book.active.append(["Total", 61246.93, 66294.71])
    book.active.append(["Share of GDP", 0.02318, 0.02421])
    for name, number_format in (("C4", "#,##0.0"), ("C5", "0.00%")):
        book.active[name].number_format = number_format
    file = BytesIO()
    book.save(file)
    extracted = xlsx.extract(file.getvalue())
    document = Document("budget.xlsx", extracted.text, TODAY, tables=extracted.tables)

    claims = {c.locator: c for c in read_document(document, VOCABULARY)[0]}

    amount, share = claims["sheet Main, cell C4"], claims["sheet Main, cell C5"]
    assert said(amount, "quote", "value", "low") == ("66,294.7", Decimal("66294.7e9"), Decimal("66294.65e9"))
    assert said(share, "quote", "measure", "unit") == ("2.42%", "defence_share_of_gdp", "% of GDP")


# Time and harm


def _table_of(rows):
    """A table of 24 numbers in each row, as a document."""
    lines = [
        f"Programme {n}," + ",".join(f"{(n * 37 + y) % 900}.{y % 10}" for y in range(24)) for n in range(rows)
    ]
    text = (
        "Defence budget of Poland (bn zloty),"
        + ",".join(map(str, range(2001, 2025)))
        + "\n"
        + "\n".join(lines)
    )
    extracted = delimited.extract(text.encode())
    return Document("budget.csv", extracted.text, TODAY, tables=extracted.tables)


def test_a_table_takes_work_by_its_numbers():
    small, large = _table_of(10), _table_of(40)
    assert [len(read_document(table, VOCABULARY)[0]) for table in (small, large)] == [240, 960]

    few, many = (lines_run(lambda table=table: read_document(table, VOCABULARY)) for table in (small, large))

    assert many < 5 * few  # by the square it would be 16


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a,2025\n" + "x" * 200_000 + ",1.5\n", id="a huge cell"),
        pytest.param(
            "a," + ",".join(["2025"] * 20_000) + "\nb," + ",".join(["1.5"] * 20_000), id="a wide row"
        ),
        pytest.param("a,2025\n" + "b\n" * 20_000 + "c,1.5\n", id="headings without end"),
        pytest.param(
            "b\n" * 9000 + "a,2025\n" + "".join(f"c{n},1.5\n" for n in range(9000)), id="titles without end"
        ),
        pytest.param("a,2025\n" + "(" * 50 + "1.5" + ")" * 50 + ",2.5\n", id="nested brackets"),
        pytest.param("a,2025\nb," + "9" * 5000 + "\n", id="a number of 5,000 digits"),
        pytest.param("a,2025\nb,1.5E+99\nc,1e-99\n", id="powers beyond use"),
        pytest.param("2025,2026\n" * 5000, id="rows of years alone"),
        pytest.param("a,2025\nb,2" + "*" * 40 + "026\n", id="stars that point to no note"),
        pytest.param("a,2025\n=1+1,1.5\n@x,2.5\n", id="what a spreadsheet would run"),
    ],
)
def test_hostile_tables_are_read_in_bounded_time(text):
    with soon():
        read_csv(text)


def test_a_column_of_locators_or_references_names_no_item():
    """A small table of facts has a reference in each row, which says nothing of what the figure is of."""
    text = (
        'Country,Currency,"Defence expenditure 2024e, million",Reference,Locator\n'
        'Germany,EUR,"90,586","NATO, 17 June 2024","Table 1, N21"\n'
        'Poland,PLN,"151,241","NATO, 17 June 2024","Table 1, N32"\n'
    )

    ledger, problems = read_csv(text)

    assert problems == []
    assert [said(claim, "actor", "item", "unit", "period") for claim in ledger] == [
        ("DEU", None, "EUR", "2024"),
        ("POL", None, "PLN", "2024"),
    ]


@pytest.mark.parametrize(
    ("text", "quote", "keys"),
    [
        pytest.param(
            'Country,"Defence spending (NATO definition), 2025, billion US dollars"\nGermany,93.7\n',
            "93.7",
            ("DEU", "nato"),
            id="the heading tells whose count it is",
        ),
        pytest.param(
            'Country,"Defence spending of NATO in 2025, billion US dollars"\nJapan,55.3\nNorway,10.4\n',
            "55.3",
            ("JPN", None),
            id="a state that is no member",
        ),
        pytest.param(
            'Item,"Defence spending of NATO in 2025, billion US dollars"\nPersonnel,510\nEquipment,480\n',
            "510",
            ("NATO", None),
            id="rows without a state are the alliance's",
        ),
        pytest.param(
            'Year,"Defence spending of Germany, billion US dollars"\n2024,86.1\n2025,93.7\n',
            "93.7",
            ("DEU", None),
            id="a state in the heading",
        ),
    ],
)
def test_a_row_s_state_comes_before_an_alliance_in_the_heading(text, quote, keys):
    assert said(cell(text, quote), "actor", "definition") == keys
