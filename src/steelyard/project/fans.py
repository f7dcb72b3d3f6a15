"""From a scenario's numbers to its fans: the draws run once, the claims' ends laid over them.

The economy is an index, so the same draws serve every end of what claims and limits leave open, and the
reference scenario too. Each outcome moves one way in spending and in its share of GDP, so the corners of the
two bound it exactly; where a floor may bind, spending above it and below it pull a cost in two directions,
and so points between the ends are tried as well.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import product, zip_longest
from math import isnan
from typing import NamedTuple

import numpy as np

from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.agreements import CostSharing, Option
from steelyard.project.base import Base
from steelyard.project.categories import Category
from steelyard.project.chance import Array, stream_of
from steelyard.project.counting import PAYMENTS, Task
from steelyard.project.drivers import Economy
from steelyard.project.economy import Drivers, Paths, run_economy
from steelyard.project.ensemble import PROBABILITIES, Reach
from steelyard.project.equations import Policy, Scale
from steelyard.project.errors import chance_error, cut, kept, told
from steelyard.project.form import VARIABLES
from steelyard.project.limits import Constraints, End
from steelyard.project.owed import NOTHING, Owed
from steelyard.project.payments import Agreement
from steelyard.project.rises import Rise, growth_of
from steelyard.project.scenario import Scenario
from steelyard.project.spreads import Spread, Way, spread_of
from steelyard.project.valuations import REAL, Valuation

Range = tuple[float, float]
_TRIED = 5  # values of spending where its ends are not enough


@dataclass(frozen=True, slots=True)
class Corner:
    """One choice of what is left open: spending in national currency, its share as a fraction, the ends of
    cap, execution and floor, what comes after an agreement on cost sharing, the ends of the growth that
    claims give, here and in the reference, and those of the agreement's terms.
    """

    spending: float
    share: Decimal
    ends: tuple[End, End, End] = ("shown", "shown", "shown")
    option: int = 0
    rises: End = "shown"
    against: End = "shown"
    terms: End = "shown"

    @property
    def gdp(self) -> float:
        """The GDP of the base year that it implies."""
        return self.spending / float(self.share)


@dataclass(frozen=True, slots=True)
class Course:
    """A scenario with all that its policy takes: `target` is a fraction, None where there is none; `amounts`
    are those that its rule lists, in national currency, `rises` those that its rule takes from claims or that
    settle later years, `gdp` is 1 plus the real growth of GDP a year that is forecast until the target.
    `categories` are what spending is made up of.
    """

    scenario: Scenario
    target: Decimal | None
    limits: Constraints
    amounts: tuple[float, ...] = ()
    owed: Owed = NOTHING
    rises: tuple[Rise, ...] = ()
    gdp: float = 1.0
    categories: tuple[Category, ...] = ()

    def policy(self, corner: Corner, vocabulary: Vocabulary, *, paying: bool = False) -> Policy:
        """Its policy at a corner; what is paid by agreement only where asked for, or part of a floor."""
        aim = corner.share if self.target is None else self.target
        amounts = tuple(amount / corner.gdp for amount in self.amounts)
        growth = growth_of(self.rises, corner.rises)
        plan = self.scenario.plan(corner.share, aim, vocabulary, amounts, growth, self.gdp)
        limits = self.limits.at(*corner.ends, corner.gdp, len(self.scenario.years))
        sharing, agreement = self.owed.sharing, None
        if sharing and (paying or limits.payment):
            terms = sharing.at(corner.terms)
            agreement = Agreement(terms.amount / corner.gdp, terms.options[corner.option].steps)
        return Policy(self.scenario.data["rule"]["kind"], plan, limits, agreement)

    @property
    def rise_ends(self) -> tuple[End, ...]:
        """The ends of the growth that claims give; "shown" where nothing is left open."""
        is_open = any(not rise.interval.is_exact for rise in self.rises)
        return ("low", "high") if is_open else ("shown",)


@dataclass(frozen=True, slots=True)
class Fan:
    """One variable over the years, base year first; see `Cell` for the meaning of each."""

    central: Sequence[float]
    box: Sequence[Range]
    quantiles: Sequence[Sequence[float]]
    quantile_boxes: Sequence[Sequence[Range]]
    errors: Sequence[tuple[float, ...]]


def streams_of(scenario: Scenario, economy: Economy) -> list[tuple[str, str]]:
    """The variable and country that, with a year, name the stream of each shock; no country for what several
    have in common.
    """
    common = [] if economy.shocks.loads is None else [("common", "")]
    return [*((variable, scenario.data["actor"]) for variable in VARIABLES), *common]


def drivers_of(scenario: Scenario, economy: Economy) -> Drivers:
    """The economy as arrays, with the streams of its shocks.

    A stream is named by variable, country and year alone, so that a draw has the same shocks in every
    scenario.
    """
    streams = [
        [stream_of(variable, country, year) for year in scenario.years]
        for variable, country in streams_of(scenario, economy)
    ]
    shocks = economy.shocks
    root = np.array(shocks.root)
    if shocks.loads is not None:
        root = np.column_stack((root, shocks.loads))
    return Drivers(
        np.array(economy.central),
        np.array(shocks.persistence),
        root,
        np.array(economy.foreign_inflation),
        np.array(streams, np.uint64),
        scenario.data["drivers"].get("center") == "mean",
        None if shocks.past is None else np.array(shocks.past),
    )


def corners_of(
    base: Base,
    economy: Economy,
    limits: Constraints,
    sharing: CostSharing | None = None,
    rises: Sequence[tuple[End, End]] = (("shown", "shown"),),
) -> list[Corner]:
    """The claims and limits at the values to show, and then at each corner of what they leave open.

    What is paid by agreement matters where a floor holds it; `rises` are the ends of the growth that claims
    give, here and in the reference.
    """
    rate = 1.0 if base.spending.unit == economy.currency else economy.rate
    percent = Decimal("0.01")
    amounts = _ends(base.spending.interval, _TRIED if limits.floored else 2)
    shares = _ends(base.share.interval, 2)
    corners = [Corner(float(base.spending.value) * rate, base.share.value * percent)]
    paid = sharing if limits.payment else None
    after, terms = range(len(paid.options) if paid else 1), paid.ends if paid else ("shown",)
    every = product(amounts, shares, limits.corners(), after, rises, terms)
    for amount, share, ends, option, (own, other), end in every:
        corners.append(Corner(float(amount) * rate, share * percent, ends, option, own, other, end))
    return list(dict.fromkeys(corners))


def _ends(interval: Interval, count: int) -> list[Decimal]:
    """So many values from one end of an interval to the other; one where it is exact."""
    step = (interval.high - interval.low) / (count - 1)
    inner = [interval.low + step * number for number in range(1, count - 1)]
    return list(dict.fromkeys((interval.low, *inner, interval.high)))


class Payment(NamedTuple):
    """A policy that pays by agreement, and the GDP of the base year of which its amounts are multiples."""

    policy: Policy
    gdp: float


@dataclass(frozen=True)
class Run:
    """The draws of a scenario and its policy at each corner, the value to show first.

    `references` are the policies of the scenario that it is measured against; empty where there is none.
    `payments` are its policies by option of what comes after an agreement on cost sharing, at each corner
    that makes a difference. `beside` are ways to be run in the same draws, `owing` policies of which only
    what they pay by agreement is wanted, `shared` is a run whose draws serve this one too. `valuations` are
    the other moneys in which spending is told, `categories` what it is made up of.
    """

    scenario: Scenario
    economy: Economy
    corners: Sequence[Corner]
    policies: Sequence[Policy]
    references: Sequence[Policy]
    drivers: Drivers
    discount: float | None
    owed: Owed = NOTHING
    payments: Sequence[Sequence[Payment]] = ()
    beside: Sequence[Way] = ()
    owing: Sequence[Policy] = ()
    shared: Run | None = None
    valuations: Sequence[Valuation] = ()
    categories: Sequence[Category] = ()

    def scale(self, number: int) -> Scale:
        """What turns indices into amounts at a corner."""
        corner = self.corners[number]
        return Scale(corner.gdp, self.economy.rate, self.discount, "target" in self.scenario.data)

    @cached_property
    def ways(self) -> list[Way]:
        """The way through the draws at each corner."""
        pairs = zip_longest(self.policies, self.references)
        return [Way(Task(*pair), self.scale(number)) for number, pair in enumerate(pairs)]

    @cached_property
    def spread(self) -> Spread:
        """Its draws."""
        if self.shared:
            return self.shared.spread
        lines = list(self.owed.lines(self.scenario, self.economy))
        paying = [*(one.policy for payments in self.payments for one in payments), *self.owing]
        draws = self.scenario.draws
        ways = [*self.ways, *self.beside]
        return spread_of(self.drivers, self.scenario.seed, draws, ways, PROBABILITIES, lines, paying)

    @cached_property
    def calm(self) -> Paths:
        """The economy without shocks."""
        if self.shared:
            return self.shared.calm
        return run_economy(self.drivers, self.scenario.seed, 0, 1, shocks=False)


_unlimited = np.errstate(over="ignore", invalid="ignore", divide="ignore")


@_unlimited
def run_scenario(
    course: Course,
    base: Base,
    economy: Economy,
    vocabulary: Vocabulary,
    reference: Course | None = None,
    valuations: Sequence[Valuation] = (),
) -> Run:
    """A scenario that is ready to be run."""
    scenario = course.scenario
    drivers = drivers_of(scenario, economy)
    sharing = course.owed.sharing
    corners = corners_of(base, economy, course.limits, sharing, _rise_ends(course, reference))
    payments = (
        [
            [
                Payment(course.policy(one, vocabulary, paying=True), one.gdp)
                for corner in _differing(corners, option)
                for one in _terms_of(replace(corner, option=number), sharing)
            ]
            for number, option in enumerate(sharing.options)
        ]
        if sharing
        else []
    )
    rates = [one for one in scenario.assumptions if one.variable == "discount_rate"]
    return Run(
        scenario,
        economy,
        corners,
        [course.policy(corner, vocabulary) for corner in corners],
        [reference.policy(replace(corner, rises=corner.against), vocabulary) for corner in corners]
        if reference
        else [],
        drivers,
        float(rates[-1].value) if rates else None,
        course.owed,
        payments,
        valuations=valuations,
        categories=course.categories,
    )


def _rise_ends(course: Course, reference: Course | None) -> list[tuple[End, End]]:
    """The ends of growth by claims, here and in the reference; one end for both where the claims are the
    same.
    """
    if reference is None or reference.rises == course.rises:
        return [(end, end) for end in course.rise_ends]
    return list(product(course.rise_ends, reference.rise_ends))


def _differing(corners: Sequence[Corner], option: Option) -> Sequence[Corner]:
    """The corners at which what is paid differs: all where it follows spending, else the first."""
    return corners if option.follows_spending else corners[:1]


def _terms_of(corner: Corner, sharing: CostSharing) -> list[Corner]:
    """A corner with the terms of an agreement as they are there, and at both of their ends."""
    return list(dict.fromkeys(replace(corner, terms=end) for end in (corner.terms, *sharing.ends)))


@_unlimited
def fans_of(run: Run, wanted: Container[str] | None = None) -> Mapping[str, Fan]:
    """The fan of every variable that is wanted, with its boxes; None wants all."""
    found: dict[str, list[list[tuple[Array, Array, float]]]] = {}
    for number, way in enumerate(run.ways):
        for name, values, errors, central in run.spread.quantiles(way, run.calm, wanted):
            if name in PAYMENTS:
                continue
            corners = found.setdefault(name, [])
            corners += [[]] if len(corners) == number else []
            corners[number].append((values, errors, float(central[0])))
    for one in run.valuations:
        if REAL in found and (wanted is None or one.variable in wanted):
            found[one.variable] = one.corners(found[REAL])
    return {name: fan_of(corners) for name, corners in found.items()}


def fan_of(corners: Sequence[Sequence[tuple[Array, Array, float]]]) -> Fan:
    """The fan at the values to show, and its range over all corners; each has by year the quantiles, their
    errors, and the central path.
    """
    central, box, shown, boxes, told_errors = [], [], [], [], []
    for years in zip(*corners, strict=True):
        values, errors = years[0][0].tolist(), years[0][1].tolist()
        ends = [pick([year[0] for year in years], axis=0).tolist() for pick in (np.min, np.max)]
        middle = [year[2] for year in years]
        central.append(cut(middle[0], 0.0))
        box.append((cut(min(middle), 0.0), cut(max(middle), 0.0)))
        shown.append([kept(*one) for one in zip(values, errors, strict=True)])
        if len(years) == 1:
            boxes.append([(value, value) for value in shown[-1]])
        else:
            every = zip(*ends, errors, strict=True)
            boxes.append([(kept(low, error), kept(high, error)) for low, high, error in every])
        told_errors.append(() if any(map(isnan, errors)) else tuple(map(told, errors)))
    return Fan(central, box, shown, boxes, told_errors)


@_unlimited
def reach_of(run: Run) -> tuple[Reach, ...]:
    """The probability of having met the target by each year, and of keeping it from then on, with their
    ranges over the corners.
    """
    if "target" not in run.scenario.data:
        return ()
    both = [run.spread.reach(way) for way in run.ways]
    results = []
    for t, year in enumerate(run.scenario.years):
        by, on = ([float(one[which][t]) for one in both] for which in (0, 1))
        errors = [told(chance_error(one[0], run.scenario.draws)) for one in (by, on)]
        results.append(Reach(year, by[0], min(by), max(by), on[0], min(on), max(on), *errors))
    return tuple(results)
