"""What the passes have found in one sentence, and what a reader remembers from the sentences before.

`Passage` is what stands in the sentence; `Memory` is carried along the document: the actor, measure, period
and status spoken of last, which later sentences leave out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from steelyard.read.dates import DateMention
from steelyard.read.document import Document
from steelyard.read.figure import Figure
from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import Mention, Word
from steelyard.read.sentences import Sentence

CLAUSE_MARKS = frozenset({",", ";", ":", "—", "–", "(", ")"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something.

    A name to show, the actor that it speaks for, whether it is a person, whom "it" cannot mean, and whether
    it speaks for a government, be its country named or not.
    """

    label: str
    actor: str | None = None
    is_person: bool = False
    governs: bool = False


@dataclass
class Memory:
    """What the text spoke of last. Everything in it is filled by sentences that have been read."""

    actor: str | None = None
    named: str | None = None
    named_sentence: int = -9
    alliance: str | None = None
    document: Speaker | None = None
    speaker: Speaker | None = None
    speaker_sentence: int = -9
    person: Speaker | None = None
    body: Speaker | None = None
    subject: Speaker | None = None
    subject_sentence: int = -9
    measure: str | None = None
    item: str | None = None
    share_unit: str | None = None
    status: str | None = None
    function: str | None = None
    periods: dict[tuple[str | None, str | None], str] = field(default_factory=dict)
    all_periods: set[tuple[str | None, str | None, str]] = field(default_factory=set)
    status_years: dict[str, str] = field(default_factory=dict)
    paragraph: int = -1
    sentence: int = -1
    measure_sentence: int = -9

    @property
    def topic(self) -> str | None:
        """Who the text is about: the actor of the last figure, unless a later sentence turned to another."""
        return self.named if self.named_sentence > self.measure_sentence else self.actor or self.named

    def heard(self, speaker: Speaker) -> None:
        """Keep who spoke last, and who of persons and of bodies."""
        self.speaker, self.speaker_sentence = speaker, self.sentence
        if speaker.is_person:
            self.person = speaker
        else:
            self.body = speaker

    def turn_to(self, number: int, paragraph: int) -> None:
        """Go on to a sentence; a new paragraph forgets the status."""
        if paragraph != self.paragraph:
            self.status = None
        self.sentence, self.paragraph = number, paragraph


@dataclass(frozen=True)
class Passage:
    """One sentence with its words and everything that the passes found in it, in order.

    Every question is answered from tables made once, so that a sentence of many figures stays cheap.
    """

    document: Document
    lexicon: Lexicon
    sentence: Sentence
    words: list[Word]
    mentions: list[Mention]
    figures: list[Figure]
    dates: list[DateMention]

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]

    @cached_property
    def _counted(self) -> list[int]:
        """How many words, marks apart, stand before each word."""
        return list(accumulate((word.key[:1].isalnum() for word in self.words), initial=0))

    @cached_property
    def _marked(self) -> list[int]:
        """How many marks that end a clause stand before each word."""
        return list(accumulate((word.key in CLAUSE_MARKS for word in self.words), initial=0))

    @cached_property
    def _figure_starts(self) -> list[int]:
        return [figure.start for figure in self.figures]

    @cached_property
    def _chosen(self) -> dict[tuple[str, ...], tuple[list[Mention], list[int]]]:
        """The mentions of the kinds that have been asked for, with their starts."""
        return {}

    @cached_property
    def _by_kind(self) -> dict[str, list[Mention]]:
        kinds: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            kinds.setdefault(mention.kind, []).append(mention)
        return kinds

    def _merged(self, kinds: tuple[str, ...]) -> list[Mention]:
        """The mentions of several kinds in order; none are looked through where the sentence has none."""
        if not any(kind in self._by_kind for kind in kinds):
            return []
        return [mention for mention in self.mentions if mention.kind in kinds]

    def _of_kinds(self, kinds: tuple[str, ...]) -> tuple[list[Mention], list[int]]:
        if kinds not in self._chosen:
            found = self._by_kind.get(kinds[0], []) if len(kinds) == 1 else self._merged(kinds)
            self._chosen[kinds] = found, [mention.start for mention in found]
        return self._chosen[kinds]

    def of_kind(self, *kinds: str) -> list[Mention]:
        """The mentions of some kinds, in order."""
        return self._of_kinds(kinds)[0]

    def between(self, start: int, end: int) -> str:
        """The text between two offsets."""
        return self.document.text[start:end]

    def words_between(self, start: int, end: int) -> tuple[int, int]:
        """The number of the first word or mark within a span, and of the first one after it."""
        return bisect_left(self._starts, start), bisect_right(self._ends, end)

    def word_keys(self, start: int, end: int) -> list[str]:
        """The keys of the words and marks that lie within a span."""
        first, last = self.words_between(start, end)
        return [word.key for word in self.words[first:last]]

    def words_after(self, position: int) -> list[Word]:
        """The words and marks from a place to the end of the sentence."""
        return self.words[bisect_left(self._starts, position) :]

    def word_after(self, position: int) -> Word | None:
        """The next word or mark, or None at the end of the sentence."""
        number = bisect_left(self._starts, position)
        return self.words[number] if number < len(self.words) else None

    def word_before(self, position: int) -> Word | None:
        """The last word or mark that ends at or before a place, or None at the start of the sentence."""
        number = bisect_right(self._ends, position)
        return self.words[number - 1] if number else None

    def count_words(self, start: int, end: int) -> int:
        """How many words, marks apart, lie within a span."""
        first, last = self.words_between(start, end)
        return self._counted[max(last, first)] - self._counted[first]

    def same_clause(self, start: int, end: int) -> bool:
        """Whether no mark that ends a clause stands within a span."""
        first, last = self.words_between(start, end)
        return self._marked[max(last, first)] == self._marked[first]

    def figures_between(self, start: int, end: int) -> list[Figure]:
        """The figures that begin within a span, its end not included."""
        first = bisect_left(self._figure_starts, start)
        return self.figures[first : bisect_left(self._figure_starts, end, first)]

    def figure_before(self, position: int) -> Figure | None:
        """The last figure that begins before a place."""
        number = bisect_left(self._figure_starts, position)
        return self.figures[number - 1] if number else None

    def before(self, position: int, *kinds: str) -> Iterator[Mention]:
        """Mentions of some kinds that end at or before a place, the nearest first."""
        found, starts = self._of_kinds(kinds)
        for number in range(bisect_left(starts, position) - 1, -1, -1):
            if found[number].end <= position:
                yield found[number]

    def after(self, position: int, *kinds: str) -> Iterator[Mention]:
        """Mentions of some kinds that start at or after a place, the nearest first."""
        found, starts = self._of_kinds(kinds)
        return (found[number] for number in range(bisect_left(starts, position), len(found)))

    def touches_before(self, position: int, kind: str, most_words: int) -> Mention | None:
        """The mention of a kind that leads up to a place, at most so many words before it in one clause."""
        mention = next(self.before(position, kind), None)
        return mention if mention and self._touch(mention.end, position, most_words) else None

    def touches_after(self, position: int, kind: str, most_words: int) -> Mention | None:
        """The mention of a kind that follows a place, at most so many words after it in one clause."""
        mention = next(self.after(position, kind), None)
        return mention if mention and self._touch(position, mention.start, most_words) else None

    def _touch(self, left: int, right: int, most_words: int) -> bool:
        return self.count_words(left, right) <= most_words and self.same_clause(left, right)


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
