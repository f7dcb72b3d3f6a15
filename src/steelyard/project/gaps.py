"""What does not add up in the roles of one document: nobody leads, two lead, or nothing pays for a lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from steelyard.core.claim import Claim
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.project.posture import Cell, Role, stated_roles

_LEAD, _SHARED = "lead", "shared"
# A document that only calls somebody able to lead, asks it to or foresees it gives no lead yet.
_NOT_YET = ("can", "should", "would")


@dataclass(frozen=True, slots=True)
class Gap:
    """What does not add up in one document: a `kind` of finding on one responsibility, told in `text`.

    Kinds are "no-lead", "two-leads", "lead-not-as-fact" and "lead-without-budget".
    """

    posture: str
    function: str
    kind: str
    actors: tuple[str, ...]
    text: str


def find_gaps(posture: Entry, vocabulary: Vocabulary, claims: Sequence[Claim] | None = None) -> Iterator[Gap]:
    """What does not add up in the roles of one document, responsibility by responsibility.

    Without `claims` no budget line is looked for.
    """
    stated = stated_roles(posture)
    for function in dict.fromkeys(function for function, _ in stated):
        roles = [role for (name, _), role in stated.items() if name == function]
        yield from _leading_gaps(posture, function, roles, vocabulary)
        for role in roles if claims is not None else ():
            if role.role == _LEAD and (gap := _unpaid_lead(posture, role, vocabulary, claims or ())):
                yield gap


def _leading_gaps(
    posture: Entry, function: str, roles: Sequence[Role], vocabulary: Vocabulary
) -> Iterator[Gap]:
    """No lead, two leads, or a lead that is only told as possible, demanded or foreseen."""
    name = vocabulary.label("functions", function)
    leads = [role for role in roles if role.role == _LEAD]
    actors = tuple(role.actor for role in leads)
    told = " and ".join(vocabulary.label("actors", actor) for actor in actors)
    if not leads and sum(role.role == _SHARED for role in roles) < 2:
        text = f"{posture.label} names nobody who leads in: {name}."
        yield Gap(posture.id, function, "no-lead", tuple(role.actor for role in roles), text)
    elif len(leads) > 1:
        yield Gap(
            posture.id, function, "two-leads", actors, f"{posture.label} has two leads, {told}, in: {name}."
        )
    elif leads and leads[0].modality in _NOT_YET:
        manner = f"“{leads[0].modality}” lead, which does not say that it does"
        text = f"{posture.label}: {told} {manner}, in: {name}."
        yield Gap(posture.id, function, "lead-not-as-fact", actors, text)


def _unpaid_lead(posture: Entry, role: Role, vocabulary: Vocabulary, claims: Sequence[Claim]) -> Gap | None:
    """That no claim of the case is on money of the leading actor for a responsibility that money pays for."""
    measures = _paid_by(role.function, vocabulary)
    if not measures or any(claim.actor == role.actor and claim.measure in measures for claim in claims):
        return None
    labels = " or ".join(vocabulary.label("measures", measure) for measure in measures)
    actor, name = vocabulary.label("actors", role.actor), vocabulary.label("functions", role.function)
    text = f"{actor} leads in {posture.label}, but the case has no claim on its {labels.lower()}: {name}."
    return Gap(posture.id, role.function, "lead-without-budget", (role.actor,), text)


def _paid_by(function: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    entry = vocabulary.entry("functions", function)
    return entry.texts("measures") if entry else ()


def led_without_measure(cells: Iterable[Cell], vocabulary: Vocabulary) -> Iterator[str]:
    """Responsibilities with a lead for which the vocabulary lists no measure that pays."""
    led = (
        cell.function for cell in cells for role in (cell.before, cell.after) if role and role.role == _LEAD
    )
    return (function for function in dict.fromkeys(led) if not _paid_by(function, vocabulary))
