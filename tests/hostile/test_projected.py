"""`project` on bad scenarios, numbers and workbooks: told by code and place, never run, hung or crashed."""

from __future__ import annotations

import os

import pytest

from tests.hostile.books import BOOK_CASE, NAME, bad_books
from tests.hostile.scenarios import BAD_SCENARIOS
from tests.hostile.test_corpus import FAULTY, FINE, GIGABYTE, carried_out, files_below, unpromised

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of memory are POSIX's")
LIVING = {"window", "levels"}  # a refusal or a warning is no fault of the command


def coded(told: object, code: str) -> bool:
    """Whether a problem of that code stands with its place in a line of its own."""
    return any(f"  {code}" in line for line in str(told).splitlines() if not line.startswith(" "))


def test_no_bad_scenario_is_run_and_each_is_told_by_its_code(tmp_path):
    folder = tmp_path / "cases"
    commands: list[dict[str, object]] = []
    for name, bad in BAD_SCENARIOS.items():
        bad.write(folder / name)
        words = [] if "--scenario" in bad.words else ["--scenario", "bad"]
        few = [] if bad.code == "count-range" else ["--draws", "50"]
        commands.append(
            {"name": name, "arguments": ["project", name, *words, *few, *bad.words], "folder": str(folder)}
        )
    before = files_below(folder)

    answers = carried_out(commands)

    assert not unpromised(answers)
    assert [name for name, bad in BAD_SCENARIOS.items() if not coded(answers[name]["told"], bad.code)] == []
    assert {name for name, one in answers.items() if one["code"] == FINE} == LIVING
    assert "missing-year" in str(answers["window"]["told"]).splitlines()[0]
    assert max(len(line) for line in str(answers["window"]["told"]).splitlines()) < 1000
    assert max(float(str(one["peak"])) for one in answers.values()) < GIGABYTE
    assert files_below(folder) == before


def test_no_bad_workbook_of_a_series_is_taken_and_each_is_told_at_its_cell(tmp_path):
    folder = tmp_path / "cases"
    books = bad_books()
    for name, (data, _) in books.items():
        (folder / name / "series").mkdir(parents=True)
        (folder / name / "case.toml").write_text(BOOK_CASE, encoding="utf-8")
        (folder / name / NAME).write_bytes(data)
    before = files_below(folder)
    commands: list[dict[str, object]] = [
        {"name": name, "arguments": ["project", name], "folder": str(folder)} for name in books
    ]

    answers = carried_out(commands)

    assert not unpromised(answers)
    assert [
        name
        for name, (_, code) in books.items()
        if not any(
            line.startswith(f"{name}/{NAME}") and f"  {code}" in line
            for line in str(answers[name]["told"]).splitlines()
        )
    ] == []
    assert {one["code"] for one in answers.values()} == {FAULTY}
    assert max(float(str(one["peak"])) for one in answers.values()) < GIGABYTE
    assert files_below(folder) == before
