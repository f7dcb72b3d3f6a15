"""Where a number may begin in a text: at a digit, at the sign of a fraction, at a number word.

The words of a sentence are known before its figures are looked for, so that a number is tried only where a
word could begin one; a text whose words are not known is searched with one pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, count

from steelyard.read.mentions import LONGEST_KEPT, MOST_KEPT, Words
from steelyard.read.numbers.digits import RUN, VULGAR_SIGNS

_NO_SIGN = re.compile(rf"[^{VULGAR_SIGNS}]*")


class Candidates:
    """The places of a text that may be numbers, by the number words of one language."""

    def __init__(self, words: Iterable[str]) -> None:
        # Words, in small letters, of which a text without a digit holds one where it holds a figure.
        first_words = frozenset((*(word.partition(" ")[0] for word in words), *VULGAR_SIGNS))
        self._begins = _Beginnings(first_words).__getitem__
        self._pattern = re.compile(rf"{RUN}|[{VULGAR_SIGNS}]|{_any_word(words)}")

    def places(self, words: Words) -> list[int]:
        """The numbers of the words at which a number may begin."""
        return list(compress(count(), map(self._begins, words.keys)))

    def at(self, text: str, position: int) -> re.Match[str] | None:
        """What may be a number at a place."""
        return self._pattern.match(text, position)

    def of(self, text: str, starts: Sequence[int]) -> Iterator[re.Match[str]]:
        """What may be a number in a text, in order; `starts` are where its `places` begin, if they are known.

        The sign of a fraction may stand within what is one word otherwise, so that its text is searched.
        """
        if not starts or not (text.isascii() or _NO_SIGN.fullmatch(text)):
            yield from self._pattern.finditer(text)
            return
        end = 0
        for start in starts:
            if start >= end and (match := self._pattern.match(text, start)):
                end = match.end()
                yield match


class _Beginnings(dict[str, bool]):
    """Whether a number may begin with a word, told once for each of the words that texts hold; bounded."""

    def __init__(self, first_words: frozenset[str]) -> None:
        super().__init__()
        self._first_words = first_words

    def __missing__(self, key: str) -> bool:
        found = key in self._first_words or key[0].isdecimal()
        if len(key) <= LONGEST_KEPT and len(self) < MOST_KEPT:
            self[key] = found
        return found


def _any_word(words: Iterable[str]) -> str:
    """A pattern for any of the words, in small letters or with a capital, sorted by their first letter."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(word[1:])
    groups = (f"[{letter}{letter.upper()}](?:{'|'.join(rest)})" for letter, rest in sorted(by_first.items()))
    return rf"\b(?:{'|'.join(groups)})\b" if by_first else r"(?!)"
