"""Days as machines write them: in metadata of pages and files, and in lines of JSON.

What people write in running text is read by `dates`, with the month names of their language.
"""

from __future__ import annotations

import re
from datetime import date

_STAMP = re.compile(r"(?:D:)?((?:19|20)\d\d)([-/.]?)([01]\d)\2([0-3]\d)(?!\d*-)")
_NAMED = re.compile(r"(?:[A-Za-z]{3},? )?(\d{1,2}) ([A-Z][a-z]{2})[a-z]* ((?:19|20)\d\d)\b")
# The months of RFC 5322, the form in which servers and feeds write dates; no words of a language.
# Days as people write them: year, month and day in numbers, with whatever a language writes behind each, or
# with the name of a month; and the order of the three.
_WRITTEN = (
    (
        re.compile(
            r"((?:19|20)\d\d)[^\w\s]?[^\W\d_]?\s?(\d{1,2})[^\w\s]?[^\W\d_]?\s?(\d{1,2})(?!\d)[^\W\d_]?"
        ),
        "ymd",
    ),
    (re.compile(r"\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]*\.? ((?:19|20)\d\d)\b"), "dmy"),
    (re.compile(r"\b([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}), ((?:19|20)\d\d)\b"), "mdy"),
)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_BYLINES = 12
_BEGINNING = 12_000
_LONGEST_BYLINE = 100
# What parts the day of a byline from place and name: anything but letters, digits and blanks, or an end.
_PARTED_BEFORE = re.compile(r"(?:^|[^\w\s.]\s*)$")
_PARTED_BEHIND = re.compile(r"\s*(?:$|[^\w\s])")
_DASHED_BEHIND = re.compile(r"\s*(?:\([^()]{1,40}\)\s*)?(?:-{1,2}|[\N{EN DASH}\N{EM DASH}])\s")
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

    It stands at an end of a short line, or is parted from the other words on both sides; or it opens a
    text, with a place before it and a dash behind. Other sentences tell of days that may be any.

    >>> day_of_byline("A budget\n\nBy Ann Lee, Warsaw, 20 January 2026")
    datetime.date(2026, 1, 20)
    """
    for block in _BLANK_LINE.split(text[:_BEGINNING], _BYLINES)[:_BYLINES]:
        lines = [line.strip() for line in block.strip().split("\n")]
        if not any(map(_is_prose, lines)):
            days = (_day_parted(line, _PARTED_BEHIND) for line in lines)
        else:
            days = (_day_parted(line[:_LONGEST_BYLINE], _DASHED_BEHIND) for line in lines[:1])
        if day := next(filter(None, days), None):
            return day
    return None


def _is_prose(line: str) -> bool:
    """Whether a line is longer than a byline, or ends as sentences do."""
    return len(line) > _LONGEST_BYLINE or line.endswith((".", "?", "!", ":"))


def _day_parted(line: str, behind: re.Pattern[str]) -> date | None:
    """The first day of a line, if it is parted from what stands before it and, as said, `behind` it."""
    for pattern, order in _WRITTEN:
        found = pattern.search(line)
        if found and _PARTED_BEFORE.search(line[: found.start()]) and behind.match(line, found.end()):
            part = dict(zip(order, found.groups(), strict=True))
            month = _MONTHS.index(part["m"]) + 1 if part["m"] in _MONTHS else part["m"]
            return _day(int(part["y"]), int(month), int(part["d"])) if str(month).isdigit() else None
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
