"""Scenarios as people write them: what joins, what is refused, and where a fault is said to stand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from steelyard.core.forms import SCHEMAS
from steelyard.project import project_scenario
from steelyard.project.form import FORM
from steelyard.project.scenario import read_scenario
from tests.project.samples import (
    LEDGER,
    entry_of,
    scenario,
    series,
    standing_alone,
    vocabulary,
    with_entries,
)


def problems_of(entry, **keys):
    ensemble, problems = project_scenario(entry, LEDGER, vocabulary(), series(), **keys)
    assert ensemble is None
    assert all(problem.hint for problem in problems), problems
    return problems


def test_a_scenario_takes_what_it_does_not_say_from_the_one_it_extends():
    whole, problems = read_scenario(scenario("linear-2030"), vocabulary())

    assert problems == []
    assert [part.id for part in whole.chain] == ["constant-share", "linear-2030"]
    assert (whole.data["rule"]["kind"], whole.by, whole.horizon) == ("linear-share", 2030, 2035)
    assert whole.data["target"]["parameter"] == "kor-defence-share-target"
    assert whole.entry.label.startswith("3.5% of GDP by 2030")


def test_keys_are_placed_in_the_file_that_holds_them():
    whole, _ = read_scenario(scenario("linear-2030"), vocabulary())

    assert whole.place("target", "by").file.endswith("linear-2030.toml")
    assert whole.place("base", "year").file.endswith("constant-share.toml")
    assert whole.place("base", "year").line > 0


def test_given_draws_and_seed_go_before_those_of_the_scenario():
    whole, _ = read_scenario(scenario(), vocabulary(), draws=40, seed=3)

    assert (whole.draws, whole.seed) == (40, 3)


def rate(**changes):
    return {"drivers": {"exchange_rate": changes}}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"rule": {"kind": "linear-shares"}}, "unknown-choice", id="a rule that is none"),
        pytest.param({"rule": {"knid": "linear-share"}}, "unknown-key", id="a slip in a key"),
        pytest.param({"rule": None}, "missing-key", id="no rule"),
        pytest.param({"drivers": None}, "missing-key", id="no drivers"),
        pytest.param(
            {"target": None, "rule": {"kind": "linear-share"}}, "missing-key", id="a path without aim"
        ),
        pytest.param({"rule": {"kind": "curved-share"}}, "missing-key", id="a bend without power"),
        pytest.param({"rule": {"kind": "curved-share", "power": 0}}, "rule-numbers", id="a power of nothing"),
        pytest.param({"rule": {"kind": "real-growth"}}, "missing-key", id="growth without a rate"),
        pytest.param(
            {"rule": {"kind": "nominal-steps", "growth": ["8 %", "7 %"]}}, "rule-numbers", id="too few steps"
        ),
        pytest.param(
            {"rule": {"kind": "listed-share", "shares": ["2.5 %"]}}, "rule-numbers", id="too few shares"
        ),
        pytest.param({"rule": {"kind": "real-growth", "growth": ["lots"]}}, "not-a-percentage", id="no rate"),
        pytest.param(
            {"rule": {"kind": "real-growth", "growth": ["-100 %"]}}, "not-a-percentage", id="no budget"
        ),
        pytest.param(
            {"rule": {"kind": "listed-share", "shares": ["2.5 %"] * 8 + ["250 %"]}},
            "share-range",
            id="too much",
        ),
        pytest.param({"horizon": 2026}, "horizon-range", id="nothing to project"),
        pytest.param({"horizon": 2199}, "horizon-range", id="a horizon beyond reason"),
        pytest.param({"horizon": 2035.5}, "not-a-year", id="half a year"),
        pytest.param({"horizon": "2035"}, "wrong-type", id="a year in quotes"),
        pytest.param({"horizon": 10**400}, "wrong-type", id="a year beyond numbers"),
        pytest.param({"horizon": float("nan")}, "wrong-type", id="no number"),
        pytest.param({"seed": float("inf")}, "wrong-type", id="an endless seed"),
        pytest.param({"target": {"by": 2026}}, "target-before-base", id="target in the base year"),
        pytest.param({"target": {"by": 2020}}, "target-before-base", id="target in the past"),
        pytest.param({"target": {"by": 2040}}, "target-after-horizon", id="target beyond the horizon"),
        pytest.param({"target": {"value": "3 %"}}, "target-source", id="two targets"),
        pytest.param(
            {"base": {"spending": {"measure": "defense_spending"}}}, "unknown-id", id="unknown measure"
        ),
        pytest.param({"posture": "nds-2062"}, "unknown-id", id="unknown posture"),
        pytest.param({"actor": "KRO"}, "unknown-id", id="unknown actor"),
        pytest.param({"draws": 0}, "count-range", id="no draws"),
        pytest.param({"draws": -5}, "count-range", id="fewer than none"),
        pytest.param({"draws": 10**9}, "count-range", id="more than memory holds"),
        pytest.param({"draws": 100.5}, "count-range", id="half a draw"),
        pytest.param({"seed": -1}, "count-range", id="a seed below zero"),
        pytest.param({"drivers": {"shocks": {"window": "the last decade"}}}, "not-a-period", id="no window"),
        pytest.param({"drivers": {"shocks": {"window": "2020/2024"}}}, "short-window", id="window too short"),
        pytest.param({"drivers": {"shocks": {"window": "2001/.."}}}, "short-window", id="window without end"),
        pytest.param(
            {"drivers": {"shocks": {"window": "1990/2024"}}}, "missing-year", id="window before the series"
        ),
        pytest.param(
            {"drivers": {"home": {"nominal": {"edition": "WEO 2026-04"}}}}, "missing-series", id="no series"
        ),
        pytest.param(rate(year=2026), "missing-year", id="a year that the series has not"),
        pytest.param(rate(reason=""), "missing-key", id="another year's rate without a reason"),
        pytest.param(
            {"drivers": {"home": {"real": {"prices": "current"}}}},
            "unit-mismatch",
            id="one kind of prices twice",
        ),
        pytest.param(
            rate(measure="gdp", prices="current", edition="WEO 2025-10"), "unit-mismatch", id="no rate"
        ),
        pytest.param({"assumptions": []}, "missing-year", id="years beyond the series without a word"),
    ],
)
def test_a_fault_is_one_problem_with_a_remedy_and_no_number(changes, code):
    """What is written wrongly is an error; what is not there is a refusal that says what would lift it."""
    found = problems_of(standing_alone(**changes))

    assert code in {problem.code for problem in found}
    for problem in found:
        missing = problem.code in ("missing-series", "missing-year")
        assert problem.origin.file and problem.hint
        assert problem.severity == ("refusal" if missing else "error")


def test_nothing_is_carried_beyond_the_last_year_of_a_series_in_silence():
    """The World Economic Outlook ends in 2030; without an assumption the horizon of 2035 is not reached."""
    kept = [dict(one) for one in standing_alone().data["assumptions"] if one["variable"] != "real_growth"]

    (problem,) = problems_of(standing_alone(assumptions=kept))

    assert problem.code == "missing-year"
    assert "2031 to 2035" in problem.message
    assert "[[assumptions]]" in problem.hint


def test_each_missing_series_is_told():
    _, problems = project_scenario(scenario(), LEDGER, vocabulary(), ())

    assert [problem.code for problem in problems] == ["missing-series"] * 5
    assert len({problem.origin.key for problem in problems}) == 5


def test_a_choice_between_two_series_is_not_made_by_luck():
    twice = [*series(), *(replace(one, definition="chained") for one in series())]

    _, problems = project_scenario(scenario(), LEDGER, vocabulary(), twice)

    assert {problem.code for problem in problems} == {"ambiguous-series"}


def test_a_window_that_reaches_into_projections_is_warned_of():
    entry = standing_alone(drivers={"shocks": {"window": "2001/2025"}})

    ensemble, (problem,) = project_scenario(entry, LEDGER, vocabulary(), series(), draws=20)

    assert ensemble
    assert (problem.code, problem.severity) == ("projected-history", "warning")
    assert "2025" in problem.message


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("101 %", "share-range"),
        ("0 %", "share-range"),
        ("-2 %", "share-range"),
        ("3.5 bn USD", "not-a-percentage"),
        ("soon", "not-a-percentage"),
    ],
)
def test_a_target_is_a_share_between_nothing_and_all(value, code):
    target = {"value": value, "by": 2035, "reason": "a slip of the pen"}
    data = {**standing_alone().data, "target": target}

    (problem,) = problems_of(replace(standing_alone(), data=data))

    assert problem.code == code


def test_a_target_of_ones_own_takes_a_reason():
    data = {**standing_alone().data, "target": {"value": "3 %", "by": 2035}}

    (problem,) = problems_of(replace(standing_alone(), data=data))

    assert problem.code == "missing-key"
    assert "reason" in problem.hint


def test_a_target_that_no_layer_sets_is_said_to_be_missing():
    end = {"parameter": "kor-defence-share-target", "from": "2030", "reason": "the agreement lapses"}

    (problem,) = problems_of(standing_alone(sets=[end]))

    assert problem.code == "no-parameter-value"


def test_a_path_needs_one_target_and_not_a_range():
    low = {
        "parameter": "kor-defence-share-target",
        "from": "2026",
        "low": "3 %",
        "high": "3.5 %",
        "reason": "disputed",
    }

    (problem,) = problems_of(standing_alone(sets=[low]))

    assert problem.code == "target-range"


@pytest.mark.parametrize("draws", [0, 19, 1_000_001])
def test_draws_on_the_command_line_are_held_to_the_same_range(draws):
    (problem,) = problems_of(scenario(), draws=draws)

    assert (problem.code, problem.origin.file) == ("count-range", "--draws")


def test_scenarios_that_extend_each_other_are_a_problem():
    one = entry_of("scenarios", "one", {"label": "1", "summary": "1", "extends": "two"}, 'extends = "two"\n')
    two = entry_of("scenarios", "two", {"label": "2", "summary": "2", "extends": "one"}, 'extends = "one"\n')

    ensemble, (problem,) = project_scenario(one, LEDGER, with_entries(one, two), series())

    assert ensemble is None
    assert (problem.code, problem.origin.file) == ("scenario-cycle", "two.toml")


def test_a_scenario_that_extends_none_that_is_there_names_the_nearest():
    entry = entry_of("scenarios", "mine", {"label": "", "summary": "", "extends": "constant-shares"})

    _, (problem,) = project_scenario(entry, LEDGER, vocabulary(), series())

    assert problem.code == "unknown-id"
    assert "constant-share" in problem.hint


def test_postures_in_a_circle_stop_the_scenario_and_not_the_program():
    a = entry_of("postures", "a", {"label": "a", "base": "b"}, 'base = "b"\n')
    b = entry_of("postures", "b", {"label": "b", "base": "a"}, 'base = "a"\n')

    ensemble, problems = project_scenario(standing_alone(posture="a"), LEDGER, with_entries(a, b), series())

    assert ensemble is None
    assert [problem.code for problem in problems] == ["posture-cycle"]


@pytest.mark.parametrize("value", ["-100 %", "-250 %", "5000 %", "a bit"])
def test_an_assumption_is_a_rate_that_can_be_reckoned_with(value):
    kept = [dict(one) for one in standing_alone().data["assumptions"]]
    kept[0]["value"] = value

    (problem,) = problems_of(standing_alone(assumptions=kept))

    assert problem.code == "not-a-percentage"


@pytest.mark.parametrize("value", ["0", "-5", "1e-40", "1e40"])
def test_a_value_that_no_economy_has_is_as_good_as_missing(value):
    broken = [
        replace(
            one, points=tuple(replace(p, value=Decimal(value)) if p.year == 2028 else p for p in one.points)
        )
        for one in series()
    ]

    ensemble, problems = project_scenario(scenario(), LEDGER, vocabulary(), broken)

    assert ensemble is None
    assert {problem.code for problem in problems} == {"missing-year"}
    assert all("2028" in problem.message for problem in problems)


@pytest.mark.parametrize("draws", [2000, 60_000], ids=["kept", "counted"])
def test_shocks_without_measure_are_a_problem_and_no_traceback(draws):
    """A few years in which GDP is written a trillion times too large and too small give shocks beyond
    numbers.
    """
    wild = {2003: "1e29", 2005: "1e-29", 2008: "1e29", 2011: "1e-29", 2015: "1e29", 2019: "1e-29"}
    broken = [
        replace(one, points=tuple(replace(p, value=Decimal(wild.get(p.year, p.value))) for p in one.points))
        if one.actor == "KOR" and one.prices == "current"
        else one
        for one in series()
    ]

    ensemble, problems = project_scenario(scenario(), LEDGER, vocabulary(), broken, draws=draws)

    assert ensemble is None
    assert [problem.code for problem in problems] == ["out-of-range"]


@pytest.mark.parametrize(("value", "codes"), [("25 %", []), ("-25 %", []), ("26 %", ["growth-range"])])
def test_assumed_real_growth_is_that_of_an_economy(value, codes):
    row = {"variable": "real_growth", "from": 2031, "to": 2035, "value": value, "reason": "a test"}

    _, problems = read_scenario(standing_alone(assumptions=[row]), vocabulary())

    assert [problem.code for problem in problems] == codes


def test_a_file_may_hold_every_key_that_a_scenario_is_read_for():
    """What a file may hold stands in the forms of all data, what it means in that of the project step."""
    assert set(FORM) <= set(SCHEMAS["scenarios"])
