"""Trials: which figures are tried together, and what they leave of one another."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.check.propagate import choices_of, pair_trial
from steelyard.core.expression import Term
from steelyard.core.interval import Interval
from tests.check.samples import change, claim, figures, gap, growth, share, target, trials, worlds

OTHER = "other.txt"
LEVEL, LAST = Term("defence_spending", "level", "", "2026"), Term("defence_spending", "level", "", "2025")
SENTENCE = {"sentence_start": 4, "sentence_end": 96}


def choices(*claims, terms=(LEVEL, LAST)):
    """The quotations of each list of choices."""
    (world,) = worlds(*claims)
    return [[[one.claim.quote for one in way] for way in ways] for ways in choices_of(world, terms)]


def of_identity(name, *claims):
    return [ways for ways in trials(*claims) if ways[0].relation.identities == (name,)]


# Which figures are tried together


def test_figures_of_one_document_are_tried_together():
    found = choices(
        claim("46.1 bn USD"),
        claim("42.6 bn USD", period="2025"),
        claim("46.2 bn USD", OTHER),
        claim("42.7 bn USD", OTHER, period="2025"),
    )

    assert found == [[["46.1 bn USD", "42.6 bn USD"]], [["46.2 bn USD", "42.7 bn USD"]]]


def test_documents_are_mixed_only_where_none_has_all():
    found = choices(claim("46.1 bn USD"), claim("42.6 bn USD", OTHER, period="2025"))

    assert found == [[["46.1 bn USD", "42.6 bn USD"]]]


def test_documents_are_mixed_only_by_figures_that_are_sure_of_their_number():
    doubtful = claim("42.6 bn USD", OTHER, period="2025", confidence=0.6)

    assert choices(claim("46.1 bn USD"), doubtful) == []


def test_two_precisions_of_one_number_are_each_tried():
    found = choices(claim("46.1 bn USD"), claim("46.12 bn USD"), claim("42.6 bn USD", period="2025"))

    assert found == [[["46.1 bn USD", "42.6 bn USD"]], [["46.12 bn USD", "42.6 bn USD"]]]


def test_figures_that_exclude_each_other_leave_open_which_is_meant():
    found = choices(claim("108.2 bn EUR"), claim("25.51 bn EUR"), claim("86.4 bn EUR", period="2025"))

    assert found == [[["108.2 bn EUR", "86.4 bn EUR"], ["25.51 bn EUR", "86.4 bn EUR"]]]


def test_a_thousand_copies_are_one_choice():
    assert len(choices(*[claim("46.1 bn USD") for _ in range(1000)], terms=(LEVEL,))) == 1


def test_choices_come_to_an_end():
    levels = [claim(f"{10 + number} bn USD") for number in range(90)]
    bases = [claim(f"{10 + number} bn USD", period="2025") for number in range(90)]

    assert len(choices(*levels, *bases)[0]) == 64


def test_the_target_in_the_sentence_comes_first_then_that_of_the_document_then_any():
    claims = claim("46.1 bn USD"), share("2.42 % of GDP")
    near = target("5 % of GDP", **SENTENCE), gap("20.8 bn USD", **SENTENCE)

    def aims(*more):
        return [
            [one.given[0][1].claim.quote for one in ways] for ways in trials(*claims, *more) if ways[0].given
        ]

    assert ["5 % of GDP"] in aims(*near, target("3.5 % of GDP"))
    assert ["3.5 % of GDP"] in aims(gap("20.8 bn USD"), target("3.5 % of GDP"), target("5 % of GDP", OTHER))
    assert ["5 % of GDP"] in aims(gap("20.8 bn USD"), target("5 % of GDP", OTHER))


# What they leave of one another


def growing():
    return claim("46.1 bn USD"), claim("42.6 bn USD", period="2025"), change("3.5 bn USD")


def test_what_figures_leave_is_exact():
    """46.05 - 42.65 = 3.4 and 46.15 - 42.55 = 3.6."""
    ((trial,),) = of_identity("level-and-change", *growing())

    left = trial.implied(Term("defence_spending", "change", "", "2026"))
    assert (left.low, left.high) == (Fraction("3.4e9"), Fraction("3.6e9"))
    assert trial.holds


def test_claimed_and_given_are_told_apart_in_the_order_of_the_text():
    ways = trials(target(), share("2.42 % of GDP"), claim("46.1 bn USD"), gap("20.8 bn USD"))
    trial = next(one[0] for one in ways if one[0].given and len(one[0].claimed) == 3)

    assert [figure.claim.quote for _, figure in trial.claimed] == [
        "2.42 % of GDP",
        "46.1 bn USD",
        "20.8 bn USD",
    ]
    assert [figure.claim.quote for _, figure in trial.given] == ["3.5 % of GDP"]
    assert trial.documents == {"brief.txt"}
    assert len(trial.orders) == 3


@pytest.mark.parametrize(
    ("low", "high", "holds"),
    [
        pytest.param("3.4e9", "3.4e9", True, id="the least that is left"),
        pytest.param("3.6e9", "9e9", True, id="touching the most"),
        pytest.param("3.61e9", "9e9", False, id="beyond it"),
        pytest.param("-9e9", "3.39e9", False, id="below"),
    ],
)
def test_a_figure_can_be_tried_with_another_number(low, high, holds):
    ((trial,),) = of_identity("level-and-change", *growing())

    term = Term("defence_spending", "change", "", "2026")
    assert trial.holds_with(term, Interval(Decimal(low), Decimal(high))) is holds


def test_a_bound_can_be_tried_with_another_number():
    troops = {"measure": "troops_stationed", "actor": "USA", "location": "KOR"}
    floor = claim("28,500 persons", status="floor", **troops)
    ((trial,),) = of_identity("floor", claim("27,000 persons", **troops), floor)
    term = Term("troops_stationed", "level", "", "2026")

    assert not trial.holds
    assert trial.holds_with(term, Interval.exactly(28500))
    assert not trial.holds_with(term, Interval.exactly(28499))


@given(st.integers(10, 99), st.integers(10, 99))
def test_a_pair_holds_together_exactly_if_its_intervals_meet(one, other):
    first, second = figures(growth(f"{one / 10} %"), growth(f"{other / 10} %", OTHER))

    assert pair_trial(first, second, "same").holds == first.interval.meets(second.interval)
