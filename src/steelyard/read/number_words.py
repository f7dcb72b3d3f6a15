"""Reads numbers written in words, by their grammar and not from a list.

"One hundred and twenty-five thousand", "two and a half million", "two-thirds", "half a dozen", "one in five".
The words and their values are data; each number takes time by its own length only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from steelyard.read.digits import Number, fraction, plain

MOST_WORDS = 14
_WORD = re.compile(r"[ \u00a0\n-]{0,3}([A-Za-z]+)")
_FIRST = re.compile(r"[A-Za-z]+")
_ONE = Decimal(1)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Read:
    """What has been read of a number: closed groups, the open one, and the scale of the last."""

    end: int
    total: Decimal = Decimal(0)
    group: Decimal | None = None
    scale: Decimal = _ONE
    groups: int = 0


class NumberWords:
    """The grammar of the number words of a language."""

    def __init__(self, tables: Mapping[str, Mapping[str, object]], scales: Mapping[str, Decimal]) -> None:
        self._values = {w.casefold(): Decimal(str(v)) for w, v in tables["numbers"].items()}
        self._parts = {w.casefold(): int(str(v)) for w, v in tables["fractions"].items()}
        self._scales = {word: factor for word, factor in scales.items() if factor >= 1000 and len(word) > 3}
        joints = tables["number_joints"]
        self._and, self._articles = _texts(joints, "and"), _texts(joints, "articles")
        self._point, self._in = _texts(joints, "point"), _texts(joints, "in")
        self._of = _texts(joints, "of")
        of, an = "|".join(self._of), "|".join(self._articles)
        self._scale_of = re.compile(
            rf"(?:[ \u00a0\n-](?:{of}))?(?:[ \u00a0\n-](?:{an}))?[ \u00a0\n-]([A-Za-z]+)"
        )
        self._plurals = _texts(joints, "plural_parts")
        self._hundreds = _texts(joints, "hundreds")
        self._dozens = _texts(joints, "dozens")

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
            found = self._cardinal(text, start)
            if begin == start and (found is None or not found.groups):
                return None
        else:
            begin, found = start, self._cardinal(text, start)
        if found is None:
            return None
        return self._with_fraction(text, begin, found)

    def after_digits(self, text: str, number: Number) -> Number:
        """A number in digits with the "and a half" that may follow it."""
        if not number.digits.isdigit() or (more := self._part_after(text, number.end)) is None:
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
        for words in self._in:
            stop = end + len(words) + 1
            if text[end : end + 1].isspace() and text[end + 1 : stop].casefold() == words:
                return stop + 1 if text[stop : stop + 1].isspace() else None
        return None

    def _cardinal(self, text: str, start: int) -> _Read | None:
        """A whole number in words: as many words as belong to it."""
        read = _Read(start)
        position, joined = start, False
        for _ in range(MOST_WORDS):
            match = _WORD.match(text, position)
            if match is None or (position > start and match.start(1) == position):
                break
            word = match[1].casefold()
            if word in self._and and read.end > start and not joined:
                position, joined = match.end(), True
                continue
            after = self._grown(read, word, match.end(), joined=joined)
            if after is None:
                break
            read, position, joined = after, match.end(), False
        return read if read.end > start else None

    def _grown(self, read: _Read, word: str, end: int, *, joined: bool) -> _Read | None:
        """The number with one more word, or None where the word does not go on with it."""
        if word in self._scales:
            return None if joined else self._scaled(read, self._scales[word], end)
        value = self._values.get(word)
        if value is None or (joined and not self._takes_and(read)):
            return None
        group = read.group
        if word in self._hundreds:
            group = _HUNDRED if group is None else group * 100 if group < 100 else None
        elif word in self._dozens:
            group = value if group is None else group * value if group < 100 else None
        elif group is None:
            group = value
        elif (group >= 100 and group % 100 == 0 and value < 100) or (
            group % 100 >= 20 and group % 10 == 0 and 0 < value < 10 and not joined
        ):
            group += value
        else:
            return None
        return None if group is None else _Read(end, read.total, group, read.scale, read.groups)

    @staticmethod
    def _takes_and(read: _Read) -> bool:
        """Whether "and" may stand here: after hundreds, or after thousands that end the number so far."""
        if read.group is None:
            return read.scale == 1000
        return read.group >= 100 and read.group % 100 == 0

    @staticmethod
    def _scaled(read: _Read, scale: Decimal, end: int) -> _Read | None:
        """The number with a scale word: it closes the open group, or multiplies the one just closed."""
        if read.group is None:
            if read.groups:  # "three lakh crore"
                return (
                    _Read(end, read.total * scale, None, read.scale * scale, 1) if read.groups == 1 else None
                )
            return _Read(end, scale, None, scale, 1)
        if read.groups and scale >= read.scale:
            return None
        return _Read(end, read.total + read.group * scale, None, scale, read.groups + 1)

    def _with_fraction(self, text: str, start: int, read: _Read) -> Number | None:
        """The number read, with what may follow: parts ("thirds"), "and a half", decimals after "point"."""
        value = read.total + (read.group or 0)
        match = _WORD.match(text, read.end)
        word = match[1].casefold() if match else ""
        bottom = self._parts.get(word)
        if match and bottom and read.groups == 0 and self._fits_part(text, match, value, word, bottom):
            return self._of_scale(text, fraction(start, match.end(), int(value), bottom, in_words=True))
        if match and word in self._point and (decimals := self._decimals(text, match.end())):
            return self._scaled_number(text, start, decimals[1], f"{plain(value)}.{decimals[0]}")
        if read.groups == 0 and (more := self._part_after(text, read.end)):
            return self._scaled_number(text, start, more[1], plain(round(value + more[0], 9)))
        if read.groups == 1 and read.group is None:
            if more := self._part_after(text, read.end):  # "two million and a half"
                digits = plain(round(value / read.scale + more[0], 9))
                return Number(start, more[1], digits, read.scale, in_words=True)
            return Number(start, read.end, plain(value / read.scale), read.scale, in_words=True)
        return Number(start, read.end, plain(value), in_words=True)

    def _fits_part(self, text: str, match: re.Match[str], value: Decimal, word: str, bottom: int) -> bool:
        """Whether a word such as "third" makes a part of the number before it: "two thirds", "one third"."""
        if not 0 < value < 100 or value >= bottom * 10:
            return False
        hyphen = "-" in text[match.start() : match.start(1)]
        if value == 1:
            return word not in self._plurals
        if word not in self._plurals:
            return False
        # Three quarters may be nine months; with a hyphen or "of" they are a part.
        return hyphen or bottom != 4 or self._is_of(text, match.end())

    def _is_of(self, text: str, end: int) -> bool:
        """Whether the next word makes the number before it a part of something."""
        match = _WORD.match(text, end)
        return match is not None and match[1].casefold() in self._of

    def _decimals(self, text: str, position: int) -> tuple[str, int] | None:
        """The digits that follow "point", and where they end."""
        digits = ""
        while len(digits) < MOST_WORDS and (match := _WORD.match(text, position)):
            value = self._values.get(match[1].casefold())
            if value is None or value > 90:
                break
            tens = digits[-1:] == "0" and len(digits) > 1 and value < 10 and text[position] == "-"
            digits, position = (digits[:-1] if tens else digits) + plain(value), match.end()
        return (digits, position) if digits else None

    def _part_after(self, text: str, position: int) -> tuple[Decimal, int] | None:
        """The part that follows a number after "and", with its end: "and a half", "and three fifths"."""
        joint = _WORD.match(text, position)
        if joint is None or joint[1].casefold() not in self._and:
            return None
        count = _WORD.match(text, joint.end())
        part = _WORD.match(text, count.end()) if count else None
        if count is None or part is None:
            return None
        word, bottom = count[1].casefold(), self._parts.get(part[1].casefold())
        top = _ONE if word in self._articles else self._values.get(word)
        if (
            bottom is None
            or top is None
            or top >= bottom
            or (top > 1) != (part[1].casefold() in self._plurals)
        ):
            return None
        return None if self._is_of(text, part.end()) else (top / bottom, part.end())

    def _scaled_number(self, text: str, start: int, end: int, digits: str) -> Number:
        """A number with decimals, and the scale word after it if there is one."""
        match = _WORD.match(text, end)
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
        match = _WORD.match(text, position)
        if match and match[1].casefold() in self._articles:
            position = match.end()
            match = _WORD.match(text, position)
        word = match[1].casefold() if match else ""
        if match and word in self._scales:
            return Number(begin, match.end(), "0.5", self._scales[word], in_words=True)
        if match and word in self._dozens:
            return Number(begin, match.end(), plain(self._values[word] / 2), in_words=True)
        return Number(begin, end, "0.5", exact=True, in_words=True)


def _texts(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    values = table.get(key)
    return tuple(str(value) for value in values) if isinstance(values, list) else ()
