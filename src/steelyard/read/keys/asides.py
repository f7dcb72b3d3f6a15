"""What a clause says by the way: "this year's plan, adopted in the autumn of 2024, was 186 billion"."""

from __future__ import annotations

from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Passage
from steelyard.read.times.dates import DateMention

MOST_WORDS_OF_AN_ASIDE = 8
_COMMA, _HALF_STOP = ",", ";"


def is_by_the_way(passage: Passage, date: DateMention, figure: Figure) -> bool:
    """Whether a date only says when something was decided or told, or stands behind a half stop.

    Before the figure it stands in an aside between commas that opens with a verb such as "adopted".
    """
    if date.start >= figure.end:
        return _HALF_STOP in passage.word_keys(figure.end, date.start)
    asides = passage.lexicon.words("grammar", "asides")
    if _COMMA not in passage.word_keys(date.end, figure.start) or asides.isdisjoint(passage.words.keys):
        return False
    keys, last = passage.words.keys, passage.words_between(date.start, date.end)[0]
    first = max(1, last - MOST_WORDS_OF_AN_ASIDE)
    commas = [number for number in range(first, last) if keys[number - 1] == _COMMA]
    return bool(commas) and keys[commas[-1]] in asides


def years_of_sum(passage: Passage, figure: Figure) -> Figure | None:
    """The years at the head of a sentence over which its amount adds up: "Over four years, Spain puts".

    Where verbs follow, a particle stands behind the years: "10년간".
    """
    if passage.lexicon.cues_follow:
        return _years_before(passage, figure)
    years = passage.figures[0] if passage.figures else None
    if years is None or years.unit != "year" or years.end > figure.start:
        return None
    lists, before = passage.lexicon.words, passage.word_keys(passage.sentence.start, years.outer_start)
    opens = bool(before) and before[0].casefold() in lists("aggregation", "opening")
    if not opens or len(before) > 2 or passage.figures_between(years.end, figure.start):
        return None
    if passage.key_after(years.outer_end) in lists("aggregation", "no_opening_before"):
        return None
    lead = passage.key_before(figure.outer_start)
    return None if lead in lists("direction", "level_after") or figure.join else years


def _years_before(passage: Passage, figure: Figure) -> Figure | None:
    """The years right before a figure in its clause behind which a word says that it is for all of them."""
    years = passage.figure_before(figure.start)
    if (
        years is None
        or years.unit != "year"
        or figure.join
        or not passage.same_clause(years.end, figure.start)
    ):
        return None
    behind = passage.between(years.end, figure.start).lstrip()
    lists = passage.lexicon.words
    each = any(word in behind for word in (*lists("aggregation", "yearly"), *lists("aggregation", "average")))
    return years if behind.startswith(tuple(lists("aggregation", "over_years_after"))) and not each else None
