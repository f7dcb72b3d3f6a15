"""Clients that are slow, silent or gone, before a real server: others are answered all the while."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from steelyard.explorer.guard import Guard
from steelyard.explorer.serving import server_of
from steelyard.explorer.settings import MEGABYTE, Settings

HASTY = Settings(
    header_seconds=0.4, silent_seconds=0.4, exchange_seconds=2.0, connections=20, held=MEGABYTE, burst=10_000
)
HEAD = b"Host: 127.0.0.1\r\nX-Steelyard: 1\r\n"
GET = b"GET / HTTP/1.1\r\n" + HEAD + b"\r\n"
UPLOAD = b"POST /texts HTTP/1.1\r\n" + HEAD + b"Content-Length: 500000\r\n\r\n" + b"x" * 300_000
NOTHING_MORE = struct.pack("ii", 1, 0)  # of a socket: what it has not sent is dropped when it is closed
LARGE = 16 * MEGABYTE  # more than two systems keep of what nobody reads


async def _hello(request: Request) -> Response:
    return PlainTextResponse("hello")


async def _large(request: Request) -> Response:
    return PlainTextResponse(b"x" * LARGE)


async def _texts(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


ROUTES = [Route("/", _hello), Route("/large", _large), Route("/texts", _texts, methods=["POST"])]


@contextmanager
def serving(settings: Settings) -> Iterator[int]:
    """The port of a server that answers a few things with the limits of some settings."""
    door = socket.create_server(("127.0.0.1", 0), backlog=128)
    server = server_of(Starlette(routes=ROUTES, middleware=[Middleware(Guard, settings=settings)]), settings)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
    thread.start()
    try:
        yield door.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)
        door.close()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(HASTY) as number:
        yield number


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def asked(port: int) -> str:
    """What somebody is answered who comes with a connection of his own."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        client.request("GET", "/")
        return client.getresponse().read().decode()
    finally:
        client.close()


def answered(client: socket.socket) -> bytes:
    """An answer with its body, which is told by its last byte or comes with nothing after."""
    found = b""
    while not found.endswith((b"hello", b"0", b"\n")) or found.endswith(b"\r\n\r\n"):
        part = client.recv(4000)
        assert part, found
        found += part
    return found


def is_hung_up_on(client: socket.socket) -> bool:
    """Whether the server ends a connection without an answer, within the time that the socket has."""
    try:
        return client.recv(1000) == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize(
    "sent", [pytest.param(b"", id="nothing"), pytest.param(GET[:-4], id="a header without its end")]
)
def test_who_does_not_come_to_the_end_of_a_header_is_hung_up_on(port, sent):
    with connected(port) as client:
        client.sendall(sent)

        assert asked(port) == "hello"
        assert is_hung_up_on(client)


def byte_by_byte(client: socket.socket, data: bytes, seconds: float) -> int:
    """How many bytes could be sent one by one, with so long between them."""
    client.settimeout(seconds)
    for number in range(len(data)):
        try:
            client.sendall(data[number : number + 1])
            if client.recv(1000) == b"":
                return number
        except TimeoutError:
            continue
        except OSError:
            return number
    return len(data)


@pytest.mark.parametrize("before", [pytest.param(b"", id="first"), pytest.param(GET, id="second request")])
def test_a_header_that_comes_byte_by_byte_is_not_waited_for(port, before):
    with connected(port) as client:
        client.sendall(before)
        if before:
            assert answered(client).endswith(b"hello")

        assert byte_by_byte(client, b"GET /" + b"x" * 1000, 0.05) < 1000
        assert asked(port) == "hello"


def test_silent_connections_keep_nobody_out():
    """Far more than may be there, with a patience that outlasts the test: the most silent ones make room."""
    with serving(replace(HASTY, header_seconds=600.0)) as number, ExitStack() as stack:
        silent = [stack.enter_context(connected(number)) for _ in range(200)]

        assert [asked(number) for _ in range(5)] == ["hello"] * 5
        assert is_hung_up_on(silent[0])
        silent[-1].sendall(GET)
        assert answered(silent[-1]).endswith(b"hello")


def test_uploads_that_stop_halfway_keep_nobody_out_and_are_given_up(port):
    with ExitStack() as stack:
        halfway = [stack.enter_context(connected(port)) for _ in range(3)]
        for client in halfway:
            client.sendall(UPLOAD)

        assert asked(port) == "hello"
        assert all(map(is_hung_up_on, halfway))
    with connected(port) as client:
        client.sendall(UPLOAD + b"x" * 200_000)
        assert answered(client).startswith(b"HTTP/1.1 200")


def uploaded(port: int) -> bool:
    """Whether there is room for an upload."""
    with connected(port) as client:
        client.sendall(UPLOAD + b"x" * 200_000)
        return answered(client).startswith(b"HTTP/1.1 200")


def test_who_vanishes_in_the_middle_of_an_upload_leaves_nothing_behind(port, capfd):
    for _ in range(10):
        with connected(port) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOTHING_MORE)
            client.sendall(UPLOAD)

    end = time.monotonic() + 20
    while not uploaded(port):  # until the server has noticed
        assert time.monotonic() < end
    assert [uploaded(port) for _ in range(4)] == [True] * 4
    assert capfd.readouterr().err == ""


def test_more_uploads_at_once_than_are_kept_are_told_to_come_again():
    with serving(replace(HASTY, silent_seconds=600.0)) as number, ExitStack() as stack:
        clients = [stack.enter_context(connected(number)) for _ in range(5)]
        for client in clients:
            client.sendall(UPLOAD)
            time.sleep(0.05)

        assert answered(clients[-1]).startswith(b"HTTP/1.1 503")
        assert asked(number) == "hello"


def test_who_reads_the_answer_slowly_is_given_up_and_others_are_answered(port):
    with connected(port) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.sendall(GET.replace(b"GET /", b"GET /large"))
        taken = 0
        assert asked(port) == "hello"
        try:
            while part := client.recv(4096):
                taken += len(part)
                time.sleep(0.05)
        except ConnectionError:
            pass

    assert 0 < taken < LARGE


def test_who_takes_a_large_answer_at_once_is_given_all_of_it(port):
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    client.request("GET", "/large")

    assert len(client.getresponse().read()) == LARGE
    client.close()


def test_a_connection_is_kept_between_two_requests(port):
    """What is asked for may take long to think of; a browser would have to connect anew each time."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    places = set()
    for _ in range(2):
        client.request("GET", "/")
        assert client.getresponse().read() == b"hello"
        places.add(client.sock.getsockname())
        time.sleep(2 * HASTY.header_seconds)

    assert len(places) == 1
    client.close()
