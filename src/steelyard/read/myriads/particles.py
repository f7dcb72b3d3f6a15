"""Finds phrases in languages that glue words together: compounds without a blank, particles and endings.

A word is cut where a known phrase ends and nothing but known phrases, suffixes and particles follows: the
name of a measure is found with the particle of a topic behind it, but not as the first half of a longer word.
A phrase with "~" at its end is the stem of a verb: any ending may follow. Which particles and suffixes there
are stands in the language's data file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from steelyard.read.mentions import Hit, Meaning, PlainHit, Word, Words, words_of
from steelyard.read.phrase_index import PhraseIndex

STEM = "~"
MOST_LETTERS = 40  # a longer run of letters is no word of any use, and cutting takes time by its square
LONGEST_TAIL = 8
FEWEST_INSIDE = 3  # a shorter phrase in the middle of an unknown word is there by chance


class GluedIndex(PhraseIndex):
    """Phrases found whatever the blanks between their words; `cut` makes the words that they are found in."""

    def __init__(self, particles: Iterable[str], suffixes: Iterable[str]) -> None:
        super().__init__()
        self._meanings: dict[str, list[Meaning]] = defaultdict(list)
        self._prefixes: set[str] = set()
        self._stems: dict[str, bool] = {}
        self._longest = 0
        particle, after = either(particles), either(suffixes)
        self._tail = re.compile(rf"(?:{after})?(?:{particle}){{0,3}}")
        self._part = re.compile(particle)

    def add(self, phrases: Iterable[str], meaning: Meaning) -> None:
        """Add phrases with one meaning; "~" at the end stands for any ending."""
        for phrase in phrases:
            is_open = phrase.endswith(STEM)
            parts = phrase.removesuffix(STEM).casefold().split()
            whole = "".join(parts)
            self._meanings[whole].append(meaning)
            self._prefixes.update(whole[:length] for length in range(1, len(whole) + 1))
            for part in {whole, parts[-1]}:
                self._stems[part] = self._stems.get(part, False) or is_open
                self._longest = max(self._longest, len(part))

    def of_kinds(self, is_wanted: Callable[[str], bool]) -> PhraseIndex:
        """The whole index: words are cut by all phrases that are known."""
        return self

    def cut(self, text: str, start: int, end: int, stops: Sequence[int] = ()) -> Words:
        """The words of a span, cut into stems, suffixes and particles; `stops` are where figures end."""
        ends = set(stops)
        parts = [part for word in words_of(text, start, end) for part in self._parts(word, ends)]
        return Words.made_of(text, parts)

    def hits_and_kinds(self, words: Words) -> tuple[list[PlainHit], Collection[str]]:
        """All phrases in a run of words; of overlapping ones of one kind the longer, then the earlier."""
        kept: list[PlainHit] = []
        taken: dict[str, int] = {}
        for first in range(len(words)):
            found = {
                meaning.kind: Hit(meaning, first, last) for last, meaning in self._phrases_at(words, first)
            }
            for kind, hit in found.items():
                if taken.get(kind, -1) < first:
                    taken[kind] = hit.last
                    kept.append(hit)
        return kept, taken.keys()

    def _phrases_at(self, words: Words, first: int) -> Iterator[tuple[int, Meaning]]:
        """The meanings of the phrases that begin at a word, each with its last word, the longest last."""
        run = ""
        for last in range(first, len(words)):
            run += words.keys[last]
            if run not in self._prefixes:
                return
            yield from ((last, meaning) for meaning in self._meanings.get(run, ()))

    def _parts(self, word: Word, stops: set[int]) -> Iterator[Word]:
        """A word cut at the end of the figure in it, and then into its stems and particles."""
        length = word.end - word.start
        if length == 1 or length > MOST_LETTERS or not word.text.isalpha() or word.text.isascii():
            yield word
            return
        begin = next((stop - word.start for stop in range(word.start + 1, word.end) if stop in stops), 0)
        cuts = [0, begin] if begin else [0]
        cuts += self._cuts(word.key, begin, after_figure=begin > 0 or word.start in stops)
        for left, right in zip(cuts, [*cuts[1:], length], strict=True):
            if left < right:
                yield Word(word.text[left:right], word.key[left:right], word.start + left, word.start + right)

    def _cuts(self, key: str, begin: int, *, after_figure: bool) -> list[int]:
        """Where a word is to be cut after `begin`; nowhere if its parts are not known."""
        ends = self._usable_ends(key, begin)
        place = begin if ends[begin] else self._inside(key, ends)
        if place is None or (place == begin and not after_figure and not self._stem_at(key, place, ends)):
            return []
        cuts = [place] if place > begin else []
        while place < len(key):
            length = self._stem_at(key, place, ends)
            cuts += [place + n for n in range(1, length) if self._stems.get(key[place : place + n])]
            place += length or self._particle_at(key, place)
            cuts.append(place)
        return [cut for cut in cuts if cut < len(key)]

    def _usable_ends(self, key: str, begin: int) -> list[bool]:
        """Whether the rest of a word, from each place on, is made of known parts."""
        ends = [False] * len(key) + [True]
        for place in range(len(key) - 1, begin - 1, -1):
            rest = key[place:]
            tail = len(rest) <= LONGEST_TAIL and self._tail.fullmatch(rest) is not None
            ends[place] = tail or self._stem_at(key, place, ends) > 0
        return ends

    def _stem_at(self, key: str, place: int, ends: list[bool]) -> int:
        """The length of the longest known stem at a place after which the word goes on as words do."""
        for length in range(min(self._longest, len(key) - place), 0, -1):
            is_open = self._stems.get(key[place : place + length])
            if is_open is not None and (is_open or ends[place + length]):
                return length
        return 0

    def _particle_at(self, key: str, place: int) -> int:
        """The length of the particle at a place; the rest of the word where there is none."""
        part = self._part.match(key, place)
        return len(part[0]) if part and part[0] else len(key) - place

    def _inside(self, key: str, ends: list[bool]) -> int | None:
        """Where a phrase begins within a word of which the first part is not known."""
        for place in range(1, len(key) - FEWEST_INSIDE + 1):
            if self._stem_at(key, place, ends) >= FEWEST_INSIDE:
                return place
        return None


def either(words: Iterable[str]) -> str:
    """An alternation of words, the longest first; one that never matches where there are none."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, ordered)) or r"(?!)"
