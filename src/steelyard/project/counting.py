"""Many draws through many policies, without keeping them: what `lanes.py` counts, as quantiles and chances.

Memory does not grow with the number of draws. Threads take stretches of draws as they come; the counts of all
are added up, so that neither their number nor their order changes a bit of the result.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from steelyard.project.bins import SAMPLE, Layout, bins_for, lay_out, quantiles_of
from steelyard.project.chance import GROUP, Array, key_of
from steelyard.project.economy import Drivers, centred, means_of_shocks, prices_abroad
from steelyard.project.equations import Limits, Policy
from steelyard.project.kept_paths import NO_PATHS, KeptPaths
from steelyard.project.payments import KNOWN, Agreement, Line, Moving, Step
from steelyard.project.rules import RULES

if TYPE_CHECKING:
    from steelyard.project.records import Bins, Found, Policies, World

_COST = ("", "_real", "_foreign", "_cumulative", "_cumulative_real", "_cumulative_foreign",
         "_cumulative_discounted")  # fmt: skip
PAYMENTS = ("cost_sharing", "cost_sharing_foreign")
# In the order in which the kernel counts them; amounts are multiples of the base year's GDP at its rate.
VARIABLES = (
    *("spending", "spending_real", "spending_foreign", "share", "crowded_out"),
    *(f"extra{kind}" for kind in _COST),
    *(f"difference{kind}" for kind in _COST),
    *PAYMENTS,
)
SHARED = ("gdp", "gdp_foreign")
_STRETCH = 8  # groups that a thread takes at once
_MOST_MEMORY = 2**26  # bytes of counts that a thread holds
_UNBOUND = 1e300
Wanted = Mapping[str, Sequence[int]]
Fans = Mapping[str, Mapping[int, tuple[Array, Array]]]


@dataclass(frozen=True, slots=True)
class Task:
    """A policy to be run, and the one that it is measured against in the same draws."""

    policy: Policy
    reference: Policy | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task gives: by variable and year (from 0) quantiles and their errors, and by year the chance of
    having met the target and of meeting it from then on.
    """

    fans: Fans
    reached: Array
    kept: Array


