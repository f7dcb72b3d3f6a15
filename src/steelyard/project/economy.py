"""The kernel of the economy: arrays in, arrays out; no names, no files.

Symbols, after the model's section 1. Arrays are float64 (year, draw), years counted from the one after the
base year; what is an index is 1 in the base year.

    z, e       standard normal shocks; shocks as they enter the state (variable, year, draw)
    m          central path (variable, year): logs of real growth, deflator inflation, real exchange rate
    A, C       persistence (variable, variable); a root of the covariance of shocks, C C' = S
    Y, P, E    index of nominal GDP, of the deflator, of the exchange rate (national currency per foreign one)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
GROWTH, INFLATION, EXCHANGE = 0, 1, 2
BLOCK = 8192
_WORDS_PER_COUNT = 4
_TO_UNIT = 2.0**-53


@dataclass(frozen=True, slots=True)
class Drivers:
    """What moves the economy: the equation of its state, its shocks, and the streams of its chances.

    `central`: (variable, year), logs. `persistence`, `root`: (variable, variable). `foreign_inflation`:
    (year,), log deflator inflation abroad, which has no shocks of its own. `streams`: (variable, year), a
    whole number below 2**64 for each series of chances. `past`: (variable, year of a run, run), shocks as
    they came in runs of years, one of which is drawn for each such stretch of years; None for normal shocks
    by `root`. With `keep_mean` the mean of the levels follows the central path, else the median.
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


def uniforms(seed: int, stream: int, first: int, count: int) -> Array:
    """Evenly spread numbers above 0 and below 1, number `first` to `first + count - 1` of a stream, (draw,).

    A number depends on seed, stream and its own place only, so blocks may be drawn in any order and size. The
    bits are Philox's (Salmon et al., 2011).
    """
    if count < 1:
        return np.empty(0)
    start = first - first % _WORDS_PER_COUNT
    bits = np.random.Philox(key=np.array([seed, stream], np.uint64), counter=start // _WORDS_PER_COUNT)
    words = bits.random_raw(-(-(first + count - start) // _WORDS_PER_COUNT) * _WORDS_PER_COUNT)
    found = np.asarray(((words >> np.uint64(11)) + 0.5) * _TO_UNIT, np.float64)
    return found[first - start : first - start + count]


def normals(seed: int, stream: int, first: int, count: int) -> Array:
    """Standard normal shocks number `first` to `first + count - 1` of a stream, (draw,).

    Two uniform numbers give two shocks (Box and Muller, 1958), so a shock, too, depends on its own place
    only.
    """
    start = first - first % 2
    uniform = uniforms(seed, stream, start, count + first - start + (count + first - start) % 2)
    radius = np.sqrt(-2.0 * np.log(uniform[0::2]))
    angle = (2.0 * np.pi) * uniform[1::2]
    pairs = np.empty_like(uniform)
    pairs[0::2] = radius * np.cos(angle)
    pairs[1::2] = radius * np.sin(angle)
    return pairs[first - start : first - start + count]


def shocks_of(drivers: Drivers, seed: int, t: int, first: int, count: int) -> Array:
    """The shocks of year `t` (from 0) as they enter the state, (variable, draw)."""
    if drivers.past is None:
        rows = [normals(seed, int(stream), first, count) for stream in drivers.streams[:, t]]
        return _mixed(drivers.root, np.stack(rows))
    length, runs = drivers.past.shape[1:]
    # One chance for all variables and years of a stretch keeps together what came together.
    stream = int(drivers.streams[GROWTH, t - t % length])
    run = (uniforms(seed, stream, first, count) * runs).astype(np.intp)
    drawn: Array = drivers.past[:, t % length, :][:, run]
    return drawn


def _mixed(matrix: Array, vectors: Array) -> Array:
    """`matrix` times `vectors` (variable, draw), summed in a fixed order, so that no block size changes a
    bit.
    """
    mixed = np.zeros_like(vectors)
    for row, column in zip(*np.nonzero(matrix), strict=True):
        mixed[row] += matrix[row, column] * vectors[column]
    return mixed


def log_mean_of_shock(drivers: Drivers, t: int, loads: Array) -> float:
    """The log of the expected exp(loads' e) of year `t`; `loads`: (variable,)."""
    if drivers.past is None:
        return float(np.sum((loads @ drivers.root) ** 2)) / 2
    return _log_mean(loads @ drivers.past[:, t % drivers.past.shape[1], :])


def log_mean_of_level(drivers: Drivers) -> Array:
    """How far the log of the mean of nominal GDP lies above the central path by year, (year,): exact.

    The drivers are linear and their shocks independent between stretches of years, so the mean of the level
    is the product of the means of what each stretch brings.
    """
    carried = [np.array([1.0, 1.0, 0.0])]
    for _ in range(drivers.years - 1):
        carried.append(carried[-1] @ drivers.persistence)
    loads = np.cumsum(carried, axis=0)
    above = np.zeros(drivers.years)
    for t in range(drivers.years):
        if drivers.past is None:
            above[t] = sum(log_mean_of_shock(drivers, s, loads[t - s]) for s in range(t + 1))
            continue
        length = drivers.past.shape[1]
        for begin in range(0, t + 1, length):
            years = range(begin, min(begin + length, t + 1))
            above[t] += _log_mean(sum(loads[t - s] @ drivers.past[:, s - begin, :] for s in years))
    return above


def _log_mean(logs: Array) -> float:
    return float(np.log(np.mean(np.exp(logs))))


def run_economy(drivers: Drivers, seed: int, first: int, count: int, *, shocks: bool = True) -> Paths:
    """The economy in draws `first` to `first + count - 1`; without shocks, its central path `count` times."""
    years = drivers.years
    gdp, expected, prices, hoped, rate = (np.empty((years, count)) for _ in PARTS)
    state = np.zeros((3, count))
    level, price = np.ones(count), np.ones(count)
    both, own = np.array([1.0, 1.0, 0.0]), np.array([0.0, 1.0, 0.0])
    central = _centred(drivers) if shocks else drivers.central
    abroad = np.exp(np.cumsum(drivers.foreign_inflation))
    for t in range(years):
        ahead = _mixed(drivers.persistence, state) + central[:, t, None]
        more, dearer = (log_mean_of_shock(drivers, t, loads) if shocks else 0.0 for loads in (both, own))
        hoped[t] = np.exp(ahead[INFLATION] + dearer)
        expected[t] = level * np.exp(ahead[GROWTH] + ahead[INFLATION] + more)
        now = ahead + shocks_of(drivers, seed, t, first, count) if shocks else ahead
        state = now - central[:, t, None]
        level = level * np.exp(now[GROWTH] + now[INFLATION])
        price = price * np.exp(now[INFLATION])
        gdp[t], prices[t], rate[t] = level, price, price / abroad[t] * np.exp(now[EXCHANGE])
    return Paths(gdp, expected, prices, hoped, rate)


def _centred(drivers: Drivers) -> Array:
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
