"""The kernel of what is owed whatever is planned: arrays in, arrays out; no names, no files.

Symbols, after the model's sections 3, 4 and 7. Arrays are float64 (draw,) for one year.

    P, E       index of the deflator and of the exchange rate, 1 in the base year
    H          what is paid under an agreement on sharing costs, a multiple of the base year's GDP
    l          lag: the index of so many years before moves the payment
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import numpy as np

from steelyard.project.chance import Array
from steelyard.project.economy import Paths

KNOWN, PRICES, SPENDING = 0, 1, 2


class Moving(NamedTuple):
    """An amount of a year in three parts: one that stays, one that moves with prices at home, and one that
    moves with the exchange rate.
    """

    fixed: float = 0.0
    prices: float = 0.0
    rate: float = 0.0

    def at(self, prices: Array, rate: Array) -> Array:
        """The amount where prices and the rate are such multiples of those of the base year."""
        return self.fixed + self.prices * prices + self.rate * rate


@dataclass(frozen=True, slots=True)
class Line:
    """Amounts by year, base year first, that no plan of spending moves; in any unit of money."""

    name: str
    amounts: tuple[Moving, ...]

    @property
    def total(self) -> str:
        """The name of its sum since the base year."""
        return f"{self.name} total"


def amounts_of(line: Line, paths: Paths) -> Iterator[tuple[Array, Array]]:
    """The amount of each year after the base year, and the sum since the base year, base year included."""
    total = np.full(paths.draws, sum(line.amounts[0]))
    for amount, prices, rate in zip(line.amounts[1:], paths.prices, paths.rate, strict=True):
        now = amount.at(prices, rate)
        total = total + now
        yield now, total


class Step(NamedTuple):
    """How a payment moves from the year before.

    `follows` is KNOWN for a ratio `growth` that is known beforehand, PRICES for the ratio of consumer prices
    `lag` years before, which is that of the deflator times `growth`, SPENDING for the ratio of spending `lag`
    years before. The ratio is kept within `low` and `high`.
    """

    follows: int
    growth: float = 1.0
    lag: int = 0
    low: float = 0.0
    high: float = inf


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is paid by agreement: `amount` in the base year, a multiple of its GDP, then a step a year."""

    amount: float
    steps: tuple[Step, ...]

    def paid(self, t: int, last: Array, prices: Sequence[Array], spending: Sequence[Array]) -> Array:
        """H[t] = H[t-1] times the ratio of its index; `prices` and `spending` start with the base year."""
        step, ratio = self.steps[t], self.steps[t].growth * np.ones_like(last)
        if step.follows != KNOWN:
            index = prices if step.follows == PRICES else spending
            year = t + 1 - step.lag
            ratio = step.growth * (index[year] / index[year - 1])
        kept: Array = last * np.minimum(np.maximum(ratio, step.low), step.high)
        return kept
