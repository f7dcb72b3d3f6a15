"""Numbers that no document prints but that follow from what it prints, the nearest first and only a few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.check.bind import World
from steelyard.check.conflicts import is_narrow
from steelyard.check.propagate import Trial, alternatives_of, choices_of
from steelyard.core.expression import Term
from steelyard.core.identity import Relation, eliminate
from steelyard.core.quantity import Unit
from steelyard.core.vocabulary import Vocabulary

MOST_DERIVED = 12
MOST_RELATIONS = 300
STEPS = 2
# The unit that the contract gives growth and shares in.
PERCENT = "%"


def derivations(
    world: World, relations: Sequence[Relation], stated: frozenset[Term], steps: int = STEPS
) -> Iterator[tuple[Term, Trial]]:
    """Terms that nobody states, each with the trial whose figures leave it least room, by at most `steps`
    identities.

    `stated` are the terms that some document states of the same actor. A world with very many relations is
    left out.
    """
    if len(relations) > MOST_RELATIONS:
        return
    holding: dict[Term, list[Relation]] = {}
    for relation in relations:
        for term in relation.terms:
            holding.setdefault(term, []).append(relation)
    for term in sorted(holding.keys() - stated):
        # In one step only a relation leads to the term that it stands in itself.
        near = holding[term] if steps == 1 else relations
        closed, _ = eliminate(near, {*world.figures, term}, longest=steps)
        ways = [relation for relation in closed if term in relation.terms and not relation.is_bound]
        trials = [trial for relation in ways if (trial := _trial(world, relation, term)) is not None]
        if trials:
            yield term, min(trials, key=lambda trial: _rank(trial, term))


def _trial(world: World, relation: Relation, term: Term) -> Trial | None:
    """The relation with the figures of one document, if they leave the term little room and one target is
    meant.
    """
    others = [one for one in relation.terms if one != term]
    claimed = [one for one in others if not world.figures[one][0].sets_question]
    choices = next(choices_of(world, claimed), [])
    if len(choices) != 1 or len({figure.claim.document for figure in choices[0]}) != 1:
        return None
    trials = alternatives_of(world, relation, dict(zip(claimed, choices[0], strict=True)))
    return trials[0] if len(trials) == 1 and is_narrow(trials[0].implied(term)) else None


def _rank(trial: Trial, term: Term) -> tuple[int, int, float]:
    left = trial.implied(term)
    return len(trial.relation.uses), len(trial.claimed), float(left.high - left.low)


def order_of_interest(found: tuple[Term, Trial]) -> tuple[int, int, list[int], Term]:
    """The fewest identities first, then the fewest figures, then the order of the text."""
    term, trial = found
    return len(trial.relation.uses), len(trial.claimed), sorted(trial.orders), term


def unit_of(term: Term, world: World, vocabulary: Vocabulary) -> Unit | None:
    """The unit in which a derived term is told: percent, the currency, or the first of its measure."""
    if term.operator in ("growth", "share"):
        return vocabulary.units.unit(PERCENT)
    measure = vocabulary.entry("measures", term.measure)
    units = measure.texts("units") if measure else ()
    if world.currency and measure and measure.text("dimension") == "money":
        return vocabulary.units.unit(world.currency)
    return vocabulary.units.unit(units[0]) if units else None
