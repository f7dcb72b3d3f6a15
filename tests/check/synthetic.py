"""Ledgers of made-up budgets as networks: spending, GDP, shares, parts, conversions, growth, increases and
gaps of many countries over some years, printed with two to four digits by one to three sources, some of them
wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from steelyard.check.network import Flags, Floats, Integers, Network, NetworkBuilder

GDP, SPENDING, SHARE, FACTOR, FIRST, SECOND, THIRD, RATE, DOLLARS, INCREASE, GAP = range(11)
KINDS = 11
SIGNED = (INCREASE, GAP)
LEAST = 1e-9
YEARS = 6
TARGET = 0.035
CLAIMED = 0.45


@dataclass(frozen=True)
class Made:
    """A network with what is true in it, which claims are planted errors, and the exact bounds of claims as
    whole numbers times powers of ten; `is_open` marks those without a high end.
    """

    network: Network
    truth: Floats
    planted: Flags
    low: Integers
    high: Integers
    exponent: Integers
    is_open: Flags

    def bounds(self, claim: int) -> tuple[Fraction, Fraction | None]:
        """The exact bounds of a claim."""
        ten = Fraction(10) ** int(self.exponent[claim])
        high = None if self.is_open[claim] else int(self.high[claim]) * ten
        return int(self.low[claim]) * ten, high


def made(
    claims: int,
    seed: int,
    *,
    wrong: float = 0.01,
    members: int = 0,
    overlapping: bool = False,
    weighted: bool = False,
    claimed: float = CLAIMED,
) -> Made:
    """About so many claims, where each number has one with probability `claimed`, for as many countries as
    that takes by default; every `members` countries, if any, are summed up to a total for each year.

    With `overlapping` there are as many totals more, each of half of one group and half of the next. All
    claims weigh one, or with `weighted` one to three.
    """
    random = np.random.default_rng(seed)
    countries = max(1, round(claims / (YEARS * KINDS * CLAIMED * 1.3)))
    truth = _world(countries, random)
    builder = NetworkBuilder()
    low = np.full(truth.shape, LEAST)
    low[..., SIGNED] = -np.inf
    number = builder.variables(truth.size, low.ravel()).reshape(truth.shape)
    _bind(builder, number)
    said, values = number.ravel(), truth.ravel()
    # Nobody tells growth or an increase for the first year: there is none before it.
    told = np.ones(truth.shape, np.bool_)
    told[:, 0, [FACTOR, INCREASE]] = False
    said, values = said[told.ravel()], values[told.ravel()]
    begins = [*range(0, countries - 1, members)] if members else []
    if overlapping:
        begins += range(members // 2, countries - members // 2, members)
    for begin in begins:
        group = slice(begin, begin + members)
        for year in range(YEARS):
            parts = number[group, year, SPENDING]
            total = builder.variables(1, LEAST)
            builder.sums(np.append(parts, total), [*[1.0] * len(parts), -1.0])
            said, values = np.append(said, total), np.append(values, truth[group, year, SPENDING].sum())
    return _claimed(builder, said, values, wrong, random, heaviest=3 if weighted else 1, claimed=claimed)


def _world(countries: int, random: np.random.Generator) -> Floats:
    shape = (countries, YEARS)
    grown = np.cumprod(1 + random.uniform(-0.01, 0.06, shape), axis=1)
    gdp = 10 ** random.uniform(1.5, 4, (countries, 1)) * grown
    factor = 1 + random.uniform(-0.03, 0.15, shape)
    spending = (
        gdp[:, :1] * random.uniform(0.01, 0.05, (countries, 1)) * np.cumprod(factor, axis=1) / factor[:, :1]
    )
    rate = 10 ** random.uniform(-0.5, 3.2, (countries, 1)) * np.cumprod(
        1 + random.uniform(-0.05, 0.05, shape), axis=1
    )
    parts = random.dirichlet([4, 3, 2], shape) * spending[..., None]
    increase = np.diff(spending, axis=1, prepend=spending[:, :1])
    columns = [gdp, spending, 100 * spending / gdp, factor, *np.moveaxis(parts, -1, 0), rate]
    return np.stack([*columns, spending / rate, increase, TARGET * gdp - spending], axis=-1)


def _bind(builder: NetworkBuilder, number: Integers) -> None:
    """The identities, and those that follow from them in which each claimed number stands once."""
    column = [number[..., kind].ravel() for kind in range(KINDS)]
    rows = lambda *kinds: np.stack([column[kind] for kind in kinds], axis=-1)  # noqa: E731
    builder.products(rows(SPENDING, SHARE, GDP), 0.01)
    builder.products(rows(SPENDING, RATE, DOLLARS))
    builder.sums(rows(SPENDING, FIRST, SECOND, THIRD), [-1, 1, 1, 1])
    builder.sums(rows(GAP, GDP, SPENDING), [1, -TARGET, 1])
    now, before = number[:, 1:].reshape(-1, KINDS), number[:, :-1].reshape(-1, KINDS)
    previous = before[:, SPENDING]
    builder.products(np.stack([now[:, SPENDING], now[:, FACTOR], previous], axis=-1))
    builder.sums(np.stack([now[:, INCREASE], now[:, SPENDING], previous], axis=-1), [1, -1, 1])
    # gap = spending * ratio, where (ratio + 1) * share = target.
    size = len(column[GAP])
    ratio, more = builder.variables(size), builder.variables(size, LEAST)
    one, target = builder.variables(size, 1, 1), builder.variables(size, 100 * TARGET, 100 * TARGET)
    builder.products(np.stack([column[GAP], ratio, column[SPENDING]], axis=-1), implied=True)
    builder.sums(np.stack([more, ratio, one], axis=-1), [-1, 1, 1], implied=True)
    builder.products(np.stack([target, more, column[SHARE]], axis=-1), implied=True)
    # increase = previous * (factor - 1) = spending * (1 - 1 / factor).
    size = len(now)
    growth, fall, inverse = builder.variables(size), builder.variables(size), builder.variables(size, LEAST)
    ones = [builder.variables(size, 1, 1) for _ in range(3)]
    builder.sums(np.stack([growth, now[:, FACTOR], ones[0]], axis=-1), [1, -1, 1], implied=True)
    builder.products(np.stack([now[:, INCREASE], growth, previous], axis=-1), implied=True)
    builder.products(np.stack([ones[1], inverse, now[:, FACTOR]], axis=-1), implied=True)
    builder.sums(np.stack([fall, inverse, ones[2]], axis=-1), [1, 1, -1], implied=True)
    builder.products(np.stack([now[:, INCREASE], fall, now[:, SPENDING]], axis=-1), implied=True)


def _claimed(
    builder: NetworkBuilder,
    said: Integers,
    values: Floats,
    wrong: float,
    random: np.random.Generator,
    *,
    heaviest: int,
    claimed: float,
) -> Made:
    sources = np.where(random.random(len(said)) < claimed, 1 + random.poisson(0.3, len(said)), 0)
    order = random.permutation(np.repeat(np.arange(len(said)), sources))
    variable, value = said[order], values[order]
    planted = random.random(len(order)) < wrong
    slip = random.choice([-1, 1], len(order)) * random.uniform(0.01, 0.3, len(order))
    factors = np.stack([np.full(len(order), factor) for factor in (10, 0.1, 1000)] + [1 + slip, 1 + slip])
    value = np.where(
        planted, value * factors[random.integers(0, 5, len(order)), np.arange(len(order))], value
    )
    size = np.floor(np.log10(np.maximum(abs(value), 1e-12))).astype(np.int64)
    exponent = size - random.choice([2, 3, 3, 4], len(order))
    digits = np.rint(value * 10.0 ** -(exponent + 1)).astype(np.int64)
    kind = random.random(len(order))
    half = np.where(kind < 0.06, 10, 5)
    low, high = 10 * digits - half, 10 * digits + half
    is_open = (kind >= 0.06) & (kind < 0.09) & (value > 0)
    low = np.where(is_open, 100 * ((digits - 1) // 10), low)
    network_claims = (variable, _float(low, exponent, -np.inf), _float(high, exponent, np.inf))
    weight = random.integers(1, heaviest + 1, len(order)) if heaviest > 1 else 1.0
    builder.claims(network_claims[0], network_claims[1], np.where(is_open, np.inf, network_claims[2]), weight)
    return Made(builder.network(), values, planted, low, high, exponent, is_open)


def _float(digits: Integers, exponent: Integers, outward: float) -> NDArray[np.float64]:
    """The number as a float that lies beyond it."""
    power = 10.0 ** np.abs(exponent)
    return np.nextafter(np.where(exponent < 0, digits / power, digits * power), outward)
