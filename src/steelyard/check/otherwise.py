"""Whether other figures of a text fit a sum that its words seem to state, where those taken for it do not.

"Of the total, 12 billion is for the army, the rest, 8 billion, for others": the total may be the 20 billion
of the first paragraph and not the 16 billion told last. Words leave such doubts, numbers seldom: where a sum
fails with one figure and comes out to the last digit with another of the same text, that one was meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from decimal import Decimal
from itertools import chain, pairwise

from steelyard.check.figures import PLAIN, Figure, stated_figure
from steelyard.check.other_figures import (
    LEVELS,
    START,
    Others,
    is_of_two_levels,
    is_sum,
    kind_of,
    of_its_sentence,
    others_of,
    side_by_side,
    size_of,
    stand_in_a_row,
)
from steelyard.check.propagate import Trial
from steelyard.check.readings import transposed
from steelyard.check.text_figures import FiguresOfText
from steelyard.core.expression import Term
from steelyard.core.identity import Relation
from steelyard.core.interval import Interval
from steelyard.core.period import OPEN
from steelyard.core.schema import texts_in
from steelyard.core.vocabulary import Entry, Vocabulary

# A part that the words left out stands near the others.
NEAR = 300
# By how many places a slip moves the point: one or two, or those of a word of scale.
TENS = (1, 2, 3, 6)
# A digit in place of another explains any count of fewer digits.
LEAST_COUNT = 100
# By how many places words of scale lie apart: million and billion, 억 and 조, million and trillion.
SCALES = (3, 4, 6)
MOST_PARTS = 6
# Two amounts of so many digits do not differ in one of them by chance.
MANY_DIGITS = 4
# Figures of one sentence with no more between them are told together.
TOGETHER = 45


def fits_otherwise(trial: Trial, told: Term | None, text: FiguresOfText, vocabulary: Vocabulary) -> bool:
    """Whether a failing sum holds with one figure of the text in another's place, or one added to it.

    `told` is the term of the figure with the words: that one is meant for certain, but for its sign, and so
    is the one that the reckoning gives. `text` holds the figures of the document. Of two levels
    both may be others, if one of them stands in the sentence of the result. Bounds are kept, for any larger
    number would fit them.
    """
    if trial.relation.is_bound or _counts_years(trial.relation):
        return False
    every = others_of(trial, text, vocabulary)
    beside = stand_together(trial) or (is_of_two_levels(trial) and stand_in_a_row(trial, text.claims))
    others = of_its_sentence(trial, every) if beside else every
    reckoning = vocabulary.entry("reckonings", trial.relation.identities[0])
    result = reckoning.text("result") if reckoning else ""
    certain = {term for term in trial.figures if term == told or term.measure == result}
    certain |= side_by_side(trial, text.claims, by_keys=told is None)
    return (
        _turns(trial, told)
        or any(_with_another(trial, term, others) for term in trial.figures if term not in certain)
        or _with_one_less(trial)
        or _with_one_more(trial, others if _begins_with_the_whole(trial) else every)
        or _with_other_levels(trial, told, certain, others)
        or _with_two_others(trial, told, text, vocabulary)
    )


def _with_another(trial: Trial, term: Term, others: Others) -> bool:
    """Whether a sum holds with another figure of its kind and time in one's place, unless that is the very
    number but for a slip: a text that tells it twice tells it rightly once.
    """
    figure = trial.figures[term]
    if not trial.implied(term).interval().is_bounded:
        return False
    return any(
        trial.holds_with(term, other.interval) and not is_miswritten(figure, other)
        for other in others.get(kind_of(figure), ())
        if not _starts_elsewhere(trial, term, other)
        and (is_of_two_levels(trial) or not _are_of_two_times(figure, other))
    )


def _starts_elsewhere(trial: Trial, term: Term, other: Figure) -> bool:
    """Whether what leads from the older of two levels says from which year, and that is the level's own and
    not the other's: "an increase of 129 percent since 2021".
    """
    if term.measure != LEVELS[0]:
        return False
    moves = (one.claim for role, one in trial.figures.items() if role.measure not in LEVELS)
    periods = ((move.period or "").partition("/") for move in moves)
    told = {first for first, _, last in periods if last == OPEN}
    return trial.figures[term].claim.period in told and other.claim.period not in told


def _are_of_two_times(figure: Figure, other: Figure) -> bool:
    """Whether two figures name years that are not the same: no part of one year is of another's whole."""
    return bool(figure.period and other.period) and figure.period != other.period


