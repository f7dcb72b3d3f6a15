"""The vocabulary as the reader needs it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from steelyard.read.lexicon import lexicon_for, phrases_in
from steelyard.read.mentions import words_of
from tests.read.reading import LEXICON, VOCABULARY


def meanings(text):
    return {(m.kind, m.id, m.meaning.actor) for m in LEXICON.index.find(text, words_of(text))}


@pytest.mark.parametrize(
    ("text", "kind", "identifier", "actor"),
    [
        ("Japan", "actor", "name", "JPN"),
        ("Tokyo", "actor", "place", "JPN"),
        ("Japanese", "actor", "adjective", "JPN"),
        ("the Pentagon", "actor", "office", "USA"),
        ("Lee Jae-myung", "actor", "person", "KOR"),
        ("defence budget", "measure", "defence_spending", None),
        ("KF-21", "item", "defence_spending:kf-21", None),
        ("USFK", "measure", "troops_stationed", "USA"),
        ("Washington Declaration", "document", "washington-declaration-2023", None),
        ("enacted", "status", "enacted", None),
        ("target of", "governs", "target", None),
        ("nuclear umbrella", "function", "extended-nuclear-deterrence", None),
        ("said", "speech:verbs", "verbs", None),
        ("unless", "conditions:words", "words", None),
        ("primary responsibility", "roles:lead", "lead", None),
    ],
)
def test_phrases_stand_for_what_the_data_files_say(text, kind, identifier, actor):
    found = meanings(text)

    assert (kind, identifier) in {(k, i) for k, i, _ in found}
    assert actor is None or (kind, identifier, actor) in found


def test_a_lexicon_is_made_once_for_a_vocabulary():
    assert lexicon_for(VOCABULARY) is LEXICON
    assert lexicon_for(replace(VOCABULARY, fingerprint="")) is not LEXICON


def test_a_language_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="no language 'xx'; known: en"):
        lexicon_for(VOCABULARY, "xx")


def test_word_lists_are_in_lower_case_and_empty_where_absent():
    assert "unless" in LEXICON.words("conditions", "words")
    assert (
        LEXICON.words("conditions", "no such key") == LEXICON.words("no such table", "words") == frozenset()
    )


def test_words_of_bearing_take_in_verbs_modality_and_denial():
    assert {"bears", "should", "capable", "the", "not"} <= LEXICON.words_of_bearing
    assert "bears" in LEXICON.words_of_taking
    assert "should" not in LEXICON.words_of_taking


def test_units_of_a_whole_say_of_what_they_are():
    assert {"% of GDP"} == LEXICON.units_of_a_whole


@pytest.mark.parametrize("table", [None, "text", {}, {"phrases": "text"}, {"phrases": {"ko": ["a"]}}])
def test_a_table_without_phrases_gives_none(table):
    assert phrases_in(table, "phrases", "en") == []
