"""A sum that fails with the figures next to its words, and comes out with another of the text, is none."""

from __future__ import annotations

import pytest

from tests.check.told import contradictions

PARTED = (
    "{before}Norway spends 155 billion kroner on defence. Of this, 62 billion is for the navy and the "
    "remaining {rest} billion kroner for all else."
)


def test_the_whole_may_be_another_figure_than_the_last_one():
    """133 - 62 is 71, 155 - 62 is 93."""
    assert contradictions(PARTED.format(before="", rest="71")) == [
        {"155 billion kroner", "62 billion", "71 billion kroner"}
    ]
    before = "The ministry's own budget is 133 billion kroner. "
    assert contradictions(PARTED.format(before=before, rest="71")) == []


def test_what_no_figure_of_the_text_fits_is_still_a_contradiction():
    before = "The ministry's own budget is 120 billion kroner. "
    assert len(contradictions(PARTED.format(before=before, rest="71"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The alliance's three budgets were 483 million, 2.37 billion and 1.72 billion euros, "
            "some 4.6 billion in all.",
            id="a part in another scale",
        ),
        pytest.param(
            "The contribution to the bases fell step by step from 23.4 billion yen to 13.3 billion yen, "
            "a cut of 10.1 billion yen or 43 percent.",
            id="a fall without a sign",
        ),
        pytest.param(
            "Of Taiwan's NT$949.5 billion, NT$561.3 billion is the ministry's own budget. Special budgets "
            "give NT$117.6 billion. The remaining NT$270.6 billion is for the coast guard and veterans.",
            id="parts of a whole told before",
        ),
        pytest.param(
            "The bill has $29 billion for ships and $8.7 billion for missiles. It keeps a 3.8 percent pay "
            "raise for troops.",
            id="a raise of something else",
        ),
    ],
)
def test_honest_sums_are_left_alone(text):
    assert contradictions(text) == []


def test_a_range_explains_nothing_away():
    text = (
        "Canada's budget of $62.7 billion comes to $2,100 a head of its 41.6 million people. "
        "Submarines may cost between $60 billion and $100 billion."
    )

    assert contradictions(text) == [{"$62.7 billion", "41.6 million people", "$2,100 a head"}]


def test_nobody_reckons_wrong_by_a_multiple():
    """What is left of 3.65 after 1.71 is 1.94; 0.30 is what is left of something else."""
    text = (
        "Revenue expenditure is set at Rs 3.65 lakh crore. Pensions take Rs 1.71 lakh crore and the "
        "balance, Rs 0.30 lakh crore, is for civil organisations."
    )

    assert contradictions(text) == []


def test_a_slip_by_a_power_of_ten_is_still_one():
    """155 less 62 is 93, not 9.3."""
    assert len(contradictions(PARTED.format(before="", rest="9.3"))) == 1


FLEET = "The sixteen aircraft cost {whole} dollars, or {each} each with weapons and training."


@pytest.mark.parametrize(
    ("whole", "each"), [("2.56 million", "160 million"), ("2.56 billion", "160 billion")]
)
def test_another_word_of_scale_is_a_slip_and_no_other_figure(whole, each):
    """16 times 160 million is 2.56 billion: the digits fit, the words do not."""
    assert contradictions(FLEET.format(whole=whole, each=each)) == [
        {"sixteen aircraft", f"{whole} dollars", each}
    ]
    assert contradictions(FLEET.format(whole="2.56 billion", each="160 million")) == []


def test_a_part_above_its_whole_is_one_of_something_else_unless_a_digit_or_scale_has_slipped():
    """2.8 of 4.8 trillion is 58 percent; 6.8 is a slip of one digit, and 91.3 none of any digit."""
    text = (
        "Out of total expenditure of 4.8 trillion hryvnias, {part} trillion, or 58 percent, are for defence."
    )

    assert contradictions(text.format(part="2.8")) == []
    assert len(contradictions(text.format(part="6.8"))) == 1
    assert contradictions(text.format(part="91.3")) == []


def test_a_whole_and_parts_told_side_by_side_are_meant_whatever_else_the_text_holds():
    """1.8 + 0.6 + 0.4 is 2.8; that 0.9 in the place of 0.6 gives 3.1 does not excuse it."""
    text = (
        "Spain ordered aircraft for 1.8 billion euros, radars for 0.6 billion euros and missiles for 0.4 "
        "billion euros, a total of {whole} billion euros. Rome took radars for 0.9 billion euros."
    )

    assert contradictions(text.format(whole="2.8")) == []
    assert contradictions(text.format(whole="3.1")) == [
        {"1.8 billion euros", "0.6 billion euros", "0.4 billion euros", "3.1 billion euros"}
    ]


