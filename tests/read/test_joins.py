"""Two figures side by side: ranges, ends of a change, amounts in two currencies."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.read.numbers.numerals import NumeralReader
from tests.read.reading import LEXICON, numbers

READER = NumeralReader(LEXICON)


def ends(figure):
    interval = figure.interval()
    return interval.low, interval.high


@pytest.mark.parametrize(
    ("text", "quote", "expected", "unit"),
    [
        ("of 3 to 4 %", "3 to 4 %", "2.5 4.5", "%"),
        ("of 3-4 %", "3-4 %", "2.5 4.5", "%"),
        ("of 3–4 %", "3–4 %", "2.5 4.5", "%"),
        ("of 3% to 4%", "3% to 4%", "2.5 4.5", "%"),
        ("of 3%-4%", "3%-4%", "2.5 4.5", "%"),
        ("between 3 and 4 %", "3 and 4 %", "2.5 4.5", "%"),
        ("between 3.0 and 3.5 per cent of GDP", "3.0 and 3.5 per cent of GDP", "2.95 3.55", "% of GDP"),
        ("between 1.2 and 1.5 billion won", "1.2 and 1.5 billion won", "1.15e9 1.55e9", "KRW"),
        ("of $1.2-1.5 billion", "$1.2-1.5 billion", "1.15e9 1.55e9", "USD"),
        ("of $1.2 billion to $1.5 billion", "$1.2 billion to $1.5 billion", "1.15e9 1.55e9", "USD"),
        ("of US$1.2 billion–1.5 billion", "US$1.2 billion–1.5 billion", "1.15e9 1.55e9", "USD"),
        ("of 1.2 billion-1.5 billion won", "1.2 billion-1.5 billion won", "1.15e9 1.55e9", "KRW"),
        ("$900 million to $1.2 billion", "$900 million to $1.2 billion", "899.5e6 1.25e9", "USD"),
        ("of $50-$60 billion", "$50-$60 billion", "49.5e9 60.5e9", "USD"),
        ("of 20,000 to 25,000 troops", "20,000 to 25,000 troops", "15000 25500", "person"),
        ("in 10-15 years", "10-15 years", "10 15", "year"),
        ("about 3 to 4 %", "3 to 4 %", "2 5", "%"),
    ],
)
def test_a_range_is_one_figure(text, quote, expected, unit):
    (figure,) = READER.find(text)

    assert text[figure.start : figure.end] == quote
    assert ends(figure) == numbers(expected)
    assert (figure.unit, figure.value) == (unit, None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("48 jets and 250 tanks", id="and alone makes no range"),
        pytest.param("between 3 jets and $4 billion", id="nor do two units"),
        pytest.param("4 % to 3 %", id="nor does a low end above the high one"),
        pytest.param("3 %, 4 %", id="nor does a comma"),
        pytest.param("3 % as against 4 %", id="nor do other words"),
    ],
)
def test_other_pairs_stay_two(text):
    assert len(READER.find(text)) == 2


def test_a_third_number_does_not_join_a_range():
    assert len(READER.find("of 3 to 4 % to 5 %")) == 2


@pytest.mark.parametrize(
    ("text", "joins", "amounts"),
    [
        ("from 2.1 to 2.4 % of GDP", ["from", "to"], "2.1 2.4"),
        ("from $903 million to $1.67 billion", ["from", "to"], "903e6 1.67e9"),
        ("from $1.3 to 2.4 billion", ["from", "to"], "1.3e9 2.4e9"),
        ("from about 1.3 to 2.4 trillion won", ["from", "to"], "1.3e12 2.4e12"),
        ("to 8.7 trillion yen from 7.9 trillion yen", ["to", "from"], "8.7e12 7.9e12"),
        ("from 30,000 to 25,000 troops", ["from", "to"], "30000 25000"),
    ],
)
def test_the_ends_of_a_change_know_which_they_are(text, joins, amounts):
    figures = READER.find(text)

    assert [f.join for f in figures] == joins
    assert tuple(f.value for f in figures) == numbers(amounts)
    assert len({f.unit for f in figures}) == 1


def test_years_may_stand_between_the_ends_of_a_change():
    text = "from 61.2 trillion won in 2025 to 65.9 trillion won in 2026"
    years = [(text.index(year), text.index(year) + 4) for year in ("2025", "2026")]

    assert [f.join for f in READER.find(text, years)] == ["from", "to"]


def test_ends_in_two_units_are_no_change():
    assert [f.join for f in READER.find("from 3 jets to $5 billion")] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "66.3 trillion won ($47.1bn)",
        "66.3 trillion won (about $47.1bn)",
        "66.3 trillion won, or $47.1bn",
        "66.3 trillion won or around $47.1bn",
        "66.3 trillion won, equivalent to $47.1bn",
        "$47.1 billion (66.3 trillion won)",
    ],
)
def test_the_same_amount_in_another_currency_is_a_conversion(text):
    assert [f.join for f in READER.find(text)] == [None, "conversion"]


@pytest.mark.parametrize(
    "text", ["$47.1 billion (8.2 %)", "$47.1 billion ($5 billion in 2020)", "3 jets ($47.1 billion)"]
)
def test_another_measure_in_brackets_is_no_conversion(text):
    assert [f.join for f in READER.find(text)] == [None, None]


def test_a_unit_that_stands_once_counts_for_both_ends():
    first, second = READER.find("from $5 billion to 6 billion")

    assert first.unit == second.unit == "USD"
    assert second.value == Decimal("6e9")


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("5, 10 and 15 million euros", "5e6 10e6 15e6", "EUR"),
        ("pledged 1.5, 2 and 0.8 billion pounds, respectively", "1.5e9 2e9 0.8e9", "GBP"),
        ("sent 3, 4 and 5 ships", "3 4 5", "ship"),
        ("17.8 trillion for arms and 43.4 trillion won for pay", "17.8e12 43.4e12", "KRW"),
        ("43.4 trillion won for pay and 17.8 trillion for arms", "43.4e12 17.8e12", "KRW"),
        ("9.4 %, compared with 8.1 before", "9.4 8.1", "%"),
        ("120,000 units, against 85,000 before", "120000 85000", "unit"),
    ],
)
def test_the_members_of_a_list_share_what_one_of_them_tells(text, values, unit):
    figures = READER.find(text)

    assert tuple(figure.value for figure in figures) == numbers(values)
    assert {figure.unit for figure in figures} == {unit}


@pytest.mark.parametrize(
    ("text", "joins", "amounts"),
    [
        ("65.9 trillion won, up from 61.2 trillion", ["to", "from"], "65.9e12 61.2e12"),
        ("9 ships, down from 12", ["to", "from"], "9 12"),
        ("to 903 million won in the quarter from 281 million won", ["to", "from"], "903e6 281e6"),
        ("from 120,000 units that year to 85,000", ["from", "to"], "120000 85000"),
        ("8.2 %, compared with 7.5 % before", [None, None], "8.2 7.5"),
        ("jumped $3.20 to $82.15", [None, None], "3.20 82.15"),
        ("fell by half a million to 51.2 million", [None, None], "0.5e6 51.2e6"),
    ],
)
def test_a_change_may_be_told_in_many_orders(text, joins, amounts):
    figures = READER.find(text)

    assert [figure.join for figure in figures] == joins
    assert tuple(figure.value for figure in figures) == numbers(amounts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ranging from 3 to 5 %", "2.5 5.5"),
        ("two or three ships", "2 3"),
        ("two to three ships", "2 3"),
        ("a 20- to 30-year plan", "20 30"),
        ("between two and five years", "2 5"),
    ],
)
def test_a_span_of_numbers_is_a_range_however_it_is_told(text, expected):
    (figure,) = READER.find(text)

    assert ends(figure) == numbers(expected)


def test_points_are_points_of_percent_beside_percentages():
    units = [figure.unit for figure in READER.find("support fell 5 points to 40 %")]

    assert units == ["percentage point", "%"]


def test_points_of_an_index_stay_points():
    units = [figure.unit for figure in READER.find("the index lost 1.5 %, or 38.21 points")]

    assert units == ["%", "point"]
