"""A date with another day of the week than the calendar has for it is contradicted, with what would do."""

from __future__ import annotations

import pytest

from steelyard.check import check_ledger
from steelyard.core.claim import Claim, Ledger
from tests.check.samples import vocabulary


def day(word, iso, quote="that day"):
    place = {"start": 3, "end": 24, "sentence_start": 0, "sentence_end": 40}
    return Claim(
        id=f"{word}{iso}",
        kind="statement",
        document="brief.txt",
        quote=quote,
        about=word,
        period=iso,
        **place,
    )


def found(*claims):
    return check_ledger(Ledger(claims), vocabulary())[0]


@pytest.mark.parametrize(
    ("word", "iso"),
    [
        ("Friday", "2026-01-23"),
        ("Tuesday", "2025-06-24"),
        ("Thursday", "2024-02-29"),
        ("Monday", "2000-01-03"),
    ],
)
def test_a_date_on_its_own_day_of_the_week_is_in_order(word, iso):
    assert found(day(word, iso)) == []


def test_a_date_on_another_day_of_the_week_is_contradicted():
    """25 June 2025 was a Wednesday; in 2027 it is a Friday, as it was in 2021."""
    (one,) = found(day("Friday", "2025-06-25", "Friday, 25 June 2025"))

    assert (one.verdict, one.identity) == ("contradicted", "weekday-and-date")
    assert (one.expected, one.found) == ({"value": "Wednesday"}, {"value": "Friday"})
    assert [(each.kind, each.to["value"]) for each in one.readings] == [
        ("wrong-weekday", "Wednesday"),
        ("wrong-year", "2027-06-25"),
    ]
    assert "2025-06-25 is a Wednesday" in one.explanation


def test_a_leap_day_has_few_years_to_be_of():
    """The 29th of February 2024 was a Thursday, that of 2020 a Saturday, and that of 2028 is a Tuesday."""
    (one,) = found(day("Saturday", "2024-02-29"))

    assert [each.to["value"] for each in one.readings] == ["Thursday", "2020-02-29"]


@pytest.mark.parametrize(
    "claim",
    [day("Fredag", "2025-06-25"), day("Friday", "2025-06"), day("Friday", "soon"), day(None, "2025-06-25")],
    ids=["no word for a day", "a month", "no date", "words of a quotation"],
)
def test_what_is_no_day_with_its_weekday_is_left_alone(claim):
    assert found(claim) == []
