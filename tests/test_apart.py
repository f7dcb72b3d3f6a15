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
from steelyard.corpus.making import read_corpus
from steelyard.store import ledger_to_parquet
from tests.check.synthetic_claims import claims_of
from tests.check.test_roles import role
from tests.test_corpus import AGENCY


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


# Folders that `read` wrote


def put_corpus(folder):
    """A ledger of texts of which some are copies, in several parts; the copies alone name some actors."""
    texts = folder / "texts"
    texts.mkdir()
    for number, say in enumerate(
        (
            AGENCY,
            f"By our own staff. {AGENCY}",
            AGENCY.replace("65.9", "66.3"),
            "South Korea set its 2026 defence budget at $46.4 billion.",
            "Japan set its 2026 defence budget at 9.1 trillion yen. "
            "Poland set its 2026 defence budget at 201 billion zloty.",
            "Poland set its 2026 defence budget at 188 billion zloty.",
        )
    ):
        (texts / f"{number}.txt").write_text(f"Date: 24 January 2026\n\n{say}\n", encoding="utf-8")
    read_corpus([str(texts)], folder / "ledger", load_vocabulary()[0], most=2)
    return folder / "ledger"


def as_whole(ledger, capsys):
    """The findings as the command gives them on what fits into memory."""
    assert cli.run(["check", "--format", "jsonl", str(ledger)]) == 0
    rows = map(json.loads, capsys.readouterr().out.splitlines())
    return sorted((row for row in rows if row["verdict"] != "derived"), key=lambda row: row["id"])


@pytest.mark.parametrize("part", [1, 2, 100])
def test_a_folder_in_parts_tells_what_it_tells_as_a_whole_and_copies_are_one_voice(part, tmp_path, capsys):
    folder = put_corpus(tmp_path)
    whole = as_whole(folder, capsys)

    parts = check_in_parts(large_ledger([str(folder)], least=1), part=part)
    rows = [json.loads(line) for piece in parts.lines for line in piece.splitlines()]

    assert sorted(rows, key=lambda row: row["id"]) == whole
    assert sum(row["verdict"] == "contradicted" for row in whole) >= 2
    assert any(row["copies"] for row in whole)
    assert [(one.code, one.origin.file) for one in parts.problems] == [("in-parts", str(folder))]


def test_a_folder_that_is_not_read_to_its_end_is_checked_without_copies_and_says_so(tmp_path):
    folder = put_corpus(tmp_path)
    lines = (
        (folder / "manifest.jsonl")
        .read_text(encoding="utf-8")
        .replace('"is_whole": true', '"is_whole": false')
    )
    (folder / "manifest.jsonl").write_text(lines, encoding="utf-8")

    parts = check_in_parts(large_ledger([str(folder)], least=1), part=2)
    rows = [json.loads(line) for piece in parts.lines for line in piece.splitlines()]

    assert sorted(one.code for one in parts.problems) == ["in-parts", "unfinished-ledger"]
    assert rows
    assert not any("copies" in row for row in rows)


def test_a_folder_with_a_shard_that_is_gone_is_left_to_who_says_so(tmp_path):
    folder = put_corpus(tmp_path)
    assert large_ledger([str(folder)], least=10**6) is None
    next((folder / "claims").glob("*.parquet")).unlink()

    assert large_ledger([str(folder)], least=1) is None
