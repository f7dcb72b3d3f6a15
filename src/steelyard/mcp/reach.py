"""What the server may read: the folders named on its command line and nothing else, and how much of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from steelyard.core.problems import SteelyardError

MEGABYTE = 1_000_000
SECONDS, MEGABYTES = 60, 20
# Of a text that is given inline; a long report has as many.
LONGEST_TEXT = 500_000


class Refused(SteelyardError):
    """A call that is not carried out; the message says why, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The folders that may be read, resolved; how long a call may take, how large what it reads may be."""

    folders: Sequence[Path] = ()
    seconds: float = SECONDS
    megabytes: int = MEGABYTES

    def find(self, given: str) -> Path:
        """The file or folder of a path, which is absolute or starts from one of the folders.

        Links are followed before it is asked where the path leads, inside a folder too.

        Raises:
            Refused: it leads elsewhere or nowhere, or to more than may be read.
        """
        found = next((path for folder in self.folders if (path := self._inside(folder, given))), None)
        if found is None:
            raise Refused(self._elsewhere(given))
        size = 0
        for file in _files_in(found):
            if not self.holds(file):
                raise Refused(f"{given!r} holds a link that leads elsewhere ({file.name}); take the link out")
            size += file.stat().st_size
            if size > self.megabytes * MEGABYTE:
                raise Refused(
                    f"{given!r} is larger than {self.megabytes} MB; name a part of it, or start the server "
                    "with a higher --megabytes"
                )
        return found

    def holds(self, path: Path) -> bool:
        """Whether a path leads into one of the folders, all links followed."""
        real = Path(os.path.realpath(path))
        return any(real.is_relative_to(folder) for folder in self.folders)

    def _inside(self, folder: Path, given: str) -> Path | None:
        """The path as it leads from one of the folders, if it leads to something that may be read."""
        try:
            path = Path(os.path.realpath(folder / given))
            return path if given and self.holds(path) and path.exists() else None
        except (OSError, ValueError):  # a name that no system takes
            return None

    def _elsewhere(self, given: str) -> str:
        """Why a path is not read; the same for what is not there and for what is not to be seen."""
        if not self.folders:
            return "the server was started without a folder, so it reads no files; give the text itself"
        known = ", ".join(map(str, self.folders))
        return f"there is no {given!r} in what the server may read ({known}); give a path below that"


def _files_in(path: Path) -> Iterator[Path]:
    """The file itself, or all files and links below a folder; links to folders are given and not followed."""
    if not path.is_dir():
        yield path
        return
    for parent, folders, names in os.walk(path):
        yield from (Path(parent, name) for name in names if Path(parent, name).exists())
        yield from (Path(parent, name) for name in folders if Path(parent, name).is_symlink())
