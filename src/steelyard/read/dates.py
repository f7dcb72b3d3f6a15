"""Finds periods and dates, and anchors the relative ones ("last year", "the 23rd") to the document's date.

A year alone, a month, a day, a fiscal year, "by 2030" (an interval open at its start), or a word such as
"this year". A relative date in a document without a date stays unread rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from steelyard.core.period import Period
from steelyard.read.lexicon import Lexicon

YEAR = r"(?:19|20)\d\d"
FIRST_LINES = 400


@dataclass(frozen=True, slots=True)
class DateMention:
    """A period that stands in the text.

    `form` tells "by", "now", "next", "last", "base" (of a change) or "plain".
    """

    start: int
    end: int
    period: Period
    form: str = "plain"


class DateReader:
    """Finds dates and periods with the month names and cue words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._months = {str(k).casefold(): int(str(v)) for k, v in lexicon.mapping("months").items()}

    def document_date(self, text: str) -> date | None:
        """The date that a text carries in its own first lines, after a word such as "date"."""
        cues = "|".join(map(re.escape, self._cues("date_line")))
        head = text[:FIRST_LINES]
        line = re.compile(rf"(?im)^\s*(?:{cues})\s*:?\s+(?P<rest>[^\n]{{6,40}})").search(head)
        if not line:
            return None
        found = next(self._explicit(line["rest"]), None)
        return found.period.start if found and found.period.kind == "day" else None

    def find(self, text: str, anchor: date | None) -> list[DateMention]:
        """The periods of a text in order, none overlapping; relative ones only where there is an `anchor`."""
        found = [*self._explicit(text), *(self._relative(text, anchor) if anchor else ())]
        return self._with_deadlines(text, _without_overlaps(found))

    @cached_property
    def _explicit_pattern(self) -> re.Pattern[str]:
        months = "|".join(sorted(self._months, key=len, reverse=True))
        fiscal = "|".join(map(re.escape, sorted(self._cues("fiscal"), key=len, reverse=True)))
        ordinals = "|".join(map(re.escape, self._lexicon.words("not_figures", "ordinals")))
        through = "|".join(map(re.escape, self._cues("through")))
        counted = "|".join(map(re.escape, sorted(self._lexicon.unit_words, key=len, reverse=True)))
        return re.compile(
            rf"(?P<iso>\b{YEAR}-\d\d-\d\d\b)"
            rf"|(?P<fiscal>\b(?i:{fiscal})\s?(?P<fy>{YEAR}))\b"
            rf"|(?P<span>\b(?P<y1>{YEAR})\s?(?:[-–/]|{through})\s?(?P<y2>{YEAR}))\b(?!-)"
            rf"|(?P<dmy>\b(?P<d1>\d{{1,2}})(?:{ordinals})?\s(?P<m1>(?i:{months}))\.?,?\s(?P<y3>{YEAR}))\b"
            rf"|(?P<mdy>\b(?P<m2>(?i:{months}))\.?\s(?P<d2>\d{{1,2}})(?:{ordinals})?(?:,?\s(?P<y4>{YEAR}))?)\b(?!\d)"
            rf"|(?P<dm>\b(?P<d3>\d{{1,2}})(?:{ordinals})?\s(?P<m4>(?i:{months}))\b)"
            rf"|(?P<my>\b(?P<m3>(?i:{months}))\.?,?\s(?P<y5>{YEAR}))\b"
            rf"|(?P<year>(?<![\w.,/$€£-])(?P<y6>{YEAR}))(?![\w%]|[.,]\d|-\d|\s(?:{counted})\b)"
        )

    def _explicit(self, text: str, anchor: date | None = None) -> Iterator[DateMention]:
        """Dates that are written out, in order."""
        for match in self._explicit_pattern.finditer(text):
            form = self._iso(match)
            if form and (period := _period(form)):
                yield DateMention(match.start(), match.end(), period)

    def _iso(self, match: re.Match[str]) -> str | None:
        """The ISO 8601 form of a match; None for a day without its year."""
        if match["iso"]:
            return match["iso"]
        if match["fiscal"]:
            return f"FY{match['fy']}"
        if match["span"]:
            return f"{match['y1']}/{match['y2']}"
        if match["dmy"]:
            return f"{match['y3']}-{self._months[match['m1'].casefold()]:02}-{int(match['d1']):02}"
        if match["mdy"]:
            return (
                f"{match['y4']}-{self._months[match['m2'].casefold()]:02}-{int(match['d2']):02}"
                if match["y4"]
                else None
            )
        if match["my"]:
            return f"{match['y5']}-{self._months[match['m3'].casefold()]:02}"
        return match["y6"]

    @cached_property
    def _relative_pattern(self) -> re.Pattern[str]:
        months = "|".join(sorted(self._months, key=len, reverse=True))
        groups = "|".join(
            f"(?P<{key}>{'|'.join(map(re.escape, sorted(self._cues(key), key=len, reverse=True)))})"
            for key in ("base_last", "now", "next")
        )
        last = "|".join(map(re.escape, sorted(self._cues("last"), key=len, reverse=True)))
        of_last = "|".join(map(re.escape, self._cues("last_of")))
        ordinals = "|".join(map(re.escape, self._lexicon.words("not_figures", "ordinals")))
        articles = "|".join(rf"(?<={re.escape(word)}\s)" for word in self._lexicon.words("periods", "day_of"))
        return re.compile(
            rf"(?i)\b(?:(?P<of_last>(?P<month>{months})\s(?:\w+\s)?(?:{of_last}))"
            rf"|(?:{articles})(?P<day>\d{{1,2}})(?:{ordinals})\b"
            rf"|(?P<md>(?P<mon>{months})\.?\s(?P<dd>\d{{1,2}}))(?!\d|,?\s{YEAR})|{groups}|(?P<last>{last}))(?!\w)"
        )

    def _relative(self, text: str, anchor: date) -> Iterator[DateMention]:
        """Dates that need the document's date, in order."""
        for match in self._relative_pattern.finditer(text):
            kind = match.lastgroup or ""
            form = "base" if match["base_last"] else kind if kind in ("now", "next", "last") else "plain"
            if (iso := self._anchored(match, anchor)) and (period := _period(iso)):
                yield DateMention(match.start(), match.end(), period, form)

    def _anchored(self, match: re.Match[str], anchor: date) -> str | None:
        if match["of_last"]:
            return f"{anchor.year - 1}-{self._months[match['month'].casefold()]:02}"
        if match["md"]:
            return _nearest_day(anchor, self._months[match["mon"].casefold()], int(match["dd"]))
        if match["day"]:
            return _last_such_day(anchor, int(match["day"]))
        shift = 0 if match["now"] else 1 if match["next"] else -1
        return f"{anchor.year + shift:04}"

    def _with_deadlines(self, text: str, found: list[DateMention]) -> list[DateMention]:
        """Years after words such as "by" become intervals with an open start."""
        cues = tuple(sorted(self._cues("by"), key=len, reverse=True))
        result = []
        for mention in found:
            before = text[max(0, mention.start - 30) : mention.start].rstrip().casefold()
            if mention.period.kind in ("year", "fiscal") and any(re.search(rf"\b{c}$", before) for c in cues):
                mention = DateMention(mention.start, mention.end, Period.parse(f"../{mention.period}"), "by")
            result.append(mention)
        return result

    def _cues(self, key: str) -> list[str]:
        values = self._lexicon.mapping("periods").get(key)
        return (
            [str(value).casefold() if key != "fiscal" else str(value) for value in values]
            if isinstance(values, list)
            else []
        )


def _period(iso: str) -> Period | None:
    """The period of an ISO form, or None where there is no such day."""
    try:
        return Period.parse(iso)
    except ValueError:
        return None


def _without_overlaps(found: list[DateMention]) -> list[DateMention]:
    """In order; of overlapping mentions the longer stays."""
    kept: list[DateMention] = []
    for mention in sorted(found, key=lambda m: (m.start, -(m.end - m.start))):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _last_such_day(anchor: date, day: int) -> str | None:
    """The latest day of that number on or before the anchor, at most two months back."""
    for back in range(62):
        candidate = anchor - timedelta(days=back)
        if candidate.day == day:
            return candidate.isoformat()
    return None


def _nearest_day(anchor: date, month: int, day: int) -> str | None:
    """The day of that month that lies nearest to the anchor."""
    candidates = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            candidates.append(date(year, month, day))
        except ValueError:
            continue
    return min(candidates, key=lambda d: abs((d - anchor).days)).isoformat() if candidates else None
