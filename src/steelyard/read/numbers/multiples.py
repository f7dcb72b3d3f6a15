"""Words that are a figure by themselves: "doubled", "halved", "twice as many", "fourfold"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from steelyard.read.numbers.digits import BLANKS, Number, plain

_NEXT = re.compile(rf"[{BLANKS}\n]([A-Za-z]+)")
_BEFORE = re.compile(rf"([A-Za-z]+)(?:[{BLANKS}\n]+[a-z]+ly)?[{BLANKS}\n]+$")
Way = Literal["up", "down"]


class Multiple(NamedTuple):
    """A multiple as a number, and the way that its word points by itself."""

    number: Number
    way: Way | None


class Multiples:
    """The words of one language that multiply."""

    def __init__(self, table: Mapping[str, object]) -> None:
        self._moved = _numbers(table, "moved")
        self._base = _numbers(table, "base")
        self._plain = _numbers(table, "plain")
        self._as = _texts(table, "as")
        self._equal = _texts(table, "equal")
        self._not_as = _texts(table, "not_as")
        self._players = _texts(table, "players")
        self._before_verb = _texts(table, "before_verb")
        self._folds = _numbers(table, "folds")
        # All words that may be a figure of this kind.
        self.words = frozenset((*self._moved, *self._base, *self._plain, *self._folds))
        endings = "|".join(sorted(_texts(table, "fold"))) or "(?!)"
        self._fold = re.compile(rf"[-‑]?(?:{endings})(?![\w-])")

    def fold_after(self, text: str, number: Number) -> Number | None:
        """The multiple that a number before "-fold" is, or None where that does not follow."""
        match = self._fold.match(text, number.end)
        if match is None or number.exact or number.scale != 1:
            return None
        return Number(number.start, match.end(), number.digits, exact=True, in_words=True)

    def read(self, text: str, start: int, end: int) -> Multiple | None:
        """The multiple that a word says, or None where it says none ("a double agent")."""
        word = text[start:end].casefold()
        if word in self._folds:
            return self._made(start, end, self._folds[word], None)
        if text[end : end + 1] in ("-", "‑"):
            return None
        if word in self._moved:
            value = self._moved[word]
            if self._is_a_part(text, start, end):
                return None
            return self._made(start, end, value, "up" if value > 1 else "down")
        follower = _NEXT.match(text, end)
        compares = follower is not None and follower[1].casefold() in self._as
        if follower and compares and follower[1].casefold() in self._equal:
            second = _NEXT.match(text, follower.end())
            compares = second is not None and second[1].casefold() not in self._not_as
        if word in self._plain:
            return self._made(start, end, self._plain[word], None) if compares else None
        lead = _BEFORE.search(text, max(0, start - 30), start)
        if lead and lead[1].casefold() in self._before_verb:
            value = self._base[word]
            return self._made(start, end, value, "up" if value > 1 else "down")
        return self._made(start, end, self._base[word], None) if compares and self._base[word] > 1 else None

    def _is_a_part(self, text: str, start: int, end: int) -> bool:
        """Whether somebody plays two parts: "the president, who doubles as finance minister"."""
        follower = _NEXT.match(text, end)
        if follower is None or follower[1] not in self._equal:
            return False
        lead = _BEFORE.search(text, max(0, start - 30), start)
        return lead is not None and lead[1].casefold() in self._players

    def _made(self, start: int, end: int, value: Decimal, way: Way | None) -> Multiple:
        return Multiple(Number(start, end, plain(value), exact=True, in_words=True), way)


def _numbers(table: Mapping[str, object], key: str) -> dict[str, Decimal]:
    values = table.get(key)
    return {str(k): Decimal(str(v)) for k, v in values.items()} if isinstance(values, dict) else {}


def _texts(table: Mapping[str, object], key: str) -> frozenset[str]:
    values = table.get(key)
    return frozenset(map(str, values)) if isinstance(values, list) else frozenset()
