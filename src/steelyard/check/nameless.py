"""Numbers of one thing in a text that names one actor at most: they may be reconciled, never contradicted.

Whoever writes for the readers of one country need not name it. But a text may also speak of countries that
the vocabulary does not know, so that nothing certain follows from such figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from steelyard.check.compare import Comparison, compare
from steelyard.check.figures import Figure, Kinds, figures_of
from steelyard.check.left_open import left_open
from steelyard.core.claim import Claim, Ledger
from steelyard.core.vocabulary import Vocabulary


def among_nameless(ledger: Ledger, kinds: Kinds, vocabulary: Vocabulary) -> list[Comparison]:
    """The differences that a key may explain which one of two figures leaves open, by document.

    A document that names one actor may mean it by the figures of nobody too.
    """
    named: dict[str, set[str]] = {}
    for claim in ledger:
        if claim.actor:
            named.setdefault(claim.document, set()).add(claim.actor)
    documents: dict[str, list[tuple[int, Claim]]] = {}
    for order, claim in enumerate(ledger):
        if len(named.get(claim.document, ())) < 2 and claim.is_number and claim.measure:
            documents.setdefault(claim.document, []).append((order, claim))
    found: list[Comparison] = []
    for document, members in documents.items():
        if not all(claim.actor for _, claim in members):
            actor = next(iter(named.get(document, ())), document)
            found += _differences(members, actor, kinds, vocabulary)
    return found


def _differences(
    members: list[tuple[int, Claim]], actor: str, kinds: Kinds, vocabulary: Vocabulary
) -> Iterator[Comparison]:
    """What differs among the figures of one document, at least one of them of nobody, as if the actor were
    named in all.
    """
    stand_in = Ledger(claim.changed(actor=claim.actor or actor, confidence=1.0) for _, claim in members)
    figures = figures_of(stand_in, kinds, vocabulary)[0]
    for one in (*compare(figures)[0], *left_open(figures, kinds.likely, vocabulary, stand_in)):
        told = tuple(_as_told(figure, *members[figure.order]) for figure in one.figures)
        if not one.agree and one.apart and not all(figure.claim.actor for figure in told):
            yield replace(one, figures=told)


def _as_told(figure: Figure, order: int, claim: Claim) -> Figure:
    return replace(figure, order=order, claim=claim)
