"""Dates that cannot be right: budgets proposed too early, persons who were not yet in office."""

from __future__ import annotations

import pytest

from tests.check.samples import claim, findings, growth

LEE = "Lee Jae-myung"


def told(text="46.1 bn USD", **keys):
    return claim(text, **{"status": "proposed", "speaker": LEE, "said": "2025-11", **keys})


def breaches(*claims):
    return findings(*claims, verdict="contradicted")


def test_an_address_in_the_year_before_is_in_order():
    assert not breaches(told())


def test_an_address_a_year_too_early_is_contradicted_with_the_nearest_cure():
    found = breaches(told(said="2024-11"))

    assert [one.identity for one in found] == ["budget-calendar"]
    assert found[0].found == {"value": "2024-11"}
    assert found[0].expected == {"value": "2025-11"}
    assert found[0].readings[0].kind == "wrong-year"


def test_all_figures_of_one_sentence_are_one_finding():
    first = told(said="2024-11")
    place = {"sentence_start": first.sentence_start, "sentence_end": first.sentence_end}
    second = growth("8.2 %", status="proposed", speaker=LEE, said="2024-11", **place)

    assert [len(one.claims) for one in breaches(first, second)] == [2]


def test_an_enacted_budget_may_be_spoken_of_at_any_time():
    assert not breaches(told(status="enacted", said="2024-11", speaker="a minister"))


def test_looking_back_on_a_proposal_is_in_order():
    assert not breaches(told(said="2026-03"))


def test_a_person_not_yet_in_office_cannot_have_proposed():
    """The term began on 2025-06-04; for the budget calendar alone January 2025 would do."""
    found = breaches(told(said="2025-01"))

    assert [one.identity for one in found] == ["term-of-office"]
    assert "2025-06-04" in found[0].explanation


def test_the_month_in_which_a_term_begins_will_do():
    assert not breaches(told(said="2025-06"))


def test_an_unknown_speaker_has_no_term():
    assert not breaches(told(said="2025-01", speaker="a spokesman"))


def test_a_fiscal_year_is_reckoned_from_its_first_month():
    """The American fiscal year 2026 begins in October 2025; a request of June 2025 is in the year before."""
    keys = {"actor": "USA", "period": "FY2026", "speaker": "the Pentagon"}

    assert not breaches(told("961.6 bn USD", said="2025-06", **keys))
    assert breaches(told("961.6 bn USD", said="2024-06", **keys))


@pytest.mark.parametrize("said", ["once", "2024-31", "", None])
def test_a_date_that_is_none_breaks_no_rule(said):
    assert not breaches(told(said=said))


@pytest.mark.parametrize("period", [None, "../2030", "2026-01"])
def test_a_figure_for_no_one_year_breaks_no_rule_of_budgets(period):
    assert not breaches(told(period=period, said="2024-11", speaker="a minister"))
