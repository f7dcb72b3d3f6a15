"""A day that a text writes out with another day of the week than the calendar has for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from steelyard.check.findings import Finding, make_finding
from steelyard.check.readings import Reading
from steelyard.check.wording import quoted
from steelyard.core.claim import Claim, Ledger
from steelyard.core.vocabulary import Entry, Vocabulary

KIND, WEEKDAY, YEAR = "weekday", "weekday", "said"
# As many years on as it takes for a date to fall on every day of the week.
YEARS_ON = 11


def check_weekdays(ledger: Ledger, vocabulary: Vocabulary) -> list[Finding]:
    """A finding for each day of a ledger that is of another day of the week than its text says."""
    rule = next((one for one in vocabulary.entries("rules").values() if one.text("kind") == KIND), None)
    days = [claim for claim in ledger if claim.kind == "statement" and claim.about and claim.period]
    if rule is None or not days:
        return []
    names = [entry.table("weekdays") for entry in vocabulary.entries("languages").values()]
    found = []
    for claim in days:
        table = next((table for table in names if claim.about in table), None)
        day = _day(claim.period)
        if table is not None and day and table[claim.about or ""] != day.isoweekday():
            found.append(_finding(claim, day, table, rule, vocabulary))
    return found


def _day(text: str | None) -> date | None:
    """The day of a period, if it is one."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _finding(
    claim: Claim, day: date, names: Mapping[str, object], rule: Entry, vocabulary: Vocabulary
) -> Finding:
    right = next(name for name, number in names.items() if number == day.isoweekday())
    readings = [_reading(WEEKDAY, claim, f"{claim.about} for {right}, ", right, vocabulary)]
    if other := _year(day, names[claim.about or ""]):
        readings.append(
            _reading(YEAR, claim, f"{day.year} for {other.year}, ", other.isoformat(), vocabulary)
        )
    ranked = sorted((reading for reading in readings if reading), key=lambda reading: reading.cost)
    return make_finding(
        "contradicted",
        rule.id,
        [claim],
        f"{rule.label}: {quoted(claim)} is said to be a {claim.about}; {day} is a {right}.",
        severity="material",
        expected={"value": right},
        found={"value": claim.about},
        readings=tuple(ranked),
    )


def _year(day: date, weekday: object) -> date | None:
    """The same day of the nearest year in which it is of that day of the week, the earlier of two as near."""
    for years in range(1, YEARS_ON + 1):
        for year in (day.year - years, day.year + years):
            try:
                other = day.replace(year=year)
            except ValueError:
                continue
            if other.isoweekday() == weekday:
                return other
    return None


def _reading(changes: str, claim: Claim, opening: str, value: str, vocabulary: Vocabulary) -> Reading | None:
    """The reading by which the day of the week, or the year, is another than said."""
    readings = vocabulary.entries("readings").values()
    entry = next((one for one in readings if one.text("changes") == changes), None)
    if entry is None:
        return None
    return Reading(
        float(entry.number("cost")), f"{opening}{entry.label}", claim.id, {"value": value}, entry.id
    )
