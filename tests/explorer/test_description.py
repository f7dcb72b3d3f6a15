"""A running explorer answers as its own description says, whatever is asked of it."""

from __future__ import annotations

import shutil
import socket
import threading
from typing import cast

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from steelyard.explorer.app import make_app
from steelyard.explorer.openapi import description
from steelyard.explorer.serving import server_of
from steelyard.explorer.settings import Settings
from steelyard.explorer.shelf import open_shelf

schemathesis = pytest.importorskip("schemathesis", reason="the tests need to be set up anew")

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
def described(built, tmp_path_factory):
    """What a running server says of itself."""
    shelf = open_shelf(shutil.copytree(built, tmp_path_factory.mktemp("described") / "small"))
    (case,) = shelf.values()
    case.look()
    assert case.wait(60).stage == "ready", case.status
    wanted = Settings(draws=300, burst=100_000, reading_seconds=10.0)
    runs = server_of(make_app(shelf, wanted), wanted)
    door = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=runs.run, kwargs={"sockets": [door]})
    thread.start()
    yield schemathesis.openapi.from_url(f"http://127.0.0.1:{door.getsockname()[1]}/openapi.json")
    runs.should_exit = True
    thread.join(20)
    door.close()
    case.stop()
    case.wait(60)


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
