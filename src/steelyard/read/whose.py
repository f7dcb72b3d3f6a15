"""Whose figure it is: actor, place, and from or with whom, told by names, capitals, offices and "its"."""

from __future__ import annotations

from steelyard.core.vocabulary import Entry
from steelyard.read.figure import Figure
from steelyard.read.mentions import Mention
from steelyard.read.passage import Found, Memory, Passage
from steelyard.read.strangers import KIND as STRANGER

MOST_WORDS_TO_POSSESSION = 3
MOST_WORDS_TO_OWN_FIGURE = 2
NAMES = ("actor", STRANGER)
UNKNOWN = ""  # somebody who is named, but whom the vocabulary does not know
MOST_WORDS_TO_SELLER = 6
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
    place = min(anchor.start, figure.start) if anchor else figure.start
    start = anchor.start if anchor else figure.start
    steps = (
        ("adjective within the figure", _inside(passage, figure), 0.0),
        ("named with the measure", _around(passage, anchor), 0.0),
        ("named right before the figure", _right_before(passage, figure, anchor), 0.0),
        ("owner before the measure", _owner(passage, start), 0.0),
        ("owner before the figure", _owner(passage, figure.start), 0.0),
        ("owner after the measure", _owner_after(passage, anchor), 0.0),
        ("the alliance spoken of", _generic_alliance(passage, (start, figure.start), memory), 0.05),
        ("subject of the clause", _subject(passage, start, found, memory), 0.02),
        ("subject of the clause", _subject(passage, place, found, memory), 0.05),
        ("the government spoken of last", _generic(passage, place, memory), 0.1),
        ("named after the figure", _later(passage, figure, found), 0.1),
        ("carried over from the sentences before", memory.topic, 0.15),
        ("the speaker's side", memory.speaker.actor if memory.speaker else None, 0.2),
        ("named last", memory.named, 0.25),
    )
    reason, actor, doubt = next(
        (step for step in steps if step[1] is not None), ("no actor is named", None, 0.3)
    )
    if actor == UNKNOWN:
        reason, doubt = f"{reason}, but of a name that the vocabulary does not know", 0.3
    found.say(f"actor: {reason}", doubt, actor=actor or None)
    find_location(passage, figure, anchor, found)


def _by_group(passage: Passage, figure: Figure, anchor: Mention | None, found: Found) -> bool:
    """Bodies of troops whose name tells actor and place, such as "U.S. Forces Korea"."""
    group = anchor if anchor and anchor.meaning.location else None
    measure = passage.lexicon.vocabulary.entry("measures", found.text("measure"))
    if group is None and measure is not None and measure.text("located"):
        named = (m for m in passage.before(figure.start, "measure") if m.meaning.location)
        group = next((m for m in named if m.id == measure.text("located")), None)
    if group is None:
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
    inner = next(passage.after(figure.start + 1, "actor"), None)
    return inner.meaning.actor if inner and inner.end < figure.end else None


def _named(mention: Mention) -> str:
    """The actor that a name stands for; of a name that the vocabulary does not know, `UNKNOWN`."""
    return mention.meaning.actor or UNKNOWN


def _around(passage: Passage, anchor: Mention | None) -> str | None:
    """The actor of an office whose name goes over into the measure ("Japan's defence ministry requested")."""
    if anchor is None:
        return None
    offices = (m for m in passage.of_kind("actor") if m.start < anchor.start < m.end)
    return next((_named(office) for office in offices), None)


def _right_before(passage: Passage, figure: Figure, anchor: Mention | None) -> str | None:
    """The name between measure and figure, as in "on defence, followed by Poland with 4 %"."""
    name = next(passage.before(figure.outer_start, *NAMES), None)
    if name is None or name.id == "adjective" or (anchor is not None and name.start < anchor.end):
        return None
    if anchor is None and name.kind != STRANGER:
        return None
    near = passage.count_words(name.end, figure.outer_start) <= MOST_WORDS_TO_OWN_FIGURE
    lead = passage.word_before(name.start)
    grammar = passage.lexicon.words
    places = grammar("grammar", "opposed") | (
        grammar("grammar", "prepositions") - grammar("grammar", "links")
    )
    aside = lead is not None and lead.key in places
    if not near or aside or passage.figures_between(name.end, figure.start):
        return None
    return _named(name) if passage.same_clause(name.end, figure.outer_start) else None


def _owner(passage: Passage, position: int) -> str | None:
    """The actor that stands right before, with at most a few words and no preposition between."""
    for mention in passage.before(position, *NAMES):
        keys = passage.word_keys(mention.end, position)
        words = [key for key in keys if key[:1].isalnum()]
        joined = bool(JOINERS.intersection(keys[:1]))
        possessive = keys[:1] in (["’"], ["'"]) or mention.id == "adjective"
        if (
            possessive
            and not joined
            and len(words) <= MOST_WORDS_TO_POSSESSION
            and not passage.lexicon.words("grammar", "prepositions") & set(words)
        ):
            return _named(mention)
        return None
    return None


