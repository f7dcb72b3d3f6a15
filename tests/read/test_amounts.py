"""What an amount is of where only a word of its field stands beside it: "defence took 98 billion kroner"."""

from __future__ import annotations

import pytest

from tests.read.reading import figure, figures


@pytest.mark.parametrize(
    "text",
    [
        "Denmark's defence took DKK 98.9 billion in 2025.",
        "The cabinet put national defence at 2.1 trillion rubles.",
        "In 2025 Greece spent 7.1 billion euros on its defence.",
        "Vilnius earmarks 3.6 billion euros for Lithuanian defence in 2026.",
        "The Danish armed forces received 36 billion kroner in 2024.",
        "In 2026 the Bundeswehr may spend 108.2 billion euros.",
        "The law gives the French armies budget credits of 47.2 billion euros.",
        "Military money, 21 billion shekels, was frozen in Israel.",
        "Dutch defence grows again, to almost 27 billion euros.",
        "The Swiss army budget was debated by generals. Military outlays amounted to 6.2 billion francs.",
    ],
)
def test_an_amount_for_a_field_as_a_whole_is_what_is_spent_on_it(text):
    assert figure(text).measure == "defence_spending"


@pytest.mark.parametrize(
    "text",
    [
        "A loan of 300 million euros for the Ukrainian army was signed.",
        "Germany gave 300 million euros to the Ukrainian army.",
        "The Bundeswehr ordered a frigate for 2 billion euros.",
        "The armed forces received 4 billion zloty in new tanks.",
        "Defence contracts came to 9 billion euros.",
        "Air defence will cost 5 billion euros.",
        "Defence exports reached 20 billion dollars.",
        "The jet costs the Bundeswehr 9.9 billion euros.",
        "Defence, health and education together took 40 billion euros.",
        "The deal for the armed forces is worth 500 million euros.",
        "An order of 500 million euros for the armed forces was signed.",
        "What remains for Norway's armed forces, 101.1 billion kroner, is a record.",
    ],
)
def test_an_amount_of_a_deal_or_a_part_is_not_all_that_is_spent(text):
    assert figure(text).measure is None


def test_outlays_alone_are_those_of_the_field_that_the_text_is_on():
    text = "Swiss defence was debated in May. Outlays amounted to 6.2 billion francs in 2025."

    assert figure(text).measure == "defence_spending"


@pytest.mark.parametrize(
    "text",
    [
        "Swiss defence was debated in May. Outlays of the railways amounted to 6.2 billion francs.",
        "Swiss defence was debated in May. Consumer spending amounted to 6.2 billion francs.",
        "Swiss schools were debated in May. Outlays amounted to 6.2 billion francs.",
    ],
)
def test_outlays_of_others_are_not(text):
    assert figure(text).measure is None


def test_an_amount_is_of_the_measure_whose_share_says_it_over_again():
    text = "Spain meets the goal of the alliance: 33.1 billion euros, or 2.0 % of GDP, will be spent."

    assert [claim.measure for claim in figures(text)] == ["defence_spending", "defence_share_of_gdp"]


def test_a_debt_beside_its_share_stays_a_debt():
    text = "State debt is 900 billion euros, 60 % of GDP, and the army is small."

    assert [claim.measure for claim in figures(text)] == [None, None]


def test_an_output_is_that_of_the_economy_spoken_of():
    economy = "The Romanian economy, with an annual output of 380 billion euros, can bear it."

    assert figure(economy).measure == "gdp"
    assert figure("The plant has an output of 300 million euros.").measure is None


def test_a_share_is_called_by_the_name_behind_it():
    text = "Critics quote 1.89 % of GDP as Italy's military spending in 2025."

    assert figure(text).measure == "defence_share_of_gdp"


def test_what_is_cut_by_an_amount_is_a_level():
    text = "The assembly cut the proposal of 66.29 trillion won by 0.43 trillion won."

    assert [claim.statistic for claim in figures(text)] == ["level", "change"]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("The 3.1 billion euros by which it surpassed the plan went into pay.", "up"),
        ("The 200 million euros by which the budget fell short were lent.", "down"),
    ],
)
def test_an_amount_by_which_something_moves_is_a_change(text, direction):
    claim = figure(text)

    assert (claim.statistic, claim.direction) == ("change", direction)


def test_an_average_rise_is_growth():
    claim = figure("Spending on defence went up by an average of 32.1 percent a year.", "32.1 percent")

    assert (claim.statistic, claim.measure) == ("growth", "defence_spending")


def test_a_percentage_of_a_named_output_is_its_share():
    claim = figure("Military spending made up 6.7 percent of Russia's GDP.")

    assert (claim.measure, claim.unit, claim.statistic) == ("defence_share_of_gdp", "% of GDP", "level")
