"""What check_ledger says about small ledgers of defence budgets, each case worked out by hand."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from steelyard.check import check_ledger
from steelyard.core.claim import Ledger
from tests.check.samples import (
    change,
    claim,
    findings,
    gap,
    growth,
    problems,
    quotes,
    share,
    target,
    vocabulary,
)
from tests.patience import soon

OTHER = "other.txt"


def verdicts(*claims):
    return {(one.verdict, one.identity) for one in findings(*claims)}


def contradictions(*claims):
    return findings(*claims, verdict="contradicted")


# Equations


def test_a_share_that_does_not_follow_is_contradicted():
    """46.1 of 1,858.6 is 2.48 %, not 2.42 %."""
    found = contradictions(
        claim("46.1 bn USD"), share("2.42 % of GDP"), claim("1858.6 bn USD", measure="gdp")
    )

    assert [(one.identity, one.severity) for one in found] == [("share-of-gdp", "material")]
    assert len(found[0].claims) == 3


def test_a_share_that_follows_is_corroborated():
    claims = claim("46.1 bn USD"), share("2.42 % of GDP"), claim("1905 bn USD", measure="gdp")

    assert ("corroborated", "share-of-gdp") in verdicts(*claims)
    assert not contradictions(*claims)


def test_parts_that_exceed_the_whole_are_contradicted():
    found = contradictions(
        claim("46.1 bn USD"),
        claim("14.0 bn USD", item="force_enhancement"),
        claim("33.1 bn USD", item="operating"),
    )

    assert [one.identity for one in found] == ["total-and-parts"]
    assert found[0].expected == {"low": 47000000000, "high": 47200000000, "unit": "USD"}


def test_a_part_larger_than_its_whole_is_contradicted():
    found = contradictions(claim("46.1 bn USD"), claim("140 bn USD", item="kf-21"))

    assert [one.identity for one in found] == ["part-and-whole"]
    assert "scale" not in {reading.kind for reading in found[0].readings}


def test_a_slip_of_scale_is_offered_as_a_reading():
    found = contradictions(
        claim("46.1 bn USD"),
        claim("14.0 bn USD", item="force_enhancement"),
        claim("32.1 m USD", item="operating"),
    )

    slips = [reading for reading in found[0].readings if reading.kind == "scale-slip"]
    assert [reading.to["low"] for reading in slips] == [32050000000]


def test_two_digits_in_each_others_place_are_offered_as_a_reading():
    """41.6 for 46.1."""
    found = contradictions(
        claim("41.6 bn USD"),
        claim("14.0 bn USD", item="force_enhancement"),
        claim("32.1 bn USD", item="operating"),
    )

    assert "transposed" in {reading.kind for reading in found[0].readings}


def test_growth_and_change_relate_to_the_year_before():
    """61.2469 to 66.2947 trillion won is 8.24 %."""
    before = claim("61.2469 tn KRW", period="2025")

    assert ("corroborated", "growth") in verdicts(claim("66.2947 tn KRW"), before, growth("8.2 %"))
    assert [one.identity for one in contradictions(claim("66.2947 tn KRW"), before, growth("7.5 %"))] == [
        "growth"
    ]


def test_growth_since_an_earlier_year_is_not_growth_of_a_year():
    since = claim("30 %", statistic="growth", baseline="2020")

    assert not contradictions(claim("66.2947 tn KRW"), claim("61.2469 tn KRW", period="2025"), since)


def test_a_cumulative_amount_is_not_a_year_of_it():
    assert not contradictions(claim("46.1 bn USD"), claim("250 bn USD", aggregation="cumulative"))


def test_a_denied_figure_is_no_evidence():
    assert not contradictions(claim("46.1 bn USD"), claim("52.0 bn USD", negated=True))


def test_a_fall_is_below_zero():
    claims = claim("60.0 tn KRW"), claim("61.2 tn KRW", period="2025")

    assert ("corroborated", "level-and-change") in verdicts(*claims, change("1.2 tn KRW", direction="down"))
    assert contradictions(*claims, change("1.2 tn KRW", direction="up"))


def test_a_gap_that_follows_from_another_target_is_no_contradiction():
    """2 % and 3.5 % stand in the text; 20.8 fits neither, 20.6 the second: the text does not say which is
    meant.
    """
    claims = claim("46.1 bn USD"), share("2.42 % of GDP")

    assert contradictions(*claims, target("2 % of GDP"), target(), gap("20.8 bn USD"))
    assert not contradictions(*claims, target("5 % of GDP"), target(), gap("20.6 bn USD"))


def test_the_target_in_the_sentence_of_the_gap_is_the_one_meant():
    near = {"sentence_start": 5, "sentence_end": 90}
    claims = claim("46.1 bn USD"), share("2.42 % of GDP")

    found = contradictions(*claims, target("5 % of GDP", **near), target(), gap("20.6 bn USD", **near))

    assert [one.given[0].quote for one in found] == ["5 % of GDP"]


def test_one_wrong_figure_is_told_once():
    """A wrong total stands in several equations; the shortest conflict is told, its echoes are not."""
    found = contradictions(
        claim("52.0 bn USD"),
        claim("14.0 bn USD", item="force_enhancement"),
        claim("32.1 bn USD", item="operating"),
        growth("8.2 %"),
        claim("42.6 bn USD", period="2025"),
        share("2.42 % of GDP"),
        claim("1905 bn USD", measure="gdp"),
    )

    assert len(found) < 3


def test_a_level_below_its_floor_is_decisive():
    troops = {"measure": "troops_stationed", "actor": "USA", "location": "KOR"}

    found = contradictions(
        claim("27,000 persons", **troops), claim("28,500 persons", status="floor", **troops)
    )

    assert [(one.identity, one.severity) for one in found] == [("floor", "decisive")]
    assert [one.quote for one in found[0].given] == ["28,500 persons"]


def test_a_level_above_its_floor_is_not_worth_telling():
    troops = {"measure": "troops_stationed", "actor": "USA", "location": "KOR"}

    assert not findings(claim("29,100 persons", **troops), claim("28,500 persons", status="floor", **troops))


# Two accounts of one number


def test_two_documents_that_agree_corroborate():
    found = findings(claim("46.1 bn USD"), claim("46.12 bn USD", OTHER), verdict="corroborated")

    assert [one.identity for one in found] == ["same-figure"]
    assert found[0].found == {"low": 46115000000, "high": 46125000000, "unit": "USD"}


def test_one_document_that_repeats_itself_corroborates_nothing():
    assert not findings(claim("46.1 bn USD"), claim("46.1 bn USD"))


def test_a_conversion_is_no_second_witness():
    first = claim("46.1 bn USD")

    assert not findings(first, claim("46.1 bn USD", OTHER, conversion_of=first.id))


def test_two_documents_that_say_nothing_of_stages_contradict_each_other():
    found = contradictions(claim("46.1 bn USD"), claim("47.8 bn USD", OTHER))

    assert [(one.identity, one.severity, len(one.claims)) for one in found] == [
        ("same-figure", "material", 2)
    ]
    assert "the two are" in found[0].explanation


def test_a_miss_of_one_last_digit_is_told_as_such():
    found = contradictions(claim("46.1 bn USD"), claim("46.3 bn USD", OTHER))

    assert [one.severity for one in found] == ["last_digit"]
    assert found[0].miss == {"amount": 100000000.0, "unit": "USD", "last_digits": 1.0}


def test_touching_ends_do_not_clash():
    assert not contradictions(claim("46.1 bn USD"), claim("46.2 bn USD", OTHER))


def test_a_proposal_and_its_enactment_are_reconciled():
    found = findings(claim("66.3 tn KRW", status="proposed"), claim("65.9 tn KRW", OTHER, status="enacted"))

    assert [(one.verdict, one.readings[0].cost) for one in found] == [("reconciled", 0.0)]


def test_a_silent_document_may_mean_another_stage():
    found = findings(growth("8.2 %", status="proposed"), growth("7.5 %", OTHER))

    assert [one.verdict for one in found] == ["reconciled"]
    assert found[0].readings[0].claim == found[0].claims[1].id


def test_two_proposals_contradict_each_other():
    assert contradictions(growth("8.2 %", status="proposed"), growth("7.5 %", OTHER, status="proposed"))


def test_within_one_document_too_an_unsaid_stage_may_be_another():
    found = findings(growth("8.2 %", status="proposed"), growth("7.5 %"))

    assert [one.verdict for one in found] == ["reconciled"]
    assert found[0].readings[0].to == {"value": "enacted"}


def test_a_silent_perimeter_is_reconciled_and_two_perimeters_are_refused():
    silent = claim("61.2 tn KRW"), claim("67.9 tn KRW", OTHER, definition="sipri")
    said = claim("61.2 tn KRW", definition="national"), claim("67.9 tn KRW", OTHER, definition="sipri")

    assert [(one.verdict, one.readings[0].kind) for one in findings(*silent)] == [
        ("reconciled", "other-definition")
    ]
    assert not findings(*said)
    assert [(one.code, one.severity) for one in problems(*said)] == [("no-bridge", "refusal")]
    assert "from national to sipri" in problems(*said)[0].hint


def test_perimeters_are_not_mixed_in_an_equation():
    claims = (
        claim("61.2 tn KRW", definition="national"),
        share("2.60 % of GDP", OTHER, definition="sipri"),
        claim("2611 tn KRW", OTHER, measure="gdp"),
    )

    assert not contradictions(*claims)
    assert [one.code for one in problems(*claims)] == ["no-bridge"]


def test_a_conflict_across_documents_with_a_silent_stage_is_reconciled():
    """61.2 to 66.3 is 8.2 %; the 7.5 % of a document that names no stage may be of the enacted budget."""
    found = findings(
        claim("66.3 tn KRW", status="proposed"),
        claim("61.2 tn KRW", period="2025", status="enacted"),
        growth("7.5 %", OTHER),
    )

    assert ("reconciled", "growth") in {(one.verdict, one.identity) for one in found}
    assert not [one for one in found if one.verdict == "contradicted"]


def test_years_actors_and_currencies_are_kept_apart():
    assert not contradictions(claim("46.1 bn USD"), claim("42.6 bn USD", OTHER, period="2025"))
    assert not contradictions(claim("46.1 bn USD"), claim("62.2 bn USD", OTHER, actor="JPN"))
    assert not contradictions(claim("46.1 bn USD"), claim("66.3 tn KRW", OTHER))


def test_a_fiscal_year_that_is_a_calendar_year_is_the_same():
    assert contradictions(claim("46.1 bn USD"), claim("49.0 bn USD", OTHER, period="FY2026"))
    assert not contradictions(
        claim("850 bn USD", actor="USA"), claim("901 bn USD", OTHER, actor="USA", period="FY2026")
    )


def test_disagreement_about_a_target_is_decisive_where_it_turns_the_answer():
    found = contradictions(target("2 % of GDP"), share("1.9 % of GDP"), share("2.1 % of GDP", OTHER))

    assert [one.severity for one in found] == ["decisive"]


def test_open_ends_are_taken_at_their_word():
    assert contradictions(claim("60 tn KRW", hedge="more_than"), claim("59 tn KRW", OTHER))
    assert not contradictions(claim("60 tn KRW", hedge="more_than"), claim("66 tn KRW", OTHER))


# Stages are never mixed


@pytest.mark.parametrize("stage", ["enacted", "revised", "executed"])
def test_figures_of_two_stages_are_in_no_equation_together(stage):
    """46.1 proposed and 48.0 of another stage cannot both be 2.42 % of 1,905, and need not."""
    claims = (
        claim("46.1 bn USD", status="proposed"),
        claim("48.0 bn USD", status=stage),
        share("2.52 % of GDP", status=stage),
        share("2.42 % of GDP", status="proposed"),
        claim("1905 bn USD", measure="gdp"),
    )

    assert not contradictions(*claims)


def test_a_proposal_is_not_held_against_the_proposal_of_the_year_before():
    """66.2947 is 7.6 % above the 61.5878 proposed for 2025, and 8.2 % above the 61.2469 enacted."""
    claims = (
        claim("66.2947 tn KRW", status="proposed"),
        claim("61.5878 tn KRW", status="proposed", period="2025"),
        claim("61.2469 tn KRW", status="enacted", period="2025"),
        growth("8.2 %", status="proposed"),
    )

    assert not contradictions(*claims)
    assert ("corroborated", "growth") in verdicts(*claims)


def test_a_proposal_that_does_not_grow_from_the_budget_in_force_as_said_is_contradicted():
    claims = (
        claim("66.2947 tn KRW", status="proposed"),
        claim("61.2469 tn KRW", status="enacted", period="2025"),
        growth("7.6 %", status="proposed"),
    )

    assert [one.identity for one in contradictions(*claims)] == ["growth"]


def test_a_target_for_a_year_to_come_is_not_one_of_the_economy_of_today():
    """3.5 % by 2035 may well be 128.4 trillion then; it is 95.9 of the 2,739 trillion of 2026."""
    claims = (
        claim("2739 tn KRW", measure="gdp"),
        target(period="../2035"),
        claim("128.4 tn KRW", status="target", period="2035"),
    )

    assert not contradictions(*claims)


def test_a_target_for_the_year_of_the_economy_must_follow_from_it():
    claims = (
        claim("2739 tn KRW", measure="gdp"),
        target(),
        claim("128.4 tn KRW", status="target", period="2026"),
    )

    assert [one.identity for one in contradictions(*claims)] == ["amount-at-target"]


def test_three_parts_of_a_later_year_are_not_held_against_two():
    """73.3 in 2027 is 50.0 and 22.7 and half a trillion for manpower."""
    keys = {"period": "2027"}
    claims = (
        claim("73.3 tn KRW", **keys),
        claim("50.0 tn KRW", item="operating", **keys),
        claim("22.7 tn KRW", item="force_enhancement", **keys),
    )

    assert not contradictions(*claims)


# Bad input


def test_a_claim_with_its_bounds_reversed_is_told_and_left_out():
    bad = claim("46.1 bn USD").changed(low=Decimal(50), high=Decimal(40))

    assert [(one.code, one.severity) for one in problems(bad, growth("8.2 %"))] == [
        ("bounds-reversed", "error")
    ]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        pytest.param({"unit": "florin"}, "unknown-unit", id="a currency nobody knows"),
        pytest.param({"unit": None}, "unknown-unit", id="no unit"),
        pytest.param({"unit": "person"}, "unfit-unit", id="spending in persons"),
        pytest.param({"period": "next year"}, "odd-period", id="a period in words"),
        pytest.param({"period": "2026-13"}, "odd-period", id="a thirteenth month"),
        pytest.param(
            {"statistic": "growth", "unit": "%", "baseline": "then"}, "odd-period", id="an odd baseline"
        ),
    ],
)
def test_odd_claims_are_told_and_left_out(keys, code):
    odd = claim("46.1 bn USD").changed(**keys)

    found, told = check_ledger(Ledger([odd, claim("46.1 bn USD", OTHER)]), vocabulary())

    assert [one.code for one in told] == [code]
    assert told[0].origin.file == "brief.txt"
    assert not found


def test_an_empty_ledger_has_nothing_to_tell():
    assert check_ledger(Ledger(), vocabulary()) == ([], [])


def test_growth_from_next_to_nothing_is_told_without_dividing_by_it():
    """8 % of at most half a billion is not ten billion, though ten billion over nought may be anything."""
    found = contradictions(claim("0 bn USD", period="2025"), growth("8 %"), change("10 bn USD"))

    assert [one.identity for one in found] == ["growth"]
    assert found[0].expected["unit"] == "USD"


def test_growth_from_nothing_to_nothing_is_no_contradiction():
    assert not contradictions(claim("0 bn USD", period="2025"), growth("8 %"), change("0 bn USD"))


def test_roles_statements_and_unknown_measures_are_passed_over():
    role = claim("46.1 bn USD").changed(kind="role", role="lead")
    odd = claim("46.1 bn USD").changed(measure="happiness")

    assert check_ledger(Ledger([role, odd]), vocabulary()) == ([], [])


# The form of findings


def test_a_finding_is_json_with_the_keys_of_the_contract():
    found = contradictions(claim("46.1 bn USD"), claim("47.8 bn USD", OTHER))[0]

    plain = json.loads(json.dumps(found.to_json()))

    assert list(plain) == [
        "id", "verdict", "severity", "identity", "claims", "given", "expected", "found", "miss",
        "explanation", "readings", "hash",
    ]  # fmt: skip
    assert set(plain["readings"][0]) == {"cost", "change", "claim", "to", "kind"}
    assert plain["claims"][0]["quote"] == "46.1 bn USD"


def test_the_hash_changes_with_a_value_and_the_id_does_not():
    one, other = claim("46.1 bn USD"), claim("47.8 bn USD", OTHER)
    later = other.changed(value=Decimal("47.9e9"), low=Decimal("47.85e9"), high=Decimal("47.95e9"))

    first, second = contradictions(one, other)[0], contradictions(one, later)[0]

    assert first.id == second.id
    assert first.hash != second.hash


def test_a_finding_without_texts_is_printed_with_its_quotations():
    lines = contradictions(claim("46.1 bn USD"), claim("47.8 bn USD", OTHER))[0].lines()

    assert lines[0] == "brief.txt  contradicted same-figure (material)"
    assert lines[1] == "    46.1 bn USD"
    assert any(line.startswith("First reading: ") for line in lines)


# Many claims


def check_soon(claims):
    """Check a ledger, which comes to an end."""
    with soon():
        check_ledger(Ledger(claims), vocabulary())


def test_three_thousand_claims_of_one_country_are_checked_to_the_end():
    """Each document gives five years."""
    claims = [
        one
        for number in range(200)
        for year in range(2022, 2027)
        for name, keys in [(f"{number}.txt", {"period": str(year), "status": "proposed"})]
        for one in (
            claim("46.1 bn USD", name, **keys),
            share("2.42 % of GDP", name, **keys),
            claim("8.2 %", name, statistic="growth", **keys),
        )
    ]

    check_soon(claims)


def test_three_thousand_claims_that_contradict_each_other_are_checked_to_the_end():
    claims = [
        one
        for number in range(200)
        for year in range(2022, 2027)
        for name, period in [(f"{number}.txt", str(year))]
        for one in (
            claim(f"{46 + number % 13}.{number % 10} bn USD", name, period=period),
            claim(f"{number % 9 + 1}.2 %", name, statistic="growth", period=period),
            share(f"2.{number % 50 + 10} % of GDP", name, period=period),
        )
    ]

    check_soon(claims)


@pytest.mark.parametrize("documents", [1, 1000])
def test_a_thousand_copies_of_a_claim_are_checked_at_once_and_say_nothing_new(documents):
    copies = [
        claim("46.1 bn USD").changed(id=f"copy-{number}", document=f"{number % documents}.txt")
        for number in range(1000)
    ]

    check_soon(copies)
    assert len(findings(*copies)) == (documents > 1)


def test_a_table_of_two_thousand_amounts_is_checked_to_the_end():
    check_soon([claim(f"{1000 + number} bn USD", item=f"line-{number}") for number in range(2000)])


def test_quotations_of_a_finding_are_those_of_its_claims():
    found = contradictions(claim("46.1 bn USD"), claim("47.8 bn USD", OTHER))[0]

    assert quotes(found) == {"46.1 bn USD", "47.8 bn USD"}