def _owner_after(passage: Passage, anchor: Mention | None) -> str | None:
    """The actor that "of" joins to the measure, as in "the defence budget of Australia"."""
    follower = passage.word_after(anchor.end) if anchor else None
    if follower is None or follower.key not in passage.lexicon.words("grammar", "part_of"):
        return None
    owners = (passage.touches_after(follower.end, kind, 1) for kind in NAMES)
    owner = next(filter(None, owners), None)
    return _named(owner) if owner else None


def _generic_alliance(passage: Passage, places: tuple[int, int], memory: Memory) -> str | None:
    """The alliance spoken of last, where words such as "the alliance" lead up to one of two places."""
    near = (passage.touches_before(p, "generic:alliance", MOST_WORDS_TO_POSSESSION) for p in places)
    return memory.alliance if any(near) else None


def _subject(passage: Passage, position: int, found: Found, memory: Memory) -> str | None:
    """The nearest actor before, objects of "against" or "from" and origins ("-made") left out.

    "The alliance" and "all allies" are the alliance that the text spoke of.
    """
    generic = next((m.start for m in passage.before(position, "generic:government")), -1)
    for mention in passage.before(position, *NAMES, "generic:alliance"):
        if mention.start < generic:
            return None
        if mention.kind == "generic:alliance":
            if memory.alliance:
                return memory.alliance
            continue
        inside = any(f.start < mention.start and mention.end <= f.end for f in passage.figures)
        aside = mention.id == "adjective" or inside or _is_object(passage, mention)
        if not aside and mention.meaning.actor != (found.text("counterpart") or UNKNOWN):
            return _named(mention)
    return None


def _is_object(passage: Passage, mention: Mention) -> bool:
    """Whether the mention is what something is directed against, or an origin, or part of a compound."""
    before = passage.words[mention.first - 1].key if mention.first else ""
    after = passage.words[mention.last + 1].key if mention.last + 1 < len(passage.words) else ""
    return before in passage.lexicon.words("grammar", "opposed") or after in JOINERS


def _generic(passage: Passage, position: int, memory: Memory) -> str | None:
    """Who "the government" is: the actor that the text spoke of last, else the one named before it."""
    mention = next(passage.before(position, "generic:government"), None)
    if mention is None or memory.topic:
        return memory.topic if mention else None
    named = next((m for m in passage.before(mention.start, "actor") if not _is_object(passage, m)), None)
    return named.meaning.actor if named else None


def _later(passage: Passage, figure: Figure, found: Found) -> str | None:
    for mention in passage.after(figure.end, "actor"):
        near = mention.start - figure.end < 60 and passage.same_clause(figure.end, mention.start)
        if near and not _is_object(passage, mention) and mention.meaning.actor != found.text("counterpart"):
            return mention.meaning.actor
    return None


def find_counterpart(passage: Passage, figure: Figure, anchor: Mention | None, found: Found) -> None:
    """From or with whom: an actor joined to "made", or after "from"."""
    first = min(anchor.start, figure.start) if anchor else figure.start
    for mention in passage.of_kind("actor"):
        following = [word.key for word in passage.words[mention.last + 1 : mention.last + 3]]
        made = (
            len(following) == 2
            and following[0] in JOINERS
            and following[1] in passage.lexicon.words("places", "from")
        )
        if made and mention.start >= first:
            found.say("counterpart by what is made there", counterpart=mention.meaning.actor)
            return
    cue = passage.touches_after(figure.outer_end, "places:seller", MOST_WORDS_TO_SELLER)
    seller = passage.touches_after(cue.end, "actor", 1) if cue else None
    if seller and figure.dimension == "money":
        found.say("counterpart by whom it is bought from", counterpart=seller.meaning.actor)


def find_location(passage: Passage, figure: Figure, anchor: Mention | None, found: Found) -> None:
    """Where troops are: the host that the sentence names.

    Troops at another actor are a measure of their own.
    """
    measure = passage.lexicon.vocabulary.entry("measures", found.text("measure"))
    if measure is None:
        return
    located = measure.text("located") or measure.id
    if not measure.text("located") and not any(e.text("located") == measure.id for e in _measures(passage)):
        return
    host = next(passage.before(figure.start, "places:hosts"), None)
    if host and any(host.end <= other.start < figure.start for other in passage.figures):
        host = None
    places = (_place_after(passage, end) for end in (figure.end, anchor.end if anchor else figure.end))
    actor = next(passage.before(host.start, "actor"), None) if host else next(filter(None, places), None)
    if actor is not None and actor.meaning.actor != found.text("actor"):
        found.say("place by its host", location=actor.meaning.actor, measure=located)


def _measures(passage: Passage) -> list[Entry]:
    return list(passage.lexicon.vocabulary.entries("measures").values())


def _place_after(passage: Passage, position: int) -> Mention | None:
    """The actor after "in" that follows a place in the text directly."""
    cue = passage.touches_after(position, "places:in", 2)
    return passage.touches_after(cue.end, "actor", 1) if cue else None
