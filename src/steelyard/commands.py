"""The commands: results to standard output, progress and problems to standard error.

Whatever a command needs is imported inside it, so that help comes at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from steelyard.core.forms import DRAWS, SEEDS
from steelyard.core.problems import Problem

if TYPE_CHECKING:
    from steelyard.build import Built
    from steelyard.terminal import Waiting

FINE, CONTRADICTED, FAULTY, BROKEN = 0, 1, 2, 3
FORMATS = ("table", "json", "jsonl", "csv", "parquet")
# Those of other programs, for what is found in a text.
FOREIGN = ("sarif", "github")
Command = TypeVar("Command", bound=Callable[..., object])


def tell_problems(problems: Iterable[Problem], *, quiet: bool) -> int:
    """Print problems, only the errors where it shall be quiet, and give the exit code that they ask for."""
    code = FINE
    for problem in problems:
        if problem.severity == "error":
            code = FAULTY
        if problem.severity == "error" or not quiet:
            click.echo("\n".join(problem.lines()), err=True)
    return code


def _hand_out(text: str | bytes, output: Path | None, problems: Iterable[Problem], *, quiet: bool) -> int:
    """Give the result and then tell the problems; the exit code.

    A file is written whole, and not at all where there are faults: what stands in it may be of use still.
    """
    problems = list(problems)
    faulty = any(problem.severity == "error" for problem in problems)
    if not (output and faulty):
        _put(text, output)
    code = tell_problems(problems, quiet=quiet)
    if output and faulty:
        kept = "; it is as it was" if output.exists() else ""
        click.echo(f"steelyard: {output} was not written, for there are faults{kept}", err=True)
    return code


def _put(text: str | bytes, output: Path | None) -> None:
    """Hand a result out: to the file, written whole, or to standard output."""
    if output:
        from steelyard.engine import uninterrupted
        from steelyard.store import write_whole

        with uninterrupted():
            write_whole(output, text)
    elif isinstance(text, bytes):
        if sys.stdout.isatty():
            raise click.UsageError("Parquet is no text for a terminal; name a file with --output.")
        sys.stdout.buffer.write(text)
    else:
        sys.stdout.write(text)


def _waiting(doing: str, paths: Sequence[str], *, quiet: bool) -> Waiting:
    """A line for whoever waits, with the first of the paths."""
    from steelyard.terminal import Waiting

    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return Waiting(f"{doing} {paths[0]}{more}", quiet=quiet)


def _is_terminal(output: Path | None) -> bool:
    """Whether a person will see the result at once."""
    return output is None and sys.stdout.isatty()


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


def _chosen_format(
    form: str | None, output: Path | None, otherwise: str, formats: Sequence[str] = FORMATS
) -> str:
    """The format asked for, else that of the output's suffix, else the usual one."""
    suffix = output.suffix.lower().lstrip(".") if output else ""
    return form or (suffix if suffix in formats else otherwise)


