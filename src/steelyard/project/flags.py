"""What a scenario's numbers fall short of, as warnings with the number and the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.core.problems import Problem
from steelyard.project.categories import Category
from steelyard.project.drivers import listed
from steelyard.project.ensemble import Cell, Ensemble
from steelyard.project.found import Found
from steelyard.project.parameters import Value

_ENOUGH = 1 - 1e-9  # of what is asked for: what less than that lacks is no more than floats leave
_VERBS = {"below": "is", "open": "may be"}


def flags_of(ensemble: Ensemble, found: Found) -> Iterator[Problem]:
    """A warning for each thing that the path without shocks falls short of, or may within its box."""
    for category in found.course.categories:
        if category.least:
            yield from _below_guideline(category, ensemble, found)


def verdict(box: tuple[float, float], least: float) -> str:
    """Whether a range keeps what is asked for, is below it, or may be either."""
    low, high = box
    return "kept" if low >= least * _ENOUGH else "below" if high < least * _ENOUGH else "open"


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
    number = f"{cell.central:.4g} %" if kind == "below" else f"{cell.box[0]:.4g} to {cell.box[1]:.4g} %"
    reference = least.setting.reference
    whose = f" of {reference['publisher']} ({reference['title']})" if reference else ""
    message = (
        f"{category.label}: {number} of spending in {cell.year} {_VERBS[kind]} below the guideline of "
        f"{least.written}{whose}"
    )
    message += f"; so in {years}." if len(pairs) > 1 else "."
    hint = "A plan that gives it more, or another guideline under [[sets]] with a reason, would change this."
    place = found.scenario.place("categories")
    return Problem("below-guideline", message, place, hint, "warning")
