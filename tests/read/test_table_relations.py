"""Columns that speak of one another: differences in letters, rates beside amounts, shares of amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.core.claim import Claim
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.read.formats import markdown
from steelyard.read.tables.table_relations import without_formula
from tests.read.reading import TODAY, VOCABULARY

MINISTRY = """# South Korea: 2026 budget

(단위: 억원, %)

| 구분 | 2025년 예산(A) | 2026년 예산(B) | 증감(B-A) | 증가율 |
|---|---|---|---|---|
| 국방예산 | 610,000 | 650,000 | 40,000 | 6.6 |
| 전력운영비 | 430,000 | 455,000 | 25,000 | 5.8 |
"""


def cells(text: str) -> dict[str, Claim]:
    """The claims of a table in Markdown, by the words of their cells."""
    extracted = markdown.extract(text.encode())
    document = Document("table.md", extracted.text, TODAY, title=extracted.title, tables=extracted.tables)
    return {claim.quote: claim for claim in read_document(document, VOCABULARY)[0]}


def said(claim: Claim, *keys: str) -> tuple[object, ...]:
    return tuple(getattr(claim, key) for key in keys)


@pytest.mark.parametrize(
    ("heading", "plain", "formula"),
    [
        pytest.param("2025 (A)", "2025", "A", id="a column's own letter"),
        pytest.param("Change (B − A)", "Change", "B-A", id="a difference"),
        pytest.param("증감률((B-A)/A)", "증감률", "(B-A)/A", id="a rate"),
        pytest.param("예산안(ⓑ)", "예산안", "ⓑ", id="letters in rings"),
        pytest.param("Total (US)", "Total (US)", "", id="an abbreviation is no letter"),
        pytest.param("Spending (2026)", "Spending (2026)", "", id="a year is no letter"),
        pytest.param("(A)", "(A)", "", id="nothing before it"),
    ],
)
def test_letters_behind_a_heading_are_told_from_words(heading, plain, formula):
    assert without_formula(heading) == (plain, formula)


def test_a_column_of_differences_is_in_the_unit_and_between_the_years_of_its_letters():
    change = cells(MINISTRY)["40,000"]

    assert said(change, "actor", "measure", "statistic", "unit", "value", "period", "baseline") == (
        *("KOR", "defence_spending", "change", "KRW", Decimal("4e12"), "2026", "2025"),
    )


def test_letters_and_the_word_for_a_budget_name_no_item_and_no_status():
    claim = cells(MINISTRY)["455,000"]

    assert said(claim, "item", "status", "unit", "value") == ("operating", None, "KRW", Decimal("45.5e12"))


def test_a_rate_of_growth_is_in_per_cent_although_the_table_is_in_money():
    assert said(cells(MINISTRY)["5.8"], "statistic", "unit", "item") == ("growth", "%", "operating")


def test_a_rate_in_letters_is_in_per_cent():
    text = (
        "# Defence budget of Japan (billion yen)\n\n| Item | 2025 (A) | 2026 (B) | Change (B-A)/A |\n"
        "|---|---|---|---|\n| Total | 8,500 | 9,000 | 5.9 |\n"
    ).replace("Change (B-A)/A", "Change ((B-A)/A)")

    growth = cells(text)["5.9"]

    assert said(growth, "statistic", "unit", "period", "baseline") == ("growth", "%", "2026", "2025")


BUDGET = """# Defence budget of the United States ($ in billions)

