"""Numbers that follow from what is printed: the nearest, and only a few."""

from __future__ import annotations

import pytest

from steelyard.check.derive import MOST_DERIVED, unit_of
from steelyard.core.expression import Term
from tests.check.samples import (
    billions,
    change,
    claim,
    findings,
    growth,
    quotes,
    share,
    target,
    vocabulary,
    worlds,
)


def derived(*claims):
    return findings(*claims, verdict="derived")


def told(identity, *claims):
    """The ranges that follow by one identity, in billions."""
    return [billions(one.expected) for one in derived(*claims) if one.identity == identity]


def test_the_year_before_follows_from_a_level_and_its_growth():
    """46.05 / 1.0825 = 42.5404 and 46.15 / 1.0815 = 42.6722."""
    assert (42.5404, 42.6722) in told("growth", claim("46.1 bn USD"), growth("8.2 %"))


def test_the_economy_follows_from_spending_and_its_share():
    """46.05 / 2.425 % = 1,898.97 and 46.15 / 2.415 % = 1,910.97."""
    assert told("share-of-gdp", claim("46.1 bn USD"), share("2.42 % of GDP")) == [(1898.9691, 1910.9731)]


def test_the_amount_at_a_target_is_of_the_year_of_the_economy():
    found = [
        one
        for one in derived(claim("1905 bn USD", measure="gdp"), target())
        if one.identity == "amount-at-target"
    ]

    assert [billions(one.expected) for one in found] == [(66.6575, 66.6925)]
    assert "in 2026" in found[0].explanation


def test_the_other_part_follows_from_the_whole_and_one():
    assert told("total-and-parts", claim("46.1 bn USD"), claim("14.0 bn USD", item="force_enhancement")) == [
        (32.0, 32.2)
    ]


def test_a_fall_is_derived_with_its_sign():
    assert told("level-and-change", claim("198.1 bn PLN"), claim("200.0 bn PLN", period="2025")) == [
        (-2.0, -1.8)
    ]


def test_what_somebody_states_is_not_derived():
    claims = claim("46.1 bn USD"), growth("8.2 %"), claim("42.6 bn USD", period="2025")

    assert (42.5404, 42.6722) not in told("growth", *claims)


def test_what_another_document_states_is_not_derived_either():
    claims = claim("46.1 bn USD"), growth("8.2 %"), claim("42.6 bn USD", "other.txt", period="2025")

    assert (42.5404, 42.6722) not in told("growth", *claims)


def test_a_base_that_is_stated_of_another_stage_is_not_derived():
    """The level of 2025 stands in the text as enacted; it is not worked out again as the proposal's base."""
    claims = (
        claim("66.2947 tn KRW", status="proposed"),
        growth("8.2 %", status="proposed"),
        claim("61.2469 tn KRW", status="enacted", period="2025"),
    )

    assert not [one for one in derived(*claims) if "in 2025" in one.explanation.split(" comes to ")[0]]


def test_documents_are_not_mixed_to_derive():
    assert derived(claim("46.1 bn USD"), growth("8.2 %", "other.txt")) == []


def test_a_number_that_could_be_almost_anything_is_not_told():
    """46 to 47 less 45 to 46 is a change of 0 to 2."""
    assert (
        told("level-and-change", claim("46.5 bn USD", hedge="about"), claim("46.4 bn USD", period="2025"))
        == []
    )


def test_an_open_end_derives_nothing():
    assert derived(claim("46.1 bn USD", hedge="more_than"), share("2.42 % of GDP")) == []


def test_where_it_is_open_which_target_is_meant_nothing_is_derived_from_it():
    one = derived(claim("1905 bn USD", measure="gdp"), target("3.5 % of GDP"))
    two = derived(claim("1905 bn USD", measure="gdp"), target("3.5 % of GDP"), target("5 % of GDP"))

    assert "amount-at-target" in {finding.identity for finding in one}
    assert "amount-at-target" not in {finding.identity for finding in two}


def test_a_derived_number_names_what_it_rests_on():
    (found,) = derived(claim("46.1 bn USD"), share("2.42 % of GDP"))

    assert quotes(found) == {"46.1 bn USD", "2.42 % of GDP"}
    assert found.explanation.startswith(
        "The gross domestic product of South Korea in 2026 comes to 1.899 to 1.911 tn"
    )


def test_no_more_are_told_than_can_be_read():
    claims = [claim(f"{10 + year}.1 bn USD", period=str(2000 + year)) for year in range(0, 40, 2)]
    claims += [growth("8.2 %", period=str(2000 + year)).changed(baseline=None) for year in range(0, 40, 2)]

    assert len(derived(*claims)) == MOST_DERIVED


@pytest.mark.parametrize(
    ("term", "unit"),
    [
        pytest.param(Term("defence_spending", "growth", "", "2026"), "%", id="growth in per cent"),
        pytest.param(Term("defence_spending", "share", "operating", "2026"), "%", id="shares too"),
        pytest.param(Term("defence_spending", "base", "", "2025"), "KRW", id="money in the world's currency"),
        pytest.param(Term("defence_share_of_gdp", "level", "", "2026"), "% of GDP", id="its own unit"),
        pytest.param(Term("troops", "change", "", "2026"), "person", id="persons"),
    ],
)
def test_a_derived_number_has_the_unit_of_its_measure(term, unit):
    (world,) = worlds(claim("66.3 tn KRW"))

    assert unit_of(term, world, vocabulary()).id == unit


def test_what_the_vocabulary_does_not_know_has_no_unit():
    (world,) = worlds(change("1 tn KRW"))

    assert unit_of(Term("happiness"), world, vocabulary()) is None
