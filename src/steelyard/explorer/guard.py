"""The door of the explorer: who may ask, how much at once, and what every answer forbids the browser.

A page of another site can make a browser send requests here, and can point a name of its own at this machine.
So the host that a request names must be ours, what changes something must come from our own page (its origin,
and a header that no form can send), and a token is asked for wherever others can reach the server.
"""

from __future__ import annotations

import hmac
import time
import traceback
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from starlette.requests import ClientDisconnect

from steelyard.explorer.settings import Settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

OWN = "x-steelyard"  # no form and no foreign page can send it without our leave
COOKIE = "steelyard-token"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cache-control": "no-store",
}
_READING = ("GET", "HEAD")
_MOST_ADDRESSES = 10_000  # whose requests are counted at a time
_LONGEST_TARGET = 8192  # characters of path and query
_OTHERS = "Others are sending much just now. Try again in a minute."
_FAILED = "Something went wrong here; the terminal of the server says what."


class TooLarge(Exception):
    """More was sent than is taken."""


class TooMuch(Exception):
    """More is being sent by all together than is kept at once."""


class Guard:
    """An ASGI app that lets through what may come in, and sets the headers of every answer."""

    def __init__(self, app: App, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._app, self.settings, self._clock = app, settings, clock
        self.held = 0  # bytes of the bodies of requests that are not answered yet
        self._left: dict[str, tuple[float, float]] = {}  # by address: requests left, and when that was so

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it in a sentence."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = _headers_of(scope)
        if refused := self._refused(scope, headers):
            await _plain(send, *refused)
            return
        if token := self._shown(scope):
            await self._remember(scope, self._with_headers(send), token)
            return
        answer, body = _Answer(send), _Body(self, receive)
        try:
            await self._app(scope, body, self._with_headers(answer))
        except TooLarge:
            await _plain(send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._too_large())
        except TooMuch:
            await _plain(send, HTTPStatus.SERVICE_UNAVAILABLE, _OTHERS)
        except ClientDisconnect:
            pass  # nobody is there to be told
        except Exception:
            # Our own fault: its insides go to the terminal of the server and to nobody else.
            traceback.print_exc()
            if not answer.begun:
                await _plain(send, HTTPStatus.INTERNAL_SERVER_ERROR, _FAILED)
        finally:
            self.held -= body.taken

    def _refused(self, scope: Scope, headers: dict[str, str]) -> tuple[HTTPStatus, str] | None:
        """Why a request is not answered, or None."""
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"") > _LONGEST_TARGET:
            return HTTPStatus.REQUEST_URI_TOO_LONG, "The address is too long."
        if not self._is_ours(headers.get("host", "")):
            sentence = (
                "This server is not known by that name. Use the address that it printed when it started."
            )
            return HTTPStatus.MISDIRECTED_REQUEST, sentence
        if not self._may_ask_now(scope):
            return HTTPStatus.TOO_MANY_REQUESTS, "Too many requests at once. Wait a second."
        if not self._is_known(scope, headers):
            sentence = "This server asks for its token. Open the address with ?token=... that it printed."
            return HTTPStatus.UNAUTHORIZED, sentence
        if scope["method"] not in _READING and not self._is_our_page(headers):
            return HTTPStatus.FORBIDDEN, "Only the explorer's own page may change something."
        if _length(headers) > self.settings.largest:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._too_large()
        return None

    def _too_large(self) -> str:
        return f"That is too large: at most {self.settings.largest // 2**20} MB are taken at once."

    def _is_ours(self, host: str) -> bool:
        return _name_of(host) in self.settings.hosts

    def _is_known(self, scope: Scope, headers: dict[str, str]) -> bool:
        """Whether a request brings the token: in its address the first time, then in a cookie."""
        token = self.settings.token
        return not token or any(
            hmac.compare_digest(token.encode(), one.encode()) for one in _tokens(scope, headers)
        )

    def _is_our_page(self, headers: dict[str, str]) -> bool:
        origin = headers.get("origin")
        same = origin is None or (
            urlsplit(origin).netloc == headers.get("host")
            and _name_of(urlsplit(origin).netloc) in self.settings.hosts
        )
        return (
            same
            and OWN in headers
            and headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
        )

    def _may_ask_now(self, scope: Scope) -> bool:
        """Whether an address has not asked too often: so many at once, and so many a second on average."""
        address, now = (scope.get("client") or ("", 0))[0], self._clock()
        left, before = self._left.get(address, (float(self.settings.burst), now))
        left = min(self.settings.burst, left + (now - before) * self.settings.per_second)
        if len(self._left) >= _MOST_ADDRESSES and address not in self._left:
            self._left.clear()
        self._left[address] = (max(left - 1, 0.0), now)
        return left >= 1

    def _shown(self, scope: Scope) -> str:
        """The token in the address of a page, which then goes into a cookie and out of the address.

        A wrong one beside the right cookie goes nowhere.
        """
        asked = parse_qs((scope.get("query_string") or b"").decode("latin-1")).get("token", [])
        token = self.settings.token
        return token if token and scope["method"] == "GET" and token in asked else ""

    async def _remember(self, scope: Scope, send: Send, token: str) -> None:
        """Send the browser to the same page without the token, which it keeps in a cookie."""
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        query.pop("token")
        rest = urlencode(query, doseq=True)
        # A browser takes two slashes at the beginning, and a backslash for one, for the name of another site.
        path = quote(scope["path"].lstrip("/\\"), safe="/~@:!$&'()*+,;=")
        kept = f"{COOKIE}={quote(token, safe='')}; Path=/; HttpOnly; SameSite=Strict"
        headers = [
            (b"location", f"/{path}{'?' if rest else ''}{rest}".encode()),
            (b"set-cookie", kept.encode()),
        ]
        await send({"type": "http.response.start", "status": HTTPStatus.SEE_OTHER, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                wanted = {**_HEADERS, "content-security-policy": POLICY}
                more = [
                    (key.encode(), value.encode())
                    for key, value in wanted.items()
                    if key.encode() not in given
                ]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        return sending


class _Body:
    """The body of a request, as long as it is no larger than what is taken of one and of all together."""

    def __init__(self, guard: Guard, receive: Receive) -> None:
        self._guard, self._receive, self.taken = guard, receive, 0

    async def __call__(self) -> Message:
        """The next part."""
        message = await self._receive()
        size = len(message.get("body", b""))
        self.taken += size
        self._guard.held += size
        if self.taken > self._guard.settings.largest:
            raise TooLarge
        if self._guard.held > self._guard.settings.held:
            raise TooMuch
        return message


class _Answer:
    """Sends on, and knows whether an answer has begun."""

    def __init__(self, send: Send) -> None:
        self._send, self.begun = send, False

    async def __call__(self, message: Message) -> None:
        """Send a message on."""
        self.begun = True
        await self._send(message)


def _headers_of(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _name_of(host: str) -> str:
    """The name in a host header, without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if ":" in host else host


def _tokens(scope: Scope, headers: dict[str, str]) -> Iterator[str]:
    """All tokens that a request brings."""
    yield from parse_qs((scope.get("query_string") or b"").decode("latin-1")).get("token", [])
    for part in headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE:
            yield unquote(value)
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        yield value.strip()


def _length(headers: dict[str, str]) -> int:
    text = headers.get("content-length", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 2**60


async def _plain(send: Send, status: HTTPStatus, sentence: str) -> None:
    """Send a sentence as plain text."""
    body = f"{sentence}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    headers += [(key.encode(), value.encode()) for key, value in _HEADERS.items()]
    headers.append((b"content-security-policy", POLICY.encode()))
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body})
