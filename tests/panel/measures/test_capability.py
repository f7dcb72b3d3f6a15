"""Composite measures: by hand on made-up figures, and refused by name where a component is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.panel.measures.amounts import Amounts, NoMeasure
from steelyard.panel.measures.capability import BROAD_BURDEN, CINC, broad_burden, composite_capability
from tests.panel.measures.plain import amounts, holds, points


def test_capability_of_two_by_hand():
    """Half of population and towns, all of steel, a quarter of energy and soldiers, nothing of the spending:
    (1/2 + 1/2 + 1 + 1/4 + 1/4 + 0) / 6 = 2.5 / 6.
    """
    rows = [[5, 5], [2, 2], [7, 0], [1, 3], [10, 30], [0, 9]]

    found = composite_capability({name: Amounts.exactly(row) for name, row in zip(CINC, rows, strict=True)})

    assert found.middle == pytest.approx([2.5 / 6, 3.5 / 6])
    assert found.sharp


@given(st.integers(1, 4).flatmap(lambda n: st.tuples(*[amounts(n)] * 6)), st.data())
def test_no_point_passes_the_ends(rows, data):
    inside = data.draw(points(*rows))

    found = composite_capability(dict(zip(CINC, rows, strict=True)))

    for member in range(len(rows[0])):
        assert holds(found.at(member), sum(row[member] / sum(row) for row in inside) / 6, 1e-15)


def test_broad_burden_adds_up():
    rows = [[100, 50], [10, 5], [1, 0]]

    found = broad_burden({name: Amounts.exactly(row) for name, row in zip(BROAD_BURDEN, rows, strict=True)})

    assert found.middle.tolist() == [111, 55]


@pytest.mark.parametrize("missing", CINC)
def test_a_missing_component_of_capability_is_named(missing):
    parts = {name: Amounts.exactly([1, 2]) for name in CINC if name != missing}

    with pytest.raises(NoMeasure, match=f"missing: {missing}"):
        composite_capability(parts)


def test_all_that_is_missing_is_named_at_once():
    with pytest.raises(NoMeasure, match="missing: foreign aid, United Nations peacekeeping"):
        broad_burden({"defence spending": Amounts.exactly([1]), "foreign aid": None})
