"""What a figure is of where no measure stands beside it: by its unit, carried over, or by its own words."""

from __future__ import annotations

from itertools import dropwhile

from steelyard.core.claim import CARRIED_MEASURE
from steelyard.core.vocabulary import Entry
from steelyard.read.keys import doubts
from steelyard.read.keys.about import Topic, topic_after
from steelyard.read.keys.bases import is_base
from steelyard.read.keys.measures import CARRIED_SENTENCES, fits, turn_to_share
from steelyard.read.keys.settings import measure_by_setting
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Memory, Passage

MOST_WORDS_TO_AMOUNT = 6


def find_unnamed(passage: Passage, figure: Figure, found: Found, memory: Memory, topic: Topic | None) -> None:
    """The measure by the unit of a figure or carried over, else no measure but the text's own words."""
    after = topic_after(passage, figure)
    about = _about(passage, figure, topic, after)
    if entry := _measure_of_unit(passage, figure):
        found.say(f"measure by its unit {figure.unit}", measure=entry.id, about=about)
    elif entry := measure_by_setting(passage, figure, found, topic, after, memory):
        found.say(
            "measure by what the sentence is on", doubts.MEASURE_OF_SETTING, measure=entry.id, about=about
        )
        turn_to_share(passage, figure, found, memory)
    elif _is_taken_up(passage, figure, found, memory, topic, after):
        found.keys["about"] = about or memory.about
    elif share := _share_spent(passage, figure, found, memory):
        unit = passage.lexicon.units_of_shares.get(share.id)
        reason = f"a share in {unit}, as the text told before"
        found.say(reason, doubts.SHARE_TAKEN_UP, measure=share.id, unit=unit, about=about)
    else:
        found.say("no measure of the vocabulary is named", _doubt(figure, found), about=about)


def _is_taken_up(
    passage: Passage, figure: Figure, found: Found, memory: Memory, topic: Topic | None, after: Topic | None
) -> bool:
    """Whether a figure goes on with the measure spoken of, which is then said.

    The text spoke of it with a figure, or in the sentence before without one.
    """
    if memory.read_back and _tells_how_much(passage, figure):
        memory.read_back()
        if memory.measure_sentence == memory.sentence - 1:
            return _carry_measure(passage, figure, found, memory)
    takes_up = _takes_up(passage, figure, topic, after, found.text("statistic") == "gap")
    return takes_up and _carry_measure(passage, figure, found, memory)


def _tells_how_much(passage: Passage, figure: Figure) -> bool:
    """Whether a sentence begins with what the one before spoke of and then tells its amount: "It comes to"
    or "The total for the year is".
    """
    words, keys = passage.lexicon.words, passage.words.keys
    first = keys[0].casefold()
    if figure is not passage.figures[0] or figure.dimension != "money":
        return False
    number = 1
    if first in words("speech", "definite"):
        while number < min(len(keys), MOST_WORDS_TO_AMOUNT) and keys[number] in words("about", "vague"):
            number += 1
    if number == 1 and first not in words("about", "named_before"):
        return False
    return not words("about", "tells_how_much").isdisjoint(keys[number : number + 2])


def _share_spent(passage: Passage, figure: Figure, found: Found, memory: Memory) -> Entry | None:
    """The share that a bare percentage is of which somebody is to spend, in a text that told one in full."""
    if figure.unit != "%" or memory.share_unit is None or found.text("statistic") != "level":
        return None
    if passage.key_before(figure.outer_start) not in passage.lexicon.words("about", "spends_shares"):
        return None
    shares = passage.lexicon.shares.values()
    return next((share for share in shares if memory.share_unit in share.texts("units")), None)


def _doubt(figure: Figure, found: Found) -> float:
    """How much the want of a measure takes, by what the figure is told in."""
    if figure.unit is None:
        return doubts.NO_MEASURE_OF_A_NUMBER
    may_have_one = figure.dimension in ("share", "money") and found.text("statistic") == "level"
    return doubts.NO_MEASURE if may_have_one else doubts.NO_MEASURE_OF_A_COUNT


def _measure_of_unit(passage: Passage, figure: Figure) -> Entry | None:
    """The measure that a unit tells by itself, as years tell a duration."""
    return passage.lexicon.measures_by_unit.get(figure.unit or "")


def _takes_up(
    passage: Passage, figure: Figure, topic: Topic | None, after: Topic | None, is_gap: bool
) -> bool:
    """Whether a figure may go on with what the text spoke of: no noun of its own stands beside it.

    Somebody who acts must spend, or be told in the unit of a share or what is missing to one, not just have
    or buy something.
    """
    of_a_whole = figure.unit in passage.lexicon.units_of_a_whole
    if topic is None or topic.is_vague:
        acts = of_a_whole and after is not None and _is_an_actor(passage, after)
        return after is None or after.is_vague or acts or topic is not None
    if not topic.is_agent:
        return False
    if of_a_whole or is_gap:
        return True
    moved = passage.nearest_before(figure.start, "direction:up", "direction:down")
    moves = moved is not None and moved.start >= topic.end
    return moves or not passage.lexicon.words("about", "spends").isdisjoint(topic.verbs)


