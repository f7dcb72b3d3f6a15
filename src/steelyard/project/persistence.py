"""How shocks last: the matrix A of the economy's equation, by which last year's deviations carry over.

Model section 1: `x[t] - m[t] = A (x[t-1] - m[t-1]) + e[t]`. Each variable carries over into itself alone
(`own`), all of them into one another (`joint`), both learnt from the window, or as a matrix says that the
scenario gives with a source. A matrix by which deviations grow for ever is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt
from typing import NamedTuple

import numpy as np

from steelyard.core.problems import Problem
from steelyard.project.form import JOINT, OWN, VARIABLES
from steelyard.project.scenario import Scenario

# What a deviation may add to one of the next year; ours, to catch a slip of the pen.
_MOST = 5
Matrix = list[list[float]]


class Carried(NamedTuple):
    """What carries over, (variable, variable), and what that leaves unexplained, by variable and year.

    `taken` is how many numbers were learnt for each variable, its mean among them.
    """

    matrix: Matrix
    residuals: list[list[float]]
    taken: int


def given_matrix(scenario: Scenario) -> tuple[Matrix | None, list[Problem]]:
    """The matrix that a scenario gives, None where it gives none, and what is wrong with that."""
    table = scenario.data["drivers"]["shocks"]
    given, place = table.get("matrix"), scenario.place("drivers", "shocks", "matrix")
    if given is None:
        if table.get("persistence") == JOINT and table["kind"] == "forecast-errors":
            hint = "Give drivers.shocks.matrix with a reference or a reason, or leave persistence out."
            message = "Errors of forecasts do not say how variables carry over into one another."
            place = scenario.place("drivers", "shocks", "persistence")
            return None, [Problem("limit-source", message, place, hint)]
        return None, []
    problems = []
    if "persistence" in table or "beside" in table:
        hint = "Leave out drivers.shocks.persistence and drivers.shocks.beside, or the matrix."
        message = "A matrix is of one country, and is not learnt beside being given."
        problems.append(Problem("limit-source", message, place, hint))
    if "reference" not in given and not given.get("reason"):
        hint = "Give matrix.reference with title, publisher and date, or matrix.reason."
        problems.append(Problem("missing-key", "The matrix has neither reference nor reason.", place, hint))
    matrix = [[float(given[row][column]) for column in VARIABLES] for row in VARIABLES]
    if any(abs(one) > _MOST for row in matrix for one in row):
        hint = f"Give numbers from -{_MOST} to {_MOST}; look for a slip of the pen."
        problems.append(
            Problem("limit-range", "The matrix carries over more than any economy does.", place, hint)
        )
    else:
        problems += growing(matrix, scenario)
    return (None if problems else matrix), problems


def growing(matrix: Matrix, scenario: Scenario) -> list[Problem]:
    """A refusal where deviations never die out under a matrix."""
    radius = spectral_radius(matrix)
    if radius < 1:
        return []
    given = "matrix" in scenario.data["drivers"]["shocks"]
    place = scenario.place("drivers", "shocks", "matrix" if given else "window")
    message = f"Not projected: shocks never die out, the spectral radius of their matrix is {radius:.4g}."
    hint = 'A window in which they do, or persistence = "own", would lift this.'
    hint = "A matrix with a spectral radius below 1 would lift this." if given else hint
    return [Problem("unstable-persistence", message, place, hint, "refusal")]


def spectral_radius(matrix: Matrix) -> float:
    """By how much a matrix stretches what it is applied to again and again.

    >>> spectral_radius([[0.5, 0.0], [9.0, 0.25]])
    0.5
    """
    return float(np.abs(np.linalg.eigvals(np.array(matrix))).max())


def carried_over(
    history: Sequence[Sequence[float]], kind: str, given: Matrix | None = None
) -> Carried | None:
    """What carries over in a history (variable by year), as given or learnt; None where all move as one.

    Least squares of each variable's deviation from its mean on the last deviations: its own, or all.
    """
    if given is None and kind == OWN:
        slopes, residuals = residuals_of(history)
        size = range(len(slopes))
        return Carried([[slopes[i] if i == j else 0.0 for j in size] for i in size], residuals, 2)
    gaps = [_gaps(values) for values in history]
    before = [values[:-1] for values in gaps]
    if given is None:
        squares = [[_product(x, y) for y in before] for x in before]
        rows = [_solved(squares, [_product(x, values[1:]) for x in before]) for values in gaps]
        matrix = [row for row in rows if row]
        taken = 1 + len(history)
        if len(matrix) < len(rows):
            return None
    else:
        matrix, taken = given, 1
    residuals = [
        [
            now - fsum(a * gap[t] for a, gap in zip(row, before, strict=True))
            for t, now in enumerate(values[1:])
        ]
        for row, values in zip(matrix, gaps, strict=True)
    ]
    return Carried(matrix, residuals, taken)


def residuals_of(history: Sequence[Sequence[float]]) -> tuple[list[float], list[list[float]]]:
    """The persistence of each variable, and what it leaves unexplained by year.

    Least squares of each variable's deviation from its mean on its own last one.
    """
    slopes, residuals = [], []
    for values in history:
        gaps = _gaps(values)
        before, now = gaps[:-1], gaps[1:]
        square = _product(before, before)
        slope = _product(before, now) / square if square else 0.0
        slopes.append(slope)
        residuals.append([b - slope * a for a, b in zip(before, now, strict=True)])
    return slopes, residuals


def innovations(deviations: Sequence[Sequence[Sequence[float]]], matrix: Matrix) -> list[list[list[float]]]:
    """The shocks that deviations come from under a matrix, each by variable, year of a run, and run: what a
    year deviates less what carries over from the year before.
    """
    years, runs = range(len(deviations[0])), range(len(deviations[0][0]))
    return [
        [
            [
                deviations[i][t][run]
                - (fsum(a * deviations[j][t - 1][run] for j, a in enumerate(row)) if t else 0.0)
                for run in runs
            ]
            for t in years
        ]
        for i, row in enumerate(matrix)
    ]


def _gaps(values: Sequence[float]) -> list[float]:
    """Deviations from the mean."""
    mean = sum(values) / len(values)
    return [value - mean for value in values]


def _solved(squares: Matrix, right: Sequence[float]) -> list[float] | None:
    """The solution of equations with a symmetric matrix; None where it is not positive definite."""
    root = lower_root(squares)
    if root is None:
        return None
    size, half = len(right), list[float]()
    for i in range(size):
        half.append((right[i] - sum(root[i][k] * half[k] for k in range(i))) / root[i][i])
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (half[i] - sum(root[k][i] * found[k] for k in range(i + 1, size))) / root[i][i]
    return found


def lower_root(covariance: Sequence[Sequence[float]]) -> Matrix | None:
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
