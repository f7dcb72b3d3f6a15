"""Whose figure it is: actor, place, and from or with whom, told by names, capitals, offices and "its"."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.read.keys import doubts
from steelyard.read.keys.counterparts import find_counterpart, is_traded_with, lead_of
from steelyard.read.keys.excepted import is_counted_from, is_excepted, is_faced, is_of_neither
from steelyard.read.keys.located import find_location
from steelyard.read.keys.several import is_group_of_members, is_one_of_several, named_at_head
from steelyard.read.mentions import Mention
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Memory, Passage
from steelyard.read.strangers import KIND as STRANGER

MOST_WORDS_TO_POSSESSION = 3
MOST_WORDS_TO_OWN_FIGURE = 2
NAMES = ("actor", STRANGER)
SUBJECTS = (*NAMES, "generic:alliance")
UNKNOWN = ""  # somebody who is named, but whom the vocabulary does not know
APOSTROPHES = frozenset({"’", "'"})
JOINERS = frozenset({"-", "–", "‑"})


def find_actor(
    passage: Passage, figure: Figure, anchor: Mention | None, found: Found, memory: Memory
) -> None:
    """The actor of the figure.

    `anchor` is the mention of its measure; without one the figure itself serves.
    """
    find_counterpart(passage, figure, anchor, found)
    if _by_group(passage, figure, anchor, found):
        return
    if is_of_neither(passage, figure):
        found.say("actor: denied of several at once", doubts.NO_ACTOR)
        return
    place = min(anchor.start, figure.start) if anchor else figure.start
    start = anchor.start if anchor else figure.start
    steps = _steps(passage, figure, anchor, found, memory, start, place)
    reason, actor, doubt = next(
        (step for step in steps if step[1] is not None), ("no actor is named", None, doubts.NO_ACTOR)
    )
    measure = found.text("measure")
    if measure is None or measure in passage.lexicon.measures_of_units:
        doubt = 0.0 if actor is None else doubt + doubts.ACTOR_OF_SOMETHING_ELSE
    elif actor == UNKNOWN:
        doubt = doubts.UNKNOWN_ACTOR
    if actor == UNKNOWN:
        reason = f"{reason}, but of a name that the vocabulary does not know"
    found.say(f"actor: {reason}", doubt, actor=actor or None)
    find_location(passage, figure, anchor, found)


def _steps(
    passage: Passage,
    figure: Figure,
    anchor: Mention | None,
    found: Found,
    memory: Memory,
    start: int,
    place: int,
) -> Iterator[tuple[str, str | None, float]]:
    """The ways to the actor, the surest first, each with its doubt; a later one counts if none found any."""
    if passage.of_kinds(*NAMES):
        yield from _steps_to_names(passage, figure, anchor, start)
    alliance = _generic_alliance(passage, (start, figure.start), memory)
    yield "the alliance spoken of", alliance, doubts.ALLIANCE_SPOKEN_OF
    yield "subject of the clause", _subject(passage, start, found, memory), doubts.NEAR_SUBJECT
    if place != start:
        yield "subject of the clause", _subject(passage, place, found, memory), doubts.FAR_SUBJECT
    yield "where it is spent", _spent_in(passage, anchor, found), doubts.NEAR_SUBJECT
    yield "adjective of the subject", _adjective_of_subject(passage, figure), doubts.ADJECTIVE_OF_SUBJECT
    yield "the government spoken of last", _generic(passage, place, memory), doubts.GOVERNMENT_SPOKEN_OF
    yield "named after the figure", _later(passage, figure, found), doubts.NAMED_AFTER
    yield "carried over from the sentences before", memory.topic, doubts.CARRIED_ACTOR
    speaker = memory.speaker.actor if memory.speaker else None
    yield "the speaker's side", speaker, doubts.SPEAKERS_SIDE
    yield "named last", memory.named, doubts.NAMED_LAST
    yield "by its currency", _by_currency(passage, figure, found), doubts.BY_CURRENCY


def _steps_to_names(
    passage: Passage, figure: Figure, anchor: Mention | None, start: int
) -> Iterator[tuple[str, str | None, float]]:
    """The ways to a name that stands with the figure or its measure."""
    yield "adjective within the figure", _inside(passage, figure), 0.0
    yield "in the order of a list", _respective(passage, figure), 0.0
    if anchor and (head := named_at_head(passage, figure, anchor.end, passage.of_kinds(*NAMES))):
        yield "named at the head of the clause", _named(head), 0.0
    yield "named with the measure", _around(passage, anchor), 0.0
    before = passage.nearest_before(figure.outer_start, *NAMES)
    if before is not None and before.id != "adjective":
        yield "named right beside the figure", _beside(passage, figure, before), 0.0
        yield "named right before the figure", _right_before(passage, figure, anchor, before), 0.0
    yield "owner before the measure", _owner(passage, start), 0.0
    if start != figure.start:
        yield "owner before the figure", _owner(passage, figure.start), 0.0
    yield "owner after the measure", _owner_after(passage, anchor), 0.0


def _respective(passage: Passage, figure: Figure) -> str | None:
    """The actor at the figure's place in a list, as in "A, B and C spent 3, 4 and 5 %, respectively"."""
    respective = passage.lexicon.words("grammar", "respective")
    if len(passage.figures) < 2 or respective.isdisjoint(passage.words.keys):
        return None
    names = [m for m in passage.of_kinds(*NAMES) if m.end <= passage.figures[0].start]
    joins = passage.lexicon.words("roles", "list_joins")
    row = names[-1:]
    for name in reversed(names[:-1]):
        if joins.issuperset(passage.word_keys(name.end, row[0].start)):
            row.insert(0, name)
    same = [other for other in passage.figures if other.dimension == figure.dimension]
    return _named(row[same.index(figure)]) if len(row) == len(same) > 1 else None


