"""Whole documents: order, identity, problems, and text that means no good."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.read.documents.opening import documents_in
from tests.read.reading import TODAY, VOCABULARY, figures, read

NOTE = (
    "Date: 26 January 2026\n\n"
    "Poland's defence budget is 200 billion zloty. It grew by 9.7 per cent this year.\n\n"
    "Warsaw has 216,000 troops."
)


def problems(text, day=None):
    return [problem.code for problem in read_document(Document("brief.txt", text, day), VOCABULARY)[1]]


def test_a_note_is_read_from_top_to_bottom():
    assert [(c.quote, c.actor, c.period) for c in figures(NOTE)] == [
        ("200 billion zloty", "POL", None),
        ("9.7 per cent", "POL", "2026"),
        ("216,000 troops", "POL", "2026"),
    ]


def test_the_date_in_the_text_comes_before_the_one_that_was_given():
    text = "Date: 26 January 2024\n\nPoland has 216,000 troops."

    assert figures(text)[0].period == "2024"


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        pytest.param("Poland has 216,000 troops.", TODAY, [], id="nothing odd"),
        pytest.param("Poland has 216,000 troops.", None, ["no-date"], id="no date"),
        pytest.param("Poland has troops.", TODAY, ["no-figures"], id="no figures"),
        pytest.param("Poland has troops.", None, ["no-figures"], id="no figures, which no date would bring"),
        pytest.param(NOTE, None, [], id="a date of its own"),
        pytest.param("", None, [], id="empty, as said when it was opened"),
        pytest.param(" \n", None, [], id="blank, as said when it was opened"),
    ],
)
def test_what_is_odd_of_a_document_is_said(text, day, expected):
    assert problems(text, day) == expected


BUDGET = "Defence budget (billion won),2025,2026\nTotal,61200,65900\n"
BUDGET_IN_MARKDOWN = """# Budget

| Defence budget (billion won) | 2025 | 2026 |
|---|---|---|
| Total | 61200 | 65900 |

"""


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        pytest.param("a.csv", BUDGET, [], id="headings that name years"),
        pytest.param("a.csv", BUDGET.replace(",2025,2026", ",a,b"), ["table-incomplete"], id="none that do"),
        pytest.param("a.md", BUDGET_IN_MARKDOWN + "The ministry met.\n", [], id="prose without a claim"),
        pytest.param(
            "a.md", BUDGET_IN_MARKDOWN + "Poland has 216,000 troops.\n", ["no-date"], id="prose too"
        ),
    ],
)
def test_a_table_needs_no_date_of_its_document(name, text, expected):
    """Its headings name the years; no date would tell more."""
    (document,), _ = documents_in(text.encode(), name)

    ledger, found = read_document(document, VOCABULARY)

    assert len(ledger) >= 2
    assert [problem.code for problem in found] == expected


def test_problems_are_warnings_with_a_remedy():
    _, found = read_document(Document("brief.txt", "Poland has troops."), VOCABULARY)

    assert {problem.severity for problem in found} == {"warning"}
    assert all(problem.hint and problem.origin.file == "brief.txt" for problem in found)


def test_ids_do_not_depend_on_the_folder_or_on_other_sentences():
    before = read("Poland has 216,000 troops. Japan spends 8.7 trillion yen on defence.")
    document = Document("a/brief.txt", "It snowed. Poland has 216,000 troops. Japan rests.", TODAY)
    after = read_document(document, VOCABULARY)[0]

    assert before[0].id == after[0].id
    assert (before[0].start, after[0].start) == (11, 22)


def test_equal_sentences_have_ids_of_their_own():
    claims = read("Poland has 216,000 troops. " * 3)

    assert len({claim.id for claim in claims}) == len(claims) == 3


def test_reading_twice_gives_the_same():
    assert read(NOTE) == read(NOTE)
    assert read(NOTE).to_jsonl() == read(NOTE).to_jsonl()


def test_documents_do_not_know_of_each_other():
    read("Japan's defence budget is 8.7 trillion yen.")

    assert figures("Its defence budget is 66.3 billion euros.")[0].actor is None


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\u2028", "\x0b"])
def test_any_line_end_leaves_the_offsets_right(mark):
    text = f"Poland has 216,000 troops.{mark}Japan has 247,000 troops.{mark}"

    assert [text[c.start : c.end] for c in figures(text)] == ["216,000 troops", "247,000 troops"]


def test_cues_within_names_are_none():
    """The verb "states" does not speak in "United States"."""
    assert figures("The United States has 1,300,000 troops.")[0].speaker is None


HOSTILE = {
    "one word": "a" * 20_000,
    "one number": "1" * 20_000,
    "commas": "1,234" * 4_000,
    "open brackets": "(" * 10_000 + ")" * 10_000,
    "quotation marks": '"' * 20_000,
    "curly quotation marks": "“" * 5_000 + "”" * 5_000,
    "quotations": "“we will spend 3 %” said Seoul. " * 500,
    "control characters": "\x1b[2J\x07 5 % \x00" * 1_000,
    "right to left": "\u202e5 % \u05d0\u05d1 " * 1_000,
    "a table": "12,345\t67.8\t$9.1 billion\t2026\t3.5 %\n" * 300,
    "a table in one line": "12,345 67.8 $9.1 billion 2026 3.5 % " * 300,
    "one long sentence": "South Korea raised the defence budget to $5 billion in 2026, and " * 200,
    "speakers": "Seoul said it said he said they said " * 300,
    "gaps": "raise purchase reduce " * 500,
    "exponents": "1e400 5e-9 1e99999 " * 300,
    "long numerals": ("9" * 400 + " % of GDP ") * 30,
    "half a character": "\ud800 5 % \udfff" * 100,
    "combining marks": "5\u0301 % a\u0301" * 500,
    "signs": "$€£¥₩%-–—" * 2_000,
    "other digits": "٣٫٥ ％ ５０億 " * 500,
    "dates": "31 February 2026, 99 May 2026, 2026-99-99, 0 January " * 200,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_without_harm(text):
    for day in (None, TODAY, date.min, date.max):
        ledger, _ = read_document(Document("odd.txt", text[:4000], day), VOCABULARY)
        assert all(text[c.start : c.end] == c.quote for c in ledger)
    ledger, _ = read_document(Document("odd.txt", text, TODAY), VOCABULARY)

    assert all(text[c.start : c.end] == c.quote and c.sentence_start <= c.start for c in ledger)
    ledger.to_jsonl()


def test_no_sentence_of_a_claim_is_without_end():
    claims = read(HOSTILE["a table in one line"])

    assert max(claim.sentence_end - claim.sentence_start for claim in claims) < 2_000
