"""What reads the sentences of each language, and which language a sentence is in.

A language with a `script` of its own is told by its letters, one in the letters of the first by its most
common words (`told_by`), units and months; all other text is in the first language. A document without a
letter of another script costs one search.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, Protocol

from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.read.completed import counts_in_myriads
from steelyard.read.keys.cue_lists import CueLists
from steelyard.read.lexicon import Lexicon, lexicon_for
from steelyard.read.numbers.figure import Figure
from steelyard.read.numbers.joins import Span
from steelyard.read.numbers.numerals import NumeralReader
from steelyard.read.times.dates import DateMention, DateReader

FIRST = "en"
_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
# A syllable or character of another script says about as much as this many Latin letters.
LETTERS_A_SIGN = 2
# So many of the words that tell a language must stand in a document, for a single one can be a name.
WORDS_THAT_TELL = 2


class FindsDates(Protocol):
    """Finds the periods of a text in one language."""

    def document_date(self, text: str) -> date | None:
        """The date that a text carries in its first lines."""

    def find(self, text: str, anchor: date | None) -> list[DateMention]:
        """The periods in order."""


class FindsFigures(Protocol):
    """Finds the figures of a text in one language."""

    def find(self, text: str, blocked: Sequence[Span]) -> list[Figure]:
        """The figures in order, none of which overlaps a blocked span."""


class Tools(NamedTuple):
    """A lexicon with the readers of dates and numerals, the cue lists and what tells the language."""

    lexicon: Lexicon
    dates: FindsDates
    numerals: FindsFigures
    cues: CueLists
    script: re.Pattern[str] | None = None
    told_by: frozenset[str] = frozenset()


@lru_cache(maxsize=16)
def tools_for(lexicon: Lexicon) -> Tools:
    """The readers for the language of a lexicon, made on first use and kept."""
    language = lexicon.language
    script = re.compile(f"[{language.text('script')}]") if language.text("script") else None
    told_by = _telling_words(lexicon)
    if not counts_in_myriads(language):
        plain = DateReader(lexicon), NumeralReader(lexicon)
        return Tools(lexicon, *plain, CueLists(lexicon), script, told_by)
    # Loaded only for texts that need them, so that the first text in another language is read sooner.
    from steelyard.read.myriads.marked_dates import MarkedDateReader
    from steelyard.read.myriads.myriad_figures import MyriadReader

    readers = MarkedDateReader(lexicon), MyriadReader(lexicon)
    return Tools(lexicon, *readers, CueLists(lexicon), script, told_by)


def _telling_words(lexicon: Lexicon) -> frozenset[str]:
    """The words that tell a language that is told by words: its most common ones, its units and months."""
    told_by = frozenset(map(str.casefold, lexicon.language.texts("told_by")))
    if not told_by or lexicon.language.id == FIRST:
        return told_by
    first = lexicon_for(lexicon.vocabulary, FIRST)
    own = {*map(str.casefold, lexicon.unit_words), *lexicon.times}
    return told_by | own.difference(map(str.casefold, first.unit_words), first.times)


class Tongues:
    """The languages of one document: the first, and those of which it holds a letter or telling words."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.first = tools_for(lexicon_for(vocabulary, FIRST))
        others = [
            name
            for name, entry in vocabulary.entries("languages").items()
            if name != FIRST and _may_hold(text, entry)
        ]
        self._others = tuple(tools_for(lexicon_for(vocabulary, name)) for name in others)

    def document_date(self, text: str) -> date | None:
        """The date that a text carries in its first lines, written in any of its languages."""
        found = (tools.dates.document_date(text) for tools in (self.first, *self._others))
        return next(filter(None, found), None)

    @property
    def lexicons(self) -> tuple[Lexicon, ...]:
        """The lexicons of its languages, the first one first."""
        return tuple(tools.lexicon for tools in (self.first, *self._others))

    @property
    def is_one(self) -> bool:
        """Whether all of the document is in the first language."""
        return not self._others

    def of(self, sentence: str) -> Tools:
        """What reads a sentence: the language in whose script most of it is, or of most telling words."""
        for tools in self._others:
            signs = len(tools.script.findall(sentence)) if tools.script else 0
            if signs and signs * LETTERS_A_SIGN >= len(_LATIN.findall(sentence)):
                return tools
        by_words = [tools for tools in self._others if tools.told_by]
        if not by_words:
            return self.first
        words = frozenset(map(str.casefold, _WORD.findall(sentence)))
        return max((self.first, *by_words), key=lambda tools: len(tools.told_by & words))


def _may_hold(text: str, language: Entry) -> bool:
    """Whether some sentence of a text may be in a language, by its letters or the words that tell it."""
    if script := language.text("script"):
        return not text.isascii() and re.search(f"[{script}]", text) is not None
    words = frozenset(map(str.casefold, language.texts("told_by")))
    return bool(words) and len(words.intersection(map(str.casefold, _WORD.findall(text)))) >= WORDS_THAT_TELL
