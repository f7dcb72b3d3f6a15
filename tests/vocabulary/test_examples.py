"""Every data entry brings its own test: each example of each entry is run here."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.check.stated import stated_tests
from steelyard.core.claim import CLAIM_KEYS
from steelyard.core.identity import example_holds, parse_identity
from steelyard.core.quantity import Quantity
from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.read.lexicon import lexicon_for
from steelyard.read.mentions import words_of

VOCABULARY, PROBLEMS = load_vocabulary()
# What the periods of the examples are relative to; the date of the brief in cases/korea-2026.
TODAY = date(2026, 1, 24)
ABOUT_THE_TEXT = {"text", "language", "quote", "value"}


def examples(*given):
    """Each example in which all of the keys `given` stand, with the entry that it belongs to."""
    return [
        pytest.param(entry, example, id=f"{kind}/{entry.id}/{number}")
        for kind, entries in VOCABULARY.kinds.items()
        for entry in entries.values()
        for number, example in enumerate(entry.tables("examples"), 1)
        if set(given) <= set(example)
    ]


def claim_at(example):
    """The claim that quotes just what the example quotes, and all claims of its text."""
    ledger, problems = read_document(Document(name="example", text=example["text"], date=TODAY), VOCABULARY)
    assert problems == []
    return next((claim for claim in ledger if claim.quote == example["quote"]), None), ledger


@pytest.mark.parametrize(("entry", "example"), examples("text", "quote"))
def test_an_example_sentence_is_read_as_its_entry_says(entry, example):
    assert example["quote"] in example["text"]

    claim, ledger = claim_at(example)

    assert claim, f"read instead: {[other.quote for other in ledger]}"
    expected = {key: value for key, value in example.items() if key not in ABOUT_THE_TEXT}
    assert set(expected) <= set(CLAIM_KEYS)
    assert {key: getattr(claim, key) for key in expected} == expected


@pytest.mark.parametrize(("entry", "example"), examples("text", "quote", "value"))
def test_the_number_of_an_example_is_read_as_printed(entry, example):
    printed = Quantity.as_written(example["value"], VOCABULARY.units)

    claim, _ = claim_at(example)

    assert claim
    assert (claim.value, claim.unit) == (printed.value, printed.unit or claim.unit)
    assert printed.value in claim.interval


@pytest.mark.parametrize(("entry", "example"), examples("text", "phrase"))
def test_a_phrase_of_an_example_is_found_and_means_its_entry(entry, example):
    index = lexicon_for(VOCABULARY, example["language"]).index

    found = [
        (mention.kind, mention.id, example["text"][mention.start : mention.end])
        for mention in index.find(example["text"], words_of(example["text"]))
    ]

    assert (entry.kind.removesuffix("s"), entry.id, example["phrase"]) in found


@pytest.mark.parametrize("entry", VOCABULARY.entries("identities").values(), ids=lambda entry: entry.id)
def test_the_examples_of_an_identity_hold_and_fail_as_it_says(entry):
    identity, problems = parse_identity(entry, VOCABULARY)
    assert identity, problems

    told = [example["holds"] for example in entry.tables("examples")]
    found = [example_holds(identity, example, VOCABULARY.units) for example in entry.tables("examples")]

    assert found == told
    assert {True, False} <= set(told), "give one example that holds and one that fails"


def test_no_example_is_left_out():
    """An example of another form would never be run, and so never be wrong."""
    forms = [("text", "quote"), ("text", "phrase")]
    run = {id(parameter.values[1]) for form in forms for parameter in examples(*form)}
    with_rules_of_their_own = (
        *("identities", "rules", "reckonings", "agreements", "crosswalks", "indicators"),
    )

    forgotten = [
        parameter.id
        for parameter in examples()
        if id(parameter.values[1]) not in run and parameter.values[0].kind not in with_rules_of_their_own
    ]

    assert forgotten == []


def test_every_language_of_an_example_can_be_read():
    languages = {parameter.values[1]["language"] for parameter in examples("language")}

    assert languages <= set(VOCABULARY.entries("languages"))


@pytest.mark.parametrize(
    ("entry", "example"),
    [
        pytest.param(entry, example, id=f"{entry.id}/{number}")
        for entry in VOCABULARY.entries("reckonings").values()
        for number, example in enumerate(entry.tables("examples"), 1)
    ],
)
def test_the_sums_of_an_example_are_found_and_hold_or_fail_as_it_says(entry, example):
    ledger, _ = read_document(Document(name="example", text=example["text"], date=TODAY), VOCABULARY)

    trials = [one.trial for one in stated_tests(ledger, VOCABULARY) if one.identity == entry.id]

    assert trials
    assert [trial.holds for trial in trials] == [example["holds"]] * len(trials)
