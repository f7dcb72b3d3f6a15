"""What commands print on terminals of 60, 80 and 120 signs: every id whole, and nothing coloured."""

from __future__ import annotations

import os
import re
import struct
import sys
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("pty")

ROOT = Path(__file__).resolve().parents[1]
KOREA = "cases/korea-2026"
STYLED = re.compile(r"\x1b\[[0-9;]*m")
COMMANDS = {
    "read": ("read", f"{KOREA}/sources/budget-brief.txt", "--date", "2026-01-24", "--quiet"),
    "compare": ("compare", "washington-declaration-2023", "nds-2026", "--quiet"),
    "panel": ("panel", "KOR,USA,JPN", "--year", "2025", "--quiet"),
    "counts": ("panel", "KOR,USA,JPN", "--year", "2025", "--counts", "--quiet"),
    "project": ("project", KOREA, "--scenario", "linear-2035", "--draws", "100", "--quiet"),
}
# Words that each command has to show, whatever the room.
WORDS = {
    "read": ("defence_spending", "budget-brief.txt:3", "proposed", "billion"),
    "compare": ("Deterring", "Washington", "responsibility", "2026-01-23"),
    "panel": ("Korea", "correlation"),
    "counts": ("defence_share_of_gdp", "defence_spending", "observed", "2026-04"),
    "project": ("Spending", "Target", "2035", "standard"),
}


@cache
def on_terminal(name: str, width: int) -> str:
    """What a command prints on a terminal so wide, with NO_COLOR set."""
    import fcntl
    import pty
    import termios

    here, there = pty.openpty()
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}
    environment |= {"TERM": "xterm-256color", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "steelyard", *COMMANDS[name]],
        environment,
        file_actions=[(os.POSIX_SPAWN_DUP2, there, each) for each in (0, 1, 2)],
    )
    os.close(there)
    parts = []
    while data := _read(here):
        parts.append(data)
    os.close(here)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    return b"".join(parts).decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # what Linux says when the other side is closed
        return b""


@pytest.fixture(autouse=True)
def in_repository(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", COMMANDS)
def test_no_word_is_broken_and_no_line_of_a_table_runs_over(name, width):
    text = STYLED.sub("", on_terminal(name, width))

    words = set(re.split(r"[\s“”,()]+", text))
    assert {word for word in WORDS[name] if word not in words} == set()
    assert [line for line in text.splitlines() if len(line) > width] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_coloured_where_that_is_not_wanted(name):
    codes = {code for found in STYLED.findall(on_terminal(name, 80)) for code in re.findall(r"\d+", found)}

    assert codes <= {"0", "1", "22"}  # bold, and its end
