"""Many people who move sliders at once, before a real server: each is answered, and little of it is kept."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import threading
import time
from collections import Counter

import pytest
from starlette.exceptions import HTTPException

from benchmarks.load import VISITORS, visitors
from steelyard.explorer import redraw
from steelyard.explorer.app import make_app
from steelyard.explorer.serving import server_of
from steelyard.explorer.settings import Settings
from steelyard.explorer.shelf import open_shelf
from steelyard.explorer.turns import Turns
from tests.explorer.conftest import BASE

KEPT = 100_000


@pytest.fixture
def server(built, tmp_path, monkeypatch):
    """The port of a server over the small case, its app, and what runs it; it keeps a few fans alone."""
    monkeypatch.setattr(redraw, "_KEPT", KEPT)
    shelf = open_shelf(shutil.copytree(built, tmp_path / "small"))
    (case,) = shelf.values()
    case.look()
    assert case.wait(60).stage == "ready", case.status
    app, settings = make_app(shelf, Settings(draws=300)), Settings(draws=300)
    door = socket.create_server(("127.0.0.1", 0), backlog=128)
    runs = server_of(app, settings)
    thread = threading.Thread(target=runs.run, kwargs={"sockets": [door]})
    thread.start()
    yield door.getsockname()[1], app, runs
    runs.should_exit = True
    thread.join(20)
    door.close()


def test_all_who_move_sliders_are_answered_and_what_is_kept_has_a_bound(server):
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

    answers, refused = asyncio.run(all_at_once())
    turns.close()

    assert (answers, begun, refused) == (list("aabba"), ["a", "b"], 503)
