"""What a figure is of: its measure and the item of the measure, by the words around it."""

from __future__ import annotations

from steelyard.read.keys.about import Topic, topic_at, topic_before
from steelyard.read.keys.amounts import share_of_field
from steelyard.read.keys.doubts import MEASURE_OF_SETTING, NO_MEASURE_OF_A_COUNT
from steelyard.read.keys.measures import fits, turn_part_to_share, turn_to_share
from steelyard.read.keys.put_at import is_put_at
from steelyard.read.keys.statistic import MOST_WORDS_TO_WHOLE, whole_of
from steelyard.read.keys.unnamed import find_unnamed
from steelyard.read.mentions import Mention
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Memory, Passage

AFTER_PENALTY = 30
CLAUSE_PENALTY = 60
MOST_WORDS_TO_LATER = 7


def find_measure(
    passage: Passage, figure: Figure, found: Found, memory: Memory, previous: tuple[Figure, Mention] | None
) -> Mention | None:
    """The measure and item of the figure; gives the mention that names them, None where carried over.

    `previous` is the figure before in the sentence with its mention: in apposition the measure is the same.
    """
    topic = None if passage.lexicon.cues_follow else _beyond_count(passage, topic_before(passage, figure))
    if found.text("base_measure"):
        return _find_part(passage, figure, found, topic)
    best = _of_previous(passage, figure, previous) or _best_mention(passage, figure, topic)
    best = best or _of_other_end(passage, figure)
    if best is None:
        find_unnamed(passage, figure, found, memory, topic)
        return None
    measure, item = _measure_and_item(best)
    words = passage.between(best.start, best.end)
    found.say(f"measure by {words!r}", measure=measure, item=item, about=words)
    if passage.lexicon.dimension_of(measure) == "rank":
        found.say("a rank by its measure", statistic="rank", direction="=", unit=None)
    turn_to_share(passage, figure, found, memory)
    return best


def _beyond_count(passage: Passage, topic: Topic | None) -> Topic | None:
    """The noun phrase, or that before it where it only says whose count it is: "spending by NATO's count"."""
    if topic is None or "definition" not in passage.kinds:
        return topic
    first, stop = passage.words_between(topic.start, topic.end)
    articles = passage.lexicon.words("grammar", "articles")
    told = {n for m in passage.of_kind("definition") for n in range(m.first, m.last + 1)}
    if not all(number in told or passage.words.keys[number] in articles for number in range(first, stop)):
        return topic
    leads = passage.lexicon.words("about", "of_counts") | passage.lexicon.words("about", "inner")
    number = first
    while number and passage.words.keys[number - 1] in leads:
        number -= 1
    before = topic_at(passage, number) if 0 < number < first else None
    return before._replace(verbs=before.verbs | topic.verbs) if before else topic


def _find_part(passage: Passage, figure: Figure, found: Found, topic: Topic | None) -> Mention | None:
    """What takes the share: a measure or item named before it; gives the mention of the whole."""
    part = passage.nearest_before(figure.start, "measure", "item")
    if part and passage.same_clause(part.end, figure.start):
        measure, item = _measure_and_item(part)
        words = passage.between(part.start, part.end)
        found.say(f"measure by {words!r}", measure=measure, item=item, about=words)
        turn_part_to_share(passage, figure, found)
    elif topic and (share := share_of_field(passage, figure, found.text("base_measure"), topic)):
        unit = passage.lexicon.units_of_shares.get(share.id)
        found.say(
            "measure by what the sentence is on",
            MEASURE_OF_SETTING,
            measure=share.id,
            about=passage.between(topic.start, topic.end),
            unit=unit,
            statistic="level",
            base_measure=None,
        )
    else:
        about = passage.between(topic.start, topic.end) if topic and not topic.is_vague else None
        found.say(
            "no measure of the vocabulary is named for the part", doubt=NO_MEASURE_OF_A_COUNT, about=about
        )
    return whole_of(passage, figure)


def _measure_and_item(mention: Mention) -> tuple[str, str | None]:
    measure, _, item = mention.id.partition(":")
    return measure, item or None


