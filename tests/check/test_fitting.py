"""Figures that only stand near one another: what each says of itself goes before the words that join them."""

from __future__ import annotations

import pytest

from tests.check.told import contradictions


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Czech exports rose 20 percent to 12 billion euros last year, from 8 billion euros in 2020.",
            id="growth of a year, and a level of long ago",
        ),
        pytest.param(
            "French exports rose from 8 billion euros in 2020 to 12 billion euros in 2025, "
            "an increase of 1.5 billion euros in 2025 alone.",
            id="change of the last year alone",
        ),
        pytest.param(
            "Korean outlays rose from 2.8 trillion won in 2014 to 5.0 trillion won in 2024, "
            "or 3 percent a year since 2021.",
            id="average of other years",
        ),
        pytest.param(
            "Germany spends 108 billion euros, compared with 57 billion euros in France, "
            "an increase of 22 billion euros for Berlin.",
            id="two countries",
        ),
        pytest.param(
            "Lithuania spends 4.8 billion euros, of which 220 million euros go to Ukraine, "
            "which is 0.25 percent of GDP.",
            id="a share of the economy",
        ),
        pytest.param(
            "Of the 12 billion euros that Spain sets aside, 3 billion euros go to the navy, "
            "or 40 percent more than last year.",
            id="growth of a part",
        ),
        pytest.param(
            "Italian investment goes up from 8.0 billion euros to 12.0 billion euros, "
            "a third of which is for the navy.",
            id="a part of the new level",
        ),
        pytest.param(
            "The Swedish appropriation rises from 9 billion kronor to 12 billion kronor, up by a third.",
            id="growth in words",
        ),
        pytest.param(
            "The Swedish appropriation falls from 12 billion kronor to 8 billion kronor, or by a third.",
            id="a fall in words",
        ),
        pytest.param(
            "With 4,000 officers and 6,000 soldiers trained, the Swedish force is to reach 88,000 people.",
            id="a force of tomorrow",
        ),
        pytest.param(
            "Poland ordered 12 helicopters in 2025 and 24 in 2026, for a total of 44 with those already"
            " delivered.",
            id="a total with what was there before",
        ),
        pytest.param(
            "The Dutch army received in total 120 vehicles: 60 Boxers, 40 Fenneks and various trucks.",
            id="a list that goes on without number",
        ),
        pytest.param(
            "The British programme costs 30 billion pounds over 15 years, or 3 billion pounds a year in"
            " the first five.",
            id="not an average of all years",
        ),
        pytest.param(
            "Swedish exports have doubled in five years and rose last year from 24 billion kronor to 29"
            " billion kronor.",
            id="a multiple of other years",
        ),
        pytest.param(
            "Germans are divided in their views on conscription: 58 percent of men and 64 percent of "
            "women support it.",
            id="no whole that is divided",
        ),
        pytest.param(
            "Greek orders fell from 3.4 billion euros in 2022 to 2.1 billion euros in 2025, a fall of "
            "10 percent from 2024.",
            id="a fall of the last year",
        ),
        pytest.param(
            "The Romanian ministry receives 47.5 billion lei in 2026, 14 percent more than the 41.7 "
            "billion lei of 2025, but 3.1 billion lei less than it had asked for.",
            id="less than what was asked for",
        ),
        pytest.param(
            "Investment takes 19.0 billion lei, exactly 40 percent, personnel 21.4 billion lei, or 45 "
            "percent, and the remaining 7.1 billion lei go to upkeep.",
            id="what remains of a whole told before",
        ),
        pytest.param(
            "Turkish outlays grow by 34 percent to 2.155 trillion lira from 1.608 trillion lira. With "
            "consumer prices expected to rise by 28.5 percent on average, the real increase is small.",
            id="growth of prices",
        ),
        pytest.param(
            "Separation fell to 7.9 percent from 9.2 percent, and applications rose 28 percent.",
            id="growth of something else",
        ),
        pytest.param(
            "The government asked for 66.2947 trillion won, or 8.2 percent more; lawmakers trimmed "
            "430.5 billion won.",
            id="a cut told behind the growth",
        ),
        pytest.param(
            "지난해 계약액은 154억 달러로 2022년 173억 달러보다 적지만 그 전해보다 60% 늘었다.",
            id="in Korean, another year",
        ),
        pytest.param(
            "사업비 10조 원 중 나머지 1조 1,469억 원 가운데 8천억 원은 이월됐고 3,469억 원은 불용 처리됐다.",
            id="in Korean, parts of what is left",
        ),
    ],
)
def test_figures_that_say_themselves_that_they_are_of_something_else_are_left_alone(text):
    assert contradictions(text) == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        pytest.param(
            "Polish exports rose 20 percent to 12.5 billion euros in 2025, from 9.2 billion euros in 2024.",
            {"20 percent", "12.5 billion euros", "9.2 billion euros"},
            id="growth from the year before",
        ),
        pytest.param(
            "French exports rose from 8.0 billion euros in 2020 to 12.0 billion euros in 2025, "
            "an increase of 20 percent.",
            {"8.0 billion euros", "12.0 billion euros", "20 percent"},
            id="growth over all the years",
        ),
        pytest.param(
            "The Swedish appropriation rises from 9 billion kronor to 19 billion kronor, up by a third.",
            {"9 billion kronor", "19 billion kronor", "a third"},
            id="growth in words",
        ),
        pytest.param(
            "Danish aid doubled, rising to 40 billion kroner in 2026 from 11 billion kroner in 2022.",
            {"doubled", "40 billion kroner", "11 billion kroner"},
            id="a multiple of long ago",
        ),
        pytest.param(
            "Of the 12 billion euros that Spain sets aside, 3 billion euros go to the navy, or 40 percent.",
            {"12 billion euros", "3 billion euros", "40 percent"},
            id="a share of the whole",
        ),
    ],
)
def test_figures_of_one_step_are_held_against_each_other(text, quotes):
    assert contradictions(text) == [quotes]
