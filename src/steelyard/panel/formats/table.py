"""A table of one's own: a CSV file in the form of core/series.py, each row with its edition and source.

A figure's interval is half a unit of its last written digit: "67.92e12" stands for 67.915 to 67.925 trillion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Context, Decimal
from pathlib import Path
from typing import cast, get_args

from steelyard.core.problems import Problem
from steelyard.core.schema import nearest
from steelyard.core.series import NEEDED, Point, Series, load_series
from steelyard.panel.csv_cells import LARGEST_FILE, opening_lines
from steelyard.panel.names import Names
from steelyard.panel.observations import Loaded, Observation, Status
from steelyard.panel.taking import Taking

PUBLISHER = "own"
SUFFIXES = (".csv",)
_EXACT = Context(prec=200)
_UNIT = re.compile(
    r"[A-Z]{3}|1|%|% of GDP|person|index(?: \d{4} = 100)?|international dollar"
    r"|km|tonne|tonne of coal equivalent"
    r"|[A-Z]{3} per (?:[A-Z]{3}|international dollar)"
)
_UNITS = "USD, % of GDP, %, 1, person, km, tonne, index 2020 = 100, KRW per USD, KRW per international dollar"
_PRICES = re.compile(r"current|constant:\d{4}")
_OTHER_DELIMITERS = (";", "\t")
_STATUSES = get_args(Status)


def knows(path: Path) -> bool:
    """Whether the heading has the columns that every series needs, or nearly all of them."""
    return any(_is_heading(path, delimiter) for delimiter in (",", *_OTHER_DELIMITERS))


def _is_heading(path: Path, delimiter: str) -> bool:
    heading = next(iter(opening_lines(path, delimiter)), [])
    return len({*NEEDED} & {*heading}) >= len(NEEDED) - 1


def load(path: Path, names: Names) -> Loaded:
    """The observations of a table; series of an unknown unit and rows of an unknown status are left out."""
    taking = Taking(path, PUBLISHER)
    if path.stat().st_size > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE // 2**20} MB; nothing of it is read."
        hint = "Split it into several files."
        taking.problems.append(Problem("unreadable", message, taking.place(0), hint))
        return taking.loaded()
    if not _is_heading(path, ","):
        message = "The columns are not separated by commas."
        hint = "Save the table as CSV with commas, and with points in its decimals."
        taking.problems.append(Problem("broken-row", message, taking.place(1), hint))
        return taking.loaded()
    every, problems = load_series(path)
    taking.problems += problems
    taking.edition = ", ".join(dict.fromkeys(one.edition for one in every))
    for series in every:
        actor = names.actor(series.actor)
        taking.problems += _unlike(series, names)
        if actor is None:
            taking.unknown[series.actor] = None
        elif not _UNIT.fullmatch(series.unit):
            message = f"The unit {series.unit!r} of {series.id} is not one of the panel's."
            hint = f"Write amounts in single units, with a unit such as {_UNITS}."
            taking.problems.append(Problem("unknown-unit", message, series.points[0].place, hint))
        else:
            for one in _observations(taking, names, series, actor):
                taking.take(one)
    return taking.loaded()


def _unlike(series: Series, names: Names) -> Iterator[Problem]:
    """What of a series no measure of the panel asks for, with the nearest word that one does."""
    place = series.points[0].place
    if names.actor(series.actor) is None:
        message = f"There is no actor {series.actor!r}; its rows are left out."
        hint = nearest(series.actor, tuple(sorted({*names.by_name.values(), *names.by_name})))
        yield Problem("unknown-actor", message, place, hint, "warning")
    if names.measures and series.measure not in names.measures:
        message = f"Nothing is reckoned from a measure {series.measure!r}."
        yield Problem(
            "unknown-measure", message, place, nearest(series.measure, tuple(names.measures)), "warning"
        )
    if names.definitions and series.definition and series.definition not in names.definitions:
        message = f"There is no definition {series.definition!r}."
        yield Problem("unknown-choice", message, place, nearest(series.definition, tuple(names.definitions)))
    if series.prices and not _PRICES.fullmatch(series.prices):
        message = f"The prices {series.prices!r} are not known, so nothing is reckoned from these rows."
        yield Problem(
            "unknown-choice", message, place, "Write current, or constant with its year: constant:2015."
        )


def _observations(taking: Taking, names: Names, series: Series, actor: str) -> Iterator[Observation]:
    for point in series.points:
        status = point.status or "observed"
        if status not in _STATUSES:
            message = f"The status {point.status!r} is not known; the row is left out."
            fault = Problem("unknown-choice", message, point.place, nearest(point.status, _STATUSES))
            taking.problems.append(fault)
            continue
        year, fiscal = names.fiscal_year(actor, point.year) if point.fiscal else (point.year, False)
        low, high = _written(point)
        source = f"{point.source}, {point.locator}" if point.locator else point.source
        yield Observation(
            *(actor, series.measure, year, point.value, low, high),
            *(series.unit, PUBLISHER, series.edition, point.place),
            item=series.item,
            definition=series.definition,
            prices=series.prices,
            status=cast(Status, status),
            fiscal=fiscal,
            source=source,
        )


def _written(point: Point) -> tuple[Decimal, Decimal]:
    """Half a unit of the last written digit, either way."""
    digits, exponent = point.value.as_tuple().digits, int(point.value.as_tuple().exponent)
    if len(digits) > _EXACT.prec - 2:
        return point.value, point.value
    half = Decimal((0, (5,), exponent - 1))
    return _EXACT.subtract(point.value, half), _EXACT.add(point.value, half)
