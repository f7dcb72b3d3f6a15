"""Claims lead to their rows and to their marks, and what cannot lead there is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from steelyard.core.claim import Ledger
from steelyard.report.links import anchor, link_claims
from tests.report import samples


def test_a_claim_has_a_row_and_a_mark():
    links, problems = link_claims(samples.LEDGER, (samples.BUDGET_TEXT, samples.BRIEF_TEXT))

    assert not problems
    assert links.row(samples.GAP.id) == f"claim-{samples.GAP.id}"
    assert links.best(samples.GAP.id) == f"text-{samples.GAP.id}"
    assert links.number(samples.GAP.id) == 5


def test_a_claim_of_another_report_leads_nowhere():
    links, _ = link_claims(Ledger(), ())

    assert links.best("unknown") == links.row(None) == links.text(None) == ""
    assert links.number(None) == 0


def test_a_claim_whose_source_is_missing_keeps_its_row():
    links, problems = link_claims(Ledger([samples.TROOPS]), (samples.BUDGET_TEXT,))

    assert [problem.code for problem in problems] == ["claim-without-source"]
    assert links.best(samples.TROOPS.id) == f"claim-{samples.TROOPS.id}"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"start": 0, "end": 3}, id="elsewhere"),
        pytest.param({"start": 4000, "end": 4013}, id="behind the text"),
        pytest.param({"quote": "   ", "start": 0, "end": 3}, id="nothing to mark"),
    ],
)
def test_a_claim_that_its_text_does_not_hold_is_not_marked(changes):
    claim = samples.TOTAL.changed(**changes)

    links, problems = link_claims(Ledger([claim]), (samples.BUDGET_TEXT,))

    assert [problem.code for problem in problems] == ["claim-off-text"]
    assert problems[0].severity == "warning"
    assert not links.text(claim.id)


def test_the_second_claim_of_one_id_is_left_out_and_named():
    """Two texts of the same name, from two folders, may give one id twice."""
    twin = samples.TOTAL.changed(document="elsewhere/budget.txt")
    text = replace(samples.BUDGET_TEXT, name="elsewhere/budget.txt")

    links, problems = link_claims(Ledger([samples.TOTAL, twin]), (samples.BUDGET_TEXT, text))

    assert [problem.code for problem in problems] == ["claim-twice"]
    assert links.claims == (samples.TOTAL,)


@pytest.mark.parametrize("name", ["a b", '"><script>', "", "#", "%41", "한국", "-x"])
def test_an_anchor_is_safe_whatever_the_id(name):
    made = anchor("claim", name)

    assert made.isascii()
    assert all(letter.isalnum() or letter in "-._" for letter in made)
    assert made == anchor("claim", name)


def test_ids_that_differ_have_anchors_that_differ():
    assert len({anchor("claim", name) for name in ("a b", "a-b", "a_b", "a  b")}) == 4
