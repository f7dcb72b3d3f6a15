"""What a printed number leaves open, row by row as contract.md has it, and what can be asked of it."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest

from steelyard.core.interval import INFINITE, Interval


def interval(low, high):
    """An interval from printed bounds; None is an open end."""
    return Interval(-INFINITE if low is None else Decimal(low), INFINITE if high is None else Decimal(high))


# What a printed number leaves open


@pytest.mark.parametrize(
    ("digits", "low", "high"),
    [
        pytest.param("46.1", "46.05", "46.15", id="46.1 billion"),
        pytest.param("30", "29.5", "30.5", id="30 trillion: the zero of a coefficient is a digit"),
        pytest.param("903", "902.5", "903.5", id="903 million"),
        pytest.param("2.42", "2.415", "2.425", id="2.42 per cent"),
        pytest.param("14.0", "13.95", "14.05", id="a printed zero after the point is a digit"),
        pytest.param("13", "12.5", "13.5", id="13 per cent"),
        pytest.param("5", "4.5", "5.5", id="one digit"),
        pytest.param("0", "-0.5", "0.5", id="nought"),
    ],
)
def test_a_coefficient_or_percentage_leaves_open_half_a_unit_of_its_last_digit(digits, low, high):
    assert Interval.as_written(digits) == interval(low, high)


@pytest.mark.parametrize(
    ("digits", "low", "high"),
    [
        pytest.param("450000", "445000", "455000", id="450,000 troops"),
        pytest.param("28500", "28450", "28550", id="28,500 troops"),
        pytest.param("1000", "500", "1500", id="one digit that is not zero"),
        pytest.param("63250", "63245", "63255", id="rounded to tens"),
    ],
)
def test_a_plain_count_of_a_thousand_and_more_that_ends_in_zeros_is_rounded(digits, low, high):
    assert Interval.as_written(digits, precision="count") == interval(low, high)


@pytest.mark.parametrize(
    "digits",
    [
        pytest.param("48", id="48 jets"),
        pytest.param("20", id="20 years"),
        pytest.param("900", id="zeros below a thousand"),
        pytest.param("1905", id="no zeros at the end"),
        pytest.param("28501", id="a head count"),
        pytest.param("0", id="none at all"),
    ],
)
def test_other_counts_are_exact(digits):
    assert Interval.as_written(digits, precision="count") == interval(digits, digits)


def test_a_count_with_decimals_is_open_by_its_digits():
    """Nobody counts 1.5 brigades: the number is a measurement."""
    assert Interval.as_written("1.5", precision="count") == interval("1.45", "1.55")


@pytest.mark.parametrize("digits", ["3.5", "28500", "5", "2.0"])
def test_targets_floors_and_legal_numbers_are_what_they_say(digits):
    found = Interval.as_written(digits, precision="exact")

    assert found == interval(digits, digits)
    assert found.is_exact


@pytest.mark.parametrize(
    ("digits", "precision", "low", "high"),
    [
        pytest.param("28500", "count", "28400", "28600", id="about 28,500 troops"),
        pytest.param("54000", "count", "53000", "55000", id="about 54,000 troops"),
        pytest.param("10000", "count", "0", "20000", id="about 10,000 troops"),
        pytest.param("30", "digits", "29", "31", id="about 30 trillion"),
        pytest.param("66.3", "digits", "66.2", "66.4", id="around 66.3 trillion"),
        pytest.param("48", "count", "47", "49", id="some 48 jets: never exact"),
        pytest.param("3.5", "exact", "3.4", "3.6", id="a target of about 3.5 per cent is no exact target"),
        pytest.param("28500", "exact", "28400", "28600", id="a floor of about 28,500 is no exact floor"),
    ],
)
def test_about_doubles_the_width(digits, precision, low, high):
    assert Interval.as_written(digits, precision=precision, hedge="about") == interval(low, high)


@pytest.mark.parametrize(
    ("digits", "low", "high"),
    [
        pytest.param("300", "270", "330", id="about 300 jets"),
        pytest.param("20", "18", "22", id="about 20 years"),
        pytest.param("5", "4.5", "5.5", id="about 5 ships"),
        pytest.param("48", "47", "49", id="about 48 jets: two digits are narrower than that"),
        pytest.param("0", "-1", "1", id="about nought"),
    ],
)
def test_about_a_number_that_is_exact_by_itself_leaves_open_a_tenth_of_it_at_most(digits, low, high):
    """Else "about 20 years" would leave open anything from 10 to 30."""
    assert Interval.as_written(digits, precision="count", hedge="about") == interval(low, high)


@pytest.mark.parametrize(
    ("digits", "precision", "low"),
    [
        pytest.param("30", "digits", "20", id="nearly 30 trillion"),
        pytest.param("61.2", "digits", "61.1", id="almost 61.2 trillion"),
        pytest.param("2.50", "digits", "2.4", id="nearly 2.50 per cent: its last digit that is not zero"),
        pytest.param("28500", "count", "28400", id="nearly 28,500 troops"),
        pytest.param("48", "count", "47", id="almost 48 jets"),
    ],
)
def test_nearly_reaches_from_one_unit_below_up_to_the_number(digits, precision, low):
    assert Interval.as_written(digits, precision=precision, hedge="nearly") == interval(low, digits)


@pytest.mark.parametrize("hedge", ["more_than", "at_least"])
def test_more_than_is_open_above(hedge):
    assert Interval.as_written("60", hedge=hedge) == interval("60", None)


@pytest.mark.parametrize("hedge", ["up_to", "at_most", "less_than"])
def test_up_to_is_open_below(hedge):
    assert Interval.as_written("28500", precision="count", hedge=hedge) == interval(None, "28500")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "46.",
        ".5",
        "46,100",
        "-3",
        "+3",
        "46.1.2",
        "1e9",
        "NaN",
        "Infinity",
        " 46",
        "46\n",
        "46 bn",
        "½",
        "²",
    ],
)
def test_what_is_no_plain_numeral_is_refused_by_name(text):
    with pytest.raises(ValueError, match="not a plain numeral"):
        Interval.as_written(text)


@pytest.mark.parametrize("digits", ["450000", "\uff14\uff15\uff10\uff10\uff10\uff10", "٤٥٠٠٠٠"])
def test_digits_of_other_scripts_are_digits(digits):
    """Japanese and Korean print full width; a reader that finds digits must not fall over them."""
    assert Interval.as_written(digits, precision="count") == interval("445000", "455000")


def test_leading_zeros_do_not_change_a_number():
    assert Interval.as_written("007", precision="count", hedge="nearly") == interval("6", "7")


# Building


def test_the_ends_must_stand_in_order():
    with pytest.raises(ValueError, match=r"low 46\.15 is above high 46\.05"):
        interval("46.15", "46.05")


@pytest.mark.parametrize(("low", "high"), [("NaN", "1"), ("1", "NaN"), ("sNaN", "1")])
def test_a_bound_must_be_a_number(low, high):
    with pytest.raises(ValueError, match="not a number"):
        interval(low, high)


@pytest.mark.parametrize(("low", "high"), [("Infinity", "Infinity"), ("-Infinity", "-Infinity")])
def test_an_interval_without_any_number_is_refused(low, high):
    with pytest.raises(ValueError, match="at least one number"):
        interval(low, high)


def test_exactly_takes_numbers_however_they_are_given():
    assert Interval.exactly("3.5") == Interval.exactly(Decimal("3.50")) == interval("3.5", "3.5")
    assert Interval.exactly(28500) == interval("28500", "28500")


def test_an_interval_is_a_value():
    """Equal numbers are equal however written, so that claims can be counted in sets and keys."""
    assert interval("46.10", "47") == interval("46.1", "47.0")
    assert len({interval("46.10", "47"), interval("46.1", "47.0")}) == 1


# Asking


@pytest.mark.parametrize(
    ("low", "high", "width", "middle"),
    [
        pytest.param("46.05", "46.15", "0.10", "46.1", id="46.1"),
        pytest.param("3.5", "3.5", "0", "3.5", id="a target"),
        pytest.param("60", None, "Infinity", "60", id="more than 60"),
        pytest.param(None, "28500", "Infinity", "28500", id="up to 28,500"),
        pytest.param(None, None, "Infinity", "0", id="anything"),
    ],
)
def test_width_and_middle(low, high, width, middle):
    found = interval(low, high)

    assert found.width == Decimal(width)
    assert found.middle == Decimal(middle)


def test_an_open_end_is_no_bound():
    assert interval("46.05", "46.15").is_bounded
    assert not interval("60", None).is_bounded
    assert not interval(None, "60").is_bounded


def test_it_holds_its_ends_and_what_lies_between():
    budget = interval("46.05", "46.15")

    assert Decimal("46.05") in budget
    assert Decimal("46.15") in budget
    assert Decimal("46.150001") not in budget
    assert 46 not in budget
    assert interval("46.1", "46.15") in budget
    assert interval("46.1", "46.2") not in budget
    assert "46.1" not in budget


def test_touching_ends_do_not_clash():
    """2.4 % may be 2.45 % and so may 2.5 %: the two rounded figures can be one number."""
    rounded_down, rounded_up = Interval.as_written("2.4"), Interval.as_written("2.5")

    assert rounded_down.meets(rounded_up)
    assert rounded_down.meet(rounded_up) == Interval.exactly("2.45")
    assert rounded_down.miss(rounded_up) == 0
    assert not rounded_down.certainly_below(rounded_up)


def test_the_articles_gap_misses_the_exact_range():
    """G11 of the gold findings: 20.8 bn printed, 20.4139 to 20.7341 follows."""
    printed, follows = Interval.as_written("20.8"), interval("20.4139", "20.7341")

    assert not printed.meets(follows)
    assert printed.meet(follows) is None
    assert printed.miss(follows) == follows.miss(printed) == Decimal("0.0159")
    assert follows.certainly_below(printed)
    assert not printed.possibly_below(follows)


def test_possibly_below_needs_one_pair_only():
    assert Interval.as_written("8.2").possibly_below(Interval.as_written("8.2"))
    assert not Interval.exactly("8.2").possibly_below(Interval.exactly("8.2"))


# Reckoning


def test_a_sum_adds_what_both_leave_open():
    """14.0 bn and 32.1 bn: 46.0 to 46.2."""
    assert Interval.as_written("14.0") + Interval.as_written("32.1") == interval("46.00", "46.20")


def test_a_difference_takes_the_two_as_independent():
    """G5: 46.1 - 14.0 is 32.0 to 32.2."""
    assert Interval.as_written("46.1") - Interval.as_written("14.0") == interval("32.0", "32.2")


def test_a_quotient_of_budgets_is_rounded_outward():
    """G7: KF-21 1.67 over 0.903; 1.665/0.9035 = 1.842833..., 1.675/0.9025 = 1.855955..."""
    found = Interval.as_written("1.67") / Interval.as_written("0.903")

    assert Decimal("1.842833") < found.low < Decimal("1.842834")
    assert Decimal("1.855955") < found.high < Decimal("1.855956")


@pytest.mark.parametrize(
    ("left", "right", "low", "high"),
    [
        pytest.param(("2", "3"), ("-1", "4"), "-3", "12", id="a sign that is open"),
        pytest.param(("-3", "-2"), ("-5", "-4"), "8", "15", id="two losses"),
        pytest.param(("0", "2"), ("60", None), "0", None, id="nought of an open end is nought"),
        pytest.param(("-2", "3"), ("60", None), None, None, id="either way without end"),
        pytest.param(("0", "0"), (None, None), "0", "0", id="nought of anything"),
    ],
)
def test_products_at_the_corners(left, right, low, high):
    assert interval(*left) * interval(*right) == interval(low, high)


@pytest.mark.parametrize(
    ("left", "right", "low", "high"),
    [
        pytest.param(("1", "2"), ("4", "5"), "0.2", "0.5", id="plain"),
        pytest.param(("1", "2"), ("-5", "-4"), "-0.5", "-0.2", id="by a loss"),
        pytest.param(("6", "8"), ("2", None), "0", "4", id="by more than two"),
        pytest.param(("6", None), ("2", None), "0", None, id="open by open"),
    ],
)
def test_quotients_at_the_corners(left, right, low, high):
    assert interval(*left) / interval(*right) == interval(low, high)


@pytest.mark.parametrize(
    "divisor", [("-1", "1"), ("0", "0"), ("0", "2"), ("-2", "0"), (None, "3"), (None, None)]
)
def test_nothing_is_divided_by_what_may_be_nought(divisor):
    with pytest.raises(ZeroDivisionError, match="holds zero"):
        Interval.exactly(46) / interval(*divisor)


def test_billions_become_single_units():
    assert Interval.as_written("46.1").scaled(Decimal(10**9)) == interval("46050000000", "46150000000")


def test_a_rising_function_maps_the_ends():
    assert interval("2", "3").map(lambda share: share * share) == interval("4", "9")


def test_the_callers_decimal_context_changes_nothing():
    """Whoever works with five digits elsewhere must not narrow what a number leaves open."""
    numbers = Interval.as_written("46.123456789"), Interval.as_written("2.4212345678")
    expected = [numbers[0] + numbers[1], numbers[0] * numbers[1], numbers[0] / numbers[1]]

    with localcontext(prec=5):
        again = Interval.as_written("46.123456789"), Interval.as_written("2.4212345678")
        found = [again[0] + again[1], again[0] * again[1], again[0] / again[1]]
        width, miss = again[0].width, again[0].miss(again[1])

    assert found == expected
    assert width == Decimal("0.000000001")
    assert miss == Decimal("46.1234567885") - Decimal("2.42123456785")


# Printing


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        pytest.param("46050000000", "46150000000", "Interval(46050000000, 46150000000)", id="whole"),
        pytest.param("4.605E+10", "46.150E+9", "Interval(46050000000, 46150000000)", id="no exponents"),
        pytest.param("2.4150", "2.4250", "Interval(2.415, 2.425)", id="no trailing zeros"),
        pytest.param("-0.0", "0E+5", "Interval(0, 0)", id="nought has no sign"),
        pytest.param("60", None, "Interval(60, Infinity)", id="open"),
        pytest.param("1E+60", "1E+60", "Interval(1E+60, 1E+60)", id="beyond what can be read out"),
        pytest.param("123456789E+45", "2E+60", "Interval(1.23456789E+53, 2E+60)", id="many digits and zeros"),
    ],
)
def test_it_is_shown_as_one_would_write_it(low, high, shown):
    assert repr(interval(low, high)) == shown
