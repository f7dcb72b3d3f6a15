"""The noun phrase that says what a figure is of: subject or object before it, or what follows "for" and "of".

It is read word by word, with lists of verbs and small words instead of a parser, and only around the figure.
It gives a claim its `about` where the vocabulary has no measure, and keeps a measure from being given to a
figure that is plainly of something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from steelyard.read.figure import Figure
from steelyard.read.mentions import CLAUSE_MARKS, Word
from steelyard.read.passage import Passage

MOST_WORDS_LEFT = 16
MOST_WORDS_OF_PHRASE = 9
MOST_WORDS_AFTER = 5
HYPHENS = frozenset({"-", "–", "‑"})
APOSTROPHES = frozenset({"’", "'"})


@dataclass(frozen=True, slots=True)
class Topic:
    """A noun phrase beside a figure.

    `verbs` are the words between it and the figure. It may only take up what was spoken of ("the figure",
    "spending"), or name somebody who acts and is not counted; one that is its own says what the figure is of.
    """

    start: int
    end: int
    verbs: frozenset[str] = frozenset()
    is_vague: bool = False
    is_agent: bool = False
    is_pronoun: bool = False

    @property
    def is_own(self) -> bool:
        """Whether it says by itself what the figure is of."""
        return not (self.is_vague or self.is_agent)


def topic_before(passage: Passage, figure: Figure, most_figures: int = 2) -> Topic | None:
    """The subject or object that leads up to a figure in its clause, or to the figures right before it."""
    words = passage.words
    small, verbs = passage.lexicon.words("about", "small"), passage.lexicon.words("about", "verbs")
    last = passage.words_between(figure.outer_start, figure.end)[0]
    passed: set[str] = set()
    for number in range(last - 1, max(0, last - MOST_WORDS_LEFT) - 1, -1):
        word = words[number]
        if word.key in CLAUSE_MARKS:
            return None
        if _is_in_a_figure(passage, word):
            other = passage.figure_before(word.end)
            near = other is not None and most_figures and small.issuperset(passed)
            return topic_before(passage, other, most_figures - 1) if other and near else None
        led = number > 0 and _leads_a_noun(passage, words[number - 1])
        if word.key in verbs:
            if led:  # "the cost", "an increase": a noun for once
                return _phrase_back(passage, number + 1, frozenset(passed))
        elif word.key not in small and not _is_in_a_date(passage, word):
            if word.key in passage.lexicon.words("speech", "pronouns"):
                return Topic(word.start, word.end, frozenset(passed), is_agent=True, is_pronoun=True)
            if word.key == "s" or word.key in passage.lexicon.words("about", "stops"):
                return None
            if passed or not led or word.text[0].isupper():
                return _phrase_back(passage, number + 1, frozenset(passed))
            continue  # an adjective of the figure itself, as in "the broader 5 %"
        passed.add(word.key)
    return None


def _leads_a_noun(passage: Passage, word: Word) -> bool:
    """Whether an article or an owner stands there."""
    words = passage.lexicon.words
    return (
        word.key.casefold() in words("grammar", "articles")
        or word.key in words("generic", "own")
        or word.key == "s"
    )


def topic_after(passage: Passage, figure: Figure) -> Topic | None:
    """What follows a figure after "of", "for", "on", "in" or "worth of", or None."""
    leads = passage.lexicon.words("about", "leads")
    rest = passage.words_after(figure.outer_end)[: MOST_WORDS_AFTER + 2]
    if rest and not rest[0].key[0].isalnum() and rest[0].key not in HYPHENS:
        return None
    while rest and (rest[0].key in leads or rest[0].key in passage.lexicon.words("grammar", "articles")):
        rest = rest[1:]
    taken: list[Word] = []
    for word in rest[:MOST_WORDS_AFTER]:
        if _stops(passage, word) or _is_in_a_figure(passage, word) or _is_in_a_date(passage, word):
            break
        if taken and word.key in passage.lexicon.words("about", "ends"):
            break
        taken.append(word)
    taken = _trimmed_right(passage, taken)
    if not taken or taken[0].key in passage.lexicon.words("about", "small"):
        return None
    vague = all(word.key in passage.lexicon.words("about", "vague") for word in taken)
    return Topic(taken[0].start, taken[-1].end, is_vague=vague)


def _phrase_back(passage: Passage, stop: int, verbs: frozenset[str]) -> Topic | None:
    """The noun phrase whose last word is the one before `stop`, whatever else that word may be."""
    taken: list[Word] = [passage.words[stop - 1]]
    inner, articles = passage.lexicon.words("about", "inner"), passage.lexicon.words("grammar", "articles")
    for word in reversed(passage.words[max(0, stop - MOST_WORDS_OF_PHRASE) : stop - 1]):
        mark = word.key in HYPHENS or word.key in APOSTROPHES
        if not mark and (not word.key[0].isalnum() or _is_in_a_figure(passage, word)):
            break
        if word.key not in inner and _stops(passage, word):
            break
        if taken[-1].key in articles and word.key not in inner:
            break
        taken.append(word)
    taken.reverse()
    return _topic(passage, taken, verbs)


def _topic(passage: Passage, words: Sequence[Word], verbs: frozenset[str]) -> Topic | None:
    """A phrase without its owner, articles and dates; what it is without an owner's name decides its kind."""
    names = [(m.start, m.end) for m in passage.of_kind("actor", "generic:government", "speech:pronouns")]
    left = _trimmed_left(passage, words)
    if not left:
        return None
    inner = passage.lexicon.words("about", "inner")
    plain = [
        word
        for word in left
        if word.key not in inner and not any(start <= word.start < end for start, end in names)
    ]
    vague = passage.lexicon.words("about", "vague")
    is_agent = not plain or all(word.key in passage.lexicon.words("speech", "holders") for word in plain)
    is_vague = not is_agent and all(word.key in vague or _is_in_a_date(passage, word) for word in plain)
    return Topic(left[0].start, left[-1].end, verbs, is_vague, is_agent)


def _trimmed_left(passage: Passage, words: Sequence[Word]) -> list[Word]:
    """Words without an owner ("Samsung's"), articles, prepositions and dates at their beginning."""
    kept = list(words)
    for number in range(len(kept) - 2, -1, -1):
        if kept[number].key in APOSTROPHES and kept[number + 1].key == "s":
            kept = kept[number + 2 :]
            break
    drop = passage.lexicon.words("about", "inner") | passage.lexicon.words("about", "determiners")
    while kept and (
        kept[0].key.casefold() in drop or kept[0].key in HYPHENS or _is_in_a_date(passage, kept[0])
    ):
        del kept[0]
    return _trimmed_right(passage, kept)


def _trimmed_right(passage: Passage, words: list[Word]) -> list[Word]:
    inner = passage.lexicon.words("about", "inner")
    while words and (words[-1].key in inner or not words[-1].key[0].isalnum()):
        words.pop()
    return words


def _stops(passage: Passage, word: Word) -> bool:
    """Whether a noun phrase cannot go on over a word."""
    words = passage.lexicon.words
    if word.key in CLAUSE_MARKS or word.key in words("about", "stops") or word.key in words("about", "verbs"):
        return True
    return not word.key[0].isalnum() and word.key not in HYPHENS and word.key not in APOSTROPHES


def _is_in_a_figure(passage: Passage, word: Word) -> bool:
    figure = passage.figure_before(word.end)
    return figure is not None and word.start < figure.outer_end


def _is_in_a_date(passage: Passage, word: Word) -> bool:
    if word.key in passage.lexicon.times:
        return True
    return any(date.start <= word.start < date.end for date in passage.dates)
