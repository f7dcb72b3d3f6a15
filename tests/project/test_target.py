"""The share that is aimed at: which layer sets it, in which year, and what is no target."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from steelyard.core.interval import Interval
from steelyard.project.scenario import read_scenario
from steelyard.project.target import find_target, settings_of
from tests.project.samples import entry_of, scenario, standing_alone, vocabulary, with_entries

REFERENCE = {"title": "A plan", "publisher": "A ministry", "date": date(2026, 1, 1)}


def target_of(entry, known=None):
    whole, problems = read_scenario(entry, known or vocabulary())
    assert problems == [], problems
    return find_target(whole, known or vocabulary())


def setting(value, start="2026", **keys):
    return {
        "parameter": "kor-defence-share-target",
        "from": start,
        "value": value,
        "reason": "a test",
        **keys,
    }


def own(**target):
    entry = standing_alone()
    return replace(entry, data={**entry.data, "target": {"by": 2035, **target}})


def test_the_posture_sets_the_target_over_the_packaged_value():
    value, problems = target_of(scenario())

    assert problems == []
    assert (value.interval, value.layer) == (Interval.exactly(Decimal("3.5")), "nds-2026")


def test_without_a_posture_the_packaged_value_holds():
    value, _ = target_of(standing_alone(posture=None))

    assert (value.interval.low, value.layer) == (Decimal("3.5"), "packaged")


def test_the_scenario_goes_before_the_posture():
    value, _ = target_of(standing_alone(sets=[setting("3 %")]))

    assert (value.interval, value.layer) == (Interval.exactly(3), "constant-share")


def test_settings_go_from_the_lowest_layer_to_the_scenario():
    whole, _ = read_scenario(standing_alone(sets=[setting("3 %")]), vocabulary())

    settings, problems = settings_of(whole, vocabulary())

    assert problems == []
    assert [one.layer for one in settings] == ["nds-2026", "constant-share"]


@pytest.mark.parametrize(
    ("start", "end", "share"),
    [
        pytest.param("2035", None, "3", id="from the target's year"),
        pytest.param("2035-01-01", "2035-01-01", "3", id="on the day alone"),
        pytest.param("2035-01-02", None, "3.5", id="from the day after"),
        pytest.param("2026", "2034-12-31", "3.5", id="until the day before"),
    ],
)
def test_the_value_is_that_of_the_first_of_january_of_the_target_year(start, end, share):
    value, _ = target_of(standing_alone(sets=[setting("3 %", start, **({"to": end} if end else {}))]))

    assert value.interval == Interval.exactly(Decimal(share))


def test_a_scenario_without_target_has_none():
    assert target_of(standing_alone(target=None)) == (None, [])


def test_a_target_of_ones_own_is_exact_and_remembers_its_scenario():
    value, problems = target_of(own(value="2.8 %", reason="a lower plan"))

    assert problems == []
    assert (value.interval, value.unit) == (Interval.exactly(Decimal("2.8")), "% of GDP")
    assert (value.layer, value.written) == ("constant-share", "2.8 %")


@pytest.mark.parametrize("value", ["100 %", "0.01 %"])
def test_all_of_an_economy_and_next_to_nothing_are_still_targets(value):
    found, problems = target_of(own(value=value, reason="an end of the range"))

    assert found
    assert problems == []


@pytest.mark.parametrize(
    ("target", "code"),
    [
        pytest.param({}, "target-source", id="neither"),
        pytest.param({"parameter": "kor-defence-share-target", "value": "3 %"}, "target-source", id="both"),
        pytest.param({"value": "3 %"}, "missing-key", id="no reason"),
        pytest.param({"value": "3 % of nothing", "reason": "x"}, "not-a-percentage", id="no percentage"),
        pytest.param({"value": "100.01 %", "reason": "x"}, "share-range", id="more than all"),
        pytest.param({"value": "0.0 %", "reason": "x"}, "share-range", id="nothing"),
        pytest.param({"parameter": "kor-arms-purchase-pledge"}, "no-parameter-value", id="ended in 2030"),
    ],
)
def test_what_is_no_target_is_a_problem_at_its_place(target, code):
    value, (problem,) = target_of(own(**target))

    assert value is None
    assert (problem.code, problem.severity) == (code, "error")
    assert problem.origin.key.startswith("target")
    assert problem.hint


def test_money_is_no_target():
    values = [{"from": "2026", "value": "25 bn USD", "exact": True, "reference": REFERENCE}]
    data = {"label": "x", "meaning": "x", "unit": "USD", "values": values}
    known = with_entries(entry_of("parameters", "pledge-of-test", data))

    _, (problem,) = target_of(own(parameter="pledge-of-test"), known)

    assert problem.code == "unit-mismatch"
    assert "USD" in problem.message
