"""What is carried out below a floor or a target is told, with the number and the year."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.project import project_scenario
from tests.project.samples import PROPOSED, SHARE, ledger_of, scenario, series, standing_alone, vocabulary

REFERENCE = {"title": "Final accounts", "publisher": "A ministry", "date": date(2026, 1, 1)}
EXACT = (
    PROPOSED.changed(low=PROPOSED.value, high=PROPOSED.value),
    SHARE.changed(low=SHARE.value, high=SHARE.value),
)
FLOOR = [{"label": "contracted", "value": "90.000 tn KRW", "exact": True, "reference": REFERENCE}]


def rate(text):
    return {"value": text, "exact": True, "reference": REFERENCE}


def flagged(entry, claims=EXACT):
    ensemble, problems = project_scenario(entry, ledger_of(*claims), vocabulary(), series(), draws=50)
    assert ensemble is not None
    return [one for one in problems if one.code == "executed-below"]


def test_what_is_carried_out_below_the_floor_is_told_with_number_and_years():
    """95 % of 80 trillion won are 76; 2.42 % of GDP in 2035 are some 93 trillion, of which 95 % are 88."""
    limits = {"floor": [{**FLOOR[0], "value": "80.000 tn KRW"}], "execution": rate("95 %")}

    (problem,) = flagged(standing_alone(limits=limits))

    assert problem.severity == "warning"
    assert problem.origin.key == "limits.execution"
    told = "carried out in 2027, 76.0 trillion won, is below the floor of 80.0 trillion won"
    assert told in problem.message
    assert "2027 to 20" in problem.message
    assert "2035" not in problem.message


def test_a_floor_that_is_kept_is_no_matter():
    low = [{**FLOOR[0], "value": "50.000 tn KRW"}]

    assert flagged(standing_alone(limits={"floor": low, "execution": rate("95 %")})) == []
    assert flagged(standing_alone(limits={"floor": FLOOR})) == [], "all of it is carried out"
    assert flagged(standing_alone(limits={"floor": FLOOR, "execution": rate("100 %")})) == []


def test_a_rate_that_may_do_either_is_told_as_that():
    """95 to 105 % of what was voted."""
    open_ = {"low": "95 %", "high": "105 %", "exact": True, "reference": REFERENCE, "reason": "extra budgets"}

    (problem,) = flagged(standing_alone(limits={"floor": FLOOR, "execution": open_}))

    assert "may be below the floor" in problem.message


def test_a_plan_to_the_target_that_is_not_carried_out_whole_is_told():
    """96 % of 3.5 % of GDP are 3.36 %."""
    (problem,) = flagged(scenario(limits={"execution": rate("96 %")}))

    assert "in 2035, 3.36% of GDP, is below the target of 3.5%" in problem.message
    assert problem.origin.key == "limits.execution"


def test_a_cap_that_keeps_a_plan_from_its_target_is_told():
    """66.3 trillion at 3 % a year for nine years are 86.5; 3.5 % of GDP in 2035 are 1.4 times as much."""
    (problem,) = flagged(scenario(limits={"cap": rate("3 %")}))

    assert "in 2035, " in problem.message
    assert problem.origin.key == "limits.cap"


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(scenario(limits={"execution": rate("100 %")}), id="all carried out"),
        pytest.param(scenario(), id="no limits"),
        pytest.param(standing_alone(limits={"execution": rate("96 %")}), id="a plan that aims at no target"),
        pytest.param(scenario(limits={"cap": rate("100 %")}), id="a cap that never binds"),
    ],
)
def test_a_plan_that_gets_where_it_leads_is_no_matter(entry):
    assert flagged(entry) == []
