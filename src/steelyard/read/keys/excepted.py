"""Whom a sentence leaves out ("all allies but Spain"), and what it says of none ("neither A nor B")."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import CLAUSE_MARKS, Mention
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Passage

MOST_WORDS_OF_A_CUE = 4
MOST_WORDS_TO_ALL = 4
MOST_WORDS_SINCE, MOST_WORDS_OF_A_RECORD = 12, 6
MOST_WORDS_TO_FACING = 7


def is_excepted(passage: Passage, mention: Mention) -> bool:
    """Whether a name stands after "except" or "other than", first or in a list."""
    keys, lists = passage.words.keys, passage.lexicon.words
    cues, skipped = lists("grammar", "excepting"), lists("grammar", "articles")
    end, first = mention.first, max(0, mention.first - MOST_WORDS_OF_A_CUE)
    while end > first and keys[end - 1] in skipped:
        end -= 1
    if end and keys[end - 1].casefold() in passage.lexicon.last_words_of_excepting:
        tails = (" ".join(keys[n:end]).casefold() for n in range(first, end))
        if any(tail in cues for tail in tails):
            return True
    before = keys[max(0, end - 1 - MOST_WORDS_TO_ALL) : max(0, end - 1)]
    but = end > 0 and keys[end - 1] in lists("grammar", "but") and "," not in before
    return but and any(key.casefold() in lists("grammar", "whole_groups") for key in before)


def is_counted_from(passage: Passage, position: int) -> bool:
    """Whether a place is in what a record counts from: "the steepest since the country joined in 2004"."""
    keys, lists = passage.words.keys, passage.lexicon.words
    since = lists("grammar", "counting_from")
    if since.isdisjoint(keys):
        return False
    number = passage.words_between(position, position)[0]
    first = max(0, number - MOST_WORDS_SINCE)
    begin = next((n for n in range(number - 1, first - 1, -1) if keys[n] in since or keys[n] == ","), -1)
    if begin < 0 or keys[begin] == ",":
        return False
    before = keys[max(0, begin - MOST_WORDS_OF_A_RECORD) : begin]
    return not lists("grammar", "records").isdisjoint(key.casefold() for key in before)


def is_faced(lexicon: Lexicon, keys: Sequence[str], last: int) -> bool:
    """Whether a name, whose last word is given, is only whom something is meant to face.

    Where verbs follow, that is said behind it: "북한의 핵·미사일에 대응하는".
    """
    facing = lexicon.words("grammar", "facing_after")
    if not facing:
        return False
    ends = CLAUSE_MARKS | lexicon.words("grammar", "subject_after")
    for number in range(last + 1, min(len(keys), last + 1 + MOST_WORDS_TO_FACING)):
        if keys[number] in ends:
            return False
        if keys[number].startswith(tuple(facing)):
            return True
    return False


def is_of_neither(passage: Passage, figure: Figure) -> bool:
    """Whether the clause of a figure tells it of two actors at once, as "neither A nor B" does."""
    neither = passage.lexicon.words("roles", "neither")
    if len(passage.of_kind("actor")) < 2 or neither.isdisjoint(passage.words.keys):
        return False
    names = list(passage.before(figure.outer_start, "actor"))
    if len(names) < 2 or not _reaches(passage, names[0].end, figure):
        return False
    joined = passage.word_keys(names[1].end, names[0].start)
    return len(joined) <= 2 and not neither.isdisjoint(joined)


def is_said_of_none(passage: Passage, figure: Figure) -> bool:
    """Whether the subject of the clause is nobody: "no ally", "none of them", "neither A nor B"."""
    nobody = passage.nearest_before(figure.outer_start, "negation:subjects")
    return nobody is not None and _reaches(passage, nobody.end, figure)


def _reaches(passage: Passage, start: int, figure: Figure) -> bool:
    """Whether one clause without another figure leads from a place to the figure."""
    breaks = passage.lexicon.words("about", "breaks")
    return (
        passage.same_clause(start, figure.outer_start)
        and not passage.figures_between(start, figure.start)
        and breaks.isdisjoint(passage.word_keys(start, figure.outer_start))
    )
