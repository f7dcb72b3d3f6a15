"""What a figure is of where only the sentence as a whole tells: a share of GDP in a sentence on the army.

The words that set such a scene stand with the measure in the vocabulary. They decide nothing against words
beside the figure: a debt of 60 % of GDP stays a debt, whatever else the sentence says of soldiers.
"""

from __future__ import annotations

from steelyard.core.vocabulary import Entry
from steelyard.read.keys.about import Topic, topic_after, topic_before
from steelyard.read.keys.amounts import (
    is_amount_of,
    is_bare_amount,
    measure_of_share_beside,
    names_a_body,
)
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Memory, Passage

MOST_WORDS_TO_PRICE = 12


def measure_by_setting(
    passage: Passage, figure: Figure, found: Found, topic: Topic | None, after: Topic | None, memory: Memory
) -> Entry | None:
    """The measure of a figure by what its sentence is on.

    A share of a whole needs only the setting, an amount of money a deal or words for the whole as well.
    """
    if topic is None and figure.unit in passage.lexicon.units_of_a_whole:
        topic = _of_amount_said_again(passage, figure)
    for kind, measure in passage.lexicon.measures_by_setting.items():
        here = bool(passage.of_kind(kind)) or names_a_body(passage, kind)
        money = measure.text("dimension") == "money"
        if figure.dimension == "money":
            told = here and money and _is_amount(passage, figure, kind, topic, after)
        else:
            told = (
                here and figure.unit in measure.texts("units") and _is_share_of(passage, topic, after, kind)
            )
        if not told and money and (here or memory.settings):
            told = _moves(figure, found) and is_bare_amount(passage, figure, kind, topic, after, memory)
        if told:
            return measure
    return _by_share_beside(passage, figure, topic)


def _moves(figure: Figure, found: Found) -> bool:
    """Whether a figure is an amount, a rise or fall of one, or a share of a whole."""
    return figure.dimension in ("money", "share") or found.text("statistic") in ("growth", "change")


def _is_amount(passage: Passage, figure: Figure, kind: str, topic: Topic | None, after: Topic | None) -> bool:
    """Whether an amount is of the setting as a whole, or, where it is of things, their price."""
    if kind in passage.lexicon.heads:
        return is_amount_of(passage, figure, kind, topic, after)
    return _is_a_price(passage, figure, kind)


def _of_amount_said_again(passage: Passage, figure: Figure) -> Topic | None:
    """What leads up to the amount that a share says over again: "the fund is 100 billion, 2.5 % of GDP"."""
    other = passage.figure_before(figure.start)
    if other is None or other.dimension != "money":
        return None
    links = passage.lexicon.words("about", "says_again")
    again = links.issuperset(passage.word_keys(other.outer_end, figure.outer_start))
    return topic_before(passage, other) if again else None


def _by_share_beside(passage: Passage, figure: Figure, topic: Topic | None) -> Entry | None:
    """The measure of an amount whose share of a whole stands beside it."""
    following = passage.figure_after(figure.end) if figure.dimension == "money" else None
    if following is None or following.unit not in passage.lexicon.units_of_a_whole:
        return None
    after = topic_after(passage, following)
    for kind, measure in passage.lexicon.measures_by_setting.items():
        if not passage.of_kind(kind) or following.unit not in measure.texts("units"):
            continue
        share = measure if _is_share_of(passage, topic, after, kind) else None
        return measure_of_share_beside(passage, figure, share, following)
    return None


def _is_share_of(passage: Passage, topic: Topic | None, after: Topic | None, kind: str) -> bool:
    """Whether the words beside a share are on the setting, or leave it to the sentence, on nothing else."""
    own = [each for each in (topic, after) if each is not None and each.is_own]
    if not all(_is_on(passage, each, kind) for each in own):
        return False
    return bool(own) or not _is_on_other_shares(passage)


def _is_on(passage: Passage, topic: Topic, kind: str) -> bool:
    """Whether a noun phrase is on the setting itself, not on a part or debt of it."""
    parts = passage.lexicon.words("grammar", "prepositions") | passage.lexicon.words("grammar", "part_of")
    whole = parts.isdisjoint(passage.word_keys(topic.start, topic.end))
    return whole and any(topic.start <= m.start and m.end == topic.end for m in passage.of_kind(kind))


def _is_on_other_shares(passage: Passage) -> bool:
    """Whether the sentence names something else that is told in shares of GDP, such as a deficit."""
    return not passage.lexicon.words("about", "other_shares").isdisjoint(passage.words.keys)


def _is_a_price(passage: Passage, figure: Figure, kind: str) -> bool:
    """Whether the figure is what things of the setting are bought for.

    "Bought 40 tanks for 2 billion"; "paid 2 billion for 40 tanks".
    """
    verb = passage.nearest_before(figure.start, "places:buys", "places:gives")
    if verb is None:
        return False
    things = passage.nearest_after(verb.end, kind)
    prices = passage.lexicon.words("about", "prices")
    lead = passage.word_before(figure.outer_start)
    if things is None or lead is None:
        return False
    if things.end <= figure.start:
        near = passage.count_words(things.end, figure.start) <= MOST_WORDS_TO_PRICE
        return near and verb.kind == "places:buys" and lead.key in prices
    follower = passage.word_after(figure.outer_end)
    paid = (
        follower is not None
        and follower.key in prices
        and not passage.figures_between(verb.end, figure.start)
    )
    return paid and passage.count_words(figure.end, things.start) <= MOST_WORDS_TO_PRICE // 2
