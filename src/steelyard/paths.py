"""What a path leads to: the files of a folder in order, and why something cannot be reached."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from steelyard.core.problems import Place, Problem, Severity


def out_of_reach(given: str) -> Problem | None:
    """Why there is nothing to be read at a path, if so."""
    if not given:
        hint = "Give a file or folder; a variable of your shell may be empty."
        return Problem("missing-path", "The path is empty.", Place('""'), hint)
    try:
        Path(given).stat()
    except (FileNotFoundError, NotADirectoryError):
        hint = "Check the spelling, or give the path from the folder you are in."
        return Problem("missing-path", "There is no such file or folder.", Place(given), hint)
    except OSError as error:
        return closed(error, given)
    return None


def closed(error: OSError, given: str) -> Problem:
    """A file or folder that the system does not open; an error where it is the one that was given."""
    place = str(error.filename or given)
    hint = "Check its permissions, and those of the folders in which it lies."
    severity: Severity = "error" if place == given else "warning"
    return Problem(
        "unreadable-document", f"It cannot be read ({error.strerror}).", Place(place), hint, severity
    )


def files_in(
    folder: Path, tell: Callable[[OSError], None], skipped: Callable[[Path], bool] = lambda folder: False
) -> Iterator[Path]:
    """The files below a folder in order, and to `tell` the folders that cannot be looked into.

    Hidden ones, folders that are `skipped`, links that lead in a circle, and pipes, which may never end, are
    left out.
    """
    for parent, folders, names in os.walk(folder, onerror=tell):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not skipped(Path(parent, name))
        )
        files = (Path(parent, name) for name in sorted(names) if not name.startswith("."))
        yield from (path for path in files if path.is_file() or not path.exists())


def nothing_in(folder: str) -> Problem:
    """The warning of a folder without files."""
    hint = "Put texts there, or name another folder."
    return Problem("empty-folder", "The folder holds no documents.", Place(folder), hint, "warning")
