"""What several countries have in common: one factor that moves all of them, each by its own loads.

With few years a covariance of all variables of all countries cannot be learnt, but one factor can: a shock of
country i is e_i = l_i F + u_i, where F is the first principal component of all shocks at unit variance, and
u_i is the country's own. The covariance of each country stays what it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

_STEPS = 1000


def loads_of(residuals: Sequence[Sequence[Sequence[float]]], free: int) -> list[list[float]]:
    """How each variable of each country answers to the factor, (country, variable).

    `residuals`: (country, variable, year), of mean zero; `free`: what sums of squares are divided by. The
    sign of the factor is that of most loads, so that the order of countries does not matter.
    """
    rows = [values for country in residuals for values in country]
    scales = [sqrt(_product(values, values)) or 1.0 for values in rows]
    factor = _first_component(
        [[value / scale for value in values] for values, scale in zip(rows, scales, strict=True)]
    )
    size = sqrt(_product(factor, factor) / free)
    loads = [_product(values, factor) / free / size for values in rows]
    if sum(load / scale for load, scale in zip(loads, scales, strict=True)) < 0:
        loads = [-load for load in loads]
    count = len(residuals[0])
    return [loads[first : first + count] for first in range(0, len(loads), count)]


def own_covariance(covariance: Sequence[Sequence[float]], loads: Sequence[float]) -> list[list[float]]:
    """What of a country's covariance the factor leaves to the country."""
    return [
        [value - load * other for value, other in zip(row, loads, strict=True)]
        for row, load in zip(covariance, loads, strict=True)
    ]


def _first_component(rows: Sequence[Sequence[float]]) -> list[float]:
    """The years' values of the first principal component, by repeated multiplication."""
    years = range(len(rows[0]))
    factor = [sum(row[year] for row in rows) for year in years]
    for _ in range(_STEPS):
        weights = [_product(row, factor) for row in rows]
        factor = [
            sum(weight * row[year] for weight, row in zip(weights, rows, strict=True)) for year in years
        ]
        size = sqrt(_product(factor, factor)) or 1.0
        factor = [value / size for value in factor]
    return factor


def _product(x: Sequence[float], y: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(x, y, strict=True))
