"""Whether figures that no sure words join have been told wrongly, or were never meant to hold together.

Words such as "the other 9 billion" or "a loss of 19 billion" say how a figure hangs together with some near
it, not with which. Where none of the likely ways holds, two doubts remain: figures near it may explain it in
another way, and the text may not give all of them. What a writer's slip explains to the last digit, and
nothing else does, is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from steelyard.check.figures import PLAIN, Figure, stated_figure
from steelyard.check.fitting import NEW, OLD, WHOLE
from steelyard.check.otherwise import SCALES, is_slip_of_digits
from steelyard.check.propagate import Trial
from steelyard.check.readings import transposed
from steelyard.core.claim import Claim
from steelyard.core.expression import Term
from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Vocabulary

# How far around a figure, in characters, others may explain it, and how many of them are looked at.
AROUND, MOST = 1000, 12
# Choices of figures up to which a digit in place of another is a likely slip; how many times as high a level
# becomes at most.
FEW, MOST_TIMES = 2, 4
# What part of itself a figure leaves open at most where a digit is told wrongly, and how many digits such
# figures have on average at least.
CLOSE, MEAN_DIGITS = Decimal("0.05"), Decimal("1.5")
ONE = Interval.exactly(1)


def explained_by_slips(trials: Sequence[Trial]) -> list[Trial]:
    """The failing sums that a writer's slip explains, those with a word of scale first.

    A digit in place of another explains too much where more than a few choices of figures are tried.
    """
    choices = {frozenset(figure.claim.id for figure in trial.figures.values()) for trial in trials}
    scaled = [trial for trial in trials if _is_scaled(trial)]
    plain = [trial for trial in trials if not any(trial is one for one in scaled) and _is_upright(trial)]
    digits = len(choices) <= FEW
    return scaled + [
        one for one in plain if _is_transposed(one) or (digits and _is_close(one) and is_slip_of_digits(one))
    ]


def _is_close(trial: Trial) -> bool:
    """Whether the figures of a sum say to within a small part of themselves what each of them is.

    Those of few digits, such as "60 tanks" and "20 tanks" out of "100 tanks", fit too much by chance.
    """
    digits = 0
    for _, figure in trial.claimed:
        interval = figure.interval
        if not interval.is_bounded or interval.width > CLOSE * abs(interval.middle):
            return False
        digits += len(interval.middle.normalize().as_tuple().digits)
    return digits > MEAN_DIGITS * len(trial.claimed)


def _is_upright(trial: Trial) -> bool:
    """Whether no part is above its whole, and no change above both levels."""
    sizes = {term.measure: abs(figure.value or Decimal(0)) for term, figure in trial.figures.items()}
    kinds = {term.measure: figure.dimension for term, figure in trial.figures.items()}
    whole = sizes.get(WHOLE)
    if whole is not None:
        return all(
            abs(figure.value or Decimal(0)) < whole
            for term, figure in trial.figures.items()
            if term.measure != WHOLE and figure.dimension == kinds[WHOLE]
        )
    if {OLD, NEW} <= sizes.keys():
        low, high = sorted((sizes[OLD], sizes[NEW]))
        moved = [size for role, size in sizes.items() if role not in (OLD, NEW) and kinds[role] == kinds[OLD]]
        return low * MOST_TIMES >= high and all(size < high for size in moved)
    return True


def _is_scaled(trial: Trial) -> bool:
    """Whether a sum holds with one figure in another word of scale, and would not without that figure."""
    return any(
        trial.holds_with(term, figure.interval.scaled(Decimal(10) ** (sign * places)))
        and not trial.holds_with(term, Interval.exactly(0))
        for term, figure in trial.claimed
        if figure.dimension not in PLAIN and figure.interval.is_bounded
        for places in SCALES
        for sign in (1, -1)
    )


def _is_transposed(trial: Trial) -> bool:
    return any(trial.holds_with(term, one) for term, figure in trial.claimed for one in transposed(figure))


def explained_otherwise(
    trials: Sequence[Trial], told: Claim, text: Sequence[Claim], vocabulary: Vocabulary
) -> bool:
    """Whether figures near the one that tells explain it, or other figures of its kind explain theirs."""
    near = [
        one for one in text if one.is_number and abs(one.start - told.start) <= AROUND and not one.negated
    ]
    near.sort(key=lambda one: abs(one.start - told.start))
    figures = [
        figure
        for one in near
        if (figure := stated_figure(one, 0, Term("other"), vocabulary)) and figure.interval.is_bounded
    ]
    own = next((one for one in figures if one.claim is told), None)
    if own is None:
        return False
    others = [one for one in figures if one is not own]
    if own.dimension in PLAIN:
        amounts = [one for one in others if one.dimension not in PLAIN][:MOST]
        if any(one.meets(own.interval) or one.meets(-own.interval) for one in _rates(amounts)):
            return True
    else:
        alike = [
            one for one in others if one.dimension == own.dimension and one.claim.unit in (told.unit, None)
        ][:MOST]
        if any(one.meets(own.interval) for one in _sums(alike)):
            return True
    same = [
        one
        for one in others
        if one.dimension == own.dimension and (own.dimension in PLAIN or one.claim.unit == told.unit)
    ]
    return any(
        trial.holds_with(term, one.interval)
        for trial in trials
        for term, figure in trial.figures.items()
        if figure.claim is told
        for one in same
        if all(one.claim is not figure.claim for figure in trial.figures.values())
    )


def _rates(amounts: Sequence[Figure]) -> Iterator[Interval]:
    """Shares and growth between any two amounts of one unit; a bare one may be in any."""
    for one in amounts:
        for other in amounts:
            low, units = other.interval, {one.claim.unit, other.claim.unit} - {None}
            if one is not other and len(units) <= 1 and low.is_bounded and low.low > 0:
                ratio = one.interval / low
                yield ratio
                yield ratio - ONE
                rest = low - one.interval
                if rest.low > 0:
                    yield one.interval / rest


def _sums(amounts: Sequence[Figure]) -> Iterator[Interval]:
    """Sums and differences of any two amounts, and sums of those told side by side."""
    for one, other in combinations(amounts, 2):
        yield one.interval + other.interval
        yield one.interval - other.interval
        yield other.interval - one.interval
    in_order = sorted(amounts, key=lambda one: one.claim.start)
    for first in range(len(in_order)):
        total = in_order[first].interval
        for figure in in_order[first + 1 :]:
            total = total + figure.interval
            yield total
            for whole in in_order:
                yield whole.interval - total
