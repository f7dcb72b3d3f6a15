"""What is printed: harmless, and with carets where they belong."""

from __future__ import annotations

import io
import json
import time
from dataclasses import replace
from datetime import date
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.check import check_ledger
from steelyard.gather import gather_paths
from steelyard.project.ensemble import Headline, Reach
from steelyard.projected import projection_tables
from steelyard.terminal import (
    Waiting,
    finding_lines,
    printable,
    printable_json,
    table_text,
    to_json,
    to_json_lines,
)
from tests.report import samples


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


def test_json_ends_with_a_line_end_and_lines_hold_one_object_each():
    rows = [{"quote": "one\ntwo"}, {"quote": "three"}]

    assert [json.loads(line) for line in to_json_lines(rows).splitlines()] == rows
    assert json.loads(to_json(rows)) == rows
    assert to_json(rows).endswith("]\n")


CLASH = (
    "South Korea set its 2026 defense budget at $46.1 billion, 8.2% more than the year before. "
    "South Korea's 2025 defense budget was $45.1 billion.\n"
)


@pytest.fixture
def checked(tmp_path):
    """A text that contradicts itself, and what was found in it; when shown, it has another path."""
    (tmp_path / "clash.txt").write_text(CLASH, encoding="utf-8")
    gathered = gather_paths([str(tmp_path / "clash.txt")], day=date(2026, 1, 24))
    findings, _ = check_ledger(gathered.ledger, gathered.vocabulary)
    return findings, replace(gathered, shown={str(tmp_path / "clash.txt"): "there/clash.txt"})


def test_findings_that_ask_for_no_look_are_counted(checked):
    findings, gathered = checked

    short, full = (finding_lines(findings, gathered, explain=explain) for explain in (False, True))

    assert not any("derived" in line for line in short[:-1])
    assert short[-1].endswith("All of them: --explain.")
    assert any("derived" in line for line in full[:-1])
    assert len(full) > len(short)


def test_places_lead_to_the_file_from_where_one_stands(checked):
    findings, gathered = checked

    assert finding_lines(findings, gathered, explain=False)[0].startswith(
        "there/clash.txt:1:44  contradicted"
    )


def test_no_finding_at_all_is_said(checked):
    _, gathered = checked

    assert finding_lines([], gathered, explain=False) == [
        "Findings: none, for no two figures speak about the same thing."
    ]


class Screen(io.StringIO):
    """Standard error as a terminal, or as a pipe."""

    def __init__(self, *, terminal):
        super().__init__()
        self.terminal = terminal

    def isatty(self):
        return self.terminal


def wait_for(screen, word):
    """Until the word is there; a test that fails ends after ten seconds."""
    end = time.monotonic() + 10
    while word not in screen.getvalue() and time.monotonic() < end:
        time.sleep(0.01)


def test_whoever_waits_long_at_a_terminal_sees_what_is_being_done(monkeypatch):
    screen = Screen(terminal=True)
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("steelyard.terminal._PATIENCE", 0)

    with Waiting("Reading brief.txt", quiet=False) as waiting:
        wait_for(screen, "Reading brief.txt: 0 s")
        waiting.tell("read     12 claims")

    assert "Reading brief.txt: 0 s" in screen.getvalue()
    assert "\r\x1b[Kread     12 claims\n" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_a_bar_shows_how_much_is_done(monkeypatch):
    """Eight of thirty-two is a quarter: five of twenty signs."""
    screen = Screen(terminal=True)
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("steelyard.terminal._PATIENCE", 0)
    monkeypatch.setenv("TERM", "dumb")

    with Waiting("Building nato", quiet=False) as waiting:
        waiting.done(8, 32)
        wait_for(screen, "8 of 32, ")

    assert "Building nato: #####............... 8 of 32, " in screen.getvalue()


@pytest.mark.parametrize("progress", [pytest.param((1, 1), id="one thing"), pytest.param((4, 4), id="all")])
def test_what_has_no_rest_has_no_bar(monkeypatch, progress):
    screen = Screen(terminal=True)
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("steelyard.terminal._PATIENCE", 0)

    with Waiting("Building nato", quiet=False) as waiting:
        waiting.done(*progress)
        wait_for(screen, "nato: ")

    assert " of " not in screen.getvalue()


def test_what_is_done_soon_needs_no_such_line(monkeypatch):
    screen = Screen(terminal=True)
    monkeypatch.setattr("sys.stderr", screen)

    with Waiting("Reading brief.txt", quiet=False):
        pass

    assert screen.getvalue() == ""


@pytest.mark.parametrize(("terminal", "quiet"), [(False, False), (True, True)])
def test_a_pipe_and_quiet_see_nothing_of_it(monkeypatch, terminal, quiet):
    screen = Screen(terminal=terminal)
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("steelyard.terminal._PATIENCE", 0)

    with Waiting("Reading brief.txt", quiet=quiet):
        time.sleep(0.05)

    assert screen.getvalue() == ""


def test_the_verdicts_of_the_last_lines_are_those_of_the_check_in_its_order():
    """They stand twice, since a build with nothing changed must not load the check."""
    from steelyard import brief
    from steelyard.check import findings

    assert brief.VERDICTS == findings.VERDICTS


# Scenarios


