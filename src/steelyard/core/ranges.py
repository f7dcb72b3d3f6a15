"""The exact range of polynomials, and of their quotients, over boxes of intervals.

Interval arithmetic forgets that two mentions are one number. So an identity becomes one polynomial that is
zero where it holds, and its range is found on the corners of the box: where a variable stands to the first
power above and below the bar, the function of that variable alone is a Moebius function, which rises or falls
all along an interval on which the denominator keeps its sign. Hence the least and greatest values stand at
corners, whatever the variables have to do with one another. A variable of higher power is fixed at a corner
where the sign of the derivative is decided; where it is not, the box is cut in halves and bounded plainly,
and the range says that it is not exact.

All numbers are fractions: nothing is rounded. Floats only say where to look. An open end is float infinity.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from steelyard.core.expression import Term
from steelyard.core.interval import Interval
from steelyard.core.polynomial import NOISE, ONE, Bound, Box, Polynomial, Range

HALVINGS = 6
# Corners are looked at one by one for up to so many terms that are open at all.
MOST_LOOSE = 8


def range_of(above: Polynomial, below: Polynomial, box: Mapping[Term, Interval]) -> Range:
    """All values of `above / below` while each term runs through its interval, independent of the others.

    A denominator that takes both signs leaves everything open.
    """
    above, below, bounds = _closed(above, below, box)
    if quick := _on_corners(above, below, bounds) or _without_repetition(above, below, bounds):
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


def surely_crosses_zero(polynomial: Polynomial, box: Mapping[Term, Interval]) -> bool:
    """Whether it is above zero at one corner of the box and below at another, beyond what floats may lose."""
    terms = polynomial.terms
    ends = [(float(box[term].low), float(box[term].high)) for term in terms]
    if sum(low != high for low, high in ends) > MOST_LOOSE:
        return False
    seen = set()
    for corner in product(*({low, high} for low, high in ends)):
        total, size = polynomial.nearly(dict(zip(terms, corner, strict=True)))
        if NOISE * size < abs(total) < math.inf:
            seen.add(total > 0)
            if len(seen) > 1:
                return True
    return False


def _on_corners(above: Polynomial, below: Polynomial, box: Box) -> Range | None:
    """The range where no term has a higher power and few are open: floats tell which corners may be the least
    and the greatest, and only those are worked out exactly. None where floats do not tell.
    """
    loose = [term for term, (low, high) in box.items() if low != high]
    if len(loose) > MOST_LOOSE or not (above.is_multilinear and below.is_multilinear):
        return None
    found: list[tuple[float, float, tuple[int, ...]]] = []
    signs = set()
    try:
        values = {term: float(low) for term, (low, _) in box.items()}
        ends = [(values[term], float(box[term][1])) for term in loose]
        for corner in product((0, 1), repeat=len(loose)):
            for term, end, side in zip(loose, ends, corner, strict=True):
                values[term] = end[side]
            (top, size), (bottom, bulk) = above.nearly(values), below.nearly(values)
            value = top / bottom
            slack = NOISE * (size + abs(value) * bulk) / abs(bottom)
            if abs(bottom) <= NOISE * bulk or not slack < math.inf:
                return None
            signs.add(bottom > 0)
            found.append((value, slack, corner))
    except (OverflowError, ZeroDivisionError):
        return None
    if len(signs) > 1:
        return Range(-math.inf, math.inf)

    def exactly(corner: tuple[int, ...]) -> Fraction:
        at = {term: low for term, (low, _) in box.items()}
        at.update((term, box[term][side]) for term, side in zip(loose, corner, strict=True))
        return above.at(at) / below.at(at)

    least, most = min(one[0] + one[1] for one in found), max(one[0] - one[1] for one in found)
    low = min(exactly(corner) for value, slack, corner in found if value - slack <= least)
    return Range(low, max(exactly(corner) for value, slack, corner in found if value + slack >= most))


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
    if near := slope.nearly_bounded(box):
        return 1 if near[0] > 0 else -1 if near[1] < 0 else 0
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
