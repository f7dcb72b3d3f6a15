"""The page as PDF, printed by a Chromium that is installed; it asks no other host for anything."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

PDF = "report.pdf"
CHROMIUM = "STEELYARD_CHROMIUM"  # the environment variable that names another one than is found
SECONDS = 120.0  # how long one page may take; the largest of our cases takes a tenth of it
_NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser"),
)
_APPLICATIONS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
QUIETLY = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND"),
)
_NONE = (
    "no Chromium, Chrome or Edge was found, and only one of them can print the page to PDF; install one "
    f"(on Debian and Ubuntu: apt install chromium), or name yours in the variable {CHROMIUM}"
)


def find_browser() -> Path | None:
    """An installed browser of the Chromium family; None where there is none.

    The environment variable `STEELYARD_CHROMIUM` goes before all that is found.
    """
    named = os.environ.get(CHROMIUM)
    found = [shutil.which(named)] if named else [shutil.which(name) for name in _NAMES]
    places = [] if named else [str(path) for path in _usual_places() if path.is_file()]
    return next((Path(path) for path in (*found, *places) if path), None)


def _usual_places() -> Iterator[Path]:
    """Where browsers lie on systems that do not put them among the commands."""
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from (folder / name for name in _APPLICATIONS)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder_name := os.environ.get(variable):
            yield from (Path(folder_name) / name for name in _PROGRAMS)


def sandbox() -> tuple[str, ...]:
    """The option without which Chromium does not start for root; none for anybody else."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


def print_pdf(page: Path, *, seconds: float = SECONDS) -> Path:
    """Print a page to `report.pdf` beside it; its path. An earlier one is replaced, or kept if this fails.

    Raises:
        OSError: there is no browser, or it made no PDF in this time.
    """
    browser = find_browser()
    if browser is None:
        named = os.environ.get(CHROMIUM)
        raise OSError(f"{named}, which {CHROMIUM} names, is no program that can be run" if named else _NONE)
    target = page.with_name(PDF)
    # Beside the page and not in /tmp, of which a browser in a container of its own sees another one.
    with TemporaryDirectory(prefix="printing-", dir=page.parent, ignore_cleanup_errors=True) as folder:
        made = Path(folder) / PDF
        command = [
            *(str(browser), "--headless", *QUIETLY, *sandbox(), "--no-pdf-header-footer"),
            *(f"--user-data-dir={Path(folder, 'profile').resolve()}", f"--print-to-pdf={made.resolve()}"),
            page.resolve().as_uri(),
        ]
        said = _run(command, browser, seconds)
        if not _is_whole(made):
            last = f"; it said: {said}" if said else ""
            raise OSError(f"{browser} was asked to print {page} and made no PDF{last}")
        made.replace(target)
    return target


def _run(command: list[str], browser: Path, seconds: float) -> str:
    """Run a browser to its end, and all that it started with it; the last line that it said."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise OSError(
            f"{browser} had not printed the page after {seconds:g} seconds, and was ended"
        ) from None
    finally:
        _end(process)
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what is left of a process and of those that it started."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()


def _is_whole(path: Path) -> bool:
    """Whether a file is a PDF from its first to its last line."""
    if not path.is_file():
        return False
    data = path.read_bytes()
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-1024:]
