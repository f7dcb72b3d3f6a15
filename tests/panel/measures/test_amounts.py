"""Amounts and ranges: what they refuse, and that rounding goes outward."""

from __future__ import annotations

import numpy as np
import pytest

from steelyard.panel.measures.amounts import Amounts, NoMeasure, Range, ask_for, ranges
from tests.panel.measures.plain import amounts_of


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(([1.0, 2.0], [1.0], [1.0]), id="lengths differ"),
        pytest.param(([2.0], [1.0], [3.0]), id="low above middle"),
        pytest.param(([1.0], [4.0], [3.0]), id="middle above high"),
        pytest.param(([1.0], [2.0], [np.inf]), id="no end"),
        pytest.param(([np.nan], [np.nan], [np.nan]), id="no number"),
        pytest.param(([[1.0]], [[1.0]], [[1.0]]), id="a table"),
    ],
)
def test_amounts_are_rows_of_one_length_in_order(rows):
    with pytest.raises(ValueError, match=r"rows of one length|finite|outside its interval"):
        Amounts(*(np.array(row) for row in rows))


def test_a_range_holds_its_middle():
    with pytest.raises(ValueError, match=r"0\.5 is not between 1 and 2"):
        Range(1, 0.5, 2)


def test_ends_are_rounded_outward_and_a_middle_beyond_an_end_moves_it():
    found = ranges(np.array([1.0]), np.array([0.9]), np.array([1.0]))

    assert found.low[0] < 0.9 < 1.0 < found.high[0]
    assert found.high[0] - found.low[0] < 0.1 + 1e-14
    assert found.at(0).middle == 0.9


@pytest.mark.parametrize(
    ("member", "wanted", "text"),
    [
        pytest.param((-1, 2, 3), {}, "at least 0, but one may be -1", id="negative"),
        pytest.param((0, 2, 3), {"above": True}, "above 0, but one may be 0", id="zero"),
        pytest.param((1, 2, 3), {"length": 2}, "1 figures for troops, but 2 members", id="length"),
    ],
)
def test_a_refusal_tells_what_is_wrong(member, wanted, text):
    with pytest.raises(NoMeasure, match=text):
        ask_for(amounts_of(member), "troops", **wanted)


def test_no_member_is_refused():
    with pytest.raises(NoMeasure, match="no member"):
        ask_for(Amounts.exactly([]), "troops")
