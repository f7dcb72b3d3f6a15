"""Roles told by verbs and compounds: "leads the mission", "is responsible for", "a Japan-led defence".

A verb such as "lead" has many uses, so a role is read only where an actor stands with it and what it is done
to is a task of defence: a phrase of the functions, or one of the words that the language lists for tasks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import Mention
from steelyard.read.passage import Passage

MOST_WORDS_OF_FUNCTION = 9
MOST_WORDS_TO_VERB = 7
MARKS = frozenset({",", ".", ";", ":", "”", '"', "“", "(", ")", "—"})
HYPHENS = frozenset({"-", "–", "‑"})
MODALITIES = ("modality:can", "modality:should", "modality:must", "modality:will", "modality:would")
# The cues of each role: verbs that an actor does, and that are done "by" an actor.
VERBS = {
    "roles:leads": "lead",
    "roles:answers": "lead",
    "roles:supports": "support",
    "roles:shares": "shared",
    "roles:shared_by": "shared",
}


class RoleFound(NamedTuple):
    """A role in one sentence: the span that says it, and its keys."""

    start: int
    end: int
    actor: str | None
    role: str
    modality: str
    function: str | None
    qualifier: str | None
    negated: bool
    reason: str
    condition: str | None = None


# All kinds of cues by which a verb or compound tells a role.
CUES = frozenset((*VERBS, "roles:led_by", "roles:backed_by"))


class _Sets(NamedTuple):
    """Words of a language put together once, since they are asked for at every cue."""

    stops: frozenset[str]
    bearing: frozenset[str]
    joining: frozenset[str]
    leads: frozenset[str]


@lru_cache(maxsize=16)
def _sets_of(lexicon: Lexicon) -> _Sets:
    roles = partial(lexicon.words, "roles")
    return _Sets(
        stops=MARKS | roles("function_stops"),
        bearing=lexicon.words_of_bearing | roles("some_of"),
        joining=roles("list_joins") | roles("neither") | lexicon.words("grammar", "articles"),
        leads=roles("for") | lexicon.words("grammar", "part_of"),
    )


def duties(passage: Passage, told: Iterable[RoleFound]) -> Iterator[RoleFound]:
    """The roles that the verbs and compounds of a sentence tell, in no order; `told` are those known."""
    before = list(told)
    for verb in passage.of_kinds(*VERBS):
        if _is_passive(passage, verb):
            found = list(_passive(passage, verb))
        elif verb.kind != "roles:shared_by":
            found = list(_active(passage, verb, before))
        else:
            continue
        before += found
        yield from found
    for compound in passage.of_kinds("roles:led_by", "roles:backed_by"):
        yield from _compound(passage, compound)


def modality_of(passage: Passage, start: int, end: int) -> str:
    """Whether what stands in a span is, or should, must, can, will or would be."""
    found = next((m.id for m in passage.of_kinds(*MODALITIES) if start <= m.start < end), None)
    if found is None:
        foreseen = passage.lexicon.mapping_of("roles", "foreseen")
        found = next((str(foreseen[key]) for key in passage.word_keys(start, end) if key in foreseen), "is")
    return found


def words_until_stop(passage: Passage, start: int) -> tuple[str | None, int]:
    """The words up to a mark or a word that begins something else, and where they end."""
    stops, words = _sets_of(passage.lexicon).stops, passage.words
    first = passage.words_between(start, start)[0]
    last = first
    for key in words.keys[first : first + MOST_WORDS_OF_FUNCTION + 1]:
        if key in stops:
            break
        last += 1
    end = words.ends[last - 1] if last > first else start
    if last > first and not passage.kinds.keys().isdisjoint(VERBS):
        end = _end_before_next(passage, start, end)
    text = passage.between(start, end).strip()
    return (text or None), (end if text else start)


def _end_before_next(passage: Passage, start: int, end: int) -> int:
    """Where the words on a task end, if a joining word leads over to the next verb of a role within them."""
    joins = passage.lexicon.words("roles", "goes_on")
    for verb in passage.of_kinds(*VERBS):
        if not start < verb.start < end:
            continue
        left = start_of_verb(passage, verb.first)
        actor = passage.nearest_before(left, "actor")
        left = actor.start if actor and not passage.word_keys(actor.end, left) else left
        joint = passage.word_before(left)
        if joint and joint.key in joins and joint.start > start:
            return passage.words.ends[passage.words_between(joint.start, joint.end)[0] - 1]
    return end


def _is_passive(passage: Passage, verb: Mention) -> bool:
    return passage.key_after(verb.end) in passage.lexicon.words("roles", "by")


def _active(passage: Passage, verb: Mention, told: list[RoleFound]) -> Iterator[RoleFound]:
    """The roles of the subjects of a verb."""
    if passage.key_after(verb.end) in passage.lexicon.words("roles", "for"):
        return  # "support for", "a lead in": nouns, or no task that is led
    own = bearers_of(passage, verb)
    bearers = own or _subject_said_before(passage, verb, told)
    if not bearers:
        return
    function, end = _task_after(passage, verb.end)
    if function is None:
        meant, end = meant_by(passage, verb.end, told)
        if not meant:
            return
        function = meant[0]
    role = "shared" if is_joint(passage, bearers, verb.start) else VERBS[verb.kind]
    left = start_of_verb(passage, verb.first)
    for bearer in bearers:
        span = (bearer.start if own else left, end)
        yield told_of(passage, bearer, role, function, span, (left, verb.start), "does it")


def start_of_verb(passage: Passage, first: int) -> int:
    """Where the words of modality and denial before a verb begin; `first` is the number of its first word."""
    keys = passage.words.keys
    small = _sets_of(passage.lexicon).bearing
    while first and (keys[first - 1] in small or not keys[first - 1].isalnum()):
        if keys[first - 1] in MARKS:
            break
        first -= 1
    return passage.words.starts[first]


def _subject_said_before(passage: Passage, verb: Mention, told: list[RoleFound]) -> list[Mention]:
    """The subject of "... but would not lead them": that of the role told right before the joining word."""
    start = start_of_verb(passage, verb.first)
    joint = passage.word_before(start)
    if joint is None or joint.key not in passage.lexicon.words("roles", "goes_on"):
        return []
    last = next((role for role in reversed(told) if role.end == joint.start - 1), None)
    subjects = passage.of_kind("actor") if last else ()
    return [m for m in subjects if last and m.start == last.start and m.meaning.actor == last.actor]


def meant_by(
    passage: Passage, position: int, told: Iterable[RoleFound]
) -> tuple[tuple[str | None] | None, int]:
    """What a word such as "it" means after a verb: what the role before it was for, or a task just named.

    The first part is None where there is no such word, or where it may mean anything.
    """
    pronoun = passage.word_after(position)
    if pronoun is None or pronoun.key not in passage.lexicon.words("roles", "pronouns"):
        return None, position
    earlier = [role for role in told if role.end <= position]
    if earlier:
        return (max(earlier, key=lambda role: role.end).function,), pronoun.end
    topic, end = words_until_stop(passage, passage.sentence.start)
    verb = passage.nearest_after(passage.sentence.start, *VERBS)
    known = end < position and (verb is None or verb.start >= end)
    known = known and passage.key_after(end) in passage.lexicon.words("roles", "is_it")
    known = known and topic is not None and is_task(passage, passage.sentence.start, end)
    return ((topic,) if known else None), pronoun.end


def _passive(passage: Passage, verb: Mention) -> Iterator[RoleFound]:
    """The roles of those by whom a task is led, supported or shared."""
    agents = agents_after(passage, verb.end)
    start, function = _task_of(passage, verb) if agents else (verb.start, None)
    if function is None:
        return
    role = "shared" if len(agents) > 1 else VERBS[verb.kind]
    for agent in agents:
        span = (min(start, agent.start), agent.end)
        yield told_of(passage, agent, role, function, span, (start, verb.start), "it is done by the actor")


def _compound(passage: Passage, word: Mention) -> Iterator[RoleFound]:
    """Compounds such as "Japan-led" before a task."""
    hyphen = passage.words[word.first - 1] if word.first else None
    actor = next(passage.before(word.start, "actor"), None)
    if hyphen is None or hyphen.key not in HYPHENS or actor is None or actor.last != word.first - 2:
        return
    others = [
        m for m in passage.of_kinds("roles:led_by", "roles:backed_by") if m.first and m.start > word.start
    ]
    after = next((m.end for m in others if passage.count_words(word.end, m.start) <= 2), word.end)
    mark = passage.word_after(after)
    function, end = words_until_stop(passage, mark.end if mark and mark.key == "," else after)
    if function and is_task(passage, after, end):
        role = "lead" if word.kind == "roles:led_by" else "support"
        span = (actor.start, max(word.end, end))
        yield told_of(passage, actor, role, function, span, (actor.end, actor.end), "by a compound")


def told_of(
    passage: Passage,
    actor: Mention,
    role: str,
    function: str | None,
    span: tuple[int, int],
    verb: tuple[int, int],
    reason: str,
    qualifier: str | None = None,
) -> RoleFound:
    """A role; `verb` is the span in which its modality and a denial stand."""
    negated = any(verb[0] <= m.start <= verb[1] for m in passage.of_kind("negation:words"))
    before = passage.words.keys[actor.first - 1] if actor.first else ""
    negated = negated or before in passage.lexicon.words("roles", "neither")
    modality = modality_of(passage, *verb)
    return RoleFound(
        span[0], span[1], actor.meaning.actor, role, modality, function, qualifier, negated, reason
    )


def bearers_of(
    passage: Passage, verb: Mention, needed: frozenset[str] = frozenset(), end: int | None = None
) -> list[Mention]:
    """The subjects of a verb: the actor before it, with only modality and small words between, and its list.

    Of the words between, which reach to `end`, at least one must be among `needed`, if there are any.
    """
    end = verb.start if end is None else end
    small = _sets_of(passage.lexicon).bearing
    for actor in passage.before(end, "actor"):
        if passage.count_words(actor.end, end) > MOST_WORDS_TO_VERB:
            return []
        if actor.id in ("adjective", "person"):
            continue
        keys = passage.word_keys(actor.end, end)
        told = MARKS.isdisjoint(keys) and (not needed or not needed.isdisjoint(keys))
        if told and all(key in small or key in needed or not key.isalnum() for key in keys):
            return [actor, *_joined(passage, actor)]
        return []
    return []


def _joined(passage: Passage, actor: Mention) -> list[Mention]:
    """The actors before one that a list joins to it; a comma before "and" ends three or more only."""
    joining = _sets_of(passage.lexicon).joining
    articles = passage.lexicon.words("grammar", "articles")
    found: list[Mention] = []
    doubtful = False
    for other in passage.before(actor.start, "actor"):
        keys = passage.word_keys(other.end, actor.start)
        if other.id == "adjective" or not keys or not joining.issuperset(keys):
            break
        doubtful = doubtful or ("," in keys and len(keys) > 1 and not articles.issuperset(keys[1:]))
        found.append(other)
        actor = other
    return [] if doubtful and len(found) == 1 else found


def agents_after(passage: Passage, position: int) -> list[Mention]:
    """The actors after "by", with the list that goes on from the first."""
    agents: list[Mention] = []
    joining = _sets_of(passage.lexicon).joining
    for actor in passage.after(position, "actor"):
        start = agents[-1].end if agents else position
        keys = passage.word_keys(start, actor.start)
        if agents and (not joining.issuperset(keys) or ("," in keys and len(keys) > 1 and len(agents) == 1)):
            break
        if not agents and len(keys) > 2:
            break
        if actor.id == "person":
            return []
        agents.append(actor)
    return agents


def is_joint(passage: Passage, bearers: list[Mention], end: int) -> bool:
    """Whether several bear it, or a word before `end` says that others do too."""
    roles = passage.lexicon.words
    joint = roles("roles", "jointly").intersection(passage.word_keys(bearers[0].end, end))
    before = passage.word_before(bearers[0].start)
    apart = before and before.key in roles("roles", "neither")
    return bool(joint) or (len(bearers) > 1 and not apart)


def function_of(passage: Passage, noun: Mention) -> tuple[str | None, int]:
    """What a responsibility is for, after "for", "of" or "in"."""
    if passage.key_after(noun.end) not in _sets_of(passage.lexicon).leads:
        return None, noun.end
    return words_until_stop(passage, passage.words.ends[noun.last + 1])


def _task_after(passage: Passage, position: int) -> tuple[str | None, int]:
    """The object of a verb, if it is a task."""
    function, end = words_until_stop(passage, position)
    return (function, end) if function and is_task(passage, position, end) else (None, position)


def _task_of(passage: Passage, verb: Mention) -> tuple[int, str | None]:
    """The subject of a verb in the passive, if it is a task; and where it starts."""
    start, function, _ = task_before(passage, (_led_and(passage, verb) or verb).start)
    return start, function


def task_before(passage: Passage, position: int) -> tuple[int, str | None, int]:
    """The subject before a place, from the last mark on, if it is a task; where it starts, where it ends."""
    last = passage.words_between(position, position)[0]
    words, keys = passage.words, passage.words.keys
    bearing = passage.lexicon.words_of_bearing
    while last and keys[last - 1] in bearing:
        last -= 1
    first = last
    while first and last - first < MOST_WORDS_OF_FUNCTION and keys[first - 1] not in MARKS:
        first -= 1
    if first == last:
        return position, None, position
    start, end = words.starts[first], words.ends[last - 1]
    if not is_task(passage, start, end):
        return start, None, end
    duty = passage.nearest_after(start, "roles:duty")
    function = function_of(passage, duty)[0] if duty and duty.end <= end else None
    return start, function or passage.between(start, end), end


def _led_and(passage: Passage, verb: Mention) -> Mention | None:
    """The verb in the passive that a joining word ties to this one: "led by Italy and supported by Spain"."""
    other = passage.nearest_before(verb.start, *VERBS)
    if other is None or not _is_passive(passage, other) or not verb.first:
        return None
    keys = passage.word_keys(other.end, verb.start)
    near = len(keys) <= MOST_WORDS_TO_VERB and MARKS.isdisjoint(keys)
    return other if near and keys[-1] in passage.lexicon.words("roles", "goes_on") else None


def is_task(passage: Passage, start: int, end: int) -> bool:
    """Whether words speak of a task of defence."""
    named = next(passage.after(start, "function"), None)
    if named and named.end <= end:
        return True
    return not passage.lexicon.words("roles", "tasks").isdisjoint(passage.word_keys(start, end))
