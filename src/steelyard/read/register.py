"""Where the claims of a document stand in its text, and the ids that they have been given."""

from __future__ import annotations

from steelyard.core.claim import Kind, folded_id
from steelyard.read.documents.document import Document
from steelyard.read.documents.locate import locator_of
from steelyard.read.documents.sentences import Sentence


class Register:
    """Gives each claim its place and id, in the order of the text; equal words in equal sentences count on.

    It has the document as it was given, since quotations hold also what is no part of the text.
    """

    __slots__ = ("_document", "_folded", "_last", "_name", "_seen")

    def __init__(self, document: Document) -> None:
        self._document, self._name = document, document.short_name
        self._seen: dict[tuple[str, str], int] = {}
        # The last sentence, as it stands and as ids are made of it: most claims share one with others.
        self._last = self._folded = ""

    def enter(self, kind: Kind, start: int, end: int, sentence: Sentence) -> dict[str, object]:
        """The keys of the next claim that tell what kind it is and where it stands."""
        document, text = self._document, self._document.text
        first, last = min(sentence.start, start), max(sentence.end, end)
        quote, around = text[start:end], text[first:last]
        words = f"{kind}:{quote}"
        occurrence = self._seen.get((around, words), 0)
        self._seen[around, words] = occurrence + 1
        return {
            "id": folded_id(self._name, self._fold(around), words, occurrence),
            "kind": kind,
            "document": document.name,
            "start": start,
            "end": end,
            "quote": quote,
            "sentence_start": first,
            "sentence_end": last,
            "locator": locator_of(document, start),
        }

    def _fold(self, sentence: str) -> str:
        """A sentence with one blank wherever there are some."""
        if sentence != self._last:
            self._last, self._folded = sentence, " ".join(sentence.split())
        return self._folded