def _of_previous(passage: Passage, figure: Figure, previous: tuple[Figure, Mention] | None) -> Mention | None:
    """The mention of the figure before, where none stands between the two or right after this one."""
    if previous is None or previous[1].start > figure.start:
        return None
    other, mention = previous
    entry = passage.lexicon.vocabulary.entry("measures", _measure_and_item(mention)[0])
    named = [m for m in passage.of_kinds("measure", "item") if not _is_in_a_unit(passage, m)]
    between = any(other.end <= m.start < figure.start for m in named)
    follows = any(0 <= m.start - figure.end <= AFTER_PENALTY for m in named)
    within = any(figure.start <= m.start < figure.end for m in named)
    within = within or _is_of_a_later_topic(passage, mention, figure)
    if within or (entry and entry.id in passage.lexicon.denominators and not _on(passage, other, figure)):
        return None
    fitting = entry is not None and fits(passage, figure, entry)
    return mention if fitting and not between and not follows else None


def _of_other_end(passage: Passage, figure: Figure) -> Mention | None:
    """What names the end of a change whose start this is: "from 2.1 % to 3.5 % of GDP in core defence"."""
    other = passage.figure_after(figure.end) if figure.join == "from" else None
    if other is None or other.join != "to" or other.dimension != figure.dimension:
        return None
    return _best_mention(passage, other, None)


def _on(passage: Passage, first: Figure, second: Figure) -> bool:
    """Whether a clause goes on from one figure to the next."""
    return passage.same_clause(first.end, second.start)


def _best_mention(passage: Passage, figure: Figure, topic: Topic | None) -> Mention | None:
    """The nearest mention that the figure's unit allows and its own noun phrase does not rule out.

    Those after it, or beyond a comma, count as farther.
    """
    best: tuple[int, Mention] | None = None
    for mention in passage.of_kinds("measure", "item"):
        entry = passage.lexicon.vocabulary.entry("measures", _measure_and_item(mention)[0])
        if entry is None or not fits(passage, figure, entry):
            continue
        if is_put_at(passage, mention, figure):
            return mention
        if _is_in_a_unit(passage, mention):
            continue
        if entry.id in passage.lexicon.denominators and not _is_amount_of(passage, mention, figure):
            continue
        if _is_apart(passage, mention, figure, topic) or _is_of_a_deal(passage, mention, figure, topic):
            continue
        distance = _distance(passage, mention, figure)
        if best is None or distance < best[0]:
            best = (distance, mention)
    return best[1] if best else None


def _is_apart(passage: Passage, mention: Mention, figure: Figure, topic: Topic | None) -> bool:
    """Whether a mention is of something else than the figure.

    Before it, where the figure has a noun phrase of its own that does not hold the mention; after it, where
    other figures, words that begin a clause, or too many words stand between.
    """
    if mention.start < figure.outer_start:
        if _is_of_a_later_topic(passage, mention, figure):
            return True
        return topic is not None and topic.is_own and mention.end <= topic.start
    if mention.start < figure.end:
        return False
    if passage.lexicon.cues_follow and not passage.same_clause(figure.end, mention.start):
        return True  # there what a figure is of stands before it
    others = passage.figures_between(figure.end, mention.start)
    listed = bool(others) and _is_listed(passage, figure, others)
    between = _words_between(passage, others[-1].end if listed else figure.end, mention)
    breaks = passage.lexicon.words("about", "breaks")
    if mention.kind == "item":  # "a 5 % benchmark that includes ..." goes on with the benchmark
        breaks -= passage.lexicon.words("about", "relatives")
    called = _is_called(passage, between, figure, mention)
    if not called and not breaks.isdisjoint(between):
        return True
    if not listed and any(other.join != "conversion" for other in others):
        return True
    own = topic is not None and topic.is_own
    leads = (*between[:1], *passage.word_keys(mention.start, mention.end)[:1])
    linked = not between or not passage.lexicon.words("about", "leads").isdisjoint(leads) or called
    return (own and not linked) or (not others and len(between) > MOST_WORDS_TO_LATER)


def _words_between(passage: Passage, start: int, mention: Mention) -> list[str]:
    """The words from a figure to a mention, less those of whose count it is, which do not part the two.

    As in "90.6 billion under the alliance's definition of defence expenditure", or in "139.9 billion that
    NATO's tables show for Sweden's".
    """
    stop = mention.start
    if "definition" in passage.kinds:
        after = passage.touches_after(start, "definition", 1)
        relatives = passage.lexicon.words("about", "relatives")
        if after and after.end <= stop and relatives.issuperset(passage.word_keys(start, after.start)):
            start = after.end
        before = passage.touches_before(stop, "definition", 1)
        if before and before.start >= start and not passage.figures_between(before.end, stop):
            stop = before.start
    return passage.word_keys(start, stop)


