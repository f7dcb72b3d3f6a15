"""Agreement on ordered roles, against published worked examples and by its laws."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.project.agreement import ordinal_alpha, weighted_kappa

RANKS = st.integers(0, 3)
PAIRS = st.lists(st.tuples(RANKS, RANKS), max_size=12)


def test_kappa_of_a_small_table_by_hand():
    """Six cells: three agree, two are one rank apart, one two apart.

    Observed: 4 ranks apart in 6 cells. By chance: first has 0,0,1,2,2,3, second 0,1,1,2,3,1; the 36 pairs are
    8 + 8 + 4 + 6 + 6 + 10 = 42 ranks apart, so 42/36 a cell. Kappa is 1 - (4/6) / (42/36) = 3/7.
    """
    pairs = [(0, 0), (0, 1), (1, 1), (2, 2), (2, 3), (3, 1)]

    assert weighted_kappa(pairs) == Fraction(3, 7)


@pytest.mark.parametrize("pairs", [[], [(2, 2)], [(1, 1), (1, 1)]])
def test_there_is_no_kappa_where_chance_could_not_disagree(pairs):
    assert weighted_kappa(pairs) is None


@given(PAIRS)
def test_kappa_is_at_most_one_and_does_not_ask_who_came_first(pairs):
    kappa = weighted_kappa(pairs)

    assert kappa == weighted_kappa([(second, first) for first, second in pairs])
    assert kappa is None or kappa <= 1
    if kappa == 1:
        assert all(first == second for first, second in pairs)


def test_alpha_of_the_published_example():
    """Four observers, twelve units, some left out: ordinal alpha 0.815 (Krippendorff 2011, page 9)."""
    rows = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    codings = [{unit: int(sign) for unit, sign in enumerate(row) if sign.isdigit()} for row in rows]

    assert round(float(ordinal_alpha(codings)), 3) == 0.815


@pytest.mark.parametrize("codings", [[], [{"a": 1}], [{"a": 1}, {"b": 2}], [{"a": 1}, {"a": 1}]])
def test_one_coder_or_one_rank_gives_no_alpha(codings):
    assert ordinal_alpha(codings) is None


@given(st.lists(st.dictionaries(st.integers(0, 5), RANKS), max_size=4))
def test_alpha_is_one_exactly_where_all_agree(codings):
    alpha = ordinal_alpha(codings)

    ranks = {}
    for coding in codings:
        for unit, rank in coding.items():
            ranks.setdefault(unit, set()).add(rank)
    agree = all(len(set(given_to)) == 1 for given_to in ranks.values())
    assert alpha is None or alpha <= 1
    if alpha is not None:
        assert (alpha == 1) == agree
