"""Whose turn it is: what takes processor time is done a few at a time, and the same thing once for all.

So whoever asks for something cheap is answered at once, however many sliders are moved meanwhile; and the
queue has an end, after which one is told to come again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from starlette.exceptions import HTTPException

Given = ParamSpec("Given")
Found = TypeVar("Found")
_LATER = {"retry-after": "2"}


class Turns:
    """A few threads, and at most so many who wait for one or are at work in one."""

    def __init__(self, threads: int, most: int, name: str) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most, self._held = most, 0
        self._made: dict[Hashable, asyncio.Future[Any]] = {}

    async def take(
        self, function: Callable[Given, Found], *given: Given.args, **named: Given.kwargs
    ) -> Found:
        """What a function gives, when it is its turn.

        Raises:
            HTTPException: too many wait already.
        """
        if self._held >= self._most:
            raise HTTPException(503, "Too much is asked for at once. Try again in a few seconds.", _LATER)
        self._held += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, lambda: function(*given, **named))
        finally:
            self._held -= 1

    async def shared(self, key: Hashable, function: Callable[[], Found]) -> Found:
        """What a function gives; all who ask for the same `key` meanwhile are given the same.

        Raises:
            HTTPException: too many wait already.
        """
        if key not in self._made:
            self._made[key] = made = asyncio.ensure_future(self.take(function))
            made.add_done_callback(lambda _: self._made.pop(key, None))
        # One who goes away takes it from nobody.
        found: Found = await asyncio.shield(self._made[key])
        return found

    def close(self) -> None:
        """Let the threads go; who waits is not answered any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
