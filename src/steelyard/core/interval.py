"""Intervals that hold exactly what a printed number leaves open.

"46.1" in print stands for any value from 46.05 to 46.15. Bounds are decimals, so they are what a reader would
write down. Sums and products are exact up to fifty digits; what does not fit is rounded outward, so that no
operation ever loses a value that the operands allow. An open end is an infinite bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import lru_cache
from typing import Literal

NUMERAL = re.compile(r"\d+(\.\d+)?")
INFINITE = Decimal("Infinity")
_DOWN = Context(prec=50, rounding=ROUND_FLOOR, Emin=-999999, Emax=999999)
_UP = Context(prec=50, rounding=ROUND_CEILING, Emin=-999999, Emax=999999)
# For what loses no digit, however many there are.
_EXACT = Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)
_ONE = Decimal(1)
WIDEST_ABOUT = Decimal("0.1")  # of the value, either way

Precision = Literal["digits", "count", "exact"]
Hedge = Literal["about", "nearly", "at_least", "at_most", "up_to", "more_than", "less_than"]


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included. A single value has `low == high`."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low.is_finite() and self.high.is_finite() and self.low <= self.high:
            return
        if self.low.is_nan() or self.high.is_nan():
            raise ValueError("a bound is not a number")
        if self.low == INFINITE or self.high == -INFINITE:
            raise ValueError("an interval holds at least one number")
        if self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")

    @classmethod
    def exactly(cls, value: Decimal | int | str) -> Interval:
        """The interval that holds `value` alone."""
        point = Decimal(value)
        return cls(point, point)

    @classmethod
    def as_written(
        cls,
        digits: str,
        *,
        precision: Precision = "digits",
        hedge: Hedge | None = None,
        scale: Decimal = _ONE,
    ) -> Interval:
        """What a printed number can stand for.

        `digits` is a plain numeral with unit, sign and scale word taken off. `precision` says how it was
        written: "digits" (decimals, or a coefficient with a scale word or percent sign) leaves open half a
        unit of the last printed digit; "count" (a plain number of things) is exact below 1,000 or without
        trailing zeros, else open by half a unit of its last digit that is not zero; "exact" (targets, floors,
        numbers fixed by law) is what it says. A hedge then widens or opens it, towards zero for "nearly".
        `scale` is what its scale word stands for.

        >>> Interval.as_written("2.42")
        Interval(2.415, 2.425)
        >>> Interval.as_written("450000", precision="count")
        Interval(445000, 455000)
        >>> Interval.as_written("3.5", precision="exact")
        Interval(3.5, 3.5)
        >>> Interval.as_written("28500", precision="count", hedge="about")
        Interval(28400, 28600)
        >>> Interval.as_written("20", precision="count", hedge="about")
        Interval(18, 22)
        >>> Interval.as_written("46.1", scale=Decimal(1000))
        Interval(46050, 46150)

        Raises:
            ValueError: `digits` is not a plain numeral.
        """
        return cls(*_written(digits, precision, hedge, scale))

    @classmethod
    def around(cls, value: Decimal, half_width: Decimal) -> Interval:
        """From `value` less `half_width` to `value` and `half_width`.

        >>> Interval.around(Decimal(30), Decimal("0.5"))
        Interval(29.5, 30.5)
        """
        return cls(_plain(_DOWN.subtract(value, half_width)), _plain(_UP.add(value, half_width)))

    @property
    def width(self) -> Decimal:
        """High less low; infinite for an open end."""
        return _UP.subtract(self.high, self.low)

    @property
    def is_exact(self) -> bool:
        """Whether it holds one value only."""
        return self.low == self.high

    @property
    def is_bounded(self) -> bool:
        """Whether neither end is open."""
        return self.low.is_finite() and self.high.is_finite()

    @property
    def middle(self) -> Decimal:
        """The value half way; of a half-open interval its one bound, of a fully open one zero."""
        if self.is_bounded:
            half = _DOWN.multiply(_DOWN.add(self.low, self.high), Decimal("0.5"))
            return min(max(half, self.low), self.high)
        return next((bound for bound in (self.low, self.high) if bound.is_finite()), Decimal(0))

    def __contains__(self, value: object) -> bool:
        """Whether a number, or all of another interval, lies inside."""
        if isinstance(value, Interval):
            return self.low <= value.low and value.high <= self.high
        return isinstance(value, (Decimal, int)) and self.low <= value <= self.high

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both. Touching ends count, since both are included."""
        return self.low <= other.high and other.low <= self.high

    def meet(self, other: Interval) -> Interval | None:
        """The values that lie in both, or None where there are none."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def miss(self, other: Interval) -> Decimal:
        """How far the nearest values of the two lie apart; zero where they meet."""
        return max(Decimal(0), _UP.subtract(self.low, other.high), _UP.subtract(other.low, self.high))

    def certainly_below(self, other: Interval) -> bool:
        """Whether every value is less than every value of `other`."""
        return self.high < other.low

    def possibly_below(self, other: Interval) -> bool:
        """Whether some value is less than some value of `other`."""
        return self.low < other.high

    def __add__(self, other: Interval) -> Interval:
        """All sums; a bound that cannot be written in fifty digits is rounded outward."""
        return Interval(_DOWN.add(self.low, other.low), _UP.add(self.high, other.high))

    def __neg__(self) -> Interval:
        """All values with their sign turned."""
        return Interval(self.high.copy_negate(), self.low.copy_negate())

    def __sub__(self, other: Interval) -> Interval:
        """All differences, taking the two as independent of each other."""
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        """All products, taking the two as independent of each other."""
        return Interval(
            min(_times(_DOWN, a, b) for a in (self.low, self.high) for b in (other.low, other.high)),
            max(_times(_UP, a, b) for a in (self.low, self.high) for b in (other.low, other.high)),
        )

    def __truediv__(self, other: Interval) -> Interval:
        """All quotients.

        Raises:
            ZeroDivisionError: `other` holds zero.
        """
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError(f"division by {other!r}, which holds zero")
        return Interval(
            min(_over(_DOWN, a, b) for a in (self.low, self.high) for b in (other.low, other.high)),
            max(_over(_UP, a, b) for a in (self.low, self.high) for b in (other.low, other.high)),
        )

    def scaled(self, factor: Decimal) -> Interval:
        """Every value times an exact factor, as from billions to single units."""
        if factor > 0:
            low, high = _DOWN.multiply(self.low, factor), _UP.multiply(self.high, factor)
        else:
            product = self * Interval(factor, factor)
            low, high = product.low, product.high
        return Interval(_plain(low), _plain(high))

    def map(self, function: Callable[[Decimal], Decimal]) -> Interval:
        """The image under a function that rises everywhere."""
        return Interval(function(self.low), function(self.high))

    def __repr__(self) -> str:
        return f"Interval({_plain(self.low)}, {_plain(self.high)})"


def _plain(value: Decimal) -> Decimal:
    """The same value without exponent or trailing zeros after the point, as a reader would write it."""
    if not value:
        return Decimal(0)
    if not value.is_finite():
        return value
    short = value.normalize(_EXACT)
    is_whole = 0 < short.adjusted() < _DOWN.prec and short == short.to_integral_value()
    return short.quantize(_ONE, context=_EXACT) if is_whole else short


# Texts print the same few numbers again and again.
@lru_cache(maxsize=4096)
def _written(
    digits: str, precision: Precision, hedge: Hedge | None, scale: Decimal
) -> tuple[Decimal, Decimal]:
    """The ends of what a printed number can stand for."""
    if not NUMERAL.fullmatch(digits):
        raise ValueError(f"not a plain numeral: {digits!r}")
    if not digits.isascii():  # "４６" is 46
        digits = "".join(digit if digit == "." else str(int(digit)) for digit in digits)
    low, high = _bounds(digits, precision, hedge)
    if scale != 1:
        low, high = _DOWN.multiply(low, scale), _UP.multiply(high, scale)
    return _plain(low), _plain(high)


def _bounds(digits: str, precision: Precision, hedge: Hedge | None) -> tuple[Decimal, Decimal]:
    """The least and the greatest value that a plain numeral leaves open."""
    value = Decimal(digits)
    if hedge == "nearly":
        return _DOWN.subtract(value, _last_unit(digits)), value
    if hedge in ("at_least", "more_than"):
        return value, INFINITE
    if hedge not in (None, "about"):
        return -INFINITE, value
    half = _half_unit(digits, precision)
    if hedge == "about":
        # "about 20 years" and "about 3.5%" are never exact, whatever the bare number would be; nobody who
        # says "about" of so round a number is out by more than a tenth of it.
        if not half and not (half := _half_unit(digits, "count")):
            half = min(_last_unit(digits) / 2, _DOWN.multiply(value, WIDEST_ABOUT / 2) or INFINITE)
        half *= 2
    return _DOWN.subtract(value, half), _UP.add(value, half)


def _last_unit(digits: str) -> Decimal:
    """One unit of the last digit that is not zero; of the last printed digit where all are zero."""
    decimals = len(digits.partition(".")[2])
    plain = digits.replace(".", "")
    zeros = len(plain) - len(plain.rstrip("0")) if plain.strip("0") else 0
    return Decimal((0, (1,), zeros - decimals))


def _half_unit(digits: str, precision: Precision) -> Decimal:
    """Half the width that the printed digits leave open, before any hedge."""
    if precision == "exact":
        return Decimal(0)
    if "." in digits or precision == "digits":
        return _half_of_last(len(digits.partition(".")[2]))
    rounded = Decimal(digits) >= 1000 and digits.endswith("0")
    return _DOWN.multiply(_last_unit(digits), Decimal("0.5")) if rounded else Decimal(0)


@lru_cache(maxsize=256)
def _half_of_last(decimals: int) -> Decimal:
    """Half a unit of the last of so many decimals."""
    return Decimal((0, (5,), -decimals - 1))


def _times(context: Context, a: Decimal, b: Decimal) -> Decimal:
    """Product of two bounds, where zero times an open end is zero."""
    return Decimal(0) if a == 0 or b == 0 else context.multiply(a, b)


def _over(context: Context, a: Decimal, b: Decimal) -> Decimal:
    """Quotient of two bounds; an open end over an open end can come as near to zero as one likes."""
    if a.is_infinite() and b.is_infinite():
        return Decimal(0)
    return context.divide(a, b)
