"""Whom a sentence leaves out, what it says of nobody, and whose a standing is."""

from __future__ import annotations

import pytest

from tests.read.reading import figure, figures


@pytest.mark.parametrize(
    "sentence",
    [
        "Neither Norway nor Greece spent 3% of GDP on defence in 2024.",
        "No country spends 7% of GDP on defence.",
        "None of them spent 4% of GDP on defence.",
    ],
)
def test_what_is_said_of_nobody_is_denied(sentence: str) -> None:
    assert figure(sentence).negated


def test_neither_of_two_is_not_the_nearer_one() -> None:
    assert figure("Neither Norway nor Greece spent 3% of GDP on defence in 2024.").actor is None


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("NATO members other than Greece will spend 4% of GDP on defence.", "NATO"),
        ("All NATO members but Greece will spend 4% of GDP on defence.", "NATO"),
        ("Norway, excluding Ukraine aid, spent 2.9% of GDP on defence.", "NOR"),
        ("Norway spent 2% of GDP on defence but Greece spent 3%.", "GRC"),
    ],
)
def test_whoever_is_left_out_is_not_the_actor(sentence: str, actor: str) -> None:
    assert figures(sentence)[-1].actor == actor


def test_a_standing_is_carried_over_to_its_own_actor_only() -> None:
    opening = "Finland's parliament approved a defence budget of 6 billion euros for 2026. "
    assert figures(opening + "Estonia will spend 5 percent of GDP on defence.")[-1].status is None
    assert figures(opening + "Finland will spend 2.5 percent of GDP on defence.")[-1].status == "enacted"
