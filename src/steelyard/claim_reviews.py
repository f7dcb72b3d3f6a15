"""Reviews of claims: accepted, rejected or amended by a person who has looked at their words.

A claim is named by its id. Of several decisions on one claim the last counts alone, and `undo` takes it back,
so that the one before it counts again. What a person changed stands among the claim's own reasons.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from steelyard.core.claim import Claim, Ledger
from steelyard.core.problems import Place, Problem
from steelyard.core.schema import nearest
from steelyard.corrections import AMENDABLE, Keys, amend

ClaimDecision = Literal["accept", "reject", "amend", "undo"]
CLAIM_DECISIONS: tuple[ClaimDecision, ...] = ("accept", "reject", "amend", "undo")
_DONE: Mapping[ClaimDecision, str] = {"accept": "accepted", "reject": "rejected", "amend": "amended"}
# What takes something away or changes it says why; that a claim is right needs no more words.
_WITH_REASON = ("reject", "amend")
_TEXTS = ("claim", "decision", "reason", "quote", "by", "date")
_CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class ClaimReview:
    """What was decided on the claim of that id, and why.

    `changes` are the keys that an amendment sets, `quote` the words of the claim when it was looked at.
    """

    claim: str
    decision: ClaimDecision
    origin: Place
    reason: str = ""
    changes: Keys = field(default_factory=dict, hash=False)
    quote: str = ""
    by: str = ""
    date: str = ""

    @property
    def words(self) -> str:
        """What was done and why, as the claim's reasons have it: "rejected in review: not of Korea"."""
        done = f"{_DONE.get(self.decision, 'taken back')} in review"
        return f"{done}: {self.reason}" if self.reason else done


@dataclass(frozen=True, slots=True)
class Rejection:
    """A claim that a review has taken out of the ledger, and its words."""

    claim: Claim
    words: str

    def to_json(self) -> dict[str, object]:
        """The whole claim and why it was rejected."""
        return {"claim": self.claim.to_json(), "reason": self.words}


@dataclass(frozen=True, slots=True)
class ReviewedClaims:
    """A ledger after review, the claims rejected in its order, and reviews that could not be applied."""

    ledger: Ledger
    rejected: tuple[Rejection, ...]
    problems: list[Problem]


def standing(reviews: Iterable[object]) -> dict[str, ClaimReview]:
    """The decision that counts on each claim by its id; what is no review of a claim is passed over."""
    said: dict[str, list[ClaimReview]] = {}
    for review in reviews:
        if isinstance(review, ClaimReview):
            decisions = said.setdefault(review.claim, [])
            if review.decision != "undo":
                decisions.append(review)
            elif decisions:
                decisions.pop()
    return {name: decisions[-1] for name, decisions in said.items() if decisions}


def review_claims(ledger: Ledger, reviews: Iterable[object]) -> ReviewedClaims:
    """The ledger as reviews leave it: accepted claims sure, rejected ones out, amended ones changed."""
    left = standing(reviews)
    if not left:
        return ReviewedClaims(ledger, (), [])
    kept: list[Claim] = []
    rejected: list[Rejection] = []
    problems: list[Problem] = []
    for claim in ledger:
        review = left.get(claim.id)
        if review is None:
            kept.append(claim)
        elif review.quote and review.quote != claim.quote:
            kept.append(claim)
            problems.append(_of_other_words(review, claim))
        elif review.decision == "reject":
            rejected.append(Rejection(claim, review.words))
        else:
            after, faults = _changed(claim, review)
            kept.append(after)
            problems += faults
    there = {claim.id for claim in ledger}
    problems += [_without_claim(review) for name, review in left.items() if name not in there]
    return ReviewedClaims(Ledger(kept), tuple(rejected), problems)


