"""Parquet files of documents: a row each, with `text`, and `date`, `publisher`, `url`, `title`, `language`.

A ledger of claims is Parquet too; it has a column `quote` and no `text`.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from steelyard.core.problems import FormatError, Problem
from steelyard.read.containers import jsonl
from steelyard.read.documents.forward import BrokenStreamError, Streamed, left_out
from steelyard.read.documents.members import Member

SUFFIXES = (".parquet",)
STREAMED = (".parquet",)
_TEXT, _QUOTE = "text", "quote"
_COLUMNS = ("text", "date", "publisher", "title", "url", "language")
_AT_ONCE = 256
_SETTINGS: dict[str, str | int | float | list[str]] = {
    "memory_limit": "1GB",
    "threads": 1,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def members(data: bytes) -> tuple[list[Member], list[Problem]]:
    """None: such a file is read in places here and there, so it must lie on the disk by itself.

    Raises:
        FormatError: always, and says so.
    """
    raise FormatError("a Parquet file is read only where it is given by itself; take it out of its archive")


def holds_documents(path: Path) -> bool:
    """Whether the file has a column of texts and none of quotations, as a ledger has."""
    columns = _columns(path)
    return _TEXT in columns and _QUOTE not in columns


def stream(file: BinaryIO) -> Streamed:
    """The documents one after another, each called after the number of its row.

    Raises:
        FormatError: it has no column of texts.
    """
    import duckdb

    path = Path(file.name)
    names = [name for name in _columns(path) if name in _COLUMNS]
    if _TEXT not in names:
        raise FormatError('it has no column "text"')
    asked = ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in names)
    number = 0
    try:
        with duckdb.connect(config=_SETTINGS) as database:
            database.execute("SET enable_progress_bar = false")
            rows = database.execute(f"SELECT {asked} FROM read_parquet(?)", [str(path)])
            while some := rows.fetchmany(_AT_ONCE):
                for row in some:
                    number += 1
                    yield _document(dict(zip(names, row, strict=True)), number)
    except duckdb.Error as error:
        raise BrokenStreamError(f"it is broken ({str(error).splitlines()[0]})") from error


def _document(row: dict[str, object], number: int) -> Member | Problem:
    label = f"#{number}"
    try:
        return Member(label, extracted=jsonl.document_of(row))
    except FormatError as error:
        return left_out("no-document", str(error), label, 'Each row has a "text".')


def _columns(path: Path) -> list[str]:
    """The columns of the file; none where it is no Parquet file."""
    import duckdb

    try:
        with duckdb.connect(config=_SETTINGS) as database:
            found = database.execute("SELECT name FROM parquet_schema(?)", [str(path)]).fetchall()
    except duckdb.Error:
        return []
    return [name for (name,) in found]
