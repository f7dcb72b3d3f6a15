"""Findings dismissed by hand: they stay away, and come back when a claim of theirs changes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from steelyard import cli
from steelyard.reviews import append_review, apply_reviews, load_reviews, read_reviews
from tests.check.samples import claim, findings

CASE = """title = "A year of Korean defence"

[[sources]]
file = "brief.txt"
title = "Brief"
publisher = "The Daily"
date = 2026-01-24
"""
CLASH = (
    "South Korea's 2025 defense budget was $46.1 billion.\n"
    "South Korea's 2025 defense budget was $45.1 billion.\n"
)
REASON = "The desk has asked the ministry; both are in its table."


def clash(**keys):
    """The one finding on two accounts of a budget, whose claims have the ids that a reader gives them."""
    first, second = claim("46.1 bn USD"), claim("52.0 bn USD", "other.txt", **keys)
    (found,) = findings(first.changed(id="aaa"), second.changed(id="bbb"))
    return found


resource = pytest.importorskip("resource") if os.name == "posix" else None


def line(finding, **keys):
    return json.dumps({"hash": finding.hash[:12], "decision": "dismiss", "reason": REASON, **keys})


def reviewed(found, *lines):
    reviews, problems = read_reviews("\n".join(lines), "reviews.jsonl")
    assert problems == []
    return apply_reviews(found, reviews)


def test_a_dismissed_finding_is_left_out():
    found = clash()

    after = reviewed([found], line(found))

    assert (after.findings, after.dismissed, after.problems) == ([], [found], [])


def test_it_stays_away_when_only_the_text_around_it_changes():
    moved = clash(start=900, end=911, sentence_start=850, sentence_end=920)

    assert reviewed([moved], line(clash())).findings == []


def test_it_comes_back_when_a_claim_of_it_changes():
    """The other source now speaks of the proposal: that is another question."""
    changed = clash(status="proposed")

    after = reviewed([changed], line(clash()))

    assert after.findings == [changed]
    assert [(one.code, one.severity, one.origin.line) for one in after.problems] == [
        ("review-without-finding", "warning", 1)
    ]
    assert REASON in after.problems[0].message


def test_the_last_review_of_a_finding_counts():
    found = clash()

    assert reviewed([found], line(found), line(found, decision="reopen")).findings == [found]


def test_a_review_taken_back_needs_no_finding():
    assert reviewed([], line(clash(), decision="reopen")).problems == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param('{"hash": }', "no JSON", id="a value left out"),
        pytest.param("[1]", "object in {braces}", id="a list"),
        pytest.param('{"hash": "0123456789ab"}', "gives no reason", id="without a reason"),
        pytest.param('{"hash": "0123", "reason": "x"}', "hash is not 12 to 64", id="a hash too short"),
        pytest.param('{"hash": 7, "reason": "x"}', "hash is not text", id="a number for a hash"),
        pytest.param(
            '{"hash": "0123456789ab", "reason": "x", "decision": "no"}',
            "decision is none of",
            id="odd",
        ),
        pytest.param('{"hash": "0123456789ab", "reasom": "x"}', "'reasom' is no key", id="a slip in a key"),
        pytest.param("[" * 100_000, "no JSON", id="brackets in brackets"),
    ],
)
def test_a_line_that_is_no_review_is_told_and_the_others_count(text, why):
    good = '{"hash": "0123456789ab", "reason": "Seen."}'

    reviews, problems = read_reviews(f"{good}\n\n{text}\n{good}", "reviews.jsonl")

    assert len(reviews) == 2
    assert [(one.code, one.severity, one.origin.line) for one in problems] == [("broken-review", "error", 3)]
    assert why in problems[0].message


def test_a_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / "reviews.jsonl").write_bytes(b"\xff\xfe\x00")

    reviews, problems = load_reviews(tmp_path / "reviews.jsonl")

    assert reviews == ()
    assert [one.code for one in problems] == ["not-text"]


@pytest.fixture
def folder(tmp_path):
    """A case whose one source contradicts itself."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "brief.txt").write_text(CLASH, encoding="utf-8")
    return tmp_path


def run(capsys, *words):
    """Exit code and all that a command prints."""
    code = cli.run([str(word) for word in words])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_a_case_keeps_its_reviews_and_the_terminal_counts_them(folder, capsys):
    code, told = run(capsys, "check", folder, "--strict", "--format", "json", "--quiet")
    (clashing,) = (one for one in json.loads(told)["findings"] if one["verdict"] == "contradicted")
    assert code == 1
    row = {"hash": clashing["hash"], "reason": REASON, "by": "desk", "date": "2026-01-25"}
    (folder / "reviews.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")

    code, told = run(capsys, "check", folder, "--strict")

    assert code == 0
    assert "contradicted" not in told
    assert "1 dismissed" in told


def test_the_terminal_prints_the_hash_that_a_review_needs(folder, capsys):
    _, told = run(capsys, "check", folder, "--format", "json", "--quiet")
    (clashing,) = (one for one in json.loads(told)["findings"] if one["verdict"] == "contradicted")

    assert f"Hash: {clashing['hash'][:12]}." in run(capsys, "check", folder, "--explain")[1]


