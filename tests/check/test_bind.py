"""Worlds: which figures may be put into one equation, and which relations speak of them."""

from __future__ import annotations

import pytest

from steelyard.core.expression import Term
from tests.check.samples import change, claim, growth, relations, share, target, worlds

LEVEL = Term("defence_spending", "level", "", "2026")
LAST = Term("defence_spending", "level", "", "2025")
BASE = Term("defence_spending", "base", "", "2025")
SENTENCE = {"sentence_start": 4, "sentence_end": 96}


def terms(world):
    return {term: [figure.claim.quote for figure in group] for term, group in world.figures.items()}


def printed(world):
    return sorted(quote for group in terms(world).values() for quote in group)


def used(world):
    """The identities of the relations that a world's figures could close."""
    return {relation.identities[0] for relation in relations(world)}


# Worlds


def test_actors_places_and_currencies_have_worlds_of_their_own():
    found = worlds(
        claim("46.1 bn USD"),
        claim("66.3 tn KRW"),
        claim("62.2 bn USD", actor="JPN"),
        claim("1.5 tn KRW", measure="cost_sharing", counterpart="USA"),
    )

    assert [(world.frame, world.currency) for world in found] == [
        (("JPN", None, None), "USD"),
        (("KOR", None, None), "KRW"),
        (("KOR", None, None), "USD"),
        (("KOR", "USA", None), "KRW"),
    ]


def test_shares_and_growth_are_in_the_worlds_of_all_currencies():
    found = worlds(claim("46.1 bn USD"), claim("66.3 tn KRW"), growth("8.2 %"))

    assert all("8.2 %" in printed(world) for world in found)


def test_stages_have_worlds_of_their_own_and_the_unsaid_is_in_all():
    found = worlds(
        claim("66.3 tn KRW", status="proposed"),
        claim("65.9 tn KRW", status="enacted"),
        claim("66 tn KRW", "other.txt"),
    )

    assert {world.stage: terms(world)[LEVEL] for world in found} == {
        "proposed": ["66.3 tn KRW", "66 tn KRW"],
        "enacted": ["65.9 tn KRW", "66 tn KRW"],
    }


def test_growth_of_a_proposal_is_counted_from_the_budget_in_force():
    """61.5878 was proposed for 2025, 61.2469 enacted; 66.2947 is 8.2 % above the second."""
    found = worlds(
        claim("66.2947 tn KRW", status="proposed"),
        claim("61.5878 tn KRW", status="proposed", period="2025"),
        claim("61.2469 tn KRW", status="enacted", period="2025"),
    )
    proposed = next(world for world in found if world.stage == "proposed")

    assert terms(proposed)[BASE] == ["61.2469 tn KRW"]
    assert terms(proposed)[LAST] == ["61.5878 tn KRW"]


def test_growth_of_an_enacted_budget_is_counted_from_the_enacted_one():
    (world,) = worlds(
        claim("65.8642 tn KRW", status="enacted"), claim("61.2469 tn KRW", status="enacted", period="2025")
    )

    assert world.base is None
    assert BASE not in terms(world)


def test_what_stands_in_the_sentence_of_the_year_is_its_base_whatever_its_stage():
    """ "Proposed 9.04 trillion for 2026, up from 8.7 trillion in 2025": the reader may carry the stage on."""
    keys = {"status": "proposed", **SENTENCE}

    (tied,) = worlds(claim("9.04 tn JPY", **keys), claim("8.70 tn JPY", period="2025", **keys))
    (loose,) = worlds(
        claim("9.04 tn JPY", status="proposed"), claim("8.70 tn JPY", status="proposed", period="2025")
    )

    assert terms(tied)[BASE] == ["8.70 tn JPY"]
    assert BASE not in terms(loose)


def test_perimeters_have_worlds_of_their_own_that_share_the_economy():
    found = worlds(
        claim("61.2 tn KRW", definition="national"),
        claim("67.9 tn KRW", definition="sipri"),
        claim("2611 tn KRW", measure="gdp"),
    )

    assert [printed(world) for world in found] == [
        ["2611 tn KRW", "61.2 tn KRW"],
        ["2611 tn KRW", "67.9 tn KRW"],
    ]


def test_an_economy_at_constant_prices_is_in_no_world_of_current_ones():
    (world,) = worlds(claim("61.2 tn KRW"), claim("2300 tn KRW", measure="gdp", prices="constant:2015"))

    assert list(terms(world)) == [LEVEL]


def test_a_world_without_some_figures_is_otherwise_the_same():
    (world,) = worlds(claim("66.3 tn KRW"), growth("8.2 %"))
    (order,) = (figure.order for figure in world.figures[LEVEL])

    less = world.without([order])

    assert LEVEL not in less.figures
    assert (less.frame, less.stage, less.perimeter) == (world.frame, world.stage, world.perimeter)


# Relations


@pytest.mark.parametrize(
    ("claims", "identities"),
    [
        pytest.param([claim("46.1 bn USD"), growth("8.2 %")], {"growth", "level-and-change"}, id="growth"),
        pytest.param(
            [claim("46.1 bn USD"), share("2.4 % of GDP"), target()],
            {"share-of-gdp", "gap-to-target", "amount-at-target"},
            id="targets",
        ),
        pytest.param(
            [claim("46.1 bn USD"), claim("1.67 bn USD", item="kf-21")],
            {"part-and-whole", "share-of-whole"},
            id="a part",
        ),
        pytest.param(
            [claim("46.1 bn USD"), change("3.5 bn USD")],
            {"total-and-parts", "change-of-total"},
            id="sums of parts",
        ),
    ],
)
def test_identities_speak_of_what_is_claimed(claims, identities):
    (world,) = worlds(*claims)

    assert identities <= used(world)


@pytest.mark.parametrize(
    ("period", "is_whole"),
    [
        pytest.param("2026", True, id="two parts make the whole"),
        pytest.param("2027", False, id="from 2027 on there are three"),
    ],
)
def test_a_decomposition_is_used_for_the_years_it_is_right_for(period, is_whole):
    (world,) = worlds(claim("73.3 tn KRW", period=period))

    assert ("total-and-parts" in used(world)) is is_whole


def test_no_decomposition_is_borrowed_from_another_country():
    (world,) = worlds(claim("9.04 tn JPY", actor="JPN"))

    assert "total-and-parts" not in used(world)


def test_an_item_that_the_vocabulary_does_not_know_is_held_against_itself_only():
    (world,) = worlds(
        claim("46.1 bn USD"), claim("1 bn USD", item="drones"), change("0.2 bn USD", item="drones")
    )

    items = {frozenset(term.item for term in relation.terms) for relation in relations(world)}
    assert frozenset({"drones"}) in items
    assert frozenset({"drones", ""}) not in items


def test_each_relation_is_named_once():
    (world,) = worlds(claim("46.1 bn USD"), growth("8.2 %"), claim("42.6 bn USD", period="2025"))
    uses = [relation.uses for relation in relations(world)]

    assert len(uses) == len(set(uses))
