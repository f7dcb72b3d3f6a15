"""The noun phrase that says what a figure is of: subject or object before it, or what follows "for" and "of".

It is read word by word, with lists of verbs and small words instead of a parser, and only around the figure;
words are told by their numbers in the sentence. It gives a claim its `about` where the vocabulary has no
measure, and keeps a measure from being given to a figure that is plainly of something else.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

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
    keys, lists = passage.words.keys, passage.lexicon.words
    small, verbs = lists("about", "small"), lists("about", "verbs")
    in_figures, in_dates = passage.words_in_figures, passage.words_in_dates
    last = bisect_left(passage.words.starts, figure.outer_start)
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
            if _is_led(passage, number):  # "the cost", "an increase": a noun for once
                return _phrase_back(passage, number + 1, frozenset(passed))
        elif key not in small and number not in in_dates:
            if key in lists("speech", "pronouns"):
                start, end = passage.words.starts[number], passage.words.ends[number]
                return Topic(start, end, frozenset(passed), is_agent=True, is_pronoun=True)
            if key == "s" or key in lists("about", "stops"):
                return None
            if passed or passage.words.texts[number][0].isupper() or not _is_led(passage, number):
                return _phrase_back(passage, number + 1, frozenset(passed))
            continue  # an adjective of the figure itself, as in "the broader 5 %"
        passed.add(key)
    return None


def _is_led(passage: Passage, number: int) -> bool:
    """Whether an article or an owner stands before a word."""
    if not number:
        return False
    key, lists = passage.words.keys[number - 1], passage.lexicon.words
    return key == "s" or key.casefold() in lists("grammar", "articles") or key in lists("generic", "own")


def topic_after(passage: Passage, figure: Figure) -> Topic | None:
    """What follows a figure after "of", "for", "on", "in" or "worth of", or None."""
    keys, lists = passage.words.keys, passage.lexicon.words
    leads, articles, ends = lists("about", "leads"), lists("grammar", "articles"), lists("about", "ends")
    first = bisect_left(passage.words.starts, figure.outer_end)
    last = min(len(keys), first + MOST_WORDS_AFTER + 2)
    if first < last and not keys[first][0].isalnum() and keys[first] not in HYPHENS:
        return None
    while first < last and (keys[first] in leads or keys[first] in articles):
        first += 1
    taken = passage.words_in_figures | passage.words_in_dates
    stop = first
    while stop < min(last, first + MOST_WORDS_AFTER):
        if stop in taken or _stops(passage, keys[stop]):
            break
        if stop > first and keys[stop] in ends:
            break
        stop += 1
    stop = _trimmed_right(passage, first, stop)
    if first == stop or keys[first] in lists("about", "small"):
        return None
    vague = lists("about", "vague").issuperset(keys[first:stop])
    return Topic(passage.words.starts[first], passage.words.ends[stop - 1], is_vague=vague)


def _phrase_back(passage: Passage, stop: int, verbs: frozenset[str]) -> Topic | None:
    """The noun phrase whose last word is the one before `stop`, whatever else that word may be."""
    keys, lists = passage.words.keys, passage.lexicon.words
    inner, articles = lists("about", "inner"), lists("grammar", "articles")
    first = stop - 1
    for number in range(stop - 2, max(0, stop - MOST_WORDS_OF_PHRASE) - 1, -1):
        key = keys[number]
        if key not in _JOINTS and (not key[0].isalnum() or number in passage.words_in_figures):
            break
        if key not in inner and (keys[first] in articles or _stops(passage, key)):
            break
        first = number
    return _topic(passage, first, stop, verbs)


def _topic(passage: Passage, first: int, stop: int, verbs: frozenset[str]) -> Topic | None:
    """A phrase without its owner, articles and dates; what it is without an owner's name decides its kind."""
    first = _trimmed_left(passage, first, stop)
    stop = _trimmed_right(passage, first, stop)
    if first >= stop:
        return None
    keys, lists = passage.words.keys, passage.lexicon.words
    inner, vague, holders = lists("about", "inner"), lists("about", "vague"), lists("speech", "holders")
    names = [m for m in passage.of_kind(*_NAMES) if m.first < stop and first <= m.last]
    plain = [n for n in range(first, stop) if keys[n] not in inner]
    if names:
        plain = [n for n in plain if not any(m.first <= n <= m.last for m in names)]
    is_agent = all(keys[n] in holders for n in plain)
    is_vague = not is_agent and all(keys[n] in vague or n in passage.words_in_dates for n in plain)
    return Topic(passage.words.starts[first], passage.words.ends[stop - 1], verbs, is_vague, is_agent)


def _trimmed_left(passage: Passage, first: int, stop: int) -> int:
    """Where a phrase begins without an owner ("Samsung's"), articles, prepositions and dates before it."""
    keys, lists = passage.words.keys, passage.lexicon.words
    for number in range(stop - 2, first - 1, -1):
        if keys[number] in APOSTROPHES and keys[number + 1] == "s":
            first = number + 2
            break
    inner, determiners = lists("about", "inner"), lists("about", "determiners")
    while first < stop:
        key = keys[first].casefold()
        drops = key in inner or key in determiners or key in HYPHENS
        if not drops and first not in passage.words_in_dates:
            break
        first += 1
    return first


def _trimmed_right(passage: Passage, first: int, stop: int) -> int:
    """Where a phrase ends without small words and marks at its end."""
    keys, inner = passage.words.keys, passage.lexicon.words("about", "inner")
    while stop > first and (keys[stop - 1] in inner or not keys[stop - 1][0].isalnum()):
        stop -= 1
    return stop


def _stops(passage: Passage, key: str) -> bool:
    """Whether a noun phrase cannot go on over a word."""
    lists = passage.lexicon.words
    if key in CLAUSE_MARKS or key in lists("about", "stops") or key in lists("about", "verbs"):
        return True
    return not key[0].isalnum() and key not in _JOINTS
