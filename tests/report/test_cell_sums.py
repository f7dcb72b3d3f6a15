"""Sums over cells: the formula says what the value is, and the slack holds whatever rounding may do."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from steelyard.report.export.cell_sums import (
    CellSum,
    agreement,
    constant,
    rounded_cell,
    rounding_of,
    total,
)

NUMBERS = st.floats(1e-3, 1e6)
OPERATIONS = st.sampled_from("+-*/")


def worked_out(text, cells) -> float:
    """A formula of plus, minus, times, by and brackets, as Python reads it too."""
    return float(eval(text, {}, cells))


@given(st.lists(st.tuples(OPERATIONS, NUMBERS, st.booleans()), min_size=1, max_size=6), NUMBERS)
def test_brackets_stand_where_the_value_needs_them(steps, first):
    """Law: whatever the order of operations, the text comes to the value."""
    cells = {"A0": first}
    whole = CellSum("A0", first)
    for number, (sign, value, turned) in enumerate(steps, 1):
        cells[f"A{number}"] = value
        pair = (CellSum(f"A{number}", value), whole) if turned else (whole, CellSum(f"A{number}", value))
        assume(sign != "/" or abs(pair[1].value) > 1e-6)
        one, other = pair
        whole = {"+": one.__add__, "-": one.__sub__, "*": one.__mul__, "/": one.__truediv__}[sign](other)

    assert worked_out(whole.text, cells) == pytest.approx(whole.value, rel=1e-6, abs=1e-6)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_what_was_rounded_before_the_sum_lies_within_its_slack(a, b, c):
    """Law: exact numbers are rounded to six digits; the sum of the exact ones is within the slack."""
    cells = [rounded_cell(name, float(f"{value:.6g}")) for name, value in (("A", a), ("B", b), ("C", c))]
    one, two, three = cells

    found = (one - two) * three / (one + two)

    exact = (a - b) * c / (a + b)
    assert abs(found.value - exact) <= found.slack * (1 + 1e-6) + 1e-9 * abs(exact)


def test_rounding_is_half_a_unit_of_the_sixth_digit():
    assert rounding_of(3423090000000.0) == 5e6
    assert rounding_of(-2.54) == 5e-6
    assert rounding_of(0.0) == 0.0


def test_nothing_is_divided_by_what_may_be_zero():
    with pytest.raises(ZeroDivisionError, match="B1"):
        CellSum("A1", 1.0) / CellSum("B1", 0.1, slack=0.2)


def test_cells_below_one_another_are_added_up_as_one():
    found = total("E2", "E4", [CellSum("E2", 1.0, 0.1), CellSum("E3", 2.0, 0.1), CellSum("E4", 4.0, 0.1)])

    assert (found.text, found.value, found.slack) == ("SUM(E2:E4)", 7.0, pytest.approx(0.3))


def test_a_part_of_an_equation_that_is_no_whole_number_stands_in_brackets():
    assert constant(100).text == "100"
    assert (CellSum("A1", 3.0) * constant(Fraction(1, 3))).text == "A1*(1/3)"
    assert (CellSum("A1", 3.0) * constant(-1)).text == "A1*(-1)"


@pytest.mark.parametrize(
    ("value", "allowed", "agrees"),
    [
        pytest.param(7.0, "", "yes", id="the same"),
        pytest.param(7.00001, "", "no", id="not the same"),
        pytest.param(7.00001, "G2", "yes", id="within what rounding leaves"),
        pytest.param(7.1, "G2", "no", id="beyond it"),
    ],
)
def test_agreement_is_within_what_is_allowed(value, allowed, agrees):
    check = agreement(CellSum("A1+B1", 7.0, slack=1e-5), ("F2", "E2"), value, allowed)

    assert check.value == agrees
    assert check.text.startswith(f"IF(ABS(F2-E2)<={allowed}")
