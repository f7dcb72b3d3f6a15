"""Keys that articles leave to the reader: whose parliament, whom money goes to, which year a base is of."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

VOCABULARY, _ = load_vocabulary()


def read(text, quote):
    ledger, _ = read_document(Document("a.txt", text, date(2026, 1, 15)), VOCABULARY)
    return next(claim for claim in ledger if claim.quote == quote)


@pytest.mark.parametrize(
    ("text", "quote", "actor"),
    [
        ("LIMA - Congress approved a defence budget of 9.3 billion soles.", "9.3 billion soles", "PER"),
        ("BOGOTÁ - Congress approved 61 trillion pesos for defence.", "61 trillion pesos", "COL"),
        (
            "ISLAMABAD - The National Assembly voted a budget for defence of Rs2 trillion.",
            "Rs2 trillion",
            "PAK",
        ),
        (
            "JAKARTA - The House of Representatives approved a defence budget of Rp180 trillion.",
            "Rp180 trillion",
            "IDN",
        ),
        ("WASHINGTON - Congress approved a defense budget of $890 billion.", "$890 billion", "USA"),
        ("SEOUL - Congress approved a defense budget of $890 billion.", "$890 billion", "USA"),
        (
            "SEOUL - The National Assembly passed a defense budget of 65 trillion won.",
            "65 trillion won",
            "KOR",
        ),
    ],
)
def test_a_body_whose_name_several_states_have_is_that_of_the_state_the_text_is_on(text, quote, actor):
    """A Korean text that speaks of Congress means the American one, for Korea has none."""
    assert read(text, quote).actor == actor


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "In Denmark the Finance Act set aside 24 billion kroner for the defence ministry.",
            "24 billion kroner",
        ),
        ("In India Rs 6.8 trillion has been set aside for the defence services.", "Rs 6.8 trillion"),
        (
            "Poland's Ministry of National Defence is to receive 124 billion zloty in 2026.",
            "124 billion zloty",
        ),
        (
            "In Greece the draft raises the defence ministry's funds to 6.6 billion euros.",
            "6.6 billion euros",
        ),
        ("Malaysia's cabinet bestows 21 billion ringgit on the Defence Ministry.", "21 billion ringgit"),
    ],
)
def test_what_a_defence_ministry_is_given_is_defence_spending(text, quote):
    assert read(text, quote).measure == "defence_spending"


def test_what_a_fund_gives_the_army_is_not_its_budget():
    text = "A relief fund provided 2 billion euros for the armed forces of Belgium."

    assert read(text, "2 billion euros").measure is None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Norway's GDP, which the bank puts at 5,300 billion kroner, grew.", "5,300 billion kroner"),
        ("It is 2.6 percent of GDP, which the ministry forecasts at 251 billion euros.", "251 billion euros"),
        (
            "As a part of the gross domestic product forecast for 2026, 318 billion euros, it is little.",
            "318 billion euros",
        ),
    ],
)
def test_a_relative_clause_or_apposition_tells_the_amount_of_gdp(text, quote):
    assert read(text, quote).measure == "gdp"


def test_what_growth_counts_from_is_of_the_year_before():
    """174 billion in 2026 is 18 % up on what 2025 had."""
    text = "Sweden's defence budget would reach 174 billion kronor in 2026, up 18 percent from 148 billion."

    assert read(text, "148 billion").period == "2025"


def test_a_base_of_an_open_number_of_years_before_gets_no_year():
    text = (
        "Sweden's defence budget reaches 174 billion kronor in 2026, up 58 percent from "
        "110 billion in four years."
    )

    assert read(text, "110 billion").period is None


def test_growth_between_the_two_dates_is_of_the_years_told():
    text = (
        "Finland's defence budget is 6.5 billion euros in 2025 and 9.2 billion in 2029. "
        "It would grow by an average of 9 percent a year between the two dates."
    )
    claim = read(text, "9 percent")

    assert (claim.period, claim.baseline) == ("2025/2029", "2025")


def test_years_that_something_lasts_do_not_hide_what_was_spoken_of():
    text = "Latvia's defence budget doubled within three years. In 2024 it was at 1.4 billion euros."

    assert read(text, "1.4 billion euros").measure == "defence_spending"


def test_adverbs_are_no_part_of_what_a_figure_is_of():
    text = (
        "Italy's military spending is 31 billion euros in 2025. Outlays would accordingly grow by 6 percent."
    )

    assert read(text, "6 percent").measure == "defence_spending"


def test_an_attack_told_in_an_opening_aside_names_nobody_who_spends():
    text = "In 2021, before Russia's attack on Ukraine, the Danish defence budget was 25 billion kroner."

    assert read(text, "25 billion kroner").actor == "DNK"


def test_the_name_of_a_currency_is_no_actor():
    text = "The institute estimates that Taiwan spent US$18.2 billion on its military in 2025."

    assert read(text, "US$18.2 billion").actor == "TWN"


def test_an_amount_of_the_year_is_read():
    text = (
        "Germany's defence budget is 82.7 billion euros, 30 percent more than the 62.4 "
        "billion of the current year."
    )

    assert read(text, "62.4 billion").unit == "EUR"


@pytest.mark.parametrize(
    ("text", "quote", "unit"),
    [
        (
            "필리핀 정부가 낸 내년 국방비는 2993억페소다. 올해 2719억페소보다 274억페소 늘었다.",
            "2719억페소",
            "PHP",
        ),
        (
            "Uruguay's soldiers wait for better pay. The ministry would receive 31.2 billion pesos in 2026.",
            "31.2 billion pesos",
            "UYU",
        ),
    ],
)
def test_a_shared_name_of_a_currency_is_of_the_country_that_the_text_speaks_of(text, quote, unit):
    assert read(text, quote).unit == unit
