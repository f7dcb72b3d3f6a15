"""Equations that fail only since a key was carried over to a figure that is of another number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.check.borne_out import is_borne_out_by_others
from steelyard.check.conflicts import Tested
from steelyard.check.otherwise import fits_otherwise
from steelyard.check.text_figures import FiguresOfText, figures_by_document
from steelyard.core.claim import Ledger
from steelyard.core.vocabulary import Vocabulary


def without_chance(tested: Sequence[Tested], ledger: Ledger, vocabulary: Vocabulary) -> list[Tested]:
    """The trials but those that fail only since a key was carried over to one of their figures.

    Where the text does not say of a figure itself which number it is of, and another of its document in its
    place or in that of one beside it makes all hold, that one was meant.
    """
    return list(_without_chance(tested, ledger, vocabulary))


def _without_chance(tested: Sequence[Tested], ledger: Ledger, vocabulary: Vocabulary) -> Iterator[Tested]:
    texts: dict[str, FiguresOfText] = {}
    for one in tested:
        figures = [figure for _, figure in one.trial.claimed]
        documents = {figure.claim.document for figure in figures}
        if len(documents) == 1 and one.fails:
            texts = texts or figures_by_document(ledger, vocabulary)
            name = documents.pop()
            sure = all(figure.is_sure for figure in figures)
            if not sure and all(fits_otherwise(trial, None, texts[name], vocabulary) for trial in one.trials):
                continue
            if is_borne_out_by_others(one.trial, texts[name], may_slip=sure):
                continue
        yield one
