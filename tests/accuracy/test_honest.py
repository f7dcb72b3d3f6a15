"""Honest sentences that look like slips are left alone: what would be if, other wholes, sums so far.

They were written to trip the checker, before it was known what it makes of them. Of the first 130 four did,
of the 38 with "later" in their names, written when those were mended, none. The last twelve tell again
what raised alarms in longer articles.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.accuracy.mutate import Text, false_alarms

FOLDER = Path(__file__).parent / "honest"
ROWS = [
    json.loads(line)
    for path in sorted(FOLDER.glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_an_honest_text_is_not_contradicted(row):
    assert false_alarms([Text(row["id"], row["text"], date.fromisoformat(row["date"]))]) == []


def test_there_are_a_hundred_of_many_countries_a_fourth_of_them_korean():
    korean = [row for row in ROWS if row["id"].startswith("ko-")]

    assert len(ROWS) >= 100
    assert 4 * len(korean) >= len(ROWS)
    assert len({row["actor"] for row in ROWS}) >= 20
    assert len({row["id"] for row in ROWS}) == len(ROWS)
