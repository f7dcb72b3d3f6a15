"""The vocabulary: every data file loaded, checked and laid over one another, and which layer won each key.

Knowledge lives in TOML files: the packaged ones first, then those of a case. A later layer changes single
keys of an entry or adds entries; what it does not name stays. Lists are replaced whole, tables key by key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from steelyard.core.data_file import read_data_text
from steelyard.core.forms import SCHEMAS
from steelyard.core.problems import Place, Problem, VocabularyError, sort_problems
from steelyard.core.quantity import Unit, Units
from steelyard.core.schema import TomlFile, check_keys, check_missing, has_kind
from steelyard.core.toml_text import parsed

PACKAGED = Path(__file__).resolve().parent.parent / "data"
ONE_FILE_EACH = ("actors", "languages", "postures", "scenarios")
MANY_A_FILE = ("parameters",)
# What reading a sentence does not ask for: packaged entries of these kinds are made when they are asked for.
LATER = (
    "agreements",
    "crosswalks",
    "identities",
    "indicators",
    "publishers",
    "readings",
    "reckonings",
    "rules",
)
Table = dict[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a data file after overlay.

    `layers` and `files` tell, per top-level key, the layer and the file that set it last; `file` is the last
    one that says anything of the entry. `written` is the id under which it stands there, where it was made
    from an entry of another; else "".
    """

    kind: str
    id: str
    data: Mapping[str, object]
    layers: Mapping[str, str]
    file: TomlFile
    files: Mapping[str, TomlFile] = field(default_factory=dict)
    written: str = ""

    @property
    def label(self) -> str:
        """The name for people; the id where none is given."""
        return self.text("label") or self.id

    def text(self, key: str) -> str:
        """A text, or the empty text where the key is absent."""
        value = self.data.get(key)
        return "" if value is None else str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is absent."""
        value = self.data.get(key)
        return tuple(map(str, value)) if isinstance(value, list) else ()

    def flag(self, key: str) -> bool:
        """A flag, false where the key is absent."""
        return self.data.get(key) is True

    def number(self, key: str, default: str = "1") -> Decimal:
        """A number as an exact decimal; the default where there is none, or what is there is no number."""
        value = self.data.get(key)
        return Decimal(str(value)) if has_kind(value, "number") else Decimal(default)

    def table(self, key: str) -> Mapping[str, object]:
        """An inner table, empty where the key is absent."""
        value = self.data.get(key)
        return value if isinstance(value, dict) else {}

    def tables(self, key: str) -> tuple[Mapping[str, object], ...]:
        """A list of inner tables, empty where the key is absent."""
        value = self.data.get(key)
        return tuple(value) if isinstance(value, list) else ()

    def phrases(self, language: str, key: str = "phrases") -> tuple[str, ...]:
        """The phrases of one language."""
        value = self.table(key).get(language)
        return tuple(map(str, value)) if isinstance(value, list) else ()

    def place(self, *path: str) -> Place:
        """Where a key of the entry stands, in the file that set it."""
        file = self.files.get(path[0], self.file) if path else self.file
        return file.place(*self.path_in(file), *path)

    def path_in(self, file: TomlFile) -> tuple[str, ...]:
        """The words under which the entry stands in `file`: none where it has the file to itself."""
        name = self.written or self.id
        own = f"{name}.toml"
        alone = self.kind in ONE_FILE_EACH and file.name.replace("\\", "/").rpartition("/")[2] == own
        return () if alone else (name,)


@dataclass(frozen=True)
class Vocabulary:
    """All entries by kind and id. `fingerprint` changes whenever any of their files does."""

    kinds: Mapping[str, Mapping[str, Entry]]
    fingerprint: str = ""

    def __reduce__(self) -> tuple[object, ...]:
        """Entries go to another process in plain dictionaries, for read-only views cannot be sent."""
        return _restored, ({kind: dict(entries) for kind, entries in self.kinds.items()}, self.fingerprint)

    def entries(self, kind: str) -> Mapping[str, Entry]:
        """The entries of a kind, such as "measures", by id, in the order of their files."""
        return self.kinds.get(kind, {})

    def entry(self, kind: str, identifier: str | None) -> Entry | None:
        """One entry, or None."""
        entries = self.kinds.get(kind)
        return entries.get(identifier or "") if entries else None

    def label(self, kind: str, identifier: str | None) -> str:
        """The name of an entry for people; the id itself where there is no such entry."""
        entry = self.entry(kind, identifier)
        return entry.label if entry else identifier or ""

    def with_entries(self, kind: str, entries: Mapping[str, Entry]) -> Vocabulary:
        """The same with these entries of a kind in place of its own; its units are not made again."""
        kinds = {**self.kinds, kind: MappingProxyType(dict(entries))}
        made = Vocabulary(MappingProxyType(kinds), self.fingerprint)
        vars(made).update({} if kind == "units" else {"units": self.units})
        return made

    @cached_property
    def units(self) -> Units:
        """The units and scale words for numbers in data files."""
        by_id, spellings, scales = {}, {}, {}
        for entry in self.entries("units").values():
            words = [
                *entry.texts("symbols"),
                *(word for texts in entry.table("phrases").values() for word in _words(texts)),
            ]
            if entry.text("dimension") == "scale":
                scales.update({word: entry.number("factor") for word in (entry.id, *words)})
            else:
                by_id[entry.id] = Unit(entry.id, entry.text("dimension"), entry.number("factor"))
                spellings.update({word.casefold(): entry.id for word in words})
        return Units(MappingProxyType(by_id), MappingProxyType(spellings), MappingProxyType(scales))


def _restored(kinds: Mapping[str, dict[str, Entry]], fingerprint: str) -> Vocabulary:
    """The vocabulary that another process sent."""
    views = {kind: MappingProxyType(entries) for kind, entries in kinds.items()}
    return Vocabulary(MappingProxyType(views), fingerprint)


class Layer(NamedTuple):
    """A folder of data files and the name under which reports speak of it."""

    name: str
    folder: Path


class _Loading:
    """What has been read so far: entries by kind and id, files that wait to be asked for, and faults."""

    def __init__(self, later: Iterable[str] = ()) -> None:
        self.kinds: dict[str, dict[str, Entry]] = {}
        self.waiting: dict[str, list[TomlFile]] = {kind: [] for kind in later}
        self.problems: list[Problem] = []
        self.digest = hashlib.sha256()


class _Later(Mapping[str, Entry]):
    """The packaged entries of a kind by id, made when the first of them is asked for."""

    def __init__(self, make: Callable[[], Mapping[str, Entry]]) -> None:
        self._make = make

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        return self._make()

    def __getitem__(self, identifier: str) -> Entry:
        return self._entries[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def load_vocabulary(*layers: Layer) -> tuple[Vocabulary, list[Problem]]:
    """The packaged data with `layers` laid over it in order, and all faults of the layers' files.

    Without layers some kinds are made later, when they are asked for.

    Raises:
        VocabularyError: a packaged file is broken; it carries all problems.
    """
    bottom = Layer("packaged", PACKAGED)
    loading = _Loading(later=() if layers else LATER)
    for layer in (bottom, *layers):
        for kind, identifier, file, data in _entries_in(layer, loading):
            _lay_over(loading, layer, kind, identifier, file, data)
    made = loading.kinds
    kinds: dict[str, Mapping[str, Entry]] = {kind: MappingProxyType(made[kind]) for kind in made}
    for kind, files in loading.waiting.items():
        if files:
            kinds[kind] = _Later(partial(_made_later, bottom, kind, files, kinds))
    loading.problems += _check(made, kinds)
    for identifier, entry in [*made.get("languages", {}).items()]:
        if "script" in entry.data and not has_kind(entry.data["script"], "letters"):  # it stands in patterns
            kept = {key: value for key, value in entry.data.items() if key != "script"}
            made["languages"][identifier] = replace(entry, data=kept)
    _raise_for_packaged(loading.problems)
    return Vocabulary(MappingProxyType(kinds), loading.digest.hexdigest()), sort_problems(loading.problems)


@cache
def packaged_vocabulary() -> Vocabulary:
    """The packaged data alone, loaded once for a process: what is meant where nobody gives a vocabulary."""
    return load_vocabulary()[0]


def _made_later(
    layer: Layer, kind: str, files: Iterable[TomlFile], known: Mapping[str, Mapping[str, Entry]]
) -> Mapping[str, Entry]:
    """The packaged entries of a kind, from the texts of its files."""
    loading = _Loading()
    for file in files:
        table, problems = parsed(file)
        loading.problems += problems
        for identifier, data in _tables_of(table, file, loading):
            _lay_over(loading, layer, kind, identifier, file, data)
    loading.problems += _check(loading.kinds, {**known, **loading.kinds})
    _raise_for_packaged(loading.problems)
    return MappingProxyType(loading.kinds.get(kind, {}))


def _raise_for_packaged(problems: Iterable[Problem]) -> None:
    packaged = [problem for problem in problems if _is_packaged(problem)]
    if packaged:
        raise VocabularyError(sort_problems(packaged))


def data_files(layer: Layer) -> Iterator[tuple[str, Path]]:
    """The data files that a layer may hold, with the kind of entry in each."""
    for kind in SCHEMAS:
        if kind in ONE_FILE_EACH or kind in MANY_A_FILE:
            yield from ((kind, path) for path in sorted((layer.folder / kind).glob("*.toml")))
        if kind not in ONE_FILE_EACH or layer.name != "packaged":
            path = layer.folder / f"{kind}.toml"
            if path.is_file():
                yield kind, path


def read_toml(path: Path, name: str) -> tuple[TomlFile, Table, list[Problem]]:
    """A TOML file's text and table; one that cannot be read gives no table and a problem with its line."""
    file, problems = _text_of(path, name)
    return file, *(({}, problems) if problems else parsed(file))