def _tell_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Print the version of the package, if asked for, and leave."""
    if value:
        from steelyard.state import version

        click.echo(f"steelyard {version()}")
        context.exit()


_PATH = click.Path(path_type=Path)
_output = click.option(
    "--output", type=_PATH, callback=_file, metavar="PATH", help="Write the result to this file."
)
_output_options = (
    click.option("--format", "form", type=click.Choice(FORMATS), help="How the result is written."),
    _output,
)
_checking_options = (
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
_reading_options = (
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
_text = click.option(
    "--text", "as_text", is_flag=True, help="Print the text into which the offsets of claims point."
)
_jobs = click.option("--jobs", type=click.IntRange(1, 256), default=1, metavar="N", help="Processes to use.")
_quiet = click.option("--quiet", is_flag=True, help="Print no progress and no warnings.")
_strict = click.option("--strict", is_flag=True, help="End with exit code 1 if contradictions are found.")
_scenario = click.option("--scenario", metavar="NAME", help="Run this scenario alone.")
_running_options = (
    click.option(
        "--draws",
        type=click.IntRange(*DRAWS),
        metavar="N",
        help="Number of random draws.",
    ),
    click.option("--seed", type=click.IntRange(*SEEDS), metavar="N", help="Seed of the random draws."),
)
_case_argument = click.argument("case", type=_PATH)


def _with(*decorators: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options at once, listed in the help in this order."""

    def decorate(command: Command) -> Command:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Print the version.",
)
@click.pass_context
def steelyard(context: click.Context) -> None:
    """Read the numbers in articles on defence, check them against each other, project what they commit to."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@steelyard.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_with(*_output_options, *_reading_options, _text, _jobs, _quiet)
def read(
    paths: tuple[str, ...],
    form: str | None,
    output: Path | None,
    case: Path | None,
    day: date | None,
    explain: bool,
    as_text: bool,
    jobs: int,
    quiet: bool,
) -> int:
    """Claims of documents: figures, roles and statements.

    PATH is a file, a folder with all files in it, a case, or - for standard input. Text, Markdown, HTML, PDF,
    DOCX, CSV, XLSX and JSON lines of documents are read, as they are or compressed (.gz, .zst).
    """
    from steelyard import cli_output
    from steelyard.gather import gather_documents, gather_paths

    standard = sys.stdin.buffer.read
    if as_text:
        if form:
            raise click.UsageError("--text prints the text as it is; leave --format out.")
        documents, problems = gather_documents(paths, day=day, standard_input=standard)
        return _hand_out(cli_output.texts(documents), output, problems, quiet=quiet)
    with _waiting("Reading", paths, quiet=quiet):
        gathered = gather_paths(paths, case=case, day=day, jobs=jobs, standard_input=standard)
    form = _chosen_format(form, output, "table" if explain or _is_terminal(output) else "jsonl")
    text = cli_output.claims(gathered, form, explain=explain, terminal=_is_terminal(output))
    return _hand_out(text, output, gathered.problems, quiet=quiet)


@steelyard.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_with(*_checking_options, *_reading_options, _jobs, _quiet, _strict)
def check(
    paths: tuple[str, ...],
    against: tuple[str, ...],
    form: str | None,
    output: Path | None,
    case: Path | None,
    day: date | None,
    explain: bool,
    jobs: int,
    quiet: bool,
    strict: bool,
) -> int:
    """Findings on documents, ledgers or a case; with --against, an audit of your own text.

    PATH is as for `read`, or a ledger (.jsonl or .parquet). The audit says of each figure and role of PATH
    whether SOURCE supports it, contradicts it, lets it be derived, or says nothing of it. With --strict a
    contradicted figure ends it with exit code 1; a figure without source is only a warning.
    """
    standard = sys.stdin.buffer.read
    form = _chosen_format(form, output, "table", (*FORMATS, *FOREIGN))
    terminal = _is_terminal(output)
    if against:
        from steelyard.draft_audit import audit_paths, audit_text

        with _waiting("Auditing", paths, quiet=quiet):
            audit = audit_paths(paths, against, case=case, day=day, jobs=jobs, standard_input=standard)
        text = audit_text(audit, form, explain=explain, terminal=terminal)
        code = _hand_out(text, output, audit.problems, quiet=quiet)
        return max(code, CONTRADICTED if strict and audit.contradicts else FINE)
    from steelyard import cli_output
    from steelyard.check import check_ledger
    from steelyard.gather import gather_paths
    from steelyard.reviews import apply_reviews

    with _waiting("Reading and checking", paths, quiet=quiet):
        gathered = gather_paths(paths, case=case, day=day, jobs=jobs, ledgers=True, standard_input=standard)
        findings, faults = check_ledger(gathered.ledger, gathered.vocabulary)
    reviewed = apply_reviews(findings, gathered.case.reviews if gathered.case else ())
    problems = gathered.located([*gathered.problems, *faults, *reviewed.problems])
    count, stand = len(reviewed.dismissed), reviewed.findings
    text = cli_output.findings(
        stand, gathered, problems, form, explain=explain, terminal=terminal, dismissed=count
    )
    code = _hand_out(text, output, problems, quiet=quiet)
    contradicted = any(finding.verdict == "contradicted" for finding in stand)
    return max(code, CONTRADICTED if strict and contradicted else FINE)


@steelyard.command()
@_case_argument
@_with(*_output_options, _scenario, *_running_options, _jobs, _quiet)
def project(
    case: Path,
    form: str | None,
    output: Path | None,
    scenario: str | None,
    draws: int | None,
    seed: int | None,
    jobs: int,
    quiet: bool,
) -> int:
    """The scenarios of a case: spending by year with its spread, and the extra cost."""
    from steelyard import cli_output
    from steelyard.run import Options, Run

    results = Run(case, Options(scenario, draws, seed, jobs))
    with _waiting("Projecting", [str(case)], quiet=quiet):
        ensembles, _ = results.projected
        problems = results.problems(checked=False)
    form = _chosen_format(form, output, "table")
    vocabulary, terminal = results.case.vocabulary, _is_terminal(output)
    text = cli_output.projections(ensembles, vocabulary, problems, form, terminal=terminal)
    return _hand_out(text, output, problems, quiet=quiet)


@steelyard.command()
@_case_argument
@_with(*_running_options, _jobs, _quiet, _strict)
def report(
    case: Path,
    draws: int | None,
    seed: int | None,
    jobs: int,
    quiet: bool,
    strict: bool,
) -> int:
    """The report of a case: an HTML page with its data and pictures; prints its path.

    It shows all scenarios; `steelyard build --scenario NAME` makes one of a single scenario.
    """
    from steelyard.build import build_case

    with _waiting("Building", [str(case)], quiet=quiet):
        built = build_case(case, draws=draws, seed=seed, jobs=jobs)
    return _tell_built(built, [str(built.page)] if built.page else [], quiet=quiet, strict=strict)


@steelyard.command()
@_case_argument
@_with(_scenario, *_running_options, _jobs, _quiet, _strict)
def build(
    case: Path,
    scenario: str | None,
    draws: int | None,
    seed: int | None,
    jobs: int,
    quiet: bool,
    strict: bool,
) -> int:
    """All of the above in order for one case, skipping what has not changed.

    With `--scenario` the report shows this scenario alone, and says so.
    """
    from steelyard.build import build_case

    with _waiting("Building", [str(case)], quiet=quiet) as waiting:

        def tell(line: str) -> None:
            if not quiet:
                waiting.tell(line)

        built = build_case(case, scenario=scenario, draws=draws, seed=seed, jobs=jobs, tell=tell)
    lines = [*built.summary, str(built.page)] if built.page else []
    return _tell_built(built, lines, quiet=quiet, strict=strict)


def _tell_built(built: Built, lines: list[str], *, quiet: bool, strict: bool) -> int:
    """Print what came of a build, and give its exit code."""
    from steelyard.terminal import printable

    if built.faults or not quiet:
        for line in built.problems:
            click.echo(printable(line), err=True)
    if built.faults:
        kept = f"; what an earlier build wrote to {built.kept} is as it was" if built.kept else ""
        click.echo(printable(f"steelyard: nothing was written, for there are faults{kept}"), err=True)
    for line in lines:
        click.echo(printable(line))
    contradicted = strict and built.contradictions > 0
    return max(FAULTY if built.faults else FINE, CONTRADICTED if contradicted else FINE)


@steelyard.command()
@_case_argument
@_quiet
def new(case: Path, quiet: bool) -> int:
    """An empty case, ready to build; prints the files made."""
    from steelyard.case import new_case
    from steelyard.terminal import printable

    for path in new_case(case):
        click.echo(printable(str(path)))
    if not quiet:
        click.echo(f"Put your texts into {case / 'sources'}, then: steelyard build {case}", err=True)
    return FINE
