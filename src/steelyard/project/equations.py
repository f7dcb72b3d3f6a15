"""The kernel of the projection: arrays in, arrays out; no names, no files.

Symbols, after the model's sections 1 and 2. Arrays are float64 (year, draw), years counted from the one after
the base year; what is an index is 1 in the base year.

    z          standard normal shocks (variable, year, draw); variables are growth, inflation, exchange rate
    m          central path (variable, year): logs of real growth, deflator inflation, real exchange rate
    A, C       persistence (variable, variable); a root of the covariance of shocks, C C' = S
    Y, P, E    index of nominal GDP, of the deflator, of the exchange rate (national currency per foreign one)
    b, w, n    share of GDP in the base year; way to the target so far, 0 to 1; years
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
GROWTH, INFLATION, EXCHANGE = 0, 1, 2
BLOCK = 8192
_WORDS_PER_COUNT = 4
_TO_UNIT = 2.0**-53
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Drivers:
    """What moves the economy: the equation of its state and the first draw and seed of its shocks.

    `central`: (variable, year), logs. `persistence`, `root`: (variable, variable). `foreign_inflation`:
    (year,), log deflator inflation abroad, which has no shocks of its own. `streams`: (variable, year), a
    whole number below 2**64 for each series of shocks. With `keep_mean` the mean of the levels follows the
    central path, else the median.
    """

    central: Array
    persistence: Array
    root: Array
    foreign_inflation: Array
    streams: NDArray[np.uint64]
    keep_mean: bool = False

    @property
    def years(self) -> int:
        """How many years are run."""
        return int(self.central.shape[1])


@dataclass(frozen=True, slots=True)
class Paths:
    """The economy of each draw, (year, draw) each: `gdp`, `prices` and `rate` are 1 in the base year.

    `expected_gdp` is what was expected of `gdp` a year before; `expected_inflation` is the expected ratio of
    this year's deflator to the last. `first` is the number of the first draw.
    """

    gdp: Array
    expected_gdp: Array
    prices: Array
    expected_inflation: Array
    rate: Array
    first: int = 0

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return int(self.gdp.shape[1])


@dataclass(frozen=True, slots=True)
class Plan:
    """The numbers that a spending rule may use. Shares are fractions of GDP.

    `years_to_target` counts from the base year; `power` bends a curved path; `growth` holds one rate a year,
    or one for all; `listed` holds one share a year.
    """

    share: float
    target: float
    years_to_target: int
    power: float = 1.0
    growth: tuple[float, ...] = ()
    listed: tuple[float, ...] = ()

    def way(self, years: int) -> Array:
        """How much of the way to the target is planned to be done by each year, (year,), in time: 0 to 1."""
        return np.minimum(np.arange(1, years + 1) / self.years_to_target, 1.0)


def normals(seed: int, stream: int, first: int, count: int) -> Array:
    """Standard normal shocks number `first` to `first + count - 1` of a stream, (draw,).

    A shock depends on seed, stream and its own number only, so blocks may be drawn in any order and size. Two
    uniform numbers give two shocks (Box and Muller, 1958); the bits are Philox's (Salmon et al., 2011).
    """
    if count < 1:
        return np.empty(0)
    start = first - first % _WORDS_PER_COUNT
    bits = np.random.Philox(key=np.array([seed, stream], np.uint64), counter=start // _WORDS_PER_COUNT)
    words = bits.random_raw(-(-(first + count - start) // _WORDS_PER_COUNT) * _WORDS_PER_COUNT)
    uniform = ((words >> np.uint64(11)) + 0.5) * _TO_UNIT
    radius = np.sqrt(-2.0 * np.log(uniform[0::2]))
    angle = (2.0 * np.pi) * uniform[1::2]
    pairs = np.empty_like(uniform)
    pairs[0::2] = radius * np.cos(angle)
    pairs[1::2] = radius * np.sin(angle)
    return pairs[first - start : first - start + count]


def _mixed(matrix: Array, vectors: Array) -> Array:
    """`matrix` times `vectors` (variable, draw), summed in a fixed order, so that no block size changes a
    bit.
    """
    mixed = np.zeros_like(vectors)
    for row, column in zip(*np.nonzero(matrix), strict=True):
        mixed[row] += matrix[row, column] * vectors[column]
    return mixed


def level_variance(drivers: Drivers) -> Array:
    """The variance of the log of nominal GDP by year, (year,): exact, since the drivers are linear and
    normal.
    """
    loads = np.array([1.0, 1.0, 0.0])
    total, carried, variance = loads.copy(), loads.copy(), []
    for _ in range(drivers.years):
        variance.append(float(np.sum((total @ drivers.root) ** 2)))
        carried = carried @ drivers.persistence
        total = total + carried
    return np.cumsum(variance)


def run_economy(drivers: Drivers, seed: int, first: int, count: int, *, shocks: bool = True) -> Paths:
    """The economy in draws `first` to `first + count - 1`; without shocks, its central path `count` times."""
    years = drivers.years
    gdp, expected, prices, hoped, rate = (np.empty((years, count)) for _ in range(5))
    state = np.zeros((3, count))
    level, price = np.ones(count), np.ones(count)
    one_year = float(np.sum(drivers.root[[GROWTH, INFLATION]].sum(axis=0) ** 2)) / 2 if shocks else 0.0
    price_year = float(np.sum(drivers.root[INFLATION] ** 2)) / 2 if shocks else 0.0
    central = _centred(drivers) if shocks else drivers.central
    abroad = np.exp(np.cumsum(drivers.foreign_inflation))
    for t in range(years):
        ahead = _mixed(drivers.persistence, state) + central[:, t, None]
        hoped[t] = np.exp(ahead[INFLATION] + price_year)
        expected[t] = level * np.exp(ahead[GROWTH] + ahead[INFLATION] + one_year)
        z = _shocks(drivers, seed, t, first, count) if shocks else np.zeros((3, count))
        now = ahead + _mixed(drivers.root, z)
        state = now - central[:, t, None]
        level = level * np.exp(now[GROWTH] + now[INFLATION])
        price = price * np.exp(now[INFLATION])
        gdp[t], prices[t], rate[t] = level, price, price / abroad[t] * np.exp(now[EXCHANGE])
    return Paths(gdp, expected, prices, hoped, rate, first)


def _shocks(drivers: Drivers, seed: int, t: int, first: int, count: int) -> Array:
    """The shocks of one year, (variable, draw)."""
    return np.stack([normals(seed, int(stream), first, count) for stream in drivers.streams[:, t]])


def _centred(drivers: Drivers) -> Array:
    """The central path, lowered so that the mean of nominal GDP follows it where that is asked for."""
    central = drivers.central.copy()
    if drivers.keep_mean:
        central[GROWTH] -= np.diff(level_variance(drivers), prepend=0.0) / 2
    return central


def blocks_of(draws: int, size: int = BLOCK) -> list[tuple[int, int]]:
    """First number and count of each block of draws."""
    return [(first, min(size, draws - first)) for first in range(0, draws, size)]


def join_paths(blocks: Sequence[Paths]) -> Paths:
    """Blocks of draws side by side in the order of their numbers, whatever order they come in."""
    ordered = sorted(blocks, key=lambda block: block.first)
    names = ("gdp", "expected_gdp", "prices", "expected_inflation", "rate")
    joined = {name: np.concatenate([getattr(block, name) for block in ordered], axis=1) for name in names}
    return Paths(first=ordered[0].first, **joined)


# Spending rules: planned and carried-out spending as a multiple of the base year's GDP, (year, draw).


def linear_share(plan: Plan, paths: Paths) -> Array:
    """Rule a: the share rises by the same number of points each year until the target, then stays."""
    return curved_share(plan, paths)


def curved_share(plan: Plan, paths: Paths) -> Array:
    """Rule a'': as a power of the time gone; above 1 the effort comes late, below 1 early."""
    share = plan.share + (plan.target - plan.share) * plan.way(len(paths.gdp)) ** plan.power
    return share[:, None] * paths.expected_gdp


def geometric_share(plan: Plan, paths: Paths) -> Array:
    """Rule a': the share rises by the same percentage each year until the target, then stays."""
    share = plan.share * (plan.target / plan.share) ** plan.way(len(paths.gdp))
    return share[:, None] * paths.expected_gdp


