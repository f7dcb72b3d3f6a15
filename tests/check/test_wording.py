"""Numbers and terms as an analyst reads them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.check.wording import count_word, listed, lowered, scale_for, term_words, two_digits
from steelyard.core.expression import Term
from steelyard.core.interval import INFINITE, Interval
from tests.check.samples import vocabulary


def between(low, high):
    return Interval(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [
        pytest.param("42540415704.388", "42672214516.87", "USD", "42.54 to 42.67 bn USD", id="billions"),
        pytest.param("1898969072164", "1910973084886", "USD", "1.899 to 1.911 tn USD", id="trillions"),
        pytest.param("761500000", "772500000", "USD", "762 to 772 m USD", id="millions"),
        pytest.param("28400", "28600", "person", "28,400 to 28,600 persons", id="people"),
        pytest.param("40", "44", "aircraft", "40 to 44 aircraft", id="aircraft have no s"),
        pytest.param("3.5", "3.5", "% of GDP", "3.5% of GDP", id="one number"),
        pytest.param("2.409192", "2.414424", "%", "2.409 to 2.414%", id="shares"),
    ],
)
def test_an_interval_is_told_with_as_many_digits_as_tell_it(low, high, unit, words):
    interval = between(low, high)

    assert scale_for([interval], unit).between(interval) == words


def test_two_intervals_that_nearly_touch_are_told_apart():
    """20.7341 and 20.75 would both be 20.7 with one digit less."""
    expected, found = between("20413917525", "20734057971"), between("20750000000", "20850000000")

    scale = scale_for([expected, found], "USD")

    assert (scale.between(expected), scale.between(found)) == (
        "20.41 to 20.73 bn USD",
        "20.75 to 20.85 bn USD",
    )


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        pytest.param(Interval(Decimal("60e12"), INFINITE), "at least 60 tn KRW", id="open above"),
        pytest.param(Interval(-INFINITE, Decimal("60e12")), "at most 60 tn KRW", id="open below"),
        pytest.param(Interval(-INFINITE, INFINITE), "any number", id="open at both ends"),
    ],
)
def test_open_ends_are_told_as_such(interval, words):
    assert scale_for([interval], "KRW").between(interval) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0.0159420", "0.016"),
        ("0.15942", "0.16"),
        ("1.26", "1.3"),
        ("12.4", "12"),
        ("1", "1"),
        ("0", "0"),
        ("28500", "28,500"),
    ],
)
def test_small_numbers_keep_two_digits(value, words):
    assert two_digits(Decimal(value)) == words


def test_terms_are_told_in_words():
    growth = Term("defence_spending", "growth", "force_enhancement", "2026")

    assert term_words(growth, vocabulary(), "KOR") == (
        "growth of defence spending (force enhancement) of South Korea in 2026"
    )
    assert term_words(Term("defence_share_of_gdp", "target"), vocabulary()) == (
        "target for defence spending as a share of GDP"
    )
    assert term_words(Term("defence_spending", "level", "drones", "2026"), vocabulary()).startswith(
        "defence spending (drones)"
    )


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Defence spending", "defence spending"),
        ("GDP", "GDP"),
        ("A whole and its parts", "a whole and its parts"),
        ("KF-21 fighter", "KF-21 fighter"),
    ],
)
def test_a_label_inside_a_sentence_begins_small_unless_it_is_a_name(label, inside):
    assert lowered(label) == inside


def test_lists_and_counts_read_as_sentences():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""
    assert (count_word(3), count_word(12)) == ("three", "12")
