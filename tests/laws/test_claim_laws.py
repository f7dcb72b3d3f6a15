"""Laws of claims and ledgers: what is written is read back, and ledgers join in any grouping."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from steelyard.core.claim import CLAIM_KEYS, Claim, Ledger, claim_id
from tests.strategies import claims, ledgers

keys = st.sampled_from(("actor", "measure", "status", "period", "kind", "unit"))
sentences = st.text(max_size=30)


@given(claims())
def test_a_claim_comes_back_from_json_as_it_was(claim):
    assert Claim.from_json(claim.to_json()) == claim


@given(claims())
def test_a_claim_comes_back_from_json_text_as_it_was(claim):
    assert Claim.from_json(json.loads(json.dumps(claim.to_json()), parse_float=Decimal)) == claim
    assert Claim.from_json(json.loads(json.dumps(claim.to_json()))) == claim


@given(claims())
def test_every_key_is_there_whatever_the_claim(claim):
    assert tuple(claim.to_json()) == CLAIM_KEYS


@given(ledgers())
def test_a_ledger_comes_back_from_its_lines_as_it_was(ledger):
    assert Ledger.from_jsonl(ledger.to_jsonl()) == ledger


@given(ledgers())
def test_the_same_ledger_gives_the_same_bytes(ledger):
    assert Ledger.from_jsonl(ledger.to_jsonl()).to_jsonl() == ledger.to_jsonl()


@given(ledgers(), ledgers(), ledgers())
def test_ledgers_join_in_any_grouping(a, b, c):
    assert (a + b) + c == a + (b + c)
    assert a + Ledger() == Ledger() + a == a
    assert (a + b).to_jsonl() == a.to_jsonl() + b.to_jsonl()


@given(ledgers(), ledgers(), keys)
def test_asking_a_joined_ledger_is_asking_its_parts(a, b, key):
    for value in {getattr(claim, key) for claim in a + b}:
        assert (a + b).where(**{key: value}) == a.where(**{key: value}) + b.where(**{key: value})


@given(ledgers(), keys)
def test_each_claim_is_in_the_group_of_its_value_and_in_no_other(ledger, key):
    groups = ledger.grouped_by(key)

    assert sum(len(group) for group in groups.values()) == len(ledger)
    for (value,), group in groups.items():
        assert group == ledger.where(**{key: value})


@given(sentences, sentences, st.integers(0, 9))
def test_an_id_does_not_depend_on_how_the_lines_are_broken(sentence, quote, occurrence):
    again = "\n ".join(sentence.split())

    assert claim_id("a.txt", sentence, quote, occurrence) == claim_id("a.txt", again, quote, occurrence)
