"""What a relative clause or an apposition puts a number on: "GDP, which the ministry puts at 251 billion"."""

from __future__ import annotations

from steelyard.read.mentions import CLAUSE_MARKS, Mention
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Passage

MOST_WORDS = 9


def is_put_at(passage: Passage, mention: Mention, figure: Figure) -> bool:
    """Whether an amount is that of what is named before it, by "which ... at" or between commas after it."""
    if figure.dimension != "money" or mention.end > figure.outer_start:
        return False
    keys = passage.word_keys(mention.end, figure.outer_start)
    if not keys or len(keys) > MOST_WORDS or _others_between(passage, mention, figure):
        return False
    words = passage.lexicon.words
    told = keys[1:] if keys[0] == "," else keys
    if told and told[0] in words("about", "relatives") and CLAUSE_MARKS.isdisjoint(told):
        return told[-1] in words("about", "put_at")
    stands_apart = keys[-1] == "," and CLAUSE_MARKS.isdisjoint(keys[:-1])
    return stands_apart and len(keys) > 1 and keys[0] in words("about", "foreseen") and _ends(passage, figure)


def _others_between(passage: Passage, mention: Mention, figure: Figure) -> bool:
    """Whether another figure begins between the two; the one whose unit names the whole began before."""
    return any(
        other.start >= mention.end for other in passage.figures_between(mention.start, figure.outer_start)
    )


def _ends(passage: Passage, figure: Figure) -> bool:
    """Whether a comma closes what stands between commas."""
    return passage.key_after(figure.outer_end) == ","
