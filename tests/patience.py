"""A bound for what could take for ever, wide enough for any machine; speed is measured in benchmarks/."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

TraceFunction = Callable[[FrameType, str, Any], Any]

# Of processor time. What is tried takes a second or two; what grows by a square takes far more.
PATIENCE = 60.0


@contextmanager
def soon() -> Iterator[None]:
    """Fail where what is done inside works longer than anybody would wait."""
    begun = time.process_time()
    yield
    took = time.process_time() - begun
    assert took < PATIENCE, f"took {took:.0f} s of processor time, which looks like no end"


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python a piece of work runs: the same on every machine, however busy."""
    count = 0

    def traced(frame: FrameType, event: str, told: object) -> TraceFunction:
        nonlocal count
        count += event == "line"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
