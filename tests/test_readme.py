"""What the README shows, run as it stands there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from steelyard.cli import run

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    steelyard (.+?)\s*(?:#.*)?$|^\| `steelyard (.+?)` \|", README, re.MULTILINE)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the case of the README and two articles in it, to work in."""
    shutil.copytree(ROOT / "cases", tmp_path / "cases", ignore=shutil.ignore_patterns("out", "expected"))
    sources = ROOT / "cases" / "korea-2026" / "sources"
    for source, name in (("budget-brief.txt", "article.txt"), ("strategy-note.txt", "other.txt")):
        shutil.copy(sources / source, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_of_the_readme_runs(folder, capsys):
    """In their order; what a later line makes again is taken away before."""
    lines = [shlex.split(plain or table) for plain, table in COMMANDS]
    assert len(lines) >= 8
    for line in lines:
        if line[0] == "new":
            shutil.rmtree(folder / line[1], ignore_errors=True)

        assert run(line) == 0, (line, capsys.readouterr().err)


def test_the_program_of_the_readme_runs(capsys):
    (program,) = re.findall(r"```python\n(.+?)```", README, re.DOTALL)

    exec(program, {})

    assert capsys.readouterr().out.startswith("contradicted - ")


def test_the_findings_of_the_readme_are_those_of_the_case(folder, capsys):
    run(["check", "cases/korea-2026"])

    out = capsys.readouterr().out
    for words in ("20.41 to 20.73", "20.75 to 20.85", "about 30 trillion", "2024-11", "7.5 per cent", "8.2%"):
        assert words in out


def test_the_links_of_the_readme_lead_somewhere():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        if not target.startswith("docs/images/"):
            assert (ROOT / target).exists(), target
