"""Laws of reading: every claim stands just where it says, and no text whatever makes the reader fall over."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from steelyard.core.claim import Ledger
from steelyard.core.period import Period
from steelyard.core.problems import Problem
from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

VOCABULARY, _ = load_vocabulary()
TODAY = date(2026, 1, 24)

# Pieces of articles on defence budgets, put together in any order: most of what comes out is nonsense that an
# honest reader must survive, and some of it is a sentence.
PIECES = (
    *(
        "Seoul",
        "the United States",
        "Its defence ministry",
        "NATO",
        "President Lee Jae-myung",
        "U.S. Forces Korea",
    ),
    *(
        "set its defence budget at",
        "spent",
        "will reach",
        "said",
        "raised",
        "by",
        "to",
        "of",
        "from",
        "than",
        "or",
    ),
    *("$46.1 billion", "66.3 trillion won ($47.1bn)", "2.42% of GDP", "8.2%", "3.5 per cent", "about 28,500"),
    *(
        "450,000 troops",
        "between 60 and 70 trillion won",
        "four",
        "two-thirds",
        "$1.88",
        "NT$949.5bn",
        "1.2.3",
        "25-page",
    ),
    *(
        "1,905",
        "1,90",
        "0",
        "9" * 25,
        "1e9",
        "½",
        "٤٦ %",
        "-3.1 %",
        "−3.1 %",
        "$",
        "%",
        "66.3조 원",
        "₩1",
        "2.4–2.6%",
    ),
    *(
        "in 2026",
        "in \uff12\uff10\uff12\uff16",
        "last year",
        "by 2035",
        "in September",
        "on Friday (Jan 23)",
        "FY2026",
        "2025-02-30",
        "in 2026-13",
        "by the end of the decade",
        "in the third quarter",
        "over the past 20 years",
        "at 14:30",
        "01/02/2026",
        "the 1990s",
    ),
    *(
        "two dozen",
        "one in five",
        "half a million",
        "a hundred and one",
        "minus",
        "two and a half",
        "doubled",
        "by a third",
        "basis points",
        "won per dollar",
        "a barrel",
        "5 ft 2 in",
        "34-year-old",
        "1.3e6",
        "respectively",
        "1.3 to 2.4",
        "respondents",
    ),
    *(
        "국방부는",
        "65조 8,642억원",
        "6조5천억",
        "3분의 1",
        "스물다섯 명",
        "전년 대비",
        "8.2% 증가",
        "에서",
        "으로",
        "2026년도",
        "정부안",
        "밝혔다.",
        "兆",
        "100億円",
    ),
    *("primary responsibility for deterring North Korea", "should provide critical but more limited support"),
    *("“", "”", '"', "'", "(", ")", "[", ",", ";", ":", "—", ".", "?", "!", "...", "U.S.", "No.", "Sen. Kim"),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\u2028",
        "\u00a0",
        "\x00",
        "\x1b[2J",
        "\u200b",
        "\u202e",
        "e\u0301",
        "\ud83d\ude80",
    ),
    *(
        "more than",
        "nearly",
        "at least",
        "up to",
        "not",
        "unless",
        "the proposal",
        "enacted",
        "target",
        "KF-21",
    ),
)
articles = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
tight = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
texts = st.one_of(articles, articles, tight, st.text(max_size=80))


def read(text):
    return read_document(Document(name="draft.txt", text=text, date=TODAY), VOCABULARY)


@settings(max_examples=150)
@given(texts)
@example("")
@example("\ud800 46.1 billion \udfff")
@example("$" * 200 + "1" * 200)
@example("“" * 100 + " 2.42% of GDP " + "”" * 99)
@example("9" * 5000 + " billion dollars")
@example("삼과 오분의 ")
@example("섭씨 세요. “10도를 화씨로변환하세요. 세요. “10도 “ 변환하세요. “")
def test_every_claim_stands_where_it_says(text):
    ledger, problems = read(text)

    assert all(isinstance(problem, Problem) for problem in problems)
    for claim in ledger:
        assert text[claim.start : claim.end] == claim.quote != ""
        assert 0 <= claim.sentence_start <= claim.start
        assert claim.end <= claim.sentence_end <= len(text)


@settings(max_examples=60)
@given(articles)
def test_what_is_read_is_a_claim_by_the_contract(text):
    """Bounds in order around the value, a period that is one, an id of its own, and JSON that comes back."""
    ledger, _ = read(text)

    for claim in ledger:
        assert claim.value is None or claim.value in claim.interval
        assert claim.period is None or Period.parse(claim.period)
        assert claim.baseline is None or Period.parse(claim.baseline)
        assert 0 <= claim.confidence <= 1
        assert claim.conversion_of is None or ledger.by_id(claim.conversion_of)
    assert len({claim.id for claim in ledger}) == len(ledger)
    assert Ledger.from_jsonl(ledger.to_jsonl()) == ledger


@pytest.mark.parametrize("digits", [20, 24])
def test_a_long_number_keeps_its_digits(digits):
    """Its value must lie in its own interval, however many digits arithmetic has to carry."""
    (claim,) = read(f"The total was {'9' * digits} dollars.")[0]

    assert claim.value == int("9" * digits)
    assert claim.value in claim.interval


def test_a_run_of_more_digits_than_any_amount_has_is_no_figure():
    assert not list(read(f"The key was {'9' * 40} dollars.")[0])


@settings(max_examples=40)
@given(articles)
def test_reading_twice_gives_the_same(text):
    assert read(text) == read(text)


@settings(max_examples=60)
@given(articles)
def test_a_paragraph_put_before_the_text_leaves_every_id_as_it_was(text):
    """Reviews hang on ids, so an edit elsewhere must orphan none."""
    before = [claim.id for claim in read(text)[0]]

    after = [claim.id for claim in read(f"The weather was fine.\n\n{text}")[0]]

    assert after == before


@pytest.mark.parametrize(
    "opening", ["The weather was fine in Gyeongju.\n\n", "\ufeff", "\r\n\r\n", "국방부.\n\n"]
)
def test_offsets_count_characters_whatever_stands_before(opening):
    text = f"{opening}South Korea set its defence budget at $46.1 billion, or 2.42% of GDP."

    ledger, _ = read(text)

    assert [claim.quote for claim in ledger if claim.kind == "figure"] == ["$46.1 billion", "2.42% of GDP"]
    assert [text[claim.start : claim.end] for claim in ledger] == [claim.quote for claim in ledger]
