"""The words that the wordings of reckonings.toml cannot do without, so that a text is searched for few.

A place of a wording is known by how it is written: "from", "(the|its)", "<remaining>". Which places a text
has words for is asked once; a wording is searched for only where it has them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from steelyard.read.lexicon import Lexicon

# Behind a place whose word must stand right before a figure, fillers apart.
BEFORE_A_FIGURE = " {}"
AGAIN, SAME = "<again>", "<same>"
LONGEST_LEAD = 80
_OPTIONAL = re.compile(r"\([^()]*\)\?")
_NO_WORDS = re.compile(r"\{-?[a-z]+\}|(?<!\S)[.,;^]+(?!\S)")
_PLACE = re.compile(r"\([^()<>]*\)|<[a-z_]+>|[^\s()<>|]+")
_LEAD = re.compile(r"(\([^(){}]*\)|<[a-z_]+>|[^\W\d_]+)\s+(?=\{)")
_LETTERS = re.compile(r"[^\W\d_]+")


def places_of(wording: str, lexicon: Lexicon) -> frozenset[str]:
    """The places of a wording that cannot be left out and hold words."""
    told = _NO_WORDS.sub(" ", _OPTIONAL.sub(" ", wording))
    places = {place for place in _PLACE.findall(told) if _can_be_found(place, lexicon)}
    if not lexicon.cues_follow:
        leads = _LEAD.findall(_OPTIONAL.sub(" ; ", wording))
        places |= {lead + BEFORE_A_FIGURE for lead in leads if lead in places}
    return frozenset(places)


def listed(name: str, lexicon: Lexicon) -> list[str]:
    """The words of a list, the longest first, so that no word hides a longer one."""
    return sorted(lexicon.words("reckoning", name), key=lambda word: (-len(word), word))


def _ways(place: str, lexicon: Lexicon) -> list[str]:
    """The words of which one must stand at a place."""
    if place.startswith("<"):
        return listed(place.strip("<>"), lexicon)
    return [way.strip() for way in place.strip("()").split("|")]


def shortest_way(place: str, lexicon: Lexicon) -> int:
    """How many letters the longest word at a place has at least."""
    return min(max(map(len, _LETTERS.findall(way))) for way in _ways(place, lexicon))


def _can_be_found(place: str, lexicon: Lexicon) -> bool:
    """Whether a place always holds letters."""
    return place not in (AGAIN, SAME) and all(map(_LETTERS.search, _ways(place, lexicon)))


@dataclass(frozen=True)
class NeededWords:
    """The places of all wordings of a language by their words: those anywhere, those right before a figure.

    Of several words one stands for all: the longest, which is the rarest. Where particles are glued to words
    (`is_glued`) what stands at a place is looked for as it is.
    """

    anywhere: Mapping[str, Set[str]]
    leading: Mapping[str, Set[str]]
    fillers: frozenset[str]
    is_glued: bool

    @classmethod
    def of(cls, places: Iterable[str], lexicon: Lexicon) -> NeededWords:
        """The words of some places."""
        anywhere: dict[str, set[str]] = {}
        leading: dict[str, set[str]] = {}
        for place in places:
            if place.endswith(BEFORE_A_FIGURE):
                for way in _ways(place.removesuffix(BEFORE_A_FIGURE), lexicon):
                    leading.setdefault(_LETTERS.findall(way)[-1], set()).add(place)
                continue
            for way in _ways(place, lexicon):
                word = way if lexicon.cues_follow else max(_LETTERS.findall(way), key=len)
                anywhere.setdefault(word, set()).add(place)
        fillers = frozenset(word for way in listed("filler", lexicon) for word in _LETTERS.findall(way))
        return cls(anywhere, leading, fillers, lexicon.cues_follow)

    def places_in(self, text: str) -> Set[str]:
        """The places, those before figures apart, for which a text has words."""
        lowered = text.casefold()
        if self.is_glued:
            words = {way for way in self.anywhere if way in lowered}
        else:
            words = self.anywhere.keys() & _LETTERS.findall(lowered)
        return set[str]().union(*map(self.anywhere.__getitem__, words))

    def places_before(self, text: str, figures: Iterable[int]) -> Set[str]:
        """The places right before figures for which a text has words; `figures` are where these begin."""
        leads = self.leading.keys() & {word for figure in figures for word in self._leads(text, figure)}
        return {place for word in leads for place in self.leading[word]}

    def _leads(self, text: str, figure: int) -> Iterator[str]:
        """The word right before a figure, and those before fillers there."""
        for piece in reversed(text[max(0, figure - LONGEST_LEAD) : figure].split()):
            for word in _LETTERS.findall(piece)[::-1]:
                lead = word.casefold()
                yield lead
                if lead not in self.fillers:
                    return
