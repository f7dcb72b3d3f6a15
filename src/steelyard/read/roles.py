"""Roles told by nouns: who leads, shares or supports which responsibility. `duties` has those told by verbs.

Each pattern joins an actor and a noun of responsibility ("primary responsibility", "support") by words that
may stand between them; what the responsibility is for follows "for" or "in". Modality is kept: being capable
of a responsibility is not bearing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from steelyard.read.burdens import BURDENS, burdens
from steelyard.read.duties import CUES, RoleFound, duties, modality_of, start_of_verb, words_until_stop
from steelyard.read.keys.standing import condition_in
from steelyard.read.mentions import Mention
from steelyard.read.passage import Memory, Passage

MOST_WORDS_BETWEEN = 12
MOST_WORDS_TO_BEARER = 4
NOUNS = ("roles:lead", "roles:shared", "roles:support")
ALL_CUES = CUES | BURDENS | {*NOUNS, "roles:noun", "roles:role_of"}


def find_roles(passage: Passage, memory: Memory) -> list[RoleFound]:
    """The roles of a sentence, in order; two patterns that meet on one noun and actor count once."""
    kinds = passage.kinds
    if kinds.keys().isdisjoint(ALL_CUES):
        return []
    for part in passage.of_kind("roles:noun"):
        memory.function = _function_after(passage, part)[0] or memory.function
    if "actor" not in kinds:  # nobody else has a role
        return []
    found: dict[tuple[int, str | None], RoleFound] = {}
    for noun in passage.of_kinds(*NOUNS):
        for role in _around(passage, noun, memory):
            found.setdefault((noun.start, role.actor), role)
            memory.function = role.function
    for role in _framed(passage) if "roles:role_of" in kinds else ():
        found.setdefault((role.start, role.actor), role)
    for role in _told_by_verbs(passage, found.values()):
        found.setdefault((role.start, role.actor), role)
    if not found:
        return []
    condition = condition_in(passage)
    roles = [role._replace(condition=condition) for role in found.values()] if condition else found.values()
    ordered = sorted(roles, key=lambda role: role.start)
    for role in ordered:
        memory.function = role.function or memory.function
    return ordered


def _told_by_verbs(passage: Passage, told: Iterable[RoleFound]) -> list[RoleFound]:
    """The roles that verbs tell, those left out that a noun in the same words has told of the same actor."""
    known = list(told)
    before = len(known)
    for telling, cues in ((duties, CUES), (burdens, BURDENS)):
        if passage.kinds.keys().isdisjoint(cues):
            continue
        for duty in telling(passage, tuple(known)):
            if not any(r.actor == duty.actor and r.start < duty.end and duty.start < r.end for r in known):
                known.append(duty)
    return known[before:]


def _around(passage: Passage, noun: Mention, memory: Memory) -> Iterator[RoleFound]:
    """The roles that one noun of responsibility gives."""
    function, end = _function_after(passage, noun)
    kind = noun.kind.partition(":")[2]
    if placed := _placed_on(passage, noun, end):
        start, actor, stop = placed
        yield _role(
            passage, start, stop, actor, kind, function, noun, memory, "responsibility placed on the actor"
        )
        return
    if kind == "support" and (supporter := _supporter(passage, noun)):
        task, stop = words_until_stop(passage, noun.end)
        yield _role(
            passage, supporter.start, stop, supporter, kind, task, noun, memory, "the actor is to support"
        )
        return
    if given := _given(passage, noun):
        verb = start_of_verb(passage, given.first - 1)
        yield _role(passage, verb, end, given, kind, function, noun, memory, "given to the actor")
    elif taker := _taker(passage, noun):
        takers = [taker, *(_joined_before(passage, taker) if kind == "shared" else ())]
        for actor in takers:
            yield _role(passage, actor.start, end, actor, kind, function, noun, memory, "the actor takes it")
    elif aside := _in_a_role(passage, noun):
        yield _role(
            passage, aside.start, end, aside, kind, function, noun, memory, "with the actor in the role"
        )
    elif kind == "support" and (giver := _giver(passage, noun)):
        yield _role(
            passage, giver.start, noun.end, giver, kind, function, noun, memory, "support of the actor"
        )


def _role(
    passage: Passage,
    start: int,
    end: int,
    actor: Mention,
    kind: str,
    function: str | None,
    noun: Mention,
    memory: Memory,
    reason: str,
) -> RoleFound:
    left = min(start, actor.start)
    modality = modality_of(passage, left, noun.start)
    qualifier = _qualifier(passage, noun, actor)
    negated = any(left <= m.start < noun.start for m in passage.of_kind("negation:words"))
    extended = _with_support(passage, end) if kind == "lead" else end
    return RoleFound(
        start,
        extended,
        actor.meaning.actor,
        kind,
        modality,
        function or memory.function,
        qualifier,
        negated,
        reason,
    )


def _taker(passage: Passage, noun: Mention) -> Mention | None:
    """The actor before the noun, where only verbs of taking, modality and words of degree stand between."""
    takes, allowed = passage.lexicon.words_of_taking, passage.lexicon.words_of_bearing
    for actor in passage.before(noun.start, "actor"):
        if passage.count_words(actor.end, noun.start) > MOST_WORDS_BETWEEN:
            return None
        if actor.id == "adjective":
            continue
        keys = passage.word_keys(actor.end, noun.start)
        if len(keys) > 2 and keys[1] == "s" and keys[2] in passage.lexicon.words("roles", "taking"):
            keys = keys[2:]  # "Seoul's assumption of ..."
        words = [key for key in keys if key[:1].isalnum()]
        verbs = [number for number, word in enumerate(words) if word in takes]
        before_verb = words[: verbs[-1]] if verbs else words
        if verbs and all(word in allowed for word in before_verb) and "," not in keys[: len(before_verb)]:
            return actor
    return None


def _given(passage: Passage, noun: Mention) -> Mention | None:
    """The actor to whom another gives a part: "the treaty gives Japan the leading role"."""
    roles = passage.lexicon.words
    actor = passage.nearest_before(noun.start, "actor")
    if actor is None or not actor.first or passage.words.keys[actor.first - 1] not in roles("roles", "gives"):
        return None
    keys = passage.word_keys(actor.end, noun.start)
    small = roles("roles", "fillers").issuperset(keys)
    helps = noun.kind == "roles:support" and noun.first == noun.last
    return actor if small and not helps else None


def _joined_before(passage: Passage, actor: Mention) -> Iterator[Mention]:
    """The actors before one that a list joins to it: "Japan and Australia", each of whom shares."""
    joining = passage.lexicon.words("roles", "list_joins")
    for other in passage.before(actor.start, "actor"):
        if not joining.issuperset(passage.word_keys(other.end, actor.start)):
            return
        yield other
        actor = other


def _supporter(passage: Passage, noun: Mention) -> Mention | None:
    """The actor of the verb "to support", where only small words stand between."""
    infinitive = passage.lexicon.words("roles", "infinitive")
    if noun.first == 0 or passage.words.keys[noun.first - 1] not in infinitive:
        return None
    actor = next((m for m in passage.before(noun.start, "actor") if m.id != "adjective"), None)
    if actor is None:
        return None
    words = [key for key in passage.word_keys(actor.end, noun.start) if key[:1].isalnum()]
    return actor if len(words) <= 3 and passage.lexicon.words_of_bearing.issuperset(words) else None


def _giver(passage: Passage, noun: Mention) -> Mention | None:
    """The actor right before a noun of support that words of degree qualify ("more limited US support")."""
    actor = next(passage.before(noun.start, "actor"), None)
    if actor is None or passage.count_words(actor.end, noun.start):
        return None
    return actor if _qualifier(passage, noun, actor) else None


def _in_a_role(passage: Passage, noun: Mention) -> Mention | None:
    """The actor of "with the United States in a supporting role"."""
    actor = next(passage.before(noun.start, "actor"), None)
    grammar = passage.lexicon.words
    if actor is None or actor.id == "adjective" or passage.count_words(actor.end, noun.start) > 3:
        return None
    keys = passage.word_keys(actor.end, noun.start)
    lead = passage.words.keys[max(0, actor.first - 2) : actor.first]
    fillers = grammar("roles", "fillers")
    if not keys or (keys[0] not in fillers and keys[0] not in grammar("roles", "for")):
        return None
    aside = grammar("roles", "along").intersection(lead)
    return actor if aside and fillers.issuperset(keys[1:]) else None


def _placed_on(passage: Passage, noun: Mention, end: int) -> tuple[int, Mention, int] | None:
    """Where the wording starts, the actor on whom it is placed or with whom it lies, and where it ends."""
    lexicon = passage.lexicon
    fillers = lexicon.words("roles", "fillers")
    if not _begins_to_place(passage, end, fillers):
        return None
    actor = next(passage.after(end, "actor"), None)
    if actor is None or passage.count_words(end, actor.start) > MOST_WORDS_TO_BEARER:
        return None
    keys = [key for key in passage.word_keys(end, actor.end) if key not in fillers]
    if len(keys) < 2:
        return None
    if keys[0] in lexicon.words("roles", "lies") and keys[1] in lexicon.words("roles", "lies_with"):
        return noun.start, actor, actor.end
    if keys[0] in lexicon.words("grammar", "light") and _owns(passage, actor):
        return noun.start, actor, actor.end
    if keys[0] not in lexicon.words("roles", "on"):
        return None
    verbs = lexicon.words("roles", "places_on")
    before = reversed(range(noun.first))
    verb = next((number for number in before if passage.words.keys[number] in verbs), None)
    return (passage.words.starts[verb], actor, actor.end) if verb is not None else None


def _begins_to_place(passage: Passage, end: int, fillers: frozenset[str]) -> bool:
    """Whether the first word after a place, fillers apart, is one that leads over to whose a part is."""
    keys, words = passage.words.keys, passage.lexicon.words
    number = passage.words_between(end, end)[0]
    key = next((key for key in keys[number:] if key not in fillers), "")
    return key in words("roles", "lies") or key in words("roles", "on") or key in words("grammar", "light")


def _owns(passage: Passage, actor: Mention) -> bool:
    """Whether the name stands in the possessive at the end of a clause: "is Japan's"."""
    keys = passage.words.keys[actor.last + 1 : actor.last + 4]
    return keys[:2] in (["’", "s"], ["'", "s"]) and (len(keys) < 3 or not keys[2].isalpha())


def _framed(passage: Passage) -> Iterator[RoleFound]:
    """Parts described by what they are for, as in "X's role was framed around ..."."""
    for cue in passage.of_kind("roles:role_of"):
        actor = next(passage.before(cue.start, "actor"), None)
        if actor is None or passage.count_words(actor.end, cue.start) > 1:
            continue
        function, end = words_until_stop(passage, cue.end)
        named = next(passage.after(cue.end, "function"), None)
        if named and named.end <= end and passage.count_words(cue.end, named.start) == 1:
            function = passage.between(
                named.start, end
            )  # what is done to it ("reinforcing") is no part of it
        role = RoleFound(
            actor.start,
            end,
            actor.meaning.actor,
            "support",
            "is",
            function,
            None,
            False,
            "a part described by its task",
        )
        yield role


def _function_after(passage: Passage, noun: Mention) -> tuple[str | None, int]:
    """What the responsibility is for, and where that ends; the end of the noun where nothing is said."""
    if passage.key_after(noun.end) not in passage.lexicon.words("roles", "for"):
        return None, noun.end
    return words_until_stop(passage, passage.words.ends[noun.last + 1])


def _qualifier(passage: Passage, noun: Mention, actor: Mention) -> str | None:
    """The words of degree before a noun of support: "critical but more limited"."""
    if noun.kind != "roles:support":
        return None
    degrees = passage.lexicon.words("roles", "degree")
    joining = passage.lexicon.words("roles", "degree_joins")
    adjoining = actor.end <= noun.start and passage.count_words(actor.end, noun.start) == 0
    stop = actor.start if adjoining else noun.start
    keys, last = passage.words.keys, passage.words_between(stop, stop)[1]
    first = last
    while first and (keys[first - 1] in degrees or keys[first - 1] in joining):
        first -= 1
    while first < last and keys[first] in joining:
        first += 1
    return (
        passage.between(passage.words.starts[first], passage.words.ends[last - 1]) if first < last else None
    )


def _with_support(passage: Passage, end: int) -> int:
    """A lead "with ... support" includes the words on the support in its span."""
    if passage.key_after(end) not in passage.lexicon.words("roles", "along"):
        return end
    noun = next(passage.after(end, "roles:support"), None)
    return noun.end if noun and passage.count_words(end, noun.start) <= 8 else end
