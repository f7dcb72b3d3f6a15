"""A small case, built once, and a browser's stand-in before the explorer over copies of it."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from multiprocessing import active_children
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from steelyard.build import build_case
from steelyard.explorer.app import make_app
from steelyard.explorer.settings import Settings
from steelyard.explorer.shelf import Opened, open_shelf
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def _leaves_nothing_behind() -> Iterator[None]:
    """Readers of texts end with their test, and interrupts are heard as before."""
    before, heard = set(active_children()), signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, heard)
    for child in set(active_children()) - before:
        child.kill()
        child.join()


KOREA = ROOT / "cases" / "korea-2026"
CASE_FILE = """\
title = "Korea, small"
actors = ["KOR", "USA"]

[report]
headline = "linear-2035"
"""
OWN = {"X-Steelyard": "1"}  # what the explorer's own page sends with a change
HERE = "http://127.0.0.1"
DRAWS = 3000
BASE = "/case/small"


@dataclass
class Desktop:
    """Somebody at the explorer: a client that keeps cookies, and the cases that lie there."""

    client: TestClient
    shelf: dict[str, Opened]

    @property
    def case(self) -> Opened:
        return next(iter(self.shelf.values()))

    def get(self, path: str, **asked):
        return self.client.get(path if path.startswith("/") else f"{BASE}/{path}", **asked)

    def post(self, path: str, headers=(), **sent):
        path = path if path.startswith("/") else f"{BASE}/{path}"
        return self.client.post(path, headers={**OWN, **dict(headers)}, **sent)

    def review(self, **asked):
        return self.post("reviews", json=asked)


def make_small_case(folder: Path) -> Path:
    """A case of two short texts and two scenarios in a folder, with its report."""
    case = folder / "small"
    case.mkdir()
    for name in ("sources", "series", "scenarios"):
        shutil.copytree(KOREA / name, case / name)
    for name in ("linear-2030", "fewer-troops"):
        (case / "scenarios" / f"{name}.toml").unlink()
    (case / "sources" / "strategy-note.txt").unlink()
    first = case / "scenarios" / "constant-share.toml"
    first.write_text(first.read_text().replace("draws = 10000", "draws = 300"))
    (case / "case.toml").write_text(CASE_FILE)
    build_case(case)
    return case


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small case, which no test changes."""
    return make_small_case(tmp_path_factory.mktemp("built"))


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    """A copy of the built case that a test may change."""
    return shutil.copytree(built, tmp_path / "small")


@pytest.fixture
def opened() -> Iterator[Callable[..., Desktop]]:
    """A function that opens the explorer over a folder, with its cases built unless told otherwise."""
    begun = []

    def open_folder(folder: Path, *, wait: bool = True, **settings) -> Desktop:
        shelf = open_shelf(folder)
        app = make_app(shelf, replace(Settings(draws=DRAWS), **settings))
        client = TestClient(app, base_url=HERE)
        client.__enter__()
        begun.append(client)
        for one in shelf.values() if wait else ():
            one.look()
            assert one.wait(60).stage == "ready", one.status
        return Desktop(client, shelf)

    yield open_folder
    for client in begun:
        client.__exit__(None, None, None)


@pytest.fixture(scope="session")
def desk(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    """The explorer over one case that no test changes."""
    folder = shutil.copytree(built, tmp_path_factory.mktemp("shown") / "small")
    shelf = open_shelf(folder)
    with TestClient(make_app(shelf, Settings(draws=DRAWS)), base_url=HERE) as client:
        one = next(iter(shelf.values()))
        one.look()
        assert one.wait(60).stage == "ready", one.status
        yield Desktop(client, shelf)
