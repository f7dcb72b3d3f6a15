"""Whether a writer's slip explains why figures of one text do not hold together.

A contradiction tells a reader that a writer erred. Where none of the errors that writers make explains what
fails, it was the reader of the text that erred, and took figures together that were not meant so. Writers put
a digit in another's place, exchange two, take the wrong word of scale, write points for per cent, or reckon
somewhat wrong; they do not tell a rise of 18 per cent as one of 2,800.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from steelyard.check.figures import PLAIN, Figure
from steelyard.check.other_figures import LEVELS, is_of_two_levels
from steelyard.check.otherwise import (
    SCALES,
    is_slip_of_scale,
    with_one_digit_else,
    with_the_point_elsewhere,
)
from steelyard.check.propagate import Trial
from steelyard.check.readings import transposed
from steelyard.core.claim import Ledger
from steelyard.core.expression import Term
from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Vocabulary

KIND = "writers-slips"
NEVER = Decimal("Infinity")


@dataclass(frozen=True)
class Slips:
    """What the errors of writers look like, by the rule of kind "writers-slips".

    A result reckoned wrong is within a factor `farthest` of the right one. That other digits explain a sum
    over several sentences is no chance where no more than the part `narrow` of a figure is left open. Up to
    `bare` amounts of money say too little of how they are joined. A claim of confidence `sure` says of itself
    what it is of; beside no more than `alone` others in its text no figure is mistaken. `numbers` are the
    figures of each document.
    """

    farthest: Decimal
    narrow: Decimal
    bare: int
    sure: Decimal
    alone: int
    numbers: Mapping[str, int]

    def explain(self, trial: Trial) -> bool:
        """Whether an error of a writer explains why a trial fails.

        None has to where it is beyond doubt that these figures are meant, nor where documents disagree.
        """
        if self._are_meant(trial) or _mixes_points_and_percent(trial) or is_slip_of_scale(trial):
            return True
        if trial.relation.is_bound:
            return (
                self._is_near(trial) or _is_bound_of_another_scale(trial) or any(_fitting(trial, transposed))
            )
        if self._is_slip_of_digits(trial):
            return True
        return self._is_near(trial) and not self._is_bare(trial) and not _is_loose_product(trial)

    def _are_meant(self, trial: Trial) -> bool:
        """Whether nobody could take others for the figures of a trial, or they are of several documents."""
        claims = [figure.claim for figure in trial.figures.values()]
        documents = {claim.document for claim in claims}
        others = sum(self.numbers.get(one, 0) for one in documents) - len(claims)
        sure = all(claim.confidence >= self.sure for claim in claims)
        return len(documents) > 1 or sure or others <= self.alone

    def _is_slip_of_digits(self, trial: Trial) -> bool:
        """Whether digits written wrongly explain it, by no chance if the figures are joined loosely."""
        widest = self.narrow if _is_loose(trial) and not is_of_two_levels(trial) else NEVER
        ways = (with_one_digit_else, transposed, with_the_point_elsewhere)
        return any(any(_fitting(trial, way, widest)) for way in ways)

    def _is_near(self, trial: Trial) -> bool:
        """Whether the result is not farther from what the others leave for it than writers reckon wrong."""
        return max((_factor(trial, term) for term in _results(trial)), default=Decimal(1)) <= self.farthest

    def _is_bare(self, trial: Trial) -> bool:
        """Whether it only adds up a few amounts of money: any three of the many in a text could be meant."""
        parts = trial.relation.polynomial.parts.items()
        adds = all(len(terms) == 1 and abs(factor) == 1 for terms, factor in parts)
        money = all(figure.dimension == "money" for figure in trial.figures.values())
        return adds and money and len(trial.figures) <= self.bare


def slips_of_writers(ledger: Ledger, vocabulary: Vocabulary) -> Slips | None:
    """What the rule of kind "writers-slips" says, for the documents of a ledger; None where there is none."""
    rule = next((one for one in vocabulary.entries("rules").values() if one.text("kind") == KIND), None)
    if rule is None:
        return None
    return Slips(
        farthest=rule.number("farthest"),
        narrow=rule.number("narrow"),
        bare=int(rule.number("bare")),
        sure=rule.number("sure"),
        alone=int(rule.number("alone")),
        numbers=Counter(claim.document for claim in ledger if claim.is_number),
    )


def _is_loose(trial: Trial) -> bool:
    """Whether its figures stand in several sentences."""
    return len({figure.claim.sentence_start for figure in trial.figures.values()}) > 1


def _is_loose_product(trial: Trial) -> bool:
    """Whether an amount and its share, rate or price stand in several sentences: those of another year or by
    another definition miss by as much as writers err. Levels with the way between them are none.
    """
    multiplied = any(len(terms) > 1 for terms in trial.relation.polynomial.parts)
    return multiplied and _is_loose(trial) and not is_of_two_levels(trial)


def _fitting(
    trial: Trial, ways: Callable[[Figure], Iterable[Interval]], widest: Decimal = NEVER
) -> Iterator[bool]:
    """Whether all would hold with a figure written otherwise, for each way to do so and each figure for which
    the others leave no more than the part `widest` of it open.
    """
    for term, figure in trial.figures.items():
        if figure.interval.is_bounded and _leaves_little(trial, term, widest):
            yield from (trial.holds_with(term, one) for one in ways(figure))


def _leaves_little(trial: Trial, term: Term, widest: Decimal) -> bool:
    """Whether the others leave a figure little room, with what its own rounding leaves open."""
    if not widest.is_finite():
        return True
    left = trial.implied(term).interval()
    return left.is_bounded and left.width + trial.figures[term].interval.width <= widest * abs(left.middle)


def _results(trial: Trial) -> list[Term]:
    """The terms that a writer reckoned: what the relation gives, else percentages, else all."""
    claimed = [term for term, _ in trial.claimed]
    given = [term for term in claimed if term == trial.relation.defines]
    plain = [term for term in claimed if trial.figures[term].dimension in PLAIN]
    return given or plain or claimed


def _factor(trial: Trial, term: Term) -> Decimal:
    """How many times too large or too small a figure is at least; no number where signs differ."""
    told, left = trial.figures[term].interval, trial.implied(term).interval()
    if told.meets(left):
        return Decimal(1)
    ends = (told.high, left.low) if told.high < left.low else (told.low, left.high)
    if ends[0] * ends[1] <= 0:
        return NEVER
    return max(ends[0] / ends[1], ends[1] / ends[0])


def _is_bound_of_another_scale(trial: Trial) -> bool:
    """Whether a bound holds with another word of scale, by which its figures come nearer to one another."""
    for term, figure in trial.claimed:
        if figure.dimension in PLAIN or not figure.interval.is_bounded:
            continue
        bound = next((end for end in _ends(trial.implied(term).interval()) if end and end.is_finite()), None)
        if bound is None:
            continue
        for places in (*SCALES, *(-one for one in SCALES)):
            scaled = figure.interval.scaled(Decimal(10) ** places)
            nearer = _apart(scaled.middle, bound) < _apart(figure.interval.middle, bound)
            if nearer and trial.holds_with(term, scaled):
                return True
    return False


def _ends(interval: Interval) -> tuple[Decimal, Decimal]:
    return interval.low, interval.high


def _apart(one: Decimal, other: Decimal) -> Decimal:
    """By which factor two numbers are apart."""
    return max(abs(one / other), abs(other / one)) if one and other else NEVER


def _mixes_points_and_percent(trial: Trial) -> bool:
    """Whether the way between two shares is told in points where it is so many per cent of the first, or the
    other way about: "from 2.0 to 2.4 percent of GDP, a rise of 20 percentage points".
    """
    if not is_of_two_levels(trial) or {one.dimension for one in trial.figures.values()} - {*PLAIN}:
        return False
    moves = [one.interval for term, one in trial.figures.items() if term.measure not in LEVELS]
    old, new = (
        next(one.interval for term, one in trial.figures.items() if term.measure == level) for level in LEVELS
    )
    if len(moves) != 1 or not (old.is_bounded and old.low > 0):
        return False
    points = new - old
    return any(moves[0].meets(way) or moves[0].meets(-way) for way in (points, points / old))
