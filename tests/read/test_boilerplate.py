"""Lines that are no part of an article are left out of its claims, and all offsets stay."""

from __future__ import annotations

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.boilerplate import readable
from steelyard.read.documents.document import Document
from tests.patience import soon

VOCABULARY = load_vocabulary()[0]
BUDGET = "South Korea set its 2026 defense budget at $46.1 billion."


def shown(text, **facts):
    document = Document("brief.txt", text, **facts)
    return readable(document, VOCABULARY).text


@pytest.mark.parametrize(
    "line",
    [
        "Input",
        "Comment",
        "  ADVERTISEMENT  ",
        "Read more:",
        "Read More >",
        "[Share]",
        "- Share this article",
        "Facebook | Twitter | Email",
        "We use cookies to give 100 percent of our readers the best experience.",
        "Subscribe to our newsletter for $1 a month!",
        "© 2026 The Paper. All rights reserved.",
        "By Jane Q. Doe",
        "By JANE DOE and Kim Min-su in Seoul",
        "5 min read",
        "2.1 Budgets . . . . . . . . . . 12",
        "관련기사",
        "홍길동 기자",
        "저작권자 ⓒ 신문사, 무단전재 및 재배포 금지 (문의 02-100-2000)",
    ],
)
def test_a_line_that_is_no_part_of_the_text_is_read_as_blanks(line):
    text = f"{BUDGET}\n{line}\n{BUDGET}\n"

    assert shown(text) == f"{BUDGET}\n{' ' * len(line)}\n{BUDGET}\n"


@pytest.mark.parametrize(
    "line",
    [
        BUDGET,
        "Share of GDP: 2.42 percent",
        "Comments by the minister drew 300 replies.",
        "By 2030 Seoul wants to spend 3.5 percent.",
        "By Friday, 200 troops had left.",
        "More than 28,500 troops stay.",
        "Print runs fell by 5 percent.",
        "Related costs come to $2 billion.",
        "Read more than 3 pages.",
        "Home ministry: 12 billion won",
        "He spent 3... then 4 billion.",
        "공유 예산은 3억 원이다.",
        "",
    ],
)
def test_a_line_that_says_something_stays(line):
    assert shown(f"{line}\n{BUDGET}") == f"{line}\n{BUDGET}"


def test_what_a_format_left_out_is_blank_too_wherever_it_stands():
    text = "[$46.1 billion](http://x.org/99-percent)\nIt is 5 percent."

    assert shown(text, left_out=((0, 1), (14, 40))) == " $46.1 billion" + " " * 26 + "\nIt is 5 percent."


def test_spans_that_overlap_do_no_harm():
    assert shown("abcdefgh", left_out=((1, 5), (2, 3), (4, 7))) == "a      h"


def test_claims_quote_the_document_and_none_comes_of_a_notice():
    text = f"Subscribe to our newsletter for $1 a month!\nComment\n{BUDGET}\n"

    ledger, _ = read_document(Document("brief.txt", text), VOCABULARY)

    assert [claim.quote for claim in ledger] == ["$46.1 billion"]
    assert all(text[claim.start : claim.end] == claim.quote for claim in ledger)


def test_a_claim_of_a_printed_page_names_it():
    text = f"{BUDGET}\n\n{BUDGET}\n\n{BUDGET}\n"
    starts = (0, len(BUDGET) + 2, 2 * len(BUDGET) + 4)

    ledger, _ = read_document(Document("brief.pdf", text, pages=starts), VOCABULARY)

    assert [claim.locator for claim in ledger] == ["page 1", "page 2", "page 3"]


def test_a_claim_of_a_plain_text_names_no_page():
    ledger, _ = read_document(Document("brief.txt", BUDGET), VOCABULARY)

    assert [claim.locator for claim in ledger] == [None]


def test_looking_for_it_in_a_long_text_comes_to_an_end():
    document = Document("brief.txt", f"{BUDGET} The plan was laid before parliament.\n" * 20_000)
    readable(document, VOCABULARY)
    with soon():
        readable(document, VOCABULARY)
