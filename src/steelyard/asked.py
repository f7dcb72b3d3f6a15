"""What is told of a corpus that was read, and what a question to a ledger is answered with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import click

from steelyard import cli_output
from steelyard.case import is_case, load_case
from steelyard.core.claim import Claim, Ledger
from steelyard.core.problems import CaseError, Problem
from steelyard.core.vocabulary import Vocabulary, load_vocabulary
from steelyard.corpus.making import CorpusRead, read_corpus
from steelyard.corpus.query import Answer, Asked, claims_asked, rows_asked
from steelyard.gather import STANDARD_INPUT, Gathered
from steelyard.outcome import tell_problems, waiting_for
from steelyard.terminal import printable, table_text, to_json, to_json_lines

_MOST_KINDS = 8


def read_into(
    folder: Path,
    paths: Sequence[str],
    *,
    case: Path | None,
    day: date | None,
    jobs: int,
    cluster: str | None,
    quiet: bool,
) -> int:
    """Read a corpus into a ledger in `folder`, tell what came of it, and give the exit code.

    Raises:
        CaseError: `case` is none, or one of the paths is one.
    """
    if STANDARD_INPUT in paths:
        raise click.UsageError(
            "Standard input cannot be taken up again; name files for a ledger in a folder."
        )
    if cases := [path for path in paths if path and is_case(Path(path))]:
        raise CaseError(f"{cases[0]}: it is a case; name a file for its claims, such as claims.parquet")
    vocabulary, problems = _vocabulary(case)
    with waiting_for("Reading", paths, quiet=quiet) as waiting:
        reading = partial(read_corpus, paths, folder, vocabulary, day=day, tell=waiting.count)
        done = reading(jobs=jobs, cluster=cluster)
    code = tell_problems([*problems, *done.problems], quiet=quiet)
    if not quiet and done.met:
        click.echo(printable(_problems_met(done, folder)), err=True)
    click.echo(printable(_summary(done, folder)))
    return code


def _vocabulary(case: Path | None) -> tuple[Vocabulary, list[Problem]]:
    if case is None:
        return load_vocabulary()
    loaded, problems = load_case(case)
    return loaded.vocabulary, problems


def _summary(done: CorpusRead, folder: Path) -> str:
    """What the ledger holds, in a line."""
    counts = done.counts
    parts = f"{done.parts + done.kept:,} parts"
    if done.kept:
        parts += f", of which {done.kept:,} had been read before"
    copies = f"; {done.copies:,} documents repeat others" if done.copies else ""
    return f"{folder}: {counts['claims']:,} claims of {counts['documents']:,} documents in {parts}{copies}."


def _problems_met(done: CorpusRead, folder: Path) -> str:
    """How often each problem was met, in a line."""
    kinds = [f"{code} {count:,}" for code, count in done.met.most_common(_MOST_KINDS)]
    more = f" and {len(done.met) - len(kinds)} more kinds" if len(done.met) > len(kinds) else ""
    asked = f'steelyard query {folder} --sql "SELECT * FROM problems"'
    return f"Problems of documents: {', '.join(kinds)}{more}. Each of them: {asked}"


def ask(ledger: Path, sql: str | None, asked: Mapping[str, object]) -> Answer:
    """What a ledger answers to SQL, or to the questions of the command line by their names.

    Raises:
        FormatError: it cannot be opened.
    """
    if sql is not None:
        return rows_asked(ledger, sql)
    return claims_asked(ledger, Asked(**asked))  # type: ignore[arg-type]


def answer_text(answer: Answer, form: str, *, is_claims: bool, terminal: bool) -> str | bytes:
    """The answer in one of the formats; claims as `read` gives them."""
    if is_claims:
        ledger = Ledger(Claim.from_json(dict(row)) for row in answer.rows)
        # Only a table asks it, for the names of units.
        vocabulary = load_vocabulary()[0] if form == "table" else Vocabulary({})
        gathered = Gathered(vocabulary, ledger=ledger, problems=tuple(answer.problems))
        return cli_output.claims(gathered, form, explain=False, terminal=terminal)
    rows = [{key: _plain(value) for key, value in row.items()} for row in answer.rows]
    match form:
        case "json":
            return to_json({"rows": rows, "problems": [problem.to_json() for problem in answer.problems]})
        case "jsonl":
            return to_json_lines(rows)
        case "csv" | "parquet":
            return cli_output.table_of(rows, tuple(answer.types), form, terminal, answer.types)
        case _:
            return _table(rows, tuple(answer.types), terminal=terminal)


def _table(rows: Sequence[Mapping[str, object]], columns: Sequence[str], *, terminal: bool) -> str:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(printable(column), overflow="fold")
    for row in rows:
        cells = ("" if row[column] is None else str(row[column]) for column in columns)
        table.add_row(*(Text(printable(" ".join(cell.split()))) for cell in cells))
    return table_text([table], terminal=terminal) if columns else ""


def _plain(value: object) -> object:
    """A value of the database as JSON has it."""
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)
