"""Which sentences may hold a phrase of the lists by which a text tells figures apart, or divides them.

Each sentence is asked by its words, once, when these are known: searching a whole text for the phrases of
several lists takes as long as reading it.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import Words

# Lists of the language's table `reckoning`.
LISTS = ("told_apart", "apart_back", "apart_ahead", "apart_between", "divided")
_LETTERS = re.compile(r"[^\W\d_]+")
_NONE = frozenset[str]()


class CuedSentences:
    """The sentences of a text that may hold a phrase of some list, in order."""

    def __init__(self) -> None:
        self._spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def add(self, start: int, end: int, lists: Iterable[str]) -> None:
        """Add a sentence behind those before, with the lists of which it may hold a phrase."""
        for name in lists:
            self._spans[name].append((start, end))

    def matches(
        self, text: str, name: str, pattern: re.Pattern[str], start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """Where the phrases of one list stand in the sentences between two places, in order."""
        spans = self._spans.get(name, ())
        for first, last in spans[bisect_left(spans, (start,)) : bisect_left(spans, (end,))]:
            yield from pattern.finditer(text, first, last)


class CueLists:
    """The phrases of a language, each by one of its words, a rare one, with all its words.

    Where particles are glued to words, phrases are looked for as they are.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._is_glued = lexicon.cues_follow
        listed = [(phrase, name) for name in LISTS for phrase in lexicon.words("reckoning", name)]
        phrases = [([text] if self._is_glued else _LETTERS.findall(text), name) for text, name in listed]
        common = lexicon.words("reckoning", "articles") | lexicon.words("reckoning", "pronouns")
        counts = Counter(word for words, _ in phrases for word in words)
        self._by_word: dict[str, list[tuple[frozenset[str], str]]] = {}
        for words, name in phrases:
            # Long words are rare in any text, and those that few of the phrases hold; pronouns never are.
            rare = max(words, key=lambda word: (word not in common, len(word), -counts[word]))
            self._by_word.setdefault(rare, []).append((frozenset(words), name))
        self._words = frozenset(self._by_word)

    def lists_in(self, text: str, start: int, end: int, words: Words) -> frozenset[str]:
        """The lists of which a sentence may hold a phrase."""
        if self._is_glued:
            sentence = text[start:end]
            found = [phrase for phrase in self._by_word if phrase in sentence]
            return frozenset(name for phrase in found for _, name in self._by_word[phrase])
        rare = self._words.intersection(words.keys)
        if not rare:
            return _NONE
        keys = frozenset(words.keys)
        return frozenset([name for word in rare for needed, name in self._by_word[word] if needed <= keys])
