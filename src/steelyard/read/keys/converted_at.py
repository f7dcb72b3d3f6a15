"""Amounts in two currencies and the rate at which the text says that it converts one into the other.

A rate is told as so much for one or for a hundred of the other ("1달러=1,470원", "100엔에 940원"), in a unit
of its own ("유로당 4.25즈워티"), or as a small amount beside a word for it ("환율 1,470원"). With a rate and
an amount in each currency near it the two are held against one another, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import product, starmap

from steelyard.core.claim import OR, Claim
from steelyard.read.keys.any_words import any_of
from steelyard.read.keys.nearness import fits_but_for_a_digit, is_alike
from steelyard.read.keys.neighbours import Sentences
from steelyard.read.lexicon import Lexicon

PER = " per "
BASES = (Decimal(1), Decimal(100), Decimal(1000))
# No more stands between a base and its rate.
MOST_BETWEEN = 24
# A rate is so much at most, an amount that is converted so much at least, in single units of a currency.
LARGEST_RATE, LEAST_AMOUNT = Decimal(20000), Decimal(100000)
MOST_AMOUNTS = 2
AROUND = 2
# How many times too large or too small a converted amount may be told.
MOST_APART = 2.0
MOST_TO_MOVE = 12
EQUALS = "="


@dataclass(frozen=True)
class Conversion:
    """The reckonings of amounts at a rate, for one unit and for several, and words that tell a rate."""

    for_one: str
    for_some: str
    cue: re.Pattern[str]
    converts: re.Pattern[str]
    moves: re.Pattern[str]


@lru_cache(maxsize=16)
def conversion_of(lexicon: Lexicon) -> Conversion | None:
    """The reckonings of a language that has words for rates of words."""
    entries = lexicon.vocabulary.entries("reckonings").values()
    named = {entry.text("rates_for"): entry.id for entry in entries}
    cue = any_of(("<rate_of_exchange>",), lexicon)
    converts, moves = (any_of((f"<{name}>",), lexicon) for name in ("converting", "rate_moves"))
    if not (cue and converts and moves and {"one", "some"} <= named.keys()):
        return None
    return Conversion(named["one"], named["some"], cue, converts, moves)


def converted_at(sentences: Sentences, words: Conversion | None) -> Iterator[tuple[str, str]]:
    """For each rate near amounts in both of its currencies, its id and how it joins them.

    None in a language without words for rates.
    """
    if words is None:
        return
    money = [
        claim
        for claim in sentences.claims
        if (claim.unit or "").isupper() or PER in (claim.unit or "")
        if claim.value and claim.kind == "figure"
    ]
    if len(money) < 3 or len({claim.unit for claim in money}) < 2:
        return
    for place, rate in enumerate(money):
        value = rate.value
        if value is None or value > LARGEST_RATE or _is_base(money, place):
            continue
        for way in _ways(sentences, words, money, place):
            yield rate.id, way
            break


def _ways(sentences: Sentences, words: Conversion, money: Sequence[Claim], place: int) -> Iterator[str]:
    """The ways in which a rate joins two amounts near it, as one link."""
    rate = money[place]
    unit, _, per = (rate.unit or "").partition(PER)
    base: Claim | None = None
    if not per:
        base = _base(money, place)
        if base is None and not _is_cued(sentences, words, rate):
            return
    if not _is_used(sentences, words, rate, base):
        return
    near = [one for one in _near(sentences, money, rate) if one is not base and one is not rate]
    large = [one for one in near if (one.value or Decimal(0)) >= LEAST_AMOUNT and PER not in (one.unit or "")]
    priced = [one for one in large if one.unit == unit]
    others = [one for one in large if one.unit != unit]
    sold = per or (base.unit if base else None) or ""
    sold = sold or next(iter({str(one.unit) for one in others}), "")
    others = [one for one in others if one.unit == sold]
    if not (0 < len(priced) <= MOST_AMOUNTS and 0 < len(others) <= MOST_AMOUNTS):
        return
    if not per and base is None and len({one.unit for one in large}) != 2:
        return
    told = [
        f"{words.for_some} rate={rate.id} amount={one.id} other={other.id} base={base.id}"
        if base
        else f"{words.for_one} rate={rate.id} amount={one.id} other={other.id}"
        for one, other in product(priced, others)
        if _is_near(rate, base, one, other)
    ]
    if told:
        yield OR.join(told)


def _is_near(rate: Claim, base: Claim | None, amount: Claim, other: Claim) -> bool:
    """Whether an amount is what the rate makes of another but for a writer's slip."""
    of = base.value or 1 if base else 1
    sold = (other.value or Decimal(0)) * (rate.value or 0)
    bought = (amount.value or Decimal(0)) * of
    if not sold or not bought:
        return False
    left = [(one, bought / sold * (one.value or 0)) for one in (rate, other)]
    left.append((amount, sold / bought * (amount.value or 0)))
    return is_alike(sold, bought, MOST_APART) or any(starmap(fits_but_for_a_digit, left))


def _base(money: Sequence[Claim], place: int) -> Claim | None:
    """The one or hundred units of another currency beside a rate: "1달러=1,470원", "1,470원을 1달러로"."""
    rate = money[place]
    for other in (*money[max(0, place - 1) : place], *money[place + 1 : place + 2]):
        first, last = sorted((rate, other), key=lambda one: one.start)
        apart = last.start - first.end
        alike = rate.sentence_start == other.sentence_start and rate.unit != other.unit
        if alike and other.value in BASES and apart <= MOST_BETWEEN and PER not in (other.unit or ""):
            return other
    return None


def _is_base(money: Sequence[Claim], place: int) -> bool:
    """Whether a small amount is the units that another beside it is the rate for, and no rate itself."""
    if money[place].value not in BASES:
        return False
    beside = range(max(0, place - 1), min(len(money), place + 2))
    return any(_base(money, other) is money[place] for other in beside if other != place)


def _is_used(sentences: Sentences, words: Conversion, rate: Claim, base: Claim | None) -> bool:
    """Whether a rate is one at which the text converts, and no news: "1달러=1,470원", "1,470원으로 치면"."""
    start = sentences.start
    behind = sentences.text[rate.end - start : rate.end - start + MOST_TO_MOVE]
    if words.moves.search(behind.partition(".")[0]):
        return False
    if (
        base
        and EQUALS in sentences.text[min(base.end, rate.end) - start : max(base.start, rate.start) - start]
    ):
        return True
    sentence = sentences.text[rate.sentence_start - start : rate.sentence_end - start]
    return words.converts.search(sentence) is not None


def _is_cued(sentences: Sentences, words: Conversion, rate: Claim) -> bool:
    """Whether a word for a rate stands near an amount, in its own sentence and before the next figure."""
    around = sentences.beside(rate)
    return words.cue.search(around) is not None


def _near(sentences: Sentences, money: Sequence[Claim], rate: Claim) -> list[Claim]:
    """The amounts in the sentence of a rate and in those around it."""
    starts = sorted({claim.sentence_start for claim in sentences.claims})
    own = starts.index(rate.sentence_start)
    first, last = starts[max(0, own - AROUND)], starts[min(len(starts) - 1, own + AROUND)]
    return [one for one in money if first <= one.sentence_start <= last]
