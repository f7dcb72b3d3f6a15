"""The periods of claims in an actor's own years: on which days a fiscal year lies, and one name for each."""

from __future__ import annotations

from functools import lru_cache

from steelyard.core.period import NamedAfter, Period
from steelyard.core.vocabulary import Entry


def period_of(text: str, actor: Entry | None) -> Period:
    """The period that a claim of `actor` writes; of an actor nobody knows, years are calendar years.

    Raises:
        ValueError: `text` is no period.
    """
    month = int(actor.number("fiscal_year_start_month")) if actor else 1
    named_after: NamedAfter = "start" if actor and actor.text("fiscal_year_named_after") == "start" else "end"
    return _parsed(text, month, named_after)


def plain_period(text: str | None, actor: Entry | None) -> str:
    """A period in one spelling: a fiscal year that is a calendar year is written as one; empty for none.

    Raises:
        ValueError: `text` is no period.
    """
    if not text:
        return ""
    period = period_of(text, actor)
    is_calendar_year = period.kind == "fiscal" and period.start is not None and period.start.month == 1
    return str(period.year) if is_calendar_year else period.text


@lru_cache(maxsize=4096)
def year_before(period: str) -> str:
    """The period a year earlier; of one that names no year, a name of its own."""
    try:
        return str(Period.parse(period).previous())
    except ValueError:
        return f"{period}-1"


def year_in(text: str | None) -> int | None:
    """The year that a period is, or that a day lies in; None for several years, and for what is no period.

    >>> year_in("FY2026"), year_in("2026-05-01"), year_in("2026/2030"), year_in("soon")
    (2026, 2026, None, None)
    """
    try:
        period = Period.parse(text) if text and "/" not in text else None
    except ValueError:
        return None
    return period.year if period else None


@lru_cache(maxsize=4096)
def _parsed(text: str, month: int, named_after: NamedAfter) -> Period:
    return Period.parse(text, fiscal_start_month=month, named_after=named_after)
