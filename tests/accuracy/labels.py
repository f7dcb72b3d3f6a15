"""Sentences labelled by hand, and how well the reader answers to them.

A line of a labelled set is one text with every figure that stands in it, in the keys of the contract.
Figures are paired by the longest overlap of their spans, one to one; then value, unit, direction and the
further keys that the label gives are compared. Keys that a label leaves out are not asked for.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from steelyard.core.claim import Claim
from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

FOLDER = Path(__file__).parent / "labelled"
STEPS = ("value", "value + unit", "value + unit + direction")
_NO_KEYS = {"quote", "nth", "value", "low", "high", "range", "unit", "direction", "minor", "note"}
# A third may be written 0.333 or 0.3333333; printed numbers agree to all their digits.
SAME = 1e-6
NEARLY_SAME = 2e-3
Label = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled text with its day, its figures and, where it gives them, its roles and statements."""

    id: str
    text: str
    day: date | None
    figures: Sequence[Label]
    roles: Sequence[Label] | None = None
    statements: Sequence[Label] | None = None


@dataclass(slots=True)
class Tally:
    """Counts over one labelled set: figures asked for, read, and right up to each of `STEPS`.

    `keys` counts per further key how often it was asked for and right; `surely` holds, for each claim read,
    its confidence and whether all that its label gives was right. `missed` says in words what was not.
    """

    asked: int = 0
    read: int = 0
    right: Counter[str] = field(default_factory=Counter)
    keys: dict[str, list[int]] = field(default_factory=dict)
    surely: list[tuple[float, bool]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def f1(self, step: str) -> float:
        """Harmonic mean of precision and recall at a step, in percent."""
        both = self.asked + self.read
        return 200 * self.right[step] / both if both else 100.0

    def share(self, key: str) -> float:
        """How often a further key was right where a label gives it, in percent."""
        asked, right = self.keys[key]
        return 100 * right / asked


def load_sentences(path: Path) -> list[Sentence]:
    """The labelled texts of a file."""
    return [
        _sentence(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def _sentence(line: Mapping[str, object]) -> Sentence:
    day = line.get("date")
    return Sentence(
        str(line["id"]),
        str(line["text"]),
        date.fromisoformat(str(day)) if day else None,
        _labels(line.get("figures")) or (),
        _labels(line.get("roles")),
        _labels(line.get("statements")),
    )


def _labels(value: object) -> list[Label] | None:
    return list(value) if isinstance(value, list) else None


def read_sentence(sentence: Sentence) -> list[Claim]:
    """What the reader makes of a labelled text."""
    vocabulary, _ = load_vocabulary()
    return list(read_document(Document(sentence.id, sentence.text, sentence.day), vocabulary)[0])


def tally(sentences: Iterable[Sentence]) -> Tally:
    """How well the reader answers to labelled texts."""
    result = Tally()
    for sentence in sentences:
        claims = read_sentence(sentence)
        _tally_figures(result, sentence, [claim for claim in claims if claim.kind == "figure"])
        for kind, wanted in (("role", sentence.roles), ("statement", sentence.statements)):
            if wanted is not None:
                _tally_others(
                    result, sentence, kind, wanted, [claim for claim in claims if claim.kind == kind]
                )
    return result


def _tally_figures(result: Tally, sentence: Sentence, claims: list[Claim]) -> None:
    result.asked += len(sentence.figures)
    result.read += len(claims)
    paired = _paired(sentence, claims)
    for label, claim in paired:
        if claim is None:
            result.missed.append(f"{sentence.id}: {label['quote']!r} not read")
            continue
        steps = (_same_value(label, claim), _agrees(label, claim, "unit"), _agrees(label, claim, "direction"))
        for number, step in enumerate(STEPS, start=1):
            result.right[step] += all(steps[:number])
        wrong = [key for key, good in zip(("value", "unit", "direction"), steps, strict=True) if not good]
        wrong += _tally_keys(result, label, claim)
        result.surely.append((claim.confidence, not wrong))
        if wrong:
            told = ", ".join(f"{key} {_found(claim, key)} for {_wanted(label, key)}" for key in wrong)
            result.missed.append(f"{sentence.id}: {label['quote']!r}: {told}")
    used = {id(claim) for _, claim in paired}
    for claim in claims:
        if id(claim) not in used:
            result.surely.append((claim.confidence, False))
            result.missed.append(f"{sentence.id}: {claim.quote!r} read, but no figure")


def _tally_keys(result: Tally, label: Label, claim: Claim) -> list[str]:
    """Count the further keys of a label; those that are wrong."""
    wrong = []
    for key in label.keys() - _NO_KEYS - {"about"}:
        good = _agrees(label, claim, key)
        counts = result.keys.setdefault(key, [0, 0])
        counts[0] += 1
        counts[1] += good
        wrong += [] if good else [key]
    return sorted(wrong)


def _tally_others(
    result: Tally, sentence: Sentence, kind: str, wanted: Sequence[Label], claims: list[Claim]
) -> None:
    """Count roles or statements: each label must find a claim that agrees in all keys it gives."""
    counts = result.keys.setdefault(f"{kind}s", [0, 0])
    free = list(claims)
    for label in wanted:
        found = next((claim for claim in free if _is_as_labelled(label, claim)), None)
        counts[0] += 1
        counts[1] += found is not None
        if found:
            free.remove(found)
        else:
            result.missed.append(f"{sentence.id}: {kind} {dict(label)} not read")


def _is_as_labelled(label: Label, claim: Claim) -> bool:
    """Whether a role or statement agrees; a quotation or function may be cut differently at its ends."""
    for key, value in label.items():
        found = getattr(claim, key, None)
        if key in ("quote", "function") and value is not None:
            one, other = str(value).casefold().strip(" .,"), str(found or "").casefold().strip(" .,")
            if not one or not other or (one not in other and other not in one):
                return False
        elif key in ("negated",):
            if bool(value) != bool(found):
                return False
        elif key not in _NO_KEYS and value is not None and value != found:
            return False
    return True


def _paired(sentence: Sentence, claims: Sequence[Claim]) -> list[tuple[Label, Claim | None]]:
    """Each label with the free claim that overlaps it most."""
    free = list(claims)
    pairs: list[tuple[Label, Claim | None]] = []
    for label, start in zip(sentence.figures, _starts(sentence), strict=True):
        end = start + len(str(label["quote"]))
        overlaps = [(min(end, claim.end) - max(start, claim.start), claim) for claim in free]
        most, best = max(overlaps, key=lambda pair: pair[0], default=(0, None))
        pairs.append((label, best if most > 0 else None))
        if most > 0 and best is not None:
            free.remove(best)
    return pairs


def _starts(sentence: Sentence) -> Iterator[int]:
    """Where each label's quotation stands."""
    for label in sentence.figures:
        start = -1
        for _ in range(int(str(label.get("nth", 1)))):
            start = sentence.text.find(str(label["quote"]), start + 1)
            if start < 0:
                raise ValueError(f"{sentence.id}: {label['quote']!r} does not stand in the text")
        yield start


def _same_value(label: Label, claim: Claim) -> bool:
    if label.get("value") is not None:
        return _is_near(label["value"], claim.value)
    ends = label.get("range")
    if isinstance(ends, list):
        # The bounds of a range as printed lie within what its digits leave open, at either end.
        return claim.value is None and all(
            bound is not None and abs(float(bound) - float(end)) <= 0.06 * abs(float(end)) + 0.5
            for bound, end in zip((claim.low, claim.high), ends, strict=True)
        )
    return claim.value is None and all(
        _is_near(label[key], getattr(claim, key)) for key in ("low", "high") if label.get(key) is not None
    )


def _is_near(wanted: object, found: object) -> bool:
    if found is None:
        return False
    one, other = float(str(wanted)), float(str(found))
    # Only fractions below one are rounded in the labels.
    slack = NEARLY_SAME if 0 < abs(one) < 1 and len(str(wanted)) > 4 else SAME
    return abs(one - other) <= slack * max(abs(one), abs(other), 1e-9)


def _agrees(label: Label, claim: Claim, key: str) -> bool:
    """Whether a key of the label has the same value in the claim; what the label leaves out agrees."""
    if key not in label:
        return True
    wanted, found = label[key], getattr(claim, key, None)
    if key == "speaker" and wanted and found:
        return _names_the_same(str(wanted), str(found))
    if isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
        return _is_near(wanted, found)
    return wanted == found


def _names_the_same(wanted: str, found: str) -> bool:
    """Whether a speaker as the text names him may be the one that was resolved.

    They share a word of some length, or one is the initials of the other.
    """
    one, other = (set(re.findall(r"[^\W\d_]{4,}", name.casefold())) for name in (wanted, found))
    initials = ("".join(word[0] for word in name.split() if word[0].isupper()) for name in (wanted, found))
    return bool(one & other) or wanted in initials or wanted == found


def _found(claim: Claim, key: str) -> str:
    return (
        str(claim.value if claim.value is not None else (claim.low, claim.high))
        if key == "value"
        else str(getattr(claim, key, None))
    )


def _wanted(label: Label, key: str) -> str:
    if key == "value":
        return str(label.get("value") or label.get("range") or (label.get("low"), label.get("high")))
    return str(label.get(key))
