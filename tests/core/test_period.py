"""Periods: years, months, days, fiscal years and intervals with open ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.core.period import Period

JANUARY, APRIL, JULY, OCTOBER = 1, 4, 7, 10


def day(text):
    return None if text is None else date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        pytest.param("2026", "year", "2026-01-01", "2026-12-31", id="year"),
        pytest.param("2025-09", "month", "2025-09-01", "2025-09-30", id="month"),
        pytest.param("2026-02", "month", "2026-02-01", "2026-02-28", id="February"),
        pytest.param("2024-02", "month", "2024-02-01", "2024-02-29", id="February of a leap year"),
        pytest.param("2025-12", "month", "2025-12-01", "2025-12-31", id="December"),
        pytest.param("2026-01-23", "day", "2026-01-23", "2026-01-23", id="day"),
        pytest.param("2024-02-29", "day", "2024-02-29", "2024-02-29", id="leap day"),
        pytest.param("2026/2030", "interval", "2026-01-01", "2030-12-31", id="years"),
        pytest.param("2025-09/2026-01-23", "interval", "2025-09-01", "2026-01-23", id="month to day"),
        pytest.param("../2030", "interval", None, "2030-12-31", id="by 2030"),
        pytest.param("2026-07/..", "interval", "2026-07-01", None, id="from July on"),
        pytest.param("2026/2026", "interval", "2026-01-01", "2026-12-31", id="one year as an interval"),
        pytest.param("9999", "year", "9999-01-01", "9999-12-31", id="the last year"),
        pytest.param("9999-12", "month", "9999-12-01", "9999-12-31", id="the last month"),
    ],
)
def test_reads_iso_8601(text, kind, start, end):
    found = Period.parse(text)

    assert (found.text, found.kind, found.start, found.end) == (text, kind, day(start), day(end))
    assert str(found) == text


@pytest.mark.parametrize(
    ("month", "start", "end"),
    [
        pytest.param(JANUARY, "2026-01-01", "2026-12-31", id="Korea: the calendar year"),
        pytest.param(APRIL, "2025-04-01", "2026-03-31", id="from April"),
        pytest.param(JULY, "2025-07-01", "2026-06-30", id="Australia"),
        pytest.param(OCTOBER, "2025-10-01", "2026-09-30", id="United States"),
        pytest.param(3, "2025-03-01", "2026-02-28", id="up to February"),
    ],
)
def test_a_fiscal_year_begins_where_the_actors_does(month, start, end):
    found = Period.parse("FY2026", fiscal_start_month=month)

    assert (found.kind, found.start, found.end, found.year) == ("fiscal", day(start), day(end), 2026)


@pytest.mark.parametrize(
    ("month", "start", "end"),
    [
        pytest.param(JANUARY, "2026-01-01", "2026-12-31", id="a calendar year starts and ends in one"),
        pytest.param(APRIL, "2026-04-01", "2027-03-31", id="Japan"),
        pytest.param(3, "2027-03-01", "2028-02-29", id="up to the end of a leap February"),
    ],
)
def test_a_fiscal_year_may_be_named_after_the_year_in_which_it_starts(month, start, end):
    found = Period.parse(f"FY{start[:4]}", fiscal_start_month=month, named_after="start")

    assert (found.kind, found.start, found.end, found.year) == (
        "fiscal",
        day(start),
        day(end),
        int(start[:4]),
    )


def test_a_fiscal_year_that_would_end_after_the_calendar_does_is_refused():
    assert Period.parse("FY9999", fiscal_start_month=APRIL).end == date(9999, 3, 31)
    with pytest.raises(ValueError, match="not a period"):
        Period.parse("FY9999", fiscal_start_month=APRIL, named_after="start")


def test_intervals_keep_the_year_after_which_fiscal_years_are_named():
    """Japan's programme for fiscal 2023 to 2027 ends in March 2028."""
    found = Period.parse("FY2023/FY2027", fiscal_start_month=APRIL, named_after="start")

    assert (found.start, found.end) == (date(2023, 4, 1), date(2028, 3, 31))


