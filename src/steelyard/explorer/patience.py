"""How long the server waits for those at the other end: for a header, for the next bytes, to be read.

uvicorn waits for ever for a first header, for the rest of an upload and for somebody who does not read. Here
all connections are looked through a few times a second: who is too slow is hung up on. Where there are too
many, the one goes that has let us wait longest, so that silent ones never keep others out.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from contextlib import suppress
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from steelyard.explorer.settings import Settings

_NOW = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
_LOOKS = 5  # in the shortest of the times


class Patient(H11Protocol):
    """A connection that knows when anything last moved; `patience` is how long is waited for what."""

    patience = Settings()
    are_looked_through = False  # all connections of a server together
    heard = begun = moved = 0.0  # by the clock of the loop: last byte in, this request, last byte out
    in_header, unread = True, 0  # whether a header has begun; bytes of answers that nobody has taken

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection up, and let another go where there is no room."""
        super().connection_made(transport)
        self.heard = self.begun = self.moved = self.loop.time()
        if not self.are_looked_through:
            self._look()
        if len(self.connections) > self.patience.connections:
            waiting = [one for one in self._all() if one is not self and one.lets_wait()]
            min(waiting, key=lambda one: (one.is_busy(), one.heard), default=self).hang_up()

    def data_received(self, data: bytes) -> None:
        """Take what was sent."""
        self.heard, was_busy = self.loop.time(), self.is_busy()
        if not was_busy and not self.in_header:
            self.in_header, self.begun = True, self.heard
        super().data_received(data)
        if not was_busy and self.is_busy():
            self.in_header, self.begun = False, self.heard

    def on_response_complete(self) -> None:
        """Go on to what was sent behind the request, if anything was."""
        self.begun = self.loop.time()
        super().on_response_complete()

    def is_busy(self) -> bool:
        """Whether a request has come whose answer is not written yet."""
        return self.cycle is not None and not self.cycle.response_complete

    def lets_wait(self) -> bool:
        """Whether it is for the other end to do something."""
        return not self.is_busy() or self._is_sending() or self.transport.get_write_buffer_size() > 0

    def hang_up(self) -> None:
        """End the connection without a word; what the system keeps for the other end is given up too."""
        self.connections.discard(self)
        if end := self.transport.get_extra_info("socket"):
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NOW)
        self.transport.abort()

    def is_too_slow(self, now: float) -> bool:
        """Whether the other end has let us wait too long."""
        unread = self.transport.get_write_buffer_size()
        if unread != self.unread:
            self.unread, self.moved = unread, now
        is_over = now - self.begun > self.patience.exchange_seconds
        if unread:
            return is_over or now - self.moved > self.patience.silent_seconds
        if self.is_busy():
            return self._is_sending() and (is_over or now - self.heard > self.patience.silent_seconds)
        return self.in_header and now - self.begun > self.patience.header_seconds

    def _is_sending(self) -> bool:
        return self.is_busy() and self.cycle.more_body and not self.flow.read_paused

    def _all(self) -> list[Patient]:
        return [one for one in self.connections if isinstance(one, Patient)]

    def _look(self) -> None:
        """Hang up on those who are too slow, and look again soon as long as there is anybody."""
        now = self.loop.time()
        for one in self._all():
            if one.is_too_slow(now):
                one.hang_up()
        type(self).are_looked_through = bool(self.connections)
        if self.connections:
            shortest = min(1.0, self.patience.header_seconds, self.patience.silent_seconds)
            self.loop.call_later(shortest / _LOOKS, self._look)


def patient(settings: Settings) -> type[Patient]:
    """Connections of one server with the patience that its settings ask for."""
    kind: Any = type("Patient", (Patient,), {"patience": settings})
    found: type[Patient] = kind
    return found