def _beside(passage: Passage, figure: Figure, name: Mention) -> str | None:
    """The name before a comma and "with" or "at", as in "and Japan, with 247,000, are allies"."""
    keys = passage.word_keys(name.end, figure.outer_start)
    beside = passage.lexicon.words("grammar", "beside")
    return _named(name) if len(keys) == 2 and keys[0] == "," and keys[1] in beside else None


def _by_group(passage: Passage, figure: Figure, anchor: Mention | None, found: Found) -> bool:
    """Bodies of troops whose name tells actor and place, such as "U.S. Forces Korea"."""
    group = anchor if anchor and anchor.meaning.location else None
    measure = passage.lexicon.vocabulary.entry("measures", found.text("measure"))
    if group is None and measure is not None and measure.text("located"):
        named = (m for m in passage.before(figure.start, "measure") if m.meaning.location)
        group = next((m for m in named if m.id == measure.text("located")), None)
    if group is None or _inside(passage, figure) not in (None, group.meaning.actor):
        return False
    words = passage.between(group.start, group.end)
    found.say(
        f"actor and place by {words!r}",
        measure=group.id,
        actor=group.meaning.actor,
        location=group.meaning.location,
    )
    return True


def _inside(passage: Passage, figure: Figure) -> str | None:
    """The actor of an adjective between number and noun ("28,500 US troops")."""
    inner = passage.nearest_after(figure.start + 1, "actor")
    return inner.meaning.actor if inner and inner.end < figure.end else None


def _named(mention: Mention) -> str:
    """The actor that a name stands for; of a name that the vocabulary does not know, `UNKNOWN`."""
    return mention.meaning.actor or UNKNOWN


def _around(passage: Passage, anchor: Mention | None) -> str | None:
    """The actor of an office whose name goes over into the measure ("Japan's defence ministry requested")."""
    if anchor is None:
        return None
    offices = (m for m in passage.of_kind("actor") if m.id == "office" and m.start <= anchor.start < m.end)
    return next((_named(office) for office in offices), None)


def _right_before(passage: Passage, figure: Figure, anchor: Mention | None, name: Mention) -> str | None:
    """The name between measure and figure, as in "on defence, followed by Poland with 4 %"."""
    if anchor is not None and name.start < anchor.end:
        return None
    if anchor is None and name.kind != STRANGER:
        return None
    if passage.count_words(name.end, figure.outer_start) > MOST_WORDS_TO_OWN_FIGURE:
        return None
    lead, lists = passage.words.keys[name.first - 1] if name.first else "", passage.lexicon.words
    links = lead in lists("grammar", "links")
    aside = lead in lists("grammar", "opposed") or (lead in lists("grammar", "prepositions") and not links)
    aside = aside and not (lead in lists("grammar", "beside") and _moves(passage, name, figure))
    if aside or passage.figures_between(name.end, figure.start):
        return None
    return _named(name) if passage.same_clause(name.end, figure.outer_start) else None