def read_claim_review(data: Mapping[str, object], place: Place) -> ClaimReview:
    """The review of a claim that a line of reviews holds.

    Raises:
        ValueError: it holds none; the message says why.
    """
    if unknown := [key for key in data if key not in (*_TEXTS, _CHANGES)]:
        known = ", ".join((*_TEXTS, _CHANGES))
        raise ValueError(f"{unknown[0]!r} is no key of a review of a claim; known: {known}")
    if wrong := [key for key in _TEXTS if not isinstance(data.get(key, ""), str)]:
        raise ValueError(f"{wrong[0]} is not text")
    texts = {key: str(data.get(key, "")) for key in _TEXTS}
    if not texts["claim"]:
        raise ValueError("claim is empty, and should be the id of a claim")
    decision = next((one for one in CLAIM_DECISIONS if one == texts["decision"]), None)
    if decision is None:
        raise ValueError(f"decision on a claim is none of {', '.join(CLAIM_DECISIONS)}")
    reason = " ".join(texts["reason"].split())
    if decision in _WITH_REASON and not reason:
        raise ValueError(f"it gives no reason, and {decision} needs one")
    changes = _changes(data, decision)
    others = {key: texts[key] for key in ("quote", "by", "date")}
    return ClaimReview(texts["claim"], decision, place, reason, changes, **others)


def claim_review_line(
    claim: Claim,
    decision: str,
    *,
    reason: str = "",
    changes: Keys | None = None,
    by: str = "",
    day: date | None = None,
) -> str:
    """The line of reviews, without its end, that says this of a claim as it was before any review.

    Raises:
        ValueError: the decision cannot be made; the message is a sentence that says why.
    """
    said = {"claim": claim.id, "decision": decision, "reason": reason, _CHANGES: dict(changes or {})}
    said |= {"quote": claim.quote, "by": by, "date": day.isoformat() if day else ""}
    told = {key: value for key, value in said.items() if value or key in ("claim", "decision")}
    line = json.dumps(told, ensure_ascii=False, default=_plain)
    try:
        line.encode()
        review = read_claim_review(json.loads(line, parse_float=Decimal), Place(""))
    except UnicodeEncodeError as error:
        raise ValueError("The review holds half a character, which cannot be written.") from error
    except ValueError as error:
        raise ValueError(f"This is no review: {str(error).rstrip('.')}.") from error
    if faults := _changed(claim, review)[1]:
        raise ValueError(faults[0].message)
    return line


def _plain(value: object) -> object:
    """A value that JSON does not know: numbers in quotes stay exact, and all else is its words."""
    return str(value)


def _changes(data: Mapping[str, object], decision: ClaimDecision) -> Keys:
    """The keys that an amendment sets.

    Raises:
        ValueError: there are none, another decision has some, or one cannot be set.
    """
    changes = data.get(_CHANGES, {})
    if not isinstance(changes, dict):
        raise ValueError(f"{_CHANGES} is no table of keys in {{braces}}")
    if decision != "amend":
        if changes:
            raise ValueError(f"{_CHANGES} belong to amend, not to {decision}")
        return {}
    if not changes:
        raise ValueError(f"it amends nothing; {_CHANGES} name the keys and their values")
    for key in changes:
        if key not in AMENDABLE:
            hint = f" ({near.rstrip('.')})" if (near := nearest(key, AMENDABLE)) else ""
            raise ValueError(f"{key!r} is no key that can be amended{hint}")
    return changes


def _changed(claim: Claim, review: ClaimReview) -> tuple[Claim, list[Problem]]:
    """The claim as accepted or amended, or why it cannot be; other decisions change nothing in it."""
    if review.decision not in ("accept", "amend"):
        return claim, []
    keys = {"confidence": 1} if review.decision == "accept" else review.changes
    return amend(claim, keys, review.words, review.origin)


def _of_other_words(review: ClaimReview, claim: Claim) -> Problem:
    message = f"The claim {claim.id} is now “{claim.quote}”, and the review is of “{review.quote}”."
    hint = "It is not applied. Look at the claim again, review it anew, and take the line out."
    return Problem("review-of-other-words", message, review.origin, hint, "warning")


def _without_claim(review: ClaimReview) -> Problem:
    quote = f"“{review.quote}”, " if review.quote else ""
    message = f"No claim has the id {review.claim} any more ({quote}{review.words})."
    hint = "Its sentence has changed or is gone. Look at the claims again, and take the line out."
    return Problem("review-without-claim", message, review.origin, hint, "warning")
