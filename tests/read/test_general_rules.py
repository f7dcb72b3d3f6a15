"""General rules of reading, each with a few sentences of our own that a new user's texts brought up.

A row is the text, the quotation of a figure, and what a reader can tell of it for sure.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.read.reading import figure, figures


def told(text, quote, **keys):
    """What was read of the figure, of the keys that are asked for."""
    claim = figure(text, quote)
    return {key: getattr(claim, key) for key in keys}


# Growth and shares

GROWTH = [
    ("Japan's defence budget is 9 trillion yen; the increase comes to 3.4%.", "3.4%"),
    (
        "France spends 2.1% of GDP on defence, and the rise in its spending amounts to 6.8 per cent.",
        "6.8 per cent",
    ),
    ("The German defence budget saw an increase of 4 billion euros or 7.5%.", "7.5%"),
    ("Britain spends 2.3% of GDP on defence, a rise of £3 billion, or 5.1 per cent.", "5.1 per cent"),
    ("Japan's 2026 defence budget is 9 trillion yen, 6.1% more than the 8.5 trillion yen of 2025.", "6.1%"),
]


@pytest.mark.parametrize(("text", "quote"), GROWTH)
def test_what_a_rise_comes_to_is_growth_and_no_share(text, quote):
    keys = {"statistic": "growth", "unit": "%", "measure": "defence_spending", "status": None}

    assert told(text, quote, **keys) == keys


SHARES = [
    ("Poland spent 4.2% of GDP on defence in 2024 and 4.5% in 2025.", "4.5%"),
    ("Germany will raise defence spending from 2.4% of GDP, reaching 3.5% by 2029.", "3.5%"),
]


@pytest.mark.parametrize(("text", "quote"), SHARES)
def test_a_bare_percentage_that_takes_up_a_share_is_a_share(text, quote):
    keys = {"statistic": "level", "unit": "% of GDP", "measure": "defence_share_of_gdp"}

    assert told(text, quote, **keys) == keys


@pytest.mark.parametrize(
    ("text", "quote", "low", "hedge"),
    [
        ("Spending is 4% more than the 60 billion euros of 2024.", "60 billion euros", "59.5e9", None),
        ("It is 4 per cent over the 60 billion euros of 2024.", "60 billion euros", "59.5e9", None),
        ("Germany spent more than 60 billion euros in 2024.", "60 billion euros", "60e9", "more_than"),
        ("In 2024 more than 60 billion euros went to defence.", "60 billion euros", "60e9", "more_than"),
        ("It asks for 9 billion euros, more than 20% more.", "20%", "20", "more_than"),
    ],
)
def test_more_than_after_a_number_compares_and_is_no_hedge(text, quote, low, hedge):
    claim = figure(text, quote)

    assert (claim.low, claim.hedge) == (Decimal(low), hedge)


# GDP

NO_GDP = [
    (
        "Poland's GDP in 2026 is 4 trillion zloty. Of the 190 billion zloty, 40 billion is borrowed.",
        "190 billion zloty",
    ),
    ("Japan's GDP is 620 trillion yen, and with 9 trillion yen it spends 1.5% of GDP.", "9 trillion yen"),
    ("Germany's GDP is 4.3 trillion euros. The fund holds 100 billion euros.", "100 billion euros"),
    ("A budget of 30 billion euros, 1.5% of Italy's GDP, is planned.", "30 billion euros"),
]


@pytest.mark.parametrize(("text", "quote"), NO_GDP)
def test_money_near_the_word_gdp_is_no_gdp(text, quote):
    assert figure(text, quote).measure != "gdp"


GDP = [
    ("Germany's GDP was 4.2 trillion euros in 2023 and 4.3 trillion euros in 2024.", "4.3 trillion euros"),
    ("Poland spent 4.1% on defence of a GDP of 3.8 trillion zloty.", "3.8 trillion zloty"),
    ("Japan's GDP was 600 trillion yen in 2024. It was 620 trillion yen in 2025.", "620 trillion yen"),
]


@pytest.mark.parametrize(("text", "quote"), GDP)
def test_gdp_in_a_phrase_of_its_own_is_gdp(text, quote):
    assert figure(text, quote).measure == "gdp"


# Standing


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Canada pledged last year to spend 2% of GDP on defence.", "2% of GDP"),
        ("Germany aims to spend 3.5 per cent of GDP on defence.", "3.5 per cent of GDP"),
        ("NATO has asked France to spend 3.5% of GDP on defence.", "3.5% of GDP"),
        ("Australia will spend 2.4% of GDP on defence by 2033-34.", "2.4% of GDP"),
        ("Britain will spend 2.5% of GDP on defence by April 2027.", "2.5% of GDP"),
        ("The government proposed it. Polish defence spending goes to 5% of GDP by 2030.", "5% of GDP"),
        ("Allies agreed to spend 5% of GDP by 2035, of which 1.5% on roads.", "1.5%"),
        ("Allies agreed to spend 5% of GDP by 2035, of which 3.5% on forces and 1.5% on roads.", "1.5%"),
    ],
)
def test_a_share_that_is_aimed_at_or_asked_for_is_an_exact_target(text, quote):
    claim = figure(text, quote)

    assert claim.status == "target"
    assert claim.low == claim.high == claim.value


@pytest.mark.parametrize(
    "text",
    [
        "Germany spent 2% of GDP on defence in 2024.",
        "Poland was to spend 2% of GDP, and by 2020 it spent 2.2% of GDP on defence.",
        "Germany plans to spend 83 billion euros on defence.",
    ],
)
def test_what_is_spent_and_an_amount_that_is_planned_are_no_targets(text):
    assert "target" not in {claim.status for claim in figures(text)}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Bundestag passed a defence budget of 62 billion euros.", "enacted"),
        ("Sweden's Riksdag has adopted a defence budget of 15 billion euros.", "enacted"),
        ("A defence budget of 47 billion euros was approved by the French National Assembly.", "enacted"),
        ("Japan's Diet has now approved a defence budget of 8.7 trillion yen.", "enacted"),
        ("The cabinet adopted a defence budget of 47 billion euros.", "proposed"),
        ("A defence budget of 47 billion euros was approved by the government.", "proposed"),
        ("The government's critics passed leaflets; the defence budget is 47 billion euros.", None),
    ],
)
def test_a_parliament_enacts_and_a_cabinet_proposes(text, status):
    assert figures(text)[0].status == status


# Periods

PERIODS = [
    (
        "Italy's neighbour France asked for 50 billion euros ($58 billion) for 2026.",
        "50 billion euros",
        "2026",
        None,
    ),
    ("Japan requested 8.8 trillion yen ($60 billion) for fiscal 2026.", "$60 billion", "FY2026", None),
    ("German defence spending in 2025 is 80 billion euros, a rise of 12% on 2024.", "12%", "2025", "2024"),
    (
        "France's defence budget for 2026 is 57 billion euros, 4% higher than the 2025 budget.",
        "4%",
        "2026",
        "2025",
    ),
    (
        "Japan's 2026 defence budget is 9 trillion yen, 6% more than the 8.5 trillion yen of 2025.",
        "6%",
        "2026",
        "2025",
    ),
    (
        "Japan's 2026 defence budget is 9 trillion yen, 6% more than the 8.5 trillion yen of 2025.",
        "8.5 trillion yen",
        "2025",
        None,
    ),
    (
        "Japan's 2026 defence budget is 9 trillion yen, up 6% on the 8.5 trillion yen of the year before.",
        "8.5 trillion yen",
        "2025",
        None,
    ),
    (
        "Germany's defence bill is 83 billion euros for 2026, up from 62 billion in 2025, a rise of 34%.",
        "34%",
        "2026",
        "2025",
    ),
    (
        "French defence spending in 2026 is €57bn. It was €50bn in 2025, so it grows by 14%.",
        "14%",
        "2026",
        "2025",
    ),
    ("France's defence budget was 50 billion euros in 2025, so that it grows by 14%.", "14%", None, None),
    ("Britain will spend 2.5% of GDP on defence by April 2027.", "2.5% of GDP", "../2027-04", None),
    (
        "Australia's defence budget is A$59 billion in 2026. Another A$50 billion comes over the decade.",
        "A$50 billion",
        None,
        None,
    ),
    (
        "Germany's defence budget in 2026 is 83 billion euros. It plans 400 billion euros over ten years.",
        "400 billion euros",
        None,
        None,
    ),
    (
        "The plan, running from fiscal 2023 to fiscal 2027, foresees 43 trillion yen for defence.",
        "43 trillion yen",
        "FY2023/FY2027",
        None,
    ),
]


@pytest.mark.parametrize(("text", "quote", "period", "baseline"), PERIODS)
def test_a_figure_keeps_its_own_period_and_growth_its_base(text, quote, period, baseline):
    claim = figure(text, quote)

    assert (claim.period, claim.baseline) == (period, baseline)


def test_what_is_spent_over_years_is_a_sum():
    assert figure("Another A$50 billion is planned for defence over the decade.").aggregation == "cumulative"
    assert (
        figure("It plans 400 billion euros over ten years.", "400 billion euros").aggregation == "cumulative"
    )


def test_what_a_request_is_compared_with_was_not_requested():
    text = "Japan requested 8.8 trillion yen for fiscal 2026, up 2% from the 8.6 trillion yen of fiscal 2025."

    assert figure(text, "8.6 trillion yen").status is None
    assert figure(text, "8.8 trillion yen").status == "proposed"


@pytest.mark.parametrize(
    "text",
    [
        "Lawmakers cut the government's proposal of 66 trillion won for defence in 2026 by 0.4 trillion won.",
        "Another 0.4 trillion won of defence spending was cut from the 2026 request of 66 trillion won.",
    ],
)
def test_what_is_cut_from_a_request_is_no_change_from_the_year_before(text):
    claim = figure(text, "0.4 trillion won")

    assert (claim.statistic, claim.baseline) == ("change", None)


# Actors


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Poland spends 4.5% of GDP on defence, followed by Uzbekistan with 4.0%.", "4.0%"),
        ("Poland spends 4.5% of GDP on defence, Ruritania 4.1%.", "4.1%"),
        ("Germany's defence budget is 83 billion euros. Kosovo spends 33 billion euros.", "33 billion euros"),
        ("Germany's GDP grew, but Ruritania's defence budget was 3 billion euros.", "3 billion euros"),
        ("Japan spends 1.8% of GDP. Armenian defence spending was 2.0% of GDP in 2025.", "2.0% of GDP"),
        ("Germany spends 2.4% of GDP. The defence budget of Kosovo is 15 billion euros.", "15 billion euros"),
    ],
)
def test_a_figure_of_a_country_that_is_not_known_is_given_to_nobody(text, quote):
    claim = figure(text, quote)

    assert claim.actor is None
    assert any("does not know" in reason for reason in claim.reasons)


@pytest.mark.parametrize(
    ("text", "quote", "actor"),
    [
        ("Poland spends 4.5% of GDP on defence, followed by Germany with 2.4%.", "2.4%", "DEU"),
        (
            "Poland hosts 10,000 American troops, and its own army has 216,000 soldiers.",
            "216,000 soldiers",
            "POL",
        ),
        (
            "NATO met. America spends $845 billion, so that the alliance as a whole spends $1,400 billion.",
            "$1,400 billion",
            "NATO",
        ),
        ("NATO met, and America paid. All 32 allies will meet 2% of GDP.", "2% of GDP", "NATO"),
        ("A law forbids to bring American troops in Japan below 50,000.", "50,000", "USA"),
        ("Poland said on Monday that it spent 4.4% of GDP on defence.", "4.4% of GDP", "POL"),
        (
            "Poland bought tanks from Sweden; its defence budget is 40 billion euros.",
            "40 billion euros",
            "POL",
        ),
    ],
)
def test_a_figure_is_given_to_its_owner_in_the_clause(text, quote, actor):
    assert figure(text, quote).actor == actor


# Parts and sums


def test_what_comes_on_top_and_the_sum_with_it_are_no_further_accounts_of_the_budget():
    text = (
        "Germany's defence budget for 2026 is 83 billion euros. Together with 25 billion euros from a fund, "
        "its defence spending comes to 108 billion euros ($125 billion)."
    )

    assert figure(text, "83 billion euros").aggregation is None
    assert figure(text, "25 billion euros").aggregation == "on_top_of"
    assert figure(text, "108 billion euros").aggregation == "including"
    assert figure(text, "$125 billion").aggregation == "including"


def test_parts_of_an_amount_that_opens_the_sentence_name_their_whole():
    text = "Of the 190 billion zloty for defence, 50 billion zloty is lent and 140 billion zloty is not."
    whole = figure(text, "190 billion zloty")

    assert whole.part_of is None
    for part in ("50 billion zloty", "140 billion zloty"):
        assert (figure(text, part).aggregation, figure(text, part).part_of) == ("of_which", whole.id)


def test_a_budget_with_nothing_on_top_is_a_plain_level():
    text = "Germany spent 62 billion euros on defence, on top of its aid to Ukraine."

    assert figure(text).aggregation is None


def test_what_the_ministry_of_defence_asks_for_is_the_defence_budget():
    claim = figure("Japan's Ministry of Defense requested 8.8 trillion yen for fiscal 2026.")

    assert (claim.actor, claim.measure, claim.status) == ("JPN", "defence_spending", "proposed")
