"""Makes the passage of a sentence: its figures and dates, and the phrases of the vocabulary in it."""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.read.documents.document import Document
from steelyard.read.keys.bases import dates_as_bases
from steelyard.read.keys.perimeter import with_years_of_prices
from steelyard.read.keys.standing import decisions
from steelyard.read.keys.stationed import KIND as TROOPS
from steelyard.read.keys.stationed import with_troops_abroad
from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import Mention, PlainHit
from steelyard.read.noticed import Noticed
from steelyard.read.passage import Passage
from steelyard.read.strangers import strangers

NAMES = frozenset(("actor", "document"))
DECIDING = "deciding:verbs"
DEFINITION = "definition"
PRICES_OF_YEARS = "prices:of_years"


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
