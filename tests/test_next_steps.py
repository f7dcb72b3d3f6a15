"""What a person at a terminal is told to do next, and that nobody else is."""

from __future__ import annotations

import pytest

from steelyard import commands
from steelyard.cli import run
from steelyard.next_steps import without_scenarios

CLASH = (
    "Seoul plans to spend $46.1 billion on defence in 2026, 2.42% of its GDP. "
    "To reach 3.5% it would need another $22 billion a year.\n"
)


@pytest.fixture
def text(tmp_path, monkeypatch):
    """A text in which 46.1 bn × (3.5 - 2.42) / 2.42 = 20.6 bn, not 22."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "brief.txt").write_text(CLASH, encoding="utf-8")
    return "brief.txt"


@pytest.fixture
def at_a_terminal(monkeypatch):
    assert commands  # imported before, so that it keeps what it imports
    monkeypatch.setattr("steelyard.outcome.is_terminal", lambda output: output is None)


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize(
    ("arguments", "step"),
    [
        pytest.param(
            ["read"],
            "Why each was read so: --explain. Whether they fit together: steelyard check brief.txt",
            id="from claims to findings",
        ),
        pytest.param(
            ["check"],
            "Other readings, and the hash by which a review dismisses a finding: --explain.",
            id="from a finding to its readings",
        ),
        pytest.param(
            ["check", "--explain"],
            'To dismiss a finding, write a line {"hash": ..., "decision": "dismiss", "reason": ...} into '
            "CASE/reviews.jsonl.",
            id="from the hash to a review",
        ),
        pytest.param(["check", "--quiet"], None, id="quiet"),
        pytest.param(["check", "--output", "findings.txt"], None, id="into a file"),
    ],
)
def test_the_next_step_is_told_on_standard_error(text, arguments, step, capsys):
    command, *options = arguments
    assert run([command, text, "--date", "2026-01-24", *options]) == 0

    err = capsys.readouterr().err
    assert err.splitlines() == ([step] if step else [])


def test_a_pipe_is_told_nothing(text, capsys):
    assert run(["check", text, "--date", "2026-01-24"]) == 0

    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("at_a_terminal")
def test_a_new_case_says_where_texts_go_and_how_it_gets_a_scenario(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["new", "mine"]) == 0
    assert "steelyard build mine" in capsys.readouterr().err

    assert run(["project", "mine"]) == 0

    assert capsys.readouterr().out.startswith(
        "No scenario was projected. The case has no scenario; put one into"
    )
    assert "steady.toml.example" in without_scenarios(tmp_path / "mine")
    assert run(["new", "mine"]) == 2
    assert "`steelyard build mine` builds it" in capsys.readouterr().err


def test_a_text_without_figures_says_so_and_shows_no_empty_table(tmp_path, capsys):
    file = tmp_path / "plain.txt"
    file.write_text("Ministers met.\n", encoding="utf-8")

    assert run(["read", str(file), "--date", "2026-01-24", "--format", "table"]) == 0

    assert capsys.readouterr().out == "No claim was read.\n"


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        pytest.param("NATTO", "Did you mean 'NATO'?", id="close to one"),
        pytest.param("QQQQ", "Known: ALB, ARE, ARG,", id="close to none of many"),
    ],
)
def test_an_unknown_name_is_answered_with_known_ones(name, remedy, capsys):
    assert run(["panel", name]) == 2

    assert remedy in capsys.readouterr().err
