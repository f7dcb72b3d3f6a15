"""Findings in words: their order, their quotations in the sentence, their sides and readings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from steelyard.core.claim import Ledger
from steelyard.report.links import link_claims
from steelyard.report.verdicts import bounds_in_words, describe_findings, measure_in_words, miss_in_words
from steelyard.report.wording import Wording
from tests.report import samples

WORDING = Wording(samples.vocabulary())


def described(*findings, **changes):
    results = samples.results(findings=findings, **changes)
    links, _ = link_claims(results.ledger, results.documents)
    return describe_findings(results, links)


def shown(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_findings_stand_by_verdict_and_then_by_severity():
    made = [
        samples.finding("a", "derived", [samples.TOTAL]),
        samples.finding("b", "contradicted", [samples.TOTAL], severity="last_digit"),
        samples.finding("c", "corroborated", [samples.TOTAL]),
        samples.finding("d", "contradicted", [samples.TOTAL], severity="decisive"),
        samples.finding("e", "reconciled", [samples.TOTAL]),
        samples.finding("f", "consistent", [samples.TOTAL]),
    ]

    assert [verdict.anchor for verdict in described(*made)] == [f"finding-{letter}" for letter in "dbecfa"]


def test_a_quotation_stands_in_its_sentence():
    quotation = described(samples.CLASH)[0].quotations[1]

    assert (quotation.before, quotation.claim.quote) == ("That is ", "2.42% of GDP")
    assert quotation.after.startswith(". To get to the agreed 3.5%")


def test_a_long_sentence_is_cut_at_words():
    text = replace(samples.BUDGET_TEXT, text="word " * 60 + "spends $46.1 billion now" + " word" * 60 + "\n")
    claim = samples.claim(text, "$46.1 billion", low="46.05e9", high="46.15e9", unit="USD")
    finding = samples.finding("long", "contradicted", [claim])

    (verdict,) = described(finding, documents=(text,), ledger=Ledger([claim]))

    (quotation,) = verdict.quotations
    assert quotation.before.startswith("… word")
    assert quotation.before.endswith("spends ")
    assert quotation.after.startswith(" now")
    assert quotation.after.endswith("word …")
    assert len(quotation.before) < 120


def test_a_claim_says_who_says_so_where_and_when():
    quotations = described(samples.CLASH)[0].quotations

    assert quotations[2].source == "the ministry, budget.txt, The Harbour Review, 2026-01-23"


@pytest.mark.parametrize(("said", "words"), [("2025-11", "in 2025-11"), ("2025-11-04", "on 2025-11-04")])
def test_when_something_was_said_stands_beside_who_said_it(said, words):
    claim = samples.GAP.changed(said=said)
    (verdict,) = described(samples.finding("x", "contradicted", [claim]), ledger=Ledger([claim]))

    source = f"the ministry {words}, budget.txt, The Harbour Review, 2026-01-23"
    assert verdict.quotations[0].source == source


def test_a_speaker_that_is_an_actor_is_named():
    claim = samples.TOTAL.changed(speaker="KOR")
    (verdict,) = described(samples.finding("x", "contradicted", [claim]), ledger=Ledger([claim]))

    assert verdict.quotations[0].source.startswith("South Korea, ")


def test_a_claim_that_is_not_in_the_ledger_is_quoted_without_links():
    (verdict,) = described(samples.CLASH, ledger=Ledger())

    assert [(quoted.link, quoted.row, quoted.number) for quoted in verdict.quotations] == [("", "", 0)] * 3


def test_each_side_is_said_as_it_is_printed_where_it_is():
    (verdict,) = described(samples.CLASH)

    assert verdict.said("found") == "“$20.8 billion”"
    assert shown(verdict.said("expected")) == "20.41 to 20.73 bn USD"


def test_two_accounts_are_each_said_in_their_own_words():
    """Both print the same bounds: the first is what was expected, the second what was found."""
    other = samples.OTHER_RISE.changed(low=samples.RISE.low, high=samples.RISE.high)
    sides = {"low": 8.15, "high": 8.25, "unit": "%"}
    made = samples.finding("same", "corroborated", [samples.RISE, other], expected=sides, found=sides)

    (verdict,) = described(made)

    assert (verdict.said("expected"), verdict.said("found")) == ("“8.2%”", "“7.5 per cent”")


def test_what_follows_is_not_said_in_the_words_of_what_is_found():
    """What the others give may have just the bounds of the claim: the words are still the claim's alone."""
    sides = {"low": 8.15, "high": 8.25, "unit": "%"}
    made = samples.finding("same", "corroborated", [samples.TOTAL, samples.RISE], expected=sides, found=sides)

    (verdict,) = described(made)

    assert (shown(verdict.said("expected")), verdict.said("found")) == ("8.15 to 8.25%", "“8.2%”")


