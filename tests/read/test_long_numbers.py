"""Text that is made to be slow: the time grows with its length and no faster, and nothing breaks."""

from __future__ import annotations

import time

import pytest

from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.read.numbers.numerals import NumeralReader
from tests.read.reading import LEXICON, VOCABULARY

READER = NumeralReader(LEXICON)
LETTERS = 20_000
SECONDS_FOR_EACH = 20e-6  # a letter; ten times what the slowest takes


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("9", id="digits"),
        pytest.param("1,", id="commas"),
        pytest.param("1.", id="points"),
        pytest.param("1-", id="hyphens"),
        pytest.param("1/", id="slashes"),
        pytest.param("((5", id="brackets"),
        pytest.param("one hundred hundred ", id="hundreds"),
        pytest.param("million ", id="millions"),
        pytest.param("one and ", id="ands"),
        pytest.param("half a ", id="halves"),
        pytest.param("two-", id="words with hyphens"),
        pytest.param("5 per ", id="pers"),
        pytest.param("5 of the ", id="parts"),
        pytest.param("5\u202f000\u202f", id="thin blanks"),
        pytest.param("from 5 to 6 ", id="changes"),
        pytest.param("5, ", id="a list"),
        pytest.param("$", id="dollars"),
        pytest.param("+1 ", id="pluses"),
        pytest.param("½", id="fractions"),
    ],
)
def test_the_time_is_bounded_by_the_length(piece):
    text = (piece * LETTERS)[:LETTERS]
    begin = time.process_time()

    figures = READER.find(text)

    assert time.process_time() - begin < LETTERS * SECONDS_FOR_EACH * 5
    assert all(0 <= figure.start < figure.end <= len(text) for figure in figures)


def _seconds_to_read(text):
    begin = time.process_time()
    ledger, _ = read_document(Document("long.txt", text), VOCABULARY)
    assert len(ledger) > 1
    return time.process_time() - begin


@pytest.mark.parametrize("piece", ["6조5천억", "100만", "5%,6%,"])
def test_amounts_without_blanks_take_time_by_their_number(piece):
    _seconds_to_read(piece * 20)

    least = min(_seconds_to_read(piece * 300) for _ in range(3))

    assert _seconds_to_read(piece * 1200) < 9 * least  # by the square it would be 16
