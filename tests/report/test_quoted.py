"""Where a reader finds the words that give somebody a part in a responsibility."""

from __future__ import annotations

from dataclasses import replace

import pytest

from steelyard.core.claim import Ledger
from steelyard.read.documents.document import Document
from steelyard.report.links import link_claims
from steelyard.report.quoted import places_of_quotations
from steelyard.report.responsibility import compare_documents
from tests.report import samples

DUTY = ("duty-deterring-north-korea-KOR", 1)
SILENT = ("duty-deterring-north-korea-KOR", 0)
WORDS = (
    "is capable of taking primary responsibility for deterring\nNorth Korea with critical but more limited "
    "U.S. support"
)
TEXT = f"South Korea {WORDS}, the document says. Nobody else said so."
STRATEGY = "National Defense Strategy 2026"


def places(speaker: str = STRATEGY, text: str = TEXT, **reference):
    document = Document("note.txt", f"{text}\n")
    quote = text.partition(",")[0]
    claim = samples.claim(document, quote, "role", speaker=speaker)
    vocabulary = samples.vocabulary()
    if reference:
        postures = vocabulary.entries("postures")
        entry = postures["nds-2026"]
        changed = replace(entry, data={**entry.data, "reference": {**entry.table("reference"), **reference}})
        kinds = {**vocabulary.kinds, "postures": {**postures, "nds-2026": changed}}
        vocabulary = replace(vocabulary, kinds=kinds)
    made = samples.results(documents=(document,), ledger=Ledger([claim]), vocabulary=vocabulary)
    links, _ = link_claims(made.ledger, made.documents)
    found = places_of_quotations(compare_documents(made)[0], made, links)
    return found, f"#text-{claim.id}"


def test_words_that_a_source_quotes_lead_to_their_mark():
    found, mark = places()

    assert found[DUTY] == mark
    assert SILENT not in found


@pytest.mark.parametrize(
    ("speaker", "text"),
    [
        pytest.param("Washington Declaration 2023", TEXT, id="said by another document"),
        pytest.param(STRATEGY, "South Korea pays, the document says.", id="other words"),
    ],
)
def test_words_that_no_source_quotes_lead_to_the_reference(speaker, text):
    assert places(speaker, text)[0][DUTY] == "#posture-nds-2026"


def test_a_document_in_the_net_is_opened_at_the_words():
    found, _ = places(text="South Korea pays, it says.", url="https://example.org/nds")

    assert found[DUTY].startswith("https://example.org/nds#:~:text=is%20capable%20of%20taking%20primary")


def test_an_address_that_is_none_is_not_followed():
    found, _ = places(text="South Korea pays, it says.", url="javascript:alert(1)")

    assert found[DUTY] == "#posture-nds-2026"


def test_nothing_is_quoted_where_nothing_is_compared():
    made = samples.results(postures=())

    assert places_of_quotations(None, made, link_claims(made.ledger, made.documents)[0]) == {}
