"""Names of countries and others that the vocabulary does not know as actors.

A figure of theirs must not be given to whoever was spoken of before, so they are found and left without one:
names listed in the language's file, and words in capitals that stand where an owner stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from operator import ne

from steelyard.read.mentions import CLAUSE_MARKS, Meaning, Mention, Word
from steelyard.read.passage import Passage

KIND = "stranger"
LISTED = {"places:others": "name", "places:others_adjectives": "adjective"}
MOST_WORDS_TO_FIGURE = 1
LEAST_LETTERS = 4
POSSESSION = (["’", "s"], ["'", "s"])


def strangers(passage: Passage) -> list[Mention]:
    """The names of strangers in a sentence, where no known name stands."""
    return sorted([*_listed(passage), *_in_capitals(passage)], key=lambda mention: mention.start)


def _listed(passage: Passage) -> Iterator[Mention]:
    """The names and adjectives of countries that the language knows and the actors do not."""
    if passage.kinds.keys().isdisjoint(LISTED):
        return
    known = [(m.first, m.last) for m in passage.of_kind("actor")]
    for kind, form in LISTED.items():
        for mention in passage.of_kind(kind):
            if not any(first <= mention.last and mention.first <= last for first, last in known):
                yield mention._replace(meaning=Meaning(KIND, form))


def _in_capitals(passage: Passage) -> Iterator[Mention]:
    """Single words in capitals, inside the sentence, that lead up to a figure or own a measure."""
    names = _names(passage)
    if not names:
        return
    taken = {n for m in passage.mentions for n in range(m.first, m.last + 1)}
    spans = [(f.start, f.end) for f in passage.figures] + [(d.start, d.end) for d in passage.dates]
    for number in names:
        word = passage.words[number]
        if number in taken or any(start <= word.start < end for start, end in spans):
            continue
        if _leads_to_figure(passage, word) or _owns_measure(passage, number):
            yield Mention(Meaning(KIND, "name"), word.start, word.end, number, number)


def _names(passage: Passage) -> list[int]:
    """The numbers of the names of one word: in capitals, not opening the sentence, with no article."""
    texts, keys, times = passage.words.texts, passage.words.keys, passage.lexicon.times
    articles = passage.lexicon.words("grammar", "articles")
    last = len(texts) - 1
    with_capitals = compress(enumerate(texts), map(ne, texts, keys))
    return [
        number
        for number, text in with_capitals
        if len(text) >= LEAST_LETTERS and text[0].isupper() and number
        if not texts[number - 1][0].isupper() and text.isalpha()
        if number == last or not texts[number + 1][0].isupper()
        if keys[number] not in times and keys[number - 1] not in articles
        if keys[number - 1].isalnum() or keys[number - 1] in (",", ";")
    ]


def _leads_to_figure(passage: Passage, word: Word) -> bool:
    figure = next(iter(passage.figures_between(word.end, passage.sentence.end)), None)
    if figure is None or not passage.same_clause(word.end, figure.outer_start):
        return False
    return passage.count_words(word.end, figure.outer_start) <= MOST_WORDS_TO_FIGURE


def _owns_measure(passage: Passage, number: int) -> bool:
    if passage.words.keys[number + 1 : number + 3] not in POSSESSION:
        return False
    end = passage.words.ends[number + 2]
    measure = passage.nearest_after(end, "measure", "item")
    return measure is not None and CLAUSE_MARKS.isdisjoint(passage.word_keys(end, measure.start))
