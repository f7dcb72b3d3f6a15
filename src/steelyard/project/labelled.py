"""A scenario as columns and as labelled arrays, and back: plain lists and dictionaries.

The arrays are in the form of `xarray.Dataset.from_dict`, which is a dictionary, so xarray is not needed here.
Of a variable V there are V (year, quantile), V_central (year), V_box (year, end), V_boxes (year, quantile,
end) and V_errors (year, quantile); a number that is none stands where there is nothing. All else of the
scenario goes along as JSON in the attribute `scenario_json`, so that nothing is lost on the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from math import nan
from typing import Any

from steelyard.core.columns import Columns, columns_of, plain_row, plain_value, rows_of

# Names of quantiles as the rows of CSV have them; in the order of `ensemble.PROBABILITIES`.
QUANTILES = {"q5": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
ENDS = ("low", "high")
WHOLE = "scenario_json"
_PLAIN = ("variable", "unit", "year", "central")
_COLUMNS = (
    *(*_PLAIN, "box_low", "box_high", *QUANTILES),
    *(f"{name}_{end}" for name in QUANTILES for end in ENDS),
    *(*(f"{name}_error" for name in QUANTILES), "equation", "inputs"),
)
_TOLD = ("label", "summary", "actor", "draws", "seed")
Fields = Mapping[str, Any]


def columns(cells: Sequence[Fields]) -> dict[str, list[object]]:
    """A list for each column of a table of cells."""
    return columns_of([_flat(cell) for cell in cells], _COLUMNS)


def cells(table: Columns) -> Iterator[dict[str, Any]]:
    """The fields of each cell of such a table.

    Raises:
        ValueError: a column is missing, or the columns differ in length.
    """
    for row in map(plain_row, rows_of(table)):
        if missing := [name for name in _COLUMNS if name not in row]:
            raise ValueError(f"the table lacks the columns {', '.join(missing)}")
        yield _cell(row)


def _flat(cell: Fields) -> dict[str, object]:
    row = {name: cell[name] for name in (*_PLAIN, "equation")}
    row |= {"inputs": list(cell["inputs"]), "box_low": cell["box"][0], "box_high": cell["box"][1]}
    errors = cell["errors"] or (None,) * len(QUANTILES)
    for name, value, box, error in zip(
        QUANTILES, cell["quantiles"], cell["quantile_boxes"], errors, strict=True
    ):
        row |= {name: value, f"{name}_low": box[0], f"{name}_high": box[1], f"{name}_error": error}
    return row


def _cell(row: Fields) -> dict[str, Any]:
    errors = tuple(row[f"{name}_error"] for name in QUANTILES)
    return {
        **{name: row[name] for name in (*_PLAIN, "equation")},
        "year": int(row["year"]),
        "box": (row["box_low"], row["box_high"]),
        "quantiles": tuple(row[name] for name in QUANTILES),
        "quantile_boxes": tuple((row[f"{name}_low"], row[f"{name}_high"]) for name in QUANTILES),
        "inputs": tuple(row["inputs"]),
        "errors": () if None in errors else errors,
    }


def labelled(fields: Fields) -> dict[str, object]:
    """All fields of a scenario as coordinates, arrays and attributes."""
    years = sorted({cell["year"] for cell in fields["cells"]})
    by_variable: dict[str, dict[int, Fields]] = {}
    for cell in fields["cells"]:
        by_variable.setdefault(cell["variable"], {})[cell["year"]] = cell
    arrays: dict[str, object] = {}
    for name, of_years in by_variable.items():
        arrays |= _arrays(name, of_years, years)
    rest = {key: value for key, value in fields.items() if key != "cells"}
    made_of = [(cell["variable"], cell["equation"], cell["inputs"]) for cell in fields["cells"]]
    whole = json.dumps({**rest, "made_of": made_of}, ensure_ascii=False)
    return {
        "coords": {
            "year": {"dims": ("year",), "data": years},
            "quantile": {"dims": ("quantile",), "data": list(QUANTILES.values())},
            "end": {"dims": ("end",), "data": list(ENDS)},
        },
        "attrs": {"scenario": fields["scenario"], **{name: fields[name] for name in _TOLD}, WHOLE: whole},
        "dims": {"year": len(years), "quantile": len(QUANTILES), "end": len(ENDS)},
        "data_vars": arrays,
    }


def _arrays(name: str, cells: Mapping[int, Fields], years: Sequence[int]) -> dict[str, object]:
    """The arrays of one variable; where it lacks a year or an error stands what is not a number."""
    nothing = [nan] * len(QUANTILES)
    found = [cells.get(year) for year in years]
    units = {"units": next(iter(cells.values()))["unit"]}
    told = {
        "": (("year", "quantile"), [list(cell["quantiles"]) if cell else nothing for cell in found]),
        "_central": (("year",), [cell["central"] if cell else nan for cell in found]),
        "_box": (("year", "end"), [list(cell["box"]) if cell else [nan, nan] for cell in found]),
        "_boxes": (
            ("year", "quantile", "end"),
            [
                [list(box) for box in cell["quantile_boxes"]] if cell else [[nan, nan]] * len(QUANTILES)
                for cell in found
            ],
        ),
        "_errors": (
            ("year", "quantile"),
            [list(cell["errors"]) if cell and cell["errors"] else nothing for cell in found],
        ),
    }
    return {
        f"{name}{end}": {"dims": dims, "data": data, "attrs": units} for end, (dims, data) in told.items()
    }


def unlabelled(data: Mapping[str, object]) -> dict[str, Any]:
    """The fields of the scenario that `labelled` told of.

    Raises:
        ValueError: it tells of none.
    """
    try:
        parts: Fields = data
        keys: dict[str, Any] = json.loads(parts["attrs"][WHOLE])
        years = [int(year) for year in parts["coords"]["year"]["data"]]
        arrays = {name: plain_value(array["data"]) for name, array in parts["data_vars"].items()}
        made_of = keys.pop("made_of")
        units = {name: array["attrs"]["units"] for name, array in parts["data_vars"].items()}
        keys["cells"] = list(_cells(made_of, arrays, units, years))
    except (KeyError, TypeError, IndexError, StopIteration, json.JSONDecodeError) as error:
        raise ValueError("this is no scenario as to_xarray_dict tells it") from error
    for headline in keys["headline"]:
        headline |= {name: tuple(headline[name]) for name in ("inputs", "quantiles", "errors")}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in keys.items()}


def _cells(
    made_of: Sequence[Sequence[Any]],
    arrays: Mapping[str, Any],
    units: Mapping[str, str],
    years: Sequence[int],
) -> Iterator[dict[str, Any]]:
    """The fields of each cell, in the order of the scenario: of a variable one for each year that it has."""
    left: dict[str, Iterator[int]] = {}
    for name, equation, inputs in made_of:
        there = [place for place in range(len(years)) if arrays[f"{name}_central"][place] is not None]
        place = next(left.setdefault(name, iter(there)))
        errors = tuple(arrays[f"{name}_errors"][place])
        yield {
            "variable": name,
            "unit": units[name],
            "year": years[place],
            "central": arrays[f"{name}_central"][place],
            "box": tuple(arrays[f"{name}_box"][place]),
            "quantiles": tuple(arrays[name][place]),
            "quantile_boxes": tuple(tuple(box) for box in arrays[f"{name}_boxes"][place]),
            "equation": equation,
            "inputs": tuple(inputs),
            "errors": () if None in errors else errors,
        }
