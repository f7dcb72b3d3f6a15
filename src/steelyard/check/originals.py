"""Figures converted from round ones: the exchange rate at which a document's amounts become round at home.

An article that converts a country's budget into dollars uses one rate for all of it. Where several of its
amounts come out round (two digits) in the country's own currency at one rate, and that is much less likely to
happen by chance than at any other, that rate and those round amounts are what it converted. The true
precision of such a figure is that of the round one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from steelyard.check.figures import Figure, last_unit
from steelyard.check.wording import scale_for
from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Vocabulary

FEWEST = 3
# More amounts than an article has; a table of hundreds would take long and tell no more.
MOST = 60
# A figure that is coarser than a hundredth of itself becomes round at almost any rate.
COARSEST = Decimal("0.01")
# How many times less likely by chance the best rate must be than the next best.
CLEAR = 5
_SCALE_NAMES = {"tn": "trillion", "bn": "billion", "m": "million", "": ""}


@dataclass(frozen=True, slots=True)
class Original:
    """A round amount in another currency from which a figure may be converted.

    `interval` is what it leaves open in the figure's own units, over all rates that fit; `words` name the
    amount.
    """

    interval: Interval
    words: str
    rate: Interval


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A round amount that a figure can come from, and the rates at which it does."""

    figure: Figure
    amount: Decimal
    rates: Interval

    @property
    def surprise(self) -> float:
        """How unlikely it is that the figure comes so near to an amount as round, as a logarithm."""
        step = last_unit(self.amount)
        width = self.figure.interval.width / self.figure.interval.middle
        return -math.log(min(1.0, float(width * self.amount / step)))


def originals_of(figures: Sequence[Figure], vocabulary: Vocabulary) -> dict[int, Original]:
    """What figures may be converted from, by their order in the ledger."""
    groups: dict[tuple[str, str | None, str], list[Figure]] = {}
    for figure in figures:
        if _may_be_converted(figure):
            groups.setdefault((figure.claim.document, figure.claim.actor, figure.currency), []).append(figure)
    found: dict[int, Original] = {}
    for (_, actor, currency), members in groups.items():
        entry = vocabulary.entry("actors", actor)
        home = entry.text("currency") if entry else ""
        window = _rate_window(currency, home, vocabulary)
        if window and home != currency and len(members) >= FEWEST:
            found.update(_converted(members, home, window))
    return found


def _may_be_converted(figure: Figure) -> bool:
    """Whether it is a rounded amount of money, fine enough for its roundness elsewhere to say something."""
    if not figure.currency or not figure.last_digit or figure.claim.hedge or figure.interval.low <= 0:
        return False
    return figure.interval.width <= COARSEST * figure.interval.middle


def _rate_window(currency: str, home: str, vocabulary: Vocabulary) -> Interval | None:
    """The rates, in units of `home` for one of `currency`, that a rule of the vocabulary thinks possible."""
    for rule in vocabulary.entries("rules").values():
        if rule.text("kind") == "rate-window" and (rule.text("from"), rule.text("to")) == (currency, home):
            return Interval(rule.number("low"), rule.number("high"))
    return None


def _converted(figures: Sequence[Figure], home: str, window: Interval) -> Iterator[tuple[int, Original]]:
    """The figures that become round at the one rate that stands out."""
    candidates = [one for figure in _distinct(figures)[:MOST] for one in _candidates(figure, window)]
    best = _most_telling_rates(candidates)
    if best is None:
        return
    for one in candidates:
        if one.rates.low <= best.low and best.high <= one.rates.high:
            half = Decimal(5).scaleb(one.amount.adjusted() - 2)
            scale = scale_for([Interval.exactly(one.amount)], home)
            words = f"about {scale.number(one.amount)} {_SCALE_NAMES[scale.word]} {home}".replace("  ", " ")
            interval = Interval.around(one.amount, half) / best
            for figure in figures:
                if figure.interval == one.figure.interval:
                    yield figure.order, Original(interval, words, best)


def _distinct(figures: Iterable[Figure]) -> list[Figure]:
    """The first figure of each amount: one that is repeated says nothing new about the rate."""
    first: dict[Interval, Figure] = {}
    for figure in figures:
        first.setdefault(figure.interval, figure)
    return list(first.values())


def _candidates(figure: Figure, window: Interval) -> Iterator[_Candidate]:
    """Amounts of two digits that the figure can stand for at some rate of the window."""
    lowest, highest = figure.interval.low * window.low, figure.interval.high * window.high
    step = Decimal(1).scaleb(lowest.adjusted() - 1)
    amount = (lowest / step).to_integral_value() * step
    while amount <= highest:
        rates = (Interval.exactly(amount) / figure.interval).meet(window)
        if rates and amount > 0:
            yield _Candidate(figure, amount, rates)
        amount += Decimal(1).scaleb(amount.adjusted() - 1) if amount > 0 else step


def _most_telling_rates(candidates: Sequence[_Candidate]) -> Interval | None:
    """The rates at which figures are round beyond chance; None where too few are, or no rate stands out."""
    windows: list[tuple[float, Decimal, Decimal]] = []
    for start in sorted({one.rates.low for one in candidates}):
        here = [one for one in candidates if one.rates.low <= start <= one.rates.high]
        best: dict[int, float] = {}
        for one in here:
            best[one.figure.order] = max(best.get(one.figure.order, 0.0), one.surprise)
        if len(best) >= FEWEST:
            windows.append((sum(best.values()), start, min(one.rates.high for one in here)))
    if not windows:
        return None
    surprise, low, high = max(windows, key=lambda window: (window[0], -window[1]))
    apart = [window[0] for window in windows if window[1] > high or window[2] < low]
    clear = all(surprise - other >= math.log(CLEAR) for other in apart)
    return Interval(low, high) if clear else None
