"""From what stands in a sentence to whole claims."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.read.reading import bounds, figure, figures, numbers, read


def test_a_claim_is_whole():
    """Worked out by hand from the contract, key by key."""
    text = "In 2026 Poland's draft defence budget is about 200 billion zloty."
    claim = figure(text)

    given = {key: value for key, value in claim.to_json().items() if value is not None}
    for key in ("id", "confidence", "reasons"):
        given.pop(key)
    assert given == {
        "kind": "figure",
        "document": "brief.txt",
        "start": text.index("200"),
        "end": text.index("200") + len("200 billion zloty"),
        "quote": "200 billion zloty",
        "sentence_start": 0,
        "sentence_end": len(text),
        "actor": "POL",
        "measure": "defence_spending",
        "about": "defence budget",
        "statistic": "level",
        "value": 200_000_000_000,
        "low": 199_000_000_000,
        "high": 201_000_000_000,
        "unit": "PLN",
        "direction": "~",
        "period": "2026",
        "status": "proposed",
        "hedge": "about",
    }


def test_every_join_has_its_reason():
    reasons = figure("In 2026 Poland's draft defence budget is 200 billion zloty.").reasons

    assert [reason.split(" ")[0] for reason in reasons] == ["a", "status", "measure", "actor:", "period"]


@pytest.mark.parametrize(
    ("text", "converted"),
    [
        pytest.param(
            "Seoul's defence budget is 66.3 trillion won ($47.1bn).", "47.05e9 47.15e9", id="as printed"
        ),
        pytest.param(
            "Seoul's defence budget is about 66.3 trillion won ($47.1bn).",
            "47.0e9 47.2e9",
            id="hedged with the original",
        ),
        pytest.param(
            "Seoul's defence budget is more than 66.3 trillion won ($47.1bn).",
            "47.1e9 -",
            id="open with the original",
        ),
        pytest.param(
            "Seoul's defence budget is 50 trillion won, or $40 billion.",
            "39.5e9 40.5e9",
            id="coarser than the original",
        ),
        pytest.param(
            "Seoul's defence budget is 5 trillion won, or $4.00 billion.",
            "3.6e9 4.4e9",
            id="no finer than the original",
        ),
    ],
)
def test_a_conversion_has_the_precision_of_the_original(text, converted):
    """5 trillion won leave a tenth open either way, and so does what is reckoned from them."""
    original, claim = figures(text)

    assert claim.conversion_of == original.id
    assert bounds(claim) == numbers(converted)
    assert (claim.actor, claim.measure, claim.statistic) == (
        original.actor,
        original.measure,
        original.statistic,
    )
    assert (original.unit, claim.unit) == ("KRW", "USD")


def test_a_range_has_no_single_value():
    claim = figure("Poland's defence spending is to grow by 3 to 4 % in 2026.")

    assert claim.value is None
    assert bounds(claim) == numbers("2.5 4.5")


def test_an_open_end_is_null():
    claim = figure("Poland will spend more than 60 billion zloty on defence.")

    assert bounds(claim) == (Decimal(60_000_000_000), None)
    assert (claim.hedge, claim.direction) == ("more_than", ">")


def test_a_bare_number_takes_the_unit_of_its_measure():
    assert figure("US troops in Japan, by one count 54,012, are to stay.").unit == "person"


@pytest.mark.parametrize(
    ("text", "aggregation"),
    [
        ("Germany spends 86 billion euros a year on defence.", "yearly"),
        ("Germany spends 86 billion euros on defence.", None),
        ("Germany spends an average of 86 billion euros on defence.", "average"),
        ("Japan will spend a total of 43 trillion yen on defence.", "cumulative"),
    ],
)
def test_sums_and_averages_say_so(text, aggregation):
    assert figure(text).aggregation == aggregation


def test_what_no_known_measure_explains_is_still_read():
    claim = figure("The fair cost 2 trillion yen.")

    assert claim.measure is None
    assert bounds(claim) == numbers("1.5e12 2.5e12")


def test_confidence_falls_with_each_guess_and_never_below_a_fifth():
    sure = figure("Poland's defence budget is 200 billion zloty.").confidence
    vague = figures("It rained. Perhaps 17 were left.")[0].confidence

    assert 0.2 <= vague < sure <= 1


def test_claims_come_in_the_order_of_the_text():
    claims = read(
        'Japan takes the leading role in 2026. "We will spend 5 % of GDP on defence," it said. '
        "Poland has 216,000 troops."
    )

    assert [claim.kind for claim in claims] == ["role", "statement", "figure", "figure"]
    assert [claim.start for claim in claims] == sorted(claim.start for claim in claims)


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("In real terms, Germany's defence spending rose 24 per cent.", "constant"),
        ("At constant 2023 prices, Germany's defence spending was 80 billion euros.", "constant:2023"),
        ("Germany's defence spending was 80 billion euros at current prices.", "current"),
        ("Germany's defence spending rose 24 per cent.", None),
    ],
)
def test_the_prices_are_those_that_the_sentence_names(text, prices):
    claim = figure(text)

    assert claim.prices == prices
    assert claim.period is None


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("The Pentagon wants budget authority of $850 billion.", "appropriation"),
        ("The Pentagon's outlays came to $850 billion.", "outlay"),
        ("The Pentagon spends $850 billion.", None),
    ],
)
def test_the_basis_is_that_of_the_account(text, basis):
    assert figure(text).basis == basis


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "If parliament agrees, Japan's defence budget will be 9 trillion yen.",
            "If parliament agrees",
        ),
        (
            "Japan's defence budget will be 9 trillion yen, provided that parliament agrees.",
            "provided that parliament agrees",
        ),
        ("Reporters asked if Japan's defence budget of 9 trillion yen is enough.", None),
    ],
)
def test_a_condition_is_kept_in_its_words(text, condition):
    assert figure(text).condition == condition


@pytest.mark.parametrize(
    ("text", "aggregation"),
    [
        ("Germany spends 108 billion euros on defence, including 25 billion euros from a fund.", "including"),
        ("Germany spends 108 billion euros on defence, of which 25 billion euros is lent.", "of_which"),
        ("On top of 83 billion euros for defence, Germany spends 25 billion euros.", "on_top_of"),
    ],
)
def test_a_part_names_its_whole(text, aggregation):
    whole, part = figures(text)

    assert (part.aggregation, part.part_of) == (aggregation, whole.id)
    assert whole.part_of is None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Poland spent 158 billion zloty on defence in 2024.", "executed"),
        ("Poland spends 158 billion zloty on defence.", None),
        ("Polish defence spending is expected to reach 200 billion zloty.", "estimate"),
        ("The frigates could cost 4.5 billion pounds.", "estimate"),
        ("The law caps US troops in Korea at 28,500.", "ceiling"),
        ("US troops in Korea may not fall below 28,500.", "floor"),
        ("Finland vowed to put 6 billion euros into defence.", "pledge"),
        ("NATO members are to spend 3.5 % of GDP on defence.", "target"),
    ],
)
def test_a_standing_has_many_wordings(text, status):
    assert figure(text).status == status


def test_a_definition_is_of_the_figure_that_it_leads_up_to():
    first, second = figures("China's defence budget is $246 billion, but SIPRI puts it at $314 billion.")

    assert (first.definition, second.definition) == (None, "sipri")


def test_a_year_earlier_is_no_amount_a_year():
    assert figure("The order book was 52 billion euros a year earlier.").aggregation is None
