"""Names that bodies of several states have, such as "Congress": whose it is tells where the text is set.

The vocabulary gives such a name to the state of which most texts mean it, and notes with the bodies of others
that they are called so too. In a text on one of these the name is theirs.
"""

from __future__ import annotations

from functools import lru_cache

from steelyard.read.lexicon import Lexicon, phrases_in
from steelyard.read.mentions import Meaning, PlainHit, words_of
from steelyard.read.noticed import Noticed
from steelyard.read.passage import Memory

_Homes = dict[tuple[str, ...], dict[str, Meaning]]


def with_own_bodies(noticed: Noticed, lexicon: Lexicon, memory: Memory) -> Noticed:
    """A sentence in which names that several bodies share are those of the state that the text is on."""
    if "actor" not in noticed.kinds:
        return noticed
    homes, keys = _homes_of(lexicon), noticed.words.keys
    if _first_words(lexicon).isdisjoint(keys):
        return noticed
    home = _home(noticed.hits, memory)
    hits = [_at_home(hit, homes.get(tuple(keys[hit[1] : hit[2] + 1])), home) for hit in noticed.hits]
    return noticed._replace(hits=hits)


def _at_home(hit: PlainHit, owners: dict[str, Meaning] | None, home: str | None) -> PlainHit:
    meaning, first, last = hit
    if owners is None or meaning.kind != "actor" or home not in owners:
        return hit
    return owners[home], first, last


def _home(hits: list[PlainHit], memory: Memory) -> str | None:
    """The state where a text is set: that of the place or name that opens a sentence, or the one before."""
    first = next((meaning for meaning, first, _ in hits if meaning.kind == "actor" and first == 0), None)
    if first is not None and first.id in ("place", "name"):
        return first.actor
    return memory.named or next((meaning.actor for meaning, _, _ in hits if meaning.kind == "actor"), None)


@lru_cache(maxsize=16)
def _homes_of(lexicon: Lexicon) -> _Homes:
    """For the words of each shared name, the body that each of its other owners means by it."""
    homes: _Homes = {}
    for actor in lexicon.vocabulary.entries("actors").values():
        for office in actor.table("offices").values():
            for phrase in phrases_in(office, "shared", lexicon.language.id):
                label = str(office.get("label", "")) if isinstance(office, dict) else ""
                meaning = Meaning("actor", "office", label, actor.id)
                homes.setdefault(tuple(words_of(phrase).keys), {})[actor.id] = meaning
    return homes


@lru_cache(maxsize=16)
def _first_words(lexicon: Lexicon) -> frozenset[str]:
    """The first words of the shared names, of which most sentences hold none."""
    return frozenset(words[0] for words in _homes_of(lexicon))
