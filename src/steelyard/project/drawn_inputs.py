"""Inputs of substitutes drawn from what their sources say of them, and what the substitutes then cost.

Model section 7: where sources give distributions, costs are simulated, beside the interval and never in its
place. A distribution is uniform from the low to the high end, or triangular with a mode; each input is drawn
for itself, by a stream of its own, so that a draw has the same inputs in every scenario.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from steelyard.project.chance import Array, stream_of, uniforms
from steelyard.project.drivers import Economy
from steelyard.project.economy import Paths
from steelyard.project.form import TIMES
from steelyard.project.limits import End, end_of
from steelyard.project.scenario import Scenario
from steelyard.project.substitution import Withdrawal


@dataclass(frozen=True, slots=True)
class Draws:
    """The economy of some draws, of which `first` is the number of the first; with `calm` inputs are not
    drawn but at their middles.
    """

    paths: Paths
    first: int = 0
    calm: bool = False


def drawn(low: float, high: float, mode: float | None, chances: Array) -> Array:
    """The numbers below which a part `chances` of a distribution lies: triangular with a mode, else uniform.

    >>> drawn(0.0, 4.0, None, np.array([0.25])).tolist()
    [1.0]
    >>> drawn(0.0, 4.0, 2.0, np.array([0.125, 0.5])).tolist()
    [1.0, 2.0]
    """
    width = high - low
    if mode is None or not width:
        return low + width * chances
    rising = np.sqrt(chances * width * (mode - low))
    falling = np.sqrt((1.0 - chances) * width * (high - mode))
    found: Array = np.where(chances * width < mode - low, low + rising, high - falling)
    return found


def costs_of(
    withdrawals: Sequence[Withdrawal], scenario: Scenario, economy: Economy, draws: Draws, end: End
) -> Iterator[Array]:
    """What all priced substitutes cost by year, base year first, (draw,) in national currency.

    `end` is that of the inputs that no source gives a distribution of.
    """
    years = (scenario.base_year, *scenario.years)
    still = np.ones(draws.paths.draws)
    prices, rates = [still, *draws.paths.prices], [still, *draws.paths.rate]
    priced = [
        (one, _inputs(one, scenario, draws, end), economy.dearer(one.values["price"].unit, years))
        for one in withdrawals
        if one.is_priced
    ]
    for t, year in enumerate(years):
        total = np.zeros(draws.paths.draws)
        for one, inputs, dearer in priced:
            abroad = one.values["price"].unit == economy.foreign_currency
            worth = rates[t] * economy.rate if abroad else prices[t]
            total = total + _cost(one, inputs, year, end) * dearer[t] * worth
        yield total


def _inputs(one: Withdrawal, scenario: Scenario, draws: Draws, end: End) -> Mapping[str, Array]:
    """Each input of a substitute, (draw,)."""
    country = scenario.data["actor"]
    inputs = {}
    for name, value in one.values.items():
        interval, count = value.interval, draws.paths.draws
        if name not in one.modes or draws.calm:
            side = "shown" if name in one.modes else end
            inputs[name] = np.full(count, float(end_of(interval, side)))
            continue
        stream = stream_of(f"drawn {one.actor} {one.function} {name}", country, one.year)
        mode = one.modes[name]
        chances = uniforms(scenario.seed, stream, draws.first, count)
        ends = (float(interval.low), float(interval.high))
        inputs[name] = drawn(*ends, None if mode is None else float(mode), chances)
    return inputs


def _cost(one: Withdrawal, inputs: Mapping[str, Array], year: int, end: End) -> Array:
    """What a substitute costs in a year, before prices: at an end, the least or the most that its times
    leave open.
    """
    count = inputs["quantity"] * inputs["replaced"] / 100
    buy, run = count * inputs["price"], count * inputs["running"]
    pick = np.min if end == "low" else np.max
    costs = []
    for start, lead, life in product(*(_times(one, inputs, name, end) for name in TIMES)):
        span = np.maximum(lead, 1)
        gone, again = year - start, np.maximum(life, span)
        bought = np.where((gone >= 0) & (gone % again < span), 1.0 / span, 0.0)
        costs.append(buy * bought + run * (year >= start + lead))
    found: Array = pick(costs, axis=0)
    return found


def _times(one: Withdrawal, inputs: Mapping[str, Array], name: str, end: End) -> list[Array]:
    """A time in whole years: as drawn or to show, or all that its ends and its middle leave open."""
    if name in one.modes or end == "shown":
        return [np.rint(inputs[name])]
    return [np.full(len(inputs[name]), float(number)) for number in one.whole_years(name)]
