"""Figures that are one number: same actor, measure, item, statistic and period. Do their sources agree?

Two that say they are of different stages or perimeters are no contradiction. Where one says it and the other
is silent, the silent one may be of another: that reconciles them. Where both are silent, or both say the
same, they contradict each other. All that, provided that it is certain that they are one number: whoever
gives two in one sentence means two things, and a year or measure that is carried over from elsewhere settles
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from steelyard.check.figures import CALENDAR, PERIMETER, YEAR, Figure, exclude_each_other, place_of
from steelyard.check.fit import bear_out
from steelyard.core.claim import CARRIED_MEASURE
from steelyard.core.problems import Problem

KEYS = ("status", *PERIMETER)
# As many pairs as a dozen values for one number make; whoever gives more has no number.
MOST_PAIRS = 66
# An account that agrees with so many others is held against no more of them.
MOST_NUMBERS = 24


@dataclass(frozen=True, slots=True)
class Comparison:
    """What figures of one number have to do with one another.

    `apart` is the key in which two of them differ or may differ (`said` where both say so); None where none
    does. `further` are the other keys that one of them leaves open.
    """

    figures: tuple[Figure, ...]
    agree: bool
    apart: str | None = None
    said: bool = False
    further: tuple[str, ...] = ()

    @property
    def silent(self) -> Figure | None:
        """The figure that leaves the key open in which the two may differ."""
        return self.silent_on(self.apart) if self.apart and not self.said else None

    def silent_on(self, key: str) -> Figure | None:
        """The figure that leaves a key open."""
        return next((figure for figure in self.figures if _said(figure, key) is None), None)


def compare(figures: Sequence[Figure]) -> tuple[list[Comparison], list[Problem]]:
    """All comparisons worth telling, in the order of the ledger, and pairs for which a bridge is missing."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        if not figure.sets_question:
            groups.setdefault((figure.frame, figure.term, figure.currency, figure.dimension), []).append(
                figure
            )
    found: list[Comparison] = []
    problems: list[Problem] = []
    for members in groups.values():
        accounts = _by_document(members)
        for first, second in islice(_pairs(accounts), MOST_PAIRS):
            outcome = _compared(first, second)
            if isinstance(outcome, Problem):
                problems.append(outcome)
            elif outcome:
                found.append(outcome)
        found += _agreement([figure for figures in accounts for figure in figures])
    return found, problems


def _by_document(figures: Sequence[Figure]) -> list[list[Figure]]:
    """The accounts of each document, each value once: a repetition in one document is no second account."""
    documents: dict[str, dict[tuple[object, ...], Figure]] = {}
    for figure in figures:
        documents.setdefault(figure.claim.document, {}).setdefault(_value_of(figure), figure)
    return [list(first.values()) for first in documents.values()]


def _value_of(figure: Figure) -> tuple[object, ...]:
    return figure.interval, figure.stage, figure.perimeter


def _pairs(accounts: Sequence[Sequence[Figure]]) -> Iterator[tuple[Figure, Figure]]:
    """The pairs to compare: all within a document; across documents the first account of each value.

    A document that gives several values ("108.2 billion, including 25.5 billion from the fund") leaves open
    which of them another speaks of; so nothing of it is held against one that agrees with any of them.
    """
    yield from (pair for figures in accounts for pair in combinations(figures, 2))
    first: dict[tuple[object, ...], tuple[Figure, Sequence[Figure]]] = {}
    for figures in accounts:
        if not exclude_each_other(figures):
            for figure in figures:
                first.setdefault(_value_of(figure), (figure, figures))
    for (one, here), (other, there) in combinations(first.values(), 2):
        if here is not there and not any(a.interval.meets(b.interval) for a in here for b in there):
            yield one, other


def _said(figure: Figure, key: str) -> str | None:
    """What the claim's own words say for a key of its standing.

    A text that names one stage or count (NATO's) may give figures of another beside it, and whoever names it
    for one of two figures that differ has hardly named it for both.
    """
    if key == YEAR:
        return None if figure.year_is_open else figure.period
    if key == CALENDAR:
        return figure.says(CALENDAR)
    if key == "status":
        return figure.stage if figure.has_stage and "status" not in figure.assumed else None
    if key in ("definition", "basis") and not figure.has_perimeter:
        return None
    value: str | None = getattr(figure.claim, key)
    return value


def _standing(first: Figure, second: Figure) -> Mapping[str, tuple[str | None, str | None]]:
    """For each key, what the two say of themselves."""
    return {key: (_said(first, key), _said(second, key)) for key in KEYS}


