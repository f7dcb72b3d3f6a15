"""What the passes have found in one sentence, and what a reader remembers from the sentences before.

`Passage` is what stands in the sentence; `Memory` is carried along the document: the actor, measure, period
and status spoken of last, which later sentences leave out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from steelyard.core.claim import Claim
from steelyard.read.documents.document import Document
from steelyard.read.documents.sentences import Sentence
from steelyard.read.keys.cue_lists import CuedSentences
from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import Mention, Word, Words
from steelyard.read.numbers.figure import Figure
from steelyard.read.times.dates import DateMention

SENTENCES_ON_A_SETTING = 3
# Many articles begin a paragraph with every sentence; a bare "8.9 billion" is of the currency just named.
SENTENCES_ON_A_CURRENCY = 2


class Speaker(NamedTuple):
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
    about: str | None = None
    share_unit: str | None = None
    currency: str | None = None
    currency_sentence: int = -9
    status: str | None = None
    status_actor: str | None = None
    function: str | None = None
    periods: dict[tuple[str | None, str | None], str] = field(default_factory=dict)
    all_periods: defaultdict[tuple[str | None, str | None], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )
    status_years: dict[str, str] = field(default_factory=dict)
    definitions: dict[tuple[str | None, str | None], str | None] = field(default_factory=dict)
    levels: dict[tuple[str | None, ...], Decimal] = field(default_factory=dict)
    paragraph: int = -1
    sentence: int = -1
    measure_sentence: int = -9
    # The last amount of a measure in each unit that is no part of another, and in which sentence it stands.
    wholes: dict[str | None, tuple[Claim, int]] = field(default_factory=dict)
    # Reads the sentence before, if it holds no figure, for what this one takes up from it.
    read_back: Callable[[], None] | None = None
    # In which sentence the words of a setting stood last.
    settings: dict[str, int] = field(default_factory=dict)
    # In which sentence a definition was named last.
    counts: dict[str, int] = field(default_factory=dict)
    # Sentences in which the text may tell how figures are related.
    cued: CuedSentences = field(default_factory=CuedSentences)

    @property
    def topic(self) -> str | None:
        """Who the text is about: the actor of the last figure, unless a later sentence turned to another."""
        return self.named if self.named_sentence > self.measure_sentence else self.actor or self.named

    def speaks_of(self, setting: str) -> bool:
        """Whether one of the sentences before was on a setting."""
        return self.sentence - self.settings.get(setting, -9) <= SENTENCES_ON_A_SETTING

    def has_named(self, definition: str) -> bool:
        """Whether one of the sentences before named a definition."""
        return self.sentence - self.counts.get(definition, -9) <= SENTENCES_ON_A_SETTING

    def heard(self, speaker: Speaker) -> None:
        """Keep who spoke last, and who of persons and of bodies."""
        self.speaker, self.speaker_sentence = speaker, self.sentence
        if speaker.is_person:
            self.person = speaker
        else:
            self.body = speaker

    def turn_to(self, number: int, paragraph: int) -> None:
        """Go on to a sentence; a new paragraph forgets the status, and a currency not named just before."""
        if paragraph != self.paragraph:
            self.status = None
            if number - self.currency_sentence > SENTENCES_ON_A_CURRENCY:
                self.currency = None
        self.sentence, self.paragraph = number, paragraph


BILLION, MILLION = Decimal(10**9), Decimal(10**6)
_NO_MENTIONS: list[Mention] = []
_NO_MENTION: Iterator[Mention] = iter(())


class Passage:
    """One sentence with its words and everything that the passes found in it, in order.

    Every question is answered from tables made once, so that a sentence of many figures stays cheap; a
    question for what does not stand in the sentence costs one look-up.
    """

    __slots__ = (
        *("dates", "document", "figures", "kinds", "lexicon", "mentions", "sentence", "words"),
        *("_chosen", "_ends", "_figure_starts", "_in_dates", "_in_figures", "_starts"),
    )

    def __init__(
        self,
        document: Document,
        lexicon: Lexicon,
        sentence: Sentence,
        words: Words,
        mentions: list[Mention],
        figures: list[Figure],
        dates: list[DateMention],
    ) -> None:
        self.document, self.lexicon, self.sentence, self.words = document, lexicon, sentence, words
        self.mentions, self.figures, self.dates = mentions, figures, dates
        kinds: dict[str, list[Mention]] = {}
        for mention in mentions:
            kind = mention[0][0]
            if kind in kinds:
                kinds[kind].append(mention)
            else:
                kinds[kind] = [mention]
        self.kinds = kinds
        self._starts, self._ends = words.starts, words.ends
        self._chosen: dict[tuple[str, ...], list[Mention]] = {}
        self._figure_starts = [figure.start for figure in figures]
        self._in_figures: frozenset[int] | None = None
        self._in_dates: frozenset[int] | None = None

    def of_kind(self, kind: str) -> list[Mention]:
        """The mentions of a kind, in order."""
        return self.kinds.get(kind, _NO_MENTIONS)

    def of_kinds(self, *kinds: str) -> list[Mention]:
        """The mentions of some kinds, in order; chosen when they are first asked for."""
        if len(kinds) == 1:
            return self.kinds.get(kinds[0], _NO_MENTIONS)
        chosen = self._chosen.get(kinds)
        if chosen is None:
            chosen = self._chosen[kinds] = self._choose(kinds)
        return chosen

    def _choose(self, kinds: tuple[str, ...]) -> list[Mention]:
        if self.kinds.keys().isdisjoint(kinds):
            return _NO_MENTIONS
        present = self.kinds.keys() & kinds
        if len(present) > 1:
            return [mention for mention in self.mentions if mention[0][0] in present]
        return self.kinds[present.pop()]

    def between(self, start: int, end: int) -> str:
        """The text between two offsets."""
        return self.document.text[start:end]

    def words_between(self, start: int, end: int) -> tuple[int, int]:
        """The number of the first word or mark within a span, and of the first one after it."""
        return bisect_left(self._starts, start), bisect_right(self._ends, end)

    def word_keys(self, start: int, end: int) -> list[str]:
        """The keys of the words and marks that lie within a span."""
        return self.words.keys[bisect_left(self._starts, start) : bisect_right(self._ends, end)]

    def words_after(self, position: int) -> list[Word]:
        """The words and marks from a place to the end of the sentence."""
        return self.words[bisect_left(self._starts, position) :]

    def word_after(self, position: int) -> Word | None:
        """The next word or mark, or None at the end of the sentence."""
        number = bisect_left(self._starts, position)
        return self.words[number] if number < len(self._starts) else None

    def key_after(self, position: int) -> str:
        """The key of the next word or mark, empty at the end of the sentence."""
        number = bisect_left(self._starts, position)
        return self.words.keys[number] if number < len(self._starts) else ""

    def key_before(self, position: int) -> str:
        """The key of the last word or mark that ends at or before a place, empty at the start."""
        number = bisect_right(self._ends, position)
        return self.words.keys[number - 1] if number else ""

    def led_by(self, position: int, keys: Collection[str]) -> Word | None:
        """The last word or mark that ends at or before a place, if it is one of some keys."""
        number = bisect_right(self._ends, position)
        return self.words[number - 1] if number and self.words.keys[number - 1] in keys else None

    def word_before(self, position: int) -> Word | None:
        """The last word or mark that ends at or before a place, or None at the start of the sentence."""
        number = bisect_right(self._ends, position)
        return self.words[number - 1] if number else None

    def count_words(self, start: int, end: int) -> int:
        """How many words, marks apart, lie within a span."""
        first, last = self.words_between(start, end)
        return self.words.counted[last] - self.words.counted[first] if first < last else 0

    def same_clause(self, start: int, end: int) -> bool:
        """Whether no mark that ends a clause stands within a span."""
        first, last = self.words_between(start, end)
        return first >= last or self.words.marked[last] == self.words.marked[first]

    @property
    def words_in_figures(self) -> frozenset[int]:
        """The numbers of the words that stand in figures, or in a hedge behind one."""
        if self._in_figures is None:
            starts, ends = self._starts, self._ends
            spans = [
                range(bisect_right(ends, f.start), bisect_left(starts, f.outer_end)) for f in self.figures
            ]
            self._in_figures = frozenset(chain(*spans))
        return self._in_figures

    @property
    def words_in_dates(self) -> frozenset[int]:
        """The numbers of the words that stand in dates, or name a month or day."""
        if self._in_dates is None:
            starts, times = self._starts, self.lexicon.times
            spans = [range(bisect_left(starts, d.start), bisect_left(starts, d.end)) for d in self.dates]
            named: list[int] = []
            if not times.isdisjoint(self.words.keys):
                named = [number for number, key in enumerate(self.words.keys) if key in times]
            self._in_dates = frozenset(chain(named, *spans))
        return self._in_dates

    def keep_currency(self, memory: Memory) -> None:
        """Give bare amounts of billions, and of millions beside them, the one currency of the text before.

        That of this sentence is kept for later ones.
        """
        currencies = {f.unit for f in self.figures if f.dimension == "money" and f.join != "conversion"}
        if memory.currency and not currencies:
            unit, bare = memory.currency, [f.scale for f in self.figures if f.unit is None]
            least = MILLION if bare and max(bare) >= BILLION else BILLION
            self.figures[:] = [
                f._replace(unit=unit, dimension="money") if f.unit is None and f.scale >= least else f
                for f in self.figures
            ]
        elif currencies:
            memory.currency = currencies.pop() if len(currencies) == 1 else None
            memory.currency_sentence = memory.sentence

    def figures_between(self, start: int, end: int) -> list[Figure]:
        """The figures that begin within a span, its end not included."""
        first = bisect_left(self._figure_starts, start)
        return self.figures[first : bisect_left(self._figure_starts, end, first)]

    def figure_after(self, position: int) -> Figure | None:
        """The first figure of the sentence that begins at or after a place."""
        number = bisect_left(self._figure_starts, position)
        return self.figures[number] if number < len(self.figures) else None

    def figure_before(self, position: int) -> Figure | None:
        """The last figure that begins before a place."""
        number = bisect_left(self._figure_starts, position)
        return self.figures[number - 1] if number else None

    def before(self, position: int, *kinds: str) -> Iterator[Mention]:
        """Mentions of some kinds that end at or before a place, the nearest first."""
        found = self.of_kinds(*kinds)
        return (mention for mention in reversed(found) if mention[2] <= position) if found else _NO_MENTION

    def after(self, position: int, *kinds: str) -> Iterator[Mention]:
        """Mentions of some kinds that start at or after a place, the nearest first."""
        found = self.of_kinds(*kinds)
        return (mention for mention in found if mention[1] >= position) if found else _NO_MENTION

    def nearest_before(self, position: int, *kinds: str) -> Mention | None:
        """The last mention of some kinds that ends at or before a place."""
        found = self.kinds.get(kinds[0], _NO_MENTIONS) if len(kinds) == 1 else self.of_kinds(*kinds)
        for mention in reversed(found):
            if mention[2] <= position:
                return mention
        return None

    def nearest_after(self, position: int, *kinds: str) -> Mention | None:
        """The first mention of some kinds that starts at or after a place."""
        found = self.kinds.get(kinds[0], _NO_MENTIONS) if len(kinds) == 1 else self.of_kinds(*kinds)
        for mention in found:
            if mention[1] >= position:
                return mention
        return None

    def touches_before(self, position: int, kind: str, most_words: int) -> Mention | None:
        """The mention of a kind that leads up to a place, at most so many words before it in one clause."""
        mention = self.nearest_before(position, kind) if kind in self.kinds else None
        return mention if mention and self._touch(mention.end, position, most_words) else None

    def touches_after(self, position: int, kind: str, most_words: int) -> Mention | None:
        """The mention of a kind that follows a place, at most so many words after it in one clause."""
        mention = self.nearest_after(position, kind) if kind in self.kinds else None
        return mention if mention and self._touch(position, mention.start, most_words) else None

    def _touch(self, left: int, right: int, most_words: int) -> bool:
        first, last = self.words_between(left, right)
        if first >= last:
            return most_words >= 0
        words = self.words
        near = words.counted[last] - words.counted[first] <= most_words
        return near and words.marked[last] == words.marked[first]


class Found:
    """The keys of a claim as they are found, each with the rule that found it.

    `doubt` lowers the confidence. `text` gives a text key that has been found, or None; it is asked for so
    often that it is the look-up itself.
    """

    __slots__ = ("doubt", "keys", "reasons", "text")

    def __init__(
        self, keys: dict[str, object] | None = None, reasons: list[str] | None = None, doubt: float = 0.0
    ) -> None:
        self.keys: dict[str, object] = {} if keys is None else keys
        self.reasons: list[str] = [] if reasons is None else reasons
        self.doubt = doubt
        self.text: Callable[[str], str | None] = self.keys.get  # type: ignore[assignment]

    def say(self, reason: str, doubt: float = 0.0, **keys: object) -> None:
        """Note keys with the reason for them."""
        self.keys.update(keys)
        self.reasons.append(reason)
        self.doubt += doubt
