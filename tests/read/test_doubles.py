"""Who plays two parts has doubled nothing."""

from __future__ import annotations

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

VOCABULARY, _ = load_vocabulary()


def quotes(text):
    ledger, _ = read_document(Document("brief.txt", text), VOCABULARY)
    return [claim.quote for claim in ledger.where(kind="figure")]


@pytest.mark.parametrize(
    "text",
    [
        "The president, who doubles as finance minister, proposed the budget.",
        "The prime minister, who also doubles as head of the party, opposed it.",
    ],
)
def test_a_part_played_beside_another_is_no_figure(text):
    assert quotes(text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Defence spending doubles as tensions grow.", "doubles"),
        ("Sweden doubled its defence budget.", "doubled"),
    ],
)
def test_what_doubles_is_still_one(text, quote):
    assert quotes(text) == [quote]
