"""Text that is made to be slow: the time grows with its length and no faster, and nothing breaks."""

from __future__ import annotations

import pytest

from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.read.numbers.numerals import NumeralReader
from tests.patience import lines_run, soon
from tests.read.reading import LEXICON, VOCABULARY

READER = NumeralReader(LEXICON)
LETTERS = 20_000


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
def test_made_to_be_slow_a_text_still_comes_to_an_end(piece):
    text = (piece * LETTERS)[:LETTERS]
    with soon():
        figures = READER.find(text)
    assert all(0 <= figure.start < figure.end <= len(text) for figure in figures)


def _read(text):
    ledger, _ = read_document(Document("long.txt", text), VOCABULARY)
    assert len(ledger) > 1


@pytest.mark.parametrize("piece", ["6조5천억", "100만", "5%,6%,"])
def test_amounts_without_blanks_take_work_by_their_number(piece):
    _read(piece * 20)

    few, many = lines_run(lambda: _read(piece * 100)), lines_run(lambda: _read(piece * 400))

    assert many < 5 * few  # by the square it would be 16
