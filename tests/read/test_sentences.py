"""Texts cut into sentences."""

from __future__ import annotations

import pytest

from steelyard.read.documents.sentences import LONGEST_SENTENCE, sentences_of
from tests.read.reading import LEXICON


def sentences(text):
    return [text[s.start : s.end] for s in sentences_of(text, LEXICON.abbreviations)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"], id="marks"),
        pytest.param("Up 3.5 % in 2026. Down 2.1.", ["Up 3.5 % in 2026.", "Down 2.1."], id="decimals"),
        pytest.param("The U.S. Army left. It did.", ["The U.S. Army left.", "It did."], id="initials"),
        pytest.param("Gen. Kim met Mr. Lee.", ["Gen. Kim met Mr. Lee."], id="titles"),
        pytest.param("On Sept. 3 it rose. No. 5 fell.", ["On Sept. 3 it rose.", "No. 5 fell."], id="months"),
        pytest.param("J. Smith spoke.", ["J. Smith spoke."], id="an initial"),
        pytest.param('"We will." He left.', ['"We will."', "He left."], id="a quotation"),
        pytest.param("“We will.” She left.", ["“We will.”", "She left."], id="a curly quotation"),
        pytest.param("(It rose.) (It fell.)", ["(It rose.)", "(It fell.)"], id="brackets"),
        pytest.param("A title\nA line\n\nA paragraph", ["A title", "A line", "A paragraph"], id="lines"),
        pytest.param("One.\r\nTwo.\r\n", ["One.", "Two."], id="line ends of Windows"),
        pytest.param("it rose. then fell", ["it rose. then fell"], id="no capital, no sentence"),
        pytest.param("국방비가 늘었다. 예산안은", ["국방비가 늘었다.", "예산안은"], id="Korean"),
        pytest.param("  blanks  ", ["blanks"], id="blanks around"),
        pytest.param(" \n \n", [], id="blanks only"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert sentences(text) == expected


def test_a_line_break_begins_a_new_paragraph():
    found = list(sentences_of("One. Two.\nThree.\n\n\nFour.", LEXICON.abbreviations))

    assert [s.paragraph for s in found] == [0, 0, 1, 2]


def test_what_has_no_full_stop_is_cut_between_words():
    text = "defence budget " * 1000
    parts = sentences(text)

    assert max(map(len, parts)) <= LONGEST_SENTENCE
    assert " ".join(parts) == text.strip()


def test_what_has_no_blank_is_cut_after_a_mark():
    text = "5%,6%," * 1000
    parts = sentences(text)

    assert "".join(parts) == text
    assert max(map(len, parts)) <= LONGEST_SENTENCE + 3


def test_one_long_word_stays_whole():
    assert sentences("a" * 100_000) == ["a" * 100_000]
