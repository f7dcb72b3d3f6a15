"""The charts say the finding in their titles, give units to their axes, and draw what the numbers are."""

from __future__ import annotations

import json

import pytest

from steelyard.report.charts import conflicts, paths
from tests.report import samples


def shown(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def conflict(finding):
    return list(conflicts.draw(samples.results(findings=(finding,))))


def fans(**changes):
    return {figure.name: figure for figure in paths.draw(samples.results(**changes))}


def axis_titles(spec) -> set[str]:
    """All titles of axes in a specification."""
    if isinstance(spec, dict):
        own = {spec["axis"]["title"]} if isinstance(spec.get("axis"), dict) else set()
        return own.union(*(axis_titles(value) for value in spec.values())) - {None}
    return set().union(*(axis_titles(value) for value in spec)) if isinstance(spec, list) else set()


def test_a_clash_is_drawn_with_the_gap_between_its_sides():
    (figure,) = conflict(samples.CLASH)

    what = "Cost of closing the gap to a spending target, “$20.8 billion”"
    assert shown(figure.title) == f"{what}: found and expected lie 0.016 bn USD apart"
    assert figure.place == "finding-clash"
    between, bars = figure.spec["layer"][0], figure.spec["data"]["values"]
    assert between["data"]["values"] == [{"low": 20.7341, "high": 20.75}]
    assert [(bar["low"], bar["high"]) for bar in bars] == [(20.4139, 20.7341), (20.75, 20.85)]
    assert axis_titles(figure.spec) == {"bn USD"}


def test_the_description_holds_both_intervals():
    (figure,) = conflict(samples.CLASH)

    assert "20.41 to 20.73 bn USD" in shown(figure.alt)
    assert "20.75 to 20.85 bn USD (“$20.8 billion”)" in shown(figure.alt)


def test_an_axis_that_leaves_zero_out_says_so():
    (figure,) = conflict(samples.CLASH)

    assert figure.subtitle == "Shaded: the gap between the two. The axis does not start at zero."
    assert all("axes do not start at zero" in fan.subtitle for fan in fans().values())


def test_an_axis_with_zero_on_it_says_nothing():
    sides = {
        "expected": {"low": 0.1, "high": 3.6, "unit": "USD"},
        "found": {"low": 0.2, "high": 3.5, "unit": "USD"},
    }
    (figure,) = conflict(samples.finding("meet", "corroborated", [samples.TOTAL], **sides))

    assert figure.subtitle == ""


def test_two_accounts_are_drawn_with_their_own_words():
    other = samples.OTHER_RISE.changed(low=samples.RISE.low, high=samples.RISE.high)
    side = {"low": 8.15, "high": 8.25, "unit": "%"}
    (figure,) = conflict(
        samples.finding("same", "corroborated", [samples.RISE, other], expected=side, found=side)
    )

    labels = [bar["label"] for bar in figure.spec["data"]["values"]]
    assert [label[label.index("“") :] for label in labels] == ["“8.2%”)", "“7.5 per cent”)"]


def test_a_difference_of_percentages_is_given_in_points():
    (figure,) = conflict(samples.DIFFERENCE)

    assert "lie 0.60 percentage points apart" in shown(figure.title)


def test_sides_that_meet_have_no_gap():
    sides = {
        "expected": {"low": 3.4, "high": 3.6, "unit": "USD"},
        "found": {"low": 3.5, "high": 3.5, "unit": "USD"},
    }
    (figure,) = conflict(samples.finding("x", "corroborated", [samples.TOTAL], **sides))

    assert figure.title.endswith("“$46.1 billion”: found and expected agree")
    assert not [layer for layer in figure.spec["layer"] if "data" in layer]


def test_an_open_end_is_drawn_to_the_edge():
    sides = {
        "expected": {"low": 28500, "high": None, "unit": "person"},
        "found": {"low": 24000, "high": 25000, "unit": "person"},
    }
    (figure,) = conflict(samples.finding("x", "contradicted", [samples.TROOPS], **sides))

    bar = figure.spec["data"]["values"][0]
    edge = figure.spec["layer"][1]["encoding"]["x"]["scale"]["domain"][1]
    assert (bar["low"], bar["high"]) == (28500, edge)


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param({"expected": {"value": "2025-11"}, "found": {"value": "2024-11"}}, id="dates"),
        pytest.param({}, id="nothing"),
        pytest.param({"expected": {"low": 1, "high": 2, "unit": "USD"}}, id="one side"),
        pytest.param(
            {
                "expected": {"low": None, "high": None, "unit": "USD"},
                "found": {"low": 1, "high": 2, "unit": "USD"},
            },
            id="no bounds",
        ),
    ],
)
def test_what_is_no_pair_of_numbers_is_not_drawn(keys):
    assert not conflict(samples.finding("x", "contradicted", [samples.TOTAL], **keys))


