"""Questions to a ledger: by actor, measure, period, status, speaker and words, or in SQL.

The database may open the files of the ledger and nothing else, fetches nothing, and answers questions only:
whoever asks, be it a program that made up the SQL, can neither read other files nor change one.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.core.period import Period
from steelyard.core.problems import FormatError, Place, Problem
from steelyard.corpus.reading import CLAIMS, DOCUMENTS, PROBLEMS
from steelyard.corpus.shards import COPIES, is_ledger_folder, table_files, unfinished
from steelyard.store import (
    CLAIM_TYPES,
    LEDGER_SUFFIXES,
    ledger_to_parquet,
    load_ledger,
    opened_database,
    quoted,
)

if TYPE_CHECKING:
    import duckdb

_COPIES = "copies"
_EQUAL = ("actor", "measure", "status")
_AT = re.compile(r"^LINE (\d+): (.*)\n( *)\^", re.M)
_MOST_NEAR = 5
Plain = dict[str, object]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a claim must be to be found; of several values of one key any will do, and all keys must fit."""

    actor: Sequence[str] = ()
    measure: Sequence[str] = ()
    status: Sequence[str] = ()
    period: Sequence[str] = ()
    speaker: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows, the types of their columns as the database names them, and what was wrong or odd."""

    rows: Sequence[Plain] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


def claims_asked(path: Path, asked: Asked) -> Answer:
    """The claims of a ledger that fit, in its order.

    Raises:
        FormatError: the ledger cannot be opened.
    """
    with _opened(path) as (database, problems):
        where, values, faults = _conditions(database, asked)
        if any(fault.severity == "error" for fault in faults):
            return Answer(types=CLAIM_TYPES, problems=(*problems, *faults))
        columns = ", ".join(f'"{name}"' for name in CLAIM_TYPES)
        found = database.execute(f"SELECT {columns} FROM {CLAIMS} {where}", values)
        return Answer(_rows(found), CLAIM_TYPES, (*problems, *faults))


def rows_asked(path: Path, sql: str) -> Answer:
    """What a question in SQL gives; of a folder there are the tables documents, problems and copies too.

    Raises:
        FormatError: the ledger cannot be opened.
    """
    import duckdb

    with _opened(path) as (database, problems):
        try:
            statements = database.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                return Answer(problems=(*problems, _no_question(sql)))
            found = database.execute(statements[0])
            types = {name: str(kind) for name, kind, *_ in found.description or []}
            if len(types) < len(found.description or []):
                return Answer(problems=(*problems, _names_twice(sql)))
            return Answer(_rows(found), types, problems)
        except duckdb.Error as error:
            return Answer(problems=(*problems, _wrong(sql, str(error))))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, list[Problem]]]:
    """A database with the tables of a ledger, which from then on opens nothing else."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder, opened_database(temp_directory=folder) as database:
        try:
            files, problems = _tables(path, Path(folder), database)
        except duckdb.Error as error:
            raise FormatError(f"{path}: it is no ledger: {str(error).splitlines()[0]}") from error
        allowed = ", ".join(quoted(str(each)) for each in files)
        database.execute(f"SET allowed_paths = [{allowed}]")
        database.execute(f"SET allowed_directories = [{quoted(folder)}]")
        database.execute("SET enable_external_access = false")
        database.execute("SET lock_configuration = true")
        yield database, problems


def _tables(
    path: Path, folder: Path, database: duckdb.DuckDBPyConnection
) -> tuple[list[Path], list[Problem]]:
    """Make the tables of a ledger; the files that stay open to the database, and what is odd.

    Raises:
        FormatError: it is no ledger.
    """
    if is_ledger_folder(path):
        return _of_folder(path, database), unfinished(path)
    suffix = path.suffix.lower()
    if not path.is_file() or suffix not in LEDGER_SUFFIXES:
        known = ", ".join(LEDGER_SUFFIXES)
        what = "a ledger is a file that ends in" if path.exists() else "there is no such ledger; one ends in"
        raise FormatError(f"{path}: {what} {known}, or a folder that `steelyard read` wrote")
    if suffix == ".parquet":
        database.execute(f"CREATE VIEW {CLAIMS} AS SELECT * FROM read_parquet({quoted(str(path))})")
        _be_claims(path, database)
        return [path], []
    if suffix == ".jsonl":
        columns = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in CLAIM_TYPES.items())
        reader = f"read_json({quoted(str(path))}, format = 'newline_delimited', columns = {{{columns}}})"
    else:
        (folder / "claims.parquet").write_bytes(ledger_to_parquet(load_ledger(path)))
        reader = f"read_parquet({quoted(str(folder / 'claims.parquet'))})"
    database.execute(f"CREATE TABLE {CLAIMS} AS SELECT * FROM {reader}")
    _be_claims(path, database)
    return [], []


def _of_folder(path: Path, database: duckdb.DuckDBPyConnection) -> list[Path]:
    """Make a view of each table of a ledger in a folder, over its shards in their order."""
    tables = table_files(path)
    tables[_COPIES] = [path / COPIES] if (path / COPIES).is_file() else []
    for name, files in tables.items():
        if files:
            listed = ", ".join(quoted(str(file)) for file in files)
            database.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{listed}])")
    if not tables[CLAIMS]:
        columns = ", ".join(f'"{name}" {kind}' for name, kind in CLAIM_TYPES.items())
        database.execute(f"CREATE TABLE {CLAIMS} ({columns})")
    return [file for name in (CLAIMS, DOCUMENTS, PROBLEMS, _COPIES) for file in tables[name]]


