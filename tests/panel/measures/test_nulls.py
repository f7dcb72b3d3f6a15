"""How rank correlations are distributed by chance: against all pairings, and against scipy."""

from __future__ import annotations

from itertools import permutations

import pytest
from scipy import stats

from steelyard.panel.measures import nulls
from steelyard.panel.measures.nulls import null_of
from tests.panel.measures.plain import plain_rho, plain_tau

PLAIN = {"rho": plain_rho, "tau": plain_tau}


def untied(count):
    return tuple(range(2, 2 * count + 2, 2))


@pytest.mark.parametrize("statistic", ["rho", "tau"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(untied(3), untied(3), id="three"),
        pytest.param(untied(6), untied(6), id="six"),
        pytest.param((3, 3, 6, 8), (2, 5, 5, 8), id="ties in both"),
        pytest.param(untied(5), (2, 6, 6, 6, 10), id="ties in one"),
        pytest.param((3, 3, 7, 7, 10), untied(5), id="ties in the other"),
        pytest.param((4, 4, 4, 8, 11, 11), (3, 3, 7, 7, 10, 12), id="many ties"),
    ],
)
def test_the_chances_are_those_of_all_pairings(statistic, first, second):
    values = [PLAIN[statistic](first, other) for other in permutations(second)]

    found = null_of(statistic, first, second, 99, 0)

    assert found.draws == 0
    for value in set(values):
        reached = sum(other >= value - 1e-9 for other in values)
        assert found.chance(value) == pytest.approx(reached / len(values))


def test_tau_of_thirty_two_is_what_scipy_counts():
    order = [*range(4, 32), 0, 1, 3, 2]
    known = stats.kendalltau(range(32), order, alternative="greater", method="exact")

    found = null_of("tau", untied(32), untied(32), 99, 0)

    assert found.chance(known.statistic) == pytest.approx(known.pvalue, rel=1e-9)


def test_drawn_chances_lie_within_their_errors_of_counted_ones(monkeypatch):
    """The same eleven members, once all counted and once drawn."""
    tied = (*untied(9), 21, 21)
    counted = null_of("rho", untied(11), tied, 4000, 0)
    monkeypatch.setattr(nulls, "MOST_COUNTED", 0)

    drawn = null_of.__wrapped__("rho", untied(11), tied, 4000, 0)

    assert (counted.draws, drawn.draws) == (0, 4000)
    assert counted.error(0.3) == 0
    for value in (-0.3, 0.0, 0.2, 0.5):
        assert abs(counted.chance(value) - drawn.chance(value)) < 4 * drawn.error(drawn.chance(value))


@pytest.mark.parametrize("statistic", ["rho", "tau"])
def test_a_drawn_chance_is_never_nil(statistic):
    tied = (*untied(18), 39, 39)

    found = null_of(statistic, tied, tied, 500, 0)

    assert found.chance(1.0) == pytest.approx(1 / 501)
    assert found.chance(-1.0) == 1
