"""Claims added, withdrawn and amended by hand."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest

from steelyard.core.claim import CARRIED_MEASURE, CARRIED_PERIOD, Claim, Ledger
from steelyard.core.schema import TomlFile
from steelyard.corrections import correct, read_corrections

TEXT = (
    "Seoul plans 46.1 billion dollars.\nThat is 8.2% more. Some say 8.2% is too little, others not enough.\n"
)
BUDGET = Claim(
    id="aaa",
    kind="figure",
    document="sources/brief.txt",
    start=12,
    end=32,
    quote="46.1 billion dollars",
    sentence_start=0,
    sentence_end=33,
    measure="defence_spending",
    value=Decimal("46100000000"),
    low=Decimal("46050000000"),
    high=Decimal("46150000000"),
    unit="USD",
    status="enacted",
    reasons=("amount",),
)
GROWTH = BUDGET.changed(id="bbb", start=42, end=46, quote="8.2%", unit="%", value=None, low=None, high=None)
AGAIN = GROWTH.changed(id="ccc", start=62, end=66)
LEDGER = Ledger([BUDGET, GROWTH, AGAIN])


def read(text):
    return read_corrections(tomllib.loads(text), TomlFile("corrections.toml", text))


def corrected(text, ledger=LEDGER):
    corrections, problems = read(text)
    assert problems == []
    return correct(ledger, corrections, {"sources/brief.txt": TEXT})


def test_a_claim_is_withdrawn_by_its_id():
    ledger, problems = corrected('[[withdraw]]\nclaim = "aaa"\nreason = "Not of Korea."\n')

    assert problems == []
    assert [claim.id for claim in ledger] == ["bbb", "ccc"]


@pytest.mark.parametrize("document", ["sources/brief.txt", "brief.txt"])
def test_a_claim_is_amended_by_its_quotation_and_says_so(document):
    """Other keys stay as they were, and the reason stands among the claim's own."""
    ledger, problems = corrected(
        f'[[amend]]\ndocument = "{document}"\nquote = "46.1 billion dollars"\n'
        'sets = { status = "proposed", low = "46,000,000,000", hedge = "" }\nreason = "It is the draft."\n'
    )

    assert problems == []
    assert ledger[0] == BUDGET.changed(
        status="proposed", low=Decimal("46000000000"), reasons=("amount", "amended by hand: It is the draft.")
    )


@pytest.mark.parametrize(
    ("sets", "left"),
    [
        pytest.param('period = "2025"', (CARRIED_MEASURE, "amount"), id="its year"),
        pytest.param('measure = "gdp"', (CARRIED_PERIOD, "amount"), id="its measure"),
        pytest.param('actor = "JPN"', (CARRIED_PERIOD, CARRIED_MEASURE, "amount"), id="something else"),
    ],
)
def test_what_is_set_by_hand_is_carried_over_no_more(sets, left):
    """Checking takes a year or measure for open that the reader carried over from the sentences before."""
    carried = BUDGET.changed(reasons=(CARRIED_PERIOD, CARRIED_MEASURE, "amount"))

    ledger, _ = corrected(f'[[amend]]\nclaim = "aaa"\nsets = {{ {sets} }}\nreason = "r"\n', Ledger([carried]))

    assert ledger[0].reasons == (*left, "amended by hand: r")


def test_an_added_claim_stands_where_its_words_stand():
    ledger, problems = corrected(
        '[[add]]\ndocument = "sources/brief.txt"\nquote = "too little"\nkind = "statement"\n'
        'speaker = "some"\nsaid = 2026-01-24\nreason = "Overlooked."\n'
    )

    claim = ledger[-1]
    assert problems == []
    assert TEXT[claim.start : claim.end] == claim.quote == "too little"
    assert (claim.kind, claim.speaker, claim.said) == ("statement", "some", "2026-01-24")
    assert TEXT[claim.sentence_start : claim.sentence_end].startswith("That is 8.2% more.")
    assert claim.reasons == ("added by hand: Overlooked.",)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        pytest.param(
            '[[withdraw]]\nclaim = "zzz"\nreason = "r"', "no-such-claim", "No claims", id="unknown id"
        ),
        pytest.param(
            '[[withdraw]]\nquote = "8.2%"\nreason = "r"', "no-such-claim", "2 claims", id="quoted twice"
        ),
        pytest.param('[[withdraw]]\nreason = "r"', "no-such-claim", "No claims", id="nothing named"),
        pytest.param(
            '[[add]]\ndocument = "brief.txt"\nquote = "8.2%"\nreason = "r"',
            "no-such-quotation",
            "2 times",
            id="words that stand twice",
        ),
        pytest.param(
            '[[add]]\ndocument = "other.txt"\nquote = "8.2%"\nreason = "r"',
            "no-such-quotation",
            "no document",
            id="unknown document",
        ),
        pytest.param(
            '[[amend]]\nclaim = "aaa"\nsets = { low = "many" }\nreason = "r"',
            "wrong-value",
            "hold",
            id="no number",
        ),
        pytest.param(
            '[[amend]]\nclaim = "aaa"\nsets = { low = 50e9 }\nreason = "r"',
            "wrong-value",
            "above high",
            id="low above high",
        ),
        pytest.param(
            '[[amend]]\nclaim = "aaa"\nsets = { value = 47e9 }\nreason = "r"',
            "wrong-value",
            "value 47000000000 is outside of low 46050000000 and high 46150000000",
            id="a value beside the old bounds",
        ),
        pytest.param(
            '[[amend]]\nclaim = "aaa"\nsets = { period = "soon" }\nreason = "r"',
            "wrong-value",
            "period",
            id="no period",
        ),
    ],
)
def test_a_correction_that_cannot_be_made_changes_nothing(text, code, says):
    ledger, problems = corrected("# one that is fine\n\n" + text)

    assert ledger == LEDGER
    assert [problem.code for problem in problems] == [code]
    assert says in problems[0].message
    assert problems[0].origin.line == 3


def test_each_correction_is_placed_at_its_own_heading():
    text = '[[withdraw]]\nclaim = "aaa"\nreason = "r"\n\n[[withdraw]]\nclaim = "zzz"\nreason = "r"\n'

    ledger, problems = corrected(text)

    assert [problem.origin.line for problem in problems] == [5]
    assert len(ledger) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param('[[withdraw]]\nclaim = "aaa"', "missing-key", id="no reason"),
        pytest.param('[[remove]]\nclaim = "aaa"', "unknown-key", id="no such action"),
        pytest.param(
            '[[amend]]\nclaim = "a"\nreason = "r"\nsets = { measur = "gdp" }', "unknown-key", id="no such key"
        ),
        pytest.param(
            '[[amend]]\nclaim = "a"\nreason = "r"\nsets = { quote = "x" }', "unknown-key", id="a fixed key"
        ),
        pytest.param('withdraw = "aaa"', "wrong-type", id="no table"),
    ],
)
def test_a_file_with_a_fault_corrects_nothing(text, code):
    corrections, problems = read(text)

    assert corrections == ()
    assert code in [problem.code for problem in problems]
