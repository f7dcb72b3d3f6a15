"""Very many figures: the array engine says where to look, and what is told is what exact trials tell."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from steelyard.check import check_ledger, equations
from steelyard.core.claim import Ledger
from tests.check.samples import change, claim, gap, growth, share, target, vocabulary
from tests.check.synthetic_claims import claims_of


def conflicts(ledger: Ledger, most: int):
    """The claims of each contradiction by identities, if so many figures are tried at most."""
    with patch.object(equations, "MOST_TRIED", most):
        found, problems = check_ledger(ledger, vocabulary())
    told = [one for one in found if one.verdict in ("contradicted", "reconciled")]
    return {frozenset(claim.id for claim in one.claims): one for one in told}, problems


CASES = {
    "a share that is none of its spending and economy": (
        claim("46.1 bn USD"),
        share("2.42 % of GDP"),
        claim("1858.6 bn USD", measure="gdp"),
    ),
    "growth that is not that from the year before": (
        claim("46.1 bn USD"),
        claim("42.6 bn USD", period="2025"),
        growth("7.5 %"),
    ),
    "a change counted from what was enacted for the year before": (
        claim("46.1 bn USD", status="proposed"),
        claim("42.6 bn USD", period="2025", status="enacted"),
        change("2.5 bn USD", status="proposed"),
    ),
    "parts that are not the whole": (
        claim("46.1 bn USD"),
        claim("14.0 bn USD", item="force_enhancement"),
        claim("31.1 bn USD", item="operating"),
    ),
    "a part above its whole": (claim("46.1 bn USD"), claim("140 bn USD", item="kf-21")),
    "a gap that leaves out half of the way, whatever the economy": (
        claim("46.1 bn USD"),
        share("2.42 % of GDP"),
        target(),
        gap("11 bn USD"),
    ),
    "fewer troops than the floor": (
        claim("27,000 troops", measure="troops"),
        claim("28,500 troops", measure="troops", status="floor"),
    ),
    "two documents that cannot both be right": (
        claim("46.1 bn USD", "a.txt"),
        share("2.42 % of GDP", "b.txt"),
        claim("1858.6 bn USD", "b.txt", measure="gdp"),
    ),
}


@pytest.mark.parametrize("claims", [pytest.param(claims, id=name) for name, claims in CASES.items()])
def test_what_the_engine_suspects_is_told_as_by_trying_everything(claims):
    everything, _ = conflicts(Ledger(claims), 10**9)
    suspected, problems = conflicts(Ledger(claims), -1)

    assert everything
    assert {key: one.to_json() for key, one in suspected.items()} == {
        key: one.to_json() for key, one in everything.items()
    }
    assert [one.code for one in problems] == ["many-figures"]


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param(
            (claim("46.1 bn USD"), share("2.42 % of GDP"), claim("1905 bn USD", measure="gdp")), id="a share"
        ),
        pytest.param(
            (claim("46.1 bn USD"), claim("42.6 bn USD", period="2025"), growth("8.2 %")), id="growth"
        ),
        pytest.param(
            (claim("46.1 bn USD"), share("2.42 % of GDP"), target(), gap("20.6 bn USD")), id="a gap"
        ),
    ],
)
def test_what_holds_together_is_left_alone(claims):
    assert not conflicts(Ledger(claims), -1)[0]


@pytest.mark.parametrize("seed", range(3))
def test_nearly_every_contradiction_of_a_made_ledger_is_found_and_none_that_is_not_proven(seed):
    """Those that share no figure with any that is told take more identities than intervals can follow."""
    ledger = claims_of(500, seed, wrong=0.04)
    everything, _ = conflicts(ledger, 10**9)
    suspected, _ = conflicts(ledger, -1)

    missed = [key for key in everything if not any(key & other for other in suspected)]
    assert len(everything) > 3
    assert not missed
    new = [key for key in suspected if not any(key & other for other in everything)]
    for key in new:
        alone, _ = conflicts(Ledger(claim for claim in ledger if claim.id in key), 10**9)
        assert alone


def test_a_sound_ledger_of_thousands_is_told_to_be_sound():
    ledger = claims_of(8_000, 1, wrong=0)

    found, problems = check_ledger(ledger, vocabulary())

    assert not [one for one in found if one.verdict == "contradicted"]
    assert [one.code for one in problems] == ["many-figures"]
