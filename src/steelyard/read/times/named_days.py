"""Days that a text writes out with the day of the week: "Friday, 27 June 2025", "2025년 6월 27일 금요일".

Found apart from the other dates, since most sentences with such a day have no figure. Where no year is
written, the day must lie within weeks of that of the text, or the day of the week would tell the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from steelyard.read.lexicon import Lexicon

MOST_BETWEEN = 40
# Of a day so many days from the text's own nobody needs to write the year.
MOST_DAYS_AWAY = 45


class NamedDay(NamedTuple):
    """A day with the word for the day of the week that the text gives it."""

    start: int
    end: int
    word: str
    day: date


def named_days(text: str, lexicon: Lexicon, anchor: date | None = None) -> Iterator[NamedDay]:
    """The days of a text, those of each word in the order of the text; `anchor` is the day of the text."""
    before = _marked(lexicon)
    for word in lexicon.mapping("weekdays"):
        start = text.find(word)
        while start >= 0:
            place = start + len(word)
            found = _pattern(lexicon).match(text, place, place + MOST_BETWEEN)
            day = _day(found, lexicon, anchor) if found and not text[start - 1 : start].isalnum() else None
            if found and day:
                end = start + len(text[start : found.end()].rstrip(".,"))
                yield NamedDay(start, end, word, day)
            marked = before.search(text, max(0, start - MOST_BETWEEN), start) if before else None
            if marked and (day := _day(marked, lexicon, anchor)):
                yield NamedDay(marked.start(), place, word, day)
            start = text.find(word, place)


@lru_cache(maxsize=16)
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """What follows the word: a day, a month and a year, in one of two orders."""
    months = "|".join(sorted(map(re.escape, lexicon.mapping("months")), key=len, reverse=True))
    # Two letters may end the number ("25th"), and a small word stand beside it ("the 25th of June").
    first = rf"(?:[a-z]+\s+)?(?P<d>\d\d?)(?:[a-z]{{2}})?\s+(?:[a-z]{{1,3}}\s+)?(?P<m>{months})\.?,?"
    second = rf"(?P<month>{months})\.?\s+(?P<day>\d\d?)(?:[a-z]{{2}})?,?"
    return re.compile(rf"[,.]?\s+\(?(?:{first}|{second})(?:\s+(?P<year>\d{{4}})(?!\d))?")


@lru_cache(maxsize=16)
def _marked(lexicon: Lexicon) -> re.Pattern[str] | None:
    """A year, month and day, each with its mark, right before the word; None in a language without marks."""
    signs = (lexicon.words("marks", key) for key in ("year", "month", "day"))
    year, month, day = ("|".join(sorted(map(re.escape, words), key=len, reverse=True)) for words in signs)
    if not (year and month and day):
        return None
    dated = rf"(?:(?<!\d)(?P<year>\d{{4}})\s?(?:{year})\s?)?(?<!\d)(?P<month>\d\d?)\s?(?:{month})"
    return re.compile(rf"{dated}\s?(?P<day>\d\d?)\s?(?:{day})[\s,]?\s?\(?\Z")


def _day(found: re.Match[str], lexicon: Lexicon, anchor: date | None) -> date | None:
    """The day that was matched; None where the calendar has none such, or nobody knows of which year."""
    parts = {key: text for key, text in found.groupdict().items() if text}
    told = parts.get("m") or parts["month"]
    month = int(told if told.isdigit() else str(lexicon.mapping("months")[told]))
    number = int(parts.get("d") or parts["day"])
    if year := parts.get("year"):
        return _in_calendar(int(year), month, number)
    years = range(anchor.year - 1, anchor.year + 2) if anchor else ()
    days = (_in_calendar(year, month, number) for year in years)
    return next((d for d in days if d and anchor and abs((d - anchor).days) <= MOST_DAYS_AWAY), None)


def _in_calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