def test_what_merely_follows_is_not_drawn():
    sides = {"expected": {"low": 1, "high": 2, "unit": "USD"}, "found": {"low": 1, "high": 2, "unit": "USD"}}

    assert not conflict(samples.finding("x", "derived", [samples.TOTAL], **sides))


def test_each_scenario_has_a_fan_for_share_won_and_dollars():
    assert list(fans()) == [
        f"scenario-{scenario}-{variable}"
        for scenario in ("constant", "rising")
        for variable in ("share", "spending", "spending_foreign")
    ]


def test_a_fan_says_where_it_ends():
    figures = fans()

    path = "(Share of GDP: rising)"
    assert shown(figures["scenario-rising-share"].title) == f"Defence comes to 3.50% of GDP in 2028 {path}"
    # 3.5 % of 2,200 tn won is 77 tn won; at 1,400 won a dollar, 55 bn dollars.
    spending = "Spending comes to 77.0 tn KRW in 2028"
    assert shown(figures["scenario-rising-spending"].title) == f"{spending} {path}"
    assert (
        shown(figures["scenario-rising-spending_foreign"].title)
        == f"Spending at market rates comes to 55.0 bn USD in 2028 {path}"
    )
    # Five percent of 77 a year, two years on: 69.3 to 84.7; and one percent of rounding.
    alt = shown(figures["scenario-rising-spending"].alt)
    assert "nine in ten draws lie in 69.3 to 84.7 tn KRW" in alt
    assert "leaves 76.2 to 77.8 tn KRW" in alt


def test_axes_have_units():
    figures = fans()

    assert axis_titles(figures["scenario-rising-share"].spec) == {"% of GDP"}
    assert axis_titles(figures["scenario-rising-spending"].spec) == {"tn KRW"}


def test_the_reference_is_drawn_where_there_is_one():
    figures = fans()

    assert "strokeDash" in json.dumps(figures["scenario-rising-share"].spec)
    assert "strokeDash" not in json.dumps(figures["scenario-constant-share"].spec)
    assert "strokeDash" not in json.dumps(fans(ensembles=(samples.RISING,))["scenario-rising-share"].spec)


def test_the_target_is_a_line_in_the_chart_of_shares_only():
    figures = fans()

    assert "target 3.5%" in json.dumps(figures["scenario-rising-share"].spec)
    assert "target 3.5%" not in json.dumps(figures["scenario-rising-spending"].spec)


def test_the_box_stands_behind_the_last_year():
    layer = fans()["scenario-rising-spending"].spec["layer"][-1]
    (box,) = layer["data"]["values"]

    assert box["year"] > 2028
    assert (box["box_low"], box["box_high"]) == (pytest.approx(76.23), pytest.approx(77.77))


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        (2026, 2030, [2026, 2027, 2028, 2029, 2030]),
        (2026, 2035, [2027, 2029, 2031, 2033, 2035]),
        (2026, 2026, [2026]),
    ],
)
def test_the_axis_of_years_ends_with_the_last(first, last, ticks):
    assert paths.ticks(range(first, last + 1)) == ticks
