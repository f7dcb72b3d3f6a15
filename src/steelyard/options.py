"""The options of the commands, each made once, and what is wrong with a value that cannot be used."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


def _changes(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    """The changes that an option gives, by name."""
    pairs = [value.partition("=") for value in values]
    if wrong := next((value for value, (_, sign, _) in zip(values, pairs, strict=True) if not sign), None):
        raise click.BadParameter(f"{wrong!r} has no =; write it as target.by=2030.")
    return {name.strip(): text.strip() for name, _, text in pairs}


def _file(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """The file that an option names; it can be written only where a folder is, and no folder has its name."""
    if value is None:
        return None
    if value.is_dir():
        raise click.BadParameter(f"{value} is a folder; name a file in it, such as {value / 'result.json'}.")
    if not value.parent.is_dir():
        raise click.BadParameter(f"there is no folder {value.parent}; make it first, or name another file.")
    return value


@dataclass(frozen=True, slots=True)
class LedgerFolder:
    """A folder for a ledger in shards; `is_told` where it can be nothing else, by a stroke at its end."""

    path: Path
    is_told: bool


def _file_or_folder(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> Path | LedgerFolder | None:
    """What `--output` of `read` names: a folder by a stroke at its end, or by being new without ending."""
    if value is None:
        return None
    path = Path(value)
    is_told = value.endswith(("/", os.sep))
    if path.is_dir():
        from steelyard.corpus.shards import is_ledger_folder

        if any(path.iterdir()) and not is_ledger_folder(path):
            raise click.BadParameter(
                f"{value} is a folder with something in it; name a file in it, such as "
                f"{path / 'result.json'}, or a folder that is new or empty."
            )
        return LedgerFolder(path, is_told=True)
    if is_told or not (path.suffix or path.exists()):
        return LedgerFolder(path, is_told)
    return _file(context, parameter, path)


def file_in_place(folder: LedgerFolder) -> Path | None:
    """The file that is meant after all where a format is asked for.

    Raises:
        click.UsageError: it can only be a folder.
    """
    if folder.is_told:
        raise click.UsageError("A ledger in a folder has a form of its own; leave the other options out.")
    return _file(click.get_current_context(), _NO_PARAMETER, folder.path)


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


_NO_PARAMETER = click.Argument(["output"])
_PATH = click.Path(path_type=Path)
_output = click.option(
    "--output",
    type=_PATH,
    callback=_file,
    metavar="PATH",
    help="Write the result to this file; its suffix tells the format.",
)
_format = click.option("--format", "form", type=click.Choice(FORMATS), help="How the result is written.")
OUTPUT = (_format, _output)
OUTPUT_OR_FOLDER = (
    _format,
    click.option(
        "--output",
        callback=_file_or_folder,
        metavar="PATH",
        help="Write to this file, whose suffix tells the format; or, of a corpus, into this folder/.",
    ),
)
ASKED = (
    click.option(
        "--actor", multiple=True, metavar="NAME", help="Whose figures, such as KOR; or of any of several."
    ),
    click.option("--measure", multiple=True, metavar="NAME", help="Of what, such as defence_spending."),
    click.option(
        "--period", multiple=True, metavar="PERIOD", help="For a time within 2026, 2026-01 or 2024/2026."
    ),
    click.option("--status", multiple=True, metavar="NAME", help="Such as proposed or enacted."),
    click.option("--speaker", metavar="WORDS", help="Said by somebody whose name has these words in it."),
    click.option("--text", metavar="WORDS", help="With these words in the quotation."),
    click.option(
        "--sql", metavar="QUERY", help="A question in SQL to the table claims, in place of the others."
    ),
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
SINCE = click.option(
    "--since",
    type=_PATH,
    metavar="RUN",
    help="Report only what has changed since an earlier `check --format json`, whose file this is.",
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
_cluster = click.option(
    "--cluster", metavar="ADDRESS", help="Use the workers of this dask scheduler, such as tcp://host:8786."
)
WORKERS = (JOBS, _cluster)
QUIET = click.option("--quiet", is_flag=True, help="Print no progress and no warnings.")
STRICT = click.option("--strict", is_flag=True, help="End with exit code 1 if contradictions are found.")
SCENARIO = click.option("--scenario", metavar="NAME", help="Run this scenario alone.")
SET = click.option(
    "--set",
    "changes",
    multiple=True,
    callback=_changes,
    metavar="NAME=NUMBER",
    help='Run the scenarios with this number in place of theirs, such as "target.by=2030".',
)
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
    click.option(
        "--year",
        "years",
        metavar="YEARS",
        help="2024, or 2014..2024, or 2014,2024; else the last that most have.",
    ),
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
