"""What the guides show, made and run as it stands: each file that they title, each command in its order."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from steelyard.cli import run
from steelyard.read import formats
from steelyard.read.documents import opening

ROOT = Path(__file__).resolve().parents[1]
# A file with its title, a command on a line of its own, or lines of what the command before prints.
STEP = re.compile(
    r'^```\w+ title="(?P<title>[^"]+)"\n(?P<text>.*?)^```$|^    (?P<line>(?:steelyard|cp) [^\n]+)$'
    r"|^```text\n(?P<shown>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@pytest.fixture
def own_formats(tmp_path, monkeypatch):
    """Formats that a guide writes are found as those of the checkout are."""
    own = tmp_path / "src" / "steelyard" / "read" / "formats"
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(own)])
    opening._by_suffix.cache_clear()
    yield
    for info in pkgutil.iter_modules([str(own)]):
        sys.modules.pop(f"{formats.__name__}.{info.name}", None)
    opening._by_suffix.cache_clear()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder like the checkout that the guides speak of."""
    shutil.copytree(ROOT / "cases", tmp_path / "cases", ignore=shutil.ignore_patterns("out", "expected"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spaced(text):
    """A text with one blank wherever there are some."""
    return " ".join(text.split())


def followed(page, capsys):
    """What each command of a guide prints, by its line and how often it came, once all before it is done."""
    told: dict[str, list[str]] = {}
    printed = ""
    for step in STEP.finditer((ROOT / "docs" / page).read_text(encoding="utf-8")):
        if step["title"]:
            path = Path(step["title"])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step["text"], encoding="utf-8")
            if path.suffix == ".py":  # what was looked up before does not know it
                importlib.invalidate_caches()
                opening._by_suffix.cache_clear()
            continue
        if step["shown"]:
            for line in step["shown"].splitlines():
                assert spaced(line) in spaced(printed), (page, line, printed)
            continue
        program, *words = shlex.split(step["line"])
        if program == "cp":
            shutil.copytree(words[1], words[2])
            continue
        assert run(words) == 0, (step["line"], capsys.readouterr().err)
        printed = capsys.readouterr().out
        told.setdefault(step["line"], []).append(printed)
        if words[0] == "new":  # the guide replaces its sample
            (Path(words[1]) / "sources" / "sample.txt").unlink()
    return told


def test_the_tutorial_finds_what_it_says(folder, capsys):
    told = followed("tutorial.md", capsys)

    before, after = told["steelyard check poland"]
    assert "leave 9.82 to 14.05 bn PLN" in before
    assert "1 contradicted" in before
    assert "contradicted" not in after
    assert "186.55" in told["steelyard read poland --explain"][0]
    assert Path(told["steelyard build poland"][0].splitlines()[-1]).is_file()


def test_what_the_guide_adds_is_read(folder, own_formats, capsys):
    shutil.copytree(ROOT / "src" / "steelyard" / "data" / "templates" / "new-case", "my-case")
    Path("my-case/sources/malta.txt").write_text(
        "Date: 2025-02-01\n\nMalta counts 9,000 reservists in 2025.\n", encoding="utf-8"
    )
    told = followed("how-to.md", capsys)

    assert run(["read", "my-case", "--format", "csv"]) == 0
    (row,) = (line for line in capsys.readouterr().out.splitlines() if "9,000 reservists" in line)
    assert "MLT" in row
    assert "reservists" in row

    assert "contradicted" not in told["steelyard check my-case"][0]
    (moved,) = told["steelyard compare nds-2026 gradual-plan --case my-korea"]
    assert "newly stated" in moved
    assert "The gradual plan (" in told["steelyard project my-korea --scenario gradual"][0]
    (dutch,) = told["steelyard read dutch --jobs 2"]
    assert [json.loads(line)["unit"] for line in dutch.splitlines()] == ["EUR", "EUR", "person", "EUR"]
