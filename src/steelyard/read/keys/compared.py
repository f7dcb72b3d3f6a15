"""Percentages that compare: so much above a level, and the growth of another year beside that of this one."""

from __future__ import annotations

from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Passage

WAYS = {"direction:beyond": "up", "direction:short": "down"}
PERCENT = ("share",)


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
