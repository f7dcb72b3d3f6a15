"""Reads numbers said in parts: "65 trillion 864 billion", "3 hundred and 21", "3 million and a half".

Each part is smaller than the scale of the one before, so that two numbers side by side are never one.
"""

from __future__ import annotations

import re
from decimal import Decimal

from steelyard.read.numbers.digits import BLANKS, Number, plain
from steelyard.read.numbers.number_words import NumberWords
from steelyard.read.numbers.units_found import UnitWords

MOST_PARTS = 4
_HUNDRED = Decimal(100)


class Sums:
    """Adds up the parts of a number, with the number words and scale words of one language."""

    def __init__(self, words: NumberWords, units: UnitWords) -> None:
        self._words, self._units = words, units
        ands = "|".join(words.ands)
        scales = "|".join(sorted(units.scales, key=len, reverse=True))
        self._ahead = re.compile(
            rf"[{BLANKS}\n-](?:{ands}|(?:{scales})[{BLANKS}\n](?:{ands}|(?=\d)))(?:[{BLANKS}\n]|(?=\d))"
        )
        self._next = re.compile(
            rf"(?:[{BLANKS}\n]({ands}))?[{BLANKS}\n](?:(\d{{1,3}}(?:,\d{{3}})*(?:\.\d+)?)(?![\w,.]\d|\w)|([A-Za-z]+))"
        )

    def whole(self, text: str, number: Number) -> Number:
        """A number in digits with its scale word and the parts that follow; itself where none do."""
        if not self._ahead.match(text, number.end):
            return number
        factor, end, short = self._units.scale_after(text, number.end)
        if short or (factor == 1 and number.end != end):
            return number
        if factor == 1:
            return self._words.after_digits(text, number)
        total, last, parts = Decimal(number.digits) * factor, factor, 0
        while parts < MOST_PARTS and (part := self._part(text, end, last)):
            total, last, end, parts = total + part[0], part[1], part[2], parts + 1
        if not parts:
            return self._with_half(text, number, factor, end)
        return Number(number.start, end, plain(total / factor), factor)

    def _with_half(self, text: str, number: Number, factor: Decimal, end: int) -> Number:
        """A number of a scale with "and a half" after it."""
        half = self._words.part_after(text, end)
        if half is None or number.exact:
            return number
        own, stop = self._words.scale_at(text, half[1]) or (factor, half[1])
        digits = Decimal(number.digits) + half[0] * own / factor
        return Number(number.start, stop, plain(round(digits, 9)), factor)

    def _part(self, text: str, position: int, last: Decimal) -> tuple[Decimal, Decimal, int] | None:
        """The next smaller part: its amount, its scale and where it ends."""
        match = self._next.match(text, position)
        if match is None:
            return None
        joint = match[1] or ""
        if match[2]:
            factor, end, short = self._units.scale_after(text, match.end())
            value = Decimal(match[2].replace(",", ""))
            if short:
                return None
        else:
            read = (
                self._words.read(text, match.start(3))
                if self._words.is_number_word(match[3].casefold())
                else None
            )
            if read is None or read.exact or read.start != match.start(3):
                return None
            value, factor, end = Decimal(read.digits), read.scale, read.end
        amount = value * factor
        if not value or amount >= last or factor >= last:
            return None
        return (
            (amount, factor, end)
            if self._goes_on(amount, factor, last, joint, in_words=not match[2])
            else None
        )

    @staticmethod
    def _goes_on(amount: Decimal, factor: Decimal, last: Decimal, joint: str, *, in_words: bool) -> bool:
        """Whether a part belongs to the number: with a scale of its own, or as the rest of hundreds."""
        if not joint:
            return factor > 1
        return factor > 1 or last == _HUNDRED or (in_words and amount >= _HUNDRED)
