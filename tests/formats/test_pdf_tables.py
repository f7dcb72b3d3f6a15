"""Tables of PDFs as browsers print them: rows and columns found, and read as those of web pages are."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.read import read_document
from steelyard.read.documents.opening import documents_in
from steelyard.read.documents.stamps import day_of_byline
from steelyard.read.formats.pdf import extract
from tests.formats.pages import Line, lines, pdf, rows, width
from tests.patience import soon
from tests.read.reading import VOCABULARY

PROSE = (
    "The ministry of defence laid its plan for",
    "the coming year before parliament. It asks",
    "for 65.9 trillion won, which is 7.5 percent",
    "more than in the year before. Most of the",
    "growth goes into air defence and ships.",
)
OTHERS = (
    "The opposition calls the plan too large. It",
    "says that 2 trillion won could be saved on",
    "aircraft alone. A vote is expected in early",
    "December, as the law demands. Until then a",
    "committee will look at each of the items.",
)
SPENDING = (
    ("Country", "2024", "2025"),
    ("Poland", "34.9", "44.3"),
    ("South Korea", "46.3", "46.1"),
    ("Japan", "55.3", "58.9"),
)
# So near to each other that a line of them looks like words: two thirds of their size.
NEAR = (146, 172)


KEYS = ("quote", "actor", "measure", "item", "statistic", "low", "high", "unit", "period", "status")


def cells(extracted):
    """The tables as texts by row."""
    return [
        [[extracted.text[cell.start : cell.end] if cell else "" for cell in row] for row in table.rows]
        for table in extracted.tables
    ]


def as_lists(*texts):
    return [list(row) for row in texts]


def keys(data, name):
    """What the claims of a file say, wherever they stand in it."""
    (document,), _ = documents_in(data, name, date=date(2026, 1, 20))
    ledger, _ = read_document(document, VOCABULARY)
    return [{key: getattr(claim, key) for key in KEYS} for claim in ledger]


def page_of(title, texts):
    """A web page that holds a title and a table."""
    body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in texts)
    return f"<html><body><p>{title}</p><table>{body}</table></body></html>".encode()


def test_numbers_near_each_other_are_cells_where_they_stand_in_columns():
    extracted = extract(pdf(rows(60, 200, NEAR, *SPENDING)))

    assert cells(extracted) == [as_lists(*SPENDING)]
    assert "Poland\t34.9\t44.3\n" in extracted.text


KOREAN = (
    ("구분", "2025년 예산", "2026년 예산", "증감률(%)"),
    ("국방예산", "612,469", "658,642", "7.5"),
    ("방위력개선비", "178,462", "199,653", "11.9"),
    ("전력운영비", "434,007", "458,989", "5.8"),
)
ARMS = (
    ("Military expenditure, USD billions", "2024", "2025"),
    ("Poland", "34.9", "44.3"),
    ("South Korea", "46.3", "46.1"),
)


@pytest.mark.parametrize(
    ("title", "texts", "left", "edges"),
    [
        pytest.param("Defence spending (USD billions)", SPENDING, 60, NEAR, id="unit in the title"),
        pytest.param("Spending by country", ARMS, 60, (270, 310), id="unit in the heading"),
        pytest.param("국방예산 현황 (단위: 억원)", KOREAN, 60, (210, 290, 370), id="Korean"),
    ],
)
def test_a_printed_table_is_read_as_that_of_a_web_page(title, texts, left, edges):
    printed = pdf([Line(left, 170, title), *rows(left, 190, edges, *texts)])

    claims = keys(printed, "a.pdf")

    assert claims == keys(page_of(title, texts), "a.html")
    assert all(claim["unit"] and claim["measure"] for claim in claims)
    assert len(claims) == sum(map(len, texts[1:])) - len(texts[1:])


def test_a_claim_names_the_page_and_the_cell():
    data = pdf(
        lines(60, 100, *PROSE),
        [Line(60, 170, "Defence spending (USD billions)"), *rows(60, 190, NEAR, *SPENDING)],
    )
    (document,), _ = documents_in(data, "a.pdf")
    ledger, _ = read_document(document, VOCABULARY)

    (claim,) = [claim for claim in ledger if claim.quote == "44.3"]

    assert claim.locator.startswith("page 2, row 2, column 3")
    assert document.text[claim.start : claim.end] == "44.3"


def test_a_table_beside_prose_leaves_both_whole():
    """Its names begin a little behind the edge of the lines in its column."""
    page = lines(60, 100, *PROSE) + rows(326, 100, (440, 470), *SPENDING[:3]) + lines(320, 160, *OTHERS[:2])

    extracted = extract(pdf(page))

    assert " ".join(PROSE) in extracted.text
    assert " ".join(OTHERS[:2]) in extracted.text
    assert cells(extracted) == [as_lists(*SPENDING[:3])]
    assert extracted.text.index(PROSE[-1]) < extracted.text.index("Country") < extracted.text.index(OTHERS[0])


def test_tables_side_by_side_stay_two():
    shares = (("Country", "2024", "2025"), ("Poland", "4.1", "4.5"), ("Japan", "1.6", "1.8"))
    spending = [row for row in SPENDING if row[0] != "South Korea"]
    left = [*lines(60, 100, "Defence spending", "(USD billions)"), *rows(60, 130, NEAR, *spending)]
    right = [*lines(320, 100, "Defence share", "(% of GDP)"), *rows(320, 130, (406, 432), *shares)]

    extracted = extract(pdf([*left, *right]))

    assert cells(extracted) == [as_lists(*spending), as_lists(*shares)]
    assert extracted.text.index("58.9") < extracted.text.index("Defence share")


def test_a_table_below_two_columns_is_read_after_both():
    page = lines(60, 100, *PROSE) + lines(320, 100, *OTHERS)
    page += [Line(60, 180, "Budgets by country"), *rows(60, 200, NEAR, *SPENDING)]

    text = extract(pdf(page)).text

    assert text.index(PROSE[-1]) < text.index(OTHERS[0]) < text.index("Budgets by") < text.index("Country")


def test_a_name_of_several_lines_goes_with_its_numbers():
    """As browsers draw it: the lines of the name, then what stands beside the first of them."""
    page = rows(60, 200, (240, 270), ("Item", "2025", "2026"), ("Pay", "41.0", "43.1"))
    page += lines(60, 236, "Modernisation of the", "armed forces") + rows(
        60, 236, (240, 270), ("", "71.2", "80.0")
    )
    page += rows(60, 266, (240, 270), ("Pensions", "12.3", "12.9"))

    assert cells(extract(pdf(page))) == [
        as_lists(
            ("Item", "2025", "2026"),
            ("Pay", "41.0", "43.1"),
            ("Modernisation of the armed forces", "71.2", "80.0"),
            ("Pensions", "12.3", "12.9"),
        )
    ]


def test_headings_may_be_wider_than_their_numbers_and_rows_of_names_stand_between():
    texts = (
        ("System", "Ordered", "Delivered by 2025"),
        ("Tanks", "180", "110"),
        ("Guns of all kinds", "", ""),
        ("Howitzers", "364", "212"),
    )
    page = [
        *(Line(x, 200, text) for x, text in zip((60, 160, 260), texts[0], strict=True)),
        *rows(60, 218, (215, 345), *texts[1:]),
    ]

    assert cells(extract(pdf(page))) == [as_lists(*texts)]


def test_a_heading_over_several_columns_begins_with_the_first_of_them():
    texts = (
        ("Item", "", "Plan", "Forecast"),
        ("", "2026", "2027", "2028"),
        ("All", "200.1", "214.3", "229.0"),
        ("Pay", "41.0", "43.1", "45.0"),
    )

    (table,) = cells(extract(pdf(rows(60, 200, (180, 240, 320), *texts))))

    assert table == as_lists(("Item", "Plan", "", "Forecast"), *texts[1:])


def test_headings_beside_two_lines_of_headings_stand_in_the_middle():
    texts = (
        ("Item", "Plan", "", "Growth"),
        ("", "FY2025", "FY2026", ""),
        ("All", "$41.1bn", "$42.3bn", "1.1%"),
    )
    page = [
        *(Line(60, 208, "Item"), Line(190, 200, "Plan"), Line(280, 208, "Growth")),
        *rows(60, 216, (180, 240, 320), *texts[1:], ("Pay", "$12.2bn", "$13.6bn", "2.2%")),
    ]

    (table,) = cells(extract(pdf(page)))

    assert table[:3] == as_lists(*texts)


@pytest.mark.parametrize("again", [True, False], ids=["headings again", "rows alone"])
def test_a_table_goes_on_on_the_next_page(again):
    """Its claims have the years of the headings on the first."""
    more = (("Germany", "88.5", "95.1"), ("Italy", "38.0", "40.8"))
    second = (SPENDING[0], *more) if again else more
    data = pdf(
        [
            *lines(60, 100, *PROSE),
            Line(60, 170, "Defence spending (USD billions)"),
            *rows(60, 190, NEAR, *SPENDING),
        ],
        rows(60, 60, NEAR, *second) + lines(60, 140, *OTHERS),
    )

    assert cells(extract(data)) == [as_lists(*SPENDING, *more)]
    assert [claim["period"] for claim in keys(data, "a.pdf") if claim["quote"] in ("95.1", "40.8")] == [
        "2025"
    ] * 2


def test_another_table_on_the_next_page_is_one_of_its_own():
    other = (("Country", "2022", "2023"), ("Poland", "21.0", "27.1"))

    extracted = extract(pdf(rows(60, 60, NEAR, *SPENDING), rows(60, 60, NEAR, *other)))

    assert cells(extracted) == [as_lists(*SPENDING), as_lists(*other)]


def test_words_of_which_each_letter_has_its_place_are_whole():
    """As browsers print fonts whose letters they space themselves; a page of rows confuses pdfium then."""
    text = "46.1 of 658.6"
    place, page = 60.0, []
    for sign in text:
        page += [Line(round(place, 2), 100, sign)] if sign != " " else []
        place += width(sign)

    page += rows(60, 150, (150, 240, 330), *[("All", *["658.6"] * 3)] * 35)

    assert extract(pdf(page)).text.split("\n")[0] == text


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(lines(60, 100, *PROSE) + lines(320, 100, *OTHERS), id="prose in columns"),
        pytest.param(
            [
                line
                for n in range(1, 6)
                for line in (Line(60, 88 + 12 * n, f"{n}."), Line(85, 88 + 12 * n, PROSE[0]))
            ],
            id="a numbered list",
        ),
        pytest.param(
            rows(60, 100, (400,), *((f"Chapter {n} " + ". " * 20, str(7 * n)) for n in range(1, 6))),
            id="a table of contents",
        ),
        pytest.param(rows(60, 100, (200, 240), ("Poland", "34.9", "44.3")), id="a row alone"),
        pytest.param(lines(60, 100, "34.9", "44.3", "46.1", "58.9"), id="numbers without names"),
    ],
)
def test_what_is_no_table_is_none(page):
    assert extract(pdf(page)).tables == ()


def test_a_page_full_of_numbers_in_one_column_takes_no_long_time():
    page = [Line(60, 10 + 0.4 * number, "46.1", 3) for number in range(1900)]
    with soon():
        extract(pdf(*[page] * 3))


# The day of a document


@pytest.mark.parametrize(
    ("line", "day"),
    [
        pytest.param("20 January 2026", date(2026, 1, 20), id="alone"),
        pytest.param("By Jane Analyst · 20 January 2026", date(2026, 1, 20), id="behind a name"),
        pytest.param("Warsaw, 20 January 2026 — The Institute", date(2026, 1, 20), id="between two"),
        pytest.param("Published: 3 Feb. 2026 | The Ministry", date(2026, 2, 3), id="a short month"),
        pytest.param("WASHINGTON, January 20, 2026", date(2026, 1, 20), id="month first"),
        pytest.param("서울, 2025년 12월 3일", date(2025, 12, 3), id="Korean"),
        pytest.param("국방부 | 2025. 12. 3.(수)", date(2025, 12, 3), id="with points"),
        pytest.param("Seoul (2025-12-03)", date(2025, 12, 3), id="in numbers"),
        pytest.param("The cabinet met on 28 August 2025.", None, id="a sentence"),
        pytest.param("Forces as of 1 January 2026 and later", None, id="in the midst of words"),
        pytest.param("Warsaw, 31 February 2026", None, id="no such day"),
        pytest.param("Budget 2026/27", None, id="years alone"),
        pytest.param("11/22/26, 4:58 AM", None, id="when it was printed"),
        pytest.param(
            "Warsaw spent more, 20 January 2026\nfor the first time.", None, id="a wrapped sentence"
        ),
        pytest.param(
            "SEOUL, Dec. 3, 2025 (Agency) -- " + "The parliament passed a budget of 65.9 trillion won. " * 3,
            date(2025, 12, 3),
            id="before a sentence",
        ),
        pytest.param(
            "In Seoul, on Dec. 3, 2025, parliament met. " + "It passed a budget of 65.9 trillion won. " * 3,
            None,
            id="in a sentence",
        ),
        pytest.param("Title\nJane Lee\n3 December 2025", date(2025, 12, 3), id="lines of a heading"),
    ],
)
def test_the_day_of_a_byline_is_found(line, day):
    assert day_of_byline(f"Allies raise their budgets\n\n{line}\n\nPoland spends more.") == day


def test_a_day_further_down_is_no_byline():
    assert day_of_byline("A line of text.\n\n" * 20 + "20 January 2026") is None


def test_a_pdf_has_the_date_of_its_byline_and_not_of_its_making():
    page = [
        Line(60, 60, "Allies raise their budgets", 18),
        Line(60, 90, "Warsaw, 20 January 2026"),
        *lines(60, 120, *PROSE),
    ]

    (document,), problems = documents_in(
        pdf(page, info="/CreationDate (D:20261122090000Z)"), "a.pdf", date=date(2020, 1, 1)
    )

    assert (document.date, problems) == (date(2026, 1, 20), [])


def test_what_a_browser_prints_into_the_margins_is_left_out():
    page = [
        *(Line(24, 20, "11/22/26, 4:58 AM", 8), Line(260, 20, "Allies raise their budgets", 8)),
        *lines(60, 120, *PROSE),
        *(Line(24, 785, "https://example.org/budgets", 8), Line(560, 785, "1/1", 8)),
    ]

    assert extract(pdf(page)).text.strip() == " ".join(PROSE)
