"""What a sentence without a figure spoke of, for one after it that only says how much.

"Poland's defence budget was approved on Friday. It comes to 198.4 billion zlotys." The first sentence tells
measure, actor, year and standing, the second the amount. The first is read as if an amount stood right after
the name of its measure, and only when the second asks for it.
"""

from __future__ import annotations

from decimal import Decimal

from steelyard.read.attach import remember
from steelyard.read.documents.document import Document
from steelyard.read.keys.perimeter import find_perimeter
from steelyard.read.keys.standing import carry_status, find_status
from steelyard.read.keys.when import find_period
from steelyard.read.keys.whose import find_actor
from steelyard.read.mentions import CLAUSE_MARKS, Mention
from steelyard.read.noticed import Noticed
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Memory, Passage
from steelyard.read.passages import passage_of
from steelyard.read.tongues import Tools


def take_up(document: Document, noticed: Noticed, tools: Tools, memory: Memory) -> None:
    """Remember the measure that the sentence before speaks of, with its actor, year and standing.

    Nothing is remembered where it names several measures, none of money, or another sentence stands between.
    """
    memory.read_back = None
    if "measure" not in noticed.kinds:  # without a digit in it the sentence was only searched for a few cues
        hits, kinds = tools.lexicon.index.hits_and_kinds(noticed.words)
        noticed = noticed._replace(hits=hits, kinds=kinds)
    passage = passage_of(document, noticed, tools.lexicon)
    if (mention := _only_measure(passage)) is None:
        return
    now, memory.sentence = memory.sentence, memory.sentence - 1
    figure = _nameless(mention)
    measure, _, item = mention.id.partition(":")
    words = passage.between(mention.start, mention.end)
    found = Found({"statistic": "level", "measure": measure, "item": item or None, "about": words})
    find_status(passage, figure, found, memory)
    find_actor(passage, figure, mention, found, memory)
    carry_status(passage, figure, found, memory)
    find_period(passage, figure, mention, found, memory)
    find_perimeter(passage, figure, found, memory)
    remember(passage, memory, found)
    memory.sentence = now


def _only_measure(passage: Passage) -> Mention | None:
    """The first mention of the one measure of money of which a sentence speaks."""
    named = passage.of_kinds("measure", "item")
    if len({mention.id for mention in named}) != 1:
        return None
    measure = named[0].id.partition(":")[0]
    counted = measure in passage.lexicon.denominators or passage.lexicon.dimension_of(measure) != "money"
    return None if counted or any(_is_one_of_several(passage, mention) for mention in named) else named[0]


def _is_one_of_several(passage: Passage, mention: Mention) -> bool:
    """Whether something else is named beside it, of which the next sentence may tell."""
    joins = passage.lexicon.words("roles", "list_joins") - CLAUSE_MARKS
    return passage.key_before(mention.start) in joins or passage.key_after(mention.end) in joins


def _nameless(mention: Mention) -> Figure:
    """A figure of no width right behind a mention, for the questions that are asked about figures."""
    end = mention.end
    return Figure(end, end, "0", Decimal(1), None, "money", outer_start=end, outer_end=end)
