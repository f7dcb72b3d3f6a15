"""What stands elsewhere explains a contradiction: another year, another base, another calendar."""

from __future__ import annotations

import pytest

from tests.check.samples import change, claim, findings, growth, share

OTHER = "other.txt"
KRW, PLN, GBP = {"actor": "KOR"}, {"actor": "POL"}, {"actor": "GBR"}


def first_kinds(*claims):
    return [found.readings[0].kind for found in findings(*claims, verdict="contradicted")]


def verdicts(*claims):
    return [found.verdict for found in findings(*claims) if found.verdict in ("contradicted", "reconciled")]


# Another year


@pytest.mark.parametrize("actor", ["POL", "JPN", "NOR"])
def test_a_number_that_stands_for_the_year_before_too_is_of_that_year(actor):
    """A brief has 186.6 for 2025 and 200.1 for 2026, a note 200.1 for 2025."""
    claims = (
        claim("186.6 bn PLN", actor=actor, period="2025"),
        claim("200.1 bn PLN", actor=actor),
        claim("200.1 bn PLN", OTHER, actor=actor, period="2025"),
    )
    (found,) = findings(*claims, verdict="contradicted")

    assert found.readings[0].kind == "another-year"
    assert found.readings[0].to == {"value": "2026"}
    assert found.readings[0].claim == claims[2].id


def test_a_number_that_stands_for_several_years_tells_no_year():
    claims = (
        claim("186.6 bn PLN", period="2025"),
        claim("200.1 bn PLN", period="2026"),
        claim("200.1 bn PLN", period="2027"),
        claim("200.1 bn PLN", OTHER, period="2025"),
    )

    assert "another-year" not in first_kinds(*claims)


def test_growth_of_two_years_may_well_be_alike():
    claims = growth("3.1 %", period="2025"), growth("4.2 %"), growth("3.1 %", OTHER)

    assert "another-year" not in first_kinds(*claims)


# Another base


def test_growth_may_be_counted_from_the_revised_budget():
    """110.0 is 15.8 per cent above 95.0, the budget of 2024 as revised; printed is 90.8 as first passed."""
    claims = claim("90.8 bn NOK", period="2025"), claim("110.0 bn NOK"), growth("15.8 %")
    (found,) = findings(*claims, verdict="contradicted")
    first = found.readings[0]

    assert (first.kind, first.claim) == ("revised-base", claims[0].id)
    assert first.to["low"] < 95e9 < first.to["high"]


def test_a_base_that_stands_beside_its_growth_in_one_sentence_is_the_base():
    place = {"sentence_start": 1, "sentence_end": 90}
    claims = claim("90.8 bn NOK", period="2025", **place), claim("110.0 bn NOK"), growth("15.8 %", **place)

    assert "revised-base" not in first_kinds(*claims)


def test_no_supplement_adds_a_quarter():
    claims = claim("60.0 bn NOK", period="2025"), claim("110.0 bn NOK"), change("15.0 bn NOK")

    assert "revised-base" not in first_kinds(*claims)


# Another calendar


@pytest.mark.parametrize(
    ("actor", "fiscal", "calendar"),
    [
        ("GBR", "FY2025", "2024"),
        ("JPN", "FY2025", "2025"),
        ("USA", "FY2026", "2026"),
        ("AUS", "FY2026", "2025"),
    ],
)
def test_a_fiscal_and_a_calendar_year_that_share_most_days_are_reconciled(actor, fiscal, calendar):
    claims = (
        claim("60.2 bn GBP", actor=actor, period=fiscal),
        claim("57.7 bn GBP", OTHER, actor=actor, period=calendar),
    )
    (found,) = findings(*claims, verdict="reconciled")

    assert found.readings[0].kind == "fiscal-year"
    assert fiscal in found.explanation
    assert calendar in found.explanation


@pytest.mark.parametrize(
    ("other", "period"),
    [
        pytest.param("30.1 bn GBP", "2024", id="half as much is of another thing"),
        pytest.param("60.2 bn GBP", "2024", id="the same number"),
    ],
)
def test_other_years_are_merely_different(other, period):
    assert (
        verdicts(claim("60.2 bn GBP", period="FY2025", **GBP), claim(other, OTHER, period=period, **GBP))
        == []
    )


def test_who_gives_both_years_in_one_sentence_has_told_them_apart():
    place = {"sentence_start": 1, "sentence_end": 90}

    assert (
        verdicts(
            claim("60.2 bn GBP", period="FY2025", **GBP, **place),
            claim("57.7 bn GBP", period="2024", **GBP, **place),
        )
        == []
    )


def test_one_of_two_numbers_of_a_year_may_be_of_the_fiscal_one():
    """Britain's year begins in April, Poland's in January."""
    british = claim("60.2 bn GBP", **GBP), claim("61.0 bn GBP", OTHER, **GBP)
    polish = claim("60.2 bn PLN", **PLN), claim("61.0 bn PLN", OTHER, **PLN)

    assert first_kinds(*british) == ["fiscal-year"]
    assert "fiscal-year" not in first_kinds(*polish)


# What a reading can explain


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        pytest.param("31.2 bn PLN", "38.0 bn PLN", "other-definition", id="a fifth"),
        pytest.param("8.7 bn PLN", "8.7 tn PLN", "scale-slip", id="a thousand times"),
        pytest.param("48.7 bn USD", "45.4 bn USD", "other-rate", id="two dates of conversion"),
        pytest.param("75 bn USD", "283 bn USD", "at-parities", id="what money buys"),
        pytest.param("1,752.8 bn PLN", "1,752 bn PLN", "truncated", id="the last digit dropped"),
    ],
)
def test_the_first_reading_of_two_accounts_explains_how_far_they_are_apart(one, other, kind):
    assert first_kinds(claim(one, **PLN), claim(other, OTHER, **PLN)) == [kind]


def test_a_share_of_an_older_edition_is_off_by_a_trifle():
    assert first_kinds(share("1.51 % of GDP"), share("1.54 % of GDP", OTHER)) == ["gdp-edition"]
