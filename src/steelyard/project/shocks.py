"""What the past teaches of shocks: how long they last, how large they are, and what came together.

Three choices: `gaussian` takes the covariance of what persistence leaves unexplained, `bootstrap` takes those
residuals themselves, in stretches of years, and `forecast-errors` takes how far the publisher's own past
forecasts were off at each distance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from steelyard.core.problems import Problem
from steelyard.core.series import Series
from steelyard.project.common import loads_of, own_covariance
from steelyard.project.scenario import Scenario

FEWEST_YEARS = 10  # below that a persistence and a covariance say nothing
FEWEST_FORECASTS = 10
VARIABLES = ("real_growth", "inflation", "real_exchange_rate")
ERROR = "_forecast_error"  # of a variable, the measure of a series of past errors
ERROR_UNITS = ("percentage point", "%")
_LARGEST_ERROR = 300  # percentage points; larger ones are a slip of the pen


@dataclass(frozen=True, slots=True)
class Shocks:
    """What moves the drivers off their path, in the order of `VARIABLES`.

    `persistence`: one number a variable; `root`: the lower root of the covariance; `past`: shocks as they
    came, by variable, year of a run, and run, or None for normal ones; `words`: where they come from.
    `loads`: how each answers to the factor that several countries have in common; None where there is none.
    `errors`: the series of past errors that they are, by variable.
    """

    persistence: list[float]
    root: list[list[float]]
    words: str
    past: list[list[list[float]]] | None = None
    loads: list[float] | None = None
    errors: Mapping[str, tuple[Series, ...]] = field(default_factory=dict)


def learn_shocks(
    scenario: Scenario,
    history: Sequence[Sequence[float]],
    others: Sequence[Sequence[Sequence[float]]] = (),
) -> tuple[Shocks | None, list[Problem]]:
    """The shocks that a history of the variables (variable by year) gives, or None and why it gives none.

    `others` are the histories of countries that have shocks in common with this one.
    """
    table = scenario.data["drivers"]["shocks"]
    window, place = table["window"], scenario.place("drivers", "shocks", "window")
    hint = "Choose another window."
    slopes, residuals = residuals_of(history)
    if any(abs(slope) >= 1 for slope in slopes):
        wild = VARIABLES[max(range(3), key=lambda i: abs(slopes[i]))]
        message = f"In this window {wild} has no level to return to."
        return None, [Problem("bad-covariance", message, place, hint)]
    free = len(residuals[0]) - 2
    covariance = [[_product(x, y) / free for y in residuals] for x in residuals]
    loads = None
    if others:
        every = [residuals, *(residuals_of(other)[1] for other in others)]
        loads = loads_of(every, free)[0]
        covariance = own_covariance(covariance, loads)
    root = lower_root(covariance)
    if root is None:
        message = "In this window the variables move as one, so that they give no covariance."
        return None, [Problem("bad-covariance", message, place, hint)]
    if table["kind"] == "gaussian":
        common = ", one of them in common with other countries" if others else ""
        return Shocks(slopes, root, f"shocks as in {window}{common}", loads=loads), []
    block = int(table["block"])
    run = "one year at a time" if block == 1 else f"in stretches of {block} years"
    words = f"shocks drawn from {window} {run}" + (", the same for all countries" if others else "")
    return Shocks(slopes, root, words, stretches(residuals, block), loads), []


def residuals_of(history: Sequence[Sequence[float]]) -> tuple[list[float], list[list[float]]]:
    """The persistence of each variable, and what it leaves unexplained by year.

    Least squares of each variable's deviation from its mean on its own last one.
    """
    slopes, residuals = [], []
    for values in history:
        mean = sum(values) / len(values)
        gaps = [value - mean for value in values]
        before, now = gaps[:-1], gaps[1:]
        square = _product(before, before)
        slope = _product(before, now) / square if square else 0.0
        slopes.append(slope)
        residuals.append([b - slope * a for a, b in zip(before, now, strict=True)])
    return slopes, residuals


def stretches(residuals: Sequence[Sequence[float]], block: int) -> list[list[list[float]]]:
    """Every stretch of `block` years of the residuals, by variable, year of the stretch, and first year.

    The years close to a circle, so that each is drawn equally often (Politis and Romano, 1992). Residuals are
    moved to a mean of zero and widened by what a mean and a slope took from them, as for the covariance,
    which is divided by their number less two.
    """
    count = len(residuals[0])
    widened = sqrt(count / (count - 2))
    found = []
    for values in residuals:
        mean = sum(values) / count
        whole = [widened * (value - mean) for value in values]
        found.append([[whole[(first + year) % count] for first in range(count)] for year in range(block)])
    return found


def errors_of_forecasts(scenario: Scenario, series: Sequence[Series]) -> tuple[Shocks | None, list[Problem]]:
    """The shocks that past forecasts were off by, or None and a refusal that names what is missing.

    A forecast is an edition; its first row is the error one year ahead, and so on. Only editions that have
    all variables for as many years as the scenario are used, each as one run.
    """
    years, keys = len(scenario.years), scenario.data["drivers"]["shocks"].get("errors", {})
    tables = [
        {one.edition: one for one in series if one.fits({**keys, "measure": f"{name}{ERROR}"})}
        for name in VARIABLES
    ]
    whole = [
        edition
        for edition in tables[0]
        if all(edition in table and _covers(table[edition], years) for table in tables)
    ]
    if len(whole) < FEWEST_FORECASTS:
        return None, [_too_few(scenario, [len(table) for table in tables], len(whole))]
    faults = list(_error_faults(scenario, [table[edition] for table in tables for edition in whole]))
    if faults:
        return None, faults
    past = [
        [[float(table[edition].points[year].value) / 100 for edition in whole] for year in range(years)]
        for table in tables
    ]
    nothing = [[0.0] * 3 for _ in range(3)]
    words = f"shocks as {len(whole)} past forecasts were off, {whole[0]} to {whole[-1]}"
    used = {
        name: tuple(table[edition] for edition in whole)
        for name, table in zip(VARIABLES, tables, strict=True)
    }
    return Shocks([0.0] * 3, nothing, words, past, errors=used), []


def _covers(series: Series, years: int) -> bool:
    """Whether an edition has an error for each distance up to so many years."""
    first = series.years[0]
    return series.years[:years] == tuple(range(first, first + years))


def _too_few(scenario: Scenario, found: Sequence[int], whole: int) -> Problem:
    """The refusal for want of past errors, which says what is there and what would lift it."""
    years = len(scenario.years)
    there = ", ".join(f"{count} of {name}" for count, name in zip(found, VARIABLES, strict=True))
    message = (
        f"Not projected: past forecast errors are missing. Editions found: {there}; {whole} of them have "
        f"all three for {years} years ahead, and {FEWEST_FORECASTS} are needed."
    )
    measures = ", ".join(f"{name}{ERROR}" for name in VARIABLES)
    hint = (
        f"Add series of {measures}, outcome less forecast in percentage points: an edition for each "
        f"forecast, a row for each year ahead. Or choose the shocks 'gaussian' or 'bootstrap'."
    )
    return Problem("missing-errors", message, scenario.place("drivers", "shocks", "kind"), hint, "refusal")


def _error_faults(scenario: Scenario, series: Sequence[Series]) -> list[Problem]:
    """Errors in another unit, or beyond any economy, told once."""
    place = scenario.place("drivers", "shocks")
    for one in series:
        if one.unit not in ERROR_UNITS:
            message = f"The errors of {one.id} are in {one.unit!r}."
            return [Problem("unit-mismatch", message, place, "Give them in percentage points.")]
        if any(abs(point.value) > _LARGEST_ERROR for point in one.points):
            message = f"The errors of {one.id} are beyond any economy."
            return [Problem("out-of-range", message, place, "Give them in percentage points.")]
    return []


def lower_root(covariance: Sequence[Sequence[float]]) -> list[list[float]] | None:
    """The lower triangular C with C C' = `covariance`; None where it is not positive definite."""
    size = len(covariance)
    root = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = covariance[i][j] - sum(root[i][k] * root[j][k] for k in range(j))
            if i == j and rest <= 1e-18:
                return None
            root[i][j] = sqrt(rest) if i == j else rest / root[j][j]
    return root


def _product(x: Sequence[float], y: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(x, y, strict=True))
