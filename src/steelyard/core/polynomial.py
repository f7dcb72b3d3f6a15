"""Exact polynomials in the terms of identities, and their exact range over boxes of intervals.

Interval arithmetic forgets that two mentions are one number. So an identity becomes one polynomial that is
zero where it holds, and its range is found on the corners of the box: where a variable stands to the first
power above and below the bar, the function of that variable alone is a Moebius function, which rises or falls
all along an interval on which the denominator keeps its sign. Hence the least and greatest values stand at
corners, whatever the variables have to do with one another. A variable of higher power is fixed at a corner
where the sign of the derivative is decided; where it is not, the box is cut in halves and bounded plainly,
and the range says that it is not exact.

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
HALVINGS = 6
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


def range_of(above: Polynomial, below: Polynomial, box: Mapping[Term, Interval]) -> Range:
    """All values of `above / below` while each term runs through its interval, independent of the others.

    A denominator that takes both signs leaves everything open.
    """
    above, below, bounds = _closed(above, below, box)
    if quick := _without_repetition(above, below, bounds):
        return quick
    lowest, exact_low = _least(below, ONE, bounds, HALVINGS)
    highest, exact_high = _least(-below, ONE, bounds, HALVINGS)
    if lowest < 0 < -highest or not below:
        return Range(-math.inf, math.inf, exact_low and exact_high)
    if lowest < 0:
        above, below = -above, -below
    low, low_is_exact = _least(above, below, bounds, HALVINGS)
    high, high_is_exact = _least(-above, below, bounds, HALVINGS)
    return Range(low, -high, low_is_exact and high_is_exact)


def _without_repetition(above: Polynomial, below: Polynomial, box: Box) -> Range | None:
    """The range where each term is written once, so that plain interval arithmetic is exact; else None."""
    terms = [term for part in (above, below) for monomial in part.parts for term in monomial]
    if len(set(terms)) < len(terms):
        return None
    bottom = below.bounded(box)
    if bottom[0] <= 0 <= bottom[1]:
        return None
    ends = [top / end for top in above.bounded(box) for end in bottom]
    return Range(min(ends), max(ends))


def _closed(
    above: Polynomial, below: Polynomial, box: Mapping[Term, Interval]
) -> tuple[Polynomial, Polynomial, dict[Term, tuple[Fraction, Fraction]]]:
    """The same function over finite intervals: the open end of a half-open one comes to lie at zero."""
    bounds = {}
    for term in sorted({*above.terms, *below.terms}):
        interval = box[term]
        if interval.is_bounded:
            bounds[term] = (Fraction(interval.low), Fraction(interval.high))
            continue
        rising = interval.low.is_finite()
        if not rising and not interval.high.is_finite():
            raise ValueError(f"{term} is open at both ends")
        origin = Fraction(interval.low) - 1 if rising else Fraction(interval.high) + 1
        power = max(above.power(term), below.power(term))
        above = above.unfolded(term, origin, 1 if rising else -1, power)
        below = below.unfolded(term, origin, 1 if rising else -1, power)
        bounds[term] = (Fraction(0), Fraction(1))
    return above, below, bounds


def _least(above: Polynomial, below: Polynomial, box: Box, halvings: int) -> tuple[Bound, bool]:
    """The least value of above / below over the box, where below is nowhere negative; and whether it is
    exact.
    """
    terms = sorted({*above.terms, *below.terms})
    if not terms:
        return _quotient(above.value(), below.value()), True
    for term in terms:
        low, high = box[term]
        if low == high or (side := _falls_or_rises(above, below, term, box)) == 1:
            return _least(above.fixed(term, low), below.fixed(term, low), box, halvings)
        if side == -1:
            return _least(above.fixed(term, high), below.fixed(term, high), box, halvings)
    for term in terms:
        if above.power(term) <= 1 and below.power(term) <= 1:
            found = [
                _least(above.fixed(term, end), below.fixed(term, end), box, halvings) for end in box[term]
            ]
            return min(value for value, _ in found), all(exact for _, exact in found)
    return _enclosed(above, below, box, halvings)


def _falls_or_rises(above: Polynomial, below: Polynomial, term: Term, box: Box) -> int:
    """1 where the quotient rises with `term` all over the box, -1 where it falls, 0 where that is not
    decided.
    """
    slope = above.slope(term)
    if below.terms:
        slope = slope * below - above * below.slope(term)
    low, high = slope.bounded(box)
    return 1 if low >= 0 else -1 if high <= 0 else 0


def _enclosed(above: Polynomial, below: Polynomial, box: Box, halvings: int) -> tuple[Bound, bool]:
    """A sound lower bound where no direction is decided: the widest term cut in halves, then plain bounds."""
    if halvings:
        terms = {*above.terms, *below.terms}
        widest = max(sorted(terms), key=lambda term: _relative_width(box[term]))
        low, high = box[widest]
        middle = (low + high) / 2
        halves = [{**box, widest: (low, middle)}, {**box, widest: (middle, high)}]
        return min(_least(above, below, half, halvings - 1)[0] for half in halves), False
    top, bottom = above.bounded(box), below.bounded(box)
    if bottom[0] <= 0:
        return -math.inf, False
    return min(top[0] / bottom[0], top[0] / bottom[1]), False


def _relative_width(bounds: tuple[Fraction, Fraction]) -> Fraction:
    size = max(abs(bounds[0]), abs(bounds[1]))
    return (bounds[1] - bounds[0]) / size if size else Fraction(0)


def _quotient(above: Fraction, below: Fraction) -> Bound:
    """The quotient; over zero it is infinite, and nought over nought may be anything."""
    if below:
        return above / below
    return math.inf if above > 0 else -math.inf


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
