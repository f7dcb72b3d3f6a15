"""How many claims of a gold file a reader has found, and how many of their keys it got right.

A claim counts as read when its span overlaps that of the gold claim of the same kind in the same document;
each claim read answers for one gold claim only. Its keys then count one by one. Null in the gold means that
the text does not say: any value of status, period or speaker is accepted then, and keys that the gold does
not give are not asked for.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from steelyard.core.claim import Claim

Gold = Mapping[str, object]
INTERVAL, SUBJECT = ("low", "high", "unit"), ("measure", "actor", "statistic")
_OPEN_WHERE_NULL = ("status", "period", "speaker")
_PLACE = ("kind", "document", "start", "end", "quote", "minor")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over the gold claims of one kind; `right` by key, `asked` how often the gold gives that key.

    `interval` and `subject` count claims of which all of those keys are right; `missed` names what was not.
    """

    claims: int
    read: int
    interval: int
    subject: int
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    missed: Sequence[str] = ()


def load_gold(path: Path, kind: str) -> list[Gold]:
    """The gold claims of a kind that count; minor ones are left out."""
    claims = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [claim for claim in claims if claim["kind"] == kind and not claim.get("minor")]


def score(gold: Sequence[Gold], claims: Iterable[Claim]) -> Score:
    """How well `claims` answer to the gold; documents are told apart by their names without folders."""
    free = list(claims)
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    read = interval = subject = 0
    missed = []
    for wanted in gold:
        found = _overlapping(wanted, free)
        if found is None:
            missed.append(f"{wanted['quote']}: not read")
            continue
        free.remove(found)
        read += 1
        keys = [key for key in wanted if key not in _PLACE and not _is_open(wanted, key)]
        good = {key for key in keys if _agrees(wanted[key], getattr(found, key))}
        asked.update(keys)
        right.update(good)
        interval += good.issuperset(INTERVAL)
        subject += good.issuperset(SUBJECT)
        wrong = [f"{key} {getattr(found, key)!s} for {wanted[key]!s}" for key in keys if key not in good]
        missed += [f"{wanted['quote']}: {', '.join(wrong)}"] if wrong else []
    return Score(len(gold), read, interval, subject, right, asked, missed)


def _overlapping(wanted: Gold, claims: Iterable[Claim]) -> Claim | None:
    """The claim with the longest overlap, the first of those that overlap as much."""
    lengths = [(_overlap(wanted, claim), claim) for claim in claims if _is_alike(wanted, claim)]
    best = max(lengths, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] > 0 else None


def _is_alike(wanted: Gold, claim: Claim) -> bool:
    return claim.kind == wanted["kind"] and Path(claim.document).name == wanted["document"]


def _overlap(wanted: Gold, claim: Claim) -> int:
    start, end = wanted["start"], wanted["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return min(end, claim.end) - max(start, claim.start)


def _is_open(wanted: Gold, key: str) -> bool:
    return wanted[key] is None and key in _OPEN_WHERE_NULL


def _agrees(wanted: object, found: object) -> bool:
    """Whether two values are the same; numbers as numbers."""
    if isinstance(wanted, (int, float)) and found is not None:
        return float(wanted) == float(str(found))
    return wanted == found
