"""Figures of a span of years: "between 2021 and 2025 it rose from 57 to 186 billion, or by 226 %"."""

from __future__ import annotations

from steelyard.core.period import OPEN
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Passage
from steelyard.read.times.dates import DateMention


def span_of_pair(passage: Passage, figure: Figure, found: Found) -> DateMention | None:
    """The span of a change right behind whose end a percentage stands that tells the same."""
    end = passage.figure_before(figure.start)
    if found.text("statistic") != "growth" or end is None or end.join != "to":
        return None
    spans = (d for d in passage.dates if "/" in d.period.text and ".." not in d.period.text)
    return next(spans, None)


def end_of_span(passage: Passage, figure: Figure, mention: DateMention, found: Found) -> str | None:
    """The year of "between 2021 and 2024" that a level is of.

    The first and last for a pair after "from" and "to", the last after "to" alone.
    """
    text, words = mention.period.text, passage.lexicon.words
    moves = found.text("statistic") in ("growth", "change") and found.text("aggregation") is None
    if "/" not in text or ".." in text or not (moves or found.text("statistic") == "level"):
        return None
    if figure.join in ("from", "to"):
        return text.partition("/")[0 if figure.join == "from" else 2]
    if figure.join:
        return None
    if not leads_on(passage, mention):
        return None
    if moves:
        return text.rpartition("/")[2]
    lead = passage.word_before(figure.outer_start)
    reached = lead is not None and lead.key in words("direction", "level_after")
    return text.rpartition("/")[2] if reached and found.text("direction") in ("up", "down") else None


def count_from_first(passage: Passage, mention: DateMention, found: Found) -> None:
    """A change over the years of a span counts from the first of them; so does growth of each year in it."""
    first, period = mention.period.text.partition("/")[0], found.text("period")
    if found.text("baseline") and period != mention.period.text:
        found.say("counted from the first of the years", baseline=first)
    elif period and OPEN not in period and _grows_each_year(found) and leads_on(passage, mention):
        found.say("growth of each year from the first", baseline=first)


def _grows_each_year(found: Found) -> bool:
    return found.text("statistic") == "growth" and found.text("aggregation") is not None


def leads_on(passage: Passage, mention: DateMention) -> bool:
    """Whether years are told as the first and last of a way: "from 2021 to 2024", "between 2021 and 2024"."""
    words, opening = passage.lexicon.words, passage.word_before(mention.start)
    keys = {*passage.word_keys(mention.start, mention.end)[:1], opening.key if opening else ""}
    return not keys.isdisjoint(words("ranges", "from") | words("ranges", "between"))
