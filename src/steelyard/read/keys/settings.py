"""What a figure is of where only the sentence as a whole tells: a share of GDP in a sentence on the army.

The words that set such a scene stand with the measure in the vocabulary. They decide nothing against words
beside the figure: a debt of 60 % of GDP stays a debt, whatever else the sentence says of soldiers.
"""

from __future__ import annotations

from steelyard.core.vocabulary import Entry
from steelyard.read.keys.about import Topic
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Passage

MOST_WORDS_TO_PRICE = 12


def measure_by_setting(
    passage: Passage, figure: Figure, topic: Topic | None, after: Topic | None
) -> Entry | None:
    """The measure of a figure by what its sentence is on.

    A share of a whole needs only the setting, an amount of money a deal as well.
    """
    if figure.unit not in passage.lexicon.units_of_a_whole and figure.dimension != "money":
        return None
    for kind, measure in passage.lexicon.measures_by_setting.items():
        if not passage.of_kind(kind):
            continue
        if figure.dimension == "money":
            told = measure.text("dimension") == "money" and _is_a_price(passage, figure, kind)
        else:
            told = figure.unit in measure.texts("units") and _is_share_of(passage, topic, after, kind)
        if told:
            return measure
    return None


def _is_share_of(passage: Passage, topic: Topic | None, after: Topic | None, kind: str) -> bool:
    """Whether the words beside a share are on the setting, or leave it to the sentence, on nothing else."""
    own = [each for each in (topic, after) if each is not None and each.is_own]
    if not all(_is_on(passage, each, kind) for each in own):
        return False
    return bool(own) or not _is_on_other_shares(passage)


def _is_on(passage: Passage, topic: Topic, kind: str) -> bool:
    """Whether a noun phrase is on the setting itself, not on a part or debt of it."""
    whole = passage.lexicon.words("grammar", "part_of").isdisjoint(passage.word_keys(topic.start, topic.end))
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
