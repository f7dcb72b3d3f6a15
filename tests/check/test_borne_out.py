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
        pytest.param(
            # 13.5 + 3.5 = 17.0, 12.93 + 3.91 = 16.84, and 16.84 / 44.07 = 38.2 percent: each of the three
            # figures is right, so "together" joins others than these.
            "The defence line falls from 13.5 trillion roubles to 12.93 trillion. The security line goes up "
            "from 3.5 to 3.91 trillion. The two lines together move from 17.0 trillion, 41 percent of this "
            "year's spending of 41.5 trillion, to 16.84 trillion, 38 percent of 44.07 trillion.",
            id="sums of which each figure holds with others",
        ),
        pytest.param(
            # 15192 + 15496 + 15806 + 16122 + 16444 = 79060: the first year stands two sentences before.
            "2026년 분담금은 1조5192억원으로, 2025년의 1조4028억원보다 많다. 이는 8.3% 늘어난 것이다. "
            "물가가 매년 2% 오른다고 가정하면 2027년 1조5496억원, 2028년 1조5806억원, "
            "2029년 1조6122억원, 2030년 1조6444억원이 되고, 5년 합계는 7조9060억원이 된다.",
            id="a path whose first year was told before",
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


def test_a_sum_of_a_wrong_figure_is_contradicted_although_the_others_hold_elsewhere():
    """12.93 + 3.91 is 16.84, and the share of the whole that is told, 38 percent, is of 16.84 too."""
    text = (
        "The defence line is 12.93 trillion roubles and the security line 3.91 trillion. Together they are "
        "17.84 trillion."
    )

    assert contradictions(text) == [{"12.93 trillion roubles", "3.91 trillion", "17.84 trillion"}]


def test_two_accounts_a_thousandfold_apart_are_contradicted():
    """A word of scale is soon written wrongly; that is the slip which a reader wants to hear of."""
    text = (
        "Estonia will spend 2.40 billion euros on defence in 2026. In all, Estonia will spend 2.40 million "
        "euros on defence in 2026."
    )

    assert contradictions(text) == [{"2.40 billion euros", "2.40 million euros"}]
