"""Each kind of identity, and each reading of a difference, in texts of several countries."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from steelyard.check import check_ledger
from steelyard.core.claim import Ledger
from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

CASES = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))["case"]
VOCABULARY, _ = load_vocabulary()
WRITTEN = date(2026, 1, 20)
TOLD = ("contradicted", "reconciled")


def findings(texts):
    """What is found in texts that are checked together."""
    documents = (Document(f"{number}.txt", text, WRITTEN) for number, text in enumerate(texts))
    claims = [claim for document in documents for claim in read_document(document, VOCABULARY)[0]]
    return [one for one in check_ledger(Ledger(claims), VOCABULARY)[0] if one.verdict in TOLD]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["kind"])
def test_a_difference_of_each_kind_is_told_as_what_it_is(case):
    found = findings(case["texts"])

    if case["verdict"] == "sound":
        assert [one.explanation for one in found] == []
        return
    assert [one.verdict for one in found] == [case["verdict"]]
    assert {claim.quote for claim in found[0].claims} == set(case["quotes"])
    assert not case.get("first") or found[0].readings[0].kind == case["first"]


def test_most_kinds_have_a_neighbour_that_is_sound():
    assert sum(case["verdict"] == "sound" for case in CASES) * 4 > len(CASES)
