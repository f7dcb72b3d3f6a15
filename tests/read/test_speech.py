"""Who says it: verbs of speech, sources, quotations."""

from __future__ import annotations

import pytest

from steelyard.read.speakers import office_label
from steelyard.read.speech import Quotation, is_statement, quotations
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


# Speakers whom the vocabulary does not know


@pytest.mark.parametrize(
    ("text", "speaker", "actor"),
    [
        pytest.param(
            "The Kiel Institute said Germany has 182,000 troops.", "Kiel Institute", None, id="an institute"
        ),
        pytest.param(
            "According to the Kiel Institute, Germany has 182,000 troops.",
            "Kiel Institute",
            None,
            id="according to an institute",
        ),
        pytest.param(
            "Defence Minister Ahn Gyu-back said South Korea has 450,000 troops.",
            "Defence Minister Ahn Gyu-back",
            "KOR",
            id="a minister, by the country of the figure",
        ),
        pytest.param(
            "Germany has 182,000 troops, said Defence Minister Karl Muster.",
            "Defence Minister Karl Muster",
            "DEU",
            id="after the verb",
        ),
        pytest.param("A US official said 4,500 troops could leave.", "US official", "USA", id="an official"),
        pytest.param("Hanwha said it would deliver 20 jets.", "Hanwha", None, id="a company"),
        pytest.param(
            "Mr Kim, an analyst at the Asan Institute, said it has 20 jets.",
            "Mr Kim",
            None,
            id="a clause in commas",
        ),
        pytest.param(
            "The US government announced that it has 20 jets.", "USA", "USA", id="the government of a state"
        ),
    ],
)
def test_a_speaker_is_named_as_written(text, speaker, actor):
    claim = figures(text)[0]

    assert (claim.speaker, claim.speaker_actor) == (speaker, actor)


def test_it_takes_up_the_body_that_a_later_sentence_is_about():
    claim = figures("Japan said so. The Pentagon welcomed it. It said the fleet would get 20 jets.")[0]

    assert claim.speaker == "USA Department of Defense"


def test_he_takes_up_a_person_and_it_a_body():
    text = "Armin Papperger said so. NATO said so too. He said 20 tanks are ready. It said 30 jets are ready."

    assert [claim.speaker for claim in figures(text)] == ["Armin Papperger", "NATO"]


def test_a_country_in_what_is_said_does_not_say_it():
    claim = figure("The International Institute for Strategic Studies said China has 20 ships.")

    assert (claim.speaker_actor, claim.actor) == (None, "CHN")
