"""Dates and periods in a text, with the relative ones anchored to the document's date."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.read.mentions import words_of
from steelyard.read.times.dates import DateReader
from tests.read.reading import LEXICON, TODAY

READER = DateReader(LEXICON)


def periods(text, day=TODAY):
    return [str(mention.period) for mention in READER.find(text, day)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the budget for 2026", "2026"),
        ("the budget of 2026.", "2026"),
        ("in FY2026 the act", "FY2026"),
        ("in FY 2026 the act", "FY2026"),
        ("in FY26 the act", "FY2026"),
        ("in FY'26 the act", "FY2026"),
        ("in fiscal year 2026", "FY2026"),
        ("in Fiscal Year 2026", "FY2026"),
        ("in fiscal 2026", "FY2026"),
        ("in the 2026 fiscal year", "FY2026"),
        ("in the 2025-26 budget", "FY2026"),
        ("in the 2025/26 budget", "FY2026"),
        ("in the 2025–26 budget", "FY2026"),
        ("in FY2025-26", "FY2026"),
        ("over 2026-2030", "2026/2030"),
        ("over 2026–30", "2026/2030"),
        ("from 2026 to 2030", "2026/2030"),
        ("between 2026 and 2030", "2026/2030"),
        ("in September 2025", "2025-09"),
        ("in Sept. 2025", "2025-09"),
        ("on 29 August 2025", "2025-08-29"),
        ("on 29th August 2025", "2025-08-29"),
        ("on the 29th of August 2025", "2025-08-29"),
        ("on August 29, 2025", "2025-08-29"),
        ("on Aug. 29, 2025", "2025-08-29"),
        ("on 2025-08-29", "2025-08-29"),
        ("by 2035", "../2035"),
        ("until 2035", "../2035"),
        ("by the end of 2035", "../2035"),
        ("no later than 2035", "../2035"),
        ("by fiscal year 2035", "../FY2035"),
        ("this year", "2026"),
        ("currently", "2026"),
        ("next year", "2027"),
        ("last year", "2025"),
        ("a year ago", "2025"),
        ("in September last year", "2025-09"),
        ("in September of last year", "2025-09"),
        ("in March this year", "2026-03"),
        ("in March next year", "2027-03"),
        ("on the 23rd", "2026-01-23"),
        ("on the 25th", "2025-12-25"),
        ("on January 23", "2026-01-23"),
        ("on 23 January", "2026-01-23"),
        ("on the 23rd of January", "2026-01-23"),
        ("on Dec. 30", "2025-12-30"),
        ("in FY25/26", "FY2026"),
        ("in fiscal year 2025-26", "FY2026"),
        ("over FY2026-30", "FY2026/FY2030"),
        ("from fiscal 2023 to fiscal 2027", "FY2023/FY2027"),
        ("from 2023 through 2027", "2023/2027"),
        ("since 2019", "2019/.."),
        ("through 2027", "../2027"),
        ("in the third quarter of 2025", "2025-07/2025-09"),
        ("in Q3 2025", "2025-07/2025-09"),
        ("in 2025 Q3", "2025-07/2025-09"),
        ("in the 3rd quarter", "2025-07/2025-09"),
        ("in the first quarter", "2026-01/2026-03"),
        ("in the first quarter of next year", "2027-01/2027-03"),
        ("in H1 2025", "2025-01/2025-06"),
        ("in the second half of last year", "2025-07/2025-12"),
        ("in the second quarter of fiscal 2026", "FY2026"),
        ("last September", "2025-09"),
        ("last January", "2025-01"),
        ("next March", "2026-03"),
        ("next January", "2027-01"),
        ("this month", "2026-01"),
        ("last month", "2025-12"),
        ("next month", "2026-02"),
        ("last quarter", "2025-10/2025-12"),
        ("yesterday", "2026-01-23"),
        ("on Friday", "2026-01-23"),
        ("last Saturday", "2026-01-17"),
        ("next Friday", "2026-01-30"),
        ("on Friday (Jan 23)", "2026-01-23"),
        ("on Friday, Jan. 23", "2026-01-23"),
        ("on Friday, January 23, 2026", "2026-01-23"),
        ("from January to March 2026", "2026-01/2026-03"),
        ("on January 23-25, 2026", "2026-01-23/2026-01-25"),
        ("mid-2026", "2026"),
        ("in late 2025", "2025"),
        ("by the end of 2027", "../2027"),
        ("in early September 2025", "2025-09"),
        ("in the 1990s", "1990/1999"),
        ("in the mid-2030s", "2030/2039"),
        ("this decade", "2020/2029"),
        ("by the end of the decade", "../2030"),
        ("over the past 20 years", "2006/2026"),
        ("in the last two decades", "2006/2026"),
        ("over the next five years", "2026/2031"),
        ("five years ago", "2021"),
        ("in the five years to 2030", "2025/2030"),
        ("in the three years since 2022", "2022/2025"),
        ("on 24/01/2026", "2026-01-24"),
        ("on 24.01.2026", "2026-01-24"),
        ("on 01/02/2026", "2026"),
        ("In 2025 new troops left", "2025"),
        ("the 2026 US defense budget", "2026"),
    ],
)
def test_a_period_is_read(text, expected):
    assert periods(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sent 2,026 troops", id="a number with a comma"),
        pytest.param("sent 2026 troops", id="a number of troops"),
        pytest.param("sent 2000 new troops", id="an adjective before troops"),
        pytest.param("a 2000-strong force", id="a compound"),
        pytest.param("the 23rd division", id="a number of order"),
        pytest.param("they may 5 times march", id="verbs that look like months"),
        pytest.param("worth $2026", id="an amount"),
        pytest.param("a rise of 2026%", id="a percentage"),
        pytest.param("on 31 February 2026", id="a day that there is not"),
        pytest.param("on 2026-13-45", id="a month that there is not"),
        pytest.param("the F-2026", id="a name"),
        pytest.param("version 3.2026", id="a version"),
        pytest.param("in 1850", id="long before"),
        pytest.param("knew a now-famous nowhere", id="parts of words"),
    ],
)
def test_what_only_looks_like_a_date_is_none(text):
    assert [form for form in periods(text) if form != "2026" or "now" not in text] == []


@pytest.mark.parametrize("words", ["14:30", "9 a.m.", "5 pm", "9:30 p.m.", "31 February 2026", "01/02/2026"])
def test_numbers_of_dates_and_times_of_the_day_are_kept_from_figures(words):
    text = f"at {words} they met"
    ((start, end),) = READER.find_in(words_of(text), TODAY).blocked

    assert text[start:end] == words


def test_the_number_of_years_in_a_stretch_stays_a_figure():
    found = READER.find_in(words_of("over the past 20 years"), TODAY)

    assert [str(mention.period) for mention in found.mentions] == ["2006/2026"]
    assert found.blocked == []


def test_a_line_that_is_only_a_date_is_the_date_of_the_document():
    assert READER.document_date("A title\nFriday, 23 January 2026\n\nThe budget") == date(2026, 1, 23)


def test_relative_dates_need_the_date_of_the_document():
    assert periods("this year, next year, on the 23rd and on January 24, but in 2030", None) == ["2030"]


def test_dates_come_in_order_and_do_not_overlap():
    assert periods("In 2024 and on 29 August 2025, after last year and by 2035") == [
        "2024",
        "2025-08-29",
        "2025",
        "../2035",
    ]


def test_a_base_of_comparison_says_that_it_is_one():
    forms = [(str(m.period), m.form) for m in READER.find("up 8 % from the previous year", TODAY)]

    assert forms == [("2025", "base")]


@pytest.mark.parametrize("words", ["Compared with", "higher than in", "up from", "relative to", "as against"])
def test_a_year_may_be_a_base_of_comparison(words):
    assert [(str(m.period), m.form) for m in READER.find(f"{words} 2025, it rose", TODAY)] == [
        ("2025", "base")
    ]


@pytest.mark.parametrize(
    ("text", "form"),
    [("by 2035", "by"), ("now", "now"), ("next year", "next"), ("last year", "last"), ("2026", "plain")],
)
def test_a_mention_says_how_it_is_worded(text, form):
    assert [mention.form for mention in READER.find(text, TODAY)] == [form]


def test_the_span_is_the_words_of_the_date():
    text = "On Aug. 29, 2025, Seoul"
    (mention,) = READER.find(text, TODAY)

    assert text[mention.start : mention.end] == "Aug. 29, 2025"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Date: 2026-01-26\n\nThe budget", date(2026, 1, 26)),
        ("A title\nDate: 26 January 2026\n", date(2026, 1, 26)),
        ("Published: January 26, 2026\n", date(2026, 1, 26)),
        ("Published January 26, 2026\n", date(2026, 1, 26)),
        ("date 26 January 2026", date(2026, 1, 26)),
        ("Date: January 2026\n", None),
        ("Date: yesterday\n", None),
        ("The date: 26 January 2026\n", None),
        ("The budget of 26 January 2026", None),
        ("x\n" * 400 + "Date: 2026-01-26", None),
        ("", None),
    ],
)
def test_a_document_may_carry_its_date_in_its_first_lines(text, expected):
    assert READER.document_date(text) == expected


@pytest.mark.parametrize("day", [date.min, date(1, 2, 1), date.max])
def test_the_ends_of_the_calendar_are_no_trap(day):
    READER.find("on the 31st, on 29 February, last year, this year, next year, in March next year", day)


@pytest.mark.parametrize(
    "text",
    ["1." * 5000, "2026-" * 5000, "²/²/2026", "٢٠٢٦", "2026-٠١-٠٢", "1/" * 5000, "FY" * 999, "last " * 5000],
)
def test_odd_digits_and_endless_marks_are_no_trap(text):
    READER.find(text, TODAY)
    READER.document_date(text)


def test_the_last_such_day_may_lie_in_the_month_before():
    assert periods("on the 31st", date(2026, 3, 5)) == []
    assert periods("on the 31st", date(2026, 2, 5)) == ["2026-01-31"]
