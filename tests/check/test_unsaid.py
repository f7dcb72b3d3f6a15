"""What figures leave unsaid is taken from their sentence or document only where that leaves no doubt."""

from __future__ import annotations

import pytest

from tests.check.samples import claim, figures, gap, growth, share, target

SENTENCE = {"sentence_start": 4, "sentence_end": 96}


def years(*claims):
    return [figure.term.period for figure in figures(*claims)]


def stages(*claims):
    return [figure.stage for figure in figures(*claims)]


def test_the_one_year_of_a_document_is_that_of_its_figures():
    assert years(claim("46.1 bn USD"), growth("8.2 %", period=None)) == ["2026", "2026"]


def test_what_was_taken_from_elsewhere_is_remembered():
    said, unsaid = figures(
        claim("46.1 bn USD", status="proposed", definition="nato"), growth("8.2 %", period=None)
    )

    assert said.assumed == ()
    assert set(unsaid.assumed) == {"period", "status", "definition"}
    assert unsaid.perimeter[0] == "nato"


def test_the_year_before_is_only_the_base_of_the_year():
    """A document on 2026 that names 2025 for comparison speaks of 2026."""
    found = years(claim("46.1 bn USD"), claim("42.6 bn USD", period="2025"), growth("8.2 %", period=None))

    assert found[2] == "2026"


@pytest.mark.parametrize("other", ["2024", "2029"])
def test_two_years_leave_the_year_open(other):
    found = years(claim("46.1 bn USD"), claim("52.0 bn USD", period=other), growth("8.2 %", period=None))

    assert found[2] == "the year of brief.txt"


def test_the_sentence_comes_before_the_document():
    found = years(
        claim("46.1 bn USD"),
        claim("39.9 bn USD", period="2024", **SENTENCE),
        growth("4.2 %", period=None, **SENTENCE),
    )

    assert found[2] == "2024"


def test_a_deadline_in_the_sentence_leaves_the_year_open():
    """ "Reaching 3.5 % by 2035 would take another 62 trillion": in whose economy is not said."""
    aim = target(period="../2035", **SENTENCE)

    found = years(claim("66.3 tn KRW"), aim, gap("62 tn KRW", period=None, **SENTENCE))

    assert found[2] == "the year of brief.txt"


def test_a_deadline_elsewhere_in_the_document_does_not():
    aim = target(period="../2035")

    assert years(claim("66.3 tn KRW"), aim, gap("30 tn KRW", period=None))[2] == "2026"


def test_a_year_of_another_actor_or_document_is_none():
    found = years(
        claim("46.1 bn USD", actor="JPN"), claim("46.1 bn USD", "other.txt"), growth("8.2 %", period=None)
    )

    assert found[2] == "the year of brief.txt"


def test_a_share_that_is_aimed_at_needs_no_year():
    assert years(claim("46.1 bn USD"), target())[1] == ""


def test_the_one_stage_of_a_document_is_that_of_its_figures():
    assert stages(claim("46.1 bn USD", status="proposed"), growth("8.2 %")) == ["proposed", "proposed"]


def test_a_document_on_two_stages_leaves_the_stage_open():
    assert stages(
        claim("66.3 tn KRW", status="proposed"), claim("65.9 tn KRW", status="enacted"), growth("8.2 %")
    ) == ["proposed", "enacted", None]


def test_the_stage_of_the_sentence_is_that_of_its_figures():
    assert (
        stages(
            claim("66.3 tn KRW", status="proposed"),
            claim("65.9 tn KRW", status="enacted", **SENTENCE),
            growth("7.5 %", **SENTENCE),
        )[2]
        == "enacted"
    )


def test_an_estimate_has_the_stage_of_its_document_and_gross_domestic_product_has_none():
    found = figures(
        claim("66.3 tn KRW", status="proposed"),
        share("2.42 % of GDP", status="estimate"),
        claim("2739 tn KRW", measure="gdp"),
    )

    assert [figure.stage for figure in found] == ["proposed", "proposed", None]


def test_two_perimeters_leave_the_perimeter_open():
    found = figures(
        claim("61.2 tn KRW", definition="national"), claim("67.9 tn KRW", definition="sipri"), growth("8.2 %")
    )

    assert found[2].perimeter[0] is None


def test_the_order_of_the_ledger_is_kept():
    claims = [claim("46.1 bn USD", "b.txt"), claim("46.2 bn USD", "a.txt"), claim("46.3 bn USD", "b.txt")]

    assert [figure.claim for figure in figures(*claims)] == claims