| Title | FY 2025 Enacted | FY 2026 Request | Change FY25-FY26 |
|---|---|---|---|
| Military personnel | 182.4 | 194.7 | {personnel} |
| Procurement | 167.5 | 205.2 | {procurement} |
| Research | 141.2 | 179.0 | {research} |
"""


@pytest.mark.parametrize(
    ("written", "unit", "statistic", "value"),
    [
        pytest.param(("12.3", "37.7", "37.8"), "USD", "change", "37.7e9", id="in money"),
        pytest.param(("6.7", "22.5", "26.8"), "%", "growth", "22.5", id="in per cent"),
        pytest.param(("21.3", "37.7", "37.8", "1"), "USD", "change", "37.7e9", id="a slip in one row"),
        pytest.param(("5.5", "14.1", "90.2"), None, "change", "14.1", id="neither"),
    ],
)
def test_rows_tell_whether_a_change_is_in_money_or_in_per_cent(written, unit, statistic, value):
    rows = dict(zip(("personnel", "procurement", "research"), written, strict=False))

    change = cells(BUDGET.format(**rows))[written[1]]

    assert said(change, "unit", "statistic", "value") == (unit, statistic, Decimal(value))
    assert said(change, "period", "baseline") == ("FY2026", "FY2025")


def test_a_change_in_the_row_of_personnel_counts_no_troops():
    text = BUDGET.format(personnel="12.3", procurement="37.7", research="37.8")

    assert said(cells(text)["12.3"], "measure", "unit") == ("defence_spending", "USD")


def test_years_under_the_heading_of_a_fiscal_year_are_fiscal():
    text = "# Defence budget of Japan (billion yen)\n\n| FY | Total |\n|---|---|\n| 2024 | 7,900 |\n"

    assert cells(text)["7,900"].period == "FY2024"


def test_an_exchange_rate_in_a_table_is_of_one_currency_in_the_other():
    text = (
        "# 방위비 분담금\n\n| 연도 | 총액(억원) | 환율(원/달러) |\n|---|---|---|\n| 2025 | 14,028 | 1,422 |\n"
    )

    found = cells(text)

    assert said(found["1,422"], "measure", "unit") == ("exchange_rate", "KRW per USD")
    assert said(found["14,028"], "measure", "unit") == ("cost_sharing", "KRW")


def test_an_estimate_of_what_is_carried_out_names_no_item():
    text = (
        "# Defence funding of Australia (A$ million)\n\n| | 2024-25 Estimated actual | 2025-26 Budget |\n"
        "|---|---|---|\n| Total | 55,700 | 58,989 |\n"
    )

    assert said(cells(text)["55,700"], "item", "status") == (None, "estimate")


@pytest.mark.parametrize(
    ("heading", "baseline", "period"),
    [
        pytest.param("Change on 2025", "2025", "2026", id="from a year"),
        pytest.param("Growth 2024-2025", "2024", "2025", id="between two years"),
        pytest.param("Growth in 2026", None, "2026", id="of a year"),
    ],
)
def test_the_year_from_which_a_change_is_counted_is_its_baseline(heading, baseline, period):
    text = (
        f"# Defence budget of Poland, 2026\n\n| Item | Budget (million zloty) | {heading} |\n"
        "|---|---|---|\n| Total | 120,000 | 7.7% |\n"
    )

    assert said(cells(text)["7.7%"], "baseline", "period") == (baseline, period)


def test_a_share_of_gdp_is_that_of_the_amount_in_the_column_beside():
    text = (
        "# Allies\n\n| Country | Defence expenditure (US$ billion) | | Share of GDP | |\n"
        "|---|---|---|---|---|\n"
        "| | 2024 | 2025e | 2024 | 2025e |\n| Poland | 34.9 | 44.3 | 4.07 | 4.48 |\n"
        "| Germany | 93.7 | 107.6 | 2.00 | 2.39 |\n"
    )

    share = cells(text)["4.48"]

    assert said(share, "actor", "measure", "period", "status", "unit") == (
        *("POL", "defence_share_of_gdp", "2025", "estimate", "% of GDP"),
    )


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        pytest.param("Budget 2026", "proposed", id="a row says proposed under Budget"),
        pytest.param("Enacted 2026", "enacted", id="a heading of a stage of its own"),
    ],
)
def test_the_word_budget_alone_does_not_say_that_it_was_decided(heading, status):
    text = (
        f"# Sweden's defence (million kronor)\n\n| Programme | {heading} |\n|---|---|\n"
        "| Ships (proposed) | 1,250 |\n| Roads | 2,300 |\n"
    )

    assert cells(text)["1,250"].status == status


def test_the_word_budget_tells_a_status_beside_what_was_carried_out():
    text = (
        "# Defence spending of Norway (million kroner)\n\n| Item | Outturn 2024 | Budget 2025 |\n"
        "|---|---|---|\n"
        "| Total | 91,000 | 110,000 |\n"
    )

    found = cells(text)

    assert (found["91,000"].status, found["110,000"].status) == ("executed", "enacted")
