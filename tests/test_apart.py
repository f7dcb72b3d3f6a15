"""Large ledgers, checked part by part: the same is told as of the whole, on every engine."""

from __future__ import annotations

import json
import random

import pytest

from steelyard import apart, cli
from steelyard.apart import LargeLedger, check_in_parts, large_ledger
from steelyard.check import check_ledger
from steelyard.core.claim import Ledger
from steelyard.core.vocabulary import load_vocabulary
from steelyard.store import ledger_to_parquet
from tests.check.synthetic_claims import claims_of
from tests.check.test_roles import role


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary()[0]


def mixed(size, seed):
    """Claims of some actors, of whom every document tells several things, now and then of nobody."""
    choice = random.Random(seed)
    ledger = []
    for number, each in enumerate(claims_of(size, seed, wrong=0.1)):
        actor = each.actor if choice.random() < 0.97 else None
        ledger.append(
            each.changed(document=f"{choice.randrange(12):02}.txt", start=number, end=number + 5, actor=actor)
        )
    return Ledger(ledger)


def put(ledger, path):
    path.write_bytes(ledger_to_parquet(ledger))
    return LargeLedger((path,), len(ledger))


def told(lines):
    rows = [json.loads(line) for piece in lines for line in piece.splitlines()]
    return sorted((row["verdict"], row["hash"], row["explanation"]) for row in rows)


def test_parts_tell_what_the_whole_tells(tmp_path, vocabulary):
    """Every document speaks of several actors here, so each stands in several parts."""
    ledger = mixed(150, 2)
    findings, _ = check_ledger(ledger, vocabulary)
    whole = told([json.dumps(one.to_json()) for one in findings if one.verdict != "derived"])

    parts = check_in_parts(put(ledger, tmp_path / "claims.parquet"), part=50)

    assert told(parts.lines) == whole
    assert parts.contradicted == any(verdict == "contradicted" for verdict, _, _ in whole)
    assert sum(verdict == "contradicted" for verdict, _, _ in whole) > 2


def test_a_finding_on_two_actors_of_a_document_is_told_once(tmp_path, vocabulary):
    """Two leaders of one responsibility; each actor is in a part of its own."""
    ledger = Ledger([role("KOR", 0), role("USA", 500)])
    whole, _ = check_ledger(ledger, vocabulary)

    parts = check_in_parts(put(ledger, tmp_path / "claims.parquet"), part=1)

    assert [one.verdict for one in whole] == ["contradicted"]
    assert told(parts.lines) == told([json.dumps(one.to_json()) for one in whole])


def test_several_processes_tell_the_same(tmp_path):
    ledger = put(mixed(60, 3), tmp_path / "claims.parquet")

    one, two = ("".join(check_in_parts(ledger, part=30, jobs=jobs).lines) for jobs in (1, 2))

    assert one == two


def test_a_large_ledger_is_checked_in_parts_from_the_command_line(tmp_path, monkeypatch, capsys):
    put(mixed(110, 4), tmp_path / "claims.parquet")
    monkeypatch.setattr(apart, "LARGE", 100)
    monkeypatch.setattr(apart.large_ledger, "__kwdefaults__", {"least": 100})

    code = cli.run(
        ["check", "--strict", "--output", str(tmp_path / "found.jsonl"), str(tmp_path / "claims.parquet")]
    )

    said = capsys.readouterr().err
    rows = [json.loads(line) for line in (tmp_path / "found.jsonl").read_text(encoding="utf-8").splitlines()]
    assert code == 1
    assert "in-parts (warning)" in said
    assert {row["verdict"] for row in rows} >= {"contradicted"}
    assert "derived" not in {row["verdict"] for row in rows}


def test_what_is_no_large_ledger_is_left_to_others(tmp_path):
    put(mixed(50, 5), tmp_path / "claims.parquet")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")

    assert large_ledger([str(tmp_path / "claims.parquet")]) is None
    assert large_ledger([str(tmp_path / "claims.parquet"), str(tmp_path)], least=1) is None
    assert large_ledger([str(tmp_path / "broken.parquet")], least=1) is None
    assert large_ledger([str(tmp_path / "claims.parquet")], least=1) is not None
