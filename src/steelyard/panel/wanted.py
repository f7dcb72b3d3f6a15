"""What a case wants to know of an alliance: the table `[panel]` of its case.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeGuard

from steelyard.core.data_file import is_there
from steelyard.core.problems import Place, Problem
from steelyard.core.schema import Field, Schema, TomlFile, nearest
from steelyard.core.vocabulary import Vocabulary

KEY = "panel"
# The kinds of `alliance` and `years` are told below, for each may be written in two ways.
PANEL: Schema = {
    "alliance": Field("any", required=True),
    "years": Field("any", required=True),
    "data": Field(),
    "measures": Field("texts"),
}
YEARS = (1900, 2100)
# Folders of a case that hold something else.
_TAKEN = ("sources", "series", "scenarios", "out", "expected")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An alliance, or several actors as "KOR,USA,JPN", in some years.

    `measures` are the ids of indicators, none for those that a report tells of itself; `folder` holds the
    user's own files of publishers, None for the packaged table; `place` is where the case says so.
    """

    alliance: str
    years: tuple[int, ...]
    measures: tuple[str, ...]
    folder: Path | None
    place: Place


def read_wanted(
    table: object, file: TomlFile, folder: Path, vocabulary: Vocabulary
) -> tuple[Wanted | None, list[Problem]]:
    """What the table `[panel]` of the case in `folder` asks for, None where it cannot be done.

    Unknown and missing keys are faults that the form of case.toml tells.
    """
    if not isinstance(table, dict):
        return None, []
    actors, years = _actors(table.get("alliance")), _years(table.get("years"))
    own, data = table.get("measures"), table.get("data")
    measures = tuple(name for name in own if isinstance(name, str)) if isinstance(own, list) else ()
    problems = [
        *_faults(table, file),
        *_unknown("actors", "alliance", actors, file, vocabulary),
        *_unknown("indicators", "measures", measures, file, vocabulary),
    ]
    inside = data.strip("/") if isinstance(data, str) and data else ""
    if inside and (fault := _folder_fault(folder, inside, file)):
        problems.append(fault)
    if problems or not actors or not years:
        return None, problems
    path = folder / inside if inside else None
    return Wanted(",".join(actors), years, measures, path, file.place(KEY)), []


def _actors(value: object) -> tuple[str, ...]:
    """An alliance or a list of actors, each once."""
    names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name.strip()))


def _years(value: object) -> tuple[int, ...]:
    """A year or a list of years, in order."""
    years = value if isinstance(value, list) else [value]
    return tuple(sorted({year for year in years if _is_year(year)}))


def _is_year(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and YEARS[0] <= value <= YEARS[1]


def _faults(table: Mapping[str, object], file: TomlFile) -> Iterator[Problem]:
    """What is no alliance and what is no year."""
    alliance, years = table.get("alliance"), table.get("years")
    names = [alliance] if isinstance(alliance, str) else alliance
    if alliance and not (isinstance(names, list) and all(isinstance(name, str) and name for name in names)):
        hint = 'Expected an alliance such as "NATO", or a list of actors such as ["KOR", "USA"].'
        yield Problem("wrong-type", f"Found {alliance!r}.", file.place(KEY, "alliance"), hint)
    told = years if isinstance(years, list) else [years]
    if years and not all(_is_year(year) for year in told):
        hint = f"Expected whole years between {YEARS[0]} and {YEARS[1]}, such as [2014, 2024]."
        yield Problem("wrong-type", f"Found {years!r}.", file.place(KEY, "years"), hint)


def _unknown(
    kind: str, key: str, names: tuple[str, ...], file: TomlFile, vocabulary: Vocabulary
) -> Iterator[Problem]:
    known = vocabulary.entries(kind)
    for name in names:
        if name not in known:
            message = f"{name!r} is not among the {kind}."
            yield Problem("unknown-id", message, file.place(KEY, key), nearest(name, known))


def _folder_fault(folder: Path, name: str, file: TomlFile) -> Problem | None:
    """Why a folder cannot hold the files of publishers, or None."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    place = file.place(KEY, "data")
    if not parts or parts[0] in _TAKEN or ".." in parts or ":" in parts[0]:
        message = f"{name!r} is no folder of its own inside the case."
        hint = 'Put the files into a folder of the case, such as "panel-data", and name that.'
        return Problem("panel-data", message, place, hint)
    if not is_there(folder / name, folder=True):
        message = f"The case has no folder {name!r}."
        hint = (
            f"Put the files of publishers into {folder / name}, or leave `data` out for the packaged table."
        )
        return Problem("panel-data", message, place, hint)
    return None
