"""The signs that make a number negative: a minus before it or before its currency, or the word for one."""

from __future__ import annotations

import re
from collections.abc import Collection

from steelyard.read.numbers.digits import BLANKS
from steelyard.read.numbers.number_units import NumberUnit

MINUS = "-−"
_WORD = re.compile(rf"\b([A-Za-z]+)[{BLANKS}]$")
_APART = frozenset(("- ", "− "))
_SIGNS = frozenset(MINUS)
_BEFORE = frozenset(" \t\n\u00a0\u2009\u202f([“‘\"'")


class Minus:
    """Finds where a negative number begins, with the words of one language."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = frozenset(words)
        self._ends = tuple(words)

    def before(self, text: str, start: int, begin: int, unit: NumberUnit) -> int | None:
        """Where the sign of a number begins whose figure begins at `begin`; None where there is none."""
        minus = self._beside(text, start, begin)
        if minus is None and text[max(0, begin - 2) : begin] in _APART:
            return self._apart(text, begin, unit)
        return minus

    def _beside(self, text: str, start: int, begin: int) -> int | None:
        """Where the sign of a negative number begins, or None where there is none."""
        if text[begin - 1 : begin] not in _SIGNS and text[start - 1 : start] not in _SIGNS:
            return self.word_before(text, begin)
        for place in (begin, start):
            if place and text[place - 1] in MINUS and (place < 2 or text[place - 2] in _BEFORE):
                return place - 1
            if place != begin and place and text[place - 1] in MINUS:
                return place - 1
        return self.word_before(text, begin)

    def _apart(self, text: str, begin: int, unit: NumberUnit) -> int | None:
        """Where a minus stands apart from its number: a temperature, or all that the text holds."""
        lead = text[max(0, begin - 4) : begin - 2]
        temperature = unit.dimension == "temperature" and lead[:1].isalnum() and lead[1:].isspace()
        alone = not lead.strip() and begin < 5 and not text[unit.end : unit.end + 40].strip(" .\n")
        return begin - 2 if temperature or (alone and len(text) < 60) else None

    def word_before(self, text: str, begin: int) -> int | None:
        """Where the word begins that makes the number after it negative, or None where none does."""
        if not text[max(0, begin - 10) : begin].rstrip().casefold().endswith(self._ends):
            return None
        match = _WORD.search(text, max(0, begin - 10), begin)
        return match.start(1) if match and match[1].casefold() in self._words else None