def _text_of(path: Path, name: str) -> tuple[TomlFile, list[Problem]]:
    """A file's text, or the empty one and a problem."""
    try:
        return TomlFile(name, read_data_text(path)), []
    except UnicodeDecodeError:
        problem = Problem("not-text", "The file is not UTF-8 text.", Place(name), "Save it as UTF-8.")
    except OSError as error:
        problem = Problem("unreadable", f"The file cannot be read: {error.strerror}.", Place(name))
    return TomlFile(name, ""), [problem]


def _is_packaged(problem: Problem) -> bool:
    return problem.origin.file.startswith("packaged:")


def _entries_in(layer: Layer, loading: _Loading) -> Iterator[tuple[str, str, TomlFile, Table]]:
    """Every entry of a layer's files; broken files and entries that are no tables become problems."""
    for kind, path in data_files(layer):
        shown = path.relative_to(layer.folder).as_posix()
        name = f"packaged:{shown}" if layer.name == "packaged" else str(path)
        file, problems = _text_of(path, name)
        loading.digest.update(f"{layer.name}/{shown}\n{file.text}\n".encode())
        if kind in loading.waiting and not problems:
            loading.waiting[kind].append(file)
            continue
        table, faults = parsed(file)
        problems += faults
        loading.problems += problems
        if kind in ONE_FILE_EACH and path.parent != layer.folder:
            yield from [(kind, path.stem, file, table)] if not problems else []
            continue
        for identifier, data in _tables_of(table, file, loading):
            yield kind, identifier, file, data