def _is_an_actor(passage: Passage, topic: Topic) -> bool:
    """Whether a noun phrase is the name of an actor: "to reach 2 % of GDP Canada needs"."""
    return any(m.start == topic.start and m.end == topic.end for m in passage.of_kind("actor"))


def _carry_measure(passage: Passage, figure: Figure, found: Found, memory: Memory) -> bool:
    """Say the measure that the text spoke of last, or its base, where the unit allows it."""
    last = passage.lexicon.vocabulary.entry("measures", memory.measure)
    base = passage.lexicon.vocabulary.entry("measures", last.text("base_measure")) if last else None
    near = memory.sentence - memory.measure_sentence <= CARRIED_SENTENCES
    if _adds_to_it(passage, figure, found) or _moves_by_itself(passage, figure, found, memory):
        return False
    of_it = passage.words[0].key.casefold() in passage.lexicon.words("speech", "pronouns")
    for entry in (last, base):
        if entry is not None and _counts_money(passage, figure, found) and entry.text("dimension") != "money":
            continue
        if entry is not None and entry.id in passage.lexicon.denominators and not of_it:
            continue
        if entry is not None and near and figure.unit is not None and fits(passage, figure, entry):
            item = memory.item if entry is last else None
            found.say(CARRIED_MEASURE, doubts.CARRIED_MEASURE, measure=entry.id, item=item)
            turn_to_share(passage, figure, found, memory)
            return True
    return False


def _counts_money(passage: Passage, figure: Figure, found: Found) -> bool:
    """Whether growth is told with the amount that it counts from: "10.5 % more than the 39.1 billion"."""
    base = passage.figure_after(figure.end) if found.text("statistic") == "growth" else None
    return base is not None and base.dimension == "money" and is_base(passage, base)


def _moves_by_itself(passage: Passage, figure: Figure, found: Found, memory: Memory) -> bool:
    """Whether growth is that of an amount before it in its sentence which is of no measure: "production came
    to 15 billion dollars, 18 percent up on the year before".
    """
    if found.text("statistic") != "growth" or memory.measure_sentence == memory.sentence:
        return False
    before = passage.figure_before(figure.start)
    return before is not None and before.dimension in ("money", "person", "count")


def _adds_to_it(passage: Passage, figure: Figure, found: Found) -> bool:
    """Whether a change is one of the amount named before, as in "adds 3 billion to it", not of a year."""
    if found.text("statistic") != "change":
        return False
    first = passage.words_between(figure.outer_end, passage.sentence.end)[0]
    keys, words = passage.words.keys[first : first + 2], passage.lexicon.words
    return (
        len(keys) == 2
        and keys[0] in words("direction", "level_after")
        and keys[1] in words("about", "named_before")
    )


def _about(passage: Passage, figure: Figure, topic: Topic | None, after: Topic | None) -> str | None:
    """What the figure is of in the text's own words: what it counts, what it is for, or its noun phrase."""
    if figure.dimension in ("person", "count") and (counted := _counted(passage, figure)):
        return counted
    lead = passage.key_after(figure.outer_end)
    is_for = lead in passage.lexicon.words("grammar", "purpose")
    is_of = figure.dimension == "share" and lead in passage.lexicon.words("grammar", "part_of")
    if bought := _priced(passage, figure):
        return bought
    own = topic if topic and topic.is_own else None
    other = topic if topic and not topic.is_pronoun else None
    order = (after, own) if is_for or is_of else (own, after)
    best = next((found for found in (*order, other) if found is not None), None)
    return passage.between(best.start, best.end) if best else None


def _priced(passage: Passage, figure: Figure) -> str | None:
    """The things that an amount pays for, as in "sold 672 tanks to Poland for 3.4 billion"."""
    if figure.dimension != "money":
        return None
    lead, things = passage.word_before(figure.outer_start), passage.figure_before(figure.start)
    if lead is None or things is None or things.dimension != "count":
        return None
    prices = lead.key in passage.lexicon.words("about", "prices")
    return _counted(passage, things) if prices and passage.same_clause(things.end, lead.start) else None


def _counted(passage: Passage, figure: Figure) -> str | None:
    """The noun that a figure counts, which stands within it."""
    inner = [word for word in passage.words_after(figure.start + 1) if word.end <= figure.end]
    words = list(dropwhile(lambda word: not word.text[0].isalpha(), inner))
    return passage.between(words[0].start, words[-1].end) if words else None
