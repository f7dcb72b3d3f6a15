"""Fans in a terminal: bars on one scale, as wide as there is room, in the characters that there are."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from steelyard.fan_bars import Fan, bar_lines, has_blocks

QUANTILES = st.lists(
    st.lists(st.floats(0, 1e15), min_size=5, max_size=5).map(sorted).map(tuple), min_size=1, max_size=12
)


def fan(quantiles):
    years = tuple(range(2027, 2027 + len(quantiles)))
    return Fan("Spending", years, tuple(quantiles), tuple(f"{each[2]:.4g}" for each in quantiles))


def test_a_bar_stands_where_its_numbers_lie():
    """Twenty signs for 0 to 20: a number n lies in sign n, the greatest in the last one."""
    lines = list(bar_lines(fan([(0, 2, 5, 8, 10), (10, 12, 15, 18, 20)]), 30, has_blocks=False))

    assert lines == ["2027   5  --===|===--", f"2028  15  {' ' * 10}--===|===-"]


@given(QUANTILES, st.integers(30, 130))
def test_bars_keep_the_order_of_their_numbers_and_run_over_nowhere(quantiles, width):
    """Law: of two numbers in a fan the lesser never lies right of the greater."""
    told = fan(quantiles)
    lines = list(bar_lines(told, width, has_blocks=True))

    assert all(len(line) <= width for line in lines)
    medians = sorted((each[2], line.index("█")) for each, line in zip(quantiles, lines, strict=True))
    assert [place for _, place in medians] == sorted(place for _, place in medians)


@pytest.mark.parametrize("width", [12, 18])
def test_where_there_is_no_room_for_bars_the_medians_stay(width):
    lines = list(bar_lines(fan([(0, 2, 5, 8, 10)]), width, has_blocks=True))

    assert lines == ["2027  5"]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        pytest.param({}, True, id="nothing is said"),
        pytest.param({"LANG": "en_GB.UTF-8"}, True, id="UTF-8"),
        pytest.param({"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, False, id="the first that is set tells"),
        pytest.param({"LANG": "de_DE.ISO-8859-1"}, False, id="another encoding"),
        pytest.param({"TERM": "dumb", "LANG": "C.UTF-8"}, False, id="dumb terminal"),
    ],
)
def test_block_characters_are_for_terminals_that_have_them(environment, expected):
    assert has_blocks(environment) is expected


def test_a_fan_says_what_its_signs_are(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    console = Console(file=io.StringIO(), width=60)

    console.print(fan([(0, 2, 5, 8, 10)]))

    heading = console.file.getvalue().splitlines()[0]
    assert heading == "Spending: - 5 to 95%, = 25 to 75%, | median"
