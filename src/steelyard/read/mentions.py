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
# How many runs of letters and marks are kept that have been cut, and of how many signs at most.
MOST_KEPT, LONGEST_KEPT = 50_000, 24


class Word(NamedTuple):
    """One word or mark of the text with its span; `key` is what phrases are compared with."""

    text: str
    key: str
    start: int
    end: int


class _Cuts(dict[str, tuple[list[str], list[str]]]):
    """The words and marks of what stands between two blanks ("plan,"), and their keys; bounded.

    A text holds the same few thousand of them again and again, so that each is cut and folded once.
    """

    def __missing__(self, written: str) -> tuple[list[str], list[str]]:
        texts: list[str] = WORD.findall(written)
        cut = texts, [word.replace(".", "").casefold() if len(word) > 1 else word for word in texts]
        if len(written) <= LONGEST_KEPT and len(self) < MOST_KEPT:
            self[written] = cut
        return cut


_cut = _Cuts().__getitem__


class Words(Sequence[Word]):
    """The words and marks of a span of the text, in order; what callers do not ask for is not made.

    Neither case nor the dots of initials count in `keys`: "U.S." is "us", which capitals tell from "us".
    """

    __slots__ = ("_counted", "_ends", "_marked", "_start", "_starts", "_text", "keys", "texts")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start = text, start
        self.texts: list[str] = []
        self.keys: list[str] = []
        for texts, keys in map(_cut, text[start:end].split()):
            self.texts += texts
            self.keys += keys
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

    __slots__ = ("after_gap", "answers", "depth", "ending", "next", "parent", "settled")

    def __init__(self, parent: _Node | None = None) -> None:
        self.next: dict[str, _Node] = {}
        self.after_gap: _Node | None = None
        self.ending: list[_Ending] = []
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        # What the phrases that end here or on the way stand for, once it is known that the text has no say.
        self.settled: _Phrases | None = None
        self.answers: _Answers | None = None

    def way(self) -> list[_Node]:
        """The nodes that lead here, and this one."""
        return [*(self.parent.way() if self.parent else ()), self]


class _Answers(NamedTuple):
    """What the phrases on the way to a node may stand for, found once.

    With those in capitals and without them, if nothing follows one of `gaps`. `endings` are all of them.
    """

    endings: _Found
    gaps: list[tuple[_Node, int]]
    exact: list[tuple[str, int]]
    in_capitals: _Phrases
    in_small: _Phrases

    @classmethod
    def of(cls, node: _Node) -> _Answers:
        """Those of a node."""
        way = node.way()
        endings = [(ending, each.depth - 1) for each in way for ending in each.ending]
        return cls(
            endings,
            [(each.after_gap, each.depth) for each in way if each.after_gap],
            list(dict.fromkeys((ending.exact, last) for ending, last in endings if ending.exact)),
            _longest(endings),
            _longest([(ending, last) for ending, last in endings if not ending.exact]),
        )


class PhraseIndex:
    """Phrases as a tree of words. `find` gives the longest phrase of each kind at each place.

    All phrases are added before the first is looked for.
    """

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
                self._count += 1

    def find(self, text: str, words: Sequence[Word]) -> list[Mention]:
        """All phrases in a run of words of the text with their places in it, in order."""
        cut = words if isinstance(words, Words) else Words.made_of(text, words)
        return cut.mentions(self.hits(cut))

    def hits(self, words: Words) -> list[Hit]:
        """All phrases in order; of overlapping ones of a kind the longer, then the earlier, is kept."""
        return list(map(_new_hit, self.hits_and_kinds(words)[0]))

    def hits_and_kinds(self, words: Words) -> tuple[list[PlainHit], Collection[str]]:
        """All phrases in a run of words, in order, and of which kinds there are any."""
        kept: list[PlainHit] = []
        taken: dict[str, int] = {}
        keys = [*words.keys, _END]
        for first, node in enumerate(map(self._root.next.get, keys)):
            if node is None:
                continue
            place = first + 1
            while keys[place] in node.next:
                node = node.next[keys[place]]
                place += 1
            found = node.settled
            if found is None:
                found = _told(node, keys, first, words)
            for meaning, last in found:
                kind = meaning[0]
                if kind not in taken or taken[kind] < first:
                    taken[kind] = last = first + last
                    kept.append((meaning, first, last))
        return kept, taken.keys()


def _told(node: _Node, keys: list[str], first: int, words: Words) -> _Phrases:
    """What the phrases on the way to a node stand for where they begin at a word; kept if it is settled."""
    answers = node.answers
    if answers is None:
        answers = node.answers = _Answers.of(node)
        if not answers.gaps and not answers.exact:
            node.settled = answers.in_small
    behind: _Found = []
    for gap, depth in answers.gaps:
        behind += _found_after_gap(gap, keys, first + depth, first)
    if not behind:
        if words.texts[first][0].islower():
            return answers.in_small
        if all(words.same(first, first + last, exact) for exact, last in answers.exact):
            return answers.in_capitals
    return _longest(
        (ending, last)
        for ending, last in (*answers.endings, *behind)
        if not ending.exact or words.same(first, first + last, ending.exact)
    )


_Phrases = Collection[tuple[Meaning, int]]
_Found = list[tuple[_Ending, int]]


def _child(node: _Node, key: str) -> _Node:
    """The node to which a word, or a gap, leads; made where it is not there yet."""
    following = node.after_gap if key == GAP else node.next.get(key)
    if following is None:
        following = _Node(node)
        if key == GAP:
            node.after_gap = following
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


def _longest(found: Iterable[tuple[_Ending, int]]) -> _Phrases:
    """Of phrases that begin at one word the longest of each kind, of those as long the one added first."""
    best: dict[str, tuple[Meaning, int]] = {}
    for (_, meaning, _), last in sorted(found):
        if meaning.kind not in best or last > best[meaning.kind][1]:
            best[meaning.kind] = meaning, last
    return tuple(best.values())


_new_word = partial(tuple.__new__, Word)
_new_hit = partial(tuple.__new__, Hit)
_new_mention = partial(tuple.__new__, Mention)