def _with_two_others(trial: Trial, told: Term | None, text: FiguresOfText, vocabulary: Vocabulary) -> bool:
    """Whether a price, or what else is so much of each, fits an amount and a number of its own sentence."""
    rest = [term for term in trial.figures if term != told]
    kinds = [trial.figures[term].dimension for term in rest]
    if told is None or len(rest) != len(LEVELS) or is_sum(trial.relation) or "money" not in kinds:
        return False
    if not all(kind in ("money", "count", "person") for kind in kinds):
        return False
    own = trial.figures[told].claim
    here = [claim for claim in text.claims if claim.sentence_start == own.sentence_start and claim is not own]
    figures = (stated_figure(claim, 0, Term("other"), vocabulary) for claim in here)
    near = [one for one in figures if one and text.near.is_close(one.interval)]
    first, last = ([one for one in near if (one.dimension == "money") == (kind == "money")] for kind in kinds)
    return any(
        Trial(trial.relation, {**trial.figures, rest[0]: one}).holds_with(rest[1], other.interval)
        for one in first
        for other in last
        if other is not one
    )


def is_slip_of_scale(trial: Trial) -> bool:
    """Whether a failing sum holds with one of its figures told in another word of scale: "2.6 million, or 160
    million each". That figures fit to their last digit but for such a word is no chance.
    """
    return any(
        trial.holds_with(term, figure.interval.scaled(Decimal(10) ** (sign * places)))
        for term, figure in trial.claimed
        if figure.dimension not in PLAIN and not trial.holds_with(term, Interval.exactly(0))
        if figure.interval.is_bounded and trial.implied(term).interval().is_bounded
        for places in SCALES
        for sign in (1, -1)
    )


def drowns(trial: Trial) -> bool:
    """Whether a figure of a sum is less than half a last digit of another: no writer adds up such two."""
    if not is_sum(trial.relation):
        return False
    figures = trial.figures.values()
    coarsest = max(figure.last_digit for figure in figures)
    drowned = any(size_of(figure) < coarsest / 2 for figure in figures)
    return drowned and not (stand_together(trial) and is_slip_of_digits(trial))


def stands_on_its_head(trial: Trial, entry: Entry) -> bool:
    """Whether a part is more than its whole, or a change more than both of the levels it leads between."""
    levels = {term.measure for term in trial.figures} & set(LEVELS)
    tops = {role for frame in entry.tables("frames") for role in texts_in(frame.get("largest"))}
    tops = tops or (levels if len(levels) == len(LEVELS) else set())
    amounts = [(term.measure, kind_of(figure), size_of(figure)) for term, figure in trial.figures.items()]
    highest: dict[tuple[str, str | None], Decimal] = {}
    for role, kind, size in amounts:
        if role in tops:
            highest[kind] = max(size, highest.get(kind, size))
    return any(role not in tops and size > highest.get(kind, size) for role, kind, size in amounts)


def is_slip_of_digits(trial: Trial) -> bool:
    """Whether a failing sum holds with a digit of a figure another, two exchanged, or the point elsewhere."""
    return any(
        one.meets(left)
        for term, figure in trial.claimed
        if (left := trial.implied(term).interval()).is_bounded and figure.interval.is_bounded
        for one in chain(transposed(figure), with_one_digit_else(figure), with_the_point_elsewhere(figure))
    )


