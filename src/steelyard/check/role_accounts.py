"""What sources say of a responsibility that a draft gives to somebody: the same, another, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from steelyard.check.wording import quoted
from steelyard.core.claim import Claim
from steelyard.core.vocabulary import Vocabulary

# What a member cannot have beside it in one responsibility; "shared" may go with leading and supporting.
_EXCLUDES = {"lead": ("support", "none"), "support": ("lead", "none"), "none": ("lead", "support", "shared")}
_FACT = "is"


@dataclass(frozen=True, slots=True)
class RoleVerdict:
    """What becomes of a role, by which claims, and why."""

    verdict: Literal["supported", "contradicted", "unsupported"]
    by: tuple[Claim, ...]
    explanation: str


def role_verdict(draft: Claim, sources: Sequence[Claim], vocabulary: Vocabulary) -> RoleVerdict:
    """Whether sources give the actor that role; another leader of the same thing contradicts it."""
    about = [one for one in sources if one.kind == "role" and function_of(one) == function_of(draft) != ""]
    own = [one for one in about if one.actor == draft.actor]
    if same := [one for one in own if one.role == draft.role and bool(one.negated) == bool(draft.negated)]:
        return _with_modality(draft, same)
    comparable = [one for one in about if is_comparable(draft, one)]
    excluding = [one for one in comparable if one.actor == draft.actor and one.role in _excluded(draft)]
    if not excluding and draft.role == "lead" and not own:
        excluding = [one for one in comparable if one.actor != draft.actor and one.role == "lead"]
    if excluding and draft.actor and draft.role:
        text = f"The draft has {role_words(draft, vocabulary)}, but {_told(excluding[0], vocabulary)}."
        return RoleVerdict("contradicted", tuple(excluding), text)
    if about:
        text = f"No source says so; {_told((own or about)[0], vocabulary)}."
    else:
        text = f"No source speaks of who has {draft.function or 'this role'}."
    return RoleVerdict("unsupported", (), text)


def function_of(claim: Claim) -> str:
    """What a role is for, in one spelling; empty where the claim does not say."""
    return " ".join((claim.function or "").casefold().split())


def _with_modality(draft: Claim, same: Sequence[Claim]) -> RoleVerdict:
    """Supported, unless the draft tells as a fact what all sources only ask for or foresee."""
    if draft.modality == _FACT and all(one.modality not in (None, _FACT) for one in same):
        text = (
            f"The draft tells as a fact what is none in its source: {quoted(same[0])} ({same[0].modality})."
        )
        return RoleVerdict("unsupported", (), text)
    text = f"{quoted(same[0])} of {same[0].document} gives the same actor the same role."
    if same[0].qualifier and same[0].qualifier != draft.qualifier:
        text += f" It is qualified there: {same[0].qualifier}."
    return RoleVerdict("supported", tuple(same), text)


def is_comparable(draft: Claim, source: Claim) -> bool:
    """Whether both speak of the same state of things: as fact or as wish, in one place and time."""
    if draft.negated or source.negated or draft.condition or source.condition or not source.actor:
        return False
    if (draft.modality or _FACT) != (source.modality or _FACT):
        return False
    keys = ("location", "period", "speaker_actor")
    said = ((getattr(draft, key), getattr(source, key)) for key in keys)
    return not any(one and other and one != other for one, other in said)


def _excluded(draft: Claim) -> tuple[str, ...]:
    return _EXCLUDES.get(draft.role or "", ())


def _told(source: Claim, vocabulary: Vocabulary) -> str:
    return f"{quoted(source)} of {source.document} has {role_words(source, vocabulary)}"


def role_words(claim: Claim, vocabulary: Vocabulary) -> str:
    """Whose role it is in words: "South Korea in the role lead (conventional deterrence)"."""
    return f"{vocabulary.label('actors', claim.actor)} in the role {claim.role} ({claim.function})"
