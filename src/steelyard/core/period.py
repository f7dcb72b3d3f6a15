"""Periods: what stretch of time a figure is for, as ISO 8601 writes it.

A year, month, day, an interval "2026/2030" with open ends as "..", or a fiscal year "FY2026". A fiscal year
is known by its name; its days depend on the actor, whose data file gives the month in which it starts and
whether it is named after the calendar year in which it starts or ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Literal

Kind = Literal["year", "fiscal", "month", "day", "interval"]
NamedAfter = Literal["start", "end"]
_FORM = re.compile(r"(FY)?([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
OPEN = ".."
LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time with both days included; `None` is an open end. `text` is its ISO 8601 form."""

    text: str
    kind: Kind
    start: date | None
    end: date | None

    @classmethod
    def parse(cls, text: str, *, fiscal_start_month: int = 1, named_after: NamedAfter = "end") -> Period:
        """The period that `text` writes.

        `fiscal_start_month` is the month in which the actor's fiscal year starts, `named_after` the end of it
        whose calendar year gives it its name; the two are one where it starts in January.

        >>> Period.parse("2026").end
        datetime.date(2026, 12, 31)
        >>> Period.parse("FY2026", fiscal_start_month=10).start
        datetime.date(2025, 10, 1)
        >>> Period.parse("FY2026", fiscal_start_month=4, named_after="start").start
        datetime.date(2026, 4, 1)
        >>> Period.parse("../2030").start is None
        True

        Raises:
            ValueError: `text` is no period.
        """
        if fiscal_start_month == 1:
            return _parsed(text)
        return cls._parse(text, fiscal_start_month, named_after)

    @classmethod
    def _parse(cls, text: str, fiscal_start_month: int, named_after: NamedAfter) -> Period:
        if "/" in text:
            part = partial(cls.parse, fiscal_start_month=fiscal_start_month, named_after=named_after)
            return cls._interval(text, part)
        match = _FORM.fullmatch(text)
        if not match or (match[1] and match[3]):
            raise ValueError(f"not a period: {text!r}")
        try:
            return cls(text, *_days(match, fiscal_start_month, named_after))
        except ValueError as error:
            raise ValueError(f"not a period: {text!r} ({error})") from error

    @classmethod
    def _interval(cls, text: str, parse: Callable[[str], Period]) -> Period:
        left, _, right = text.partition("/")
        if left == right == OPEN or "/" in right or not (left and right):
            raise ValueError(f"not a period: {text!r}")
        start = None if left == OPEN else parse(left).start
        end = None if right == OPEN else parse(right).end
        if start and end and start > end:
            raise ValueError(f"the period {text!r} ends before it starts")
        return cls(text, "interval", start, end)

    @property
    def year(self) -> int | None:
        """The one year that it names, fiscal years included; None for intervals."""
        if self.kind == "fiscal":
            return int(self.text[2:])
        return self.start.year if self.kind != "interval" and self.start else None

    def contains(self, other: Period) -> bool:
        """Whether `other` lies wholly inside."""
        starts = self.start is None or (other.start is not None and self.start <= other.start)
        ends = self.end is None or (other.end is not None and other.end <= self.end)
        return starts and ends

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return not (self.ends_before(other) or other.ends_before(self))

    def ends_before(self, other: Period) -> bool:
        """Whether it is over before `other` begins."""
        return self.end is not None and other.start is not None and self.end < other.start

    def previous(self) -> Period:
        """The year or fiscal year before.

        Raises:
            ValueError: the period is not a year.
        """
        if self.kind not in ("year", "fiscal") or self.start is None or self.end is None:
            raise ValueError(f"no year before {self.text!r}")
        before = f"{int(self.text[-4:]) - 1:04d}"
        first = self.start.replace(year=self.start.year - 1)
        return Period(self.text[:-4] + before, self.kind, first, self.start - timedelta(days=1))

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Period:
    """A period of years that start in January; a document names the same few again and again."""
    return Period._parse(text, 1, "end")


def _days(match: re.Match[str], fiscal_start_month: int, named_after: NamedAfter) -> tuple[Kind, date, date]:
    """The kind of period that `match` of `_FORM` writes, its first and its last day."""
    year = int(match[2])
    if match[4]:
        day = date(year, int(match[3]), int(match[4]))
        return "day", day, day
    if match[3]:
        first = date(year, int(match[3]), 1)
        if first.month == LAST_MONTH:
            return "month", first, first.replace(day=31)
        return "month", first, first.replace(month=first.month + 1) - timedelta(days=1)
    if not match[1] or fiscal_start_month == 1:
        return "fiscal" if match[1] else "year", date(year, 1, 1), date(year, 12, 31)
    first = date(year if named_after == "start" else year - 1, fiscal_start_month, 1)
    return "fiscal", first, first.replace(year=first.year + 1) - timedelta(days=1)
