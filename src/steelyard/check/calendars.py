"""Figures of a fiscal and of a calendar year that share most of their days: two numbers, no contradiction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import islice, product

from steelyard.check.compare import Comparison, differ_in_standing
from steelyard.check.figures import CALENDAR, Figure
from steelyard.check.propagate import pair_trial
from steelyard.check.stretches import is_in_reach
from steelyard.check.years import period_of
from steelyard.core.claim import ONE_NUMBERED_YEAR
from steelyard.core.period import Period
from steelyard.core.vocabulary import Entry, Vocabulary

KIND = "calendar-overlap"
# As in `compare`: whoever gives more accounts of one number has none.
MOST_PAIRS = 66


def across_calendars(figures: Sequence[Figure], vocabulary: Vocabulary) -> list[Comparison]:
    """For each number that is told for a fiscal year and, as another, for a calendar year, the first two."""
    rule = next((one for one in vocabulary.entries("rules").values() if one.text("kind") == KIND), None)
    reading = next(
        (one for one in vocabulary.entries("readings").values() if one.text("changes") == CALENDAR), None
    )
    if rule is None or reading is None:
        return []
    groups: dict[object, list[Figure]] = {}
    for figure in figures:
        if figure.is_sure and not figure.sets_question and figure.term.operator in ("level", "growth"):
            key = figure.frame, figure.term.at(period=""), figure.currency, figure.dimension
            groups.setdefault(key, []).append(figure)
    found: list[Comparison] = []
    for members in groups.values():
        actor = vocabulary.entry("actors", members[0].claim.actor)
        pairs = (pair for pair in _pairs(members, actor, rule) if _is_explained(reading, *pair))
        found += [Comparison(pair, agree=False, apart=CALENDAR, said=True) for pair in islice(pairs, 1)]
    return found


def _pairs(members: Sequence[Figure], actor: Entry | None, rule: Entry) -> Iterator[tuple[Figure, Figure]]:
    """Those of a fiscal year with those of a calendar year, in the order of the ledger.

    Whoever gives both in one sentence tells them apart himself.
    """
    fiscal = [one for one in members if one.period.startswith("FY")]
    calendar = [one for one in members if one.period.isdigit()]
    for one, other in islice(product(fiscal, calendar), MOST_PAIRS):
        apart = _sentence(one) != _sentence(other) and not one.interval.meets(other.interval)
        if apart and not differ_in_standing(one, other) and _share_days(one, other, actor, rule):
            first, second = sorted((one, other), key=lambda figure: figure.order)
            yield first, second


def _sentence(figure: Figure) -> tuple[str, int]:
    return figure.claim.document, figure.claim.sentence_start


def _share_days(one: Figure, other: Figure, actor: Entry | None, rule: Entry) -> bool:
    """Whether two years share as many of their days as the rule asks for, or the one number by which they go:
    "fiscal 2025" is for some the year that ends then, for others the one that begins.
    """
    if ONE_NUMBERED_YEAR in one.claim.reasons and one.period.removeprefix("FY") == other.period:
        return True
    first, second = period_of(one.period, actor), period_of(other.period, actor)
    return _shared(first, second) >= rule.number("least")


def _shared(one: Period, other: Period) -> Decimal:
    """The share of the days of a year that lie in another year too."""
    if not (one.start and one.end and other.start and other.end):
        return Decimal(0)
    day = timedelta(days=1)
    days = (min(one.end, other.end) - max(one.start, other.start)) // day + 1
    return Decimal(max(0, days)) / ((one.end - one.start) // day + 1)


def _is_explained(reading: Entry, first: Figure, second: Figure) -> bool:
    """Whether two levels are no farther apart than two years that overlap can be."""
    trial = pair_trial(first, second, reading.id)
    return all(is_in_reach(reading, trial, term, figure) for term, figure in trial.claimed)