def constant_share(plan: Plan, paths: Paths) -> Array:
    """Rule c: the share of the base year, voted on what GDP is expected to be."""
    return plan.share * paths.expected_gdp


def listed_share(plan: Plan, paths: Paths) -> Array:
    """Rule a''': one share a year, as a national plan lists them."""
    return np.array(plan.listed, np.float64)[:, None] * paths.expected_gdp


def real_growth(plan: Plan, paths: Paths) -> Array:
    """Rule b: last year's spending, raised by expected inflation and a rate of real growth."""
    steps: Array = paths.expected_inflation * _growth(plan, paths)[:, None]
    grown: Array = steps.cumprod(axis=0)
    return plan.share * grown


def nominal_steps(plan: Plan, paths: Paths) -> Array:
    """Rule d, and the nominal variant of b: last year's spending, raised by a rate for each year."""
    return np.repeat(plan.share * np.cumprod(_growth(plan, paths))[:, None], paths.draws, axis=1)


def _growth(plan: Plan, paths: Paths) -> Array:
    """One plus the rate of each year, (year,)."""
    return 1.0 + np.broadcast_to(np.array(plan.growth, np.float64), (len(paths.gdp),))


@dataclass(frozen=True, slots=True)
class Rule:
    """A spending rule: its function, its place in the model, and the numbers of a plan that it needs."""

    spend: Callable[[Plan, Paths], Array]
    equation: str
    needs: tuple[str, ...] = ()


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "linear-share": Rule(linear_share, "A[t] = (b0 + (b* - b0) min(t/n, 1)) E[Y[t] | t-1]", ("target",)),
        "geometric-share": Rule(geometric_share, "A[t] = b0 (b*/b0)^min(t/n, 1) E[Y[t] | t-1]", ("target",)),
        "curved-share": Rule(
            curved_share, "A[t] = (b0 + (b* - b0) min(t/n, 1)^s) E[Y[t] | t-1]", ("target", "power")
        ),
        "listed-share": Rule(listed_share, "A[t] = b[t] E[Y[t] | t-1]", ("shares",)),
        "constant-share": Rule(constant_share, "A[t] = b0 E[Y[t] | t-1]"),
        "real-growth": Rule(real_growth, "A[t] = A[t-1] E[P[t] | t-1] / P[t-1] (1 + r)", ("growth",)),
        "nominal-steps": Rule(nominal_steps, "A[t] = A[t-1] (1 + h[t])", ("growth",)),
    }
)