def test_a_build_begins_to_check_again_when_a_review_is_added(folder, capsys):
    _, told = run(capsys, "build", folder)
    (clashing,) = (
        one
        for one in json.loads((folder / "out" / "findings.json").read_text(encoding="utf-8"))["findings"]
        if one["verdict"] == "contradicted"
    )
    row = {"hash": clashing["hash"], "reason": REASON}
    (folder / "reviews.jsonl").write_text(json.dumps(row), encoding="utf-8")

    _, told = run(capsys, "build", folder)

    assert "read     unchanged" in told
    assert "1 dismissed" in told


def said(number, **keys):
    return {"hash": f"{number:012x}", "decision": "dismiss", "reason": f"Asked, no. {number}.", **keys}


def reasons(path):
    reviews, problems = load_reviews(path)
    return [each.reason for each in reviews], [each.code for each in problems]


def test_what_is_added_is_read_back(tmp_path):
    path = tmp_path / "reviews.jsonl"
    append_review(path, said(1, by="김", date="2026-01-24"))
    append_review(path, said(2, decision="reopen"))

    reviews, problems = load_reviews(path)

    assert [(each.hash, each.decision) for each in reviews] == [
        ("000000000001", "dismiss"),
        ("000000000002", "reopen"),
    ]
    assert problems == []
    assert [each.name for each in tmp_path.iterdir()] == ["reviews.jsonl"]


def test_a_last_line_without_its_end_keeps_its_own(tmp_path):
    """An editor may have saved it so."""
    path = tmp_path / "reviews.jsonl"
    path.write_text(json.dumps(said(1)), encoding="utf-8")

    append_review(path, said(2))

    assert reasons(path) == (["Asked, no. 1.", "Asked, no. 2."], [])


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_line_that_was_cut_off_is_told_and_costs_no_other(tmp_path, cut):
    """Wherever it was cut: the last bytes of this one are signs of two, three and four bytes."""
    path = tmp_path / "reviews.jsonl"
    torn = json.dumps(said(2, by="Ö金\U0001f5f3"), ensure_ascii=False).encode()
    path.write_bytes(json.dumps(said(1)).encode() + b"\n" + torn[:-cut])

    before = reasons(path)
    append_review(path, said(3))

    assert before == (["Asked, no. 1."], ["torn-review"])
    assert reasons(path) == (["Asked, no. 1.", "Asked, no. 3."], ["torn-review"])


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"hash": "12", "reason": "Too short a hash."}, id="hash"),
        pytest.param({"hash": "0123456789ab", "reason": " "}, id="no reason"),
        pytest.param({"hash": "0123456789ab", "reason": "Asked.", "why": "Asked."}, id="unknown key"),
    ],
)
def test_what_is_no_review_is_not_added(tmp_path, wrong):
    with pytest.raises(ValueError, match=r"hash|reason|why"):
        append_review(tmp_path / "reviews.jsonl", wrong)

    assert list(tmp_path.iterdir()) == []


WRITER = """
import sys
from pathlib import Path
from steelyard.reviews import append_review
for number in range(100_000):
    reason = f"{sys.argv[2]}-{number} {chr(0x91d1) * (number % 7)}".strip()
    append_review(Path(sys.argv[1]), {"hash": "0123456789ab", "reason": reason})
    print(reason.split()[0], flush=True)
"""
ROUNDS = int(os.environ.get("STEELYARD_KILLS", "4"))


def test_none_that_was_confirmed_is_lost_when_its_writers_are_killed(tmp_path):
    """Two at a time, killed at random points: what either printed is in the file, in full."""
    path, choice = tmp_path / "reviews.jsonl", random.Random(1)
    confirmed = []
    for turn in range(ROUNDS):
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, path, f"{turn}-{one}"], stdout=subprocess.PIPE)
            for one in "ab"
        ]
        first = [writer.stdout.readline().decode() for writer in writers]
        time.sleep(choice.uniform(0, 0.05))
        for writer in writers:
            writer.kill()
        confirmed += [word for writer in writers for word in writer.communicate()[0].decode().split()]
        confirmed += [word.strip() for word in first]

    found, problems = reasons(path)

    assert len(confirmed) > ROUNDS
    assert {*confirmed} <= {reason.split()[0] for reason in found}
    assert {*problems} <= {"torn-review"}


@pytest.mark.skipif(os.name != "posix", reason="limits are set otherwise here")
def test_a_full_disk_leaves_the_file_as_it_was(tmp_path):
    """The limit on the size of files stands for the disk."""
    path = tmp_path / "reviews.jsonl"
    append_review(path, said(1))
    before = path.read_bytes()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 10, limit[1]))
    try:
        with pytest.raises(OSError, match=r"reviews\.jsonl"):
            append_review(path, said(2))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, handler)

    assert path.read_bytes() == before
