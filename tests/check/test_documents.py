"""What a further document may do to findings: an agreeing one adds, a reprint says nothing new."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.check.samples import change, claim, findings, growth, quotes, share, target

VERDICTS = ("contradicted", "reconciled", "corroborated")
OTHER, THIRD = "paper.txt", "wire.txt"
LAST_YEAR = {"period": "2025"}
_NUMBERS = count(1)

# South Korea in 2026: 66.1 tn won after 61.2, a rise of 4.9 (8.0 %), 2.42 % of an economy of 2,731.
HISTORY = (
    lambda document: claim("66.1 tn KRW", document),
    lambda document: claim("61.2 tn KRW", document, **LAST_YEAR),
    lambda document: change("4.9 tn KRW", document),
    lambda document: growth("8.0 %", document),
    lambda document: share("2.42 % of GDP", document),
    lambda document: claim("2731 tn KRW", document, measure="gdp"),
)
WRONG = (
    lambda document: growth("9.5 %", document),
    lambda document: share("2.9 % of GDP", document),
    lambda document: target("3.5 % of GDP", document),
)


def told(*claims):
    """What is told of whom: verdict, identity and quotations, but for numbers that merely follow."""
    return {
        (one.verdict, one.identity, frozenset(quotes(one)))
        for one in findings(*claims)
        if one.verdict in VERDICTS
    }


def reprinted(claims, document):
    """The same sentences in another document, further down."""
    shift = 5000
    places = ("start", "end", "sentence_start", "sentence_end")
    return [
        one.changed(
            id=f"r{next(_NUMBERS)}",
            document=document,
            **{place: getattr(one, place) + shift for place in places},
        )
        for one in claims
    ]


def in_words(one):
    """A claim with a sentence of some length around it, as long as no other's."""
    length = 60 + next(_NUMBERS)
    return one.changed(sentence_start=one.start - 7, sentence_end=one.start - 7 + length)


@given(st.lists(st.sampled_from(HISTORY), unique=True), st.lists(st.sampled_from(HISTORY), unique=True))
@settings(max_examples=60, deadline=None)
def test_a_further_document_that_agrees_removes_no_finding(first, second):
    here, there = [one("brief.txt") for one in first], [one(OTHER) for one in second]

    assert told(*here) <= told(*here, *there)
    assert told(*here) <= told(*there, *here)


@given(*[st.lists(st.sampled_from(HISTORY), unique=True, min_size=1)] * 3)
@settings(max_examples=60, deadline=None)
def test_a_third_document_that_agrees_removes_no_finding_of_two(first, second, third):
    pair = [*(one("brief.txt") for one in first), *(one(OTHER) for one in second)]

    assert told(*pair) <= told(*pair, *(one(THIRD) for one in third))


@given(st.lists(st.sampled_from((*HISTORY, *WRONG)), unique=True))
@settings(max_examples=60, deadline=None)
def test_a_reprint_changes_no_verdict(written):
    claims = [in_words(one("brief.txt")) for one in written]

    once, twice = findings(*claims), findings(*claims, *reprinted(claims, OTHER))

    assert [(one.verdict, one.identity, quotes(one)) for one in once] == [
        (one.verdict, one.identity, quotes(one)) for one in twice
    ]


def test_a_reprint_with_other_quotation_marks_and_spaces_is_one_voice():
    first = in_words(claim("66.1 tn KRW")).changed(quote="‘66.1 trillion’ won")
    (copy,) = reprinted([first.changed(quote="'66.1 trillion'\nwon")], OTHER)

    assert not told(first, copy)


def test_two_papers_in_words_of_their_own_bear_each_other_out():
    claims = in_words(claim("66.1 tn KRW")), in_words(claim("66.1 tn KRW", OTHER))

    assert told(*claims) == {("corroborated", "same-figure", frozenset({"66.1 tn KRW"}))}


@pytest.mark.parametrize(
    ("speaker", "said", "voices"),
    [
        pytest.param("Ministry of National Defense", "2025-08-29", 1, id="one speaker on one day"),
        pytest.param("Ministry of National Defense", "2025-12-03", 2, id="another day"),
        pytest.param("Bank of Korea", "2025-08-29", 2, id="another speaker"),
    ],
)
def test_one_speaker_on_one_day_is_one_voice(speaker, said, voices):
    first = claim("66.1 tn KRW", speaker="Ministry of National Defense", said="2025-08-29")
    second = claim("66.1 tn KRW", OTHER, speaker=speaker, said=said)

    assert len(told(first, second)) == voices - 1


def test_one_copied_figure_is_not_borne_out_by_another_sentence_of_the_original():
    """The original says it in two ways, the copy in one of them: that is still one source."""
    first, again = in_words(claim("66.1 tn KRW")), in_words(claim("66.14 tn KRW"))

    assert not told(first, again, *reprinted([first], OTHER))


# Changes between two stages


def german_papers(cut_status):
    """The draft of July with its growth, and a report of November that the parliament cut it by 0.5."""
    german = {"actor": "DEU"}
    sentence = {"sentence_start": 9000, "sentence_end": 9100}
    return (
        claim("82.7 bn EUR", status="proposed", **german),
        growth("32.5 %", status="proposed", **german),
        claim("62.4 bn EUR", **german, **LAST_YEAR),
        claim("82.2 bn EUR", OTHER, status="enacted", **german, **sentence),
        change("0.5 bn EUR", OTHER, status=cut_status, direction="down", **german, **sentence),
        claim("62.4 bn EUR", OTHER, **german, **LAST_YEAR),
    )


def test_a_cut_in_the_draft_is_no_change_from_the_year_before():
    claims = german_papers("proposed")

    found = told(*claims)

    assert ("corroborated", "growth", frozenset({"82.7 bn EUR", "62.4 bn EUR", "32.5 %"})) in found
    assert not any("0.5 bn EUR" in quotations for _, _, quotations in found)


def test_a_change_at_the_stage_of_its_level_is_one_from_the_year_before():
    """82.2 is no 0.5 less than 62.4: at one stage that is a contradiction."""
    found = told(*german_papers("enacted"))

    assert any(verdict == "contradicted" and "0.5 bn EUR" in quotations for verdict, _, quotations in found)


@pytest.mark.parametrize(
    ("place", "told_of"),
    [pytest.param(1, True, id="in its sentence"), pytest.param(500, False, id="elsewhere")],
)
def test_a_fall_of_a_draft_is_from_the_year_before_if_that_is_told_with_it(place, told_of):
    """“The draft of 60.0 is cut by 1.2” says nothing of the year before; “from 61.2” does."""
    sentence = {"sentence_start": 1, "sentence_end": 90}
    fall = change("1.2 tn KRW", status="proposed", direction="down", **sentence)
    before = claim("61.2 tn KRW", period="2025", sentence_start=place, sentence_end=place + 89)

    found = told(claim("60.0 tn KRW", status="proposed", **sentence), fall, before)

    assert any("1.2 tn KRW" in quotations for _, _, quotations in found) is told_of
