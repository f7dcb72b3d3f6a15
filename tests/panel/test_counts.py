"""One country's spending as several count it: side by side, with the factor, never mixed."""

from __future__ import annotations

from decimal import Decimal

from steelyard.core.vocabulary import PACKAGED, load_vocabulary
from steelyard.panel import load_panel
from steelyard.panel.counts import counts_of, factors_of

VOCABULARY, _ = load_vocabulary()


def korea():
    return counts_of(load_panel([PACKAGED / "panel"], VOCABULARY), ["KOR"], [2025])


def test_the_ministrys_budget_stands_beside_what_sipri_counts():
    told = {(one.definition, one.unit): one.value for one in korea() if one.measure == "defence_spending"}

    assert told[("national", "KRW")] == Decimal("61.2469e12")
    assert told[("sipri", "KRW")] == Decimal("67.92e12")


def test_the_factor_is_an_interval_and_says_that_no_source_gives_it():
    """67.915 / 61.24695 = 1.10887 and 67.925 / 61.24685 = 1.10904."""
    (factor,) = factors_of(korea(), VOCABULARY)

    assert (factor.first.definition, factor.second.definition) == ("national", "sipri")
    assert round(factor.interval.low, 5) == Decimal("1.10887")
    assert round(factor.interval.high, 5) == Decimal("1.10904")
    assert factor.to_json()["bridge"] is None
