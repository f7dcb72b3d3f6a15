"""Ensembles: what a scenario gives, labelled, with its origins, ready for tables and JSON.

Two kinds of uncertainty stay apart. Quantiles are over draws of the economy, for the claims at the value to
show. A box is what the claims' rounding leaves open: for a quantile, the same quantile at the ends of the
claims; for the central path, that path without shocks at those ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from math import isfinite
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from steelyard.core.columns import Columns

PROBABILITIES = (0.05, 0.25, 0.5, 0.75, 0.95)
_NAMES = tuple(f"{probability:g}" for probability in PROBABILITIES)
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an input comes from. `id` is what cells and headlines refer to.

    `kind` is "claim", "parameter", "agreement", "crosswalk", "series", "assumption", "equation" or "draws";
    `layer` the posture, scenario or data folder that set a parameter; `reference` title, publisher and date,
    or what is known of them; of draws what names their streams.
    """

    id: str
    kind: str
    label: str
    value: str = ""
    unit: str = ""
    layer: str = ""
    reference: Mapping[str, str] | None = None

    def to_json(self) -> Row:
        """The origin as plain data; empty texts as null."""
        return {
            "id": self.id,
            "kind": self.kind,
            "label": self.label,
            "value": self.value or None,
            "unit": self.unit or None,
            "layer": self.layer or None,
            "reference": dict(self.reference) if self.reference else None,
        }


@dataclass(frozen=True, slots=True)
class Cell:
    """One variable in one year: quantiles over draws in the order of `PROBABILITIES`, and boxes.

    `central` is the path without shocks, `box` its range over the ends of the claims; `quantile_boxes` are
    the ranges of each quantile, `errors` the Monte Carlo standard error of each, () where no draw moves the
    number. Amounts in single units.
    """

    variable: str
    unit: str
    year: int
    central: float
    box: tuple[float, float]
    quantiles: tuple[float, ...]
    quantile_boxes: tuple[tuple[float, float], ...]
    equation: str
    inputs: tuple[str, ...]
    errors: tuple[float, ...] = ()

    def to_json(self) -> Row:
        """The cell in the contract's form; `quantile_boxes`, `errors` and `central` come on top of it.

        `origin` names the variable, under which the ensemble's `series_origins` have equation and inputs.
        """
        return {
            "variable": self.variable,
            "unit": self.unit,
            "year": self.year,
            "quantiles": _by_chance(self.quantiles),
            "errors": _by_chance(self.errors),
            "box": _ends(self.box),
            "quantile_boxes": dict(zip(_NAMES, map(_ends, self.quantile_boxes), strict=True)),
            "central": plain(self.central),
            "origin": self.variable,
        }


@dataclass(frozen=True, slots=True)
class Headline:
    """One named number: the value to show and the range that the claims leave open around it.

    Where draws are in it, `quantiles` are those of `PROBABILITIES`, and `value` is the median or a chance;
    `error` is the Monte Carlo standard error of `value`, None where no draw moves it, and `errors` are those
    of `quantiles`. `unbounded` are the words for a number that is infinite, "" where none can be.
    """

    name: str
    label: str
    unit: str
    value: float
    low: float
    high: float
    equation: str
    inputs: tuple[str, ...]
    year: int | None = None
    quantiles: tuple[float, ...] = ()
    unbounded: str = ""
    error: float | None = None
    errors: tuple[float, ...] = ()

    def to_json(self) -> Row:
        """The headline as plain data; a number that is infinite is null, and told in `unbounded`."""
        return {
            "name": self.name,
            "label": self.label,
            "unit": self.unit,
            "year": self.year,
            "value": finite(self.value),
            "error": None if self.error is None else finite(self.error),
            "low": finite(self.low),
            "high": finite(self.high),
            "quantiles": _by_chance(self.quantiles),
            "errors": _by_chance(self.errors),
            "unbounded": self.unbounded or None,
            "origin": {"equation": self.equation, "inputs": list(self.inputs)},
        }


@dataclass(frozen=True, slots=True)
class Reach:
    """The probability that the target is met by a year, and met in that year and all later ones up to the
    horizon.

    Each with its range over the ends of the claims: `low` and `high` around `value`, and the same of `kept`;
    None where that range is not known. `error` and `kept_error` are their Monte Carlo standard errors.
    """

    year: int
    value: float
    low: float
    high: float
    kept: float
    kept_low: float | None = None
    kept_high: float | None = None
    error: float | None = None
    kept_error: float | None = None

    def to_json(self) -> Row:
        """The probabilities as plain data."""
        return {
            "year": self.year,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "kept": self.kept,
            "kept_low": self.kept_low,
            "kept_high": self.kept_high,
            "error": self.error,
            "kept_error": self.kept_error,
        }


