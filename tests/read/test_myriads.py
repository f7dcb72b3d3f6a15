"""Numerals counted in myriads, in figures, in letters and in the native count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.read.lexicon import lexicon_for
from steelyard.read.myriads.myriads import Numerals
from tests.read.reading import VOCABULARY

KOREAN = lexicon_for(VOCABULARY, "ko")
NUMERALS = Numerals(KOREAN.mapping("myriads"))


def longest(text):
    """The longest numeral at the start of a text: its words, and its value."""
    first = NUMERALS.at(text, 0, len(text))[0]
    return text[: first.end], Decimal(first.digits) * first.scale


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("65조 8,642억원", "65조 8,642억", "65.8642e12"),
        ("1조5192억원", "1조5192억", "1.5192e12"),
        ("7천 5백만 달러", "7천 5백만", "75e6"),
        ("천 4백만 달러", "천 4백만", "14e6"),
        ("9만 4천 명", "9만 4천", "94e3"),
        ("2만8,500명", "2만8,500", "28500"),
        ("1만 2천 345", "1만 2천 345", "12345"),
        ("5 억 달러", "5 억", "5e8"),
        ("65.9조원", "65.9조", "65.9e12"),
        ("삼천오백", "삼천오백", "3500"),
        ("이십일조 삼백", "이십일조 삼백", "21000000000300"),
        ("만 천 백 십팔", "만 천 백 십팔", "11118"),
        ("스물다섯", "스물다섯", "25"),
        ("오점 오", "오점 오", "5.5"),
        ("두 다스", "두 다스", "24"),
    ],
)
def test_a_numeral_is_the_sum_of_its_parts(text, words, value):
    assert longest(text) == (words, Decimal(value))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("3조 5조", "3조", id="scales must fall"),
        pytest.param("5천 6천", "5천", id="places must fall"),
        pytest.param("30 40", "30", id="two coefficients"),
        pytest.param("만 19세", "만", id="in full years"),
        pytest.param("3천 5000", "3천", id="too large to follow"),
    ],
)
def test_what_does_not_go_on_is_another_number(text, words):
    assert longest(text)[0] == words


@pytest.mark.parametrize(
    ("text", "digits", "scale"),
    [
        pytest.param("7천 5백만", "75", "1000000", id="no zeros that nobody wrote"),
        pytest.param("1,300만", "1300", "10000", id="zeros of a coefficient"),
        pytest.param("2.42조", "2.42", "1000000000000", id="decimals"),
        pytest.param("2만8500", "28500", "1", id="down to single units"),
    ],
)
def test_digits_are_those_that_are_written(text, digits, scale):
    first = NUMERALS.at(text, 0, len(text))[0]

    assert (first.digits, first.scale) == (digits, Decimal(scale))


def test_digits_without_end_are_no_number():
    assert NUMERALS.at("9" * 1000, 0, 1000) == []
