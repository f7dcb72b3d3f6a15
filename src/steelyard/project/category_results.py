"""What spending is made up of, year by year: the cells of each category, and what others take from it.

The fan is over the same draws as that of spending, at most the first 10,000. Its box has the ends of claims
and limits, both ends of the category's own share with the others in proportion, and whoever gives way where
the floor of one category takes from others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from steelyard.project.categories import Category, shown_shares, with_share
from steelyard.project.chance import Array
from steelyard.project.economy import Paths, run_draws
from steelyard.project.ensemble import PROBABILITIES, Cell
from steelyard.project.equations import carried_out, quantiles
from steelyard.project.fans import Run, fan_of
from steelyard.project.split import Giving, Part, part_given

EQUATIONS: Mapping[str, str] = {
    "category": "ME_c[t], sum ME_c[t] = ME[t]",
    "category_share": "100 ME_c[t] / ME[t]",
    "crowded_out": "max(e_c min(A[t], (1 + cap) ME[t-1]) - ME_c[t] / u[t], 0)",
}
_MOST_DRAWS = 10_000
_NOTHING = 1e-12  # of the base year's GDP: what is left of a difference of equal numbers
# By year, base year first: what is spent before a floor, and the floor of each category.
Years = list[tuple[Array, list[Array]]]
Setting = tuple[str, Giving]
Corners = dict[str, list[list[tuple[Array, Array, float]]]]


def category_cells(run: Run, inputs: Mapping[str, tuple[str, ...]]) -> Iterator[Cell]:
    """All cells of all categories; `inputs` has the ids of what each rests on, by its id."""
    if not run.categories:
        return
    paths = run_draws(run.drivers, run.scenario.seed, min(run.scenario.draws, _MOST_DRAWS))
    every = [
        (_years(run, number, paths), _years(run, number, run.calm)) for number in range(len(run.corners))
    ]
    for number, category in enumerate(run.categories):
        found = Corners()
        for corner, both in enumerate(every):
            for setting in _settings(run, category, shown=corner == 0):
                fans = zip(*(_each(run, corner, number, years, setting) for years in both), strict=True)
                rows = [
                    {name: (*quantiles(drawn[name], PROBABILITIES), float(calm[name][0])) for name in drawn}
                    for drawn, calm in fans
                ]
                for name in rows[0]:
                    found.setdefault(name, []).append([row[name] for row in rows])
        yield from _cells(run, category, found, inputs[category.id])


def category_in_draw(run: Run, variable: str, paths: Paths) -> list[float]:
    """A variable of a category in the one draw of `paths`, by year, at the values to show."""
    kind, _, name = variable.partition(":")
    number = [one.id for one in run.categories].index(name)
    years = _each(run, 0, number, _years(run, 0, paths), ("shown", "alike"))
    return [float(values[kind][0]) for values in years]


def _settings(run: Run, category: Category, *, shown: bool) -> list[Setting]:
    """The ends of a category's share with who gives way, those to show first where asked for."""
    is_open = any(not one.is_exact for one in category.shares)
    ends = ("low", "high") if is_open else ("shown",)
    giving: tuple[Giving, ...] = ("last", "first") if run.policies[0].limits.floor else ("alike",)
    first: list[Setting] = [("shown", "alike")] if shown else []
    return list(dict.fromkeys([*first, *product(ends, giving)]))


def _years(run: Run, number: int, paths: Paths) -> Years:
    """What a corner's policy would spend without a floor, and the floors of all categories."""
    policy, corner = run.policies[number], run.corners[number]
    nothing = np.zeros(paths.draws)
    years: Years = [(np.full(paths.draws, policy.plan.share), [nothing for _ in run.categories])]
    for t, year in enumerate(carried_out(policy, paths)):
        floors = []
        for one in run.categories:
            floor = year.paid if one.paying else nothing
            for line in one.lines:
                moving = line.at(t, corner.ends[2])
                floor = floor + moving.at(paths.prices[t], paths.rate[t]) / corner.gdp
            floors.append(floor)
        years.append((year.spent / policy.limits.execution - year.crowded, floors))
    return years


def _each(
    run: Run, corner: int, number: int, years: Years, setting: Setting
) -> Iterator[Mapping[str, Array]]:
    """The variables of a category in each year, (draw,) each."""
    end, giving = setting
    gdp, limits = run.corners[corner].gdp, run.policies[corner].limits
    for t, (voted, floors) in enumerate(years):
        shares = shown_shares(run.categories, t)
        if end != "shown":
            interval = run.categories[number].shares[t]
            shares = with_share(shares, number, float(interval.low if end == "low" else interval.high))
        part: Part = part_given(number, voted, shares, floors, giving)
        execution = limits.execution if t else 1.0
        given = np.where(part.given < _NOTHING, 0.0, part.given)
        found = {"category": given * execution * gdp, "category_share": part.share}
        if limits.floor:
            found["crowded_out"] = np.where(part.lost < _NOTHING, 0.0, part.lost) * gdp
        yield found


def _cells(run: Run, category: Category, found: Corners, inputs: Sequence[str]) -> Iterator[Cell]:
    """The cells of a category from its corners."""
    for kind, corners in found.items():
        fan = fan_of(corners)
        unit = "%" if kind == "category_share" else run.economy.currency
        for t, central in enumerate(fan.central):
            yield Cell(
                f"{kind}:{category.id}", unit, run.scenario.base_year + t, central, fan.box[t],
                tuple(fan.quantiles[t]), tuple(fan.quantile_boxes[t]), EQUATIONS[kind], tuple(inputs),
                fan.errors[t],
            )  # fmt: skip


def category_names(run: Run) -> dict[str, str]:
    """What each category is called, by its id."""
    return {f"category:{one.id}": one.label for one in run.categories}
