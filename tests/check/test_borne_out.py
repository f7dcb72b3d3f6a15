"""What other figures of a text bear out is no contradiction, whatever it was taken for."""

from __future__ import annotations

import pytest

from tests.check.told import contradictions


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            # 41.6 / 39.2 = 1.0612, so the 6.1 percent are of the budget, not of the economy.
            "Romania's defence budget for 2026 is 41.6 billion lei. This year's is 39.2 billion lei. "
            "Although next year's is 6.1 percent bigger, its share of output stays: that is to grow from "
            "1,840 billion to 1,912 billion lei.",
            id="growth of the figures before",
        ),
        pytest.param(
            # 2,741 / 44.5 = 61.6: the rate turns the sum of the first sentence into dollars.
            "Ukraine's budget for 2026 gives the sector 2,741 billion hryvnias. The plan for 2025 was "
            "2,626 billion hryvnias. The budget is based on a rate of 44.5, which turns it into "
            "$61.6 billion.",
            id="a rate and the sum of the first sentence",
        ),
        pytest.param(
            "Estonia's defence ministry is to get 2.40 billion euros in 2026. For each of them, the state "
            "will spend 1,765 euros on defence in 2026.",
            id="what each one pays",
        ),
    ],
)
def test_what_other_figures_bear_out_is_left_alone(text):
    assert contradictions(text) == []


def test_a_growth_that_nothing_bears_out_is_contradicted():
    """41.6 / 39.2 is 1.0612, and no two other figures give 9.4 percent."""
    text = (
        "Romania's defence budget for 2026 is 41.6 billion lei. The defence budget of 2025 was 39.2 billion "
        "lei. The defence budget for 2026 is 9.4 percent more than in 2025."
    )

    assert contradictions(text) == [{"41.6 billion lei", "39.2 billion lei", "9.4 percent"}]


def test_two_accounts_a_thousandfold_apart_are_contradicted():
    """A word of scale is soon written wrongly; that is the slip which a reader wants to hear of."""
    text = (
        "Estonia will spend 2.40 billion euros on defence in 2026. In all, Estonia will spend 2.40 million "
        "euros on defence in 2026."
    )

    assert contradictions(text) == [{"2.40 billion euros", "2.40 million euros"}]
