"""The reader's floors on the labelled sentences: they may rise, not fall."""

from __future__ import annotations

import pytest

from tests.accuracy.labels import FOLDER, STEPS, Tally
from tests.accuracy.table import BEGIN, END, PAGE, below_floor, calibration, floors, measured, tables

NAMES = sorted(path.stem for path in FOLDER.glob("*.jsonl"))
# Claims at the highest confidence are right in all that their labels give nine times in ten.
SURE = 0.9


@pytest.fixture(scope="module")
def tallies():
    return measured()


def test_every_labelled_set_has_a_floor_at_every_step():
    assert sorted(floors()) == NAMES
    assert all(tuple(bounds) == STEPS for bounds in floors().values())


def test_no_set_falls_below_its_floor(tallies):
    assert below_floor(tallies, floors()) == []


def test_claims_of_high_confidence_are_right_nine_times_in_ten(tallies):
    (_, claims, right), *_ = calibration(tallies.values())

    assert claims > 100
    assert right >= SURE * claims


def test_there_are_three_hundred_sentences_in_two_languages(tallies):
    assert sum(each.asked for each in tallies.values()) >= 300
    assert "korean" in NAMES


def test_the_page_holds_the_tables_as_measured(tallies):
    page = PAGE.read_text(encoding="utf-8")

    assert page.partition(BEGIN)[2].partition(END)[0].strip() == tables(tallies)


def test_a_fall_is_told_with_both_numbers():
    poor = Tally(asked=4, read=4)
    poor.right["value"] = 3

    assert below_floor({"news": poor}, {"news": {"value": 80.0}}) == [
        "news: value 75.00 is below its floor 80.0"
    ]
    assert below_floor({"news": poor}, {"news": {"value": 75.0}}) == []
