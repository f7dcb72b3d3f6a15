"""The options of the commands, each made once, and what is wrong with a value that cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from steelyard.core.forms import DRAWS, SEEDS

FORMATS = ("table", "json", "jsonl", "csv", "parquet")
# Those of other programs, for what is found in a text.
FOREIGN = ("sarif", "github")
Command = TypeVar("Command", bound=Callable[..., object])


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """The date that an option gives."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no date; write it as 2026-01-24.") from error


def _file(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """The file that an option names; it can be written only where a folder is, and no folder has its name."""
    if value is None:
        return None
    if value.is_dir():
        raise click.BadParameter(f"{value} is a folder; name a file in it, such as {value / 'result.json'}.")
    if not value.parent.is_dir():
        raise click.BadParameter(f"there is no folder {value.parent}; make it first, or name another file.")
    return value


def chosen_format(
    form: str | None, output: Path | None, otherwise: str, formats: Sequence[str] = FORMATS
) -> str:
    """The format asked for, else that of the output's suffix, else the usual one."""
    suffix = output.suffix.lower().lstrip(".") if output else ""
    return form or (suffix if suffix in formats else otherwise)


_PATH = click.Path(path_type=Path)
_output = click.option(
    "--output", type=_PATH, callback=_file, metavar="PATH", help="Write the result to this file."
)
OUTPUT = (
    click.option("--format", "form", type=click.Choice(FORMATS), help="How the result is written."),
    _output,
)
CHECKING = (
    click.option(
        "--against",
        multiple=True,
        metavar="SOURCE",
        help="Audit PATH: is each of its figures supported by SOURCE, a case, ledger or document?",
    ),
    click.option(
        "--format",
        "form",
        type=click.Choice((*FORMATS, *FOREIGN)),
        help="How the result is written; sarif and github are for editors and code hosts.",
    ),
    _output,
)
READING = (
    click.option("--case", type=_PATH, metavar="CASE", help="Use the vocabulary of this case."),
    click.option(
        "--date",
        "day",
        callback=_day,
        metavar="DATE",
        help="For documents that carry no date, as 2026-01-24.",
    ),
    click.option("--explain", is_flag=True, help="Say why each figure was read so, and show all findings."),
)
TEXT = click.option(
    "--text", "as_text", is_flag=True, help="Print the text into which the offsets of claims point."
)
JOBS = click.option("--jobs", type=click.IntRange(1, 256), default=1, metavar="N", help="Processes to use.")
QUIET = click.option("--quiet", is_flag=True, help="Print no progress and no warnings.")
STRICT = click.option("--strict", is_flag=True, help="End with exit code 1 if contradictions are found.")
SCENARIO = click.option("--scenario", metavar="NAME", help="Run this scenario alone.")
RUNNING = (
    click.option(
        "--draws",
        type=click.IntRange(*DRAWS),
        metavar="N",
        help="Number of random draws.",
    ),
    click.option("--seed", type=click.IntRange(*SEEDS), metavar="N", help="Seed of the random draws."),
)
CASE = click.argument("case", type=_PATH)


def with_options(*decorators: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options at once, listed in the help in this order."""

    def decorate(command: Command) -> Command:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate
