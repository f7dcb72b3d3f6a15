"""Ledgers in files: the same after each journey, whole or not at all, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.core.claim import CLAIM_KEYS, Claim, Ledger
from steelyard.core.problems import FormatError
from steelyard.core.whole_file import final_name, write_whole
from steelyard.store import load_ledger, rows_to_csv
from tests.ledgers import save_ledger

BUDGET = Claim(
    id="a1b2c3d4e5f6",
    kind="figure",
    document="sources/budget-brief.txt",
    start=10,
    end=23,
    quote="$46.1 billion",
    sentence_start=0,
    sentence_end=40,
    actor="KOR",
    measure="defence_spending",
    statistic="level",
    value=Decimal("46100000000"),
    low=Decimal("46050000000"),
    high=Decimal("46150000000"),
    unit="USD",
    period="2026",
    status="proposed",
    negated=False,
    confidence=0.9,
    reasons=("amount after its measure", "period from the sentence"),
)
SHARE = BUDGET.changed(
    id="b1",
    quote="2.42%",
    value=Decimal("2.42"),
    low=Decimal("2.415"),
    high=Decimal("2.425"),
    unit="% of GDP",
)
FLOOR = BUDGET.changed(
    id="c1", quote="below 28,500", value=None, high=None, low=Decimal(28500), unit="person"
)
ROLE = Claim(
    id="d1",
    kind="role",
    document="sources/strategy-note.txt",
    start=0,
    end=4,
    quote='"lead", it said',
    sentence_start=0,
    sentence_end=30,
    role="lead",
    qualifier="über; schwierig,\nwith a break",
)
FORMATS = [".jsonl", ".csv", ".parquet"]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "ledger",
    [
        pytest.param(Ledger(), id="empty"),
        pytest.param(Ledger([BUDGET, SHARE, FLOOR, ROLE]), id="figures and a role"),
    ],
)
def test_a_ledger_comes_back_as_it_went(tmp_path, suffix, ledger):
    save_ledger(ledger, tmp_path / f"claims{suffix}")

    assert load_ledger(tmp_path / f"claims{suffix}") == ledger


amounts = st.decimals(min_value="-1e15", max_value="1e15", allow_nan=False, places=3).filter(
    lambda value: value == Decimal(repr(float(value)))
)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@st.composite
def claims(draw):
    low, high = sorted([draw(amounts), draw(amounts)])
    keys = {key: draw(st.none() | words) for key in ("actor", "about", "speaker", "condition")}
    return BUDGET.changed(
        id=draw(words),
        quote=draw(words),
        value=None,
        low=low,
        high=high,
        reasons=tuple(draw(st.lists(words))),
        **keys,
    )


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ledger=st.lists(claims(), max_size=3).map(Ledger))
def test_no_quotation_is_too_odd_to_travel(tmp_path, suffix, ledger):
    path = tmp_path / f"claims{suffix}"

    save_ledger(ledger, path)

    assert load_ledger(path) == ledger


def test_parquet_numbers_are_numbers(tmp_path):
    """An analyst may ask the file directly, without steelyard."""
    import duckdb

    save_ledger(Ledger([BUDGET, SHARE]), tmp_path / "claims.parquet")

    with duckdb.connect() as database:
        found = database.execute(
            "SELECT sum(high - low) FROM read_parquet(?) WHERE unit = 'USD'",
            [str(tmp_path / "claims.parquet")],
        )
        assert found.fetchall() == [(100_000_000.0,)]


@pytest.mark.parametrize("quote", ["=HYPERLINK(1)", "+1", "-3", "@cmd", "'=x", "''+y"])
def test_a_spreadsheet_is_given_no_formula(quote):
    row = {**BUDGET.to_json(), "quote": quote}

    cells = next(csv.DictReader(io.StringIO(rows_to_csv([row], CLAIM_KEYS))))

    assert cells["quote"] == f"'{quote}"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("a.jsonl", b'{"id": "x"}\n', "line 1", id="no claim"),
        pytest.param("a.jsonl", b"\n\n{", "line 3", id="broken line"),
        pytest.param("a.jsonl", b"\xff\xfe", "UTF-8", id="no text"),
        pytest.param("a.csv", b"id,quote\nx,y\n", "row 2", id="columns missing"),
        pytest.param("a.parquet", b"PAR0 and more", "no ledger", id="no parquet"),
        pytest.param("a.xlsx", b"", "ends in", id="unknown suffix"),
    ],
)
def test_what_is_no_ledger_says_where(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(FormatError, match=says) as caught:
        load_ledger(tmp_path / name)

    assert "\n" not in str(caught.value)
    assert str(tmp_path / name) in str(caught.value)


def test_a_missing_ledger_is_said_to_be_missing(tmp_path):
    with pytest.raises(FormatError, match="cannot be read"):
        load_ledger(tmp_path / "none.parquet")


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "claims.jsonl"
    path.write_text("old", encoding="utf-8")

    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, "new")

    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_written_file_may_be_read_by_others(tmp_path):
    """Temporary files of the system are for their owner alone; results are not."""
    plain, whole = tmp_path / "plain", tmp_path / "whole"
    plain.write_text("x", encoding="utf-8")

    write_whole(whole, "x")

    assert whole.stat().st_mode == plain.stat().st_mode


@pytest.mark.skipif(os.name != "posix", reason="there is no /dev/null here")
def test_a_device_is_written_to_and_stays_a_device(tmp_path):
    """Renaming a file over /dev/null would break the machine."""
    link = tmp_path / "null"
    link.symlink_to("/dev/null")

    write_whole(link, "into the void")

    assert link.is_symlink()
    assert not link.is_file()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("out/.report.html.4711.part", "out/report.html"),
        ("C:\\out\\.claims.csv.12.part", "C:\\out\\claims.csv"),
        (".claims.csv.12.part", "claims.csv"),
        ("out/report.html", "out/report.html"),
        ("out/chapter.2.part", "out/chapter.2.part"),
    ],
)
def test_an_unfinished_file_is_known_by_its_final_name(path, name):
    assert final_name(path) == name
