"""Numbers as an analyst would write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.report.wording import Wording, counted, decimals_for, listed, plain_number, significant
from tests.report import samples

WORDING = Wording(samples.vocabulary())


def shown(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [
        pytest.param("46.05e9", "46.15e9", "USD", "46.05 to 46.15 bn USD", id="billions"),
        pytest.param("20413900000", "20734100000", "USD", "20.41 to 20.73 bn USD", id="a computed span"),
        pytest.param("66.29465e12", "66.29475e12", "KRW", "66.29465 to 66.29475 tn KRW", id="five digits"),
        pytest.param("902.5e6", "903.5e6", "USD", "902.5 to 903.5 m USD", id="millions"),
        pytest.param("2.415", "2.425", "% of GDP", "2.415 to 2.425% of GDP", id="shares"),
        pytest.param("3.5", "3.5", "% of GDP", "3.5% of GDP", id="exact"),
        pytest.param("445000", "455000", "person", "445,000 to 455,000 persons", id="counts are written out"),
        pytest.param("60e12", None, "KRW", "60 tn KRW or more", id="open above"),
        pytest.param(None, "28500", "person", "28,500 persons or less", id="open below"),
        pytest.param(None, None, "USD", "", id="nothing said"),
        pytest.param("25", "25", None, "25", id="no unit"),
        pytest.param("1", "1", "year", "1 year", id="one is no plural"),
        pytest.param("20", "20", "year", "20 years", id="several"),
        pytest.param("20", "20", "aircraft", "20 aircraft", id="a noun that is its own plural"),
        pytest.param("8", "8", "submarine drone", "8 submarine drone", id="an unknown phrase stays as it is"),
        pytest.param("-1.5", "0.5", "%", "−1.5 to 0.5%", id="a fall"),
    ],
)
def test_an_interval_shows_both_ends_and_its_width(low, high, unit, words):
    ends = [None if end is None else Decimal(end) for end in (low, high)]

    assert shown(WORDING.interval(*ends, unit)) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        pytest.param(0.0159e9, "USD", "0.016 bn USD", id="small against billions"),
        pytest.param(0.6, "% of GDP", "0.60 percentage points", id="points"),
        pytest.param(430.5e9, "KRW", "430 bn KRW", id="two digits at least, whole ones never cut"),
    ],
)
def test_a_miss_has_two_digits_that_count(value, unit, words):
    assert shown(WORDING.miss(value, unit)) == words


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [
        pytest.param(128.41e12, 128.41e12, "KRW", "128.4 tn KRW", id="one value"),
        pytest.param(
            97.8e12, 125.4e12, "KRW at 2026 prices", "97.8 to 125.4 tn KRW at 2026 prices", id="real"
        ),
        pytest.param(3.376, 3.627, "% of GDP", "3.38 to 3.63% of GDP", id="shares"),
        pytest.param(980e9, 1.2e12, "USD", "0.98 to 1.20 tn USD", id="one scale for both"),
        pytest.param(1.6408e12, 1.6408e12, "KRW", "1.64 tn KRW", id="below ten of its scale"),
    ],
)
def test_computed_values_are_rounded_alike(low, high, unit, words):
    assert shown(WORDING.span(low, high, unit)) == words


def test_a_column_says_its_scaled_unit_once():
    unit, texts = WORDING.column("KRW", (0.23e12,), (-9.1e12, 8.2e12), ())

    assert (unit, texts) == ("tn KRW", ["0.23", "−9.10 to 8.20", ""])


def test_only_money_takes_a_scale_word():
    assert WORDING.is_money("USD")
    assert WORDING.is_money("KRW at 2026 prices")
    assert not WORDING.is_money("person")
    assert not WORDING.is_money(None)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param(Decimal("28500"), "28,500", id="thousands"),
        pytest.param(Decimal("2.4150"), "2.415", id="no zeros at the end"),
        pytest.param(Decimal("1E+3"), "1,000", id="no exponent"),
        pytest.param(Decimal("Infinity"), "unbounded", id="open"),
        pytest.param(0, "0", id="zero"),
    ],
)
def test_plain_numbers_are_plain(value, words):
    assert plain_number(value) == words


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4))
def test_no_digit_of_a_decimal_is_lost(value):
    """Law: what is shown of an exact number is that number."""
    assert Decimal(plain_number(value).replace(",", "").replace("−", "-")) == value


@given(st.floats(0.001, 1e6), st.floats(1e-6, 1e6))
def test_the_two_ends_of_an_interval_never_look_alike(low, width):
    """Law: decimals are enough to tell the ends apart."""
    high = low + width
    if high - low < 1e-6:
        return
    decimals = decimals_for(low, high)

    assert plain_number(low, decimals) != plain_number(high, decimals)


def test_a_fall_that_rounds_to_nothing_is_nothing():
    assert plain_number(-0.04, 1) == "0.0"


def test_significant_digits_of_nothing_are_none():
    assert significant(0) == "0"


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["won"], "won"), (["won", "dollars"], "won and dollars"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_read_as_sentences(words, text):
    assert listed(words) == text


@pytest.mark.parametrize(
    ("number", "text"), [(0, "no claims"), (1, "one claim"), (11, "11 claims"), (1200, "1,200 claims")]
)
def test_small_counts_are_words(number, text):
    assert counted(number, "claim") == text
