"""Rules of the calendar: when a budget can have been proposed, and who held an office on the day named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from steelyard.check.findings import Finding, make_finding
from steelyard.check.readings import Reading
from steelyard.check.wording import quoted
from steelyard.core.claim import Claim, Ledger
from steelyard.core.period import Period
from steelyard.core.vocabulary import Entry, Vocabulary

DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class _Breach:
    """A rule that a statement's date breaks: the days on which it could have been made, and why in words."""

    rule: str
    first: date | None
    last: date | None
    reason: str

    def allows(self, said: Period) -> bool:
        """Whether some day of `said` would do."""
        early = self.first is not None and said.end is not None and said.end < self.first
        late = self.last is not None and said.start is not None and said.start > self.last
        return not early and not late


def check_calendar(ledger: Ledger, vocabulary: Vocabulary) -> list[Finding]:
    """Statements whose date cannot be right, one finding for each statement and date."""
    groups: dict[tuple[str, str, str, int], list[Claim]] = {}
    for claim in ledger:
        if claim.kind == "figure" and claim.said and claim.speaker:
            key = (claim.document, claim.speaker, claim.said, claim.sentence_start)
            groups.setdefault(key, []).append(claim)
    found = []
    for (_, _, text, _), claims in groups.items():
        said = _parsed(text)
        breaches = list(_breaches(said, claims, vocabulary)) if said else []
        if said and breaches:
            found.append(_finding(said, claims, breaches, vocabulary))
    return found


def _parsed(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except ValueError:
        return None


def _breaches(said: Period, claims: Sequence[Claim], vocabulary: Vocabulary) -> Iterator[_Breach]:
    """Each rule that the date breaks, once, those of the budget first."""
    seen = set()
    for rule in vocabulary.entries("rules").values():
        for claim in claims:
            for breach in _limits(rule, claim, vocabulary):
                if not breach.allows(said) and breach.rule not in seen:
                    seen.add(breach.rule)
                    yield breach


def _limits(rule: Entry, claim: Claim, vocabulary: Vocabulary) -> Iterator[_Breach]:
    """When a claim can have been made under one rule."""
    if claim.status not in rule.texts("statuses") or claim.measure not in rule.texts("measures"):
        return
    if rule.text("kind") == "said-not-before":
        yield from _budget_limits(rule, claim, vocabulary)
    elif rule.text("kind") == "term-of-office":
        yield from _office_limits(rule, claim, vocabulary)


def _budget_limits(rule: Entry, claim: Claim, vocabulary: Vocabulary) -> Iterator[_Breach]:
    actor = vocabulary.entry("actors", claim.actor)
    month = int(actor.number("fiscal_year_start_month")) if actor else 1
    period = _fiscal_year(claim.period, month)
    if period is None or period.start is None or period.year is None:
        return
    years = int(rule.number("years_before"))
    first = period.start.replace(year=period.start.year - years)
    reason = f"the budget for {period.year} is proposed in {period.year - years}, not before"
    yield _Breach(rule.id, first, None, reason)


def _fiscal_year(text: str | None, month: int) -> Period | None:
    try:
        period = Period.parse(text or "", fiscal_start_month=month)
    except ValueError:
        return None
    return period if period.kind in ("year", "fiscal") else None


def _office_limits(rule: Entry, claim: Claim, vocabulary: Vocabulary) -> Iterator[_Breach]:
    for person in _persons(claim, vocabulary):
        first, last = person.get("from"), person.get("to")
        start = first if isinstance(first, date) else None
        end = last if isinstance(last, date) else None
        span = " ".join([f"from {start}" if start else "", f"to {end}" if end else ""]).strip()
        if span:
            yield _Breach(rule.id, start, end, f"{person['label']} is in office {span}")


def _persons(claim: Claim, vocabulary: Vocabulary) -> Iterator[dict[str, object]]:
    """The persons of the vocabulary who are the claim's speaker."""
    speaker = (claim.speaker or "").casefold()
    for actor in vocabulary.entries("actors").values():
        for person in actor.table("persons").values():
            if isinstance(person, dict) and speaker in _names(person):
                yield person


def _names(person: dict[str, object]) -> set[str]:
    phrases = person.get("phrases")
    lists = phrases.values() if isinstance(phrases, dict) else ()
    names = [str(name) for texts in lists if isinstance(texts, list) for name in texts]
    return {name.casefold() for name in [str(person.get("label", "")), *names]}


def _finding(
    said: Period, claims: Sequence[Claim], breaches: Sequence[_Breach], vocabulary: Vocabulary
) -> Finding:
    cure = _one_digit_cure(said, breaches)
    expected = cure or _allowed(breaches)
    reasons = " and ".join(breach.reason for breach in breaches)
    text = f"{claims[0].speaker} is said to have spoken of {quoted(claims[0])} in {said}, but {reasons}."
    entries = [entry for entry in vocabulary.entries("readings").values() if entry.text("changes") == "said"]
    readings = tuple(
        Reading(
            round(float(entry.number("cost")), 3),
            f"{said} for {cure}, {entry.label}",
            claims[0].id,
            {"value": cure},
            entry.id,
        )
        for entry in entries
        if cure
    )
    return make_finding(
        "contradicted",
        breaches[0].rule,
        claims,
        text,
        severity="material",
        expected={"value": expected},
        found={"value": str(said)},
        readings=readings,
    )


def _one_digit_cure(said: Period, breaches: Iterable[_Breach]) -> str | None:
    """The nearest date that differs in one digit of the year and breaks none of the rules."""
    limits = list(breaches)
    year, rest = said.text[:4], said.text[4:]
    if not year.isdigit():
        return None
    years = {year[:place] + digit + year[place + 1 :] for place in range(4) for digit in DIGITS} - {
        year,
        "0000",
    }
    fits = []
    for other in sorted(years):
        period = _parsed(other + rest)
        if period is not None and all(limit.allows(period) for limit in limits):
            fits.append((abs(int(other) - int(year)), other + rest))
    return min(fits)[1] if fits else None


def _allowed(breaches: Iterable[_Breach]) -> str:
    limits = list(breaches)
    first = max((one.first for one in limits if one.first), default=None)
    last = min((one.last for one in limits if one.last), default=None)
    return f"{first or '..'}/{last or '..'}"
