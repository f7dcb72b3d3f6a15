"""Finds dates of languages that mark year, month and day ("2026년 1월 23일"), and anchors the relative ones.

A particle behind a date tells what it is: a deadline ("2030년까지"), or what others are compared with ("전년
대비"). Relative dates need the document's date and stay unread without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from steelyard.core.period import Period
from steelyard.read.lexicon import Lexicon
from steelyard.read.times.dates import FIRST_LINES, YEAR, DateMention, without_overlaps
from steelyard.read.times.days import last_such_day, nearest_day, period_of

SHIFTS = {"now": 0, "next": 1, "last": -1, "year_before_last": -2, "year_after_next": 2}
MONTH_SHIFTS = {"last_month": -1, "now_month": 0, "next_month": 1}
BLANKS = r"[ \u00a0]"
DAY, MONTH = r"\d{1,2}", r"\d{1,2}"


class MarkedDateReader:
    """Finds dates and periods with the marks and cue words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._script = lexicon.language.text("script")
        self._joins = self._either("periods", "joins")

    def document_date(self, text: str) -> date | None:
        """The date that a text carries in its own first lines, after a word such as "date"."""
        line = self._date_line.search(text[:FIRST_LINES])
        found = next(self._explicit(line["rest"]), None) if line else None
        return found.period.start if found and found.period.kind == "day" else None

    def find(self, text: str, anchor: date | None) -> list[DateMention]:
        """The periods of a text in order, none overlapping; relative ones only where there is an `anchor`."""
        found = list(self._explicit(text))
        if anchor:
            found += self._relative(text, anchor)
        return self._as_spans(text, [self._as_followed(text, one) for one in without_overlaps(found)])

    @cached_property
    def _date_line(self) -> re.Pattern[str]:
        words = self._either("periods", "date_line")
        return re.compile(rf"(?m)^[^\S\n]*(?:{words})[^\S\n]*:?\s*(?P<rest>[^\n]{{6,40}})")

    @cached_property
    def _explicit_pattern(self) -> re.Pattern[str]:
        """Dates in figures; the groups are named after what they hold."""
        year, month, day = (self._either("marks", key) for key in ("year", "month", "day"))
        short, fiscal = self._either("marks", "short_year"), self._either("marks", "fiscal")
        joins, no_more = self._joins, self._either("periods", "not_after")
        return re.compile(
            rf"(?P<iso>(?<!\d)(?P<y0>{YEAR})[-.]{BLANKS}?(?P<m0>{MONTH})[-.]{BLANKS}?(?P<d0>{DAY})(?!\d|[-.]\d))"
            rf"|(?P<span>(?<!\d)(?P<from>{YEAR})(?:{year})?{BLANKS}?(?:{joins}){BLANKS}?(?P<to>{YEAR})(?:{year}))"
            rf"|(?P<short_span>(?:{short})(?P<sf>\d\d)(?:{year})?{BLANKS}?(?:{joins}){BLANKS}?(?:{short})?(?P<st>\d\d)"
            rf"(?:{year}))"
            rf"|(?P<ymd>(?<!\d)(?P<y>{YEAR})(?:{year}){BLANKS}?(?P<m>{MONTH})(?:{month})"
            rf"(?:{BLANKS}?(?P<d>{DAY})(?:{day}))?)"
            rf"|(?P<fiscal>(?<!\d)(?P<fy>{YEAR})(?:{year})?(?:{fiscal}))"
            rf"|(?P<year>(?<![\d.,])(?P<yy>{YEAR})(?:{year})(?!{no_more}))"
            rf"|(?P<short_year>(?:{short})(?P<sy>\d\d)(?:{year}))"
        )

    def _explicit(self, text: str) -> Iterator[DateMention]:
        """Dates that are written out, in order."""
        for match in self._explicit_pattern.finditer(text):
            if period := period_of(_iso(match)):
                yield DateMention(match.start(), match.end(), period)

    @cached_property
    def _relative_pattern(self) -> re.Pattern[str]:
        years = "|".join(f"(?P<{key}>{self._either('periods', key)})" for key in SHIFTS)
        months = "|".join(f"(?P<{key}>{self._either('periods', key)})" for key in MONTH_SHIFTS)
        month, day = self._either("marks", "month"), self._either("marks", "day")
        spans = "|".join(map(re.escape, self._lexicon.words("not_figures", "spans_of_days"))) or r"(?!)"
        single = rf"(?<![\d.,])(?P<day>{DAY})(?:{day})(?!{spans})"
        return re.compile(
            rf"(?<![{self._script}])(?:(?:{months})(?:{BLANKS}(?P<md>{DAY})(?:{day}))?"
            rf"|(?:{years})(?:{BLANKS}?(?P<ym>{MONTH})(?:{month})(?:{BLANKS}?(?P<yd>{DAY})(?:{day}))?)?)"
            rf"|(?<![\d.,])(?P<m>{MONTH})(?:{month})(?:{BLANKS}?(?P<d>{DAY})(?:{day}))?|{single}"
        )

    def _relative(self, text: str, anchor: date) -> Iterator[DateMention]:
        """Dates that need the document's date, in order."""
        for match in self._relative_pattern.finditer(text):
            year = next((key for key in SHIFTS if match[key]), None)
            if period := period_of(_anchored(match, year, anchor)):
                form = year if year in ("now", "next", "last") and not match["ym"] else "plain"
                yield DateMention(match.start(), match.end(), period, form)

    def _as_followed(self, text: str, mention: DateMention) -> DateMention:
        """A year with its deadline or comparison, by the words right behind it."""
        follower = self._followers.match(text, mention.end)
        if follower is None or mention.period.kind not in ("year", "fiscal", "month"):
            return mention
        if follower["by"]:
            return mention._replace(period=Period.parse(f"../{mention.period}"), form="by")
        return mention._replace(form="base") if mention.period.kind != "month" else mention

    @cached_property
    def _followers(self) -> re.Pattern[str]:
        by, base = self._either("periods", "by"), self._either("periods", "base_after")
        return re.compile(rf"{BLANKS}?(?:(?P<by>{by})|(?P<base>{base}))")

    def _as_spans(self, text: str, found: list[DateMention]) -> list[DateMention]:
        """Two years joined by particles as one span: "2024년부터 2028년까지"."""
        spans: list[DateMention] = []
        for mention in found:
            first = spans[-1] if spans else None
            period = self._span(text, first, mention) if first else None
            if first and period:
                spans[-1] = DateMention(first.start, mention.end, period)
            else:
                spans.append(mention)
        return spans

    def _span(self, text: str, first: DateMention, last: DateMention) -> Period | None:
        link = text[first.end : last.start].strip()
        years = first.period.kind in ("year", "fiscal") and last.form == "by"
        if not years or link not in self._lexicon.words("periods", "from"):
            return None
        return period_of(f"{first.period}/{str(last.period).removeprefix('../')}")

    def _either(self, table: str, key: str) -> str:
        ordered = sorted(self._lexicon.words(table, key), key=lambda word: (-len(word), word))
        return "|".join(map(re.escape, ordered)) or r"(?!)"


