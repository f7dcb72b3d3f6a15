"""The names that publishers print for countries and currencies, as publishers.toml has them."""

from __future__ import annotations

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.panel.names import names_of

VOCABULARY = load_vocabulary()[0]
WITH_CURRENCIES = ["sipri", "nato"]


@pytest.mark.parametrize("publisher", WITH_CURRENCIES)
def test_names_lead_to_actors_that_there_are_and_codes_are_codes(publisher):
    entry = VOCABULARY.entry("publishers", publisher)

    assert entry is not None
    assert {*entry.table("names").values()} <= {*VOCABULARY.entries("actors")}
    for code, words in entry.table("currencies").items():
        assert len(code) == 3 and code.isupper()
        assert words and all(word == word.strip() for word in words)


def test_sipri_has_a_word_for_the_money_of_each_state():
    entry = VOCABULARY.entry("publishers", "sipri")
    states = [one for one in VOCABULARY.entries("actors").values() if one.text("kind") == "state"]

    assert entry is not None
    assert {one.text("currency") for one in states} <= {*entry.table("currencies")}


@pytest.mark.parametrize(
    ("publisher", "actor", "word", "code"),
    [
        ("sipri", "KOR", "Won       ", "KRW"),
        ("sipri", "PRK", "Won", "KPW"),
        ("sipri", "CAN", "Dollars", "CAD"),
        ("sipri", "ISL", "Krónur", "ISK"),
        ("sipri", "HRV", "Kunas", "HRK"),
        ("sipri", "HRV", "Kunas / Euro", None),
        ("nato", "ROU", "New Lei", "RON"),
        ("nato", "BGR", "Euros", "EUR"),
        ("nato", "NOR", "Kroner", "NOK"),
        ("nato", "KOR", "Won", None),
    ],
)
def test_a_printed_currency_is_that_of_the_row(publisher, actor, word, code):
    assert names_of(VOCABULARY, publisher).currency(actor, word) == code


def test_a_publisher_without_an_entry_has_the_names_of_everyone():
    names = names_of(VOCABULARY, "nobody")

    assert names.actor("Türkiye") == "TUR"
    assert (names.title, names.currency("KOR", "Won")) == ("", None)
