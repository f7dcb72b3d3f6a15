"""Roles told by verbs and compounds: "leads the mission", "is responsible for", "a Japan-led defence".

A verb such as "lead" has many uses, so a role is read only where an actor stands with it and what it is done
to is a task of defence: a phrase of the functions, or one of the words that the language lists for tasks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class RoleFound:
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
CUES = frozenset((*VERBS, "roles:relies", "roles:passes", "roles:duty", "roles:led_by", "roles:backed_by"))


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
        joining=roles("list_joins") | lexicon.words("grammar", "articles"),
        leads=roles("for") | lexicon.words("grammar", "part_of"),
    )


def duties(passage: Passage) -> Iterator[RoleFound]:
    """The roles that the verbs and compounds of a sentence tell, in no order."""
    if CUES.isdisjoint(passage.kinds):
        return
    for verb in passage.of_kind(*VERBS):
        if _is_passive(passage, verb):
            yield from _passive(passage, verb)
        elif verb.kind != "roles:shared_by":
            yield from _active(passage, verb)
    for verb in passage.of_kind("roles:relies"):
        yield from _relied_on(passage, verb)
    for verb in passage.of_kind("roles:passes"):
        yield from _passed_to(passage, verb)
    for noun in passage.of_kind("roles:duty"):
        yield from _burdens(passage, noun)
    for compound in passage.of_kind("roles:led_by", "roles:backed_by"):
        yield from _compound(passage, compound)


def modality_of(passage: Passage, start: int, end: int) -> str:
    """Whether what stands in a span is, or should, must, can, will or would be."""
    return next((m.id for m in passage.of_kind(*MODALITIES) if start <= m.start < end), "is")


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
    text = passage.between(start, end).strip()
    return (text or None), (end if text else start)


def _is_passive(passage: Passage, verb: Mention) -> bool:
    return passage.key_after(verb.end) in passage.lexicon.words("roles", "by")


def _active(passage: Passage, verb: Mention) -> Iterator[RoleFound]:
    """The roles of the subjects of a verb."""
    bearers = _bearers(passage, verb)
    function, end = _task_after(passage, verb.end) if bearers else (None, verb.end)
    if function is None:
        return
    role = "shared" if _is_joint(passage, bearers, verb.start) else VERBS[verb.kind]
    for bearer in bearers:
        yield _found(
            passage, bearer, role, function, (bearer.start, end), (bearer.end, verb.start), "does it"
        )


def _passive(passage: Passage, verb: Mention) -> Iterator[RoleFound]:
    """The roles of those by whom a task is led, supported or shared."""
    agents = _agents(passage, verb.end)
    start, function = _task_before(passage, verb) if agents else (verb.start, None)
    if function is None:
        return
    role = "shared" if len(agents) > 1 else VERBS[verb.kind]
    for agent in agents:
        span = (min(start, agent.start), agent.end)
        yield _found(passage, agent, role, function, span, (start, verb.start), "it is done by the actor")


def _relied_on(passage: Passage, verb: Mention) -> Iterator[RoleFound]:
    """The support of whom another relies on: "Estonia relies on the United States for air defence"."""
    bearers = _bearers(passage, verb)
    helper = passage.touches_after(verb.end, "actor", 1)
    lead = passage.word_after(helper.end) if helper else None
    if not bearers or helper is None or lead is None or lead.key not in passage.lexicon.words("roles", "for"):
        return
    function, end = words_until_stop(passage, lead.end)
    if function:
        span = (bearers[0].start, end)
        yield _found(passage, helper, "support", function, span, (bearers[0].end, verb.start), "relied on")


def _passed_to(passage: Passage, verb: Mention) -> Iterator[RoleFound]:
    """The lead of whom a responsibility passes to: "operational control will be transferred to Seoul"."""
    taker = passage.touches_after(verb.end, "actor", 1)
    task = next(passage.before(verb.start, "function"), None)
    if taker is None or task is None or not passage.same_clause(task.end, verb.start):
        return
    if passage.count_words(task.end, verb.start) <= MOST_WORDS_TO_VERB:
        function = passage.between(task.start, task.end)
        span = (task.start, taker.end)
        yield _found(passage, taker, "lead", function, span, (task.end, verb.start), "it passes to the actor")


def _burdens(passage: Passage, noun: Mention) -> Iterator[RoleFound]:
    """Who bears a responsibility that no word calls the first: alone, together, or more or less of it."""
    function, end = _function_of(passage, noun)
    if (placed := _lies_with(passage, end)) and function:
        span = (noun.start, placed.end)
        yield _found(passage, placed, "lead", function, span, (end, placed.start), "it lies with the actor")
        return
    takes = passage.lexicon.words_of_taking
    bearers = _bearers(passage, noun, takes)
    if not bearers or function is None:
        return
    between = passage.word_keys(bearers[0].end, noun.start)
    degree = next((key for key in between if key in passage.lexicon.words("roles", "some_of")), None)
    joint = degree or _is_joint(passage, bearers, noun.start)
    for bearer in bearers:
        span = (bearer.start, end)
        role = "shared" if joint else "lead"
        yield _found(
            passage, bearer, role, function, span, (bearer.end, noun.start), "the actor bears it", degree
        )


def _compound(passage: Passage, word: Mention) -> Iterator[RoleFound]:
    """Compounds such as "Japan-led" before a task."""
    hyphen = passage.words[word.first - 1] if word.first else None
    actor = next(passage.before(word.start, "actor"), None)
    if hyphen is None or hyphen.key not in HYPHENS or actor is None or actor.last != word.first - 2:
        return
    others = [
        m for m in passage.of_kind("roles:led_by", "roles:backed_by") if m.first and m.start > word.start
    ]
    after = next((m.end for m in others if passage.count_words(word.end, m.start) <= 2), word.end)
    mark = passage.word_after(after)
    function, end = words_until_stop(passage, mark.end if mark and mark.key == "," else after)
    if function and _is_task(passage, after, end):
        role = "lead" if word.kind == "roles:led_by" else "support"
        span = (actor.start, max(word.end, end))
        yield _found(passage, actor, role, function, span, (actor.end, actor.end), "by a compound")


def _found(
    passage: Passage,
    actor: Mention,
    role: str,
    function: str,
    span: tuple[int, int],
    verb: tuple[int, int],
    reason: str,
    qualifier: str | None = None,
) -> RoleFound:
    """A role; `verb` is the span in which its modality and a denial stand."""
    negated = any(verb[0] <= m.start <= verb[1] for m in passage.of_kind("negation:words"))
    modality = modality_of(passage, *verb)
    return RoleFound(
        span[0], span[1], actor.meaning.actor, role, modality, function, qualifier, negated, reason
    )


def _bearers(passage: Passage, verb: Mention, needed: frozenset[str] = frozenset()) -> list[Mention]:
    """The subjects of a verb: the actor before it, with only modality and small words between, and its list.

    Of the words between at least one must be among `needed`, if there are any.
    """
    for actor in passage.before(verb.start, "actor"):
        if passage.count_words(actor.end, verb.start) > MOST_WORDS_TO_VERB:
            return []
        if actor.id in ("adjective", "person"):
            continue
        keys = passage.word_keys(actor.end, verb.start)
        small = _sets_of(passage.lexicon).bearing
        told = not needed or needed.intersection(keys)
        if told and small.issuperset(key for key in keys if key.isalnum()) and MARKS.isdisjoint(keys):
            return [actor, *_joined(passage, actor)]
        return []
    return []


def _joined(passage: Passage, actor: Mention) -> Iterator[Mention]:
    """The actors before one that a list joins to it."""
    joining = _sets_of(passage.lexicon).joining
    for other in passage.before(actor.start, "actor"):
        keys = passage.word_keys(other.end, actor.start)
        if other.id == "adjective" or not keys or not joining.issuperset(keys):
            return
        yield other
        actor = other


def _agents(passage: Passage, position: int) -> list[Mention]:
    """The actors after "by", with the list that goes on from the first."""
    agents: list[Mention] = []
    joining = _sets_of(passage.lexicon).joining
    for actor in passage.after(position, "actor"):
        start = agents[-1].end if agents else position
        keys = passage.word_keys(start, actor.start)
        if agents and not joining.issuperset(keys):
            break
        if not agents and len(keys) > 2:
            break
        if actor.id == "person":
            return []
        agents.append(actor)
    return agents


def _is_joint(passage: Passage, bearers: list[Mention], end: int) -> bool:
    joint = passage.lexicon.words("roles", "jointly").intersection(passage.word_keys(bearers[0].end, end))
    return bool(joint) or len(bearers) > 1


def _function_of(passage: Passage, noun: Mention) -> tuple[str | None, int]:
    """What a responsibility is for, after "for", "of" or "in"."""
    following = passage.word_after(noun.end)
    if following is None or following.key not in _sets_of(passage.lexicon).leads:
        return None, noun.end
    return words_until_stop(passage, following.end)


def _lies_with(passage: Passage, position: int) -> Mention | None:
    """The actor of "falls on" or "rests with" right after a place."""
    roles = passage.lexicon.words
    keys = [word for word in passage.words_after(position)[:5] if word.key not in roles("roles", "fillers")]
    if (
        len(keys) < 2
        or keys[0].key not in roles("roles", "lies")
        or keys[1].key not in roles("roles", "lies_with")
    ):
        return None
    return passage.touches_after(keys[1].end, "actor", 1)


def _task_after(passage: Passage, position: int) -> tuple[str | None, int]:
    """The object of a verb, if it is a task."""
    function, end = words_until_stop(passage, position)
    return (function, end) if function and _is_task(passage, position, end) else (None, position)


def _task_before(passage: Passage, verb: Mention) -> tuple[int, str | None]:
    """The subject of a verb in the passive, from the last mark before it, if it is a task; and its start."""
    before = [word for word in passage.words[: verb.first] if word.key in MARKS]
    start = before[-1].end if before else passage.sentence.start
    words = [word for word in passage.words[: verb.first] if word.start >= start]
    bearing = passage.lexicon.words_of_bearing
    while words and words[-1].key in bearing:
        words.pop()
    words = words[-MOST_WORDS_OF_FUNCTION:]
    if not words or not _is_task(passage, words[0].start, words[-1].end):
        return start, None
    duty = next(passage.after(words[0].start, "roles:duty"), None)
    function = _function_of(passage, duty)[0] if duty and duty.end <= words[-1].end else None
    return words[0].start, function or passage.between(words[0].start, words[-1].end)


def _is_task(passage: Passage, start: int, end: int) -> bool:
    """Whether words speak of a task of defence."""
    named = next(passage.after(start, "function"), None)
    if named and named.end <= end:
        return True
    return not passage.lexicon.words("roles", "tasks").isdisjoint(passage.word_keys(start, end))
