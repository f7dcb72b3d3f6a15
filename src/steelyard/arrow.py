"""Ledgers and scenarios as Arrow streams, by the PyCapsule interface of data frames; DuckDB makes them.

`polars.DataFrame(to_arrow(ledger))` needs nothing but polars, and pandas, pyarrow and arro3 take it likewise.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from steelyard.core.claim import CLAIM_KEYS, Ledger
from steelyard.project.ensemble import Ensemble
from steelyard.store import COLUMN_TYPES

if TYPE_CHECKING:
    import duckdb

_TEXTS = ("variable", "unit", "equation")


class ArrowStream(Protocol):
    """Anything that gives its rows as an Arrow stream."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A capsule with the stream."""


class ArrowTable:
    """Rows that other programs take as an Arrow stream, as often as they like."""

    def __init__(self, rows: Sequence[Mapping[str, object]], types: Mapping[str, str]) -> None:
        """`types` gives each column its DuckDB type, in order."""
        import duckdb

        self._database = duckdb.connect()
        columns = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in types.items())
        lines = "".join(json.dumps({key: row.get(key) for key in types}) + "\n" for row in rows)
        with TemporaryDirectory() as folder:
            source = Path(folder, "rows.jsonl")
            source.write_text(lines, encoding="utf-8", newline="\n")
            reader = (
                f"read_json({_quoted(str(source))}, format = 'newline_delimited', columns = {{{columns}}})"
            )
            self._database.execute(f"CREATE TABLE rows AS SELECT * FROM {reader}")

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A capsule with all rows; what schema is asked for is left to whoever reads them."""
        return self._relation().__arrow_c_stream__()

    def __len__(self) -> int:
        return len(self._relation())

    def _relation(self) -> duckdb.DuckDBPyRelation:
        return self._database.table("rows")


class _Stream:
    """A table of which only its stream is seen, for DuckDB has other ways with tables that it knows."""

    def __init__(self, table: ArrowStream) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


def to_arrow(made: Ledger | Ensemble) -> ArrowTable:
    """The claims of a ledger, or the cells of a scenario with the columns of `Ensemble.to_columns`."""
    if isinstance(made, Ledger):
        types = {key: COLUMN_TYPES.get(key, "VARCHAR") for key in CLAIM_KEYS}
        return ArrowTable(made.to_dicts(), types)
    columns = made.to_columns()
    types = {name: "VARCHAR" if name in _TEXTS else "DOUBLE" for name in columns}
    types |= {"year": "BIGINT", "inputs": "VARCHAR[]"}
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return ArrowTable(rows, types)


def ledger_from_arrow(table: ArrowStream) -> Ledger:
    """The ledger in a table with the columns of a claim that gives itself as an Arrow stream.

    Raises:
        ValueError: a row is no claim; the message begins with its number, counted from 1.
    """
    import duckdb

    with duckdb.connect() as database:
        database.register("given", _Stream(table))
        found = database.execute("SELECT * FROM given")
        names = [column[0] for column in found.description or []]
        rows = found.fetchall()
    return Ledger.from_dicts(dict(zip(names, row, strict=True)) for row in rows)


def _quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
