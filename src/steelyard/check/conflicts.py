"""Smallest sets of figures that cannot all hold, each once, and sets that hold together tellingly.

One wrong figure echoes through every equation that it stands in. So the shortest conflict is told first, and
one that contains the figure which its first reading would change is an echo, and is not told again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from steelyard.check.bind import World
from steelyard.check.fit import bear_out
from steelyard.check.propagate import Trial
from steelyard.check.readings import Reading
from steelyard.core.expression import Term
from steelyard.core.identity import Relation, eliminate
from steelyard.core.interval import Interval
from steelyard.core.polynomial import Range

TELLING = 0.25
Readings = tuple[Reading, ...]


@dataclass(frozen=True)
class Tested:
    """Trials of one choice of figures in their world, with the relations of the world's identities by use.

    There is more than one trial where the text leaves open which target is meant.
    """

    world: World
    trials: tuple[Trial, ...]
    relations: Mapping[str, Relation]

    @property
    def trial(self) -> Trial:
        """The trial with the target that stands nearest."""
        return self.trials[0]

    @property
    def fails(self) -> bool:
        """Whether the figures cannot all hold, whichever target is meant."""
        return all(not trial.holds for trial in self.trials)

    @cached_property
    def _readings(self) -> list[Readings]:
        """What `read` has found, for conflicts are ranked more than once."""
        return []

    def read(self, readings_of: Callable[[Tested], Readings]) -> Readings:
        """Its readings, worked out once."""
        if not self._readings:
            self._readings.append(readings_of(self))
        return self._readings[0]

    @property
    def identity(self) -> str:
        """The id of the identity that the finding is named after."""
        return self.naming.identities[0]

    @property
    def naming(self) -> Relation:
        """The identity that joins the rest: one that sums up parts, else one that defines the last result."""
        used, claimed = self.used, [term for term, _ in self.trial.claimed]
        summed = [relation for relation in used if _speaks_of_items(relation)]
        defining = [one for term in reversed(claimed) for one in used if one.defines == term]
        return (summed or defining or used)[0]

    @property
    def used(self) -> list[Relation]:
        """The identities that went into the relation of the trial, as written."""
        return [self.relations[use] for use in self.trial.relation.uses]

    @property
    def result(self) -> Term | None:
        """The claimed term that follows from the others: what the naming identity defines, if claimed."""
        defined = self.naming.defines
        return defined if any(term == defined for term, _ in self.trial.claimed) else None

    def two_sides(self) -> tuple[Term, Relation, Relation] | None:
        """The term that the naming identity defines, if no figure states it, and the two relations that give
        it.

        The second is the one that the naming identity itself works out.
        """
        naming, term = self.naming, self.naming.defines
        if term is None or term in self.trial.figures:
            return None
        closed, _ = eliminate(self.used, {*self.trial.figures, term})
        ways = [relation for relation in closed if term in relation.terms]
        own = [relation for relation in ways if set(naming.uses) <= set(relation.uses)]
        other = [relation for relation in ways if not set(naming.uses) <= set(relation.uses)]
        return (term, other[0], own[0]) if own and other else None


def _speaks_of_items(relation: Relation) -> bool:
    return len({term.item for term in relation.terms}) > 1


def smallest_conflicts(
    tested: Iterable[Tested], readings_of: Callable[[Tested], Readings], known: Iterable[object] = ()
) -> list[tuple[Tested, Readings]]:
    """Failed trials with their readings, shortest first, without those that echo a shorter one.

    One that contains a figure which the first reading of a shorter one would change, or a copy of it, is its
    echo. `known` are the words of figures in conflicts already told.
    """
    failed = sorted((one for one in tested if one.fails), key=_by_length)
    guilty = set(known)
    told: list[tuple[Tested, Readings]] = []
    # Those told by one of their words: what holds all of their words holds that one.
    by_word: dict[object, list[frozenset[object]]] = {}
    for one in failed:
        words = one.trial.words
        if guilty & words or any(other <= words for word in words for other in by_word.get(word, ())):
            continue
        readings = one.read(readings_of)
        told.append((one, readings))
        by_word.setdefault(next(iter(words), None), []).append(words)
        first = readings[0].claim if readings else ""
        guilty.update(figure.word for _, figure in one.trial.claimed if figure.claim.id == first)
    return told


def telling_agreements(tested: Iterable[Tested]) -> list[Tested]:
    """Trials that hold although they could easily have failed, each relation's first, shortest first.

    Those in which no figure bears the others out, since they only overlap at the edges, are among them.
    """
    found: list[Tested] = []
    seen: set[frozenset[object]] = set()
    for one in sorted((one for one in tested if not one.fails), key=_by_length):
        new = not one.trial.relation.is_bound and one.trial.words not in seen
        if new and len(one.trials) == 1 and len(one.trial.orders) > 1 and _telling(one.trial):
            seen.add(one.trial.words)
            found.append(one)
    return found


def is_borne_out(tested: Tested) -> bool:
    """Whether one of the figures is the number that the others leave, by the rule of audits."""
    trial = tested.trial
    return any(
        bear_out(trial.figures[term].interval, trial.implied(term).interval()) for term in _telling(trial)
    )


def _by_length(tested: Tested) -> tuple[int, int, list[int], tuple[str, ...]]:
    trial = tested.trial
    return len(trial.orders), len(trial.relation.uses), sorted(trial.orders), trial.relation.uses


def _telling(trial: Trial) -> list[Term]:
    """The terms to which the others leave so little room, and whose figures say so much, that it tells
    something if they agree.
    """
    return [
        term
        for term, figure in trial.claimed
        if is_narrow(trial.implied(term)) and not _is_vague(figure.interval)
    ]


def is_narrow(left: Range) -> bool:
    """Whether a range is at most a quarter as wide as its larger end."""
    size = max(abs(float(left.low)), abs(float(left.high)))
    return left.exact and 0 < size < math.inf and float(left.high - left.low) <= TELLING * size


def _is_vague(interval: Interval) -> bool:
    """Whether a printed number leaves more than a quarter of itself open, as "100,000" does."""
    size = max(abs(interval.low), abs(interval.high))
    return interval.is_bounded and interval.width > Decimal(TELLING) * size


def loose_bounds(tested: Sequence[Tested]) -> list[Tested]:
    """Bounds that hold, but not for every value that their figures leave open: there is no headroom."""
    found = []
    for one in tested:
        bound = one.trial.relation
        if bound.is_bound and not one.fails and one.trial.given and _touches(one.trial):
            found.append(one)
    return found


def _touches(trial: Trial) -> bool:
    """Whether a value that a figure leaves open would break the bound."""
    return any(not trial.relation.can_hold({**trial.box, term: end}) for term, end in _ends(trial))


def _ends(trial: Trial) -> list[tuple[Term, Interval]]:
    return [
        (term, Interval.exactly(bound))
        for term, figure in trial.claimed
        for bound in (figure.interval.low, figure.interval.high)
        if bound.is_finite()
    ]
