"""Who may ask, how much at once, and what every answer forbids the browser."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from steelyard.explorer.guard import Guard
from steelyard.explorer.settings import Settings
from tests.explorer.conftest import BASE, HERE, OWN
from tests.loops import run_apart

FORBIDDEN = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
TOKEN = "a key; with = signs"


async def _echo(scope, receive, send):
    """An app that says how much it was sent, and breaks where it is asked to."""
    if scope["path"] == "/broken":
        raise RuntimeError("our own fault")
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def door(clock=lambda: 0.0, **settings) -> TestClient:
    return TestClient(Guard(_echo, Settings(**settings), clock), base_url=HERE, follow_redirects=False)


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "[::1]:8765"])
def test_the_servers_own_names_are_answered(host):
    assert door().get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8765", "", "localhost@evil.example"]
)
def test_a_foreign_name_that_points_here_is_not_answered(host):
    """Another site can let its name resolve to this machine and so read what its pages ask for."""
    answer = door().get("/", headers={"Host": host})

    assert answer.status_code == 421
    assert "Use the address that it printed" in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param(OWN, 200, id="no browser, with the header"),
        pytest.param({**OWN, "Origin": HERE}, 200, id="own page"),
        pytest.param({}, 403, id="a form of any page"),
        pytest.param({"Origin": HERE}, 403, id="own origin without the header"),
        pytest.param({**OWN, "Origin": "http://evil.example"}, 403, id="another site"),
        pytest.param({**OWN, "Origin": "http://127.0.0.1:9999"}, 403, id="another server of this machine"),
        pytest.param({**OWN, "Origin": "null"}, 403, id="a sandboxed page"),
        pytest.param({**OWN, "Sec-Fetch-Site": "cross-site"}, 403, id="browser says it is another site"),
        pytest.param({**OWN, "Sec-Fetch-Site": "same-site"}, 403, id="another port of this machine"),
    ],
)
def test_only_the_own_page_changes_something(headers, status):
    assert door().post("/", content=b"x", headers=headers).status_code == status


def test_a_token_goes_from_the_address_into_a_cookie():
    client = door(token=TOKEN)
    assert client.get("/").status_code == 401

    moved = client.get("/case/small/", params={"token": TOKEN, "target.by": "2031"})

    assert moved.status_code == 303
    assert moved.headers["location"] == "/case/small/?target.by=2031"
    assert "HttpOnly" in moved.headers["set-cookie"]
    assert "SameSite=Strict" in moved.headers["set-cookie"]
    assert client.get("/").status_code == 200


def test_a_script_shows_the_token_in_a_header():
    client = door(token=TOKEN)

    assert client.get("/", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.get("/", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/", headers={"Authorization": f"Basic {TOKEN}"}).status_code == 401


def test_a_wrong_token_beside_the_right_cookie_takes_it_from_nobody():
    client = door(token=TOKEN)
    client.get("/", params={"token": TOKEN})

    assert "set-cookie" not in client.get("/", params={"token": "wrong"}).headers
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "/\\/evil.example/", "/%0d%0aX: y"])
def test_the_way_to_the_clean_address_leads_to_no_other_site(path):
    answer = door(token="t").get(f"{HERE}{path}?token=t")

    place = answer.headers["location"]
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))
    assert "\n" not in place
    assert "x" not in answer.headers


def test_what_is_larger_than_the_limit_is_refused_before_and_while_it_comes():
    client = door(largest=1000)

    def streamed(pieces):
        yield from (b"x" * 100 for _ in range(pieces))

    assert client.post("/", content=b"x" * 1000, headers=OWN).text == "1000"
    assert client.post("/", content=b"x" * 1001, headers=OWN).status_code == 413
    assert client.post("/", content=streamed(10), headers=OWN).text == "1000"
    assert client.post("/", content=streamed(11), headers=OWN).status_code == 413
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("length", ["-1", "1e3", "9" * 40, "³"])
def test_a_length_that_is_none_is_too_large(length):
    sent = {}

    async def send(message):
        sent.setdefault(message["type"], message)

    headers = [(b"host", b"127.0.0.1"), (b"x-steelyard", b"1"), (b"content-length", length.encode())]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    run_apart(lambda: Guard(_echo, Settings())(scope, None, send))

    assert sent["http.response.start"]["status"] == 413


def test_many_requests_at_once_wait_and_are_answered_later():
    now = [0.0]
    client = door(lambda: now[0], burst=3, per_second=2.0)

    at_once = [client.get("/").status_code for _ in range(4)]
    now[0] = 0.5  # which is one request more, at two a second
    later = [client.get("/").status_code for _ in range(2)]
    now[0] = 1000.0
    rested = [client.get("/").status_code for _ in range(4)]

    assert at_once == [200, 200, 200, 429]
    assert later == [200, 429]
    assert rested == [200, 200, 200, 429]


def test_an_address_that_is_too_long_is_refused():
    assert door().get("/", params={"q": "x" * 8000}).status_code == 200
    answer = door().get("/", params={"q": "x" * 9000})

    assert (answer.status_code, answer.text) == (414, "The address is too long.\n")


def test_our_own_fault_is_told_without_its_insides(capsys):
    answer = door().get("/broken")

    assert answer.status_code == 500
    assert "our own fault" not in answer.text
    assert "our own fault" in capsys.readouterr().err


@pytest.mark.parametrize(
    "path",
    [
        *("/", f"{BASE}/", f"{BASE}/claims", f"{BASE}/text", f"{BASE}/fan.json", f"{BASE}/fan.csv"),
        *(f"{BASE}/status.json", f"{BASE}/report.html", f"{BASE}/nothing.txt", "/case/none/", "/nothing"),
        *("/explorer.css", "/explorer.js"),
    ],
)
def test_every_answer_says_what_the_browser_may_not_do(desk, path):
    answer = desk.client.get(path)

    assert FORBIDDEN.items() <= dict(answer.headers).items()
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy


@pytest.mark.parametrize("settings", [{"token": "t"}, {"burst": 0}, {"hosts": ("other",)}])
def test_every_refusal_says_so_too(settings):
    answer = door(**settings).get("/broken")

    assert answer.status_code in (401, 421, 429)
    assert FORBIDDEN.items() <= dict(answer.headers).items()


def test_the_redirect_and_the_broken_answer_say_so_too():
    for answer in (door(token="t").get("/?token=t"), door().get("/broken")):
        assert FORBIDDEN.items() <= dict(answer.headers).items()
        assert "default-src 'none'" in answer.headers["content-security-policy"]
