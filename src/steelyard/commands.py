"""The commands: results to standard output, progress and problems to standard error.

Whatever a command needs is imported inside it, so that help comes at once.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import click

from steelyard.options import (
    CASE,
    CHECKING,
    FOREIGN,
    FORMATS,
    JOBS,
    OUTPUT,
    PANEL,
    QUIET,
    READING,
    RUNNING,
    SCENARIO,
    STRICT,
    TEXT,
    VOCABULARY,
    WHY,
    chosen_format,
    files,
    with_options,
)
from steelyard.outcome import CONTRADICTED, FINE, hand_out, is_terminal, tell_built, waiting_for


def _tell_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Print the version of the package, if asked for, and leave."""
    if value:
        from steelyard.state import version

        click.echo(f"steelyard {version()}")
        context.exit()


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
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=files)
@with_options(*OUTPUT, *READING, TEXT, JOBS, QUIET)
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
    DOCX, CSV, XLSX and JSON lines of documents are read, as they are, compressed (.gz, .zst) or in a .zip.
    What comes from standard input is told by its first bytes, else taken for plain text.
    """
    from steelyard import cli_output
    from steelyard.gather import gather_documents, gather_paths, standard_input

    if as_text:
        if form:
            raise click.UsageError("--text prints the text as it is; leave --format out.")
        documents, problems = gather_documents(paths, day=day, standard_input=standard_input)
        return hand_out(cli_output.texts(documents), output, problems, quiet=quiet)
    form = chosen_format(form, output, "table" if explain or is_terminal(output) else "jsonl")
    with waiting_for("Reading", paths, quiet=quiet) as waiting:
        gathered = gather_paths(
            paths, case=case, day=day, jobs=jobs, standard_input=standard_input, done=waiting.done
        )
    text = cli_output.claims(gathered, form, explain=explain, terminal=is_terminal(output))
    return hand_out(text, output, gathered.problems, quiet=quiet)


@steelyard.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=files)
@with_options(*CHECKING, *READING, JOBS, QUIET, STRICT)
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
    from steelyard.gather import gather_paths, standard_input

    form = chosen_format(form, output, "table", (*FORMATS, *FOREIGN))
    terminal = is_terminal(output)
    if against:
        from steelyard.draft_audit import audit_paths, audit_text

        with waiting_for("Auditing", paths, quiet=quiet):
            audit = audit_paths(paths, against, case=case, day=day, jobs=jobs, standard_input=standard_input)
        text = audit_text(audit, form, explain=explain, terminal=terminal)
        code = hand_out(text, output, audit.problems, quiet=quiet)
        return max(code, CONTRADICTED if strict and audit.contradicts else FINE)
    from steelyard import cli_output
    from steelyard.check import check_ledger
    from steelyard.reviews import apply_reviews

    gather = partial(gather_paths, paths, case=case, day=day, jobs=jobs, standard_input=standard_input)
    with waiting_for("Reading and checking", paths, quiet=quiet) as waiting:
        gathered = gather(ledgers=True, done=waiting.done)
        findings, faults = check_ledger(gathered.ledger, gathered.vocabulary)
    reviewed = apply_reviews(findings, gathered.case.reviews if gathered.case else ())
    problems = gathered.located([*gathered.problems, *faults, *reviewed.problems])
    count, stand = len(reviewed.dismissed), reviewed.findings
    text = cli_output.findings(
        stand, gathered, problems, form, explain=explain, terminal=terminal, dismissed=count
    )
    code = hand_out(text, output, problems, quiet=quiet)
    contradicted = any(finding.verdict == "contradicted" for finding in stand)
    return max(code, CONTRADICTED if strict and contradicted else FINE)


@steelyard.command()
@CASE
@with_options(*OUTPUT, SCENARIO, WHY, *RUNNING, JOBS, QUIET)
def project(
    case: Path,
    form: str | None,
    output: Path | None,
    scenario: str | None,
    cell: str | None,
    draws: int | None,
    seed: int | None,
    jobs: int,
    quiet: bool,
) -> int:
    """The scenarios of a case: spending by year with its spread, and the extra cost.

    With --why the chain behind one number: its equation, parameters, series and draws, and the words of the
    sources that it rests on. CELL is a variable or currency, a year, and p5 to p95, central or a draw.
    """
    from steelyard import cli_output
    from steelyard.run import Options, Run

    form = chosen_format(form, output, "table")
    if cell and form in ("csv", "parquet"):
        raise click.UsageError("A chain is no table; use --why with json, jsonl or as text.")
    results = Run(case, Options(scenario, draws, seed, jobs))
    if cell:
        from steelyard.answered import answer_text, why

        with waiting_for("Projecting", [str(case)], quiet=quiet):
            chains, problems = why(results, cell)
        problems = results.gathered.located([*results.loaded[1], *results.gathered.problems, *problems])
        return hand_out(answer_text(chains, results, problems, form), output, problems, quiet=quiet)
    with waiting_for("Projecting", [str(case)], quiet=quiet) as waiting:
        results.done = waiting.done
        ensembles, _ = results.projected
        problems = results.problems(checked=False)
    vocabulary, terminal = results.case.vocabulary, is_terminal(output)
    text = cli_output.projections(ensembles, vocabulary, problems, form, terminal=terminal)
    return hand_out(text, output, problems, quiet=quiet)


@steelyard.command()
@click.argument("before", metavar="POSTURE")
@click.argument("after", metavar="POSTURE")
@with_options(*OUTPUT, VOCABULARY, QUIET)
def compare(
    before: str, after: str, form: str | None, output: Path | None, case: Path | None, quiet: bool
) -> int:
    """Which responsibilities moved from one document to a later one, and what that sets.

    POSTURE is the name of one of the packaged documents, such as washington-declaration-2023 or nds-2026, or
    of one in `postures/` of the case. With --case the claims of the case are laid beside the cells, and each
    lead is asked for a budget line.
    """
    from steelyard.compared import compare_named, comparison_text

    form = chosen_format(form, output, "table")
    with waiting_for("Comparing", [before, after], quiet=quiet):
        comparison, vocabulary, problems = compare_named(before, after, case)
    text = comparison_text(comparison, vocabulary, problems, form, terminal=is_terminal(output))
    return hand_out(text, output, problems, quiet=quiet)


@steelyard.command()
@click.argument("alliance", required=False)
@with_options(*PANEL, *OUTPUT, VOCABULARY, QUIET)
def panel(
    alliance: str | None,
    data: tuple[Path, ...],
    years: str | None,
    measures: tuple[str, ...],
    definition: str,
    edition: str,
    without: tuple[str, ...],
    counts: bool,
    fetch: tuple[str, ...],
    revisions: bool,
    form: str | None,
    output: Path | None,
    case: Path | None,
    quiet: bool,
) -> int:
    """Who bears what in an alliance: shares, burdens, inequality and rank tests over its members.

    ALLIANCE is one that the vocabulary knows, such as NATO, or actors, such as KOR,USA,JPN. Without it the
    files of --data are listed with what is taken from each. Without --data a small table that comes with
    steelyard is used, a reference to each row.
    """
    from steelyard import paneled

    form = chosen_format(form, output, "table")
    if counts and revisions:
        raise click.UsageError("Give one of --counts and --revisions.")
    choice = paneled.Choice(
        alliance, years, measures, definition, edition, without, counts, revisions, fetch, data
    )
    with waiting_for("Reading", [str(path) for path in data] or ["the packaged table"], quiet=quiet):
        told = paneled.fetched(choice, case) if fetch else []
        known, vocabulary, problems = paneled.panel_of(data, case)
    text, faults = paneled.answer(
        choice, known, vocabulary, [*told, *problems], form, terminal=is_terminal(output)
    )
    return hand_out(text, output, faults, quiet=quiet)


class _WithCharts(click.Command):
    """A command whose help lists the charts of a report, found by looking into their folder."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each chart shows."""
        from steelyard.report.picture import chart_modules

        with formatter.section("Charts, each where the case has something for it"):
            formatter.write_dl(
                [(module.__name__.rpartition(".")[2], module.TITLE) for module in chart_modules()]
            )


