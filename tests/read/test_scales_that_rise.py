"""Korean numbers whose scale words do not descend are told, and read as nothing."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.check import check_ledger
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from tests.read.reading import VOCABULARY

TODAY = date(2026, 1, 20)


def read(text):
    """The claims of a text, and its warnings of such numbers."""
    ledger, problems = read_document(Document("a.txt", text, TODAY), VOCABULARY)
    return ledger, [problem for problem in problems if problem.code == "rising-scales"]


@pytest.mark.parametrize(
    ("text", "quote", "meant"),
    [
        pytest.param("육군 예산은 61억2469억원이다.", "61억2469억", "61조2469억", id="the first too small"),
        pytest.param("사업비는 1억 5,192억원이다.", "1억 5,192억", "1조 5,192억", id="apart by a blank"),
        pytest.param("올해 61억 2,469억 원보다 많다.", "61억 2,469억", "61조 2,469억", id="and its unit"),
        pytest.param("60억 1,000억 원을 썼다.", "60억 1,000억", "60조 1,000억", id="round, but far apart"),
        pytest.param("사업비는 7만3,100만 달러다.", "7만3,100만", "7억3,100만", id="of a smaller scale"),
        pytest.param("사업비는 2만8500억원이다.", "2만8500억", "2조8500억", id="two scales too small"),
        pytest.param("예산은 61조 2469조원이다.", "61조 2469조", "61조 2469억", id="the second too large"),
        pytest.param(
            "예산은 61억2469억 3000만원이다.",
            "61억2469억 3000만",
            "61조2469억 3000만",
            id="with a third part",
        ),
    ],
)
def test_tells_a_number_whose_scale_words_do_not_descend(text, quote, meant):
    ledger, problems = read(text)

    assert [claim.quote for claim in ledger if claim.kind == "figure"] == []
    assert len(problems) == 1
    assert quote in problems[0].message
    assert meant in problems[0].hint
    assert problems[0].severity == "warning"
    assert problems[0].origin.column == text.index(quote) + 1


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        pytest.param("예산은 61조2469억원이다.", 1, id="in order"),
        pytest.param("예산은 61조 2469억 3000만원이다.", 1, id="three parts in order"),
        pytest.param("장병 3만 5만 명이 모였다.", 2, id="two guesses"),
        pytest.param("해마다 300억 400억원이 든다.", 2, id="two round amounts"),
        pytest.param("해마다 350억 420억 원쯤 든다.", 2, id="two guesses close together"),
        pytest.param("함정 3억 120억 합계 123억", 3, id="columns of two sizes"),
        pytest.param("1억, 5,192억원이 든다.", 2, id="a list"),
        pytest.param("구분 1,234억 5,678억\n합계", 2, id="a row of a table"),
        pytest.param("2027년 2만8,500명이다.", 1, id="a number of people"),
    ],
)
def test_says_nothing_of_numbers_that_are_meant(text, figures):
    ledger, problems = read(text)

    assert problems == []
    assert sum(claim.kind == "figure" for claim in ledger) == figures


def test_nothing_rests_on_a_number_that_is_none():
    """By its last part alone, 246.9 billion won, the budget would clash with the 61 trillion told before."""
    text = "올해 국방예산은 61조2469억원이다. 올해 국방예산 61억2469억원은 국회가 확정했다."

    ledger, _ = read(text)
    findings, _ = check_ledger(ledger, VOCABULARY)

    assert [claim.quote for claim in ledger if claim.kind == "figure"] == ["61조2469억원"]
    assert findings == []
