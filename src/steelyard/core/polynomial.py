"""Exact polynomials in the terms of identities, and plain bounds of them over boxes of intervals.

An identity becomes one polynomial that is zero where it holds; `ranges.py` says over which values it runs.

All numbers are fractions: nothing is rounded. An open end is float infinity.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from functools import cached_property

from steelyard.core.expression import Term
from steelyard.core.interval import Interval

Monomial = tuple[Term, ...]
_ONE: Mapping[Monomial, Fraction] = {(): Fraction(1)}
Bound = Fraction | float
Box = Mapping[Term, tuple[Fraction, Fraction]]
# What an equation of an identity may become when its brackets are multiplied out: products of terms, factors
# in one of them, and bits of a number. Those that we know have a dozen products of four factors.
MOST_PRODUCTS, MOST_FACTORS, MOST_BITS = 2_000, 60, 2_000
# More than floats lose in a few dozen operations, as a part of what they add up.
NOISE = 1e-12
_DOWN, _UP = Context(prec=30, rounding=ROUND_FLOOR), Context(prec=30, rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Range:
    """All values from `low` to `high`, infinite where open. `exact` says that no tighter bounds exist."""

    low: Bound
    high: Bound
    exact: bool = True

    def holds(self, value: Bound) -> bool:
        """Whether `value` lies inside."""
        return self.low <= value <= self.high

    def interval(self, factor: Decimal = Decimal(1)) -> Interval:
        """The range in units of `factor` base units, rounded outward to thirty digits."""
        return Interval(_decimal(self.low, factor, _DOWN), _decimal(self.high, factor, _UP))


def _decimal(bound: Bound, factor: Decimal, context: Context) -> Decimal:
    if isinstance(bound, float):
        return Decimal(bound)
    scaled = bound / Fraction(factor)
    return context.divide(Decimal(scaled.numerator), Decimal(scaled.denominator))


@dataclass(frozen=True)
class Polynomial:
    """A sum of products of terms. A product is a sorted tuple of terms; no coefficient is zero."""

    parts: Mapping[Monomial, Fraction]

    @classmethod
    def of(cls, parts: Iterable[tuple[Monomial, Fraction]]) -> Polynomial:
        """The sum of the given products; equal ones are joined, and what cancels is left out."""
        joined: dict[Monomial, Fraction] = {}
        for monomial, coefficient in parts:
            joined[monomial] = joined.get(monomial, Fraction(0)) + coefficient
        return cls({monomial: value for monomial, value in joined.items() if value})

    @classmethod
    def constant(cls, value: Fraction | int) -> Polynomial:
        """A plain number."""
        return cls({(): Fraction(value)} if value else {})

    @classmethod
    def term(cls, term: Term) -> Polynomial:
        """A term alone."""
        return cls({(term,): Fraction(1)})

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms in it, sorted."""
        return tuple(sorted({term for monomial in self.parts for term in monomial}))

    @property
    def key(self) -> tuple[tuple[Monomial, Fraction], ...]:
        """The same for two polynomials that differ by a factor only, so that equal equations are found."""
        ordered = sorted(self.parts.items())
        return tuple((monomial, value / ordered[0][1]) for monomial, value in ordered)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __add__(self, other: Polynomial) -> Polynomial:
        if not self.parts:
            return other
        return Polynomial.of((*self.parts.items(), *other.parts.items()))

    def __neg__(self) -> Polynomial:
        return Polynomial({monomial: -value for monomial, value in self.parts.items()})

    def __sub__(self, other: Polynomial) -> Polynomial:
        return self + -other

    def __mul__(self, other: Polynomial) -> Polynomial:
        # Most denominators of identities are one.
        if other.parts == _ONE:
            return self
        if self.parts == _ONE:
            return other
        return Polynomial.of(
            (tuple(sorted(a + b)), x * y) for a, x in self.parts.items() for b, y in other.parts.items()
        )

    @cached_property
    def is_multilinear(self) -> bool:
        """Whether no term stands in it to a higher power."""
        return all(len(set(monomial)) == len(monomial) for monomial in self.parts)

    @cached_property
    def _near(self) -> tuple[tuple[float, Monomial], ...]:
        return tuple((float(value), monomial) for monomial, value in self.parts.items())

    def nearly(self, values: Mapping[Term, float]) -> tuple[float, float]:
        """The value in floats, and the sum of the sizes of what was added up."""
        total = size = 0.0
        for part, monomial in self._near:
            for term in monomial:
                part *= values[term]
            total += part
            size += abs(part)
        return total, size

    def nearly_bounded(self, box: Box) -> tuple[float, float] | None:
        """The bounds of `bounded` in floats; None where they are too near to zero for floats to tell their
        signs.
        """
        low = high = size = 0.0
        try:
            for part, monomial in self._near:
                least = most = part
                for term in monomial:
                    ends = [least * float(end) for end in box[term]] + [
                        most * float(end) for end in box[term]
                    ]
                    least, most = min(ends), max(ends)
                low, high, size = low + least, high + most, size + max(abs(least), abs(most))
        except OverflowError:
            return None
        tells = NOISE * size < min(abs(low), abs(high)) < math.inf
        # Bounds of powers may be tighter than those of their factors one by one.
        return (low, high) if tells and (self.is_multilinear or low > 0 or high < 0) else None

    def at(self, values: Mapping[Term, Fraction]) -> Fraction:
        """The value where each term has the given one."""
        total = Fraction(0)
        for monomial, part in self.parts.items():
            for term in monomial:
                part *= values[term]
            total += part
        return total

    def power(self, term: Term) -> int:
        """The highest power of `term` in it."""
        return max((monomial.count(term) for monomial in self.parts), default=0)

    def split(self, term: Term) -> tuple[Polynomial, Polynomial]:
        """`a` and `b` of a * term + b, for a term that stands to the first power at most."""
        above = {
            _without(monomial, term): value for monomial, value in self.parts.items() if term in monomial
        }
        below = {monomial: value for monomial, value in self.parts.items() if term not in monomial}
        return Polynomial(above), Polynomial(below)

    def slope(self, term: Term) -> Polynomial:
        """The derivative by `term`."""
        found = ((monomial, value, monomial.count(term)) for monomial, value in self.parts.items())
        return Polynomial.of(
            (_without(monomial, term), value * power) for monomial, value, power in found if power
        )

    def fixed(self, term: Term, value: Fraction) -> Polynomial:
        """The polynomial left when `term` has that value."""
        return Polynomial.of(
            (tuple(one for one in monomial if one != term), coefficient * value ** monomial.count(term))
            for monomial, coefficient in self.parts.items()
        )

    def value(self) -> Fraction:
        """The number it is, once no term is left."""
        return self.parts.get((), Fraction(0))

    def bounded(self, box: Box) -> tuple[Fraction, Fraction]:
        """Bounds by plain interval arithmetic, monomial by monomial: always sound, seldom tight."""
        low = high = Fraction(0)
        for monomial, coefficient in self.parts.items():
            bounds = (coefficient, coefficient)
            for term, power in Counter(monomial).items():
                bounds = _times(bounds, _power(box[term], power))
            low, high = low + bounds[0], high + bounds[1]
        return low, high

    def common(self) -> Monomial:
        """The product of the terms that stand in every monomial."""
        counts = [Counter(monomial) for monomial in self.parts]
        shared = counts[0] if counts else Counter()
        for count in counts[1:]:
            shared = shared & count
        return tuple(sorted(shared.elements()))

    def divided(self, monomial: Monomial) -> Polynomial:
        """The quotient by a product of terms that stands in every monomial."""
        found = self
        for term in monomial:
            found = Polynomial({_without(one, term): value for one, value in found.parts.items()})
        return found

    def unfolded(self, term: Term, origin: Fraction, sign: int, power: int) -> Polynomial:
        """With `origin + sign / term` in the place of `term`, times the `power` of it.

        So an interval that is open to infinity becomes one from 0 to 1.
        """
        line = Polynomial.of([((term,), origin), ((), Fraction(sign))])
        found = Polynomial({})
        for monomial, value in self.parts.items():
            rest = tuple(one for one in monomial if one != term)
            times = monomial.count(term)
            piece = Polynomial({tuple(sorted((*rest, *[term] * (power - times)))): value})
            for _ in range(times):
                piece = piece * line
            found = found + piece
        return found