@steelyard.command(cls=_WithCharts)
@CASE
@click.option("--pdf", is_flag=True, help="Print the page to report.pdf too, by an installed Chromium.")
@with_options(*RUNNING, JOBS, QUIET, STRICT)
def report(
    case: Path,
    pdf: bool,
    draws: int | None,
    seed: int | None,
    jobs: int,
    quiet: bool,
    strict: bool,
) -> int:
    """The report of a case: an HTML page with its data and pictures; prints its path.

    It shows all scenarios; `steelyard build --scenario NAME` makes one of a single scenario.
    With `--pdf` the page is printed on A4 as well, and the path of that follows.
    """
    from steelyard.build import build_case

    with waiting_for("Building", [str(case)], quiet=quiet) as waiting:
        built = build_case(case, draws=draws, seed=seed, jobs=jobs, done=waiting.done)
    code = tell_built(built, [str(built.page)] if built.page else [], quiet=quiet, strict=strict)
    if pdf and built.page:
        from steelyard.report.pdf import print_pdf
        from steelyard.terminal import printable

        with waiting_for("Printing", [str(built.page)], quiet=quiet):
            printed = print_pdf(built.page)
        click.echo(printable(str(printed)))
    return code


@steelyard.command()
@CASE
@with_options(SCENARIO, *RUNNING, JOBS, QUIET, STRICT)
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

    with waiting_for("Building", [str(case)], quiet=quiet) as waiting:

        def tell(line: str) -> None:
            if not quiet:
                waiting.tell(line)

        built = build_case(
            case, scenario=scenario, draws=draws, seed=seed, jobs=jobs, tell=tell, done=waiting.done
        )
    lines = [*built.summary, str(built.page)] if built.page else []
    return tell_built(built, lines, quiet=quiet, strict=strict)


@steelyard.command()
@CASE
@QUIET
def new(case: Path, quiet: bool) -> int:
    """An empty case, ready to build; prints the files made."""
    from steelyard.case import new_case
    from steelyard.terminal import printable

    for path in new_case(case):
        click.echo(printable(str(path)))
    if not quiet:
        click.echo(f"Put your texts into {case / 'sources'}, then: steelyard build {case}", err=True)
    return FINE
