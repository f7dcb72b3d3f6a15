"""Findings: their ids and hashes, their weight, their order, and how they are printed."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from steelyard.check import check_ledger
from steelyard.check.findings import make_finding, order_of, severity_of, turns_answer
from steelyard.core.claim import Ledger
from steelyard.core.interval import Interval
from tests.check.samples import claim, figures, findings, growth, share, target, vocabulary

OTHER = "other.txt"


def between(low, high):
    return Interval(Decimal(low), Decimal(high))


def clash():
    return claim("46.1 bn USD"), claim("47.8 bn USD", OTHER)


def only(*claims):
    (found,) = findings(*claims, verdict="contradicted")
    return found


# Ids and hashes


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(claim("62.2 bn USD", actor="JPN"), id="another country"),
        pytest.param(claim("29.9 bn USD", period="2018"), id="another year"),
        pytest.param(claim("46.1 bn USD").changed(kind="statement"), id="a statement"),
    ],
)
def test_an_unrelated_claim_changes_neither_id_nor_hash(more):
    claims = clash()

    before, after = only(*claims), only(more, *claims)

    assert (before.id, before.hash) == (after.id, after.hash)


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param({"high": Decimal("47.9e9")}, id="a number"),
        pytest.param({"speaker": "the ministry"}, id="who says so"),
        pytest.param({"hedge": "about"}, id="a hedge"),
        pytest.param({"quote": "$47.8 billion"}, id="the words"),
    ],
)
def test_what_a_claim_says_changes_the_hash_and_not_the_id(keys):
    first, second = clash()

    before, after = only(first, second), only(first, second.changed(**keys))

    assert before.id == after.id
    assert before.hash != after.hash


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(
            {"start": 900, "end": 905, "sentence_start": 890, "sentence_end": 950}, id="where it stands"
        ),
        pytest.param({"document": "folder/other.txt"}, id="in which folder"),
        pytest.param({"confidence": 0.9, "reasons": ("measure by 'budget'",)}, id="how it was read"),
    ],
)
def test_where_a_claim_stands_does_not_change_the_hash(keys):
    first, second = clash()

    assert only(first, second).hash == only(first, second.changed(**keys)).hash


def test_findings_on_the_same_claims_have_ids_of_their_own():
    claims = clash()

    ids = {
        make_finding(verdict, identity, claims, "", subject=subject).id
        for verdict in ("contradicted", "derived")
        for identity in ("growth", "same-figure")
        for subject in ("", "gdp")
    }

    assert len(ids) == 8


def test_a_broken_character_in_an_id_is_hashed_too():
    assert make_finding("consistent", "floor", [claim("46.1 bn USD").changed(id="c\ud800")], "").hash


def test_the_same_ledger_gives_the_same_bytes():
    ledger = Ledger([*clash(), growth("8.2 %"), share("2.42 % of GDP"), target()])

    first, second = (
        json.dumps([one.to_json() for one in check_ledger(ledger, vocabulary())[0]]) for _ in range(2)
    )

    assert first == second


# Weight


@pytest.mark.parametrize(
    ("texts", "severity"),
    [
        pytest.param(("46.1 bn USD", "46.3 bn USD"), "last_digit", id="a tenth apart"),
        pytest.param(("46.1 bn USD", "46.4 bn USD"), "material", id="two tenths"),
        pytest.param(("46 bn USD", "46.6 bn USD"), "last_digit", id="within the digit of the coarser"),
    ],
)
def test_a_miss_within_a_last_digit_weighs_little(texts, severity):
    assert only(claim(texts[0]), claim(texts[1], OTHER)).severity == severity


@pytest.mark.parametrize(
    ("texts", "severity"),
    [
        pytest.param(("1.8 %", "1.6 %"), "material", id="a tenth of the value"),
        pytest.param(("8.2 %", "8.0 %"), "last_digit", id="a hundredth of it"),
        pytest.param(("8.21 %", "8.16 %"), "material", id="four of the last digit"),
        pytest.param(("8.2 %", "8.06 %"), "last_digit", id="within the digit of the coarser one"),
    ],
)
def test_a_last_digit_is_little_only_of_a_number_that_is_large_beside_it(texts, severity):
    assert only(growth(texts[0]), growth(texts[1], OTHER)).severity == severity


def test_an_exact_number_has_no_last_digit_to_miss_by():
    troops = {"measure": "troops", "status": None}
    exact = figures(claim("28,501 persons", **troops), claim("28,502 persons", **troops))

    assert (
        severity_of(exact, [Decimal(1), Decimal(1)], turns_answer=False, near=Decimal("0.02")) == "material"
    )


@pytest.mark.parametrize(
    ("expected", "found", "turns"),
    [
        pytest.param(("1.8", "1.9"), ("2.1", "2.2"), True, id="on either side of 2 %"),
        pytest.param(("2.1", "2.2"), ("1.8", "1.9"), True, id="the other way round"),
        pytest.param(("1.5", "1.6"), ("1.8", "1.9"), False, id="both below"),
        pytest.param(("2.1", "2.2"), ("2.5", "2.6"), False, id="both above"),
        pytest.param(("1.8", "1.9"), ("1.95", "2.05"), True, id="one may reach it"),
    ],
)
def test_a_target_between_them_turns_the_answer(expected, found, turns):
    marks = figures(target("2 % of GDP"))

    hundredths = [between(*ends).scaled(Decimal("0.01")) for ends in (expected, found)]
    assert turns_answer(*hundredths, marks) is turns


# Order and print


def test_contradictions_come_first_and_the_gravest_of_them_before_the_rest():
    def rank(verdict, severity=None):
        return order_of(make_finding(verdict, "x", [claim("46.1 bn USD")], "", severity=severity))

    ranks = [
        rank("contradicted", "decisive"),
        rank("contradicted", "material"),
        rank("contradicted", "last_digit"),
        rank("reconciled"),
        rank("corroborated"),
        rank("consistent"),
        rank("derived"),
    ]
    assert ranks == sorted(ranks)


def test_a_finding_is_printed_with_place_marks_explanation_and_first_reading():
    text = "The budget is $46.1 billion.\n"
    first = claim("46.1 bn USD", "a.txt", start=14, end=27, sentence_start=0, sentence_end=28)
    found = only(first.changed(quote="$46.1 billion"), claim("47.8 bn USD", OTHER))

    lines = found.lines({"a.txt": text})

    assert lines[0] == "a.txt:1:15  contradicted same-figure (material)"
    assert lines[1].strip() == text.strip()
    assert lines[2].strip() == "^" + "~" * 12
    assert lines[3] == "other.txt  and"
    assert found.explanation in lines
    assert lines[-1].startswith("First reading: ")


def test_a_target_is_printed_as_given():
    (found,) = findings(
        claim("27,000 persons", measure="troops"),
        claim("28,500 persons", measure="troops", status="floor"),
        verdict="contradicted",
    )

    assert "brief.txt  given" in found.lines()


def test_claims_of_one_line_are_marked_in_it_together():
    text = "Seoul spends $46.1 billion, after $42.0 billion, up 8.2%.\n"
    places = {quote: text.index(quote) for quote in ("$46.1 billion", "$42.0 billion", "8.2%")}
    spans = {quote: {"start": start, "end": start + len(quote)} for quote, start in places.items()}
    found = only(
        claim("46.1 bn USD", "a.txt").changed(quote="$46.1 billion", **spans["$46.1 billion"]),
        claim("42.0 bn USD", "a.txt", period="2025").changed(quote="$42.0 billion", **spans["$42.0 billion"]),
        growth("8.2 %", "a.txt").changed(quote="8.2%", **spans["8.2%"]),
    )

    lines = found.lines({"a.txt": text})

    assert lines[1].strip() == text.strip()
    assert lines[2].count("^") == 3
    assert lines[3].startswith("Growth from the year before: ")
