"""A draft's amounts in another currency: held against the rates at which the sources convert."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from steelyard.check.accounts import accounts_of, subject_of
from steelyard.check.audited import Audited
from steelyard.check.figures import Figure
from steelyard.check.fit import fit_of
from steelyard.check.readings import bounds_json
from steelyard.check.wording import quoted, scale_for
from steelyard.core.claim import Claim
from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Entry, Vocabulary

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
# The name of what joins two currencies in one document.
CONVERSION = "conversion"
Subject = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of the currency `of` for one of `per`, as the two claims of one document have it."""

    of: str
    per: str
    interval: Interval
    claims: tuple[Claim, Claim]

    def turned(self) -> Rate:
        """The same rate the other way round."""
        return Rate(self.per, self.of, Interval.exactly(1) / self.interval, self.claims)


def rate_between(original: Claim, conversion: Claim) -> Rate | None:
    """The rate at which one claim is converted into the other; None where they are no two amounts."""
    if not (original.unit and conversion.unit) or original.unit == conversion.unit:
        return None
    if not (_in_order(original) and _in_order(conversion)):
        return None
    first, second = as_printed(original), as_printed(conversion)
    if not (first.is_bounded and second.is_bounded) or min(first.low, second.low) <= 0:
        return None
    interval = first / second
    return Rate(original.unit, conversion.unit, interval, (original, conversion))


def as_printed(claim: Claim) -> Interval:
    """What the digits of an amount leave open: of "up to 300 billion" as of 300 billion.

    Who converts a bound converts the number that he prints.
    """
    digits = _DIGITS.search(claim.quote)
    if claim.interval.is_bounded or claim.value is None or digits is None:
        return claim.interval
    number = Decimal(digits[0].replace(",", ""))
    scale = claim.value / number if number else Decimal(0)
    if scale <= 1:
        return claim.interval
    half = scale.scaleb(-len(digits[0].partition(".")[2])) / 2
    return Interval(claim.value - half, claim.value + half)


def rates_in(claims: Iterable[Claim]) -> list[Rate]:
    """The rates at which documents convert, each both ways, in the order of the claims."""
    members = list(claims)
    by_id = {(claim.document, claim.id): claim for claim in members}
    found: list[Rate] = []
    for claim in members:
        original = by_id.get((claim.document, claim.conversion_of or ""))
        if original and (rate := rate_between(original, claim)):
            found += [rate, rate.turned()]
    return found


def repeated(claim: Claim, first: Audited, rates: Sequence[Rate], vocabulary: Vocabulary) -> Audited | None:
    """The verdict on an amount that repeats the one of `first` in another currency, if that has a source."""
    rate = rate_between(first.claim, claim)
    if rate is None or first.verdict not in ("supported", "derivable"):
        return None
    for one in rates:
        if (one.of, one.per) == (rate.of, rate.per) and one.interval.meets(rate.interval):
            by = tuple(dict.fromkeys((*first.by, *one.claims)))
            text = f"It converts {quoted(first.claim)} at the rate of {one.claims[1].document}: {_pair(one)}."
            return Audited(claim, "derivable", by, text, CONVERSION)
    return _in_window(claim, first, rate, vocabulary)


def _in_window(claim: Claim, first: Audited, rate: Rate, vocabulary: Vocabulary) -> Audited | None:
    """Where no source converts so: at a rate that is possible, or at one that is not."""
    rule = window_of(rate, vocabulary)
    if rule is None:
        return None
    entry, bounds = rule
    scale = scale_for([bounds, rate.interval], f"{rate.of} per {rate.per}")
    text = f"It converts {quoted(first.claim)} at {scale.between(rate.interval)}"
    if bounds.meets(rate.interval):
        text += f", which is possible ({scale.between(bounds)}), though no source gives that rate."
        return Audited(claim, "derivable", first.by, text, entry.id)
    left = first.claim.interval / bounds
    amounts = scale_for([left, claim.interval], claim.unit or "")
    text += f", but rates are {scale.between(bounds)}, which makes it {amounts.between(left)}."
    miss = {"amount": float(left.miss(claim.interval)), "unit": claim.unit, "last_digits": None}
    ends = bounds_json(left, claim.unit), bounds_json(claim.interval, claim.unit)
    return Audited(claim, "contradicted", first.by, text, entry.id, "material", *ends, miss)


def at_a_rate(
    claim: Claim, figure: Figure, sources: Mapping[Subject, Sequence[Figure]], rates: Sequence[Rate]
) -> Audited | None:
    """What a source gives in another currency, at the rate at which its own document converts."""
    subject = subject_of(figure)
    for key, members in sources.items():
        if not figure.currency or key[:-1] != subject[:-1] or key == subject:
            continue
        accounts = [one for one in accounts_of(figure, members) if not one.differing]
        for account, rate in product(accounts, rates):
            source = account.figure
            if rate.claims[0].document != source.claim.document:
                continue
            if (rate.of, rate.per) != (source.claim.unit, figure.claim.unit):
                continue
            interval = source.interval / rate.interval
            if fit_of(figure.interval, interval) == "meets":
                by = tuple(dict.fromkeys((source.claim, *rate.claims)))
                text = f"{quoted(source.claim)} of {source.claim.document} comes to it there: {_pair(rate)}."
                expected = bounds_json(interval, claim.unit)
                return Audited(claim, "derivable", by, text, CONVERSION, expected=expected)
    return None


def _pair(rate: Rate) -> str:
    """A rate in words, by the two amounts that tell it."""
    return f"{quoted(rate.claims[0])} is {quoted(rate.claims[1])}"


def window_of(rate: Rate, vocabulary: Vocabulary) -> tuple[Entry, Interval] | None:
    """The rule that says which rates are possible, with its bounds in the units of `rate`."""
    for rule in vocabulary.entries("rules").values():
        if rule.text("kind") != "rate-window":
            continue
        bounds = Interval(rule.number("low"), rule.number("high"))
        if (rule.text("to"), rule.text("from")) == (rate.of, rate.per):
            return rule, bounds
        if (rule.text("from"), rule.text("to")) == (rate.of, rate.per):
            return rule, Interval.exactly(1) / bounds
    return None


def _in_order(claim: Claim) -> bool:
    return claim.low is None or claim.high is None or claim.low <= claim.high
