"""Two numbers of one thing that a text tells apart in words: reconciled, by the key that the words name."""

from __future__ import annotations

import pytest

from steelyard.check import check_ledger
from tests.check.samples import vocabulary
from tests.check.told import contradictions, ledger_of


def told_apart(text):
    """The figures of each difference that a text explains, with the reading that does so."""
    findings, _ = check_ledger(ledger_of(text), vocabulary())
    return [
        (one.readings[0].kind, [claim.quote for claim in one.claims])
        for one in findings
        if one.verdict == "reconciled"
    ]


@pytest.mark.parametrize(
    ("reading", "quotes", "text"),
    [
        pytest.param(
            "other-prices",
            ["4.2 percent", "1.9 percent"],
            "The ministry puts growth at 4.2 percent. The audit office arrives at 1.9 percent. "
            "The discrepancy is due to inflation: the office reckons in constant prices.",
            id="constant prices",
        ),
        pytest.param(
            "other-prices",
            ["6 percent", "2.5 percent"],
            "Spending rose by 6 percent, the minister said. "
            "The institute has 2.5 percent, because it adjusts for inflation.",
            id="adjusted for inflation",
        ),
        pytest.param(
            "other-definition",
            ["4.7 billion euros", "5.2 billion euros"],
            "Austria's budget is 4.7 billion euros. Vienna reports 5.2 billion euros to the EU agency. "
            "The latter figure includes military pensions.",
            id="the latter figure",
        ),
        pytest.param(
            "other-definition",
            ["22 billion euros", "25.7 billion euros"],
            "Two figures for the Dutch budget are in circulation: 22 billion euros and 25.7 billion euros. "
            "One leaves out the military police and pensions.",
            id="told ahead",
        ),
        pytest.param(
            "other-definition",
            ["46.1 billion euros", "52.3 billion euros"],
            "The ministry speaks of 46.1 billion euros, the alliance of 52.3 billion euros. "
            "The difference is explained by pensions and the coast guard.",
            id="the difference",
        ),
        pytest.param(
            "other-status",
            ["18.2 billion zloty", "17.6 billion zloty"],
            "The government had asked for 18.2 billion zloty. "
            "In the end it became 17.6 billion zloty, after the Sejm amended the bill.",
            id="between the two",
        ),
        pytest.param(
            "other-status",
            ["12.4 billion kroner", "11.8 billion kroner"],
            "The budget as voted was 12.4 billion kroner; the accounts show 11.8 billion kroner. "
            "The rest was not spent, for deliveries were late.",
            id="voted and spent",
        ),
        pytest.param(
            "other-edition",
            ["2.1 percent of GDP", "2.3 percent"],
            "In its spring report the institute put the share at 2.1 percent of GDP. "
            "The autumn report says 2.3 percent for the same year; GDP has been revised since.",
            id="two reports",
        ),
        pytest.param(
            "other-basis",
            ["3.1 billion euros", "1.4 billion euros"],
            "Brussels grants 3.1 billion euros in commitments. Only 1.4 billion euros will be paid out. "
            "The former are promises, the latter payments.",
            id="commitments and payments",
        ),
        pytest.param(
            "other-prices",
            ["4.2%", "1.9%"],
            "국방부는 4.2% 늘었다고 했고 감사원은 1.9%라고 했다. 뒤의 수치는 물가를 감안한 실질 증가율이다.",
            id="Korean prices",
        ),
        pytest.param(
            "other-status",
            ["66.3조 원", "65.9조 원"],
            "정부안은 66.3조 원이었고 확정 예산은 65.9조 원이다. 차이는 국회에서 삭감된 금액이다.",
            id="Korean stages",
        ),
    ],
)
def test_a_difference_that_the_text_explains_is_reconciled_by_what_it_says(reading, quotes, text):
    assert told_apart(text) == [(reading, quotes)]
    assert contradictions(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The navy has 4.1 billion euros and the army 6.2 billion euros. The latter buys tanks.",
            id="no words explain anything",
        ),
        pytest.param(
            "Poland spends 4.5 percent of GDP and Estonia 3.4 percent. The former is the larger share, and "
            "pensions are counted in both.",
            id="two countries",
        ),
        pytest.param(
            "The budget grew from 10 billion euros in 2024 to 12 billion euros in 2025. "
            "The difference is due to pensions.",
            id="two years",
        ),
        pytest.param(
            "The budget grew from 10 billion euros to 12 billion euros. The difference goes into pensions.",
            id="a rise",
        ),
        pytest.param(
            "Two figures matter: 5.2 billion euros for ships and 3.1 billion euros for planes.",
            id="two things",
        ),
    ],
)
def test_figures_of_two_things_years_or_owners_are_not_told_apart(text):
    assert told_apart(text) == []
