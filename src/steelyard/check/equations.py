"""Which equations are tried on the figures of a ledger: all that the identities make, or of very many figures
those in which the array engine suspects a contradiction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from steelyard.check.bind import World, relations_of, worlds_of
from steelyard.check.compare import Comparison, apart_in_perimeter, no_bridge
from steelyard.check.conflicts import Tested, smallest_conflicts
from steelyard.check.explain import Explainer
from steelyard.check.figures import Figure, Kinds
from steelyard.check.propagate import closed_relations, trials_of
from steelyard.core.identity import Identity, Relation
from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import Vocabulary

# Beyond so many figures in equations the array engine says first which of them are worth a trial.
MOST_TRIED = 6_000
# How often it is asked again, without the figures that conflicts have been laid to.
MOST_ROUNDS = 4
Bound = tuple[World, Sequence[Relation]]


@dataclass(frozen=True)
class Equations:
    """What was tried, the worlds with all their relations, and what was not looked at."""

    tested: list[Tested]
    worlds: list[Bound]
    problems: list[Problem]

    def with_more(
        self, tested: Sequence[Tested], worlds: Sequence[Bound], problems: Sequence[Problem]
    ) -> Equations:
        """The same and more."""
        return Equations([*self.tested, *tested], [*self.worlds, *worlds], [*self.problems, *problems])


@dataclass(frozen=True)
class Rules:
    """What puts figures into equations."""

    identities: Sequence[Identity]
    kinds: Kinds
    vocabulary: Vocabulary

    def bind(self, worlds: Iterable[World]) -> list[Bound]:
        """Worlds with the relations that the identities put on them."""
        return [
            (world, relations_of(world, self.identities, self.kinds, self.vocabulary)) for world in worlds
        ]


def equations_of(
    figures: Sequence[Figure], comparisons: Sequence[Comparison], rules: Rules, explainer: Explainer
) -> Equations:
    """The trials that tell something about the figures."""
    worlds = _worlds(figures, comparisons, rules.kinds)
    if sum(len(group) for world in worlds for group in world.figures.values()) > MOST_TRIED:
        return _sifted(worlds, figures, known_words(comparisons), rules, explainer)
    bound = rules.bind(worlds)
    tested, limits = _tested(bound)
    return Equations(tested, bound, [*limits, *_missing_bridges(figures, rules)])


def known_words(comparisons: Iterable[Comparison]) -> set[object]:
    """The words of figures that contradict another account of the same number."""
    return {
        figure.word
        for comparison in comparisons
        if not comparison.agree and comparison.apart is None
        for figure in comparison.figures
    }


def _worlds(figures: Sequence[Figure], comparisons: Iterable[Comparison], kinds: Kinds) -> list[World]:
    """The worlds, without figures that are of another stage than theirs if the comparisons are to be
    reconciled.
    """
    elsewhere: dict[str | None, set[int]] = {}
    for comparison in comparisons:
        if comparison.apart == "status" and (silent := comparison.silent):
            for other in comparison.figures:
                if other is not silent:
                    elsewhere.setdefault(other.stage, set()).add(silent.order)
    return [world.without(elsewhere.get(world.stage, ())) for world in worlds_of(figures, kinds)]


def _tested(worlds: Iterable[Bound]) -> tuple[list[Tested], list[Problem]]:
    """Every trial of every world, and a refusal for each world that was too large to look at wholly."""
    tested: list[Tested] = []
    problems = []
    for world, relations in worlds:
        closed, complete = closed_relations(world, relations)
        by_use = {use: relation for relation in relations for use in relation.uses}
        tested += [Tested(world, tuple(trials), by_use) for trials in trials_of(world, closed) if trials]
        if not complete:
            message = f"The figures of {world.actor} hang together in too many ways; not all were looked at."
            place = Place(next(iter(world.figures.values()))[0].claim.document)
            hint = "Check the documents in smaller groups."
            problems.append(Problem("too-many-equations", message, place, hint, "refusal"))
    return tested, problems


def _sifted(
    worlds: Sequence[World],
    figures: Sequence[Figure],
    known: Collection[object],
    rules: Rules,
    explainer: Explainer,
) -> Equations:
    """The trials that fail where the engine suspects it.

    A conflict is laid to the figure that its first reading would change. Without those the engine is asked
    again, for one of them may stand in two conflicts that have nothing else in common.
    """
    # Loaded here, for the kernel takes as long to load as a few articles take to check.
    from steelyard.check.sieve import suspects_of

    orders: dict[object, set[int]] = {}
    for figure in figures:
        orders.setdefault(figure.word, set()).add(figure.order)
    gone = {order for word in known for order in orders.get(word, ())}
    left = [world.without(gone) for world in worlds]
    looked = Equations([], [], [])
    tried: set[frozenset[int]] = set()
    whole = True
    for _ in range(MOST_ROUNDS):
        suspects = suspects_of(left, rules.identities, rules.kinds, rules.vocabulary)
        whole = whole and suspects.whole
        fresh = {_orders(part): part for part in suspects.parts if _orders(part) not in tried}
        tried.update(fresh)
        bound = rules.bind(fresh.values())
        tested, limits = _tested(bound)
        failed = [one for one in tested if one.fails]
        looked = looked.with_more(failed, bound, limits)
        gone = {
            order for word in guilty_words(looked.tested, explainer, known) for order in orders.get(word, ())
        }
        left = [world.without(gone) for world in suspects.worlds]
        if not failed:
            break
    return looked.with_more([], [], [_not_all(whole)])


def _orders(world: World) -> frozenset[int]:
    return frozenset(figure.order for group in world.figures.values() for figure in group)


def _not_all(whole: bool) -> Problem:
    message = "There are very many figures: among equations only contradictions were looked for"
    message += "." if whole else ", and not everywhere to the end."
    hint = "Check the documents in smaller groups to see as well what agrees and what follows."
    return Problem("many-figures", message, Place(""), hint, "refusal")


def guilty_words(tested: Sequence[Tested], explainer: Explainer, known: Collection[object]) -> set[object]:
    """The words of the figures to which conflicts are laid."""
    found: set[object] = set()
    for conflict, readings in smallest_conflicts(tested, explainer.readings, known):
        first = readings[0].claim if readings else ""
        found.update(figure.word for _, figure in conflict.trial.claimed if figure.claim.id == first)
    return found


def _missing_bridges(figures: Sequence[Figure], rules: Rules) -> list[Problem]:
    """A refusal for each relation that could be tested if figures of several perimeters could be mixed."""
    found: dict[tuple[str, str], Problem] = {}
    for world in worlds_of(figures, rules.kinds, mixed=True):
        if len({figure.perimeter for group in world.figures.values() for figure in group}) < 2:
            continue
        ((_, relations),) = rules.bind([world])
        closed, _ = closed_relations(world, relations)
        for relation in closed:
            groups = [world.figures[term] for term in relation.terms]
            bounded = [[figure for figure in group if figure.has_perimeter] for group in groups]
            ways = [{figure.perimeter for figure in group} for group in bounded if group]
            if len(ways) > 1 and not set.intersection(*ways):
                first, other = apart_in_perimeter([group for group in bounded if group])
                found.setdefault((first.claim.id, other.claim.id), no_bridge(first, other))
    return list(found.values())
