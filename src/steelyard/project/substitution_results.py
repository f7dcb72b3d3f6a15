"""What substitutes cost as cells and headlines: over all that inputs leave open, over drawn inputs, what is
saved beside, and how far each input alone moves the cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from steelyard.project.chance import Array
from steelyard.project.drawn_inputs import Draws, costs_of
from steelyard.project.economy import Paths, run_draws
from steelyard.project.ensemble import PROBABILITIES, Cell, Headline
from steelyard.project.equations import carried_out, quantiles
from steelyard.project.fans import Fan, Run, fan_of
from steelyard.project.form import TIMES
from steelyard.project.limits import End, end_of
from steelyard.project.making import Making
from steelyard.project.payments import amounts_of
from steelyard.project.pledge_swings import Swing, scaled_swing
from steelyard.project.substitution import Withdrawal, lines_of

MOST_DRAWS = 10_000
DRAWN, SAVED = "substitution_drawn", "saved"
TOTAL, GAP = "substitution_total", "gap_years"
_ENDS: tuple[End, ...] = ("shown", "low", "high")
_SIDES: tuple[End, ...] = ("low", "high")
Years = Callable[[Draws, End], Iterator[Array]]


def substitution_results(making: Making) -> tuple[list[Cell], list[Headline]]:
    """What priced substitutes cost, how many there are, and the longest gap; nothing where none is priced."""
    run, withdrawals = making.run, making.run.owed.withdrawals
    if not withdrawals:
        return [], []
    priced = [one for one in withdrawals if one.is_priced]
    part = len(priced) / len(withdrawals)
    words = f"responsibilities priced of {len(withdrawals)} withdrawn"
    ratio = "priced functions / withdrawn functions"
    headlines = [making.headline("coverage", words, "", part, (part, part), ratio)]
    cells = list(_saved(making))
    if not priced:
        return cells, headlines
    home = run.economy.currency
    lines = [one for one in run.owed.lines(run.scenario, run.economy) if one.name.startswith("substitution ")]
    cells += making.cells("substitution", home, making.of_line(lines), making.years)
    cells += making.cells("substitution_cumulative", home, making.of_line(lines, total=True), making.years)
    words = f"cost of what is priced, {making.years[0]} to {making.years[-1]} added up"
    headlines.append(making.in_year(TOTAL, words, cells[-1]))
    if any(one.modes for one in priced):
        cells += _drawn(making)
        words += ", over inputs drawn as their sources say"
        headlines.append(making.in_year(f"{TOTAL}_drawn", words, cells[-1]))
    gaps = [one.gap() for one in priced]
    low, high = (max(gap[end] for gap in gaps) for end in (0, 1))
    words = "longest time between a withdrawal and its substitute"
    headlines.append(
        making.headline(GAP, words, "year", (low + high) / 2, (low, high), "max (s + l - withdrawal)")
    )
    return cells, headlines


def _drawn(making: Making) -> Iterator[Cell]:
    """The cost by year and added up, over draws of the inputs that have a distribution."""
    for kind in (DRAWN, f"{DRAWN}_cumulative"):
        fan = _fan(making.run, partial(amounts_in, making.run, kind))
        yield from making.cells(kind, making.run.economy.currency, fan, making.years)


def _saved(making: Making) -> Iterator[Cell]:
    """What is no longer paid for what is withdrawn, by year; beside the cost, and not taken off it."""
    if any(one.saved for one in making.run.owed.withdrawals):
        fan = _fan(making.run, partial(amounts_in, making.run, SAVED))
        yield from making.cells(SAVED, making.run.economy.currency, fan, making.years)


def amounts_in(run: Run, kind: str, draws: Draws, end: End) -> Iterator[Array]:
    """A variable of substitutes by year, base year first, (draw,) in national currency."""
    if kind == SAVED:
        yield from _saved_in(run, draws.paths, end)
        return
    total = np.zeros(draws.paths.draws)
    for cost in costs_of(run.owed.withdrawals, run.scenario, run.economy, draws, end):
        total = total + cost
        yield total if kind.endswith("_cumulative") else cost


def _saved_in(run: Run, paths: Paths, end: End) -> Iterator[Array]:
    """What is saved in each year.

    A part is of what is paid by agreement, at the ends the least and the most over all that may come after
    it; money is at the prices of the base year, and moves as what a substitute costs.
    """
    economy, years = run.economy, (run.scenario.base_year, *run.scenario.years)
    still = np.ones(paths.draws)
    prices, rates = [still, *paths.prices], [still, *paths.rate]
    given = [(one.year, one.saved) for one in run.owed.withdrawals if one.saved]
    for t, (year, paid) in enumerate(zip(years, _paid(run, paths, end), strict=True)):
        total = np.zeros(paths.draws)
        for since, value in given:
            number = float(end_of(value.interval, end)) if year >= since else 0.0
            if value.unit == "%":
                total = total + number / 100 * paid
            else:
                abroad = value.unit == economy.foreign_currency
                worth = rates[t] * economy.rate if abroad else prices[t]
                total = total + number * economy.dearer(value.unit, years)[t] * worth
        yield total


def _paid(run: Run, paths: Paths, end: End) -> Iterator[Array]:
    """What is paid by agreement in each year, base year first; nothing where there is none."""
    every = [one for payments in run.payments for one in payments][: 1 if end == "shown" else None]
    amounts = [[np.zeros(paths.draws)] * (len(run.scenario.years) + 1)] if not every else []
    for policy, gdp in every:
        first = policy.agreement.amount if policy.agreement else 0.0
        paid = [np.full(paths.draws, first), *(year.paid for year in carried_out(policy, paths))]
        amounts.append([gdp * one for one in paid])
    pick = np.min if end == "low" else np.max
    yield from (pick(year, axis=0) for year in zip(*amounts, strict=True))


def _fan(run: Run, amounts: Years) -> Fan:
    """The fan of amounts by year with all inputs to show and at both ends, over at most the first 10,000
    draws.
    """
    paths = run_draws(run.drivers, run.scenario.seed, min(run.scenario.draws, MOST_DRAWS))
    corners = []
    for end in _ENDS:
        pairs = zip(amounts(Draws(paths), end), amounts(Draws(run.calm, calm=True), end), strict=True)
        corners.append([(*quantiles(values, PROBABILITIES), float(calm[0])) for values, calm in pairs])
    return fan_of(corners)


def substitution_swings(run: Run, headlines: Sequence[Headline]) -> Iterator[Swing]:
    """How the cost added up and the longest gap move with each input alone, all others at their middles."""
    priced = [one for one in run.owed.withdrawals if one.is_priced]
    shown = {headline.name: headline for headline in headlines}
    opened = [
        (number, name)
        for number, one in enumerate(priced)
        for name, value in one.values.items()
        if not value.interval.is_exact
    ]
    if not opened:
        return
    paths = run_draws(run.drivers, run.scenario.seed, min(run.scenario.draws, MOST_DRAWS))
    middle = _total(run, priced, paths)
    for number, name in opened:
        one, value = priced[number], priced[number].values[name]
        moved = [one.at(name, end_of(value.interval, side)) for side in _SIDES]
        ends = [[*priced[:number], each, *priced[number + 1 :]] for each in moved]
        words, origins = f"{one.label}: {name}", (value.origin,)
        if middle:
            ratios = [_total(run, end, paths) / middle for end in ends]
            yield scaled_swing(shown[TOTAL], words, origins, ratios)
        if name in TIMES:
            low, high = (float(max(each.shown_gap for each in end)) for end in ends)
            yield Swing(shown[GAP], words, origins, low, high)


def _total(run: Run, withdrawals: Sequence[Withdrawal], paths: Paths) -> float:
    """The median of what substitutes cost, added up until the horizon, at the middles of their inputs."""
    line = next(lines_of(withdrawals, run.economy, run.scenario.base_year, run.scenario.horizon))
    *_, (_, total) = amounts_of(line, paths)
    return float(np.median(total))
