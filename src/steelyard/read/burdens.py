"""Roles told by the noun of a responsibility: who bears it, whose it is, on whom it falls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from steelyard.read.duties import (
    MOST_WORDS_OF_FUNCTION,
    MOST_WORDS_TO_VERB,
    RoleFound,
    agents_after,
    bearers_of,
    function_of,
    is_joint,
    is_task,
    meant_by,
    task_before,
    told_of,
    words_until_stop,
)
from steelyard.read.mentions import Mention
from steelyard.read.passage import Passage

NOUNS = ("roles:duty", "roles:lead", "roles:shared")
BURDENS = frozenset((*NOUNS, "roles:relies", "roles:passes", "roles:no_part"))


def burdens(passage: Passage, told: Iterable[RoleFound]) -> Iterator[RoleFound]:
    """The roles that nouns of responsibility give where no verb of taking stands with the first of them."""
    may_be_borne = not passage.lexicon.words("roles", "borne").isdisjoint(passage.words.keys)
    for noun in passage.of_kinds(*NOUNS):
        is_duty = noun.kind == "roles:duty"
        function, end = function_of(passage, noun) if is_duty or may_be_borne else (None, noun.end)
        found = [*_borne_by(passage, noun, function, end)] if function and may_be_borne else []
        found += _whose(passage, noun)
        if not found and is_duty:
            found += _borne(passage, noun, function, end, told)
        yield from found
    for verb in passage.of_kind("roles:relies"):
        yield from _relied_on(passage, verb)
    for verb in passage.of_kind("roles:passes"):
        yield from _passed_to(passage, verb)
    for noun in passage.of_kind("roles:no_part"):
        yield from _without_part(passage, noun)


def _relied_on(passage: Passage, verb: Mention) -> Iterator[RoleFound]:
    """The support of whom another relies on: "Estonia relies on the United States for air defence"."""
    bearers = bearers_of(passage, verb)
    helper = passage.touches_after(verb.end, "actor", 1)
    lead = passage.word_after(helper.end) if helper else None
    if not bearers or helper is None or lead is None or lead.key not in passage.lexicon.words("roles", "for"):
        return
    function, end = words_until_stop(passage, lead.end)
    if function:
        span = (bearers[0].start, end)
        yield told_of(passage, helper, "support", function, span, (bearers[0].end, verb.start), "relied on")


def _passed_to(passage: Passage, verb: Mention) -> Iterator[RoleFound]:
    """The lead of whom a responsibility passes to: "operational control will be transferred to Seoul"."""
    taker = passage.touches_after(verb.end, "actor", 1)
    task = _passed(passage, verb) if taker else None
    if taker and task:
        function = passage.between(*task)
        span = (task[0], taker.end)
        yield told_of(passage, taker, "lead", function, span, (task[1], verb.start), "it passes to the actor")


def _passed(passage: Passage, verb: Mention) -> tuple[int, int] | None:
    """The span of the responsibility that passes: one known by its name, or the command of a task."""
    task = passage.nearest_before(verb.start, "function")
    near = task and passage.count_words(task.end, verb.start) <= MOST_WORDS_TO_VERB
    if task and near and passage.same_clause(task.end, verb.start):
        return task.start, task.end
    first, last = passage.words_between(passage.sentence.start, verb.start)
    keys, bearing = passage.words.keys, passage.lexicon.words_of_bearing
    while last > first and keys[last - 1] in bearing:
        last -= 1
    commands = passage.lexicon.words("roles", "commands")
    leads = passage.lexicon.words("roles", "for") | passage.lexicon.words("grammar", "part_of")
    for number in range(last - 2, max(first, last - MOST_WORDS_OF_FUNCTION) - 1, -1):
        if not keys[number].isalnum():
            return None
        if keys[number] in commands and keys[number + 1] in leads:
            span = passage.words.starts[number], passage.words.ends[last - 1]
            return span if is_task(passage, passage.words.ends[number], span[1]) else None
    return None


def _borne(
    passage: Passage, noun: Mention, function: str | None, end: int, told: Iterable[RoleFound]
) -> Iterator[RoleFound]:
    """Who bears a responsibility that no word calls the first: alone, together, or more or less of it."""
    if function and (placed := _lies_with(passage, end)):
        span = (noun.start, placed.end)
        yield told_of(passage, placed, "lead", function, span, (end, placed.start), "it lies with the actor")
        return
    verb_end = noun.start
    if function is None:
        this = passage.word_before(noun.start)
        meant, _ = meant_by(passage, this.start, told) if this else (None, 0)
        if this is None or meant is None:
            return
        function, verb_end = meant[0], this.start
    roles = passage.lexicon.words
    bearers = bearers_of(passage, noun, passage.lexicon.words_of_taking_part, verb_end)
    if not bearers:
        return
    between = passage.word_keys(bearers[0].end, verb_end)
    some = roles("roles", "some_of")
    degree = next((key for key in between if key in some), None)
    joint = (
        degree or is_joint(passage, bearers, verb_end) or roles("roles", "share_verbs").intersection(between)
    )
    verb = (bearers[0].end, verb_end)
    for bearer in bearers:
        span, role = (bearer.start, end), "shared" if joint else "lead"
        yield told_of(passage, bearer, role, function, span, verb, "the actor bears it", degree)


def _borne_by(passage: Passage, noun: Mention, function: str, end: int) -> Iterator[RoleFound]:
    """By whom a responsibility is borne: "responsibility for the patrols is borne jointly by A and B"."""
    roles, bearing = passage.lexicon.words, passage.lexicon.words_of_bearing
    verb = None
    first = passage.words_between(end, end)[0]
    for number, key in enumerate(passage.words.keys[first : first + MOST_WORDS_TO_VERB], first):
        if key in roles("roles", "by") and verb:
            yield from _each(passage, noun, function, verb, passage.words.ends[number], end)
            return
        if key in roles("roles", "borne"):
            verb = key
        elif key not in bearing:
            return


def _each(
    passage: Passage, noun: Mention, function: str, verb: str, position: int, end: int
) -> Iterator[RoleFound]:
    """The roles of those named after "borne by"."""
    agents = agents_after(passage, position) if is_task(passage, noun.end, end) else []
    joint = (
        len(agents) > 1 or noun.kind == "roles:shared" or verb in passage.lexicon.words("roles", "shared_by")
    )
    for agent in agents:
        span = (noun.start, agent.end)
        role = "shared" if joint else "lead"
        yield told_of(passage, agent, role, function, span, (end, position), "borne by the actor")


def _whose(passage: Passage, noun: Mention) -> Iterator[RoleFound]:
    """Whose a responsibility is: "air policing remains the responsibility of Poland", "is Poland's task"."""
    if noun.first < 2:
        return
    left = passage.words.starts[noun.first - 1]
    agents: list[Mention] = []
    if passage.key_after(noun.end) in passage.lexicon.words("grammar", "part_of"):
        agents = agents_after(passage, passage.words.ends[noun.last + 1])
    elif passage.words.keys[noun.first - 1] == "s":
        owner = passage.nearest_before(left, "actor")
        if owner and passage.word_keys(owner.end, noun.start) in (["\u2019", "s"], ["'", "s"]):
            agents, left = [owner], owner.start
    if not agents:
        return
    start, function, verb = task_before(passage, left)
    is_it = passage.lexicon.words("roles", "is_it").intersection(passage.word_keys(verb, left))
    if function is None or not is_it:
        return
    role = "shared" if len(agents) > 1 or noun.kind == "roles:shared" else "lead"
    for agent in agents:
        span = (start, max(agent.end, noun.end))
        yield told_of(passage, agent, role, function, span, (verb, noun.start), "it is that of the actor")


def _without_part(passage: Passage, noun: Mention) -> Iterator[RoleFound]:
    """Who has no part in a task: "France has no part in nuclear planning"."""
    bearers = bearers_of(passage, noun, passage.lexicon.words_of_taking)
    function, end = words_until_stop(passage, noun.end) if bearers else (None, noun.end)
    if function is None or not is_task(passage, noun.end, end):
        return
    for bearer in bearers:
        span, verb = (bearer.start, end), (bearer.end, noun.start)
        yield told_of(passage, bearer, "none", function, span, verb, "no part of the actor")


def _lies_with(passage: Passage, position: int) -> Mention | None:
    """The actor of "falls on" or "rests with" right after a place."""
    roles, words = passage.lexicon.words, passage.words
    first, fillers = passage.words_between(position, position)[0], roles("roles", "fillers")
    near = range(first, min(first + 5, len(words)))
    told = [number for number in near if words.keys[number] not in fillers]
    if len(told) < 2 or words.keys[told[0]] not in roles("roles", "lies"):
        return None
    if words.keys[told[1]] not in roles("roles", "lies_with"):
        return None
    return passage.touches_after(words.ends[told[1]], "actor", 1)
