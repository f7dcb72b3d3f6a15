"""Bodies of troops whose name tells whose they are and where: "British soldiers in Estonia"."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import Meaning, Mention, Words

KIND = "places:troops"
APOSTROPHES = frozenset({"’", "'"})


def with_troops_abroad(words: Words, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions, with those of troops of one actor at another, for which shorter names make way."""
    found = [each for m in mentions if m.kind == KIND and (each := _abroad(words, m, mentions, lexicon))]
    if not found:
        return list(mentions)
    spans = [(each.first, each.last) for each in found]
    kept = [m for m in mentions if m.kind != "measure" or not _overlaps(m, spans)]
    return sorted([*kept, *found], key=lambda mention: mention.start)


def _overlaps(mention: Mention, spans: list[tuple[int, int]]) -> bool:
    return any(mention.first <= last and first <= mention.last for first, last in spans)


def _abroad(words: Words, body: Mention, mentions: Sequence[Mention], lexicon: Lexicon) -> Mention | None:
    """The owner before and the place after a word for troops, as one mention of the measure abroad."""
    owner = _owner(words, body, mentions)
    place = _place(words, body, mentions, lexicon) if owner else None
    measure = next(iter(lexicon.located.values()), None)
    if owner is None or place is None or measure is None:
        return None
    if place.meaning.actor == owner.meaning.actor:
        return None
    meaning = Meaning("measure", measure, "", owner.meaning.actor, place.meaning.actor)
    return Mention(meaning, owner.start, place.end, owner.first, place.last)


def _owner(words: Words, body: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """The actor right before, as an adjective or with an apostrophe."""
    last = body.first - 1
    if last > 0 and words.keys[last] == "s" and words.keys[last - 1] in APOSTROPHES:
        last -= 2
    return next((m for m in mentions if m.kind == "actor" and m.last == last and m.id != "person"), None)


def _place(words: Words, body: Mention, mentions: Sequence[Mention], lexicon: Lexicon) -> Mention | None:
    """The actor that "in" leads to right after."""
    lead = next((m for m in mentions if m.kind == "places:in" and m.first == body.last + 1), None)
    if lead is None:
        return None
    first = lead.last + 1
    if words.keys[first : first + 1] and words.keys[first] in lexicon.words("grammar", "articles"):
        first += 1
    named = (m for m in mentions if m.kind == "actor" and m.first == first and m.id in ("name", "place"))
    return next(named, None)
