"""Work in a process of its own: what it may take, what is left of it, and from where it can be had."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from steelyard.confined import Allowance, GivenUp, end_all, work_apart

ROOT = Path(__file__).resolve().parents[2]
AMPLE = Allowance(60, 256 * 2**20)
TOLD, ASLEEP = "tests.confined.jobs:told", "tests.confined.jobs:asleep"


@pytest.fixture(autouse=True, scope="module")
def _ends_its_helpers():
    yield
    end_all()


def told(data: bytes = b"46.1 bn"):
    return work_apart(TOLD, data, AMPLE)


def is_there(process: int) -> bool:
    """Whether a process runs; one that has ended and was not asked for its end counts for none."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(process: int, seconds: float = 20) -> bool:
    """Whether a process ends soon."""
    end = time.monotonic() + seconds
    while is_there(process) and time.monotonic() < end:
        time.sleep(0.02)
    return not is_there(process)


def test_one_process_answers_one_input_after_another_and_what_it_prints_is_no_answer():
    first, second = told(), told(b"x" * 3_000_000)

    assert (first["bytes"], second["bytes"], second["text"]) == (7, 3_000_000, "x" * 10)
    assert first["process"] == second["process"] != os.getpid()


def test_threads_have_one_each():
    with ThreadPoolExecutor(3) as threads:
        found = list(threads.map(told, [b"%d" % n * 200_000 for n in range(9)]))

    assert [one["text"] for one in found] == [str(n) * 10 for n in range(9)]


@pytest.mark.parametrize(
    ("function", "allowed", "words"),
    [
        pytest.param("asleep", Allowance(0.3, 2**30), "took more than 0.3 seconds", id="late"),
        pytest.param("broken", AMPLE, "broke off", id="dead"),
        pytest.param(
            "greedy",
            AMPLE,
            "took more than 256 MB of memory",
            id="greedy",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux sees to it"),
        ),
    ],
)
def test_what_takes_too_much_is_given_up_and_what_comes_next_is_done(function, allowed, words):
    with pytest.raises(GivenUp, match=words):
        work_apart(f"tests.confined.jobs:{function}", b"", allowed)

    assert told()["bytes"] == 7


def test_an_error_of_ours_is_shown_whole():
    with pytest.raises(RuntimeError, match=r"(?s)Traceback.*jobs\.py.*our own fault"):
        work_apart("tests.confined.jobs:faulty", b"", AMPLE)


def test_what_an_earlier_input_has_broken_costs_a_later_one_nothing():
    answers = [work_apart("tests.confined.jobs:once", b"", AMPLE)["process"] for _ in range(3)]

    assert len(set(answers)) == 3


def test_a_helper_that_was_ended_by_somebody_is_replaced():
    os.kill(told()["process"], signal.SIGTERM)

    assert told()["bytes"] == 7


def test_an_interrupt_ends_what_is_being_done():
    threading.Timer(0.3, signal.raise_signal, [signal.SIGINT]).start()

    with pytest.raises(KeyboardInterrupt):
        work_apart(ASLEEP, b"", AMPLE)


PROGRAM = """
import sys, threading
sys.path.insert(0, {root!r})
from steelyard.confined import Allowance, work_apart
print(work_apart("tests.confined.jobs:told", b"", Allowance(60, 2**28))["process"], flush=True)
if {busy}:
    import tests.confined.jobs as jobs
    threading.Timer(0.1, lambda: print("busy", flush=True)).start()
    work_apart("tests.confined.jobs:asleep", b"", Allowance(60, 2**28))
"""


def program(*, busy: bool) -> subprocess.Popen[str]:
    """A program without a main guard that has a helper."""
    words = [sys.executable, "-c", PROGRAM.format(root=str(ROOT), busy=busy)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="looks at processes as Linux shows them")
@pytest.mark.parametrize("busy", [False, True])
def test_no_helper_outlives_whoever_started_it(busy):
    with program(busy=busy) as started:
        assert started.stdout
        helper = int(started.stdout.readline())
        if busy:
            started.stdout.readline()
            children = Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text().split()
            started.kill()
        else:
            children = []
        started.wait(20)

    assert gone(helper)
    assert all(gone(int(child)) for child in children)


@pytest.mark.skipif(os.name != "posix", reason="only there a process can be forked")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_daemon_that_was_forked_has_a_helper_of_its_own():
    """A daemon may have no children as `multiprocessing` sees it; and two would take each other's answers."""
    before = told()["process"]
    context = get_context("fork")
    ours, theirs = context.Pipe()
    daemon = context.Process(target=lambda: theirs.send(told()["process"]), daemon=True)
    daemon.start()

    assert ours.poll(60)
    assert ours.recv() not in (before, os.getpid())
    daemon.join(20)
    assert told()["process"] == before


def test_where_no_process_can_be_started_it_is_told(monkeypatch):
    monkeypatch.setattr(sys, "executable", "")

    with pytest.raises(OSError, match="no Python"):
        work_apart("tests.confined.jobs:never", b"", AMPLE)
