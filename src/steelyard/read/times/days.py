"""Days and periods by what is written of them: a day of a month near the date of a document."""

from __future__ import annotations

from datetime import date, timedelta

from steelyard.core.period import Period


def period_of(iso: str) -> Period | None:
    """The period of an ISO form, or None where there is no such day."""
    try:
        return Period.parse(iso)
    except ValueError:
        return None


def last_such_day(anchor: date, day: int) -> str:
    """The latest day of that number on or before the anchor, within the last two months; empty if none is."""
    first = anchor.replace(day=1)
    for month in (first, (first - timedelta(days=1)).replace(day=1) if first > date.min else first):
        candidate = _day_of(month.year, month.month, day)
        if candidate and candidate <= anchor:
            return candidate.isoformat()
    return ""


def nearest_day(anchor: date, month: int, day: int) -> str:
    """The day of that month that lies nearest to the anchor; empty where there is no such day."""
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    candidates = [found for year in years if (found := _day_of(year, month, day))]
    return min(candidates, key=lambda d: abs((d - anchor).days)).isoformat() if candidates else ""


def _day_of(year: int, month: int, day: int) -> date | None:
    """A day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
