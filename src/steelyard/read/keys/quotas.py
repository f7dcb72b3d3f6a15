"""Shares into which one whole is divided: the last of a list and all others make a hundred percent.

"The remaining 22 percent" is what the shares told before it leave of the whole; which of them are meant stays
open. A list that is said to divide something is not above the whole, whatever the words that join it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from steelyard.core.claim import OR, Claim
from steelyard.read.keys.any_words import any_of
from steelyard.read.keys.neighbours import Sentences
from steelyard.read.keys.side_by_side import clause_words, kinds_near
from steelyard.read.lexicon import Lexicon

# The longest list, the fewest shares of one that is said to divide something, and where to look for words.
MOST_SHARES, LEAST_LISTED, BEFORE, MOST_LEADING = 8, 3, 160, 2
# What adds up to more than this is no list of shares of one whole with a slip in it.
MOST_OVER = Decimal("1.4")
# Shares that come so near to one are all there are.
NEARLY_ALL = Decimal("0.02")
# How many characters may stand between sentences that go on.
MOST_APART = 3
_SHARES = ("level", "share")


class Quotas(NamedTuple):
    """The words of a language for what is left, for a division and against either; the reckonings."""

    rest: re.Pattern[str]
    ahead: re.Pattern[str] | None
    division: re.Pattern[str]
    against: re.Pattern[str] | None
    of_all: str
    of_part: str
    listed: str


@lru_cache(maxsize=16)
def quotas_of(lexicon: Lexicon) -> Quotas | None:
    """The words of a language; None where it has none."""
    rest, ahead, division, against = (
        any_of((f"<{name}>",), lexicon)
        for name in ("rest_of_all", "the_rest_ahead", "of_division", "not_of_all")
    )
    ways = {one.text("of_quotas"): one.id for one in lexicon.vocabulary.entries("reckonings").values()}
    if rest is None or division is None or not {"all", "part", "listed"} <= ways.keys():
        return None
    return Quotas(rest, ahead, division, against, ways["all"], ways["part"], ways["listed"])


def shared_out(sentences: Sentences, words: Quotas) -> Iterator[tuple[str, str]]:
    """For each share that is what others leave, and each last one of a list, its id and how it follows."""
    kinds = kinds_near(sentences)
    percents = [one for one, kind in zip(sentences.claims, kinds, strict=True) if kind == "percent"]
    shares = [one for one in percents if one.statistic in _SHARES and one.value and not one.negated]
    if len(shares) < 2:
        return
    for number, claim in enumerate(shares):
        own = [one for one in shares if one.sentence_start == claim.sentence_start]
        text = sentences.text[claim.sentence_start - sentences.start : claim.sentence_end - sentences.start]
        if words.against and words.against.search(text):
            continue
        clause = clause_words(sentences, claim)
        led = words.ahead.search(clause) if words.ahead else None
        if (led and _stands_at(led, claim, clause)) or words.rest.search(clause):
            before = _before(shares, number)
            if _has_between(before, claim, percents):
                continue
            if ways := list(_left_of_all(claim, before, words)):
                yield claim.id, OR.join(ways)
        elif claim is own[-1] and _is_list(own) and _is_division(own, sentences, words):
            said = " ".join(f"portion={one.id}" for one in own)
            yield claim.id, f"{words.listed} {said}"


def _stands_at(led: re.Match[str], claim: Claim, clause: str) -> bool:
    """Whether few words stand between what leads to a share and the share: "the other, smaller 8 percent"."""
    place = clause.rfind(claim.quote)
    return led.end() <= place and len(clause[led.end() : place].split()) <= MOST_LEADING


def _before(shares: Sequence[Claim], number: int) -> Sequence[Claim]:
    """The shares before one in its sentence, and in the one before where its own has no other."""
    claim = shares[number]
    before = [one for one in shares[:number] if one.sentence_start == claim.sentence_start]
    follows = number and claim.sentence_start - shares[number - 1].sentence_end <= MOST_APART
    if not before and follows and claim.statistic != "share":  # "the remaining 24 percent of orders"
        last = shares[number - 1].sentence_start
        before = [one for one in shares[:number] if one.sentence_start == last]
    return before[-MOST_SHARES:]


def _has_between(before: Sequence[Claim], claim: Claim, percents: Sequence[Claim]) -> bool:
    """Whether a percentage stands among shares that is none of them: "a further 29 percent"."""
    if not before:
        return False
    inside = [one for one in percents if before[0].start < one.start < claim.start]
    return any(one not in before for one in inside)


def _left_of_all(claim: Claim, before: Sequence[Claim], words: Quotas) -> Iterator[str]:
    """The ways in which a share may be what those before it leave of all, or of the first of them."""
    for first in range(len(before)):
        run = before[first:]
        yield f"{words.of_all} " + " ".join(f"portion={one.id}" for one in (*run, claim))
        if len(run) > 1:
            parts = " ".join(f"portion={one.id}" for one in (*run[1:], claim))
            yield f"{words.of_part} whole={run[0].id} {parts}"


def _is_list(own: Sequence[Claim]) -> bool:
    """Whether shares may be those of one list: no run of its first ones makes up the whole already."""
    sums = list(accumulate(map(_part_of_all, own)))
    return len(own) >= LEAST_LISTED and all(abs(one - 1) > NEARLY_ALL for one in sums[1:-1])


def _part_of_all(share: Claim) -> Decimal:
    """A share as a part of one."""
    value = share.value or Decimal(0)
    return value if value < 1 and share.unit is None else value / 100


def _is_division(own: Sequence[Claim], sentences: Sentences, words: Quotas) -> bool:
    """Whether words in a sentence, or at the end of the one before it, say that something is divided."""
    first, last = own[0].sentence_start - sentences.start, own[0].sentence_end - sentences.start
    years = {one.period for one in own if one.period}
    if len(years) > 1 or sum(_part_of_all(one) for one in own) > MOST_OVER:
        return False
    return words.division.search(sentences.text, max(0, first - BEFORE), last) is not None
