"""What the figures of the two articles allow to say, worked out by hand with exact rationals.

The article of the case carries the same figures, so the same findings must come of it. With 46.05 to 46.15 bn
spent at 2.415 to 2.425 % of GDP, closing the gap to 3.5 % takes

    46.05 x (3.5 / 2.425 - 1) = 20.4139 to 46.15 x (3.5 / 2.415 - 1) = 20.7341 bn,

and the article prints 20.8, which is 20.75 to 20.85: they miss each other by 0.0159 bn.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from steelyard.check import check_ledger
from steelyard.gather import gather_paths

ROOT = Path(__file__).resolve().parents[2]
KOREA = ROOT / "cases" / "korea-2026"
BILLION = 10**9


@cache
def findings_on(*paths):
    gathered = gather_paths(paths, day=date(2026, 1, 24))
    return check_ledger(gathered.ledger, gathered.vocabulary)[0]


@pytest.fixture(params=["articles", "case"])
def findings(request):
    """The findings on the two articles, and on our own sources."""
    if request.param == "case":
        return findings_on(str(KOREA))
    seeds = request.getfixturevalue("shared") / "seeds"
    return findings_on(*sorted(str(path) for path in seeds.glob("*.txt")))


def those(findings, verdict, *quotes):
    """The findings of a verdict that rest on claims with these words, and on no other claims."""

    def rests_on(finding):
        said = [claim.quote for claim in finding.claims]
        return len(said) == len(quotes) and all(any(quote in one for one in said) for quote in quotes)

    return [finding for finding in findings if finding.verdict == verdict and rests_on(finding)]


def bounds(value):
    return (value["low"] / BILLION, value["high"] / BILLION)


def test_the_gap_to_the_target_does_not_follow_from_budget_and_share(findings):
    (finding,) = those(findings, "contradicted", "46.1", "2.42", "20.8")

    low = Fraction("46.05") * (Fraction("3.5") / Fraction("2.425") - 1)
    high = Fraction("46.15") * (Fraction("3.5") / Fraction("2.415") - 1)
    assert bounds(finding.expected) == pytest.approx((float(low), float(high)), rel=1e-12)
    assert bounds(finding.expected) == pytest.approx((20.4139, 20.7341), abs=5e-5)
    assert bounds(finding.found) == pytest.approx((20.75, 20.85), rel=1e-12)
    assert finding.miss["amount"] / BILLION == pytest.approx(0.0159, abs=5e-5)
    assert finding.severity == "last_digit"
    assert [claim.quote for claim in finding.given if claim.low == claim.high] != []
    assert "20.41 to 20.73" in finding.explanation


def test_the_parts_of_the_increase_agree_with_the_whole(findings):
    """46.1 and 8.2 % give 3.470 to 3.517 bn more; 14.0, 13 % and 1.88 give 3.425 to 3.556 bn."""
    assert len(those(findings, "corroborated", "46.1", "8.2%", "14.0", "13%", "1.88")) == 1


def test_proposal_and_enacted_budget_are_reconciled(findings):
    """8.2 % is of the proposal; 7.5 per cent does not say of what, and may be of the enacted budget."""
    reconciled = those(findings, "reconciled", "8.2%", "7.5 per cent")

    assert reconciled
    assert all(finding.readings for finding in reconciled)
    assert those(findings, "contradicted", "8.2%", "7.5 per cent") == []


def test_the_date_of_the_address_cannot_be(findings):
    """Lee took office in June 2025, and a budget for 2026 is proposed in 2025: one year is misprinted."""
    dated = [
        finding
        for finding in findings
        if finding.verdict == "contradicted" and str((finding.found or {}).get("value")) == "2024-11"
    ]

    assert dated
    assert dated[0].expected["value"] == "2025-11"


def test_nothing_else_contradicts(findings):
    """The figures are sound but for the gap and the date: a third contradiction would be a false alarm."""
    contradicted = [finding for finding in findings if finding.verdict == "contradicted"]

    assert len(contradicted) == 2


def test_the_won_figures_of_the_ministry_hold_together():
    """61.2469 to 66.2947 trillion won is +8.242 %, printed as 8.2 %."""
    findings = findings_on(str(KOREA))

    assert those(findings, "corroborated", "66.2947", "61.2469", "8.2%")


def test_findings_have_ids_and_hashes_of_their_own(findings):
    """Of 46.1 bn and 14.0 bn for one part two shares follow, its own and that of the other part."""
    shares = [one for one in findings if one.identity == "share-of-whole" and one.verdict == "derived"]

    assert len(shares) >= 2
    assert len({one.id for one in findings}) == len(findings)
    assert len({one.hash for one in findings}) == len(findings)
