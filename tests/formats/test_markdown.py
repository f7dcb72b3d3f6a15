"""Markdown: offsets are those of the file; marks, targets of links and the head are left out."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.read.formats.markdown import extract
from tests.patience import soon

VOCABULARY = load_vocabulary()[0]


def seen(text):
    """The text without what is left out."""
    extracted = extract(text.encode())
    assert extracted.text == text
    kept = list(text)
    for start, end in extracted.left_out:
        kept[start:end] = [""] * (end - start)
    return "".join(kept)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# A heading", " A heading", id="a heading"),
        pytest.param("It is **46.1 billion** _won_.", "It is 46.1 billion won.", id="emphasis"),
        pytest.param('See [the plan](http://x.org/9_(b) "99") now', "See [the plan] now", id="a link"),
        pytest.param("See [the plan][9] now", "See [the plan] now", id="a link by name"),
        pytest.param("[9]: http://x.org/99 'A'", "", id="the target of a name"),
        pytest.param("![99 jets](jets.png) fly", " fly", id="a picture"),
        pytest.param("At <https://x.org/99> or https://x.org/99.", "At  or ", id="bare links"),
        pytest.param("a <!-- 99 remarks\nof ours --> b", "a  b", id="a remark"),
        pytest.param("> It said 5 percent", " It said 5 percent", id="a quotation"),
        pytest.param("a <b>5</b> b", "a 5 b", id="tags"),
        pytest.param("5 * 3 and snake_case_9", "5 * 3 and snake_case_9", id="no marks"),
        pytest.param("from 3 < 5 > 2", "from 3 < 5 > 2", id="no tags"),
    ],
)
def test_what_is_no_word_is_left_out(text, expected):
    assert seen(text) == expected


@pytest.mark.parametrize(
    "head",
    [
        '---\ntitle: The plan\ndate: 2026-01-24\npublisher: "A ministry"\nlang: en\n---\n',
        "+++\ntitle = \"The plan\"\ndate = 2026-01-24\npublisher = 'A ministry'\nlang = 'en'\n+++\n",
        "---\r\ntitle: The plan\r\ndate: 2026-01-24T08:00:00\r\npublisher: A ministry\r\nlang: en\r\n---\r\n",
    ],
    ids=["YAML", "TOML", "line ends of Windows"],
)
def test_the_head_tells_date_title_and_publisher_and_is_no_text(head):
    extracted = extract((head + "It is 5 percent.\n").encode())

    assert (extracted.date, extracted.title, extracted.publisher, extracted.language) == (
        date(2026, 1, 24),
        "The plan",
        "A ministry",
        "en",
    )
    assert extracted.left_out == ((0, len(head)),)


def test_a_ruler_in_the_text_is_no_head():
    assert seen("A\n\n---\n\nB 5\n\n---\n") == "A\n\n\n\nB 5\n\n\n"


def test_a_table_of_bars_has_cells():
    text = (
        "Budget (trillion won)\n\n| Item | 2025 | 2026 |\n|---|---:|:--:|\n| All | 61.2 | 65.9 |\n\nEnd | 5\n"
    )

    (table,) = extract(text.encode()).tables

    assert [[text[cell.start : cell.end] for cell in row] for row in table.rows] == [
        ["Item", "2025", "2026"],
        ["All", "61.2", "65.9"],
    ]


def test_claims_quote_the_file():
    text = "# Plan\n\nSouth Korea set its 2026 defense budget at **$46.1 billion** ([source](http://x.org/99)).\n"
    extracted = extract(text.encode())
    document = Document("plan.md", text, left_out=extracted.left_out)

    (claim,), _ = read_document(document, VOCABULARY)

    assert text[claim.start : claim.end] == claim.quote == "$46.1 billion"


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 100_000,
        "![" * 200_000,
        "](" * 200_000,
        "[a" * 200_000,
        "|-" * 200_000 + "\n" + "|--" * 100_000 + "x",
        "*" * 300_000,
        "_a" * 200_000,
        "---\n" * 100_000,
        "<a" * 200_000,
        "`" * 300_000,
        "- " * 200_000,
    ],
)
def test_hostile_marks_take_no_long_time(text):
    with soon():
        extract(text.encode())
