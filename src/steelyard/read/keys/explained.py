"""Two numbers of one thing whose difference the text itself explains: "the first is in cash terms".

A pointer ("the second figure", "two numbers compete") says which two figures are meant: the last two before
it, the first two behind it, or one on either side. The words near them say what sets them apart. What they
are of, no key has to tell.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from steelyard.core.claim import TOLD_APART, Claim
from steelyard.core.period import Period
from steelyard.read.keys.any_words import any_of
from steelyard.read.keys.cue_lists import CuedSentences
from steelyard.read.keys.told_apart import telling_of
from steelyard.read.lexicon import Lexicon

# How far figures may stand from a pointer and from each other, and the words that explain them from both.
REACH, NEAR, SHORT = 700, 420, 12
MOST_TIMES = 3
MOST_BETWEEN = 2
TURNS = ("up", "down")
PERCENT = ("percent", "points")
_TOLD = ("money", "count", *PERCENT)
# A part of one thing is no other number of it.
PARTS = ("of_which", "including")
RATES = frozenset(("level", "growth"))


class Pointers(NamedTuple):
    """The words of a language that point to two figures: before them, behind them, or between them.

    What is `owned` is only spoken of: "three quarters of the latter"; what is `denied` explains nothing:
    "the difference is not all new money".
    """

    back: re.Pattern[str] | None
    ahead: re.Pattern[str] | None
    between: re.Pattern[str] | None
    owned: re.Pattern[str] | None
    denied: re.Pattern[str] | None


@lru_cache(maxsize=16)
def pointers_of(lexicon: Lexicon) -> Pointers:
    """The words of a language, made on first use and kept."""
    back, ahead, between = (any_of((f"<apart_{way}>",), lexicon) for way in ("back", "ahead", "between"))
    owned = _right_before(tuple(sorted(lexicon.words("reckoning", "apart_owned"))))
    return Pointers(back, ahead, between, owned, any_of(("<apart_denied>",), lexicon))


def _right_before(words: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern for any of some words at the end of what is searched."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\s+$", re.IGNORECASE) if words else None


def explained_pairs(
    text: str,
    cued: CuedSentences,
    claims: Sequence[Claim],
    kinds: Mapping[str, str | None],
    lexicon: Lexicon,
) -> Iterator[tuple[str, str]]:
    """For each two figures whose difference the text explains, the id of the later one and how."""
    told = [claim for claim in claims if kinds[claim.id] in _TOLD]
    telling = telling_of(lexicon)
    done: set[tuple[str, str]] = set()
    for start, end, pair in _pointed(text, cued, told, kinds, pointers_of(lexicon)) if telling else ():
        if pair is None or (pair[0].id, pair[1].id) in done or pair[0].interval.meets(pair[1].interval):
            continue
        near = text[min(start, pair[0].start) : max(end, pair[1].end) + NEAR]
        if telling and (reading := telling.reading_of(near)):
            done.add((pair[0].id, pair[1].id))
            yield pair[1].id, f"{TOLD_APART} one={pair[0].id} other={pair[1].id} by={reading}"


def _pointed(
    text: str,
    cued: CuedSentences,
    told: Sequence[Claim],
    kinds: Mapping[str, str | None],
    words: Pointers,
) -> Iterator[tuple[int, int, tuple[Claim, Claim] | None]]:
    """Each pointer with the two figures to which it points, if there are such."""
    starts = [one.start for one in told]
    for pattern, way in ((words.back, "back"), (words.between, "between"), (words.ahead, "ahead")):
        for match in cued.matches(text, f"apart_{way}", pattern) if pattern else ():
            begin, end = match.span()
            if _is_in_passing(text, begin, end, words):
                continue
            number = bisect_left(starts, begin)
            before = [one for one in told[bisect_left(starts, begin - REACH) : number] if one.end <= begin]
            behind = told[bisect_left(starts, end) : bisect_right(starts, end + REACH)]
            if way == "back":
                pair = _last_two(before, kinds)
            elif way == "ahead":
                pair = _first_two(behind, kinds)
            else:
                pair = _last_two([*before, *behind[:1]], kinds) if before and behind else None
            yield match.start(), match.end(), pair


def _is_in_passing(text: str, begin: int, end: int, words: Pointers) -> bool:
    """Whether a pointer is only spoken of, or denied."""
    if words.owned and words.owned.search(text, max(0, begin - SHORT), begin):
        return True
    return words.denied is not None and words.denied.match(text, end + 1) is not None


def _last_two(claims: Sequence[Claim], kinds: Mapping[str, str | None]) -> tuple[Claim, Claim] | None:
    """The last figure, and the one before it that may be another number of the same thing."""
    if not claims:
        return None
    last = claims[-1]
    near = [one for one in reversed(claims[:-1]) if _kind(one, kinds) == _kind(last, kinds)]
    found = next((one for one in near[: MOST_BETWEEN + 1] if _may_be_one(one, last)), None)
    return (found, last) if found else None


def _first_two(claims: Sequence[Claim], kinds: Mapping[str, str | None]) -> tuple[Claim, Claim] | None:
    """The first two figures that may be two numbers of the same thing."""
    for number, one in enumerate(claims[: MOST_BETWEEN + 1]):
        rest = [other for other in claims[number + 1 :] if _kind(other, kinds) == _kind(one, kinds)]
        if rest and _may_be_one(one, rest[0]):
            return one, rest[0]
    return None


def _kind(claim: Claim, kinds: Mapping[str, str | None]) -> str | None:
    kind = kinds[claim.id]
    return kind if kind in PERCENT else claim.unit


def _may_be_one(one: Claim, other: Claim) -> bool:
    """Whether two figures can be of one thing and year, for all that their keys say."""
    if one.value is None or other.value is None or not one.value or not other.value:
        return False
    if any(claim.part_of or claim.aggregation in PARTS for claim in (one, other)):
        return False
    ratio = one.value / other.value
    if one.value == other.value or not 1 <= MOST_TIMES * ratio <= MOST_TIMES * MOST_TIMES:
        return False
    rates = {one.statistic, other.statistic} <= RATES and one.unit == other.unit == "%"
    if (one.statistic != other.statistic and not rates) or one.negated or other.negated:
        return False
    moved = one.statistic == "level" and one.direction in TURNS and other.direction in TURNS
    if moved and one.sentence_start == other.sentence_start:
        return False
    if one.actor and other.actor and one.actor != other.actor:
        return False
    years = {Period.parse(claim.period).year for claim in (one, other) if claim.period}
    return len(years - {None}) <= 1
