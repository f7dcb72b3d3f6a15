"""A running server: it answers many at once, keeps little of it, and does as its own description says."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import threading
import time
from collections import Counter
from typing import cast

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from starlette.exceptions import HTTPException

from benchmarks.load import VISITORS, visitors
from steelyard.explorer import redraw
from steelyard.explorer.app import make_app
from steelyard.explorer.openapi import description
from steelyard.explorer.serving import server_of
from steelyard.explorer.settings import Settings
from steelyard.explorer.shelf import open_shelf
from steelyard.explorer.turns import Turns
from tests.explorer.conftest import BASE
from tests.loops import run_apart

KEPT = 100_000
CASES = 8
# A text that is read takes a process and some tenths of a second.
FEWER = {"texts": 6, "build": 3, "reviews": 8}
ASKED = [
    pytest.param(path, method, id=f"{method} {path.rpartition('/')[2]}")
    for path, methods in cast("dict[str, dict[str, object]]", description("0")["paths"]).items()
    for method in methods
    if method != "parameters"
]


@pytest.fixture(scope="module")
def server(built, tmp_path_factory):
    """The port of a server over the small case, its app, and what runs it."""
    shelf = open_shelf(shutil.copytree(built, tmp_path_factory.mktemp("running") / "small"))
    (case,) = shelf.values()
    case.look()
    assert case.wait(60).stage == "ready", case.status
    wanted = Settings(draws=300, burst=100_000, reading_seconds=10.0)
    app = make_app(shelf, wanted)
    door = socket.create_server(("127.0.0.1", 0), backlog=128)
    runs = server_of(app, wanted)
    thread = threading.Thread(target=runs.run, kwargs={"sockets": [door]})
    thread.start()
    yield door.getsockname()[1], app, runs
    runs.should_exit = True
    thread.join(20)
    door.close()
    case.stop()
    case.wait(60)


def test_all_who_move_sliders_are_answered_and_what_is_kept_has_a_bound(server, monkeypatch):
    """A hundred fans cannot all be kept."""
    monkeypatch.setattr(redraw, "_KEPT", KEPT)
    port, app, runs = server
    board = app.state.boards["small"]
    levers = json.loads(board.fan_json({}))["levers"]

    all_ = visitors(port, f"{BASE}/", levers, rate=100, seconds=2)
    for one in all_:
        one.join(60)

    answers = [answer for one in all_ for answer in one.answers]
    assert Counter(error for _, _, error in answers) == {"": len(answers)}
    assert len(answers) == VISITORS * round(200 / VISITORS)
    kept = [len(told) for told in board._kept.values()]
    assert 0 < sum(kept) <= KEPT
    assert board.kept({"target.by": "2040"}) is None
    assert not app.state.turns._made
    end = time.monotonic() + 20
    while runs.server_state.connections:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_is_asked_for_twice_at_once_is_reckoned_once_and_a_full_queue_is_told():
    turns, begun, go_on = Turns(1, 2, "test"), [], threading.Event()

    def slow(name: str) -> str:
        begun.append(name)
        go_on.wait(20)
        return name

    async def all_at_once() -> tuple[list[str], int]:
        asked = [asyncio.ensure_future(turns.shared(name, lambda name=name: slow(name))) for name in "aabba"]
        while not begun:
            await asyncio.sleep(0.01)
        try:
            await turns.take(slow, "c")
        except HTTPException as error:
            refused = error.status_code
        go_on.set()
        return list(await asyncio.gather(*asked)), refused

    answers, refused = run_apart(all_at_once)
    turns.close()

    assert (answers, begun, refused) == (list("aabba"), ["a", "b"], 503)


@pytest.fixture(scope="module")
def described(server):
    """What a running server says of itself."""
    schemathesis = pytest.importorskip("schemathesis", reason="the tests need to be set up anew")
    return schemathesis.openapi.from_url(f"http://127.0.0.1:{server[0]}/openapi.json")


@pytest.mark.parametrize(("path", "method"), ASKED)
def test_every_answer_is_as_described_and_none_is_a_fault_of_the_server(described, path, method):
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    checks = [
        *(not_a_server_error, status_code_conformance, content_type_conformance),
        *(response_headers_conformance, response_schema_conformance),
    ]

    @settings(
        max_examples=FEWER.get(path.rpartition("/")[2], CASES),
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=described[path][method].as_strategy())
    def ask(case):
        case.call_and_validate(checks=checks, timeout=30)

    ask()