@dataclass(frozen=True, slots=True)
class Crowd:
    """Draws 0 to `draws - 1` of an economy, which are run when they are asked for and never kept.

    `discount` is a yearly rate; `threads` how many count at once: as many as processors unless given. `lines`
    are counted beside every task. `kept` has room for the economy of those who ask for the same one again.
    """

    drivers: Drivers
    seed: int
    draws: int
    discount: float | None = None
    threads: int | None = None
    lines: tuple[Line, ...] = ()
    kept: KeptPaths | None = None

    def outcomes(
        self, tasks: Sequence[Task], wanted: Wanted, probabilities: Sequence[float]
    ) -> Iterator[Outcome]:
        """The outcome of each task: of the variables wanted, in the years (from 0) in which they are."""
        names = sum(len(years) for years in wanted.values())
        step = max(1, _MOST_MEMORY // (4 * bins_for(self.draws) * max(names, 1)))
        for first in range(0, len(tasks), step):
            yield from Batch(self, tasks[first : first + step], wanted).outcomes(probabilities)


class Batch:
    """Some tasks that are run together, as the kernel takes them.

    Policies stand in the order of the tasks, then those that are only measured against.
    """

    def __init__(self, crowd: Crowd, tasks: Sequence[Task], wanted: Wanted) -> None:
        self._crowd, self._tasks = crowd, tasks
        self._policies = [task.policy for task in tasks]
        self._references = [self._place(task.reference) for task in tasks]
        self._slots = list(self._wanted_slots(wanted))

    def _place(self, reference: Policy | None) -> int:
        """Where a reference stands among the policies; it comes last where it is none of them yet."""
        if reference is None:
            return -1
        if reference not in self._policies:
            self._policies.append(reference)
        return self._policies.index(reference)

    def _wanted_slots(self, wanted: Wanted) -> Iterator[tuple[int, str, int]]:
        """Task, variable and year of each slot; what belongs to the economy has the number of no task."""
        every = {*SHARED, *(name for line in self._crowd.lines for name in (line.name, line.total))}
        for name, years in wanted.items():
            if name in every:
                yield from ((-1, name, t) for t in years)
                continue
            for number, place in enumerate(self._references):
                if self._has(number, place, name):
                    yield from ((number, name, t) for t in years)

    def _has(self, number: int, place: int, name: str) -> bool:
        """Whether a task has a variable: a difference with a reference, a payment with an agreement."""
        if name in PAYMENTS:
            return self._tasks[number].policy.agreement is not None
        return place >= 0 or not name.startswith("difference")

    def outcomes(self, probabilities: Sequence[float]) -> Iterator[Outcome]:
        """Each task's outcome."""
        draws = self._crowd.draws
        layout, found = self.count()
        fans: list[dict[str, dict[int, tuple[Array, Array]]]] = [{} for _ in self._tasks]
        values, errors = quantiles_of(found.counts, found.zeros, layout, probabilities)
        for (number, name, t), fan in zip(self._slots, zip(values, errors, strict=True), strict=True):
            for fans_of_task in fans if number < 0 else [fans[number]]:
                fans_of_task.setdefault(name, {})[t] = fan
        chances = np.cumsum(found.reached, axis=2)[:, :, :-1] / draws
        for number, fans_of_task in enumerate(fans):
            yield Outcome(fans_of_task, chances[number, 0], chances[number, 1])

    def count(self) -> tuple[Layout, Found]:
        """Bins from the first draws, and what all draws bring to them."""
        world, crowd = self.world(), self._crowd
        if crowd.kept is None:
            return self._count(world)
        with crowd.kept.lent(world, crowd.draws) as lent:
            return self._count(lent)

    def _count(self, world: World) -> tuple[Layout, Found]:
        from steelyard.project.compiled import announced
        from steelyard.project.lanes import count_groups

        draws, policies = self._crowd.draws, self.laid_out()
        few = min(draws, SAMPLE)
        first = self.empty(1, few)
        nothing = np.zeros(len(self._slots))
        unknown = self.bins(Layout(nothing, nothing, 1, nothing == 0.0))
        announced(lambda: count_groups(world, policies, unknown, first, 0, -(-few // GROUP), few))
        groups, turns = -(-draws // GROUP), count(0, _STRETCH)

        def work(bins: Bins) -> Found:
            mine = self.empty(layout.bins, 0)
            while (begin := next(turns)) < groups:
                count_groups(world, policies, bins, mine, begin, min(begin + _STRETCH, groups), draws)
            return mine

        threads = min(self._crowd.threads or _processors(), -(-groups // _STRETCH))
        with ThreadPoolExecutor(threads) as pool:
            layout = lay_out(first.sample, bins_for(draws), pool.map)
            total, *rest = pool.map(work, [self.bins(layout)] * threads)
        for found in rest:
            np.add(total.counts, found.counts, out=total.counts)
            np.add(total.zeros, found.zeros, out=total.zeros)
            np.add(total.reached, found.reached, out=total.reached)
        return layout, total

    def empty(self, bins: int, sample: int) -> Found:
        """Nothing counted yet."""
        from steelyard.project.records import Found

        slots, years = len(self._slots), self._crowd.drivers.years
        return Found(
            np.zeros((slots, bins), np.uint32),
            np.zeros(slots, np.int64),
            np.zeros((len(self._tasks), 2, years + 1), np.int64),
            np.zeros((slots, sample)),
        )

    def bins(self, layout: Layout) -> Bins:
        """Where the kernel counts each variable."""
        from steelyard.project.records import Bins

        years = self._crowd.drivers.years
        slots = np.full((len(self._tasks), len(VARIABLES), years), -1, np.int32)
        shared = np.full((len(SHARED), years), -1, np.int32)
        lines = np.full((len(self._crowd.lines), 2, years), -1, np.int32)
        places = {name: (number, kind) for number, line in enumerate(self._crowd.lines)
                  for kind, name in enumerate((line.name, line.total))}  # fmt: skip
        for slot, (number, name, t) in enumerate(self._slots):
            if number >= 0:
                slots[number, VARIABLES.index(name), t] = slot
            elif name in SHARED:
                shared[SHARED.index(name), t] = slot
            else:
                lines[*places[name], t] = slot
        return Bins(slots, shared, lines, layout.factor, layout.offset, float(layout.bins - 1))

    def world(self) -> World:
        """The economy as the kernel takes it."""
        from steelyard.project.records import World

        crowd, drivers = self._crowd, self._crowd.drivers
        keys = [[key_of(crowd.seed, int(stream)) for stream in row] for row in drivers.streams]
        root = np.zeros((3, 4))
        root[:, : drivers.root.shape[1]] = (
            drivers.root if drivers.past is None else np.eye(*drivers.root.shape)
        )
        rate = 0.0 if crowd.discount is None else crowd.discount
        hoping = any(_weights(one, drivers.years)[:, 1].any() for one in self._policies)
        return World(
            np.array(keys, np.uint64),
            np.ascontiguousarray(centred(drivers)),
            np.ascontiguousarray(drivers.persistence),
            root,
            np.zeros((3, 1, 0)) if drivers.past is None else np.ascontiguousarray(drivers.past),
            means_of_shocks(drivers),
            prices_abroad(drivers),
            np.array([(1.0 + rate) ** -float(t + 1) for t in range(drivers.years)]),
            np.array([hoping, any(name == "share" for _, name, _ in self._slots), False]),
            np.array([line.amounts for line in crowd.lines]).reshape(-1, drivers.years + 1, 3),
            NO_PATHS,
        )

    def _kinds(self, cost: str) -> NDArray[np.bool_]:
        """Whether a cost is wanted at all, in prices of the base year, and in foreign money."""
        names = {name for _, name, _ in self._slots if name.startswith(cost)}
        real = any(name.endswith(("_real", "_discounted")) for name in names)
        return np.array([bool(names), real, any(name.endswith("_foreign") for name in names)])

    def laid_out(self) -> Policies:
        """The policies as the kernel takes them."""
        from steelyard.project.records import Policies

        years, all_of = self._crowd.drivers.years, self._policies
        limits, agreements = [one.limits for one in all_of], [one.agreement for one in all_of]
        caps = [_UNBOUND if one.cap is None else 1.0 + one.cap for one in limits]
        only_measured = [-1] * (len(all_of) - len(self._tasks))
        return Policies(
            np.stack([_weights(one, years) for one in all_of]),
            np.array(caps),
            np.array([_floor(one, years) for one in limits]),
            np.array([bool(one.moving) or one.payment for one in limits]),
            np.array([any(agreements)]),
            np.array([one.amount if one else 0.0 for one in agreements]),
            np.array([[step.follows for step in _steps(one, years)] for one in agreements], np.int32),
            np.array([[step[1:] for step in _steps(one, years)] for one in agreements], np.float64),
            np.array([1.0 * one.payment for one in limits]),
            np.array([one.execution for one in limits]),
            np.array([one.plan.share for one in all_of]),
            np.array([one.plan.target for one in all_of]),
            np.array([*self._references, *only_measured], np.int32),
            self._kinds("extra"),
            self._kinds("difference"),
        )


def _weights(policy: Policy, years: int) -> Array:
    """What a policy's rule plans in each year, (year, amount)."""
    return np.array([RULES[policy.rule].weights(policy.plan, t) for t in range(years)])


def _floor(limits: Limits, years: int) -> list[tuple[float, float, float]]:
    """What spending cannot fall below in each year: what stays, moves with prices, and with the rate."""
    if not limits.floor:
        return [(-_UNBOUND, 0.0, 0.0)] * years
    moving = limits.moving or (Moving(),) * years
    return [
        (one + more.fixed, more.prices, more.rate) for one, more in zip(limits.floor, moving, strict=True)
    ]


def _steps(agreement: Agreement | None, years: int) -> Sequence[Step]:
    """How a payment moves each year; it stays where there is none."""
    return agreement.steps if agreement else [Step(KNOWN)] * years


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
