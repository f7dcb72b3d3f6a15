"""Rules of the calendar: when a budget can have been proposed, and who held an office on the day named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from steelyard.check.findings import Finding, make_finding
from steelyard.check.readings import Reading
from steelyard.check.wording import listed, period_words, quoted
from steelyard.check.years import period_of
from steelyard.core.claim import Claim, Ledger
from steelyard.core.period import OPEN, Period
from steelyard.core.vocabulary import Entry, Vocabulary

DIGITS = "0123456789"
# A slip in the first two digits of a year leads to another century, and nobody means that.
FARTHEST_YEARS = 90


@dataclass(frozen=True, slots=True)
class _Limit:
    """When a statement can have been made under a rule: within one of `spans`; and why, in words.

    In `plans` it may be of a plan for several years, of which the rule does not speak.
    """

    rule: Entry
    spans: tuple[Period, ...]
    reason: str
    plans: Period | None = None

    def allows(self, said: Period) -> bool:
        """Whether some day of `said` would do."""
        return any(said.overlaps(span) for span in self.spans)

    def is_broken_by(self, said: Period) -> bool:
        """Whether no day of `said` would do, and none is of a plan."""
        return not self.allows(said) and not (self.plans and said.overlaps(self.plans))


def check_calendar(ledger: Ledger, vocabulary: Vocabulary) -> list[Finding]:
    """Statements whose date cannot be right, one finding for each statement and date."""
    groups: dict[tuple[str, str, str, int], list[Claim]] = {}
    for claim in ledger:
        if claim.kind == "figure" and claim.said:
            key = (claim.document, claim.speaker or "", claim.said, claim.sentence_start)
            groups.setdefault(key, []).append(claim)
    found = []
    for (_, _, text, _), claims in groups.items():
        said = _parsed(text)
        breaches = _breaches(said, claims, vocabulary) if said else []
        if said and breaches:
            found.append(_finding(said, claims, breaches, vocabulary))
    return found


def _parsed(text: str | None, actor: Entry | None = None) -> Period | None:
    try:
        return period_of(text or "", actor)
    except ValueError:
        return None


def _breaches(said: Period, claims: Sequence[Claim], vocabulary: Vocabulary) -> list[_Limit]:
    """The limits that the date breaks, one for each rule, in the order of the rules."""
    found: dict[str, _Limit] = {}
    for rule in vocabulary.entries("rules").values():
        for claim in claims:
            for limit in _limits(rule, claim, vocabulary):
                if limit.is_broken_by(said) and not (limit.plans and _is_plan(rule, claims)):
                    found.setdefault(rule.id, limit)
    return list(found.values())


def _is_plan(rule: Entry, claims: Sequence[Claim]) -> bool:
    """Whether a sentence speaks of several years, or of how many: of a plan, not of one budget."""
    years = {claim.period for claim in claims if claim.period and claim.status in rule.texts("statuses")}
    return len(years) > 1 or any(claim.unit == "year" for claim in claims)


def _limits(rule: Entry, claim: Claim, vocabulary: Vocabulary) -> Iterator[_Limit]:
    """When a claim can have been made under one rule; nothing where the rule does not speak of it."""
    if claim.status not in rule.texts("statuses") or claim.measure not in rule.texts("measures"):
        return
    if rule.texts("actors") and claim.actor not in rule.texts("actors"):
        return
    year = _parsed(claim.period, vocabulary.entry("actors", claim.actor))
    if year is None or year.kind not in ("year", "fiscal"):
        return
    if rule.text("kind") == "said-not-before":
        yield from _budget_limits(rule, year)
    elif rule.text("kind") == "term-of-office":
        yield from _office_limits(rule, year, claim, vocabulary)


def _budget_limits(rule: Entry, year: Period) -> Iterator[_Limit]:
    years = int(rule.number("years_before"))
    if year.start is None or year.year is None or year.start.year <= years:
        return
    first = _years_before(year.start, years)
    reason = f"the budget for {period_words(year.text)} is proposed in {year.year - years}, not before"
    nearest, farthest = (int(rule.number(key)) for key in ("plans_from", "plans_to"))
    plans = _span(_years_before(year.start, farthest), _years_before(year.start, nearest))
    yield _Limit(rule, (_span(first, None),), reason, plans)


def _years_before(day: date, years: int) -> date:
    """The first of the month so many years before one."""
    return day.replace(year=max(date.min.year, day.year - years), day=1)


def _office_limits(rule: Entry, year: Period, claim: Claim, vocabulary: Vocabulary) -> Iterator[_Limit]:
    """The terms of the speaker. Once the year has begun, anybody may look back on what was proposed."""
    for person in _persons(claim, vocabulary):
        terms = [_span(term.get("from"), term.get("to")) for term in person.tables("terms")]
        if terms:
            reason = f"{person.label} is in office {listed(map(_words, terms))}"
            yield _Limit(rule, (*terms, _span(year.start, None)), reason)


def _span(first: object, last: object) -> Period:
    """From one day to another, open where there is no day."""
    start, end = (day if isinstance(day, date) else None for day in (first, last))
    return Period(f"{start or OPEN}/{end or OPEN}", "interval", start, end)


def _words(span: Period) -> str:
    return " ".join([f"from {span.start}"] + ([f"to {span.end}"] if span.end else []))


def _persons(claim: Claim, vocabulary: Vocabulary) -> Iterator[Entry]:
    """The persons of the vocabulary who are the claim's speaker, each as an entry of its own."""
    speaker = (claim.speaker or "").casefold()
    if not speaker:
        return
    for actor in vocabulary.entries("actors").values():
        for identifier, data in actor.table("persons").items():
            person = Entry("persons", identifier, data if isinstance(data, dict) else {}, {}, actor.file)
            if speaker in _names(person):
                yield person


