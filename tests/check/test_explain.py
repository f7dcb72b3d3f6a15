"""The sentences of findings: what an analyst is told, with the numbers, worked out by hand."""

from __future__ import annotations

import pytest

from tests.check.samples import change, claim, findings, gap, growth, share, target

OTHER = "other.txt"


def text(verdict, identity, *claims):
    (found,) = [one for one in findings(*claims, verdict=verdict) if one.identity == identity]
    return found.explanation


def test_a_sum_that_does_not_come_out():
    """14.0 and 33.1 are 47.0 to 47.2; 46.1 is at most 46.15, so 0.85 is missing: 8.5 of a tenth."""
    found = text(
        "contradicted",
        "total-and-parts",
        claim("46.1 bn USD"),
        claim("14.0 bn USD", item="force_enhancement"),
        claim("33.1 bn USD", item="operating"),
    )

    assert found == (
        "A whole and its parts: “14.0 bn USD” and “33.1 bn USD” leave 47.00 to 47.20 bn USD for the defence "
        "spending of South Korea in 2026; “46.1 bn USD” is 46.05 to 46.15 bn USD. Any two agree, the three "
        "cannot; they miss by 0.85 bn USD, 8.5 units of the last digit. "
        "The printed numbers give 14.0 bn USD + 33.1 bn USD = 47.10 bn USD."
    )


def test_shares_miss_each_other_by_percentage_points():
    """66.2947 / 61.2469 is 8.24 %; 9.15 % is 0.91 points more."""
    found = text(
        "contradicted",
        "growth",
        claim("66.2947 tn KRW"),
        claim("61.2469 tn KRW", period="2025"),
        growth("9.2 %"),
    )

    assert "they miss by 0.91 percentage points, 9.1 units of the last digit" in found
    assert found.endswith("give (66.2947 tn KRW - 61.2469 tn KRW) / 61.2469 tn KRW = 8.2417%.")


def test_persons_stand_in_the_plural():
    troops = {"measure": "troops_stationed", "actor": "USA", "location": "KOR"}

    found = text(
        "contradicted",
        "floor",
        claim("24,900 persons", **troops),
        claim("28,500 persons", status="floor", **troops),
    )

    assert "It cannot hold; it misses by 3,550 persons, 36 units of the last digit." in found


def test_two_accounts_that_cannot_both_hold():
    found = text("contradicted", "same-figure", claim("46.1 bn USD"), claim("47.8 bn USD", OTHER))

    assert found == (
        "Two accounts of one figure: “46.1 bn USD” and “47.8 bn USD” are both given for the defence spending "
        "of South Korea in 2026. “46.1 bn USD” can be 46.05 to 46.15 bn USD, “47.8 bn USD” 47.75 to 47.85 bn "
        "USD; the two are 1.6 bn USD apart, 16 units of the last digit."
    )


def test_what_had_to_be_assumed_is_said():
    claims = claim("46.1 bn USD"), share("2.42 % of GDP"), target(), gap("25 bn USD", period=None)

    found = text("contradicted", "gap-to-target", *claims)

    assert found.startswith("Cost of closing the gap to a spending target: Given the target “3.5 % of GDP”, ")
    assert found.endswith("“25 bn USD” is taken to be for 2026.")


def test_agreement_is_told_with_both_numbers():
    found = text(
        "corroborated",
        "level-and-change",
        claim("46.1 bn USD"),
        claim("42.6 bn USD", period="2025"),
        change("3.5 bn USD"),
    )

    assert "3.40 to 3.60 bn USD" in found
    assert "3.45 to 3.55 bn USD" in found
    assert found.endswith("All three hold together.")


def test_documents_that_agree_are_named():
    found = text("corroborated", "same-figure", claim("46.1 bn USD"), claim("46.12 bn USD", OTHER))

    assert found == (
        "brief.txt and other.txt agree on the defence spending of South Korea in 2026: "
        "“46.1 bn USD” and “46.12 bn USD”."
    )


def test_a_proposal_and_its_enactment_are_told_apart():
    found = text(
        "reconciled",
        "same-figure",
        claim("66.3 tn KRW", status="proposed"),
        claim("65.9 tn KRW", OTHER, status="enacted"),
    )

    assert found.endswith("They need not contradict each other: “65.9 tn KRW” is enacted, as its text says.")


def test_a_conflict_with_a_silent_stage_is_told_as_open():
    found = text(
        "reconciled",
        "growth",
        claim("66.3 tn KRW", status="proposed"),
        claim("61.2 tn KRW", period="2025", status="enacted"),
        growth("7.5 %", OTHER),
    )

    assert "cannot all hold at one stage of the budget" in found
    assert "“7.5 %” is of another stage of the budget, not proposed" in found


def test_a_level_at_its_floor_has_no_headroom():
    troops = {"measure": "troops_stationed", "actor": "USA", "location": "KOR"}
    about = claim("28,500 persons", hedge="about", **troops)

    found = text("consistent", "floor", about, claim("28,500 persons", status="floor", **troops))

    assert found == (
        "A level and the floor set for it: “28,500 persons” leaves open 28,400 to 28,600 persons; given the "
        "floor “28,500 persons”, it must be at least 28,500 persons. They can hold together, "
        "without headroom."
    )


@pytest.mark.parametrize(
    ("verdict", "keys"),
    [
        pytest.param("contradicted", ("low", "high", "unit"), id="numbers"),
        pytest.param("corroborated", ("low", "high", "unit"), id="also where they agree"),
    ],
)
def test_expected_and_found_are_numbers_in_the_unit_of_the_text(verdict, keys):
    other = "47.8 bn USD" if verdict == "contradicted" else "46.12 bn USD"
    (found,) = findings(claim("46.1 bn USD"), claim(other, OTHER), verdict=verdict)

    assert tuple(found.expected) == tuple(found.found) == keys
    assert found.expected["unit"] == "USD"
