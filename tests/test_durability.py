"""What a build leaves when it is killed, when another is at work on the same case, and when nothing fits."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from steelyard import build, cli
from steelyard.build import build_case
from steelyard.case import new_case
from steelyard.locks import locked

KILLS = int(os.environ.get("STEELYARD_KILLS", "40"))
# A process that lets others write a folder of files over and over, and kills each at a random moment. After
# each it prints what does not hold: a file that is of no version, or a manifest that is no JSON. Versions
# differ in length, as reports do.
NURSERY = """
import json, hashlib, os, random, signal, sys, time
from pathlib import Path
from steelyard.core.whole_file import remove_leftovers
from steelyard.report.files import replace_files
from steelyard.state import STATE_FILE

os.fsync = lambda file: None  # it is for power cuts; a kill takes nothing from what the system has in hand
folder, kills, choice = Path(sys.argv[1]), int(sys.argv[2]), random.Random(7)
names = [f"tables/{number}.csv" for number in range(6)] + ["report.html"]

def contents(version):
    files = {name: f"{version}\\n".encode() * (2000 + 500 * (version % 5)) for name in names}
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    return files | {STATE_FILE: json.dumps(hashes).encode()}

def write():
    version = 0
    while True:
        version += 1
        remove_leftovers(folder)
        replace_files(folder, contents(version), sweep=("charts",))

for _ in range(kills):
    if not (child := os.fork()):
        write()
    time.sleep(choice.uniform(0.001, 0.06))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    for name in names:
        data = (folder / name).read_bytes() if (folder / name).exists() else b""
        if data and data != contents(int(data.split(b"\\n")[0]))[name]:
            print("torn:", name)
    if (folder / STATE_FILE).exists():
        json.loads((folder / STATE_FILE).read_text())
        print("whole")
"""


@pytest.mark.skipif(os.name != "posix", reason="processes are killed otherwise here")
def test_no_kill_leaves_a_part_of_a_file(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", NURSERY, tmp_path, str(KILLS)], capture_output=True, text=True, check=True
    )

    words = done.stdout.split()
    assert {*words} == {"whole"}
    assert len(words) > KILLS // 2


@pytest.fixture
def case(tmp_path):
    """A small case."""
    new_case(tmp_path / "small")
    (tmp_path / "small" / "sources" / "a.txt").write_text(
        "Seoul, 24 January 2026. South Korea set its 2026 defense budget at $46.1 billion.", encoding="utf-8"
    )
    return tmp_path / "small"


def hashes(case):
    return {
        path.relative_to(case).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in case.rglob("*")
        if path.is_file()
    }


def test_what_a_killed_build_left_is_gone_after_the_next(case):
    build_case(case)
    before = hashes(case)
    (case / "out" / ".report.html.4711.part").write_text("<html", encoding="utf-8")
    (case / "out" / "tables" / ".claims.csv.4711.part").write_text("id", encoding="utf-8")
    (case / "out" / "state.json").write_text('{"steps": {', encoding="utf-8")
    (case / ".build.lock").write_text("4711", encoding="utf-8")

    build_case(case)

    assert hashes(case) == before


def test_a_second_build_waits_for_the_first_and_says_so(case):
    told, end = [], threading.Event()

    def first():
        with locked(case / ".build.lock"):
            held.set()
            end.wait()

    held, other = threading.Event(), threading.Thread(target=first)
    other.start()
    held.wait()

    def tell(line):
        told.append(line)
        end.set()

    built = build_case(case, tell=tell)
    other.join()

    assert told[0] == f"waiting  for process {os.getpid()}, which builds this case"
    assert built.page is not None
    assert built.page.is_file()


def test_a_build_that_goes_on_for_too_long_is_not_waited_for(case, monkeypatch, capsys):
    monkeypatch.setattr(build, "_PATIENCE", 0.1)

    with locked(case / ".build.lock"):
        code = cli.run(["build", "--quiet", str(case)])

    assert code == 3
    assert f"process {os.getpid()} is at work there" in capsys.readouterr().err
    assert not (case / "out").exists()


def test_two_builds_at_once_leave_what_one_leaves(case):
    command = [sys.executable, "-m", "steelyard", "build", str(case)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    said = [each.communicate()[0] for each in both]

    steps = json.loads((case / "out" / "state.json").read_text(encoding="utf-8"))["steps"]
    told = {f"out/{name}": digest for step in steps.values() for name, digest in step["files"].items()}
    found = hashes(case)
    assert [each.returncode for each in both] == [0, 0]
    assert said[0] == said[1]
    assert told.items() <= found.items()
    assert {*told} | {"out/state.json"} == {name for name in found if name.startswith("out/")}
    assert not (case / ".build.lock").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk here")
def test_a_full_disk_is_told_with_the_cure(case, monkeypatch, capsys):
    """The kernel's own full disk stands behind the temporary name of one file."""
    real = Path.write_bytes

    def write_bytes(self, data):
        return real(Path("/dev/full") if self.name.startswith(".report.html.") else self, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)

    code = cli.run(["build", "--quiet", str(case)])

    assert code == 3
    said = capsys.readouterr().err
    assert "report.html: No space left on device; make room on the disk and run it again" in said
    assert [path for path in case.rglob("*") if path.suffix == ".part"] == []
