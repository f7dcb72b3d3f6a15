"""Reads numbers written in words, by their grammar and not from a list.

"One hundred and twenty-five thousand", "two and a half million", "two-thirds", "half a dozen", "one in five".
The words and their values are data; each number takes time by its own length only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from steelyard.read.numbers.cardinals import MOST_WORDS, WORD, Cardinals, Read, words_of
from steelyard.read.numbers.digits import Number, as_fraction, fraction, plain
from steelyard.read.numbers.fraction_words import Fractions

_FIRST = re.compile(r"[^\W\d_]+")


class NumberWords:
    """The grammar of the number words of a language."""

    def __init__(self, tables: Mapping[str, Mapping[str, object]], scales: Mapping[str, Decimal]) -> None:
        self._cardinals = Cardinals(tables, scales)
        self._values, self._scales = self._cardinals.values, self._cardinals.scales
        self._fractions = Fractions(tables, self._cardinals)
        self._parts = self._fractions.parts
        joints = tables["number_joints"]
        self._articles = words_of(joints, "articles")
        self._point, self._in = words_of(joints, "point"), words_of(joints, "in")
        self._longest_in = max(map(len, self._in), default=0)
        self._of = words_of(joints, "of")
        of, an = "|".join(self._of), "|".join(self._articles)
        self._scale_of = re.compile(
            rf"(?:[ \u00a0\n-](?:{of}))?(?:[ \u00a0\n-](?:{an}))?[ \u00a0\n-]([^\W\d_]+)"
        )
        self._plurals = words_of(joints, "plural_parts")
        self._hundreds = words_of(joints, "hundreds")
        self._dozens = words_of(joints, "dozens")

    @property
    def ands(self) -> tuple[str, ...]:
        """The words that join the parts of a number."""
        return self._cardinals.ands

    def is_number_word(self, word: str) -> bool:
        """Whether a word, in small letters, can begin a whole number."""
        return word in self._values

    @property
    def first_words(self) -> Iterable[str]:
        """The words by which a number in words can be told."""
        return {*self._values, *self._parts, *self._scales}

    def read(self, text: str, start: int) -> Number | None:
        """The number that begins with the word at `start`, its article before it taken in."""
        first = _FIRST.match(text, start)
        if first is None:
            return None
        word = first[0].casefold()
        begin = self._article_before(text, start)
        if word in self._parts:
            return self._part_alone(text, begin, start, first.end(), word)
        if word in self._scales or word in self._hundreds or word in self._dozens:
            if begin == start and word in self._scales:
                return None
            found = self._cardinals.read(text, start)
            if begin == start and (found is None or not found.groups):
                return None
        else:
            found = self._cardinals.read(text, start)
            if begin != start and found and (part := self._fractions.article_of(text, found)):
                return as_fraction(begin, part[1], part[0], in_words=True)
            begin = start
        if found is None:
            return None
        return self._with_fraction(text, begin, found)

    def after_digits(self, text: str, number: Number) -> Number:
        """A number in digits with the "and a half" that may follow it."""
        if not number.digits.isdigit() or (more := self.part_after(text, number.end)) is None:
            return number
        value = plain(round(Decimal(number.digits) + more[0], 9))
        return Number(number.start, more[1], value, number.scale, number.exact)

    def out_of(self, text: str, number: Number, *, top: Number) -> Number | None:
        """The share of "one in five", where `number` is the whole and `top` the part before it."""
        whole, part = Decimal(number.digits) * number.scale, Decimal(top.digits) * top.scale
        if not 0 < part < whole or not (whole.is_finite() and part == int(part) and whole == int(whole)):
            return None
        return fraction(top.start, number.end, int(part), int(whole), in_words=True)

    def link_in(self, text: str, end: int) -> int | None:
        """Where the words end that set a part against its whole ("in", "out of every"), if they follow."""
        if not text[end + 1 : end + 1 + self._longest_in].casefold().startswith(self._in):
            return None
        for words in self._in:
            stop = end + len(words) + 1
            if text[end : end + 1].isspace() and text[end + 1 : stop].casefold() == words:
                return stop + 1 if text[stop : stop + 1].isspace() else None
        return None

    def _with_fraction(self, text: str, start: int, read: Read) -> Number | None:
        """The number read, with what may follow: parts ("thirds"), "and a half", decimals after "point"."""
        value = read.total + (read.group or 0)
        if part := self._fractions.after(text, start, read):
            return self._of_scale(text, as_fraction(start, part[1], part[0], in_words=True))
        if self._fractions.is_ordinal(text, read):
            return None
        match = WORD.match(text, read.end)
        if match and match[1].casefold() in self._point and (decimals := self._decimals(text, match.end())):
            return self._scaled_number(text, start, decimals[1], f"{plain(value)}.{decimals[0]}")
        tens = read.groups == 0 and value % 10 == 0 and 20 <= value <= 90
        more = (self._mixed_after(text, read.end) if tens else None) or self.part_after(text, read.end)
        if more and read.groups == 0:
            return self._scaled_number(text, start, more[1], plain(round(value + more[0], 9)))
        if read.groups == 1 and read.group is None:
            return self._of_one_scale(text, start, read, more)
        if more:
            return Number(start, more[1], plain(round(value + more[0], 9)), in_words=True)
        return Number(start, read.end, plain(value), in_words=True)

    def _of_one_scale(
        self, text: str, start: int, read: Read, more: tuple[Decimal, int] | None
    ) -> Number | None:
        """A number of a single scale word, with the part that may follow: "two million and a half"."""
        digits = read.total / read.scale
        if more is None:
            return Number(start, read.end, plain(digits), read.scale, in_words=True)
        factor, end = self.scale_at(text, more[1]) or (read.scale, more[1])
        digits += more[0] * factor / read.scale
        return Number(start, end, plain(round(digits, 9)), read.scale, in_words=True)

    def scale_at(self, text: str, position: int) -> tuple[Decimal, int] | None:
        """The factor of the scale word at a place, and where it ends."""
        match = WORD.match(text, position)
        factor = self._scales.get(match[1].casefold()) if match else None
        return (factor, match.end()) if match and factor else None

    def _is_of(self, text: str, end: int) -> bool:
        """Whether the next word makes the number before it a part of something."""
        match = WORD.match(text, end)
        return match is not None and match[1].casefold() in self._of

    def _decimals(self, text: str, position: int) -> tuple[str, int] | None:
        """The digits that follow "point", and where they end."""
        digits = ""
        while len(digits) < MOST_WORDS and (match := WORD.match(text, position)):
            value = self._values.get(match[1].casefold())
            if value is None or value > 90:
                break
            tens = digits[-1:] == "0" and len(digits) > 1 and value < 10 and text[position] == "-"
            digits, position = (digits[:-1] if tens else digits) + plain(value), match.end()
        return (digits, position) if digits else None

    def _mixed_after(self, text: str, position: int) -> tuple[Decimal, int] | None:
        """The ones and the part after tens, each after an "and": "twenty and three and three fifths"."""
        joint = WORD.match(text, position)
        if joint is None or joint[1].casefold() not in self.ands:
            return None
        ones = WORD.match(text, joint.end())
        value = self._values.get(ones[1].casefold()) if ones else None
        if ones is None or value is None or not 0 < value < 10:
            return None
        part = self.part_after(text, ones.end())
        return (value + part[0], part[1]) if part else None

    def part_after(self, text: str, position: int) -> tuple[Decimal, int] | None:
        """The part that follows a number after "and", with its end: "and a half", "and three fifths"."""
        joint = WORD.match(text, position)
        if joint is None or joint[1].casefold() not in self.ands:
            return None
        part = self._fractions.at(text, joint.end())
        return None if part is None or self._is_of(text, part[1]) else part

    def _scaled_number(self, text: str, start: int, end: int, digits: str) -> Number:
        """A number with decimals, and the scale word after it if there is one."""
        match = WORD.match(text, end)
        scale = self._scales.get(match[1].casefold()) if match else None
        if match is None or scale is None:
            return Number(start, end, digits, in_words=True)
        return Number(start, match.end(), digits, scale, in_words=True)

    def _article_before(self, text: str, start: int) -> int:
        """Where the article right before a word begins, or the word itself where there is none."""
        lead = text[max(0, start - 4) : start]
        word = lead.rstrip(" \u00a0\n-").rpartition(" ")[2].rpartition("\n")[2]
        if lead[-1:] in (" ", "\u00a0", "\n", "-") and word.casefold() in self._articles:
            return start - len(lead) + lead.rindex(word)
        return start

    def _part_alone(self, text: str, begin: int, start: int, end: int, word: str) -> Number | None:
        """A part without a number before it: "a third", "half a million", "half of"."""
        bottom = self._parts[word]
        if word in self._plurals:
            return None
        if bottom == 2:
            return self._half(text, begin, start, end)
        found = self._of_scale(text, fraction(begin, end, 1, bottom, in_words=True))
        return found if begin != start or (found and found.scale != 1) else None

    def _of_scale(self, text: str, part: Number | None) -> Number | None:
        """A part, or the number that it is of a scale word: "a quarter of a million", "a quarter million"."""
        match = self._scale_of.match(text, part.end) if part else None
        scale = self._scales.get(match[1].casefold()) if match else None
        if part is None or match is None or scale is None:
            return part
        return Number(part.start, match.end(), part.digits, scale, in_words=True)

    def _half(self, text: str, begin: int, start: int, end: int) -> Number | None:
        """A half, and what it is half of where that is a number: "half a million", "half a dozen"."""
        position = end
        match = WORD.match(text, position)
        if match and match[1].casefold() in self._articles:
            position = match.end()
            match = WORD.match(text, position)
        word = match[1].casefold() if match else ""
        if match and word in self._scales:
            return Number(begin, match.end(), "0.5", self._scales[word], in_words=True)
        if match and word in self._dozens:
            return Number(begin, match.end(), plain(self._values[word] / 2), in_words=True)
        return Number(begin, end, "0.5", exact=True, in_words=True)
