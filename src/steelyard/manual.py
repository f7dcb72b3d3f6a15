"""The man page of steelyard, made from its commands and their options: `python -m steelyard.manual`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence

import click

from steelyard.commands import steelyard

_EXIT_CODES = (
    ("0", "All is well; warnings, contradictions and refusals to compute do not count."),
    ("1", "Contradictions were found, and --strict was given."),
    ("2", "A fault in your files or in the command line; earlier results are kept."),
    ("3", "An error of ours or of the machine."),
    ("130", "Interrupted with Ctrl-C; earlier results are kept."),
)
_ENVIRONMENT = (
    ("NO_COLOR", "If set, nothing is coloured."),
    ("TERM", 'If "dumb", small bars are drawn with signs of ASCII.'),
    ("COLUMNS", "How wide tables are, where it is not the terminal that tells."),
)


def manual_page(version: str) -> str:
    """The page in the language of man: each command with what it takes and all its options."""
    context = click.Context(steelyard, info_name="steelyard")
    lines = [
        f'.TH STEELYARD 1 "" "steelyard {_roff(version)}" "User Commands"',
        ".SH NAME",
        f"steelyard \\- {_roff(_one_line(steelyard.help or ''))}",
        ".SH SYNOPSIS",
        ".B steelyard",
        _roff(_usage(steelyard, context)),
        ".SH COMMANDS",
    ]
    for name in steelyard.list_commands(context):
        command = steelyard.get_command(context, name)
        if command and not command.hidden:
            lines += _command(name, command, context)
    lines += [".SH OPTIONS", *_options(steelyard, context)]
    lines += [".SH EXIT STATUS", *_listed(_EXIT_CODES)]
    lines += [".SH ENVIRONMENT", *_listed(_ENVIRONMENT)]
    return "\n".join(lines) + "\n"


def _command(name: str, command: click.Command, parent: click.Context) -> Iterator[str]:
    """A command with its usage, its help, and its options."""
    context = click.Context(command, parent=parent, info_name=name)
    yield f".SS {_roff(name)}"
    yield f".B steelyard {_roff(name)}"
    yield _roff(_usage(command, context))
    for paragraph in (command.help or "").split("\n\n"):
        yield ".PP"
        yield _roff(_one_line(paragraph))
    yield from _options(command, context)


def _usage(command: click.Command, context: click.Context) -> str:
    return " ".join(command.collect_usage_pieces(context))


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    """Every option with its help, as the command's own help has them."""
    options = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    records = (option.get_help_record(context) for option in options)
    yield from _listed([record for record in records if record])


def _listed(pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    for term, text in pairs:
        yield from (".TP", f".B {_roff(term)}", _roff(_one_line(text)))


def _one_line(text: str) -> str:
    return " ".join(text.replace("\b", "").split())


def _roff(text: str) -> str:
    r"""Text as man shows it, sign for sign.

    >>> _roff(".a -b \\ 'c'")
    "\\&.a \\-b \\e 'c'"
    """
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", escaped)


if __name__ == "__main__":
    from steelyard.state import version

    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(manual_page(version()))
