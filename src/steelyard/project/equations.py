"""The kernel of spending: arrays in, arrays out; no names, no files.

Symbols, after the model's section 2. Arrays are float64 (draw,) for one year; years are counted from the one
after the base year, and all money is a multiple of the base year's GDP until `outcomes` scales it.

    A, ME      planned and carried-out spending
    F, u       floor below which spending cannot fall; execution rate, carried out of what was voted
    b0, b*     share of GDP in the base year; target
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from steelyard.project.chance import Array
from steelyard.project.economy import Paths
from steelyard.project.errors import STILL
from steelyard.project.payments import Agreement, Moving
from steelyard.project.rules import RULES, Plan

_NOTHING = 1e-12


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
        bound = np.maximum(voted, floor_of(limits, t, paths, paid)) if limits.floor else voted
        spending.append(bound * limits.execution)
        yield Carried(spending[-1], bound - voted, paid)


def floor_of(limits: Limits, t: int, paths: Paths, paid: Array) -> Array | float:
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
