"""Identities: equations between measures that hold whatever anyone says, and what they imply about printed
numbers.

An identity is written in the language of `expression.py` and becomes a `Relation`: a polynomial in terms that
is zero (or, for a bound, nowhere above zero) where it holds. Relations say whether printed intervals can all
be true, solve for any one term, and combine: `eliminate` takes out the terms that nobody has claimed, so that
what is left is exact.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from steelyard.core.expression import ANY_MEASURE, PARTS, Equation, Node, Term, parse_equation
from steelyard.core.interval import Interval
from steelyard.core.polynomial import ONE, Polynomial, Range, TooLargeError, small_product
from steelyard.core.problems import Place, Problem
from steelyard.core.quantity import Quantity, Units
from steelyard.core.ranges import range_of, surely_crosses_zero
from steelyard.core.vocabulary import Entry, Vocabulary

Box = Mapping[Term, Interval]
_Times = Callable[[Polynomial, Polynomial], Polynomial]
EVERYTHING = Range(-math.inf, math.inf)
MOST_RELATIONS = 400


@dataclass(frozen=True)
class Relation:
    """`polynomial` is zero (or, for a bound, at most zero) wherever the identities in `uses` hold.

    `uses` names each identity and what it was written for, sorted. `defines` is the term that stands alone on
    the left side, if the relation is one identity as written. Boxes give each term's interval in base units
    (a share of 2.42 % as 0.0242); terms that are open at both ends say nothing.
    """

    polynomial: Polynomial
    uses: tuple[str, ...]
    defines: Term | None = None
    is_bound: bool = False

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms that it binds together, sorted."""
        return self.polynomial.terms

    @property
    def identities(self) -> tuple[str, ...]:
        """The ids of the identities in it, each once."""
        return tuple(dict.fromkeys(use.partition(" ")[0] for use in self.uses))

    def can_hold(self, box: Box) -> bool:
        """Whether some choice of values inside the intervals satisfies it.

        Exact where each term stands to the first power; elsewhere it errs towards yes, so that no
        contradiction is found where there is none.
        """
        if any(_says_nothing(box[term]) for term in self.terms):
            return True
        if surely_crosses_zero(self.polynomial, box):
            return True
        found = range_of(self._reduced(box), ONE, box)
        return found.low <= 0 and (self.is_bound or found.high >= 0)

    def solve(self, term: Term, box: Box) -> Range:
        """All values of `term` for which it can hold while the others stay inside their intervals.

        Left open, and marked as not exact, for a term that stands to a higher power.
        """
        others = [other for other in self.terms if other != term]
        if term not in self.terms or any(_says_nothing(box[other]) for other in others):
            return EVERYTHING
        polynomial = self._reduced({other: box[other] for other in others})
        if polynomial.power(term) != 1:
            return Range(-math.inf, math.inf, exact=False)
        factor, rest = polynomial.split(term)
        found = range_of(-rest, factor, box)
        if not self.is_bound:
            return found
        side = range_of(factor, ONE, box)
        if side.low > 0:
            return Range(-math.inf, found.high, found.exact)
        return Range(found.low, math.inf, found.exact) if side.high < 0 else EVERYTHING

    def _reduced(self, box: Box) -> Polynomial:
        """The polynomial without the factors that cannot be zero in the box."""
        if self.is_bound:
            return self.polynomial
        return self.polynomial.divided(
            tuple(term for term in self.polynomial.common() if term in box and 0 not in box[term])
        )


