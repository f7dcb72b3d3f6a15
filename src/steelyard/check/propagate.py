"""Trials: relations between claimed terms, each with one figure for every term, and what they leave of one
another.

This is the part to be replaced by a compiled one: it takes worlds and relations and gives back trials, and
nothing else here knows how they were worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, islice, product

from steelyard.check.bind import World
from steelyard.check.figures import Figure, exclude_each_other
from steelyard.core.expression import Term
from steelyard.core.identity import Relation, eliminate
from steelyard.core.interval import Interval
from steelyard.core.polynomial import Polynomial, Range

MOST_CHOICES = 64
# Up to so many documents, what each two of them say together is worked out by itself.
MOST_PAIRED = 6


@dataclass(frozen=True)
class Trial:
    """A relation and one figure for each of its terms: do these figures hold together?"""

    relation: Relation
    figures: Mapping[Term, Figure]

    @property
    def box(self) -> dict[Term, Interval]:
        """What each figure leaves open, in base units."""
        return {term: figure.interval for term, figure in self.figures.items()}

    @cached_property
    def holds(self) -> bool:
        """Whether all figures can be true together."""
        return self.relation.can_hold(self.box)

    @cached_property
    def claimed(self) -> list[tuple[Term, Figure]]:
        """The figures that state something, in the order of the ledger."""
        pairs = ((term, figure) for term, figure in self.figures.items() if not figure.sets_question)
        return sorted(pairs, key=lambda pair: pair[1].order)

    @property
    def given(self) -> list[tuple[Term, Figure]]:
        """The targets and floors, which only set the question, in the order of the ledger."""
        pairs = ((term, figure) for term, figure in self.figures.items() if figure.sets_question)
        return sorted(pairs, key=lambda pair: pair[1].order)

    @cached_property
    def orders(self) -> frozenset[int]:
        """The places in the ledger of the figures that state something."""
        return frozenset(figure.order for _, figure in self.claimed)

    @cached_property
    def words(self) -> frozenset[object]:
        """What the figures that state something say, the same for a reprint of them."""
        return frozenset(figure.word for _, figure in self.claimed)

    @property
    def documents(self) -> set[str]:
        """The documents of the figures that state something."""
        return {figure.claim.document for _, figure in self.claimed}

    @cached_property
    def _implied(self) -> dict[Term, Range]:
        """What has been worked out of `implied`, for readings ask it of each figure many times."""
        return {}

    def implied(self, term: Term) -> Range:
        """What the other figures leave for `term`."""
        if term not in self._implied:
            self._implied[term] = self.relation.solve(term, self.box)
        return self._implied[term]

    def holds_with(self, term: Term, interval: Interval) -> bool:
        """Whether all could be true if the figure of `term` left open `interval` instead."""
        left = self.implied(term)
        if left.exact and left.low <= left.high and not self.relation.is_bound:
            return bool(left.low <= interval.high and interval.low <= left.high)
        return self.relation.can_hold({**self.box, term: interval})


def pair_trial(first: Figure, second: Figure, rule: str) -> Trial:
    """The trial that two figures are one number."""
    terms = [
        figure.term.at(period=f"{figure.term.period}#{place}") for place, figure in ((1, first), (2, second))
    ]
    difference = Polynomial.of([((terms[0],), Fraction(1)), ((terms[1],), Fraction(-1))])
    return Trial(Relation(difference, (rule,)), dict(zip(terms, (first, second), strict=True)))


def closed_relations(world: World, relations: Sequence[Relation]) -> tuple[list[Relation], bool]:
    """The relations between terms that the world has figures for, and whether all were looked at.

    What one document says, or two together, is closed by itself as well: a further document that states a
    term between must not hide what follows without it.
    """
    found: dict[tuple[str, ...], Relation] = {}
    complete = True
    web = _Web(relations)
    for known in _vantages(world):
        closed, whole = eliminate(web.leading_to(known), known)
        complete = complete and whole
        for relation in closed:
            found.setdefault(relation.uses, relation)
    return list(found.values()), complete


class _Web:
    """Relations with their terms by number, so that most can be ruled out cheaply, again and again."""

    def __init__(self, relations: Sequence[Relation]) -> None:
        self.relations = relations
        self.number: dict[Term, int] = {}
        self.terms = [
            [self.number.setdefault(term, len(self.number)) for term in relation.terms]
            for relation in relations
        ]
        self.places: list[list[int]] = [[] for _ in self.number]
        for place, terms in enumerate(self.terms):
            if not relations[place].is_bound:
                for term in terms:
                    self.places[term].append(place)
        self.counts = [len(places) for places in self.places]
        self.single = [term for term, count in enumerate(self.counts) if count == 1]

    def leading_to(self, known: frozenset[Term]) -> list[Relation]:
        """The relations without those that have a term neither known nor in any other of them: it could not
        be taken out.
        """
        wanted = {self.number[term] for term in known if term in self.number}
        counts = self.counts.copy()
        dead = bytearray(len(self.relations))
        lonely = [term for term in self.single if term not in wanted]
        while lonely:
            for place in self.places[lonely.pop()]:
                if not dead[place]:
                    dead[place] = 1
                    for term in self.terms[place]:
                        counts[term] -= 1
                        if counts[term] == 1 and term not in wanted:
                            lonely.append(term)
        return [relation for relation, gone in zip(self.relations, dead, strict=True) if not gone]


def _vantages(world: World) -> list[frozenset[Term]]:
    """The terms of all documents, of each, and of each two where they are few; each set once."""
    by_document: dict[str, set[Term]] = {}
    for term, figures in world.figures.items():
        for figure in figures:
            by_document.setdefault(figure.claim.document, set()).add(term)
    single = [frozenset(terms) for terms in by_document.values()]
    setting = frozenset(term for term, figures in world.figures.items() if figures[0].sets_question)
    pairs = combinations(dict.fromkeys(single), 2)
    joined = [one | other for one, other in pairs] if len(single) <= MOST_PAIRED else []
    everything = frozenset(world.figures)
    return list(dict.fromkeys([everything, *(known | setting for known in (*single, *joined))]))


def trials_of(world: World, relations: Sequence[Relation]) -> Iterator[list[Trial]]:
    """For each closed relation and choice of figures, the trials that must all fail for a contradiction.

    There is more than one where the text leaves open which of several figures or targets is meant.
    """
    for relation in relations:
        if len(relation.terms) < 2:
            continue
        claimed = [term for term in relation.terms if not world.figures[term][0].sets_question]
        for choices in choices_of(world, claimed):
            trials = (
                trial
                for figures in choices
                for trial in alternatives_of(world, relation, dict(zip(claimed, figures, strict=True)))
            )
            yield list(islice(trials, MOST_CHOICES))


def choices_of(world: World, terms: Sequence[Term]) -> Iterator[list[tuple[Figure, ...]]]:
    """One figure for each term: those of each document that has them all, and of the others together; up to
    MOST_CHOICES.

    Across documents only figures count that say of themselves which number they are of. Figures of one term
    that cannot be one number may well be of two things; then it is open which is meant, and the choices come
    in one list.
    """
    told: list[dict[str, list[Figure]]] = []
    for term in terms:
        told.append({})
        for figure in world.figures[term]:
            told[-1].setdefault(figure.claim.document, []).append(figure)
    documents = dict.fromkeys(document for by_document in told for document in by_document)
    complete = {document for document in documents if all(document in one for one in told)}
    for document in documents:
        if document in complete:
            yield from _choices([by_document[document] for by_document in told])
    sure = [
        [one for one in world.figures[term] if one.is_sure and one.claim.document not in complete]
        for term in terms
    ]
    yield from _choices(sure) if all(sure) else ()


def _choices(options: Sequence[Sequence[Figure]]) -> Iterator[list[tuple[Figure, ...]]]:
    """Every choice of one figure for each term, those between figures that exclude each other together."""
    distinct = [_distinct(figures) for figures in options]
    ways = [
        [figures] if exclude_each_other(figures) else [[figure] for figure in figures] for figures in distinct
    ]
    for way in islice(product(*ways), MOST_CHOICES):
        yield list(islice(product(*way), MOST_CHOICES))


def _distinct(figures: Sequence[Figure]) -> list[Figure]:
    """The first figure of each interval."""
    first: dict[tuple[object, object], Figure] = {}
    for figure in figures:
        first.setdefault((figure.interval.low, figure.interval.high), figure)
    return list(first.values())


def alternatives_of(world: World, relation: Relation, chosen: Mapping[Term, Figure]) -> list[Trial]:
    """A trial for each target or floor that the chosen figures may be about."""
    setting = [term for term in relation.terms if term in world.figures and term not in chosen]
    options = [_nearest(world.figures[term], list(chosen.values())) for term in setting]
    return [
        Trial(relation, {**chosen, **dict(zip(setting, figures, strict=True))})
        for figures in islice(product(*options), MOST_CHOICES)
    ]


def _nearest(candidates: Sequence[Figure], chosen: Sequence[Figure]) -> list[Figure]:
    """The targets or floors in the sentence of a chosen figure, else in its document, else all."""
    last = max((one.claim.start for one in chosen), default=0)
    sentences = {(one.claim.document, one.claim.sentence_start) for one in chosen}
    documents = {one.claim.document for one in chosen}
    same_document = [one for one in candidates if one.claim.document in documents]
    same_sentence = [
        one for one in same_document if (one.claim.document, one.claim.sentence_start) in sentences
    ]
    near = same_sentence or same_document or candidates
    return _distinct(sorted(near, key=lambda one: abs(one.claim.start - last)))
