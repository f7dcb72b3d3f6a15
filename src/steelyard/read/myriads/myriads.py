"""Numerals of languages that count in myriads: coefficients and scales in a row, in figures and in letters.

"65조 8,642억" is 65 times a trillion and 8,642 times a hundred million. Scales fall from left to right, and
within each of them the places thousand, hundred and ten do too; what does not go on so is another number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

NUMBER = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d]|,\d)|\d{1,3}(?: \d{3}){2,}(?![\d,.])"
    r"|\d+(?:\.\d+)?(?![.,]?\d)|(?<!\d)\.\d+"
)
# No amount has more; beyond it a run of digits is a key or a fault.
MOST_DIGITS = 24
THOUSAND = Decimal(1000)
ONE = Decimal(1)

Kind = Literal["digits", "letters", "native"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number with its span. `digits` times `scale` is its value; what `digits` leave open is left open.

    `kind` tells whether it begins with figures, is written in letters, or in the words of the native count.
    `letters` counts the words or letters that it is written with. Fractions are `exact`.
    """

    start: int
    end: int
    digits: str
    scale: Decimal
    kind: Kind
    letters: int = 0
    negative: bool = False
    exact: bool = False


@dataclass
class _Sum:
    """What a row of coefficients, places and scales comes to so far; `step` is its last unit."""

    total: Decimal = Decimal(0)
    section: Decimal = Decimal(0)
    coefficient: Decimal | None = None
    step: Decimal = ONE
    place: Decimal | None = None
    scale: Decimal | None = None
    factors: int = 0

    def takes(self, factor: Decimal, *, is_scale: bool) -> bool:
        """Multiply by a place or scale; not if it is no smaller than the one before."""
        before = self.scale if is_scale else self.place
        if before is not None and factor >= before:
            return False
        step = self.step if self.coefficient is not None else ONE
        if is_scale:
            whole = self.section + (self.coefficient or 0)
            self.step = (self.step if whole else ONE) * factor
            self.total += (whole or ONE) * factor
            self.section, self.place, self.scale = Decimal(0), None, factor
        else:
            self.section += (ONE if self.coefficient is None else self.coefficient) * factor
            self.step, self.place = step * factor, factor
        self.coefficient = None
        self.factors += 1
        return True

    def adds(self, number: Decimal, step: Decimal) -> bool:
        """Go on with a coefficient; not right after another, or where it is too large to follow."""
        limit = self.place or self.scale
        if self.coefficient is not None or (limit is not None and number >= limit):
            return False
        self.coefficient, self.step = number, step
        return True

    @property
    def value(self) -> Decimal:
        """The number as it stands."""
        return self.total + self.section + (self.coefficient or 0)

    def written(self) -> tuple[str, Decimal]:
        """Digits and scale: a single scale as it is printed, of several the last unit that is counted in."""
        only = self.scale or self.place if self.factors == 1 and self.coefficient is None else None
        scale = max(self.step, only or ONE)
        scale = scale if scale >= THOUSAND else ONE
        return f"{(self.value / scale).quantize(min(ONE, self.step / scale)):f}", scale


