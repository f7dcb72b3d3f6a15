"""Reads whole numbers written in words, by their grammar: "one hundred and twenty-five thousand"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

MOST_WORDS = 14
WORD = re.compile(r"[ \u00a0\n-]{0,3}([^\W\d_]+)")
_ONE = Decimal(1)
_HUNDRED = Decimal(100)


class Read(NamedTuple):
    """What has been read of a number: closed groups, the open one, and the scale of the last."""

    end: int
    total: Decimal = Decimal(0)
    group: Decimal | None = None
    scale: Decimal = _ONE
    groups: int = 0


class Cardinals:
    """The grammar of the whole numbers of a language."""

    def __init__(self, tables: Mapping[str, Mapping[str, object]], scales: Mapping[str, Decimal]) -> None:
        self.values = {w.casefold(): Decimal(str(v)) for w, v in tables["numbers"].items()}
        self.scales = {word: factor for word, factor in scales.items() if factor >= 1000 and len(word) > 3}
        joints = tables["number_joints"]
        self.ands = words_of(joints, "and")
        self.hundreds = words_of(joints, "hundreds")
        self.dozens = words_of(joints, "dozens")

    def read(self, text: str, start: int) -> Read | None:
        """A whole number in words: as many words as belong to it."""
        read = Read(start)
        position, joined = start, False
        for _ in range(MOST_WORDS):
            match = WORD.match(text, position)
            if match is None or (position > start and match.start(1) == position):
                break
            word = match[1].casefold()
            if word in self.ands and read.end > start and not joined:
                position, joined = match.end(), True
                continue
            after = self._grown(read, word, match.end(), joined=joined)
            if after is None:
                break
            read, position, joined = after, match.end(), False
        return read if read.end > start else None

    def _grown(self, read: Read, word: str, end: int, *, joined: bool) -> Read | None:
        """The number with one more word, or None where the word does not go on with it."""
        if word in self.scales:
            return None if joined else self._scaled(read, self.scales[word], end)
        value = self.values.get(word)
        if value is None or (joined and not self._takes_and(read)):
            return None
        group = read.group
        if word in self.hundreds:
            group = _HUNDRED if group is None else group * 100 if group < 100 else None
        elif word in self.dozens:
            group = value if group is None else self._of_dozens(group, value)
        elif group is None:
            group = value
        elif (group >= 100 and group % 100 == 0 and value < 100) or (
            group % 100 >= 20 and group % 10 == 0 and 0 < value < 10 and not joined
        ):
            group += value
        else:
            return None
        return None if group is None else Read(end, read.total, group, read.scale, read.groups)

    @staticmethod
    def _of_dozens(group: Decimal, dozen: Decimal) -> Decimal:
        """So many dozens: of "three hundred and two dozens", the two only."""
        rest = group % 100 if group > 100 else 0
        return group - rest + rest * dozen if rest else group * dozen

    @staticmethod
    def _takes_and(read: Read) -> bool:
        """Whether "and" may stand here: after hundreds, or after thousands that end the number so far."""
        if read.group is None:
            return read.scale == 1000
        return read.group >= 100 and read.group % 100 == 0

    @staticmethod
    def _scaled(read: Read, scale: Decimal, end: int) -> Read | None:
        """The number with a scale word: it closes the open group, or multiplies the one just closed."""
        if read.group is None:
            if read.groups:  # "three lakh crore"
                return (
                    Read(end, read.total * scale, None, read.scale * scale, 1) if read.groups == 1 else None
                )
            return Read(end, scale, None, scale, 1)
        if read.groups and scale >= read.scale:
            return None
        return Read(end, read.total + read.group * scale, None, scale, read.groups + 1)


def words_of(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    """A list of words of a table; empty where there is none."""
    values = table.get(key)
    return tuple(str(value) for value in values) if isinstance(values, list) else ()
