"""The kernel of the economy: arrays in, arrays out; no names, no files.

Symbols, after the model's section 1. Arrays are float64 (year, draw), years counted from the one after the
base year; what is an index is 1 in the base year. No step depends on the machine or on the number of draws.

    z, e       standard normal shocks; shocks as they enter the state (variable, year, draw)
    m          central path (variable, year): logs of real growth, deflator inflation, real exchange rate
    A, C       persistence (variable, variable); a root of the covariance of shocks, C C' = S
    Y, P, E    index of nominal GDP, of the deflator, of the exchange rate (national currency per foreign one)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from steelyard.project.arithmetic import exponential, logarithm
from steelyard.project.chance import Array, normals, uniforms

GROWTH, INFLATION, EXCHANGE = 0, 1, 2
BLOCK = 8192


@dataclass(frozen=True, slots=True)
class Drivers:
    """What moves the economy: the equation of its state, its shocks, and the streams of its chances.

    `central`: (variable, year), logs. `persistence`: (variable, variable). `root`: (variable, source), where
    a fourth source is a shock that several countries have in common. `foreign_inflation`: (year,), log
    deflator inflation abroad, which has no shocks of its own. `streams`: (source, year), a whole number below
    2**64 for each series of chances. `past`: (variable, year of a run, run), shocks as they came in runs of
    years, one of which is drawn for each such stretch of years by the stream of the last source; None for
    normal shocks by `root`. With `keep_mean` the mean of the levels follows the central path, else the
    median.
    """

    central: Array
    persistence: Array
    root: Array
    foreign_inflation: Array
    streams: NDArray[np.uint64]
    keep_mean: bool = False
    past: Array | None = None

    @property
    def years(self) -> int:
        """How many years are run."""
        return int(self.central.shape[1])


@dataclass(frozen=True, slots=True)
class Paths:
    """The economy of each draw, (year, draw) each: `gdp`, `prices` and `rate` are 1 in the base year.

    `expected_gdp` is what was expected of `gdp` a year before; `expected_inflation` is the expected ratio of
    this year's deflator to the last.
    """

    gdp: Array
    expected_gdp: Array
    prices: Array
    expected_inflation: Array
    rate: Array

    @property
    def years(self) -> int:
        """How many years there are."""
        return int(self.gdp.shape[0])

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return int(self.gdp.shape[1])


PARTS = ("gdp", "expected_gdp", "prices", "expected_inflation", "rate")


def shocks_of(drivers: Drivers, seed: int, t: int, first: int, count: int) -> Array:
    """The shocks of year `t` (from 0) as they enter the state, (variable, draw)."""
    return entering(drivers, t, chances_of(drivers, seed, t, first, count))


def chances_of(drivers: Drivers, seed: int, t: int, first: int, count: int) -> Array:
    """What the shocks of year `t` (from 0) are made of, (source, draw): independent of one another.

    Normal numbers, one for each column of the root; or one even number that chooses a run of past years.
    """
    if drivers.past is None:
        return np.stack([normals(seed, int(stream), first, count) for stream in drivers.streams[:, t]])
    # One chance for all variables and years of a stretch keeps together what came together.
    stream = int(drivers.streams[-1, t - t % drivers.past.shape[1]])
    return uniforms(seed, stream, first, count)[None, :]


def entering(drivers: Drivers, t: int, chances: Array) -> Array:
    """The shocks of year `t` that such chances (source, draw) come to, (variable, draw)."""
    if drivers.past is None:
        return _mixed(drivers.root, chances)
    length, runs = drivers.past.shape[1:]
    drawn: Array = drivers.past[:, t % length, :][:, (chances[0] * runs).astype(np.intp)]
    return drawn


def _mixed(matrix: Array, vectors: Array) -> Array:
    """`matrix` times `vectors` (source, draw), summed in a fixed order, so that no block size changes a
    bit.
    """
    mixed = np.zeros((len(matrix), vectors.shape[1]))
    for row, column in zip(*np.nonzero(matrix), strict=True):
        mixed[row] += matrix[row, column] * vectors[column]
    return mixed


def log_mean_of_shock(drivers: Drivers, t: int, loads: Sequence[float]) -> float:
    """The log of the expected exp(loads' e) of year `t`; `loads`: (variable,)."""
    if drivers.past is None:
        return fsum(one * one for one in _loaded(loads, drivers.root)) / 2
    return _log_mean(_loaded(loads, drivers.past[:, t % drivers.past.shape[1], :]))


def log_mean_of_level(drivers: Drivers) -> Array:
    """How far the log of the mean of nominal GDP lies above the central path by year, (year,): exact.

    The drivers are linear and their shocks independent between stretches of years, so the mean of the level
    is the product of the means of what each stretch brings.
    """
    carried = [1.0, 1.0, 0.0]
    loads = [carried]
    for _ in range(drivers.years - 1):
        carried = _loaded(carried, drivers.persistence)
        loads.append([sum(both) for both in zip(loads[-1], carried, strict=True)])
    above = np.zeros(drivers.years)
    for t in range(drivers.years):
        if drivers.past is None:
            above[t] = fsum(log_mean_of_shock(drivers, s, loads[t - s]) for s in range(t + 1))
            continue
        length = drivers.past.shape[1]
        for begin in range(0, t + 1, length):
            years = range(begin, min(begin + length, t + 1))
            parts = [_loaded(loads[t - s], drivers.past[:, s - begin, :]) for s in years]
            above[t] += _log_mean([fsum(runs) for runs in zip(*parts, strict=True)])
    return above


def _loaded(loads: Sequence[float], matrix: Array) -> list[float]:
    """`loads` (row,) times `matrix` (row, column), summed exactly, so that no machine changes a bit."""
    return [fsum(a * b for a, b in zip(loads, column, strict=True)) for column in matrix.T.tolist()]


def _log_mean(logs: Sequence[float]) -> float:
    """The log of the mean of what numbers are the logs of."""
    mean = fsum(exponential(np.array(logs)).tolist()) / len(logs)
    return float(logarithm(np.array([mean]))[0])


def run_economy(drivers: Drivers, seed: int, first: int, count: int, *, shocks: bool = True) -> Paths:
    """The economy in draws `first` to `first + count - 1`; without shocks, its central path `count` times."""
    if not shocks:
        return follow(drivers, None, count)
    return follow(drivers, lambda t: shocks_of(drivers, seed, t, first, count), count)


def follow(drivers: Drivers, shocks: Callable[[int], Array] | None, count: int) -> Paths:
    """The economy in `count` draws under shocks (variable, draw) by year (from 0); None for none."""
    years = drivers.years
    gdp, expected, prices, hoped, rate = (np.empty((years, count)) for _ in PARTS)
    off = np.zeros((3, count))
    level, price = np.ones(count), np.ones(count)
    central = centred(drivers) if shocks else drivers.central
    means = means_of_shocks(drivers) if shocks else np.zeros((2, years))
    abroad = prices_abroad(drivers)
    for t in range(years):
        ahead = _mixed(drivers.persistence, off)
        off = ahead + shocks(t) if shocks else ahead
        growth, inflation = ahead[GROWTH] + central[GROWTH, t], ahead[INFLATION] + central[INFLATION, t]
        expected[t] = level * exponential(growth + inflation + means[0, t])
        hoped[t] = exponential(inflation + means[1, t])
        growth, inflation = off[GROWTH] + central[GROWTH, t], off[INFLATION] + central[INFLATION, t]
        level = level * exponential(growth + inflation)
        price = price * exponential(inflation)
        gdp[t], prices[t] = level, price
        rate[t] = price / abroad[t] * exponential(off[EXCHANGE] + central[EXCHANGE, t])
    return Paths(gdp, expected, prices, hoped, rate)


def means_of_shocks(drivers: Drivers) -> Array:
    """How far the log of what is expected a year before lies above the path without a shock, (2, year): for
    GDP and for prices.
    """
    loads = ((1.0, 1.0, 0.0), (0.0, 1.0, 0.0))
    return np.array([[log_mean_of_shock(drivers, t, load) for t in range(drivers.years)] for load in loads])


def prices_abroad(drivers: Drivers) -> Array:
    """The index of prices abroad, (year,)."""
    found: Array = exponential(np.cumsum(drivers.foreign_inflation))
    return found


def centred(drivers: Drivers) -> Array:
    """The central path, lowered so that the mean of nominal GDP follows it where that is asked for."""
    central = drivers.central.copy()
    if drivers.keep_mean:
        central[GROWTH] -= np.diff(log_mean_of_level(drivers), prepend=0.0)
    return central


def blocks_of(draws: int, size: int = BLOCK) -> list[tuple[int, int]]:
    """First number and count of each block of draws."""
    return [(first, min(size, draws - first)) for first in range(0, draws, size)]


def run_draws(drivers: Drivers, seed: int, draws: int, size: int = BLOCK) -> Paths:
    """The economy in draws 0 to `draws - 1`, run in blocks of `size`; no size changes a bit of it."""
    whole = [np.empty((drivers.years, draws)) for _ in PARTS]
    for first, count in blocks_of(draws, size):
        block = run_economy(drivers, seed, first, count)
        for part, name in zip(whole, PARTS, strict=True):
            part[:, first : first + count] = getattr(block, name)
    return Paths(*whole)
