"""Of which kind a year is, where its words tell: of the calendar, or a fiscal one that goes by one number.

A checker asks for both. Where a year is not of the calendar for a government, "the calendar year 2024" beside
a plain "2024" may be two years; and "fiscal 2025" is for some the one that begins in 2025.
"""

from __future__ import annotations

from steelyard.core.claim import CALENDAR_YEAR, ONE_NUMBERED_YEAR
from steelyard.read.passage import Found, Passage
from steelyard.read.times.dates import DateMention

JOINTS = frozenset("-–/")


def tell_kind_of_year(passage: Passage, mention: DateMention, found: Found) -> None:
    """Say of which kind the year of a figure is, if its own words do."""
    first, stop = passage.words_between(mention.start, mention.end)
    keys = passage.words.keys
    if mention.period.kind == "fiscal":
        if JOINTS.isdisjoint("".join(keys[first:stop])):
            found.say(ONE_NUMBERED_YEAR)
    elif mention.period.kind == "year":
        calendar = passage.lexicon.words("periods", "calendar")
        if not calendar.isdisjoint(keys[max(0, first - 2) : stop]):
            found.say(CALENDAR_YEAR)