def scenario_text(*cells, **keys):
    ensemble = replace(samples.RISING, cells=(*samples.RISING.cells, *cells), **keys)
    return table_text(projection_tables([ensemble], samples.results().vocabulary), terminal=False)


def test_a_scenario_is_followed_by_what_it_owes_under_headings():
    paid = samples.cells("pledge_outlay:arms", "KRW", [1e12, 2e12, 3e12])

    lines = scenario_text(*paid, names={"pledge:arms": "American arms"}).splitlines()

    begin = lines.index("Pledge: American arms")
    assert lines[begin + 1].split("  ")[0] == "Year"
    assert [line.split()[:2] for line in lines[begin + 2 : begin + 5]] == [
        ["2026", "1.00"],
        ["2027", "2.00"],
        ["2028", "3.00"],
    ]


def test_a_median_and_a_chance_say_what_is_left_open_around_them():
    """66.24 to 66.36 trillion is left open, 2.5 % is a point; ends that one digit cannot tell have more."""
    (spent, *_), (share, *_) = (
        samples.cells("spending", "KRW", [66.3e12] * 3),
        samples.cells("share", "% of GDP", [2.5] * 3),
    )
    boxes = {66.24: 66.36, 66.291: 66.309}
    made = [
        replace(spent, year=2027 + number, quantile_boxes=((low * 1e12, high * 1e12),) * 5)
        for number, (low, high) in enumerate(boxes.items())
    ]
    point = replace(share, year=2027, quantile_boxes=((2.5, 2.5),) * 5)

    lines = table_text(
        projection_tables(
            [replace(samples.RISING, cells=(spent, *made, share, point))], samples.results().vocabulary
        ),
        terminal=False,
    ).splitlines()

    assert "50% left open" in lines[2]
    rows = [line.split() for line in lines[3:] if line.startswith(("Spending", "Share", "Target"))]
    assert rows[0][-3:] == ["66.2", "to", "66.4"]
    assert rows[1][-3:] == ["66.29", "to", "66.31"]
    assert rows[2][-1] == "2.50"
    assert rows[4][-4:] == ["53%", "47", "to", "55%"]


def test_a_row_ends_its_numbers_where_their_error_begins():
    """66.28 to 66.32 is left open of what is known to 0.4, so that nothing is told of it; a chance is told
    to half a point.
    """
    (_, spent, _) = samples.cells("spending", "KRW", [66.3e12] * 3, 0.1, 0.41e12)
    spent = replace(spent, errors=(4.1e12, *spent.errors[1:]), quantile_boxes=((66.28e12, 66.32e12),) * 5)
    reach = Reach(2027, 0.4731, 0.4702, 0.4811, 0.4, error=0.005)
    ensemble = replace(
        samples.RISING, cells=(samples.cells("spending", "KRW", [66e12] * 3)[0], spent), reach=(reach,)
    )

    lines = table_text(
        projection_tables([ensemble], samples.results().vocabulary), terminal=False
    ).splitlines()

    rows = [line.split() for line in lines[3:] if line.startswith(("Spending", "Target"))]
    assert rows[0][3:] == ["2027", "60", "63.0", "66.3", "69.6", "72.9", "4.1"]
    assert rows[1][3:] == ["2027", "47.3%", "0.5", "47.0", "to", "48.1%"]


def test_a_scenario_says_when_its_gap_closes_and_how_often_it_does_not():
    years = (2027.0, 2028.0, 2028.0, inf, inf)
    closes = Headline(
        "gap_closes", "year", "calendar year", 2028.0, 2028.0, 2028.0, "", (), None, years, "later than 2028"
    )
    never = Headline("p_never", "never", "", 0.47, 0.45, 0.5, "", (), 2028)

    text = scenario_text(headline=(closes, never))

    assert (
        "Gap closes: 2028 (nine in ten draws: 2027 to later than 2028); in no year until 2028: 47%\n" in text
    )


def test_what_a_target_takes_is_told_in_each_of_its_senses():
    """An additional X is three numbers: of today's economy, of the target year's, and over the years."""
    spread = (37.0e12, 40e12, 42.1e12, 44e12, 47.8e12)
    numbers = (
        Headline("x_static", "needed in today's economy", "KRW", 29.6e12, 29.4e12, 29.8e12, "", ()),
        Headline("x_annual", "needed in 2028's", "KRW", 42.1e12, 41.8e12, 42.3e12, "", (), 2028, spread),
        Headline("x_cumulative", "cost until 2028", "KRW", 190.7e12, 189e12, 192e12, "", (), 2028),
    )

    lines = scenario_text(headline=numbers).splitlines()

    begin = lines.index("What it comes to") + 2
    assert [line.split("  ")[0] for line in lines[begin : begin + 3]] == [
        "Needed in today's economy",
        "Needed in 2028's",
        "Cost until 2028",
    ]
    assert lines[begin + 1].split()[-8:] == ["KRW", "42.1", "37.0", "to", "47.8", "41.8", "to", "42.3"]


def test_a_scenario_names_the_growth_that_would_keep_its_gap_open():
    words = "growth of GDP a year above which the target is missed"
    growth = Headline("break_even_growth", words, "%", 3.66, 3.63, 3.68, "", (), 2028)

    assert (
        "Growth of GDP a year above which the target is missed: 3.66% (left open: 3.63 to 3.68)\n"
        in scenario_text(headline=(growth,))
    )
