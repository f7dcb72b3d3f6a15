"""The commands on bad files of every kind: an exit code as promised, bounded memory, and nothing left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.hostile.cases import BAD_CASES, BadCase
from tests.hostile.corpus import archives, drawn_in_itself, ledgers, office_files, pages, repeated, texts

ROOT = Path(__file__).resolve().parents[2]
GIGABYTE = 1 << 30
FINE, FAULTY = 0, 2
# What a process may have held after all files of a kind; a bomb of each would unfold to one gigabyte or more.
MOST_MEMORY = 1.5 * GIGABYTE

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of memory are POSIX's")


def carried_out(commands: list[dict[str, object]], seconds: int = 120) -> dict[str, Mapping[str, object]]:
    """What came of each command line, by name, all of them in one process of limited memory.

    None may take more than so many `seconds` of processor time.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.many", str(seconds)],
        input=json.dumps(commands),
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))},
    )
    found = {answer["name"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    unanswered = [str(one["name"]) for one in commands if one["name"] not in found]
    assert not unanswered, (unanswered[0], done.returncode, done.stderr[-2000:])
    return found


def files_below(folder: Path) -> dict[str, int]:
    """All files of a folder and of the one around it, with their sizes."""
    return {str(path): path.stat().st_size for path in folder.parent.rglob("*") if path.is_file()}


def unpromised(answers: Mapping[str, Mapping[str, object]]) -> list[tuple[str, object, str]]:
    """Those that ended otherwise than with an exit code for results or for faults of the user."""
    return [
        (name, one["code"], str(one["told"])[-500:])
        for name, one in answers.items()
        if one["code"] not in (FINE, FAULTY) or "Traceback" in str(one["told"])
    ]


def without_remedy(answers: Mapping[str, Mapping[str, object]]) -> list[str]:
    """Those that failed without a place and a code, and a sentence on the next line."""
    names = []
    for name, one in answers.items():
        told = str(one["told"]).splitlines()
        heads = [line for line in told if "  " in line.strip() and not line.startswith(" ")]
        if one["code"] != FINE and not (heads and len(told) > 1):
            names.append(name)
    return names


@pytest.mark.parametrize(
    ("make", "command"),
    [
        pytest.param(archives, "read", id="archives"),
        pytest.param(office_files, "read", id="office files"),
        pytest.param(pages, "read", id="pages"),
        pytest.param(texts, "read", id="texts"),
        pytest.param(ledgers, "check", id="ledgers"),
    ],
)
def test_no_file_breaks_fills_or_leaves_anything(tmp_path, make, command):
    folder = tmp_path / "inner" / "files"
    folder.mkdir(parents=True)
    for name, data in make().items():
        (folder / name).write_bytes(data)
    before = files_below(folder)
    commands: list[dict[str, object]] = [
        {"name": name, "arguments": [command, name], "folder": str(folder)} for name in make()
    ]

    answers = carried_out(commands)

    assert not unpromised(answers)
    assert not without_remedy(answers)
    assert max(float(str(one["peak"])) for one in answers.values()) < MOST_MEMORY
    assert files_below(folder) == before


def test_no_bad_data_file_of_a_case_breaks_a_build_and_each_is_told_by_its_code(tmp_path):
    for name, bad in BAD_CASES.items():
        bad.write(tmp_path / "cases" / name)
    before = files_below(tmp_path / "cases")
    commands: list[dict[str, object]] = [
        {"name": name, "arguments": ["build", name], "folder": str(tmp_path / "cases")} for name in BAD_CASES
    ]

    answers = carried_out(commands)

    assert not unpromised(answers)
    assert [
        (name, bad.code)
        for name, bad in BAD_CASES.items()
        if not any(
            line.startswith(f"{name}/{bad.file}") and f"  {bad.code}" in line
            for line in str(answers[name]["told"]).splitlines()
        )
    ] == []
    assert {one["code"] for one in answers.values()} == {FAULTY}
    assert max(float(str(one["peak"])) for one in answers.values()) < MOST_MEMORY
    assert files_below(tmp_path / "cases") == before


def test_a_page_that_draws_itself_is_refused(tmp_path):
    """PDFium follows forms in forms without bound: a process of its own pays for it."""
    (tmp_path / "a.pdf").write_bytes(drawn_in_itself())
    commands: list[dict[str, object]] = [
        {"name": "a", "arguments": ["read", "a.pdf"], "folder": str(tmp_path)}
    ]

    answers = carried_out(commands, seconds=3)

    assert not unpromised(answers)
    assert answers["a"]["code"] == FAULTY
    assert "a.pdf  unreadable-document" in str(answers["a"]["told"])
    assert float(str(answers["a"]["peak"])) < GIGABYTE / 4


def sparse(path: Path, size: int = GIGABYTE) -> None:
    """So many bytes without a line end that take no room on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)


@pytest.fixture
def gigabytes(tmp_path):
    """A case whose files are too large, a ledger and files of a publisher of a gigabyte, and a pipe."""
    BadCase("case.toml", '[panel]\ntitle = "x"\n', "").write(tmp_path / "large")
    sparse(tmp_path / "large" / "sources" / "b.txt")
    for name in ("measures.toml", "corrections.toml", "reviews.jsonl", "series/a.csv"):
        sparse(tmp_path / "large" / name, GIGABYTE // 10)  # a build hashes them, which takes time
    for name in ("ledger.jsonl", "data/a.csv", "data/a.xlsx"):
        sparse(tmp_path / name)
    (tmp_path / "ledger.jsonl").write_bytes(b'{"quote": "')
    os.truncate(tmp_path / "ledger.jsonl", GIGABYTE)
    BadCase("sources/b.txt", "x", "").write(tmp_path / "piped")
    os.mkfifo(tmp_path / "piped" / "measures.toml")
    return tmp_path


def test_no_gigabyte_of_data_is_taken_in_and_no_pipe_waited_for(gigabytes):
    lines = {
        "build": ["build", "large"],
        "check": ["check", "ledger.jsonl"],
        "panel": ["panel", "NATO", "--years", "2024", "--data", "data"],
        "pipe": ["check", "piped"],
    }
    commands: list[dict[str, object]] = [
        {"name": name, "arguments": words, "folder": str(gigabytes)} for name, words in lines.items()
    ]

    answers = carried_out(commands)

    assert not unpromised(answers)
    assert max(float(str(one["peak"])) for one in answers.values()) < GIGABYTE
    told = str(answers["build"]["told"])
    for name in ("measures.toml", "corrections.toml", "reviews.jsonl", "series/a.csv", "sources/b.txt"):
        assert f"large/{name}  " in told
    assert "ledger.jsonl  broken-ledger" in str(answers["check"]["told"])


def test_a_text_goes_through_links_and_nothing_is_written_through_them(tmp_path):
    """What a case writes it writes under new names that take the place of what was there."""
    BadCase("sources/b.txt", "x", "").write(tmp_path / "case")
    precious = tmp_path / "precious.txt"
    precious.write_text("mine", encoding="utf-8")
    out = tmp_path / "case" / "out"
    out.mkdir()
    for name in ("report.html", "claims.jsonl", ".state.json"):
        (out / name).symlink_to(precious)
    (tmp_path / "case" / "sources" / "circle").symlink_to(tmp_path / "case")
    commands: list[dict[str, object]] = [
        {"name": "build", "arguments": ["build", "case"], "folder": str(tmp_path)}
    ]

    answers = carried_out(commands)

    assert not unpromised(answers)
    assert precious.read_text(encoding="utf-8") == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"case", "precious.txt"}


def test_a_bomb_is_read_up_to_a_bound_and_the_rest_is_told(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(repeated(b"\n", 300))
    commands: list[dict[str, object]] = [
        {"name": "a", "arguments": ["read", "a.txt.gz"], "folder": str(tmp_path)}
    ]

    (answer,) = carried_out(commands).values()

    assert "a.txt.gz  cut-short (warning)" in str(answer["told"])
