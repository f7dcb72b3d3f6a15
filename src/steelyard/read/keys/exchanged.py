"""Amounts in two currencies and the rate between them, told ("at 4.25 zloty to the euro") or kept.

A told rate joins some amount in the one currency near it with one in the other. Where a text says that it
converts at one rate, two amounts in the one currency are to each other as those two in the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, islice, product
from typing import NamedTuple

from steelyard.core.claim import OR, Claim
from steelyard.read.keys.any_words import any_of
from steelyard.read.keys.neighbours import Sentences
from steelyard.read.lexicon import Lexicon

MOST_WAYS = 24
# Rates are below this: more than so many units of one currency no other one is worth.
MOST_RATE = 100_000
# Amounts that keep one rate are no less: "one Canadian dollar is taken as 0.73 US dollars" is the rate.
LEAST_AMOUNT = 10
_PER = " per "
_CODE = re.compile(r"[A-Z]{3}")


class Exchange(NamedTuple):
    """The words of a language beside a rate and for one that is kept, and the two reckonings."""

    rate: re.Pattern[str]
    same: re.Pattern[str]
    other: re.Pattern[str] | None
    at_a_rate: str
    at_one_rate: str


@lru_cache(maxsize=16)
def exchange_of(lexicon: Lexicon) -> Exchange | None:
    """The words of a language; None where it has none."""
    rate, same, other = (any_of((f"<{name}>",), lexicon) for name in ("of_a_rate", "same_rate", "other_rate"))
    ways = {one.text("of_rates"): one.id for one in lexicon.vocabulary.entries("reckonings").values()}
    if rate is None or same is None or not {"told", "kept"} <= ways.keys():
        return None
    return Exchange(rate, same, other, ways["told"], ways["kept"])


def exchanged(sentences: Sentences, words: Exchange) -> Iterator[tuple[str, str]]:
    """For each rate, and each amount said to be converted as others, its id and the ways it may fit."""
    money = [one for one in sentences.claims if _CODE.fullmatch(one.unit or "") and one.value]
    if len({one.unit for one in money}) < 2:
        return
    converted = {one.conversion_of for one in money} | {one.id for one in money if one.conversion_of}
    for claim in sentences.claims:
        if claim.id in converted:
            continue
        if _is_rate(claim, sentences, words):
            ways = list(islice(_at_a_rate(claim, money, sentences, words), MOST_WAYS + 1))
        elif (
            claim in money
            and _is_amount(claim)
            and words.same.search(sentences.text, *_own(claim, sentences))
        ):
            amounts = [one for one in money if _is_amount(one)]
            ways = list(islice(_at_one_rate(claim, amounts, words), MOST_WAYS + 1))
        else:
            continue
        if 0 < len(ways) <= MOST_WAYS:
            yield claim.id, OR.join(ways)


def _is_amount(claim: Claim) -> bool:
    return claim.value is not None and claim.value >= LEAST_AMOUNT


def _own(claim: Claim, sentences: Sentences) -> tuple[int, int]:
    return claim.sentence_start - sentences.start, claim.sentence_end - sentences.start


def _is_rate(claim: Claim, sentences: Sentences, words: Exchange) -> bool:
    """Whether a figure is a rate: by its unit, or as a small number with the words of one beside it."""
    unit = claim.unit or ""
    if not claim.value or claim.value >= MOST_RATE or claim.sentence_end - claim.sentence_start > 2000:
        return False
    if _PER in unit:
        return all(_CODE.fullmatch(one) for one in unit.split(_PER))
    if unit and not _CODE.fullmatch(unit):
        return False
    beside = sentences.beside(claim)
    return words.rate.search(beside) is not None and not (words.other and words.other.search(beside))


def _at_a_rate(rate: Claim, money: Sequence[Claim], sentences: Sentences, words: Exchange) -> Iterator[str]:
    """The ways to put two amounts near a rate, in two currencies, to either side of it.

    One of them at least stands in the sentence of the rate, the other there or in the one before.
    """
    amounts = [one for one in money if one is not rate and not _is_rate(one, sentences, words)]
    here = [one for one in amounts if one.sentence_start == rate.sentence_start]
    if len({one.unit for one in here}) < 2:
        starts = sorted({one.sentence_start for one in sentences.claims if one.start <= rate.start})
        amounts = [one for one in amounts if here and one.sentence_start in starts[-2:]]
    else:
        amounts = here
    of, _, per = (rate.unit or "").partition(_PER)
    for more, less in product(amounts, amounts):
        if more.unit == less.unit or (of and more.unit != of) or (per and less.unit != per):
            continue
        if more in here or less in here:
            yield f"{words.at_a_rate} more={more.id} less={less.id} rate={rate.id}"


def _at_one_rate(claim: Claim, money: Sequence[Claim], words: Exchange) -> Iterator[str]:
    """The ways in which the last two amounts, told as converted alike, go with two before them."""
    by_unit: dict[str, list[Claim]] = {}
    for one in money:
        if one.start <= claim.start:
            by_unit.setdefault(one.unit or "", []).append(one)
    own = by_unit.pop(claim.unit or "")[:-1]
    for unit, others in by_unit.items():
        if money and _follows_here(claim, money, unit):
            return
        for first, (one, last) in product(own[-3:], combinations(others[-3:], 2)):
            yield f"{words.at_one_rate} one={first.id} other={claim.id} first={one.id} second={last.id}"
            yield f"{words.at_one_rate} one={first.id} other={claim.id} first={last.id} second={one.id}"


def _follows_here(claim: Claim, money: Sequence[Claim], unit: str) -> bool:
    """Whether another amount of a currency still follows in the sentence: then that one is told last."""
    return any(one.unit == unit and claim.end <= one.start < claim.sentence_end for one in money)
