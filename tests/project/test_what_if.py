"""A scenario with one of its numbers changed is the scenario that its author would have written so."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from steelyard.cli import run
from steelyard.project import project_scenario
from steelyard.project.what_if import levers_of, with_changes
from tests.project.samples import LEDGER, changed_run, scenario, series, vocabulary

KOREA = Path(__file__).resolve().parents[2] / "cases" / "korea-2026"
TARGET = "kor-defence-share-target"


def changed(changes, entry=None, draws=200):
    found, problems = changed_run(entry or scenario(), changes, draws)
    assert found, problems
    return found


def written(draws=200, **keys):
    found, problems = project_scenario(scenario(**keys), LEDGER, vocabulary(), series(), draws=draws)
    assert found, problems
    return found


def numbers(ensemble):
    """Every number of an ensemble, without the words around them."""
    cells = [(one.variable, one.year, one.quantiles, one.box) for one in ensemble.cells]
    return cells, [(one.name, one.value, one.low, one.high) for one in ensemble.headline]


def test_what_can_be_moved_is_found_in_the_scenario():
    levers = {one.name: one for one in levers_of(scenario(), vocabulary(), series())}

    assert levers[TARGET].number == Decimal("3.5")
    assert levers[TARGET].unit == "% of GDP"
    assert levers["target.by"].number == 2035
    assert levers["assumptions.real_growth"].number == Decimal("1.9")
    assert "rule.power" not in levers


def test_a_rule_that_bends_its_path_can_be_bent_otherwise():
    bent = scenario(rule={"kind": "curved-share", "power": 2})

    assert "rule.power" in {one.name for one in levers_of(bent, vocabulary())}
    assert numbers(changed({"rule.power": "3"}, bent)) == numbers(
        written(rule={"kind": "curved-share", "power": 3})
    )


def test_another_year_of_the_target_gives_what_a_scenario_with_that_year_gives():
    assert numbers(changed({"target.by": "2031"})) == numbers(written(target={"by": 2031}))


def test_another_target_is_reckoned_with():
    """X = ME0 (b* / b0 - 1): 66.3 trillion won times (3.0 / 2.42 - 1) is 15.8901 trillion."""
    found = changed({TARGET: "3.0 %"}).number("x_static")

    assert found.value == pytest.approx(15.8901e12, rel=1e-5)


def test_another_growth_moves_the_scenario_that_it_is_measured_against_too():
    """In both economies the reference keeps its share, so the two differences differ by rounding alone."""
    found = changed({"assumptions.real_growth": "0.5 %"})

    extra, difference = (found.number(f"x_{name}").value for name in ("cumulative", "difference"))
    assert difference == pytest.approx(extra, rel=0.02)
    assert extra < written().number("x_cumulative").value


def test_what_is_changed_says_so_and_why():
    found = changed({"assumptions.real_growth": "0.5", "target.by": "2031"})

    assert found.label.endswith("with real growth, 2031 to 2035: 0.5% a year; year of the target: 2031")
    (growth,) = (row for row in found.assumptions if row["variable"] == "real_growth")
    assert growth["value"] == "0.5 %"
    assert growth["reason"] == "Set for this run, in place of 1.9 %."


def test_no_change_gives_the_scenario_itself():
    assert numbers(changed({})) == numbers(written())


@pytest.mark.parametrize(
    ("changes", "code", "hint"),
    [
        pytest.param({"target.bye": "2030"}, "unknown-change", "'target.by'", id="a slip of a finger"),
        pytest.param({"target.by": "soon"}, "unusable-change", "target.by=2035", id="no number"),
        pytest.param({"target.by": "2030.5"}, "unusable-change", "target.by=2035", id="half a year"),
        pytest.param({TARGET: "30 bn USD"}, "unusable-change", f"{TARGET}=3.5 %", id="another unit"),
        pytest.param({"assumptions.real_growth": "1 t"}, "unusable-change", "=1.9 %", id="no percentage"),
    ],
)
def test_a_change_that_cannot_be_made_is_a_problem_with_its_remedy(changes, code, hint):
    found, problems = changed_run(scenario(), changes, draws=100)

    assert found is None
    assert [problem.code for problem in problems] == [code]
    assert hint in problems[0].hint


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"target.by": "soon"}, ["unusable-change"]),
        ({"target.by": "soon", TARGET: "x"}, ["unusable-change"] * 2),
        ({"target.by": "soon", "target.bye": "2030"}, ["unusable-change", "unknown-change"]),
    ],
)
def test_a_fault_of_a_change_is_told_once_for_all_scenarios(changes, codes):
    """Each of them has a year of its own, which it would name."""
    both = [scenario(), scenario("linear-2035", target={"by": 2030})]

    _, problems = with_changes([both[0], replace(both[1], id="linear-2030")], changes, vocabulary())

    assert [problem.code for problem in problems] == codes


def test_other_scenarios_stay_as_they_are():
    words, problems = with_changes([scenario()], {"target.by": "2031"}, vocabulary())

    assert problems == []
    for name, entry in vocabulary().entries("scenarios").items():
        assert (words.entry("scenarios", name).data == entry.data) == (name != "linear-2035")


def test_the_command_runs_a_changed_scenario(capsys):
    arguments = ["--scenario", "linear-2035", "--draws", "50", "--format", "json", "--quiet"]

    assert run(["project", str(KOREA), *arguments, "--set", "target.by=2030"]) == 0
    moved = json.loads(capsys.readouterr().out)["scenarios"][0]
    assert run(["project", str(KOREA), *arguments[2:], "--scenario", "linear-2030"]) == 0
    own = json.loads(capsys.readouterr().out)["scenarios"][0]

    assert moved["target_year"] == 2030
    assert moved["series"] == own["series"]


def test_a_change_without_a_number_is_told_how_to_write_it(capsys):
    assert run(["project", str(KOREA), "--set", "target.by"]) == 2

    assert "target.by=2030" in capsys.readouterr().err


def test_with_a_change_that_cannot_be_made_nothing_is_projected(capsys):
    """A scenario that is not changed as asked would give other numbers than were asked for."""
    arguments = ["--draws", "50", "--format", "json", "--set", "target.bye=2030"]

    assert run(["project", str(KOREA), *arguments]) != 0
    found = json.loads(capsys.readouterr().out)

    assert found["scenarios"] == []
    assert {one["code"] for one in found["problems"]} >= {"unknown-change"}
