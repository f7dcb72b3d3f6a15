"""Spending in other prices and currencies: constant dollars, international dollars, and own defence prices.

Model section 0. Each of them is spending at home, deflated by the deflator of the draw, times a number that
no draw moves; so its fan is that of real spending, year by year, times that number. What such a number leaves
open is in the box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from steelyard.project.chance import Array
from steelyard.project.drivers import Economy

REAL = "spending_real"  # what all of them are made from
CONSTANT = "spending_real_foreign"
Corner = Sequence[tuple[Array, Array, float]]


@dataclass(frozen=True, slots=True)
class Valuation:
    """A money that spending is told in.

    `factors` are what real spending is multiplied by, by year with the base year first: at the value to show,
    and at both ends where something is left open. `series` are the roles of the series that they rest on.
    """

    variable: str
    factors: tuple[tuple[float, ...], ...]
    series: tuple[str, ...] = ()

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
    return Valuation(CONSTANT, ((1.0 / economy.rate,) * (years + 1),), ("rate",))
