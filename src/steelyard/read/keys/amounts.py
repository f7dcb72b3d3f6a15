"""What a figure is of where a word of its field stands for the whole: "defence took 98 billion kroner".

The vocabulary has, for a measure, the words of its setting and the nouns that mean it together with them
("defence money") or, in a text on nothing else, alone ("outlays"). A noun phrase that holds any other word
is of something else, and what is bought, lent or given away is no measure of anybody's spending.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from steelyard.core.vocabulary import Entry
from steelyard.read.keys.about import Topic, topic_at
from steelyard.read.mentions import Mention
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Memory, Passage

MOST_WORDS_TO_RECIPIENT = 4
MOST_WORDS_OF_VERB = 5
APOSTROPHES = frozenset({"’", "'", "s"})
NAMES = ("actor", "generic:government")


def is_amount_of(
    passage: Passage, figure: Figure, kind: str, topic: Topic | None, after: Topic | None
) -> bool:
    """Whether an amount of money is of the measure whose setting the sentence names in words of `kind`."""
    if _is_sole(passage, topic) and _goes_to(passage, figure, kind):
        return True
    if after is not None and after.is_own:
        return False
    if topic is None:
        return _is_added(passage, figure, kind)
    return means(passage, topic, kind)


def is_bare_amount(
    passage: Passage, figure: Figure, kind: str, topic: Topic | None, after: Topic | None, memory: Memory
) -> bool:
    """Whether only a noun such as "outlays" tells what a figure is of, in a text that speaks of the field."""
    heads = passage.lexicon.bare_heads.get(kind)
    if topic is None or heads is None or (after is not None and after.is_own):
        return False
    keys = _without_definition(passage, topic)
    if heads.isdisjoint(keys) or not (heads | _neutral(passage)).issuperset(keys):
        return False
    near = bool(passage.of_kind(kind)) or memory.speaks_of(kind)
    return near and not is_on_others(passage)


def _without_definition(passage: Passage, topic: Topic) -> list[str]:
    """The words of a noun phrase but those of whose count it is: "outlays by the NATO definition"."""
    first, stop = passage.words_between(topic.start, topic.end)
    keys = passage.words.keys
    counts = [m for m in passage.of_kind("definition") if first <= m.first and m.last < stop]
    if not counts:
        return keys[first:stop]
    told = {number for mention in counts for number in range(mention.first, mention.last + 1)}
    inner = passage.lexicon.words("about", "inner") | passage.lexicon.words("about", "of_counts")
    return [keys[number] for number in range(first, stop) if number not in told and keys[number] not in inner]


def is_on_others(passage: Passage) -> bool:
    """Whether the sentence names something else that money is spent on, or that is told in shares of GDP."""
    words = passage.lexicon.words
    others = words("about", "other_shares") | words("about", "other_fields")
    return not others.isdisjoint(passage.words.keys)


def _is_sole(passage: Passage, topic: Topic | None) -> bool:
    """Whether no noun but that of who gives the money stands before it: "the act set aside 25 billion"."""
    if topic is None or not topic.is_own:
        return True
    words = passage.lexicon.words
    gives = not words("about", "grants").isdisjoint(topic.verbs)
    return gives and words("about", "deals").isdisjoint(passage.word_keys(topic.start, topic.end))


def _neutral(passage: Passage) -> frozenset[str]:
    return passage.lexicon.words("about", "neutral") | passage.lexicon.words("grammar", "articles")


def means(passage: Passage, topic: Topic, kind: str) -> bool:
    """Whether a noun phrase has words of the setting and of its cost, and no others."""
    heads = passage.lexicon.heads.get(kind, frozenset())
    first, stop = passage.words_between(topic.start, topic.end)
    keys = passage.words.keys
    if keys[stop - 1] not in heads:
        return False
    inside = [m for m in passage.of_kind(kind) if first <= m.first and m.last < stop]
    inside = inside or [m for m in passage.of_kind(kind) if _owns(passage, m, first)]
    inside = inside or [
        m for m in passage.of_kind("actor") if m.last == stop - 1 and _is_body(passage, m, heads)
    ]
    if not inside or not _takes(passage, topic, inside[-1].last == stop - 1) or _is_charged(passage, first):
        return False
    known = {n for m in (*inside, *passage.of_kinds(*NAMES)) for n in range(m.first, m.last + 1)}
    known |= passage.words_in_dates
    allowed = heads | _neutral(passage) | passage.lexicon.words("about", "inner")
    return all(keys[n] in allowed for n in range(first, stop) if n not in known)


def _owns(passage: Passage, mention: Mention, first: int) -> bool:
    """Whether a noun phrase is of a word of the setting: "the defence ministry's funds"."""
    keys = passage.words.keys[mention.last + 1 : first]
    return bool(keys) and mention.last < first and APOSTROPHES.issuperset(keys)


def names_a_body(passage: Passage, kind: str) -> bool:
    """Whether a sentence names a body of a field by its full name, in which the field's own words stand."""
    heads = passage.lexicon.heads.get(kind)
    return heads is not None and any(_is_body(passage, m, heads) for m in passage.of_kind("actor"))


