"""What a command ends with: its result handed out, its problems told, and the exit code that they ask for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from steelyard.core.problems import Problem

if TYPE_CHECKING:
    from steelyard.build import Built
    from steelyard.terminal import Waiting

FINE, CONTRADICTED, FAULTY = 0, 1, 2


def tell_problems(problems: Iterable[Problem], *, quiet: bool) -> int:
    """Print problems, only the errors where it shall be quiet, and give the exit code that they ask for."""
    code = FINE
    for problem in problems:
        if problem.severity == "error":
            code = FAULTY
        if problem.severity == "error" or not quiet:
            click.echo("\n".join(problem.lines()), err=True)
    return code


def hand_out(text: str | bytes, output: Path | None, problems: Iterable[Problem], *, quiet: bool) -> int:
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
        from steelyard.core.whole_file import write_whole
        from steelyard.engine import uninterrupted

        with uninterrupted():
            write_whole(output, text)
    elif isinstance(text, bytes):
        if sys.stdout.isatty():
            raise click.UsageError("Parquet is no text for a terminal; name a file with --output.")
        sys.stdout.buffer.write(text)
    else:
        sys.stdout.write(text)


def write_pieces(pieces: Iterable[str], output: Path | None) -> None:
    """Hand a result out as its pieces are made: to the file, written whole, or to standard output."""
    from steelyard.core.whole_file import replacing

    if output is None or (output.exists() and not output.is_file()):
        with nullcontext(sys.stdout) if output is None else output.open("w", encoding="utf-8") as stream:
            for piece in pieces:
                stream.write(piece)
        return
    with replacing(output) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        for piece in pieces:
            file.write(piece)


def waiting_for(doing: str, paths: Sequence[str], *, quiet: bool) -> Waiting:
    """A line for whoever waits, with the first of the paths."""
    from steelyard.terminal import Waiting

    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return Waiting(f"{doing} {paths[0]}{more}", quiet=quiet)


def is_terminal(output: Path | None) -> bool:
    """Whether a person will see the result at once."""
    return output is None and sys.stdout.isatty()


def tell_next(step: str, output: Path | None, *, quiet: bool) -> None:
    """Say on standard error what to do next, to a person who sees the result at once."""
    if step and not quiet and is_terminal(output):
        from steelyard.terminal import printable

        click.echo(printable(step), err=True)


def tell_built(built: Built, lines: list[str], *, quiet: bool, strict: bool) -> int:
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
