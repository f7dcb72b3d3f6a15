"""The table [panel] of a case: what it asks for, and what is said where it cannot be meant so."""

from __future__ import annotations

import json

import pytest

from steelyard.build import build_case
from steelyard.case import load_case
from steelyard.run import Run
from steelyard.state import input_hashes

HEADING = "actor,measure,item,prices,period,value,unit,status,definition,edition,source\n"
FIGURES = HEADING + "\n".join(
    f"{actor},{measure},,{prices},2024,{value},{unit},observed,{definition},Own 2024,Typed for a test"
    for actor, measure, prices, value, unit, definition in (
        ("POL", "defence_spending", "current", "30e9", "USD", "nato"),
        ("DEU", "defence_spending", "current", "10e9", "USD", "nato"),
        ("POL", "gdp", "current", "600e9", "USD", ""),
        ("DEU", "gdp", "current", "400e9", "USD", ""),
    )
)


@pytest.fixture
def case(tmp_path):
    """A case with figures of its own in the folder `figures`, and a function that writes its [panel]."""
    folder = tmp_path / "allies"
    (folder / "sources").mkdir(parents=True)
    (folder / "figures").mkdir()
    (folder / "figures" / "own.csv").write_text(FIGURES + "\n", encoding="utf-8")

    def write(panel):
        (folder / "case.toml").write_text(f'title = "Allies"\n\n[panel]\n{panel}\n', encoding="utf-8")
        return folder

    return write


def told(folder):
    return [(problem.code, problem.origin.line) for problem in load_case(folder)[1]]


def test_an_alliance_and_years_are_enough(case):
    loaded, problems = load_case(case('alliance = "NATO"\nyears = [2024, 2014]'))

    assert problems == []
    assert (loaded.panel.alliance, loaded.panel.years) == ("NATO", (2014, 2024))
    assert (loaded.panel.folder, loaded.panel.measures) == (None, ())


def test_actors_may_be_listed_and_one_year_stand_alone(case):
    loaded, problems = load_case(case('alliance = ["POL", "DEU"]\nyears = 2024\ndata = "figures"'))

    assert problems == []
    assert (loaded.panel.alliance, loaded.panel.years) == ("POL,DEU", (2024,))
    assert loaded.panel.folder == loaded.folder / "figures"


@pytest.mark.parametrize(
    ("panel", "expected"),
    [
        pytest.param('alliance = "NATTO"\nyears = 2024', [("unknown-id", 4)], id="no such alliance"),
        pytest.param('alliance = ["POL", 3]\nyears = 2024', [("wrong-type", 4)], id="a number for an actor"),
        pytest.param('alliance = "NATO"', [("missing-key", 3)], id="no years"),
        pytest.param("years = 2024", [("missing-key", 3)], id="no alliance"),
        pytest.param('alliance = "NATO"\nyears = "2024"', [("wrong-type", 5)], id="a year in quotes"),
        pytest.param('alliance = "NATO"\nyears = [2014, true]', [("wrong-type", 5)], id="true for a year"),
        pytest.param('alliance = "NATO"\nyears = 24', [("wrong-type", 5)], id="two digits of a year"),
        pytest.param(
            'alliance = "NATO"\nyears = 2024\nmeasures = ["burdn"]', [("unknown-id", 6)], id="no such measure"
        ),
        pytest.param('alliance = "NATO"\nyears = 2024\nfolder = "x"', [("unknown-key", 6)], id="no such key"),
        pytest.param(
            'alliance = "NATO"\nyears = 2024\ndata = "nothing"', [("panel-data", 6)], id="no folder"
        ),
        pytest.param('alliance = "NATO"\nyears = 2024\ndata = "../x"', [("panel-data", 6)], id="outside"),
        pytest.param('alliance = "NATO"\nyears = 2024\ndata = "sources"', [("panel-data", 6)], id="taken"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_line(case, panel, expected):
    folder = case(panel)

    assert told(folder) == expected
    assert not load_case(folder)[0].sound


def test_a_year_without_members_is_a_fault_in_the_case(case):
    run = Run(case('alliance = "NATO"\nyears = 1930'))

    assert run.results.panel is None
    assert [(problem.code, problem.severity) for problem in run.shared[1]] == [("no-members", "error")]
    assert run.shared[1][0].origin.line == 3


def test_measures_are_made_of_the_cases_own_figures(case):
    """30 of 40 billion on 600 of 1,000: 75 % of the spending on 60 % of the product, a ratio of 1.25."""
    folder = case(
        'alliance = ["POL", "DEU"]\nyears = 2024\ndata = "figures"\nmeasures = '
        '["spending-share", "burden-ratio"]'
    )

    build_case(folder)

    rows = json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))["panel"]["rows"]
    assert {row["measure"]: row["middle"] for row in rows if row["member"] == "POL"} == pytest.approx(
        {"spending-share": 75, "burden-ratio": 1.25}
    )
    assert "figures/own.csv" in input_hashes(folder)
    assert (folder / "out" / "tables" / "panel.csv").is_file()


def test_a_build_sees_that_a_figure_has_changed(case):
    folder = case('alliance = ["POL", "DEU"]\nyears = 2024\ndata = "figures"\nmeasures = ["spending-share"]')
    build_case(folder)
    (folder / "figures" / "own.csv").write_text(FIGURES.replace("30e9", "90e9") + "\n", encoding="utf-8")

    build_case(folder)

    rows = json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))["panel"]["rows"]
    assert [row["middle"] for row in rows if row["member"] == "POL"] == pytest.approx([90])


def test_what_the_files_lack_is_told_where_the_case_asks_for_it(case):
    folder = case('alliance = ["POL", "DEU"]\nyears = 2024\ndata = "figures"\nmeasures = ["burden"]')

    problems = Run(folder).results.problems

    lacking = [problem for problem in problems if problem.code == "no-figure"]
    assert [(problem.origin.file, problem.origin.line) for problem in lacking] == [("case.toml", 3)]
    assert "`data` of [panel]" in lacking[0].hint


def test_a_case_without_a_panel_has_none(case):
    folder = case('alliance = "NATO"\nyears = 2024')
    (folder / "case.toml").write_text('title = "Allies"\n', encoding="utf-8")

    build_case(folder)

    assert json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))["panel"] is None
    assert 'id="panel"' not in (folder / "out" / "report.html").read_text(encoding="utf-8")
