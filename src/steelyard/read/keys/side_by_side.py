"""Figures side by side: of what kind they are beside others, how far apart, and the words between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from steelyard.core.claim import Claim
from steelyard.read.keys.neighbours import Sentences

# Numbers of things under two names may be of one thing if the larger is less than so many times the other.
AKIN = 2
# How many letters may stand between figures told side by side, and how far words behind one are looked at.
TOGETHER, MOST_BEHIND = 60, 60
# Up to which value a bare number beside percentages is taken for one of them.
MOST_PERCENT = 100
_POINTS = ("percentage point", "point")
_HALF_STOP = ";"
_MOVED = re.compile(r"\bby\s+$")
_MARK = re.compile(r"[.,;:()—–]")
_TURNING = re.compile(r"\b(?:and|while|whereas|but)\b")
_TURN = re.compile(f"{_MARK.pattern}|{_TURNING.pattern}")
_DIGIT = re.compile(r"\d")


def kinds_near(sentences: Sentences) -> list[str | None]:
    """The kinds of figures, fractions in words taken for percentages and bare numbers beside these too."""
    pairs = list(zip(sentences.claims, sentences.kinds, strict=True))
    shares = {claim.sentence_start for claim, kind in pairs if kind == "percent"}
    return [_kind_near(claim, kind, beside=claim.sentence_start in shares) for claim, kind in pairs]


def _kind_near(claim: Claim, kind: str | None, *, beside: bool) -> str | None:
    if claim.unit in _POINTS:
        return "points"
    if kind not in ("multiple", "count") or claim.unit is not None or claim.value is None:
        return kind
    if _DIGIT.search(claim.quote) is None:
        return "percent" if 0 < claim.value < 1 else kind
    return "percent" if beside and 0 < claim.value <= MOST_PERCENT else kind


def size(claim: Claim) -> Decimal:
    """The number of a figure, or an end of its range."""
    return claim.value or claim.high or claim.low or Decimal(0)


def is_moved(sentences: Sentences, claim: Claim) -> bool:
    """Whether something moves by a figure: "rose by 3 percent"."""
    return _MOVED.search(sentences.lead_of(claim)) is not None


def behind(sentences: Sentences, claim: Claim) -> str:
    """The words behind a figure up to the next figure or mark."""
    later = sentences.next_start(claim.end)
    end = min(claim.end + MOST_BEHIND, claim.sentence_end)
    end = end if later is None else min(end, later)
    return _MARK.split(sentences.text[claim.end - sentences.start : end - sentences.start])[0]


def clause_words(sentences: Sentences, claim: Claim) -> str:
    """A figure with the words of its own clause, up to the next marks, turns and figures."""
    lead = _TURN.split(sentences.lead_of(claim))[-1]
    return f"{lead}{claim.quote}{_TURN.split(behind(sentences, claim))[0]}"


def part_of_sentence(sentences: Sentences, claim: Claim) -> str:
    """The part of its sentence between half stops that holds a figure."""
    text = sentences.text[claim.sentence_start - sentences.start : claim.sentence_end - sentences.start]
    place = claim.start - claim.sentence_start
    end = text.find(_HALF_STOP, place)
    return text[text.rfind(_HALF_STOP, 0, place) + 1 : end if end >= 0 else len(text)]


def stand_together(sentences: Sentences, one: Claim, other: Claim) -> bool:
    """Whether two figures stand side by side in one sentence, and no word turns to something else between."""
    first, last = sorted((one, other), key=lambda claim: claim.start)
    if first.sentence_start != last.sentence_start or last.start - first.end > TOGETHER:
        return False
    return not is_turned(sentences, first, last)


def is_turned(sentences: Sentences, one: Claim, other: Claim) -> bool:
    """Whether a sentence turns to something else between two of its figures."""
    first, last = sorted((one, other), key=lambda claim: claim.start)
    between = sentences.text[first.end - sentences.start : last.start - sentences.start]
    return first.sentence_start == last.sentence_start and _TURNING.search(between) is not None


def linked(sentences: Sentences, one: Claim, other: Claim, link: re.Pattern[str] | None) -> bool:
    """Whether a word leads from one figure to the next one: "27 of the 36"."""
    if not 0 < other.start - one.end <= TOGETHER or link is None:
        return False
    between = sentences.text[one.end - sentences.start : other.start - sentences.start]
    return link.match(between.lstrip()) is not None and not _MARK.search(between)


def are_of_one_unit(claims: Sequence[Claim], *, loose: bool) -> bool:
    """Whether amounts are in one unit; where it is `loose`, a bare number may be of what another counts."""
    units = {claim.unit for claim in claims}
    return len(units) == 1 or (loose and len(units - {None}) == 1)


def are_alike(one: Claim, other: Claim) -> bool:
    """Whether two numbers may be of one thing: it is named alike, or only once, or they are of one size."""
    return None in (one.unit, other.unit) or one.unit == other.unit or are_akin(one, other)


def are_akin(one: Claim, other: Claim) -> bool:
    """Whether two numbers are of one size."""
    small, large = sorted((size(one), size(other)))
    return large < AKIN * small
