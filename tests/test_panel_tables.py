"""Tables of the panel at several widths: whatever the terminal, each word and each number stays whole."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from steelyard.cli import run
from steelyard.core.vocabulary import load_vocabulary
from steelyard.panel.measured import measure_panel
from steelyard.panel_tables import measured_parts, split_tables
from steelyard.paneled import panel_of

VOCABULARY, _ = load_vocabulary()


def shown(parts, width):
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False)
    for part in parts:
        console.print(part)
    return console.file.getvalue()


@pytest.fixture(scope="module")
def nato():
    panel, vocabulary, _ = panel_of((), None)
    return measure_panel(panel, "NATO", [2024], vocabulary), vocabulary


@pytest.mark.parametrize("width", [80, 110, 160])
def test_no_number_and_no_word_is_cut(nato, width):
    """Each word of a width without limit stands whole at every other."""
    measured, vocabulary = nato
    words = set(shown(measured_parts(measured, vocabulary, 1000), 1000).split())

    text = shown(measured_parts(measured, vocabulary, width), width)

    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
    assert set(text.split()) <= words
    numbers = re.findall(r"-?\d[\d.,]*", shown(measured_parts(measured, vocabulary, 1000), 1000))
    assert set(numbers) <= set(re.findall(r"-?\d[\d.,]*", text))


def test_a_wide_table_is_told_in_several_with_the_first_column_in_each():
    rows = [("Poland", "1111111", "2222222", "3333333"), ("Germany", "4", "5", "6")]

    text = shown(split_tables(("Member", "one", "two", "three"), rows, 24), 24)

    lines = [line.split() for line in text.splitlines() if line.strip()]
    assert lines == [
        ["Member", "one"],
        ["Poland", "1111111"],
        ["Germany", "4"],
        ["Member", "two"],
        ["Poland", "2222222"],
        ["Germany", "5"],
        ["Member", "three"],
        ["Poland", "3333333"],
        ["Germany", "6"],
    ]


def test_two_columns_stand_together_where_there_is_room():
    rows = [("Poland", "1111111", "2222222", "3333333")]

    text = shown(split_tables(("Member", "one", "two", "three"), rows, 27), 27)

    assert [line.split() for line in text.splitlines() if line.strip()] == [
        ["Member", "one", "two"],
        ["Poland", "1111111", "2222222"],
        ["Member", "three"],
        ["Poland", "3333333"],
    ]


def test_the_lorenz_curve_is_shown_where_it_is_asked_for(capsys):
    run(["panel", "NATO", "--year", "2024", "--measure", "lorenz", "--quiet"])
    asked = capsys.readouterr().out
    run(["panel", "NATO", "--year", "2024", "--quiet"])
    not_asked = capsys.readouterr().out

    # Poland bears the highest burden, so the curve ends with it.
    assert re.search(r"Poland +100 +100\n", asked)
    assert "--measure lorenz" in not_asked


def test_ranks_of_an_index_stand_with_their_parts(nato):
    measured, vocabulary = nato
    text = shown(measured_parts(measured, vocabulary, 160), 160)

    # The United States has the most of both, whatever the weights.
    assert re.search(r"United States .* 1 \(100%\)", text)


def test_rows_of_one_key_are_numbered_where_a_table_is_split():
    rows = [("KOR", "national", "61.25 tn"), ("KOR", "sipri", "67.92 tn")]

    text = shown(split_tables(("actor", "definition", "value"), rows, 24), 24)

    assert [line.split() for line in text.splitlines() if line.strip()] == [
        ["no.", "actor", "definition"],
        ["1", "KOR", "national"],
        ["2", "KOR", "sipri"],
        ["no.", "actor", "value"],
        ["1", "KOR", "61.25", "tn"],
        ["2", "KOR", "67.92", "tn"],
    ]
