"""The economy of many draws, kept for those who ask for the same one again with another policy.

A slider that moves a policy leaves the economy as it is, so that its draws need not be run anew. They take
half a kilobyte each, so they are kept only once the same economy has been asked for twice.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from steelyard.project.chance import GROUP

if TYPE_CHECKING:
    from steelyard.project.records import World

NO_PATHS = np.empty((0, 0))
_MOST_MEMORY = 2**27  # bytes: beyond, nothing is kept


class KeptPaths:
    """Room for the paths of one economy. One at a time uses it; who comes meanwhile runs the draws anew."""

    def __init__(self) -> None:
        self._paths = NO_PATHS
        self._asked = self._known = b""
        self._lock = threading.Lock()

    @contextmanager
    def lent(self, world: World, draws: int) -> Iterator[World]:
        """The world with the paths of its draws, or with room for them; as it is where neither is to be had.

        What is written into that room counts as known when the block ends without an error.
        """
        if not self._lock.acquire(blocking=False):
            yield world
            return
        try:
            key, asked = _key_of(world, draws), self._asked
            self._asked = key
            if key != asked or not self._has_room(world, draws):
                yield world
                return
            known, self._known = key == self._known, b""
            flags = world.flags.copy()
            flags[2] = known
            yield world._replace(paths=self._paths, flags=flags)
            self._known = key
        finally:
            self._lock.release()

    def _has_room(self, world: World, draws: int) -> bool:
        """Whether the paths of so many draws may be kept; room of that size is made."""
        from steelyard.project.records import YEAR

        shape = (-(-draws // GROUP), (world.central.shape[1] + 1) * YEAR)
        if 8 * shape[0] * shape[1] > _MOST_MEMORY:
            return False
        if self._paths.shape != shape:
            self._paths, self._known = np.empty(shape), b""
        return True


def _key_of(world: World, draws: int) -> bytes:
    """All that the paths of an economy rest on."""
    parts = (world.keys, world.central, world.persistence, world.root, world.past, world.means, world.abroad)
    shapes = repr((draws, *(part.shape for part in parts))).encode()
    return shapes + b"".join(part.tobytes() for part in (*parts, world.flags))
