"""Finds the unit of a number: signs and codes before it, words after it, and "per" something.

Words are looked up one by one, so that the time does not depend on how many units there are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from steelyard.core.vocabulary import Entry
from steelyard.read.numbers.digits import BLANKS

LONGEST_SIGN = 7
ONE = Decimal(1)
SHARES = ("share", "points")
COUNTED = ("person", "count")
# Dimensions whose words may stand apart from their number ("five long years", "1.2 million metric tons").
APART = (*COUNTED, "duration", "time", "length", "mass", "volume")
_CHUNK = re.compile(rf"[{BLANKS}\n-]?([^\s,;:()\[\]!?\"“”–—-]{{1,40}})")
_TRAILING = "'’*…"


class Found(NamedTuple):
    """A unit with its dimension and where its words end (or, before a number, begin)."""

    unit: str
    dimension: str
    edge: int
    factor: Decimal = ONE


class UnitWords:
    """The units of one language by their spellings."""

    def __init__(self) -> None:
        self.dimensions: dict[str, str] = {}
        self.before: dict[str, str] = {}
        self.signs: dict[str, str] = {}
        self.words: dict[str, str] = {}
        self.beginnings: set[str] = set()
        self.nouns: dict[str, str] = {}
        self.shared: dict[str, list[str]] = defaultdict(list)
        self.shared_before: dict[str, str] = {}
        self.places: dict[str, tuple[str, ...]] = {}
        self.extensions: dict[str, list[str]] = defaultdict(list)
        self.extending: dict[str, tuple[str, ...]] = {}
        self.extended: dict[str, str] = {}
        self.scales: dict[str, Decimal] = {}
        self.short_scales: dict[str, Decimal] = {}
        self.letters: dict[str, str] = {}
        self.sized: dict[str, tuple[str, re.Pattern[str]]] = {}
        self.prefixed: dict[str, Decimal] = {}

    @classmethod
    def of(cls, units: Iterable[Entry], language: str) -> UnitWords:
        """Those of a vocabulary."""
        made = cls()
        units = tuple(units)
        for unit in units:
            made._add(unit, language)
        made._add_prefixed(units)
        for phrase in (*made.words, *made.shared):
            made.beginnings.update(accumulate(phrase.split(" "), "{} {}".format))
        for unit_id, longer in made.extensions.items():
            made.extending[unit_id] = tuple(phrase.partition(" ")[0] for phrase in longer)
        return made

    def _add(self, unit: Entry, language: str) -> None:
        dimension, phrases = unit.text("dimension"), unit.phrases(language)
        if dimension == "scale":
            for word in phrases:
                (self.scales if len(word) > 3 else self.short_scales)[word] = unit.number("factor")
            return
        self.dimensions[unit.id] = dimension
        if base := unit.text("extends"):
            self.extended[base] = unit.id
            self.extensions[base] += sorted((_folded(p) for p in phrases), key=len, reverse=True)
            return
        if dimension == "money":
            self.before.update(dict.fromkeys(unit.texts("symbols"), unit.id))
            self.shared_before.update(dict.fromkeys(unit.texts("shared_symbols"), unit.id))
        self.signs.update(
            {s: unit.id for s in unit.texts("symbols") if len(s) > 1 or not (s.isascii() and s.isalpha())}
        )
        for mark in unit.texts("marks") if (sizes := unit.phrases(language, "sized")) else ():
            self.sized[mark] = (unit.id, re.compile(rf"[{BLANKS}](?:{'|'.join(sizes)})\b"))
        self.letters.update(dict.fromkeys(unit.texts("letters"), unit.id))
        self.words.update({_folded(phrase): unit.id for phrase in phrases})
        if dimension in APART:
            self.nouns.update({p.casefold(): unit.id for p in phrases if " " not in p and len(p) > 3})
        for phrase in unit.phrases(language, "shared"):
            self.shared[_folded(phrase)].append(unit.id)
        if places := unit.phrases(language, "places"):
            self.places[unit.id] = places

    def _add_prefixed(self, units: Iterable[Entry]) -> None:
        """The codes of currencies with a letter for thousands or millions before them, as "MEUR"."""
        prefixes = {p: unit.number("factor") for unit in units for p in unit.texts("prefixes")}
        codes = {sign: unit for sign, unit in self.before.items() if _CODE.fullmatch(sign)}
        for code, unit in codes.items():
            for prefix, factor in prefixes.items():
                self.prefixed[prefix + code] = factor
                self.before[prefix + code] = self.signs[prefix + code] = unit

    def measures(self) -> frozenset[str]:
        """The single words for units of measure, such as "ton" and "mile"."""
        counts = (*COUNTED, *SHARES)
        return frozenset(word for word, unit in self.words.items() if self.dimensions[unit] not in counts)

    def before_number(self, text: str, start: int) -> Found | None:
        """The currency whose sign or code stands right before a number."""
        lead = text[max(0, start - LONGEST_SIGN) : start]
        bare = lead.rstrip(BLANKS)
        if not bare or len(lead) - len(bare) > 1 or not (bare[-1].isalpha() or bare[-1] in _LAST_OF_SIGN):
            return None
        word = bare.rpartition(" ")[2]
        if bare[-1] in self.shared_before and (shared := self._shared_before(text, start)):
            return shared
        if word not in self.before and word.isalpha():
            return None
        end = start - (len(lead) - len(bare))
        for length in range(min(LONGEST_SIGN - 1, len(bare)), 0, -1):
            unit = self.before.get(bare[-length:])
            begin = end - length
            is_apart = not bare[-length].isalpha() or not text[max(0, begin - 1) : begin].isalnum()
            if unit and is_apart and (length > 1 or not bare[-1].isalpha() or len(bare) == len(lead)):
                return Found(unit, "money", begin, self.prefixed.get(bare[-length:], ONE))
        return None

    def _shared_before(self, text: str, start: int) -> Found | None:
        """The currency of a letter before a large amount ("P366.7 billion"), of which the text decides."""
        unit = self.shared_before.get(text[start - 1])
        if (
            unit is None
            or text[max(0, start - 2) : start - 1].isalnum()
            or not re.compile(_LARGE).match(text, start)
        ):
            return None
        return Found(unit, "money", start - 1)

    def scale_after(self, text: str, end: int) -> tuple[Decimal, int, str]:
        """The factor of the scale words after a number, where they end, and the word if it is a short one."""
        factor, short = ONE, ""
        for _ in range(2):
            match = _SCALE.match(text, end)
            if match is None:
                break
            word = match[1]
            found = self.scales.get(word) or self.scales.get(word.casefold())
            if found is None:
                found = None if factor != 1 else self.short_scales.get(word)
                if found is None or _NAME_GOES_ON.match(text, match.end() - 2):
                    break
                return found, match.end(), match[0]
            factor, end = factor * found, match.end()
        return factor, end, short

    def after_number(self, text: str, end: int) -> Found | None:
        """The unit whose words follow a number, the longest there is."""
        chunks = self._chunks(text, end)
        for number in range(len(chunks) - 1, -1, -1):
            edge, raw, key = chunks[number]
            if number == 0 and (unit := self.signs.get(raw)):
                if raw in self.prefixed:
                    return Found(unit, "money", edge, self.prefixed[raw])
                return self._extended(text, unit, edge)
            if unit := self.words.get(key) or self._shared(text, key):
                return self._extended(text, unit, edge)
        return None if chunks else self._bracketed(text, end) or self._marked(text, end)

    def _marked(self, text: str, end: int) -> Found | None:
        """The unit of a mark that stands for it before a word of size: '10" long'."""
        place = end + (text[end : end + 1] in BLANKS)
        unit, sizes = self.sized.get(text[place : place + 1], ("", None))
        if sizes is None or not sizes.match(text, place + 1):
            return None
        return Found(unit, self.dimensions[unit], place + 1)

    def _bracketed(self, text: str, end: int) -> Found | None:
        """The unit that stands in brackets of its own: "20 (kg)"."""
        if text[end : end + 1] not in OPENING and text[end + 1 : end + 2] not in OPENING:
            return None
        match = re.compile(_BRACKETED).match(text, end)
        unit = (self.signs.get(match[1]) or self.words.get(_folded(match[1]))) if match else None
        if match is None or unit is None or self.dimensions[unit] in COUNTED:
            return None
        return Found(unit, self.dimensions[unit], match.end())

    def _chunks(self, text: str, end: int) -> list[tuple[int, str, str]]:
        """The next words after a number, as long as units go on so.

        Where each ends, as it is written, and as units are looked up, with the words before it.
        """
        chunks: list[tuple[int, str, str]] = []
        position = end
        while len(chunks) < 4 and (match := _CHUNK.match(text, position)):
            raw = match[1].rstrip(_TRAILING).rstrip(".") or match[1]
            slash = raw.find("/")
            if slash > 0 and raw not in self.signs:
                raw = raw[:slash]
            if raw[0] in "€$£" and raw[1:2].isdigit():
                break  # of the next number: "two $5 million drones"
            if raw[0] in "%°€$£" and raw not in self.signs and not chunks:
                raw = raw[0]
            raw = raw.removesuffix("'s").removesuffix("’s")
            key = raw.replace(".", "").casefold()
            if chunks:
                key = f"{chunks[-1][2]} {key}"
            if key not in self.beginnings and (chunks or raw not in self.signs):
                break
            position = match.start(1) + len(raw)
            chunks.append((position, raw, key))
            if position != match.end() and text[position] != ".":
                break
            position = match.end() if text[position : match.end()] == "." else position
        return chunks

    def _shared(self, text: str, key: str) -> str | None:
        """The currency of a name that several have: one whose country the text names, else the first."""
        candidates = self.shared.get(key)
        if not candidates:
            return None
        placed = (c for c in candidates if c in self.places)
        return next((c for c in placed if places_pattern(self.places[c]).search(text)), candidates[0])

    def _extended(self, text: str, unit: str, end: int) -> Found:
        """The unit, or the longer one that it begins, as "%" begins "% of GDP"."""
        if unit in self.extensions:
            ahead = text[end : end + 48].casefold().replace("-", " ").lstrip()
            if not ahead.startswith(self.extending[unit]):
                return Found(unit, self.dimensions[unit], end)
            ahead = " ".join(ahead.split())
            for phrase in self.extensions[unit]:
                if ahead.startswith(phrase) and not ahead[len(phrase) : len(phrase) + 1].isalnum():
                    edge = _end_of(text, end, phrase)
                    longer = self.extended[unit]
                    return Found(longer, self.dimensions[longer], edge)
        return Found(unit, self.dimensions[unit], end)


@lru_cache(maxsize=256)
def places_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for names of places; where particles hang on names, no word need end with one."""
    ends = r"\b" if all(name.isascii() for name in names) else ""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))}){ends}")