def _says_nothing(interval: Interval) -> bool:
    return not interval.low.is_finite() and not interval.high.is_finite()


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity of the vocabulary with its parsed equation."""

    id: str
    entry: Entry
    equation: Equation

    @property
    def terms(self) -> tuple[Term, ...]:
        """Each term once, in the order in which they are written."""
        return self.equation.terms

    @property
    def is_general(self) -> bool:
        """Whether it speaks of any measure rather than of named ones."""
        return any(term.measure == ANY_MEASURE for term in self.terms)

    @property
    def sums_parts(self) -> bool:
        """Whether a sum over parts stands in it."""
        return any(_has_sum(side) for side in (self.equation.left, self.equation.right))

    @property
    def names_part(self) -> bool:
        """Whether it speaks of one part beside its whole, outside any sum."""
        return not self.sums_parts and any(term.item == PARTS for term in self.terms)

    def relation(
        self,
        name: Callable[[Term, str], Term] = lambda term, item: term.at(item=item),
        parts: Sequence[str] = (),
        times: _Times = Polynomial.__mul__,
    ) -> Relation:
        """The relation for one actor and period.

        `name` turns a term as written into the term that is meant; its second argument is the item, empty for
        the whole. `parts` are the items of a sum, or the one item where a part stands by itself. `times` is
        how brackets are multiplied out.
        """
        sides = (self.equation.left, self.equation.right)
        left, right = (_quotient(side, name, parts, times) for side in sides)
        difference = times(left[0], right[1]) - times(right[0], left[1])
        single = self.equation.left.term if self.equation.left.kind == "term" else None
        item = parts[0] if single and single.item == PARTS and parts else ""
        defines = name(single, item) if single else None
        if self.equation.comparison == ">=":
            difference = -difference
        use = f"{self.id} {' '.join(map(_key, difference.terms))}"
        return Relation(difference, (use,), defines, self.equation.comparison != "=")


def _key(term: Term) -> str:
    return "|".join((term.operator, term.measure, term.item, term.period))


def _has_sum(node: Node) -> bool:
    return node.kind == "sum" or any(map(_has_sum, node.inner))


def _quotient(
    node: Node, name: Callable[[Term, str], Term], parts: Sequence[str], times: _Times
) -> tuple[Polynomial, Polynomial]:
    """A node as numerator and denominator."""
    if node.kind == "number":
        return Polynomial.constant(node.value), ONE
    if node.term is not None:
        items = parts if node.kind == "sum" else parts[:1] if node.term.item == PARTS else ("",)
        total = Polynomial({})
        for item in items:
            total = total + Polynomial.term(name(node.term, item))
        return total, ONE
    pairs = [_quotient(inner, name, parts, times) for inner in node.inner]
    above, below = pairs[0]
    if node.kind == "negative":
        return -above, below
    if node.kind == "^":
        return _power(above, int(node.value), times), _power(below, int(node.value), times)
    other_above, other_below = pairs[1]
    if node.kind == "*":
        return times(above, other_above), times(below, other_below)
    if node.kind == "/":
        return times(above, other_below), times(below, other_above)
    addend = times(other_above, below)
    return times(above, other_below) + (addend if node.kind == "+" else -addend), times(below, other_below)


def _power(base: Polynomial, power: int, times: _Times) -> Polynomial:
    found = base
    for _ in range(power - 1):
        found = times(found, base)
    return found


def load_identities(vocabulary: Vocabulary) -> tuple[list[Identity], list[Problem]]:
    """The identities of a vocabulary, sorted by id, and the faults of those that cannot be used."""
    identities, problems = [], []
    for _, entry in sorted(vocabulary.entries("identities").items()):
        identity, faults = parse_identity(entry, vocabulary)
        problems += faults
        if identity:
            identities.append(identity)
    return identities, problems


def parse_identity(entry: Entry, vocabulary: Vocabulary) -> tuple[Identity | None, list[Problem]]:
    """The identity that an entry writes, or None with its faults, each with file, line and column."""
    text = entry.text("equation")
    dimensions = {name: measure.text("dimension") for name, measure in vocabulary.entries("measures").items()}
    equation, problems = parse_equation(
        text, dimensions, lambda column, width: _spot(entry, text, column, width)
    )
    if equation is None:
        return None, problems
    identity = Identity(entry.id, entry, equation)
    fault = _fault_of(identity)
    return (None, [replace(fault, origin=_spot(entry, text, 0, 1))]) if fault else (identity, [])


def _fault_of(identity: Identity) -> Problem | None:
    """Why an identity cannot be used: it says nothing, or too much to be reckoned with."""
    parts = ("one", "two") if any(term.item == PARTS for term in identity.terms) else ()
    try:
        polynomial = identity.relation(parts=parts, times=small_product).polynomial
    except TooLargeError as error:
        message = f"With its brackets multiplied out the equation has {error}."
        return Problem("equation-too-large", message, Place(""), "Write it as two identities.")
    if not polynomial.terms:
        hint = "Each side must say something that the other does not."
        return Problem("empty-equation", "The equation holds for any numbers.", Place(""), hint)
    if identity.sums_parts and any(sum(bool(term.item) for term in one) > 1 for one in polynomial.parts):
        message = "The equation multiplies a sum over parts by a part, which are products without number."
        return Problem("equation-too-large", message, Place(""), "Give the sum a measure of its own.")
    return None


def _spot(entry: Entry, text: str, column: int, width: int) -> Place:
    """The place of a column of the equation in its file."""
    place = entry.place("equation")
    lines = entry.file.text.splitlines()
    line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
    start = line.find(text)
    if start < 0:
        line, start = text, 0
    return Place(place.file, place.line, start + column + 1, place.key, line, width)


def example_holds(identity: Identity, example: Mapping[str, object], units: Units) -> bool:
    """Whether the printed numbers of an example can all be true together under the identity.

    Keys are the terms as written, values numbers as printed; for `parts(x)` a list, one for each part.

    Raises:
        ValueError: a term is missing, or a number cannot be read.
    """
    box: dict[Term, Interval] = {}
    parts: list[str] = []
    for term in identity.terms:
        if str(term) not in example:
            raise ValueError(f"{identity.id}: the example does not give {term}")
        written = example[str(term)]
        texts = [str(text) for text in written] if isinstance(written, list) else [str(written)]
        items = [f"part {number}" for number in range(len(texts))] if term.item == PARTS else [""]
        parts = items if term.item == PARTS else parts
        box.update(
            (term.at(item=item), _printed(term, text, units)) for item, text in zip(items, texts, strict=True)
        )
    return identity.relation(parts=parts).can_hold(box)


def _printed(term: Term, text: str, units: Units) -> Interval:
    """What a number printed in an example leaves open, in base units; targets and floors are exact."""
    quantity = Quantity.as_written(
        text, units, precision="exact" if term.operator in ("target", "floor") else None
    )
    unit = units.unit(quantity.unit or "")
    return quantity.interval.scaled(unit.factor if unit else Decimal(1))


def eliminate(
    relations: Sequence[Relation], known: Collection[Term], *, longest: int = 6
) -> tuple[list[Relation], bool]:
    """All relations between `known` terms only that follow by putting the given ones into each other.

    Terms are taken out one after another, those in fewest relations first; a relation remembers in `uses`
    what it came from, at most `longest` of them. The flag tells whether all were looked at: relations that
    hang together are cut at MOST_RELATIONS, the shortest kept.
    """
    wanted = frozenset(known)
    closed = [relation for relation in relations if wanted.issuperset(relation.terms)]
    pending = [
        relation for relation in relations if not relation.is_bound and not wanted.issuperset(relation.terms)
    ]
    complete = True
    for group in _connected(_without_dead_ends(pending, wanted), wanted):
        found, whole = _eliminate_connected(group, wanted, longest)
        closed += found
        complete = complete and whole
    return _shortest_of_equals(closed), complete


def _eliminate_connected(
    pending: list[Relation], known: frozenset[Term], longest: int
) -> tuple[list[Relation], bool]:
    """The same for relations that hang together by unknown terms."""
    closed: list[Relation] = []
    complete = True
    while pending := _without_dead_ends(pending, known):
        term = _rarest(pending, known)
        holding = [relation for relation in pending if term in relation.terms]
        pending = [relation for relation in pending if term not in relation.terms]
        for first, second in combinations(holding, 2):
            if joined := _combined(first, second, term, longest):
                (closed if known.issuperset(joined.terms) else pending).append(joined)
        pending = _shortest_of_equals(pending)
        complete = complete and len(pending) <= MOST_RELATIONS
        pending = pending[:MOST_RELATIONS]
    return closed, complete


def _connected(relations: list[Relation], known: frozenset[Term]) -> list[list[Relation]]:
    """The relations in groups that share unknown terms, in the order of their first one."""
    above: dict[Term, Term] = {}

    def top(term: Term) -> Term:
        while (higher := above.get(term, term)) != term:
            above[term] = above.get(higher, higher)
            term = higher
        return term

    unknown = [[term for term in relation.terms if term not in known] for relation in relations]
    for terms in unknown:
        above.update((top(term), top(terms[0])) for term in terms)
    groups: dict[Term, list[Relation]] = {}
    for relation, terms in zip(relations, unknown, strict=True):
        groups.setdefault(top(terms[0]), []).append(relation)
    return list(groups.values())


def _without_dead_ends(relations: list[Relation], known: frozenset[Term]) -> list[Relation]:
    """The relations whose unknown terms all stand in another relation too; the rest can never be closed."""
    while True:
        counts: dict[Term, int] = {}
        for relation in relations:
            for term in relation.terms:
                counts[term] = counts.get(term, 0) + 1
        alive = [r for r in relations if all(counts[term] > 1 or term in known for term in r.terms)]
        if len(alive) == len(relations):
            return relations
        relations = alive


def _rarest(relations: list[Relation], known: frozenset[Term]) -> Term:
    counts: dict[Term, int] = {}
    for relation in relations:
        for term in relation.terms:
            if term not in known:
                counts[term] = counts.get(term, 0) + 1
    return min(counts, key=lambda term: (counts[term], term))


def _combined(first: Relation, second: Relation, term: Term, longest: int) -> Relation | None:
    """The two with `term` taken out, or None where that says nothing or takes too many identities.

    Each is a * term + b = 0; crosswise multiplied they cancel `term` without any division, so nothing is lost
    even where a factor is zero. What the two factors have in common is left out first.
    """
    uses = tuple(sorted({*first.uses, *second.uses}))
    if len(uses) > longest or first.polynomial.power(term) > 1 or second.polynomial.power(term) > 1:
        return None
    factor, other = first.polynomial.split(term)[0], second.polynomial.split(term)[0]
    if factor.key == other.key:
        monomial = next(iter(sorted(factor.parts)))
        factor = Polynomial.constant(factor.parts[monomial])
        other = Polynomial.constant(other.parts[monomial])
    shared = _shared(factor, other)
    factor, other = factor.divided(shared), other.divided(shared)
    joined = factor * second.polynomial - other * first.polynomial
    return Relation(joined, uses) if joined.terms else None


def _shared(factor: Polynomial, other: Polynomial) -> tuple[Term, ...]:
    """The product of terms that divides both."""
    shared = Counter(factor.common()) & Counter(other.common())
    return tuple(shared.elements())


def _shortest_of_equals(relations: list[Relation]) -> list[Relation]:
    """Each equation once, the one that takes fewest identities, in an order that does not depend on the
    input's.
    """
    best: dict[object, Relation] = {}
    for relation in sorted(relations, key=lambda one: (len(one.uses), one.uses)):
        best.setdefault((relation.is_bound, relation.polynomial.key), relation)
    return list(best.values())
