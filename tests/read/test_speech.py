"""Who says it: verbs of speech, sources, quotations."""

from __future__ import annotations

import pytest

from steelyard.read.speech import Quotation, is_statement, office_label, quotations
from tests.read.reading import LEXICON, figure, figures, read


@pytest.mark.parametrize(
    ("text", "speaker", "actor"),
    [
        pytest.param("Germany said it would spend 86 billion euros on defence.", "DEU", "DEU", id="a state"),
        pytest.param("Warsaw announced a defence budget of 200 billion zloty.", "POL", "POL", id="a capital"),
        pytest.param(
            "NATO estimates that Poland spent 4.1 % of GDP on defence.", "NATO", "NATO", id="an alliance"
        ),
        pytest.param(
            "According to NATO, Poland spent 4.1 % of GDP on defence.", "NATO", "NATO", id="according to"
        ),
        pytest.param(
            "Poland spent 4.1 % of GDP on defence, according to NATO.",
            "NATO",
            "NATO",
            id="according to, after",
        ),
        pytest.param(
            "President Lee said the defence budget is 66.3 trillion won.",
            "Lee Jae-myung",
            "KOR",
            id="a person",
        ),
        pytest.param(
            "Japan's defence ministry said it would request 8.8 trillion yen.",
            "JPN Ministry of Defense",
            "JPN",
            id="an office",
        ),
        pytest.param(
            "The Pentagon said it has 28,500 troops there.",
            "USA Department of Defense",
            "USA",
            id="a building",
        ),
        pytest.param("Poland has 216,000 troops.", None, None, id="nobody"),
    ],
)
def test_a_figure_has_a_speaker(text, speaker, actor):
    claim = figures(text)[0]

    assert (claim.speaker, claim.speaker_actor) == (speaker, actor)


def test_it_takes_up_the_speaker_of_the_sentence_before():
    _, claim = figures(
        "The Pentagon said that Japan hosts 54,000 US troops. It said that Germany hosts 35,000 US troops."
    )

    assert claim.speaker == "USA Department of Defense"


def test_each_part_of_a_sentence_has_the_speaker_before_it():
    first, second = figures(
        "NATO said Poland has 216,000 troops, and Berlin said Germany has 182,000 troops."
    )

    assert (first.speaker, second.speaker) == ("NATO", "DEU")


def test_the_ministry_is_that_of_whom_the_text_speaks():
    claim = figures(
        "Japan's defence budget is 8 trillion yen. The defence ministry said it has 247,000 troops."
    )[-1]

    assert claim.speaker == "JPN Ministry of Defense"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ('"We will spend more," Poland said.', "We will spend more"),
        ("“We will spend more,” Poland said.", "We will spend more"),
        ('Poland said: "We will spend more."', "We will spend more."),
        ("Poland said “we will spend more” and left.", "we will spend more"),
    ],
)
def test_a_quotation_is_a_statement_of_its_speaker(text, quote):
    (claim,) = read(text).where(kind="statement")

    assert (claim.quote, claim.speaker_actor) == (quote, "POL")
    assert text[claim.start : claim.end] == quote


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('the "peace dividend" is gone', id="a word or two marked"),
        pytest.param("Poland's ‘special’ role isn’t over", id="apostrophes"),
        pytest.param('a 5" gun and "', id="inches"),
        pytest.param('"" "" “”', id="empty quotations"),
        pytest.param('It said "we will spend\nmore than ever".', id="quotations over paragraphs"),
        pytest.param('"' + "very " * 300 + '"', id="quotations without end"),
    ],
)
def test_not_all_marks_make_a_statement(text):
    assert list(read(text).where(kind="statement")) == []


def test_a_stray_mark_spoils_its_own_line_only():
    text = 'A 5" gun.\n"We will spend more," Poland said.'

    assert [claim.quote for claim in read(text).where(kind="statement")] == ["We will spend more"]


def test_quotations_know_words_and_marks():
    (found,) = quotations('He said "we spend more," then left')

    assert found == Quotation(9, 22, 8, 24)


def test_a_statement_has_three_words():
    text = "we spend more"

    assert is_statement(text, Quotation(0, 13, 0, 13))
    assert not is_statement(text, Quotation(0, 8, 0, 8))


@pytest.mark.parametrize(
    ("actor", "words", "label"),
    [
        ("KOR", "defence ministry", "Ministry of National Defense"),
        ("KOR", "finance ministry", None),
        ("XXX", "defence ministry", None),
        (None, "defence ministry", None),
    ],
)
def test_an_office_is_known_by_its_general_name(actor, words, label):
    assert office_label(LEXICON, actor, words) == label


def test_a_figure_in_a_quotation_is_said_by_whoever_is_quoted():
    assert figure('"We spend 4.1 % of GDP on defence," Poland said.').speaker == "POL"
