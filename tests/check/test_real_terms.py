"""Growth in real terms, or a year over several years, is not the growth of the amounts beside it."""

from __future__ import annotations

import pytest

from tests.check.told import contradictions

LEVELS = "Poland's defence spending was 110 billion zloty in 2024 and 120 billion zloty in 2025."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{LEVELS} It rose by 5 percent in real terms in 2025.", id="after the amounts"),
        pytest.param(
            f"Real growth of Poland's defence spending was 5 percent in 2025. {LEVELS}", id="before"
        ),
        pytest.param(f"{LEVELS} Adjusted for inflation, the increase was 5 percent.", id="adjusted"),
        pytest.param(
            "Poland's defence spending grew 5 percent at constant prices in 2025. "
            "At current prices it grew 9 percent in 2025, to 120 billion zloty "
            "from 110 billion zloty in 2024.",
            id="both growths",
        ),
        pytest.param(
            "Sweden's defence spending was 119 billion kronor in 2024, 138 billion kronor in 2025 and "
            "175 billion kronor in 2026; defence spending grew by 21 percent a year.",
            id="growth a year",
        ),
        pytest.param(
            "국방예산은 2025년 61조 2,469억 원에서 2026년 65조 8,642억 원으로 늘었다. 실질 증가율은 5.4%다.",
            id="in Korean",
        ),
    ],
)
def test_amounts_as_printed_do_not_grow_in_real_terms(text):
    assert contradictions(text) == []


def test_growth_in_nominal_terms_is_still_held_against_the_amounts():
    assert contradictions(f"{LEVELS} It rose by 5 percent in 2025.") == [
        {"110 billion zloty", "120 billion zloty", "5 percent"}
    ]


def test_two_real_growths_of_one_year_contradict_each_other():
    text = (
        "In real terms, Poland's defence spending grew by 5 percent in 2025. The minister is proud of it. "
        "Poland's defence spending grew by 7 percent in real terms in 2025."
    )

    assert contradictions(text) == [{"5 percent", "7 percent"}]
