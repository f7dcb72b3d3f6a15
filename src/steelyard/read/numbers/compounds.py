"""Reads amounts said in two units, the second a part of the first: "3 dollars 50 cents", "5 feet 2 inches".

A smaller number without a unit ends an amount of money too, where the sentence ends with it: "15 dollars 50".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from steelyard.core.vocabulary import Entry
from steelyard.read.numbers.digits import BLANKS, plain
from steelyard.read.numbers.figure import Figure
from steelyard.read.numbers.number_words import NumberWords
from steelyard.read.numbers.units_found import UnitWords

_HUNDRED = Decimal(100)
_MARK = re.compile(rf"[{BLANKS}]?([^\s\w.,;:]|[a-z]+)(?!\w)")
_ENDS = re.compile(rf"(?:[.!?]?[{BLANKS}]*(?:$|\n)|[.!?](?=[{BLANKS}\n])|[;)])")


class Compounds:
    """Ends amounts by their smaller unit, with the units and number words of one language."""

    def __init__(
        self, entries: Iterable[Entry], units: UnitWords, words: NumberWords, more: frozenset[str]
    ) -> None:
        self._units, self._words, self._more = units, words, more
        self._parts: dict[str, Decimal] = {}
        self._marks: dict[str, tuple[str, ...]] = {}
        self._smaller: dict[str, tuple[str, ...]] = {}
        ands = "|".join(words.ands)
        self._next = re.compile(
            rf"(?:[{BLANKS}](?P<and>{ands}))?[{BLANKS}]"
            r"(?:(?P<digits>\d{1,2})(?![\w.,:/%-]\d|\d)|(?P<word>[^\W\d_]+))"
        )
        for entry in entries:
            for whole in entry.texts("part_of"):
                self._smaller[whole] = (*self._smaller.get(whole, ()), entry.id)
                self._parts[entry.id] = entry.number("parts")
                self._marks[entry.id] = entry.texts("marks")

    def whole(self, text: str, figure: Figure) -> Figure:
        """A figure with the smaller amount after it added; itself where there is none."""
        smaller = self._smaller.get(figure.unit or "") or ()
        if not (smaller or figure.dimension == "money") or figure.scale != 1 or "." in figure.digits:
            return figure
        match = self._next.match(text, figure.end)
        found = self._rest(text, match) if match else None
        if found is None:
            return figure
        amount, end = found
        unit = self._units.after_number(text, end)
        if unit is not None:
            return self._ended(figure, amount, unit.unit, unit.edge) if unit.unit in smaller else figure
        if (mark := self._mark(text, end, smaller)) is not None:
            return self._with_rest(text, self._ended(figure, amount, mark[0], mark[1]), mark[0])
        if figure.dimension == "money" and self._is_last_part(text, match, amount, end):
            return self._sum(figure, amount, _HUNDRED, end)
        return figure

    def _is_last_part(self, text: str, match: re.Match[str] | None, amount: Decimal, end: int) -> bool:
        """Whether a number without unit ends an amount of money: "15 dollars 50", "one dollar and two"."""
        if amount >= 10:
            return self._is_last(text, end)
        following = self._next.match(text, end)
        goes_on = following is not None and following["and"] and following["word"]
        if match is None or not (match["and"] and match["word"] and goes_on):
            return False
        return self._words.is_number_word(match["word"].casefold()) and self._words.is_number_word(
            following["word"].casefold() if following else ""
        )

    def _with_rest(self, text: str, figure: Figure, unit: str) -> Figure:
        """An amount that ended with a tenth, and the hundredths that may end the sentence after it."""
        parts = self._parts[unit] * 10
        match = self._next.match(text, figure.end) if parts == _HUNDRED else None
        found = self._rest(text, match) if match else None
        if found is None or found[0] >= 10 or not self._is_last(text, found[1]):
            return figure
        return self._sum(figure, found[0], parts, found[1])

    def _rest(self, text: str, match: re.Match[str]) -> tuple[Decimal, int] | None:
        """The number of the smaller unit, in digits or words, and where it ends."""
        if match["digits"]:
            return Decimal(match["digits"]), match.end()
        if not self._words.is_number_word(match["word"].casefold()):
            return None
        begin = match.start("word")
        number = self._words.read(text, begin)
        if number is None or number.exact or number.scale != 1 or number.start != begin:
            return None
        return Decimal(number.digits), number.end

    def _mark(self, text: str, end: int, smaller: tuple[str, ...]) -> tuple[str, int] | None:
        """The smaller unit by a mark that stands for it only behind a larger one: "5 ft 2 in"."""
        match = _MARK.match(text, end)
        unit = next((each for each in smaller if match and match[1] in self._marks[each]), None)
        return (unit, match.end()) if match and unit else None

    def _is_last(self, text: str, end: int) -> bool:
        """Whether a sentence ends here, or goes on as it does after an amount ("15 dollars 50 more")."""
        if _ENDS.match(text, end):
            return True
        match = _MARK.match(text, end)
        return match is not None and match[1] in self._more

    def _ended(self, figure: Figure, amount: Decimal, unit: str, end: int) -> Figure:
        parts = self._parts[unit]
        return self._sum(figure, amount, parts, end) if amount < parts else figure

    @staticmethod
    def _sum(figure: Figure, amount: Decimal, parts: Decimal, end: int) -> Figure:
        """The figure with so many parts more, to the hundredth or, in other parts, exact."""
        value = Decimal(figure.digits) + amount / parts
        is_decimal = parts == _HUNDRED
        digits = f"{value:.2f}" if is_decimal else plain(round(value, 9))
        return figure._replace(end=end, outer_end=end, digits=digits, exact=not is_decimal)
