"""Days as machines write them: in metadata of pages and files, and in lines of JSON.

What people write in running text is read by `dates`, with the month names of their language.
"""

from __future__ import annotations

import re
from datetime import date

_STAMP = re.compile(r"(?:D:)?((?:19|20)\d\d)([-/.]?)([01]\d)\2([0-3]\d)(?!\d*-)")
_NAMED = re.compile(r"(?:[A-Za-z]{3},? )?(\d{1,2}) ([A-Z][a-z]{2})[a-z]* ((?:19|20)\d\d)\b")
# The months of RFC 5322, the form in which servers and feeds write dates; no words of a language.
# Year, month and day in numbers, with whatever a language writes behind each, as in "2025.12.3".
_NUMBERED = re.compile(
    r"((?:19|20)\d\d)[^\w\s]?[^\W\d_]?\s?(\d{1,2})[^\w\s]?[^\W\d_]?\s?(\d{1,2})(?!\d)[^\W\d_]?"
)
_DAY_FIRST = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]*\.? ((?:19|20)\d\d)\b")
_MONTH_FIRST = re.compile(r"\b([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}), ((?:19|20)\d\d)\b")
_BYLINES = 12
_LONGEST_BYLINE = 100
# What parts the day of a byline from place and name: anything but letters, digits and blanks, or an end.
_PARTED_BEFORE = re.compile(r"(?:^|[^\w\s.]\s*)$")
_PARTED_BEHIND = re.compile(r"\s*(?:$|[^\w\s])")
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


def day_of_byline(text: str) -> date | None:
    r"""The day in the line that tells place, name and day of a text, one of its first; None without one.

    It stands at an end of a short line, or is parted from the other words on both sides; a sentence is none.

    >>> day_of_byline("A budget\n\nBy Ann Lee, Warsaw, 20 January 2026")
    datetime.date(2026, 1, 20)
    """
    lines = [line.strip() for line in text[: _BYLINES * 1000].split("\n") if line.strip()]
    days = (_day_in_byline(line) for line in lines[:_BYLINES] if len(line) <= _LONGEST_BYLINE)
    return next(filter(None, days), None)


def _day_in_byline(line: str) -> date | None:
    if line.endswith((".", "?", "!", ":")):
        return None
    for pattern, order in ((_NUMBERED, "ymd"), (_DAY_FIRST, "dmy"), (_MONTH_FIRST, "mdy")):
        found = pattern.search(line)
        if found and _PARTED_BEFORE.search(line[: found.start()]) and _PARTED_BEHIND.match(line, found.end()):
            part = dict(zip(order, found.groups(), strict=True))
            month = _MONTHS.index(part["m"]) + 1 if part["m"] in _MONTHS else part["m"]
            return _day(int(part["y"]), int(month), int(part["d"])) if str(month).isdigit() else None
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
