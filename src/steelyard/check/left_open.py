"""Two numbers of one thing in a text that does not settle it: a key that one leaves open may explain them.

Where a year is only carried over, or a measure only spoken of before, nothing is contradicted. But a reader
wonders why two numbers stand there, and what one of them says and the other leaves open is what to ask for:
the year, the stage, whose count, at which prices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import combinations, islice

from steelyard.check.compare import MOST_PAIRS, Comparison, open_keys_of
from steelyard.check.figures import MOVES, REAL, YEAR, Figure
from steelyard.check.fit import bear_out
from steelyard.check.propagate import pair_trial
from steelyard.check.stretches import is_in_reach
from steelyard.core.claim import CARRIED_MEASURE, CARRIED_PERIOD, Claim
from steelyard.core.vocabulary import Entry, Vocabulary

STATUS, PRICES = "status", "prices"
OPERATORS = ("level", *MOVES)
Number = tuple[object, ...]


def left_open(
    figures: Sequence[Figure], likely: float, vocabulary: Vocabulary, claims: Iterable[Claim] = ()
) -> list[Comparison]:
    """For each number that a document gives twice, one time not for certain, the first two that an open key
    explains.

    `likely` is the confidence from which on a claim may be of that number at all. What one of `claims` tells
    again with its year, be it of no measure, is not open: headlines leave out years. Nor is
    what it tells as a part.
    """
    known = [claim for claim in claims if claim.is_number]
    told = {_number_of(claim) for claim in known if claim.period and CARRIED_PERIOD not in claim.reasons}
    parts = {_number_of(claim) for claim in known if claim.part_of or claim.aggregation}
    readings = {entry.text("changes"): entry for entry in vocabulary.entries("readings").values()}
    groups: dict[tuple[object, ...], list[Figure]] = {}
    dated: dict[object, list[Figure]] = {}
    for figure in figures:
        if figure.claim.confidence >= likely and _operator(figure) in OPERATORS:
            groups.setdefault((*_subject(figure), figure.term.period), []).append(figure)
            if not figure.year_is_open:
                dated.setdefault(_subject(figure), []).append(figure)
    found: list[Comparison] = []
    for (*subject, _), members in groups.items():
        dates = dated.get(tuple(subject), ())
        pairs = islice(combinations(members, 2), MOST_PAIRS)
        compared = (_compared(*pair, readings) for pair in pairs)
        left = (one for one in compared if one and not _repeats(one.figures, dates))
        found += islice((one for one in left if not _is_told(one.figures, told, parts)), 1)
    return found


def _subject(figure: Figure) -> tuple[object, ...]:
    """What two figures must share; growth in real terms may be the same growth as one that says no prices."""
    term = figure.term.at(operator=_operator(figure), period="")
    return figure.claim.document, figure.frame, term, figure.currency, figure.dimension


def _operator(figure: Figure) -> str:
    return figure.term.operator.removesuffix(f" {REAL}")


def _number_of(claim: Claim) -> Number:
    return claim.document, claim.unit, claim.low, claim.high


def _is_told(pair: Sequence[Figure], told: Set[Number], parts: Set[Number]) -> bool:
    """Whether the very number of a figure stands elsewhere as a part, or with the year that it lacks."""
    numbers = [(figure, _number_of(figure.claim)) for figure in pair]
    return any(number in parts or (figure.year_is_open and number in told) for figure, number in numbers)


def _repeats(pair: Sequence[Figure], known: Sequence[Figure]) -> bool:
    """Whether a figure without its own year says again what is told with one."""
    return any(
        figure.year_is_open and any(bear_out(figure.interval, one.interval) for one in known)
        for figure in pair
    )


def _compared(first: Figure, second: Figure, readings: Mapping[str, Entry]) -> Comparison | None:
    """The two with the key that explains them; None where they meet, or where that is no matter of a key."""
    if first.interval.meets(second.interval) or _sentence_of(first) == _sentence_of(second):
        return None
    if first.is_sure and second.is_sure and first.term == second.term:
        return None  # that is settled by what they say
    keys, said = open_keys_of(first, second)
    if said:
        found = Comparison((first, second), agree=False, apart=STATUS, said=True)
        return found if said == [STATUS] and _is_within(found, readings) else None
    if first.year_is_open is not second.year_is_open:
        if any(CARRIED_MEASURE in one.claim.reasons for one in (first, second) if one.year_is_open):
            return None
        keys = [YEAR, *keys]
    elif first.year_is_open or (first.term != second.term and keys != [PRICES]):
        return None
    comparisons = (Comparison((first, second), agree=False, apart=key) for key in keys)
    kept = [one.apart or "" for one in comparisons if _is_within(one, readings)]
    return Comparison((first, second), agree=False, apart=kept[0], further=tuple(kept[1:])) if kept else None


def _sentence_of(figure: Figure) -> int:
    return figure.claim.sentence_start


def _is_within(comparison: Comparison, readings: Mapping[str, Entry]) -> bool:
    """Whether two levels are no farther apart than another year, stage or count takes them."""
    entry = readings.get(comparison.apart or "")
    if entry is None:
        return False
    first, second = comparison.figures
    trial = pair_trial(first, second, entry.id)
    return all(is_in_reach(entry, trial, term, figure) for term, figure in trial.claimed)
