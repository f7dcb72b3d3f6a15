"""What a figure is of where no measure stands beside it, but the sentence is plainly on one thing."""

from __future__ import annotations

import pytest

from tests.read.reading import figure, figures


@pytest.mark.parametrize(
    "text",
    [
        "Portugal keeps its armed forces on 1.6 % of GDP.",
        "Austria wants the army to get 2 % of GDP.",
        "To get to 5 % of GDP, the allies must hurry, said the alliance.",
        "Romania devoted 2.3 % of its GDP to the military.",
    ],
)
def test_a_share_of_gdp_in_a_sentence_on_the_armed_forces_is_that_of_defence(text):
    claim = next(claim for claim in figures(text) if claim.unit == "% of GDP")

    assert claim.measure == "defence_share_of_gdp"


@pytest.mark.parametrize(
    "text",
    [
        "The debt of NATO members reached 90 % of GDP.",
        "Spain, an ally of Italy, has a deficit of 3 % of GDP.",
        "The army paraded while tourism came to 12 % of GDP.",
        "Ports make up 4 % of GDP.",
    ],
)
def test_a_share_of_gdp_that_is_of_something_else_stays_so(text):
    assert figure(text).measure is None


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Rome bought 40 tanks from Germany for 2 billion euros.", "arms_purchases"),
        ("Oslo paid 2 billion euros for its six frigates.", "arms_purchases"),
        ("Oslo bought 40 buses from Germany for 2 billion euros.", None),
        ("Tanks rolled past while Oslo sold the palace for 2 billion euros.", None),
    ],
)
def test_an_amount_is_the_price_of_weapons_only_where_weapons_are_bought(text, measure):
    assert figure(text, "2 billion euros").measure == measure


def test_spending_that_doubles_has_no_unit_and_is_growth():
    claim = figure("Polish defence spending doubled between 2021 and 2025.")

    assert (claim.actor, claim.measure, claim.statistic, claim.unit) == (
        "POL",
        "defence_spending",
        "growth",
        None,
    )


def test_a_rate_of_two_currencies_is_an_exchange_rate():
    assert figure("Seoul reckons with 1,410 won per dollar.").measure == "exchange_rate"


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("The farm sold 40 cows.", True),
        ("Bread became 4 % dearer, and wages rose by 3 per cent.", True),
        ("Germany's defence budget for 2026 is 82 billion euros.", True),
        ("The defence budget of 2026 is 82 billion euros.", False),
        ("Germany's defence budget is 82 billion euros.", False),
        ("It rained. Perhaps 17 were left.", False),
    ],
)
def test_a_claim_is_sure_where_all_that_it_is_of_is_told(text, sure):
    assert (figures(text)[-1].confidence >= 0.9) is sure
