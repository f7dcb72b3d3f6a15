"""Ledgers in files: JSON lines, CSV and Parquet, to and from.

Numbers go out as the shortest float that stands for them and come back as the decimal that it prints, so a
ledger is the same after each of the three journeys.
"""

from __future__ import annotations

import csv
import errno
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from steelyard.core.claim import CLAIM_KEYS, Claim, Ledger
from steelyard.core.problems import FormatError
from steelyard.core.whole_file import replacing as replacing
from steelyard.core.whole_file import write_whole as write_whole

if TYPE_CHECKING:
    import duckdb

LEDGER_SUFFIXES = (".jsonl", ".parquet", ".csv")
# The DuckDB types of the columns of a claim that are no text.
COLUMN_TYPES = {
    **dict.fromkeys(("start", "end", "sentence_start", "sentence_end"), "BIGINT"),
    **dict.fromkeys(("value", "low", "high", "confidence"), "DOUBLE"),
    "negated": "BOOLEAN",
    **dict.fromkeys(("reasons", "follows"), "VARCHAR[]"),
}
# The DuckDB types of the columns of a claim.
CLAIM_TYPES = {key: COLUMN_TYPES.get(key, "VARCHAR") for key in CLAIM_KEYS}
# Spreadsheets run a cell that begins so as a formula; words of a source must not become one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# How the database is opened: what it does not have it does not fetch.
_SETTINGS: dict[str, str | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_AT_ONCE = 1000
# Of one claim; and how much more the texts of a Parquet file may be than it, where a few bytes may stand for
# any number of rows.
_LONGEST_LINE = 8_000_000
_SMALL_UNFOLDED, _LARGEST_RATIO = 16_000_000, 200
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
    except (ValueError, RecursionError, csv.Error) as error:
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
    return rows_to_parquet([claim.to_json() for claim in ledger], CLAIM_TYPES)


def rows_to_parquet(rows: Iterable[Row], types: Mapping[str, str]) -> bytes:
    """Rows as the bytes of a Parquet file; `types` gives each column its DuckDB type, in order."""
    return tables_to_parquet([(rows, types)])[0]


def tables_to_parquet(tables: Iterable[tuple[Iterable[Row], Mapping[str, str]]]) -> list[bytes]:
    """Several tables, each as the bytes of a Parquet file.

    Raises:
        OSError: there is no room for temporary files.
    """
    with tempfile.TemporaryDirectory() as folder, opened_database() as database:
        return [_to_parquet(rows, types, Path(folder), database) for rows, types in tables]


def _to_parquet(
    rows: Iterable[Row], types: Mapping[str, str], folder: Path, database: duckdb.DuckDBPyConnection
) -> bytes:
    import duckdb

    columns = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in types.items())
    source, target = folder / "rows.jsonl", folder / "rows.parquet"
    with source.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps({key: row.get(key) for key in types}) + "\n" for row in rows)
    reader = f"read_json({quoted(str(source))}, format = 'newline_delimited', columns = {{{columns}}})"
    try:
        database.execute(f"COPY (SELECT * FROM {reader}) TO {quoted(str(target))} (FORMAT parquet)")
    except duckdb.IOException as error:
        raise OSError(errno.ENOSPC, str(error).splitlines()[0], str(target)) from error
    return target.read_bytes()


def _from_jsonl(path: Path) -> Ledger:
    with path.open(encoding="utf-8-sig") as file:
        return Ledger.from_lines(_lines(file))


def _from_csv(path: Path) -> Ledger:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(_lines(file), strict=True))
    return _claims(({key: _from_cell(key, row.get(key)) for key in CLAIM_KEYS} for row in rows), first=2)


def _lines(file: TextIO) -> Iterator[str]:
    """The lines of a file, none of which is longer than a claim can be."""
    for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), ""), 1):
        if len(line) >= _LONGEST_LINE:
            raise ValueError(f"line {number}: it has more than {_LONGEST_LINE:,} characters")
        yield line


def _from_parquet(path: Path) -> Ledger:
    with path.open("rb"):  # so that one that cannot be opened says why
        return _claims(_of_sane_size(path), first=1)


def _of_sane_size(path: Path) -> Iterator[dict[str, object]]:
    """The rows of a Parquet file, as long as their texts are no more than a ledger of its size holds."""
    most = max(_SMALL_UNFOLDED, _LARGEST_RATIO * path.stat().st_size)
    signs = 0
    for row in load_rows(path, at_once=1):
        signs += sum(len(value) for value in row.values() if isinstance(value, str))
        if signs > most:
            raise ValueError(f"it unfolds to more than {most:,} characters, and no ledger of its size does")
        yield row


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
    if key in COLUMN_TYPES:
        parsed: object = json.loads(cell)
        return parsed
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def load_rows(path: Path, at_once: int = _AT_ONCE) -> Iterator[dict[str, object]]:
    """The rows of a Parquet file one after another; so many are held at a time.

    Raises:
        ValueError: it is missing or broken.
    """
    import duckdb

    with opened_database() as database:
        try:
            found = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
            names = [column[0] for column in found.description or []]
            while some := found.fetchmany(at_once):
                yield from (dict(zip(names, row, strict=True)) for row in some)
        except duckdb.Error as error:
            raise ValueError(str(error).splitlines()[0]) from error


@contextmanager
def opened_database(**settings: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB in memory, closed at the end; it fetches nothing from anywhere, and draws no bar."""
    import duckdb

    with duckdb.connect(config={**_SETTINGS, **settings}) as database:
        database.execute("SET enable_progress_bar = false")
        yield database


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
