"""Whose a figure is where no subject of the vocabulary's own stands beside it."""

from __future__ import annotations

import pytest

from tests.read.reading import figure


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The ministry in Warsaw wants 12 billion euros.", "POL"),
        ("The Ministry of Defence in Oslo asked for 12 billion euros.", "NOR"),
        ("Parliament in Lisbon voted for 12 billion euros.", "PRT"),
        ("The delegates met in Lisbon, and 12 ministers left.", None),
        ("In its bill, the Danish government puts 12 billion euros into ships.", "DNK"),
        ("A Belgian battalion of 600 people left.", "BEL"),
        ("The Bundeswehr counts 12,000 women.", "DEU"),
    ],
)
def test_a_body_of_state_or_its_adjective_tells_whose_a_figure_is(text, actor):
    assert figure(text).actor == actor


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The defence budget rises by 26 billion kronor.", "SWE"),
        ("The defence budget rises by SEK 26 billion.", "SWE"),
        ("The defence budget rises by 26 billion dollars.", None),
        ("The defence budget rises by 26 billion euros.", None),
        ("The new bridge costs SEK 26 billion.", None),
    ],
)
def test_a_currency_tells_the_actor_of_a_measure_where_nothing_else_does(text, actor):
    assert figure(text).actor == actor


def test_an_alliance_does_not_pay_for_the_benchmark_that_bears_its_name():
    text = "Ottawa said it would meet NATO's benchmark by spending 9 billion dollars."

    assert figure(text).actor == "CAN"


def test_an_actor_guessed_by_the_currency_is_not_sure():
    assert figure("The defence budget rises by SEK 26 billion.").confidence < 0.8