def test_intervals_of_fiscal_years_keep_the_actors_months():
    found = Period.parse("FY2026/FY2030", fiscal_start_month=OCTOBER)

    assert (found.start, found.end) == (date(2025, 10, 1), date(2030, 9, 30))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("2026-13", id="a thirteenth month"),
        pytest.param("2026-00", id="month nought is not the whole year"),
        pytest.param("2026-09-00", id="day nought is not the whole month"),
        pytest.param("2026-00-05", id="a day in month nought"),
        pytest.param("2025-02-29", id="no leap year"),
        pytest.param("0000", id="year nought"),
        pytest.param("FY2026-01", id="a month of a fiscal year"),
        pytest.param("FY26", id="two digits"),
        pytest.param("fy2026", id="small letters"),
        pytest.param("FY 2026", id="a blank"),
        pytest.param("26", id="two digits of a year"),
        pytest.param("2026-9", id="one digit of a month"),
        pytest.param("2026-01-23T10:00", id="a time of day"),
        pytest.param(" 2026", id="a blank before"),
        pytest.param("2026\n", id="a line break behind"),
        pytest.param("\uff12\uff10\uff12\uff16", id="digits of full width"),
        pytest.param("../..", id="open at both ends"),
        pytest.param("/", id="an interval of nothing"),
        pytest.param("2026/", id="no end, and no two dots"),
        pytest.param("/2026", id="no start, and no two dots"),
        pytest.param("..", id="two dots alone"),
        pytest.param("2026/2027/2028", id="three parts"),
        pytest.param("../../2028", id="three parts, two open"),
        pytest.param("2026/03", id="an abbreviated end"),
        pytest.param("next year", id="words"),
    ],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match="not a period"):
        Period.parse(text)


def test_the_fault_names_the_text_and_the_reason():
    with pytest.raises(ValueError, match=r"not a period: '2026-13' \(month must be in 1\.\.12"):
        Period.parse("2026-13")


def test_a_period_does_not_end_before_it_starts():
    with pytest.raises(ValueError, match="'2030/2026' ends before it starts"):
        Period.parse("2030/2026")


@pytest.mark.parametrize("month", [0, 13])
def test_a_fiscal_year_starts_in_a_month_there_is(month):
    with pytest.raises(ValueError, match="month must be in"):
        Period.parse("FY2026", fiscal_start_month=month)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026", 2026),
        ("FY2026", 2026),
        ("2025-09", 2025),
        ("2026-01-23", 2026),
        ("../2030", None),
        ("2026/2026", None),
    ],
)
def test_the_year_is_the_one_that_is_named(text, year):
    assert Period.parse(text).year == year


# Containment and order


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("2026", "2026"),
        ("2026", "2026-01"),
        ("2026-01", "2026-01-23"),
        ("2026/2030", "2030"),
        ("../2030", "2030"),
        ("../2030", "../2029"),
        ("2026/..", "2026-12-31"),
        ("2026/..", "2030/.."),
    ],
)
def test_a_period_contains_its_parts(outer, inner):
    assert Period.parse(outer).contains(Period.parse(inner))


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("2026-01", "2026"),
        ("2026", "2025-12-31"),
        ("2026/2030", "../2030"),
        ("2026/2030", "2026/.."),
        ("../2030", "2030/2031"),
        ("../2030", "2030/.."),
        ("2026", "2025-12/2026-01"),
    ],
)
def test_a_period_does_not_contain_what_sticks_out(outer, inner):
    assert not Period.parse(outer).contains(Period.parse(inner))


def test_an_american_fiscal_year_lies_in_no_calendar_year():
    fiscal = Period.parse("FY2026", fiscal_start_month=OCTOBER)

    assert not Period.parse("2026").contains(fiscal)
    assert Period.parse("2025/2026").contains(fiscal)
    assert fiscal.overlaps(Period.parse("2025"))
    assert not fiscal.overlaps(Period.parse("2026-10"))


