"""Python's collector of cyclic garbage, kept at rest while prose is read.

The reader makes no cycles but for a few of each document, so that what it lays down is freed at once. But it
makes many objects that stay, and after every so many of them the collector would look through all there are.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the collector from running, unless it was off before; it is on again afterwards in any case."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
