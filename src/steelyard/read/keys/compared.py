"""Percentages that compare: so much above a level, and the growth of another year beside that of this one."""

from __future__ import annotations

from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Passage

WAYS = {"direction:beyond": "up", "direction:short": "down"}
PERCENT = ("share",)
MOST_WORDS_TO_MOVE = 4
MOST_WORDS_TO_OTHER = 12


def way_beyond(passage: Passage, figure: Figure) -> str | None:
    """Which way a percentage lies from what it is measured by: "13 % above the 2025 level"."""
    if figure.dimension not in PERCENT or figure.unit in passage.lexicon.units_of_a_whole:
        return None
    for kind, way in WAYS.items():
        cue = passage.nearest_after(figure.outer_end, kind)
        if cue is not None and not passage.word_keys(figure.outer_end, cue.start):
            following = passage.figure_after(cue.start)
            hedges = following is not None and following.outer_start <= cue.start
            return None if hedges and following and following.dimension in PERCENT else way
    return None


def compared_with(passage: Passage, figure: Figure) -> Figure | None:
    """The percentage before, with which this one is compared ("9.7 %, compared with 8.2 % in 2024")."""
    other = passage.figure_before(figure.start)
    if other is None or figure.dimension not in PERCENT or other.unit != figure.unit:
        return None
    cue = passage.nearest_before(figure.outer_start, "direction:compared")
    near = cue is not None and passage.count_words(cue.end, figure.outer_start) <= 1
    return other if near and cue and cue.start >= other.end else None


def is_moved_by_another(passage: Passage, figure: Figure) -> bool:
    """Whether the next figure is the amount by which this one moves: "cut 66 trillion by 0.4 trillion"."""
    other = passage.figure_after(figure.end)
    if other is None or other.unit != figure.unit or not passage.same_clause(figure.end, other.start):
        return False
    by = passage.led_by(other.outer_start, passage.lexicon.words("direction", "by"))
    if by is None or by.start < figure.end:
        return False
    first, stop = passage.words_between(figure.end, by.start)
    keys, dated = passage.words.keys, passage.words_in_dates
    prepositions = passage.lexicon.words("grammar", "prepositions")
    return all(n in dated or keys[n] in prepositions for n in range(first, stop))


def way_surpassing(passage: Passage, figure: Figure) -> str | None:
    """The way in which one level lies from another: "the 2026 amount exceeds that of 2024 by 8 %"."""
    words = passage.lexicon.words
    by = passage.led_by(figure.outer_start, words("direction", "by"))
    if by is None:
        return None
    last = passage.figure_before(figure.start)
    keys = passage.word_keys(last.end if last else passage.sentence.start, by.start)
    above = max((n for n, key in enumerate(keys) if key in words("direction", "surpasses")), default=-1)
    if above < 0 or len(keys) - above > MOST_WORDS_TO_OTHER or {";", ":"}.intersection(keys[above:]):
        return None
    return "up"


def way_by_which(passage: Passage, figure: Figure) -> str | None:
    """The way of a change told behind its amount: "the 3 billion euros by which it surpassed the plan"."""
    words = passage.lexicon.words
    if passage.key_after(figure.outer_end) not in words("direction", "by"):
        return None
    by = passage.word_after(figure.outer_end)
    if by is None:
        return None
    which = passage.word_after(by.end)
    if which is None or which.key not in words("about", "relatives"):
        return None
    moved = passage.nearest_after(which.end, "direction:up", "direction:down")
    if moved is not None and passage.count_words(which.end, moved.start) <= MOST_WORDS_TO_MOVE:
        return moved.kind.partition(":")[2]
    first = passage.words_between(which.end, passage.sentence.end)[0]
    following = passage.words.keys[first : first + MOST_WORDS_TO_MOVE + 1]
    return "up" if not words("direction", "surpasses").isdisjoint(following) else None
