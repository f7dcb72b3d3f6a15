"""Who may write: one process at a time, and the dead keep nobody waiting."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from steelyard.locks import locked

HOLDER = """
import sys, time
from pathlib import Path
from steelyard.locks import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
COUNTER = """
import sys
from pathlib import Path
from steelyard.locks import locked
count = Path(sys.argv[1])
for _ in range(50):
    with locked(count.with_name("lock"), patience=30):
        count.write_text(str(int(count.read_text()) + 1))
"""


@pytest.fixture
def holder(tmp_path):
    """A process that holds the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path / "lock"], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.communicate()


def test_whoever_comes_second_is_told_who_holds_it(tmp_path, holder):
    told = []

    with (
        pytest.raises(BlockingIOError, match=f"process {holder.pid} is at work"),
        locked(tmp_path / "lock", patience=0.2, busy=told.append),
    ):
        pass

    assert told == [f"process {holder.pid}"]


def test_a_killed_process_holds_nothing(tmp_path, holder):
    holder.kill()
    holder.wait()

    assert (tmp_path / "lock").exists()
    with locked(tmp_path / "lock"):
        pass
    assert not (tmp_path / "lock").exists()


def test_threads_exclude_one_another_too(tmp_path):
    with locked(tmp_path / "lock"), pytest.raises(BlockingIOError), locked(tmp_path / "lock"):
        pass


def test_whoever_waits_gets_it_when_it_is_let_go(tmp_path):
    held = threading.Event()

    def hold():
        with locked(tmp_path / "lock"):
            held.set()
            time.sleep(0.2)

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    with locked(tmp_path / "lock", patience=30):
        pass
    other.join()


def test_no_count_is_lost_among_processes_that_come_and_go(tmp_path):
    """Each removes the file of the lock while the others wait for it."""
    count = tmp_path / "count"
    count.write_text("0")

    counters = [subprocess.Popen([sys.executable, "-c", COUNTER, count]) for _ in range(3)]

    assert [counter.wait(60) for counter in counters] == [0, 0, 0]
    assert count.read_text() == "150"


def test_no_lock_where_no_file_can_be(tmp_path):
    (tmp_path / "closed").write_text("a file stands where a folder is needed")
    with pytest.raises(OSError, match="closed"), locked(tmp_path / "closed" / "lock"):
        pass
