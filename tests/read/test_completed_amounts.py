"""Amounts that leave out their currency, numbers after "to number", and what a record counts from."""

from __future__ import annotations

import pytest

from tests.read.reading import figure, figures


@pytest.mark.parametrize(
    ("text", "quote", "unit"),
    [
        pytest.param(
            "Spending reached 1.2 billion euros, twice the 0.4 billion of 2020.",
            "0.4 billion",
            "EUR",
            id="twice",
        ),
        pytest.param(
            "Spending reached 1.2 billion euros, 2.1 times the 570 million of 2019.",
            "570 million",
            "EUR",
            id="times",
        ),
        pytest.param(
            "The police get 460 billion lira ($11.0 billion) and the guard 400 billion ($9.6 billion).",
            "400 billion",
            "TRY",
            id="over brackets",
        ),
        pytest.param(
            "The law provides 413.3 billion euros for the seven years from 2024 to 2030, on average 59 "
            "billion a year.",
            "59 billion",
            "EUR",
            id="over a stretch of years",
        ),
        pytest.param(
            "Denmark's accord was worth 143 billion kroner. It was topped up by 35 billion and is now worth "
            "178 billion kroner.",
            "35 billion",
            "DKK",
            id="in the kroner of the country",
        ),
        pytest.param(
            "Canada adds 8.0 billion Canadian dollars (5.8 billion US dollars). Canada's new total is "
            "60.0 billion dollars.",
            "60.0 billion dollars",
            "CAD",
            id="in the dollars of the country, told before",
        ),
        pytest.param(
            "Canada adds 8.0 billion Canadian dollars. Canada sold arms for 5.5 billion Canadian dollars, "
            "or 4.0 billion dollars.",
            "4.0 billion dollars",
            "USD",
            id="in those of America beside the own ones",
        ),
        pytest.param(
            "Canada will pay 19 billion dollars for 88 jets.",
            "19 billion dollars",
            "USD",
            id="in those of America where no others are told",
        ),
        pytest.param(
            "The fund holds 177 billion euros. Arms take 80.5 billion, and 96.5 million is for the staff.",
            "96.5 million",
            "EUR",
            id="millions beside billions",
        ),
    ],
)
def test_an_amount_without_currency_is_in_that_of_the_amount_before(text, quote, unit):
    assert figure(text, quote).unit == unit


def test_an_amount_in_brackets_converts_one_whose_currency_stands_before_other_brackets():
    text = "The police get 460 billion lira ($11.0 billion) and the guard 400 billion ($9.6 billion)."

    assert figure(text, "$9.6 billion").conversion_of == figure(text, "400 billion").id


def test_forces_that_number_so_many_are_counted_and_a_number_of_a_thing_is_not():
    assert [one.quote for one in figures("The armed forces are to number 8,500.")] == ["8,500"]
    assert [one.quote for one in figures("It is about resolution number 85.")] == []


def test_what_a_record_counts_from_gives_no_year_and_no_owner():
    text = (
        "In 2026 Latvia's defence budget is 2.16 billion euros. "
        "Its growth of 38 percent is the steepest since the country joined NATO in 2004."
    )

    assert (figure(text, "38 percent").actor, figure(text, "38 percent").period) == ("LVA", "2026")


@pytest.mark.parametrize(
    ("text", "quote", "statistic"),
    [
        ("라트비아 국방예산은 15억 유로에 비해 6억 유로, 비율로는 38% 늘어난다.", "6억 유로", "change"),
        ("라트비아 국방예산은 15억 유로에서 21억 유로, 비율로는 38% 늘어난 규모로 된다.", "38%", "growth"),
    ],
)
def test_an_amount_with_its_rate_behind_it_is_a_change_in_korean(text, quote, statistic):
    assert figure(text, quote).statistic == statistic
