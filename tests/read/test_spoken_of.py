"""A sentence without a figure that tells what the amount of the next one is of."""

from datetime import date

import pytest

from steelyard.check import check_ledger
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


@pytest.mark.parametrize(
    "between", [", up 6.1 percent from last year", ", or 4.8 percent of GDP", ". That is 4.8 percent of GDP"]
)
def test_growth_and_shares_of_gdp_may_stand_between_a_whole_and_its_parts(between):
    text = (
        f"Poland's defence budget for 2026 is 198.4 billion zlotys{between}. "
        "Of the total, 120.1 billion zlotys goes to the army and 88.3 billion to equipment."
    )

    ledger, _ = read_document(Document(name="x.txt", text=text, date=date(2025, 12, 20)), VOCABULARY)
    findings, _ = check_ledger(ledger, VOCABULARY)

    whole, _, army, equipment = ledger
    assert (army.part_of, equipment.part_of) == (whole.id, whole.id)
    assert [one.identity for one in findings if one.verdict == "contradicted"] == ["stated-parts-of-that"]


@pytest.mark.parametrize(
    "parts",
    [
        "140.2 billion counts towards the target of NATO and 80.1 billion is investment",
        "140.2 billion goes to pay, of which 80.1 billion to officers",
        "180.2 billion goes to pay, 80.1 billion of that to officers",
        "140.2 billion goes to pay and 80.1 billion to pay of officers alone",
        "140.2 billion was spent on arms by May and 80.1 billion on arms from abroad",
    ],
)
def test_parts_that_may_overlap_may_be_more_than_their_whole(parts):
    text = f"Poland's defence budget for 2026 is 198.4 billion zlotys. Of the total, {parts}."

    ledger, _ = read_document(Document(name="x.txt", text=text, date=date(2025, 12, 20)), VOCABULARY)

    assert not [one for one in check_ledger(ledger, VOCABULARY)[0] if one.verdict == "contradicted"]


def test_what_is_left_is_not_reckoned_where_a_part_is_no_figure():
    """ "The Marine Corps 68" could be a name, so what the other 117 are left of is not known."""
    text = (
        "The state pays for 296 aircraft. Of the 296, the air force gets 88, the Marine Corps 68 and the "
        "Navy 23; the other 117 go to allies."
    )

    ledger, _ = read_document(Document(name="x.txt", text=text, date=date(2025, 12, 20)), VOCABULARY)

    assert not [one for one in check_ledger(ledger, VOCABULARY)[0] if one.verdict == "contradicted"]
