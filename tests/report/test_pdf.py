"""Printing to PDF where it fails: a sentence says why, nothing is left half written, no process is left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from steelyard.cli import run
from steelyard.report.pdf import CHROMIUM, PDF, find_browser, print_pdf

WHOLE = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page with a PDF beside it that an earlier run has made."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / PDF).write_bytes(WHOLE)
    (folder / "report.html").write_text("<!doctype html><title>A page</title>", encoding="utf-8")
    return folder / "report.html"


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A function that puts a program of a few lines of shell in the place of the browser."""

    def install(lines: str) -> Path:
        program = tmp_path / "browser"
        program.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv(CHROMIUM, str(program))
        return program

    return install


TARGET = """for word; do case "$word" in --print-to-pdf=*) target="${word#--print-to-pdf=}";; esac; done
"""


def test_what_the_browser_makes_takes_the_place_of_the_earlier_one(page, browser):
    browser(TARGET + "printf '%%PDF-1.7 new %%%%EOF' >\"$target\"")

    assert print_pdf(page) == page.with_name(PDF)
    assert page.with_name(PDF).read_bytes() == b"%PDF-1.7 new %%EOF"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        pytest.param("exit 0", "made no PDF", id="nothing is made"),
        pytest.param("echo no display >&2; exit 1", "it said: no display", id="it fails and says why"),
        pytest.param(TARGET + "printf '%%PDF-1.7 cut' >\"$target\"", "made no PDF", id="it breaks off"),
        pytest.param("exec sleep 600", "had not printed", id="it hangs"),
        pytest.param("sleep 600 & wait", "had not printed", id="a child of it hangs"),
    ],
)
def test_a_browser_that_fails_leaves_what_was_there(page, browser, lines, words):
    browser(lines)

    with pytest.raises(OSError, match=words):
        print_pdf(page, seconds=1)

    assert page.with_name(PDF).read_bytes() == WHOLE
    assert sorted(path.name for path in page.parent.iterdir()) == ["report.html", PDF]


def test_nothing_that_a_browser_started_outlives_it(page, browser, tmp_path):
    browser(f"sleep 600 & echo $! >{tmp_path}/child; wait")

    with pytest.raises(OSError, match="had not printed"):
        print_pdf(page, seconds=1)

    child = int((tmp_path / "child").read_text())
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_the_browser_that_is_named_goes_before_all_others(browser):
    program = browser("exit 0")

    assert find_browser() == program


def test_without_a_browser_the_page_is_there_and_a_sentence_says_what_is_missing(
    tmp_path, monkeypatch, capsys
):
    """It is the machine that lacks something: exit code 3, and the path of the page all the same."""
    case = tmp_path / "case"
    run(["new", str(case), "--quiet"])
    monkeypatch.delenv(CHROMIUM, raising=False)
    for variable in ("PATH", "HOME", "PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "nowhere"))
    monkeypatch.setattr("sys.platform", "linux")
    capsys.readouterr()

    assert run(["report", "--pdf", "--quiet", str(case)]) == 3
    out, err = capsys.readouterr()
    assert out == f"{case / 'out' / 'report.html'}\n"
    assert err.startswith("steelyard: no Chromium, Chrome or Edge was found")
    assert "apt install chromium" in err
    assert not (case / "out" / PDF).exists()


def test_a_named_browser_that_is_not_there_is_told_by_its_name(page, monkeypatch):
    monkeypatch.setenv(CHROMIUM, os.fspath(page.with_name("no-such-browser")))

    with pytest.raises(OSError, match=r"no-such-browser, which STEELYARD_CHROMIUM names, is no program"):
        print_pdf(page)