def _names(person: Entry) -> set[str]:
    names = (name for language in person.table("phrases") for name in person.phrases(language))
    return {name.casefold() for name in (person.label, *names)}


def _finding(
    said: Period, claims: Sequence[Claim], breaches: Sequence[_Limit], vocabulary: Vocabulary
) -> Finding:
    """The date is wrong, or, where each broken rule speaks of what the text leaves open, may be in order."""
    cure = _one_digit_cure(said, breaches)
    reasons = ", and ".join(breach.reason for breach in breaches)
    what = f"{quoted(claims[0])} in {period_words(said.text)}, but {reasons}."
    who = claims[0].speaker or ""
    who = f"The {who}" if who[:1].islower() and not who.startswith("the ") else who[:1].upper() + who[1:]
    text = f"{who} is said to have spoken of {what}" if who else f"The text speaks of {what}"
    open_key = breaches[0].rule.text("leaves_open")
    readings = [*_readings("said", claims[0], _instead(said, cure), cure or "", vocabulary)] if cure else []
    if open_key:
        readings += _readings(open_key, claims[0], f"{claims[0].speaker} ", f"not {open_key}", vocabulary)
        text += f" They need not contradict each other: {listed(reading.change for reading in readings)}."
    expected = cure or _allowed(breaches)
    return make_finding(
        "reconciled" if open_key else "contradicted",
        breaches[0].rule.id,
        claims,
        text,
        severity=None if open_key else "material",
        expected={"value": expected} if expected else None,
        found={"value": str(said)},
        readings=tuple(sorted(readings, key=lambda reading: (reading.cost, reading.kind))),
    )


def _instead(said: Period, cure: str) -> str:
    return f"{period_words(said.text)} for {period_words(cure)}, "


def _readings(key: str, claim: Claim, opening: str, value: str, vocabulary: Vocabulary) -> Iterator[Reading]:
    """The readings by which `key` is another than said, in words that begin with `opening`."""
    for entry in vocabulary.entries("readings").values():
        if entry.text("changes") == key:
            cost = round(float(entry.number("cost")), 3)
            yield Reading(cost, f"{opening}{entry.label}", claim.id, {"value": value}, entry.id)


def _one_digit_cure(said: Period, limits: Sequence[_Limit]) -> str | None:
    """The nearest date that differs in one digit of the year and breaks none of the rules."""
    year, rest = said.text[:4], said.text[4:]
    if not year.isdigit():
        return None
    others = {year[:place] + digit + year[place + 1 :] for place in range(4) for digit in DIGITS} - {year}
    fits = []
    for other in sorted(others):
        period = _parsed(other + rest)
        years = abs(int(other) - int(year))
        if period and years <= FARTHEST_YEARS and all(limit.allows(period) for limit in limits):
            fits.append((years, other + rest))
    return min(fits)[1] if fits else None


def _allowed(limits: Sequence[_Limit]) -> str | None:
    """The spans in which no limit is broken; None where there is no such day."""
    found = []
    for spans in product(*(limit.spans for limit in limits)):
        first = max((span.start for span in spans if span.start), default=None)
        last = min((span.end for span in spans if span.end), default=None)
        if not first or not last or first <= last:
            found.append(f"{first or OPEN}/{last or OPEN}")
    return " or ".join(dict.fromkeys(found)) or None
