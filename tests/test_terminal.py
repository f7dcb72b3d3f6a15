"""What is printed: harmless, and with carets where they belong."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.core.problems import Place, Problem
from steelyard.terminal import printable, printable_json, problem_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("up 8.2%\x1b[2Jgone", "up 8.2%␛[2Jgone", id="clears the screen"),
        pytest.param("\x9b31mred", "�31mred", id="one-byte form"),
        pytest.param("46.1\rbn", "46.1␍bn", id="writes over the line"),
        pytest.param("a\u202etxt.exe", "a�txt.exe", id="turns the direction"),
        pytest.param("a\tb", "a b", id="tab"),
        pytest.param("66.3조원, über\n", "66.3조원, über\n", id="other scripts stay"),
    ],
)
def test_a_source_cannot_steer_the_terminal(text, shown):
    assert printable(text) == shown


@given(st.text())
def test_carets_stay_where_they_were(text):
    """One sign for one character."""
    assert len(printable(text)) == len(text)
    assert printable(printable(text)) == printable(text)


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_means_the_same_and_is_harmless(value):
    text = printable_json(json.dumps(value, ensure_ascii=False))

    assert json.loads(text) == value
    assert printable(text) == text


def test_a_problem_is_printed_in_lines_of_its_own():
    """A line break in a file's name must not begin a line that looks like another problem."""
    lines = problem_lines(Problem("missing-path", "There is none.", Place("a\nb: fine"), "Look again."))

    assert len(lines) == 2
    assert lines[0].endswith("b: fine  missing-path")
    assert "\n" not in lines[0]
