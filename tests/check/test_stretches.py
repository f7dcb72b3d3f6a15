"""Readings that tell by how far a figure is off: rates, parities, editions, and levels given for changes."""

from __future__ import annotations

import pytest

from tests.check.samples import change, claim, findings, share

OTHER = "other.txt"


def kinds(*claims):
    """The kinds of the readings of the one contradiction."""
    (found,) = findings(*claims, verdict="contradicted")
    return {reading.kind for reading in found.readings}


def dollars(amount, document="brief.txt", **keys):
    return claim(f"{amount} bn USD", document, **{"actor": "POL", "period": "2025", **keys})


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        pytest.param("44.3", "46.8", "other-rate", id="five per cent more is another rate"),
        pytest.param("44.3", "97.5", "at-parities", id="twice as much is at parities"),
    ],
)
def test_two_texts_may_convert_at_two_rates(one, other, kind):
    rates = {"other-rate", "at-parities"}

    assert kinds(dollars(one), dollars(other, OTHER)) & rates == {kind}


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param((dollars("44.3"), dollars("46.8")), id="one text has one rate"),
        pytest.param((dollars("44.3"), dollars("443", OTHER)), id="no rate makes it ten times as much"),
        pytest.param(
            (dollars("895", actor="USA"), dollars("920", OTHER, actor="USA")), id="its own currency"
        ),
        pytest.param(
            (claim("187 bn PLN", actor="POL"), claim("200 bn PLN", OTHER, actor="POL")), id="zloty in Poland"
        ),
    ],
)
def test_other_differences_are_not_put_down_to_rates(claims):
    assert not kinds(*claims) & {"other-rate", "at-parities"}


def test_shares_a_little_apart_may_be_of_two_editions_of_the_economy():
    apart = share("4.12 % of GDP"), share("4.18 % of GDP", OTHER)
    far = share("4.12 % of GDP"), share("4.7 % of GDP", OTHER)

    assert "gdp-edition" in kinds(*apart)
    assert "gdp-edition" not in kinds(*far)


def test_a_level_given_for_a_change_is_offered_with_the_change_that_follows():
    """ "Rose by 24.8 billion" from 22.5 to 24.8 billion: it rose to that."""
    keys = {"actor": "GBR"}
    (found,) = findings(
        claim("24.8 bn GBP", **keys),
        claim("22.5 bn GBP", period="2025", **keys),
        change("24.8 bn GBP", **keys),
        verdict="contradicted",
    )
    reading = next(one for one in found.readings if one.kind == "level-for-change")

    assert reading.claim == found.claims[-1].id
    assert (reading.to["low"], reading.to["high"]) == (2_200_000_000, 2_400_000_000)


def test_a_change_given_for_a_level_is_offered_too():
    """9.2 after 53.1 billion, a growth of 17.3 per cent: 9.2 is by how much it rose."""
    keys = {"actor": "POL"}
    (found,) = findings(
        claim("9.2 bn PLN", **keys),
        claim("53.1 bn PLN", period="2025", **keys),
        claim("17.3 %", statistic="growth", baseline="2025", **keys),
        verdict="contradicted",
    )

    assert found.readings[0].kind == "level-for-change"


def test_a_change_of_another_size_is_no_level():
    claims = claim("24.8 bn GBP"), claim("22.5 bn GBP", period="2025"), change("12.1 bn GBP")

    assert "level-for-change" not in kinds(*claims)
