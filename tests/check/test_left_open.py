"""Two numbers of one thing, one of which a text does not settle: they are told apart, no more."""

from __future__ import annotations

from typing import Any

import pytest

from steelyard.core.claim import CALENDAR_YEAR, CARRIED_MEASURE, CARRIED_PERIOD, ONE_NUMBERED_YEAR
from tests.check.samples import claim, findings, growth, share

CARRIED: dict[str, Any] = {"reasons": (CARRIED_PERIOD,), "confidence": 0.64}
UNSURE: dict[str, Any] = {"confidence": 0.77}


def verdicts(*claims):
    return [(one.verdict, one.readings[0].kind) for one in findings(*claims) if one.verdict != "derived"]


def test_a_figure_without_a_year_may_be_of_another_year():
    """ "The budget was 46.1 billion in 2026. ... A budget of 44.0 billion is modest.\""""
    found = findings(claim("46.1 bn USD"), claim("44.0 bn USD", **CARRIED))

    assert [(one.verdict, one.readings[0].kind) for one in found] == [("reconciled", "other-year")]
    assert "“44.0 bn USD” is of another year, not 2026" in found[0].explanation


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({}, {**CARRIED, "status": "executed", "definition": "nato"}, id="keys of its own"),
        pytest.param({"definition": "sipri"}, UNSURE, id="a count that one names"),
        pytest.param({"status": "proposed"}, UNSURE, id="a stage that one names"),
        pytest.param({"status": "proposed"}, {**UNSURE, "status": "enacted"}, id="two stages"),
        pytest.param({"status": "estimate"}, UNSURE, id="an estimate"),
    ],
)
def test_what_is_not_sure_is_reconciled_by_a_key_that_one_leaves_open(first, second):
    assert [
        verdict for verdict, _ in verdicts(claim("46.1 bn USD", **first), claim("42.0 bn USD", **second))
    ] == ["reconciled"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(claim("46.1 bn USD"), claim("42.0 bn USD", **UNSURE), id="nothing is left open"),
        pytest.param(claim("46.1 bn USD"), claim("9.0 bn USD", **CARRIED), id="too far apart for a year"),
        pytest.param(claim("46.1 bn USD"), claim("46.10 bn USD", **CARRIED), id="they meet"),
        pytest.param(
            claim("46.1 bn USD", **CARRIED), claim("42.0 bn USD", **CARRIED), id="neither names a year"
        ),
        pytest.param(
            share("2.6 % of GDP"),
            share("2.3 % of GDP", reasons=(CARRIED_PERIOD, CARRIED_MEASURE), confidence=0.6),
            id="it may be of something else",
        ),
        pytest.param(
            claim("46.1 bn USD", definition="nato"),
            claim("42.0 bn USD", **UNSURE, definition="sipri"),
            id="two counts",
        ),
    ],
)
def test_other_differences_of_what_is_not_sure_are_not_told(first, second):
    assert verdicts(first, second) == []


def test_a_number_that_is_known_of_another_year_is_not_wondered_at():
    claims = claim("46.1 bn USD"), claim("42.0 bn USD", period="2025"), claim("42.0 bn USD", **CARRIED)

    assert "reconciled" not in [verdict for verdict, _ in verdicts(*claims)]


CALENDAR: dict[str, Any] = {"actor": "USA", "period": "2024", "reasons": (CALENDAR_YEAR,)}


@pytest.mark.parametrize(
    ("actor", "verdict"),
    [
        pytest.param("USA", "reconciled", id="a fiscal year from October"),
        pytest.param("DEU", "contradicted", id="a fiscal year that is the calendar's"),
    ],
)
def test_a_year_of_the_calendar_beside_a_plain_one_may_be_two_years(actor, verdict):
    said = claim("997 bn USD", **{**CALENDAR, "actor": actor})
    plain = claim("968 bn USD", actor=actor, period="2024")

    assert [one for one, _ in verdicts(said, plain)] == [verdict]


def test_two_numbers_for_one_year_of_the_calendar_contradict_each_other():
    assert [one for one, _ in verdicts(claim("997 bn USD", **CALENDAR), claim("968 bn USD", **CALENDAR))] == [
        "contradicted"
    ]


def test_a_fiscal_year_by_one_number_may_be_the_one_that_begins_then():
    """For Canada "fiscal 2025" ends in March 2025 by the ministry's count, and begins then by NATO's."""
    fiscal = claim("55.8 bn CAD", actor="CAN", period="FY2025", reasons=(ONE_NUMBERED_YEAR,))
    calendar = claim("52.4 bn CAD", actor="CAN", period="2025")

    assert verdicts(fiscal, calendar) == [("reconciled", "fiscal-year")]


def test_growth_in_real_terms_is_held_against_growth_that_names_no_prices():
    real, plain = growth("3.6 %", prices="constant"), growth("6.4 %")

    assert verdicts(real, plain) == [("reconciled", "other-prices")]


def test_growth_in_real_and_in_nominal_terms_are_two_numbers():
    assert verdicts(growth("3.6 %", prices="constant"), growth("6.4 %", prices="current")) == []
