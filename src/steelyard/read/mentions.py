"""One matcher for all phrases of the vocabulary: actors, measures, statuses, speakers, cue words.

Text and phrases are cut into the same words; phrases are indexed by their first word, so that the time
depends on the text and not on the number of phrases. " ... " in a phrase stands for a few words between its
parts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+|\d+(?:[.,]\d+)*|[^\s\w]")
GAP = "..."
MOST_WORDS_IN_A_GAP = 9
STOPS = frozenset({".", ";", ":", "?", "!"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of the text with its span; `key` is what phrases are compared with."""

    text: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: a kind ("actor", "measure", "cue:up"), an id, and the text to show for it."""

    kind: str
    id: str
    label: str = ""
    actor: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase found in the text.

    `first` and `last` are the numbers of its first and last word in the sentence.
    """

    meaning: Meaning
    start: int
    end: int
    first: int
    last: int

    @property
    def kind(self) -> str:
        """The kind of its meaning."""
        return self.meaning.kind

    @property
    def id(self) -> str:
        """The id of its meaning."""
        return self.meaning.id


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    exact: str | None
    meaning: Meaning


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words and marks of a span of the text, with offsets into the whole text."""
    stop = len(text) if end is None else end
    return [Word(m[0], _key(m[0]), m.start(), m.end()) for m in WORD.finditer(text, start, stop)]


class PhraseIndex:
    """Phrases by their first word. `find` gives the longest phrase of each kind at each place."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[_Phrase]] = defaultdict(list)

    def add(self, phrases: Iterable[str], meaning: Meaning) -> None:
        """Add phrases with one meaning.

        Those in capitals throughout ("US", "NATO") must stand so in the text.
        """
        for phrase in phrases:
            parts = [GAP if part == GAP else part for part in phrase.split()]
            words = tuple(
                GAP if p == GAP else w.key for p in parts for w in (words_of(p) if p != GAP else [_ELLIPSIS])
            )
            if words:
                exact = "".join(phrase.split()) if phrase.isupper() and len(phrase) <= 5 else None
                self._by_first[words[0]].append(_Phrase(words, exact, meaning))

    def find(self, text: str, words: list[Word]) -> Iterator[Mention]:
        """All phrases in a run of words.

        Of overlapping phrases of one kind the longer, then the earlier, is kept.
        """
        taken: dict[str, int] = {}
        for position, word in enumerate(words):
            found: dict[str, Mention] = {}
            for phrase in self._by_first.get(word.key, ()):
                last = _match(phrase.words, words, position)
                if last is None or (phrase.exact and not _same(text, words, position, last, phrase.exact)):
                    continue
                mention = Mention(phrase.meaning, word.start, words[last].end, position, last)
                best = found.get(mention.kind)
                if best is None or mention.last > best.last:
                    found[mention.kind] = mention
            for kind, mention in found.items():
                if taken.get(kind, -1) < mention.first:
                    taken[kind] = mention.last
                    yield mention


_ELLIPSIS = Word(GAP, GAP, 0, 0)


def _key(word: str) -> str:
    """Case and the dots of initials do not count: "U.S." is "us", which capitals tell from the pronoun."""
    return word.replace(".", "").casefold() if len(word) > 1 else word


def _same(text: str, words: list[Word], first: int, last: int, exact: str) -> bool:
    """Whether the words stand in capitals as the phrase does."""
    return "".join(text[words[first].start : words[last].end].split()).replace(".", "") == exact.replace(
        ".", ""
    )


def _match(phrase: tuple[str, ...], words: list[Word], position: int) -> int | None:
    """The number of the last word when `phrase` begins at `position`, else None.

    A gap ends at its nearest match.
    """
    place = position
    for number, wanted in enumerate(phrase):
        if wanted == GAP:
            return _match_after_gap(phrase[number + 1 :], words, place)
        if place >= len(words) or words[place].key != wanted:
            return None
        place += 1
    return place - 1


def _match_after_gap(rest: tuple[str, ...], words: list[Word], place: int) -> int | None:
    for start in range(place, min(place + MOST_WORDS_IN_A_GAP, len(words))):
        if words[start].key in STOPS:
            return None
        if (last := _match(rest, words, start)) is not None:
            return last
    return None
