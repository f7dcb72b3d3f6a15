"""Makes the passage of a sentence: its figures and dates, and the phrases of the vocabulary in it.

Most sentences hold no figure and say nothing of who said or does what; they are noticed by their words alone,
so that a text costs time only where it says something.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import NamedTuple

from steelyard.read.documents.document import Document
from steelyard.read.documents.sentences import Sentence
from steelyard.read.keys.bases import dates_as_bases
from steelyard.read.keys.perimeter import with_years_of_prices
from steelyard.read.keys.standing import decisions
from steelyard.read.keys.stationed import KIND as TROOPS
from steelyard.read.keys.stationed import with_troops_abroad
from steelyard.read.lexicon import CUE_TABLES, Lexicon
from steelyard.read.mentions import Mention, PlainHit, Words, words_of
from steelyard.read.numbers.figure import Figure
from steelyard.read.numbers.numerals import NumeralReader
from steelyard.read.passage import Passage
from steelyard.read.strangers import strangers
from steelyard.read.times.dates import DateMention, DateReader
from steelyard.read.tongues import Tools

# Kinds of phrases that make a sentence worth reading although it holds no figure: the second only if an actor
# stands there too, since nobody else has a role.
TELLING = frozenset(("roles:noun", *(f"speech:{key}" for key in CUE_TABLES["speech"] if key != "pronouns")))
TELLING_OF_ACTORS = frozenset(f"roles:{key}" for key in CUE_TABLES["roles"])
NAMES = frozenset(("actor", "document"))
DECIDING = "deciding:verbs"
DEFINITION = "definition"
PRICES_OF_YEARS = "prices:of_years"


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


def notice(document: Document, sentence: Sentence, tools: Tools) -> Noticed:
    """What stands in a sentence: its words, phrases, figures and, where there may be figures, dates."""
    if not isinstance(tools.numerals, NumeralReader) or not isinstance(tools.dates, DateReader):
        return _notice_figures_first(document, sentence, tools)
    lexicon, (start, end, _) = tools.lexicon, sentence
    words = words_of(document.text, start, end)
    if not (numbers := tools.numerals.places(words)):
        return _without_figures(sentence, words, lexicon)
    has_digit = any(words.keys[number][0].isdecimal() for number in numbers)
    text, begins = document.text[start:end], words.starts
    starts = [begins[number] - start for number in numbers]
    figures = [] if has_digit else tools.numerals.find(text, (), starts)
    if not has_digit and not figures:
        return _without_figures(sentence, words, lexicon)
    found, kinds = lexicon.index.hits_and_kinds(words)
    of_dates = tools.dates.kinds
    dated = [hit for hit in found if hit[0][0] in of_dates]
    hits = [hit for hit in found if hit[0][0] not in of_dates]
    dates, blocked = tools.dates.find_among(words, dated, numbers, document.date)
    if has_digit or blocked:
        spans = [(first - start, last - start) for first, last in blocked]
        figures = tools.numerals.find(text, spans, starts)
    return _new_noticed((sentence, words, hits, kinds, dates, [figure.moved(start) for figure in figures]))


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


def passage_of(document: Document, noticed: Noticed, lexicon: Lexicon) -> Passage:
    """Everything that stands in a sentence, with the offsets of the document."""
    words, figures, dates = noticed.words, noticed.figures, noticed.dates
    named = not NAMES.isdisjoint(noticed.kinds)
    mentions = words.mentions(_without_cues_in_names(noticed.hits) if named else noticed.hits)
    if DECIDING in noticed.kinds:
        mentions = _in_order([*mentions, *decisions(words, mentions, lexicon)])
    if figures and TROOPS in noticed.kinds:
        mentions = with_troops_abroad(words, mentions, lexicon)
    if dates and PRICES_OF_YEARS in noticed.kinds:
        mentions = with_years_of_prices(words, mentions, dates, lexicon)
    sentence = noticed.sentence
    passage = Passage(document, lexicon, sentence, words, mentions, figures, dates)
    if not figures:
        return passage
    passage.dates = dates_as_bases(passage)
    if not (found := strangers(passage)):
        return passage
    mentions = _in_order([*mentions, *found])
    return Passage(document, lexicon, sentence, words, mentions, figures, passage.dates)


def _in_order(mentions: Iterable[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda mention: mention.start)


def _without_cues_in_names(hits: list[PlainHit]) -> list[PlainHit]:
    """Cue words that are part of a name are none: "States" in "United States" says nothing."""
    names = [(first, last) for meaning, first, last in hits if last > first and meaning[0] in NAMES]
    if not names:
        return hits
    named = {number for first, last in names for number in range(first, last + 1)}
    return [hit for hit in hits if hit[1] not in named or ":" not in hit[0][0] or not _is_inside(hit, names)]


def _is_inside(hit: PlainHit, names: list[tuple[int, int]]) -> bool:
    """Whether a phrase is a part of a longer name."""
    _, begin, end = hit
    return any(first <= begin and end <= last and last - first > end - begin for first, last in names)
