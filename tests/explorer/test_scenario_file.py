"""A scenario that was moved, as a file: saved into the case, it gives the numbers of the page."""

from __future__ import annotations

import json
import shlex
import tomllib
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest

from steelyard.build import new_run
from steelyard.case import load_case
from steelyard.cli import run
from steelyard.explorer.redraw import Board
from steelyard.explorer.settings import Settings
from steelyard.explorer.shelf import open_shelf
from steelyard.run import Options
from tests.explorer.conftest import DRAWS

MOVED: list[Mapping[str, str]] = [
    {"kor-defence-share-target": "3"},
    {"target.by": "2031", "kor-defence-share-target": "4 %"},
    {"rule": "curved-share"},
    {"rule": "geometric-share", "target.by": "2030"},
    {"rule": "curved-share", "rule.power": "3"},
    {"drivers.real_growth": "1.2", "drivers.foreign_inflation": "3"},
    {"assumptions.real_growth": "0.5", "assumptions.discount_rate": "3"},
    {"pledges.arms": "40"},
    {"scenario": "constant-share", "drivers.inflation": "4"},
    {},
]


@pytest.mark.parametrize("asked", MOVED, ids=lambda asked: urlencode(asked) or "nothing")
def test_the_file_of_a_moved_scenario_gives_the_same_fan(desk, case, asked):
    fan = desk.get("fan.json", params=asked).json()
    assert fan["problems"] == []
    (case / "scenarios" / "moved.toml").write_text(fan["file"])

    loaded, problems = load_case(case)
    again = json.loads(json.dumps(_fan_of(case, "moved")))

    assert [one for one in problems if one.severity == "error"] == []
    assert "moved" in loaded.vocabulary.entries("scenarios")
    assert again["problems"] == []
    assert again["fans"] == fan["fans"]
    assert again["reached"] == fan["reached"]
    assert _medians(again) == _medians(fan)


def _fan_of(case, scenario):
    """The fan of a scenario as it lies in the case; nothing is built, only read."""
    (one,) = open_shelf(case).values()
    one._run = new_run(case, Options())
    return Board(one, Settings(draws=DRAWS)).fan({"scenario": scenario})


def _medians(fan):
    return [one["median"] for one in fan["numbers"]]


def test_every_number_that_was_moved_stands_in_the_file_with_its_reason(desk):
    asked = {"target.by": "2031", "kor-defence-share-target": "3", "pledges.arms": "40"}
    data = tomllib.loads(desk.get("fan.json", params=asked).json()["file"])

    assert data["extends"] == "linear-2035"
    assert data["target"]["by"] == 2031
    assert "2035" in data["target"]["reason"]
    assert data["sets"][-1]["value"] == "3"
    assert data["sets"][-1]["reason"]
    assert data["pledges"][0]["planned"]["value"] == "40 %"
    assert data["pledges"][0]["planned"]["reason"]


@pytest.mark.parametrize("place", ["..", ".", "../elsewhere"])
def test_the_line_for_a_terminal_gives_the_same_numbers_where_the_server_was_started(
    desk, capsys, monkeypatch, place
):
    started = desk.case.folder / place
    started.mkdir(exist_ok=True)
    monkeypatch.chdir(started)
    board = Board(desk.case, Settings(draws=DRAWS))
    fan = board.fan({"kor-defence-share-target": "3", "pledges.arms": "40"})
    words = shlex.split(fan["command"])

    assert run([*words[1:], "--format", "json"]) == 0
    printed = capsys.readouterr().out

    (found,) = json.loads(printed)["scenarios"]
    cells = {(one["variable"], one["year"]): one for one in found["series"]}
    assert cells["spending", 2035]["central"] == pytest.approx(
        fan["fans"]["spending"]["central"][-1], rel=6e-6
    )
    assert found["draws"] == fan["draws"]
