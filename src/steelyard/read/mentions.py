"""One matcher for all phrases of the vocabulary: actors, measures, statuses, speakers, cue words.

Text and phrases are cut into the same words; phrases stand in a tree of words, so that the time depends on
the text and not on the number of phrases. " ... " in a phrase stands for a few words between its parts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import NamedTuple, overload

# Words of several letters come first, since most words are such, and plain letters, which are told fastest;
# initials with dots are one word.
WORD = re.compile(
    r"[A-Za-z]{2,}[^\W\d_]*|[^\W\d_A-Za-z][^\W\d_]+|[A-Za-z](?:[^\W\d_]+|\.(?:[A-Za-z]\.)+)?"
    r"|\d+(?:[.,]\d+)*|[^\s_]"
)
GAP = "..."
MOST_WORDS_IN_A_GAP = 9
STOPS = frozenset({".", ";", ":", "?", "!"})
CLAUSE_MARKS = frozenset({",", ";", ":", "—", "–", "(", ")"})
_END = ""  # after the last word; no phrase has it
# How many keys of words are kept, and of words of how many letters at most.
MOST_KEPT, LONGEST_KEPT = 50_000, 24


class Word(NamedTuple):
    """One word or mark of the text with its span; `key` is what phrases are compared with."""

    text: str
    key: str
    start: int
    end: int


class _Keys(dict[str, str]):
    """The keys of words that have been met, so that a word is folded and hashed once; bounded."""

    def __missing__(self, word: str) -> str:
        key = word.replace(".", "").casefold() if len(word) > 1 else word
        if len(word) <= LONGEST_KEPT and len(self) < MOST_KEPT:
            self[word] = key
        return key


_key_of = _Keys().__getitem__


class Words(Sequence[Word]):
    """The words and marks of a span of the text, in order; what callers do not ask for is not made.

    Neither case nor the dots of initials count in `keys`: "U.S." is "us", which capitals tell from "us".
    """

    __slots__ = ("_counted", "_ends", "_marked", "_start", "_starts", "_text", "keys", "texts")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start = text, start
        self.texts: list[str] = WORD.findall(text, start, end)
        self.keys: list[str] = list(map(_key_of, self.texts))
        self._starts: list[int] | None = None
        self._ends: list[int] | None = None
        self._counted: list[int] | None = None
        self._marked: list[int] | None = None

    @classmethod
    def made_of(cls, text: str, parts: Sequence[Word]) -> Words:
        """Words that have been cut in another way, as languages need that glue words together."""
        words = cls(text, 0, 0)
        words.texts, words.keys = [part.text for part in parts], [part.key for part in parts]
        words._starts, words._ends = [part.start for part in parts], [part.end for part in parts]
        return words

    @property
    def starts(self) -> list[int]:
        """Where each begins, as offsets into the whole text."""
        if self._starts is None:
            self._place()
        return self._starts  # type: ignore[return-value]

    @property
    def ends(self) -> list[int]:
        """Where each ends, as offsets into the whole text."""
        if self._ends is None:
            self._place()
        return self._ends  # type: ignore[return-value]

    def _place(self) -> None:
        """Find the places of the words. Between two words is nothing that a word could begin with."""
        text, place = self._text, self._start
        starts, ends = [], []
        for word in self.texts:
            if text[place] != word[0]:  # a blank stands before it
                place += 1
                if text[place] != word[0]:
                    place = text.find(word, place)
            starts.append(place)
            place += len(word)
            ends.append(place)
        self._starts, self._ends = starts, ends

    @property
    def counted(self) -> list[int]:
        """How many words, marks apart, stand before each word, and in all."""
        if self._counted is None:
            self._counted = list(accumulate([key[0].isalnum() for key in self.keys], initial=0))
        return self._counted

    @property
    def marked(self) -> list[int]:
        """How many marks that end a clause stand before each word, and in all."""
        if self._marked is None:
            self._marked = list(accumulate(map(CLAUSE_MARKS.__contains__, self.keys), initial=0))
        return self._marked

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> list[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | list[Word]:
        if self._ends is None:
            self._place()
        texts, keys, starts, ends = self.texts, self.keys, self._starts, self._ends
        assert starts is not None and ends is not None
        if isinstance(index, slice):
            parts = zip(texts[index], keys[index], starts[index], ends[index], strict=True)
            return list(map(_new_word, parts))
        return _new_word((texts[index], keys[index], starts[index], ends[index]))

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Word]:
        return map(_new_word, zip(self.texts, self.keys, self.starts, self.ends, strict=True))

    def mentions(self, hits: Iterable[PlainHit]) -> list[Mention]:
        """Phrases found in the words with their places in the text."""
        starts, ends = self.starts, self.ends
        return [
            _new_mention((meaning, starts[first], ends[last], first, last)) for meaning, first, last in hits
        ]

    def same(self, first: int, last: int, exact: str) -> bool:
        """Whether a run of words stands in capitals as `exact` does, blanks and dots left out."""
        return "".join(self.texts[first : last + 1]).replace(".", "") == exact


class Meaning(NamedTuple):
    """What a phrase stands for: a kind ("actor", "measure", "cue:up"), an id, and the text to show for it."""

    kind: str
    id: str
    label: str = ""
    actor: str | None = None
    location: str | None = None


class Mention(NamedTuple):
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


class Hit(NamedTuple):
    """A phrase found in a run of words, by the numbers of its first and last word."""

    meaning: Meaning
    first: int
    last: int


# The same without names, since a text holds so many.
PlainHit = tuple[Meaning, int, int]


def words_of(text: str, start: int = 0, end: int | None = None) -> Words:
    """The words and marks of a span of the text, with offsets into the whole text."""
    return Words(text, start, len(text) if end is None else end)


class _Ending(NamedTuple):
    """A phrase that ends at a node. `order` tells which was added first; it goes before others as long."""

    order: int
    meaning: Meaning
    exact: str | None


class _Node:
    """The phrases that go on in the same way: by their next word, after a gap, or that end here."""

    __slots__ = ("after_gap", "alone", "depth", "ending", "in_small", "next", "parent", "resolved")

    def __init__(self, parent: _Node | None = None) -> None:
        self.next: dict[str, _Node] = {}
        self.after_gap: _Node | None = None
        self.ending: list[_Ending] = []
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        # What stands here, and what does where the first word begins with a small letter.
        self.resolved: tuple[tuple[Meaning, int], ...] | None = None
        self.in_small: tuple[tuple[Meaning, int], ...] | None = None
        # What a word stands for where no next one goes on with it, if that does not depend on the text.
        self.alone: Iterable[tuple[Meaning, int]] | None = ()

    def path(self) -> _Found:
        """The phrases that end here or on the way, each with its last word counted from the first."""
        above = self.parent.path() if self.parent else []
        return [*above, *((ending, self.depth - 1) for ending in self.ending)]


class PhraseIndex:
    """Phrases as a tree of words. `find` gives the longest phrase of each kind at each place."""

    def __init__(self) -> None:
        self._root = _Node()
        self._count = 0

    def add(self, phrases: Iterable[str], meaning: Meaning) -> None:
        """Add phrases with one meaning.

        Those in capitals throughout ("US", "NATO") must stand so in the text.
        """
        for phrase in phrases:
            node = self._root
            for part in phrase.split():
                if part.isalpha() and len(part) > 1:
                    node = _child(node, part.casefold())
                    continue
                for key in (GAP,) if part == GAP else words_of(part).keys:
                    node = _child(node, key)
            if node is not self._root:
                exact = "".join(phrase.split()).replace(".", "")
                in_capitals = phrase.isupper() and len(phrase) <= 5
                node.ending.append(_Ending(self._count, meaning, exact if in_capitals else None))
                node.alone = None
                self._count += 1

    def find(self, text: str, words: Sequence[Word]) -> list[Mention]:
        """All phrases in a run of words of the text with their places in it, in order."""
        cut = words if isinstance(words, Words) else Words.made_of(text, words)
        return cut.mentions(self.hits(cut))

    def hits(self, words: Words) -> list[Hit]:
        """All phrases in a run of words, in order.

        Of overlapping phrases of one kind the longer, then the earlier, is kept.
        """
        return list(map(Hit._make, self.hits_and_kinds(words)[0]))

    def hits_and_kinds(self, words: Words) -> tuple[list[PlainHit], Collection[str]]:
        """All phrases in a run of words, in order, and of which kinds there are any."""
        kept: list[PlainHit] = []
        taken: dict[str, int] = {}
        keys = [*words.keys, _END]
        for first, node in enumerate(map(self._root.next.get, keys)):
            if node is None:
                continue
            found = node.alone
            if found is None or keys[first + 1] in node.next:
                found = self._longest_at(node, keys, first, words)
            for meaning, last in found:
                kind = meaning[0]
                if kind not in taken or taken[kind] < first:
                    taken[kind] = first + last
                    kept.append((meaning, first, first + last))
        return kept, taken.keys()

    def _longest_at(
        self, node: _Node | None, keys: list[str], first: int, words: Words
    ) -> Iterable[tuple[Meaning, int]]:
        """The longest phrase of each kind that begins at a word, with its last word counted from there."""
        last, deepest, has_gap, begins = first, None, False, node
        while node is not None:
            if node.ending:
                deepest = node
            if node.after_gap is not None:
                has_gap = True
            last += 1
            node = node.next.get(keys[last])
        if has_gap and begins is not None:
            return _longest(_found(begins, keys, first, first), words, first)
        if deepest is None:
            return ()
        if deepest.resolved is not None:
            return deepest.resolved
        if deepest.in_small is not None and words.texts[first][0].islower():
            return deepest.in_small
        return _resolved(deepest, words, first)


def _resolved(node: _Node, words: Words, first: int) -> Iterable[tuple[Meaning, int]]:
    """The longest phrases that end at a node or before; kept there where they do not depend on capitals."""
    path = node.path()
    in_small = [(ending, last) for ending, last in path if not ending.exact]
    if len(in_small) < len(path):
        node.in_small = tuple(_longest(in_small, words, first))
        return _longest(path, words, first)
    node.resolved = tuple(_longest(path, words, first))
    if node.depth == 1 and node.after_gap is None:
        node.alone = node.resolved
    return node.resolved


_Found = list[tuple[_Ending, int]]


def _child(node: _Node, key: str) -> _Node:
    """The node to which a word, or a gap, leads; made where it is not there yet."""
    following = node.after_gap if key == GAP else node.next.get(key)
    if following is None:
        following = _Node(node)
        if key == GAP:
            node.after_gap, node.alone = following, None
        else:
            node.next[key] = following
    return following


def _found(node: _Node, keys: list[str], last: int, first: int) -> _Found:
    """The phrases of a node and below, where `last` is the number of the word that led to it."""
    found: _Found = []
    while True:
        found += [(ending, last - first) for ending in node.ending]
        if node.after_gap is not None:
            found += _found_after_gap(node.after_gap, keys, last + 1, first)
        following = node.next.get(keys[last + 1])
        if following is None:
            return found
        node, last = following, last + 1


def _found_after_gap(node: _Node, keys: list[str], place: int, first: int) -> _Found:
    """The phrases that go on after a gap, which ends at the nearest match of each."""
    found: dict[int, tuple[_Ending, int]] = {}
    for start in range(place, min(place + MOST_WORDS_IN_A_GAP, len(keys) - 1)):
        if keys[start] in STOPS:
            break
        if following := node.next.get(keys[start]):
            for ending, last in _found(following, keys, start, first):
                found.setdefault(ending.order, (ending, last))
    return list(found.values())


def _longest(found: _Found, words: Words, first: int) -> Iterable[tuple[Meaning, int]]:
    """Of phrases that begin at one word the longest of each kind, those in capitals only where they match."""
    best: dict[str, tuple[Meaning, int]] = {}
    for (_, meaning, exact), last in sorted(found):
        if exact is not None and not words.same(first, first + last, exact):
            continue
        if meaning.kind not in best or last > best[meaning.kind][1]:
            best[meaning.kind] = meaning, last
    return best.values()


_new_word = partial(tuple.__new__, Word)
_new_mention = partial(tuple.__new__, Mention)
