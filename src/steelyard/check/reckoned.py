"""What sources leave for a draft's figure by identities: it follows from theirs, or it cannot be beside them.

The figure is put into each source as if it stood there, and beside what all of them say for certain. The
sources' own accounts of the same number are left out: those are compared, not reckoned with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from steelyard.check.bind import World, relations_of, worlds_of
from steelyard.check.conflicts import Tested, is_narrow
from steelyard.check.figures import Figure, Kinds, as_base
from steelyard.check.fit import bear_out
from steelyard.check.propagate import Trial, trials_of
from steelyard.check.years import year_before
from steelyard.core.expression import Term
from steelyard.core.identity import Identity, Relation, eliminate
from steelyard.core.vocabulary import Vocabulary

# As in `derive`: a world with more relations takes long, and few of them speak of one figure.
MOST_RELATIONS = 300
MOST_SOURCES = 60
STEPS = 4
Closed = tuple[list[Relation], list[Relation]]


@dataclass(frozen=True)
class Reckoned:
    """What the sources leave for a figure in one way: the trial, and the term that the figure is in it."""

    tested: Tested
    term: Term

    @property
    def trial(self) -> Trial:
        """The trial with the figure in it, one that holds if there is any."""
        return next((trial for trial in self.tested.trials if trial.holds), self.tested.trial)

    @property
    def rest(self) -> Trial:
        """The same without the figure: what it follows from."""
        others = {term: one for term, one in self.trial.figures.items() if term != self.term}
        return Trial(self.trial.relation, others)

    @property
    def is_telling(self) -> bool:
        """Whether the sources leave the figure so little room that it says something, and bear it out."""
        left = self.trial.implied(self.term)
        if self.trial.relation.is_bound or not is_narrow(left):
            return False
        return bear_out(self.trial.figures[self.term].interval, left.interval())

    @property
    def fails(self) -> bool:
        """Whether the figure cannot be, whichever of several targets or figures is meant."""
        return self.tested.fails

    @property
    def is_open(self) -> bool:
        """Whether one of the figures leaves its stage or definition open while another says one."""
        claimed = [figure for _, figure in self.trial.claimed]
        stages = {figure.stage for figure in claimed if figure.has_stage}
        definitions = {figure.claim.definition for figure in claimed if figure.has_perimeter}
        return any(None in said and len(said) > 1 for said in (stages, definitions))


@dataclass(frozen=True)
class Reckoner:
    """Sources and identities to reckon with. What follows from the same terms is worked out once."""

    sources: Sequence[Figure]
    identities: Sequence[Identity]
    kinds: Kinds
    vocabulary: Vocabulary
    closed: dict[object, Closed] = field(default_factory=dict, compare=False)

    @cached_property
    def _by_frame(self) -> dict[object, list[Figure]]:
        found: dict[object, list[Figure]] = {}
        for one in self.sources:
            found.setdefault(one.frame, []).append(one)
        return found

    def ways(self, figure: Figure) -> list[Reckoned]:
        """Every way in which the sources reckon a figure, the shortest first; those that are cut short left
        out.
        """
        near = [one for one in self._by_frame.get(figure.frame, ()) if _is_near(one, figure)]
        found = [way for vantage in _vantages(near, figure) for way in self._of(vantage)]
        return sorted(found, key=_by_length)

    def _of(self, figures: Sequence[Figure]) -> Iterator[Reckoned]:
        """The ways in one vantage, whose last figure is the draft's."""
        draft = figures[-1]
        for world in worlds_of(figures, self.kinds):
            names = dict.fromkeys((draft.term, as_base(draft.term)))
            own = [term for term in names if draft in world.figures.get(term, ())]
            for term in own:
                world.figures[term] = [draft]
            if own:
                yield from _reckoned(world, *self._closed(world), own)

    def _closed(self, world: World) -> Closed:
        """The relations on a world, and those that follow from them between its terms alone."""
        terms = frozenset(world.figures)
        key = terms, world.actor, world.base
        if key not in self.closed:
            relations = relations_of(world, self.identities, self.kinds, self.vocabulary)
            small = 0 < len(relations) <= MOST_RELATIONS
            self.closed[key] = relations, eliminate(relations, terms, longest=STEPS)[0] if small else []
        return self.closed[key]


def _reckoned(
    world: World, relations: Sequence[Relation], closed: Sequence[Relation], own: Sequence[Term]
) -> Iterator[Reckoned]:
    """The ways in one world to reckon the figure, which stands there as the terms `own`."""
    by_use: Mapping[str, Relation] = {use: relation for relation in relations for use in relation.uses}
    speaking = [one for one in closed if sum(term in one.terms for term in own) == 1]
    for trials in trials_of(world, speaking):
        term = next(term for term in own if term in trials[0].relation.terms) if trials else None
        if term:
            yield Reckoned(Tested(world, tuple(trials), by_use), term)


def _is_near(source: Figure, figure: Figure) -> bool:
    """Whether a source's figure can stand in an equation with another: its year is around its own."""
    year, other = figure.term.period, source.term.period
    return not year or not other or other in (year, year_before(year)) or year_before(other) == year


def _vantages(sources: Sequence[Figure], figure: Figure) -> Iterator[list[Figure]]:
    """The figure in each source by itself, and beside all that sources say of themselves; it comes last."""
    documents: dict[str, list[Figure]] = {}
    for one in sources:
        documents.setdefault(one.claim.document, []).append(one)
    for name, members in list(documents.items())[:MOST_SOURCES]:
        # Its sentence is none of the source's.
        there = figure.claim.changed(document=name, sentence_start=-1, sentence_end=-1)
        yield [*members, replace(figure, claim=there)]
    if len(documents) > 1:
        yield [*(one for one in sources if one.is_sure or one.is_timeless), figure]


def _by_length(way: Reckoned) -> tuple[int, int, list[int]]:
    trial = way.trial
    return len(trial.orders), len(trial.relation.uses), sorted(trial.orders)
