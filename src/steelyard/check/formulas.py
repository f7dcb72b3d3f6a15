"""The sum behind a finding, in the numbers as printed: "(82.69 bn EUR - 62.4 bn EUR) / 62.4 bn EUR = 32.5%".

So that an analyst can redo it by hand: the relation is solved for the figure that is off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from steelyard.check.propagate import Trial
from steelyard.check.wording import SCALES, Scale, scale_for
from steelyard.core.expression import Term
from steelyard.core.interval import Interval
from steelyard.core.polynomial import Monomial, Polynomial

# A longer sum is no help.
MOST_PRODUCTS = 14
# Two accounts of one number leave nothing to reckon.
FEWEST_TERMS = 3
# An amount below this part of a scale is printed in the one below.
LEAST = Decimal("0.5")
Values = Mapping[Term, Decimal]


def sum_of(trial: Trial, term: Term) -> tuple[str, Decimal] | None:
    """What `term` is by the others, as a sum in words, and what that comes to in base units.

    None for a bound, for a figure without one number, and where the sum is too long to be read or there is
    nothing to reckon.
    """
    relation = trial.relation
    if len(relation.terms) < FEWEST_TERMS and all(
        abs(part) == 1 for part in relation.polynomial.parts.values()
    ):
        return None
    values = {one: figure.value for one, figure in trial.figures.items()}
    known = {one: value for one, value in values.items() if value is not None}
    if relation.is_bound or len(known) < len(values) or relation.polynomial.power(term) != 1:
        return None
    factor, rest = relation.polynomial.split(term)
    if not factor.parts or len(factor.parts) + len(rest.parts) > MOST_PRODUCTS:
        return None
    over, under = -rest, factor
    if next(iter(sorted(under.parts.items())))[1] < 0:
        over, under = -over, -under
    bottom = _value(under, known)
    if not bottom:
        return None
    printer = _Printer(trial, {one: value for one, value in known.items() if one != term})
    words = printer.compounded(over, under) or printer.quotient(over, under)
    return (words, _value(over, known) / bottom) if words else None


@dataclass(frozen=True)
class _Printer:
    """Writes sums of the figures of a trial, `values` being the numbers in base units that stand in them."""

    trial: Trial
    values: Values

    def quotient(self, over: Polynomial, under: Polynomial) -> str:
        """A quotient of two sums, or a sum alone; nothing where a product holds a term twice."""
        if any(len(set(product)) < len(product) for one in (over, under) for product in one.parts):
            return ""
        top, bottom = self.sum(over), self.sum(under)
        if under == Polynomial.constant(1):
            return top
        return f"{_bracketed(top)} / {_bracketed(bottom, also=' × ')}"

    def sum(self, polynomial: Polynomial) -> str:
        """A sum of products, the positive ones first."""
        signed = [self.product(product, value) for product, value in polynomial.parts.items()]
        ordered = sorted(signed, key=lambda pair: (pair[0] < 0, pair[2]))
        text = "".join(f" {'-' if sign < 0 else '+'} {words}" for sign, words, _ in ordered)
        return text.removeprefix(" + ").removeprefix(" ")

    def product(self, product: Monomial, coefficient: Fraction) -> tuple[int, str, list[int]]:
        """A product's sign, its words, and where its figures stand; a minus of a figure counts with the
        sign.
        """
        sign = -1 if coefficient < 0 else 1
        for term in product:
            sign = -sign if self.values[term] < 0 else sign
        terms = sorted(product, key=lambda term: self.trial.figures[term].order)
        words = [self.number(term) for term in terms]
        if abs(coefficient) != 1 or not words:
            words.insert(0, str(abs(coefficient)))
        return sign, " × ".join(words), [self.trial.figures[term].order for term in terms]

    def number(self, term: Term) -> str:
        """A number with its printed digits, amounts of one unit in one scale: "62.4 bn EUR", "3.5%"."""
        figure, value = self.trial.figures[term], self._printed(term)
        scale = self._scale(figure.claim.unit or "")
        if figure.last_digit:
            digits = figure.last_digit / figure.factor / scale.factor
            scale = replace(scale, digits=max(0, -digits.adjusted()))
        else:
            scale = replace(scale, digits=scale_for([Interval.exactly(value)], scale.unit).digits)
        return scale.between(Interval.exactly(value))

    def compounded(self, over: Polynomial, under: Polynomial) -> str:
        """Growth over several years: "62.4 bn EUR × (1 + 18%) ^ 4"; nothing for any other sum."""
        start = over.common()
        if len(start) != 1 or under != Polynomial.constant(1):
            return ""
        for rate in over.terms:
            years = over.power(rate)
            grown = Polynomial.constant(1)
            for _ in range(years):
                grown = grown * (Polynomial.constant(1) + Polynomial.term(rate))
            if years > 1 and over == grown * Polynomial.term(start[0]):
                sign = "-" if self.values[rate] < 0 else "+"
                return f"{self.number(start[0])} × (1 {sign} {self.number(rate)}) ^ {years}"
        return ""

    def _printed(self, term: Term) -> Decimal:
        return abs(self.values[term] / self.trial.figures[term].factor)

    def _scale(self, unit: str) -> Scale:
        """The largest scale in which no amount of the unit looks like nothing."""
        terms = [term for term in self.values if (self.trial.figures[term].claim.unit or "") == unit]
        amounts = [self._printed(term) for term in terms if self.values[term]]
        scale = scale_for([Interval.exactly(amount) for amount in amounts], unit)
        fits = (one for one in SCALES if one[0] <= scale.factor and min(amounts) >= LEAST * one[0])
        factor, word = next(fits, SCALES[-1]) if amounts else SCALES[-1]
        return replace(scale, factor=factor, word=word)


def _bracketed(text: str, also: str = " + ") -> str:
    return f"({text})" if any(mark in text for mark in (" + ", " - ", also)) else text


def _value(polynomial: Polynomial, values: Values) -> Decimal:
    total = Decimal(0)
    for product, coefficient in polynomial.parts.items():
        part = Decimal(coefficient.numerator) / Decimal(coefficient.denominator)
        for term in product:
            part *= values[term]
        total += part
    return total