def _moves(passage: Passage, name: Mention, figure: Figure) -> bool:
    """Whether only "up" or "down" stands between a name and its figure: "with Germany up 28 %"."""
    moved = passage.nearest_after(name.end, "direction:up", "direction:down")
    return moved is not None and not passage.word_keys(name.end, moved.start) and moved.end <= figure.start


def _owner(passage: Passage, position: int) -> str | None:
    """The actor that stands right before, with at most a few words and no preposition between."""
    mention = passage.nearest_before(position, *NAMES)
    if mention is None or passage.count_words(mention.end, position) > MOST_WORDS_TO_POSSESSION:
        return None
    if _is_of_a_count(passage, mention):
        return None
    keys = passage.word_keys(mention.end, position)
    mark = keys[0] if keys else ""
    owns = mark in APOSTROPHES or (mention.id == "adjective" and mark not in JOINERS)
    owns = owns or (not keys and is_attribute(passage, mention))
    free = owns and passage.lexicon.words("grammar", "prepositions").isdisjoint(keys)
    return _named(mention) if free else None


def _owner_after(passage: Passage, anchor: Mention | None) -> str | None:
    """The actor that "of" joins to the measure, as in "the defence budget of Australia"."""
    follower = passage.word_after(anchor.end) if anchor else None
    if follower is None or follower.key not in passage.lexicon.words("grammar", "part_of"):
        return None
    owners = (passage.touches_after(follower.end, kind, 1) for kind in NAMES)
    owner = next(filter(None, owners), None)
    return _named(owner) if owner else None


def _spent_in(passage: Passage, anchor: Mention | None, found: Found) -> str | None:
    """The actor that "in" or "by" joins to a measure of money, as in "military spending in Germany"."""
    measure = passage.lexicon.vocabulary.entry("measures", found.text("measure"))
    if anchor is None or measure is None or measure.text("located") or measure.text("dimension") == "person":
        return None
    lead = passage.word_after(anchor.end)
    if lead is None or lead.key not in passage.lexicon.words("grammar", "spent_in"):
        return None
    owner = passage.touches_after(lead.end, "actor", 1)
    return _named(owner) if owner and owner.id != "adjective" else None


def _generic_alliance(passage: Passage, places: tuple[int, int], memory: Memory) -> str | None:
    """The alliance spoken of last, where words such as "the alliance" lead up to one of two places."""
    if memory.alliance is None or not passage.of_kind("generic:alliance"):
        return None
    near = [passage.touches_before(p, "generic:alliance", MOST_WORDS_TO_POSSESSION) for p in places]
    return memory.alliance if any(m and not _is_of_a_count(passage, m) for m in near) else None


def _subject(passage: Passage, position: int, found: Found, memory: Memory) -> str | None:
    """The nearest actor before, objects of "against" or "from" and origins ("-made") left out.

    "The alliance" and "all allies" are the alliance that the text spoke of.
    """
    generic = passage.nearest_before(position, "generic:government")
    for mention in passage.before(position, *SUBJECTS):
        if generic and mention.start < generic.start:
            return None
        if mention.kind == "generic:alliance":
            if memory.alliance and not _is_of_a_count(passage, mention):
                return memory.alliance
            continue
        figure = passage.figure_before(mention.start + 1)  # the name may open it: "US$18.2 billion"
        inside = figure is not None and mention.end <= figure.end
        aside = mention.id == "adjective" or inside or _is_object(passage, mention)
        aside = aside or _is_scene(passage, mention, position)
        attribute = is_attribute(passage, mention) and not is_group_of_members(passage, mention)
        aside = aside or (attribute and passage.count_words(mention.end, position) > 0)
        if not aside and mention.meaning.actor != (found.text("counterpart") or UNKNOWN):
            joined = is_one_of_several(passage, mention, passage.of_kinds(*NAMES))
            return UNKNOWN if joined else _named(mention)
    return None


def _adjective_of_subject(passage: Passage, figure: Figure) -> str | None:
    """The adjective that opens the sentence, or stands with a body of state: "the Swedish government"."""
    adjectives = [m for m in passage.before(figure.start, "actor") if m.id == "adjective"]
    if not adjectives:
        return None
    governing = passage.lexicon.words("speech", "governing")
    articles = passage.lexicon.words("grammar", "articles")
    for mention in adjectives:
        opens = all(key.casefold() in articles for key in passage.words.keys[: mention.first])
        following = passage.words.keys[mention.last + 1 : mention.last + 3]
        if opens or not governing.isdisjoint(following):
            return _named(mention)
    return None


