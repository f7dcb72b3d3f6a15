"""Takes notice of sentences: words, phrases and, where there may be figures, dates and numbers.

Most sentences hold no figure and say nothing of who said or does what; they are noticed by their words alone,
so that a text costs time only where it says something.

Sentences are noticed many at once, one question after another for all of them. It is the same work, but it
takes a tenth less of the time of all reading: the processor keeps near it what one question needs, and what
all of them need is more than it can keep.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from steelyard.read.documents.document import Document
from steelyard.read.documents.sentences import Sentence
from steelyard.read.lexicon import CUE_TABLES, Lexicon
from steelyard.read.mentions import PlainHit, Words, words_of
from steelyard.read.numbers.figure import Figure
from steelyard.read.numbers.joins import Span
from steelyard.read.numbers.numerals import NumeralReader
from steelyard.read.times.dates import DateMention, DateReader
from steelyard.read.tongues import Tongues, Tools

# Kinds of phrases that make a sentence worth reading although it holds no figure: the second only if an actor
# stands there too, since nobody else has a role.
TELLING = frozenset(("roles:noun", *(f"speech:{key}" for key in CUE_TABLES["speech"] if key != "pronouns")))
TELLING_OF_ACTORS = frozenset(f"roles:{key}" for key in CUE_TABLES["roles"])


class Noticed(NamedTuple):
    """A sentence with its words and the phrases in them."""

    sentence: Sentence
    words: Words
    hits: list[PlainHit]
    kinds: Collection[str]
    dates: list[DateMention]
    figures: list[Figure]

    @property
    def is_telling(self) -> bool:
        """Whether it holds a figure, or says who says or does what."""
        kinds = self.kinds
        if self.figures or not TELLING.isdisjoint(kinds):
            return True
        return "actor" in kinds and not TELLING_OF_ACTORS.isdisjoint(kinds)


_new_noticed = partial(tuple.__new__, Noticed)


def notice_all(
    document: Document, sentences: Sequence[Sentence], tongues: Tongues
) -> Iterator[tuple[Noticed, Tools]]:
    """What stands in sentences, in order, each with the tools of the language that it is in."""
    if tongues.is_one:
        yield from ((noticed, tongues.first) for noticed in notice(document, sentences, tongues.first))
        return
    text = document.text
    told = ((sentence, tongues.of(text[sentence.start : sentence.end])) for sentence in sentences)
    for tools, group in groupby(told, itemgetter(1)):
        yield from ((noticed, tools) for noticed in notice(document, [one for one, _ in group], tools))


def notice(document: Document, sentences: Sequence[Sentence], tools: Tools) -> list[Noticed]:
    """What stands in sentences of one language."""
    lexicon, numerals, dates = tools.lexicon, tools.numerals, tools.dates
    if not isinstance(numerals, NumeralReader) or not isinstance(dates, DateReader):
        return [_notice_figures_first(document, sentence, tools) for sentence in sentences]
    text = document.text
    words = [words_of(text, start, end) for start, end, _ in sentences]
    places = [numerals.places(cut) for cut in words]
    counting = [
        _Counting(text, sentence, cut, here)
        for sentence, cut, here in zip(sentences, words, places, strict=True)
        if here
    ]
    for one in counting:
        if not one.has_digit:
            one.figures = numerals.find(one.text, (), one.starts)
    counting = [one for one in counting if one.has_digit or one.figures]
    for one in counting:
        one.look_up(lexicon, dates.kinds)
    for one in counting:
        one.dates, one.blocked = dates.find_among(one.words, one.dated, one.places, document.date)
    for one in counting:
        if one.has_digit or one.blocked:
            one.figures = numerals.find(one.text, one.blocked_spans(), one.starts)
    known = {one.sentence.start: one for one in counting}
    return [
        found.noticed() if (found := known.get(sentence[0])) else _without_figures(sentence, cut, lexicon)
        for sentence, cut in zip(sentences, words, strict=True)
    ]


class _Counting:
    """A sentence in which numbers may begin, at the `places` of its words, and what has been found in it."""

    __slots__ = (
        *("blocked", "dated", "dates", "figures", "has_digit", "hits", "kinds"),
        *("places", "sentence", "starts", "text", "words"),
    )

    def __init__(self, text: str, sentence: Sentence, words: Words, places: Sequence[int]) -> None:
        start, end, _ = sentence
        self.sentence, self.words, self.places = sentence, words, places
        self.text = text[start:end]
        self.has_digit = any(words.keys[number][0].isdecimal() for number in places)
        begins = words.starts
        self.starts = [begins[number] - start for number in places]
        self.dated: list[PlainHit] = []
        self.hits: list[PlainHit] = []
        self.kinds: Collection[str] = ()
        self.dates: list[DateMention] = []
        self.blocked: list[Span] = []
        self.figures: list[Figure] = []

    def look_up(self, lexicon: Lexicon, of_dates: frozenset[str]) -> None:
        """Find its phrases, those of dates apart."""
        found, self.kinds = lexicon.index.hits_and_kinds(self.words)
        self.dated = [hit for hit in found if hit[0][0] in of_dates]
        self.hits = [hit for hit in found if hit[0][0] not in of_dates]

    def blocked_spans(self) -> list[Span]:
        """The spans of dates in its own text."""
        start = self.sentence.start
        return [(first - start, last - start) for first, last in self.blocked]

    def noticed(self) -> Noticed:
        """What has been found, with the offsets of the document."""
        start = self.sentence.start
        figures = [figure.moved(start) for figure in self.figures]
        return _new_noticed((self.sentence, self.words, self.hits, self.kinds, self.dates, figures))


def _without_figures(sentence: Sentence, words: Words, lexicon: Lexicon) -> Noticed:
    """A sentence without a figure, of which no more is asked than who says or does what."""
    hits, kinds = lexicon.index_without_figures.hits_and_kinds(words)
    return _new_noticed((sentence, words, hits, kinds, [], []))


def _notice_figures_first(document: Document, sentence: Sentence, tools: Tools) -> Noticed:
    """What stands in a sentence whose words can be cut only when it is known where figures end."""
    offset, text = sentence.start, document.text[sentence.start : sentence.end]
    dates = tools.dates.find(text, document.date)
    found = tools.numerals.find(text, [(date.start, date.end) for date in dates])
    figures = [figure.moved(offset) for figure in found]
    stops = [end for figure in figures for end in (figure.end, figure.outer_end)]
    words = tools.lexicon.words_in(document.text, sentence.start, sentence.end, stops)
    moved = [DateMention(d.start + offset, d.end + offset, d.period, d.form) for d in dates]
    return Noticed(sentence, words, *tools.lexicon.index.hits_and_kinds(words), moved, figures)