def _is_of_a_later_topic(passage: Passage, mention: Mention, figure: Figure) -> bool:
    """Whether a list has gone on to a thing of its own: "KF-21에는 2조원을, 연구개발에는 5조원을"."""
    topics = tuple(passage.lexicon.words("grammar", "topic_of_its_own"))
    if not topics or not passage.figures_between(mention.end, figure.start):
        return False
    _, comma, clause = passage.between(mention.end, figure.outer_start).rpartition(",")
    return bool(comma) and any(word.endswith(topics) for word in clause.split())


def _is_called(passage: Passage, between: list[str], figure: Figure, mention: Mention) -> bool:
    """Whether a name is given to a figure: "1.9 % of GDP as Italy's military spending"."""
    if not between or between[0] not in passage.lexicon.words("about", "calls"):
        return False
    owner = passage.nearest_before(mention.start, "actor")
    start = owner.end if owner is not None and owner.start >= figure.end else figure.end
    return passage.count_words(start, mention.start) <= 1 and len(between) <= MOST_WORDS_TO_LATER


def _is_of_a_deal(passage: Passage, mention: Mention, figure: Figure, topic: Topic | None) -> bool:
    """Whether a measure is only what a deal is for: "a loan for the armed forces", "an order for defence"."""
    words, keys = passage.lexicon.words, passage.words.keys
    if figure.dimension != "money" or keys[mention.first] not in words("about", "recipients"):
        return False
    deals = words("about", "deals")
    if mention.first and keys[mention.first - 1] in deals:
        return True
    return (
        topic is not None and topic.is_own and not deals.isdisjoint(passage.word_keys(topic.start, topic.end))
    )


def _is_listed(passage: Passage, figure: Figure, others: list[Figure]) -> bool:
    """Whether figures follow one another in a list of one unit: "3.4, 3.2 and 3.9 % of GDP on defence"."""
    joins, end = passage.lexicon.words("roles", "list_joins"), figure.outer_end
    for other in others:
        if other.unit != figure.unit or not joins.issuperset(passage.word_keys(end, other.outer_start)):
            return False
        end = other.outer_end
    return True


def _is_amount_of(passage: Passage, mention: Mention, figure: Figure) -> bool:
    """Whether a figure is the amount of what shares are taken of, and does not only stand near its name.

    The name leads up to it, in its clause or with no other figure between, or follows it directly; after
    "of" it is the whole of something else.
    """
    parts = passage.lexicon.words("grammar", "part_of")
    if mention.start >= figure.end:
        return passage.same_clause(figure.end, mention.start) and not [
            key for key in passage.word_keys(figure.end, mention.start) if key in parts or key.isalpha()
        ]
    if passage.count_words(mention.end, figure.start) <= MOST_WORDS_TO_WHOLE // 2:
        return True
    before = passage.words[max(0, mention.first - 2) : mention.first]
    near = passage.same_clause(mention.end, figure.start) or not passage.figures_between(
        mention.end, figure.start
    )
    return near and not any(word.key in parts for word in before)


def _is_in_a_unit(passage: Passage, mention: Mention) -> bool:
    """Whether the words are part of a figure's unit, as "GDP" is in "2.4 % of GDP"."""
    figure = passage.figure_before(mention.start)
    return figure is not None and mention.end <= figure.end and figure.dimension == "share"


def _distance(passage: Passage, mention: Mention, figure: Figure) -> int:
    if mention.start < figure.end and figure.start < mention.end:
        return 0
    after = mention.start >= figure.end
    left, right = (figure.end, mention.start) if after else (mention.end, figure.start)
    if after and _is_for(passage, left, right):
        return right - left
    other = None if after else passage.figure_before(mention.start)
    if other is not None and other is not figure and _is_for(passage, other.end, mention.start):
        return right - left + CLAUSE_PENALTY
    crossed = not passage.same_clause(left, right)
    return right - left + (AFTER_PENALTY if after else 0) + (CLAUSE_PENALTY if after and crossed else 0)


def _is_for(passage: Passage, start: int, end: int) -> bool:
    """Whether only words such as "for the" stand between a figure and what it is for."""
    keys = passage.word_keys(start, end)
    purpose = passage.lexicon.words("grammar", "purpose")
    if purpose.isdisjoint(keys):
        return False
    articles = passage.lexicon.words("grammar", "articles")
    return all(key in purpose or key in articles for key in keys)
