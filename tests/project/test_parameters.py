"""Parameters on a day, and which layer's value wins."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from steelyard.core.interval import Interval
from steelyard.core.problems import Place
from steelyard.project.parameters import Setting, changed_parameters, packaged_settings, percentage, value_on
from tests.project.samples import entry_of, vocabulary, with_entries

TARGET = "kor-defence-share-target"


def setting(value=None, layer="my-scenario", parameter=TARGET, **keys):
    table = {"from": "2026", "reason": "to see what if", **({"value": value} if value else {}), **keys}
    return Setting(parameter, layer, table, Place("mine.toml", 3))


def on(day, *settings, parameter=TARGET):
    value, problems = value_on(parameter, date.fromisoformat(day), vocabulary(), settings)
    assert problems == []
    return value


@pytest.mark.parametrize(
    ("parameter", "day", "interval", "unit"),
    [
        pytest.param(TARGET, "2026-01-24", Interval.exactly("3.5"), "% of GDP", id="agreed, so exact"),
        pytest.param("nato-defence-share-target", "2025-06-24", Interval.exactly(2), "% of GDP", id="Wales"),
        pytest.param(
            "nato-defence-share-target", "2025-06-25", Interval.exactly("3.5"), "% of GDP", id="Hague"
        ),
        pytest.param(
            "nato-defence-share-target-year", "2026-01-01", Interval.exactly(2035), "year", id="a year"
        ),
        pytest.param("usa-troop-floor-in-korea", "2026-06-01", Interval.exactly(28500), "person", id="floor"),
        pytest.param(
            "kor-arms-purchase-pledge", "2028-01-01", Interval.exactly(25 * 10**9), "USD", id="pledge"
        ),
        pytest.param(
            "kor-cost-sharing", "2026-03-01", Interval.exactly(1519200000000), "KRW", id="agreement"
        ),
        pytest.param(
            "kor-cost-sharing-rise-ceiling", "2030-12-31", Interval.exactly(5), "%", id="last day counts"
        ),
        pytest.param(
            "kor-cost-sharing-index-lag", "2027-01-01", Interval.exactly(2), "year", id="first day counts"
        ),
    ],
)
def test_packaged_parameters_hold_on_their_days(parameter, day, interval, unit):
    value = on(day, parameter=parameter)

    assert (value.interval, value.unit, value.layer) == (interval, unit, "packaged")
    assert value.setting.reference["title"]


@pytest.mark.parametrize("day", ["2025-11-13", "2013-01-01"])
def test_before_its_first_day_a_parameter_has_no_value(day):
    assert on(day) is None


def test_the_last_layer_that_speaks_of_a_day_wins_and_is_remembered():
    value = on("2027-01-01", setting("3.0 %", "first"), setting("4 %", "second"))

    assert (value.interval, value.layer, value.written) == (Interval.exactly(4), "second", "4 %")


def test_a_layer_that_is_silent_on_a_day_leaves_it_as_it_was():
    value = on("2026-06-01", setting("4 %", **{"from": "2030"}))

    assert value.layer == "packaged"


def test_a_setting_without_a_value_ends_the_one_below():
    assert on("2027-01-01", setting()) is None
    assert on("2027-01-01", setting(to="2026-12-31")) is not None


def test_settings_of_another_parameter_change_nothing():
    assert on("2027-01-01", setting("4 %", parameter="nato-defence-share-target")).layer == "packaged"


def test_a_target_stays_exact_under_a_layer_that_does_not_say_so():
    """Exactness belongs to the status, and a scenario's 3.2 % is a target like the 3.5 % that it replaces."""
    assert on("2027-01-01", setting("3.2 %")).interval.is_exact


def test_a_measured_value_leaves_open_what_its_digits_leave_open():
    measured = entry_of(
        "parameters",
        "usa-share-of-costs",
        {"label": "Share", "meaning": "", "unit": "%", "values": [{"from": "2024", "value": "47 %"}]},
    )

    value, problems = value_on("usa-share-of-costs", date(2024, 5, 1), with_entries(measured))

    assert problems == []
    assert value.interval == Interval(Decimal("46.5"), Decimal("47.5"))


def test_low_and_high_make_an_interval():
    value = on("2027-01-01", setting(low="3.0 %", high="3.5 %"))

    assert value.interval == Interval(Decimal(3), Decimal("3.5"))
    assert value.written == "3.0 % to 3.5 %"


@pytest.mark.parametrize(
    ("value", "day", "code"),
    [
        pytest.param("3.5 bn USD", "2026", "unit-mismatch", id="money for a share"),
        pytest.param("a lot", "2026", "unit-mismatch", id="no number"),
        pytest.param("3.5 %", "next year", "not-a-period", id="no day"),
    ],
)
def test_a_setting_that_cannot_be_understood_is_a_problem_with_its_place(value, day, code):
    found, problems = value_on(TARGET, date(2027, 1, 1), vocabulary(), [setting(value, **{"from": day})])

    assert [(problem.code, problem.origin.line) for problem in problems] == [(code, 3)]
    assert problems[0].hint
    assert found is None or found.layer == "packaged"


def test_an_unknown_parameter_has_no_value():
    assert value_on("no-such-parameter", date(2027, 1, 1), vocabulary()) == (None, [])


@pytest.mark.parametrize(
    ("text", "fraction"), [("1.9 %", "0.019"), ("-0.5 %", "-0.005"), ("8 per cent", "0.08")]
)
def test_a_percentage_is_the_fraction_it_writes(text, fraction):
    assert percentage(text, vocabulary()) == Decimal(fraction)


@pytest.mark.parametrize("text", ["1.9", "3 bn USD", "some", ""])
def test_what_is_no_percentage_is_refused(text):
    with pytest.raises(ValueError, match="not a"):
        percentage(text, vocabulary())


def test_two_sets_of_layers_differ_row_by_row():
    rows, problems = changed_parameters([], [setting("4 %", "mine")], date(2027, 1, 1), vocabulary())

    assert problems == []
    (row,) = rows
    assert (row["parameter"], row["before"], row["before_layer"]) == (TARGET, "3.5 %", "packaged")
    assert (row["after"], row["after_layer"]) == ("4 %", "mine")


def test_every_packaged_value_can_be_read_and_has_a_reference():
    for entry in vocabulary().entries("parameters").values():
        for one in packaged_settings(entry):
            value, problems = value_on(
                entry.id, date.fromisoformat(_first_day(one.text("from"))), vocabulary()
            )
            assert problems == [], entry.id
            assert value, entry.id
            assert {"title", "publisher", "date"} <= set(value.setting.reference), entry.id


def _first_day(text):
    return f"{int(text[2:])}-01-01" if text.startswith("FY") else text if len(text) == 10 else f"{text}-01-01"
