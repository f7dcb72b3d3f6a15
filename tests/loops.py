"""Runs coroutines where another test of the process may have left a loop running, as browsers do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def run_apart(asked: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """What a coroutine gives, in a thread with a loop of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(asked())).result()
