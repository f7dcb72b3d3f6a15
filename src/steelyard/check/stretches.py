"""Readings that tell by how far a figure is off: another rate, another edition, a level for a change.

Each says what such a difference may come to ("least" and "most" times the figure), so that a slip of another
kind does not pass for one of these. Figures of one text share their sources, so most need two.
"""

from __future__ import annotations

from decimal import Decimal

from steelyard.check.figures import BASE, Figure
from steelyard.check.propagate import Trial
from steelyard.check.years import year_before
from steelyard.core.expression import Term
from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Entry, Vocabulary

_LEVELS = ("level", BASE)
FACTOR, STATISTIC = "factor", "statistic"


def stretched(
    entry: Entry, trial: Trial, term: Term, figure: Figure, vocabulary: Vocabulary
) -> Interval | None:
    """What a figure would be if it were off as the entry says; None where it is not, or not so far."""
    if entry.text("changes") == STATISTIC:
        return _change_for_level(trial, term, figure)
    if entry.text("changes") != FACTOR or not _speaks_of(entry, trial, figure, vocabulary):
        return None
    ratio = _ratio(trial, term, figure)
    return trial.implied(term).interval() if ratio and _explains(entry, ratio) else None


def is_in_reach(entry: Entry, trial: Trial, term: Term, figure: Figure) -> bool:
    """Whether a level is off by no more and no less than a reading explains; of growth nobody can say."""
    if figure.term.operator not in _LEVELS or not entry.number("most", "0"):
        return True
    ratio = _ratio(trial, term, figure)
    return ratio is None or _explains(entry, ratio)


def _explains(entry: Entry, ratio: Decimal) -> bool:
    return entry.number("least") <= ratio <= entry.number("most")


def _ratio(trial: Trial, term: Term, figure: Figure) -> Decimal | None:
    """How many times larger than the other a figure or what the others leave for it is; None where it cannot
    be told.
    """
    left, own = trial.implied(term).interval(), figure.interval
    if not (left.is_bounded and own.is_bounded and own.low > 0 and left.low > 0):
        return None
    return max(left.middle / own.middle, own.middle / left.middle)


def _speaks_of(entry: Entry, trial: Trial, figure: Figure, vocabulary: Vocabulary) -> bool:
    """Whether the reading is one for such a figure: its measure, its currency, and who else speaks."""
    measures = entry.texts("measures")
    if measures and figure.term.measure not in measures:
        return False
    if entry.flag("abroad") and not _is_converted(figure, vocabulary):
        return False
    return len(trial.documents) > 1


def _is_converted(figure: Figure, vocabulary: Vocabulary) -> bool:
    """Whether an amount is in another currency than its actor's own."""
    actor = vocabulary.entry("actors", figure.claim.actor)
    own = actor.text("currency") if actor else ""
    return bool(own and figure.currency) and figure.currency != own


def _change_for_level(trial: Trial, term: Term, figure: Figure) -> Interval | None:
    """What a change would be if its number is the level that was reached ("rose by" for "rose to"), and a
    level if its number is the change.
    """
    if figure.term.operator == "change":
        reached = _beside(trial, term.at(operator="level"))
        return trial.implied(term).interval() if reached and _sizes_meet(reached, figure) else None
    # Beside a change of the same size the level is the sounder of the two.
    if figure.term.operator not in _LEVELS or _beside(trial, term.at(operator="change")):
        return None
    before = [_beside(trial, term.at(operator=one, period=year_before(term.period))) for one in _LEVELS]
    base = next(filter(None, before), None)
    left = trial.implied(term).interval()
    if base is None or not left.is_bounded or not base.interval.is_bounded:
        return None
    risen = left.middle - base.interval.middle
    return left if abs(risen) in figure.interval else None


def _beside(trial: Trial, term: Term) -> Figure | None:
    return next((figure for one, figure in trial.figures.items() if one == term), None)


def _sizes_meet(level: Figure, change: Figure) -> bool:
    """Whether a change is as large as a level, up or down."""
    return any(level.interval.meets(one) for one in (change.interval, -change.interval))
