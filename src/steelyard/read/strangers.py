"""Names of countries and others that the vocabulary does not know as actors.

A figure of theirs must not be given to whoever was spoken of before, so they are found and left without one:
names listed in the language's file, and words in capitals that stand where an owner stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.read.mentions import CLAUSE_MARKS, Meaning, Mention, Word
from steelyard.read.passage import Passage

KIND = "stranger"
MOST_WORDS_TO_FIGURE = 1
LEAST_LETTERS = 4
POSSESSION = (["’", "s"], ["'", "s"])


def strangers(passage: Passage) -> list[Mention]:
    """The names of strangers in a sentence, where no known name stands."""
    return sorted([*_listed(passage), *_in_capitals(passage)], key=lambda mention: mention.start)


def _listed(passage: Passage) -> Iterator[Mention]:
    """The names and adjectives of countries that the language knows and the actors do not."""
    known = [(m.first, m.last) for m in passage.of_kind("actor")]
    for key, form in (("others", "name"), ("others_adjectives", "adjective")):
        for mention in passage.of_kind(f"places:{key}"):
            if not any(first <= mention.last and mention.first <= last for first, last in known):
                yield mention._replace(meaning=Meaning(KIND, form))


def _in_capitals(passage: Passage) -> Iterator[Mention]:
    """Single words in capitals, inside the sentence, that lead up to a figure or own a measure."""
    taken = {n for m in passage.mentions for n in range(m.first, m.last + 1)}
    spans = [(f.start, f.end) for f in passage.figures] + [(d.start, d.end) for d in passage.dates]
    for number, text in enumerate(passage.words.texts):
        if len(text) < LEAST_LETTERS or not text[0].isupper() or number in taken:
            continue
        if not _is_name(passage, number):
            continue
        word = passage.words[number]
        if any(start <= word.start < end for start, end in spans):
            continue
        if _leads_to_figure(passage, word) or _owns_measure(passage, number):
            yield Mention(Meaning(KIND, "name"), word.start, word.end, number, number)


def _is_name(passage: Passage, number: int) -> bool:
    """Whether a word is a name of one word: in capitals, not opening the sentence, with no article."""
    word, before = passage.words[number], passage.words[number - 1] if number else None
    after = passage.words[number + 1] if number + 1 < len(passage.words) else None
    if before is None or not word.text[0].isupper() or not word.text.isalpha():
        return False
    article = before.key in passage.lexicon.words("grammar", "articles")
    alone = not before.text[0].isupper() and not (after and after.text[0].isupper())
    return (
        alone
        and not article
        and word.key not in passage.lexicon.times
        and (before.key.isalnum() or before.key in ",;")
    )


def _leads_to_figure(passage: Passage, word: Word) -> bool:
    figure = next(iter(passage.figures_between(word.end, passage.sentence.end)), None)
    if figure is None or not passage.same_clause(word.end, figure.outer_start):
        return False
    return passage.count_words(word.end, figure.outer_start) <= MOST_WORDS_TO_FIGURE


def _owns_measure(passage: Passage, number: int) -> bool:
    following = passage.words[number + 1 : number + 3]
    if [word.key for word in following] not in POSSESSION:
        return False
    measure = next(passage.after(following[-1].end, "measure", "item"), None)
    return measure is not None and not CLAUSE_MARKS.intersection(
        passage.word_keys(following[-1].end, measure.start)
    )
