"""What the passes have found in one sentence, and what a reader remembers from the sentences before.

`Passage` is what stands in the sentence; `Memory` is carried along the document: the actor, measure, period
and status spoken of last, which later sentences leave out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from steelyard.read.dates import DateMention
from steelyard.read.document import Document, Sentence
from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import Mention, Word
from steelyard.read.numerals import Figure

CLAUSE_MARKS = frozenset({",", ";", ":", "—", "–", "(", ")"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something.

    A name to show, the actor that it speaks for, and when it was said if the text tells.
    """

    label: str
    actor: str | None = None


@dataclass
class Memory:
    """What the text spoke of last. Everything in it is filled by sentences that have been read."""

    actor: str | None = None
    named: str | None = None
    alliance: str | None = None
    document: Speaker | None = None
    speaker: Speaker | None = None
    measure: str | None = None
    item: str | None = None
    share_unit: str | None = None
    status: str | None = None
    function: str | None = None
    periods: dict[tuple[str | None, str | None], str] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    paragraph: int = -1
    sentence: int = -1
    measure_sentence: int = -9

    def turn_to(self, number: int, paragraph: int) -> None:
        """Go on to a sentence; a new paragraph forgets the status."""
        if paragraph != self.paragraph:
            self.status = None
        self.sentence, self.paragraph = number, paragraph


@dataclass(frozen=True)
class Passage:
    """One sentence with its words and everything that the passes found in it, in order."""

    document: Document
    lexicon: Lexicon
    sentence: Sentence
    words: list[Word]
    mentions: list[Mention]
    figures: list[Figure]
    dates: list[DateMention]

    def of_kind(self, *kinds: str) -> list[Mention]:
        """The mentions of some kinds, in order."""
        return [mention for mention in self.mentions if mention.kind in kinds]

    def between(self, start: int, end: int) -> str:
        """The text between two offsets."""
        return self.document.text[start:end]

    def word_keys(self, start: int, end: int) -> list[str]:
        """The keys of the words and marks that lie within a span."""
        return [word.key for word in self.words if start <= word.start and word.end <= end]

    def count_words(self, start: int, end: int) -> int:
        """How many words, marks apart, lie within a span."""
        return sum(key[:1].isalnum() for key in self.word_keys(start, end))

    def same_clause(self, start: int, end: int) -> bool:
        """Whether no mark that ends a clause stands within a span."""
        return not CLAUSE_MARKS.intersection(self.word_keys(start, end))

    def before(self, position: int, *kinds: str) -> Iterator[Mention]:
        """Mentions of some kinds that end at or before a place, the nearest first."""
        return (m for m in reversed(self.mentions) if m.kind in kinds and m.end <= position)

    def after(self, position: int, *kinds: str) -> Iterator[Mention]:
        """Mentions of some kinds that start at or after a place, the nearest first."""
        return (m for m in self.mentions if m.kind in kinds and m.start >= position)

    def touches_before(self, position: int, kind: str, most_words: int) -> Mention | None:
        """The mention of a kind that leads up to a place, at most so many words before it in one clause."""
        for mention in self.before(position, kind):
            if self.count_words(mention.end, position) <= most_words and self.same_clause(
                mention.end, position
            ):
                return mention
        return None

    def touches_after(self, position: int, kind: str, most_words: int) -> Mention | None:
        """The mention of a kind that follows a place, at most so many words after it in one clause."""
        for mention in self.after(position, kind):
            if self.count_words(position, mention.start) <= most_words and self.same_clause(
                position, mention.start
            ):
                return mention
        return None


@dataclass
class Found:
    """The keys of a claim as they are found, each with the rule that found it.

    `doubt` lowers the confidence.
    """

    keys: dict[str, object] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    doubt: float = 0.0

    def say(self, reason: str, doubt: float = 0.0, **keys: object) -> None:
        """Note keys with the reason for them."""
        self.keys.update(keys)
        self.reasons.append(reason)
        self.doubt += doubt

    def text(self, key: str) -> str | None:
        """A text key that has been found, or None."""
        value = self.keys.get(key)
        return value if isinstance(value, str) else None
