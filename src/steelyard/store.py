"""Ledgers in files: JSON lines, CSV and Parquet, to and from; and the one way to write a file whole.

A file is written under a temporary name beside its own and renamed at the end, so that whoever reads it finds
the old one or the new one, never a part. Numbers go out as the shortest float that stands for them and come
back as the decimal that it prints, so a ledger is the same after each of the three journeys.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.core.claim import CLAIM_KEYS, Claim, Ledger
from steelyard.core.problems import FormatError

if TYPE_CHECKING:
    import duckdb

LEDGER_SUFFIXES = (".jsonl", ".parquet", ".csv")
_COLUMN_TYPES = {
    **dict.fromkeys(("start", "end", "sentence_start", "sentence_end"), "BIGINT"),
    **dict.fromkeys(("value", "low", "high", "confidence"), "DOUBLE"),
    "negated": "BOOLEAN",
    **dict.fromkeys(("reasons", "follows"), "VARCHAR[]"),
}
# Spreadsheets run a cell that begins so as a formula; words of a source must not become one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# How `replacing` here and the report's own writer name a file before it is complete.
_TEMPORARY = re.compile(r"\.([^/\\]+)\.\d+\.part$")
Row = Mapping[str, object]


def load_ledger(path: Path) -> Ledger:
    """The ledger in a `.jsonl`, `.csv` or `.parquet` file.

    Raises:
        FormatError: the file cannot be opened, or something in it is no claim; the message says where.
    """
    load = {".jsonl": _from_jsonl, ".csv": _from_csv, ".parquet": _from_parquet}.get(path.suffix.lower())
    if load is None:
        raise FormatError(f"{path}: a ledger ends in {', '.join(LEDGER_SUFFIXES)}")
    try:
        return load(path)
    except OSError as error:
        raise FormatError(f"{path}: the file cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: the file is not UTF-8 text; save it as UTF-8") from error
    except ValueError as error:
        raise FormatError(f"{path}: it is no ledger: {error}") from error


def rows_to_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Rows as CSV with a header; null is an empty cell, lists and tables stand as JSON in their cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return buffer.getvalue()


def ledger_to_parquet(ledger: Ledger) -> bytes:
    """A ledger as the bytes of a Parquet file, with the columns of a claim."""
    types = {key: _COLUMN_TYPES.get(key, "VARCHAR") for key in CLAIM_KEYS}
    return rows_to_parquet([claim.to_json() for claim in ledger], types)


def rows_to_parquet(rows: Sequence[Row], types: Mapping[str, str]) -> bytes:
    """Rows as the bytes of a Parquet file; `types` gives each column its DuckDB type, in order."""
    columns = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in types.items())
    lines = "".join(json.dumps({key: row.get(key) for key in types}) + "\n" for row in rows)
    with tempfile.TemporaryDirectory() as folder, _database() as database:
        source, target = Path(folder, "rows.jsonl"), Path(folder, "rows.parquet")
        source.write_text(lines, encoding="utf-8", newline="\n")
        reader = f"read_json({_quoted(str(source))}, format = 'newline_delimited', columns = {{{columns}}})"
        database.execute(f"COPY (SELECT * FROM {reader}) TO {_quoted(str(target))} (FORMAT parquet)")
        return target.read_bytes()


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that its old content stays until the new one is complete.

    What is no ordinary file (a pipe, /dev/null) is written to as it is, for a rename would put a file in its
    place.

    Raises:
        OSError: the file cannot be written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    with replacing(path) as temporary:
        temporary.write_bytes(data)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`; what was written there takes its place when the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def final_name(path: str) -> str:
    """The path under which a file is known, for one that may stand under its temporary name.

    >>> final_name("out/.report.html.4711.part")
    'out/report.html'
    """
    return _TEMPORARY.sub(r"\1", path)


def _from_jsonl(path: Path) -> Ledger:
    return Ledger.from_jsonl(path.read_text(encoding="utf-8-sig"))


def _from_csv(path: Path) -> Ledger:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    return _claims(({key: _from_cell(key, row.get(key)) for key in CLAIM_KEYS} for row in rows), first=2)


def _from_parquet(path: Path) -> Ledger:
    import duckdb

    with path.open("rb"), _database() as database:
        try:
            found = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
            names = [column[0] for column in found.description or []]
            rows = found.fetchall()
        except duckdb.Error as error:
            raise ValueError(str(error).splitlines()[0]) from error
    return _claims((dict(zip(names, row, strict=True)) for row in rows), first=1)


def _claims(rows: Iterator[dict[str, object]], first: int) -> Ledger:
    """The ledger of rows; the first row that is no claim raises a ValueError with its number."""
    claims = []
    for number, row in enumerate(rows, first):
        try:
            claims.append(Claim.from_json(row))
        except (ValueError, TypeError) as error:
            raise ValueError(f"row {number}: {error}") from error
    return Ledger(claims)


def _cell(value: object) -> str:
    """A value as a CSV cell; before a text that a spreadsheet would run stands an apostrophe."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if value.lstrip("'").startswith(_FORMULA) else value


def _from_cell(key: str, cell: str | None) -> object:
    """The value of a CSV cell; an empty one is null, and columns that are no text hold JSON."""
    if not cell:
        return None
    if key in _COLUMN_TYPES:
        parsed: object = json.loads(cell)
        return parsed
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


@contextmanager
def _database() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB in memory, closed at the end."""
    import duckdb

    with duckdb.connect() as database:
        yield database


def _quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
