"""Reads fractions in words: "three fifths", "a twenty-first", "two and fifty-four hundredths".

What is divided and what it is divided by are both numbers in words, so that they are told apart by where the
one cannot go on: "twenty twenty-fifths" is 20 in 25, "one hundred and thirty fifths" 130 in 5. After "and"
a proper fraction is added: "one hundred and three quarters".
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from steelyard.read.numbers.cardinals import WORD, Cardinals, Read, words_of

QUARTER = 4
_ONE = Decimal(1)
_HUNDRED = Decimal(100)
Part = tuple[Decimal, int]


class Fractions:
    """The grammar of the fractions of a language; each comes as its value and where it ends."""

    def __init__(self, tables: Mapping[str, Mapping[str, object]], cardinals: Cardinals) -> None:
        self.parts = {w.casefold(): int(str(v)) for w, v in tables["fractions"].items()}
        self._cardinals = cardinals
        joints = tables["number_joints"]
        self._firsts = dict.fromkeys(words_of(joints, "firsts"), 1)
        self._plurals = frozenset((*words_of(joints, "plural_parts"), *list(self._firsts)[1:]))
        self._never_ordinal = frozenset(words_of(joints, "no_ordinals"))
        self._articles, self._of = words_of(joints, "articles"), words_of(joints, "of")

    def after(self, text: str, start: int, read: Read) -> Part | None:
        """The fraction whose upper number has been read from `start`, or None where no part follows it."""
        match = WORD.match(text, read.end)
        if match is None:
            return None
        word = match[1].casefold()
        if word in self.parts or word in self._firsts:
            return self._split(text, start, read, word, match.end())
        if word in self._cardinals.values:
            return self._over(read.total + (read.group or 0), self._ordinal(text, match.start(1)))
        return None

    def at(self, text: str, position: int) -> Part | None:
        """A proper fraction that begins with a number word or an article: "a half", "three fifths"."""
        first = WORD.match(text, position)
        if first is None:
            return None
        if first[1].casefold() not in self._articles:
            read = self._cardinals.read(text, first.start(1))
            found = self.after(text, first.start(1), read) if read else None
        else:
            found = self._over(_ONE, self._ordinal(text, first.end()))
        return found if found and found[0] < 1 else None

    def is_ordinal(self, text: str, read: Read) -> bool:
        """Whether the word after a number makes it an ordinal, as in "the twenty-first century"."""
        if text[read.end : read.end + 1] != "-" or not (match := WORD.match(text, read.end)):
            return False
        word, value = match[1].casefold(), read.total + (read.group or 0)
        return word not in self._plurals and self._compound(value, word) is not None

    def article_of(self, text: str, read: Read) -> Part | None:
        """The fraction of an article and an ordinal of several words, as "a twenty-first"."""
        match = WORD.match(text, read.end)
        if match is None:
            return None
        word = match[1].casefold()
        bottom = self._compound(read.total + (read.group or 0), word)
        return (1 / bottom, match.end()) if bottom and word not in self._plurals else None

    def _over(self, top: Decimal, ordinal: tuple[Decimal, int, bool] | None) -> Part | None:
        """A number over an ordinal, which is in the plural if the number is more than one."""
        if ordinal is None or not top or (top != 1) != ordinal[2]:
            return None
        return top / ordinal[0], ordinal[1]

    def _ordinal(self, text: str, position: int) -> tuple[Decimal, int, bool] | None:
        """An ordinal with its end, and whether it is in the plural."""
        read = self._cardinals.read(text, position)
        match = WORD.match(text, read.end if read else position)
        if match is None:
            return None
        word = match[1].casefold()
        if read and word in self._cardinals.ands and (last := WORD.match(text, match.end())):
            match, word = last, last[1].casefold()
        if read is not None:
            bottom = self._compound(read.total + (read.group or 0), word)
        else:
            bottom = Decimal(self.parts[word]) if word in self.parts else None
        return (bottom, match.end(), word in self._plurals) if bottom else None

    def _compound(self, value: Decimal, word: str) -> Decimal | None:
        """The ordinal of a number and an ordinal word after it: "twenty-first", "two hundredth"."""
        last = self.parts.get(word) or self._firsts.get(word)
        if last is None or word in self._never_ordinal or not value:
            return None
        if (last < 10 and value % 10 == 0 and value % 100 >= 20) or (last < 100 and value % 100 == 0):
            return value + last
        is_scale = last >= 100 and (last == 100 or last in self._cardinals.scales.values())
        return value * last if is_scale and value < 1000 else None

    def _split(self, text: str, start: int, read: Read, word: str, end: int) -> Part | None:
        """A fraction of one run of words, told apart into its upper and its lower number."""
        value, plural = read.total + (read.group or 0), word in self._plurals
        starts = [match.start(1) for match in WORD.finditer(text, start, read.end)]
        for number, place in enumerate(starts[1:], 1):
            before = starts[number - 1]
            if text[before:place].strip(" -\u00a0\n").casefold() in self._cardinals.ands:
                if mixed := self._mixed(text, start, before, place, end):
                    return mixed
            elif found := self._at_split(text, start, place, word, end):
                return found
        bottom = self.parts.get(word)
        if bottom is None or not value or (value != 1) != plural:
            return None
        # Three quarters may be nine months; with a hyphen, "of" or a scale word they are a part.
        if (
            bottom == QUARTER
            and word in self._never_ordinal
            and plural
            and not self._is_sure(text, read, end)
        ):
            return None
        return value / bottom, end

    def _mixed(self, text: str, start: int, joint: int, place: int, end: int) -> Part | None:
        """A whole number and the proper fraction after its "and"."""
        whole = self._cardinals.read(text[start:joint], 0)
        part = self.at(text, place)
        if (
            whole is None
            or part is None
            or part[1] != end
            or text[start + whole.end : joint].strip(" -\u00a0\n")
        ):
            return None
        return whole.total + (whole.group or 0) + part[0], end

    def _at_split(self, text: str, start: int, place: int, word: str, end: int) -> Part | None:
        """The fraction whose lower number begins at a place, where the words before it are a number."""
        if text[place - 1] == "-":
            return None
        top = self._cardinals.read(text[start:place], 0)
        below = self._cardinals.read(text, place)
        if top is None or below is None or text[start + top.end : place].strip(" \u00a0\n"):
            return None
        first = WORD.match(text, place)
        lead = self._cardinals.values.get(first[1].casefold(), _HUNDRED) if first else _HUNDRED
        tens = top.group is not None and top.group % 100 >= 20 and top.group % 10 == 0 and top.scale == 1
        if lead >= _HUNDRED or (tens and lead < 10):
            return None
        value = below.total + (below.group or 0)
        bottom = self._compound(value, word)
        if bottom is None or bottom >= 2 * value or self._lower_is_scale(word):
            return None
        return self._over(top.total + (top.group or 0), (bottom, end, word in self._plurals))

    def _lower_is_scale(self, word: str) -> bool:
        """Whether an ordinal is one of a scale: "three hundred twenty thousandths" are 320."""
        return self.parts.get(word, 1) >= 100

    def _is_sure(self, text: str, read: Read, end: int) -> bool:
        """Whether quarters are parts: with a hyphen, before "of" or a scale word, or alone in their text."""
        match = WORD.match(text, end)
        word = match[1].casefold() if match else ""
        if text[read.end : read.end + 1] == "-" or word in self._of or word in self._cardinals.scales:
            return True
        return len(text) < 80 and not match and len(text.split()) <= 8
