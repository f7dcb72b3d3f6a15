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
from steelyard.project.form import OWN, VARIABLES
from steelyard.project.persistence import (
    Matrix,
    carried_over,
    growing,
    innovations,
    lower_root,
)
from steelyard.project.scenario import Scenario

FEWEST_YEARS = 10  # below that a persistence and a covariance say nothing
FEWEST_FORECASTS = 10
ERROR = "_forecast_error"  # of a variable, the measure of a series of past errors
ERROR_UNITS = ("percentage point", "%")
_LARGEST_ERROR = 300  # percentage points; larger ones are a slip of the pen


@dataclass(frozen=True, slots=True)
class Shocks:
    """What moves the drivers off their path, in the order of `VARIABLES`.

    `persistence`: what carries over into each from each; `root`: the lower root of the covariance; `past`:
    shocks as they came, by variable, year of a run, and run, or None for normal ones; `words`: where they
    come from; `loads`: how each answers to the factor that several countries have in common; None where there
    is none; `errors`: the series of past errors that they are, by variable.
    """

    persistence: Matrix
    root: list[list[float]]
    words: str
    past: list[list[list[float]]] | None = None
    loads: list[float] | None = None
    errors: Mapping[str, tuple[Series, ...]] = field(default_factory=dict)


def learn_shocks(
    scenario: Scenario,
    history: Sequence[Sequence[float]],
    others: Sequence[Sequence[Sequence[float]]] = (),
    given: Matrix | None = None,
) -> tuple[Shocks | None, list[Problem]]:
    """The shocks that a history of the variables (variable by year) gives, or None and why it gives none.

    `others` are the histories of countries that have shocks in common with this one; `given` is a matrix to
    carry deviations over that is not to be learnt.
    """
    table = scenario.data["drivers"]["shocks"]
    window, place = table["window"], scenario.place("drivers", "shocks", "window")
    hint = "Choose another window."
    kind = table.get("persistence", OWN)
    every = [carried_over(one, kind, given) for one in (history, *others)]
    carried = [one for one in every if one]
    if len(carried) < len(every):
        message = "In this window the variables move as one, so that nothing says what each carries over."
        return None, [Problem("bad-covariance", message, place, hint)]
    matrix, residuals, taken = carried[0]
    if kind == OWN and given is None and (wild := _wild(matrix)):
        message = f"In this window {wild} has no level to return to."
        return None, [Problem("bad-covariance", message, place, hint)]
    if faults := growing(matrix, scenario):
        return None, faults
    free = len(residuals[0]) - taken
    covariance = [[_product(x, y) / free for y in residuals] for x in residuals]
    loads = None
    if others:
        loads = loads_of([one.residuals for one in carried], free)[0]
        covariance = own_covariance(covariance, loads)
    root = lower_root(covariance)
    if root is None:
        message = "In this window the variables move as one, so that they give no covariance."
        return None, [Problem("bad-covariance", message, place, hint)]
    if table["kind"] == "gaussian":
        common = ", one of them in common with other countries" if others else ""
        return Shocks(matrix, root, f"shocks as in {window}{common}{_over(matrix)}", loads=loads), []
    block = int(table["block"])
    run = "one year at a time" if block == 1 else f"in stretches of {block} years"
    words = f"shocks drawn from {window} {run}" + (", the same for all countries" if others else "")
    return Shocks(matrix, root, words + _over(matrix), stretches(residuals, block, taken), loads), []


def _wild(matrix: Matrix) -> str:
    """The variable whose own deviations never die out, the wildest of them; empty for none."""
    worst = max(range(len(matrix)), key=lambda i: abs(matrix[i][i]))
    return VARIABLES[worst] if abs(matrix[worst][worst]) >= 1 else ""


def _over(matrix: Matrix) -> str:
    """Words for shocks that carry over from one variable to another."""
    mixed = any(one for i, row in enumerate(matrix) for j, one in enumerate(row) if i != j)
    return ", carried over from one variable to another" if mixed else ""


def stretches(residuals: Sequence[Sequence[float]], block: int, taken: int = 2) -> list[list[list[float]]]:
    """Every stretch of `block` years of the residuals, by variable, year of the stretch, and first year.

    The years close to a circle, so that each is drawn equally often (Politis and Romano, 1992). Residuals are
    moved to a mean of zero and widened by what the `taken` numbers learnt, such as a mean and a slope, took
    from them, as for the covariance, which is divided by their number less as many.
    """
    count = len(residuals[0])
    widened = sqrt(count / (count - taken))
    found = []
    for values in residuals:
        mean = sum(values) / count
        whole = [widened * (value - mean) for value in values]
        found.append([[whole[(first + year) % count] for first in range(count)] for year in range(block)])
    return found


def errors_of_forecasts(
    scenario: Scenario, series: Sequence[Series], given: Matrix | None = None
) -> tuple[Shocks | None, list[Problem]]:
    """The shocks that past forecasts were off by, or None and a refusal that names what is missing.

    A forecast is an edition; its first row is the error one year ahead, and so on. Only editions that have
    all variables for as many years as the scenario are used, each as one run. With a matrix `given` a run is
    off by as much; what is expected from year to year then knows of the year before.
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
    if given is None:
        return Shocks(nothing, nothing, words, past, errors=used), []
    return Shocks(given, nothing, words + _over(given), innovations(past, given), errors=used), []


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


def _product(x: Sequence[float], y: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(x, y, strict=True))
