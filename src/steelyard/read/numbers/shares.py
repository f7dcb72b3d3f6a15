"""Reads a share of a whole that both are numbers: "one in five", "7 out of 10", "one over three"."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from steelyard.read.numbers.candidates import Candidates
from steelyard.read.numbers.digits import Number, as_fraction, read_digits
from steelyard.read.numbers.minus import Minus
from steelyard.read.numbers.number_words import NumberWords
from steelyard.read.numbers.units_found import UnitWords


class Shares:
    """Finds the shares of one language."""

    def __init__(
        self,
        words: NumberWords,
        units: UnitWords,
        candidates: Candidates,
        joints: Mapping[str, frozenset[str]],
        minus: Minus,
    ) -> None:
        self._words, self._units, self._candidates, self._minus = words, units, candidates, minus
        self._over = tuple(f" {word} " for word in joints["over"])
        self._loose_in = joints["loose_in"]

    def of(self, text: str, part: Number) -> Number | None:
        """The share that "one in five" or "7 out of 10" is, where a whole follows the number."""
        if text.startswith(self._over, part.end):
            return self._quotient(text, part)
        stop = self._words.link_in(text, part.end)
        match = self._candidates.at(text, stop) if stop else None
        if stop is None or match is None or part.exact or part.scale != 1:
            return None
        if match[0][0].isalpha():
            whole = self._words.read(text, stop)
        else:
            whole = read_digits(text, stop, match.end())
        if whole is None or whole.exact or len(whole.digits) > 4 or "." in whole.digits + part.digits:
            return None
        follower = self._units.after_number(text, whole.end)
        if follower is not None and follower.dimension not in ("person", "count"):
            return None
        if whole.start != stop or self._units.before_number(text, stop):
            return None
        loose = text[part.end : stop].strip().casefold() in self._loose_in
        if loose and int(whole.digits) > 20 and not whole.in_words and int(whole.digits) % 10:
            return None
        return self._words.out_of(text, whole, top=part)

    def _quotient(self, text: str, part: Number) -> Number | None:
        """The quotient of "one over three" standing alone or after "minus"; elsewhere "over" hedges."""
        word = next(word for word in self._over if text.startswith(word, part.end))
        match = self._candidates.at(text, part.end + len(word))
        if match is None or part.exact:
            return None
        in_words = match[0][0].isalpha()
        below = self._words.read(text, match.start()) if in_words else read_digits(text, *match.span())
        if below is None or below.exact or below.start != match.start() or not Decimal(below.digits):
            return None
        found = as_fraction(
            part.start, below.end,
            Decimal(part.digits) * part.scale / (Decimal(below.digits) * below.scale), in_words=True,
        )  # fmt: skip
        return (
            found if is_alone(text, found) or self._minus.word_before(text, part.start) is not None else None
        )


def is_alone(text: str, number: Number) -> bool:
    """Whether a text holds nothing but the number, as a cell of a table does."""
    if len(text) > number.end - number.start + 40:
        return False
    return number.end - number.start >= len(text.strip(" .\n"))