def is_of_the_change(trial: Trial) -> bool:
    """Whether the lower of two levels is such a part of the higher one as the growth told beside them says:
    then it is no level but the change, as in "690,000; now it is 240,000, or 35 percent, fewer".
    """
    sizes = {term.measure: _upright(figure.interval) for term, figure in trial.figures.items()}
    rates = [
        _upright(figure.interval)
        for term, figure in trial.figures.items()
        if term.measure not in LEVELS and figure.dimension in PLAIN
    ]
    if not sizes.keys() >= set(LEVELS) or len(rates) != 1:
        return False
    levels = [sizes[one] for one in LEVELS]
    if not all(one.is_bounded and one.low > 0 for one in levels):
        return False
    low, high = sorted(levels, key=lambda one: one.middle)
    return (low / high).meets(rates[0])


def _upright(interval: Interval) -> Interval:
    """An interval without its sign."""
    return -interval if interval.high < 0 else interval


def is_too_far(trial: Trial, farthest: Decimal) -> bool:
    """Whether no one figure within a factor `farthest` of a printed one would make the sum hold.

    Nobody reckons that wrong: other figures were meant. A slip by a power of ten stays a slip, and so does
    one of a digit.
    """
    if is_slip_of_digits(trial):
        return False
    for term, figure in trial.claimed:
        left = trial.implied(term).interval()
        if not (left.is_bounded and figure.interval.is_bounded):
            continue
        wanted, told = abs(left.middle), abs(figure.interval.middle)
        if not wanted or not told or (left.middle > 0) != (figure.interval.middle > 0):
            continue
        factor = max(wanted / told, told / wanted)
        if factor <= farthest:
            return False
    return True


def with_one_digit_else(figure: Figure) -> Iterator[Interval]:
    """What a figure would leave open with one of its digits another."""
    value, unit = figure.value, figure.last_digit
    if value is not None and not unit and figure.dimension not in PLAIN and abs(value) >= LEAST_COUNT:
        unit = Decimal(1)  # a count is exact
    if value is None or not unit or value % unit:
        return
    digits = str(int(abs(value) / unit))
    for place, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit and (place or other != "0" or unit < 1):
                number = unit * int(f"{digits[:place]}{other}{digits[place + 1 :]}")
                yield Interval.around(number.copy_sign(value), figure.last_digit / 2)


def is_miswritten(figure: Figure, other: Figure) -> bool:
    """Whether two amounts are one but for a word of scale or one digit, which is no chance where there are
    many digits.
    """
    first, second = ((one.value or Decimal(0)).normalize().as_tuple().digits for one in (figure, other))
    if first == second:
        return len(first) > 2 and figure.value != other.value
    apart = sum(one != another for one, another in zip(first, second, strict=False))
    return len(first) == len(second) >= MANY_DIGITS and apart == 1


def with_the_point_elsewhere(figure: Figure) -> Iterator[Interval]:
    """What a figure would leave open with its decimal point, or its word of scale, elsewhere."""
    for places in TENS:
        yield figure.interval.scaled(Decimal(10) ** places)
        yield figure.interval.scaled(Decimal(10) ** -places)


def _counts_years(relation: Relation) -> bool:
    """Whether a number stands in it to a power: growth over so many years is of the levels of these years."""
    return any(relation.polynomial.power(term) > 1 for term in relation.terms)


def stand_together(trial: Trial) -> bool:
    """Whether a whole and its parts stand side by side in one sentence, so that no other figure is meant.

    Levels do not: a rise told beside two of them may be from a third.
    """
    if is_of_two_levels(trial) or not is_sum(trial.relation):
        return False
    claims = sorted((figure.claim for figure in trial.figures.values()), key=START)
    if claims[0].sentence_start != claims[-1].sentence_start:
        return False
    return all(later.start - one.end <= TOGETHER for one, later in pairwise(claims))


