"""Which measures a figure can be of by its unit, and when it is the share that belongs to one."""

from __future__ import annotations

from steelyard.core.vocabulary import Entry
from steelyard.read.keys.doubts import SHARE_TAKEN_UP
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Memory, Passage

CARRIED_SENTENCES = 2
MOST_WORDS_TO_RANK = 2
RELATIVE = ("share", "points")


def fits(passage: Passage, figure: Figure, measure: Entry) -> bool:
    """Whether a figure in its unit can be of the measure."""
    dimension = passage.lexicon.dimension_of(measure.id)
    if figure.unit in passage.lexicon.units_of_a_whole:
        in_money = dimension == "money" and measure.id not in passage.lexicon.denominators
        return in_money or figure.unit in passage.lexicon.units_by_measure[measure.id]
    if dimension == "rank":
        return figure.dimension in (None, "count", "rank") and _ranks(passage, figure)
    if figure.dimension in RELATIVE:
        return True
    if figure.unit is None:
        return dimension == "person" or bool(figure.way)
    if dimension == "rate":
        return figure.dimension == "rate" or figure.unit in passage.lexicon.units_by_measure[measure.id]
    if figure.dimension == "money" and dimension == "money":
        return True
    return figure.unit in passage.lexicon.units_by_measure[measure.id]


def _ranks(passage: Passage, figure: Figure) -> bool:
    """Whether a word such as "top" or "leading" stands beside a number."""
    before = passage.touches_before(figure.outer_start, "direction:rank", 0)
    inside = passage.nearest_after(figure.start, "direction:rank")
    near = inside is not None and passage.count_words(figure.start, inside.start) <= MOST_WORDS_TO_RANK
    return before is not None or near


def turn_to_share(passage: Passage, figure: Figure, found: Found, memory: Memory) -> None:
    """A percentage of GDP is of the share that belongs to the measure named.

    So is a target in bare percent.
    """
    share = share_of(passage, found.text("measure"))
    unit = passage.lexicon.units_of_shares.get(share.id) if share else None
    if share is None or unit is None:
        return
    if figure.unit == unit:
        found.say(f"a share: its unit is {unit}", measure=share.id, unit=unit)
        memory.share_unit = unit
    elif (
        figure.unit == "%" and found.text("statistic") == "level" and _takes_up_share(passage, figure, memory)
    ):
        found.say(
            f"a share in {unit}, as the figure before", doubt=SHARE_TAKEN_UP, measure=share.id, unit=unit
        )


def turn_part_to_share(passage: Passage, figure: Figure, found: Found) -> None:
    """A percentage of the whole that a share measure is taken of is of that measure: "2 % of Korean GDP"."""
    share = share_of(passage, found.text("measure"))
    if share is None or figure.unit != "%" or found.text("item"):
        return
    if share.text("denominator") == found.text("base_measure"):
        unit = passage.lexicon.units_of_shares.get(share.id)
        reason = f"a share: it is taken of {share.text('denominator')}"
        found.say(reason, measure=share.id, unit=unit, statistic="level", base_measure=None)


def share_of(passage: Passage, measure: str | None) -> Entry | None:
    """The share measure whose base is the given measure (or that is the given measure itself)."""
    return passage.lexicon.shares.get(measure or "")


def _takes_up_share(passage: Passage, figure: Figure, memory: Memory) -> bool:
    """Whether a bare percentage goes on with a share spoken of; never where a rise or fall governs it."""
    moved = passage.nearest_before(figure.outer_start, "direction:up", "direction:down")
    is_level = passage.key_before(figure.outer_start) in passage.lexicon.words("grammar", "levels")
    if moved and not is_level and passage.same_clause(moved.end, figure.start):
        return bool(passage.figures_between(moved.end, figure.start)) and _share_before(
            passage, figure, memory
        )
    return _share_before(passage, figure, memory)


def _share_before(passage: Passage, figure: Figure, memory: Memory) -> bool:
    here = any(other.unit in passage.lexicon.units_of_a_whole for other in passage.figures)
    return here or (
        memory.share_unit is not None and memory.sentence - memory.measure_sentence <= CARRIED_SENTENCES
    )
