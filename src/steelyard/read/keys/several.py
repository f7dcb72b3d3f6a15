"""Names that stand with others or for many: "France and Germany", "NATO allies", "while in Japan it fell"."""

from __future__ import annotations

from steelyard.read.mentions import CLAUSE_MARKS, Mention
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Passage

MOST_WORDS_TO_MOVE = 4


def is_one_of_several(passage: Passage, mention: Mention, names: list[Mention]) -> bool:
    """Whether a name is joined to another or to a group, so that what is told is of both.

    As in "France and Germany spent" and "European allies and Canada".
    """
    keys, lists = passage.words.keys, passage.lexicon.words
    place = mention.first - 1
    if place < 1 or keys[place] not in lists("grammar", "joining"):
        return False
    if passage.between(passage.words.ends[mention.last], passage.sentence.end)[:2] in ("'s", "’s"):
        return False
    place -= keys[place - 1] == ","
    group = keys[place - 1] in lists("grammar", "groups")
    return group or any(name.last == place - 1 and name.id != "adjective" for name in names)


def is_group_of_members(passage: Passage, mention: Mention) -> bool:
    """Whether a name stands for all members of an alliance, as in "NATO allies spent"; not for some."""
    if mention.meaning.actor not in passage.lexicon.alliances:
        return False
    keys, lists = passage.words.keys, passage.lexicon.words
    if not lists("grammar", "members").issuperset(keys[mention.last + 1 : mention.last + 2] or [""]):
        return False
    lead = keys[mention.first - 1] if mention.first else ""
    return not lead.isalpha() or lead in lists("grammar", "before_members")


def named_at_head(passage: Passage, figure: Figure, start: int, names: list[Mention]) -> Mention | None:
    """The name with which the clause of a figure begins behind its measure.

    As in "spending rose by 5 % in Germany, while in France it fell by 3 %".
    """
    inside = [name for name in names if start < name.start and name.end <= figure.outer_start]
    if not inside or not passage.figures_between(start, figure.start):
        return None
    name, lists = inside[-1], passage.lexicon.words
    keys, place = passage.words.keys, inside[-1].first - 1
    while place >= 0 and keys[place] in lists("grammar", "scenes") | lists("grammar", "articles"):
        place -= 1
    if place < 0 or keys[place] not in lists("about", "breaks") | {";"} or name.id == "adjective":
        return None
    if not CLAUSE_MARKS.isdisjoint(passage.word_keys(name.end, figure.outer_start)):
        return None
    said = passage.nearest_after(name.end, "speech:verbs")
    if said is not None and said.start < figure.start:
        return None
    between = passage.word_keys(name.end, figure.start)[: MOST_WORDS_TO_MOVE + 1]
    verbs = lists("about", "verbs") | lists("direction", "up") | lists("direction", "down")
    return name if not verbs.isdisjoint(between) else None
