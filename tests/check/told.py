"""What the checker makes of a text as a user would give it: read first, then checked."""

from __future__ import annotations

from datetime import date

from steelyard.check import check_ledger
from steelyard.core.claim import Ledger
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from tests.check.samples import vocabulary

TODAY = date(2026, 6, 1)


def ledger_of(text: str) -> Ledger:
    """The claims of a text that appeared on a day in the middle of 2026."""
    return read_document(Document("brief.txt", text, TODAY), vocabulary())[0]


def contradictions(text: str) -> list[set[str]]:
    """The figures of each contradiction in a text."""
    findings, _ = check_ledger(ledger_of(text), vocabulary())
    return [{claim.quote for claim in one.claims} for one in findings if one.verdict == "contradicted"]