def differ_in_standing(first: Figure, second: Figure) -> bool:
    """Whether two figures say that they are of different stages, perimeters, editions or prices."""
    return any(one and other and one != other for one, other in _standing(first, second).values())


def _compared(first: Figure, second: Figure) -> Comparison | Problem | None:
    """What two accounts that do not meet have to do with each other; None where they meet, or where they may
    be of two years or things.
    """
    if first.interval.meets(second.interval) or not _are_of_one_number(first, second):
        return None
    open_keys, differing = open_keys_of(first, second)
    if differing and differing != ["status"]:
        return no_bridge(first, second)
    if differing:
        return Comparison((first, second), agree=False, apart="status", said=True)
    if _sentence_of(first) == _sentence_of(second):
        return None
    if not open_keys and _dispute(first, second):
        return None
    apart = open_keys[0] if open_keys else None
    return Comparison((first, second), agree=False, apart=apart, further=tuple(open_keys[1:]))


def _are_of_one_number(first: Figure, second: Figure) -> bool:
    """Whether both say of which number they are; in one text one may say no more than of which year it is."""
    if first.is_sure and second.is_sure:
        return True
    if first.claim.document != second.claim.document:
        return False
    if CARRIED_MEASURE in (*first.claim.reasons, *second.claim.reasons):
        return False
    return (first.is_sure and second.is_half_sure) or (first.is_half_sure and second.is_sure)


def open_keys_of(first: Figure, second: Figure) -> tuple[list[str], list[str]]:
    """The keys of standing that one of two figures says and the other leaves open, and those in which they
    say different things.
    """
    standing = _standing(first, second)
    left = [key for key, (one, other) in standing.items() if (one is None) != (other is None)]
    if _is_provisional(first) is not _is_provisional(second) and "edition" not in left:
        left.append("edition")  # an estimate is of the day on which it was made
    if first.has_two_years and (first.says(CALENDAR) is None) is not (second.says(CALENDAR) is None):
        left.append(CALENDAR)
    return left, [key for key, (one, other) in standing.items() if one and other and one != other]


def _is_provisional(figure: Figure) -> bool:
    """Whether a claim has a status that is no stage of a budget: an estimate, or a revised number."""
    return figure.claim.status is not None and figure.stage is None


def _dispute(first: Figure, second: Figure) -> bool:
    """Whether one document tells what two speakers say: it reports their dispute, and contradicts nobody."""
    one, other = first.claim, second.claim
    named = one.speaker and other.speaker and one.document == other.document
    return bool(named) and str(one.speaker).casefold() != str(other.speaker).casefold()


def _sentence_of(figure: Figure) -> tuple[str, int]:
    return figure.claim.document, figure.claim.sentence_start


def no_bridge(first: Figure, second: Figure) -> Problem:
    """The refusal to mix two figures whose perimeters, or price bases, are not the same."""
    key, one, other = next(
        (key, here, there)
        for key, here, there in zip(PERIMETER, first.perimeter, second.perimeter, strict=True)
        if here != there
    )
    message = (
        f"{first.claim.quote!r} ({key} {one or 'not said'}) and {second.claim.quote!r} of "
        f"{second.claim.document} ({key} {other or 'not said'}) are not to be mixed."
    )
    wanted = f"A sourced bridge from {one} to {other} for {first.term.measure} would allow it."
    hint = wanted if one and other else f"A claim that says the {key} of the other would allow it."
    return Problem("no-bridge", message, place_of(first.claim), hint, "refusal")


def apart_in_perimeter(groups: Sequence[Sequence[Figure]]) -> tuple[Figure, Figure]:
    """The first figure of the groups and the first after it that is of another perimeter."""
    figures = [figure for group in groups for figure in group]
    return figures[0], next(one for one in figures if one.perimeter != figures[0].perimeter)


def _agreement(figures: Sequence[Figure]) -> Iterator[Comparison]:
    """The largest run of accounts from several documents that can all be one value, each voice once: a story
    that is printed twice does not bear itself out.
    """
    if not figures:
        return
    together = [figures[0]]
    common = figures[0].interval
    numbers = {common: None}
    for figure in figures[1:]:
        met = common.meet(figure.interval)
        if met is None or differ_in_standing(together[0], figure):
            continue
        if all(bear_out(figure.interval, one) for one in islice(numbers, MOST_NUMBERS)):
            together.append(figure)
            common = met
            numbers[figure.interval] = None
    voices = list({figure.voice: figure for figure in reversed(together)}.values())[::-1]
    if len({figure.claim.document for figure in voices}) > 1:
        yield Comparison(tuple(voices), agree=True)
