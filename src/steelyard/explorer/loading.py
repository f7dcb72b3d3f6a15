"""What builds, sliders and reviews rest on: loaded after the first page is out, by one thread for all.

Two threads that import at once can meet half a module. So a build loads all of this before it begins, and
nobody else imports any of it before there is a build.
"""

from __future__ import annotations

import threading
from importlib import import_module

# By name, for they rest on the shelf that has them loaded.
_HEAVY = ("check", "report.bundle", "explorer.redraw", "explorer.reviewing")
_LOADING = threading.Lock()


def load() -> None:
    """Load it, or wait for whoever does."""
    with _LOADING:
        for name in _HEAVY:
            import_module(f"steelyard.{name}")