def _is_body(passage: Passage, mention: Mention, heads: AbstractSet[str]) -> bool:
    """Whether a name ends in two words of a field: "Poland's defence ministry"."""
    last = passage.words.keys[mention.last - 1 : mention.last + 1]
    return mention.id == "office" and mention.last > mention.first and heads >= {*last}


def _takes(passage: Passage, topic: Topic, is_body: bool) -> bool:
    """Whether a field takes what the verbs say: it is neither sold nor earned, and a body must spend it."""
    words = passage.lexicon.words
    if not words("about", "trades").isdisjoint(topic.verbs):
        return False
    acts = topic.is_agent and is_body and bool(topic.verbs)
    return not acts or not words("about", "spends").isdisjoint(topic.verbs)


def _is_charged(passage: Passage, number: int) -> bool:
    """Whether something else costs the field the amount: "the jet costs the army two billion"."""
    keys, articles = passage.words.keys, passage.lexicon.words("grammar", "articles")
    before = next((n for n in range(number - 1, -1, -1) if keys[n] not in articles), None)
    return before is not None and keys[before] in passage.lexicon.words("about", "charges")


def _is_added(passage: Passage, figure: Figure, kind: str) -> bool:
    """Whether a comma adds a figure to the words before: "defence money in 2025, 154 billion koruna".

    A field alone says what the figure is of only along with a preposition ("defence grows, to 27 billion").
    """
    number, _ = passage.words_between(figure.outer_start, figure.outer_end)
    keys, small = passage.words.keys, passage.lexicon.words("about", "added_by")
    comma = number - 1
    while comma >= 0 and keys[comma] in small:
        comma -= 1
    topic = topic_at(passage, comma) if comma > 0 and keys[comma] == "," else None
    if topic is None or not means(passage, topic, kind):
        return False
    return comma < number - 1 or not any(m.end == topic.end for m in passage.of_kind(kind))


def _goes_to(passage: Passage, figure: Figure, kind: str) -> bool:
    """Whether the money goes to the setting: "for French defence", "on its military", "to the army"."""
    keys = passage.words.keys
    number = passage.words_between(figure.outer_end, passage.sentence.end)[0]
    number = _after_the_verb(passage, number)
    if number >= len(keys) or keys[number] not in passage.lexicon.words("about", "recipients"):
        return False
    mention, owner = _recipient(passage, number + 1, kind)
    if mention is None or not _ends_phrase(passage, mention.last + 1):
        return False
    return owner is None or passage.nearest_before(figure.start, "places:gives") is None


def _after_the_verb(passage: Passage, number: int) -> int:
    """The word behind a verb that gives the amount: "2.55 trillion had been set aside" for somebody."""
    keys, granted = passage.words.keys, passage.lexicon.words("about", "granted")
    stop = number
    while stop < min(len(keys), number + MOST_WORDS_OF_VERB) and keys[stop] in granted:
        stop += 1
    # The last word of the verb may be the one that leads to whom it goes.
    return (
        stop - 1 if stop > number and keys[stop - 1] in passage.lexicon.words("about", "recipients") else stop
    )


def _recipient(passage: Passage, number: int, kind: str) -> tuple[Mention | None, Mention | None]:
    """The word of the setting that a preposition leads to, and the name of its owner."""
    keys, found = passage.words.keys, {m.first: m for m in passage.of_kind(kind)}
    names = {m.first: m for m in passage.of_kind("actor")}
    plain = _neutral(passage) | passage.lexicon.words("generic", "own") | APOSTROPHES
    owner = None
    for _ in range(MOST_WORDS_TO_RECIPIENT):
        if number in found:
            return found[number], owner
        if number in names:
            owner = names[number]
            number = owner.last + 1
        elif number < len(keys) and keys[number] in plain:
            number += 1
        else:
            break
    return None, None


def _ends_phrase(passage: Passage, number: int) -> bool:
    """Whether no noun follows that the words before would belong to, as in "for defence equipment"."""
    keys, words = passage.words.keys, passage.lexicon.words
    if number >= len(keys) or number in passage.words_in_dates:
        return True
    if not keys[number][0].isalnum():
        return keys[number] not in ("-", "–", "‑", "’", "'")
    ends = words("about", "ends") | words("about", "stops") | words("about", "small")
    return keys[number] in ends or keys[number] in words("about", "verbs")


def measure_of_share_beside(
    passage: Passage, figure: Figure, share: Entry | None, following: Figure
) -> Entry | None:
    """The measure of an amount that a share of a whole says over again: "62.7 billion, 2.01 % of GDP"."""
    links = passage.lexicon.words("about", "says_again")
    between = passage.word_keys(figure.outer_end, following.outer_start)
    if share is None or not between or not links.issuperset(between):
        return None
    return passage.lexicon.vocabulary.entry("measures", share.text("base_measure"))


def share_of_field(passage: Passage, figure: Figure, whole: str | None, topic: Topic) -> Entry | None:
    """The share of a whole that a percentage of it is where a field stands for its spending.

    As in "defence amounts to 2.05 % of Australia's GDP".
    """
    if figure.unit != "%":
        return None
    for kind, measure in passage.lexicon.measures_by_setting.items():
        share = passage.lexicon.shares.get(measure.id)
        here = share is not None and share.text("denominator") == whole and share.id != measure.id
        if here and kind in passage.lexicon.heads and means(passage, topic, kind):
            return share
    return None