@pytest.mark.parametrize(
    ("expected", "found", "words"),
    [
        ((3.4699, 3.5167), (3.425, 3.556), ("3.47 to 3.52%", "3.42 to 3.56%")),
        ((8.24155, 8.24189), (8.15, 8.25), ("8.2416 to 8.2419%", "8.1500 to 8.2500%")),
        ((3.5, 3.5), (3.2, 3.4), ("3.5%", "3.2 to 3.4%")),
    ],
)
def test_both_sides_of_a_row_have_one_precision(expected, found, words):
    one, other = ({"low": low, "high": high, "unit": "%"} for low, high in (expected, found))

    assert (
        shown(bounds_in_words(one, WORDING, other)),
        shown(bounds_in_words(other, WORDING, one)),
    ) == words


def test_readings_lead_to_the_claim_that_they_change():
    (verdict,) = described(samples.CLASH)

    assert [(reading.text, reading.link) for reading in verdict.readings] == [
        ("converted from about 30 trillion won", f"text-{samples.GAP.id}"),
        ("a share of 2.409 to 2.414%", f"text-{samples.SHARE.id}"),
    ]


def test_an_unknown_identity_is_named_by_its_id():
    (verdict,) = described(samples.finding("x", "contradicted", [samples.TOTAL], identity="own-rule"))

    assert (verdict.title, verdict.equation) == ("Own rule", "")


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({"low": 1e9, "high": 2e9, "unit": "USD"}, "1.0 to 2.0 bn USD"),
        ({"low": 28500, "high": None, "unit": "person"}, "28,500 persons or more"),
        ({"value": "2025-11"}, "2025-11"),
        (None, ""),
        ({"low": "x", "high": True, "unit": None}, ""),
    ],
)
def test_bounds_are_numbers_dates_or_nothing(bounds, words):
    assert shown(bounds_in_words(bounds, WORDING)) == words


def test_two_sides_are_written_in_one_scale():
    small, large = ({"low": end, "high": end * 1.001, "unit": "KRW"} for end in (0.43e12, 5.05e12))

    assert shown(bounds_in_words(small, WORDING, large)) == "0.4300 to 0.4304 tn KRW"


@pytest.mark.parametrize(
    ("miss", "words"),
    [
        (
            {"amount": 0.0159e9, "unit": "USD", "last_digits": 0.159},
            "0.016 bn USD, 0.16 of the last printed digit",
        ),
        (
            {"amount": 4.6e12, "unit": "KRW", "last_digits": 46172},
            "4.6 tn KRW, 46,172 units of the last printed digit",
        ),
        ({"amount": None, "unit": None, "last_digits": None}, ""),
        (None, ""),
    ],
)
def test_a_miss_is_said_in_the_unit_and_in_digits(miss, words):
    assert shown(miss_in_words(miss, None, WORDING)) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Defence spending"),
        ({"item": "force_enhancement"}, "Defence spending: Force enhancement"),
        ({"item": "night_vision"}, "Defence spending: night vision"),
        ({"measure": None, "about": "meals"}, "Meals"),
        ({"measure": None, "about": None}, "Not in the vocabulary"),
    ],
)
def test_a_measure_is_named_with_its_part(changes, words):
    assert measure_in_words(samples.TOTAL.changed(**changes), samples.vocabulary()) == words
