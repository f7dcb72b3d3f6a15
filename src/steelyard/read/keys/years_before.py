"""Levels of the year before another: "to 1.84 % in 2024, from 1.50 % the year before"."""

from __future__ import annotations

from collections.abc import Callable

from steelyard.core.period import Period
from steelyard.read.keys.bases import is_base
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Passage
from steelyard.read.times.dates import DateMention

KIND = "periods:year_before"
NEXT = "periods:year_after"


def is_of_year_before(
    passage: Passage,
    figure: Figure,
    found: Found,
    own_year: Callable[[Passage, Figure], DateMention | None],
) -> bool:
    """Whether a level is said to be that of the year before, or of what another is compared with."""
    if KIND not in passage.kinds:
        return False
    if is_base(passage, figure):
        return _year_before(passage, figure)
    if found.text("statistic") != "level":
        return False
    if passage.lexicon.cues_follow:
        before = passage.touches_before(figure.outer_start, KIND, 0)
        return before is not None and year_told(passage, figure) is not None
    after = passage.touches_after(figure.outer_end, KIND, 1)
    told = after is not None or _opens_with_it(passage, figure)
    return told and own_year(passage, figure) is None


def _opens_with_it(passage: Passage, figure: Figure) -> bool:
    """Whether the sentence turns to the year before: "A year earlier it was 18 billion"."""
    first = passage.of_kind(KIND)[0]
    return first.first <= 1 and first.end <= figure.start and not passage.figures_between(0, figure.start)


def _year_before(passage: Passage, figure: Figure) -> bool:
    """Whether words such as "of the year before" follow the figure, or lead up to it."""
    after = passage.touches_after(figure.end, KIND, 2)
    return (after or passage.touches_before(figure.outer_start, KIND, 1)) is not None


def year_told(passage: Passage, figure: Figure) -> str | None:
    """The year of the other level in the sentence, the one before the figure first."""
    years = [d for d in passage.dates if d.form in ("plain", "now", "next", "last")]
    spans = [(m.start, m.end) for m in passage.of_kinds(KIND, NEXT)]
    years = [d for d in years if d.period.kind in ("year", "fiscal") and (d.start, d.end) not in spans]
    before = [d for d in years if d.end <= figure.start]
    nearest = before[-1:] or years[:1]
    return nearest[0].period.text if nearest else None


def year_after(passage: Passage, figure: Figure, found: Found, last: str | None) -> str | None:
    """The year after that of the level before it, for a figure beside "a year later".

    `last` is the year spoken of last, from which such words count where the sentence tells none before them.
    """
    if NEXT not in passage.kinds:
        return None
    if found.text("statistic") == "level" and passage.touches_after(figure.outer_end, NEXT, 0):
        return _next_year(year_told(passage, figure))
    cue = passage.nearest_before(figure.start, NEXT)
    if cue is None or passage.figures_between(cue.end, figure.start):
        return None
    before = passage.figures_between(passage.sentence.start, cue.start)
    return _next_year(year_told(passage, figure) if before else last)


def _next_year(text: str | None) -> str | None:
    """The year after a year, None for other periods."""
    period = Period.parse(text) if text else None
    return f"{text[:-4]}{period.year + 1:04d}" if text and period and period.year else None


def year_of_base(passage: Passage, figure: Figure, last: str | None) -> str | None:
    """The year before that of the level told with a growth: "175 billion in 2026, up 18 % from 148 billion".

    `last` is the year spoken of last. None where the sentence may count from an earlier year.
    """
    if any(other.dimension == "duration" for other in passage.figures):
        return None
    if any(date.form == "base" or "/" in date.period.text for date in passage.dates):
        return None
    return year_before(year_told(passage, figure) or last)


def year_before(text: str | None) -> str | None:
    """The year before a year, None for other periods."""
    period = Period.parse(text) if text else None
    return period.previous().text if period and period.kind in ("year", "fiscal") else None
