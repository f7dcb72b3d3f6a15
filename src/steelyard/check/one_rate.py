"""One text converts at one rate: amounts that it gives in two currencies are held against one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from steelyard.check.conversions import Rate, as_printed, rate_between
from steelyard.check.findings import Finding, make_finding
from steelyard.check.readings import Reading, bounds_json
from steelyard.check.wording import quoted, scale_for
from steelyard.core.claim import Claim, Ledger
from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Entry, Vocabulary

KIND = "one-rate"
# More conversions than an article has; each is held against every other.
MOST_RATES = 60


@dataclass(frozen=True)
class _Rule:
    """How far rates of one text may lie apart, as a part of themselves: of one year, and of the next."""

    entry: Entry
    within_year: Decimal
    between_years: Decimal

    def apart(self, one: Rate, other: Rate) -> bool:
        """Whether two conversions of a text cannot both be right.

        Amounts of two years may be converted at the rate of each; then it takes more: the larger amount in
        the one currency is the smaller one in the other, and by more than rates move. More than a year apart
        they may be anything.
        """
        years = _years_between(one, other)
        if years == 0:
            return _miss(one, other) > self.within_year
        reversed_ = one.claims[0].interval.certainly_below(other.claims[0].interval) and other.claims[
            1
        ].interval.certainly_below(one.claims[1].interval)
        turned = other.claims[0].interval.certainly_below(one.claims[0].interval) and one.claims[
            1
        ].interval.certainly_below(other.claims[1].interval)
        return years == 1 and (reversed_ or turned) and _miss(one, other) > self.between_years


def one_rate_findings(ledger: Ledger, vocabulary: Vocabulary) -> list[Finding]:
    """A contradiction for each conversion that does not fit the others of its document."""
    rule = next((one for one in vocabulary.entries("rules").values() if one.text("kind") == KIND), None)
    if rule is None:
        return []
    limits = _Rule(rule, rule.number("within_year"), rule.number("between_years"))
    found = []
    for rates in _rates(ledger):
        left = rates[:MOST_RATES]
        while odd := _odd_one(left, limits):
            found.append(_finding(*odd, limits, vocabulary))
            left.remove(odd[0])
    return found


def _rates(ledger: Ledger) -> Iterable[list[Rate]]:
    """The rates of each document and pair of currencies, in the order of the text; repeated ones once."""
    by_id = {(claim.document, claim.id): claim for claim in ledger}
    groups: dict[tuple[str, str, str], dict[tuple[object, ...], Rate]] = {}
    for claim in ledger:
        original = by_id.get((claim.document, claim.conversion_of or ""))
        rate = rate_between(original, claim) if original else None
        if rate is None:
            continue
        if (rate.of, rate.per) != tuple(sorted((rate.of, rate.per))):
            rate = Rate(rate.per, rate.of, Interval.exactly(1) / rate.interval, (claim, original or claim))
        first, second = rate.claims
        key = (first.value, first.low, second.value, second.low, _year(first) or _year(second))
        groups.setdefault((claim.document, rate.of, rate.per), {}).setdefault(key, rate)
    return [list(rates.values()) for rates in groups.values()]


def _odd_one(rates: Sequence[Rate], rule: _Rule) -> tuple[Rate, Rate] | None:
    """The rate that clashes with most others, and the first one with which it does."""
    clashes: dict[int, list[int]] = {}
    for one, other in combinations(range(len(rates)), 2):
        if rule.apart(rates[one], rates[other]):
            clashes.setdefault(one, []).append(other)
            clashes.setdefault(other, []).append(one)
    if not clashes:
        return None
    # Of two that clash with as many, the later one, as a reader would look at it.
    worst = max(clashes, key=lambda place: (len(clashes[place]), place))
    return rates[worst], rates[clashes[worst][0]]


def _miss(one: Rate, other: Rate) -> Decimal:
    """How far two rates lie apart as a part of the higher one; zero where they meet."""
    low, high = sorted((one.interval, other.interval), key=lambda interval: interval.low)
    return max(Decimal(0), 1 - low.high / high.low)


def _years_between(one: Rate, other: Rate) -> int:
    """How many years lie between two conversions; none where one of them names no year."""
    years = [_year(rate.claims[0]) or _year(rate.claims[1]) for rate in (one, other)]
    return abs(years[0] - years[1]) if years[0] and years[1] else 0


def _year(claim: Claim) -> int:
    digits = (claim.period or "").removeprefix("FY").removeprefix("../")[:4]
    return int(digits) if len(digits) == len("2026") and digits.isdigit() else 0


def _finding(odd: Rate, other: Rate, rule: _Rule, vocabulary: Vocabulary) -> Finding:
    """The contradiction of two conversions: both rates, and what the other rate makes of the odd amount."""
    if odd.claims[0].conversion_of:
        odd, other = _turned(odd), _turned(other)
    original, conversion = odd.claims
    left, told = as_printed(original) / other.interval, as_printed(conversion)
    scale = scale_for([left, told], conversion.unit or "")
    missed = left.miss(told)
    text = (
        f"{rule.entry.label}: {_in_words(other, odd)}. "
        f"At the first rate {quoted(original)} is {scale.between(left)}; "
        f"{quoted(conversion)} is {scale.between(told)}. They miss by {scale.apart(missed)}."
    )
    claims = sorted((*odd.claims, *other.claims), key=lambda claim: claim.start)
    return make_finding(
        "contradicted",
        rule.entry.id,
        claims,
        text,
        severity="material",
        expected=bounds_json(left, conversion.unit),
        found=bounds_json(told, conversion.unit),
        miss={"amount": float(missed), "unit": conversion.unit, "last_digits": None},
        readings=_readings(odd, other, vocabulary),
    )


def _turned(rate: Rate) -> Rate:
    """The same rate from the other amount to the one."""
    return Rate(rate.per, rate.of, Interval.exactly(1) / rate.interval, rate.claims[::-1])


def _in_words(one: Rate, other: Rate) -> str:
    """Two rates beside each other, in units of the currency that takes more of them."""
    shown = [one, other] if one.interval.low >= 1 else [_turned(one), _turned(other)]
    scale = scale_for([rate.interval for rate in shown], f"{shown[0].of} per {shown[0].per}")
    first, second = (scale.between(rate.interval) for rate in shown)
    return f"{_pair(one)} is {first}, {_pair(other)} {second}"


def _pair(rate: Rate) -> str:
    return f"{quoted(rate.claims[0])} for {quoted(rate.claims[1])}"


def _readings(odd: Rate, other: Rate, vocabulary: Vocabulary) -> tuple[Reading, ...]:
    """Each amount of the odd pair as the other rate has it."""
    entry = next(
        (one for one in vocabulary.entries("readings").values() if one.text("changes") == "figure"), None
    )
    if entry is None:
        return ()
    cost = round(float(entry.number("cost")), 3)
    ways = (
        (odd.claims[1], as_printed(odd.claims[0]) / other.interval),
        (odd.claims[0], as_printed(odd.claims[1]) * other.interval),
    )
    found = []
    for claim, left in ways:
        words = scale_for([left, as_printed(claim)], claim.unit or "").between(left)
        change = f"{quoted(claim)} {entry.label}: {words}"
        found.append(Reading(cost, change, claim.id, bounds_json(left, claim.unit), entry.id))
    return tuple(found)
