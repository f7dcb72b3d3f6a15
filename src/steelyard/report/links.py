"""Anchors of the page: where each claim has its row and its place in a source's text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from steelyard.core.claim import Claim, Ledger
from steelyard.core.problems import Place, Problem
from steelyard.read.documents.document import Document

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def anchor(kind: str, identifier: str) -> str:
    """An id for HTML such as "claim-4f1c"; what would not be one is replaced by its hash.

    >>> anchor("scenario", "linear-2035"), anchor("claim", "a b")
    ('scenario-linear-2035', 'claim-c8687a08aa5d')
    """
    safe = identifier if _SAFE.fullmatch(identifier) else hashlib.sha256(identifier.encode()).hexdigest()[:12]
    return f"{kind}-{safe}"


@dataclass(frozen=True, slots=True)
class Links:
    """The claims of a page in order, each with its number, and which of them are marked in a text.

    `numbers` holds the number of a claim's row by id; `marked` the ids of claims whose quotation stands where
    they say.
    """

    claims: tuple[Claim, ...]
    numbers: Mapping[str, int]
    marked: frozenset[str]

    def row(self, identifier: object) -> str:
        """The anchor of a claim's row, or "" for a claim that has none."""
        return anchor("claim", str(identifier)) if identifier in self.numbers else ""

    def text(self, identifier: object) -> str:
        """The anchor of a claim's mark in its source, or "" where the source does not show it."""
        return anchor("text", str(identifier)) if identifier in self.marked else ""

    def best(self, identifier: object) -> str:
        """The claim's mark in its source, else its row, else ""."""
        return self.text(identifier) or self.row(identifier)

    def number(self, identifier: object) -> int:
        """The number of a claim's row; 0 for a claim that has none."""
        return self.numbers.get(str(identifier), 0)


def link_claims(ledger: Ledger, documents: Iterable[Document]) -> tuple[Links, list[Problem]]:
    """The links of a ledger's claims into the texts of its documents, and what cannot be linked."""
    texts = {document.name: document.text for document in documents}
    numbers: dict[str, int] = {}
    marked, claims, problems = set(), [], []
    for claim in ledger:
        if claim.id in numbers:
            problems.append(_twice(claim))
            continue
        claims.append(claim)
        numbers[claim.id] = len(claims)
        text = texts.get(claim.document)
        if text is None:
            problems.append(_no_source(claim))
        elif not claim.quote.strip() or text[claim.start : claim.end] != claim.quote:
            problems.append(_off_text(claim, text))
        else:
            marked.add(claim.id)
    return Links(tuple(claims), numbers, frozenset(marked)), problems


def _twice(claim: Claim) -> Problem:
    message = f"A second claim has the id {claim.id} ({claim.quote!r}); the report shows the first."
    hint = "Give each document a name of its own, or make the ledger anew."
    return Problem("claim-twice", message, Place(claim.document), hint, "warning")


def _no_source(claim: Claim) -> Problem:
    message = f"The text behind the claim {claim.quote!r} is not among the sources, so it cannot be shown."
    hint = "Name the document in the case, or build the ledger anew."
    return Problem("claim-without-source", message, Place(claim.document), hint, "warning")


def _off_text(claim: Claim, text: str) -> Problem:
    place = Place.in_text(
        claim.document, text, min(max(claim.start, 0), len(text)), min(max(claim.end, 0), len(text))
    )
    message = f"The claim says {claim.quote!r}, and the text at its place does not."
    hint = "The source was changed after it was read; read it again."
    return Problem("claim-off-text", message, place, hint, "warning")
