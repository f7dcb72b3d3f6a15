"""Laws of interval algebra, against exact fractions: no operation loses a value that the operands allow."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given

from steelyard.core.interval import INFINITE, Interval
from tests.strategies import decimals, divisors, intervals, numerals, open_intervals, with_member


def holds(interval: Interval, value: Fraction) -> bool:
    """Whether an exact fraction lies inside, compared without any rounding."""
    above = interval.low == -INFINITE or Fraction(interval.low) <= value
    return above and (interval.high == INFINITE or value <= Fraction(interval.high))


def as_printed(interval: Interval) -> tuple[Decimal, Decimal]:
    return interval.low, interval.high


# Soundness


@given(with_member(open_intervals()), with_member(open_intervals()))
def test_no_sum_difference_or_product_is_lost(left, right):
    (a, x), (b, y) = left, right

    assert holds(a + b, x + y)
    assert holds(a - b, x - y)
    assert holds(a * b, x * y)


@given(with_member(open_intervals()), with_member(divisors()))
def test_no_quotient_is_lost(left, right):
    (a, x), (b, y) = left, right

    assert holds(a / b, x / y)


@given(open_intervals(), open_intervals())
def test_dividing_by_what_may_be_nought_raises_and_by_all_else_works(a, b):
    if 0 in b:
        with pytest.raises(ZeroDivisionError):
            a / b
    else:
        assert (a / b).low <= (a / b).high


@given(with_member(open_intervals()), decimals())
def test_no_scaled_value_is_lost(pair, factor):
    interval, value = pair

    assert holds(interval.scaled(factor), value * Fraction(factor))


@given(intervals(), intervals())
def test_sums_and_products_of_printed_numbers_are_exact(a, b):
    """Twelve digits by twelve digits fit into fifty, so nothing is rounded: the ends are reached."""
    corners = [Fraction(x) * Fraction(y) for x in as_printed(a) for y in as_printed(b)]

    assert Fraction((a + b).low) == Fraction(a.low) + Fraction(b.low)
    assert Fraction((a + b).high) == Fraction(a.high) + Fraction(b.high)
    assert Fraction((a * b).low) == min(corners)
    assert Fraction((a * b).high) == max(corners)


@given(intervals(), divisors())
def test_a_quotient_is_rounded_outward_by_less_than_one_part_in_ten_to_the_forty(a, b):
    assume(b.is_bounded)
    corners = [Fraction(x) / Fraction(y) for x in as_printed(a) for y in as_printed(b)]
    slack = max(abs(corner) for corner in corners) / 10**40

    assert min(corners) - slack <= Fraction((a / b).low) <= min(corners)
    assert max(corners) <= Fraction((a / b).high) <= max(corners) + slack


# Algebra


@given(open_intervals(), open_intervals())
def test_sums_and_products_do_not_ask_for_an_order(a, b):
    assert a + b == b + a
    assert a * b == b * a


@given(intervals(), intervals(), intervals())
def test_sums_do_not_ask_for_brackets(a, b, c):
    """Exact as long as all digits fit; that they do is the law above."""
    assert (a + b) + c == a + (b + c)


@given(intervals(), intervals(), intervals())
def test_a_product_of_a_sum_is_never_wider_than_the_sum_of_products(a, b, c):
    """Sub-distributivity: why an identity should mention each measure once."""
    assert a * (b + c) in a * b + a * c


@given(open_intervals())
def test_nought_and_one_change_nothing(a):
    assert a + Interval.exactly(0) == a
    assert a * Interval.exactly(1) == a
    assert a / Interval.exactly(1) == a


@given(open_intervals())
def test_turning_the_sign_twice_gives_it_back(a):
    turned = -a

    assert -turned == a


@given(open_intervals(), open_intervals(), open_intervals())
def test_wider_operands_give_wider_results(a, b, c):
    wide = a.hull(b)

    assert a + c in wide + c
    assert a * c in wide * c
    assert a - c in wide - c


# Meeting


@given(open_intervals(), open_intervals())
def test_a_meeting_is_mutual(a, b):
    """Two claims agree or disagree whichever is named first."""
    assert a.meets(b) == b.meets(a)
    assert a.meet(b) == b.meet(a)
    assert a.miss(b) == b.miss(a)
    assert a.hull(b) == b.hull(a)


@given(open_intervals(), open_intervals())
def test_two_meet_or_miss_or_lie_apart_in_one_sense_only(a, b):
    meeting = a.meet(b)

    assert a.meets(b) == (meeting is not None) == (a.miss(b) == 0)
    assert a.meets(b) != (a.certainly_below(b) or b.certainly_below(a))
    if meeting is not None:
        assert meeting in a
        assert meeting in b


@given(with_member(open_intervals()), open_intervals())
def test_the_meeting_holds_just_what_both_hold(pair, other):
    interval, value = pair
    meeting = interval.meet(other)

    assert holds(other, value) == (meeting is not None and holds(meeting, value))


@given(open_intervals(), open_intervals(), open_intervals())
def test_meeting_and_hull_do_not_ask_for_brackets(a, b, c):
    left, right = a.meet(b), b.meet(c)

    assert (left.meet(c) if left else None) == (a.meet(right) if right else None)
    assert a.hull(b).hull(c) == a.hull(b.hull(c))


@given(open_intervals(), open_intervals())
def test_the_hull_holds_both_and_ends_where_one_of_them_ends(a, b):
    hull = a.hull(b)

    assert a in hull
    assert b in hull
    assert hull.low in (a.low, b.low)
    assert hull.high in (a.high, b.high)


@given(intervals(), intervals())
def test_those_that_touch_meet_in_one_value_and_miss_by_nothing(a, b):
    moved = b + Interval.exactly(a.high) - Interval.exactly(b.low)

    assert a.meets(moved)
    assert a.high in moved
    assert a.miss(moved) == 0


@given(intervals(), intervals())
def test_the_miss_is_the_least_shift_that_brings_the_two_together(a, b):
    gap = a.miss(b)
    shifts = [Interval.exactly(gap), Interval.exactly(-gap)]

    assert any((a + shift).meets(b) for shift in shifts)
    assert gap == 0 or not any((a + shift * Interval.exactly("0.99")).meets(b) for shift in shifts)


@given(open_intervals(), open_intervals())
def test_certainly_below_is_stronger_than_possibly_below(a, b):
    assert not a.certainly_below(b) or a.possibly_below(b)
    assert a.possibly_below(b) != (a.low >= b.high)


@given(open_intervals())
def test_the_middle_lies_inside(a):
    assert a.middle in a or not a.is_bounded


# As written


@given(numerals())
def test_the_number_as_printed_lies_in_what_it_leaves_open(digits):
    for precision in ("digits", "count", "exact"):
        for hedge in (None, "about", "nearly", "at_least", "at_most", "up_to", "more_than", "less_than"):
            assert Decimal(digits) in Interval.as_written(digits, precision=precision, hedge=hedge)


@given(numerals())
def test_about_never_narrows(digits):
    for precision in ("digits", "count", "exact"):
        plain = Interval.as_written(digits, precision=precision)
        hedged = Interval.as_written(digits, precision=precision, hedge="about")

        assert plain in hedged
        assert hedged.width > 0


@given(numerals())
def test_one_more_printed_zero_narrows_tenfold(digits):
    longer = f"{digits}0" if "." in digits else f"{digits}.0"

    assert Interval.as_written(longer).width * 10 == Interval.as_written(digits).width


@given(numerals(), numerals())
def test_numbers_that_round_to_the_same_print_can_be_one(digits, decimals_behind):
    """Whatever digits are cut off by rounding, the rounded print leaves room for the full number."""
    full = Decimal(f"{int(float(digits))}.{decimals_behind.replace('.', '')}")
    printed = str(full.quantize(Decimal("0.1")))

    assert full in Interval.as_written(printed)
