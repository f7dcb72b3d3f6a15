"""Burden against benefit: by hand, and that no point passes the ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.panel.measures.amounts import Amounts, NoMeasure
from steelyard.panel.measures.concordance import concordance
from steelyard.panel.measures.shares import shares_of_total
from tests.panel.measures.plain import amounts, amounts_of, holds, plain_share, points


def test_four_by_hand():
    """Burdens 50, 30, 15, 5 and benefits 40, 33, 17, 10 of 100: differences 10, -3, -2, -5.

    Sizes rank 4, 2, 1, 3, so W is 4 of 10, and one of four bears more than it gets. Of 16 choices of signs 7
    give 4 or less (none, 1, 2, 3, 4, 1 with 2, 1 with 3), which is the smaller side: p is 14/16.
    """
    burdens, benefits = (shares_of_total(Amounts.exactly(row)) for row in ([50, 30, 15, 5], [40, 33, 17, 10]))

    found = concordance(burdens, benefits)

    assert found.bears_more.middle == 1 / 4
    assert (found.test.statistic.middle, found.test.even) == (4, 5)
    assert found.test.p.middle == pytest.approx(14 / 16)


def test_a_member_who_may_bear_more_counts_as_possible():
    """Of 100 the first bears 49 to 51 and gets half; the second the rest."""
    burdens = shares_of_total(amounts_of((49, 49.5, 51), (50, 50, 50)))
    benefits = shares_of_total(Amounts.exactly([1, 1]))

    found = concordance(burdens, benefits)

    assert (found.bears_more.low, found.bears_more.middle, found.bears_more.high) == (0, 0.5, 1)
    assert not found.bears_more.sharp
    assert not found.test.statistic.sharp


@given(st.integers(2, 6).flatmap(lambda n: st.tuples(amounts(n), amounts(n))), st.data())
def test_no_point_passes_the_ends(rows, data):
    x, y = data.draw(points(*rows))
    more = sum(plain_share(x, at) > plain_share(y, at) for at in range(len(x)))

    found = concordance(*(shares_of_total(row) for row in rows))

    assert holds(found.bears_more, more / len(x), 1e-15)


def test_shares_of_different_alliances_are_refused():
    one, two = shares_of_total(Amounts.exactly([1])), shares_of_total(Amounts.exactly([1, 1]))

    with pytest.raises(NoMeasure, match="2 figures"):
        concordance(one, two)