@pytest.mark.parametrize(
    ("first", "second", "before"),
    [
        pytest.param("2025", "2026", True, id="years"),
        pytest.param("2025-12-31", "2026", True, id="the day before"),
        pytest.param("2026-01-01", "2026", False, id="the first day"),
        pytest.param("../2030", "2031/..", True, id="open ends apart"),
        pytest.param("../2030", "2030/..", False, id="a year shared"),
        pytest.param("2026/..", "2030", False, id="what never ends is before nothing"),
        pytest.param("2026", "../2030", False, id="nothing is before what never began"),
    ],
)
def test_ends_before_and_overlaps_are_opposites(first, second, before):
    a, b = Period.parse(first), Period.parse(second)

    assert a.ends_before(b) is before
    assert a.overlaps(b) is (not before)
    assert b.overlaps(a) is (not before)


# The year before


@pytest.mark.parametrize(
    ("text", "month", "before", "start", "end"),
    [
        pytest.param("2026", JANUARY, "2025", "2025-01-01", "2025-12-31", id="year"),
        pytest.param("FY2026", JANUARY, "FY2025", "2025-01-01", "2025-12-31", id="calendar fiscal year"),
        pytest.param("FY2026", OCTOBER, "FY2025", "2024-10-01", "2025-09-30", id="American fiscal year"),
        pytest.param("FY2025", 3, "FY2024", "2023-03-01", "2024-02-29", id="to the end of a leap February"),
        pytest.param("1000", JANUARY, "0999", "0999-01-01", "0999-12-31", id="four digits stay"),
    ],
)
def test_the_year_before_is_a_year_earlier(text, month, before, start, end):
    found = Period.parse(text, fiscal_start_month=month).previous()

    assert found == Period.parse(before, fiscal_start_month=month)
    assert (found.text, found.start, found.end) == (before, day(start), day(end))


@pytest.mark.parametrize("text", ["2026-01", "2026-01-23", "2025/2026", "../2030"])
def test_only_a_year_has_a_year_before(text):
    with pytest.raises(ValueError, match="no year before"):
        Period.parse(text).previous()


# Laws

fiscal_years = st.builds(
    lambda year, month, name: Period.parse(f"FY{year:04d}", fiscal_start_month=month, named_after=name),
    st.integers(1900, 2100),
    st.integers(1, 12),
    st.sampled_from(["start", "end"]),
)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
periods = st.one_of(
    fiscal_years,
    days.map(lambda found: Period.parse(found.isoformat())),
    days.map(lambda found: Period.parse(found.isoformat()[:7])),
    st.tuples(days, days).map(lambda ends: Period.parse("/".join(sorted(end.isoformat() for end in ends)))),
    days.map(lambda found: Period.parse(f"../{found}")),
    days.map(lambda found: Period.parse(f"{found}/..")),
)


@given(fiscal_years)
def test_fiscal_years_follow_each_other_without_a_gap(period):
    assert period.previous().end + timedelta(days=1) == period.start
    assert period.previous().year == period.year - 1


@given(periods)
def test_a_period_is_read_back_from_what_it_prints(period):
    assert period.kind == "fiscal" or Period.parse(str(period)) == period


@given(periods, periods)
def test_what_contains_another_overlaps_it_and_is_contained_back_only_by_its_equal(a, b):
    if a.contains(b):
        assert a.overlaps(b)
        assert not b.contains(a) or (a.start, a.end) == (b.start, b.end)


@given(periods, periods, periods)
def test_containment_is_handed_on(a, b, c):
    assert not (a.contains(b) and b.contains(c)) or a.contains(c)


@given(periods, periods)
def test_two_are_apart_in_one_order_only(a, b):
    assert a.overlaps(b) == b.overlaps(a)
    assert not (a.ends_before(b) and b.ends_before(a))
