"""A sentence without a figure that tells what the amount of the next one is of."""

from datetime import date

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

VOCABULARY, _ = load_vocabulary()


def claims_of(text):
    ledger, _ = read_document(Document(name="x.txt", text=text, date=date(2025, 12, 20)), VOCABULARY)
    return [
        (claim.quote, claim.actor, claim.measure, claim.period and str(claim.period), claim.status)
        for claim in ledger
    ]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        pytest.param(
            "The Bundestag passed the 2026 defence budget on Thursday. It provides 82.7 billion euros.",
            [("82.7 billion euros", "DEU", "defence_spending", "2026", "enacted")],
            id="it provides",
        ),
        pytest.param(
            "Poland's defence budget was approved on Friday. It comes to 198.4 billion zlotys.",
            [("198.4 billion zlotys", "POL", "defence_spending", None, None)],
            id="no year is told, and none is made up",
        ),
        pytest.param(
            "Japan's cabinet adopted the defence budget for fiscal 2026. The total is 9.04 trillion yen.",
            [("9.04 trillion yen", "JPN", "defence_spending", "FY2026", "proposed")],
            id="the total",
        ),
        pytest.param(
            "Norway presented its 2026 defence budget. The budget rises by 12.4 billion kroner.",
            [("12.4 billion kroner", "NOR", "defence_spending", "2026", "proposed")],
            id="a rise",
        ),
    ],
)
def test_an_amount_is_of_what_the_sentence_before_spoke_of(text, claims):
    assert claims_of(text) == claims


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The minister defended the defence budget. He said 5 billion euros would be lost to corruption.",
            id="a person tells of something else",
        ),
        pytest.param(
            "The Senate debated the defence budget. Roads and bridges need 3 billion euros.",
            id="a thing of its own",
        ),
        pytest.param(
            "Parliament debated defence spending and the price of gas. It comes to 3 billion euros.",
            id="nothing says which of the two",
        ),
        pytest.param(
            "Parliament debated defence spending. The weather was fine. It comes to 3 billion euros.",
            id="a sentence stands between",
        ),
    ],
)
def test_an_amount_of_something_else_is_left_alone(text):
    assert {measure for _, _, measure, _, _ in claims_of(text)} == {None}


@pytest.mark.parametrize(
    "opening", ["Of the total,", "Of this sum,", "Of that,", "Of the money,"], ids=lambda text: text
)
def test_what_a_sentence_tells_of_the_total_are_parts_of_it(opening):
    """Two parts beside their whole are no second and third account of it."""
    text = (
        "Poland's defence budget for 2026 is 198.4 billion zlotys. "
        f"{opening} 120.1 billion zlotys goes to the army and 70.3 billion zlotys to equipment."
    )

    ledger, _ = read_document(Document(name="x.txt", text=text, date=date(2025, 12, 20)), VOCABULARY)

    whole, army, equipment = ledger
    assert (army.aggregation, army.part_of) == ("of_which", whole.id)
    assert (equipment.aggregation, equipment.part_of) == ("of_which", whole.id)


def test_what_is_of_something_else_is_no_part_of_the_amount_told_before():
    text = (
        "Poland's defence budget for 2026 is 198.4 billion zlotys. "
        "Of the soldiers, many want 5 billion zlotys for housing."
    )

    ledger, _ = read_document(Document(name="x.txt", text=text, date=date(2025, 12, 20)), VOCABULARY)

    assert [claim.part_of for claim in ledger] == [None, None]
