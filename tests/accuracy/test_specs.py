"""Recall on a file of specifications: what counts as found."""

from __future__ import annotations

import json

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from tests.accuracy.specs import recall

VOCABULARY = load_vocabulary()[0]


def read(text):
    return read_document(Document("spec", text, None), VOCABULARY)[0]


def of(tmp_path, text, surface, value, unit):
    start = text.index(surface)
    quantity = {"value": value, "unit": unit, "surface": surface, "start": start, "end": start + len(surface)}
    path = tmp_path / "spec.jsonl"
    path.write_text(json.dumps({"id": "1", "text": text, "quantities": [quantity]}), encoding="utf-8")
    return recall(path, read)


@pytest.mark.parametrize(
    ("surface", "value", "unit", "counts"),
    [
        pytest.param("$5 million", 5e6, "Dollar", (1, 1, 1), id="all right"),
        pytest.param("$5 million", 5e6, "-", (1, 1, 1), id="no unit asked for"),
        pytest.param("$5 million", 5e6, "Euro", (1, 1, 0), id="another unit"),
        pytest.param("$5 million", 5e9, "Dollar", (1, 0, 0), id="another value"),
        pytest.param("the bank", 5e6, "Dollar", (0, 0, 0), id="another place"),
    ],
)
def test_place_value_and_unit_count_in_turn(tmp_path, surface, value, unit, counts):
    found = of(tmp_path, "It cost the bank $5 million.", surface, value, unit)

    assert (found.span_right, found.value_right, found.unit_right) == counts
    assert found.asked == 1
    assert len(found.missed) == 1 - counts[2]
