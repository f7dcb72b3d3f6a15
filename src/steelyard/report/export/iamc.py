"""Scenarios as the long table that integrated assessment models exchange: one number a row.

Columns are those of the IAMC format in its long form; a quantile is a variable of its own, behind a bar,
and so are the ends of what the claims leave open around the central path and each quantile ("|low", "|high"),
and the Monte Carlo standard error of a quantile that draws move ("|error").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from steelyard.project.ensemble import PROBABILITIES, Cell, Ensemble, plain

COLUMNS = ("model", "scenario", "region", "variable", "unit", "year", "value")
_EXPENDITURE = "Defence|Expenditure"
# The first word of a variable's id, and the words behind it; others stand under defence as they are called.
_HEADS = {
    "spending": _EXPENDITURE,
    "share": f"{_EXPENDITURE}|Share of GDP",
    "extra": f"{_EXPENDITURE}|Above constant share",
    "difference": f"{_EXPENDITURE}|Above reference",
    "needed": f"{_EXPENDITURE}|Missing to target",
    "gdp": "GDP",
}
_PAIRS = ("cost_sharing", "troop_cost")  # words that are one
_TAILS = {"foreign": "Foreign currency"}


def to_iamc(ensembles: Iterable[Ensemble], model: str) -> str:
    """The central path and all quantiles of every variable with their boxes, as CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for ensemble in ensembles:
        for cell in ensemble.cells:
            for name, value in _numbers(cell):
                row = (model, ensemble.scenario, ensemble.actor, name, cell.unit, cell.year, plain(value))
                writer.writerow(row)
    return buffer.getvalue()


def variable_name(variable: str) -> str:
    """A variable in the hierarchy of such tables.

    >>> variable_name("extra_cumulative_real")
    'Defence|Expenditure|Above constant share|Cumulative|Real'
    >>> variable_name("cost_sharing_foreign:frozen")
    'Defence|Cost sharing|Foreign currency|frozen'
    """
    kind, _, own = variable.partition(":")
    pair = next((one for one in _PAIRS if kind.startswith(one)), "")
    head, *tail = kind.replace(pair, pair.replace("_", " ")).split("_") if pair else kind.split("_")
    words = [_TAILS.get(word, word.capitalize()) for word in tail]
    return "|".join([_HEADS.get(head, f"Defence|{head.capitalize()}"), *words, *([own] if own else ())])


def _numbers(cell: Cell) -> Iterator[tuple[str, float]]:
    name = variable_name(cell.variable)
    names = [name, *(f"{name}|p{100 * probability:g}" for probability in PROBABILITIES)]
    values, boxes = (cell.central, *cell.quantiles), (cell.box, *cell.quantile_boxes)
    for one, value, (low, high) in zip(names, values, boxes, strict=True):
        yield one, value
        yield f"{one}|low", low
        yield f"{one}|high", high
    yield from ((f"{one}|error", error) for one, error in zip(names[1:], cell.errors, strict=False))