def _by_currency(passage: Passage, figure: Figure, found: Found) -> str | None:
    """The only actor whose money the figure is told in, where a measure of actors is named."""
    if figure.dimension != "money" or found.text("measure") is None:
        return None
    return passage.lexicon.actors_by_currency.get(figure.unit or "")


def _is_object(passage: Passage, mention: Mention) -> bool:
    """Whether the mention is what something is directed against or given to, an origin, or in a compound.

    Or in the name of a definition.
    """
    if _is_of_a_count(passage, mention):
        return True
    keys = passage.words.keys
    after = keys[mention.last + 1 : mention.last + 2]
    compound = bool(after) and JOINERS.issuperset(after)
    if not passage.lexicon.words("grammar", "aside_after").isdisjoint(after):
        return True
    possessed = mention.meaning.actor in passage.lexicon.alliances and after in (["’"], ["'"])
    if is_faced(passage.lexicon, keys, mention.last):
        return True
    if compound or possessed or is_excepted(passage, mention) or is_counted_from(passage, mention.start):
        return True
    if lead_of(passage, mention) in passage.lexicon.words("grammar", "opposed") or _is_addressed(
        passage, mention
    ):
        return True
    return bool(passage.of_kinds("places:gives", "places:buys")) and is_traded_with(passage, mention)


def _is_addressed(passage: Passage, mention: Mention) -> bool:
    """Whether something is meant for whoever is named: "a signal to Beijing"."""
    before = passage.words.keys[max(0, mention.first - 2) : mention.first]
    nouns, leads = passage.lexicon.words("grammar", "addressed"), passage.lexicon.words("places", "receiver")
    return len(before) == 2 and before[0] in nouns and before[1] in leads


def _is_of_a_count(passage: Passage, mention: Mention) -> bool:
    """Whether a name is part of that of a definition, such as "NATO's tables"."""
    return any(m.start <= mention.start and mention.end <= m.end for m in passage.of_kind("definition"))


def _is_scene(passage: Passage, mention: Mention, position: int) -> bool:
    """Whether a name is only where something happens, or stands in a clause of its own between commas."""
    scenes = passage.lexicon.words("grammar", "scenes")
    if mention.id == "place" and mention.first > 2 and lead_of(passage, mention) in scenes:
        return not _seats(passage, mention)
    keys, words = passage.words.keys, passage.lexicon.words
    if "," not in passage.word_keys(mention.end, position):
        return False
    opening = max((n for n in range(mention.first) if keys[n] == ","), default=-1)
    if opening >= 0 and keys[opening + 1] in words("grammar", "relatives"):
        return True
    return not words("grammar", "opening_times").isdisjoint(keys[max(opening + 1, 0) : mention.first])


def _seats(passage: Passage, mention: Mention) -> bool:
    """Whether a place is the seat of a body, as in "the ministry in Seoul"."""
    body = passage.words[mention.first - 2]
    if body.key in passage.lexicon.words("speech", "governing"):
        return True
    return any(office.end == body.end for office in passage.of_kind("generic_office"))


def is_attribute(passage: Passage, mention: Mention) -> bool:
    """Whether a name that is an adjective too stands before a noun, as in "US troops"."""
    adjectives = passage.lexicon.adjectives.get(mention.meaning.actor or "", ())
    if passage.between(mention.start, mention.end) not in adjectives:
        return False
    following = passage.words.keys[mention.last + 1 : mention.last + 2]
    return not passage.lexicon.words("grammar", "attributed").isdisjoint(following)


def _generic(passage: Passage, position: int, memory: Memory) -> str | None:
    """Who "the government" is: the actor that the text spoke of last, else the one named before it."""
    mention = passage.nearest_before(position, "generic:government")
    if mention is None or memory.topic:
        return memory.topic if mention else None
    named = next((m for m in passage.before(mention.start, "actor") if not _is_object(passage, m)), None)
    return named.meaning.actor if named else None


def _later(passage: Passage, figure: Figure, found: Found) -> str | None:
    for mention in passage.after(figure.end, "actor"):
        near = mention.start - figure.end < 60 and passage.same_clause(figure.end, mention.start)
        if figure.dimension == "person" and lead_of(passage, mention) in passage.lexicon.words(
            "grammar", "scenes"
        ):
            continue  # where troops are, not whose they are
        if near and not _is_object(passage, mention) and mention.meaning.actor != found.text("counterpart"):
            return mention.meaning.actor
    return None
