"""The noun phrase that says what a figure is of: subject or object before it, or what follows "for" and "of".

It is read word by word, with lists of verbs and small words instead of a parser, and only around the figure;
words are told by their numbers in the sentence. It gives a claim its `about` where the vocabulary has no
measure, and keeps a measure from being given to a figure that is plainly of something else.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import CLAUSE_MARKS
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Passage

MOST_WORDS_LEFT = 16
MOST_WORDS_OF_PHRASE = 9
MOST_WORDS_AFTER = 5
HYPHENS = frozenset({"-", "–", "‑"})
APOSTROPHES = frozenset({"’", "'"})
_JOINTS = HYPHENS | APOSTROPHES
_NAMES = ("actor", "generic:government", "speech:pronouns")


class _Lists(NamedTuple):
    """The lists of words by which a noun phrase is told, found once for a language."""

    small: frozenset[str]
    verbs: frozenset[str]
    pronouns: frozenset[str]
    owns: frozenset[str]
    articles: frozenset[str]
    inner: frozenset[str]
    vague: frozenset[str]
    holders: frozenset[str]
    # No noun phrase goes on over a word of `stops`, and none begins behind one of `closes`.
    stops: frozenset[str]
    closes: frozenset[str]
    # What a phrase sheds at its beginning.
    opening: frozenset[str]
    # How adverbs end, and the other words that end so.
    adverbs: tuple[str, ...]
    no_adverbs: frozenset[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> _Lists:
        """The lists of a language."""
        words = lexicon.words
        verbs, closes, inner = words("about", "verbs"), words("about", "stops"), words("about", "inner")
        return cls(
            small=words("about", "small"),
            verbs=verbs,
            pronouns=words("speech", "pronouns"),
            owns=words("generic", "own"),
            articles=words("grammar", "articles"),
            inner=inner,
            vague=words("about", "vague"),
            holders=words("speech", "holders"),
            stops=CLAUSE_MARKS | closes | verbs,
            closes=closes | {"s"},
            opening=inner | words("about", "determiners") | HYPHENS,
            adverbs=tuple(words("about", "adverbs")),
            no_adverbs=words("about", "no_adverbs"),
        )


_lists_of = lru_cache(maxsize=16)(_Lists.of)


class Topic(NamedTuple):
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
    return topic_at(passage, bisect_left(passage.words.starts, figure.outer_start), most_figures)


def topic_at(passage: Passage, last: int, most_figures: int = 0) -> Topic | None:
    """The subject or object that leads up to the word of a number in the sentence."""
    keys, lists = passage.words.keys, _lists_of(passage.lexicon)
    small, verbs = lists.small, lists.verbs
    in_figures, in_dates = passage.words_in_figures, passage.words_in_dates
    passed: set[str] = set()
    for number in range(last - 1, max(0, last - MOST_WORDS_LEFT) - 1, -1):
        key = keys[number]
        if key in CLAUSE_MARKS:
            return None
        if number in in_figures:
            other = passage.figure_before(passage.words.ends[number])
            near = other is not None and most_figures and small.issuperset(passed)
            return topic_before(passage, other, most_figures - 1) if other and near else None
        if key in verbs:
            if _is_led(keys, number, lists):  # "the cost", "an increase": a noun for once
                return _phrase_back(passage, number + 1, frozenset(passed), lists)
        elif key not in small and number not in in_dates and not _is_adverb(passage, number, lists):
            if key in lists.pronouns:
                start, end = passage.words.starts[number], passage.words.ends[number]
                return Topic(start, end, frozenset(passed), is_agent=True, is_pronoun=True)
            if key in lists.closes:
                return None
            if passed or passage.words.texts[number][0].isupper() or not _is_led(keys, number, lists):
                return _phrase_back(passage, number + 1, frozenset(passed), lists)
            continue  # an adjective of the figure itself, as in "the broader 5 %"
        passed.add(key)
    return None


def _is_adverb(passage: Passage, number: int, lists: _Lists) -> bool:
    """Whether a word only says how, as in "outlays would accordingly grow"."""
    key = passage.words.keys[number]
    return key.endswith(lists.adverbs) and key not in lists.no_adverbs and passage.words.texts[number] == key


def _is_led(keys: list[str], number: int, lists: _Lists) -> bool:
    """Whether an article or an owner stands before a word."""
    if not number:
        return False
    key = keys[number - 1]
    return key == "s" or key.casefold() in lists.articles or key in lists.owns


def topic_after(passage: Passage, figure: Figure) -> Topic | None:
    """What follows a figure after "of", "for", "on", "in" or "worth of", or None."""
    keys, words, lists = passage.words.keys, passage.lexicon.words, _lists_of(passage.lexicon)
    leads, ends = words("about", "leads"), words("about", "ends")
    first = bisect_left(passage.words.starts, figure.outer_end)
    last = min(len(keys), first + MOST_WORDS_AFTER + 2)
    if first < last and not keys[first][0].isalnum() and keys[first] not in HYPHENS:
        return None
    while first < last and (keys[first] in leads or keys[first] in lists.articles):
        first += 1
    in_figures, in_dates = passage.words_in_figures, passage.words_in_dates
    stop = first
    while stop < min(last, first + MOST_WORDS_AFTER):
        if stop in in_figures or stop in in_dates or _stops(keys[stop], lists):
            break
        if stop > first and keys[stop] in ends:
            break
        stop += 1
    stop = _trimmed_right(keys, first, stop, lists)
    # "6 percent larger than" says how it compares, not of what it is.
    if (
        first == stop
        or keys[first] in lists.small
        or words("direction", "degrees").issuperset(keys[first:stop])
    ):
        return None
    vague = lists.vague.issuperset(keys[first:stop])
    return Topic(passage.words.starts[first], passage.words.ends[stop - 1], is_vague=vague)


def _phrase_back(passage: Passage, stop: int, verbs: frozenset[str], lists: _Lists) -> Topic | None:
    """The noun phrase whose last word is the one before `stop`, whatever else that word may be."""
    keys, in_figures = passage.words.keys, passage.words_in_figures
    first = stop - 1
    for number in range(stop - 2, max(0, stop - MOST_WORDS_OF_PHRASE) - 1, -1):
        key = keys[number]
        if key not in _JOINTS and (not key[0].isalnum() or number in in_figures):
            break
        if key not in lists.inner and (keys[first] in lists.articles or _stops(key, lists)):
            break
        first = number
    return _topic(passage, first, stop, verbs, lists)


def _topic(passage: Passage, first: int, stop: int, verbs: frozenset[str], lists: _Lists) -> Topic | None:
    """A phrase without its owner, articles and dates; what it is without an owner's name decides its kind."""
    keys = passage.words.keys
    first = _trimmed_left(passage, first, stop, lists)
    stop = _trimmed_right(keys, first, stop, lists)
    if first >= stop:
        return None
    names = [m for m in passage.of_kinds(*_NAMES) if m.first < stop and first <= m.last]
    plain = [n for n in range(first, stop) if keys[n] not in lists.inner]
    if names:
        plain = [n for n in plain if not any(m.first <= n <= m.last for m in names)]
    is_agent = lists.holders.issuperset([keys[n] for n in plain])
    in_dates = passage.words_in_dates
    is_vague = not is_agent and lists.vague.issuperset([keys[n] for n in plain if n not in in_dates])
    # "In NATO's tables" tells whose count a figure is of, not what it counts.
    of_a_count = any(m.first <= first and stop <= m.last + 1 for m in passage.of_kind("definition"))
    is_vague = is_vague or (of_a_count and not is_agent)
    return Topic(passage.words.starts[first], passage.words.ends[stop - 1], verbs, is_vague, is_agent)


def _trimmed_left(passage: Passage, first: int, stop: int, lists: _Lists) -> int:
    """Where a phrase begins without an owner ("Samsung's"), articles, prepositions and dates before it."""
    keys, in_dates = passage.words.keys, passage.words_in_dates
    for number in range(stop - 2, first - 1, -1):
        if keys[number] in APOSTROPHES and keys[number + 1] == "s":
            first = number + 2
            break
    while first < stop and (keys[first].casefold() in lists.opening or first in in_dates):
        first += 1
    return first


def _trimmed_right(keys: list[str], first: int, stop: int, lists: _Lists) -> int:
    """Where a phrase ends without small words and marks at its end."""
    while stop > first and (keys[stop - 1] in lists.inner or not keys[stop - 1][0].isalnum()):
        stop -= 1
    return stop


def _stops(key: str, lists: _Lists) -> bool:
    """Whether a noun phrase cannot go on over a word."""
    return key in lists.stops or (not key[0].isalnum() and key not in _JOINTS)
