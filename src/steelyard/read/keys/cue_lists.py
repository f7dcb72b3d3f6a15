"""Which sentences may hold a phrase of the lists by which a text tells figures apart.

Each sentence is asked by its words, once, when these are known: searching a whole text for the phrases of
several lists takes as long as reading it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import Words

# Lists of the language's table `reckoning`.
LISTS = ("told_apart", "apart_back", "apart_ahead", "apart_between")
_LETTERS = re.compile(r"[^\W\d_]+")
_NONE = frozenset[str]()


class Cued(NamedTuple):
    """A sentence and the lists of which it may hold a phrase."""

    start: int
    end: int
    lists: frozenset[str]


class CueLists:
    """The phrases of a language, each by one of its words, a rare one, with all its words.

    Where particles are glued to words, phrases are looked for as they are.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._is_glued = lexicon.cues_follow
        listed = [(phrase, name) for name in LISTS for phrase in lexicon.words("reckoning", name)]
        phrases = [([text] if self._is_glued else _LETTERS.findall(text), name) for text, name in listed]
        counts = Counter(word for words, _ in phrases for word in words)
        self._by_word: dict[str, list[tuple[frozenset[str], str]]] = {}
        for words, name in phrases:
            # Long words are rare in any text, and those that few of the phrases hold.
            rare = max(words, key=lambda word: (len(word), -counts[word]))
            self._by_word.setdefault(rare, []).append((frozenset(words), name))
        self._words = frozenset(self._by_word)

    def lists_in(self, text: str, start: int, end: int, words: Words) -> frozenset[str]:
        """The lists of which a sentence may hold a phrase."""
        if self._is_glued:
            sentence = text[start:end]
            found = [phrase for phrase in self._by_word if phrase in sentence]
            return frozenset(name for phrase in found for _, name in self._by_word[phrase])
        keys = words.keys
        if self._words.isdisjoint(keys):
            return _NONE
        known = [self._by_word[word] for word in self._words.intersection(keys)]
        return frozenset(name for phrases in known for needed, name in phrases if needed.issubset(keys))


def matches(text: str, cued: Sequence[Cued], name: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The places of the phrases of one list, in order."""
    for start, end, lists in cued:
        if name in lists:
            yield from pattern.finditer(text, start, end)
