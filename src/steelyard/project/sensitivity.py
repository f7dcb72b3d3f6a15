"""What the spread of a scenario is owed to: Sobol indices by group of shocks, variable and year.

Shocks are grouped by where they arise: `growth` is the shock of growth with all that moves along with it in
the same year, `inflation` what inflation adds to that, `exchange_rate` what the real exchange rate adds to
both. So dependence between shocks lies inside the groups, which are independent of one another. Where whole
years of the past are drawn, nothing tells the three apart, and `economy` is one group.

Nobody has said with what chance a claim lies where in its interval. So there are two sets of rows, never
mixed: over `draws` the claims are at the value to show, and the indices are of chances alone; over
`draws-and-box` claims and limits are spread evenly over what they leave open, each for itself. That weighs
them beside the economy and is no probability.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import cast

import numpy as np

from steelyard.project.agreements import CostSharing
from steelyard.project.chance import Array, stream_of, uniforms
from steelyard.project.counting import Task
from steelyard.project.economy import Drivers, Paths, chances_of, entering, follow
from steelyard.project.ensemble import Row
from steelyard.project.equations import Limits, Policy, target_met
from steelyard.project.errors import cut
from steelyard.project.fans import Course, Run
from steelyard.project.found import Found
from steelyard.project.indices import Pair
from steelyard.project.limits import End
from steelyard.project.payments import Agreement, Moving, Step
from steelyard.project.rises import Rise
from steelyard.project.spreads import Way

DRAWS = 2048  # in each of the two sets: draws 0 to 2047 of the scenario, and the 2048 after them
CHANCES, BOX = "draws", "draws-and-box"
SOURCES = ("growth", "inflation", "exchange_rate", "common")
TOGETHER = "economy"
CLAIMS, POLICY = "claims", "policy"
# What is left open, by the group that it belongs to.
_OPEN = {CLAIMS: ("spending", "share"), POLICY: ("cap", "execution", "floor", "option", "terms")}
# The variables that headlines are made of; `reached` and `kept` are 1 in the draws that meet the target.
VARIABLES = frozenset(
    (
        *("share", "spending", "spending_foreign", "needed", "needed_foreign", "crowded_out"),
        *(
            f"{cost}_cumulative{kind}"
            for cost in ("extra", "difference")
            for kind in ("", "_real", "_discounted", "_foreign")
        ),
    )
)
Values = Mapping[tuple[str, int], Array]
_ENDS: tuple[End, ...] = ("low", "high")
_PLACES = 9  # of an index; what comes after is what floats leave
_unlimited = np.errstate(over="ignore", invalid="ignore", divide="ignore")


@dataclass(frozen=True, slots=True)
class _Sets:
    """The economy in both sets of draws, and in the first with one group of shocks taken from the second."""

    a: Paths
    b: Paths
    mixed: Mapping[str, Paths]


@_unlimited
def sensitivity_of(run: Run, found: Found) -> tuple[Row, ...]:
    """A row for each set, variable, year and group that has anything to explain."""
    sets = _sets_of(run.drivers, run.scenario.seed)
    years = run.scenario.years

    def shown(paths: Paths) -> Values:
        return _values(run.ways[0], paths)

    mixed = {group: (lambda paths=paths: shown(paths)) for group, paths in sets.mixed.items()}
    rows = list(_rows(CHANCES, shown(sets.a), shown(sets.b), mixed, years))
    box = _Box.of(run, found)
    if not box.groups:
        return tuple(rows)
    here, there = box.placed(0), box.placed(DRAWS)
    mixed = {group: (lambda paths=paths: box.values(here, paths)) for group, paths in sets.mixed.items()}
    for group in box.groups:
        moved = {**here, **{name: there[name] for name in box.names(group)}}
        mixed[group] = lambda moved=moved: box.values(moved, sets.a)
    rows += _rows(BOX, box.values(here, sets.a), box.values(there, sets.b), mixed, years)
    return tuple(rows)


def _sets_of(drivers: Drivers, seed: int) -> _Sets:
    """Both sets of draws and all mixtures of them."""
    a, b = (
        [chances_of(drivers, seed, t, first, DRAWS) for t in range(drivers.years)] for first in (0, DRAWS)
    )
    names = SOURCES if drivers.past is None else (TOGETHER,)

    def run(chances: Sequence[Array]) -> Paths:
        return follow(drivers, lambda t: entering(drivers, t, chances[t]), DRAWS)

    def with_source(source: int) -> list[Array]:
        mixed = [year.copy() for year in a]
        for year, other in zip(mixed, b, strict=True):
            year[source] = other[source]
        return mixed

    groups = names[: len(a[0])]
    return _Sets(run(a), run(b), {name: run(with_source(place)) for place, name in enumerate(groups)})


def _values(way: Way, paths: Paths) -> Values:
    """The variables wanted by year after the base year (from 0), (draw,) each."""
    found: dict[tuple[str, int], Array] = {}
    years: dict[str, int] = {}
    for name, values in way.amounts(paths):
        t = years[name] = years.get(name, -1) + 1
        if t and name in VARIABLES:
            found[name, t - 1] = values
    if way.scale.target:
        met = target_met(way.task.policy, paths)
        reached = np.logical_or.accumulate(met, axis=0)
        kept = np.logical_and.accumulate(met[::-1], axis=0)[::-1]
        for name, chance in (("reached", reached), ("kept", kept)):
            found |= {(name, t): chance[t].astype(np.float64) for t in range(paths.years)}
    return found


def _rows(
    over: str, a: Values, b: Values, mixed: Mapping[str, Callable[[], Values]], years: Sequence[int]
) -> Iterator[Row]:
    """The rows of one set: by variable, year and group."""
    keys = list(a)
    pair = Pair.of(np.stack([a[key] for key in keys]), np.stack([b[key] for key in keys]))
    found = {}
    for group, values in mixed.items():
        other = values()
        found[group] = np.stack(pair.indices([other[key] for key in keys]))
    for name in dict.fromkeys(variable for variable, _ in keys):
        for place, (variable, t) in enumerate(keys):
            numbers = {group: one[:, place] for group, one in found.items()}
            if variable == name and all(np.isfinite(one).all() for one in numbers.values()):
                yield from (_row(over, name, years[t], group, one) for group, one in numbers.items())


def _row(over: str, variable: str, year: int, group: str, found: Array) -> Row:
    """One index: a share from 0 to 1, cut to the digits that its error leaves; `found` is as `Indices`."""
    first, total, error, total_error = found.tolist()
    return {
        "over": over,
        "variable": variable,
        "year": year,
        "group": group,
        "first": _within(first, error),
        "total": _within(total, total_error),
        "error": _within(error, error / 10),
        "total_error": _within(total_error, total_error / 10),
    }


def _within(value: float, error: float) -> float:
    """A number from 0 to 1, which sampling may have pushed out of that, without what only is rounding."""
    return cut(min(max(round(value, _PLACES), 0.0), 1.0), error)


@dataclass(frozen=True, slots=True)
class _Box:
    """What claims and limits leave open, each to be spread evenly from `low` to `high`."""

    run: Run
    found: Found
    groups: tuple[str, ...]

    @classmethod
    def of(cls, run: Run, found: Found) -> _Box:
        """The box of a scenario, with the groups in which something is open."""
        corners = run.corners
        open_ = {
            CLAIMS: len({(one.spending, one.share, one.rises, one.against) for one in corners[1:]}) > 1,
            POLICY: len({(one.ends, one.option, one.terms) for one in corners[1:]}) > 1,
        }
        return cls(run, found, tuple(group for group, is_open in open_.items() if is_open))

    def placed(self, first: int) -> dict[str, Array]:
        """Where in its interval each thing left open lies, 0 to 1, in draws from `first` on."""
        every = [*self.names(CLAIMS), *self.names(POLICY)]
        country = self.run.scenario.data["actor"]
        year, seed = self.run.scenario.base_year, self.run.scenario.seed
        return {
            name: uniforms(seed, stream_of(f"open {name}", country, year), first, DRAWS) for name in every
        }

    def names(self, group: str) -> tuple[str, ...]:
        """All that may be left open in a group; the growth that claims give is open for each of them."""
        rises = [*self.found.course.rises, *(self.found.reference.rises if self.found.reference else ())]
        claimed = dict.fromkeys(rise.name for rise in rises) if group == CLAIMS else ()
        return (*_OPEN[group], *claimed)

    def values(self, placed: Mapping[str, Array], paths: Paths) -> Values:
        """The variables where all that is open lies as placed."""
        options = {corner.option for corner in self.run.corners}
        each = [_values(self._way(placed, option), paths) for option in sorted(options)]
        if len(each) == 1:
            return each[0]
        chosen = (placed["option"] * len(each)).astype(np.intp)
        return {key: np.choose(chosen, [values[key] for values in each]) for key in each[0]}

    def _way(self, placed: Mapping[str, Array], option: int) -> Way:
        """The way through the draws with a number of its own in each draw, which the kernel takes as well."""
        corners = self.run.corners
        spending = _between([corner.spending for corner in corners], placed["spending"])
        share = _between([float(corner.share) for corner in corners], placed["share"])
        gdp = spending / share
        policies = [
            self._policy(course, placed, gdp, share, option) if course else None
            for course in (self.found.course, self.found.reference)
        ]
        scale = replace(self.run.scale(0), gdp=gdp)
        assert policies[0]
        return Way(Task(policies[0], policies[1]), scale)

    def _policy(
        self, course: Course, placed: Mapping[str, Array], gdp: float, share: float, option: int
    ) -> Policy:
        shown = course.policy(self.run.corners[0], self.found.vocabulary)
        target = share if course.target is None else shown.plan.target
        amounts = tuple(amount / gdp for amount in course.amounts)
        growth = tuple(_rate(rise, placed) for rise in course.rises for _ in rise.years)
        growth = growth or shown.plan.growth
        plan = replace(shown.plan, share=share, target=target, amounts=amounts, growth=growth)
        years = len(course.scenario.years)
        low, high = (course.limits.at(end, end, end, 1.0, years) for end in _ENDS)
        sharing = course.owed.sharing if course.limits.payment else None
        agreement = _agreement(sharing, placed["terms"], gdp, option) if sharing else None
        return Policy(shown.rule, plan, _limits(low, high, placed, gdp), agreement)


def _between(ends: Sequence[float], placed: Array) -> float:
    low, high = min(ends), max(ends)
    return _a_draw(low + (high - low) * placed)


def _rate(rise: Rise, placed: Mapping[str, Array]) -> float:
    """How much spending rises, in draws that lie as placed."""
    return _between([rise.rate("low"), rise.rate("high")], placed[rise.name])


def _a_draw(numbers: Array) -> float:
    """A number a draw where the kernel expects one for all draws: numpy takes either, types know the one."""
    return cast(float, numbers)


def _agreement(sharing: CostSharing, placed: Array, gdp: float, option: int) -> Agreement:
    """What is paid by agreement where its terms lie as placed between their ends."""
    low, high = (sharing.at(end) for end in sharing.ends[:1] + sharing.ends[-1:])

    def at(one: float, other: float) -> float:
        return one if one == other else _a_draw(one + (other - one) * placed)

    both = zip(low.options[option].steps, high.options[option].steps, strict=True)
    steps = (
        Step(a.follows, at(a.growth, b.growth), a.lag, at(a.low, b.low), at(a.high, b.high)) for a, b in both
    )
    return Agreement(at(low.amount, high.amount) / gdp, tuple(steps))


def _limits(low: Limits, high: Limits, placed: Mapping[str, Array], gdp: float) -> Limits:
    """Limits between both ends, given for a GDP of 1; those that are exact stay a number for all draws."""

    def at(name: str, one: float, other: float) -> float:
        return one if one == other else _a_draw(one + (other - one) * placed[name])

    moving = zip_longest(low.moving, high.moving, fillvalue=Moving())
    return Limits(
        None if low.cap is None or high.cap is None else at("cap", low.cap, high.cap),
        tuple(at("floor", one, other) / gdp for one, other in zip(low.floor, high.floor, strict=True)),
        at("execution", low.execution, high.execution),
        tuple(
            Moving(*(at("floor", part, end) / gdp for part, end in zip(one, other, strict=True)))
            for one, other in moving
        ),
        low.payment,
    )
