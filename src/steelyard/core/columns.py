"""Rows to columns and back, with what the tables of other programs have in the place of plain values.

pandas has a number that is none for a missing one, numpy and Arrow have scalars and arrays of their own; here
all of them become what JSON knows, without any of these programs being imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

# What pandas calls a missing value that has no type of number.
_MISSING = ("NAType", "NaTType")
Row = Mapping[str, object]


class Frame(Protocol):
    """A data frame, such as that of pandas or polars: names of columns, and a column under each."""

    @property
    def columns(self) -> Iterable[str]:
        """The names of the columns in order."""

    def __getitem__(self, name: str, /) -> Iterable[object]:
        """The column of a name."""


Columns = Mapping[str, Iterable[object]] | Frame


def columns_of(rows: Sequence[Row], names: Iterable[str]) -> dict[str, list[object]]:
    """A list for each of the names, in the order of the rows; None where a row lacks it."""
    return {name: [row.get(name) for row in rows] for name in names}


def rows_of(columns: Columns) -> Iterator[dict[str, object]]:
    """The rows of a dictionary of columns or of a data frame.

    Raises:
        ValueError: the columns differ in length.
    """
    names = list(columns) if isinstance(columns, Mapping) else list(columns.columns)
    lists = [list(columns[name]) for name in names]
    if len({len(column) for column in lists}) > 1:
        lengths = ", ".join(f"{name} {len(column)}" for name, column in zip(names, lists, strict=True))
        raise ValueError(f"the columns differ in length: {lengths}")
    return (dict(zip(names, values, strict=True)) for values in zip(*lists, strict=True))


def as_float(value: object) -> object:
    """A number as a float; anything else as it is."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def plain_row(row: Row) -> dict[str, object]:
    """A row with plain values under names that are texts."""
    return {str(name): plain_value(value) for name, value in row.items()}


def plain_value(value: object) -> object:
    """A value as JSON has it: None for what stands for none, numbers and lists out of their wrappings.

    >>> plain_value(float("nan")) is None
    True
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return None if value != value else float(value)
    if type(value).__name__ in _MISSING:
        return None
    for unwrap in ("tolist", "to_list", "item"):
        if (method := getattr(value, unwrap, None)) is not None:
            return plain_value(method())
    if isinstance(value, (list, tuple)):
        return [plain_value(each) for each in value]
    return value
