"""One matcher for all phrases."""

from __future__ import annotations

import pytest

from steelyard.read.mentions import Meaning, words_of
from steelyard.read.phrase_index import PhraseIndex


def index_of(*phrases, kind="measure"):
    index = PhraseIndex()
    for phrase in phrases:
        index.add([phrase], Meaning(kind, phrase))
    return index


def found(index, text):
    return [text[m.start : m.end] for m in index.find(text, words_of(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Seoul's budget", ["Seoul", "'", "s", "budget"]),
        ("the U.S. Army", ["the", "U.S.", "Army"]),
        ("3.5 % of GDP", ["3.5", "%", "of", "GDP"]),
        ("1,442 won.", ["1,442", "won", "."]),
        ("co-ordinate", ["co", "-", "ordinate"]),
        ("국방비 66조", ["국방비", "66", "조"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words_and_marks(text, words):
    assert [word.text for word in words_of(text)] == words


def test_words_know_their_place_in_the_whole_text():
    text = "In 2026 Seoul spends"
    (word,) = words_of(text, 8, 13)

    assert (word.text, word.start, word.end) == ("Seoul", 8, 13)


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        pytest.param(
            "defence budget", "The Defence Budget rose", ["Defence Budget"], id="case does not count"
        ),
        pytest.param("defence budget", "the defence\n budget", ["defence\n budget"], id="nor do blanks"),
        pytest.param("defence budget", "the defence of the budget", [], id="words between do"),
        pytest.param("budget", "budgets budgetary", [], id="whole words only"),
        pytest.param(
            "US", "tell us of the US and the U.S. plan", ["US", "U.S."], id="capitals stay capitals"
        ),
        pytest.param("cost-sharing", "a cost-sharing deal", ["cost-sharing"], id="hyphens are marks"),
        pytest.param(
            "buy ... weapons", "to buy many American weapons", ["buy many American weapons"], id="a gap"
        ),
        pytest.param("buy ... weapons", "to buy weapons", ["buy weapons"], id="an empty gap"),
        pytest.param("buy ... weapons", "to buy. They want weapons", [], id="no gap over a full stop"),
        pytest.param("buy ... weapons", "buy " + "very " * 10 + "many weapons", [], id="no gap without end"),
    ],
)
def test_a_phrase_is_found(phrase, text, expected):
    assert found(index_of(phrase), text) == expected


def test_of_phrases_of_one_kind_the_longest_stays():
    index = index_of("budget", "defence budget", "national defence budget")

    assert found(index, "the national defence budget and the budget") == ["national defence budget", "budget"]


def test_phrases_of_two_kinds_may_overlap():
    index = index_of("Washington Declaration", kind="document")
    index.add(["Washington"], Meaning("actor", "place", actor="USA"))

    assert found(index, "the Washington Declaration") == ["Washington Declaration", "Washington"]


def test_a_mention_gives_the_kind_and_id_of_its_meaning():
    (mention,) = index_of("gdp").find("GDP", words_of("GDP"))

    assert (mention.kind, mention.id, mention.first, mention.last) == ("measure", "gdp", 0, 0)


def test_a_thousand_gaps_take_no_time():
    text = "raise " * 5000

    assert found(index_of("raise ... to"), text) == []
