"""Reviews: findings that a person has looked at and dismissed, each with a reason.

A finding is named by its hash, which is made of what its claims say. So it comes back when a claim of it
changes, and stays away when only the text around it does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from steelyard.core.problems import Place, Problem

if TYPE_CHECKING:
    from steelyard.check.findings import Finding

REVIEWS_FILE = "reviews.jsonl"
Decision = Literal["dismiss", "reopen"]
DECISIONS: tuple[Decision, ...] = ("dismiss", "reopen")
# So many signs of a hash tell findings apart; the terminal prints no more.
SHORTEST = 12
_KEYS = ("hash", "decision", "reason", "by", "date")
_HASH = re.compile(rf"[0-9a-f]{{{SHORTEST},64}}")
_HINT = 'A line is {"hash": "0123456789ab", "decision": "dismiss", "reason": "..."}.'


@dataclass(frozen=True, slots=True)
class Review:
    """What was decided on the finding whose hash begins with `hash`, and why."""

    hash: str
    decision: Decision
    reason: str
    origin: Place


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Findings after review: those that stand, those dismissed, and reviews that no finding answers to."""

    findings: list[Finding]
    dismissed: list[Finding]
    problems: list[Problem]


def load_reviews(path: Path) -> tuple[tuple[Review, ...], list[Problem]]:
    """The reviews of a file, none where there is no such file, and what is wrong with it."""
    try:
        return read_reviews(path.read_text(encoding="utf-8-sig"), str(path)) if path.is_file() else ((), [])
    except UnicodeDecodeError:
        problem = Problem("not-text", "The file is not UTF-8 text.", Place(str(path)), "Save it as UTF-8.")
    except OSError as error:
        problem = Problem("unreadable", f"The file cannot be read: {error.strerror}.", Place(str(path)))
    return (), [problem]


def read_reviews(text: str, file: str) -> tuple[tuple[Review, ...], list[Problem]]:
    """The reviews in the lines of a file, and what is wrong with others."""
    reviews: list[Review] = []
    problems: list[Problem] = []
    # Not splitlines: a reason may hold a line separator, which JSON leaves as it is.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        place = Place(file, number)
        try:
            reviews.append(_review(line, place))
        except ValueError as error:
            problems.append(Problem("broken-review", f"The line is no review: {error}.", place, _HINT))
    return tuple(reviews), problems


def apply_reviews(findings: Sequence[Finding], reviews: Sequence[Review]) -> Reviewed:
    """The findings without those that were dismissed; of several reviews of one, the last counts."""
    decided: dict[str, Review] = {}
    idle: list[Review] = []
    for review in reviews:
        meant = [finding.hash for finding in findings if finding.hash.startswith(review.hash)]
        decided.update(dict.fromkeys(meant, review))
        if not meant and review.decision == "dismiss":
            idle.append(review)
    gone = {name for name, review in decided.items() if review.decision == "dismiss"}
    return Reviewed(
        [finding for finding in findings if finding.hash not in gone],
        [finding for finding in findings if finding.hash in gone],
        [_idle(review) for review in idle],
    )


def _review(line: str, place: Place) -> Review:
    """The review that a line holds.

    Raises:
        ValueError: it holds none; the message says why.
    """
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("no JSON that can be read") from error
    if not isinstance(data, dict):
        raise ValueError("a review is a JSON object in {braces}")
    if unknown := [key for key in data if key not in _KEYS]:
        raise ValueError(f"{unknown[0]!r} is no key of a review; known: {', '.join(_KEYS)}")
    if wrong := [key for key, value in data.items() if not isinstance(value, str)]:
        raise ValueError(f"{wrong[0]} is not text")
    hash_, reason = data.get("hash", ""), " ".join(data.get("reason", "").split())
    if not _HASH.fullmatch(hash_):
        raise ValueError(f"hash is not {SHORTEST} to 64 of the digits 0 to 9 and a to f")
    decision = next((one for one in DECISIONS if one == data.get("decision", "dismiss")), None)
    if decision is None:
        raise ValueError(f"decision is none of {', '.join(DECISIONS)}")
    if not reason:
        raise ValueError("it gives no reason")
    return Review(hash_, decision, reason, place)


def _idle(review: Review) -> Problem:
    message = f"No finding has the hash {review.hash[:SHORTEST]} any more ({review.reason})."
    hint = "A claim of it has changed or is gone. Look at the findings again, and take the line out."
    return Problem("review-without-finding", message, review.origin, hint, "warning")
