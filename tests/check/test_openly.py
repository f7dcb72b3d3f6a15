"""Figures that say how they follow from others but not from which: a slip is found, and nothing else."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from steelyard.check import check_ledger
from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

VOCABULARY, _ = load_vocabulary()
CASES = tomllib.loads((Path(__file__).parent / "stated_openly.toml").read_text(encoding="utf-8"))


def contradictions(text):
    """The figures of each contradiction in a text."""
    ledger = read_document(Document("brief.txt", text, date(2026, 3, 1)), VOCABULARY)[0]
    findings = check_ledger(ledger, VOCABULARY)[0]
    return [{claim.quote for claim in one.claims} for one in findings if one.verdict == "contradicted"]


@pytest.mark.parametrize("case", CASES["wrong"], ids=lambda case: case["text"][:50])
def test_a_slip_is_found_with_the_figures_near_it(case):
    assert contradictions(case["text"]) == [set(case["quotes"])]


@pytest.mark.parametrize("text", CASES["sound"]["texts"], ids=lambda text: text[:50])
def test_what_is_right_or_of_something_else_is_left_alone(text):
    assert contradictions(text) == []
