"""Sentences that are noticed many at once, and runs of them that are searched many at once."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from steelyard import read as reader
from steelyard.read import read_document
from steelyard.read.at_rest import collector_at_rest
from steelyard.read.documents.document import Document
from steelyard.read.keys import loosely
from steelyard.read.keys.among import open_frames_of
from steelyard.read.keys.asked import near_of
from steelyard.read.keys.frames import frames_of
from steelyard.read.keys.tellers import keys_asked
from tests.read.reading import LEXICON, TODAY, VOCABULARY, read

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "cases" / "korea-2026" / "sources").glob("*.txt"))
# Sentences in two languages by turns, an amount that takes its currency from the one before among them.
BY_TURNS = (
    "Seoul set its 2026 defence budget at $46.1 billion. 내년 국방예산은 65조 8642억원이다. "
    "It is 8.2 percent more than a year earlier. 올해보다 7.5% 늘었다."
)


def texts():
    yield from (path.read_text(encoding="utf-8") for path in SOURCES)
    yield BY_TURNS


def test_how_many_sentences_are_noticed_at_once_changes_no_claim(monkeypatch):
    """Each batch begins with an empty hand; what sentences remember goes on over its end."""
    documents = [Document("brief.txt", text, TODAY) for text in texts()]
    at_once = [read_document(document, VOCABULARY) for document in documents]

    monkeypatch.setattr(reader, "SENTENCES_AT_ONCE", 1)
    monkeypatch.setattr(loosely, "RUNS_AT_ONCE", 1)

    assert [read_document(document, VOCABULARY) for document in documents] == at_once
    assert all(len(ledger) > 1 for ledger, _ in at_once)


def test_sentences_in_two_languages_stay_in_their_order():
    found = [claim.quote for claim in read(BY_TURNS).where(kind="figure")]

    assert found == ["$46.1 billion", "65조 8642억원", "8.2 percent", "7.5%"]


@pytest.mark.parametrize("asked", [frames_of, open_frames_of, near_of])
def test_figures_with_the_same_keys_are_taken_by_the_same_rules(asked):
    """What `keys_asked` names is all that a rule may ask: else one figure's answer is another's."""
    claims = [claim for text in texts() for claim in read(text).where(kind="figure")]
    tellers = asked(LEXICON)
    all_rules = tellers._rules

    for claim in claims:
        for kind, rules in all_rules.items():
            assert list(tellers.rules_for(kind, claim)) == [rule for rule in rules if rule.takes(claim)]
    assert len({keys_asked(claim) for claim in claims}) < len(claims)
    assert any(tellers.rules_for("percent", claim) for claim in claims)
    assert tellers.rules_for(None, claims[0]) == ()


def test_the_collector_is_on_again_after_a_document_and_after_a_fault():
    assert gc.isenabled()

    read(BY_TURNS)
    with pytest.raises(KeyError), collector_at_rest():
        assert not gc.isenabled()
        raise KeyError

    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        read(BY_TURNS)

        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_a_longer_text_leaves_to_the_collector_does_not_grow_with_it():
    """The collector may rest only where reading makes no cycles of each sentence or figure."""
    text = SOURCES[0].read_text(encoding="utf-8")
    left = []
    for times in (2, 20):
        document = Document("brief.txt", "\n\n".join([text] * times), TODAY)
        read_document(document, VOCABULARY)
        gc.collect()
        gc.disable()
        try:
            read_document(document, VOCABULARY)
            left.append(gc.collect())
        finally:
            gc.enable()

    assert left[1] <= left[0] + 50
