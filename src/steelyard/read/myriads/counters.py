"""What a number of a language with counters is of: a unit, money, or the thing that its counter counts.

"전차 180대" counts tanks, since the counter takes the noun before it or the one that it is joined to behind
it; where neither is known, the counter tells its own general unit.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from steelyard.read.lexicon import Lexicon
from steelyard.read.myriads.myriads import Numeral

BLANKS = " \u00a0"
LONGEST_REST = 10
MOST_LETTERS_OF_THING = 12
LETTERS_BACK = 48
COUNTED = "count"
_RATIO = re.compile(r"[ \u00a0]?\d")


class UnitFound(NamedTuple):
    """A unit after a number: its word, where that ends, and what it is."""

    word: str
    end: int
    unit: str | None
    dimension: str | None


class Counters:
    """Finds the unit after a number, by the units of the vocabulary and the language's counters."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        script = lexicon.language.text("script")
        particles = sorted(lexicon.language.texts("particles"), key=len, reverse=True)
        parts = sorted({*lexicon.language.texts("particles"), *self._after_units()}, key=len, reverse=True)
        self._rest = re.compile(rf"(?:{'|'.join(map(re.escape, parts)) or '(?!)'}){{0,4}}")
        self._particles = re.compile(rf"(?:{'|'.join(map(re.escape, particles)) or '(?!)'}){{0,3}}")
        self._letters = re.compile(rf"[{script}]{{0,{LONGEST_REST + 1}}}")
        self._before = re.compile(rf"([{script}A-Za-z\d-]+)[{BLANKS}]?$")
        self._behind = re.compile(rf"[{BLANKS}]?([{script}]+)")
        self._shared: dict[str, dict[str, re.Pattern[str]]] = {}
        self._units = self._all_units()
        self._longest = max(map(len, self._units), default=0)
        self._counters = _texts_of(lexicon.mapping("counters"))
        self._things = _texts_of(lexicon.mapping("things"))
        self._longest_thing = max(map(len, self._things), default=0)

    def _after_units(self) -> list[str]:
        """What may stand after a unit without a blank: hedges, and the language's other such words."""
        tables = self._lexicon.mapping("hedges_after").values()
        hedges = [str(text) for texts in tables if isinstance(texts, list) for text in texts]
        plain = [text for text in hedges if not text.endswith("~") and " " not in text]
        return [*plain, *sorted(self._lexicon.words("counting", "after_units"))]

    def _all_units(self) -> dict[str, tuple[str | None, str | None]]:
        """All words for units, with unit and dimension; counters stand for nothing by themselves."""
        language = self._lexicon.language.id
        found: dict[str, tuple[str | None, str | None]] = {}
        for entry in self._lexicon.vocabulary.entries("units").values():
            dimension = entry.text("dimension")
            if dimension == "scale" or entry.text("extends"):
                continue
            for word in (*entry.texts("symbols"), *entry.phrases(language)):
                found[word] = (entry.id, dimension)
            for word in entry.phrases(language, "shared"):
                places = re.compile("|".join(map(re.escape, entry.phrases(language, "places"))) or "(?!)")
                self._shared.setdefault(word, {})[entry.id] = places
                found.setdefault(word, (entry.id, dimension))
        for word in self._lexicon.mapping("counters"):
            found.setdefault(word, (None, COUNTED))
        for word in sorted(self._lexicon.words("myriads", "multiples")):
            found[word] = (None, "factor")
        for word in sorted(self._lexicon.words("ranks", "after")):
            found[word] = (None, "rank")
        return found

    def after(self, text: str, end: int) -> UnitFound | None:
        """The unit right after a number, the longest that a word can end with; None where there is none."""
        start = end + (text[end : end + 1] in BLANKS and end < len(text))
        for length in range(min(self._longest, len(text) - start), 0, -1):
            word = text[start : start + length]
            if (found := self._units.get(word)) and self.ends_word(text, start + length):
                if word in self._shared:
                    return UnitFound(word, start + length, self._told(text, word, end), found[1])
                return UnitFound(word, start + length, *found)
        return None

    def _told(self, text: str, word: str, end: int) -> str:
        """Which of the currencies of one name is meant: that of the place named last, else the first one."""
        units = self._shared[word]
        named = {
            unit: max((match.start() for match in places.finditer(text, 0, end)), default=-1)
            for unit, places in units.items()
        }
        return max(named, key=lambda unit: named[unit])

    def ends_word(self, text: str, place: int, *, bare: bool = False) -> bool:
        """Whether nothing but particles stands between a place and the end of the word.

        Behind a unit hedges may stand as well, but not behind a `bare` number.
        """
        run = self._letters.match(text, place)
        letters = run[0] if run else ""
        if not letters:
            follower, before = text[place : place + 1], text[place - 1 : place]
            return not (follower.isascii() and follower.isalnum() and before.isalpha() and before.isascii())
        rest = self._particles if bare else self._rest
        return len(letters) <= LONGEST_REST and rest.fullmatch(letters) is not None

    def counted(self, text: str, numeral: Numeral, found: UnitFound) -> UnitFound | None:
        """A counter with what it counts: the noun before the number or joined to the counter behind it."""
        words = self._lexicon.words
        thing = self._thing_before(text, numeral.start) or self._thing_behind(text, found.end)
        if thing is None and found.word in words("counting", "ages") and self._is_age(text, numeral, found):
            return None
        if thing is None and found.word in words("counting", "looks_back"):
            thing = self._thing_spoken_of(text, numeral.start)
        if thing is None and found.word in self._lexicon.words("counting", "only_with_noun"):
            return None
        unit = thing or self._counters.get(found.word)
        entry = self._lexicon.vocabulary.entry("units", unit)
        dimension = entry.text("dimension") if entry else COUNTED
        return UnitFound(found.word, found.end, unit, dimension)

    def _is_age(self, text: str, numeral: Numeral, found: UnitFound) -> bool:
        """Whether the counter is none, but makes an age, a ratio or a rank: "20대 남성", "4대 강국"."""
        if _RATIO.match(text, found.end):
            return True
        noun = self._behind.match(text, found.end)
        if noun is None or text[found.end] not in BLANKS:
            return False
        few = numeral.scale == 1 and len(numeral.digits) == 1
        return few or noun[1].startswith(tuple(self._lexicon.words("counting", "ages_after")))

    def _thing_spoken_of(self, text: str, start: int) -> str | None:
        """The last known thing named shortly before, which a number behind it goes on to count."""
        begin = max(0, start - LETTERS_BACK)
        for word in reversed(text[begin:start].split()[begin > 0 :]):
            for cut in range(min(3, len(word) - 1)):
                stem = word[: len(word) - cut]
                known = not cut or self._rest.fullmatch(word[len(stem) :])
                if known and (thing := self._thing(stem.strip(",()"))):
                    return thing
        return None

    def _thing_before(self, text: str, start: int) -> str | None:
        before = self._before.search(text, max(0, start - MOST_LETTERS_OF_THING), start)
        word = before[1] if before else ""
        for cut in range(3):  # a particle of one or two letters may stand behind the noun
            stem = word[: len(word) - cut]
            if cut and not self._rest.fullmatch(word[len(stem) :]):
                continue
            if thing := self._thing(stem):
                return thing
        return None

    def _thing_behind(self, text: str, end: int) -> str | None:
        links = self._lexicon.words("counting", "links")
        link = next((word for word in sorted(links) if text.startswith(word, end)), "")
        noun = self._behind.match(text, end + len(link)) if link or text[end : end + 1] in BLANKS else None
        if noun is None:
            return None
        for length in range(len(noun[1]), 1, -1):
            if (thing := self._thing(noun[1][:length])) and self._rest.fullmatch(
                noun[1][length:][:LONGEST_REST]
            ):
                return thing
        return None

    def _thing(self, word: str) -> str | None:
        """The unit of a known thing in which a word ends, the longest first."""
        lengths = range(min(len(word), self._longest_thing), 1, -1)
        return next((unit for n in lengths if (unit := self._things.get(word[-n:]))), None)


def _texts_of(table: object) -> dict[str, str]:
    return {str(word): str(unit) for word, unit in table.items()} if isinstance(table, dict) else {}