class Numerals:
    """Reads the numeral that begins at a place, by the tables of a language's data file."""

    def __init__(self, tables: Mapping[str, object]) -> None:
        self._digits = _numbers(tables.get("digits"))
        self._places = _numbers(tables.get("places"))
        self._scales = _numbers(tables.get("scales"))
        tens, ones = _numbers(tables.get("native_tens")), _numbers(tables.get("native_ones"))
        joined = {ten + one: tens[ten] + ones[one] for ten in tens for one in ones}
        self._native = {**tens, **ones, **joined}
        signs = "".join({**self._digits, **self._places, **self._scales})
        native = "|".join(sorted(map(re.escape, self._native), key=len, reverse=True)) or r"(?!)"
        self._packs = _numbers(tables.get("packs"))
        self._pack = re.compile(rf"[ \u00a0]?({'|'.join(map(re.escape, self._packs)) or '(?!)'})")
        self.begins = rf"(?:[{signs}]|{native})"
        self._part = re.compile(rf"(?P<blank>[ \u00a0]?)(?:(?P<number>{NUMBER})|(?P<sign>[{signs}]))")
        self._native_word = re.compile(rf"(?:{native})")
        point = "|".join(map(re.escape, _texts(tables.get("point")))) or r"(?!)"
        self._decimals = re.compile(rf"(?:{point})[ \u00a0]?([{''.join(self._digits)}]+)")

    def at(self, text: str, start: int, stop: int) -> list[Numeral]:
        """The numerals that can be read at a place and end before `stop`, the longest first."""
        native = self._native_word.match(text, start, stop)
        found = self._row(text, start, stop)
        if native and (not found or native.end() >= found[0].end):
            word, pack = native[0], self._pack.match(text, native.end(), stop)
            value = self._native[word] * (self._packs[pack[1]] if pack else ONE)
            end = pack.end() if pack else native.end()
            found.insert(0, Numeral(start, end, f"{value:f}", ONE, "native", end - start))
        return found

    def _row(self, text: str, start: int, stop: int) -> list[Numeral]:
        """The readings of a row of coefficients, places and scales, one for each end that it may have."""
        total, place, letters = _Sum(), start, 0
        found: list[Numeral] = []
        first = text[start : start + 1]
        kind: Kind = "digits" if first.isdigit() or first == "." else "letters"
        while part := self._part.match(text, place, stop):
            alone = letters == 1 and kind == "letters"
            if (part["blank"] and place == start) or not self._goes_on(total, part, alone=alone):
                if total.coefficient is not None and self._is_factor(part["sign"]):
                    found = found[1:]  # the last coefficient is that of another number
                break
            letters += 1
            place = part.end()
            digits, scale = total.written()
            if len(digits) > MOST_DIGITS:
                return []
            found.insert(0, Numeral(start, place, digits, scale, kind, letters))
        point = self._decimals.match(text, found[0].end, stop) if found and kind == "letters" else None
        if point and len(point[1]) < MOST_DIGITS:
            found[:0] = self._with_decimals(found[0], point)
        return found

    def _with_decimals(self, whole: Numeral, point: re.Match[str]) -> list[Numeral]:
        """A number in letters with what stands behind its point, the longest reading first."""
        decimals = "".join(str(self._digits[sign]) for sign in point[1])
        plain = f"{Decimal(whole.digits) * whole.scale:f}"
        lengths = range(len(decimals), 0, -1)
        ends = {length: point.start(1) + length for length in lengths}
        return [
            replace(
                whole, end=ends[n], digits=f"{plain}.{decimals[:n]}", scale=ONE, letters=whole.letters + n
            )
            for n in lengths
        ]

    def _goes_on(self, total: _Sum, part: re.Match[str], *, alone: bool) -> bool:
        """Whether a part goes on with the row; if so it is taken into the sum.

        `alone` says that nothing but one letter stands before it.
        """
        if part["number"]:
            if alone and part["blank"] and not self._factor_follows(part):
                return False  # the age of "만 19세" is 19
            number = Decimal(part["number"].replace(",", "").replace(" ", ""))
            if len(part["number"]) > MOST_DIGITS:
                return False
            return total.adds(number, ONE.scaleb(int(number.as_tuple().exponent)))
        sign = part["sign"]
        if sign in self._digits:
            return total.adds(self._digits[sign], ONE)
        is_scale = sign in self._scales
        return total.takes(self._scales[sign] if is_scale else self._places[sign], is_scale=is_scale)

    def _factor_follows(self, part: re.Match[str]) -> bool:
        """Whether a place or scale stands right after a number."""
        return self._is_factor(part.string[part.end() : part.end() + 1])

    def _is_factor(self, sign: str | None) -> bool:
        return sign in self._places or sign in self._scales


def _texts(table: object) -> list[str]:
    return [str(text) for text in table] if isinstance(table, list) else []


def _numbers(table: object) -> dict[str, Decimal]:
    """The numbers of a table of words."""
    return {word: Decimal(str(value)) for word, value in table.items()} if isinstance(table, dict) else {}
