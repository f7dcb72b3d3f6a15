"""The known answers of the two source articles: what must be found, and that nothing else is contradicted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from steelyard.check import check_ledger
from steelyard.core.claim import Ledger
from steelyard.read import read_document
from steelyard.read.documents.opening import open_documents
from tests.check.samples import gold_ledger, quotes, vocabulary

GAP = {"$46.1 billion", "2.42% of GDP", "$20.8 billion"}
FIVE = {"$46.1 billion", "8.2%", "$14.0 billion", "13%", "$1.88 billion"}


def read_ledger(shared: Path) -> Ledger:
    """The two articles as the reader reads them."""
    ledger = Ledger()
    for path in sorted((shared / "seeds").glob("*.txt")):
        (document,), _ = open_documents(path, date=date(2026, 1, 24))
        ledger += read_document(document, vocabulary())[0]
    return ledger


@pytest.fixture(scope="module", params=["gold claims", "read claims"])
def findings(request, shared):
    ledger = gold_ledger(shared) if request.param == "gold claims" else read_ledger(shared)
    found, problems = check_ledger(ledger, vocabulary())
    assert not problems
    return found


def one(findings, verdict, identity):
    matching = [each for each in findings if (each.verdict, each.identity) == (verdict, identity)]
    assert len(matching) == 1, [(each.verdict, each.identity) for each in findings]
    return matching[0]


def billions(bounds):
    return round(bounds["low"] / 1e9, 4), round(bounds["high"] / 1e9, 4)


def test_g4_the_parts_of_the_budget_hold_together(findings):
    found = one(findings, "corroborated", "change-of-total")

    assert quotes(found) == FIVE
    assert billions(found.found) == (3.4702, 3.5172)
    assert billions(found.expected) == (3.425, 3.5561)
    assert "All five hold together" in found.explanation


def test_g11_the_gap_is_contradicted_with_the_exact_range(findings):
    found = one(findings, "contradicted", "gap-to-target")

    assert quotes(found) == GAP
    assert [(claim.status, claim.low) for claim in found.given] == [("target", 3.5)]
    assert billions(found.expected) == (20.4139, 20.7341)
    assert billions(found.found) == (20.75, 20.85)
    assert found.severity == "last_digit"
    assert round(found.miss["amount"] / 1e9, 4) == 0.0159
    assert round(found.miss["last_digits"], 2) == 0.16


def test_g11_is_explained_with_its_numbers(findings):
    text = one(findings, "contradicted", "gap-to-target").explanation

    for words in (
        "20.41 to 20.73 bn USD",
        "20.75 to 20.85 bn USD",
        "Any two agree, the three cannot",
        "0.016 bn",
    ):
        assert words in text
    assert "0.16 of the last digit" in text


def test_g14_and_g15_a_rounded_won_figure_is_the_first_reading(findings):
    """At the one rate at which 0.903, 1.67 and 1.88 become round, 20.8 is 30 trillion won: 29.5/1440 to
    30.5/1438.85.
    """
    first = one(findings, "contradicted", "gap-to-target").readings[0]

    assert first.kind == "converted"
    assert "about 30 trillion KRW" in first.change
    assert round(first.to["low"] / 1e9, 2) == 20.49
    assert round(first.to["high"] / 1e9, 2) == 21.20


def test_g11r_each_figure_alone_could_have_been_another(findings):
    readings = one(findings, "contradicted", "gap-to-target").readings
    kinds = ("reckoned-otherwise", "misstated", "other-target")
    moved = {reading.to["unit"]: reading.to for reading in readings if reading.kind == "misstated"}

    assert [reading.cost for reading in readings] == sorted(reading.cost for reading in readings)
    assert {reading.kind for reading in readings}.issuperset(kinds)
    assert billions(moved["USD"]) == (46.1855, 47.0337)
    assert (round(moved["% of GDP"]["low"], 5), round(moved["% of GDP"]["high"], 5)) == (2.40919, 2.41442)
    aim = next(reading.to for reading in readings if reading.kind == "other-target")
    assert (round(aim["low"], 5), round(aim["high"], 5)) == (3.50083, 3.52296)


def test_g12_growth_of_two_stages_is_reconciled(findings):
    found = one(findings, "reconciled", "same-figure")

    assert quotes(found) == {"8.2%", "7.5 per cent"}
    assert found.severity is None
    assert found.readings[0].kind == "other-status"
    assert found.readings[0].to == {"value": "enacted"}


def test_g19_the_floor_leaves_no_headroom(findings):
    found = one(findings, "consistent", "floor")

    assert [claim.low for claim in found.claims] == [28400]
    assert [claim.low for claim in found.given] == [28500]


def test_nothing_else_is_contradicted(findings):
    assert {each.identity for each in findings if each.verdict == "contradicted"} <= {
        "gap-to-target",
        "budget-calendar",
    }


@pytest.mark.parametrize(
    ("identity", "low", "high", "factor"),
    [
        pytest.param("growth", 42.5404, 42.6722, 1e9, id="G1 budget of 2025"),
        pytest.param("growth", 3.4702, 3.5172, 1e9, id="G2 increase"),
        pytest.param("growth", 12.2907, 12.4889, 1e9, id="G3 force enhancement in 2025"),
        pytest.param("growth", 1.55, 1.6711, 1e9, id="G3 its increase"),
        pytest.param("total-and-parts", 32.0, 32.2, 1e9, id="G5 operating"),
        pytest.param("growth", 84.2833, 85.5956, 1, id="G7 KF-21"),
        pytest.param("level-and-change", 0.7615, 0.7725, 1e9, id="G8 increase of KF-21"),
        pytest.param("share-of-gdp", 1898.9691, 1910.9731, 1e9, id="G9 GDP"),
        pytest.param("amount-at-target", 66.4639, 66.8841, 1e9, id="G10 3.5 % of it"),
    ],
)
def test_what_follows_is_derived(findings, identity, low, high, factor):
    derived = [each.expected for each in findings if (each.verdict, each.identity) == ("derived", identity)]

    assert (low, high) in [(round(one["low"] / factor, 4), round(one["high"] / factor, 4)) for one in derived]


def test_contradictions_come_first_and_derived_numbers_last(findings):
    verdicts = [each.verdict for each in findings]

    assert verdicts == sorted(
        verdicts, key=["contradicted", "reconciled", "corroborated", "consistent", "derived"].index
    )
    assert verdicts.count("derived") <= 12


def test_g16_the_address_was_not_given_in_2024(shared):
    """The reader finds when the president is said to have spoken; the gold claims do not say."""
    found, _ = check_ledger(read_ledger(shared), vocabulary())

    calendar = one(found, "contradicted", "budget-calendar")

    assert quotes(calendar) == {"$46.1 billion", "8.2%"}
    assert (calendar.expected, calendar.found) == ({"value": "2025-11"}, {"value": "2024-11"})
    assert "2025-06-04" in calendar.explanation


def test_the_same_ledger_gives_the_same_findings(shared):
    ledger = gold_ledger(shared)

    first, second = (check_ledger(ledger, vocabulary())[0] for _ in range(2))

    assert [each.to_json() for each in first] == [each.to_json() for each in second]


def test_the_order_of_documents_does_not_change_what_is_contradicted(shared):
    ledger = gold_ledger(shared)
    parts = [ledger.where(document=name) for name in dict.fromkeys(claim.document for claim in ledger)]

    forward = check_ledger(parts[0] + parts[1], vocabulary())[0]
    backward = check_ledger(parts[1] + parts[0], vocabulary())[0]

    def told(findings):
        return {(one.verdict, one.identity, frozenset(quotes(one))) for one in findings}

    assert told(forward) == told(backward)


def test_printed_findings_point_into_the_articles(shared, findings):
    names = {claim.document: Path(claim.document).name for each in findings for claim in each.claims}
    texts = {name: (shared / "seeds" / short).read_text(encoding="utf-8") for name, short in names.items()}

    lines = one(findings, "contradicted", "gap-to-target").lines(texts)

    assert lines[0].endswith("contradicted gap-to-target (last digit)")
    assert "$46.1 billion" in lines[1]
    assert lines[2].strip() == "^" + "~" * (len("$46.1 billion") - 1)
    assert lines[2].index("^") == lines[1].index("$46.1 billion")
    assert lines[-1].startswith("First reading: “$20.8 billion” converted from about 30 trillion KRW")
