"""What a case folder means: a title, sources, corrections, and the case's own layer of vocabulary and series.

`case.toml` names the sources, and the sheets of workbooks that hold series; the rest is found by its place in
the folder. All faults of all its files are reported in one run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from steelyard.core.data_file import is_there
from steelyard.core.problems import CaseError, Place, Problem, sort_problems
from steelyard.core.schema import Field, Schema, TomlFile, check_table, nearest
from steelyard.core.series import Series, load_series
from steelyard.core.several_actors import one_for_each
from steelyard.core.vocabulary import PACKAGED, Entry, Layer, Table, Vocabulary, load_vocabulary, read_toml
from steelyard.core.whole_file import write_whole
from steelyard.corrections import Correction, read_corrections
from steelyard.panel.wanted import PANEL, Wanted, read_wanted
from steelyard.reviews import REVIEWS_FILE, AnyReview, load_reviews
from steelyard.workbooks import SHEET, workbook_rows

CASE_FILE = "case.toml"
CORRECTIONS_FILE = "corrections.toml"
SOURCES = "sources"
SERIES = "series"
SCENARIOS = "scenarios"
# How alike two file names must be for one to be a slip of the other; all share at least their suffix.
_ALIKE = 0.8
TEMPLATE = PACKAGED / "templates" / "new-case"
CASE: Schema = {
    "title": Field(required=True),
    "summary": Field(),
    "actors": Field("texts"),
    "sources": Field(
        "tables",
        inner={
            "file": Field(required=True),
            "title": Field(required=True),
            "publisher": Field(required=True),
            "date": Field("date"),
            "url": Field(),
            "licence": Field(),
            "note": Field(),
        },
    ),
    "series": Field("tables", inner=SHEET),
    "panel": Field("table", inner=PANEL),
    "report": Field("table", inner={"postures": Field("texts"), "headline": Field()}),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A text of the case.

    `name` is its path inside the case, as claims and reports give it; `path` leads there.
    """

    name: str
    path: Path
    title: str = ""
    publisher: str | None = None
    date: date | None = None
    url: str | None = None
    licence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its folder says.

    `postures` are the ids of those that the report sets side by side, in order, and `headline` is the
    scenario that its summary speaks of, "" for the first. `panel` is the alliance that it asks about.
    `sound` is false where its case.toml has faults, so that what it seems not to say may be in it all the
    same.
    """

    folder: Path
    title: str
    summary: str
    actors: tuple[str, ...]
    postures: tuple[str, ...]
    headline: str
    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]
    vocabulary: Vocabulary
    series: tuple[Series, ...]
    reviews: tuple[AnyReview, ...] = ()
    sound: bool = True
    panel: Wanted | None = None


def is_case(folder: Path) -> bool:
    """Whether the folder says of itself that it is a case, and may be looked into."""
    try:
        return (folder / CASE_FILE).is_file()
    except OSError:
        return False


def case_layer(folder: Path) -> Layer:
    """The vocabulary layer of a case, under the name by which reports speak of it."""
    return Layer(folder.resolve().name, folder)


def load_case(folder: Path | str) -> tuple[Case, list[Problem]]:
    """The case in a folder, and all faults of its files.

    Raises:
        CaseError: there is no such folder, or it holds no case.toml.
        VocabularyError: a packaged data file is broken.
    """
    folder = Path(folder)
    if not is_case(folder):
        raise no_case(folder)
    vocabulary, problems = load_vocabulary(case_layer(folder))
    vocabulary, faults = one_for_each(vocabulary)
    problems += faults
    file, table, broken = read_toml(folder / CASE_FILE, str(folder / CASE_FILE))
    panel, panel_faults = read_wanted(table.get("panel"), file, folder, vocabulary)
    own_faults = broken or [*_case_faults(folder, table, file, vocabulary), *panel_faults]
    sources, faults = _sources(folder, table, file, complete=not broken)
    corrections, more_faults = _corrections(folder)
    rows, books, book_faults = workbook_rows(folder / SERIES, table.get("series"), file)
    series, series_faults = load_series(folder / SERIES, rows, books)
    reviews, review_faults = load_reviews(folder / REVIEWS_FILE)
    case = Case(
        folder,
        _text(table, "title") or folder.resolve().name,
        _text(table, "summary"),
        _texts(table.get("actors")),
        _texts(_table(table, "report").get("postures")),
        _text(_table(table, "report"), "headline"),
        sources,
        corrections,
        vocabulary,
        tuple(series),
        reviews,
        sound=not own_faults,
        panel=panel,
    )
    found = [*problems, *own_faults, *faults, *more_faults, *book_faults, *series_faults, *review_faults]
    return case, sort_problems(found)


def case_ids(folder: Path, kind: str) -> set[str]:
    """The ids of a kind, such as "scenarios", that have a file of their own in the case, be it broken."""
    return {path.stem for path in (folder / kind).glob("*.toml")}


def of_other_scenarios(case: Case, problems: Sequence[Problem], name: str) -> list[Problem]:
    """The problems, faults of scenarios on which the named one does not rest being warnings.

    It rests on those that it extends or is measured against; other files of a case concern all of them.
    """
    known, rests, waiting = case.vocabulary.entries(SCENARIOS), {name}, scenarios_named(name, case.vocabulary)
    while waiting:
        entry = waiting.pop()
        rests |= {entry.id, entry.written}
        names = {entry.text("extends"), entry.text("reference_scenario")}
        waiting += [known[one] for one in names - rests if one in known]
    hint = f"The scenario {name!r} does not rest on it."
    return [
        replace(one, severity="warning", hint=f"{one.hint} {hint}".strip())
        if one.severity == "error" and (_scenario_of(case.folder, one) or name) not in rests
        else one
        for one in problems
    ]


def scenarios_named(name: str, vocabulary: Vocabulary) -> list[Entry]:
    """The scenario of a name, or those that are made from the one that is written under it."""
    return [entry for entry in vocabulary.entries(SCENARIOS).values() if name in (entry.id, entry.written)]


def _scenario_of(folder: Path, problem: Problem) -> str:
    """The id of the scenario in whose lines a problem stands; "" where it stands elsewhere."""
    path = Path(problem.origin.file)
    if path == folder / f"{SCENARIOS}.toml":
        return problem.origin.key.partition(".")[0]
    return path.stem if path.parent == folder / SCENARIOS else ""


def no_case(folder: Path) -> CaseError:
    """Why a path leads to no case, and what to do."""
    if folder.is_dir():
        reason = f"no case, for it holds no {CASE_FILE}; `steelyard new` makes one in a new folder"
    elif folder.exists():
        reason = f"a file, and a case is a folder; `steelyard read {folder}` shows what a text says"
    else:
        reason = f"there is no such folder; `steelyard new {folder}` makes a case there"
    return CaseError(f"{folder}: {reason}")


def new_case(folder: Path) -> list[Path]:
    """Make an empty case that can be built as it is, and give the files made.

    Raises:
        CaseError: something is there already, or a file is in the way.
        OSError: the machine does not let the folder be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        is_case = (folder / "case.toml").exists()
        built = f"; it is a case, and `steelyard build {folder}` builds it" if is_case else ""
        raise CaseError(f"{folder}: something is there already; name a folder that does not exist yet{built}")
    try:
        return [_from_template(path, folder) for path in sorted(TEMPLATE.rglob("*")) if path.is_file()]
    except (FileExistsError, NotADirectoryError) as error:
        place = error.filename or folder
        raise CaseError(f"{place}: cannot be made, for a file is in the way; name another folder") from error


