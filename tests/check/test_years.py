"""The years of actors: on which days they lie, and when two names mean one year."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.check.years import period_of, plain_period, year_before
from tests.check.samples import vocabulary


def actor(identifier):
    return vocabulary().entry("actors", identifier)


@pytest.mark.parametrize(
    ("identifier", "first", "last"),
    [
        pytest.param("KOR", date(2026, 1, 1), date(2026, 12, 31), id="Korea: the calendar year"),
        pytest.param("USA", date(2025, 10, 1), date(2026, 9, 30), id="United States: ends in it"),
        pytest.param("AUS", date(2025, 7, 1), date(2026, 6, 30), id="Australia: ends in it"),
        pytest.param("JPN", date(2026, 4, 1), date(2027, 3, 31), id="Japan: starts in it"),
        pytest.param("XYZ", date(2026, 1, 1), date(2026, 12, 31), id="nobody knows whose"),
    ],
)
def test_fiscal_2026_lies_where_the_actor_has_it(identifier, first, last):
    found = period_of("FY2026", actor(identifier))

    assert (found.start, found.end) == (first, last)


@pytest.mark.parametrize(
    ("text", "identifier", "name"),
    [
        pytest.param("FY2026", "KOR", "2026", id="a fiscal year that is a calendar year"),
        pytest.param("FY2026", "JPN", "FY2026", id="one that is not"),
        pytest.param("2026-01", "KOR", "2026-01", id="a month"),
        pytest.param("../2030", "KOR", "../2030", id="a deadline"),
        pytest.param(None, "KOR", "", id="nothing said"),
    ],
)
def test_each_year_has_one_name(text, identifier, name):
    assert plain_period(text, actor(identifier)) == name


@pytest.mark.parametrize(
    ("period", "before"),
    [("2026", "2025"), ("FY2026", "FY2025"), ("2026-01", "2026-01-1"), ("../2030", "../2030-1")],
)
def test_the_year_before_has_a_name_even_where_there_is_none(period, before):
    """What is before a month or a deadline is nobody's figure, so it only needs a name that no claim has."""
    assert year_before(period) == before


def test_words_are_no_period():
    with pytest.raises(ValueError, match="not a period"):
        plain_period("next year", actor("KOR"))