@dataclass(frozen=True, slots=True)
class Ensemble:
    """All that one scenario gives. `cells` go by variable, then year; the base year comes first and has no
    spread.

    `target` is the share aimed at, in percent of GDP, to be reached in `target_year`; None where there is
    none. `troop_floors` has a row for each year and law on an ally's troops, `withdrawals` one for each
    responsibility that an ally no longer bears. `sensitivity` tells what the spread is owed to, `swings` how
    far each headline moves with one input. `names` are the words for what is owed, by kind and the id in its
    variables ("pledge:arms").
    """

    scenario: str
    label: str
    summary: str
    actor: str
    posture: str
    reference_scenario: str
    base_year: int
    horizon: int
    target: float | None
    target_year: int | None
    cells: tuple[Cell, ...]
    reach: tuple[Reach, ...]
    headline: tuple[Headline, ...]
    assumptions: tuple[Row, ...]
    origins: tuple[Origin, ...]
    draws: int
    seed: int
    troop_floors: tuple[Row, ...] = ()
    withdrawals: tuple[Row, ...] = ()
    sensitivity: tuple[Row, ...] = ()
    swings: tuple[Row, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def years(self) -> tuple[int, ...]:
        """The base year and all years after it up to the horizon."""
        return tuple(range(self.base_year, self.horizon + 1))

    @property
    def is_finite(self) -> bool:
        """Whether every number is one; shocks without measure give none."""
        ends = (number for cell in self.cells for box in (cell.box, *cell.quantile_boxes) for number in box)
        return all(isfinite(end) for end in ends)

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables that it has, in order."""
        return tuple(dict.fromkeys(cell.variable for cell in self.cells))

    def series(self, variable: str) -> tuple[Cell, ...]:
        """The cells of a variable by year; empty where it has none."""
        return tuple(cell for cell in self.cells if cell.variable == variable)

    def number(self, name: str) -> Headline | None:
        """A headline number by name, or None."""
        return next((headline for headline in self.headline if headline.name == name), None)

    def origin(self, identifier: str) -> Origin | None:
        """An origin by id, or None."""
        return next((origin for origin in self.origins if origin.id == identifier), None)

    def rows(self) -> list[Row]:
        """A row for each cell: scenario, variable, unit, year, quantiles as q5 to q95, the ends of the box,
        and the errors of the quantiles as q5_error to q95_error.
        """
        names = [f"q{100 * probability:g}" for probability in PROBABILITIES]
        nothing = (None,) * len(names)
        return [
            {
                "scenario": self.scenario,
                "variable": cell.variable,
                "unit": cell.unit,
                "year": cell.year,
                **dict(zip(names, map(plain, cell.quantiles), strict=True)),
                "box_low": plain(cell.box[0]),
                "box_high": plain(cell.box[1]),
                **{f"{name}_error": error for name, error in zip(names, cell.errors or nothing, strict=True)},
            }
            for cell in self.cells
        ]

    def _repr_html_(self) -> str:
        """Headline numbers, and each variable in its first and last year, as a notebook shows them."""
        from steelyard.core.display import ensemble_html

        return ensemble_html(self.to_json())

    def to_columns(self) -> dict[str, list[object]]:
        """All that the cells hold, a list for each column: what a data frame is made from.

        `rows` has less, and is what CSV and Parquet have.
        """
        from steelyard.project.labelled import columns

        return columns([asdict(cell) for cell in self.cells])

    def with_columns(self, table: Columns) -> Self:
        """The scenario with the cells of a table that `to_columns` made; a data frame may be given as it is.

        Raises:
            ValueError: a column is missing, or the columns differ in length.
        """
        from steelyard.project.labelled import cells

        return replace(self, cells=tuple(Cell(**keys) for keys in cells(table)))

    def to_xarray_dict(self) -> Row:
        """The whole scenario in the form of `xarray.Dataset.from_dict`, by year, quantile and end of a range.

        Each variable has its quantiles under its name, and its central path, ranges and errors beside it.
        """
        from steelyard.project.labelled import labelled

        return labelled(asdict(self))

    @classmethod
    def from_xarray_dict(cls, data: Mapping[str, object]) -> Self:
        """The scenario of which `to_xarray_dict`, or `Dataset.to_dict` of what was made from it, tells.

        Raises:
            ValueError: it tells of none.
        """
        from steelyard.project.labelled import unlabelled

        keys = unlabelled(data)
        parts = {"cells": Cell, "reach": Reach, "headline": Headline, "origins": Origin}
        made = {name: tuple(part(**row) for row in keys[name]) for name, part in parts.items()}
        return cls(**{**keys, **made})

    def to_json(self) -> Row:
        """The scenario in the form that the contract promises, its origins and assumptions with it."""
        return {
            "scenario": self.scenario,
            "label": self.label,
            "summary": self.summary,
            "actor": self.actor,
            "posture": self.posture or None,
            "reference_scenario": self.reference_scenario or None,
            "base_year": self.base_year,
            "horizon": self.horizon,
            "target": None if self.target is None else plain(self.target),
            "target_year": self.target_year,
            "draws": self.draws,
            "seed": self.seed,
            "headline": [headline.to_json() for headline in self.headline],
            "reach": [reach.to_json() for reach in self.reach],
            "series": [cell.to_json() for cell in self.cells],
            "series_origins": {
                cell.variable: {"equation": cell.equation, "inputs": list(cell.inputs)} for cell in self.cells
            },
            "troop_floors": [dict(row) for row in self.troop_floors],
            "withdrawals": [dict(row) for row in self.withdrawals],
            "sensitivity": [dict(row) for row in self.sensitivity],
            "swings": [dict(row) for row in self.swings],
            "names": dict(self.names),
            "assumptions": [dict(assumption) for assumption in self.assumptions],
            "origins": [origin.to_json() for origin in self.origins],
        }


def plain(value: float) -> int | float:
    """A number as JSON has it: a whole one without a point."""
    return int(value) if value == int(value) else value


def finite(value: float) -> int | float | None:
    """A number as JSON has it; None for one that is infinite."""
    return plain(value) if isfinite(value) else None


def _by_chance(values: Sequence[float]) -> Row | None:
    """Numbers of quantiles by their probability; None for none."""
    return dict(zip(_NAMES, map(finite, values), strict=True)) if values else None


def _ends(box: tuple[float, float]) -> Row:
    return {"low": plain(box[0]), "high": plain(box[1])}
