"""Finds periods and dates, and anchors the relative ones ("last year", "the 23rd") to the document's date.

A year alone, a month, a day, a fiscal year, "by 2030" (an interval open at its start), or a word such as
"this year". A relative date in a document without a date stays unread rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from steelyard.core.period import Period
from steelyard.read.days import last_such_day, nearest_day, period_of
from steelyard.read.lexicon import Lexicon

YEAR = r"(?:19|20)\d\d"
FIRST_LINES = 400
SHIFTS = {"now": 0, "next": 1, "last": -1}
_DIGIT = re.compile(r"\d")


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
        line = self._date_line.search(text[:FIRST_LINES])
        if not line:
            return None
        found = next(self._explicit(line["rest"]), None)
        return found.period.start if found and found.period.kind == "day" else None

    def find(self, text: str, anchor: date | None) -> list[DateMention]:
        """The periods of a text in order, none overlapping; relative ones only where there is an `anchor`."""
        found = list(self._explicit(text)) if _DIGIT.search(text) else []
        if anchor:
            found += self._relative(text, anchor)
        return [self._as_led(text, mention) for mention in self._as_spans(text, without_overlaps(found))]

    @cached_property
    def _date_line(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?im)^[^\S\n]*(?:{self._either('date_line')})[^\S\n]*:?\s+(?P<rest>[^\n]{{6,40}})"
        )

    @cached_property
    def _explicit_pattern(self) -> re.Pattern[str]:
        """Dates in figures; the groups are named after what they hold."""
        months = rf"(?i:{'|'.join(sorted(map(re.escape, self._months), key=len, reverse=True))})"
        ordinals = "|".join(map(re.escape, self._lexicon.words("not_figures", "ordinals")))
        counted = "|".join(map(re.escape, sorted(self._lexicon.unit_words, key=len, reverse=True)))
        fiscal, short = self._either("fiscal"), self._either("fiscal_short")
        day, through = rf"(\d{{1,2}})(?:{ordinals})?", self._either("through")
        return re.compile(
            rf"(?P<iso>\b{YEAR}-\d\d-\d\d\b)"
            rf"|(?P<fiscal>\b(?:(?i:{fiscal})|(?:{short}))\s?({YEAR})(?:[-–/](\d\d))?)\b(?![-–/]\d)"
            rf"|(?P<short_fiscal>\b(?:{short})\s?['’]?(\d\d))\b(?![-–/.,]\d)"
            rf"|(?P<fiscal_after>\b({YEAR})\s(?i:{self._either('fiscal_after')}))\b"
            rf"|(?P<span>\b({YEAR})\s?(?:[-–/]|{through})\s?({YEAR})|(?i:\b(?:{self._either('between')})\s"
            rf"({YEAR})\s(?:{self._either('between_and')})\s({YEAR})))\b(?!-)"
            rf"|(?P<two_years>\b({YEAR})[-–/](\d\d))\b(?![-–/%]|[.,]\d)"
            rf"|(?P<dmy>\b{day}\s(?:of\s)?({months})\.?,?\s({YEAR}))\b"
            rf"|(?P<mdy>\b({months})\.?\s{day},?\s({YEAR}))\b"
            rf"|(?P<my>\b({months})\.?,?\s(?:of\s)?({YEAR}))\b"
            rf"|(?P<year>(?<![\w.,/$€£¥₩-])({YEAR}))(?![\w%]|[.,]\d|-\d|\s(?:{counted})\b)"
        )

    def _explicit(self, text: str) -> Iterator[DateMention]:
        """Dates that are written out, in order."""
        for match in self._explicit_pattern.finditer(text):
            if period := period_of(self._iso(match)):
                yield DateMention(match.start(), match.end(), period)

    def _iso(self, match: re.Match[str]) -> str:
        """The ISO 8601 form of a match; what is no date gives a form that is none either."""
        form = str(match.lastgroup)
        parts = [part for part in match.groups() if part][1:]
        if form == "iso":
            return match["iso"]
        if form in ("fiscal", "two_years", "short_fiscal"):
            return _fiscal_form(parts, form)
        if form == "fiscal_after":
            return f"FY{parts[0]}"
        if form == "span":
            return "/".join(parts)
        if form == "year":
            return parts[0]
        year, month = parts[-1], self._months[parts[-2 if form != "mdy" else 0].casefold()]
        day = "" if form == "my" else f"-{int(parts[0 if form == 'dmy' else 1]):02}"
        return f"{year}-{month:02}{day}"

    @cached_property
    def _relative_pattern(self) -> re.Pattern[str]:
        months = "|".join(sorted(map(re.escape, self._months), key=len, reverse=True))
        groups = "|".join(f"(?P<{key}>{self._either(key)})" for key in ("base_last", "now", "next", "last"))
        of_year = "|".join(f"(?P<{key}>{self._either(key)})" for key in ("now_of", "next_of", "last_of"))
        ordinals = "|".join(map(re.escape, self._lexicon.words("not_figures", "ordinals")))
        articles = "|".join(rf"(?<={re.escape(word)}\s)" for word in self._cues("day_of"))
        return re.compile(
            rf"(?i)\b(?:(?P<month>{months})\s(?:\w{{1,9}}\s)?(?:{of_year})"
            rf"|(?:{articles})(?P<day>\d{{1,2}})(?:{ordinals})\b"
            rf"|(?P<mon>{months})\.?\s(?P<dd>\d{{1,2}})(?:{ordinals})?(?!\d|,?\s{YEAR})"
            rf"|(?P<dd2>\d{{1,2}})(?:{ordinals})?\s(?:of\s)?(?P<mon2>{months})(?!\.?,?\s(?:of\s)?{YEAR})"
            rf"|{groups})(?!\w)"
        )

    def _relative(self, text: str, anchor: date) -> Iterator[DateMention]:
        """Dates that need the document's date, in order."""
        for match in self._relative_pattern.finditer(text):
            kind = match.lastgroup or ""
            form = "base" if kind == "base_last" else kind if kind in ("now", "next", "last") else "plain"
            if period := period_of(self._anchored(match, kind, anchor)):
                yield DateMention(match.start(), match.end(), period, form)

    def _anchored(self, match: re.Match[str], kind: str, anchor: date) -> str:
        year = f"{anchor.year + SHIFTS.get(kind.partition('_of')[0], -1):04}"
        if match["month"]:
            return f"{year}-{self._months[match['month'].casefold()]:02}"
        if month := match["mon"] or match["mon2"]:
            return nearest_day(anchor, self._months[month.casefold()], int(match["dd"] or match["dd2"]))
        return last_such_day(anchor, int(match["day"])) if match["day"] else year

    def _as_led(self, text: str, mention: DateMention) -> DateMention:
        """A year after words such as "by" as an interval with an open start, after "than in" as a base."""
        if mention.period.kind not in ("year", "fiscal", "month"):
            return mention
        lead = self._leads.search(text, max(0, mention.start - 30), mention.start)
        if lead is None:
            return mention
        if lead["by"]:
            return replace(mention, period=Period.parse(f"../{mention.period}"), form="by")
        return mention if mention.period.kind == "month" else replace(mention, form="base")

    def _as_spans(self, text: str, found: list[DateMention]) -> list[DateMention]:
        """Two years after "from" and "to" as one span: "from fiscal 2023 to fiscal 2027"."""
        spans: list[DateMention] = []
        for mention in found:
            first = spans[-1] if spans else None
            if first and (period := self._span(text, first, mention)):
                spans[-1] = DateMention(first.start, mention.end, period)
            else:
                spans.append(mention)
        return spans

    def _span(self, text: str, first: DateMention, last: DateMention) -> Period | None:
        """The span from one year to another, where the words between and before them make it one."""
        if not {first.period.kind, last.period.kind} <= {"year", "fiscal"}:
            return None
        link = " ".join(text[first.end : last.start].split()).casefold()
        lead = text[max(0, first.start - 12) : first.start].rstrip().rpartition(" ")[2].casefold()
        led = lead in self._lexicon.words("ranges", "from") and link in self._cues("through")
        return period_of(f"{first.period}/{last.period}") if led else None

    @cached_property
    def _leads(self) -> re.Pattern[str]:
        by, base = self._either("by"), self._either("base_before")
        return re.compile(rf"(?i)\b(?:(?P<by>{by})|(?P<base>{base}))\s+$")

    def _either(self, key: str) -> str:
        return "|".join(map(re.escape, sorted(self._cues(key), key=len, reverse=True))) or r"(?!)"

    def _cues(self, key: str) -> list[str]:
        values = self._lexicon.mapping("periods").get(key)
        return [str(value) for value in values] if isinstance(values, list) else []


def _fiscal_form(parts: list[str], form: str) -> str:
    """The fiscal year of "FY2026", "FY26" or "2025-26", named after the year in which it ends."""
    if form == "short_fiscal":
        return f"FY20{parts[0]}"
    if len(parts) == 1:
        return f"FY{parts[0]}"
    first, second = int(parts[0]), int(parts[0][:2] + parts[1])
    if (first + 1) % 100 == int(parts[1]):
        return f"FY{first + 1}"
    return f"{first}/{second}" if second > first else ""


def without_overlaps(found: list[DateMention]) -> list[DateMention]:
    """In order; of overlapping mentions the longer stays."""
    kept: list[DateMention] = []
    for mention in sorted(found, key=lambda m: (m.start, -(m.end - m.start))):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
