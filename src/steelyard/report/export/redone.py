"""How the bounds of a finding follow from the ends of the claims that it rests on, as sums over cells.

A finding keeps its claims and its identity, not the equation that came of them. So what the text itself says
of how they follow, and else the identities, are bound to its claims once more and solved; what does not give
the bounds that the finding has is no sum of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from itertools import chain, product
from math import isclose
from operator import mul
from typing import Literal

from steelyard.check.bind import World, relations_of, worlds_of
from steelyard.check.figures import MOVES, PLAIN, Figure, Kinds, figures_of
from steelyard.check.findings import Finding
from steelyard.check.propagate import Trial
from steelyard.check.stated import stated_tests
from steelyard.check.unsaid import between_stages, with_unsaid
from steelyard.core.claim import Ledger
from steelyard.core.expression import Term
from steelyard.core.identity import Identity, Relation, eliminate, load_identities
from steelyard.core.polynomial import Monomial, Polynomial
from steelyard.core.quantity import Unit
from steelyard.core.vocabulary import Vocabulary
from steelyard.report.export.cell_sums import NOISE, CellSum, constant
from steelyard.report.verdicts import claim_behind, number_of

Side = Literal["expected", "found"]
End = Literal["low", "high"]
Bound = tuple[World, Sequence[Relation]]
Ends = tuple[CellSum | None, CellSum | None]
NOTHING: Ends = (None, None)
# A longer sum is no help, and its corners are too many.
MOST_FIGURES = 8
MOST_PRODUCTS = 14
# A world with more equations is left out.
MOST_RELATIONS = 300
# Of a larger ledger each finding's own claims alone are looked at.
MOST_LEDGER = 400
_BOTH: tuple[End, End] = ("low", "high")
# A value in base units for each term, with the claim's end that gives it and its sign.
Corner = Mapping[Term, tuple[float, End, int]]


@dataclass(frozen=True, slots=True)
class _Way:
    """A relation that gives `term` by the figures of the other terms in it."""

    relation: Relation
    term: Term
    figures: Mapping[Term, Figure]


@dataclass(frozen=True)
class Redoing:
    """The findings of a ledger as sums over cells; `cell` gives the address of an end of a claim."""

    ledger: Ledger
    vocabulary: Vocabulary
    cell: Callable[[str, End], str]

    @cached_property
    def _kinds(self) -> Kinds:
        return Kinds.of(self.vocabulary)

    @cached_property
    def _identities(self) -> list[Identity]:
        return load_identities(self.vocabulary)[0]

    @cached_property
    def _figures(self) -> Mapping[str, Figure]:
        """The figures that identities can speak of by the ids of their claims, as `check` has them."""
        said, _ = figures_of(self.ledger, self._kinds, self.vocabulary)
        return {figure.claim.id: figure for figure in with_unsaid(between_stages(said, self._kinds))}

    def ends(self, finding: Finding, side: Side) -> Ends:
        """The two ends of a side as sums; None for an open end and where no sum gives it."""
        bounds = getattr(finding, side)
        if not bounds or "low" not in bounds:
            return NOTHING
        wanted = number_of(bounds.get("low")), number_of(bounds.get("high"))
        if behind := claim_behind(finding.to_json(), side):
            cells = [self._printed(str(behind["id"]), end, at) for end, at in zip(_BOTH, wanted, strict=True)]
            return cells[0], cells[1]
        unit = self.vocabulary.units.unit(str(bounds.get("unit") or ""))
        if unit is None or len(finding.claims) + len(finding.given) > MOST_FIGURES:
            return NOTHING
        ways = chain(self._stated_ways(finding), self._identity_ways(finding, unit))
        return next((ends for way in ways if (ends := self._solved(way, wanted, unit))), NOTHING)

    def _stated_ways(self, finding: Finding) -> Iterator[_Way]:
        """The equations that the text itself states between these claims, for each of them."""
        ids = frozenset(claim.id for claim in (*finding.claims, *finding.given))
        for trial in self._stated.get(ids, ()):
            terms = sorted(trial.figures, key=lambda term: -trial.figures[term].order)
            yield from (_Way(trial.relation, term, trial.figures) for term in terms)

    @cached_property
    def _stated(self) -> Mapping[frozenset[str], list[Trial]]:
        """The trials of what texts state, by the ids of the claims in them."""
        found: dict[frozenset[str], list[Trial]] = {}
        for tested in stated_tests(self.ledger, self.vocabulary):
            for trial in tested.trials:
                ids = frozenset(figure.claim.id for figure in trial.figures.values())
                found.setdefault(ids, []).append(trial)
        return found

    def _identity_ways(self, finding: Finding, unit: Unit) -> Iterator[_Way]:
        """The equations that identities make between these claims and one term of the unit."""
        figures = [self._figures.get(claim.id) for claim in (*finding.claims, *finding.given)]
        known = [figure for figure in figures if figure]
        if known and len(known) == len(figures):
            for world, relations in chain(self._bound(worlds_of(known, self._kinds)), self._all):
                yield from self._ways(world, relations, known, unit)

    @cached_property
    def _all(self) -> list[Bound]:
        """The worlds of the whole ledger: parts that other claims name stand only in their equations."""
        figures = [*self._figures.values()]
        return [*self._bound(worlds_of(figures, self._kinds))] if len(figures) <= MOST_LEDGER else []

    def _bound(self, worlds: Iterable[World]) -> Iterator[Bound]:
        for world in worlds:
            relations = relations_of(world, self._identities, self._kinds, self.vocabulary)
            if len(relations) <= MOST_RELATIONS:
                yield world, relations

    def _printed(self, claim: str, end: End, value: float | None) -> CellSum | None:
        return None if value is None else CellSum(self.cell(claim, end), float(value))

    def _ways(
        self, world: World, relations: Sequence[Relation], figures: Sequence[Figure], unit: Unit
    ) -> Iterator[_Way]:
        """The relations of a world that give one term of a unit by figures, claimed terms first."""
        orders = {figure.order for figure in figures}
        held = [
            (term, figure)
            for term, group in world.figures.items()
            for figure in group
            if figure.order in orders
        ]
        by_term = dict(held)
        if len(by_term) < len(held) or orders != {figure.order for figure in by_term.values()}:
            return
        spoken = {term for relation in relations for term in relation.terms}
        fitting = [term for term in sorted(spoken) if self._fits(term, unit)]
        fitting.sort(key=lambda term: -by_term[term].order if term in by_term else 1)
        for term in fitting:
            closed, _ = eliminate(relations, {*by_term, term})
            for relation in closed:
                if term in relation.terms:
                    yield _Way(relation, term, by_term)

    def _fits(self, term: Term, unit: Unit) -> bool:
        """Whether a term can be told in a unit: growth and shares in percent, else by its measure."""
        if term.operator.partition(" ")[0] in (*MOVES[:1], "share"):
            return unit.dimension in PLAIN
        entry = self.vocabulary.entry("measures", term.measure)
        dimension = entry.text("dimension") if entry else ""
        return dimension == unit.dimension or (dimension in PLAIN and unit.dimension in PLAIN)

    def _solved(self, way: _Way, wanted: tuple[float | None, float | None], unit: Unit) -> Ends | None:
        """The ends of a way's term as sums, or None where these are not the ones that are wanted."""
        if way.relation.polynomial.power(way.term) != 1:
            return None
        factor, rest = way.relation.polynomial.split(way.term)
        over, under = -rest, factor
        if len(over.parts) + len(under.parts) > MOST_PRODUCTS:
            return None
        terms = sorted({*over.terms, *under.terms})
        corners = [
            (value / float(unit.factor), dict(zip(terms, corner, strict=True)))
            for corner in product(*(_ends_of(way.figures[term]) for term in terms))
            if (value := _value(over, under, dict(zip(terms, corner, strict=True)))) is not None
        ]
        if not corners:
            return None
        found: list[CellSum | None] = []
        for end, choose in zip(wanted, (min, max), strict=True):
            value, corner = choose(corners, key=lambda one: one[0])
            if end is not None and not isclose(value, end, rel_tol=NOISE):
                return None
            found.append(None if end is None else self._sum(over, under, corner, way, unit))
        return found[0], found[1]

    def _sum(self, over: Polynomial, under: Polynomial, corner: Corner, way: _Way, unit: Unit) -> CellSum:
        """The quotient at a corner, in the unit."""
        cells = {term: self._end(way.figures[term], end, sign) for term, (_, end, sign) in corner.items()}
        if next(iter(under.parts.values())) < 0:
            over, under = -over, -under
        whole = _added(over, cells, way)
        if under != Polynomial.constant(1):
            whole = whole / _added(under, cells, way)
        return _times(whole, 1 / Fraction(unit.factor))

    def _end(self, figure: Figure, end: End, sign: int) -> CellSum:
        """An end of a claim in base units."""
        claim = figure.claim
        cell = CellSum(self.cell(claim.id, end), float(getattr(claim, end)))
        return _times(cell, sign * Fraction(figure.factor))


