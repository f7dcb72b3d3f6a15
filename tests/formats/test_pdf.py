"""PDFs: reading order, paragraphs, split words, heads and page numbers, and files that hold no text."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.core.problems import FormatError
from steelyard.read.formats.pdf import extract
from tests.formats.pages import Line, lines, pdf
from tests.patience import soon

LEFT = (
    "The ministry of defence laid its plan for",
    "the coming year before parliament. It asks",
    "for 65.9 trillion won, which is 7.5 percent",
    "more than in the year before. Most of the",
    "growth goes into air defence and ships.",
)
RIGHT = (
    "The opposition calls the plan too large. It",
    "says that 2 trillion won could be saved on",
    "aircraft alone. A vote is expected in early",
    "December, as the law demands. Until then a",
    "committee will look at each of the items.",
)


def paragraphs(extracted):
    return extracted.text.strip().split("\n\n")


def test_lines_become_paragraphs_and_an_indent_begins_one():
    page = lines(60, 100, *LEFT) + lines(75, 160, RIGHT[0]) + lines(60, 172, *RIGHT[1:])

    assert paragraphs(extract(pdf(page))) == [" ".join(LEFT), " ".join(RIGHT)]


def test_a_wider_gap_begins_a_paragraph():
    page = lines(60, 100, *LEFT) + lines(60, 178, *RIGHT)

    assert paragraphs(extract(pdf(page))) == [" ".join(LEFT), " ".join(RIGHT)]


@pytest.mark.parametrize("by_row", [False, True], ids=["column by column", "row by row"])
def test_two_columns_are_read_one_after_the_other_however_the_file_orders_them(by_row):
    left, right = lines(60, 140, *LEFT), lines(320, 140, *RIGHT)
    body = [line for pair in zip(left, right, strict=True) for line in pair] if by_row else [*right, *left]
    page = [Line(60, 100, "The plan for the coming year, in short and in full", 18), *body]

    found = paragraphs(extract(pdf(page)))

    assert found == ["The plan for the coming year, in short and in full", " ".join(LEFT), " ".join(RIGHT)]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_is_read_as_it_is_shown(turned):
    page = lines(60, 140, *LEFT) + lines(320, 140, *RIGHT)

    assert paragraphs(extract(pdf(page, turned=turned))) == [" ".join(LEFT), " ".join(RIGHT)]


def test_a_heading_across_both_columns_parts_the_page():
    page = (
        lines(60, 100, *LEFT)
        + lines(320, 100, *RIGHT)
        + [Line(60, 190, "A heading that spans the whole of the page from side to side", 16)]
        + lines(60, 220, *LEFT)
        + lines(320, 220, *RIGHT)
    )

    found = paragraphs(extract(pdf(page)))

    assert [part[:9] for part in found] == ["The minis", "The oppos", "A heading", "The minis", "The oppos"]


def test_a_sentence_goes_on_in_the_next_column():
    page = lines(60, 100, *LEFT[:4]) + lines(320, 100, LEFT[4], *RIGHT)

    assert " ".join(LEFT) in extract(pdf(page)).text


def test_a_sentence_goes_on_in_the_next_column_with_its_number():
    begun = "The ministry of defence asks for no more than"

    text = extract(pdf(lines(60, 100, *LEFT[:3], begun) + lines(320, 100, "7.5 percent more.", *RIGHT))).text

    assert f"{begun} 7.5 percent more." in text


def test_a_sentence_goes_on_on_the_next_page_and_pages_keep_their_places():
    extracted = extract(pdf(lines(60, 100, *LEFT[:4]), lines(60, 100, LEFT[4], *RIGHT)))

    assert " ".join(LEFT) in extracted.text
    first, second = extracted.pages
    assert first == 0
    assert extracted.text[second:].strip().startswith("growth goes into")


def test_rows_of_a_table_stay_together():
    table = [
        line
        for row, (item, *values) in enumerate(
            [
                ("Item", "2025", "2026"),
                ("Forces", "43.1", "46.2"),
                ("Arms", "18.1", "19.7"),
                ("All", "61.2", "65.9"),
            ]
        )
        for line in (Line(60 + 150 * n, 200 + 14 * row, text) for n, text in enumerate((item, *values)))
    ]

    text = extract(pdf(lines(60, 100, *LEFT) + table)).text

    assert "Item\t2025\t2026\nForces\t43.1\t46.2\nArms\t18.1\t19.7\nAll\t61.2\t65.9" in text


def test_a_table_across_two_columns_keeps_its_rows():
    table = [
        Line(60 + 130 * n, 200 + 14 * row, text)
        for row, texts in enumerate(
            [
                ("Item", "2024", "2025", "2026"),
                ("The force plan", "17.1", "18.1", "19.7"),
                ("All", "58.3", "61.2", "65.9"),
            ]
        )
        for n, text in enumerate(texts)
    ]
    page = lines(60, 100, *LEFT) + lines(320, 100, *RIGHT) + table

    text = extract(pdf(page)).text

    assert " ".join(LEFT) in text
    assert "Item\t2024\t2025\t2026\nThe force plan\t17.1\t18.1\t19.7\nAll\t58.3\t61.2\t65.9" in text


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(
            "It pays for the mainten-", "ance of 28,500 troops.", "the maintenance of", id="a split word"
        ),
        pytest.param("It buys more of the FA-", "50 jets for the forces.", "the FA-50 jets", id="a model"),
        pytest.param(
            "It is a plan of the US-", "led command in the south.", "the US-led command", id="a capital"
        ),
        pytest.param(
            "The long-term plan is a long-",
            "term one for the forces.",
            "a long-term one",
            id="a hyphen of its own",
        ),
        pytest.param("It grew - as in May -", "by 3 percent for once.", "May - by 3", id="a dash"),
    ],
)
def test_words_split_at_the_end_of_a_line_become_whole(first, second, expected):
    assert expected in extract(pdf(lines(60, 100, first, second))).text


def test_running_heads_and_page_numbers_are_left_out():
    pages = [
        [
            Line(60, 30, f"Defence White Paper 2026 / chapter {n}"),
            *lines(60, 100, *LEFT, f"This is page text number {n}."),
            Line(300, 780, str(n)),
        ]
        for n in range(1, 6)
    ]

    text = extract(pdf(*pages)).text

    assert "White Paper" not in text
    assert text.count("65.9 trillion") == 5
    assert not any(line.strip().isdigit() for line in text.splitlines())


def test_the_text_is_the_same_each_time():
    data = pdf(lines(60, 100, *LEFT), lines(60, 100, *RIGHT))

    assert extract(data) == extract(data)


def test_the_day_of_the_file_counts_as_that_on_which_it_was_made():
    extracted = extract(
        pdf(lines(60, 100, *LEFT), info="/CreationDate (D:20260124090000Z) /Title (The plan)")
    )

    assert (extracted.date, extracted.made, extracted.title) == (None, date(2026, 1, 24), "The plan")


def test_pages_without_text_are_said():
    extracted = extract(pdf(lines(60, 100, *LEFT), [], lines(60, 100, *RIGHT)))

    assert [problem.code for problem in extracted.problems] == ["page-without-text"]
    assert "page 2" in extracted.problems[0].message


def test_a_scan_is_refused_with_the_remedy():
    with pytest.raises(FormatError, match="text recognition"):
        extract(pdf([], []))


def test_a_locked_file_is_refused_with_the_remedy():
    locked = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /Length 40 /O <"
        + "61" * 32
        + "> /U <"
        + "62" * 32
        + "> >> "
        "/ID [<6162> <6162>]"
    )

    with pytest.raises(FormatError, match="password"):
        extract(pdf(lines(60, 100, *LEFT), encrypt=locked))


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9, 0.99])
def test_a_torn_file_gives_what_it_holds_or_is_refused(share):
    data = pdf(*[lines(60, 100, *LEFT)] * 20)

    try:
        extracted = extract(data[: int(len(data) * share)])
    except FormatError as error:
        assert "\n" not in str(error)
    else:
        assert "65.9" in extracted.text


def test_a_page_full_of_numbers_takes_no_long_time():
    page = [Line(20 + 40 * column, 20 + 5 * row, "46.1", 4) for row in range(150) for column in range(14)]
    with soon():
        extract(pdf(*[page] * 5))
