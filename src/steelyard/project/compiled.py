"""Turns the kernel of `lanes.py` into machine code at its first use, and keeps that on disk between runs.

numba notices when the file of a function changes, but not when a function that it takes from another file
does. So what is kept lies in a folder named after the text of all kernel files.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba
from numba.core import event

KERNEL = ("arithmetic.py", "chance.py", "compiled.py", "lanes.py", "records.py", "tally.py")
WAITING = "steelyard: compiling the projection for many draws; this is done once and takes up to a minute."
F = TypeVar("F", bound=Callable[..., object])


class _Waiting(event.Listener):
    """Says once on standard error what one waits for, where machine code is not on disk yet."""

    said = False

    def on_start(self, event: Any) -> None:  # noqa: ANN401 (numba has no types)
        """A function is about to be compiled, with those that it calls."""
        if not self.said:
            print(WAITING, file=sys.stderr, flush=True)
        self.said = True

    def on_end(self, event: Any) -> None:  # noqa: ANN401
        """Nothing is said at the end."""


def compiled(function: F) -> F:
    """The function as machine code; without a copy on disk where no folder for it can be written."""
    settings: Any = numba.config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(Path(before or Path(__file__).parent / "__pycache__") / _digest())
    try:
        made: Any = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:
        made = numba.njit(nogil=True, error_model="numpy")(function)
    finally:
        settings.CACHE_DIR = before
    return made  # type: ignore[no-any-return]


def announced(function: Callable[[], object]) -> None:
    """Call a function that may have to be compiled first, and say so where it has."""
    with event.install_listener("numba:compile", _Waiting()):
        function()


def _digest() -> str:
    folder = Path(__file__).parent
    text = b"\0".join((folder / name).read_bytes() for name in KERNEL)
    return f"lanes-{hashlib.sha256(text).hexdigest()[:16]}"
