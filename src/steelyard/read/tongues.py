"""What reads the sentences of each language, and which language a sentence is in.

A language with a `script` of its own is told by its letters; all other text is in the first language. A
document without a letter of another script costs one search.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, Protocol

from steelyard.core.vocabulary import Vocabulary
from steelyard.read.keys.cue_lists import CueLists
from steelyard.read.lexicon import Lexicon, lexicon_for
from steelyard.read.numbers.figure import Figure
from steelyard.read.numbers.joins import Span
from steelyard.read.numbers.numerals import NumeralReader
from steelyard.read.times.dates import DateMention, DateReader

FIRST = "en"
_LATIN = re.compile(r"[A-Za-z]")
# A syllable or character of another script says about as much as this many Latin letters.
LETTERS_A_SIGN = 2


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
    """A lexicon with the readers of dates and numerals and the cue lists, made once."""

    lexicon: Lexicon
    dates: FindsDates
    numerals: FindsFigures
    cues: CueLists
    script: re.Pattern[str] | None = None


@lru_cache(maxsize=16)
def tools_for(lexicon: Lexicon) -> Tools:
    """The readers for the language of a lexicon, made on first use and kept."""
    script = lexicon.language.text("script")
    if not script:
        return Tools(lexicon, DateReader(lexicon), NumeralReader(lexicon), CueLists(lexicon))
    # Loaded only for texts that need them, so that the first text in another language is read sooner.
    from steelyard.read.myriads.marked_dates import MarkedDateReader
    from steelyard.read.myriads.myriad_figures import MyriadReader

    readers = MarkedDateReader(lexicon), MyriadReader(lexicon)
    return Tools(lexicon, *readers, CueLists(lexicon), re.compile(f"[{script}]"))


class Tongues:
    """The languages of one document: the first, and those of whose script it holds a letter."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.first = tools_for(lexicon_for(vocabulary, FIRST))
        self._others: tuple[Tools, ...] = ()
        if not text.isascii():
            scripts = {e.id: e.text("script") for e in vocabulary.entries("languages").values()}
            others = (name for name, script in scripts.items() if script and re.search(f"[{script}]", text))
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
        """What reads a sentence: the language in whose script most of it is written."""
        for tools in self._others:
            signs = len(tools.script.findall(sentence)) if tools.script else 0
            if signs and signs * LETTERS_A_SIGN >= len(_LATIN.findall(sentence)):
                return tools
        return self.first
