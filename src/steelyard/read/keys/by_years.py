"""Two levels that a sentence names by their years: "the 2026 amount exceeds that of 2024 by 8 percent".

Where a text gives a whole series, the years tell which two of its amounts growth lies between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from steelyard.core.claim import Claim
from steelyard.read.keys.frames import PAIR, Frame
from steelyard.read.keys.neighbours import Sentences, year_of
from steelyard.read.keys.paths import of_one_thing
from steelyard.read.keys.wordings import AMOUNTS

MOST_BACK = 4
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")


def levels_by_years(sentences: Sentences, frame: Frame, teller: Claim) -> Mapping[str, Claim] | None:
    """The older and the newer level; None unless the text has just one amount for each of the two years."""
    if not frame.has_levels_only:
        return None
    opening = sentences.text[teller.sentence_start - sentences.start : teller.end - sentences.start]
    series = frame.words.of_series
    if series is None or not series.search(opening) or _is_broken(frame, opening):
        return None
    if any(sentences.kinds[number] in AMOUNTS for number in sentences.window(teller, 0)):
        return None  # its own amounts could be meant
    levels = _levels(sentences, teller)
    pairs = [pair for pair in _pairs_of_years(sentences, teller, opening) if set(pair) <= levels.keys()]
    if len(pairs) != 1:
        return None
    old, new = (levels[year] for year in pairs[0])
    if len(old) != 1 or len(new) != 1 or old[0].unit != new[0].unit:
        return None
    members = {"new": new[0], "old": old[0]}
    return members if of_one_thing([teller.changed(actor=None), *members.values()]) else None


def _is_broken(frame: Frame, opening: str) -> bool:
    reckoning = frame.reckoning
    text = reckoning.spared.sub(" ", opening) if reckoning.spared else opening
    return bool(reckoning.breaks and reckoning.breaks.search(text))


def _levels(sentences: Sentences, teller: Claim) -> Mapping[int, Sequence[Claim]]:
    """The amounts of the sentences before by their years."""
    found: dict[int, list[Claim]] = {}
    near: list[int] = []
    for back in range(MOST_BACK + 1):
        near = sentences.window(teller, back) or near
    for number in near:
        claim, year = sentences.claims[number], year_of(sentences.claims[number])
        told = claim.sentence_start < teller.sentence_start and claim.statistic == "level"
        if told and year and sentences.kinds[number] in AMOUNTS and claim.aggregation is None:
            found.setdefault(year, []).append(claim)
    return found


def _pairs_of_years(sentences: Sentences, teller: Claim, opening: str) -> list[tuple[int, int]]:
    """The two years that a sentence names, or one and those that a stretch of years lies from it."""
    years = sorted({int(year) for year in _YEAR.findall(opening)})
    if len(years) == len(PAIR):
        return [(years[0], years[1])]
    spans = {
        int(claim.value)
        for claim in sentences.claims
        if claim.sentence_start == teller.sentence_start and claim.unit == "year" and claim.value
    }
    if len(years) != 1 or len(spans) != 1:
        return []
    (year,), (span,) = years, spans
    return [(year, year + span), (year - span, year)]