def _from_template(path: Path, folder: Path) -> Path:
    """The template's file, in the case under its own name."""
    target = folder / path.relative_to(TEMPLATE)
    title = folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize()
    text = path.read_text(encoding="utf-8").replace('"TITLE"', json.dumps(title, ensure_ascii=False))
    write_whole(target, text.replace("FOLDER", folder.as_posix()))
    return target


def _case_faults(folder: Path, table: Table, file: TomlFile, vocabulary: Vocabulary) -> list[Problem]:
    """Faults of case.toml, ids that it names and nobody knows included.

    An id whose file is there and cannot be read is none of them, for that file's fault is told.
    """
    problems = list(check_table(table, CASE, file, (), {}))
    report = _table(table, "report")
    for kind, names, path in (
        ("actors", table.get("actors"), ("actors",)),
        ("postures", report.get("postures"), ("report", "postures")),
        ("scenarios", [report["headline"]] if "headline" in report else [], ("report", "headline")),
    ):
        known = vocabulary.entries(kind)
        for name in _texts(names):
            if name not in known and name not in case_ids(folder, kind):
                message = f"{name!r} is not among the {kind}."
                problems.append(Problem("unknown-id", message, file.place(*path), nearest(name, known)))
    return problems


def _sources(
    folder: Path, table: Table, file: TomlFile, *, complete: bool
) -> tuple[tuple[Source, ...], list[Problem]]:
    """The sources that case.toml lists, then those that merely lie in the folder, with a warning for each.

    `complete` is false where case.toml could not be read, so that nothing can be said about what it lists.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    entries = table.get("sources")
    for data in entries if isinstance(entries, list) else []:
        if isinstance(data, dict) and isinstance(data.get("file"), str) and data["file"]:
            name = data["file"]
            if fault := _source_fault(folder, name, file, {source.name for source in sources}):
                problems.append(fault)
            else:
                sources.append(_listed(folder, name, data))
    listed = {source.path for source in sources}
    for path in _files_in(folder / SOURCES):
        if path not in listed:
            name = path.relative_to(folder).as_posix()
            sources.append(Source(name, path, title=path.stem.replace("-", " ")))
            if complete:
                problems.append(_unlisted(path, path.relative_to(folder / SOURCES).as_posix()))
    return tuple(sources), problems


def _source_fault(folder: Path, name: str, file: TomlFile, taken: set[str]) -> Problem | None:
    """Why a listed source cannot be used, or None."""
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0]:
        message = f"The source {name!r} lies outside the folder {SOURCES}."
        return Problem(
            "source-outside", message, _line_of(file, name), "Copy the file there and give its name."
        )
    if not is_there(folder / SOURCES / name):
        there = tuple(path.relative_to(folder / SOURCES).as_posix() for path in _files_in(folder / SOURCES))
        close = get_close_matches(name, there, 1, _ALIKE)
        put = f"Put the file into {folder / SOURCES}, or take it out of {CASE_FILE}."
        hint = f"Did you mean {close[0]!r}?" if close else put
        return Problem("missing-source", f"There is no source {name!r}.", _line_of(file, name), hint)
    if f"{SOURCES}/{parts}" in taken:
        message = f"The source {name!r} is listed twice."
        return Problem("source-twice", message, _line_of(file, name), "Take one of the two out.")
    return None


def _line_of(file: TomlFile, value: str) -> Place:
    """The line of the file on which a value stands."""
    position = file.text.find(json.dumps(value, ensure_ascii=False))
    position = position if position >= 0 else file.text.find(value)
    return Place(
        file.name, file.text.count("\n", 0, position) + 1 if position >= 0 else 0, key="sources.file"
    )


def _listed(folder: Path, name: str, data: Mapping[str, object]) -> Source:
    """A source with what case.toml says of it; values of a wrong type are left out, being faults already."""
    path = folder / SOURCES / name
    day = data.get("date")
    words = {key: _text(data, key) or None for key in ("publisher", "url", "licence", "note")}
    return Source(
        path.relative_to(folder).as_posix(),
        path,
        _text(data, "title"),
        date=day.date() if isinstance(day, datetime) else day if isinstance(day, date) else None,
        **words,
    )


def _unlisted(path: Path, name: str) -> Problem:
    hint = f'Add to {CASE_FILE}: [[sources]] with file = "{name}", title, publisher and date.'
    return Problem(
        "unlisted-source", f"The case does not say what {name} is.", Place(str(path)), hint, "warning"
    )


def _files_in(folder: Path) -> Iterator[Path]:
    """The files below a folder, in order, hidden ones left out."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file():
            yield path


def _corrections(folder: Path) -> tuple[tuple[Correction, ...], list[Problem]]:
    path = folder / CORRECTIONS_FILE
    if not path.is_file():
        return (), []
    file, table, problems = read_toml(path, str(path))
    return ((), problems) if problems else read_corrections(table, file)


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, Sequence) else ()


def _table(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = table.get(key)
    return value if isinstance(value, dict) else {}
