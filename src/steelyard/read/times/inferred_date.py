"""The date of a document that carries none, as its own text lets one guess.

The latest day that it writes out in full, else the latest year of which it speaks as of the past. A day or
year that is still to come ("by 2035", "will") tells nothing.
"""

from __future__ import annotations

import re
from datetime import date

from steelyard.read.mentions import words_of
from steelyard.read.times.dates import YEAR, YEARS, DateReader
from steelyard.read.tongues import Tools

_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
LONGEST_LOOKED_THROUGH = 200_000
BEFORE, AFTER = 60, len("-12-31")
TO_COME = ("will", "would", "should", "must", "can")


def inferred_date(text: str, tools: Tools) -> date | None:
    """The latest full date of a text, else the end of its latest year or month in the past; None without."""
    reader, lexicon = tools.dates, tools.lexicon
    if not isinstance(reader, DateReader):
        return None
    to_come = {
        word for key in TO_COME for phrase in lexicon.words("modality", key) for word in phrase.split()
    }
    days: set[date] = set()
    years: set[date] = set()
    for match in _YEAR.finditer(text, 0, LONGEST_LOOKED_THROUGH):
        begin = max(0, match.start() - BEFORE)
        words = words_of(text, max(begin, text.rfind("\n", begin, match.start()) + 1), match.end() + AFTER)
        if not to_come.isdisjoint(words.keys):
            continue
        for mention in reader.find_in(words, None).mentions:
            if mention.form != "plain" or mention.period.end is None:
                continue
            if mention.period.kind == "day":
                days.add(mention.period.end)
            elif mention.period.kind in YEARS or mention.period.kind == "month":
                years.add(mention.period.end)
    return max(days or years, default=None)
