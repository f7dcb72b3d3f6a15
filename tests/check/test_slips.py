"""Only what a writer could have got wrong is told as a contradiction, where other figures could be meant."""

from __future__ import annotations

import pytest

from steelyard.check import check_ledger
from tests.check.samples import vocabulary
from tests.check.told import contradictions, ledger_of

# Figures that fit nothing: a text with more than a few leaves open which of them are meant.
OTHERS = "The army has 124,000 soldiers in 16 brigades, and the fleet 38 ships."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            # 4.71 / 3.26 is 44.5 percent more; 92 would take 6.26 or 2.45, no digit of these misplaced.
            "Estonia pays 4.71 billion euros, after 3.26 billion euros, an increase of 92.0 percent.",
            id="twice the growth",
        ),
        pytest.param(
            # 155.2 - 62.4 = 92.8; 71.3 would take 133.7 or 83.9.
            "Norway spends 155.2 billion kroner on defence. Of this, 62.4 billion is for the navy and the "
            "remaining 71.3 billion kroner for all else.",
            id="three amounts",
        ),
        pytest.param(
            # 2.27 / 82.2 is 2.76 percent; 2.49 would take 2.05 or 91.2, those of a year before perhaps.
            "Slovenia's economy produced 82.2 billion euros. The forces took 2.27 billion euros of it, so "
            "that 2.49 percent of GDP went to them.",
            id="a share and a whole of several sentences",
        ),
    ],
)
def test_what_no_slip_explains_is_left_alone_among_other_figures(text):
    """The same figures alone are a contradiction, for then none else can be meant."""
    assert contradictions(f"{OTHERS} {text}") == []
    assert len(contradictions(text)) == 1


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        pytest.param(
            "Estonia pays 4.71 billion euros, after 3.26 billion euros, an increase of 31.2 percent.",
            {"4.71 billion euros", "3.26 billion euros", "31.2 percent"},
            id="a growth that is somewhat wrong",
        ),
        pytest.param(
            "The ministry gets 17.42 billion euros, the fund 9.36 billion euros. "
            "Together they have 28.78 billion euros.",
            {"17.42 billion euros", "9.36 billion euros", "28.78 billion euros"},
            id="one digit of a sum",
        ),
        pytest.param(
            "The ministry gets 17.42 billion euros, the fund 9.36 billion euros. "
            "Together they have 62.78 billion euros.",
            {"17.42 billion euros", "9.36 billion euros", "62.78 billion euros"},
            id="exchanged digits far off",
        ),
        pytest.param(
            "Estonia pays 4.71 billion euros, after 3.26 million euros, an increase of 44.5 percent.",
            {"4.71 billion euros", "3.26 million euros", "44.5 percent"},
            id="a word of scale",
        ),
        pytest.param(
            "Belgium's share goes from 1.30 percent of GDP in 2024 to 2.00 percent in 2025, a rise of "
            "53.8 percentage points.",
            {"1.30 percent of GDP", "2.00 percent", "53.8 percentage points"},
            id="points for per cent",
        ),
    ],
)
def test_what_a_slip_explains_is_told_among_other_figures(text, figures):
    assert contradictions(f"{OTHERS} {text}") == [figures]


def test_what_each_figure_says_of_itself_needs_no_slip():
    """Each of the three names its actor, measure and year, so that none else is meant."""
    text = (
        f"{OTHERS} Romania's defence budget for 2026 is 41.6 billion lei. Romania's defence budget for 2025 "
        "was 39.2 billion lei. Romania's defence budget for 2026 is 94.7 percent more than in 2025."
    )
    claims = [claim for claim in ledger_of(text) if claim.measure == "defence_spending"]

    assert min(claim.confidence for claim in claims) >= 0.8
    assert contradictions(text) == [{"41.6 billion lei", "39.2 billion lei", "94.7 percent"}]


def test_without_the_rule_nothing_is_left_alone():
    """A vocabulary of a case's own may leave it out."""

    known = vocabulary()
    rules = {name: one for name, one in known.entries("rules").items() if one.text("kind") != "writers-slips"}
    text = f"{OTHERS} Estonia pays 4.71 billion euros, after 3.26 billion euros, an increase of 92.0 percent."
    findings, _ = check_ledger(ledger_of(text), known.with_entries("rules", rules))

    assert [one.identity for one in findings if one.verdict == "contradicted"] == ["stated-growth"]
