"""A scenario over a grid of its own numbers: what it comes to at each point, reckoned and not interpolated.

Which numbers are moved is found by trying: those whose step moves the scenario's headline numbers furthest.
Every point is the scenario as `--set` would run it, at the value to show of the claims and in the scenario's
own draws; points in the same economy share these draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product
from math import log2

from steelyard.core.claim import Ledger
from steelyard.core.problems import Problem
from steelyard.core.series import Series
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.project.ensemble import Headline
from steelyard.project.fans import Fan, Run, fans_of, reach_of
from steelyard.project.found import Found
from steelyard.project.headlines import headlines_of
from steelyard.project.prepared import prepare, run_of
from steelyard.project.scenario import read_scenario
from steelyard.project.symbols import origins_of
from steelyard.project.what_if import PER_YEAR, YEAR, Lever, levers_of, with_changes

SHOWN = ("share", "spending", "spending_foreign")
# By which the numbers that may be moved are told apart: what the target asks, and what the path comes to.
TOLD = (
    *("x_annual", "x_cumulative", "x_cumulative_foreign", "x_cumulative_horizon"),
    *("x_cumulative_horizon_foreign", "spending_target_year", "spending_target_year_foreign"),
    *("needed_real_growth", "p_reach", "p_kept"),
)
# Positions of each slider by how many there are; and the most draws, so that a grid takes seconds.
_POSITIONS = {1: (9,), 2: (7, 7), 3: (5, 5, 5)}
_FEW = 5
# A year that can be chosen is each one, if there are no more; the other sliders then have fewer positions.
_EACH_YEAR, _FEWER = 10, 3
MOST_DRAWS = 10_000
_TRIED = 200  # draws, to see which numbers matter
_LEAST = 0.005  # a step that moves no headline by half a per cent is not worth a slider
_EIGHTH, _HALF_A_POINT = Decimal(8), Decimal("0.5")
_STEPS = tuple(Decimal(text) for text in ("1", "2", "2.5", "5", "10"))
_NEEDED = frozenset(
    ("needed", "extra_cumulative", "extra_cumulative_foreign", "spending_foreign", "spending", "share", "gdp")
)
Place = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """One number that is moved, and its positions from low to high; `own` is that which the scenario has."""

    lever: Lever
    numbers: tuple[Decimal, ...]
    own: int

    def change(self, position: int) -> dict[str, str]:
        """The change that takes the scenario to a position; none at its own."""
        text = self.lever.text(self.numbers[position])
        return {} if position == self.own else {self.lever.name: text}

    @property
    def neighbour(self) -> int:
        """The position next to its own, above it where there is one."""
        return self.own + 1 if self.own + 1 < len(self.numbers) else self.own - 1


@dataclass(frozen=True, slots=True)
class Point:
    """What the scenario comes to at one point: fans by variable, headline numbers, or why it cannot be run.

    `target` is in percent of GDP, to be reached in `by`; None where there is none.
    """

    changes: Mapping[str, str]
    fans: Mapping[str, Fan] = field(default_factory=dict)
    headline: tuple[Headline, ...] = ()
    target: float | None = None
    by: int | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """All points of a scenario by their positions on each axis; `years` begin with the base year."""

    scenario: str
    axes: tuple[Axis, ...]
    points: Mapping[Place, Point]
    years: range
    draws: int
    seed: int

    @property
    def own(self) -> Place:
        """The point at which the scenario is as it is written."""
        return tuple(axis.own for axis in self.axes)


@dataclass(frozen=True, slots=True)
class _Case:
    """The scenario with all that it is run from."""

    scenario: Entry
    ledger: Ledger
    vocabulary: Vocabulary
    series: Sequence[Series]
    draws: int
    seed: int | None

    def prepared(self, changes: Mapping[str, str]) -> tuple[Found | None, list[Problem]]:
        words, problems = with_changes([self.scenario], changes, self.vocabulary, self.series)
        entry = words.entry(self.scenario.kind, self.scenario.id)
        if problems or entry is None:
            return None, problems
        return prepare(entry, self.ledger, words, self.series, draws=self.draws, seed=self.seed)


def grid_of(
    scenario: Entry,
    ledger: Ledger,
    vocabulary: Vocabulary,
    series: Sequence[Series] = (),
    *,
    draws: int | None = None,
    seed: int | None = None,
) -> Grid | None:
    """A scenario over a grid of the numbers that matter most; None where it cannot be run or none matters."""
    whole, _ = read_scenario(scenario, vocabulary, draws=draws, seed=seed)
    if whole is None:
        return None
    case = _Case(scenario, ledger, vocabulary, series, min(whole.draws, MOST_DRAWS), seed)
    levers = levers_of(scenario, vocabulary, series)
    axes = _axes(case, levers, (whole.base_year, whole.horizon))
    if not axes:
        return None
    points = dict(_points(case, axes))
    years = range(whole.base_year, whole.horizon + 1)
    return Grid(scenario.id, axes, points, years, case.draws, whole.seed)


def _axes(case: _Case, levers: Sequence[Lever], years: tuple[int, int]) -> tuple[Axis, ...]:
    """The numbers that move the headlines furthest by one step, in the order in which they are found."""
    trial = replace(case, draws=_TRIED)
    own = _tried(trial, {})
    trials = [axis for lever in levers if (axis := axis_of(lever, _FEW, years))]
    effects = {axis.lever.name: _effect(own, _tried(trial, axis.change(axis.neighbour))) for axis in trials}
    # What matters about as much, within a factor of two, stays in the author's order.
    worth = (name for name in effects if effects[name] >= _LEAST)
    ranked = sorted(worth, key=lambda name: -round(log2(effects[name])))
    chosen = [lever for lever in levers if lever.name in ranked[: max(_POSITIONS)]]
    counts = _POSITIONS.get(len(chosen), ())
    if len(chosen) == max(_POSITIONS) and any(lever.unit == YEAR for lever in chosen):
        counts = tuple(_EACH_YEAR if lever.unit == YEAR else _FEWER for lever in chosen)
    found = (axis_of(lever, count, years) for lever, count in zip(chosen, counts, strict=True))
    return tuple(axis for axis in found if axis)


def axis_of(lever: Lever, count: int, years: tuple[int, int]) -> Axis | None:
    """A number with so many positions around its own, in round steps; None where there is no room for any.

    Years go from the one after the base year to the horizon; shares and amounts stay above nothing.
    """
    step = _HALF_A_POINT if lever.unit == PER_YEAR else _rounded(abs(lever.number) / _EIGHTH)
    if lever.unit == YEAR:
        step = Decimal(max(1, -(-(years[1] - years[0] - 1) // max(count - 1, 1))))
        numbers = {lever.number + step * number for number in range(-count, count + 1)}
        found = sorted(number for number in numbers if years[0] < number <= years[1])
    else:
        middle = round(lever.number, 1) if lever.unit == PER_YEAR else lever.number
        around = (number for number in range(-(count // 2), count - count // 2))
        found = [middle + step * number if number else lever.number for number in around]
        found = [number for number in found if number > 0 or lever.unit == PER_YEAR]
    if step == 0 or len(found) < 2 or lever.number not in found:
        return None
    return Axis(lever, tuple(found), found.index(lever.number))


def _rounded(step: Decimal) -> Decimal:
    """The nearest of 1, 2, 2.5 and 5 times a power of ten, not below it; nothing for nothing."""
    if step == 0:
        return step
    power = Decimal(1).scaleb(step.adjusted())
    return next(power * one for one in _STEPS if power * one >= step)


def _tried(case: _Case, changes: Mapping[str, str]) -> Mapping[str, Headline]:
    """The headlines that tell numbers apart, by name."""
    found, _ = case.prepared(changes)
    if found is None:
        return {}
    point = _point(changes, found, _shown(run_of(found)))
    return {one.name: one for one in point.headline}


def _effect(own: Mapping[str, Headline], other: Mapping[str, Headline]) -> float:
    """The most that a headline moves, as a fraction of itself; chances are of another kind."""
    both = [(own[name].value, other[name].value) for name in own if name in other and own[name].unit]
    return max((abs(there - here) / abs(here) for here, there in both if here), default=0.0)


def _points(case: _Case, axes: Sequence[Axis]) -> Iterator[tuple[Place, Point]]:
    """Every point, those in one economy one after the other."""
    places = list(product(*(range(len(axis.numbers)) for axis in axes)))
    economies: dict[Place, list[Place]] = {}
    for place in places:
        key = tuple(at for at, axis in zip(place, axes, strict=True) if axis.lever.place is not None)
        economies.setdefault(key, []).append(place)
    for together in economies.values():
        yield from _together(case, axes, together)


def _together(case: _Case, axes: Sequence[Axis], places: Sequence[Place]) -> Iterator[tuple[Place, Point]]:
    """The points of one economy, run in the same draws."""
    ready: list[tuple[Place, Mapping[str, str], Found, Run]] = []
    for place in places:
        moved = [axis.change(at) for axis, at in zip(axes, place, strict=True)]
        changes: Mapping[str, str] = {name: text for one in moved for name, text in one.items()}
        found, problems = case.prepared(changes)
        if found is None:
            fault = next((one.message for one in problems if one.severity != "warning"), "")
            yield place, Point(changes, fault=fault or "It cannot be run.")
        else:
            ready.append((place, changes, found, _shown(run_of(found))))
    ways = tuple(way for *_, run in ready for way in run.ways)
    first = replace(ready[0][-1], beside=ways) if ready else None
    for place, changes, found, run in ready:
        yield place, _point(changes, found, replace(run, shared=first))


def _shown(run: Run) -> Run:
    """A run at the values to show alone, without what is owed beside its plan."""
    return replace(
        run,
        corners=run.corners[:1],
        policies=run.policies[:1],
        references=run.references[:1],
        payments=(),
    )


def _point(changes: Mapping[str, str], found: Found, run: Run) -> Point:
    fans = fans_of(run, _NEEDED)
    headlines = headlines_of(run, found, fans, reach_of(run), origins_of(found)[1])
    told = sorted((one for one in headlines if one.name in TOLD), key=lambda one: TOLD.index(one.name))
    shown = {name: fans[name] for name in SHOWN if name in fans}
    aim = None if found.target is None else float(found.target.interval.low)
    return Point(changes, shown, tuple(told), aim, None if aim is None else found.scenario.by)
