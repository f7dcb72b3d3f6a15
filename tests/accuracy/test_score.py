"""The scorer itself, on a gold of two claims."""

from __future__ import annotations

from decimal import Decimal

from steelyard.core.claim import Claim
from tests.accuracy.score import score

BUDGET = {
    "kind": "figure",
    "document": "a.txt",
    "start": 10,
    "end": 23,
    "quote": "$46.1 billion",
    "actor": "KOR",
    "measure": "defence_spending",
    "statistic": "level",
    "low": 46050000000.0,
    "high": 46150000000.0,
    "unit": "USD",
    "status": None,
}
GROWTH = {
    **BUDGET,
    "start": 30,
    "end": 34,
    "quote": "8.2%",
    "statistic": "growth",
    "low": 8.15,
    "high": 8.25,
    "unit": "%",
}


def claim(gold, **keys):
    """The claim that a perfect reader makes of a gold claim, with some keys otherwise."""
    known = {
        key: gold[key] for key in ("kind", "start", "end", "quote", "actor", "measure", "statistic", "unit")
    }
    numbers = {key: Decimal(str(gold[key])) for key in ("low", "high")}
    made = Claim(id="x", document="folder/a.txt", sentence_start=0, sentence_end=90, **known, **numbers)
    return made.changed(**keys)


def test_a_perfect_reader_gets_everything():
    result = score([BUDGET, GROWTH], [claim(GROWTH), claim(BUDGET, status="proposed")])

    assert (result.claims, result.read, result.interval, result.subject) == (2, 2, 2, 2)
    assert result.missed == []
    assert "status" not in result.asked


def test_keys_count_one_by_one():
    result = score([BUDGET, GROWTH], [claim(BUDGET, unit="KRW"), claim(GROWTH, actor="USA")])

    assert (result.read, result.interval, result.subject) == (2, 1, 1)
    assert result.right["unit"] == result.right["actor"] == 1
    assert result.missed == ["$46.1 billion: unit KRW for USD", "8.2%: actor USA for KOR"]


def test_one_claim_answers_for_one_gold_claim():
    wide = claim(BUDGET, start=0, end=90)

    assert score([BUDGET, GROWTH], [wide]).read == 1


def test_another_document_or_kind_does_not_count():
    assert score([BUDGET], [claim(BUDGET, document="b.txt"), claim(BUDGET, kind="statement")]).read == 0


def test_touching_is_no_overlap():
    assert score([BUDGET], [claim(BUDGET, start=23, end=30)]).read == 0
