"""What a text tells of several voices, or of what would have been, does not contradict the text."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.check import check_ledger
from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from tests.check.samples import claim, findings

VOCABULARY, _ = load_vocabulary()


def verdicts(text):
    """The verdicts on a text."""
    ledger, _ = read_document(Document("brief.txt", text, date(2026, 6, 1)), VOCABULARY)
    return [finding.verdict for finding in check_ledger(ledger, VOCABULARY)[0]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The minister says that Canada spends 62.7 billion dollars on defence in 2025. "
            "The opposition says that Canada spends 58.4 billion dollars on defence in 2025.",
            id="a minister and the opposition",
        ),
        pytest.param(
            "According to the ministry, Poland's defence spending is 200 billion zloty in 2026. "
            "According to the central bank, Poland's defence spending is 180 billion zloty in 2026.",
            id="a ministry and a bank",
        ),
        pytest.param(
            "France's defence budget rises to 57.1 billion euros in 2026. "
            "The defence budget would have been 53.7 billion euros in 2026 under the programming law.",
            id="what would have been",
        ),
    ],
)
def test_a_dispute_that_is_told_and_what_would_have_been_contradict_nobody(text):
    assert "contradicted" not in verdicts(text)


def test_one_speaker_who_gives_two_numbers_contradicts_himself():
    one = claim("46.1 bn USD", speaker="the minister")

    assert findings(one, claim("47.8 bn USD", speaker="the minister"), verdict="contradicted")
    assert not findings(one, claim("47.8 bn USD", speaker="the opposition"), verdict="contradicted")


def test_two_speakers_of_two_documents_are_held_against_each_other():
    one = claim("46.1 bn USD", speaker="the minister")

    assert findings(one, claim("47.8 bn USD", "other.txt", speaker="the president"), verdict="contradicted")
