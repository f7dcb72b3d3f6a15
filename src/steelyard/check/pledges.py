"""One pledge told twice: with another amount or deadline it contradicts itself, with a condition it need not.

That two figures are of one pledge is certain only where both texts name the day on which it was given, and
what it is for in the same words. Of two pledges of shares only the deadlines are held against one another,
since a share may be one part of another that was agreed on the same day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from steelyard.check.figures import Figure
from steelyard.check.findings import Finding, make_finding
from steelyard.check.readings import Reading, bounds_json
from steelyard.check.same_words import about_the_same
from steelyard.check.wording import quoted, scale_for
from steelyard.core.interval import Interval
from steelyard.core.period import OPEN
from steelyard.core.vocabulary import Entry, Vocabulary

KIND = "one-pledge"
# As in `compare`: who gives more pledges of one day than a dozen has no one pledge.
MOST_PAIRS = 66
# How a period begins that only ends: "by 2035". The same share in two years may be a path.
BY = f"{OPEN}/"


def check_pledges(figures: Sequence[Figure], vocabulary: Vocabulary) -> list[Finding]:
    """A finding for each pledge of which a ledger tells different terms."""
    found = []
    for rule in vocabulary.entries("rules").values():
        if rule.text("kind") == KIND:
            for first, second in _retold(figures, rule):
                if finding := _finding(first, second, rule, vocabulary):
                    found.append(finding)
    return found


def _retold(figures: Sequence[Figure], rule: Entry) -> Iterator[tuple[Figure, Figure]]:
    """Two tellings of one pledge in two sentences, in the order of the ledger."""
    groups: dict[object, list[Figure]] = {}
    for figure in figures:
        claim = figure.claim
        plain = claim.part_of is None and claim.aggregation in (None, "yearly")
        on_a_day = len(claim.said or "") == len("2025-06-25")
        if claim.status in rule.texts("statuses") and on_a_day and figure.is_sure and plain:
            term = figure.term.at(period="")
            key = claim.said, figure.frame, term, figure.currency, claim.unit
            groups.setdefault(key, []).append(figure)
    for members in groups.values():
        for first, second in islice(combinations(members, 2), MOST_PAIRS):
            if _sentence(first) != _sentence(second) and about_the_same(first.claim, second.claim):
                yield first, second


def _sentence(figure: Figure) -> tuple[str, int]:
    return figure.claim.document, figure.claim.sentence_start


def _finding(first: Figure, second: Figure, rule: Entry, vocabulary: Vocabulary) -> Finding | None:
    """What is different in two tellings; nothing where they are alike, or two pledges after all."""
    if not first.interval.meets(second.interval):
        one_deadline = first.period == second.period
        return _other_amount(first, second, rule, vocabulary) if one_deadline and _adds_up(first) else None
    if first.value != second.value:
        return None
    if first.period != second.period:
        deadlines = all(one.period.startswith(BY) for one in (first, second))
        return _other_deadline(first, second, rule, vocabulary) if deadlines else None
    conditions = [one.claim.condition for one in (first, second)]
    return _other_condition(first, second, rule, vocabulary) if conditions.count(None) == 1 else None


def _adds_up(figure: Figure) -> bool:
    """Whether it is an amount or a number, of which a text gives the whole."""
    return figure.dimension not in ("share", "growth", "points")


def _other_amount(first: Figure, second: Figure, rule: Entry, vocabulary: Vocabulary) -> Finding:
    unit = second.claim.unit or ""
    expected, found = first.printed(first.interval), second.printed(second.interval)
    scale = scale_for([expected, found], unit)
    miss = expected.miss(found)
    text = (
        f"{rule.label}: of {first.claim.said}, {quoted(first.claim)} is {scale.between(expected)} and "
        f"{quoted(second.claim)} {scale.between(found)}. "
        f"The two cannot both hold; they miss by {scale.apart(miss)}."
    )
    readings = [
        _moved(second, first.interval, vocabulary),
        _moved(first, second.interval, vocabulary),
    ]
    return make_finding(
        "contradicted",
        rule.id,
        [first.claim, second.claim],
        text,
        severity="material",
        expected=bounds_json(expected, unit),
        found=bounds_json(found, unit),
        miss={"amount": float(miss), "unit": unit, "last_digits": None},
        readings=tuple(reading for reading in readings if reading),
    )


def _moved(figure: Figure, interval: Interval, vocabulary: Vocabulary) -> Reading | None:
    """The reading that one amount is the other."""
    entry = _entry("figure", vocabulary)
    if entry is None:
        return None
    printed, unit = figure.printed(interval), figure.claim.unit or ""
    words = scale_for([printed, figure.printed(figure.interval)], unit).between(printed)
    change = f"{quoted(figure.claim)} {entry.label}: {words}"
    return Reading(float(entry.number("cost")), change, figure.claim.id, bounds_json(printed, unit), entry.id)


def _other_deadline(first: Figure, second: Figure, rule: Entry, vocabulary: Vocabulary) -> Finding:
    text = (
        f"{rule.label}: of {first.claim.said}, {quoted(first.claim)} is to be reached by "
        f"{first.period.removeprefix(BY)}, {quoted(second.claim)} by {second.period.removeprefix(BY)}."
    )
    entry = _entry("said", vocabulary)
    readings = [
        Reading(
            float(entry.number("cost")),
            f"{one.period.removeprefix(BY)} for {other.period.removeprefix(BY)}, {entry.label}",
            other.claim.id,
            {"value": one.period},
            entry.id,
        )
        for one, other in ((first, second), (second, first))
        if entry
    ]
    return make_finding(
        "contradicted",
        rule.id,
        [first.claim, second.claim],
        text,
        severity="material",
        expected={"value": first.period},
        found={"value": second.period},
        readings=tuple(readings),
    )


def _other_condition(first: Figure, second: Figure, rule: Entry, vocabulary: Vocabulary) -> Finding | None:
    """One telling names a condition that the other leaves out."""
    entry = _entry("condition", vocabulary)
    silent, other = sorted((first, second), key=lambda one: one.claim.condition is not None)
    if entry is None:
        return None
    change = f"{quoted(silent.claim)} {entry.label} “{other.claim.condition}”"
    text = (
        f"{rule.label}: of {first.claim.said}, {quoted(other.claim)} is promised on the condition "
        f"“{other.claim.condition}”, {quoted(silent.claim)} without one. "
        f"They need not contradict each other: {change}."
    )
    cost = float(entry.number("cost"))
    reading = Reading(cost, change, silent.claim.id, {"value": other.claim.condition}, entry.id)
    return make_finding(
        "reconciled",
        rule.id,
        [first.claim, second.claim],
        text,
        expected={"value": other.claim.condition},
        readings=(reading,),
    )


def _entry(changes: str, vocabulary: Vocabulary) -> Entry | None:
    readings = vocabulary.entries("readings").values()
    return next((one for one in readings if one.text("changes") == changes), None)
