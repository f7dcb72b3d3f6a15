"""The unit of a number with its scale: before it, after it, after a hyphen, or the noun that it counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from steelyard.read.lexicon import Lexicon
from steelyard.read.numbers.counted import NounFinder
from steelyard.read.numbers.digits import BLANKS, Number
from steelyard.read.numbers.rates import PerWords
from steelyard.read.numbers.units_found import COUNTED, ONE, Found, UnitWords


class NumberUnit(NamedTuple):
    """The unit of a number and where the figure ends with it; `begin` is where a sign before it begins.

    `factor` is that of a scale which stands with the unit: "30 MEUR", "75 USD million".
    """

    name: str | None
    dimension: str | None
    begin: int
    end: int
    apart: bool = False
    factor: Decimal = ONE


class UnitFinder:
    """Finds the units of numbers in one language."""

    def __init__(self, lexicon: Lexicon, joints: Mapping[str, frozenset[str]]) -> None:
        self.words = UnitWords.of(lexicon.vocabulary.entries("units").values(), lexicon.language.id)
        self.nouns = NounFinder(
            lexicon.mapping("counted"), self.words.nouns, self.words.measures(), lexicon.mapping("numbers")
        )
        self._per = PerWords.of(lexicon, self.words)
        self._ranks = tuple(f"{word} " for word in joints["ranks"])
        self._age_words = joints["ages"]
        self._ages = tuple(f"{word} " for word in self._age_words)
        self._age = next(iter(joints["age_unit"]), "")
        self._shares_of = joints["shares_of"]
        self._longest_share = max(map(len, self._shares_of), default=0) + 2
        self._share = next(iter(joints["share_unit"]), "")
        self._parts_of = joints["parts_of"]
        self._parts_of_units = joints.get("parts_of_units", frozenset())
        of, an = ("|".join(sorted(joints[key])) for key in ("of", "articles"))
        self._of_an = re.compile(
            rf"(?:[{BLANKS}\n](?:{of}))?[{BLANKS}\n](?:{an})(?=[{BLANKS}\n-])|(?=[{BLANKS}\n-])"
        )

    def scaled(self, text: str, number: Number, sign: Found | None) -> tuple[Number, NumberUnit] | int:
        """The number with its scale, and its unit; a letter is a scale only where a unit makes it one."""
        factor, end, short = self.words.scale_after(text, number.end)
        if not short:
            scaled = number._replace(in_words=False) if number.in_words else number
            if end != number.end:
                exact = number.exact and factor == 1
                scaled = Number(number.start, end, number.digits, number.scale * factor, exact)
            return scaled, self._with_scale(text, scaled, self.of(text, scaled, sign))
        scaled = Number(number.start, end, number.digits, number.scale * factor)
        unit = self.of(text, scaled, sign)
        letter = short.strip(BLANKS + "\n-")
        attached = short == letter
        if unit.name is not None or (len(letter) > 1 and letter.islower()) or letter in "kKM":
            return scaled, unit
        if attached and letter in "bB" and "." in number.digits:
            return scaled, unit
        plain = self.of(text, number, sign)
        if plain.name is None and (unit_id := self.words.letters.get(letter)):
            return number, NumberUnit(unit_id, self.words.dimensions[unit_id], number.start, end)
        if plain.name is None and attached:
            return end
        return number, plain

    def of(self, text: str, number: Number, sign: Found | None) -> NumberUnit:
        """The unit of a number: before it, right after it, after a hyphen, or the noun that it counts."""
        end = number.end
        if self.is_rank(text, number):
            return NumberUnit(None, "rank", number.start, end)
        if sign is not None and not self._is_other_word(text, number, sign):
            found = self._per.after(text, Found(sign.unit, "money", end))
            edge = max(found.edge, end)
            return NumberUnit(found.unit, found.dimension, sign.edge, edge, factor=sign.factor)
        if (after := self.words.after_number(text, end)) is not None:
            after = self._per.after(text, after)
            if number.exact and number.in_words and after.dimension in ("person", "count", "money"):
                return NumberUnit(None, None, number.start, end)
            if after.dimension not in COUNTED or not self.nouns.goes_on(text, after.edge):
                return NumberUnit(after.unit, after.dimension, number.start, after.edge, factor=after.factor)
        if number.exact:
            return self._unit_of_part(text, number)
        if said := self._by_neighbour(text, number):
            return said
        counted = self.nouns.compound(text, end)
        apart = counted is None
        counted = counted or self.nouns.after(text, end)
        if counted is None:
            return NumberUnit(None, None, number.start, end)
        dimension = self.words.dimensions.get(counted.noun, "count")
        return NumberUnit(counted.noun, dimension, number.start, counted.end, apart)

    def _with_scale(self, text: str, number: Number, unit: NumberUnit) -> NumberUnit:
        """The unit with the scale word that stands after the code of a currency: "75 USD million"."""
        if unit.dimension != "money" or number.scale != 1 or not text[unit.end - 3 : unit.end].isupper():
            return unit
        factor, end, short = self.words.scale_after(text, unit.end)
        return unit if short or factor == 1 else unit._replace(factor=factor, end=end)

    def _is_other_word(self, text: str, number: Number, sign: Found) -> bool:
        """Whether a name in small letters is no sign of the number: "pushed the dollar 2 percent higher"."""
        word = text[sign.edge : number.start].rstrip()
        return len(word) > 3 and word.isalpha() and word.islower() and number.scale == 1 and sign.factor == 1

    def _by_neighbour(self, text: str, number: Number) -> NumberUnit | None:
        """The unit by a letter right behind the number ("100t"), or by the words before it ("aged 34")."""
        start, end = number.start, number.end
        if (letter := text[end : end + 1]) in self.words.letters and not text[end + 1 : end + 2].isalnum():
            unit = self.words.letters[letter]
            return NumberUnit(unit, self.words.dimensions[unit], start, end + 1)
        lead = text[max(0, start - 6) : start].casefold()
        if lead.endswith(self._ages) and lead.split()[-1] in self._age_words:
            return NumberUnit(self._age, "duration", start, end)
        if 0 < start <= self._longest_share and self._is_led_by_share(text, number):
            return NumberUnit(self._share, "share", 0, end)
        return None

    def _is_led_by_share(self, text: str, number: Number) -> bool:
        """Whether a text opens with "percent of" before the number, as one cell or answer does."""
        return " ".join(text[: number.start].casefold().split()) in self._shares_of

    def is_rank(self, text: str, number: Number) -> bool:
        """Whether a number counts the first of a list, as in "among the top four"."""
        lead = text[max(0, number.start - 10) : number.start].casefold()
        return lead.endswith(self._ranks) and number.scale == 1

    def _unit_of_part(self, text: str, number: Number) -> NumberUnit:
        """The unit of a part, after an article or "of an": "half an hour", "a quarter of a point"."""
        match = self._of_an.match(text, number.end)
        after = self.words.after_number(text, match.end()) if match else None
        if after is None or (
            after.dimension not in self._parts_of and after.unit not in self._parts_of_units
        ):
            return NumberUnit(None, None, number.start, number.end)
        return NumberUnit(after.unit, after.dimension, number.start, after.edge)