ONE = Polynomial.constant(1)


class TooLargeError(ValueError):
    """A polynomial is larger than any that is reckoned with."""


def small_product(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product, told to be too large before it is made.

    Raises:
        TooLargeError: it has too many products, too many factors in one of them, or too long a number.
    """
    if len(left.parts) * len(right.parts) > MOST_PRODUCTS:
        raise TooLargeError(f"more than {MOST_PRODUCTS} products")
    if sum(max(map(len, one.parts), default=0) for one in (left, right)) > MOST_FACTORS:
        raise TooLargeError(f"more than {MOST_FACTORS} factors")
    if _bits(left) + _bits(right) > MOST_BITS:
        raise TooLargeError("too long a number")
    return left * right


def _bits(polynomial: Polynomial) -> int:
    """How many bits the longest number in it takes."""
    values = polynomial.parts.values()
    return max((max(v.numerator.bit_length(), v.denominator.bit_length()) for v in values), default=0)


def _without(monomial: Monomial, term: Term) -> Monomial:
    """The monomial with one mention of `term` taken off."""
    place = monomial.index(term) if term in monomial else len(monomial)
    return monomial[:place] + monomial[place + 1 :]


def _times(left: tuple[Fraction, Fraction], right: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    products = [a * b for a in left for b in right]
    return min(products), max(products)


def _power(bounds: tuple[Fraction, Fraction], power: int) -> tuple[Fraction, Fraction]:
    ends = [bounds[0] ** power, bounds[1] ** power]
    through_zero = power % 2 == 0 and bounds[0] < 0 < bounds[1]
    return (Fraction(0) if through_zero else min(ends)), max(ends)
