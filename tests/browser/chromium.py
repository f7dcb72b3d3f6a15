"""The Chromium in which the page is tested: found by name, or installed where that can be done.

`python -m tests.browser.chromium` is what `make test` runs before the tests. It ends well in any case: where
there is no Chromium and none can be had, it says that the tests of the page in a browser will not be run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from steelyard.report.pdf import CHROMIUM, find_browser

REQUIRED = "STEELYARD_REQUIRE_BROWSER"  # "1" makes a missing Chromium a failure
MISSING = (
    "no Chromium was found, so the page is not tested in a browser; install one (on Debian and Ubuntu: "
    f"apt install chromium), or name yours in {CHROMIUM}"
)
APT = (
    ("apt-get", "-qq", "update"),
    ("apt-get", "-qq", "-y", "--no-install-recommends", "install", "chromium"),
)
PLAYWRIGHT = ((sys.executable, "-m", "playwright", "install", "chromium"),)
SECONDS = 100  # for each command; whoever has a slow line installs a Chromium beforehand


def chromium() -> Path | None:
    """A Chromium that is installed, else the one that playwright fetched for this user, else None."""
    from playwright.sync_api import sync_playwright

    if found := find_browser():
        return found
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.is_file() else None


def install() -> None:
    """Try the package of the system where we may, then playwright's own."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    for commands in ((APT,) if is_root and shutil.which("apt-get") else ()) + (PLAYWRIGHT,):
        if all(_succeeds(command) for command in commands) and chromium():
            return


def _succeeds(command: tuple[str, ...]) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=quiet, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def main() -> None:
    """Find a Chromium, else install one, else say what will not be run."""
    if chromium():
        return
    print("Installing a Chromium for the tests of the page", flush=True)
    install()
    if not chromium():
        print(f"Note: {MISSING}", file=sys.stderr)


if __name__ == "__main__":
    main()
