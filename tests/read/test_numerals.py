"""Which numbers are figures, where they begin and end, and in what unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.read.numbers.numerals import NumeralReader
from tests.read.reading import LEXICON

READER = NumeralReader(LEXICON)


def found(text):
    return READER.find(text)


def only(text):
    (figure,) = found(text)
    return figure


def quote(text):
    figure = only(text)
    return text[figure.start : figure.end]


@pytest.mark.parametrize(
    ("text", "expected", "amount", "unit"),
    [
        ("a budget of $61.5 billion", "$61.5 billion", "61.5e9", "USD"),
        ("a budget of US$61.5bn was", "US$61.5bn", "61.5e9", "USD"),
        ("a budget of US$ 61.5 bn was", "US$ 61.5 bn", "61.5e9", "USD"),
        ("a budget of USD 61.5 billion", "USD 61.5 billion", "61.5e9", "USD"),
        ("a budget of 61.5 billion dollars", "61.5 billion dollars", "61.5e9", "USD"),
        ("a budget of 61.5 billion USD", "61.5 billion USD", "61.5e9", "USD"),
        ("some A$58,988.7m for Canberra", "A$58,988.7m", "58988.7e6", "AUD"),
        ("worth NT$949.5 billion", "NT$949.5 billion", "949.5e9", "TWD"),
        ("worth C$5.2 million", "C$5.2 million", "5.2e6", "CAD"),
        ("of 66.2947 trillion won", "66.2947 trillion won", "66.2947e12", "KRW"),
        ("of ₩66.3 trillion", "₩66.3 trillion", "66.3e12", "KRW"),
        ("of W66.3 trillion", "W66.3 trillion", "66.3e12", "KRW"),
        ("of 66.3 trillion South Korean won", "66.3 trillion South Korean won", "66.3e12", "KRW"),
        ("of 1.5 trillion North Korean won", "1.5 trillion North Korean won", "1.5e12", "KPW"),
        ("of ¥8.7 trillion", "¥8.7 trillion", "8.7e12", "JPY"),
        ("an 8.7-trillion-yen budget", "8.7-trillion-yen", "8.7e12", "JPY"),
        ("of €86.5bn", "€86.5bn", "86.5e9", "EUR"),
        ("of 86.5 billion euros", "86.5 billion euros", "86.5e9", "EUR"),
        ("of £1.5m", "£1.5m", "1.5e6", "GBP"),
        ("of 200 billion zloty", "200 billion zloty", "200e9", "PLN"),
        ("of 200 bn zł", "200 bn zł", "200e9", "PLN"),
        ("of 1.78 trillion yuan", "1.78 trillion yuan", "1.78e12", "CNY"),
        ("of 13.5 trillion roubles", "13.5 trillion roubles", "13.5e12", "RUB"),
        ("a rate of 1,442 won", "1,442 won", "1442", "KRW"),
        ("grew 8.2% in", "8.2%", "8.2", "%"),
        ("grew 8.2 % in", "8.2 %", "8.2", "%"),
        ("grew 8.2 per cent in", "8.2 per cent", "8.2", "%"),
        ("grew 8.2 percent in", "8.2 percent", "8.2", "%"),
        ("an 8.2-percent rise", "8.2-percent", "8.2", "%"),
        ("at 2.42% of GDP", "2.42% of GDP", "2.42", "% of GDP"),
        (
            "at 2.42 per cent of gross domestic product",
            "2.42 per cent of gross domestic product",
            "2.42",
            "% of GDP",
        ),
        ("at 2.42 percent of its GDP", "2.42 percent of its GDP", "2.42", "% of GDP"),
        ("up 0.3 percentage points", "0.3 percentage points", "0.3", "percentage point"),
        ("up 30 basis points", "30 basis points", "30", "basis point"),
        ("has 450,000 troops", "450,000 troops", "450000", "person"),
        ("has 28,500 US troops", "28,500 US troops", "28500", "person"),
        ("has 28,500 U.S. troops", "28,500 U.S. troops", "28500", "person"),
        ("has 4,000 active-duty American soldiers", "4,000 active-duty American soldiers", "4000", "person"),
        ("ordered 48 F-35 jets", "48 F-35 jets", "48", "jet"),
        ("ordered 250 main battle tanks", "250 main battle tanks", "250", "tank"),
        ("sent six warships", "six warships", "6", "warship"),
        ("sent twenty-five jets", "twenty-five jets", "25", "jet"),
        ("sent two hundred tanks", "two hundred tanks", "200", "tank"),
        ("sent three dozen missiles", "three dozen missiles", "36", "missile"),
        ("in seventeen years", "seventeen years", "17", "year"),
        ("a 25-page paper", "25-page", "25", "page"),
        ("a 20-year plan", "20-year", "20", "year"),
        ("two trillion won", "two trillion won", "2e12", "KRW"),
        ("fell by -2.5 %", "-2.5 %", "-2.5", "%"),
        ("fell by −2.5 %", "−2.5 %", "-2.5", "%"),
        ("at 5\u00a0% now", "5\u00a0%", "5", "%"),
        ("of $5\u00a0billion now", "$5\u00a0billion", "5e9", "USD"),
        ("5bn in all", "5bn", "5e9", None),
        ("stood at 28,500.", "28,500", "28500", None),
    ],
)
def test_a_figure_spans_number_scale_and_unit(text, expected, amount, unit):
    figure = only(text)

    assert text[figure.start : figure.end] == expected
    assert (figure.value, figure.unit) == (Decimal(amount), unit)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the KF-21, the F-35 and the B-2", id="names of aircraft"),
        pytest.param("the K2, the K9, the M1A2 and the S-400", id="names of weapons"),
        pytest.param("the Type 45, the Block 4 and the Leopard 2", id="marks of weapons"),
        pytest.param("Seoul bought Leopard 2 tanks", id="a mark before what it names"),
        pytest.param("the G7, the G20 and AUKUS-2", id="groups of states"),
        pytest.param("in 2026 and 1999", id="years"),
        pytest.param("the 2025-26 and the 2026–30 plans", id="years in short"),
        pytest.param("on the 23rd, the 5th and the 38th parallel", id="ordinals"),
        pytest.param("on 23 January or January 24", id="days without a year"),
        pytest.param("see page 25, pages 3, article 5, Art. 5, No. 7 and Table 3", id="places in a document"),
        pytest.param("Resolution 2231 and Section 12", id="resolutions"),
        pytest.param("at 10:30, on 9/11, in 2025/26", id="clock and date marks"),
        pytest.param("at 10 am or 6 p.m.", id="hours"),
        pytest.param("a vote of 55-45", id="a score"),
        pytest.param("a 3-2 decision", id="a narrow score"),
        pytest.param("1.", id="the number of an item"),
        pytest.param("(2) the second item", id="the number of an item in brackets"),
        pytest.param("version 1.2.3 at 192.168.0.1", id="numbers with many points"),
        pytest.param("1e400 and 5e-90", id="powers beyond any amount"),
        pytest.param("covid-19", id="names of diseases"),
        pytest.param("as told in items 3,5 and so on", id="a decimal comma is not guessed at"),
        pytest.param("9" * 400 + " %", id="a number of four hundred digits"),
        pytest.param("no numbers at all", id="words"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_only_looks_like_a_figure_is_none(text):
    assert [text[f.start : f.end] for f in found(text)] == []


@pytest.mark.parametrize(
    ("words", "hedge"),
    [
        ("about", "about"),
        ("some", "about"),
        ("around", "about"),
        ("roughly", "about"),
        ("approximately", "about"),
        ("an estimated", "about"),
        ("nearly", "nearly"),
        ("almost", "nearly"),
        ("close to", "nearly"),
        ("just under", "nearly"),
        ("more than", "more_than"),
        ("over", "more_than"),
        ("in excess of", "more_than"),
        ("at least", "at_least"),
        ("no less than", "at_least"),
        ("up to", "up_to"),
        ("as much as", "up_to"),
        ("no more than", "at_most"),
        ("at most", "at_most"),
        ("less than", "less_than"),
        ("under", "less_than"),
        ("below", "less_than"),
        ("More than", "more_than"),
        ("more than a", "more_than"),
        ("of", None),
        ("reached", None),
    ],
)
def test_a_hedge_stands_before_the_number(words, hedge):
    text = f"It is {words} 54,000 troops"
    figure = only(text)

    assert figure.hedge == hedge
    assert text[figure.start : figure.end] == "54,000 troops"
    assert figure.outer_start == (6 if hedge else figure.start)


@pytest.mark.parametrize(
    ("words", "hedge"),
    [("or so", "about"), ("or more", "at_least"), ("or less", "at_most"), ("or none", None)],
)
def test_a_hedge_stands_after_the_number(words, hedge):
    figure = only(f"20 jets {words} are wanted")

    assert figure.hedge == hedge
    assert figure.outer_end == len(f"20 jets {words}" if hedge else "20 jets")


def test_another_word_between_ends_the_hedge():
    assert only("over the winter 54,000 troops").hedge is None


def test_over_some_years_is_how_long_it_takes():
    assert [f.hedge for f in found("over 43 trillion yen over five years")] == ["more_than", None]


def test_no_figure_overlaps_a_date():
    text = "by 24 troops"

    assert READER.find(text, [(3, 5)]) == []


def test_numbers_side_by_side_stay_apart():
    text = "Poland ordered 48 jets and 250 tanks for $12 billion"

    assert [text[f.start : f.end] for f in found(text)] == ["48 jets", "250 tanks", "$12 billion"]


def test_a_table_of_numbers_is_read_cell_by_cell():
    assert [f.digits for f in found("12,345\t67.8\t$9.1 billion\t3.5 %")] == ["12345", "67.8", "9.1", "3.5"]
