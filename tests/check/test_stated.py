"""Sums that a text states itself: what is wrong is found, what only looks alike is left alone."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from steelyard.check import check_ledger
from steelyard.check.stated import stated_tests
from steelyard.core.claim import Ledger
from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from tests.patience import soon

VOCABULARY, _ = load_vocabulary()
TODAY = date(2026, 3, 1)
FILES = [
    tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    for name in (
        "stated_sums.toml",
        "stated_articles.toml",
        "stated_korean.toml",
        "stated_near.toml",
        "stated_counted.toml",
    )
]
ORDER = (
    "The order is worth 8.738 billion euros. "
    "It consists of 4.703 billion euros for jets and 3.675 billion euros for arms."
)


def ledger_of(text):
    return read_document(Document("brief.txt", text, TODAY), VOCABULARY)[0]


def contradictions(text):
    """The contradictions in a text."""
    findings, _ = check_ledger(ledger_of(text), VOCABULARY)
    return [finding for finding in findings if finding.verdict == "contradicted"]


@pytest.mark.parametrize(
    "case", [case for one in FILES for case in one["wrong"]], ids=lambda case: case["text"][:50]
)
def test_a_sum_that_the_text_states_wrongly_is_found_with_its_figures(case):
    found = [{claim.quote for claim in finding.claims} for finding in contradictions(case["text"])]

    assert found == [set(case["quotes"])]


@pytest.mark.parametrize(
    "text", [text for one in FILES for text in one["sound"]["texts"]], ids=lambda text: text[:50]
)
def test_figures_that_no_words_join_or_that_are_right_are_left_alone(text):
    assert contradictions(text) == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        pytest.param(
            "Finland's defence budget for 2026 is 6.3 billion euros, including 8.1 billion euros for jets.",
            {"6.3 billion euros", "8.1 billion euros"},
            id="more jets than budget",
        ),
        pytest.param(
            "Japan's army has 150,000 soldiers, including 180,000 reservists.",
            {"150,000 soldiers", "180,000 reservists"},
            id="more reservists than soldiers",
        ),
    ],
)
def test_what_is_told_as_a_part_is_not_above_its_whole(text, quotes):
    assert [{claim.quote for claim in finding.claims} for finding in contradictions(text)] == [quotes]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Norway's defence budget for 2026 is 180 billion kroner, including 85 billion kroner in aid.",
            id="a smaller part",
        ),
        pytest.param(
            "Poland's army has 210,000 soldiers, including 260,000 in the reserve by 2030.",
            id="of another year",
        ),
        pytest.param(
            "Norway's budget for 2026 is 90 billion kroner, including aid of 95 billion kroner until 2030.",
            id="over several years",
        ),
    ],
)
def test_a_part_of_another_year_is_no_part_of_this_one(text):
    assert contradictions(text) == []


def test_the_total_behind_what_is_missing_to_a_target_is_not_what_is_missing():
    text = (
        "Poland's 2026 defence budget is 200.1 billion zloty. Poland would need another 7.9 billion zloty to "
        "reach 5 percent of GDP. Of the total, 102.4 billion zloty goes to the army."
    )

    assert contradictions(text) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param(
            "To get to 3.5 percent of GDP, Spain would need an additional 41 billion euros.", 1, id="now"
        ),
        pytest.param(
            "To get to 3.5 percent of GDP by 2035, Spain would need an additional 41 billion euros a year.",
            0,
            id="by a year to come",
        ),
    ],
)
def test_what_a_target_takes_by_a_deadline_is_of_the_economy_of_that_year(words, found):
    """Today it would be 23.7 to 27.4 billion; in an economy half as large again it is 41 billion."""
    text = f"Spain spends 34 billion euros on defence in 2026, 2.0 percent of GDP. {words}"

    assert len(contradictions(text)) == found


def test_the_explanation_lets_the_sum_be_redone_by_hand():
    [finding] = contradictions(ORDER)

    assert finding.expected == {"low": 8377000000, "high": 8379000000, "unit": "EUR"}
    assert "leave 8.3770 to 8.3790 bn EUR for the whole" in finding.explanation
    assert finding.miss["amount"] == pytest.approx(0.3585e9)


def test_the_claim_that_follows_names_the_others_by_their_ids():
    whole, first, second = ledger_of(ORDER)

    assert second.follows == (f"stated-sum whole={whole.id} part={first.id} part={second.id}",)


def test_a_ledger_keeps_what_follows_when_it_is_written_and_read():
    ledger = ledger_of(ORDER)

    assert Ledger.from_jsonl(ledger.to_jsonl()) == ledger


@pytest.mark.parametrize(
    "link",
    [
        pytest.param("no-such-rule whole=a part=b", id="a rule that is not there"),
        pytest.param("stated-sum whole=nobody part=nobody", id="claims that are not there"),
        pytest.param("stated-sum", id="no figures"),
        pytest.param("stated-average-growth new=a old=b rate=c years=999999999", id="more years than can be"),
        pytest.param("stated-sum = = =", id="no roles"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_link_that_says_nothing_is_passed_over(link):
    *others, last = ledger_of(ORDER)

    assert stated_tests(Ledger([*others, last.changed(follows=(link,))]), VOCABULARY) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("of the 5 billion euros, from 3 billion euros, " * 1000, id="one sentence without end"),
        pytest.param("3 billion euros, " * 80 + "in all 5 billion euros.", id="a long list"),
        pytest.param("rose from to , , an an increase of " * 400 + "5 euros 6 euros 7 percent.", id="cues"),
    ],
)
def test_hostile_text_takes_no_long_time(text):
    with soon():
        ledger_of(text)
