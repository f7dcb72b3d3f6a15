"""Words that are glued together, cut at known phrases, suffixes and particles."""

from __future__ import annotations

import pytest

from steelyard.read.lexicon import lexicon_for
from steelyard.read.mentions import Meaning
from steelyard.read.myriads.particles import GluedIndex
from tests.read.reading import VOCABULARY


def index_of(*phrases):
    index = GluedIndex(["은", "는", "의", "으로", "로", "을", "안"], ["측"])
    for phrase in phrases:
        index.add([phrase], Meaning("measure", phrase))
    return index


def found(index, text):
    return [text[m.start : m.end] for m in index.find(text, index.cut(text, 0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("국방비는", ["국방비"], id="particle"),
        pytest.param("국방비측의", ["국방비"], id="suffix and particle"),
        pytest.param("국방비서관은", [], id="first half of a longer word"),
        pytest.param("국방 예산은", ["국방 예산"], id="blank"),
        pytest.param("국방예산은", ["국방예산"], id="no blank"),
        pytest.param("증가했다", ["증가"], id="stem of a verb"),
        pytest.param("정부예산안을", ["예산안"], id="end of a compound"),
    ],
)
def test_a_phrase_is_found_in_its_word(text, expected):
    index = index_of("국방비", "국방 예산", "증가~", "예산안")

    assert found(index, text) == expected


def test_of_two_phrases_at_one_place_the_longer_is_meant():
    assert found(index_of("방위비", "방위비 분담금"), "방위비 분담금은") == ["방위비 분담금"]


def test_a_particle_behind_a_figure_is_a_word_of_its_own():
    words = index_of("국방비").cut("66조원으로", 0, 6, [4])

    assert [word.text for word in words] == ["66", "조원", "으로"]


def test_a_word_without_end_stays_whole():
    assert [word.text for word in index_of("국방비").cut("가" * 5000, 0, 5000)] == ["가" * 5000]


def test_the_words_cover_the_text_in_order():
    text = "국방부는 29일 국방예산안을 66조원으로 편성했다고 밝혔다."
    words = lexicon_for(VOCABULARY, "ko").words_in(text, 0, len(text), [22])

    assert "".join(word.text for word in words) == text.replace(" ", "")
    assert [word.start for word in words] == sorted(word.start for word in words)
