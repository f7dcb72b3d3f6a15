"""What can be asked of a sentence, checked against plain searches through all its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.read.documents.document import Document
from steelyard.read.documents.sentences import Sentence
from steelyard.read.mentions import CLAUSE_MARKS, words_of
from steelyard.read.numbers.numerals import NumeralReader
from steelyard.read.passage import Found, Memory, Passage
from tests.read.reading import LEXICON

TEXT = "Japan, once shy, raised its defence budget by 9.7 per cent to 8.7 trillion yen; Poland has 20 jets."
NUMERALS = NumeralReader(LEXICON)


def passage_of(text):
    words = words_of(text)
    mentions = LEXICON.index.find(text, words)
    figures = NUMERALS.find(text)
    return Passage(
        Document("brief.txt", text), LEXICON, Sentence(0, len(text), 0), words, mentions, figures, []
    )


PASSAGE = passage_of(TEXT)
SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
KINDS = st.sampled_from(["actor", "measure", "direction:up", "direction:by", "no such kind"])


@given(SPANS)
def test_words_are_counted_as_a_plain_search_counts_them(span):
    start, end = span
    inside = [word for word in PASSAGE.words if start <= word.start and word.end <= end]

    assert PASSAGE.word_keys(start, end) == [word.key for word in inside]
    assert PASSAGE.count_words(start, end) == sum(word.key[0].isalnum() for word in inside)
    assert PASSAGE.same_clause(start, end) == (not any(word.key in CLAUSE_MARKS for word in inside))


@given(st.integers(0, len(TEXT)), KINDS)
def test_mentions_before_and_after_a_place_are_those_of_a_plain_search(place, kind):
    chosen = [mention for mention in PASSAGE.mentions if mention.kind == kind]

    assert list(PASSAGE.before(place, kind)) == [m for m in reversed(chosen) if m.end <= place]
    assert list(PASSAGE.after(place, kind)) == [m for m in chosen if m.start >= place]


@given(SPANS)
def test_figures_between_two_places_are_those_of_a_plain_search(span):
    start, end = span
    inside = [figure for figure in PASSAGE.figures if start <= figure.start < end]

    assert PASSAGE.figures_between(start, end) == inside
    before = [figure for figure in PASSAGE.figures if figure.start < start]
    assert PASSAGE.figure_before(start) == (before[-1] if before else None)


@given(st.integers(0, len(TEXT)))
def test_the_words_beside_a_place_are_those_of_a_plain_search(place):
    after = [word for word in PASSAGE.words if word.start >= place]
    before = [word for word in PASSAGE.words if word.end <= place]

    assert PASSAGE.words_after(place) == after
    assert PASSAGE.word_after(place) == (after[0] if after else None)
    assert PASSAGE.word_before(place) == (before[-1] if before else None)


@pytest.mark.parametrize(
    ("most", "found"), [(0, None), (1, None), (2, "defence budget"), (3, "defence budget")]
)
def test_a_mention_leads_up_to_a_place_by_a_few_words(most, found):
    place = TEXT.index("9.7") + len("9.7 ")
    mention = PASSAGE.touches_before(place, "measure", most)

    assert (TEXT[mention.start : mention.end] if mention else None) == found


def test_a_comma_parts_clauses():
    assert PASSAGE.touches_after(TEXT.index("once"), "direction:up", 1) is None
    assert PASSAGE.touches_after(TEXT.index("raised"), "direction:up", 0)


def test_nothing_stands_in_an_empty_sentence():
    empty = passage_of("")

    assert empty.word_after(0) is None
    assert empty.word_before(0) is None
    assert empty.figure_before(0) is None
    assert empty.of_kind("actor") == []
    assert empty.count_words(0, 0) == 0


def test_memory_forgets_the_status_with_the_paragraph():
    memory = Memory(status="proposed")
    memory.turn_to(3, -1)
    assert memory.status == "proposed"

    memory.turn_to(4, 0)
    assert memory.status is None


@pytest.mark.parametrize(
    ("actor", "named", "named_sentence", "topic"),
    [
        pytest.param(None, None, -9, None, id="nobody yet"),
        pytest.param(None, "KOR", 2, "KOR", id="named, no figure yet"),
        pytest.param("JPN", "KOR", 2, "JPN", id="named before the last figure"),
        pytest.param("JPN", "KOR", 6, "KOR", id="named after the last figure"),
    ],
)
def test_the_topic_is_whom_the_text_turned_to_last(actor, named, named_sentence, topic):
    memory = Memory(
        actor=actor, named=named, named_sentence=named_sentence, measure_sentence=5 if actor else -9
    )

    assert memory.topic == topic


def test_what_is_found_is_noted_with_its_reason_and_doubt():
    found = Found()
    found.say("a guess", 0.1, actor="KOR")
    found.say("another", 0.2)

    assert found.reasons == ["a guess", "another"]
    assert found.doubt == pytest.approx(0.3)
    assert (found.text("actor"), found.text("measure")) == ("KOR", None)
