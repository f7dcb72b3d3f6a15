"""The man page names every command and option, man can read it, and shells complete command lines."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import click
import pytest

from steelyard.commands import steelyard
from steelyard.manual import manual_page

PAGE = manual_page("1.2.3")
COMMANDS = dict(steelyard.commands)
OPTIONS = [
    pytest.param(name, option, id=f"{name}-{option}")
    for name, command in COMMANDS.items()
    for parameter in command.params
    if isinstance(parameter, click.Option)
    for option in parameter.opts
]


def section(name):
    """The part of the page that is of one command."""
    return PAGE.partition(f".SS {name}\n")[2].partition(".SS ")[0].replace("\\-", "-")


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_section_with_its_help(name):
    first = " ".join((COMMANDS[name].help or "").split("\n\n")[0].split())

    assert first in section(name)


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_each_option_stands_in_the_section_of_its_command(name, option):
    assert f".B {option}" in section(name)


@pytest.mark.skipif(not shutil.which("groff"), reason="no groff is installed")
def test_man_reads_the_page_without_a_warning():
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z"], input=PAGE.encode(), capture_output=True, check=True
    )

    assert done.stderr == b""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("steelyard pro", "plain,project", id="a command"),
        pytest.param("steelyard check --str", "plain,--strict", id="an option"),
        pytest.param("steelyard read --format js", "plain,json", id="a choice"),
        pytest.param("steelyard read art", "file,art", id="a path"),
    ],
)
def test_a_shell_is_told_how_a_command_line_may_go_on(words, expected):
    environment = {
        **os.environ,
        "_STEELYARD_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }

    done = subprocess.run(
        [sys.executable, "-m", "steelyard"], env=environment, capture_output=True, text=True, check=True
    )

    assert expected in done.stdout.splitlines()
