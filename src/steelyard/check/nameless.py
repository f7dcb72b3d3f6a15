"""Two numbers of one thing in a text that names no actor at all: they may be reconciled, never contradicted.

Whoever writes for the readers of one country need not name it. But a text may also speak of countries that
the vocabulary does not know, so that nothing certain follows from such figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from steelyard.check.compare import Comparison, compare
from steelyard.check.figures import Figure, Kinds, figures_of
from steelyard.core.claim import Claim, Ledger
from steelyard.core.vocabulary import Vocabulary


def among_nameless(ledger: Ledger, kinds: Kinds, vocabulary: Vocabulary) -> list[Comparison]:
    """The differences that a key may explain which one of two figures leaves open, by document."""
    named = {claim.document for claim in ledger if claim.actor}
    documents: dict[str, list[tuple[int, Claim]]] = {}
    for order, claim in enumerate(ledger):
        if claim.document not in named and claim.is_number and claim.measure:
            documents.setdefault(claim.document, []).append((order, claim))
    found: list[Comparison] = []
    for members in documents.values():
        figures = list(_figures(members, kinds, vocabulary))
        found += [one for one in compare(figures)[0] if not one.agree and one.apart]
    return found


def _figures(members: list[tuple[int, Claim]], kinds: Kinds, vocabulary: Vocabulary) -> Iterator[Figure]:
    """The figures of one document as if one actor were named in it, which is all that they want."""
    stand_in = Ledger(claim.changed(actor=claim.document, confidence=1.0) for _, claim in members)
    for figure in figures_of(stand_in, kinds, vocabulary)[0]:
        order, claim = members[figure.order]
        yield replace(figure, order=order, claim=claim)