def _iso(match: re.Match[str]) -> str:
    """The ISO 8601 form of a match."""
    form = match.lastgroup
    if form == "iso":
        return f"{match['y0']}-{int(match['m0']):02}-{int(match['d0']):02}"
    if form == "span":
        return f"{match['from']}/{match['to']}" if match["from"] < match["to"] else ""
    if form == "short_span":
        return f"20{match['sf']}/20{match['st']}" if match["sf"] < match["st"] else ""
    if form == "ymd":
        return f"{match['y']}-{int(match['m']):02}" + (f"-{int(match['d']):02}" if match["d"] else "")
    if form == "fiscal":
        return f"FY{match['fy']}"
    return match["yy"] if form == "year" else f"20{match['sy']}"


def _anchored(match: re.Match[str], year: str | None, anchor: date) -> str:
    """The ISO 8601 form of a relative date for a document of that date."""
    if year:
        shifted = anchor.year + SHIFTS[year]
        month = f"-{int(match['ym']):02}" if match["ym"] else ""
        return f"{shifted:04}{month}" + (f"-{int(match['yd']):02}" if match["yd"] else "")
    if shift := next((key for key in MONTH_SHIFTS if match[key]), None):
        first = anchor.replace(day=1)
        around = {"last_month": first - timedelta(days=1), "now_month": first}
        there = around.get(shift, first + timedelta(days=31))
        return f"{there.year}-{there.month:02}" + (f"-{int(match['md']):02}" if match["md"] else "")
    if match["day"]:
        return last_such_day(anchor, int(match["day"]))
    number = int(match["m"])
    if match["d"]:
        return nearest_day(anchor, number, int(match["d"]))
    return f"{anchor.year - (number > anchor.month):04}-{number:02}"
