"""The spending rules: what is planned for a year, as the weights of four amounts.

Symbols, after the model's section 2; all money is a multiple of the base year's GDP, and years are counted
from the one after the base year.

    A, ME      planned and carried-out spending
    b0, b*     share of GDP in the base year; target
    w, n       way to the target so far, 0 to 1; years to it
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Plan:
    """The numbers that a spending rule may use. Shares are fractions of GDP.

    `years_to_target` counts from the base year; `power` bends a curved path; `growth` holds one rate a year,
    or one for all; `listed` holds one share a year, `amounts` one multiple of the base year's GDP a year.
    `gdp` is 1 plus the real growth of GDP a year that is forecast until the target. Where a rule finds the
    growth until the target itself, `growth` is that of the years after it.
    """

    share: float
    target: float
    years_to_target: int
    power: float = 1.0
    growth: tuple[float, ...] = ()
    listed: tuple[float, ...] = ()
    amounts: tuple[float, ...] = ()
    gdp: float = 1.0

    def way(self, t: int) -> float:
        """How much of the way to the target is planned to be done by year `t` (from 0), in time: 0 to 1."""
        return min((t + 1) / self.years_to_target, 1.0)

    def rate(self, t: int) -> float:
        """The rate of growth of year `t` (from 0)."""
        return self.growth[t] if len(self.growth) > 1 else self.growth[0]


class Weights(NamedTuple):
    """What a rule plans for a year, as multiples of four amounts.

    `gdp`: of the GDP expected; `real`: of last year's spending at the prices expected; `nominal`: of last
    year's spending; `fixed`: of the base year's GDP. With these four numbers a year, compiled code needs to
    know no rule by name.
    """

    gdp: float = 0.0
    real: float = 0.0
    nominal: float = 0.0
    fixed: float = 0.0


# Spending rules: what is planned for year t (from 0).


def linear_share(plan: Plan, t: int) -> Weights:
    """Rule a: the share rises by the same number of points each year until the target, then stays."""
    return Weights(gdp=plan.share + (plan.target - plan.share) * plan.way(t))


def curved_share(plan: Plan, t: int) -> Weights:
    """Rule a'': as a power of the time gone; above 1 the effort comes late, below 1 early."""
    return Weights(gdp=plan.share + (plan.target - plan.share) * plan.way(t) ** plan.power)


def geometric_share(plan: Plan, t: int) -> Weights:
    """Rule a': the share rises by the same percentage each year until the target, then stays."""
    return Weights(gdp=plan.share * (plan.target / plan.share) ** plan.way(t))


def constant_share(plan: Plan, t: int) -> Weights:
    """Rule c: the share of the base year, voted on what GDP is expected to be."""
    return Weights(gdp=plan.share)


def listed_share(plan: Plan, t: int) -> Weights:
    """Rule a''': one share a year, as a national plan lists them."""
    return Weights(gdp=plan.listed[t])


def listed_amount(plan: Plan, t: int) -> Weights:
    """Rule a''': one amount of money a year, as a national plan lists them, whatever the economy does."""
    return Weights(fixed=plan.amounts[t])


def real_growth(plan: Plan, t: int) -> Weights:
    """Rule b: last year's spending, raised by expected inflation and a rate of real growth."""
    return Weights(real=1.0 + plan.rate(t))


def needed_growth(share: float, target: float, years: int, gdp: float) -> float:
    """The real growth of spending a year that takes a share to a target; `gdp` is 1 plus its real growth.

    >>> round(needed_growth(0.02, 0.04, 1, 1.03), 6)
    1.06
    """
    rate: float = (target / share) ** (1 / years) * gdp - 1
    return rate


def needed_real_growth(plan: Plan, t: int) -> Weights:
    """Rule b': real growth at one rate, found beforehand, that takes the share to the target if GDP grows as
    forecast; whatever comes, the rate stays.
    """
    if t >= plan.years_to_target:
        return Weights(real=1.0 + plan.rate(t - plan.years_to_target))
    return Weights(real=1.0 + needed_growth(plan.share, plan.target, plan.years_to_target, plan.gdp))


def nominal_steps(plan: Plan, t: int) -> Weights:
    """Rule d, and the nominal variant of b: last year's spending, raised by a rate for each year, which the
    scenario lists or claims give.
    """
    return Weights(nominal=1.0 + plan.rate(t))


@dataclass(frozen=True, slots=True)
class Rule:
    """A spending rule: its function, its equation in symbols and in words, and the numbers of a plan that it
    needs.
    """

    weights: Callable[[Plan, int], Weights]
    equation: str
    words: str
    needs: tuple[str, ...] = ()


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "linear-share": Rule(
            linear_share,
            "A[t] = (b0 + (b* - b0) min(t/n, 1)) E[Y[t] | t-1]",
            "the share of GDP moves to the target in equal steps; the budget is voted on the GDP expected",
            ("target",),
        ),
        "geometric-share": Rule(
            geometric_share,
            "A[t] = b0 (b*/b0)^min(t/n, 1) E[Y[t] | t-1]",
            "the share of GDP moves to the target at an equal rate; the budget is voted on the GDP expected",
            ("target",),
        ),
        "curved-share": Rule(
            curved_share,
            "A[t] = (b0 + (b* - b0) min(t/n, 1)^s) E[Y[t] | t-1]",
            "the share of GDP moves to the target on a curve; the budget is voted on the GDP expected",
            ("target", "power"),
        ),
        "listed-share": Rule(
            listed_share,
            "A[t] = b[t] E[Y[t] | t-1]",
            "each year has the share of GDP listed for it; the budget is voted on the GDP expected",
            ("shares",),
        ),
        "listed-amounts": Rule(
            listed_amount,
            "A[t] = X[t]",
            "each year has the amount listed for it, whatever the economy does",
            ("amounts",),
        ),
        "constant-share": Rule(
            constant_share,
            "A[t] = b0 E[Y[t] | t-1]",
            "the share of GDP stays as it is; the budget is voted on the GDP expected",
        ),
        "real-growth": Rule(
            real_growth,
            "A[t] = ME[t-1] E[P[t] | t-1] / P[t-1] (1 + r)",
            "last year's spending, raised by the inflation expected and a rate of real growth",
            ("growth",),
        ),
        "needed-real-growth": Rule(
            needed_real_growth,
            "A[t] = ME[t-1] E[P[t] | t-1] / P[t-1] (1 + r*), 1 + r* = (b* / b0)^(1 / n) (1 + g)",
            "last year's spending, raised by the inflation expected and by the one rate of real growth that "
            "takes the share of GDP to the target if GDP grows as forecast",
            ("target",),
        ),
        "nominal-steps": Rule(
            nominal_steps,
            "A[t] = ME[t-1] (1 + h[t])",
            "last year's spending, raised by the rate listed for the year",
            ("growth",),
        ),
        "claimed-steps": Rule(
            nominal_steps,
            "A[t] = ME[t-1] (1 + h[t])",
            "last year's spending, raised by the growth that a claim gives for the year",
            ("steps",),
        ),
    }
)