# What is read off the draws. `scale` is the base year's GDP in national currency; the first row is the base
# year.


@dataclass(frozen=True, slots=True)
class Scale:
    """What turns indices into amounts.

    `gdp`: of the base year, national currency; `rate`: national currency per foreign unit in the base year;
    `discount`: a yearly rate, or None for no discounting; `target`: whether the plan's target is one to be
    met.
    """

    gdp: float
    rate: float
    discount: float | None = None
    target: bool = True


def outcomes(spending: Array, paths: Paths, plan: Plan, scale: Scale) -> Iterator[tuple[str, Array]]:
    """Each reported variable with its values, (base year and years, draw), one after the other to spare
    memory.

    Amounts in national currency at current prices unless the name says real (prices of the base year) or
    foreign (at the market rate of the year); shares in percent. `extra` is spending less the constant share
    of actual GDP; `needed` is what the target share would take on top of the constant one in that year.
    """
    gdp, prices, rate = (_from_base(index) for index in (paths.gdp, paths.prices, paths.rate))
    local = np.vstack([np.full((1, paths.draws), plan.share), spending]) * scale.gdp
    abroad = rate * scale.rate
    extra = local - (plan.share * scale.gdp) * gdp
    # What is left of a difference of equal numbers is no money.
    extra[np.abs(extra) < _NOTHING * scale.gdp] = 0.0
    yield "spending", local
    yield "spending_real", local / prices
    yield "spending_foreign", local / abroad
    yield "share", 100.0 * local / (gdp * scale.gdp)
    yield "gdp", gdp * scale.gdp
    yield "extra", extra
    yield "extra_real", extra / prices
    yield "extra_foreign", extra / abroad
    yield "extra_cumulative", np.cumsum(extra, axis=0)
    yield "extra_cumulative_real", np.cumsum(extra / prices, axis=0)
    yield "extra_cumulative_foreign", np.cumsum(extra / abroad, axis=0)
    if scale.discount is not None:
        worth = (1.0 + scale.discount) ** -np.arange(len(gdp), dtype=np.float64)[:, None]
        yield "extra_cumulative_discounted", np.cumsum(extra / prices * worth, axis=0)
    if scale.target:
        needed = (plan.target - plan.share) * scale.gdp * gdp
        yield "needed", needed
        yield "needed_foreign", needed / abroad


def _from_base(index: Array) -> Array:
    """An index with the base year's 1 before it."""
    return np.vstack([np.ones((1, index.shape[1])), index])


def reach(spending: Array, paths: Paths, target: float) -> tuple[Array, Array]:
    """The probability that the target share has been met by each year, (year,), and that it is met from then
    on.
    """
    met = spending >= target * paths.gdp
    kept = np.logical_and.accumulate(met[::-1], axis=0)[::-1]
    return np.logical_or.accumulate(met, axis=0).mean(axis=1), kept.mean(axis=1)


def quantiles(values: Array, probabilities: Sequence[float]) -> tuple[Array, Array]:
    """Quantiles over draws, (probability, year), and their standard errors, from order statistics.

    Between two draws a quantile is interpolated. The error is half the distance between the quantiles that
    lie one binomial standard deviation to either side.
    """
    ordered = np.sort(values, axis=1)
    chances = np.array(probabilities)
    spread = np.sqrt(chances * (1 - chances) / values.shape[1])
    low, high = np.maximum(chances - spread, 0.0), np.minimum(chances + spread, 1.0)
    return _at(ordered, chances), (_at(ordered, high) - _at(ordered, low)) / 2


def _at(ordered: Array, chances: Array) -> Array:
    """Quantiles of sorted rows, (probability, row)."""
    spot = chances * (ordered.shape[1] - 1)
    below = np.floor(spot).astype(np.intp)
    above = np.minimum(below + 1, ordered.shape[1] - 1)
    found: Array = ordered[:, below] + (spot - below) * (ordered[:, above] - ordered[:, below])
    return found.T