def _tables_of(table: Table, file: TomlFile, loading: _Loading) -> Iterator[tuple[str, Table]]:
    """The entries of a file; those that are no tables become problems."""
    for identifier, data in table.items():
        if isinstance(data, dict):
            yield identifier, data
        else:
            hint = f"Write it below a heading such as [{identifier}]."
            message = f"{identifier!r} stands outside any entry."
            loading.problems.append(Problem("unknown-key", message, file.place(identifier), hint))


def _lay_over(
    loading: _Loading, layer: Layer, kind: str, identifier: str, file: TomlFile, data: Table
) -> None:
    """Add an entry, or change the keys that it names in the entry that is there."""
    entries = loading.kinds.setdefault(kind, {})
    below = entries.get(identifier)
    if below is None:  # as nearly all are
        entries[identifier] = Entry(
            kind, identifier, data, dict.fromkeys(data, layer.name), file, dict.fromkeys(data, file)
        )
        return
    if below.file != file and layer.name in below.layers.values():
        loading.problems.append(_twice(identifier, below.file, file))
    entries[identifier] = Entry(
        kind,
        identifier,
        overlay(below.data, data),
        {**below.layers, **dict.fromkeys(data, layer.name)},
        file,
        {**below.files, **dict.fromkeys(data, file)},
    )


def _twice(identifier: str, first: TomlFile, second: TomlFile) -> Problem:
    message = f"{identifier!r} is there already, in {first.name}."
    return Problem("duplicate-id", message, second.place(identifier), "Keep one of them, or rename one.")


def overlay(below: Mapping[str, object], above: Mapping[str, object]) -> Table:
    """`below` with the keys of `above` in their place; tables are merged key by key, all else is replaced.

    >>> overlay({"share": {"low": 2, "high": 3}, "years": [2026]}, {"share": {"high": 4}, "years": []})
    {'share': {'low': 2, 'high': 4}, 'years': []}
    """
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = overlay(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _check(
    kinds: Mapping[str, Mapping[str, Entry]], known: Mapping[str, Mapping[str, Entry]]
) -> Iterator[Problem]:
    """Faults of every entry against the schema of its kind, each in the file that set the key.

    `known` are all entries that may be named.
    """
    for kind, entries in kinds.items():
        schema = SCHEMAS[kind]
        needed = [key for key, field in schema.items() if field.required]
        for entry in entries.values():
            files = {id(file): file for file in entry.files.values()}
            for file in files.values():
                part = entry.data
                if len(files) > 1:
                    part = {key: value for key, value in part.items() if entry.files[key] is file}
                yield from check_keys(part, schema, file, entry.path_in(file), known)
            if not all(map(entry.data.get, needed)):  # what is empty or false is looked at closely
                yield from check_missing(entry.data, schema, entry.file, entry.path_in(entry.file))


def _words(texts: object) -> Iterable[str]:
    return (str(text) for text in texts) if isinstance(texts, list) else ()
