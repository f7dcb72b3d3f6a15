"""The kernel of spending: arrays in, arrays out; no names, no files.

Symbols, after the model's section 2. Arrays are float64 (draw,) for one year; years are counted from the one
after the base year, and all money is a multiple of the base year's GDP until `outcomes` scales it.

    A, ME      planned and carried-out spending
    F, u       floor below which spending cannot fall; execution rate, carried out of what was voted
    b0, b*     share of GDP in the base year; target
    w, n       way to the target so far, 0 to 1; years to it
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from steelyard.project.chance import Array
from steelyard.project.economy import Paths
from steelyard.project.errors import STILL
from steelyard.project.payments import Agreement, Moving

_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Plan:
    """The numbers that a spending rule may use. Shares are fractions of GDP.

    `years_to_target` counts from the base year; `power` bends a curved path; `growth` holds one rate a year,
    or one for all; `listed` holds one share a year, `amounts` one multiple of the base year's GDP a year.
    """

    share: float
    target: float
    years_to_target: int
    power: float = 1.0
    growth: tuple[float, ...] = ()
    listed: tuple[float, ...] = ()
    amounts: tuple[float, ...] = ()

    def way(self, t: int) -> float:
        """How much of the way to the target is planned to be done by year `t` (from 0), in time: 0 to 1."""
        return min((t + 1) / self.years_to_target, 1.0)

    def rate(self, t: int) -> float:
        """The rate of growth of year `t` (from 0)."""
        return self.growth[t] if len(self.growth) > 1 else self.growth[0]


@dataclass(frozen=True, slots=True)
class Limits:
    """What keeps spending from its plan: all off unless given.

    `cap`: the most that spending can grow in a year, a fraction. `floor`: for each year, as a multiple of the
    base year's GDP, empty for none; `moving`: what lies on top of it and moves with prices and the exchange
    rate, empty for nothing; `payment`: whether what is paid by agreement lies on top of both. `execution`:
    spending carried out as a fraction of spending voted.
    """

    cap: float | None = None
    floor: tuple[float, ...] = ()
    execution: float = 1.0
    moving: tuple[Moving, ...] = ()
    payment: bool = False


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


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule by name, the numbers of its plan, what keeps it from being carried out, and what is paid by
    agreement.
    """

    rule: str
    plan: Plan
    limits: Limits = Limits()
    agreement: Agreement | None = None


class Carried(NamedTuple):
    """A year of a policy, (draw,) each: what is spent, what the floor took from other uses, and what is paid
    by agreement (nothing where there is none).
    """

    spent: Array
    crowded: Array
    paid: Array


def carried_out(policy: Policy, paths: Paths) -> Iterator[Carried]:
    """Each year after the base year.

    ME[t] = max(min(A[t], (1 + cap) ME[t-1]), F[t]) u[t]; crowded out is F[t] - min(.) where the floor binds.
    """
    limits, agreement = policy.limits, policy.agreement
    ones = np.ones(paths.draws)
    prices, spending = [ones, *paths.prices], [policy.plan.share * ones]
    paid = ones * (agreement.amount if agreement else 0.0)
    for t in range(paths.years):
        last = spending[-1]
        gdp, real, nominal, fixed = RULES[policy.rule].weights(policy.plan, t)
        voted = gdp * paths.expected_gdp[t] + real * (last * paths.expected_inflation[t]) + nominal * last
        voted = voted + fixed
        if limits.cap is not None:
            voted = np.minimum(voted, (1.0 + limits.cap) * last)
        if agreement:
            paid = agreement.paid(t, paid, prices, spending)
        bound = np.maximum(voted, _floor(limits, t, paths, paid)) if limits.floor else voted
        spending.append(bound * limits.execution)
        yield Carried(spending[-1], bound - voted, paid)


def _floor(limits: Limits, t: int, paths: Paths, paid: Array) -> Array | float:
    """What spending of year `t` cannot fall below."""
    floor: Array | float = limits.floor[t]
    if limits.moving:
        floor = floor + limits.moving[t].at(paths.prices[t], paths.rate[t])
    return floor + paid if limits.payment else floor


# What is read off the draws.


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


@dataclass(slots=True)
class _Year:
    """One year of all draws: prices, the rate, the worth of its money in the base year, and the sums so
    far.
    """

    prices: Array
    abroad: Array
    worth: float | None
    sums: dict[str, Array]

    def cost(self, name: str, money: Array) -> Iterator[tuple[str, Array]]:
        """An amount of the year in national currency, real and foreign, and each added up since the base
        year.
        """
        real, foreign = money / self.prices, money / self.abroad
        kinds = {"": money, "_real": real, "_foreign": foreign}
        yield from ((f"{name}{kind}", values) for kind, values in kinds.items())
        if self.worth is not None:
            kinds["_discounted"] = real * self.worth
        for kind, values in kinds.items():
            total = f"{name}_cumulative{kind}"
            self.sums[total] = self.sums[total] + values if total in self.sums else values
            yield total, self.sums[total]


