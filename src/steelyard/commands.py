"""The commands: results to standard output, progress and problems to standard error.

Whatever a command needs is imported inside it, so that help comes at once.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import click

from steelyard.next_steps import (
    after_build,
    after_compare,
    after_new,
    after_panel_files,
    after_project,
    after_read,
    without_scenarios,
)
from steelyard.options import (
    CASE,
    CHECKING,
    FOREIGN,
    FORMATS,
    OUTPUT,
    OUTPUT_OR_FOLDER,
    PANEL,
    QUIET,
    READING,
    RUNNING,
    SCENARIO,
    SET,
    SINCE,
    STRICT,
    TEXT,
    VOCABULARY,
    WHY,
    WORKERS,
    LedgerFolder,
    chosen_format,
    file_in_place,
    files,
    with_options,
)
from steelyard.outcome import CONTRADICTED, FINE, hand_out, is_terminal, tell_built, tell_next, waiting_for
from steelyard.querying import query
from steelyard.services import SERVICES


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
@with_options(*OUTPUT_OR_FOLDER, *READING, TEXT, *WORKERS, QUIET)
def read(
    paths: tuple[str, ...],
    form: str | None,
    output: Path | LedgerFolder | None,
    case: Path | None,
    day: date | None,
    explain: bool,
    as_text: bool,
    jobs: int,
    cluster: str | None,
    quiet: bool,
) -> int:
    """Claims of documents: figures, roles and statements.

    PATH is a file, a folder with all files in it, a case, or - for standard input. Text, Markdown, HTML, PDF,
    DOCX, CSV, XLSX and JSON lines of documents are read, as they are, compressed (.gz, .zst), in a .zip, .tar
    or .warc, or as .parquet. What comes from standard input is told by its first bytes, else taken for plain
    text. With a folder as --output, which ends in / or is new, a corpus of any size is read into a ledger
    there; a run that was stopped goes on where it was.
    """
    if isinstance(output, LedgerFolder):
        if not (form or as_text or explain):
            from steelyard.asked import read_into

            into = partial(read_into, output.path, paths, case=case, day=day, quiet=quiet)
            return into(jobs=jobs, cluster=cluster)
        output = file_in_place(output)
    from steelyard import cli_output
    from steelyard.gather import gather_documents, gather_paths, standard_input

    if as_text:
        if form:
            raise click.UsageError("--text prints the text as it is; leave --format out.")
        documents, problems = gather_documents(paths, day=day, standard_input=standard_input)
        return hand_out(cli_output.texts(documents), output, problems, quiet=quiet)
    form = chosen_format(form, output, "table" if explain or is_terminal(output) else "jsonl")
    with waiting_for("Reading", paths, quiet=quiet) as waiting:
        gather = partial(gather_paths, paths, case=case, day=day, standard_input=standard_input)
        gathered = gather(jobs=jobs, cluster=cluster, done=waiting.done)
    text = cli_output.claims(gathered, form, explain=explain, terminal=is_terminal(output))
    code = hand_out(text, output, gathered.problems, quiet=quiet)
    tell_next(after_read(paths, gathered, explain=explain), output, quiet=quiet)
    return code


@steelyard.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=files)
@with_options(*CHECKING, SINCE, *READING, *WORKERS, QUIET, STRICT)
def check(
    paths: tuple[str, ...],
    against: tuple[str, ...],
    form: str | None,
    output: Path | None,
    since: Path | None,
    case: Path | None,
    day: date | None,
    explain: bool,
    jobs: int,
    cluster: str | None,
    quiet: bool,
    strict: bool,
) -> int:
    """Findings on documents, ledgers or a case; with --against, an audit of your own text.

    PATH is as for `read`, or a ledger (.jsonl, .parquet, or a folder that `read` wrote). The audit says of
    each figure and role of PATH whether SOURCE supports it, contradicts it, lets it be derived, or says
    nothing of it. With --strict a contradicted figure ends it with exit code 1; a figure without source is
    only a warning.
    """
    from steelyard.gather import gather_paths, standard_input

    if since and (against or form in FOREIGN):
        raise click.UsageError(f"--since does not go with {'--against' if against else f'--format {form}'}.")
    form = chosen_format(form, output, "table", FORMATS if since else (*FORMATS, *FOREIGN))
    if against:
        from steelyard.checked import hand_out_audit
        from steelyard.draft_audit import audit_paths

        each = partial(audit_paths, paths, against, case=case, day=day, standard_input=standard_input)
        with waiting_for("Auditing", paths, quiet=quiet):
            audit = each(jobs=jobs, cluster=cluster)
        code = hand_out_audit(audit, form, output, explain=explain, quiet=quiet)
        return max(code, CONTRADICTED if strict and audit.contradicts else FINE)
    from steelyard.apart import large_ledger
    from steelyard.checked import hand_out_findings, hand_out_parts

    if form == "jsonl" and not (since or case or day) and (parts := large_ledger(paths)):
        return hand_out_parts(parts, output, jobs=jobs, cluster=cluster, quiet=quiet, strict=strict)
    from steelyard.check import check_ledger

    gather = partial(gather_paths, paths, case=case, day=day, standard_input=standard_input)
    with waiting_for("Reading and checking", paths, quiet=quiet) as waiting:
        gathered = gather(jobs=jobs, cluster=cluster, ledgers=True, done=waiting.done)
        found = check_ledger(gathered.ledger, gathered.vocabulary)
    code, contradicted = hand_out_findings(
        found, gathered, form, output, since=since, case=case, explain=explain, quiet=quiet
    )
    return max(code, CONTRADICTED if strict and contradicted else FINE)


@steelyard.command()
@CASE
@with_options(*OUTPUT, SCENARIO, SET, WHY, *RUNNING, *WORKERS, QUIET)
def project(
    case: Path,
    form: str | None,
    output: Path | None,
    scenario: str | None,
    changes: dict[str, str],
    cell: str | None,
    draws: int | None,
    seed: int | None,
    jobs: int,
    cluster: str | None,
    quiet: bool,
) -> int:
    """The scenarios of a case: spending by year with its spread, and the extra cost.

    With --why the chain behind one number: its equation, parameters, series and draws, and the words of the
    sources that it rests on. CELL is a variable or currency, a year, and p5 to p95, central or a draw.
    NAME of --set is a parameter that a scenario uses, or the way to a number in it, such as target.by or
    assumptions.real_growth; a name that is not known is answered with those that are.
    """
    from steelyard import cli_output
    from steelyard.run import Options, Run

    form = chosen_format(form, output, "table")
    if cell and form in ("csv", "parquet"):
        raise click.UsageError("A chain is no table; use --why with json, jsonl or as text.")
    results = Run(case, Options(scenario, draws, seed, jobs, changes, cluster))
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
    none = without_scenarios(case)
    text = cli_output.projections(ensembles, vocabulary, problems, form, terminal=terminal, none=none)
    code = hand_out(text, output, problems, quiet=quiet)
    tell_next(after_project(case, ensembles), output, quiet=quiet)
    return code


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
    code = hand_out(text, output, problems, quiet=quiet)
    tell_next(after_compare(has_case=case is not None), output, quiet=quiet)
    return code


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
    code = hand_out(text, output, faults, quiet=quiet)
    tell_next("" if alliance or counts or revisions else after_panel_files(), output, quiet=quiet)
    return code


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
@with_options(*RUNNING, *WORKERS, QUIET, STRICT)
def report(
    case: Path,
    pdf: bool,
    draws: int | None,
    seed: int | None,
    jobs: int,
    cluster: str | None,
    quiet: bool,
    strict: bool,
) -> int:
    """The report of a case: an HTML page with its data and pictures; prints its path.

    It shows all scenarios; `steelyard build --scenario NAME` makes one of a single scenario.
    With `--pdf` the page is printed on A4 as well, and the path of that follows.
    """
    from steelyard.build import build_case

    with waiting_for("Building", [str(case)], quiet=quiet) as waiting:
        built = build_case(case, draws=draws, seed=seed, jobs=jobs, cluster=cluster, done=waiting.done)
    code = tell_built(built, [str(built.page)] if built.page else [], quiet=quiet, strict=strict)
    tell_next(after_build(built.page, case), None, quiet=quiet)
    if pdf and built.page:
        from steelyard.report.pdf import print_pdf
        from steelyard.terminal import printable

        with waiting_for("Printing", [str(built.page)], quiet=quiet):
            printed = print_pdf(built.page)
        click.echo(printable(str(printed)))
    return code


@steelyard.command()
@CASE
@with_options(SCENARIO, *RUNNING, *WORKERS, QUIET, STRICT)
def build(
    case: Path,
    scenario: str | None,
    draws: int | None,
    seed: int | None,
    jobs: int,
    cluster: str | None,
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

        running = partial(build_case, case, scenario=scenario, draws=draws, seed=seed)
        built = running(jobs=jobs, cluster=cluster, tell=tell, done=waiting.done)
    lines = [*built.summary, str(built.page)] if built.page else []
    code = tell_built(built, lines, quiet=quiet, strict=strict)
    tell_next(after_build(built.page, case), None, quiet=quiet)
    return code


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
        click.echo(printable(after_new(case)), err=True)
    return FINE


for _command in (query, *SERVICES):
    steelyard.add_command(_command)
