"""What the explorer is told when it starts: where it listens, whom it lets in, and how much it takes."""

from __future__ import annotations

from dataclasses import dataclass

LOOPBACK = ("127.0.0.1", "::1", "localhost")
MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and doors of one server.

    `token` is asked of every visitor, "" where nobody but this machine can reach it; `hosts` are the names
    by which the server may be addressed, so that no other site can point its own name here. `largest` is the
    size of an upload in bytes, `reading_seconds` and `reading_memory` what reading a text may take,
    `per_second` how many requests one address may make on average and `burst` how many at once.

    `connections` is how many there may be; one may be `header_seconds` at a header, `silent_seconds` without
    a byte where it is its turn, and `exchange_seconds` at one request. `held` are the bytes of uploads that
    are kept at once, `queue` how many answers may be waited for that take processor time.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    hosts: tuple[str, ...] = LOOPBACK
    largest: int = 20 * MEGABYTE
    reading_seconds: float = 20.0
    reading_memory: int = 1024 * MEGABYTE
    per_second: float = 300.0
    burst: int = 600
    connections: int = 128
    header_seconds: float = 10.0
    silent_seconds: float = 15.0
    exchange_seconds: float = 300.0
    held: int = 200 * MEGABYTE
    queue: int = 64
    draws: int = 100_000
    reviews: bool = False

    @property
    def takes_reviews(self) -> bool:
        """Whether visitors may write reviews and start builds: at this machine, or where they are let."""
        return self.reviews or not self.is_open

    @property
    def is_open(self) -> bool:
        """Whether others than this machine can reach it."""
        return self.host not in LOOPBACK


__all__ = ["LOOPBACK", "MEGABYTE", "Settings"]
