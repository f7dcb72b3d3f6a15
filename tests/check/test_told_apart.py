"""Two numbers that a text tells apart in words are reconciled, by the reading that its words name."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.check import check_ledger
from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

VOCABULARY, _ = load_vocabulary()
TODAY = date(2026, 3, 1)


def findings(text):
    return check_ledger(read_document(Document("brief.txt", text, TODAY), VOCABULARY)[0], VOCABULARY)[0]


@pytest.mark.parametrize(
    ("text", "quotes", "kind"),
    [
        pytest.param(
            "In autumn the ministry's plan was reported at 31.4 billion euros. The number that counts "
            "is now 30.9 "
            "billion euros, since lawmakers trimmed the proposal before adopting it.",
            {"31.4 billion euros", "30.9 billion euros"},
            "other-status",
            id="a plan that was trimmed",
        ),
        pytest.param(
            "The Spanish forces, one paper wrote, cost 22 billion euros. Another made it 27 billion "
            "euros. The "
            "difference is the pensions of retired soldiers, which the second added.",
            {"22 billion euros", "27 billion euros"},
            "other-definition",
            id="with and without pensions",
        ),
        pytest.param(
            "What does Canada spend? By its own books 1.7 percent of GDP. By the institute's survey 2.1 "
            "percent. "
            "Neither is wrong: the survey takes in veterans and the coast guard.",
            {"1.7 percent of GDP", "2.1 percent"},
            "other-definition",
            id="a wider count",
        ),
        pytest.param(
            "A 6.5 percent rise, the handout announces. Having taken out inflation, a retired auditor "
            "says, it is 3 "
            "percent. Stripping out inflation is what he did all his life.",
            {"6.5 percent", "3 percent"},
            "other-prices",
            id="growth with and without inflation",
        ),
        pytest.param(
            "The Polish request was worth $51.2 billion in the wire reports of August. A bank, using "
            "the rate of "
            "January, now puts the same request at $48.9 billion.",
            {"$51.2 billion", "$48.9 billion"},
            "other-rate",
            id="two exchange rates",
        ),
        pytest.param(
            "The estimates had given the Danish ministry 33.8 billion kroner. Audited accounts show "
            "that it used 31.2 "
            "billion kroner.",
            {"33.8 billion kroner", "31.2 billion kroner"},
            "other-status",
            id="what was granted and what was used",
        ),
        pytest.param(
            "올해 국방예산 증가율이 7.5%라는 보도와 8.2%라는 보도가 있다. "
            "앞의 것은 국회에서 확정된 예산, 뒤의 것은 정부가 제출한 예산안을 비교한 수치다.",
            {"7.5%", "8.2%"},
            "other-status",
            id="the former and the latter in Korean",
        ),
    ],
)
def test_numbers_that_a_text_tells_apart_are_reconciled(text, quotes, kind):
    told = findings(text)

    assert [one for one in told if one.verdict == "contradicted"] == []
    (found,) = [one for one in told if one.verdict == "reconciled"]
    assert {claim.quote for claim in found.claims} == quotes
    assert found.readings[0].kind == kind


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Sweden spends 175 billion kronor and Norway 110 billion kronor. The difference is larger "
            "than the "
            "pensions of both.",
            id="two countries",
        ),
        pytest.param(
            "The ministry plans 31.4 billion euros. Lawmakers trimmed the proposal.", id="only one number"
        ),
        pytest.param(
            "The plan was 31.4 billion euros, the year before 30.1 billion euros, now 30.9 billion "
            "euros, since "
            "lawmakers trimmed the proposal.",
            id="three numbers",
        ),
        pytest.param(
            "The fleet costs 31.4 billion euros, the pensions 9.9 billion euros. The difference is telling.",
            id="too far apart",
        ),
        pytest.param(
            "The plan was 31.4 billion euros. It is now 30.9 billion euros. The minister told the "
            "former chief.",
            id="nothing told apart",
        ),
    ],
)
def test_numbers_that_no_words_tell_apart_are_not(text):
    assert [one for one in findings(text) if one.verdict == "reconciled" and "apart" in one.explanation] == []
