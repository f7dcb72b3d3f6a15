"""Numbers in words and in digits: what they come to, and where they begin and end."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.read.numbers.numerals import NumeralReader
from tests.read.reading import LEXICON

READER = NumeralReader(LEXICON)


def read(text):
    return [(text[f.start : f.end], f.value, f.unit) for f in READER.find(text)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("seven", "7"),
        ("nineteen", "19"),
        ("forty-two", "42"),
        ("forty two", "42"),
        ("a hundred", "100"),
        ("one hundred and five", "105"),
        ("three hundred twelve", "312"),
        ("two thousand", "2000"),
        ("two thousand and six", "2006"),
        ("two thousand five hundred", "2500"),
        ("one hundred and twenty-five thousand", "125000"),
        ("one million two hundred thousand", "1200000"),
        ("a billion", "1e9"),
        ("two and a half million", "2.5e6"),
        ("2 and a half million", "2.5e6"),
        ("half a million", "0.5e6"),
        ("a quarter of a million", "250000"),
        ("three lakh", "300000"),
        ("two crore", "2e7"),
        ("three lakh crore", "3e12"),
        ("a dozen", "12"),
        ("two dozen", "24"),
        ("half a dozen", "6"),
        ("Eleven", "11"),
    ],
)
def test_number_words_follow_a_grammar(words, value):
    text = f"{words} ships"

    assert read(text) == [(text, Decimal(value), "ship")]


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("about two-thirds of them", "two-thirds", "0.666666667"),
        ("three-fifths of the crew", "three-fifths", "0.6"),
        ("a quarter of the fleet", "a quarter", "0.25"),
        ("one third of the fleet", "one third", "0.333333333"),
        ("cut by a third in a decade", "a third", "0.333333333"),
        ("cut by half", "half", "0.5"),
        ("half of the fleet", "half", "0.5"),
        ("more than half the fleet", "half", "0.5"),
        ("one in five recruits left", "one in five", "0.2"),
        ("nine out of ten recruits left", "nine out of ten", "0.9"),
        ("7 in 10 said yes", "7 in 10", "0.7"),
        ("1 in every 4 said yes", "1 in every 4", "0.25"),
        ("three-quarters of the fleet", "three-quarters", "0.75"),
    ],
)
def test_parts_of_a_whole_are_exact(text, quote, value):
    (figure,) = READER.find(text)

    assert text[figure.start : figure.end] == quote
    assert (figure.value, figure.unit) == (Decimal(value), None)
    assert figure.interval(hedge=None).width == (0 if figure.hedge is None else figure.interval().width)


@pytest.mark.parametrize(
    ("hedge", "low", "high"),
    [("about", "0.45", "0.55"), ("nearly", "0.45", "0.5"), ("", "0.5", "0.5")],
)
def test_a_hedged_part_is_out_by_a_tenth_at_most(hedge, low, high):
    (figure,) = READER.find(f"with {hedge} half of the fleet")
    interval = figure.interval()

    assert (interval.low, interval.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("some 1,234,567 people", "1,234,567 people", "1234567", "person"),
        ("some 12,34,567 people", "12,34,567 people", "1234567", "person"),
        ("some 1'234'567 people", "1'234'567 people", "1234567", "person"),
        ("some 1 234 567 people", "1 234 567 people", "1234567", "person"),
        ("some 28\u202f500 people", "28\u202f500 people", "28500", "person"),
        ("some 28\u00a0500 people", "28\u00a0500 people", "28500", "person"),
        ("some 28 500 people", "28 500 people", "28500", "person"),
        ("rose .5 percent", ".5 percent", "0.5", "%"),
        ("a 1/4 mile walk", "1/4 mile", "0.25", "mile"),
        ("2 1/2 years", "2 1/2 years", "2.5", "year"),
        ("3½ hours", "3½ hours", "3.5", "hour"),
        ("minus 12 degrees", "minus 12 degrees", "-12", "degree"),
        ("Rs 500 crore", "Rs 500 crore", "5e9", "INR"),
        ("5 lakh crore rupees", "5 lakh crore rupees", "5e12", "INR"),
    ],
)
def test_digits_may_be_grouped_in_many_ways(text, quote, value, unit):
    assert read(text) == [(quote, Decimal(value), unit)]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("no one knew, and one of the men left one day", []),
        ("this one is the one they want", []),
        ("one ship sank", ["one ship"]),
        ("one percent of it", ["one percent"]),
        ("one soldier was killed", ["one soldier"]),
        ("at least one of them", []),
    ],
)
def test_one_is_a_figure_where_it_counts(text, quotes):
    assert [quote for quote, _, _ in read(text)] == quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("two were killed", ["two"]),
        ("killing five and wounding eleven", ["five", "eleven"]),
        ("more than twenty", ["twenty"]),
        ("the two met again", []),
        ("dozens of ships, hundreds of men and tens of thousands of shells", []),
        ("a third party and a third round", []),
        ("in the first half and the northern half", []),
        ("a second chance at a quarter past", []),
    ],
)
def test_a_bare_number_word_needs_a_reason(text, quotes):
    assert [quote for quote, _, _ in read(text)] == quotes


def test_a_number_is_read_once_however_long_it_goes_on():
    assert [value for _, value, _ in read("one hundred hundred hundred ships")] == [100]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("four sevenths", "0.571428571"),
        ("one thirty-fifth", "0.028571429"),
        ("three thirty-firsts", "0.096774194"),
        ("ten forty thirds", "0.232558140"),
        ("two hundred and ten sevenths", "30"),
        ("two hundred forty fifths", "4.444444444"),
        ("eighty-four sevenths", "12"),
        ("one two hundred and fiftieth", "0.004"),
        ("four and sixty hundredths", "4.6"),
        ("three hundred and two fifths", "300.4"),
        ("a billionth", "0.000000001"),
        ("three quarters billion", "7.5e8"),
        ("two thirds of a million", "666666.667"),
        ("forty-one and a third", "41.333333333"),
        ("two million and a quarter", "2.25e6"),
        ("two billion and a half million", "2.0005e9"),
        ("three dozens", "36"),
        ("nine over two", "4.5"),
        ("minus one over four", "-0.25"),
        ("minus seven point two five", "-7.25"),
    ],
)
def test_fractions_in_words_tell_their_upper_from_their_lower_number(words, value):
    assert [f.value for f in READER.find(words)] == [Decimal(value)]


@pytest.mark.parametrize(
    "text",
    [
        "the thirty-first session",
        "a twenty-third parade",
        "the one hundred and twenty-fifth anniversary",
        "It came to nought in the end.",
        "dozens of them",
    ],
)
def test_ordinals_and_idle_number_words_are_no_figures(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("a sum of 7 trillion 250 billion won", "7 trillion 250 billion won", "7.25e12"),
        ("about 2 hundred and 14 ships", "2 hundred and 14 ships", "214"),
        ("some 5 thousand 2 hundred and 6 ships", "5 thousand 2 hundred and 6 ships", "5206"),
        ("4 crore and three hundred ships", "4 crore and three hundred ships", "40000300"),
        ("2 million and a half people", "2 million and a half people", "2.5e6"),
        ("1.4e6 tonnes of it", "1.4e6 tonnes", "1.4e6"),
        ("2.5 x 10^3 tonnes of it", "2.5 x 10^3 tonnes", "2500"),
        ("1.2×10⁴ tonnes of it", "1.2×10⁴ tonnes", "12000"),
        ("a price of 4,50 euros", "4,50 euros", "4.5"),
        ("3  1/4 hours", "3  1/4 hours", "3.25"),
        ("a share of ⅚ of it", "⅚", "0.833333333"),
    ],
)
def test_numbers_in_digits_go_on_in_words_and_powers(text, quote, value):
    assert [(q, v) for q, v, _ in read(text)] == [(quote, Decimal(value))]


@pytest.mark.parametrize(
    "text",
    ["4 million and two people", "3 million and 40,000 people", "over 20 ships in 3 over 4 years"],
)
def test_two_numbers_side_by_side_stay_two(text):
    assert len(read(text)) > 1
