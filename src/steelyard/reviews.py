"""Reviews: what a person has decided on findings and on claims, a line of JSON each.

A finding is named by its hash, which is made of what its claims say. So it comes back when a claim of it
changes, and stays away when only the text around it does. Reviews of claims stand in the same file.

The file is only ever added to, a line at a time. A power cut may leave a line that ends before its JSON does:
it is told, and was never confirmed to anybody.
"""

from __future__ import annotations

import codecs
import errno
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from steelyard.claim_reviews import ClaimReview, read_claim_review
from steelyard.core.data_file import read_data_file
from steelyard.core.problems import Place, Problem
from steelyard.core.whole_file import to_disk
from steelyard.locks import locked

if TYPE_CHECKING:
    from steelyard.check.findings import Finding

REVIEWS_FILE = "reviews.jsonl"
Decision = Literal["dismiss", "reopen"]
DECISIONS: tuple[Decision, ...] = ("dismiss", "reopen")
# So many signs of a hash tell findings apart; the terminal prints no more.
SHORTEST = 12
_KEYS = ("hash", "decision", "reason", "by", "date")
_HASH = re.compile(rf"[0-9a-f]{{{SHORTEST},64}}")
_LONGEST_SIGN = 4  # bytes of a sign in UTF-8
# How long another process may take to add its own line.
_PATIENCE = 30.0
_HINT = 'A line is {"hash": "0123456789ab", "decision": "dismiss", "reason": "..."}.'
_CLAIM_HINT = 'A line on a claim is {"claim": "0123456789ab", "decision": "reject", "reason": "..."}.'


@dataclass(frozen=True, slots=True)
class Review:
    """What was decided on the finding whose hash begins with `hash`, and why."""

    hash: str
    decision: Decision
    reason: str
    origin: Place


AnyReview = Review | ClaimReview


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Findings after review: those that stand, those dismissed, and reviews that no finding answers to."""

    findings: list[Finding]
    dismissed: list[Finding]
    problems: list[Problem]


def load_reviews(path: Path) -> tuple[tuple[AnyReview, ...], list[Problem]]:
    """The reviews of a file, none where there is no such file, and what is wrong with it."""
    try:
        return read_reviews(_text(read_data_file(path)), str(path)) if path.is_file() else ((), [])
    except UnicodeDecodeError:
        problem = Problem("not-text", "The file is not UTF-8 text.", Place(str(path)), "Save it as UTF-8.")
    except OSError as error:
        problem = Problem("unreadable", f"The file cannot be read: {error.strerror}.", Place(str(path)))
    return (), [problem]


def append_review(path: Path, review: Mapping[str, str]) -> AnyReview:
    """Add a review to the end of a file; when this returns, it is on the disk.

    `review` has the keys of a line: `hash`, `decision`, `reason` and, if known, `by` and `date`.

    Raises:
        ValueError: it is no review; the message says why.
        OSError: it cannot be written, and the file is as it was.
    """
    return append_line(path, json.dumps(dict(review), ensure_ascii=False))


def append_line(path: Path, line: str) -> AnyReview:
    """Add the line of a review to the end of a file; when this returns, it is on the disk.

    It is written at once, while no other process adds one. What was there stays as it is, a line cut off
    included.

    Raises:
        ValueError: it is no review; the message says why.
        OSError: it cannot be written, and the file is as it was.
    """
    if "\n" in line:
        raise ValueError("a review is one line")
    made = _review(_json(line), Place(str(path)))
    with locked(path.with_name(f".{path.name}.lock"), patience=_PATIENCE):
        _append(path, line.encode())
    return made


def _append(path: Path, line: bytes) -> None:
    """Add a line to a file whose last line may have been cut off, and bring it to the disk."""
    is_new = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        length = os.lseek(file, 0, os.SEEK_END)
        os.lseek(file, max(0, length - _LONGEST_SIGN), os.SEEK_SET)
        tail = os.read(file, _LONGEST_SIGN)
        # A sign cut in the midst would make the file unreadable as soon as something stands behind it.
        start = length - _cut_sign(tail)
        data = (b"" if tail.endswith(b"\n") or not start else b"\n") + line + b"\n"
        os.lseek(file, start, os.SEEK_SET)
        try:
            if os.write(file, data) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            os.fsync(file)
        except OSError as error:
            os.ftruncate(file, start)
            error.filename = str(path)
            raise
    finally:
        os.close(file)
    if is_new:
        to_disk(path.parent)


def _cut_sign(data: bytes) -> int:
    """How many bytes at the end of UTF-8 text are the beginning of a sign that was cut off."""
    for length in range(1, min(_LONGEST_SIGN, len(data) + 1)):
        lead = data[-length]
        if lead >= 0xC0:
            return length if length < (2 if lead < 0xE0 else 3 if lead < 0xF0 else 4) else 0
        if lead < 0x80:
            break
    return 0


def _text(data: bytes) -> str:
    """The text of a file, without a sign at its end that was cut off."""
    return codecs.getincrementaldecoder("utf-8-sig")().decode(data, final=False)


def read_reviews(text: str, file: str) -> tuple[tuple[AnyReview, ...], list[Problem]]:
    """The reviews in the lines of a file, and what is wrong with others."""
    reviews: list[AnyReview] = []
    problems: list[Problem] = []
    # Not splitlines: a reason may hold a line separator, which JSON leaves as it is.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        place, data = Place(file, number), _json(line)
        try:
            reviews.append(_review(data, place))
        except ValueError as error:
            if data is None and _is_torn(line):
                problems.append(_torn(place))
                continue
            message = f"The line is no review: {error}."
            hint = _CLAIM_HINT if isinstance(data, dict) and "claim" in data else _HINT
            problems.append(Problem("broken-review", message, place, hint))
    return tuple(reviews), problems


def apply_reviews(findings: Sequence[Finding], reviews: Sequence[AnyReview]) -> Reviewed:
    """The findings without those that were dismissed; of several reviews of one, the last counts."""
    decided: dict[str, Review] = {}
    idle: list[Review] = []
    for review in reviews:
        if isinstance(review, ClaimReview):
            continue
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


def _json(line: str) -> object:
    """What a line of JSON holds, its numbers exact; None where it cannot be read or not be written again."""
    try:
        data: object = json.loads(line, parse_float=Decimal)
        json.dumps(data, ensure_ascii=False, default=str).encode()  # JSON can name half a character alone
    except (ValueError, RecursionError, InvalidOperation):
        return None
    return data


def _review(data: object, place: Place) -> AnyReview:
    """The review that the value of a line is.

    Raises:
        ValueError: it is none; the message says why.
    """
    if data is None:
        raise ValueError("no JSON that can be read")
    if not isinstance(data, dict):
        raise ValueError("a review is a JSON object in {braces}")
    if "claim" in data:
        return read_claim_review(data, place)
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


def _is_torn(line: str) -> bool:
    """Whether a line begins as a review does and ends before it is one; what it amends may be whole."""
    line = line.rstrip()
    return line.startswith("{") and (not line.endswith("}") or _json(f"{line}}}") is not None)


def _torn(place: Place) -> Problem:
    message = "The line was cut off while it was written, so nothing was decided by it."
    return Problem("torn-review", message, place, "Decide once more, and take the line out.", "warning")


def _idle(review: Review) -> Problem:
    message = f"No finding has the hash {review.hash[:SHORTEST]} any more ({review.reason})."
    hint = "A claim of it has changed or is gone. Look at the findings again, and take the line out."
    return Problem("review-without-finding", message, review.origin, hint, "warning")
