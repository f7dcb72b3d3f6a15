"""Postures: who leads, shares or supports each responsibility, and what parameters that sets.

A posture may stand on a base. Parameters come down the chain, since what nobody has changed stays in force.
Roles do not: a document says only what it says, so where it is silent a comparison shows `unstated`, and
beside it, marked as such, the role that the chain below still gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from steelyard.core.forms import ROLES
from steelyard.core.problems import Problem
from steelyard.core.schema import nearest
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.project.parameters import Setting, changed_parameters, settings_in

UNSTATED = "unstated"
ORDER = tuple(reversed(ROLES))
Transition = Literal["raised", "lowered", "same", "newly stated", "no longer stated"]


@dataclass(frozen=True, slots=True)
class Role:
    """What one document gives one actor to do, in the document's own words.

    `role` is lead, shared, support or none; `modality` the strength of the wording (is, can, should, ...);
    `since` the day from which it holds: that of the document, unless the entry gives another.
    """

    function: str
    actor: str
    role: str
    quotation: str
    posture: str
    modality: str = ""
    qualifier: str = ""
    condition: str = ""
    locator: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One actor's part in one responsibility in two documents. None is a document that does not speak of it.

    `still_in_force` is the role that the later document inherits where it is itself silent.
    """

    function: str
    actor: str
    before: Role | None
    after: Role | None
    transition: Transition
    still_in_force: Role | None = None

    def to_json(self) -> dict[str, object]:
        """The cell as plain data; `before_role` and `after_role` are never empty, but may be "unstated"."""
        sides = {"before": self.before, "after": self.after, "still_in_force": self.still_in_force}
        return {
            "function": self.function,
            "actor": self.actor,
            "transition": self.transition,
            "before_role": self.before.role if self.before else UNSTATED,
            "after_role": self.after.role if self.after else UNSTATED,
            **{side: asdict(role) if role else None for side, role in sides.items()},
        }


def posture_chain(identifier: str, vocabulary: Vocabulary) -> tuple[list[Entry], list[Problem]]:
    """A posture and those below it, the lowest first; a base that is missing or comes twice ends the
    chain.
    """
    chain: list[Entry] = []
    wanted: str = identifier
    while wanted:
        entry = vocabulary.entry("postures", wanted)
        if entry is None:
            return chain[::-1], [_unknown(wanted, chain, vocabulary)]
        if entry in chain:
            names = " on ".join([*(layer.id for layer in chain), wanted])
            message = f"The postures stand on one another in a circle: {names}."
            return chain[::-1], [
                Problem(
                    "posture-cycle", message, chain[-1].place("base"), "Take the base out of one of them."
                )
            ]
        chain.append(entry)
        wanted = entry.text("base")
    return chain[::-1], []


def _unknown(wanted: str, chain: list[Entry], vocabulary: Vocabulary) -> Problem:
    """That there is no such posture; the same problem as the loader's, where the loader saw it too."""
    known = vocabulary.entries("postures")
    place = chain[-1].file.place("base") if chain else None
    message = f"{wanted!r} is not among the postures."
    if place is None:
        raise LookupError(message)
    return Problem("unknown-id", message, place, nearest(wanted, known))


def posture_settings(chain: list[Entry]) -> list[Setting]:
    """The parameter settings of a chain of postures, lowest layer first."""
    return [setting for entry in chain for setting in settings_in(entry, entry.id)]


def stated_roles(posture: Entry) -> dict[tuple[str, str], Role]:
    """The roles that a document itself gives, by function and actor; the first of two for one cell counts."""
    roles: dict[tuple[str, str], Role] = {}
    for table in posture.tables("roles"):
        role = _role({"since": posture.text("date"), **table}, posture.id)
        if role.role not in ROLES:
            continue  # the loader has said so
        roles.setdefault((role.function, role.actor), role)
    return roles


def _role(table: Mapping[str, object], posture: str) -> Role:
    texts = {key: str(table.get(key, "")) for key in Role.__slots__ if key != "posture"}
    return Role(posture=posture, **texts)


def roles_in_force(chain: list[Entry]) -> dict[tuple[str, str], Role]:
    """The roles after all layers of a chain, each remembering the document that gave it."""
    roles: dict[tuple[str, str], Role] = {}
    for posture in chain:
        roles |= stated_roles(posture)
    return roles


def compare_postures(before: str, after: str, vocabulary: Vocabulary) -> tuple[list[Cell], list[Problem]]:
    """What two documents say on each responsibility and actor that either speaks of, in the functions' order.

    Raises:
        LookupError: there is no posture of that name.
    """
    first, problems = posture_chain(before, vocabulary)
    second, more = posture_chain(after, vocabulary)
    said_before, said_after = stated_roles(first[-1]), stated_roles(second[-1])
    below = roles_in_force(second[:-1])
    order = {function: number for number, function in enumerate(vocabulary.entries("functions"))}
    keys = sorted(
        said_before.keys() | said_after.keys(), key=lambda key: (order.get(key[0], len(order)), key)
    )
    cells = []
    for key in keys:
        one, other = said_before.get(key), said_after.get(key)
        silent_on = below.get(key) if other is None else None
        cells.append(Cell(*key, one, other, transition(one, other), silent_on))
    return cells, [*problems, *more]


def transition(before: Role | None, after: Role | None) -> Transition:
    """How a cell moves from one document to the next; the order is none, support, shared, lead.

    Raises:
        ValueError: neither document speaks of the cell.
    """
    if before is None and after is None:
        raise ValueError("neither document speaks of this cell")
    if before is None:
        return "newly stated"
    if after is None:
        return "no longer stated"
    step = ORDER.index(after.role) - ORDER.index(before.role)
    return "raised" if step > 0 else "lowered" if step < 0 else "same"


def compare_settings(
    before: str, after: str, day: date, vocabulary: Vocabulary
) -> tuple[list[dict[str, object]], list[Problem]]:
    """The parameters that two postures set, with their values on a day under each.

    Raises:
        LookupError: there is no posture of that name.
    """
    first, problems = posture_chain(before, vocabulary)
    second, more = posture_chain(after, vocabulary)
    rows, faults = changed_parameters(posture_settings(first), posture_settings(second), day, vocabulary)
    return rows, [*problems, *more, *faults]
