"""Figures of no known measure: what a source says in the same words, of the same actor, in the same unit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from steelyard.check.fit import fit_of
from steelyard.core.claim import Claim

# Keys in which two figures of the same words may still be of two things, if both say something.
_TELLING = ("measure", "item", "statistic", "aggregation", "period", "baseline", "status")
_FEWEST_LETTERS = 4
_SAID = (*_TELLING, "actor", "unit", "about", "value", "low", "high", "negated", "condition")
# Two amounts of one actor share as many digits by chance once in hundreds.
FEWEST_DIGITS = 3
_WORD = re.compile(r"\w+")


def in_the_same_words(draft: Claim, sources: Iterable[Claim]) -> tuple[list[Claim], list[Claim]]:
    """What sources say of the same thing, by its words, unit and actor: equal figures, and others."""
    equal: list[Claim] = []
    other: list[Claim] = []
    for source in sources:
        if _is_same_thing(draft, source):
            fits = _is_ordered(source) and fit_of(draft.interval, source.interval) == "meets"
            (equal if fits else other).append(source)
    return equal, other


def by_unit(claims: Iterable[Claim]) -> dict[str | None, list[Claim]]:
    """The numbers among claims by their unit, in order; one that says the same as another only once."""
    first: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        if claim.is_number:
            keys = (getattr(claim, key) for key in _SAID)
            first.setdefault((*keys,), claim)
    found: dict[str | None, list[Claim]] = {}
    for claim in first.values():
        found.setdefault(claim.unit, []).append(claim)
    return found


def _is_ordered(claim: Claim) -> bool:
    return claim.low is None or claim.high is None or claim.low <= claim.high


def _is_same_thing(draft: Claim, source: Claim) -> bool:
    if not source.is_number or draft.unit != source.unit:
        return False
    # A draft that leaves the actor open may be of any; one that names it rests on no figure of nobody.
    if draft.actor not in (None, source.actor) or bool(draft.negated) != bool(source.negated):
        return False
    if source.condition and not draft.condition:
        return False
    said = ((getattr(draft, key), getattr(source, key)) for key in _TELLING)
    if any(one and other and one != other for one, other in said) or _turns(draft) != _turns(source):
        return False
    return (draft.measure is not None and draft.measure == source.measure) or about_the_same(draft, source)


def _turns(claim: Claim) -> str:
    """Whether something rises or falls by it; other directions are hedges, which the interval holds."""
    return claim.direction if claim.direction in ("up", "down") else ""


def about_the_same(draft: Claim, source: Claim) -> bool:
    """Whether two figures are of the same words, or the words of one among those of the other."""
    one, other = _words(draft), _words(source)
    if not one and not other:
        return _is_one_of_a_kind(draft, source)
    if one == other:
        return True
    fewer, more = sorted((one, other), key=len)
    return fewer < more and any(len(word) >= _FEWEST_LETTERS or word.isdigit() for word in fewer)


def _is_one_of_a_kind(draft: Claim, source: Claim) -> bool:
    """Whether two figures without words are one all the same: nobody has two amounts of so many digits."""
    if draft.actor is None or draft.measure or source.measure or not draft.value:
        return False
    return draft.value == source.value and len(draft.value.normalize().as_tuple().digits) >= FEWEST_DIGITS


def _words(claim: Claim) -> frozenset[str]:
    """The words that say what a figure is of, nouns in the singular."""
    words = _WORD.findall((claim.about or "").casefold())
    return frozenset(
        word[:-1] if len(word) >= _FEWEST_LETTERS and word.endswith("s") else word for word in words
    )
