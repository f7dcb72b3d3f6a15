"""The index over categories: by hand, against linear programs, and what chance and rounding leave open."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from steelyard.panel.measures.amounts import NoMeasure, Ranges
from steelyard.panel.measures.index import index, index_over_weights, net_of_benefits, rank_acceptability
from steelyard.panel.measures.shares import shares_of_total
from tests.panel.measures.plain import amounts, amounts_of, holds, points


def row(*values, width=0.0, sharp=True):
    """Shares that lie within `width` of what is told."""
    middle = np.array(values, dtype=float)
    return Ranges(middle - width, middle, middle + width, sharp)


def ends(found, member):
    one = found.at(member)
    return one.low, one.middle, one.high


def test_stated_weights_by_hand():
    """0.75 * 0.6 + 0.25 * 0.2 = 0.5, and by 0.01 more or less."""
    shares = [row(0.6, 0.4, width=0.01), row(0.2, 0.8, width=0.01)]

    found = index(shares, np.array([0.75, 0.25]))

    assert ends(found, 0) == pytest.approx((0.49, 0.5, 0.51))
    assert found.sharp
    assert not index([row(0.5), row(0.5, sharp=False)], np.array([0.5, 0.5])).sharp


def test_over_all_weights_it_goes_from_the_least_share_to_the_greatest():
    shares = [row(0.6, 0.4), row(0.2, 0.8), row(0.3, 0.7)]

    found = index_over_weights(shares, np.array([0.5, 0.25, 0.25]))

    assert ends(found, 0) == pytest.approx((0.2, 0.425, 0.6))


def test_bounded_weights_by_hand():
    """Each weight from 0.2 to 0.5: the best for the first are 0.5, 0.2, 0.3: 0.3 + 0.04 + 0.09 = 0.43."""
    shares = [row(0.6), row(0.2), row(0.3)]

    found = index_over_weights(shares, np.array([0.4, 0.3, 0.3]), np.full(3, 0.2), np.full(3, 0.5))

    assert found.high[0] == pytest.approx(0.43)
    assert found.low[0] == pytest.approx(0.5 * 0.2 + 0.3 * 0.3 + 0.2 * 0.6)


@given(st.data())
def test_bounded_weights_are_what_a_linear_program_says(data):
    count = data.draw(st.integers(1, 5))
    parts = st.lists(st.integers(1, 9), min_size=count, max_size=count)
    stated = np.array(data.draw(parts), dtype=float)
    stated /= stated.sum()
    least, most = (stated * np.array(data.draw(parts)) / size for size in (9, 1))
    shares = [row(data.draw(st.integers(0, 50)) / 50) for _ in range(count)]
    values = np.array([one.middle[0] for one in shares])

    found = index_over_weights(shares, stated, least, most)

    for sign, end in ((1, found.low[0]), (-1, found.high[0])):
        solved = linprog(
            sign * values, A_eq=[np.ones(count)], b_eq=[1], bounds=[*zip(least, most, strict=True)]
        )
        assert end == pytest.approx(sign * solved.fun, abs=1e-9)


@given(st.integers(2, 4).flatmap(lambda n: st.tuples(amounts(n), amounts(n))), st.data())
def test_no_point_and_no_weights_pass_the_ends(rows, data):
    weight = data.draw(st.integers(0, 8)) / 8
    shares = [shares_of_total(one) for one in rows]
    stated = index(shares, np.array([weight, 1 - weight]))
    every = index_over_weights(shares, np.array([0.5, 0.5]))
    x, y = data.draw(points(*rows))

    for member in range(len(x)):
        value = weight * x[member] / sum(x) + (1 - weight) * y[member] / sum(y)
        assert holds(stated.at(member), value, 1e-15)
        assert holds(every.at(member), value, 1e-15)


def test_net_of_benefits_is_crosswise():
    """0.49 to 0.51 less 0.38 to 0.42: 0.07 to 0.13."""
    found = net_of_benefits(row(0.5, width=0.01), row(0.4, width=0.02))

    assert ends(found, 0) == pytest.approx((0.07, 0.1, 0.13))


def test_two_mirrored_members_come_first_equally_often():
    """The first leads if the first weight is above one half, as it is in half of all."""
    shares = [row(0.8, 0.2), row(0.2, 0.8)]

    found = rank_acceptability(shares, draws=4000, seed=1)

    assert found.share[0, 0] == pytest.approx(0.5, abs=4 * found.error[0, 0])
    assert found.error[0, 0] == pytest.approx((0.25 / 4000) ** 0.5, rel=0.01)
    assert found.surely == pytest.approx(found.share)
    assert found.possibly == pytest.approx(found.share)


def test_rounding_stands_apart_from_chance():
    """Shares 0.2 w + 0.4 against 0.6 - 0.2 w, each open by 0.05: sure where they are 0.1 apart.

    That is w a quarter from the middle or more: each leads surely with a chance of 1/4, and may with 3/4.
    """
    shares = [row(0.6, 0.4, width=0.05), row(0.4, 0.6, width=0.05)]

    found = rank_acceptability(shares, draws=4000, seed=2)

    assert found.surely[0, 0] == pytest.approx(0.25, abs=0.03)
    assert found.share[0, 0] == pytest.approx(0.5, abs=0.03)
    assert found.possibly[0, 0] == pytest.approx(0.75, abs=0.03)


@given(st.integers(1, 4).flatmap(lambda n: st.tuples(*[amounts(n)] * 3)))
def test_every_draw_gives_every_member_one_rank(rows):
    found = rank_acceptability([shares_of_total(one) for one in rows], draws=50)

    assert found.share.sum(axis=1) == pytest.approx(np.ones(len(rows[0])))
    assert (found.surely <= found.share).all()
    assert (found.share <= found.possibly).all()


def test_who_has_more_of_everything_is_first_whatever_the_weights():
    shares = [row(0.5, 0.3, 0.2), row(0.6, 0.1, 0.3)]

    found = rank_acceptability(shares, draws=100)

    assert found.surely[0].tolist() == [1, 0, 0]
    assert found.share[:, 0].tolist() == [1, 0, 0]


@pytest.mark.parametrize(
    ("measure", "text"),
    [
        pytest.param(lambda: index([], np.array([])), "no category", id="nothing"),
        pytest.param(lambda: index([row(0.5)], np.array([0.5, 0.5])), "2 weights for 1", id="count"),
        pytest.param(lambda: index([row(0.5)], np.array([0.9])), "these sum to 0.9", id="sum"),
        pytest.param(lambda: index([row(1), row(1)], np.array([1.5, -0.5])), "not negative", id="negative"),
        pytest.param(
            lambda: index([row(1), row(1, 2)], np.array([1, 0])), "2 figures for category 2", id="rows"
        ),
        pytest.param(
            lambda: index_over_weights([row(1)], np.array([1.0]), np.array([0.0]), np.array([0.5])),
            "No weights that sum to 1",
            id="bounds too low",
        ),
        pytest.param(
            lambda: index_over_weights([row(1), row(1)], np.array([0.9, 0.1]), np.full(2, 0.3), np.ones(2)),
            "stated weights lie outside",
            id="outside",
        ),
        pytest.param(
            lambda: index_over_weights([row(1)], np.array([1.0]), np.array([1.0]), np.array([0.5])),
            "in order",
            id="bounds crossed",
        ),
    ],
)
def test_weights_that_are_none_are_refused(measure, text):
    with pytest.raises(NoMeasure, match=text):
        measure()


def test_benefits_of_others_are_refused():
    with pytest.raises(NoMeasure, match="2 figures for the benefits"):
        net_of_benefits(row(0.5), shares_of_total(amounts_of((1, 1, 1), (1, 1, 1))))
