"""Spending in other prices and currencies: constant dollars, international dollars, and own defence prices.

Model section 0. Each of them is spending at home, deflated by the deflator of the draw, times a number that
no draw moves; so its fan is that of real spending, year by year, times that number. What such a number leaves
open is in the box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp

from steelyard.core.problems import Problem
from steelyard.core.series import Point, Series
from steelyard.project.chance import Array
from steelyard.project.drivers import LARGEST, SMALLEST, Economy, listed
from steelyard.project.parameters import Value
from steelyard.project.scenario import Assumption, Scenario

REAL = "spending_real"  # what all of them are made from
OWN_USE = "spending_own_use"
CONSTANT = "spending_real_foreign"
PARITY = "spending_purchasing_power"
ASSUMED = "purchasing_power"
Corner = Sequence[tuple[Array, Array, float]]


@dataclass(frozen=True, slots=True)
class Valuation:
    """A money that spending is told in.

    `factors` are what real spending is multiplied by, by year with the base year first: at the value to show,
    and at both ends where something is left open. `cells`, `assumptions` and `values` are what they rest on,
    `symbols` what beside those of the variable's equation; `notes` are choices of the scenario: what each
    settles, how, and why.
    """

    variable: str
    factors: tuple[tuple[float, ...], ...]
    cells: tuple[list[tuple[Series, Point]], ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    values: tuple[Value, ...] = ()
    symbols: tuple[str, ...] = ()
    notes: tuple[tuple[str, str, str], ...] = ()

    def corners(self, real: Sequence[Corner]) -> list[list[tuple[Array, Array, float]]]:
        """The corners of real spending in this money, the value to show first.

        A corner has by year the quantiles, their errors and the path without shocks.
        """
        shown, *ends = self.factors
        pairs = [(real[0], shown), *((one, end) for end in (ends or [shown]) for one in real)]
        return [
            [
                (values * factor, errors * factor, central * factor)
                for (values, errors, central), factor in both
            ]
            for both in (zip(corner, factors, strict=True) for corner, factors in pairs)
        ]


def constant_dollars(economy: Economy, years: int) -> Valuation:
    """Real spending at the market rate of the base year; no series in dollars is deflated."""
    return Valuation(CONSTANT, ((1.0 / economy.rate,) * (years + 1),))


def at_defence_prices(scenario: Scenario, economy: Economy) -> tuple[Valuation | None, list[Problem]]:
    """Spending deflated by defence prices, which follow the deflator of a draw with the distance that both
    have without shocks; None where not asked for, or where a year is missing.
    """
    prices = economy.defence_prices
    if prices.kind.role not in scenario.data["drivers"]:
        return None, []
    if silent := prices.silent(scenario.years):
        return None, [prices.missing(silent, scenario.place("drivers", prices.kind.role))]
    rises = [prices.change(year) or 0.0 for year in scenario.years]
    both = zip(levels(economy.central[1]), levels(rises), strict=True)
    factors = tuple(deflator / defence for deflator, defence in both)
    cells = [(prices.series, point) for _, point in sorted(prices.cells.items())] if prices.series else []
    return Valuation(OWN_USE, (factors,), (cells,) if cells else (), tuple(prices.used)), []


def levels(logs: Sequence[float]) -> list[float]:
    """An index by year, 1 in the base year, from its yearly log changes."""
    return [exp(one) for one in accumulate(logs, initial=0.0)]


def at_parity(scenario: Scenario, economy: Economy) -> tuple[Valuation | None, list[Problem]]:
    """Spending at the purchasing power parity of GDP, in a draw moved by its deflator; None where not asked
    for, or where a rate is missing.
    """
    if ASSUMED not in scenario.data["drivers"]:
        return None, []
    series, place = economy.purchasing_power, scenario.place("drivers", ASSUMED)
    if series is None:
        table = scenario.data["drivers"][ASSUMED]
        wanted = ", ".join(f"{key} {text}" for key, text in table.items())
        message = f"Spending at purchasing power parity is not given: there is no series with {wanted}."
        hint = (
            f"A series of {economy.currency} per international dollar in the case's folder would lift this."
        )
        return None, [Problem("missing-series", message, place, hint, "refusal")]
    wanted = f"{economy.currency} per international dollar"
    if series.unit != wanted:
        message = f"The purchasing power parity is in {series.unit!r}."
        return None, [Problem("unit-mismatch", message, place, f"Give it as {wanted!r}.")]
    rates, used, missing = _parities(scenario, economy, series)
    if missing:
        message = (
            f"Spending at purchasing power parity is not given: {series.id} has none for {listed(missing)}."
        )
        hint = (
            f"Rows of {series.id} would lift this, or for years after its last an [[assumptions]] entry with "
            f'variable = "{ASSUMED}" and a reason; "0%" moves it with the deflators of both countries.'
        )
        return None, [Problem("missing-year", message, place, hint, "refusal")]
    factors = tuple(price / rate for price, rate in zip(levels(economy.central[1]), rates, strict=True))
    cells = [(series, point) for point in series.points if point.year in used.years]
    carried = tuple(used.assumptions)
    return Valuation(PARITY, (factors,), (cells,), carried, (), ("P_US",) if carried else ()), []


@dataclass(frozen=True, slots=True)
class _Used:
    """The years of a series and the assumptions that rates were taken from."""

    years: set[int]
    assumptions: dict[Assumption, None]


def _parities(scenario: Scenario, economy: Economy, series: Series) -> tuple[list[float], _Used, list[int]]:
    """The rate of each year, base year first, on the path without shocks; and the years that have none.

    After the last year of the series it moves with the deflators of both countries and with what is assumed
    on top of that; a gap before that is none that anything is carried over.
    """
    rates, used, missing = list[float](), _Used(set(), {}), list[int]()
    for t, year in enumerate((scenario.base_year, *scenario.years)):
        point = series.at(year)
        assumed = next((one for one in scenario.assumptions if one.covers(ASSUMED, year)), None)
        if point is not None and SMALLEST < point.value < LARGEST:
            used.years.add(year)
            rates.append(float(point.value))
        elif point is None and rates and not missing and assumed and year > series.years[-1]:
            used.assumptions[assumed] = None
            moved = exp(economy.central[1][t - 1] - economy.foreign_inflation[t - 1])
            rates.append(rates[-1] * moved * (1.0 + float(assumed.value)))
        else:
            missing.append(year)
    return rates, used, missing
