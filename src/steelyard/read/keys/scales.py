"""Amounts that brackets tell again in another scale: "Rs 7.85 lakh crore (Rs 785 billion)"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from steelyard.core.claim import Claim
from steelyard.read.keys.neighbours import Sentences
from steelyard.read.lexicon import Lexicon

_OPEN, _CLOSED = "(", ")"


@lru_cache(maxsize=16)
def _reckoning(lexicon: Lexicon) -> str | None:
    """The reckoning that one amount told in two scales is one; None where the data have none."""
    entries = lexicon.vocabulary.entries("reckonings").values()
    return next((entry.id for entry in entries if entry.flag("in_scales")), None)


def told_in_scales(sentences: Sentences, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """For each amount in brackets right behind one of the same digits, its id and that the two are one."""
    pairs = pairwise(zip(sentences.claims, sentences.kinds, strict=True))
    for (one, kind), (other, second) in pairs:
        if kind == second == "money" and one.unit == other.unit and _digits(one) == _digits(other):
            between = sentences.text[one.end - sentences.start : other.start - sentences.start]
            behind = sentences.text[other.end - sentences.start : other.end - sentences.start + 1]
            reckoning = _reckoning(lexicon) if between.strip() == _OPEN and behind == _CLOSED else None
            if reckoning:
                yield other.id, f"{reckoning} one={one.id} other={other.id}"


def _digits(claim: Claim) -> str:
    """The digits of an amount without its power of ten."""
    return "".join(map(str, claim.value.normalize().as_tuple().digits)) if claim.value else ""
