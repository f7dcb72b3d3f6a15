"""Troops whose name tells whose they are and where, for any two countries."""

from __future__ import annotations

import pytest

from tests.read.reading import figure


@pytest.mark.parametrize(
    ("text", "actor", "location"),
    [
        ("American forces in Korea are at present 26,400 strong.", "USA", "KOR"),
        ("British soldiers in Estonia came to 1,200.", "GBR", "EST"),
        ("French troops stationed in Romania came to 1,500 last year.", "FRA", "ROU"),
        ("Germany's forces in Lithuania are to reach 4,800.", "DEU", "LTU"),
        ("NATO forces in Latvia came to 3,000.", "NATO", "LVA"),
        ("Some 1,200 British soldiers in Estonia trained in May.", "GBR", "EST"),
    ],
)
def test_troops_of_one_country_in_another_are_stationed_there(text, actor, location):
    claim = figure(text)

    assert (claim.measure, claim.actor, claim.location) == ("troops_stationed", actor, location)
    assert claim.unit == "person"


def test_other_troops_of_the_sentence_are_nobody_elses():
    text = "Some 1,200 British soldiers in Estonia train with 400 French troops."

    assert figure(text, "400 French troops").actor == "FRA"


@pytest.mark.parametrize(
    "text",
    ["US forces in Germany fired 12 missiles.", "American forces in Korea cost 1.5 trillion won."],
)
def test_what_troops_do_or_cost_is_not_their_number(text):
    assert figure(text).measure != "troops_stationed"
