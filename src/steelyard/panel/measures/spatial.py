"""The spatial lag model of reaction to allies: b = rho W b + X beta + u, with given weights W.

Estimated by maximum likelihood, reduced to one unknown, rho, by putting in the best beta and variance for it
(Ord, Journal of the American Statistical Association 70 (1975); Anselin, Spatial Econometrics (1988), for the
information matrix). It works on middles alone: no interval is told for what least squares leave unexplained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.panel.measures.amounts import Array, NoMeasure


@dataclass(frozen=True, slots=True)
class SpatialLag:
    """Estimates with their standard errors: `rho`, then `beta` (column of X), and the variance of u.

    `p` is two-sided, of rho = 0, by the likelihood ratio with one degree of freedom.
    """

    rho: float
    error: float
    p: float
    beta: tuple[float, ...]
    beta_errors: tuple[float, ...]
    variance: float
    log_likelihood: float


def row_standardised(weights: Array | None, members: Sequence[str]) -> Array:
    """The weights (member, member) with each row divided by its sum.

    Raises:
        NoMeasure: there are no weights; they are no square of the members; one is negative or not finite; a
            member is its own neighbour; or a member has none.
    """
    if weights is None:
        raise NoMeasure("No weights are given that tell which members are neighbours.")
    count = len(members)
    if weights.shape != (count, count):
        shape = " by ".join(str(size) for size in weights.shape)
        raise NoMeasure(f"The weights are {shape}, but {count} members need {count} by {count}.")
    if not np.isfinite(weights).all() or (weights < 0).any():
        raise NoMeasure("A weight between two members is negative or no number.")
    if own := [name for name, weight in zip(members, np.diag(weights), strict=True) if weight]:
        raise NoMeasure(f"A member cannot be its own neighbour: {', '.join(own)}.")
    sums = weights.sum(axis=1)
    if alone := [name for name, total in zip(members, sums, strict=True) if total == 0]:
        raise NoMeasure(f"The weights give no neighbour to {', '.join(alone)}.")
    found: Array = weights / sums[:, None]
    return found


def spatial_lag(burdens: Array, columns: Array, weights: Array | None, members: Sequence[str]) -> SpatialLag:
    """The model with `burdens` (member,), `columns` X (member, column) with its constant, and weights W.

    Rho is looked for between the bounds within which I - rho W can be inverted: one over the least and over
    the greatest real eigenvalue of W, the greatest being 1.

    Raises:
        NoMeasure: as `row_standardised`; too few members; columns that depend on one another; or burdens that
            the columns explain without rest.
    """
    from scipy import optimize, stats

    w = row_standardised(weights, members)
    _ask_for_columns(burdens, columns)
    roots = np.linalg.eigvals(w)
    own, lagged = _rest(burdens, columns), _rest(w @ burdens, columns)
    if own @ own <= 1e-20 * (1 + burdens @ burdens):
        raise NoMeasure(
            "The columns explain every burden without rest, so nothing is left for the neighbours."
        )
    real = roots[np.abs(roots.imag) < 1e-9].real
    least = 1 / real.min() if real.min() < 0 else -1.0
    room = 1e-6 * (1 - least)

    def loss(rho: float) -> float:
        rest = own - rho * lagged
        return float(len(own) / 2 * np.log(rest @ rest / len(own)) - np.log(np.abs(1 - rho * roots)).sum())

    # The likelihood may have several peaks: the best of a grid is refined between its neighbours.
    grid = np.linspace(least + room, 1 - room, 201)
    best = int(np.argmin([loss(float(rho)) for rho in grid]))
    around = (float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)]))
    rho = float(optimize.minimize_scalar(loss, bounds=around, method="bounded", options={"xatol": 1e-10}).x)
    rest = own - rho * lagged
    variance = float(rest @ rest / len(own))
    beta = _fitted(burdens - rho * (w @ burdens), columns)
    errors = _errors(w, columns, rho, beta, variance)
    constant = len(own) / 2 * (1 + np.log(2 * np.pi))
    p = float(stats.chi2.sf(max(0.0, 2 * (loss(0.0) - loss(rho))), 1))
    return SpatialLag(
        rho, errors[0], p, tuple(beta.tolist()), tuple(errors[1:]), variance, -loss(rho) - float(constant)
    )


def _ask_for_columns(burdens: Array, columns: Array) -> None:
    """Refuse what has no answer.

    Raises:
        NoMeasure: too few members, or columns that depend on one another.
    """
    count = len(burdens)
    if columns.ndim != 2 or len(columns) != count:
        raise NoMeasure(f"The columns of X are not one row for each of {count} members.")
    if count < columns.shape[1] + 3:
        raise NoMeasure(f"{count} members are too few for {columns.shape[1]} columns, rho and a variance.")
    if not (np.isfinite(burdens).all() and np.isfinite(columns).all()):
        raise NoMeasure("A burden or a column of X is no number.")
    if np.linalg.matrix_rank(columns) < columns.shape[1]:
        raise NoMeasure("The columns of X depend on one another, so their effects cannot be told apart.")


def _rest(values: Array, columns: Array) -> Array:
    """What least squares on the columns leave of the values."""
    found: Array = values - columns @ _fitted(values, columns)
    return found


def _fitted(values: Array, columns: Array) -> Array:
    """The coefficients of least squares."""
    return np.asarray(np.linalg.lstsq(columns, values, rcond=None)[0], dtype=np.float64)


def _errors(w: Array, columns: Array, rho: float, beta: Array, variance: float) -> list[float]:
    """Standard errors of rho and of each beta, by the inverse of the information matrix."""
    count, width = columns.shape
    reach = w @ np.linalg.inv(np.eye(count) - rho * w)
    pull = reach @ (columns @ beta)
    information = np.zeros((width + 2, width + 2))
    information[0, 0] = np.trace(reach @ reach) + (reach**2).sum() + pull @ pull / variance
    information[0, 1:-1] = information[1:-1, 0] = columns.T @ pull / variance
    information[0, -1] = information[-1, 0] = np.trace(reach) / variance
    information[1:-1, 1:-1] = columns.T @ columns / variance
    information[-1, -1] = count / (2 * variance**2)
    # On one scale, so that a small variance does not spoil the inverse.
    scale = np.sqrt(np.diag(information))
    spread = np.diag(np.linalg.inv(information / np.outer(scale, scale))) / scale**2
    return [float(np.sqrt(max(one, 0.0))) for one in spread[:-1]]