def _begins_with_the_whole(trial: Trial) -> bool:
    """Whether a sum of more than two parts is told before them, so that no part can stand in front of it."""
    parts = trial.relation.polynomial.parts.items()
    if len(parts) <= len(LEVELS) + 1 or not is_sum(trial.relation):
        return False
    first = min(trial.figures, key=lambda term: trial.figures[term].claim.start)
    signs = {term: factor > 0 for (term,), factor in parts}
    return sum(sign == signs[first] for sign in signs.values()) == 1


def _turns(trial: Trial, told: Term | None) -> bool:
    """Whether the result holds with the other sign: what falls is told without one ("a cut of 43 %")."""
    figure = trial.figures.get(told) if told else None
    if figure is None or told is None or figure.claim.direction == "up":
        return False
    if is_sum(trial.relation) and not is_of_two_levels(trial):
        return False
    return trial.relation.can_hold({**trial.box, told: -figure.interval})


def _with_one_more(trial: Trial, others: Others) -> bool:
    """Whether a sum of amounts comes out with one more part, or as parts of one whole that stands elsewhere.

    Its figures are then parts of which the text names yet another, or all parts of something greater, maybe
    along with another part near them, on which a list began.
    """
    kinds = {kind_of(figure) for figure in trial.figures.values()}
    if len(kinds) > 1 or not is_sum(trial.relation) or is_of_two_levels(trial):
        return False
    missing = whole = Interval.exactly(0)
    for (term,), factor in trial.relation.polynomial.parts.items():
        amount = trial.figures[term].interval
        missing, whole = missing + (amount if factor > 0 else -amount), whole + amount
    every = others.get(next(iter(kinds)), ())
    near = [other for other in every if _stands_near(other, trial)]
    return (
        any(other.interval.meets(missing) or other.interval.meets(-missing) for other in near)
        or any(other.interval.meets(whole) for other in every)
        or any(
            other.interval.meets(whole + part.interval)
            for part in near[:MOST_PARTS]
            for other in every
            if other is not part
        )
    )


def _with_one_less(trial: Trial) -> bool:
    """Whether a sum of amounts comes out without one of its parts: that one is of something else then."""
    if len(trial.figures) <= len(LEVELS) + 1 or not is_sum(trial.relation):
        return False
    coarsest = max(figure.last_digit for figure in trial.figures.values())
    parts = trial.relation.polynomial.parts.items()
    sizes = [(size_of(trial.figures[term]), factor > 0) for (term,), factor in parts]
    signed = [size if adds else -size for size, adds in sizes]
    return any(abs(sum(signed) - one) <= coarsest / 2 for one in signed)


def _stands_near(figure: Figure, trial: Trial) -> bool:
    places = [one.claim.start for one in trial.figures.values()]
    return min(places) - NEAR <= figure.claim.start <= max(places) + NEAR


def _with_other_levels(trial: Trial, told: Term | None, certain: Set[Term], others: Others) -> bool:
    """Whether the way from one level to another fits two others, one of them in the result's sentence.

    One that is `certain` stays one of the two.
    """
    levels = [term for term in trial.figures if term.measure in LEVELS]
    result = trial.figures.get(told) if told else None
    if len(levels) != 2 or result is None or all(term in certain for term in levels):
        return False
    kept = [trial.figures[term] for term in levels if term in certain]
    figures = [trial.figures[term] for term in levels]
    if kind_of(figures[0]) != kind_of(figures[1]):
        return False
    every = [*figures, *others.get(kind_of(figures[0]), ())]
    place = result.claim.sentence_start
    here = [one for one in every if one.claim.sentence_start == place]
    first, last = levels
    for one in every:
        if _starts_elsewhere(trial, first, one) or _starts_elsewhere(trial, last, one):
            continue
        with_one = Trial(trial.relation, {**trial.figures, first: one})
        beside = every if one.claim.sentence_start == place else here
        if kept and one not in kept:
            beside = kept
        beside = [other for other in beside if not _starts_elsewhere(trial, last, other)]
        if any(with_one.holds_with(last, other.interval) for other in beside if other is not one):
            return True
    return False
