"""What the README shows, run as it stands there."""

from __future__ import annotations

import re
import shlex
import shutil
import textwrap
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from steelyard.case import load_case
from steelyard.cli import BROKEN, FAULTY, FINE, INTERRUPTED, run
from steelyard.core.series import load_series
from steelyard.core.vocabulary import Layer, load_vocabulary
from steelyard.outcome import CONTRADICTED

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOML = re.findall(r"```toml\n(.+?)```", README, re.DOTALL)
COMMANDS = re.findall(
    r"^    ((?:steelyard|mv|cp) .+?)\s*(?:#.*)?$|^\| `(steelyard .+?)` \|", README, re.MULTILINE
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the case of the README, two articles and an archive of them in it, to work in."""
    shutil.copytree(ROOT / "cases", tmp_path / "cases", ignore=shutil.ignore_patterns("out", "expected"))
    sources = ROOT / "cases" / "korea-2026" / "sources"
    for source, name in (("budget-brief.txt", "article.txt"), ("strategy-note.txt", "other.txt")):
        shutil.copy(sources / source, tmp_path / name)
    (tmp_path / "archive").mkdir()
    shutil.copy(tmp_path / "article.txt", tmp_path / "archive")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_of_the_readme_runs(folder, capsys):
    """In their order; what a later line makes again is taken away before."""
    lines = [shlex.split(plain or table) for plain, table in COMMANDS]
    lines = [line for line in lines if line[1:2] != ["serve"]]  # which goes on until it is ended
    assert len(lines) >= 12
    for program, *line in lines:
        if program == "mv":
            Path(line[0]).rename(line[1])
        elif program == "cp":
            shutil.copytree(line[1], line[2])
        else:
            if line[0] == "new":
                shutil.rmtree(folder / line[1], ignore_errors=True)
            assert run(line) == 0, (line, capsys.readouterr().err)


def test_the_readme_leads_to_a_projection(folder, capsys):
    """A new case, its scenario switched on and series lent: the three lines in their order."""
    run(["new", "my-case"])
    Path("my-case/scenarios/steady.toml.example").rename("my-case/scenarios/steady.toml")
    shutil.copytree("cases/korea-2026/series", "my-case/series")
    capsys.readouterr()

    assert run(["project", "my-case", "--draws", "100"]) == 0
    out, err = capsys.readouterr()
    assert "Share of GDP stays as it is" in out
    # The figures of the new case are made up, so that their share implies another GDP than the series lent.
    assert err.count("(warning)") == err.count("gdp-vintage") == 1


def test_the_rows_of_the_readme_are_series(tmp_path):
    (text,) = re.findall(r"```csv\n(.+?)```", README, re.DOTALL)
    (tmp_path / "gdp.csv").write_text(textwrap.dedent(f"   {text.strip()}\n"), encoding="utf-8")

    series, problems = load_series(tmp_path)

    assert problems == []
    assert [each.measure for each in series] == ["gdp", "exchange_rate"]


def test_the_parameter_of_the_readme_is_one(tmp_path):
    (text,) = (text for text in TOML if "values]]" in text)
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters" / "target.toml").write_text(textwrap.dedent(text), encoding="utf-8")

    vocabulary, problems = load_vocabulary(Layer("poland", tmp_path))

    assert problems == []
    assert vocabulary.entry("parameters", "pol-defence-share-target")


def test_the_sheet_of_the_readme_is_a_series(tmp_path):
    (text,) = (text for text in TOML if "[[series]]" in text)
    (tmp_path / "series").mkdir()
    (tmp_path / "case.toml").write_text(f'title = "Poland"\n{textwrap.dedent(text)}', encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.title = "GDP"
    for row in (["A title"], ["Country", "Year", "GDP, billions"], ["Poland", 2025, 3917.7]):
        book.active.append(row)
    book.save(tmp_path / "series" / "weo.xlsx")

    case, problems = load_case(tmp_path)

    assert problems == []
    assert [(one.id, one.points[0].value) for one in case.series] == [
        ("POL/gdp/current/WEO 2025-10", Decimal("3917.7e9"))
    ]


def test_the_readme_says_how_many_actors_are_known():
    vocabulary, _ = load_vocabulary()

    assert f"knows {len(vocabulary.entries('actors'))} actors" in README


def test_the_readme_tells_every_exit_code():
    for code in (FINE, CONTRADICTED, FAULTY, BROKEN, INTERRUPTED):
        assert f"\n| {code} | " in README


def test_the_program_of_the_readme_runs(folder, capsys):
    (program,) = re.findall(r"```python\n(.+?)```", README, re.DOTALL)

    exec(program, {})

    assert capsys.readouterr().out.startswith("corroborated: ")
    assert (folder / "share-of-gdp.svg").is_file()


def test_the_findings_of_the_readme_are_those_of_the_case(folder, capsys):
    run(["check", "cases/korea-2026"])

    out = capsys.readouterr().out
    numbers = ("20.41 to 20.73", "20.75 to 20.85", "about 30 trillion", "7.5 per cent", "8.2%")
    for words in (*numbers, "November 2024"):
        assert words in out


def test_the_links_of_the_readme_lead_somewhere():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        if not target.startswith("docs/images/"):
            assert (ROOT / target).exists(), target
