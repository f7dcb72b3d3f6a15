"""Identities as patterns of sums and products for the array engine, worked out once for a vocabulary.

A pattern speaks of terms whose period is NOW, BEFORE or none, and whose item may be ANY_ITEM. Beside each
identity stands what follows from two of them when a number that both name is taken out, written so that each
number occurs once where that can be: intervals then see what they would otherwise forget.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, product

from steelyard.check.figures import BASE, Kinds, is_dated
from steelyard.core.expression import ANY_MEASURE, Term
from steelyard.core.identity import Identity, Relation, eliminate
from steelyard.core.polynomial import Polynomial
from steelyard.core.vocabulary import Entry, Vocabulary

NOW, BEFORE, ANY_ITEM = "now", "before", "@"
INFINITY = float("inf")
# More terms than this, as in a long list of parts, are not worth joining with others.
WIDEST_JOINED = 6
Powers = Mapping[Term, int]


@dataclass
class Pattern:
    """Constraints between local variables: first the `terms`, then `extras`, each with its known bounds.

    A sum is a list of variables with their factors, a product a row z, x, y, k of z = k * x * y. `actor` and
    `until` say for whom and up to which year a list of parts is right; empty where it is for all. A bound is
    one sum of terms that is nowhere above zero.
    """

    terms: tuple[Term, ...]
    implied: bool = False
    is_bound: bool = False
    actor: str = ""
    until: str = ""
    extras: list[tuple[float, float]] = field(default_factory=list)
    sums: list[list[tuple[int, float]]] = field(default_factory=list)
    products: list[tuple[int, int, int, float]] = field(default_factory=list)

    @property
    def has_item(self) -> bool:
        """Whether it can be written for each item of a measure."""
        return any(term.item == ANY_ITEM for term in self.terms)

    def extra(self, low: float = -INFINITY, high: float = INFINITY) -> int:
        """A new local variable."""
        self.extras.append((low, high))
        return len(self.terms) + len(self.extras) - 1

    def monomial(self, powers: Powers, start: int | None = None, whole: int | None = None) -> int:
        """The variable that is `start` (or one) times terms to their powers: `whole`, if it is given."""
        steps = [(term, power > 0) for term, power in sorted(powers.items()) for _ in range(abs(power))]
        steps.sort(key=lambda step: not step[1])
        if start is None:
            start = self.terms.index(steps.pop(0)[0]) if steps and steps[0][1] else self.extra(1.0, 1.0)
        for number, (term, rises) in enumerate(steps):
            is_last = whole is not None and number == len(steps) - 1
            made = whole if is_last and whole is not None else self.extra()
            one = self.terms.index(term)
            self.products.append((made, start, one, 1.0) if rises else (start, made, one, 1.0))
            start = made
        if whole is not None and not steps:
            self.sums.append([(whole, 1.0), (start, -1.0)])
        return start


def patterns_of(
    identities: Sequence[Identity], measures: Sequence[str], kinds: Kinds | None, vocabulary: Vocabulary
) -> list[Pattern]:
    """The patterns of all identities for the measures of a ledger.

    `kinds` is given where the growth of staged measures is counted from another stage.
    """
    found: list[Pattern] = []
    plain: list[Relation] = []
    for identity in identities:
        if not identity.is_general:
            plain.append(identity.relation(_naming("", "", kinds, vocabulary)))
    found += [pattern_of(relation) for relation in plain] + _joined(combinations(plain, 2))
    general = [identity for identity in identities if identity.is_general]
    for measure in measures:
        whole, each = (_naming(measure, item, kinds, vocabulary) for item in ("", ANY_ITEM))
        entry = vocabulary.entry("measures", measure)
        of_whole: list[Relation] = []
        of_each: list[Relation] = []
        for identity in general:
            if identity.sums_parts:
                found += _of_parts(identity, whole, entry)
            elif identity.names_part:
                of_whole.append(identity.relation(whole, (ANY_ITEM,)))
            else:
                of_whole.append(identity.relation(whole))
                of_each.append(identity.relation(each))
        found += [pattern_of(one) for one in (*of_each, *of_whole) if any(t.item for t in one.terms)]
        found += _joined(combinations(of_each, 2)) + _joined(product(plain, of_whole))
    return found


def _of_parts(
    identity: Identity, naming: Callable[[Term, str], Term], measure: Entry | None
) -> Iterator[Pattern]:
    """The pattern of a sum for each list of parts that the vocabulary has."""
    for row in measure.tables("decompositions") if measure else ():
        items = row.get("items")
        if isinstance(items, list):
            pattern = pattern_of(identity.relation(naming, [str(item) for item in items]))
            pattern.actor, pattern.until = str(row.get("actor") or ""), str(row.get("to") or "")
            yield pattern


def _naming(
    measure: str, item: str, kinds: Kinds | None, vocabulary: Vocabulary
) -> Callable[[Term, str], Term]:
    """What terms of identities as written mean in a pattern for a measure and an item."""

    def name(term: Term, part: str) -> Term:
        meant = measure if term.measure == ANY_MEASURE else term.measure
        if term.operator == "previous":
            operator = BASE if kinds and meant in kinds.staged else "level"
            return Term(meant, operator, part or item, BEFORE)
        entry = vocabulary.entry("measures", meant)
        dated = is_dated(term.operator, entry.text("dimension") if entry else "")
        return Term(meant, term.operator, part or item, NOW if dated else "")

    return name


def _joined(pairs: Iterator[tuple[Relation, Relation]]) -> list[Pattern]:
    """What follows from two identities without a number that both name, if each then occurs once."""
    found: dict[object, Pattern] = {}
    for pair in pairs:
        shared = set(pair[0].terms) & set(pair[1].terms)
        if any(len(one.terms) > WIDEST_JOINED or one.is_bound for one in pair):
            continue
        for term in sorted(shared):
            closed, _ = eliminate(pair, {one for relation in pair for one in relation.terms if one != term})
            for relation in closed:
                if len(relation.uses) > 1 and (pattern := _once(relation.polynomial)):
                    pattern.implied = True
                    found.setdefault(relation.polynomial.key, pattern)
    return list(found.values())


def pattern_of(relation: Relation) -> Pattern:
    """The pattern of a relation, with each number once where that can be."""
    if not relation.is_bound and (pattern := _once(relation.polynomial)):
        return pattern
    pattern = Pattern(relation.terms)
    row = _row(pattern, [(value, Counter(part)) for part, value in relation.polynomial.parts.items()])
    pattern.is_bound = relation.is_bound and not pattern.extras
    pattern.sums.append([*row, (pattern.extra(0.0), 1.0)] if relation.is_bound and pattern.extras else row)
    return pattern


def _row(pattern: Pattern, parts: Sequence[tuple[Fraction, Powers]]) -> list[tuple[int, float]]:
    return [(pattern.monomial(powers), float(value)) for value, powers in parts]


def _once(polynomial: Polynomial) -> Pattern | None:
    """A pattern in which each term occurs once: `v = a * (b + c * d + ...)`, if a term v can be told so.

    `a` may be divided by terms, and so may what stands in the brackets.
    """
    for term in polynomial.terms:
        factor, rest = polynomial.split(term)
        if polynomial.power(term) == 1 and len(factor.parts) == 1 and term not in factor.terms:
            below, divisor = next(iter(factor.parts.items()))
            parts = [(-value / divisor, _less(Counter(part), below)) for part, value in rest.parts.items()]
            common = _common([powers for _, powers in parts])
            inner = [(value, _less(Counter(powers), common)) for value, powers in parts]
            counts = Counter([*common.keys(), *(one for _, powers in inner for one in powers)])
            sizes = [
                abs(power) for powers in (common, *(one for _, one in inner)) for power in powers.values()
            ]
            if parts and max(counts.values(), default=1) == 1 and max(sizes, default=1) == 1:
                return _told(polynomial.terms, term, common, inner)
    return None


def _told(
    terms: tuple[Term, ...], term: Term, common: Powers, inner: Sequence[tuple[Fraction, Powers]]
) -> Pattern:
    pattern = Pattern(terms)
    own = terms.index(term)
    if len(inner) == 1 and not inner[0][1] and inner[0][0] == 1:
        pattern.monomial(common, None, own)
        return pattern
    bracket = pattern.extra() if common else own
    pattern.sums.append([(bracket, -1.0), *_row(pattern, inner)])
    if common:
        pattern.monomial(common, bracket, own)
    return pattern


def _less(powers: Counter[Term], other: Mapping[Term, int] | Sequence[Term]) -> dict[Term, int]:
    """A product of terms divided by another."""
    powers.subtract(other)
    return {term: power for term, power in powers.items() if power}


def _common(products: Sequence[Powers]) -> dict[Term, int]:
    """What stands on the same side of the bar in all products."""
    found = {}
    for term in {term for powers in products for term in powers}:
        own = [powers.get(term, 0) for powers in products]
        if min(own) > 0 or max(own) < 0:
            found[term] = min(own) if min(own) > 0 else max(own)
    return found
