"""Smallest conflicts and telling agreements among trials."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.check import conflicts
from steelyard.check.conflicts import (
    is_borne_out,
    is_narrow,
    loose_bounds,
    smallest_conflicts,
    telling_agreements,
)
from steelyard.check.propagate import closed_relations, trials_of
from steelyard.check.readings import Reading
from steelyard.core.polynomial import Range
from tests.check.samples import change, claim, figures, gap, growth, relations, share, target, worlds

OPERATING, FORCE = {"item": "operating"}, {"item": "force_enhancement"}


def tried(*claims):
    found = []
    for world in worlds(*claims):
        by_use = {use: relation for relation in relations(world) for use in relation.uses}
        closed, complete = closed_relations(world, relations(world))
        assert complete
        found += [conflicts.Tested(world, tuple(ways), by_use) for ways in trials_of(world, closed) if ways]
    return found


def smallest(*claims, blaming=None, known=()):
    """The quotations of each conflict; `blaming` is the quotation that the first reading would change."""

    def readings(one):
        blamed = [figure.claim.id for _, figure in one.trial.claimed if figure.claim.quote == blaming]
        return tuple(Reading(1.0, "", claim_id, {}, "misstated") for claim_id in blamed)

    found = smallest_conflicts(tried(*claims), readings, known)
    return [[figure.claim.quote for _, figure in one.trial.claimed] for one, _ in found]


def wrong_total():
    """The whole is 52.0 where the parts and the growth say 46.1."""
    return (
        claim("52.0 bn USD"),
        claim("14.0 bn USD", **FORCE),
        claim("32.1 bn USD", **OPERATING),
        growth("8.2 %"),
        claim("42.6 bn USD", period="2025"),
    )


def test_a_conflict_is_told_once_and_its_echoes_are_not():
    assert smallest(*wrong_total(), blaming="52.0 bn USD") == [
        ["52.0 bn USD", "14.0 bn USD", "32.1 bn USD"],
    ]


def test_where_another_figure_is_to_blame_the_rest_still_stands():
    """If the operating costs were wrong, the total would still clash with its growth."""
    assert smallest(*wrong_total(), blaming="32.1 bn USD") == [
        ["52.0 bn USD", "14.0 bn USD", "32.1 bn USD"],
        ["52.0 bn USD", "8.2 %", "42.6 bn USD"],
    ]


def test_what_contains_a_conflict_is_none_of_its_own():
    """Without anybody to blame, larger sets that hold a smaller conflict are still left out."""
    found = [set(one) for one in smallest(*wrong_total())]

    assert not any(one < other for one in found for other in found)


def test_conflicts_of_figures_already_told_are_left_out():
    claims = wrong_total()

    assert smallest(*claims, known=[figures(*claims)[0].word]) == []


def test_figures_that_can_hold_make_no_conflict():
    assert smallest(claim("46.1 bn USD"), growth("8.2 %"), claim("42.6 bn USD", period="2025")) == []


def test_a_conflict_needs_all_readings_of_an_open_target_to_fail():
    claims = claim("46.1 bn USD"), share("2.42 % of GDP")

    assert smallest(*claims, target("2 % of GDP"), target(), gap("20.6 bn USD")) == []
    assert smallest(*claims, target("2 % of GDP"), target(), gap("25 bn USD")) == [
        ["46.1 bn USD", "2.42 % of GDP", "25 bn USD"]
    ]


def test_a_conflict_is_named_after_the_identity_that_joins_the_rest():
    def names(*claims):
        return {one.identity for one in tried(*claims) if one.fails}

    total = claim("46.1 bn USD"), claim("14.0 bn USD", **FORCE), claim("33.1 bn USD", **OPERATING)
    gaps = claim("46.1 bn USD"), share("2.42 % of GDP"), target(), gap("25 bn USD")
    assert names(*total) == {"total-and-parts"}
    assert names(*gaps) == {"gap-to-target"}
    assert names(claim("46.1 bn USD"), claim("140 bn USD", item="kf-21")) == {"part-and-whole"}


def test_the_result_is_what_the_naming_identity_defines():
    gaps = tried(claim("46.1 bn USD"), share("2.42 % of GDP"), target(), gap("25 bn USD"))

    assert [one.result.operator for one in gaps if one.fails] == ["gap"]


# Agreements


def test_only_what_could_easily_have_failed_is_told_as_agreement():
    """A budget of about 46 and one of about 42 leave 3 to 5 for the change: that it is 3.5 tells little."""
    fine = claim("46.10 bn USD"), claim("42.60 bn USD", period="2025"), change("3.5 bn USD")
    coarse = claim("46 bn USD"), claim("42 bn USD", period="2025"), change("3.5 bn USD")

    assert [one.identity for one in telling_agreements(tried(*fine))] == ["level-and-change"]
    assert telling_agreements(tried(*[one.changed(hedge="about") for one in coarse])) != []
    wide = [one.changed(low=one.low - Decimal("3e9"), high=one.high + Decimal("3e9")) for one in coarse]
    assert telling_agreements(tried(*wide)) == []


def test_a_figure_that_leaves_half_of_itself_open_agrees_with_nothing_tellingly():
    """100,000 is anything from 50,000 to 150,000: that 74,000 and 35 % come to 99,900 is no proof of them."""
    told = claim("74,000 persons", period="2025"), growth("35 %"), claim("100,000 persons")

    assert telling_agreements(tried(*(one.changed(measure="troops") for one in told))) == []


@pytest.mark.parametrize(
    ("change_of", "borne_out"),
    [
        pytest.param("3.5 bn USD", True, id="the difference itself"),
        pytest.param("3.6 bn USD", False, id="a last digit off"),
    ],
)
def test_what_only_touches_holds_and_bears_nothing_out(change_of, borne_out):
    """46.1 less 42.6 leaves 3.4 to 3.6; "3.6" begins at 3.55."""
    (one,) = telling_agreements(
        tried(claim("46.1 bn USD"), claim("42.6 bn USD", period="2025"), change(change_of))
    )

    assert is_borne_out(one) is borne_out


@pytest.mark.parametrize(
    ("low", "high", "exact", "narrow"),
    [
        pytest.param("3", "4", True, True, id="a quarter"),
        pytest.param("2.9", "4", True, False, id="more than a quarter"),
        pytest.param("-4", "-3", True, True, id="below zero"),
        pytest.param("-1", "1", True, False, id="through zero"),
        pytest.param("0", "0", True, False, id="nought"),
        pytest.param("3", "4", False, False, id="not exact"),
        pytest.param("3", "inf", True, False, id="open"),
    ],
)
def test_a_range_is_narrow_up_to_a_quarter_of_its_size(low, high, exact, narrow):
    assert is_narrow(Range(float(low), float(high), exact)) is narrow


# Floors


def troops(text, **keys):
    return claim(text, measure="troops_stationed", actor="USA", location="KOR", **keys)


@pytest.mark.parametrize(
    ("text", "keys", "count"),
    [
        pytest.param("28,500 persons", {"hedge": "about"}, 1, id="from 28,400 on: no headroom"),
        pytest.param("28,500 persons", {}, 1, id="from 28,450 on"),
        pytest.param("29,100 persons", {}, 0, id="from 29,050 on: above in any case"),
        pytest.param("27,000 persons", {}, 0, id="below in any case, which is a conflict"),
    ],
)
def test_a_floor_without_headroom_is_told(text, keys, count):
    assert len(loose_bounds(tried(troops(text, **keys), troops("28,500 persons", status="floor")))) == count
