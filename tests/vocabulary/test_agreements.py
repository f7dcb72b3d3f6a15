"""Agreements on cost sharing: each example is reckoned here from the parameters that the entry names."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.core.interval import Interval
from steelyard.core.quantity import Quantity
from steelyard.core.vocabulary import load_vocabulary
from steelyard.project.parameters import value_on

VOCABULARY, _ = load_vocabulary()
AGREEMENTS = VOCABULARY.entries("agreements")
EXAMPLES = [
    pytest.param(entry, example, id=f"{entry.id}/{number}")
    for entry in AGREEMENTS.values()
    for number, example in enumerate(entry.tables("examples"), 1)
]


def parameter(entry, key, year):
    value, problems = value_on(entry.text(key), date(year, 1, 1), VOCABULARY)
    assert problems == []
    return value.interval if value else None


def growths(example):
    """The ratio of the index by year, with all that its printed growth leaves open."""
    pairs = (text.split(": ") for text in example["growth"])
    one, percent = Interval.exactly(1), Interval.exactly("0.01")
    return {int(year): one + Interval.as_written(text.split()[0]) * percent for year, text in pairs}


@pytest.mark.parametrize(("entry", "example"), EXAMPLES)
def test_an_example_follows_from_the_rule_of_its_agreement(entry, example):
    start, last = int(example["start"]), int(example["year"])
    amount, grown = parameter(entry, "amount", start), growths(example)

    for year in range(start + 1, last + 1):
        ratio = grown[year - int(parameter(entry, "lag", year).middle)]
        if entry.text("ceiling"):
            most = 1 + parameter(entry, "ceiling", year).high / 100
            ratio = Interval(min(ratio.low, most), min(ratio.high, most))
        amount = amount * ratio

    assert Quantity.as_written(example["amount"], VOCABULARY.units).interval.meets(amount)


@pytest.mark.parametrize("entry", AGREEMENTS.values(), ids=lambda entry: entry.id)
def test_an_agreement_has_an_amount_to_start_from_and_what_its_rule_needs(entry):
    first, last = int(entry.number("from")), int(entry.number("to"))

    assert first <= last
    assert parameter(entry, "amount", first)
    if entry.text("follows") in ("consumer_prices", "defence_budget"):
        assert parameter(entry, "lag", last)