def test_a_rise_told_beside_two_levels_may_be_from_a_third():
    """108.2 - 86.5 is 21.7, and not 45.8 less than 62.4 or 82.7."""
    text = (
        "The core budget goes from 62.4 billion euros to 82.7 billion euros, an increase of 21.7 billion "
        "euros in the two pots together, which hold 108.2 billion euros after 86.5 billion euros."
    )

    assert contradictions(text) == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        pytest.param(
            "Navy outlays were 53.9 billion pounds in 2023 and {figure} billion pounds in 2024, an increase "
            "of 6.3 billion pounds. The agencies come to 66 billion pounds.",
            {"53.9 billion pounds", "{figure} billion pounds", "6.3 billion pounds"},
            id="levels and what leads from one to the other in a row",
        ),
        pytest.param(
            "The law puts the fund at {figure} billion roubles in 2026, 4 percent less than the 62.8 billion "
            "of 2025, then at 64 billion in 2027.",
            {"{figure} billion roubles", "4 percent", "62.8 billion"},
            id="growth between its levels",
        ),
        pytest.param(
            "The pots total {figure} billion euros. They consist of a civil budget of 0.51 billion euros, a "
            "military one of 2.42 billion and a fund of 2.36 billion. Last year the fund had 9.3 billion.",
            {"{figure} billion euros", "0.51 billion euros", "2.42 billion", "2.36 billion"},
            id="a list of three",
        ),
    ],
)
def test_figures_side_by_side_are_meant_whatever_else_the_text_holds(text, quotes):
    """53.9 + 6.3 = 60.2, 62.8 x 0.96 = 60.3 and 0.51 + 2.42 + 2.36 = 5.29; 90.2 and 5.79 are slips."""
    right, wrong = ("5.29", "7.29") if "consist" in text else ("60.2", "90.2")

    assert contradictions(text.format(figure=right)) == []
    assert contradictions(text.format(figure=wrong)) == [{one.format(figure=wrong) for one in quotes}]


def test_a_number_told_rightly_elsewhere_excuses_no_slip():
    """1.4028 + 0.1164 = 1.5192 billion: that the headline has it right makes 5.5192 no other figure."""
    text = (
        "Seoul pays 1.5192 billion dollars. The share rises from 1.4028 billion dollars to {new} billion "
        "dollars, an increase of 0.1164 billion dollars."
    )

    assert contradictions(text.format(new="1.5192")) == []
    assert len(contradictions(text.format(new="5.5192"))) == 1


def test_a_figure_of_another_year_is_no_part_of_this_years_sum():
    """0.51 + 2.42 + 2.36 = 5.29; with the 2.87 of 2025 for the 2.42 it would be 5.74."""
    text = (
        "For 2026 the pots total {whole} billion euros. They consist of 0.51 billion euros for staff, 2.42 "
        "billion euros for commands and 2.36 billion euros for works. In 2025 there were 2.87 billion euros "
        "for commands."
    )

    assert contradictions(text.format(whole="5.29")) == []
    assert len(contradictions(text.format(whole="5.74"))) == 1


def test_a_change_told_before_its_base_leads_to_a_level_told_elsewhere():
    """120 - 95 is 25; the 150 that somebody asked for is no such level."""
    text = (
        "Romania set next year's defence spending at 120 billion lei. The sum is 25 billion lei higher than "
        "the 95 billion in an earlier draft, but short of the 150 billion lei that the army had wanted."
    )

    assert contradictions(text) == []


def test_a_pledged_amount_may_be_the_whole():
    """4.7 - 1.3 - 1.5 = 1.9 is left of what was promised, not of 1.3."""
    text = (
        "Canberra has promised A$4.7 billion to shipyards by mid-2026. A$1.3 billion was paid in 2023-24. A "
        "year later it was A$1.5 billion, and this leaves A$1.9 billion for 2025-26."
    )

    assert contradictions(text) == []


def test_a_price_of_one_is_of_an_amount_and_a_number_of_its_sentence():
    """14.4 trillion for twelve is 1.2 trillion each; 7 trillion and four are of something else."""
    text = (
        "At a dozen aircraft and a bill of 14.4 trillion won (seven trillion more than planned), Seoul would "
        "pay 1.2 trillion won per plane. The air force owns 4 older planes."
    )

    assert contradictions(text) == []


def test_what_adds_up_beside_a_number_too_small_to_count_is_wrong_by_a_digit():
    """4,800 and 200 are 5,000 and not 9,000."""
    text = "The brigade has 4,800 soldiers and 200 civilians, {whole} people altogether."

    assert contradictions(text.format(whole="5,000")) == []
    assert len(contradictions(text.format(whole="9,000"))) == 1
