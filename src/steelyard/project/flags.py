"""What a scenario's numbers fall short of, as warnings with the number and the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from steelyard.core.problems import Problem
from steelyard.project.categories import Category
from steelyard.project.drivers import listed
from steelyard.project.ensemble import Cell, Ensemble
from steelyard.project.equations import carried_out, floor_of
from steelyard.project.fans import Run
from steelyard.project.found import Found
from steelyard.project.money import amount_words
from steelyard.project.parameters import Value
from steelyard.project.prepared import run_of
from steelyard.project.rules import RULES

_ENOUGH = 1 - 1e-9  # of what is asked for: what less than that lacks is no more than floats leave
_VERBS = {"below": "is", "open": "may be"}


def flags_of(ensemble: Ensemble, found: Found) -> Iterator[Problem]:
    """A warning for each thing that the path without shocks falls short of, or may within its box."""
    limits = found.limits
    if limits.execution and limits.floored:
        yield from _below_floor(run_of(found), found)
    if found.target and (limits.execution or limits.cap):
        yield from _below_target(ensemble, found)
    for category in found.course.categories:
        if category.least:
            yield from _below_guideline(category, ensemble, found)


def verdict(box: tuple[float, float], least: float) -> str:
    """Whether a range keeps what is asked for, is below it, or may be either."""
    low, high = box
    return "kept" if low >= least * _ENOUGH else "below" if high < least * _ENOUGH else "open"


class _Short(NamedTuple):
    """A year in which less is carried out than a floor asks for: both in national currency, and the range of
    what is missing.
    """

    year: int
    spent: float
    floor: float
    box: tuple[float, float]


def _below_floor(run: Run, found: Found) -> Iterator[Problem]:
    """A warning for the years in which less is, or may be, carried out than the floor that binds the vote."""
    calm, scenario = run.calm, run.scenario
    corners = []
    for policy, corner in zip(run.policies, run.corners, strict=True):
        years = enumerate(carried_out(policy, calm))
        floors = [(one.spent, floor_of(policy.limits, t, calm, one.paid)) for t, one in years]
        corners.append([(float(a[0]) * corner.gdp, float(np.max(b)) * corner.gdp) for a, b in floors])
    short = list[_Short]()
    for year, ends in zip(scenario.years, zip(*corners, strict=True), strict=True):
        missing = [1 - spent / floor if floor else 0.0 for spent, floor in ends]
        short.append(_Short(year, ends[0][0], ends[0][1], (-max(missing), -min(missing))))
    for kind, verb in _VERBS.items():
        pairs = [one for one in short if verdict((1 + one.box[0], 1 + one.box[1]), 1.0) == kind]
        if pairs:
            yield _floor_missed(pairs, verb, found)


def _floor_missed(pairs: Sequence[_Short], verb: str, found: Found) -> Problem:
    """The warning of years below the floor, with the one that lacks most."""
    worst = max(pairs, key=lambda one: 1 - one.spent / one.floor)
    words = [amount_words(one, found.economy.currency, found.vocabulary)
             for one in (worst.spent, worst.floor)]  # fmt: skip
    message = f"What is carried out in {worst.year}, {words[0]}, {verb} below the floor of {words[1]}"
    message += f"; so in {listed([one.year for one in pairs])}." if len(pairs) > 1 else "."
    hint = "The floor binds the vote; a higher execution rate, or a plan above the floor, would keep it."
    return Problem("executed-below", message, found.scenario.place("limits", "execution"), hint, "warning")


def _below_target(ensemble: Ensemble, found: Found) -> Iterator[Problem]:
    """A warning where a plan leads to the target and its limits keep it below in the year of the target."""
    scenario, target = found.scenario, found.target
    if target is None or "target" not in RULES[scenario.data["rule"]["kind"]].needs:
        return
    (cell,) = (one for one in ensemble.series("share") if one.year == scenario.by)
    kind = verdict(cell.box, float(target.interval.low))
    if kind in _VERBS:
        number = f"{cell.central:.4g}%" if kind == "below" else f"{cell.box[0]:.4g} to {cell.box[1]:.4g}%"
        message = (
            f"What is carried out in {scenario.by}, {number} of GDP, {_VERBS[kind]} below the target of "
            f"{_joined(target.written)} to which the plan leads."
        )
        key = "execution" if found.limits.execution else "cap"
        hint = "A higher execution rate or cap, or a plan above the target, would reach it."
        yield Problem("executed-below", message, scenario.place("limits", key), hint, "warning")


def _below_guideline(category: Category, ensemble: Ensemble, found: Found) -> Iterator[Problem]:
    """A warning for the years in which a category is, or may be, less than its guideline asks for."""
    cells = ensemble.series(f"category_share:{category.id}")
    held = list(zip(cells, category.least, strict=True))
    for kind in _VERBS:
        pairs = [pair for pair in held if verdict(pair[0].box, float(pair[1].interval.low)) == kind]
        if pairs:
            yield _shortfall(category, pairs, kind, found)


def _shortfall(category: Category, pairs: Sequence[tuple[Cell, Value]], kind: str, found: Found) -> Problem:
    """The warning of the years that are of one kind, with the year that lacks most."""
    cell, least = min(pairs, key=lambda pair: pair[0].box[0] - float(pair[1].interval.low))
    years = listed([one.year for one, _ in pairs])
    number = f"{cell.central:.4g}%" if kind == "below" else f"{cell.box[0]:.4g} to {cell.box[1]:.4g}%"
    reference = least.setting.reference
    whose = f" of {reference['publisher']} ({reference['title']})" if reference else ""
    message = (
        f"{category.label}: {number} of spending in {cell.year} {_VERBS[kind]} below the guideline of "
        f"{_joined(least.written)}{whose}"
    )
    message += f"; so in {years}." if len(pairs) > 1 else "."
    hint = "A plan that gives it more, or another guideline under [[sets]] with a reason, would change this."
    place = found.scenario.place("categories")
    return Problem("below-guideline", message, place, hint, "warning")


def _joined(written: str) -> str:
    """A percentage as all messages have it: the sign at its number."""
    return written.replace(" %", "%")
