"""One draw of a scenario again, by its number: the economy that was drawn and what it makes of a cell."""

from __future__ import annotations

from dataclasses import replace

from steelyard.project.economy import run_economy
from steelyard.project.ensemble import Ensemble
from steelyard.project.fans import Run
from steelyard.project.owed_in_draw import owed_in_draw
from steelyard.project.valuations import REAL
from steelyard.project.why import Asked, Chain, chain_of


def replayed(ensemble: Ensemble, asked: Asked, run: Run) -> Chain:
    """The chain of a cell in one draw, for the claims at the values to show; draws count from 0.

    A draw depends on nothing but its number, the seed and the names of country, variable and year, so
    it is the same alone as among a million others.
    """
    draw = asked.draw or 0
    paths = run_economy(run.drivers, run.scenario.seed, draw, 1)
    amounts = list(run.ways[0].amounts(paths))
    years = [float(values[0]) for name, values in amounts if name == asked.cell.variable]
    for valuation in run.valuations:
        if valuation.variable == asked.cell.variable:
            real = (float(values[0]) for name, values in amounts if name == REAL)
            years = [one * factor for one, factor in zip(real, valuation.factors[0], strict=True)]
    years = years or owed_in_draw(run, ensemble, asked.cell.variable, paths, draw)
    chain = chain_of(ensemble, replace(asked, percent=50))
    indices = {"gdp": paths.gdp, "prices": paths.prices, "rate": paths.rate}
    drawn = [
        {
            "year": float(year),
            **{name: float(values[t, 0]) for name, values in indices.items()},
            asked.cell.variable: years[t + 1],
        }
        for t, year in enumerate(run.scenario.years)
        if year <= asked.cell.year
    ]
    value = years[asked.cell.year - run.scenario.base_year]
    return replace(chain, asked=asked, value=value, box=None, error=None, drawn=tuple(drawn))
