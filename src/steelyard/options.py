"""The options of the commands, each made once, and what is wrong with a value that cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from steelyard.core.forms import DRAWS, SEEDS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

FORMATS = ("table", "json", "jsonl", "csv", "parquet")
# Those of other programs, for what is found in a text.
FOREIGN = ("sarif", "github")
# What goes to a terminal or into a log has no files of its own.
_WITHOUT_SUFFIX = ("table", "github")
# Those in which the days of documents lie, whoever tells them; so a slip of a finger is found.
_YEARS = range(1900, 2100)
# The ending of a file that holds what a terminal would show.
_TABLE_SUFFIX = "txt"
Command = TypeVar("Command", bound=Callable[..., object])


class _WholeNumber(click.IntRange):
    """A number without fraction; called so in messages, since an analyst knows no integers."""

    name = "whole number"


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """The date that an option gives."""
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no date; write it as 2026-01-24.") from error
    if day.year not in _YEARS:
        span = f"{_YEARS[0]} to {_YEARS[-1]}"
        raise click.BadParameter(f"{value} is not within {span}, the years in which documents are dated.")
    return day


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
    """The format asked for, else that of the output's suffix, else the usual one.

    Raises:
        click.UsageError: no format is asked for, and the suffix is of none.
    """
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    if form or not suffix:
        return form or otherwise
    suffixes = {_TABLE_SUFFIX: "table"} | {each: each for each in formats if each not in _WITHOUT_SUFFIX}
    if suffix not in suffixes:
        known = ", ".join(f".{each}" for each in suffixes)
        raise click.UsageError(
            f"No format has the suffix .{suffix}; name a file that ends in one of {known}, or give --format."
        )
    return suffixes[suffix]


def files(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete a path where an argument may be a path or something else."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


_PATH = click.Path(path_type=Path)
_output = click.option(
    "--output",
    type=_PATH,
    callback=_file,
    metavar="PATH",
    help="Write the result to this file; its suffix tells the format.",
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
        shell_complete=files,
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
VOCABULARY = click.option("--case", type=_PATH, metavar="CASE", help="Use the vocabulary of this case.")
READING = (
    VOCABULARY,
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
JOBS = click.option("--jobs", type=_WholeNumber(1, 256), default=1, metavar="N", help="Processes to use.")
QUIET = click.option("--quiet", is_flag=True, help="Print no progress and no warnings.")
STRICT = click.option("--strict", is_flag=True, help="End with exit code 1 if contradictions are found.")
SCENARIO = click.option("--scenario", metavar="NAME", help="Run this scenario alone.")
WHY = click.option(
    "--why", "cell", metavar="CELL", help='What a number was made from, such as "won 2035 p50".'
)
RUNNING = (
    click.option(
        "--draws",
        type=_WholeNumber(*DRAWS),
        metavar="N",
        help="Number of random draws.",
    ),
    click.option("--seed", type=_WholeNumber(*SEEDS), metavar="N", help="Seed of the random draws."),
)
PANEL = (
    click.option(
        "--data",
        type=_PATH,
        multiple=True,
        metavar="PATH",
        help="A publisher's file, or a folder of them, in place of the packaged table.",
    ),
    click.option("--year", "years", metavar="YEARS", help="2024, or 2014..2024, or 2014,2024."),
    click.option("--measure", "measures", multiple=True, metavar="NAME", help="This measure alone."),
    click.option(
        "--definition", default="", metavar="NAME", help="Whose count of spending: nato, sipri, national."
    ),
    click.option("--edition", default="", metavar="NAME", help='Of figures of spending, as "SIPRI 2026-04".'),
    click.option("--without", multiple=True, metavar="ACTOR", help="Leave this member out."),
    click.option("--counts", is_flag=True, help="Figures of spending side by side, by whoever counts."),
    click.option(
        "--fetch",
        multiple=True,
        metavar="INDICATOR",
        help="Fetch it from the World Bank into the folder of --data, such as NY.GDP.MKTP.CD.",
    ),
    click.option("--revisions", is_flag=True, help="What each edition changed of the one before."),
)
CASE = click.argument("case", type=_PATH)


def with_options(*decorators: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options at once, listed in the help in this order."""

    def decorate(command: Command) -> Command:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate
