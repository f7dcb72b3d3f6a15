"""The panel: who carries what in an alliance, from the files that publishers give out.

`load_panel` reads the files of a folder, each by the format of its publisher, found by looking into
`formats`. A format is one file with four names:

    PUBLISHER   the id of its entry in publishers.toml
    SUFFIXES    of the files that it may know
    knows       (path) -> whether this file is of the publisher, told cheaply; never raises
    load        (path, names) -> Loaded; never raises for what is wrong with the file
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from steelyard.core.problems import Place, Problem, sort_problems
from steelyard.core.vocabulary import Vocabulary
from steelyard.panel import formats
from steelyard.panel.names import Names, names_of
from steelyard.panel.observations import Loaded, Panel

# Files beside the data that are nobody's fault.
_NOTES = ("README", ".", "~$", "LICENSE")


class Format(Protocol):
    """What a file in `formats` defines."""

    PUBLISHER: str
    SUFFIXES: tuple[str, ...]

    def knows(self, path: Path) -> bool:
        """Whether the file is of the publisher."""

    def load(self, path: Path, names: Names) -> Loaded:
        """What the file holds."""


def load_panel(paths: Iterable[Path], vocabulary: Vocabulary) -> Panel:
    """The observations of files and folders, with what each file is and all that is wrong with them.

    A file that no format knows is told as a warning with the formats there are; nothing is guessed.
    """
    loaded = [load_file(path, vocabulary) for path in _files(paths)]
    return Panel(
        tuple(one for each in loaded for one in each.observations),
        tuple(each.file for each in loaded if each.file),
        tuple(sort_problems(problem for each in loaded for problem in each.problems)),
    )


def load_file(path: Path, vocabulary: Vocabulary) -> Loaded:
    """What one file holds; an unknown one gives a warning alone."""
    if not path.is_file():
        message = "There is no such file or folder."
        return Loaded((), None, (Problem("missing-path", message, Place(str(path)), "Look at the path."),))
    for one in all_formats():
        if path.suffix.lower() in one.SUFFIXES and one.knows(path):
            return one.load(path, names_of(vocabulary, one.PUBLISHER))
    publishers = dict.fromkeys(one.PUBLISHER for one in all_formats())
    known = ", ".join(vocabulary.label("publishers", one) for one in publishers)
    message = "No format knows this file, so nothing is taken from it."
    hint = f"Files as they come from these publishers are read: {known}."
    return Loaded((), None, (Problem("unknown-file", message, Place(str(path)), hint, "warning"),))


@cache
def all_formats() -> tuple[Format, ...]:
    """Every format there is, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(formats.__path__))
    return tuple(cast(Format, import_module(f"{formats.__name__}.{name}")) for name in names)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and those in folders, in the order of their names."""
    for path in paths:
        if path.is_dir():
            found = (each for each in path.rglob("*") if each.is_file())
            yield from sorted(each for each in found if not each.name.startswith(_NOTES))
        else:
            yield path
