"""The command that asks a ledger; what it needs is imported inside, so that help comes at once."""

from __future__ import annotations

from pathlib import Path

import click

from steelyard.options import ASKED, OUTPUT, QUIET, chosen_format, files, with_options
from steelyard.outcome import hand_out, is_terminal, waiting_for


@click.command()
@click.argument("ledger", type=click.Path(path_type=Path), shell_complete=files)
@with_options(*ASKED, *OUTPUT, QUIET)
def query(
    ledger: Path, form: str | None, output: Path | None, quiet: bool, sql: str | None, **asked: object
) -> int:
    """Claims of a ledger by actor, measure, period, status, speaker and words, or what SQL asks of it.

    LEDGER is a file of claims (.jsonl, .csv, .parquet) or a folder that `read` wrote, which has the tables
    claims, documents, problems and copies. SQL is that of DuckDB; it can ask, and change nothing.
    """
    from steelyard.asked import answer_text, ask

    form = chosen_format(form, output, "table")
    if sql is not None and any(asked.values()):
        raise click.UsageError("Give either --sql or the other questions, not both.")
    with waiting_for("Asking", [str(ledger)], quiet=quiet):
        answer = ask(ledger, sql, asked)
    text = answer_text(answer, form, is_claims=sql is None, terminal=is_terminal(output))
    return hand_out(text, output, answer.problems, quiet=quiet)
