"""Days as machines write them: in metadata of pages and files, and in lines of JSON.

What people write in running text is read by `dates`, with the month names of their language.
"""

from __future__ import annotations

import re
from datetime import date

_STAMP = re.compile(r"(?:D:)?((?:19|20)\d\d)([-/.]?)([01]\d)\2([0-3]\d)(?!\d*-)")
_NAMED = re.compile(r"(?:[A-Za-z]{3},? )?(\d{1,2}) ([A-Z][a-z]{2})[a-z]* ((?:19|20)\d\d)\b")
# The months of RFC 5322, the form in which servers and feeds write dates; no words of a language.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_of(stamp: object) -> date | None:
    """The day of a time stamp (ISO 8601, PDF, RFC 5322), or None where it is none.

    >>> day_of("2026-01-24T08:00:00+09:00") == day_of("D:20260124080000") == day_of("Sat, 24 Jan 2026")
    True
    """
    text = stamp.strip()[:60] if isinstance(stamp, str) else ""
    if found := _STAMP.match(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    named = _NAMED.match(text)
    if named and named[2] in _MONTHS:
        return _day(int(named[3]), _MONTHS.index(named[2]) + 1, int(named[1]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
