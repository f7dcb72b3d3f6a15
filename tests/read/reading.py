"""What the tests of the reading step share: sentences in, claims out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from steelyard.core.claim import Claim, Ledger
from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.read.lexicon import lexicon_for

VOCABULARY = load_vocabulary()[0]
LEXICON = lexicon_for(VOCABULARY)
TODAY = date(2026, 1, 24)


def read(text: str, day: date | None = TODAY) -> Ledger:
    """The claims of a text that was published on a day."""
    return read_document(Document("brief.txt", text, day), VOCABULARY)[0]


def figures(text: str) -> Ledger:
    return read(text).where(kind="figure")


def figure(text: str, quote: str | None = None) -> Claim:
    """The figure that is quoted so; the only figure of the text where no quotation is given."""
    found = [claim for claim in figures(text) if quote in (None, claim.quote)]
    assert len(found) == 1, [claim.quote for claim in figures(text)]
    return found[0]


def role(text: str) -> Claim:
    """The only role that the text states."""
    (found,) = read(text).where(kind="role")
    return found


def bounds(claim: Claim) -> tuple[Decimal | None, Decimal | None]:
    return claim.low, claim.high


def numbers(text: str) -> tuple[Decimal | None, ...]:
    """Decimals from a text such as "46.05e9 46.15e9"; "-" is an open end."""
    return tuple(None if part == "-" else Decimal(part) for part in text.split())
