"""The decorator that turns a function of the kernel into machine code, kept on disk between runs.

Types come from the annotations, so each function is compiled once, when its file is imported. numba notices
when the file of a function changes, but not when a function that it calls in another file does. So what is
kept lies in a folder named after the text of all kernel files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import numba
import numpy as np
from numpy.typing import NDArray

KERNEL = ("contraction.py", "shrinking.py", "blocks.py", "wide.py", "blame.py")
F = TypeVar("F", bound=Callable[..., object])
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]
_PLAIN = {
    int: numba.int64,
    float: numba.float64,
    bool: numba.boolean,
    type(None): numba.void,
    Int32s: numba.int32[::1],
    Int64s: numba.int64[::1],
    Bytes: numba.uint8[::1],
    Floats: numba.float64[::1],
}


def compiled(function: F) -> F:
    """The function as machine code; without a copy on disk where no folder for it can be written."""
    hints = get_type_hints(function)
    result = _machine_type(hints.pop("return"))
    signature = result(*(_machine_type(hint) for hint in hints.values()))
    settings: Any = numba.config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(Path(before or Path(__file__).parent / "__pycache__") / _digest())
    try:
        made = numba.njit(signature, cache=True)(function)
    except RuntimeError:
        made = numba.njit(signature)(function)
    finally:
        settings.CACHE_DIR = before
    return made  # type: ignore[no-any-return]


def _machine_type(hint: Any) -> Any:  # noqa: ANN401 (types of numba have no type)
    """Numba's type for an annotation: a plain one, a row of them, or a named tuple of arrays."""
    types: Any = numba.types
    if hint in _PLAIN:
        return _PLAIN[hint]
    if fields := getattr(hint, "_fields", None):
        hints = get_type_hints(hint)
        return types.NamedTuple([_machine_type(hints[name]) for name in fields], hint)
    return types.Tuple([_machine_type(part) for part in get_args(hint)])


@cache
def _digest() -> str:
    folder = Path(__file__).parent
    text = b"\0".join((folder / name).read_bytes() for name in KERNEL)
    return f"kernel-{hashlib.sha256(text).hexdigest()[:16]}"
