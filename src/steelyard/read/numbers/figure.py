"""A figure as it stands in the text: digits, scale, unit and hedge, before anything is known of its meaning.

It keeps its digits as written; what interval they leave open is decided when its status is known, since a
target is exact and a measurement is not.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Literal, NamedTuple

from steelyard.core.interval import WIDEST_ABOUT, Hedge, Interval, Precision

Join = Literal["from", "to", "conversion"]
ROUNDED = 1000  # smaller counts are printed in full
_LOOSE = ("about", "nearly")


class Figure(NamedTuple):
    """A number in the text. `start` and `end` span number, scale and unit; `digits` is the plain numeral.

    `unit` is an id of the units, or None. `outer_start` and `outer_end` take in its hedge before or after it.
    `join` says that it is an end of a change, or a conversion of the figure before. A range has a second
    numeral with a scale of its own. Parts and multiples in words are `exact`, unless hedged; `way` is where
    the word itself points, as "doubled" points up.
    """

    start: int
    end: int
    digits: str
    scale: Decimal
    unit: str | None
    dimension: str | None
    hedge: Hedge | None = None
    outer_start: int = 0
    outer_end: int = 0
    join: Join | None = None
    high_digits: str | None = None
    high_scale: Decimal = Decimal(1)
    negative: bool = False
    exact: bool = False
    way: Literal["up", "down"] | None = None

    @property
    def is_range(self) -> bool:
        """Whether it has two ends."""
        return self.high_digits is not None

    @property
    def is_bare(self) -> bool:
        """Whether it has neither unit nor scale."""
        return self.unit is None and self.scale == 1

    @property
    def amount(self) -> Decimal:
        """Its numeral, the low one of a range, in single units and without its sign."""
        return Decimal(self.digits) * self.scale

    @property
    def value(self) -> Decimal | None:
        """The number as printed, in single units; None for a range."""
        if self.is_range:
            return None
        return -self.amount if self.negative else self.amount

    def moved(self, offset: int) -> Figure:
        """The same figure with the offsets of a text in which its own begins at `offset`."""
        start, end, digits, scale, unit, dimension, hedge, outer_start, outer_end, *others = self
        outer = (outer_start + offset, outer_end + offset)
        return _new_figure(
            (start + offset, end + offset, digits, scale, unit, dimension, hedge, *outer, *others)
        )

    def interval(self, *, exact: bool = False, hedge: Hedge | None = None) -> Interval:
        """What the printed number leaves open, in single units; nothing if it is `exact`.

        `hedge` is one that it takes over from another figure where it has none of its own.
        """
        found = self._end(self.digits, self.scale, exact, self.hedge or hedge)
        if self.high_digits is not None:
            found = found.hull(self._end(self.high_digits, self.high_scale, exact, self.hedge or hedge))
        return -found if self.negative else found

    def _end(self, digits: str, scale: Decimal, exact: bool, hedge: Hedge | None) -> Interval:
        """What one numeral leaves open."""
        if self.exact and hedge in _LOOSE:
            return _around(Decimal(digits) * scale, hedge)
        if exact:
            return Interval.as_written(digits, precision="exact", scale=scale)
        precision = self._precision(digits, scale)
        if self.is_range and precision == "count" and hedge == "about" and Decimal(digits) < ROUNDED:
            hedge = None  # "about 40 to 50" says with its ends how sure it is
        return Interval.as_written(digits, precision=precision, hedge=hedge, scale=scale)

    def _precision(self, digits: str, scale: Decimal) -> Precision:
        """How digits bound the value, by the way they are written."""
        if self.exact:
            return "exact"
        loose = scale != 1 or self.dimension in ("share", "points") or "." in digits
        return "digits" if loose else "count"


_new_figure = partial(tuple.__new__, Figure)


def _around(value: Decimal, hedge: Hedge) -> Interval:
    """What a part or multiple leaves open that is "about" or "nearly" so: its digits do not tell."""
    half = value * WIDEST_ABOUT
    return Interval.around(value, half) if hedge == "about" else Interval(value - half, value)
