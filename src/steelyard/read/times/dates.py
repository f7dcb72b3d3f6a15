"""Finds periods and dates, and anchors the relative ones ("last year", "the 23rd") to the document's date.

A year alone, a month, a day, a fiscal year, "by 2030" (an interval open at its start), or a word such as
"this year". A relative date in a document without a date stays unread rather than guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from steelyard.core.period import Period
from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import PlainHit, Words, words_of
from steelyard.read.times.date_words import Dated, DateRun, DateWords
from steelyard.read.times.days import period_of
from steelyard.read.times.relative_dates import RELATIVE, relative_at
from steelyard.read.times.written_dates import WRITTEN, written_at

YEAR = r"(?:19|20)\d\d"
FIRST_LINES = 400
YEARS = frozenset({"year", "fiscal"})
_SPANS = YEARS | {"month", "interval"}
# Kinds of phrases with which a date may begin.
OPENINGS = frozenset((*WRITTEN, *RELATIVE))
Span = tuple[int, int]


class DateMention(NamedTuple):
    """A period that stands in the text.

    `form` tells "by", "since", "now", "next", "last", "base" (of a change) or "plain".
    """

    start: int
    end: int
    period: Period
    form: str = "plain"


class DatesFound(NamedTuple):
    """The periods of a text, and the spans whose numbers belong to a date or a time of the day."""

    mentions: list[DateMention]
    blocked: list[Span]


class DateReader:
    """Finds dates and periods with the month names and cue words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known = DateWords(lexicon, OPENINGS)
        self._joining_from = lexicon.words("ranges", "from") | lexicon.words("ranges", "between")
        self._links = self._cues("through") | self._cues("between_and")

    def document_date(self, text: str) -> date | None:
        """The date that a text carries in its own first lines: after a word such as "date", or alone."""
        for line in text[:FIRST_LINES].split("\n"):
            if found := self._date_of_line(line.strip()):
                return found
        return None

    def find(self, text: str, anchor: date | None) -> list[DateMention]:
        """The periods of a text in order, none overlapping; relative ones only where there is an `anchor`."""
        return self.find_in(words_of(text), anchor).mentions

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of phrases that dates are made of."""
        return self._known.kinds

    def find_in(self, words: Words, anchor: date | None) -> DatesFound:
        """The periods in a run of words, with the offsets of the words, and the spans that hold no figure."""
        return self._found(self._run(words), anchor)

    def find_among(
        self, words: Words, hits: Iterable[PlainHit], numbers: Sequence[int], anchor: date | None
    ) -> DatesFound:
        """The same where the phrases of dates in the words are known, and at which of them numbers begin."""
        return self._found(DateRun(words, self._known, hits, numbers), anchor)

    def _run(self, words: Words) -> DateRun:
        """A run of words with the phrases of dates in it."""
        hits, _ = self._lexicon.index.hits_and_kinds(words)
        dated = [hit for hit in hits if hit[0].kind in self._known.kinds]
        return DateRun(words, self._known, dated, self._known.numbers_in(words))

    def _found(self, run: DateRun, anchor: date | None) -> DatesFound:
        found = list(_scan(run, anchor))
        blocked = [(run.starts[first], run.ends[one.last]) for first, one in found if one.blocks]
        dated = [(first, one, period) for first, one in found if (period := period_of(one.iso))]
        return DatesFound(self._as_spans(run, [self._as_led(run, *one) for one in dated]), blocked)

    def _date_of_line(self, line: str) -> date | None:
        """The day that a line tells when it opens with a word such as "date" or holds nothing else."""
        run = self._run(words_of(line[:LONGEST_DATE_LINE]))
        lead = run.at(0, "date_line")
        place = run.skip(lead.last + 1, ":") if lead else 0
        for number in range(place, min(place + 3, len(run.texts))):
            found = written_at(run, number)
            period = period_of(found.iso) if found else None
            if found and period and period.kind == "day":
                alone = found.last + 1 == len(run.texts) and number == place and len(line) < LONGEST_DATE_LINE
                return period.start if lead or alone else None
        return None

    def _as_led(self, run: DateRun, first: int, dated: Dated, period: Period) -> _Read:
        """A year after words such as "by" as an interval with an open start, after "than in" as a base."""
        read = _Read(first, dated.last, period, dated.form)
        if dated.form == "base" or period.kind not in _SPANS:
            return read
        place = run_back(run, first)
        if run.ending(place, "by") or run.leading(first, dated.last, "by"):
            end = f"{period}".partition("/")[2] or f"{period}"
            return read._replace(period=Period.parse(f"../{end}"), form="by")
        if period.kind == "interval":
            return read
        if run.ending(place, "since"):
            return read._replace(period=Period.parse(f"{period}/.."), form="since")
        based = period.kind in YEARS and run.ending(place, "base_before")
        return read._replace(form="base") if based else read

    def _as_spans(self, run: DateRun, found: list[_Read]) -> list[DateMention]:
        """The mentions, two years after "from" and "to" as one span: "from fiscal 2023 to fiscal 2027"."""
        spans: list[_Read] = []
        for read in found:
            if spans and (period := self._span(run, spans[-1], read)):
                spans[-1] = _Read(spans[-1].first, read.last, period, "plain")
            else:
                spans.append(read)
        return [DateMention(run.starts[r.first], run.ends[r.last], r.period, r.form) for r in spans]

    def _span(self, run: DateRun, first: _Read, last: _Read) -> Period | None:
        """The span from one year to another, where the words between and before them make it one."""
        if first.period.kind not in YEARS or not (last.period.kind in YEARS or last.form == "by"):
            return None
        link = " ".join(run.keys[first.last + 1 : last.first])
        led = run.key(first.first - 1) in self._joining_from and link in self._links
        end = f"{last.period}".removeprefix("../")
        return period_of(f"{first.period}/{end}") if led else None

    def _cues(self, key: str) -> frozenset[str]:
        return self._lexicon.words("periods", key)


class _Read(NamedTuple):
    first: int
    last: int
    period: Period
    form: str


LONGEST_DATE_LINE = 80


def run_back(run: DateRun, first: int) -> int:
    """The number of the word before a date, words such as "the year" left out."""
    place = first - 1
    while (skipped := run.ending(place, "year_words")) is not None:
        place = skipped.first - 1
    return place


def _scan(run: DateRun, anchor: date | None) -> Iterator[tuple[int, Dated]]:
    """What dates the words hold, with the number of the first word of each, none overlapping."""
    last = -1
    for number in run.triggers():
        if number <= last:
            continue
        written = written_at(run, number)
        found = written or (relative_at(run, number, anchor) if anchor else None)
        if found:
            last = found.last
            yield number, found


def without_overlaps(found: list[DateMention]) -> list[DateMention]:
    """In order; of overlapping mentions the longer stays."""
    kept: list[DateMention] = []
    for mention in sorted(found, key=lambda m: (m.start, -(m.end - m.start))):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
