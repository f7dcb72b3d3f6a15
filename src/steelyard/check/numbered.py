"""Terms as numbers, so that a million of them can be matched at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from steelyard.check.bind import World
from steelyard.check.network import Flags, Floats, Integers
from steelyard.check.templates import ANY_ITEM, Pattern
from steelyard.check.years import year_before
from steelyard.core.expression import Term

# The name of no document: what all say together.
EVERYWHERE = "\x00"
Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Numbered:
    """Numbers for items (0 is the whole), periods (0 is none) and kinds of terms (measure and operator).

    `earlier` gives the period a year before each that is told. A key is scope, item, period and kind in one.
    """

    kinds: dict[tuple[str, str], int]
    items: dict[str, int]
    periods: dict[str, int]
    earlier: Integers

    @classmethod
    def of(cls, worlds: Iterable[World], patterns: Sequence[Pattern]) -> Numbered:
        """Numbers for all that patterns speak of, and for the items and periods that worlds tell."""
        named = [term for pattern in patterns for term in pattern.terms]
        told = [term for world in worlds for term in world.figures]
        kinds = _numbers((term.measure, term.operator) for term in named)
        items = _numbers(["", *(t.item for t in named if t.item != ANY_ITEM), *(t.item for t in told)])
        years = [period for period in dict.fromkeys(term.period for term in told) if period]
        before = [year_before(period) for period in years]
        periods = _numbers(["", *years, *before])
        return cls(kinds, items, periods, np.array([0, *(periods[period] for period in before)], np.int64))

    def speaks_of(self, term: Term) -> bool:
        """Whether a pattern has terms of this kind."""
        return (term.measure, term.operator) in self.kinds

    def kind(self, term: Term) -> int:
        """The number of a term's measure and operator."""
        return self.kinds[term.measure, term.operator]

    def item(self, term: Term) -> int:
        """The number of a term's item; that of the whole where any is meant."""
        return self.items.get(term.item, 0)

    def period(self, term: Term) -> int:
        """The number of a term's period."""
        return self.periods[term.period]

    def key(self, scope: Integers, item: Integers, period: Integers, kind: Integers | int) -> Integers:
        """The keys of terms by their parts."""
        return ((scope * len(self.items) + item) * len(self.periods) + period) * self._width + kind

    def parts(self, keys: Integers) -> tuple[Integers, Integers, Integers, Integers]:
        """Scope, item, period and kind of keys."""
        rest, kind = np.divmod(keys, self._width)
        rest, period = np.divmod(rest, len(self.periods))
        scope, item = np.divmod(rest, len(self.items))
        return scope, item, period, kind

    def kind_of(self, keys: Integers) -> Integers:
        """The kind of keys."""
        return keys % self._width

    def term(self, key: int) -> tuple[int, Term]:
        """The scope of a key, and its term."""
        rest, kind = divmod(key, self._width)
        rest, period = divmod(rest, len(self.periods))
        scope, item = divmod(rest, len(self.items))
        measure, operator = list(self.kinds)[kind]
        return scope, Term(measure, operator, list(self.items)[item], list(self.periods)[period])

    def before(self, period: Integers, dated: bool) -> Integers:
        """The year before each period, or no period at all."""
        return self.earlier[period] if dated else np.zeros_like(period)

    def years_after(self, period: Integers) -> tuple[Integers, Integers]:
        """Each told period that is a year after one of `period`, with the place of that."""
        later = np.argsort(self.earlier, kind="stable")
        sorted_ = self.earlier[later]
        first, last = np.searchsorted(sorted_, period, "left"), np.searchsorted(sorted_, period, "right")
        row = np.repeat(np.arange(len(period)), last - first)
        within = np.arange(len(row)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
        return row, later[first[row] + within]

    def is_until(self, last: str) -> Flags:
        """For each period, whether it is not after the year `last`."""
        return np.array([not text[:1].isdigit() or text[:4] <= last for text in self.periods], np.bool_)

    @property
    def _width(self) -> int:
        return max(1, len(self.kinds))


def _numbers(names: Iterable[Name]) -> dict[Name, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


def together(keys: Integers, low: Floats, high: Floats) -> tuple[Integers, Floats, Floats]:
    """Each key once, sorted, with what its accounts leave open: what all allow, or where they exclude each
    other what any of them allows. Ends are rounded outward.
    """
    order = np.argsort(keys, kind="stable")
    keys, low, high = keys[order], np.nextafter(low[order], -np.inf), np.nextafter(high[order], np.inf)
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    if not len(keys):
        return keys, low, high
    least, most = np.maximum.reduceat(low, first), np.minimum.reduceat(high, first)
    clash = least > most
    widest = np.minimum.reduceat(low, first), np.maximum.reduceat(high, first)
    return keys[first], np.where(clash, widest[0], least), np.where(clash, widest[1], most)
