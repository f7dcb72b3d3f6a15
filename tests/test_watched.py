"""Watching: what new documents changed since an earlier run, and which scenario inputs they touch."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from steelyard import cli

KOREA = Path(__file__).resolve().parents[1] / "cases" / "korea-2026"
BUDGET = "Date: 2026-01-24\n\nSouth Korea's 2026 defense budget was set at $46.1 billion.\n"
OTHER = "Date: 2026-01-25\n\nSouth Korea's 2026 defense budget was set at $52.3 billion.\n"
SAME = "Date: 2026-01-26\n\nSouth Korea set its 2026 defense budget at $46.1 billion, the ministry said.\n"


@pytest.fixture
def desk(tmp_path, capsys):
    """A folder of articles, and a way to check it."""
    folder = tmp_path / "articles"
    folder.mkdir()

    def check(*words):
        code = cli.run(["check", "--quiet", *words, str(folder)])
        return code, capsys.readouterr().out

    return folder, check


def put(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def run_of(folder, check, form="json"):
    file = folder.parent / f"run.{form}"
    assert check("--output", str(file))[0] == 0
    return str(file)


def changes(said):
    return [
        (one["change"], [Path(name).name for name in one["documents"]]) for one in json.loads(said)["changes"]
    ]


def test_a_new_account_that_clashes_is_a_new_contradiction(desk):
    folder, check = desk
    put(folder, a=BUDGET)
    run = run_of(folder, check)
    put(folder, b=OTHER)

    code, said = check("--since", run, "--strict", "--format", "json")

    assert changes(said) == [("new", ["b.txt"])]
    assert code == 1


def test_what_was_known_is_no_news_wherever_it_stands_now(desk):
    """A paragraph that is put in above moves every claim, and changes none."""
    folder, check = desk
    put(folder, a=BUDGET, b=OTHER)
    run = run_of(folder, check)
    put(folder, b=OTHER.replace("\n\n", "\n\nThe minister was at the airport.\n\n"))

    code, said = check("--since", run, "--strict")

    assert said.startswith("Nothing has changed")
    assert code == 0


def test_a_contradiction_that_is_mended_is_gone(desk):
    folder, check = desk
    put(folder, a=BUDGET, b=OTHER)
    run = run_of(folder, check)
    put(folder, b=SAME)

    said = check("--since", run, "--format", "json")[1]

    assert [kind for kind, _ in changes(said)] == ["gone", "corroborated"]


def test_a_claim_that_another_source_bears_out_is_told_once(desk):
    folder, check = desk
    put(folder, a=BUDGET)
    first = run_of(folder, check)
    put(folder, c=SAME)
    said = check("--since", first, "--format", "json")[1]
    second = run_of(folder, check)

    assert changes(said) == [("corroborated", ["c.txt"])]
    assert changes(check("--since", second, "--format", "json")[1]) == []


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_run_may_be_one_object_or_a_finding_a_line(desk, form):
    folder, check = desk
    put(folder, a=BUDGET, b=OTHER)
    run = run_of(folder, check, form)

    assert check("--since", run)[1].startswith("Nothing has changed")


def test_it_says_which_inputs_of_scenarios_are_touched(tmp_path, capsys):
    """The scenarios of the case start from won; the dollars are the same budget as it is printed."""
    case = tmp_path / "korea"
    shutil.copytree(KOREA, case, ignore=shutil.ignore_patterns("out", "expected"))
    run, more = tmp_path / "run.json", tmp_path / "more.txt"
    more.write_text(OTHER.replace("was set at", "was proposed at"), encoding="utf-8")
    cli.run(["check", "--quiet", "--output", str(run), str(case)])

    cli.run(["check", "--quiet", "--since", str(run), "--format", "json", str(case), str(more)])

    told = json.loads(capsys.readouterr().out)["changes"]
    new = [one for one in told if one["change"] == "new" and str(more) in one["documents"]]
    assert new
    assert any("linear-2035: spending as printed" in one["inputs"] for one in new)


@pytest.mark.parametrize("text", ["", "[1]", '{"claims": []}', '{"findings": [{"hash": "12"}]}', "no JSON"])
def test_what_is_no_run_is_told(desk, capsys, text):
    folder, _ = desk
    put(folder, a=BUDGET)
    (folder.parent / "run.json").write_text(text, encoding="utf-8")

    code = cli.run(["check", "--since", str(folder.parent / "run.json"), str(folder)])

    assert code == (0 if not text else 2)
    assert not text or "it is no run" in capsys.readouterr().err


def test_an_audit_is_not_watched(desk, capsys):
    folder, _ = desk

    assert cli.run(["check", "--since", "run.json", "--against", "x.txt", str(folder)]) == 2
    assert "--since does not go with --against" in capsys.readouterr().err