def outcomes(
    policy: Policy, paths: Paths, scale: Scale, reference: Policy | None = None
) -> Iterator[tuple[str, Array]]:
    """Each reported variable, year by year from the base year on, one after the other to spare memory.

    Amounts in national currency at current prices unless the name says real (prices of the base year) or
    foreign (at the market rate of the year); shares in percent. `extra` is spending less the constant share
    of actual GDP; `difference` is spending less that of the reference in the same draw; `needed` is what the
    target share would take on top of the constant one in that year.
    """
    plan, ones = policy.plan, np.ones(paths.draws)
    sums: dict[str, Array] = {}
    for t, ((spending, crowded, paid), other) in enumerate(_with_base_year(policy, reference, paths)):
        gdp, prices, rate = (index[t - 1] if t else ones for index in (paths.gdp, paths.prices, paths.rate))
        worth = None if scale.discount is None else (1.0 + scale.discount) ** -float(t)
        year = _Year(prices, rate * scale.rate, worth, sums)
        local = spending * scale.gdp
        yield "spending", local
        yield "spending_real", local / prices
        yield "spending_foreign", local / year.abroad
        yield "share", 100.0 * local / (gdp * scale.gdp)
        yield "gdp", gdp * scale.gdp
        yield from year.cost("extra", _clean(local - (plan.share * scale.gdp) * gdp, scale))
        if other is not None:
            yield from year.cost("difference", _clean(local - other * scale.gdp, scale))
        if policy.limits.floor:
            yield "crowded_out", _clean(crowded * scale.gdp, scale)
        if policy.agreement:
            yield "cost_sharing", paid * scale.gdp
            yield "cost_sharing_foreign", paid * scale.gdp / year.abroad
        if scale.target:
            needed = (plan.target - plan.share) * scale.gdp * gdp
            yield "needed", needed
            yield "needed_foreign", needed / year.abroad


def _with_base_year(
    policy: Policy, reference: Policy | None, paths: Paths
) -> Iterator[tuple[Carried, Array | None]]:
    """Each year of a policy, and the reference's spending, from the base year on."""
    start, nothing = np.full(paths.draws, policy.plan.share), np.zeros(paths.draws)
    paid = nothing + policy.agreement.amount if policy.agreement else nothing
    yield Carried(start, nothing, paid), start if reference else None
    if reference is None:
        yield from ((year, None) for year in carried_out(policy, paths))
        return
    for year, other in zip(carried_out(policy, paths), carried_out(reference, paths), strict=True):
        yield year, other.spent


def _clean(money: Array, scale: Scale) -> Array:
    """What is left of a difference of equal numbers is no money."""
    return np.where(np.abs(money) < _NOTHING * scale.gdp, 0.0, money)


def target_met(policy: Policy, paths: Paths) -> NDArray[np.bool_]:
    """Whether the target share is met, (year, draw)."""
    met = np.empty((paths.years, paths.draws), np.bool_)
    for t, year in enumerate(carried_out(policy, paths)):
        met[t] = year.spent >= policy.plan.target * paths.gdp[t]
    return met


def reach(met: NDArray[np.bool_]) -> tuple[Array, Array]:
    """The probability that the target has been met by each year, (year,), and that it is met from then on.

    The second is P(b[u] >= b* for all u in [t, T]) with the last year as T.
    """
    kept = np.logical_and.accumulate(met[::-1], axis=0)[::-1]
    return np.logical_or.accumulate(met, axis=0).mean(axis=1), kept.mean(axis=1)


def quantiles(values: Array, probabilities: Sequence[float]) -> tuple[Array, Array]:
    """Quantiles over draws, (probability,), and their standard errors, from order statistics.

    Between two draws a quantile is interpolated. The error is half the distance between the quantiles that
    lie one binomial standard deviation to either side; no number where all draws are the same.
    """
    ordered = np.sort(values)
    chances = np.array(probabilities)
    spread = np.sqrt(chances * (1 - chances) / len(values))
    low, high = np.maximum(chances - spread, 0.0), np.minimum(chances + spread, 1.0)
    errors = (_at(ordered, high) - _at(ordered, low)) / 2
    return _at(ordered, chances), np.where(_is_still(ordered), np.nan, errors)


def _is_still(ordered: Array) -> bool:
    """Whether sorted draws differ by no more than what floats leave."""
    return bool(ordered[-1] - ordered[0] <= STILL * max(abs(ordered[0]), abs(ordered[-1])))


def _at(ordered: Array, chances: Array) -> Array:
    """Quantiles of sorted draws, (probability,)."""
    spot = chances * (len(ordered) - 1)
    below = np.floor(spot).astype(np.intp)
    above = np.minimum(below + 1, len(ordered) - 1)
    found: Array = ordered[below] + (spot - below) * (ordered[above] - ordered[below])
    return found