def _ends_of(figure: Figure) -> list[tuple[float, End, int]]:
    """The finite ends of a figure in base units, each with the claim's end that gives it and its sign."""
    found = []
    for bound in dict.fromkeys((figure.interval.low, figure.interval.high)):
        for end, sign in product(_BOTH, (1, -1)):
            printed = getattr(figure.claim, end)
            if printed is not None and sign * printed * figure.factor == bound:
                found.append((float(bound), end, sign))
                break
    return found


def _value(over: Polynomial, under: Polynomial, corner: Corner) -> float | None:
    """A quotient at a corner; None where there is none."""
    values = {term: value for term, (value, _, _) in corner.items()}
    bottom = under.nearly(values)[0]
    return over.nearly(values)[0] / bottom if bottom else None


def _added(polynomial: Polynomial, cells: Mapping[Term, CellSum], way: _Way) -> CellSum:
    """A sum of products, those that are added before those that are taken away."""

    def place(part: tuple[Monomial, Fraction]) -> tuple[bool, list[int]]:
        return part[1] < 0, sorted(way.figures[term].order for term in part[0])

    whole: CellSum | None = None
    for monomial, coefficient in sorted(polynomial.parts.items(), key=place):
        terms = sorted(monomial, key=lambda term: way.figures[term].order)
        size = abs(coefficient)
        factors = [cells[term] for term in terms]
        if size != 1 or not factors:
            factors.insert(0, constant(size))
        one = reduce(mul, factors)
        if whole is None:
            whole = one if coefficient > 0 else constant(-1) * one
        else:
            whole = whole + one if coefficient > 0 else whole - one
    return whole or constant(0)


def _times(cell: CellSum, factor: Fraction) -> CellSum:
    """A cell times a number, divided where that reads better."""
    if factor == 1:
        return cell
    if factor.numerator == 1:
        return cell / constant(factor.denominator)
    return cell * constant(factor)
