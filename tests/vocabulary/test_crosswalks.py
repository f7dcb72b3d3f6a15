"""Crosswalks: each example follows from the rows, and rows name what there is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.core.interval import Interval
from steelyard.core.vocabulary import load_vocabulary
from steelyard.project.crosswalk import range_of

VOCABULARY, _ = load_vocabulary()
CROSSWALKS = VOCABULARY.entries("crosswalks")
EXAMPLES = [
    pytest.param(entry, example, id=f"{entry.id}/{number}")
    for entry in CROSSWALKS.values()
    for number, example in enumerate(entry.tables("examples"), 1)
]


def percent(text):
    """What is written as "30 %", exactly, as a fraction."""
    return Interval.exactly(Decimal(text.removesuffix(" %")) / 100)


@pytest.mark.parametrize(("entry", "example"), EXAMPLES)
def test_an_example_follows_from_the_rows(entry, example):
    rows = {row["item"]: row["categories"] for row in entry.tables("rows")}
    shares = {item: percent(text) for item, text in (one.split(": ") for one in example["shares"])}

    found = range_of(example["category"], rows, shares)

    assert (found.low, found.high) == (percent(example["low"]).low, percent(example["high"]).low)


@pytest.mark.parametrize("entry", CROSSWALKS.values(), ids=lambda entry: entry.id)
def test_rows_name_items_of_the_measure_and_categories_of_the_definition(entry):
    items = VOCABULARY.entry("measures", entry.text("measure")).table("items")
    categories = VOCABULARY.entry("definitions", entry.text("to")).table("categories")
    rows = entry.tables("rows")

    named = [row["categories"] for row in (*rows, *entry.tables("unmatched"))]
    assert {row["item"] for row in rows} <= set(items)
    assert {one for held in named for one in held} <= set(categories)


def test_a_line_of_one_category_is_in_it_for_sure():
    """Of 20 % that are arms alone and 30 % that are arms or works, 20 to 50 % are arms, 0 to 30 % works."""
    rows = {"arms": ["equipment"], "both": ["equipment", "works"]}
    shares = {"arms": Interval.exactly("0.2"), "both": Interval.exactly("0.3")}

    assert range_of("equipment", rows, shares) == Interval(Decimal("0.2"), Decimal("0.5"))
    assert range_of("works", rows, shares) == Interval(Decimal(0), Decimal("0.3"))
