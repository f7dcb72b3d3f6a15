"""Scenarios that are written once for several actors, and made one for each of them.

`actors` in a scenario names states, or an alliance for its members; `without` leaves some out, each for a
reason, and `for` holds what is otherwise for one of them. What is made for an actor is a scenario as any
other: it has its own inputs, and where these are missing it alone is refused. What it extends and is measured
against is that of the same actor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from steelyard.core.problems import Problem
from steelyard.core.schema import nearest, texts_in
from steelyard.core.vocabulary import Entry, Vocabulary, overlay

SCENARIOS = "scenarios"
# The kind under which the vocabulary keeps a scenario as it was written for several actors.
WRITTEN = "scenarios as written"
STATE = "state"
_NAMES = ("extends", "reference_scenario")
_OTHERWISE = "for"
_OWN = ("actors", "without", _OTHERWISE)


def one_for_each(vocabulary: Vocabulary) -> tuple[Vocabulary, list[Problem]]:
    """The vocabulary with a scenario for each actor in place of those that are for several."""
    scenarios = vocabulary.entries(SCENARIOS)
    made: dict[str, Entry] = {}
    problems: list[Problem] = []
    ids: dict[str, dict[str, str]] = {}
    for name, entry in scenarios.items():
        problems += _faults(entry, vocabulary)
        ids[name] = {actor: id_for(name, actor) for actor in _actors_of(entry, vocabulary)}
    for name, entry in scenarios.items():
        each = _made(entry, ids, vocabulary) if ids[name] else [_renamed(entry, entry.text("actor"), ids)]
        for one in each:
            if one.id in made or (one.id != name and one.id in scenarios):
                hint = "Rename the file of the one or the other."
                message = f"{one.id!r} is there already, and is what the scenario of {name!r} is called too."
                problems.append(Problem("duplicate-id", message, entry.place("actors"), hint))
            else:
                made[one.id] = one
    if not any(ids.values()):
        return vocabulary, problems
    written = {name: entry for name, entry in scenarios.items() if ids[name]}
    kinds = {
        **vocabulary.kinds,
        SCENARIOS: MappingProxyType(made),
        WRITTEN: MappingProxyType(written),
    }
    return Vocabulary(kinds, vocabulary.fingerprint), problems


def id_for(scenario: str, actor: str) -> str:
    """What the scenario of one actor is called.

    >>> id_for("linear-2035", "POL")
    'linear-2035-pol'
    """
    return f"{scenario}-{actor.lower()}"


def left_out(entry: Entry, vocabulary: Vocabulary) -> dict[str, str]:
    """The actors that a scenario as written leaves out, with the reasons."""
    holder = next((one for one in _chain(entry, vocabulary) if "without" in one.data), entry)
    return {str(table.get("actor")): str(table.get("reason")) for table in holder.tables("without")}


def members_of(alliance: str, vocabulary: Vocabulary) -> list[str]:
    """The actors that have joined an alliance and not left it, by name."""
    found = [
        entry
        for entry in vocabulary.entries("actors").values()
        if any(one.get("alliance") == alliance and "to" not in one for one in entry.tables("memberships"))
    ]
    return [entry.id for entry in sorted(found, key=lambda entry: entry.label)]


def _chain(entry: Entry, vocabulary: Vocabulary) -> Iterator[Entry]:
    """A scenario and those that it extends, itself first; a circle ends where it closes."""
    seen: set[str] = set()
    one: Entry | None = entry
    while one and one.id not in seen:
        seen.add(one.id)
        yield one
        below = one.text("extends")
        one = vocabulary.entry(WRITTEN, below) or vocabulary.entry(SCENARIOS, below)


def _actors_of(entry: Entry, vocabulary: Vocabulary) -> list[str]:
    """The actors that a scenario is to be made for, none where it is for one alone."""
    chain = _chain(entry, vocabulary)
    holder = next((one for one in chain if "actor" in one.data or "actors" in one.data), entry)
    if "actor" in holder.data:
        return []
    without = left_out(entry, vocabulary)
    return [actor for actor in _named(holder, vocabulary) if actor not in without]


def _named(entry: Entry, vocabulary: Vocabulary) -> list[str]:
    """The states that a scenario names itself, members in place of alliances, each once."""
    found: dict[str, None] = {}
    for name in texts_in(entry.data.get("actors")):
        actor = vocabulary.entry("actors", name)
        if actor:
            one = [name] if actor.text("kind") == STATE else members_of(name, vocabulary)
            found |= dict.fromkeys(one)
    return list(found)


def _faults(entry: Entry, vocabulary: Vocabulary) -> Iterator[Problem]:
    """What is wrong with the actors that a scenario names; ids that nobody knows are told by the loader."""
    if "actor" in entry.data and "actors" in entry.data:
        hint = "Keep `actor` for a scenario of one, `actors` for one that is made for each of several."
        message = "A scenario has either an actor or several."
        yield Problem("scenario-actors", message, entry.place("actors"), hint)
    known = {name for one in _chain(entry, vocabulary) for name in _named(one, vocabulary)}
    if "actors" in entry.data and not known:
        message = f"No actor is among {', '.join(texts_in(entry.data['actors'])) or 'none'}."
        hint = "Name states, or an alliance that has members in the files of the states."
        yield Problem("scenario-actors", message, entry.place("actors"), hint)
    for table in entry.tables("without"):
        if (actor := str(table.get("actor"))) not in known:
            message = f"{actor!r} is left out, but not among the actors of the scenario."
            hint = nearest(actor, tuple(sorted(known)))
            yield Problem("scenario-actors", message, entry.place("without"), hint)
    for actor in entry.table(_OTHERWISE):
        if actor not in known:
            message = f"{actor!r} is given keys of its own, but is not among the actors of the scenario."
            hint = nearest(actor, tuple(sorted(known)))
            yield Problem("scenario-actors", message, entry.place(_OTHERWISE, actor), hint)


def _made(entry: Entry, ids: Mapping[str, Mapping[str, str]], vocabulary: Vocabulary) -> Iterator[Entry]:
    """The scenarios of a scenario that is for several actors."""
    for actor, identifier in ids[entry.id].items():
        kept = {key: value for key, value in entry.data.items() if key not in _OWN}
        otherwise = entry.table(_OTHERWISE).get(actor)
        kept = overlay(kept, otherwise) if isinstance(otherwise, dict) else kept
        label = f"{vocabulary.label('actors', actor)}: {kept.get('label')}"
        one = Entry(
            entry.kind,
            identifier,
            {**kept, "actor": actor, "label": label},
            entry.layers,
            entry.file,
            entry.files,
            entry.id,
        )
        yield _renamed(one, actor, ids)


def _renamed(entry: Entry, actor: str, ids: Mapping[str, Mapping[str, str]]) -> Entry:
    """A scenario with those of its own actor in place of the ones for several that it names."""
    names = {key: ids.get(entry.text(key), {}).get(actor) for key in _NAMES}
    data = {**entry.data, **{key: name for key, name in names.items() if name}}
    return Entry(entry.kind, entry.id, data, entry.layers, entry.file, entry.files, entry.written)
