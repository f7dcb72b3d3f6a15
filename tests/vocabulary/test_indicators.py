"""The examples of indicators.toml: each is worked out by hand there, and reckoned here by its rule."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from steelyard.core.indicator_form import GROUP_RULES
from steelyard.core.vocabulary import load_vocabulary
from steelyard.panel.by_member import by_member
from steelyard.panel.groups import GROUPS
from steelyard.panel.measures.amounts import Amounts
from steelyard.panel.measures.lorenz import lorenz
from steelyard.panel.measures.shares import years_at_guideline

VOCABULARY, _ = load_vocabulary()
INDICATORS = VOCABULARY.entries("indicators")
EXAMPLES = [
    pytest.param(entry, example, id=f"{entry.id}-{number}")
    for entry in INDICATORS.values()
    for number, example in enumerate(entry.tables("examples"))
]


def rounded(value, told):
    """The value to as many decimals as the example has."""
    places = -Decimal(str(told)).as_tuple().exponent
    return round(value, places)


@pytest.mark.parametrize(("entry", "example"), EXAMPLES)
def test_an_example_gives_what_it_says(entry, example):
    given = [*(example[key] for key in ("of", "by") if key in example), *example.get("components", ())]
    amounts = [Amounts.exactly(row) for row in given]

    if entry.text("rule") in GROUP_RULES:
        found = [GROUPS[entry.text("rule")](amounts).statistic.middle]
    elif entry.text("rule") == "years-at-guideline":
        found = [years_at_guideline(amounts[0], float(entry.number("guideline"))).middle]
    elif entry.text("rule") == "lorenz":
        found = (lorenz(*amounts).up.middle[1:] * float(entry.number("factor"))).tolist()
    else:
        found = by_member(entry, amounts).middle.tolist()

    assert [rounded(value, told) for value, told in zip(found, example["gives"], strict=True)] == example[
        "gives"
    ]


def test_every_indicator_has_an_example_or_is_made_of_others_that_have():
    bare = {entry.id for entry in INDICATORS.values() if not entry.tables("examples")}
    made = {entry.id for entry in INDICATORS.values() if entry.texts("parts")}
    # Its sum is in tests/panel/measures/test_spatial.py, for it needs weights between members.
    assert bare <= made | {"spatial-lag"}


def test_the_weights_of_an_index_are_one_in_all():
    for entry in INDICATORS.values():
        if weights := entry.texts("weights"):
            parts = [text.split("/") for text in weights]
            assert np.isclose(sum(int(above) / int(below) for above, below in parts), 1)
            assert entry.text("weights_reason")
