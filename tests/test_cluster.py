"""The same work on a cluster: a scheduler of dask's and workers of its own, some of which die."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from steelyard import cli
from steelyard.core.problems import SteelyardError
from steelyard.engine import Lost, cluster, map_pure, stream_pure
from steelyard.gather import gather_paths
from steelyard.run import Options, Run

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are killed otherwise here")
ROOT = Path(__file__).resolve().parents[1]
KOREA = ROOT / "cases" / "korea-2026"
DASK = ("-m", "dask")
HERE = ("--host", "127.0.0.1", "--no-dashboard")
ALONE = (*HERE, "--no-nanny", "--nthreads", "1")


class Crew:
    """A scheduler and its workers, each a process."""

    def __init__(self, folder):
        self.folder = folder
        self.workers = []
        self.scheduler, place = self.started("scheduler", *HERE, "--port", "0")
        self.address = place()

    def started(self, *words):
        """A process, and where it is to be found once it is there."""
        log = self.folder / f"{len(list(self.folder.glob('*.log')))}.log"
        environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        with log.open("w") as told:
            process = subprocess.Popen(
                [sys.executable, *DASK, *words], stderr=told, cwd=self.folder, env=environment
            )
        return process, partial(self.place, process, log)

    def place(self, process, log):
        while not (found := re.search(r" at: +(tcp\S+)", log.read_text())):
            assert process.poll() is None, log.read_text()
            time.sleep(0.05)
        return found[1]

    def of(self, count):
        """The address, once so many workers are alive."""
        self.workers = [each for each in self.workers if each.poll() is None]
        new = [self.started("worker", self.address, *ALONE) for _ in range(count - len(self.workers))]
        self.workers += [worker for worker, _ in new]
        for _, place in new:
            place()
        return self.address

    def end(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def crew(tmp_path_factory):
    crew = Crew(tmp_path_factory.mktemp("crew"))
    yield crew
    crew.end()


def doubled(number):
    time.sleep(0.01)
    return 2 * number


def deadly(number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def test_results_come_in_the_order_of_the_inputs(crew):
    assert map_pure(doubled, range(20), cluster=crew.of(2)) == list(range(0, 40, 2))


def test_an_error_in_the_function_reaches_the_caller(crew):
    results = stream_pure(partial(divmod, 6), iter([3, 0, 1]), cluster=crew.of(1))

    assert next(results) == (2, 0)
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_a_worker_that_is_killed_costs_no_result(crew):
    found = []
    for number in stream_pure(doubled, range(60), cluster=crew.of(2)):
        found.append(number)
        if len(found) == 5:
            crew.workers[0].kill()

    assert found == list(range(0, 120, 2))


def test_an_input_that_kills_two_workers_is_set_aside_and_the_rest_goes_on(crew):
    found = list(stream_pure(deadly, range(8), cluster=crew.of(3)))

    assert [each for each in found if not isinstance(each, Lost)] == [0, 2, 4, 8, 10, 12, 14]
    assert isinstance(found[3], Lost)
    assert found[3].input_index == 3
    assert sum(worker.poll() is None for worker in crew.workers) == 1


def test_a_case_is_read_and_projected_the_same_as_here(crew):
    """And the workers, which stand in another folder, need not see the files."""
    here = Run(KOREA, Options(draws=10))
    there = Run(KOREA, Options(draws=10, cluster=crew.of(2)))

    assert there.gathered.documents == here.gathered.documents
    assert there.gathered.ledger.to_jsonl() == here.gathered.ledger.to_jsonl()
    assert [each.to_json() for each in there.projected[0]] == [each.to_json() for each in here.projected[0]]
    assert there.problems(checked=False) == here.problems(checked=False)


def test_what_cannot_be_opened_is_told_the_same_as_here(crew, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Seoul's 2026 defense budget is $46.1 billion.", encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 no more")
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")

    here, there = (gather_paths(["."], cluster=address) for address in (None, crew.of(1)))

    assert len(here.problems) > 1
    assert (there.ledger, there.problems) == (here.ledger, here.problems)


def test_another_steelyard_is_not_asked(crew, monkeypatch):
    monkeypatch.setattr(cluster, "package_hash", lambda: "another")

    with pytest.raises(ConnectionError, match="another steelyard or Python"):
        map_pure(doubled, [1], cluster=crew.of(1))


def test_without_the_scheduler_it_ends_with_a_sentence(tmp_path):
    crew = Crew(tmp_path)
    results = stream_pure(doubled, iter(range(500)), cluster=crew.of(1), ahead=4)
    try:
        assert [next(results) for _ in range(3)] == [0, 2, 4]
        crew.scheduler.kill()
        with pytest.raises(ConnectionError, match="scheduler is gone"):
            list(results)
    finally:
        crew.end()


def test_where_no_scheduler_answers_it_ends_with_a_sentence(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(cluster, "CONNECT", 0.3)
    (tmp_path / "a.txt").write_text("Seoul's 2026 defense budget is $46.1 billion.", encoding="utf-8")

    code = cli.run(["read", "--cluster", "tcp://127.0.0.1:9", str(tmp_path / "a.txt")])

    assert code == 3
    assert capsys.readouterr().err.startswith("steelyard: tcp://127.0.0.1:9: no scheduler answers there")


def test_without_workers_it_ends_with_a_sentence(crew, monkeypatch, tmp_path):
    monkeypatch.setattr(cluster, "FOR_A_WORKER", 0.5)
    empty = Crew(tmp_path)
    try:
        with pytest.raises(ConnectionError, match="no worker answers"):
            map_pure(doubled, [1], cluster=empty.address)
    finally:
        empty.end()


def test_without_the_extra_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(SteelyardError, match=r"pip install 'steelyard\[cluster\]'"):
        map_pure(doubled, [1], cluster="tcp://127.0.0.1:9")
