"""Tables in terminals of any width: no word of an id is ever broken, and none is lost."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table
from rich.text import Text

from steelyard.stacked import fitting

ROWS = (
    ("8.2%", "defence_spending growth", "sources/budget-brief.txt:3"),
    ("$25 billion", "arms_purchases", "sources/a-longer-name-of-a-file.txt:12"),
)


def table(rows=ROWS, headings=("quote", "of", "place")):
    made = Table(box=None, padding=(0, 2, 0, 0))
    for heading in headings:
        made.add_column(heading, overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    return made


def printed(part, width):
    buffer = io.StringIO()
    console = Console(file=buffer, width=width, highlight=False, markup=False, emoji=False)
    for each in fitting(part, console):
        console.print(each)
    return [line.rstrip() for line in buffer.getvalue().splitlines()]


def test_a_table_that_fits_stays_a_table():
    lines = printed(table(), 120)

    assert lines[0].split() == ["quote", "of", "place"]
    assert len(lines) == 3


def test_a_table_that_would_break_words_is_told_row_by_row():
    assert printed(table(), 50)[:4] == [
        "8.2%",
        "  of     defence_spending growth",
        "  place  sources/budget-brief.txt:3",
        "",
    ]


def test_an_empty_cell_takes_no_line_and_an_empty_row_none_at_all():
    lines = printed(table([("8.2%", "", ROWS[1][2]), ("", "", "")]), 40)

    assert lines == ["8.2%", "  place:", "    sources/a-longer-name-of-a-file.txt:", "    12", ""]


def test_long_headings_stand_before_or_above_their_cells():
    lines = printed(table([("Poland", "4.12", "x" * 70)], ("Member", "burden as published", "of")), 75)

    assert lines == ["Poland", "  burden as published: 4.12", "  of:", f"    {'x' * 70}", ""]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_ids_stay_whole_at_usual_widths(width):
    text = "\n".join(printed(table(), width))

    for row in ROWS:
        for word in " ".join(row).split():
            assert word in text


WORDS = st.text(st.sampled_from("ab_-.한"), min_size=1, max_size=30)


@given(
    st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4),
    st.integers(20, 130),
)
def test_nothing_is_lost_and_no_line_is_too_long(rows, width):
    """Law: whatever the width, all letters of all cells are there, and no line runs over."""
    console = Console(width=width)
    lines = printed(table(rows), width)

    assert all(console.measure(Text(line)).maximum <= width for line in lines)
    if lines[0].split() != ["quote", "of", "place"]:
        together = "".join("".join(lines).split())
        for row in rows:
            assert all(word in together for word in row)


def test_where_each_word_has_room_no_column_breaks_one_to_give_another_more():
    """The words need 7 + 16 + 9 and three gaps of 2; of the 6 columns left two that want more get 3 each."""
    rows = [("$46.1 billion or so", "defence_spending growth", "budget:12")]

    lines = printed(table(rows), 44)

    assert lines == [
        f"{'quote':12}{'of':21}place",
        f"{'$46.1':12}{'defence_spending':21}budget:12",
        f"{'billion or':12}growth",
        "so",
    ]
