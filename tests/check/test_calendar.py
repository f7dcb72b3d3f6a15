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


def offices(*claims):
    """The findings that rest on who was in office."""
    return [one for one in findings(*claims) if one.identity == "term-of-office"]


def test_who_speaks_before_the_term_may_speak_of_what_others_proposed():
    """The term began on 2025-06-04; for the budget calendar alone January 2025 would do. An opposition leader
    may speak of the government's proposal, so the date is not contradicted.
    """
    found = offices(told(said="2025-01"))

    assert [one.verdict for one in found] == ["reconciled"]
    assert [reading.kind for reading in found[0].readings] == ["wrong-year", "out-of-office"]
    assert "from 2025-06-04" in found[0].explanation


def test_both_rules_broken_contradict_the_date():
    """November 2024 is too early for a budget for 2026, whoever speaks."""
    found = breaches(told(said="2024-11"))

    assert [one.identity for one in found] == ["budget-calendar"]
    assert "2025-06-04" in found[0].explanation


@pytest.mark.parametrize("said", ["2018-02", "2026-06"])
def test_any_term_of_a_person_will_do(said):
    """Donald Trump was president from 2017-01-20 to 2021-01-20, and is again from 2025-01-20."""
    year = str(int(said[:4]) + 1)

    assert not offices(told("716 bn USD", actor="USA", speaker="Donald Trump", said=said, period=f"FY{year}"))


@pytest.mark.parametrize("said", ["2016-02", "2022-02"])
def test_before_and_between_terms_nobody_proposes_a_budget(said):
    year = str(int(said[:4]) + 1)
    keys = {"actor": "USA", "speaker": "Donald Trump", "said": said, "period": f"FY{year}"}

    assert [one.verdict for one in offices(told("716 bn USD", **keys))] == ["reconciled"]


def test_a_former_president_may_look_back_on_a_budget():
    assert not offices(told("61.6 tn KRW", speaker="Yoon Suk-yeol", said="2026-01", period="2025"))


def test_a_date_that_no_digit_cures_is_told_with_the_days_that_would_do():
    """No year of the century of 1990 will do for a budget of 2026, and 2990 is nobody's slip."""
    found = breaches(told(said="1990", speaker="a minister"))

    assert found[0].expected == {"value": "2025-01-01/.."}
    assert not found[0].readings


def test_a_japanese_fiscal_year_is_named_after_the_year_in_which_it_starts():
    """Fiscal 2026 runs from April 2026, so its budget is proposed from April 2025 on; in February 2025 the
    one for fiscal 2025 is.
    """
    keys = {"actor": "JPN", "period": "FY2026", "speaker": "the cabinet"}

    assert not breaches(told("9.04 tn JPY", said="2025-12", **keys))
    assert breaches(told("9.04 tn JPY", said="2025-02", **keys))
    assert not breaches(told("8.7 tn JPY", said="2024-12", **{**keys, "period": "FY2025"}))


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


@pytest.mark.parametrize(
    ("actor", "said", "period"),
    [
        pytest.param("KOR", "2023-12", "2027", id="a mid-term plan"),
        pytest.param("USA", "2024-03", "FY2029", id="the last year of a five-year programme"),
        pytest.param("JPN", "2022-12", "FY2027", id="a build-up plan"),
    ],
)
def test_what_is_proposed_three_years_ahead_may_be_of_a_plan(actor, said, period):
    assert not breaches(told(actor=actor, said=said, period=period, speaker=None))


@pytest.mark.parametrize("beside", [{"period": "2027"}, {"unit": "year", "measure": "duration"}])
def test_a_sentence_on_several_years_is_of_a_plan(beside):
    first = told(said="2024-11")
    place = {"sentence_start": first.sentence_start, "sentence_end": first.sentence_end}

    assert not breaches(first, told("49.0 bn USD", said="2024-11", **{**place, **beside}))


# Without a speaker, and in other countries


def test_a_draft_needs_no_speaker_to_be_too_early():
    """Fiscal 2026 begins in April 2026, so its draft is of 2025."""
    keys = {"actor": "JPN", "period": "FY2026", "speaker": None}

    assert not breaches(told("9.04 tn JPY", said="2025-12", **keys))
    (found,) = breaches(told("9.04 tn JPY", said="2023-12", **keys))
    assert found.explanation.startswith(
        "The text speaks of “9.04 tn JPY” in December 2023, but the budget for fiscal 2026"
    )


@pytest.mark.parametrize("actor", ["DEU", "FRA", "NOR", "POL"])
def test_where_plans_for_several_years_are_proposed_nothing_is_too_early(actor):
    """Berlin put its budget of 2025 and a plan up to 2029 before parliament together."""
    assert not breaches(told("152.8 bn EUR", actor=actor, period="2029", said="2025-06", speaker=None))


@pytest.mark.parametrize(
    ("speaker", "actor", "said", "verdicts"),
    [
        ("Fumio Kishida", "JPN", "2023-12", []),
        ("Sanae Takaichi", "JPN", "2023-12", ["reconciled"]),
        ("Olaf Scholz", "DEU", "2023-07", []),
        ("Friedrich Merz", "DEU", "2023-07", ["reconciled"]),
        ("Donald Tusk", "POL", "2013-09", []),
        ("Donald Tusk", "POL", "2019-09", ["reconciled"]),
    ],
)
def test_terms_of_office_of_other_countries_are_known(speaker, actor, said, verdicts):
    year = "FY2024" if actor == "JPN" else str(int(said[:4]) + 1)
    found = offices(told(actor=actor, speaker=speaker, said=said, period=year))

    assert [one.verdict for one in found] == verdicts