def _end_of(text: str, start: int, phrase: str) -> int:
    """Where a folded phrase ends in the text, whose blanks may be longer."""
    position = start
    for word in phrase.split(" "):
        position = (
            text.casefold().index(word, position) + len(word)
            if len(text) < 400
            else (text[position : position + 60].casefold().index(word) + position + len(word))
        )
    return position


def _folded(words: str) -> str:
    return " ".join(words.replace("-", " ").replace(".", "").casefold().split())


_LAST_OF_SIGN = frozenset("$€£¥￥₩￦₽₹₺₴₪₱฿₫₦₵₡₭៛৳₮₾֏₼₸₿.")
OPENING = frozenset("([{<")
# Compiled when first used: units in brackets and letters shared by currencies are rare.
_BRACKETED = rf"[{BLANKS}]?[(\[{{<]([^\s\d()\[\]{{}}<>]{{1,10}})[)\]}}>]"
_LARGE = rf"\d+(?:\.\d+)?(?:[{BLANKS}-]?(?:[a-z]*illion|bn|mn|B|M|K)\b)|\d{{1,3}}(?:,\d{{3}})+(?!\w)"
# "3M5" and "12 K-9 howitzers" hold a name, "1.2bn-1.4bn" does not.
_NAME_GOES_ON = re.compile(rf"..\d|[{BLANKS}][A-Z][-‑]\d")
_CODE = re.compile(r"[A-Z]{3}")
_SCALE = re.compile(rf"(?:[{BLANKS}]{{1,2}}|\n|-)?([^\W\d_]{{1,20}})(?![\w'’])")
