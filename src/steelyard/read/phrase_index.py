"""One matcher for all phrases of the vocabulary: actors, measures, statuses, speakers, cue words.

Text and phrases are cut into the same words; phrases stand in a tree of words, so that the time depends on
the text and not on the number of phrases. " ... " in a phrase stands for a few words between its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import compress
from sys import intern
from typing import NamedTuple

from steelyard.read.mentions import Hit, Meaning, Mention, PlainHit, Word, Words, new_hit, words_of

GAP = "..."
MOST_WORDS_IN_A_GAP = 9
STOPS = frozenset({".", ";", ":", "?", "!"})
_END = ""  # after the last word; no phrase has it


class _Phrase(NamedTuple):
    """A phrase that has been added. `order` tells which came first."""

    order: int
    text: str
    meaning: Meaning


class _Ending(NamedTuple):
    """A phrase that ends at a node. `order` tells which was added first; it goes before others as long."""

    order: int
    meaning: Meaning
    exact: str | None


class _Node:
    """The phrases that go on in the same way: by their next word, after a gap, or that end here."""

    __slots__ = ("after_gap", "answers", "depth", "ending", "folded", "next", "parent", "settled")

    def __init__(self, parent: _Node | None = None) -> None:
        self.next: dict[str, _Node] = _NOTHING
        self.after_gap: _Node | None = None
        self.ending: list[_Ending] = []
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 1
        # The phrases that begin with a word which no text has held so far.
        self.folded: list[_Phrase] = []
        # What the phrases that end here or on the way stand for, once it is known that the text has no say.
        self.settled: _Phrases | None = None
        self.answers: _Answers | None = None

    def way(self) -> list[_Node]:
        """The nodes that lead here, and this one."""
        return [*(self.parent.way() if self.parent else ()), self]

    def unfold(self) -> None:
        """Make the nodes of the phrases that begin with the word of this one."""
        for order, phrase, meaning in self.folded:
            node = self
            for key in list(_keys_of(phrase.split()))[1:]:
                node = _child(node, key)
            exact = "".join(phrase.split()).replace(".", "")
            in_capitals = phrase.isupper() and len(phrase) <= 5
            node.ending.append(_Ending(order, meaning, exact if in_capitals else None))
        self.folded.clear()


# Where no phrase goes on; one for all, so that it lies near when it is looked into.
_NOTHING: dict[str, _Node] = {}


_Phrases = Collection[tuple[Meaning, int]]
_Found = list[tuple[_Ending, int]]


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
        self._first: dict[str, _Node] = {}
        self._count = 0

    def add(self, phrases: Iterable[str], meaning: Meaning) -> None:
        """Add phrases with one meaning.

        Those in capitals throughout ("US", "NATO") must stand so in the text.
        """
        for phrase in phrases:
            first = phrase.split(None, 1)[:1]
            is_word = first and first[0].isalpha() and len(first[0]) > 1  # as most are
            key = intern(first[0].casefold()) if is_word else next(_keys_of(first), GAP)
            if key != GAP:
                self._folded_at(key).append(_new_phrase((self._count, phrase, meaning)))
                self._count += 1

    def of_kinds(self, is_wanted: Callable[[str], bool]) -> PhraseIndex:
        """An index of the phrases of some kinds alone, for texts of which no more is asked."""
        index = PhraseIndex()
        for key, node in self._first.items():
            if wanted := [folded for folded in node.folded if is_wanted(folded.meaning.kind)]:
                index._folded_at(key).extend(wanted)
        return index

    def _folded_at(self, key: str) -> list[_Phrase]:
        """The phrases that begin with a word."""
        node = self._first.get(key)
        if node is None:
            node = self._first[key] = _Node()
        return node.folded

    def find(self, text: str, words: Sequence[Word]) -> list[Mention]:
        """All phrases in a run of words of the text with their places in it, in order."""
        cut = words if isinstance(words, Words) else Words.made_of(text, words)
        return cut.mentions(self.hits(cut))

    def hits(self, words: Words) -> list[Hit]:
        """All phrases in order; of overlapping ones of a kind the longer, then the earlier, is kept."""
        return list(map(new_hit, self.hits_and_kinds(words)[0]))

    def hits_and_kinds(self, words: Words) -> tuple[list[PlainHit], Collection[str]]:
        """All phrases in a run of words, in order, and of which kinds there are any."""
        kept: list[PlainHit] = []
        taken: dict[str, int] = {}
        keys = [*words.keys, _END]
        nodes = list(map(self._first.get, keys))
        for first, node in compress(enumerate(nodes), nodes):
            assert node is not None
            if node.folded:  # few of the first words stand in a text
                node.unfold()
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


_new_phrase = partial(tuple.__new__, _Phrase)


def _keys_of(parts: Iterable[str]) -> Iterator[str]:
    """The keys of the words and gaps of a phrase that has been cut at its blanks."""
    for part in parts:
        if part.isalpha() and len(part) > 1:
            yield intern(part.casefold())
        elif part == GAP:
            yield GAP
        else:
            yield from words_of(part).keys


def _child(node: _Node, key: str) -> _Node:
    """The node to which a word, or a gap, leads; made where it is not there yet."""
    following = node.after_gap if key == GAP else node.next.get(key)
    if following is None:
        following = _Node(node)
        if key == GAP:
            node.after_gap = following
        else:
            if node.next is _NOTHING:
                node.next = {}
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
