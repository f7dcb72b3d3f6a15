"""Quantities as people and data files write them, and conversion within a dimension."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from steelyard.core.interval import INFINITE, Interval
from steelyard.core.quantity import Quantity, Unit, Units

# Made by hand, so that these tests do not hang on the data files.
KNOWN = [
    Unit("USD", "money"),
    Unit("KRW", "money"),
    Unit("%", "share", Decimal("0.01")),
    Unit("% of GDP", "share", Decimal("0.01")),
    Unit("fraction", "share"),
    Unit("basis point", "share", Decimal("0.0001")),
    Unit("person", "person"),
    Unit("year", "duration", Decimal(12)),
    Unit("month", "duration"),
    Unit("week", "duration", Decimal("0.25")),
    Unit("third", "duration", Decimal(3)),
    Unit("jet", "count"),
    Unit("ship", "count"),
]
UNITS = Units(
    by_id={unit.id: unit for unit in KNOWN},
    spellings={"persons": "person", "troops": "person", "per cent": "%", "won": "KRW", "years": "year"},
    scales={"bn": Decimal(10**9), "billion": Decimal(10**9), "tn": Decimal(10**12), "조": Decimal(10**12)},
)


def read(text, **options):
    """Low, high, unit and value of a written quantity; None for an open end."""
    found = Quantity.as_written(text, UNITS, **options)
    low, high = found.interval.low, found.interval.high
    return (low if low > -INFINITE else None, high if high < INFINITE else None, found.unit, found.value)


def numbers(*texts):
    return tuple(None if text is None else Decimal(text) for text in texts)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "value"),
    [
        pytest.param("46.1 bn USD", "46.05e9", "46.15e9", "USD", "46.1e9", id="scale and currency"),
        pytest.param("30 tn won", "29.5e12", "30.5e12", "KRW", "30e12", id="a coefficient keeps its noughts"),
        pytest.param("66.3조 KRW", "66.25e12", "66.35e12", "KRW", "66.3e12", id="scale without a blank"),
        pytest.param("2.42%", "2.415", "2.425", "%", "2.42", id="percent without a blank"),
        pytest.param("3.5 % of GDP", "3.45", "3.55", "% of GDP", "3.5", id="a unit of three words"),
        pytest.param("13 per cent", "12.5", "13.5", "%", "13", id="a whole percentage is rounded"),
        pytest.param("-3.1 %", "-3.15", "-3.05", "%", "-3.1", id="a fall"),
        pytest.param("− 3.1 %", "-3.15", "-3.05", "%", "-3.1", id="a printed minus and a blank"),
        pytest.param("28500 persons", "28450", "28550", "person", "28500", id="a rounded count"),
        pytest.param("28,500 troops", "28450", "28550", "person", "28500", id="thousands with commas"),
        pytest.param("1,905 bn", "1904.5e9", "1905.5e9", None, "1905e9", id="no unit"),
        pytest.param("48 jet", "48", "48", "jet", "48", id="a small count is exact"),
        pytest.param("20 years", "20", "20", "year", "20", id="a duration is exact"),
        pytest.param("4", "4", "4", None, "4", id="a bare number"),
        pytest.param("0 bn USD", "-0.5e9", "0.5e9", "USD", "0", id="nought"),
        pytest.param("  46.1  bn   USD ", "46.05e9", "46.15e9", "USD", "46.1e9", id="blanks"),
    ],
)
def test_reads_numeral_scale_and_unit(text, low, high, unit, value):
    assert read(text) == (*numbers(low, high), unit, Decimal(value))


@pytest.mark.parametrize(
    ("text", "options", "low", "high"),
    [
        pytest.param("3.5 %", {"precision": "exact"}, "3.5", "3.5", id="a target"),
        pytest.param("28500 persons", {"precision": "exact"}, "28500", "28500", id="a floor"),
        pytest.param("28500 persons", {"hedge": "about"}, "28400", "28600", id="about"),
        pytest.param("60 tn KRW", {"hedge": "more_than"}, "60e12", None, id="more than"),
        pytest.param("60 tn KRW", {"hedge": "at_most"}, None, "60e12", id="at most"),
        pytest.param("30 tn KRW", {"hedge": "nearly"}, "20e12", "30e12", id="nearly"),
    ],
)
def test_precision_and_hedge_can_be_told(text, options, low, high):
    assert read(text, **options)[:2] == numbers(low, high)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "-",
        "USD 46.1 bn",
        "about 46 bn USD",
        "46,1 bn USD",
        "1,90 bn USD",
        "4,6000",
        "1.2.3 %",
        "٤٦ %",
    ],
)
def test_what_does_not_begin_with_a_numeral_is_refused_with_its_text(text):
    with pytest.raises(ValueError, match="not a number with a unit") as raised:
        Quantity.as_written(text, UNITS)

    assert repr(text) in str(raised.value)


@pytest.mark.parametrize("text", ["46.1 bn EUR", "46.1 bn bn USD", "46.1 Bn USD", "20 parsecs"])
def test_an_unknown_unit_is_refused_by_name(text):
    """Scale words are as spelt: "m" and "M" are not one, so nor are "bn" and "Bn"."""
    with pytest.raises(ValueError, match="unknown unit"):
        Quantity.as_written(text, UNITS)


def test_the_printed_value_keeps_every_digit():
    found = Quantity.as_written("12345678901234567890.123456789012345 bn USD", UNITS)

    assert found.value == Decimal("12345678901234567890123456789.012345")
    assert found.value in found.interval


@pytest.mark.parametrize("spelling", ["troops", "Troops", "person"])
def test_units_are_found_by_id_and_by_spelling(spelling):
    assert UNITS.unit(spelling) == Unit("person", "person")


def test_there_is_no_unit_for_an_unknown_spelling():
    assert UNITS.unit("parsec") is None
    assert UNITS.unit("") is None


# Conversion


@pytest.mark.parametrize(
    ("text", "target", "low", "high", "value"),
    [
        pytest.param("2.42%", "fraction", "0.02415", "0.02425", "0.0242", id="percent to fraction"),
        pytest.param("2.42%", "basis point", "241.5", "242.5", "242", id="percent to basis points"),
        pytest.param("20 years", "month", "240", "240", "240", id="years to months"),
        pytest.param("46.1 bn USD", "USD", "46.05e9", "46.15e9", "46.1e9", id="to its own unit"),
        pytest.param("48 jet", "jet", "48", "48", "48", id="things counted to themselves"),
    ],
)
def test_converts_within_a_dimension(text, target, low, high, value):
    found = Quantity.as_written(text, UNITS).converted(target, UNITS)

    assert found == Quantity(Interval(*numbers(low, high)), target, Decimal(value))


def test_a_conversion_that_does_not_come_out_even_is_rounded_outward():
    """One week is a twelfth of a "third" of a year: 1/12 has no end in decimals."""
    found = Quantity(Interval.exactly(1), "week", Decimal(1)).converted("third", UNITS)

    assert Fraction(found.interval.low) < Fraction(1, 12) < Fraction(found.interval.high)
    assert found.interval.width < Decimal("1e-45")
    assert found.value in found.interval


def test_what_was_not_printed_has_no_value_after_conversion():
    assert Quantity(Interval(Decimal(2), Decimal(3)), "%").converted("fraction", UNITS).value is None


def test_an_open_end_stays_open():
    found = Quantity(Interval(Decimal(2), INFINITE), "%").converted("fraction", UNITS)

    assert found.interval == Interval(Decimal("0.02"), INFINITE)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        pytest.param("46.1 bn USD", "KRW", id="two currencies"),
        pytest.param("48 jet", "ship", id="two kinds of things"),
        pytest.param("2.42%", "USD", id="two dimensions"),
    ],
)
def test_never_converts_what_takes_a_further_claim(text, target):
    with pytest.raises(ValueError, match="without a further claim"):
        Quantity.as_written(text, UNITS).converted(target, UNITS)


@pytest.mark.parametrize(
    ("unit", "target", "named"), [("USD", "EUR", "EUR"), ("EUR", "USD", "EUR"), (None, "USD", "None")]
)
def test_an_unknown_unit_is_named_when_converting(unit, target, named):
    with pytest.raises(ValueError, match=f"unknown unit: .*{named}"):
        Quantity(Interval.exactly(1), unit).converted(target, UNITS)
