"""What was said when and of which time: proposals, laws, pledges, deadlines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from steelyard.core.claim import Ledger
from steelyard.report.charts import timeline
from tests.report import samples

PROPOSED = samples.TOTAL.changed(id="proposed", said="2025-08-29")
ENACTED = samples.TOTAL.changed(id="enacted", status="enacted", said="2025-12", quote="$45.8 billion")
DEADLINE = samples.TARGET.changed(id="deadline", period="../2035")
PURCHASES = samples.GAP.changed(id="purchases", status=None, period="../2030", statistic="level")


def sayings(*claims, **changes):
    return timeline.sayings_of(samples.results(ledger=Ledger(claims), **changes))


def test_sayings_stand_in_the_order_in_which_they_were_said():
    found = sayings(DEADLINE, ENACTED, PROPOSED)

    # The deadline's text says no day: it is that of its source, 23 January 2026.
    assert [(one.said, one.kind, one.period.text) for one in found] == [
        ("2025-08-29", "proposal", "2026"),
        ("2025-12", "enactment", "2026"),
        ("2026-01-23", "deadline", "../2035"),
    ]


def test_what_is_to_be_by_a_year_is_a_deadline_without_a_word_for_it():
    (one,) = sayings(PURCHASES)

    assert (one.kind, one.period.end) == ("deadline", date(2030, 12, 31))


def test_what_is_said_on_one_day_of_one_kind_and_time_stands_in_one_row():
    (one,) = sayings(PROPOSED, PROPOSED.changed(id="rise", quote="8.2%"))

    assert [claim.id for claim in one.claims] == ["proposed", "rise"]


def test_a_fiscal_year_lies_where_its_actor_has_it():
    """That of the United States for 2026 begins in October 2025; Korea's is the calendar year."""
    american, korean = (PROPOSED.changed(id=actor, actor=actor, period="FY2026") for actor in ("USA", "KOR"))

    assert {one.period.start for one in sayings(american, korean)} == {date(2025, 10, 1), date(2026, 1, 1)}


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(PROPOSED.changed(status=None), id="no stage"),
        pytest.param(PROPOSED.changed(period=None), id="no time"),
        pytest.param(PROPOSED.changed(said="some day"), id="no day"),
        pytest.param(samples.ROLE.changed(status="proposed", period="2026"), id="no number"),
    ],
)
def test_what_has_no_stage_or_no_day_is_not_on_it(claim):
    assert not sayings(claim)


def test_what_an_undated_source_says_is_not_on_it():
    undated = replace(samples.BUDGET_TEXT, date=None)

    assert not sayings(DEADLINE, documents=(undated,))


def test_one_saying_alone_is_no_line_of_time():
    assert not list(timeline.draw(samples.results(ledger=Ledger([PROPOSED]))))


def test_the_title_counts_the_kinds_and_tells_the_farthest():
    (figure,) = timeline.draw(samples.results(ledger=Ledger([DEADLINE, ENACTED, PROPOSED, PURCHASES])))

    assert figure.title == (
        "Four dated figures: one proposal, one enactment and two deadlines; the farthest is of 2035"
    )
    assert "2025-08-29, proposal for 2026: $46.1 billion" in figure.alt
    assert next(row.cells[0].link for row in figure.table.rows) == "claim-proposed"


def test_a_mark_lies_in_the_middle_of_its_time():
    (figure,) = timeline.draw(samples.results(ledger=Ledger([PROPOSED, ENACTED])))

    rows = [row for layer in figure.spec["layer"] for row in layer["data"]["values"] if "middle" in row]
    assert {(row["low"], round(row["middle"], 2), round(row["high"], 2)) for row in rows} == {
        (2026, 2026.5, 2027.0)
    }
    # 29 August is the 241st day of the year: 240 days over 365.25 are 0.657.
    assert min(row["x"] for row in rows) == pytest.approx(2025.657, abs=1e-3)


def test_a_long_record_is_drawn_in_part_and_says_so():
    """A hundred months, a figure each: the first 24 are drawn, and the title counts them all."""
    months = [f"{2010 + number // 12}-{1 + number % 12:02d}" for number in range(100)]
    claims = [PROPOSED.changed(id=month, said=month) for month in months]

    (figure,) = timeline.draw(samples.results(ledger=Ledger(claims)))

    assert figure.title.startswith("100 dated figures: 100 proposals")
    assert figure.subtitle.endswith("The first 24 of 100 are drawn.")
    assert len(list(figure.table.rows)) == 24


def test_what_many_say_alike_stands_once():
    claims = [PROPOSED.changed(id=f"copy-{number}") for number in range(50)]

    (figure,) = timeline.draw(samples.results(ledger=Ledger([*claims, DEADLINE])))

    assert [row.cells[0].link for row in figure.table.rows] == ["claim-copy-0", "claim-deadline"]
    assert figure.title.startswith("51 dated figures")
