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
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from steelyard.core.problems import Place, Problem, sort_problems
from steelyard.core.vocabulary import Vocabulary
from steelyard.panel import formats
from steelyard.panel.names import Names, names_of
from steelyard.panel.observations import Loaded, Panel
from steelyard.panel.slips import without_slips

# Files beside the data that are nobody's fault.
_NOTES = ("README", ".", "~$", "LICENSE")
_NAMED = 6  # unknown files that a warning names before it only counts them


class Format(Protocol):
    """What a file in `formats` defines."""

    PUBLISHER: str
    SUFFIXES: tuple[str, ...]

    def knows(self, path: Path) -> bool:
        """Whether the file is of the publisher."""

    def load(self, path: Path, names: Names) -> Loaded:
        """What the file holds."""


def load_panel(paths: Iterable[Path], vocabulary: Vocabulary) -> Panel:
    """The observations of files and of those in folders, with what each is and all that is wrong with them.

    Files that no format knows are told as a warning, those of one folder together; nothing is guessed.
    """
    loaded: list[Loaded] = []
    unknown: dict[Path, list[Path]] = {}
    for path in _files(paths):
        if (one := format_of(path)) or not path.is_file():
            loaded.append(load_file(path, vocabulary, one))
        else:
            unknown.setdefault(path.parent, []).append(path)
    problems = [problem for each in loaded for problem in each.problems]
    observations, slips = without_slips([one for each in loaded for one in each.observations])
    problems += slips
    problems += [_unknown(folder, files, vocabulary) for folder, files in unknown.items()]
    return Panel(
        observations,
        tuple(each.file for each in loaded if each.file),
        tuple(sort_problems(problems)),
    )


def load_file(path: Path, vocabulary: Vocabulary, known: Format | None = None) -> Loaded:
    """What one file holds, by its format where it is `known`; an unknown one gives a warning alone."""
    if not path.is_file():
        message = "There is no such file or folder."
        return Loaded((), None, (Problem("missing-path", message, Place(str(path)), "Look at the path."),))
    if one := known or format_of(path):
        return one.load(path, names_of(vocabulary, one.PUBLISHER))
    return Loaded((), None, (_unknown(path.parent, [path], vocabulary),))


def format_of(path: Path) -> Format | None:
    """The format that knows a file, or None."""
    if not path.is_file():
        return None
    return next(
        (one for one in all_formats() if path.suffix.lower() in one.SUFFIXES and one.knows(path)), None
    )


def _unknown(folder: Path, files: Sequence[Path], vocabulary: Vocabulary) -> Problem:
    """The warning for files of a folder that no format knows."""
    publishers = dict.fromkeys(one.PUBLISHER for one in all_formats())
    known = ", ".join(vocabulary.label("publishers", one) for one in publishers)
    names = ", ".join(file.name for file in files[:_NAMED])
    more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
    place = Place(str(files[0] if len(files) == 1 else folder))
    message = f"No format knows {names}{more}, so nothing is taken from there."
    hint = f"Files as they come from these publishers are read: {known}."
    return Problem("unknown-file", message, place, hint, "warning")


@cache
def all_formats() -> tuple[Format, ...]:
    """Every format there is, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(formats.__path__))
    return tuple(cast(Format, import_module(f"{formats.__name__}.{name}")) for name in names)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and those in folders, in the order of their names."""
    for path in paths:
        if path.is_dir():
            found = (each for each in path.iterdir() if each.is_file())
            yield from sorted(each for each in found if not each.name.startswith(_NOTES))
        else:
            yield path
