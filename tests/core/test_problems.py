"""Problems: where they stand, how they are printed, and that no text can play tricks on a terminal."""

from __future__ import annotations

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.core.problems import (
    CaseError,
    FormatError,
    Place,
    Problem,
    SteelyardError,
    VocabularyError,
    sort_problems,
    visible,
)

BRIEF = "Seoul plans more.\nThe brief reckons with $20.8 billion a year.\nNo more."
INDENT = 4


def place_of(text, part, file="brief.txt"):
    start = text.index(part)
    return Place.in_text(file, text, start, start + len(part))


def columns(text):
    """How wide a terminal shows `text`: Korean letters two columns each, combining marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1
        for c in text
    )


def marked(text, part, **options):
    """The excerpt and the carets of a problem at `part` of `text`, as printed."""
    lines = Problem("contradicts-identity", "It does not add up.", place_of(text, part)).lines(**options)
    return lines[1], lines[2]


# Where something stands


def test_a_place_in_a_text_has_line_column_and_excerpt():
    line = "The brief reckons with $20.8 billion a year."

    assert place_of(BRIEF, "$20.8 billion") == Place("brief.txt", 2, 24, "", line, 13)


@pytest.mark.parametrize(
    ("text", "start", "end", "line", "column", "excerpt", "width"),
    [
        pytest.param("2.42%\n3.5%", 0, 5, 1, 1, "2.42%", 5, id="at the very start"),
        pytest.param("2.42%\n3.5%", 6, 10, 2, 1, "3.5%", 4, id="the last line has no line break"),
        pytest.param("2.42%\r\n3.5%", 0, 5, 1, 1, "2.42%", 5, id="a Windows line end is no part of the line"),
        pytest.param(
            "reach\n3.5%", 0, 10, 1, 1, "reach", 5, id="a span over two lines is marked on its first"
        ),
        pytest.param("2.42%", 5, 5, 1, 6, "2.42%", 1, id="after the last character"),
        pytest.param("2.42%\n", 6, 6, 2, 1, "", 1, id="after the last line break"),
        pytest.param("", 0, 0, 1, 1, "", 1, id="an empty file"),
        pytest.param("a\n\nb", 2, 2, 2, 1, "", 1, id="an empty line"),
    ],
)
def test_places_at_the_edges_of_a_text(text, start, end, line, column, excerpt, width):
    assert Place.in_text("brief.txt", text, start, end) == Place(
        "brief.txt", line, column, "", excerpt, width
    )


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place("brief.txt"), "brief.txt"),
        (Place("brief.txt", 22), "brief.txt:22"),
        (Place("brief.txt", 22, 48), "brief.txt:22:48"),
        (Place("measures.toml", 3, 0, "gdp.label"), "measures.toml:3 [gdp.label]"),
    ],
)
def test_a_place_is_shown_as_far_as_it_is_known(place, shown):
    assert str(place) == shown


@given(st.text(), st.data())
def test_any_span_of_any_text_has_a_place(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    place = Place.in_text("brief.txt", text, start, end)

    assert "\n" not in place.excerpt
    assert text.split("\n")[place.line - 1].startswith(place.excerpt)
    assert 1 <= place.column <= len(text) + 1
    assert 1 <= place.width <= max(1, end - start)


# As printed


def test_a_problem_points_names_and_helps():
    problem = Problem(
        "contradicts-identity", "20.41 to 20.73bn follow.", place_of(BRIEF, "$20.8 billion"), "Mend it."
    )

    assert problem.lines() == [
        "brief.txt:2:24  contradicts-identity",
        "    The brief reckons with $20.8 billion a year.",
        "                           ^~~~~~~~~~~~~",
        "20.41 to 20.73bn follow. Mend it.",
    ]


def test_a_problem_without_a_line_has_no_excerpt():
    problem = Problem("missing-key", "The key 'label' is missing.", Place("measures.toml", 3, 0, "gdp"))

    assert problem.lines() == ["measures.toml:3 [gdp]  missing-key", "The key 'label' is missing."]


@pytest.mark.parametrize("severity", ["warning", "refusal"])
def test_what_is_no_error_says_so(severity):
    assert (
        Problem("no-series", "None.", Place("case.toml"), severity=severity)
        .lines()[0]
        .endswith(f"({severity})")
    )


def test_one_character_gets_one_caret():
    assert marked("set at 5%", "5") == ("    set at 5%", "           ^")


LONG = "x" * 300 + " reckons with $20.8 billion a year " + "y" * 300


@pytest.mark.parametrize("width", [60, 110])
@pytest.mark.parametrize("part", ["x" * 9, "$20.8 billion", "y" * 9 + "\n"])
def test_long_lines_are_cut_around_the_span(width, part):
    excerpt, carets = marked(LONG + "\n", part, width=width)

    assert columns(excerpt) == INDENT + width
    assert excerpt[carets.index("^") :].startswith(part.rstrip())
    assert len(carets) <= len(excerpt)


def test_a_span_longer_than_the_line_is_marked_as_far_as_it_is_shown():
    excerpt, carets = marked("z" * 500, "z" * 500, width=60)

    assert excerpt == "    " + "z" * 60
    assert carets == "    ^" + "~" * 59


def test_a_short_line_is_never_cut():
    text = "a" * 90 + " $20.8 billion"

    assert marked(text, "$20.8 billion")[0] == f"    {text}"


# Tabs, Korean and hostile characters


def test_a_tab_does_not_move_the_carets():
    assert marked("Korea\t2.42%\tof GDP", "2.42%") == ("    Korea 2.42% of GDP", "          ^~~~~")


def test_korean_letters_take_two_columns_and_so_do_their_carets():
    excerpt, carets = marked("국방비 46.1조 원", "46.1조")

    assert excerpt == "    국방비 46.1조 원"
    assert columns(carets.partition("^")[0]) == INDENT + columns("국방비 ")
    assert columns(carets) == INDENT + columns("국방비 46.1조")


def test_a_long_korean_line_is_cut_by_columns():
    excerpt, carets = marked("국" * 200 + "46.1조" + "방" * 200, "46.1조", width=60)

    assert columns(excerpt) <= INDENT + 60
    assert "46.1조" in excerpt
    assert columns(carets.partition("^")[0]) == columns(excerpt.partition("46.1조")[0])


def test_combining_marks_take_no_column():
    excerpt, carets = marked("E\u0301lyse\u0301e asks 5%", "5%")

    assert columns(carets.partition("^")[0]) == columns(excerpt.partition("5%")[0])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("2.42%\x1b[2J", "2.42%␛[2J", id="clear the screen"),
        pytest.param("a\rb", "a␍b", id="back to the start of the line"),
        pytest.param("a\x08b", "a␈b", id="one back"),
        pytest.param("a\x00b", "a␀b", id="nought"),
        pytest.param("a\x7fb", "a\ufffdb", id="delete"),
        pytest.param("a\x9bb", "a\ufffdb", id="the one-byte escape"),
        pytest.param("a\u202eb", "a\ufffdb", id="turned around from here"),
        pytest.param("a\u200bb", "a\ufffdb", id="no width"),
        pytest.param("a\u2028b", "a\ufffdb", id="line separator"),
        pytest.param("a\ud800b", "a\ufffdb", id="half a character"),
        pytest.param("a\u00a0b", "a\u00a0b", id="a blank that does not break"),
        pytest.param("국방비 ₩66.3조", "국방비 ₩66.3조", id="Korean"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_would_move_the_cursor_is_made_visible(text, shown):
    assert visible(text) == shown


def test_no_part_of_a_problem_can_dress_up_as_another():
    """A file name, a key or a quotation may hold a line break or an escape; each stays on its line."""
    place = Place("a\x1b[31m.txt", 1, 2, "k\ney", "x\x1b[2Jy", 3)
    lines = Problem("wrong-type", "Found '\x07'.\n\nbrief.txt: all is well", place, "\x1b[0m").lines()

    assert len(lines) == 4
    assert not any(unicodedata.category(c) == "Cc" for line in lines for c in line)


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 50), st.integers(20, 120))
def test_no_text_breaks_the_printing_of_its_problem(text, start, length, width):
    start = min(start, len(text))
    place = Place.in_text("brief.txt", text, start, min(len(text), start + length))

    lines = Problem("odd", text, place, text).lines(width=width)

    assert all(visible(line) == line for line in lines)
    if place.excerpt:
        assert columns(lines[1]) <= INDENT + width
        assert columns(lines[2]) <= max(columns(lines[1]), INDENT + 1) + 1


# As data


def test_a_problem_is_plain_data_for_other_programs():
    assert Problem(
        "wrong-type", "Found 3.", Place("measures.toml", 3, 0, "gdp.label"), "Expected text."
    ).to_json() == {
        "code": "wrong-type",
        "severity": "error",
        "message": "Found 3.",
        "hint": "Expected text.",
        "file": "measures.toml",
        "line": 3,
        "column": None,
        "key": "gdp.label",
    }


def test_problems_are_sorted_by_place_each_once():
    late = Problem("a", "", Place("b.txt", 2))
    early = Problem("b", "", Place("b.txt", 1, 9))
    first = Problem("c", "", Place("a.txt", 40))
    tenth = Problem("d", "", Place("b.txt", 10))

    assert sort_problems([tenth, late, early, first, late]) == [first, early, late, tenth]


# Exceptions


@pytest.mark.parametrize("error", [CaseError, FormatError, VocabularyError])
def test_all_our_exceptions_can_be_caught_as_one(error):
    assert issubclass(error, SteelyardError)


def test_broken_data_files_are_told_by_the_first_fault_and_the_count():
    problems = [Problem("a", "The key 'x' is not known.", Place("m.toml", line)) for line in (3, 4, 5)]

    assert str(VocabularyError(problems)) == "m.toml:3: The key 'x' is not known. (and 2 more)"
    assert str(VocabularyError(problems[:1])) == "m.toml:3: The key 'x' is not known."
    assert str(VocabularyError()) == "the data files are broken"


def test_it_carries_its_problems_between_processes():
    problems = [Problem("a", "It is broken.", Place("m.toml", 3))]

    assert pickle.loads(pickle.dumps(VocabularyError(problems))).problems == problems
    assert hash(VocabularyError(problems)) is not None