def _be_claims(path: Path, database: duckdb.DuckDBPyConnection) -> None:
    """See to it that a table has the columns of claims, and quotations in them.

    Raises:
        FormatError: it has not.
    """
    columns = {name for name, *_ in database.execute(f"DESCRIBE {CLAIMS}").fetchall()}
    if missing := [name for name in CLAIM_TYPES if name not in columns]:
        raise FormatError(f"{path}: it is no ledger: it lacks the columns {', '.join(missing)}")
    empty = database.execute(f"SELECT count(*) FROM {CLAIMS} WHERE id IS NULL OR quote IS NULL").fetchone()
    if empty and empty[0]:
        raise FormatError(f"{path}: it is no ledger: {empty[0]} of its rows are no claims")


def _conditions(database: duckdb.DuckDBPyConnection, asked: Asked) -> tuple[str, list[object], list[Problem]]:
    """What is asked as SQL with its values, and a problem for each value that nothing can fit."""
    conditions: list[str] = []
    values: list[object] = []
    problems: list[Problem] = []
    for key in _EQUAL:
        if wanted := getattr(asked, key):
            conditions.append(f"lower({key}) IN (SELECT lower(unnest(?)))")
            values.append(list(wanted))
            problems += _unknown(key, wanted, _distinct(database, key))
    if asked.period:
        fitting, faults = _periods(asked.period, _distinct(database, "period"))
        conditions.append("period IN (SELECT unnest(?::VARCHAR[]))")
        values.append(fitting)
        problems += faults
    for key, words in (("speaker", asked.speaker), ("quote", asked.text)):
        if words:
            conditions.append(f"contains(lower({key}), lower(?))")
            values.append(words)
    return (f"WHERE {' AND '.join(conditions)}" if conditions else ""), values, problems


def _distinct(database: duckdb.DuckDBPyConnection, key: str) -> list[str]:
    found = database.execute(f"SELECT DISTINCT {key} FROM {CLAIMS} WHERE {key} IS NOT NULL ORDER BY {key}")
    return [value for (value,) in found.fetchall()]


def _periods(wanted: Sequence[str], there: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """The periods of the ledger that lie within one of those asked for."""
    asked, problems = [], []
    for text in wanted:
        try:
            asked.append(Period.parse(text))
        except ValueError:
            hint = "Write it as 2026, 2026-01, FY2026 or 2024/2026."
            problems.append(Problem("not-a-period", f"{text!r} is no period.", Place("--period"), hint))
    within = [text for text in there if any(each.contains(Period.parse(text)) for each in asked)]
    if asked and not within:
        message = f"No claim of the ledger is for a period within {', '.join(wanted)}."
        problems.append(_no_such_value("period", message, []))
    return within, problems


def _unknown(key: str, wanted: Sequence[str], there: Sequence[str]) -> Iterator[Problem]:
    known = {value.lower(): value for value in there}
    for value in wanted:
        if value.lower() not in known:
            near = get_close_matches(value.lower(), known, _MOST_NEAR)
            message = f"No claim of the ledger has the {key} {value!r}."
            yield _no_such_value(key, message, [known[each] for each in near])


def _no_such_value(key: str, message: str, near: Sequence[str]) -> Problem:
    hint = f"Near to it: {', '.join(near)}. " if near else ""
    hint += f'All of them: --sql "SELECT DISTINCT {key} FROM claims".'
    return Problem("no-such-value", message, Place(f"--{key}"), hint, "warning")


def _rows(found: duckdb.DuckDBPyConnection) -> list[Plain]:
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _wrong(sql: str, error: str) -> Problem:
    """What the database says is wrong with a question, at its place in it."""
    lines = [line for line in error.split("\n") if line.strip()]
    message = lines[0].partition("Error: ")[2] or lines[0]
    told = [line for line in lines[1:] if line.startswith(("Candidate", "Did you mean"))]
    told = [f"{line.rstrip('?.')}." for line in told]
    hint = " ".join([*told, "SHOW TABLES lists the tables, DESCRIBE claims the columns of one."])
    place = Place("--sql")
    if match := _AT.search(error):
        line, column = int(match[1]), len(match[3]) - len(f"LINE {match[1]}: ") + 1
        written = sql.split("\n")
        if line <= len(written) and written[line - 1].startswith(match[2]):
            place = Place("--sql", line, column, excerpt=written[line - 1])
    return Problem("wrong-query", f"{message.rstrip('!.')}.", place, hint)


def _no_question(sql: str) -> Problem:
    hint = 'Begin it with SELECT, such as "SELECT actor, count(*) FROM claims GROUP BY actor".'
    return Problem("wrong-query", "It is not one question; a ledger is only asked.", Place("--sql"), hint)


def _names_twice(sql: str) -> Problem:
    hint = "Name each column apart, by AS."
    return Problem("wrong-query", "Two columns of the answer have one name.", Place("--sql"), hint)
