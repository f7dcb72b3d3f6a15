"""The figures of a text that may be meant in place of those which a sum joins, and those beyond doubt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain, pairwise
from operator import attrgetter

from steelyard.check.figures import PLAIN, SETTING, Figure, stated_figure
from steelyard.check.fitting import NEW, OLD
from steelyard.check.propagate import Trial
from steelyard.check.text_figures import FiguresOfText
from steelyard.core.claim import Claim
from steelyard.core.expression import Term
from steelyard.core.identity import Relation
from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Vocabulary

# Figures with no other between them are told side by side up to so many letters apart.
BESIDE = 80
YEARS = "year"
LEVELS = (OLD, NEW)
START = attrgetter("start")
Others = Mapping[tuple[str, str | None], Sequence[Figure]]


def others_of(trial: Trial, text: FiguresOfText, vocabulary: Vocabulary) -> Others:
    """The figures of the text beside those of the trial, by kind, the nearest first."""
    taken = {figure.claim.id for figure in trial.figures.values()}
    place = max(figure.claim.start for figure in trial.figures.values())
    found: dict[tuple[str, str | None], list[Figure]] = {}
    for claim in text.around(place, taken):
        figure = stated_figure(claim, 0, Term("other"), vocabulary)
        if figure and figure.dimension in PLAIN and not is_of_two_levels(trial):
            figure = _as_printed(figure)
        elif claim.status in SETTING and (figure is None or figure.dimension != "money"):
            continue
        if figure and text.near.is_close(figure.interval):
            found.setdefault(kind_of(figure), []).append(figure)
    return found


def of_its_sentence(trial: Trial, others: Others) -> Others:
    """Other figures that stand in the one sentence of a sum."""
    place = next(iter(trial.figures.values())).claim.sentence_start
    return {
        kind: [one for one in figures if one.claim.sentence_start == place]
        for kind, figures in others.items()
    }


def side_by_side(trial: Trial, text: Sequence[Claim], *, by_keys: bool) -> set[Term]:
    """The figures of which the words leave no doubt that they are meant, for they follow one another with
    none between them: a list of three and more that are added up, or levels beside what leads to the second.

    Whoever reads "8 percent more than the 61 billion" looks for neither elsewhere. Levels of which one stands
    in another sentence are as doubtful as that one, unless their keys join them.
    """
    placed = sorted(trial.figures.items(), key=lambda pair: pair[1].claim.start)
    pairs = [
        (term, following)
        for (term, one), (following, other) in pairwise(placed)
        if _follows_at_once(one.claim, other.claim, text)
    ]
    if is_of_two_levels(trial):
        whole = by_keys or len({one.claim.sentence_start for _, one in placed}) == 1
        moved = {pair[0] for pair in pairs if pair[0].measure not in LEVELS and pair[1].measure in LEVELS}
        return set(chain.from_iterable(pair for pair in pairs if moved & {*pair})) if whole else set()
    listed = set(chain.from_iterable(pairs))
    return listed if is_sum(trial.relation) and len(pairs) == len(listed) - 1 >= len(LEVELS) else set()


def stand_in_a_row(trial: Trial, text: Sequence[Claim]) -> bool:
    """Whether all figures of a trial stand in one sentence with none between them, a change not first: "22
    billion more than 90 billion, but short of 144 billion" leads to a level that is told elsewhere.
    """
    placed = sorted(trial.figures.items(), key=lambda pair: pair[1].claim.start)
    (term, first), *rest = placed
    if term.measure not in LEVELS and kind_of(first) in {kind_of(one) for _, one in rest}:
        return False
    return all(_follows_at_once(one.claim, other.claim, text) for (_, one), (_, other) in pairwise(placed))


def _follows_at_once(first: Claim, second: Claim, text: Sequence[Claim]) -> bool:
    """Whether a figure stands in the same sentence right behind another, with no third between them."""
    if first.sentence_start != second.sentence_start or second.start - first.end > BESIDE:
        return False
    number = bisect_left(text, first.end, key=START)
    between = text[number : bisect_left(text, second.start, key=START)]
    return not any(claim.is_number and claim.unit != YEARS for claim in between)


def kind_of(figure: Figure) -> tuple[str, str | None]:
    """What figures share that may stand in each other's place."""
    return figure.dimension, None if figure.dimension in PLAIN else figure.claim.unit


def _as_printed(figure: Figure) -> Figure:
    """A share as the number that it is, though it is a target or a bound: a gap is told from just that."""
    if figure.value is None or (figure.interval.is_bounded and figure.claim.status not in SETTING):
        return figure
    return replace(figure, interval=Interval.exactly(figure.value))


def is_of_two_levels(trial: Trial) -> bool:
    """Whether a trial is of what leads from one level to another: a change or growth, which has a sign."""
    return {term.measure for term in trial.figures}.issuperset(LEVELS)


def is_sum(relation: Relation) -> bool:
    """Whether a relation adds up three numbers or more, and nothing else."""
    parts = relation.polynomial.parts.items()
    return len(parts) > 2 and all(len(terms) == 1 and abs(factor) == 1 for terms, factor in parts)


def size_of(figure: Figure) -> Decimal:
    """How large a figure is, its sign left out."""
    return abs(figure.value or Decimal(0))
