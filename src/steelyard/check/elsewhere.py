"""Readings by what stands elsewhere: a figure that is printed for another year, a base that was revised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from steelyard.check.figures import BASE, Figure
from steelyard.check.fit import bear_out
from steelyard.check.propagate import Trial
from steelyard.check.stretches import is_in_reach
from steelyard.check.years import year_before
from steelyard.core.expression import Term
from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Entry

Subject = tuple[object, ...]
_MOVES = ("growth", "change")


@dataclass(frozen=True)
class Printed:
    """The levels that a ledger prints for certain, by whose number they are, whatever their year."""

    by_subject: Mapping[Subject, Sequence[Figure]] = field(default_factory=dict)

    @classmethod
    def of(cls, figures: Iterable[Figure]) -> Printed:
        """Those of some figures."""
        found: dict[Subject, list[Figure]] = {}
        for figure in figures:
            if figure.term.operator == "level" and figure.is_sure:
                found.setdefault(_subject(figure), []).append(figure)
        return cls(found)

    def in_another_year(self, figure: Figure) -> Figure | None:
        """What prints the number of a level for another year; of several years, none can be meant."""
        if figure.term.operator != "level":
            return None
        others = [
            one
            for one in self.by_subject.get(_subject(figure), ())
            if one.term.period != figure.term.period and bear_out(one.interval, figure.interval)
        ]
        return others[0] if len({one.term.period for one in others}) == 1 else None


def _subject(figure: Figure) -> Subject:
    return figure.frame, figure.term.at(period=""), figure.currency, figure.dimension


def other_base(entry: Entry, trial: Trial, term: Term, figure: Figure) -> Interval | None:
    """What a level would be if growth was counted from another budget of its year than the one printed.

    Where one sentence gives the growth and what it is counted from, it leaves no doubt of that.
    """
    if figure.term.operator not in ("level", BASE):
        return None
    moves = [
        one
        for _, one in trial.claimed
        if one.term.operator in _MOVES
        and (one.term.measure, one.term.item) == (figure.term.measure, figure.term.item)
        and year_before(one.term.period) == figure.term.period
        and (one.claim.document, one.claim.sentence_start)
        != (figure.claim.document, figure.claim.sentence_start)
    ]
    left = trial.implied(term).interval()
    return left if moves and left.is_bounded and is_in_reach(entry, trial, term, figure) else None
